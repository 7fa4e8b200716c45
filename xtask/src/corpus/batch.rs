//! Crates of a few hundred cases each: what was generated, compiled with warnings denied. Cases that do
//! not compile are left out, and the rest is compiled again.
//!
//! All cases are checked as libraries, where every item counts as used. Those with sample documents go
//! into programs besides, which cost machine code for what the samples need only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate takes as many cases at most.
const CASES: usize = 200;
/// And as many lines, unless a single case has more.
const LINES: usize = 80_000;
/// Errors of one stage of the compiler hide those of the next: after three stages nothing should be left.
const ROUNDS: usize = 4;

/// All crates, a workspace in a directory of their own.
#[derive(Debug)]
pub(crate) struct Batches {
    directory: PathBuf,
    jobs: usize,
    /// Whether everything is checked as libraries, too.
    checks: bool,
    batches: Vec<Batch>,
}

/// A crate.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) name: String,
    /// Whether it is a program that runs samples; else it is a library, checked and not built.
    pub(crate) runs: bool,
    pub(crate) cases: Vec<usize>,
    lines: usize,
}

/// The directory of a case's code in the workspace.
pub(crate) fn case_directory(workspace: &Path, number: usize) -> PathBuf {
    workspace.join("cases").join(module(number))
}

/// The module of a case.
pub(crate) fn module(number: usize) -> String {
    format!("c{number:05}")
}

impl Batches {
    pub(crate) fn new(directory: &Path, jobs: usize, checks: bool) -> Self {
        Self {
            directory: directory.to_owned(),
            jobs,
            checks,
            batches: Vec::new(),
        }
    }

    /// Adds a case whose code is in its directory already; `samples` if it has some.
    pub(crate) fn add(&mut self, number: usize, lines: usize, samples: bool) {
        if self.checks {
            self.place(number, lines, false);
        }
        if samples {
            self.place(number, lines, true);
        }
    }

    fn place(&mut self, number: usize, lines: usize, runs: bool) {
        let fits = |batch: &&mut Batch| {
            batch.runs == runs && batch.cases.len() < CASES && batch.lines + lines <= LINES
        };
        if let Some(batch) = self.batches.iter_mut().find(fits) {
            batch.cases.push(number);
            batch.lines += lines;
            return;
        }
        self.batches.push(Batch {
            name: format!("batch-{:03}", self.batches.len()),
            runs,
            cases: vec![number],
            lines,
        });
    }

    /// Compiles everything; the result is the first error of each case that does not compile.
    pub(crate) fn compile(&mut self, root: &Path) -> Result<BTreeMap<usize, String>, String> {
        let mut failed = BTreeMap::new();
        self.write_workspace(root)?;
        for runs in [false, true] {
            for round in 1..=ROUNDS {
                self.write_crates()?;
                let mut found = self.cargo(runs)?;
                let what = if runs { "programs" } else { "libraries" };
                println!(
                    "{what}, round {round}: {} cases do not compile",
                    found.len()
                );
                for batch in &mut self.batches {
                    batch.cases.retain(|case| !found.contains_key(case));
                }
                if found.is_empty() {
                    break;
                }
                failed.append(&mut found);
            }
        }
        Ok(failed)
    }

    /// The crates with samples, and their binaries.
    pub(crate) fn binaries(&self) -> impl Iterator<Item = (&Batch, PathBuf)> {
        let built = self.batches.iter().filter(|batch| batch.runs);
        built.map(|batch| {
            let name = format!("{}{}", batch.name, std::env::consts::EXE_SUFFIX);
            (batch, self.directory.join("target/debug").join(name))
        })
    }

    fn write_workspace(&self, root: &Path) -> Result<(), String> {
        let names: Vec<&str> = { self.batches.iter() }
            .map(|batch| batch.name.as_str())
            .collect();
        write_workspace(root, &self.directory, &names)
    }

    fn crate_directory(&self, batch: &Batch) -> PathBuf {
        self.directory.join(&batch.name)
    }

    fn write_crates(&self) -> Result<(), String> {
        for batch in &self.batches {
            let mut modules = String::new();
            let mut table = String::new();
            for &number in &batch.cases {
                let module = module(number);
                let _ = writeln!(
                    modules,
                    "#[path = \"../../cases/{module}/mod.rs\"]\npub mod {module};"
                );
                if batch.runs {
                    let _ = writeln!(
                        modules,
                        "#[path = \"../../cases/{module}/corpus_samples.rs\"]\nmod samples_{module};"
                    );
                    let _ = writeln!(table, "    ({number}, samples_{module}::WAYS),");
                }
            }
            let source = self.crate_directory(batch).join("src");
            let stale = source.join(if batch.runs { "lib.rs" } else { "main.rs" });
            if stale.exists() {
                fs::remove_file(&stale).map_err(|error| format!("{}: {error}", stale.display()))?;
            }
            if batch.runs {
                let runner = include_str!("runner.rs.txt");
                let main = format!(
                    "{runner}\n{modules}\ntype Way = fn(&str) -> Result<String, String>;\n\
                     static WAYS: &[(usize, &[Way])] = &[\n{table}];\n"
                );
                write(&source.join("main.rs"), &main)?;
            } else {
                let head = "//! Cases of a corpus.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n";
                write(&source.join("lib.rs"), &format!("{head}{modules}"))?;
            }
        }
        Ok(())
    }

