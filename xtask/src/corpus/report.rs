//! A row per case, and their sum.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::bound::Coverage;
use super::compare::Difference;
use super::generation::{Generation, MEMORY, Outcome};
use super::manifest::{Case, Validity};
use super::ratchet::Key;
use super::samples::Planned;

/// What became of a case.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) number: usize,
    set: String,
    pub(crate) name: String,
    pub(crate) generate: Outcome,
    milliseconds: u128,
    memory: Option<u64>,
    pub(crate) lines: usize,
    /// The operations bound to SOAP.
    pub(crate) operations: Coverage,
    /// `None` if it was not tried.
    pub(crate) compile: Option<Result<(), String>>,
    /// How many samples there are of each kind.
    samples: BTreeMap<Validity, usize>,
    /// And how many came out typed-equal.
    equal: BTreeMap<Validity, usize>,
    unequal: Vec<Unequal>,
}

/// A sample that did not come out as it should.
#[derive(Debug)]
struct Unequal {
    name: String,
    validity: Validity,
    class: &'static str,
    detail: String,
}

impl Row {
    pub(crate) fn new(case: &Case, made: &Generation) -> Self {
        Self {
            number: case.number,
            set: case.set.clone(),
            name: case.name.clone(),
            generate: made.outcome.verdict(),
            milliseconds: made.time.as_millis(),
            memory: made.memory,
            lines: 0,
            operations: Coverage::default(),
            compile: None,
            samples: count(case.samples.iter().map(|sample| sample.validity)),
            equal: BTreeMap::new(),
            unequal: Vec::new(),
        }
    }

    /// Notes what became of a sample.
    pub(crate) fn sample(&mut self, sample: &Planned, outcome: Result<(), Difference>) {
        let Err(Difference { class, detail }) = outcome else {
            *self.equal.entry(sample.validity).or_default() += 1;
            return;
        };
        let detail: String = detail.chars().take(300).collect();
        self.unequal.push(Unequal {
            name: sample.name.clone(),
            validity: sample.validity,
            class,
            detail: detail.replace(['\t', '\n', '\r'], " "),
        });
    }

    /// Stage and kind of each failure, without words of the case's own. That a wrong sample is not read,
    /// or not kept, is none.
    pub(crate) fn failures(&self) -> BTreeMap<Key, String> {
        let key = |stage: &str| (self.name.clone(), stage.to_owned());
        let mut failures = BTreeMap::new();
        match &self.generate {
            Outcome::Ok(()) => {}
            Outcome::Refused { code, .. } => {
                failures.insert(key("generate"), format!("refused: {code}"));
            }
            broken => {
                failures.insert(key("generate"), broken.word().to_owned());
            }
        }
        if self.memory.is_some_and(|memory| memory > MEMORY) {
            failures.insert(key("memory"), "too much memory".to_owned());
        }
        if !self.operations.missing.is_empty() {
            failures.insert(key("operations"), "without a method".to_owned());
        }
        if let Some(Err(error)) = &self.compile {
            let kind = error.split_once(": error").map_or("", |(_, kind)| kind);
            let code = kind
                .split_once(':')
                .map_or("", |(code, _)| code)
                .trim_matches(['[', ']']);
            let code = if code.is_empty() { "a lint" } else { code };
            failures.insert(key("compile"), format!("rustc: {code}"));
        }
        for sample in &self.unequal {
            let broke = matches!(sample.class, "panic" | "timeout");
            if broke || sample.validity != Validity::Invalid {
                let stage = format!("sample {}", sample.name);
                failures.insert(key(&stage), sample.class.to_owned());
            }
        }
        failures
    }
}

/// The kind of a message of the runtime, without the document's own words.
pub(crate) fn class(message: &str) -> &'static str {
    if message.starts_with("panic") || message.starts_with("crash") {
        "panic"
    } else if message.starts_with("timeout") {
        "timeout"
    } else {
        "not read"
    }
}

