//! What became of each group and instance, and the sums.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::instances;
use super::suite::{Group, Part};
use super::validation::Verdict;
use crate::corpus::compare::Difference;
use crate::corpus::generation::{Generation, Outcome};
use crate::corpus::ratchet::Key;

/// A group needs more memory than it may, in MiB.
const MEMORY: u64 = 256;

/// What became of a group.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) group: &'a Group,
    pub(crate) generate: Outcome,
    milliseconds: u128,
    memory: Option<u64>,
    /// How often the generator, as it is without `--strict`, warns.
    warnings: usize,
    /// `None` if it was not tried.
    pub(crate) compile: Option<Result<(), String>>,
    /// What strict mode says of it; `None` if it was not asked.
    pub(crate) strict: Option<Outcome>,
    pub(crate) instances: BTreeMap<usize, Instance>,
    /// What our validation says of each instance; nothing where it cannot read the schema.
    pub(crate) validation: BTreeMap<usize, Option<Verdict>>,
}

/// What became of an instance.
#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) outcome: instances::Outcome,
    /// Whether an outside validator takes what was written; `None` if it does not judge.
    pub(crate) schema_valid: Option<bool>,
    /// What our own validation says of what was written for an instance that it takes.
    pub(crate) validation: Option<Verdict>,
}

/// Code, place and message of what went wrong.
fn detail(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ok(()) | Outcome::Timeout => String::new(),
        Outcome::Refused {
            code,
            place,
            message,
        } => format!("{code} {place} {message}"),
        Outcome::Panic(message) => message.clone(),
    }
}

impl<'a> Row<'a> {
    pub(crate) fn new(group: &'a Group, made: &Generation) -> Self {
        let warnings = match &made.outcome {
            Outcome::Ok(output) => output.warning_keys.len(),
            _ => 0,
        };
        Self {
            group,
            generate: made.outcome.verdict(),
            milliseconds: made.time.as_millis(),
            memory: made.memory,
            warnings,
            compile: None,
            strict: None,
            instances: BTreeMap::new(),
            validation: BTreeMap::new(),
        }
    }

    /// Stage and kind of each failure.
    pub(crate) fn failures(&self) -> BTreeMap<Key, String> {
        let mut failures = BTreeMap::new();
        let mut fail = |stage: &str, class: String| {
            failures.insert((self.group.name.clone(), stage.to_owned()), class);
        };
        match &self.generate {
            Outcome::Ok(()) => {}
            Outcome::Refused { code, .. } if self.group.is_valid => {
                fail("generate", format!("refused: {code}"));
            }
            Outcome::Refused { .. } => {}
            broken => fail("generate", broken.word().to_owned()),
        }
        if self.memory.is_some_and(|memory| memory > MEMORY) {
            fail("memory", "too much memory".to_owned());
        }
        if let Some(Err(error)) = &self.compile {
            let kind = error.split_once(": error").map_or("", |(_, kind)| kind);
            let code = { kind.split_once(':') }.map_or("", |(code, _)| code);
            fail(
                "compile",
                format!("rustc: {}", code.trim_matches(['[', ']'])),
            );
        }
        match &self.strict {
            Some(Outcome::Ok(())) if !self.group.is_valid => fail("strict", "accepted".to_owned()),
            Some(Outcome::Refused { code, .. }) if self.group.is_valid => {
                fail("strict", format!("refused: {code}"));
            }
            Some(broken) => {
                if let Some(word) = broken.breakdown() {
                    fail("strict", word.to_owned());
                }
            }
            None => {}
        }
        for (index, instance) in &self.instances {
            let tested = &self.group.instances[*index];
            let wrong = instance.outcome.typed.as_ref().err();
            let is_broken = |it: &&Difference| matches!(it.class, "panic" | "timeout");
            if let Some(difference) = wrong.filter(|it| tested.is_valid || is_broken(it)) {
                let stage = format!("round trip {}", tested.name);
                fail(&stage, difference.class.to_owned());
            }
        }
        for (index, verdict) in &self.validation {
            let tested = &self.group.instances[*index];
            let stage = format!("validation {}", tested.name);
            match verdict {
                None => fail(&stage, "schema not read".to_owned()),
                Some(Ok(())) if !tested.is_valid => fail(&stage, "accepted".to_owned()),
                Some(Err(message)) if matches!(message.as_str(), "panic" | "timeout") => {
                    fail(&stage, message.clone());
                }
                Some(Err(message)) if tested.is_valid => {
                    let rule = message.split(':').next().unwrap_or_default();
                    fail(&stage, format!("refused: {rule}"));
                }
                _ => {}
            }
        }
        failures
    }
}

