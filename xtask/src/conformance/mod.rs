//! `cargo xtask conformance`: what the suites of others say of us, as `docs/conformance.md`.

mod patterns;
mod published;
mod suite;

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::target;
use crate::corpus::batch::write;
use crate::corpus::selection::Selection;
use crate::corpus::{self, run_optimized};
use crate::xsts;

/// What to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The directory of the W3C's tests of XML Schema; without it their section stays as it is.
    directory: Option<PathBuf>,
    /// Changes nothing; exits with 1 if the page would change.
    #[arg(long)]
    check: bool,
    /// How many compilers run at once.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
}

const HEAD: &str = "\
<!-- Written by `cargo xtask conformance`; do not edit. -->
# Conformance

How Castile does on the tests of others, and how others do. Everything here is counted by a command:
`cargo xtask conformance` for the patterns, `cargo xtask conformance DIR` with a directory of the W3C's
tests of XML Schema for those, too.

";

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    if cfg!(debug_assertions) {
        return run_optimized(root, "conformance");
    }
    let path = root.join("docs/conformance.md");
    let page = fs::read_to_string(&path).unwrap_or_default();
    let reports = target(root).join("conformance");
    let fixtures = root.join("tests/patterns");
    let report = reports.join("patterns.tsv");
    let ran = corpus::run(
        root,
        &corpus::Options::all(&fixtures, &report, options.jobs),
    );
    let (patterns, all_pass) = patterns::section(&fixtures.join("MANIFEST.tsv"), &report)?;
    let mut suites = suite::of_page(&page).map(str::to_owned);
    let mut ran_suite = Ok(());
    if let Some(directory) = &options.directory {
        let report = reports.join("xsts.tsv");
        ran_suite = xsts::run(root, &Selection::all(directory, &report, options.jobs));
        // Without a directory the tests are skipped.
        let sums = report.with_extension("md");
        if directory.is_dir() {
            let sums = fs::read_to_string(&sums)
                .map_err(|error| format!("{}: {error}", sums.display()))?;
            suites = Some(suite::section(&sums));
        }
    }
    let mut made = format!("{HEAD}{patterns}");
    if let Some(suites) = suites {
        made.push('\n');
        made.push_str(&suites);
    }
    if options.check && made != page {
        return Err(format!(
            "{} is not what comes out now; `cargo xtask conformance` writes it",
            path.display()
        ));
    }
    write(&path, &made)?;
    ran?;
    ran_suite?;
    if all_pass {
        println!("docs/conformance.md is up to date");
        Ok(())
    } else {
        Err("not every data-binding pattern passes; docs/conformance.md says which".to_owned())
    }
}
