//! `cargo xtask xsts`: the generator and what it generates, held against the W3C's tests of XML Schema.
//!
//! A suite is a directory with `TESTS.tsv`: a row per schema or instance, with its set, its group, what a
//! processor must say of it, and its files.

mod crates;
mod infoset;
mod instances;
mod suite;
mod table;
mod validation;
mod validator;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use castile_codegen::Generator;

use crate::cargo::target;
use crate::corpus::generation::{Outcome, Worker};
use crate::corpus::manifest::stratified;
use crate::corpus::mutation::Tally;
use crate::corpus::ratchet::Ratchet;
use crate::corpus::schema::Schema;
use crate::corpus::selection::Selection;
use crate::corpus::{batch, program, run_optimized};
use crates::Crates;
use instances::Plan;
use suite::Group;
use table::{Instance, Row};
use validation::Validator;

/// More time for one group is a hang.
const BUDGET: Duration = Duration::from_secs(5);

pub(crate) fn run(root: &Path, options: &Selection) -> Result<(), String> {
    if !options.is_there("test suites") {
        return Ok(());
    }
    if cfg!(debug_assertions) {
        return run_optimized(root, "the suite");
    }
    let directory = { options.directory.canonicalize() }
        .map_err(|error| format!("{}: {error}", options.directory.display()))?;
    let mut groups = suite::read(&directory, options.only.as_deref())?;
    if options.quick {
        groups = stratified(groups, |group| &group.set);
    }
    let mut run = Run {
        start: Instant::now(),
        root,
        workspace: target(root).join("xsts"),
        directory,
        plans: BTreeMap::new(),
        schemas: BTreeMap::new(),
    };
    let mut rows = Vec::new();
    let mut crates = Crates::new(&run.workspace);
    run.generate(&groups, &mut crates, &mut rows, options.generate_only)?;
    run.strictness(&mut rows)?;
    run.validation(&mut rows)?;
    if !options.generate_only {
        run.compile(&mut crates, options.jobs, &mut rows)?;
        run.instances(&crates, &mut rows)?;
        run.validate(&mut rows);
        run.validate_written(&mut rows)?;
    }
    run.finish(options, &rows)
}

/// What the stages of a run share.
struct Run<'a> {
    start: Instant,
    root: &'a Path,
    directory: PathBuf,
    workspace: PathBuf,
    /// The instances of the groups that were generated, by number.
    plans: BTreeMap<usize, Plan>,
    /// What our own validation goes by, for the groups whose schemas it reads, by number.
    schemas: BTreeMap<usize, Arc<castile::validation::Schema>>,
}

