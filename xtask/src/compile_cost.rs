//! `cargo xtask compile-cost`: what generated code costs the compiler, case by case, as a section of
//! `docs/benchmarks.md`.
//!
//! Each case becomes a crate of its own, compiled alone after its dependencies. Times are those of the
//! `rustc` process, both its user and its system time; memory is its peak. Linux only: both are read
//! from `/proc`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::benchmarks_page;
use crate::corpus::batch::write;
use crate::corpus::generation::{Extent, Outcome, Worker};
use crate::corpus::manifest::{self, Case};
use crate::process_cost::{self, Cost};

/// The name of the section of `docs/benchmarks.md`.
const SECTION: &str = "compile-cost";

/// How often a process is looked at.
const INTERVAL: Duration = Duration::from_millis(20);

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The directory of the corpus.
    directory: PathBuf,
    /// The cases; without any, those with the longest output.
    #[arg(long, value_delimiter = ',', value_name = "CASE,…")]
    cases: Vec<String>,
    /// How many of the longest.
    #[arg(long, default_value_t = 5, conflicts_with = "cases")]
    largest: usize,
    /// Only `cargo check`, neither builds.
    #[arg(long)]
    check_only: bool,
}

/// A case and its output.
struct Made {
    case: Case,
    lines: usize,
    directory: PathBuf,
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let all = manifest::read(&options.directory, None)?;
    let cases: Vec<Case> = all
        .into_iter()
        .filter(|case| {
            let is = |name: &String| *name == case.name || case.name.ends_with(&format!("/{name}"));
            options.cases.is_empty() || options.cases.iter().any(is)
        })
        .collect();
    let workspace = crate::corpus::target(root).join("compile-cost");
    let mut made = generate(&cases, &workspace)?;
    made.sort_by_key(|made| std::cmp::Reverse(made.lines));
    if options.cases.is_empty() {
        made.truncate(options.largest);
    }
    let profiles: &[&str] = if options.check_only {
        &["check"]
    } else {
        &["check", "dev", "release"]
    };
    let mut rows = String::new();
    for made in &made {
        let krate = write_crate(root, &workspace, made)?;
        let _ = write!(rows, "| `{}` | {} |", made.case.name, made.lines);
        for profile in profiles {
            let cost = measure(&workspace, &krate, profile)?;
            println!("{} {profile}: {}", made.case.name, cost);
            let _ = write!(rows, " {} |", cost);
        }
        rows.push('\n');
    }
    let mut head = "| case | lines |".to_owned();
    let mut rule = "|---|---:|".to_owned();
    for profile in profiles {
        let _ = write!(head, " {profile} |");
        rule.push_str("---:|");
    }
    let section = format!(
        "{} CPU seconds (user and system) and peak memory of the compiler.\n\n{head}\n{rule}\n{rows}",
        benchmarks_page::machine()?
    );
    benchmarks_page::replace(root, SECTION, &section)
}

fn generate(cases: &[Case], workspace: &Path) -> Result<Vec<Made>, String> {
    let mut worker = Worker::start()?;
    let mut made = Vec::new();
    for case in cases {
        let Outcome::Ok(output) = worker.generate(case, Extent::Default)?.outcome else {
            continue;
        };
        let directory = workspace.join(format!("c{:05}", case.number));
        let tree = directory.join("src/generated");
        let lines = output.modules.iter().map(|(_, text)| text.lines().count());
        let lines = lines.sum();
        output
            .modules
            .write(&tree)
            .map_err(|error| error.to_string())?;
        made.push(Made {
            case: case.clone(),
            lines,
            directory,
        });
    }
    if made.is_empty() {
        return Err("no such case gives code".to_owned());
    }
    Ok(made)
}

/// A crate around the tree; its name is the result.
fn write_crate(root: &Path, workspace: &Path, made: &Made) -> Result<String, String> {
    let name = format!("c{:05}", made.case.number);
    write(
        &made.directory.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\ncastile = {{ path = {:?}, default-features = false }}\n\n\
             [profile.dev]\ndebug = 0\nincremental = false\n\n[workspace]\n",
            root.join("runtime")
        ),
    )?;
    write(
        &made.directory.join("src/lib.rs"),
        "//! A case of a corpus.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n\npub mod generated;\n",
    )?;
    let lock = made.directory.join("Cargo.lock");
    fs::copy(root.join("Cargo.lock"), &lock)
        .map_err(|error| format!("{}: {error}", workspace.display()))?;
    Ok(name)
}

/// Compiles the crate alone, its dependencies being there already.
fn measure(workspace: &Path, krate: &str, profile: &str) -> Result<Cost, String> {
    let directory = workspace.join(krate);
    let cargo = || {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        match profile {
            "check" => command.arg("check"),
            "release" => command.args(["build", "--release"]),
            _ => command.arg("build"),
        };
        command
            .args(["--quiet", "--offline", "--jobs=1", "--manifest-path"])
            .arg(directory.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(workspace.join("target"))
            .env_remove("RUSTFLAGS");
        command
    };
    // Once for the dependencies: without an item of its own the crate costs nothing.
    let library = directory.join("src/lib.rs");
    let text = fs::read_to_string(&library).map_err(|error| error.to_string())?;
    write(&library, "//! Nothing yet.\n")?;
    crate::cargo::run(&mut cargo())?;
    write(&library, &text)?;
    let mut child = cargo()
        .spawn()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let mut cost = Cost::default();
    loop {
        if let Some(compiler) = compiler_below(child.id()) {
            cost = process_cost::so_far(compiler).unwrap_or(cost);
        }
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) if status.success() && cost == Cost::default() => {
                return Err("no `rustc` was seen in `/proc`".to_owned());
            }
            Some(status) if status.success() => return Ok(cost),
            Some(status) => return Err(format!("`{krate}` does not compile: {status}")),
            None => thread::sleep(INTERVAL),
        }
    }
}

/// The `rustc` that a thread of Cargo runs.
fn compiler_below(parent: u32) -> Option<u32> {
    let threads = fs::read_dir(format!("/proc/{parent}/task")).ok()?;
    let children = threads.flatten().filter_map(|thread| {
        let children = fs::read_to_string(thread.path().join("children"));
        children.ok()
    });
    let children: Vec<u32> = children
        .flat_map(|ids| {
            ids.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect();
    children.into_iter().find(|id| {
        fs::read_to_string(format!("/proc/{id}/comm")).is_ok_and(|name| name.trim() == "rustc")
    })
}
