//! `cargo xtask corpus`: every case of a corpus generated, compiled, and its sample documents read and
//! written anew.
//!
//! A corpus is a directory with `MANIFEST.tsv` (columns `set`, `case`, `entry` at least), `SAMPLES.tsv`
//! (`set`, `case`, `sample`, `kind`), and a directory `SET/CASE` each, with a `catalog.tsv` where imports
//! need one.

pub(crate) mod batch;
mod bound;
pub(crate) mod compare;
mod encoded;
mod encoding;
pub(crate) mod fragment;
pub(crate) mod generation;
pub(crate) mod manifest;
pub(crate) mod mutation;
pub(crate) mod program;
pub(crate) mod ratchet;
pub(crate) mod report;
pub(crate) mod samples;
pub(crate) mod schema;
pub(crate) mod selection;
mod value;
pub(crate) mod way;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use batch::Batches;
use castile_codegen::Output;
use compare::Difference;
use generation::{Extent, Outcome, Worker};
use manifest::Case;
use mutation::Tally;
use ratchet::Ratchet;
use report::Row;
use samples::{Plan, Planned};
use schema::Schema;
use selection::Selection;

/// What to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    selection: Selection,
    /// Only cases that have sample documents, and of what is compiled only the programs that read them:
    /// quicker, and blind to warnings.
    #[arg(long)]
    with_samples: bool,
}

impl Options {
    /// All of a corpus, with a report.
    pub(crate) fn all(directory: &Path, report: &Path, jobs: usize) -> Self {
        Self {
            selection: Selection::all(directory, report, jobs),
            with_samples: false,
        }
    }
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let selection = &options.selection;
    if !selection.is_there("corpora") {
        return Ok(());
    }
    if cfg!(debug_assertions) {
        return run_optimized(root, "the corpus");
    }
    let mut cases = manifest::read(&selection.directory, selection.only.as_deref())?;
    if selection.quick {
        cases = manifest::stratified(cases, |case| &case.set);
    }
    if options.with_samples {
        cases.retain(|case| !case.samples.is_empty());
    }
    let workspace = workspace(root);
    let mut rows = Vec::new();
    let mut plans: BTreeMap<usize, Prepared> = BTreeMap::new();
    let mut batches = Batches::new(&workspace, selection.jobs, !options.with_samples);
    let mut worker = Worker::start()?;
    let mut tally = Tally::default();
    for case in &cases {
        let made = worker.generate(case, Extent::Default)?;
        let mut row = Row::new(case, &made);
        if let Outcome::Ok(output) = made.outcome {
            row.lines = lines(&output);
            row.operations = bound::coverage(case, output.model());
            if !selection.generate_only {
                let prepared = prepare(case, *output, &mut worker, &workspace)?;
                batches.add(
                    case.number,
                    prepared.lines,
                    !prepared.plan.planned.is_empty(),
                );
                plans.insert(case.number, prepared);
            }
        }
        rows.push(row);
    }
    if !selection.generate_only {
        let failed = batches.compile(root)?;
        for row in &mut rows {
            if matches!(row.generate, Outcome::Ok(())) {
                row.compile = Some(failed.get(&row.number).cloned().map_or(Ok(()), Err));
            }
        }
        tally = run_samples(&cases, &batches, &plans, &mut rows)?;
    }
    finish(root, selection, &workspace, &rows, &tally)
}

/// A case whose code is in the workspace.
struct Prepared {
    plan: Plan,
    extent: Extent,
    lines: usize,
}

pub(crate) fn lines(output: &Output) -> usize {
    let files = output.modules.iter();
    files.map(|(_, text)| text.lines().count()).sum()
}

/// Writes a case's code and the ways of its samples: with all global declarations where samples begin
/// with elements that no operation reaches.
fn prepare(
    case: &Case,
    output: Output,
    worker: &mut Worker,
    workspace: &Path,
) -> Result<Prepared, String> {
    let directory = batch::case_directory(workspace, case.number);
    let module = batch::module(case.number);
    let mut plan = samples::plan(case, output.model(), &directory, &module)?;
    let (mut output, mut extent) = (output, Extent::Default);
    if plan.wants_declarations
        && let Outcome::Ok(all) = worker.generate(case, Extent::Declared)?.outcome
    {
        plan = samples::plan(case, all.model(), &directory, &module)?;
        (output, extent) = (*all, Extent::Declared);
    }
    let written = output.modules.write(&directory);
    written.map_err(|error| error.to_string())?;
    plan.write(&directory)?;
    Ok(Prepared {
        lines: lines(&output),
        plan,
        extent,
    })
}

