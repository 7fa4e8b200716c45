//! `castile lint`: what is odd about contracts and their examples.

use std::path::PathBuf;
use std::process::ExitCode;

use castile_codegen::lint;
use castile_codegen::source::Sources;
use clap::{Args, ValueEnum};

use super::generator;

#[derive(Debug, Args)]
pub(crate) struct Linting {
    /// WSDLs, schemas, descriptors, or directories with a `castile.toml`; or saved pages (HTML,
    /// Markdown, extracted text).
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
        let (findings, sources) = linted(&self.inputs)?;
        print!(
            "{}",
            match self.format {
                Format::Text => lint::text(&findings, &sources),
                Format::Json => lint::json(&findings, &sources),
                Format::Sarif => lint::sarif(&findings, &sources),
            }
        );
        Ok(match findings.of(lint::Level::Warning).next() {
            None => ExitCode::SUCCESS,
            Some(_) => ExitCode::FAILURE,
        })
    }
}

/// Pages are held against themselves, all else against the rules for contracts.
fn linted(inputs: &[PathBuf]) -> Result<(lint::Findings, Sources), String> {
    #[cfg(feature = "import")]
    {
        let pages = { inputs.iter() }.filter(|input| super::page_lint::is_page(input));
        match pages.count() {
            0 => {}
            all if all == inputs.len() => return super::page_lint::lint(inputs),
            _ => {
                return Err(
                    "error: saved pages and inputs of `generate` are linted one kind at a time"
                        .to_owned(),
                );
            }
        }
    }
    let linted = generator(inputs, false).lint();
    linted.map_err(|failure| failure.to_string())
}
