//! `cargo xtask corpus`: every case of a corpus generated, compiled, and its sample documents read and
//! written anew.
//!
//! A corpus is a directory with `MANIFEST.tsv` (columns `set`, `case`, `entry` at least), `SAMPLES.tsv`
//! (`set`, `case`, `sample`, `kind`), and a directory `SET/CASE` each, with a `catalog.tsv` where imports
//! need one.

mod batch;
mod compare;
mod generation;
pub(crate) mod manifest;
mod ratchet;
mod report;
mod samples;
mod schema;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use batch::Batches;
use generation::{Outcome, Worker};
use manifest::Case;
use report::{Generate, Row};
use samples::{Planned, Run};
use schema::Schema;

/// What to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The directory of the corpus.
    directory: PathBuf,
    /// Only cases whose name, or `SET/NAME`, matches; `*` stands for any text.
    #[arg(long, value_name = "GLOB")]
    only: Option<String>,
    /// Only a tenth of each set.
    #[arg(long)]
    quick: bool,
    /// How many compilers run at once.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Where to write a row per case.
    #[arg(long, value_name = "FILE.tsv")]
    report: Option<PathBuf>,
    /// Records the failures of this run as known.
    #[arg(long)]
    accept: bool,
    /// Generates, and stops there.
    #[arg(long)]
    generate_only: bool,
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    if !options.directory.is_dir() {
        println!(
            "skipped: no directory `{}`: corpora come with development machines and CI, not with a clone",
            options.directory.display()
        );
        return Ok(());
    }
    if cfg!(debug_assertions) {
        return run_optimized(root);
    }
    let mut cases = manifest::read(&options.directory, options.only.as_deref())?;
    if options.quick {
        cases = manifest::stratified(cases);
    }
    let workspace = workspace(root);
    let mut rows = Vec::new();
    let mut plans: BTreeMap<usize, Vec<Planned>> = BTreeMap::new();
    let mut batches = Batches::new(&workspace, options.jobs);
    let mut worker = Worker::start()?;
    for case in &cases {
        let made = worker.generate(case)?;
        let mut row = Row::new(case, &made);
        if let Outcome::Ok(output) = made.outcome {
            let directory = batch::case_directory(&workspace, case.number);
            row.lines = output
                .modules
                .iter()
                .map(|(_, text)| text.lines().count())
                .sum();
            if !options.generate_only {
                let written = output.modules.write(&directory);
                written.map_err(|error| error.to_string())?;
                let module = batch::module(case.number);
                let plan = samples::plan(case, output.model(), &directory, &module)?;
                batches.add(case.number, row.lines, !plan.is_empty());
                plans.insert(case.number, plan);
            }
        }
        rows.push(row);
    }
    if !options.generate_only {
        let failed = batches.compile(root)?;
        for row in &mut rows {
            if matches!(row.generate, Generate::Ok) {
                row.compile = Some(failed.get(&row.number).cloned().map_or(Ok(()), Err));
            }
        }
        run_samples(&cases, &batches, &plans, &mut rows)?;
    }
    finish(root, options, &workspace, &rows)
}

/// The generator is judged as it is shipped.
fn run_optimized(root: &Path) -> Result<(), String> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let status = command
        .args(["run", "--quiet", "--release", "--package", "xtask"])
        .arg("--manifest-path")
        .arg(root.join("Cargo.toml"))
        .arg("--")
        .args(std::env::args_os().skip(1))
        .status()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("the corpus is not as the ratchet says".to_owned())
    }
}

/// Where the batches are built.
fn workspace(root: &Path) -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let target = if target.is_relative() {
        root.join(target)
    } else {
        target
    };
    target.join("corpus")
}

fn run_samples(
    cases: &[Case],
    batches: &Batches,
    plans: &BTreeMap<usize, Vec<Planned>>,
    rows: &mut [Row],
) -> Result<(), String> {
    let by_number: BTreeMap<usize, &Case> = cases.iter().map(|case| (case.number, case)).collect();
    let places: BTreeMap<usize, usize> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| (row.number, at))
        .collect();
    for (batch, binary) in batches.binaries() {
        let mut runs = Vec::new();
        for &number in &batch.cases {
            for planned in plans.get(&number).into_iter().flatten() {
                match &planned.way {
                    Ok(way) => runs.push(Run {
                        number,
                        planned,
                        way: *way,
                    }),
                    Err(reason) => rows[places[&number]].sample(&planned.name, "no way", reason),
                }
            }
        }
        if !binary.exists() {
            continue;
        }
        let outcomes = samples::run(&binary, batch, &runs)?;
        let mut schema: Option<(usize, Option<Schema>)> = None;
        for (run, outcome) in runs.iter().zip(outcomes) {
            let row = &mut rows[places[&run.number]];
            if let Err(message) = outcome {
                row.sample(&run.planned.name, report::class(&message), &message);
                continue;
            }
            if schema
                .as_ref()
                .is_none_or(|(number, _)| *number != run.number)
            {
                let resolved = generation::generator(by_number[&run.number]).resolve();
                schema = Some((
                    run.number,
                    resolved.ok().map(|(resolved, _)| Schema::new(resolved)),
                ));
            }
            let Some((_, Some(schema))) = &schema else {
                row.sample(&run.planned.name, "no contract", "it was there before");
                continue;
            };
            match samples::compare(schema, run.planned) {
                Ok(()) => row.equal += 1,
                Err(difference) => {
                    row.sample(&run.planned.name, difference.class, &difference.detail);
                }
            }
        }
    }
    Ok(())
}

/// Reports, holds the failures against the ratchet, and sums up.
fn finish(root: &Path, options: &Options, workspace: &Path, rows: &[Row]) -> Result<(), String> {
    let path = options
        .report
        .clone()
        .unwrap_or_else(|| workspace.join("report.tsv"));
    batch::write(&path, &report::table(rows))?;
    let details = path.with_extension("samples.tsv");
    batch::write(&details, &report::samples(rows))?;
    println!("report: {}, {}", path.display(), details.display());
    let mut failures = BTreeMap::new();
    for row in rows {
        failures.extend(row.failures());
    }
    let ratchet = root.join("tests/corpus.ratchet");
    let known = ratchet::read(&ratchet)?;
    let run: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let mut findings = Vec::new();
    if options.accept {
        ratchet::write(&ratchet, &known, &failures, &run)?;
    } else if !options.generate_only {
        findings = ratchet::compare(&known, &failures, &run);
    }
    for finding in &findings {
        println!("{finding}");
    }
    println!("{}", report::summary(rows));
    if findings.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{} results are not as {} says",
            findings.len(),
            ratchet.display()
        ))
    }
}
