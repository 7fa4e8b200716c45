//! The code of all groups in crates of a few hundred modules, each a library with the code and the ways
//! of its instances, and a program that runs them: one build compiles both.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::corpus::batch::{self, module, write};

/// A crate takes as many groups at most.
const GROUPS: usize = 400;
/// And as many lines, unless a single group has more.
const LINES: usize = 60_000;
/// Errors of one stage of the compiler hide those of the next: after three stages nothing should be left.
const ROUNDS: usize = 4;

/// All crates, a workspace in a directory of their own.
#[derive(Debug)]
pub(crate) struct Crates {
    directory: PathBuf,
    crates: Vec<Crate>,
}

/// A crate.
#[derive(Debug, Default)]
struct Crate {
    name: String,
    groups: Vec<usize>,
    lines: usize,
}

/// The directory of a group's code.
pub(crate) fn directory(workspace: &Path, number: usize) -> PathBuf {
    batch::case_directory(workspace, number)
}

impl Crates {
    pub(crate) fn new(directory: &Path) -> Self {
        Self {
            directory: directory.to_owned(),
            crates: Vec::new(),
        }
    }

    /// Adds a group whose code is in its directory.
    pub(crate) fn add(&mut self, number: usize, lines: usize) {
        let fits = |last: &&mut Crate| last.groups.len() < GROUPS && last.lines + lines <= LINES;
        match self.crates.last_mut().filter(fits) {
            Some(last) => {
                last.groups.push(number);
                last.lines += lines;
            }
            None => self.crates.push(Crate {
                name: format!("groups-{:03}", self.crates.len()),
                groups: vec![number],
                lines,
            }),
        }
    }

    /// Compiles everything; the result is the first error of each group that does not compile.
    pub(crate) fn compile(
        &mut self,
        root: &Path,
        jobs: usize,
    ) -> Result<BTreeMap<usize, String>, String> {
        let names: Vec<String> = { self.crates.iter() }.map(|one| one.name.clone()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        batch::write_workspace(root, &self.directory, &names)?;
        let mut failed = BTreeMap::new();
        for round in 1..=ROUNDS {
            self.write_sources()?;
            let mut found = batch::cargo(&self.directory, "build", jobs, &names)?;
            println!("round {round}: {} groups do not compile", found.len());
            for one in &mut self.crates {
                one.groups.retain(|group| !found.contains_key(group));
            }
            if found.is_empty() {
                break;
            }
            failed.append(&mut found);
        }
        Ok(failed)
    }

    /// The programs, each with the groups that it has.
    pub(crate) fn programs(&self) -> impl Iterator<Item = (PathBuf, &[usize])> {
        self.crates.iter().map(|one| {
            let name = format!("{}{}", one.name, std::env::consts::EXE_SUFFIX);
            let program = self.directory.join("target/debug").join(name);
            (program, one.groups.as_slice())
        })
    }

    fn write_sources(&self) -> Result<(), String> {
        for one in &self.crates {
            let mut library =
                "//! Groups of a test suite.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n\
                 /// Reads a document and writes it anew.\n\
                 pub type Way = fn(&str) -> Result<String, String>;\n"
                    .to_owned();
            let mut table = String::new();
            for &number in &one.groups {
                let module = module(number);
                let _ = writeln!(
                    library,
                    "#[path = \"../../cases/{module}/mod.rs\"]\npub mod {module};\n\
                     #[path = \"../../cases/{module}/instances.rs\"]\nmod instances_{module};"
                );
                let _ = writeln!(table, "    ({number}, instances_{module}::WAYS),");
            }
            let _ = write!(
                library,
                "/// The ways of each group.\npub static WAYS: &[(usize, &[Way])] = &[\n{table}];\n"
            );
            let source = self.directory.join(&one.name).join("src");
            write(&source.join("lib.rs"), &library)?;
            let runner = include_str!("../corpus/runner.rs.txt");
            let name = one.name.replace('-', "_");
            let main = format!("{runner}\nuse {name}::WAYS;\n");
            write(&source.join("main.rs"), &main)?;
        }
        Ok(())
    }
}
