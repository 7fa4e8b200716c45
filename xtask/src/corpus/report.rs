//! A row per case, and their sum.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::generation::{Generation, MEMORY, Outcome};
use super::manifest::Case;
use super::ratchet::Key;

/// What became of a case.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) number: usize,
    set: String,
    pub(crate) name: String,
    pub(crate) generate: Generate,
    milliseconds: u128,
    memory: Option<u64>,
    pub(crate) lines: usize,
    /// `None` if it was not tried.
    pub(crate) compile: Option<Result<(), String>>,
    /// Samples that came out typed-equal.
    pub(crate) equal: usize,
    samples: usize,
    /// Name, class and detail of the others.
    unequal: Vec<(String, String, String)>,
}

/// The outcome of the generator.
#[derive(Debug)]
pub(crate) enum Generate {
    Ok,
    Refused(String, String, String),
    Panic(String),
    Timeout,
}

impl Row {
    pub(crate) fn new(case: &Case, made: &Generation) -> Self {
        Self {
            number: case.number,
            set: case.set.clone(),
            name: case.name.clone(),
            generate: match &made.outcome {
                Outcome::Ok(_) => Generate::Ok,
                Outcome::Refused {
                    code,
                    place,
                    message,
                } => Generate::Refused(code.clone(), place.clone(), message.clone()),
                Outcome::Panic(message) => Generate::Panic(message.clone()),
                Outcome::Timeout => Generate::Timeout,
            },
            milliseconds: made.time.as_millis(),
            memory: made.memory,
            lines: 0,
            compile: None,
            equal: 0,
            samples: case.samples.len(),
            unequal: Vec::new(),
        }
    }

    /// Notes a sample that did not come out as it should.
    pub(crate) fn sample(&mut self, name: &str, class: &str, detail: &str) {
        let detail: String = detail.chars().take(300).collect();
        let detail = detail.replace(['\t', '\n'], " ");
        self.unequal
            .push((name.to_owned(), class.to_owned(), detail));
    }

    /// Stage and reason of each failure, without words of the case's own.
    pub(crate) fn failures(&self) -> BTreeMap<Key, String> {
        let key = |stage: &str| (self.name.clone(), stage.to_owned());
        let mut failures = BTreeMap::new();
        match &self.generate {
            Generate::Ok => {}
            Generate::Refused(code, ..) => {
                failures.insert(key("generate"), format!("refused: {code}"));
            }
            Generate::Panic(_) => {
                failures.insert(key("generate"), "panic".to_owned());
            }
            Generate::Timeout => {
                failures.insert(key("generate"), "timeout".to_owned());
            }
        }
        if self.memory.is_some_and(|memory| memory > MEMORY) {
            failures.insert(key("memory"), format!("more than {MEMORY} MiB"));
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
        for (name, class, _) in &self.unequal {
            failures.insert(key(&format!("sample {name}")), class.clone());
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
    let mut out = "case\tgenerate\tms\tMB\tlines\tcompile\tsamples\tmessage\n".to_owned();
    for row in rows {
        let (generate, message) = match &row.generate {
            Generate::Ok => ("ok".to_owned(), ""),
            Generate::Refused(code, place, message) => {
                (format!("refused {code} {place}"), message.as_str())
            }
            Generate::Panic(message) => ("panic".to_owned(), message.as_str()),
            Generate::Timeout => ("timeout".to_owned(), ""),
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
            "{}\t{generate}\t{}\t{memory}\t{}\t{compile}\t{}/{}\t{message}",
            row.name, row.milliseconds, row.lines, row.equal, row.samples
        );
    }
    out
}

/// The samples that failed.
pub(crate) fn samples(rows: &[Row]) -> String {
    let mut out = "case\tsample\tclass\tdetail\n".to_owned();
    for row in rows {
        for (name, class, detail) in &row.unequal {
            let _ = writeln!(out, "{}\t{name}\t{class}\t{detail}", row.name);
        }
    }
    out
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
    let equal: usize = rows.iter().map(|row| row.equal).sum();
    let samples: usize = rows.iter().map(|row| row.samples).sum();
    format!(
        "{} cases: {} generated, {} refused, {} panicked, {} timed out; {compiled} compile, {broken} do \
         not; {equal} of {samples} samples come out typed-equal",
        rows.len(),
        count(&|row| matches!(row.generate, Generate::Ok)),
        count(&|row| matches!(row.generate, Generate::Refused(..))),
        count(&|row| matches!(row.generate, Generate::Panic(_))),
        count(&|row| matches!(row.generate, Generate::Timeout)),
    )
}