    /// The first error of each case in the crates that are to be run, or those that are not.
    fn cargo(&self, runs: bool) -> Result<BTreeMap<usize, String>, String> {
        let chosen: Vec<&Batch> = self
            .batches
            .iter()
            .filter(|batch| batch.runs == runs)
            .collect();
        if chosen.is_empty() {
            return Ok(BTreeMap::new());
        }
        let names: Vec<&str> = chosen.iter().map(|batch| batch.name.as_str()).collect();
        let subcommand = if runs { "build" } else { "check" };
        let errors = cargo(&self.directory, subcommand, self.jobs, &names)?;
        let known: BTreeSet<usize> = chosen
            .iter()
            .flat_map(|batch| &batch.cases)
            .copied()
            .collect();
        Ok(errors
            .into_iter()
            .filter(|(case, _)| known.contains(case))
            .collect())
    }
}

/// Writes the manifests of a workspace with these crates.
pub(crate) fn write_workspace(root: &Path, directory: &Path, names: &[&str]) -> Result<(), String> {
    let members: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    write(
        &directory.join("Cargo.toml"),
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n\
             [profile.dev]\ndebug = 0\nincremental = false\nopt-level = 0\n",
            members.join(", ")
        ),
    )?;
    for name in names {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\ncastile = {{ path = {:?}, default-features = false }}\n",
            root.join("runtime")
        );
        write(&directory.join(name).join("Cargo.toml"), &manifest)?;
    }
    // The versions that the checkout is tested with.
    let lock = root.join("Cargo.lock");
    fs::copy(&lock, directory.join("Cargo.lock"))
        .map(drop)
        .map_err(|error| format!("{}: {error}", lock.display()))
}

/// Checks or builds crates of a workspace; the result is the first error of each case.
pub(crate) fn cargo(
    directory: &Path,
    subcommand: &str,
    jobs: usize,
    names: &[&str],
) -> Result<BTreeMap<usize, String>, String> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .arg(subcommand)
        .args(["--message-format=short", "--keep-going", "--quiet"])
        .arg(format!("--jobs={jobs}"))
        .arg("--target-dir")
        .arg(directory.join("target"))
        .arg("--manifest-path")
        .arg(directory.join("Cargo.toml"))
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("RUSTFLAGS");
    for name in names {
        command.args(["--package", name]);
    }
    let output = command
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let errors = errors(&text);
    if !output.status.success() && errors.is_empty() {
        let end: Vec<&str> = text.lines().rev().take(20).collect();
        let end: Vec<&str> = end.into_iter().rev().collect();
        return Err(format!("the batches do not build:\n{}", end.join("\n")));
    }
    Ok(errors)
}

/// The first error of each case: lines of `…/cases/cNNNNN/FILE:LINE:COLUMN: error…: MESSAGE`.
fn errors(text: &str) -> BTreeMap<usize, String> {
    let mut errors = BTreeMap::new();
    for line in text.lines() {
        let Some((_, rest)) = line.split_once("/cases/c") else {
            continue;
        };
        let Some((number, rest)) = rest.split_once('/') else {
            continue;
        };
        let is_error = rest.split_once(": error").is_some();
        if let (Ok(number), true) = (number.parse(), is_error) {
            errors
                .entry(number)
                .or_insert_with(|| rest.replace('\t', " "));
        }
    }
    errors
}

/// Writes a file, unless it has these contents already: Cargo looks at times.
pub(crate) fn write(path: &Path, contents: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|there| there == contents) {
        return Ok(());
    }
    let failed = |error| format!("{}: {error}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(path, contents).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::errors;

    #[test]
    fn maps_the_first_error_back_to_its_case() {
        let text = "b/src/../../cases/c00012/types.rs:3:4: error[E0412]: no `X`\n\
                    b/src/../../cases/c00012/wire.rs:3:4: error: unused\n\
                    b/src/../../cases/c00013/wire.rs:3:4: note: see\n\
                    error: could not compile `b`\n";
        let found: Vec<_> = errors(text).into_iter().collect();
        assert_eq!(
            found,
            [(12, "types.rs:3:4: error[E0412]: no `X`".to_owned())]
        );
    }
}
