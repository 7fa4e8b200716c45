//! What is run of the cases in a directory, and what becomes of the results.

use std::path::{Path, PathBuf};

/// What to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Selection {
    /// The directory with the cases.
    pub(crate) directory: PathBuf,
    /// Only cases whose name, or `SET/NAME`, matches; `*` stands for any text.
    #[arg(long, value_name = "GLOB")]
    pub(crate) only: Option<String>,
    /// Only a tenth of each set.
    #[arg(long)]
    pub(crate) quick: bool,
    /// How many compilers run at once.
    #[arg(long, default_value_t = 2)]
    pub(crate) jobs: usize,
    /// Where to write the results, a row each.
    #[arg(long, value_name = "FILE.tsv")]
    pub(crate) report: Option<PathBuf>,
    /// Records the failures of this run as known.
    #[arg(long)]
    pub(crate) accept: bool,
    /// Generates, and stops there: no failure is looked for in the list of those that are known.
    #[arg(long, conflicts_with = "accept")]
    pub(crate) generate_only: bool,
}

impl Selection {
    /// All of a directory, with a report.
    pub(crate) fn all(directory: &Path, report: &Path, jobs: usize) -> Self {
        Self {
            directory: directory.to_owned(),
            only: None,
            quick: false,
            jobs,
            report: Some(report.to_owned()),
            accept: false,
            generate_only: false,
        }
    }

    /// Whether there is the directory; says that it is skipped where there is none.
    pub(crate) fn is_there(&self, what: &str) -> bool {
        let is_there = self.directory.is_dir();
        if !is_there {
            println!(
                "skipped: no directory `{}`: {what} come with development machines and CI, not with a clone",
                self.directory.display()
            );
        }
        is_there
    }

    /// The file of the results.
    pub(crate) fn report(&self, workspace: &Path) -> PathBuf {
        { self.report.clone() }.unwrap_or_else(|| workspace.join("report.tsv"))
    }
}
