//! An imported descriptor against one that people wrote, fact by fact.
//!
//! Both are taken apart to flat facts: types are put where they are used, so that it does not matter
//! whether a record stands in place or has a name. Facts that the written descriptor has from somewhere else
//! than the page are listed apart: no import of the page can find them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::descriptor::{Descriptor, DescriptorRow, read};
use crate::source::{DocumentId, Sources};

/// How a fact of the written descriptor was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The import says the same.
    Same,
    /// The import says the same, and marks it as a guess.
    Guessed,
    /// The import says `?`.
    Unknown,
    /// The import says something else and marks it as a guess.
    WrongGuess,
    /// The import says nothing of it.
    Missing,
    /// The import says something else, as if the page did.
    Wrong,
    /// The page does not say it: the descriptor has it from elsewhere.
    Elsewhere,
    /// Only the import has it.
    Added,
}

impl Verdict {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Guessed => "same, guessed",
            Self::Unknown => "unknown",
            Self::WrongGuess => "differs, guessed",
            Self::Missing => "missing",
            Self::Wrong => "DIFFERS",
            Self::Elsewhere => "elsewhere",
            Self::Added => "only imported",
        }
    }
}

/// One fact, on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// `ExtendDueDate/request/InvoiceNumber/wire`.
    pub path: String,
    /// What the written descriptor says.
    pub written: Option<String>,
    /// What the import says.
    pub imported: Option<String>,
    /// How the two go together.
    pub verdict: Verdict,
    /// Why a fact is not counted, or what stands against it.
    pub reason: String,
}

impl fmt::Display for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |side: &Option<String>| side.clone().unwrap_or_else(|| "(nothing)".to_owned());
        write!(
            f,
            "{:<16} {}: {}",
            self.verdict.name(),
            self.path,
            show(&self.written)
        )?;
        if self.written != self.imported {
            write!(f, " | {}", show(&self.imported))?;
        }
        if !self.reason.is_empty() {
            write!(f, " ({})", self.reason)?;
        }
        Ok(())
    }
}

/// A comparison.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// All facts, by path.
    pub facts: Vec<Compared>,
}

impl Comparison {
    /// How many facts have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.facts
            .iter()
            .filter(|fact| fact.verdict == verdict)
            .count()
    }

    /// The facts of the page that the import has right, and all of them.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        let right = self.count(Verdict::Same) + self.count(Verdict::Guessed);
        let others = [
            Verdict::Unknown,
            Verdict::WrongGuess,
            Verdict::Missing,
            Verdict::Wrong,
        ];
        let all = right
            + others
                .iter()
                .map(|verdict| self.count(*verdict))
                .sum::<usize>();
        (right, all)
    }
}

/// What one side says.
#[derive(Clone, Debug)]
struct Said {
    value: String,
    witnesses: BTreeSet<String>,
    /// The footnotes' reasons.
    reason: String,
}

type Facts = BTreeMap<String, Said>;

/// Compares the operations that both descriptors have.
#[must_use]
pub fn compare(imported: (&Sources, DocumentId), written: (&Sources, DocumentId)) -> Comparison {
    let text = |(sources, document): (&Sources, DocumentId)| {
        read(document, &sources.document(document).text)
    };
    compare_descriptors(&text(imported), &text(written))
}

fn compare_descriptors(imported: &Descriptor, written: &Descriptor) -> Comparison {
    let mut facts = Vec::new();
    for name in imported.operations() {
        let theirs = written
            .operations()
            .into_iter()
            .find(|other| other.eq_ignore_ascii_case(name));
        let Some(other) = theirs else { continue };
        let left = facts_of(imported, name);
        let right = facts_of(written, other);
        facts.extend(against(name, &left, &right));
    }
    for part in imported.parts.iter().filter(|part| part.kind == "type") {
        if written.part("type", &part.name).is_none() || used_in_messages(written, &part.name) {
            continue;
        }
        let mut left = Facts::new();
        let mut right = Facts::new();
        record(
            imported,
            &part.rows,
            "",
            &BTreeSet::new(),
            &mut vec![part.name.clone()],
            &mut left,
        );
        if let Some(other) = written.part("type", &part.name) {
            record(
                written,
                &other.rows,
                "",
                &BTreeSet::new(),
                &mut vec![part.name.clone()],
                &mut right,
            );
        }
        facts.extend(against(&format!("type {}", part.name), &left, &right));
    }
    facts.sort_by(|a, b| a.path.cmp(&b.path));
    Comparison { facts }
}

