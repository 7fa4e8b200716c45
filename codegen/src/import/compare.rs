//! An imported descriptor against one that people wrote, fact by fact.
//!
//! Both are taken apart to flat facts: types are put where they are used, so that it does not matter
//! whether a record stands in place or has a name. Facts that the written descriptor has from somewhere else
//! than the page are listed apart: no import of the page can find them.

mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use facts::{facts_of, record};

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

#[cfg(test)]
mod tests {
    use super::*;

    fn descriptor(rows: &str, notes: &str) -> String {
        format!(
            "## Get\n\n### Request `GetRequest`\n\n| Field | Occurs | Max | Type | From |\n|---|---|---|---|---|\n{rows}\n{notes}\n"
        )
    }

    #[test]
    fn every_verdict() {
        let imported = descriptor(
            "| A | 1 | 5 | string | page |\n| B | ? | - | int | page |\n| C | 0..1[^g] | - | string[^g] | page |\n| E | 1 | 4? | int | page |",
            "\n[^g]: inferred: a guess.",
        );
        let written = descriptor(
            "| A | 0..1 | 5 | string | page |\n| B | 1 | - | int | page |\n| C | 1 | - | string | page |\n| D | 1[^o] | - | string | client |\n| E | 1[^o] | 4 | int | page |",
            "\n[^o]: override: known otherwise.",
        );
        let mut sources = Sources::default();
        let left = sources.add("imported.md", imported).unwrap();
        let right = sources.add("written.md", written).unwrap();
        let comparison = compare((&sources, left), (&sources, right));
        let found: Vec<String> = { comparison.facts.iter() }
            .filter(|fact| fact.verdict != Verdict::Same)
            .map(|fact| format!("{} {}", fact.path, fact.verdict.name()))
            .collect();
        assert_eq!(
            found,
            [
                "Get/request/A/occurs DIFFERS",
                "Get/request/B/occurs unknown",
                "Get/request/C/occurs differs, guessed",
                "Get/request/C/type same, guessed",
                "Get/request/D/max elsewhere",
                "Get/request/D/name elsewhere",
                "Get/request/D/occurs elsewhere",
                "Get/request/D/place elsewhere",
                "Get/request/D/type elsewhere",
                "Get/request/E/occurs elsewhere",
            ]
        );
        assert_eq!(comparison.score(), (16, 19));
        assert_eq!(comparison.count(Verdict::Wrong), 1);
    }
}
