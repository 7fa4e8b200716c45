//! `castile lint`: what is odd about contracts and their examples.

use std::path::PathBuf;
use std::process::ExitCode;

use castile_codegen::lint;
use clap::{Args, ValueEnum};

use super::generator;

#[derive(Debug, Args)]
pub(crate) struct Linting {
    /// WSDLs, schemas, descriptors, or directories with a `castile.toml`.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// SARIF 2.1.0, for services that show findings beside code.
    Sarif,
}

impl Linting {
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let linted = generator(&self.inputs, false).lint();
        let (findings, sources) = linted.map_err(|failure| failure.to_string())?;
        print!(
            "{}",
            match self.format {
                Format::Text => lint::text(&findings, &sources),
                Format::Json => lint::json(&findings, &sources),
                Format::Sarif => lint::sarif(&findings, &sources),
            }
        );
        Ok(match findings.open().next() {
            None => ExitCode::SUCCESS,
            Some(_) => ExitCode::FAILURE,
        })
    }
}