fn used_in_messages(descriptor: &Descriptor, name: &str) -> bool {
    descriptor
        .parts
        .iter()
        .filter(|part| part.kind != "type" || part.name != name)
        .flat_map(|part| &part.rows)
        .any(|row| {
            row.cells
                .get("type")
                .is_some_and(|cell| cell.text.trim_end_matches("[]") == name)
        })
}

fn against(place: &str, imported: &Facts, written: &Facts) -> Vec<Compared> {
    // Facts that no row of the page's table says: there is no column for them.
    let silent: Vec<(&str, &str)> = ["occurs", "nillable", "max", "type"]
        .into_iter()
        .flat_map(|fact| ["request", "response", ""].map(|message| (message, fact)))
        .filter(|(message, fact)| {
            let mut all = imported
                .iter()
                .filter(|(path, _)| {
                    path.starts_with(message) && path.ends_with(&format!("/{fact}"))
                })
                .filter(|(_, said)| !said.witnesses.contains("inferred"))
                .peekable();
            all.peek().is_none() || all.all(|(_, said)| said.value == "?")
        })
        .collect();
    let mut facts: Vec<Compared> = Vec::new();
    for (path, said) in written {
        let ours = imported.get(path);
        let outside: Vec<&str> = said
            .witnesses
            .iter()
            .map(String::as_str)
            .filter(|witness| !["page", "example"].contains(witness))
            .collect();
        let only_outside = outside.len() == said.witnesses.len();
        let same = ours.is_some_and(|ours| ours.value == said.value);
        let guess = ours.is_some_and(|ours| {
            ours.witnesses.contains("inferred") || ours.reason.contains("example")
        });
        let unknown = ours.is_none_or(|ours| ours.value == "?");
        let last = path.rsplit('/').next().unwrap_or_default();
        let no_column = unknown
            && silent
                .iter()
                .any(|(message, fact)| path.starts_with(message) && *fact == last);
        let lost_name = ours.is_none() && !outside.is_empty();
        let (verdict, reason) = if same && !only_outside {
            (
                if ours.is_some_and(|ours| ours.witnesses.contains("inferred")) {
                    Verdict::Guessed
                } else {
                    Verdict::Same
                },
                String::new(),
            )
        } else if only_outside {
            (
                Verdict::Elsewhere,
                format!("{}: {}", outside.join(", "), said.reason),
            )
        } else if unknown && !outside.is_empty() || lost_name {
            (
                Verdict::Elsewhere,
                format!("the page alone does not say it; {}", outside.join(", ")),
            )
        } else if no_column {
            (
                Verdict::Elsewhere,
                "the page's table has no column for it".to_owned(),
            )
        } else if ours.is_some_and(|ours| ours.value == "?") {
            (Verdict::Unknown, String::new())
        } else if guess {
            (
                Verdict::WrongGuess,
                ours.map(|ours| ours.reason.clone()).unwrap_or_default(),
            )
        } else {
            let verdict = if ours.is_some() {
                Verdict::Wrong
            } else {
                Verdict::Missing
            };
            (verdict, String::new())
        };
        facts.push(Compared {
            path: format!("{place}/{path}"),
            written: Some(said.value.clone()),
            imported: ours.map(|ours| ours.value.clone()),
            verdict,
            reason,
        });
    }
    for (path, said) in imported {
        if !written.contains_key(path) && said.value != "?" {
            facts.push(Compared {
                path: format!("{place}/{path}"),
                written: None,
                imported: Some(said.value.clone()),
                verdict: Verdict::Added,
                reason: said.reason.clone(),
            });
        }
    }
    facts
}