/// The generator is judged as it is shipped.
pub(crate) fn run_optimized(root: &Path, what: &str) -> Result<(), String> {
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
        Err(format!("{what} is not as the ratchet says"))
    }
}

/// Where the batches are built.
fn workspace(root: &Path) -> PathBuf {
    crate::cargo::target(root).join("corpus")
}

fn run_samples(
    cases: &[Case],
    batches: &Batches,
    plans: &BTreeMap<usize, Prepared>,
    rows: &mut [Row],
) -> Result<Tally, String> {
    let by_number: BTreeMap<usize, &Case> = cases.iter().map(|case| (case.number, case)).collect();
    let places: BTreeMap<usize, usize> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| (row.number, at))
        .collect();
    let mut tally = Tally::default();
    for (batch, binary) in batches.binaries() {
        if !binary.exists() {
            continue;
        }
        let mut runs = Vec::new();
        for &number in &batch.cases {
            for sample in plans
                .get(&number)
                .into_iter()
                .flat_map(|case| &case.plan.planned)
            {
                let parts = sample.parts.iter().flatten();
                runs.extend(parts.map(|part| part.rewriting.task(number)));
            }
        }
        let mut outcomes = program::run(&binary, &runs)?.into_iter();
        for &number in &batch.cases {
            let Some(prepared) = plans.get(&number) else {
                continue;
            };
            let resolved = generation::generator(by_number[&number], prepared.extent).resolve();
            let schema = resolved.ok().map(|(resolved, _)| Schema::new(resolved));
            for sample in &prepared.plan.planned {
                let outcome = judge(schema.as_ref(), sample, &mut outcomes, &mut tally);
                rows[places[&number]].sample(sample, outcome);
            }
        }
    }
    Ok(tally)
}

/// Whether all parts of a sample came out typed-equal; the first difference if not.
fn judge(
    schema: Option<&Schema>,
    sample: &Planned,
    outcomes: &mut impl Iterator<Item = Result<(), String>>,
    tally: &mut Tally,
) -> Result<(), Difference> {
    let parts = match &sample.parts {
        Ok(parts) => parts,
        Err(reason) => return Err(Difference::new("no way", reason.clone())),
    };
    let mut first = Ok(());
    for part in parts {
        let outcome = outcomes
            .next()
            .unwrap_or_else(|| Err("crash: not run".to_owned()));
        let compared = match (outcome, schema) {
            (Err(message), _) => Err(Difference::new(report::class(&message), message)),
            (Ok(()), None) => Err(Difference::new(
                "no contract",
                "it was there before".to_owned(),
            )),
            (Ok(()), Some(schema)) => samples::texts(part).and_then(|texts| match texts {
                Some((sample, written)) => {
                    samples::compare(schema, &sample, &written)?;
                    tally.hold(schema, &sample);
                    Ok(())
                }
                None => Ok(()),
            }),
        };
        let placed = compared.map_err(|difference| {
            Difference::new(difference.class, samples::placed(part, &difference.detail))
        });
        if first.is_ok() {
            first = placed;
        }
    }
    first
}

/// Reports, holds the failures against the ratchet, and sums up.
fn finish(
    root: &Path,
    selection: &Selection,
    workspace: &Path,
    rows: &[Row],
    tally: &Tally,
) -> Result<(), String> {
    let path = selection.report(workspace);
    batch::write(&path, &report::table(rows))?;
    let details = path.with_extension("samples.tsv");
    batch::write(&details, &report::samples(rows))?;
    println!("report: {}, {}", path.display(), details.display());
    let mut failures = BTreeMap::new();
    for row in rows {
        failures.extend(row.failures());
    }
    let run: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let mut findings = tally.missed.clone();
    let ratchet = Ratchet::of(root, "corpus");
    if !selection.generate_only {
        findings.extend(ratchet.hold(&failures, &run, selection.accept)?);
    }
    for finding in &findings {
        println!("{finding}");
    }
    println!(
        "the comparison noticed {} of {} changes made to samples on purpose",
        tally.made - tally.missed.len(),
        tally.made
    );
    println!("{}", report::summary(rows));
    ratchet.verdict(&findings)
}
