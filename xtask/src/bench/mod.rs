//! `cargo xtask bench`: Castile's codec and others on the same documents in one run, as a section of
//! `docs/benchmarks.md` and a plot beside it.
//!
//! `tests/bench` measures; it is a workspace of its own, since the competitors take long to compile.

mod generator;
mod plot;
mod report;
mod rows;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use castile_codegen::Generator;

use crate::corpus::batch::write;
use crate::{benchmarks_page, cargo};
use rows::Rows;

/// The contracts of `tests/bench/contract`, and the modules that are made of them.
const CONTRACTS: [(&str, &str); 4] = [
    ("archive.xsd", "archive"),
    ("ledger.wsdl", "ledger"),
    ("mailbox.xsd", "mailbox"),
    ("telemetry.xsd", "telemetry"),
];

const SECTION: &str = "throughput";
const LANGUAGES: &str = "other-languages";
const PLOT: &str = "docs/benchmarks-throughput.svg";

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A fifth of the time for each row.
    #[arg(long)]
    quick: bool,
    /// How often everything is measured; the best of all counts. On a busy machine more is better.
    #[arg(long, default_value_t = 1, value_name = "N")]
    rounds: u32,
    /// Measures nothing: takes the rows that `castile-bench --out` wrote to this file.
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
    /// Programs of other languages, too, as far as they are installed (`other-languages.sh`).
    #[arg(long)]
    other_languages: bool,
    /// Measures the generator on a corpus instead; the filter is a pattern of names of cases.
    #[arg(long, value_name = "DIR")]
    generator: Option<PathBuf>,
    /// Only does the parts of a generator's work for the files that this file names.
    #[arg(long, hide = true, value_name = "FILE")]
    parts: Option<PathBuf>,
    /// Only rows that have this in `decode/DOCUMENT/COMPETITOR`; nothing is written then.
    filters: Vec<String>,
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    if let Some(list) = &options.parts {
        return generator::parts(list);
    }
    if let Some(directory) = &options.generator {
        let only = options.filters.first().map(String::as_str);
        return generator::run(root, directory, options.rounds, only);
    }
    let bench = root.join("tests/bench");
    for (contract, module) in CONTRACTS {
        let input = bench.join("contract").join(contract);
        let output = Generator::new().input(input).generate();
        let output = output.map_err(|failure| failure.to_string())?;
        let target = bench.join("src/contracts").join(module);
        let written = output.modules.write(&target);
        written.map_err(|error| error.to_string())?;
    }
    let file = cargo::target(root).join("bench.tsv");
    let mut rows = Rows::default();
    let rounds = match &options.rows {
        Some(file) => {
            rows.merge(read(file)?);
            0
        }
        None => options.rounds.max(1),
    };
    for _ in 0..rounds {
        let mut command = program(&bench);
        if options.quick {
            command.arg("--quick");
        }
        cargo::run(command.arg("--out").arg(&file).args(&options.filters))?;
        rows.merge(read(&file)?);
    }
    let report = report::report(&rows);
    if !options.filters.is_empty() {
        println!("{report}");
        return Ok(());
    }
    write(&root.join(PLOT), &plot::throughput(&rows))?;
    let text = format!("{}\n\n{report}", benchmarks_page::machine()?);
    benchmarks_page::replace(root, SECTION, &text)?;
    if !options.other_languages {
        return Ok(());
    }
    let others = other_languages(&bench, &cargo::target(root))?;
    let text = report::other_languages(&rows, &others);
    benchmarks_page::replace(root, LANGUAGES, &text)
}

fn read(file: &Path) -> Result<Rows, String> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| format!("{}: {error}", file.display()))?;
    Rows::read(&text)
}

/// Has glibc keep what is freed, for all that is measured: else the kernel's time for pages, which are given
/// back and asked for anew between passes, is in some rows and not in others, and differs from run to run.
const HEAP: [(&str, &str); 2] = [
    ("MALLOC_MMAP_THRESHOLD_", "33554432"),
    ("MALLOC_TRIM_THRESHOLD_", "1073741824"),
];

/// The program that measures codecs.
fn program(bench: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(bench.join("Cargo.toml"))
        .arg("--")
        .envs(HEAP);
    command
}

/// The rows of programs of other languages, on the same documents.
fn other_languages(bench: &Path, target: &Path) -> Result<Rows, String> {
    let documents = target.join("bench-documents");
    cargo::run(program(bench).arg("--documents").arg(&documents))?;
    let output = Command::new("bash")
        .arg(bench.join("other-languages.sh"))
        .arg(&documents)
        .envs(HEAP)
        .stderr(Stdio::inherit())
        .output();
    let output = output.map_err(|error| format!("cannot run bash: {error}"))?;
    if !output.status.success() {
        return Err(format!("other-languages.sh ended with {}", output.status));
    }
    let rows = String::from_utf8_lossy(&output.stdout);
    Rows::read(&format!("head\n{rows}"))
}
