//! `castile diff`: contract against contract.

use std::path::PathBuf;
use std::process::ExitCode;

use castile_codegen::{Generator, diff};
use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct Comparison {
    /// The contract that clients were generated from: a WSDL, schema or descriptor, or a directory with
    /// a `castile.toml`.
    old: PathBuf,
    /// The contract that they meet, or will be generated from.
    new: PathBuf,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show changes of documentation alone, too; JSON always has them.
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For a pull request.
    Markdown,
    /// For machines.
    Json,
}

/// One side of a comparison; an error names the input.
pub(crate) fn side(input: &PathBuf) -> Result<diff::Side, String> {
    let side = Generator::new().input(input).side();
    side.map_err(|failure| format!("{}:\n{failure}", input.display()))
}

impl Comparison {
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let report = diff::judge(&side(&self.old)?, &side(&self.new)?);
        print!(
            "{}",
            match self.format {
                Format::Text => diff::text(&report, self.all),
                Format::Markdown => diff::markdown(&report, self.all),
                Format::Json => diff::json(&report),
            }
        );
        Ok(ExitCode::from(report.exit_code()))
    }
}