fn facts_of(descriptor: &Descriptor, operation: &str) -> Facts {
    let mut facts = Facts::new();
    for kind in ["request", "response"] {
        if let Some(part) = descriptor.part(kind, operation) {
            record(
                descriptor,
                &part.rows,
                &format!("{kind}/"),
                &BTreeSet::new(),
                &mut Vec::new(),
                &mut facts,
            );
        }
    }
    if let Some(part) = descriptor.part("faults", operation) {
        for row in &part.rows {
            let Some(code) = row.cells.get("code") else {
                continue;
            };
            let (witnesses, reason) = witnesses(
                descriptor,
                &["page".to_owned()].into(),
                part.notes.iter().chain(&code.notes),
            );
            facts.insert(
                format!("fault/{}", code.text),
                Said {
                    value: "listed".to_owned(),
                    witnesses,
                    reason,
                },
            );
        }
    }
    facts
}

/// The witnesses of a row or, where its footnotes name some, of a cell.
fn witnesses<'a>(
    descriptor: &Descriptor,
    row: &BTreeSet<String>,
    notes: impl Iterator<Item = &'a String>,
) -> (BTreeSet<String>, String) {
    let notes: Vec<_> = notes
        .filter_map(|note| descriptor.notes.get(note))
        .collect();
    let reasons: Vec<&str> = notes.iter().map(|note| note.reason.as_str()).collect();
    let named: BTreeSet<String> = notes
        .iter()
        .flat_map(|note| note.witnesses.iter().cloned())
        .collect();
    (
        if named.is_empty() { row.clone() } else { named },
        reasons.join(" "),
    )
}