impl Run<'_> {
    fn say(&self, what: &str) {
        println!("{:>4} s: {what}", self.start.elapsed().as_secs());
    }

    fn generate<'a>(
        &mut self,
        groups: &'a [Group],
        crates: &mut Crates,
        rows: &mut Vec<Row<'a>>,
        only_generates: bool,
    ) -> Result<(), String> {
        let mut worker = Worker::within(BUDGET)?;
        for group in groups {
            let made = worker.run(generator(group, &self.directory), &self.directory)?;
            rows.push(Row::new(group, &made));
            if let (Outcome::Ok(output), true, false) =
                (made.outcome, group.is_valid, only_generates)
            {
                let place = crates::directory(&self.workspace, group.number);
                let module = batch::module(group.number);
                let plan = instances::plan(group, output.model(), &place, &module)?;
                let written = output.modules.write(&place);
                written.map_err(|error| error.to_string())?;
                crates.add(group.number, crate::corpus::lines(&output));
                self.plans.insert(group.number, plan);
            }
        }
        self.say("generated");
        Ok(())
    }

    /// Asks strict mode about every schema.
    fn strictness(&self, rows: &mut [Row<'_>]) -> Result<(), String> {
        let mut worker = Worker::within(BUDGET)?;
        for row in rows {
            let strict = generator(row.group, &self.directory).strict();
            row.strict = Some(worker.run(strict, &self.directory)?.outcome.verdict());
        }
        self.say("held against the letter");
        Ok(())
    }

    /// Asks our own validation about every instance.
    fn validation(&mut self, rows: &mut [Row<'_>]) -> Result<(), String> {
        let mut validator = Validator::within(BUDGET)?;
        for row in rows.iter_mut().filter(|row| row.group.is_valid) {
            if row.group.instances.is_empty() {
                continue;
            }
            let schema = validation::schema(&generator(row.group, &self.directory)).ok();
            for (index, tested) in row.group.instances.iter().enumerate() {
                let verdict = match &schema {
                    Some(schema) => Some(validator.judge(schema, &tested.path)?),
                    // Nobody can say that a document is wrong who does not read its schema.
                    None => None,
                };
                row.validation.insert(index, verdict);
            }
            self.schemas
                .extend(schema.map(|schema| (row.group.number, schema)));
        }
        self.say("validated");
        Ok(())
    }

    fn compile(
        &self,
        crates: &mut Crates,
        jobs: usize,
        rows: &mut [Row<'_>],
    ) -> Result<(), String> {
        let failed = crates.compile(self.root, jobs)?;
        for row in rows {
            let number = row.group.number;
            if self.plans.contains_key(&number) {
                row.compile = Some(failed.get(&number).cloned().map_or(Ok(()), Err));
            }
        }
        self.say("compiled");
        Ok(())
    }

    fn instances(&self, crates: &Crates, rows: &mut [Row<'_>]) -> Result<(), String> {
        let mut rows: BTreeMap<usize, &mut Row<'_>> = { rows.iter_mut() }
            .map(|row| (row.group.number, row))
            .collect();
        let mut tally = Tally::default();
        for (binary, numbers) in crates.programs() {
            let planned = || {
                numbers.iter().flat_map(|number| {
                    let plan = self.plans.get(number);
                    plan.into_iter()
                        .flat_map(|plan| &plan.planned)
                        .filter_map(|planned| planned.place.as_ref().ok())
                        .map(|place| place.task(*number))
                })
            };
            let tasks: Vec<_> = planned().collect();
            let mut outcomes = program::run(&binary, &tasks)?.into_iter();
            for number in numbers {
                let (Some(row), Some(plan)) = (rows.get_mut(number), self.plans.get(number)) else {
                    continue;
                };
                if plan.planned.is_empty() {
                    continue;
                }
                let resolved = generator(row.group, &self.directory).resolve();
                let schema = resolved.ok().map(|(resolved, _)| Schema::new(resolved));
                for planned in &plan.planned {
                    let outcome = match planned.place {
                        Ok(_) => {
                            { outcomes.next() }.unwrap_or_else(|| Err("crash: not run".to_owned()))
                        }
                        Err(_) => Ok(()),
                    };
                    let outcome = instances::judge(schema.as_ref(), planned, outcome);
                    let is_valid = row.group.instances[planned.index].is_valid;
                    if let (true, Ok(()), Ok(place), Some(schema)) =
                        (is_valid, &outcome.typed, &planned.place, &schema)
                        && let Ok(text) = std::fs::read_to_string(&place.text)
                    {
                        tally.hold(schema, &text);
                    }
                    let instance = Instance {
                        outcome,
                        schema_valid: None,
                        validation: None,
                    };
                    row.instances.insert(planned.index, instance);
                }
            }
        }
        self.say("instances read, written and compared");
        for missed in tally.missed.iter().take(20) {
            println!("{missed}");
        }
        println!(
            "the comparison noticed {} of {} changes made to instances on purpose",
            tally.made - tally.missed.len(),
            tally.made
        );
        Ok(())
    }

    /// Has a validator of others judge what was written for instances that it takes itself.
    fn validate(&self, rows: &mut [Row<'_>]) {
        if !validator::is_installed() {
            self.say("L1 is not judged: there is no `xmllint`, of libxml2");
            return;
        }
        for row in rows {
            let Some(plan) = self.plans.get(&row.group.number) else {
                continue;
            };
            let pairs: Vec<_> = { plan.planned.iter() }
                .filter(|planned| row.group.instances[planned.index].is_valid)
                .filter_map(|planned| Some((planned.index, planned.place.as_ref().ok()?)))
                .filter(|(index, _)| {
                    { row.instances.get(index) }.is_some_and(|it| it.outcome.read.is_ok())
                })
                .collect();
            if pairs.is_empty() {
                continue;
            }
            let documents: Vec<&Path> = { pairs.iter() }
                .flat_map(|(_, place)| [place.text.as_path(), place.written.as_path()])
                .collect();
            let Some(accepted) = validator::accepted(row.group, &documents) else {
                continue;
            };
            for (index, place) in pairs {
                if let (true, Some(instance)) = (
                    accepted.contains(&place.text),
                    row.instances.get_mut(&index),
                ) {
                    instance.schema_valid = Some(accepted.contains(&place.written));
                }
            }
        }
        self.say("what was written is judged by xmllint");
    }

    /// Has our own validation judge what was written, as whoever calls `validate` on a value does.
    fn validate_written(&self, rows: &mut [Row<'_>]) -> Result<(), String> {
        let mut validator = Validator::within(BUDGET)?;
        for row in rows {
            let number = &row.group.number;
            let (Some(plan), Some(schema)) = (self.plans.get(number), self.schemas.get(number))
            else {
                continue;
            };
            for planned in &plan.planned {
                let accepted = row.validation.get(&planned.index);
                let is_accepted = matches!(accepted, Some(Some(Ok(()))));
                if let (Ok(place), Some(instance), true) = (
                    &planned.place,
                    row.instances.get_mut(&planned.index),
                    is_accepted,
                ) && instance.outcome.read.is_ok()
                {
                    instance.validation = Some(validator.judge(schema, &place.written)?);
                }
            }
        }
        self.say("what was written is validated");
        Ok(())
    }

    /// Reports, holds the failures against the ratchet, and sums up.
    fn finish(&self, options: &Selection, rows: &[Row<'_>]) -> Result<(), String> {
        let report = options.report(&self.workspace);
        batch::write(&report, &table::table(rows))?;
        let sets = report.with_extension("sets.tsv");
        batch::write(&sets, &table::sets(rows))?;
        println!("report: {}, {}", report.display(), sets.display());
        let summary = table::summary(rows);
        batch::write(&report.with_extension("md"), &summary)?;
        println!("{summary}");
        if options.generate_only {
            return Ok(());
        }
        let mut failures = BTreeMap::new();
        for row in rows {
            failures.extend(row.failures());
        }
        let run: BTreeSet<&str> = rows.iter().map(|row| row.group.name.as_str()).collect();
        let ratchet = Ratchet::of(self.root, "xsts");
        let findings = ratchet.hold(&failures, &run, options.accept)?;
        for finding in findings.iter().take(200) {
            println!("{finding}");
        }
        ratchet.verdict(&findings)
    }
}

/// The generator for a group: all its documents are entries, and all global declarations are wanted.
fn generator(group: &Group, directory: &Path) -> Generator {
    let generator = Generator::new()
        .allow(directory)
        .command("cargo xtask xsts")
        .all_declarations();
    group.schemas.iter().fold(generator, Generator::input)
}
