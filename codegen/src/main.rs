//! The command line: `castile --help`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command line"
)]

mod command;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Generates Rust clients from WSDL, XML Schema and field-table descriptors.
#[derive(Debug, Parser)]
#[command(name = "castile", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the Rust code for the inputs.
    Generate(command::generate::Target),
    /// Changes nothing; exits with 1 if `generate` would change a file, and shows what, or if there is
    /// a warning that `castile.toml` does not accept.
    Check(command::generate::Target),
    /// Prints services, operations, messages and types as a tree.
    Inspect {
        /// WSDLs, schemas, descriptors, or directories with a `castile.toml`.
        #[arg(required = true)]
        inputs: Vec<PathBuf>,
        /// Refuse schemas that XML Schema 1.0 does not allow, and show each rule that they break.
        #[arg(long)]
        strict: bool,
    },
    /// Says what changes from one contract to another, and whom each change breaks: clients on the
    /// wire, callers in Rust. Exits with 0 if nobody, 3 if the wire breaks, 4 if only callers in Rust
    /// do, 5 if neither and something cannot be told, 1 if an input is wrong.
    Diff(command::diff::Comparison),
    /// Writes the contract of the inputs as WSDL, XML Schema or OpenAPI.
    Export(command::export::Exporting),
    /// Serves the operations of the inputs: answers by example, and says what is wrong with requests.
    Mock(command::mock::Mocking),
    /// Shows what is odd about contracts and their examples; exits with 1 if something is that no
    /// descriptor accepts.
    Lint(command::lint::Linting),
    /// Reads a saved page of a provider's documentation (HTML, Markdown, extracted text) to a descriptor.
    #[cfg(feature = "import")]
    Import(command::import::Importing),
    /// Copies WSDLs and schemas with everything that they import; the only command that uses the
    /// network.
    #[cfg(feature = "vendor")]
    Vendor(command::vendor::Copying),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(report) => {
            eprintln!("{}", report.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, String> {
    match command {
        Command::Generate(target) => target.generate(),
        Command::Check(target) => target.check(),
        Command::Inspect { inputs, strict } => {
            let (resolved, warnings) = command::generator(&inputs, strict)
                .resolve()
                .map_err(|failure| failure.to_string())?;
            if !warnings.is_empty() {
                eprintln!("{}", warnings.trim_end());
            }
            print!("{}", castile_codegen::dump::dump(&resolved));
            Ok(ExitCode::SUCCESS)
        }
        Command::Export(exporting) => exporting.run().map(|()| ExitCode::SUCCESS),
        Command::Mock(mocking) => mocking.run().map(|()| ExitCode::SUCCESS),
        #[cfg(feature = "import")]
        Command::Import(importing) => importing.run().map(|()| ExitCode::SUCCESS),
        #[cfg(feature = "vendor")]
        Command::Vendor(copying) => copying.run().map(|()| ExitCode::SUCCESS),
        Command::Diff(comparison) => comparison.run(),
        Command::Lint(linting) => linting.run(),
    }
}