/// All rows, with a head.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut out =
        "case\tgenerate\tms\tMB\tlines\toperations\tcompile\tsamples\tmessage\n".to_owned();
    for row in rows {
        let (generate, message) = match &row.generate {
            Outcome::Ok(()) => ("ok".to_owned(), ""),
            Outcome::Refused {
                code,
                place,
                message,
            } => (format!("refused {code} {place}"), message.as_str()),
            Outcome::Panic(message) => ("panic".to_owned(), message.as_str()),
            Outcome::Timeout => ("timeout".to_owned(), ""),
        };
        let memory = row
            .memory
            .map_or_else(|| "-".to_owned(), |memory| memory.to_string());
        let compile = match &row.compile {
            None => "-",
            Some(Ok(())) => "ok",
            Some(Err(error)) => error,
        };
        let _ = writeln!(
            out,
            "{}\t{generate}\t{}\t{memory}\t{}\t{}/{}\t{compile}\t{}/{}\t{message}",
            row.name,
            row.milliseconds,
            row.lines,
            row.operations.made,
            row.operations.bound,
            row.equal.values().sum::<usize>(),
            row.samples.values().sum::<usize>()
        );
    }
    out
}

/// The samples that failed.
pub(crate) fn samples(rows: &[Row]) -> String {
    let mut out = "case\tsample\tvalidity\tclass\tdetail\n".to_owned();
    for row in rows {
        for sample in &row.unequal {
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}",
                row.name,
                sample.name,
                sample.validity.word(),
                sample.class,
                sample.detail
            );
        }
    }
    out
}

fn count(kinds: impl Iterator<Item = Validity>) -> BTreeMap<Validity, usize> {
    let mut counts = BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

/// Counts per set, and of all: the last line.
pub(crate) fn summary(rows: &[Row]) -> String {
    let mut sets: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        sets.entry(&row.set).or_default().push(row);
    }
    let mut out = String::new();
    for (set, rows) in &sets {
        let _ = writeln!(out, "{set}: {}", counts(rows));
    }
    let all: Vec<&Row> = rows.iter().collect();
    out.push_str(&counts(&all));
    out
}

fn counts(rows: &[&Row]) -> String {
    let count = |is: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
    let compiled = count(&|row| matches!(row.compile, Some(Ok(()))));
    let broken = count(&|row| matches!(row.compile, Some(Err(_))));
    let share = |part: usize, whole: usize| {
        let tenths = (1000 * part).checked_div(whole).unwrap_or(1000);
        format!("{}.{} %", tenths / 10, tenths % 10)
    };
    let samples = |kind: Validity| {
        let sum = |counts: &dyn Fn(&Row) -> Option<usize>| -> usize {
            rows.iter().filter_map(|row| counts(row)).sum()
        };
        let equal = sum(&|row| row.equal.get(&kind).copied());
        let all = sum(&|row| row.samples.get(&kind).copied());
        format!(
            "{equal} of {all} {} samples ({})",
            kind.word(),
            share(equal, all)
        )
    };
    let generated = count(&|row| matches!(row.generate, Outcome::Ok(())));
    let sum = |of: fn(&Coverage) -> usize| -> usize {
        { rows.iter() }.map(|row| of(&row.operations)).sum()
    };
    let (made, bound) = (sum(|of| of.made), sum(|of| of.bound));
    format!(
        "{} cases: {generated} generated ({}), {} refused, {} panicked, {} timed out, {} over {MEMORY} \
         MiB; {made} of {bound} operations bound to SOAP have a method; {compiled} compile ({} of \
         those tried), {broken} do not; typed-equal {}, {}, {}",
        rows.len(),
        share(generated, rows.len()),
        count(&|row| matches!(row.generate, Outcome::Refused { .. })),
        count(&|row| matches!(row.generate, Outcome::Panic(_))),
        count(&|row| matches!(row.generate, Outcome::Timeout)),
        count(&|row| row.memory.is_some_and(|memory| memory > MEMORY)),
        share(compiled, compiled + broken),
        samples(Validity::Valid),
        samples(Validity::Unjudged),
        samples(Validity::Invalid),
    )
}
