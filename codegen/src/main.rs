//! The command line: `castile --help`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command line"
)]

mod command;

use std::path::PathBuf;
use std::process::ExitCode;

use castile_codegen::output::Tree;
use castile_codegen::settings::Settings;
use castile_codegen::source::Sources;
use castile_codegen::{Generator, Runtime, diff, lint};
use clap::{Args, Parser, Subcommand, ValueEnum};

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
    Generate(Target),
    /// Changes nothing; exits with 1 if `generate` would change a file, and shows what, or if there is
    /// a warning that `castile.toml` does not accept.
    Check(Target),
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
    Diff(Comparison),
    /// Writes the contract of the inputs as WSDL, XML Schema or OpenAPI.
    Export(command::export::Exporting),
    /// Serves the operations of the inputs: answers by example, and says what is wrong with requests.
    Mock(command::mock::Mocking),
    /// Shows what is odd about contracts and their examples; exits with 1 if something is that no
    /// descriptor accepts.
    Lint {
        /// WSDLs, schemas, descriptors, or directories with a `castile.toml`; or saved pages (HTML,
        /// Markdown, extracted text).
        #[arg(required = true)]
        inputs: Vec<PathBuf>,
        /// How to show it.
        #[arg(long, value_enum, default_value_t = LintFormat::Text)]
        format: LintFormat,
    },
    /// Reads a saved page of a provider's documentation (HTML, Markdown, extracted text) to a descriptor.
    #[cfg(feature = "import")]
    Import(Importing),
    /// Copies WSDLs and schemas with everything that they import; the only command that uses the
    /// network.
    #[cfg(feature = "vendor")]
    Vendor(Copying),
}

#[cfg(feature = "import")]
#[derive(Debug, Args)]
struct Importing {
    /// Saved pages of one service: HTML, Markdown, or extracted text.
    #[arg(required = true)]
    pages: Vec<PathBuf>,
    /// The descriptor.
    #[arg(long, value_name = "FILE.md")]
    out: PathBuf,
}

#[cfg(feature = "vendor")]
#[derive(Debug, Args)]
struct Copying {
    /// Addresses (http, https) or files.
    #[arg(value_name = "URL|FILE", required_unless_present = "update")]
    inputs: Vec<String>,
    /// The directory for the copies, a catalog and a lock file.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Fetch again what the lock file in the directory names, and show what changed.
    #[arg(long)]
    update: bool,
    /// The user for basic authentication, sent to the origin of the inputs only.
    #[arg(long, value_name = "NAME", requires = "password_env")]
    user: Option<String>,
    /// The environment variable that holds the password.
    #[arg(long, value_name = "VAR", requires = "user")]
    password_env: Option<String>,
    /// Another host that imports and redirects may lead to.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// The largest document, in bytes [default: 64 MiB].
    #[arg(long, value_name = "N")]
    max_bytes: Option<u64>,
    /// Write what can be had, and warn of the rest.
    #[arg(long)]
    keep_going: bool,
}

