//! `cargo xtask bench --generator DIR`: what `castile generate` takes, as a process from its start until
//! the files are written, beside what reading the same documents into trees and formatting the same
//! files takes alone. A section of `docs/benchmarks.md`, and a plot.

mod parts;
mod report;
mod synthetic;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use castile_codegen::Generator;

use crate::corpus::batch::write;
use crate::corpus::manifest::{self, Case};
use crate::process_cost::{self, Cost};
use crate::{benchmarks_page, cargo, corpus};
use parts::Parts;
use report::{Growth, Measured, Report};

const SECTION: &str = "generator";
const PLOT: &str = "docs/benchmarks-generator.svg";

/// The sizes of the WSDL that is made by code.
const SIZES: [usize; 4] = [1, 2, 4, 8];

/// Measures a corpus, and the growth; `only` chooses cases, and nothing is written then.
pub(super) fn run(
    root: &Path,
    directory: &Path,
    rounds: u32,
    only: Option<&str>,
) -> Result<(), String> {
    if cfg!(debug_assertions) {
        return corpus::run_optimized(root, "the generator");
    }
    let castile = program(root)?;
    let workspace = cargo::target(root).join("bench-generator");
    let mut cases = Vec::new();
    for case in manifest::read(directory, only)? {
        let project = workspace.join(format!("c{:05}", case.number));
        copy(&case, &project)?;
        // What is refused writes no files.
        if let Ok(measured) = measure(&castile, &case.name, &project, rounds) {
            cases.push(measured);
        }
        fs::remove_dir_all(&project).map_err(|error| at(&project, &error))?;
    }
    let mut growth = Vec::new();
    for size in SIZES {
        let project = workspace.join(format!("size{size}"));
        let text = synthetic::wsdl(size);
        write(&project.join("depot.wsdl"), &text)?;
        let manifest = "name = \"depot\"\ninputs = [\"depot.wsdl\"]\n";
        write(&project.join("castile.toml"), manifest)?;
        growth.push(Growth {
            size,
            operations: synthetic::operations(size),
            measured: measure(&castile, &format!("{size}×"), &project, rounds.max(5))?,
        });
        fs::remove_dir_all(&project).map_err(|error| at(&project, &error))?;
    }
    let start = repeated(20, || {
        process_cost::of_one_thread(Command::new(&castile).arg("--version"))
    })?;
    let report = Report {
        cases,
        growth,
        start,
    };
    let text = format!("{}\n\n{}", benchmarks_page::machine()?, report.text());
    if only.is_some() {
        println!("{text}");
        return Ok(());
    }
    write(&root.join(PLOT), &report.plot())?;
    benchmarks_page::replace(root, SECTION, &text)
}

/// Builds `castile` as it is shipped.
fn program(root: &Path) -> Result<PathBuf, String> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args([
            "build",
            "--release",
            "--quiet",
            "--package",
            "castile-codegen",
        ])
        .arg("--manifest-path")
        .arg(root.join("Cargo.toml"));
    cargo::run(&mut command)?;
    Ok(cargo::target(root).join("release/castile"))
}

/// The documents of a case as a user has them: in a directory with `castile.toml`.
fn copy(case: &Case, project: &Path) -> Result<(), String> {
    copy_below(&case.directory, project)?;
    let entry = case.entry.strip_prefix(&case.directory);
    let entry = entry
        .map_err(|error| error.to_string())?
        .display()
        .to_string();
    let inputs = castile_codegen::output::toml_string(&entry);
    let manifest = format!("name = \"measured\"\ninputs = [{inputs}]\n");
    write(&project.join("castile.toml"), &manifest)
}

/// Sample messages are left behind.
fn copy_below(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|error| at(to, &error))?;
    for entry in fs::read_dir(from).map_err(|error| at(from, &error))? {
        let entry = entry.map_err(|error| at(from, &error))?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            if entry.file_name() != "samples" {
                copy_below(&path, &target)?;
            }
        } else {
            // Not `fs::copy`: what cannot be written in the corpus is to be removed here.
            let bytes = fs::read(&path).map_err(|error| at(&path, &error))?;
            fs::write(&target, bytes).map_err(|error| at(&target, &error))?;
        }
    }
    Ok(())
}

fn measure(castile: &Path, name: &str, project: &Path, rounds: u32) -> Result<Measured, String> {
    let out = project.join("generated-by-the-benchmark");
    let generate = repeated(rounds, || {
        if out.exists() {
            fs::remove_dir_all(&out).map_err(|error| at(&out, &error))?;
        }
        let mut command = Command::new(castile);
        command.arg("generate").arg(project).arg("--out").arg(&out);
        process_cost::of_one_thread(&mut command)
    })?;
    let output = Generator::new().input(project).generate();
    let output = output.map_err(|failure| failure.to_string())?;
    let mut paths = output.documents.clone();
    paths.extend(output.modules.iter().map(|(path, _)| out.join(path)));
    let parts = Parts::read(&paths)?;
    let list = project.join("parts-of-the-benchmark");
    let names: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    write(&list, &names.join("\n"))?;
    let itself = std::env::current_exe().map_err(|error| error.to_string())?;
    Ok(Measured {
        name: name.to_owned(),
        bytes: parts.bytes(),
        lines: parts.lines(),
        generate,
        parts: repeated(rounds, || {
            let mut command = Command::new(&itself);
            process_cost::of_one_thread(command.args(["bench", "--parts"]).arg(&list))
        })?,
        trees: parts::shortest(rounds, || parts.trees())?,
        formatting: parts::shortest(rounds, || parts.format())?,
    })
}

/// What is measured beside the generator as a process of its own: reads the files that a file names,
/// makes trees of the documents and formats the Rust.
pub(super) fn parts(list: &Path) -> Result<(), String> {
    let names = fs::read_to_string(list).map_err(|error| at(list, &error))?;
    let paths: Vec<PathBuf> = names.lines().map(PathBuf::from).collect();
    let parts = Parts::read(&paths)?;
    parts.trees()?;
    parts.format()
}

/// The least of several runs.
fn repeated(rounds: u32, mut run: impl FnMut() -> Result<Cost, String>) -> Result<Cost, String> {
    let mut least = run()?;
    for _ in 1..rounds {
        least = least.min(run()?);
    }
    Ok(least)
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
