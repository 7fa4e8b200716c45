//! Known failures, each with a reason. A failure that is not known fails, and so does one that is known
//! and does not happen any more: the list only gets shorter on purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::batch::write;

/// Case and stage.
pub(crate) type Key = (String, String);

/// What goes wrong, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    /// The kind of failure, as the report names it.
    class: String,
    /// A sentence for who wonders: what is wrong with the document, or what we lack.
    reason: String,
}

/// What stands above the failures of a command.
fn head(command: &str) -> String {
    format!(
        "# Known failures of `cargo xtask {command}`: case, stage, kind, and the reason in a sentence. `--accept`\n\
         # writes failures here that are new, as `unexplained`, which fails until somebody writes a reason.\n"
    )
}

/// The reason of failures that nobody has looked at.
const UNEXPLAINED: &str = "unexplained";

/// No reason excuses these.
const INEXCUSABLE: [&str; 3] = ["panic", "timeout", "too much memory"];

/// The list of a command's known failures, `tests/COMMAND.ratchet`.
pub(crate) struct Ratchet {
    path: PathBuf,
    command: &'static str,
}

impl Ratchet {
    pub(crate) fn of(root: &Path, command: &'static str) -> Self {
        let path = root.join("tests").join(command).with_extension("ratchet");
        Self { path, command }
    }

    /// How the failures of a run, over these cases, differ from what is known. With `accept` they are
    /// written down first.
    pub(crate) fn hold(
        &self,
        failures: &BTreeMap<Key, String>,
        run: &BTreeSet<&str>,
        accept: bool,
    ) -> Result<Vec<String>, String> {
        let mut known = read(&self.path)?;
        if accept {
            known = accepted(known, failures, run);
            write(&self.path, &text(&known, self.command))?;
        }
        Ok(compare(&known, failures, run))
    }

    /// An error if there are findings.
    pub(crate) fn verdict(&self, findings: &[String]) -> Result<(), String> {
        if findings.is_empty() {
            return Ok(());
        }
        Err(format!(
            "{} results are not as {} says",
            findings.len(),
            self.path.display()
        ))
    }
}

/// Reads the list; without a file it is empty.
fn read(path: &Path) -> Result<BTreeMap<Key, Known>, String> {
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&text).map_err(|(line, error)| format!("{}, line {line}: {error}", path.display()))
}

fn parse(text: &str) -> Result<BTreeMap<Key, Known>, (usize, &'static str)> {
    let rows = text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.starts_with('#') && !line.is_empty());
    rows.map(
        |(line, number)| match line.split('\t').collect::<Vec<_>>()[..] {
            [_, _, class, _] if INEXCUSABLE.contains(&class) => {
                Err((number, "no reason excuses this kind of failure"))
            }
            [case, stage, class, reason] if !reason.is_empty() => {
                let known = Known {
                    class: class.to_owned(),
                    reason: reason.to_owned(),
                };
                Ok(((case.to_owned(), stage.to_owned()), known))
            }
            _ => Err((number, "not case, stage, kind and reason")),
        },
    )
    .collect()
}

/// The list after a run: what failed now, and what is known of cases that were not run. Reasons stay
/// as long as the kind of failure does.
fn accepted(
    known: BTreeMap<Key, Known>,
    failures: &BTreeMap<Key, String>,
    run: &BTreeSet<&str>,
) -> BTreeMap<Key, Known> {
    let mut list = known;
    list.retain(|key, known| match failures.get(key) {
        Some(class) => *class == known.class,
        None => !run.contains(key.0.as_str()),
    });
    for (key, class) in failures {
        if !list.contains_key(key) && !INEXCUSABLE.contains(&class.as_str()) {
            let known = Known {
                class: class.clone(),
                reason: UNEXPLAINED.to_owned(),
            };
            list.insert(key.clone(), known);
        }
    }
    list
}

/// The list of a command as a file.
fn text(list: &BTreeMap<Key, Known>, command: &str) -> String {
    let mut text = head(command);
    for ((case, stage), Known { class, reason }) in list {
        text.push_str(&format!("{case}\t{stage}\t{class}\t{reason}\n"));
    }
    text
}

/// What is new, other than it was, without a reason, and over, of the cases that were run.
fn compare(
    known: &BTreeMap<Key, Known>,
    failures: &BTreeMap<Key, String>,
    run: &BTreeSet<&str>,
) -> Vec<String> {
    let mut findings = Vec::new();
    for (key, class) in failures {
        let (case, stage) = key;
        findings.push(match known.get(key) {
            None => format!("new failure: {case}: {stage}: {class}"),
            Some(known) if known.class != *class => {
                let before = &known.class;
                format!("another failure: {case}: {stage}: {class}, it was {before}")
            }
            Some(known) if known.reason == UNEXPLAINED => {
                format!("no reason is given: {case}: {stage}: {class}")
            }
            Some(_) => continue,
        });
    }
    let over = known
        .keys()
        .filter(|key| run.contains(key.0.as_str()) && !failures.contains_key(*key))
        .map(|(case, stage)| format!("unexpected pass: {case}: {stage}"));
    findings.extend(over);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# head\na\tgenerate\tc\tIt lacks a part.\n\
        b\tcompile\tc\tOurs.\nnot-run\tcompile\tc\tOurs.\n";

    fn failures(rows: &[(&str, &str, &str)]) -> BTreeMap<Key, String> {
        let row = |(case, stage, class): &(&str, &str, &str)| {
            (
                ((*case).to_owned(), (*stage).to_owned()),
                (*class).to_owned(),
            )
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn tells_new_failures_other_ones_and_unexpected_passes() {
        let known = parse(LIST).unwrap();
        let run = BTreeSet::from(["a", "b", "c"]);
        let failed = failures(&[("b", "compile", "d"), ("c", "sample x", "c")]);
        assert_eq!(
            compare(&known, &failed, &run),
            [
                "another failure: b: compile: d, it was c",
                "new failure: c: sample x: c",
                "unexpected pass: a: generate"
            ]
        );
        let failed = failures(&[("a", "generate", "c"), ("b", "compile", "c")]);
        assert_eq!(compare(&known, &failed, &run), Vec::<String>::new());
    }

    #[test]
    fn what_is_accepted_needs_a_reason_still() {
        let run = BTreeSet::from(["a", "b"]);
        let failed = failures(&[
            ("a", "generate", "c"),
            ("b", "compile", "d"),
            ("b", "sample x", "panic"),
        ]);
        let list = accepted(parse(LIST).unwrap(), &failed, &run);
        assert_eq!(
            text(&list, "c").replace(&head("c"), ""),
            "a\tgenerate\tc\tIt lacks a part.\nb\tcompile\td\tunexplained\n\
             not-run\tcompile\tc\tOurs.\n"
        );
        assert_eq!(
            compare(&list, &failed, &run),
            [
                "no reason is given: b: compile: d",
                "new failure: b: sample x: panic"
            ]
        );
    }

    #[test]
    fn no_reason_excuses_a_panic() {
        assert_eq!(
            parse("a\tgenerate\tc\tr\na\tgenerate\tpanic\tIt is known."),
            Err((2, "no reason excuses this kind of failure"))
        );
        assert_eq!(
            parse("a\tgenerate\tc\t"),
            Err((1, "not case, stage, kind and reason"))
        );
    }
}