/// A row per group and instance, with a head.
pub(crate) fn table(rows: &[Row<'_>]) -> String {
    let mut out =
        "what\tpart\tgroup\tfile\texpected\tgenerate\tms\tMB\twarnings\tcompile\tL0\tL1\tL2\tL3\t\
         checked\tmessage\n"
            .to_owned();
    let expected = |is_valid: bool| if is_valid { "valid" } else { "invalid" };
    let flat = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    for row in rows {
        let compile = match &row.compile {
            None => "-",
            Some(Ok(())) => "ok",
            Some(Err(_)) => "error",
        };
        let mut message = detail(&row.generate);
        if let Some(Err(error)) = &row.compile {
            message.push_str(error);
        }
        let strict = row.strict.as_ref();
        if let Some(strict) = strict {
            message.push_str(&detail(strict));
        }
        let (part, group) = (row.group.part.word(), &row.group.name);
        let _ = writeln!(
            out,
            "schema\t{part}\t{group}\t-\t{}\t{}\t{}\t{}\t{}\t{compile}\t-\t-\t-\t-\t{}\t{}",
            expected(row.group.is_valid),
            row.generate.word(),
            row.milliseconds,
            { row.memory }.map_or_else(|| "-".to_owned(), |memory| memory.to_string()),
            row.warnings,
            strict.map_or("-", Outcome::word),
            flat(&message)
        );
        for (index, tested) in row.group.instances.iter().enumerate() {
            let yes = |is: bool| if is { "yes" } else { "no" };
            let outcome = row.instances.get(&index).map(|it| &it.outcome);
            let verdict = row.validation.get(&index).and_then(Option::as_ref);
            let unequal = outcome.and_then(|it| it.typed.as_ref().err());
            let message = match (unequal, verdict) {
                (Some(it), _) if tested.is_valid => format!("{}: {}", it.class, it.detail),
                (_, Some(Err(message))) => message.clone(),
                (Some(it), _) => format!("{}: {}", it.class, it.detail),
                _ => String::new(),
            };
            let message: String = flat(&message).chars().take(300).collect();
            let _ = writeln!(
                out,
                "instance\t{part}\t{group}\t{}\t{}\t-\t-\t-\t-\t-\t{}\t{}\t{}\t{}\t{}\t{message}",
                tested.name,
                expected(tested.is_valid),
                outcome.map_or("-", |it| yes(it.read.is_ok())),
                { row.instances.get(&index) }
                    .and_then(|it| it.schema_valid)
                    .map_or("-", yes),
                outcome.map_or("-", |it| yes(it.typed.is_ok())),
                outcome.map_or("-", |it| yes(it.exact)),
                match verdict {
                    None => "-",
                    Some(Ok(())) => "accepted",
                    Some(Err(_)) => "refused",
                }
            );
        }
    }
    out
}

/// The sums of each part, as a table in Markdown.
pub(crate) fn summary(rows: &[Row<'_>]) -> String {
    let mut out = "| | nist | structural |\n|---|---|---|\n".to_owned();
    let parts = [Part::Nist, Part::Structural];
    for (name, count) in MEASURES {
        let cells = parts.map(|part| {
            let mut sum = Sum::default();
            for row in rows.iter().filter(|row| row.group.part == part) {
                count(row, &mut sum);
            }
            sum.shown()
        });
        let [nist, structural] = cells;
        let _ = writeln!(out, "| {name} | {nist} | {structural} |");
    }
    out
}

/// The sums of each set, a row per set and measure, with a head.
pub(crate) fn sets(rows: &[Row<'_>]) -> String {
    let mut sets: BTreeMap<(Part, &str), Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows {
        let set = (row.group.part, row.group.set.as_str());
        sets.entry(set).or_default().push(row);
    }
    let mut out = "part\tset\tmeasure\tgood\tall\n".to_owned();
    for ((part, set), rows) in sets {
        for (name, count) in MEASURES {
            let mut sum = Sum::default();
            rows.iter().for_each(|row| count(row, &mut sum));
            if sum.all > 0 {
                let part = part.word();
                let _ = writeln!(out, "{part}\t{set}\t{name}\t{}\t{}", sum.good, sum.all);
            }
        }
    }
    out
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    good: usize,
    all: usize,
}

impl Sum {
    fn add(&mut self, is_good: bool) {
        self.all += 1;
        self.good += usize::from(is_good);
    }

    fn shown(self) -> String {
        if self.all == 0 {
            return "not judged".to_owned();
        }
        let hundredths = 10_000 * self.good / self.all;
        format!(
            "{} of {} ({}.{:02} %)",
            self.good,
            self.all,
            hundredths / 100,
            hundredths % 100
        )
    }
}

type Measure = fn(&Row<'_>, &mut Sum);

const MEASURES: [(&str, Measure); 13] = [
    ("(a) valid schemas accepted", |row, sum| {
        if row.group.is_valid {
            sum.add(matches!(row.generate, Outcome::Ok(())));
        }
    }),
    (
        "(b) of the accepted, compiled without warnings",
        |row, sum| {
            if let Some(compile) = &row.compile {
                sum.add(compile.is_ok());
            }
        },
    ),
    ("(c) L0 valid instances read", |row, sum| {
        valid(row, sum, |it| Some(it.outcome.read.is_ok()));
    }),
    ("(c) L1 what is written is schema-valid", |row, sum| {
        valid(row, sum, |it| it.schema_valid);
    }),
    (
        "(c) L1 what is written passes our validation",
        |row, sum| {
            valid(row, sum, |it| it.validation.as_ref().map(Result::is_ok));
        },
    ),
    ("(c) L2 typed-equal", |row, sum| {
        valid(row, sum, |it| Some(it.outcome.typed.is_ok()));
    }),
    ("(c) L3 equal to the letter", |row, sum| {
        valid(row, sum, |it| Some(it.outcome.exact));
    }),
    (
        "(d) invalid instances refused when validating",
        |row, sum| {
            verdicts(row, false, sum, Result::is_err);
        },
    ),
    (
        "(d) valid instances accepted when validating",
        |row, sum| {
            verdicts(row, true, sum, Result::is_ok);
        },
    ),
    (
        "(e) invalid schemas refused by strict mode, with a place",
        |row, sum| {
            if let (false, Some(strict)) = (row.group.is_valid, &row.strict) {
                let is_placed = |place: &str| place != "-";
                sum.add(matches!(strict, Outcome::Refused { place, .. } if is_placed(place)));
            }
        },
    ),
    ("(e) valid schemas accepted by strict mode", |row, sum| {
        if let (true, Some(strict)) = (row.group.is_valid, &row.strict) {
            sum.add(matches!(strict, Outcome::Ok(())));
        }
    }),
    (
        "(e) invalid schemas that default mode refuses or warns about",
        |row, sum| {
            if !row.group.is_valid {
                sum.add(!matches!(row.generate, Outcome::Ok(())) || row.warnings > 0);
            }
        },
    ),
    ("groups without panic, hang, too much memory", |row, sum| {
        let breakdowns = ["panic", "timeout", "too much memory"];
        let failures = row.failures();
        sum.add(
            !failures
                .values()
                .any(|class| breakdowns.contains(&class.as_str())),
        );
    }),
];

/// What validation says of instances; of those whose schema it does not read it says nothing right.
fn verdicts(row: &Row<'_>, is_valid: bool, sum: &mut Sum, is_good: fn(&Verdict) -> bool) {
    for (index, verdict) in &row.validation {
        if row.group.instances[*index].is_valid == is_valid {
            sum.add(verdict.as_ref().is_some_and(is_good));
        }
    }
}

/// Instances of a group that does not generate or compile count as wrong.
fn valid(row: &Row<'_>, sum: &mut Sum, is_good: impl Fn(&Instance) -> Option<bool>) {
    if matches!((&row.generate, &row.compile), (Outcome::Ok(()), None)) {
        // It was not tried.
        return;
    }
    each(row, true, |instance| match instance.map(&is_good) {
        Some(Some(is_good)) => sum.add(is_good),
        Some(None) => {}
        None => sum.add(false),
    });
}

fn each(row: &Row<'_>, is_valid: bool, mut see: impl FnMut(Option<&Instance>)) {
    for (index, tested) in row.group.instances.iter().enumerate() {
        if tested.is_valid == is_valid {
            see(row.instances.get(&index));
        }
    }
}