/// The facts of the rows of one record, types entered where they are used.
fn record(
    descriptor: &Descriptor,
    rows: &[DescriptorRow],
    prefix: &str,
    outer: &BTreeSet<String>,
    open: &mut Vec<String>,
    facts: &mut Facts,
) {
    let mut inherited: Vec<(String, BTreeSet<String>)> = Vec::new();
    for row in rows {
        let Some(name) = row.cells.get("field") else {
            continue;
        };
        let documented = name.text.clone();
        if documented.ends_with('?') {
            continue;
        }
        let container = documented
            .rsplit_once('/')
            .map(|(container, _)| container.to_owned());
        let from: BTreeSet<String> = row
            .cells
            .get("from")
            .map(|cell| {
                cell.text
                    .split(',')
                    .map(|word| word.trim().to_lowercase())
                    .filter(|word| !word.is_empty())
                    .collect()
            })
            .unwrap_or_default();
        let mut base = if from.is_empty() {
            ["page".to_owned()].into()
        } else {
            from
        };
        if let Some(cell) = row.cells.get("from").filter(|cell| !cell.notes.is_empty()) {
            let (noted, _) = witnesses(descriptor, &base, cell.notes.iter());
            base.extend(noted);
        }
        // What stands in something that the page does not have is not on the page.
        let above = container
            .as_ref()
            .and_then(|container| inherited.iter().find(|(path, _)| path == container))
            .map_or(outer, |(_, witnesses)| witnesses);
        if !above.is_empty() {
            base.clone_from(above);
        }
        let (named, reason) = witnesses(descriptor, &base, name.notes.iter());
        let about_page = named.contains("page") || named.contains("example");
        let passed = if about_page {
            BTreeSet::new()
        } else {
            named.clone()
        };
        inherited.push((documented.clone(), passed.clone()));
        let path = format!("{prefix}{documented}");
        let mut put = |fact: &str, value: String, notes: &[String]| {
            let (witnesses, mut why) = witnesses(
                descriptor,
                if passed.is_empty() { &base } else { &passed },
                notes.iter(),
            );
            if why.is_empty() && !passed.is_empty() {
                why.clone_from(&reason);
            }
            facts.insert(
                format!("{path}/{fact}"),
                Said {
                    value,
                    witnesses,
                    reason: why,
                },
            );
        };
        let cell = |column: &str| row.cells.get(column);
        let wire = cell("wire").filter(|cell| !cell.text.is_empty());
        let last = documented.rsplit('/').next().unwrap_or_default().to_owned();
        match wire {
            Some(wire) => put("name", wire.text.clone(), &wire.notes),
            None => put("name", last, &name.notes),
        }
        let place = cell("in")
            .map(|cell| cell.text.clone())
            .filter(|text| !text.is_empty());
        let notes = cell("in")
            .map(|cell| cell.notes.clone())
            .unwrap_or_default();
        put("place", place.unwrap_or_else(|| "body".to_owned()), &notes);
        if let Some(occurs) = cell("occurs").or(cell("required")) {
            put("occurs", occurs_word(&occurs.text), &occurs.notes);
        }
        if let Some(nillable) = cell("nillable").filter(|cell| !cell.text.is_empty()) {
            put("nillable", flag_word(&nillable.text), &nillable.notes);
        }
        if let Some(max) = cell("max").filter(|cell| !cell.text.is_empty()) {
            let value = max.text.clone();
            let shown = if value == "?" {
                value
            } else {
                value.trim_end_matches('?').to_owned()
            };
            put("max", shown, &max.notes);
        }
        let mut entered = None;
        if let Some(kind) = cell("type") {
            let list = kind.text.ends_with("[]");
            let bare = kind.text.trim_end_matches("[]");
            let values = descriptor.part("enumeration", bare);
            let base = if values.is_some() {
                "string".to_owned()
            } else if descriptor.part("type", bare).is_some() {
                entered = Some(bare.to_owned());
                "record".to_owned()
            } else {
                match bare {
                    "object" => "record".to_owned(),
                    other => other.to_lowercase(),
                }
            };
            put(
                "type",
                format!("{base}{}", if list { "[]" } else { "" }),
                &kind.notes,
            );
            if let Some(part) = values {
                for value in &part.rows {
                    if let Some(value) = value.cells.get("value") {
                        let notes: Vec<String> =
                            kind.notes.iter().chain(&value.notes).cloned().collect();
                        put(
                            &format!("value {}", value.text),
                            "listed".to_owned(),
                            &notes,
                        );
                    }
                }
            }
        }
        if let Some(item) = cell("item").filter(|cell| !cell.text.is_empty()) {
            put("item", item.text.clone(), &item.notes);
        }
        if let Some(values) = cell("values").filter(|cell| !cell.text.is_empty()) {
            match descriptor.part("enumeration", &values.text) {
                Some(part) => {
                    for value in part.rows.iter().filter_map(|row| row.cells.get("value")) {
                        put(
                            &format!("value {}", value.text),
                            "listed".to_owned(),
                            &value.notes,
                        );
                    }
                }
                None => {
                    for value in values
                        .text
                        .split(';')
                        .map(str::trim)
                        .filter(|value| !value.is_empty())
                    {
                        put(
                            &format!("value {value}"),
                            "listed".to_owned(),
                            &values.notes,
                        );
                    }
                }
            }
        }
        if let Some(name) = entered
            && !open.contains(&name)
            && open.len() < 20
            && let Some(part) = descriptor.part("type", &name)
        {
            open.push(name);
            record(
                descriptor,
                &part.rows,
                &format!("{path}/"),
                &passed,
                open,
                facts,
            );
            open.pop();
        }
    }
}

fn occurs_word(text: &str) -> String {
    match flag_word(text).as_str() {
        "true" if text.parse::<u64>().is_err() => "1".to_owned(),
        "false" if text.parse::<u64>().is_err() => "0..1".to_owned(),
        _ => text.to_owned(),
    }
}

fn flag_word(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "x" | "t" | "m" => "true".to_owned(),
        "no" | "false" | "-" | "n" | "o" => "false".to_owned(),
        other => other.to_owned(),
    }
}