#[derive(Debug, Args)]
struct Comparison {
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
enum Format {
    /// For people.
    Text,
    /// For a pull request.
    Markdown,
    /// For machines.
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LintFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// SARIF 2.1.0, for services that show findings beside code.
    Sarif,
}

#[derive(Debug, Args)]
struct Target {
    /// WSDLs, schemas, descriptors, or directories with a `castile.toml`.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// The directory for the generated files.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Make a crate of this name, with a manifest, instead of a module tree.
    #[arg(long = "crate", value_name = "NAME")]
    krate: Option<String>,
    /// Where the generated crate finds the runtime crate, instead of its published version.
    #[arg(long, value_name = "PATH", requires = "krate")]
    runtime: Option<PathBuf>,
    /// Refuse schemas that XML Schema 1.0 does not allow, and show each rule that they break.
    #[arg(long)]
    strict: bool,
    /// An earlier version of the inputs: shows whom what changed since then breaks, as `castile diff`.
    #[arg(long, value_name = "INPUT")]
    against: Option<PathBuf>,
    /// Generate the schema, too, so that values and documents can be held against it; as
    /// `validation = true` in `castile.toml`.
    #[arg(long)]
    validation: bool,
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
        Command::Generate(target) => {
            let (tree, _) = target.tree()?;
            let written = tree.write(&target.out).map_err(|error| error.to_string())?;
            for path in &written.removed {
                println!("removed {path}");
            }
            println!(
                "{} files written to {}, {} up to date",
                written.changed.len(),
                target.out.display(),
                written.unchanged
            );
            Ok(ExitCode::SUCCESS)
        }
        Command::Check(target) => {
            let (tree, warnings) = target.tree()?;
            let drifts = tree.drift(&target.out).map_err(|error| error.to_string())?;
            let mut report: Vec<String> = drifts.iter().map(ToString::to_string).collect();
            if !drifts.is_empty() {
                report.push(format!(
                    "{} files differ; `castile generate` mends it",
                    drifts.len()
                ));
            }
            report.extend(unaccepted(&warnings));
            if report.is_empty() {
                println!("{} is up to date", target.out.display());
                return Ok(ExitCode::SUCCESS);
            }
            Err(report.join("\n"))
        }
        Command::Inspect { inputs, strict } => {
            let (resolved, warnings) = generator(&inputs, strict)
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
        Command::Lint { inputs, format } => {
            let (findings, sources) = linted(&inputs)?;
            print!(
                "{}",
                match format {
                    LintFormat::Text => lint::text(&findings, &sources),
                    LintFormat::Json => lint::json(&findings, &sources),
                    LintFormat::Sarif => lint::sarif(&findings, &sources),
                }
            );
            Ok(match findings.open().next() {
                None => ExitCode::SUCCESS,
                Some(_) => ExitCode::FAILURE,
            })
        }
    }
}

/// Pages are held against themselves, all else against the rules for contracts.
fn linted(inputs: &[PathBuf]) -> Result<(lint::Findings, Sources), String> {
    #[cfg(feature = "import")]
    {
        let pages = { inputs.iter() }.filter(|input| command::page_lint::is_page(input));
        match pages.count() {
            0 => {}
            all if all == inputs.len() => return command::page_lint::lint(inputs),
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

/// One side of a comparison; an error names the input.
fn side(input: &PathBuf) -> Result<diff::Side, String> {
    let side = Generator::new().input(input).side();
    side.map_err(|failure| format!("{}:\n{failure}", input.display()))
}

impl Comparison {
    fn run(self) -> Result<ExitCode, String> {
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

#[cfg(feature = "import")]
impl Importing {
    fn run(self) -> Result<(), String> {
        let import = { self.pages.iter() }.fold(
            castile_codegen::import::Import::new(&self.out),
            castile_codegen::import::Import::page,
        );
        let report = import.run().map_err(|failure| failure.to_string())?;
        print!("{report}");
        Ok(())
    }
}

#[cfg(feature = "vendor")]
impl Copying {
    fn run(self) -> Result<(), String> {
        let mut vendor = castile_codegen::vendor::Vendor::new(&self.out);
        for input in self.inputs {
            vendor = vendor.input(input);
        }
        for host in self.allow_host {
            vendor = vendor.allow_host(host);
        }
        if self.update {
            vendor = vendor.update();
        }
        if self.keep_going {
            vendor = vendor.keep_going();
        }
        if let Some(bytes) = self.max_bytes {
            vendor = vendor.max_bytes(bytes);
        }
        if let (Some(user), Some(variable)) = (self.user, self.password_env) {
            // What is wrong with the value is not shown: it is the password.
            let password = std::env::var(&variable).map_err(|_| {
                format!("error: the environment variable `{variable}` is not set, or no text")
            })?;
            vendor = vendor.login(user, password);
        }
        let report = vendor.run().map_err(|failure| failure.to_string())?;
        if !report.warnings.is_empty() {
            eprintln!("{}", report.warnings.trim_end());
        }
        let lists = [
            ("added", &report.added),
            ("changed", &report.changed),
            ("removed", &report.removed),
        ];
        for (what, paths) in lists {
            for path in paths {
                println!("{what} {path}");
            }
        }
        println!(
            "{} added, {} changed, {} removed, {} unchanged in {}",
            report.added.len(),
            report.changed.len(),
            report.removed.len(),
            report.unchanged,
            self.out.display()
        );
        Ok(())
    }
}

/// What to do about warnings that nobody accepted.
fn unaccepted(warnings: &[String]) -> Option<String> {
    let mut keys: Vec<String> = { warnings.iter() }
        .map(|key| format!("{} = \"why\"", castile_codegen::output::toml_string(key)))
        .collect();
    keys.dedup();
    (!keys.is_empty()).then(|| {
        format!(
            "{} warnings are not accepted; mend the input, or say in `castile.toml` why it is borne:\n\
             [warnings.allow]\n{}",
            warnings.len(),
            keys.join("\n")
        )
    })
}

fn generator(inputs: &[PathBuf], strict: bool) -> Generator {
    let generator = inputs
        .iter()
        .fold(Generator::new(), |generator, input| generator.input(input));
    if strict {
        generator.strict()
    } else {
        generator
    }
}

impl Target {
    /// The files to be, with warnings printed, and what would accept these.
    fn tree(&self) -> Result<(Tree, Vec<String>), String> {
        let settings = Settings::new().validation(self.validation);
        let output = generator(&self.inputs, self.strict)
            .settings(settings)
            .generate()
            .map_err(|failure| failure.to_string())?;
        if !output.warnings.is_empty() {
            eprintln!("{}", output.warnings.trim_end());
        }
        if let Some(old) = &self.against {
            let new = generator(&self.inputs, self.strict).side();
            let new = new.map_err(|failure| failure.to_string())?;
            eprint!("{}", diff::text(&diff::judge(&side(old)?, &new), false));
        }
        let warnings = output.warning_keys.clone();
        let tree = match &self.krate {
            None => output.modules,
            Some(name) => {
                let runtime = match &self.runtime {
                    Some(path) => Runtime::Path(path.to_string_lossy().into_owned()),
                    None => Runtime::Published,
                };
                output.into_crate(name, &runtime)
            }
        };
        Ok((tree, warnings))
    }
}
