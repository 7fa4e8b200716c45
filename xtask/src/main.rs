//! The project's own commands: `cargo xtask COMMAND`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command line"
)]

mod bench;
mod benchmarks_page;
mod callers;
mod cargo;
mod codegen;
mod compile_cost;
mod conformance;
mod corpus;
mod export;
mod foreign_clients;
mod fuzz;
mod interop;
mod page_oddities;
mod pages;
mod patterns;
mod process_cost;
mod schema_history;
mod services;
mod tidy;
mod xsts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Regenerates `generated/` from `schemas/`, and says whom the changes of schemas break.
    Codegen {
        /// Changes nothing; exits with 1 if anything would change, and shows what.
        #[arg(long)]
        check: bool,
        /// What schemas are compared with: a revision, or a directory like `schemas/`. Without git and
        /// without a directory nothing is compared.
        #[arg(long, value_name = "REVISION|DIR", default_value = "HEAD")]
        against: String,
    },
    /// Calls the first customers' operations against servers on loopback, and shows what happens.
    Demo,
    /// Checks the clients against the providers' own pages, where these are at hand.
    Pages {
        /// The directory of the pages.
        directory: PathBuf,
        /// Imports the pages instead, and compares the descriptors with those in `schemas/`, fact by
        /// fact.
        #[arg(long)]
        import: bool,
        /// Lints the pages instead, and shows which of the known oddities are found at their places.
        #[arg(long, conflicts_with = "import")]
        lint: bool,
    },
    /// Calls SOAP servers of other makers through the generated clients.
    Interop {
        /// The directory of the servers.
        directory: PathBuf,
        /// Only installs and builds the servers.
        #[arg(long)]
        setup: bool,
    },
    /// Lets clients of other makers call `castile mock`, and a validator read an exported OpenAPI.
    ForeignClients {
        /// Only installs the clients.
        #[arg(long)]
        setup: bool,
    },
    /// Exports every contract of a corpus and reads it again: both must be the same.
    Export(export::Options),
    /// Works with the cases in `tests/cases/`.
    Case {
        #[command(subcommand)]
        command: CaseCommand,
    },
    /// Compiles callers of the contracts in `tests/cases/diff` against the changed ones: does the
    /// compiler agree with what `castile diff` says?
    Callers(callers::Options),
    /// Generates, compiles and tries every case of a corpus of foreign WSDLs and schemas.
    Corpus(corpus::Options),
    /// Writes the fixtures of the data-binding patterns, `tests/patterns/`, from their source.
    Patterns {
        /// Changes nothing; exits with 1 if anything would change.
        #[arg(long)]
        check: bool,
    },
    /// Holds generator and runtime against the W3C's tests of XML Schema.
    Xsts(corpus::selection::Selection),
    /// Tries the data-binding patterns and the W3C's schema tests; writes `docs/conformance.md`.
    Conformance(conformance::Options),
    /// Builds real requests and reads real answers with the clients of three big contracts.
    Services {
        /// The directory of the corpus that has them.
        directory: PathBuf,
        /// Only one of them: `exchange`, `netsuite` or `onvif`.
        #[arg(long)]
        only: Option<String>,
    },
    /// Measures codecs and calls, ours beside others', and writes `docs/benchmarks.md`.
    Bench(bench::Options),
    /// Measures what the longest generated code costs the compiler; writes it to `docs/benchmarks.md`.
    CompileCost(compile_cost::Options),
    /// Reads mutated documents along the table and without it, for a while: both must agree.
    Fuzz(fuzz::Options),
    /// Checks what lints cannot see: which room may know which, sizes and names of files.
    Tidy,
}

#[derive(Debug, Subcommand)]
enum CaseCommand {
    /// Rewrites the expected files to what comes out now.
    Update,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Codegen { check, against } => codegen::run(&root(), check, &against),
        Command::Demo => cargo::example(&root(), "demo", &[]),
        Command::Pages {
            directory,
            import,
            lint,
        } => match lint {
            true => page_oddities::run(&root(), &directory),
            false => pages::run(&root(), &directory, import),
        },
        Command::Interop { directory, setup } => interop::run(&root(), &directory, setup),
        Command::Case {
            command: CaseCommand::Update,
        } => cargo::update_cases(&root()),
        Command::Callers(options) => callers::run(&root(), &options),
        Command::ForeignClients { setup } => foreign_clients::run(&root(), setup),
        Command::Export(options) => export::run(&root(), &options),
        Command::Corpus(options) => corpus::run(&root(), &options),
        Command::Conformance(options) => conformance::run(&root(), &options),
        Command::Patterns { check } => patterns::run(&root(), check),
        Command::Xsts(options) => xsts::run(&root(), &options),
        Command::Services { directory, only } => {
            services::run(&root(), &directory, only.as_deref())
        }
        Command::Bench(options) => bench::run(&root(), &options),
        Command::CompileCost(options) => compile_cost::run(&root(), &options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Tidy => tidy::run(&root()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{}", message.trim_end());
            ExitCode::FAILURE
        }
    }
}

/// The top of the checkout.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}
