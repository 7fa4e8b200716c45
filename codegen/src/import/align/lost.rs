//! Names that the page lost, found again in its examples by what the rows say of them.

use super::super::description::{Confidence, Fact, FieldType, Record};
use super::super::dictionary::fold;
use super::super::finding::Kind;
use super::super::notation::types::Base;
use super::names::words;
use super::{Aligner, Node, positions};
use crate::contract::Witness;
use crate::source::Span;

impl Aligner<'_> {
    /// Gives the rows below `parents` that have lost their names those of the example, where the
    /// descriptions fit. Pages that lose names mostly list them alphabetically.
    pub(crate) fn lost_names(
        &mut self,
        record: &mut Record,
        parents: &[String],
        members: &[&Node],
    ) {
        let keys: Vec<String> = members.iter().map(|node| node.name.clone()).collect();
        let found = assign(record, parents, &keys);
        for (field, key, score) in found {
            let reason = format!(
                "the name is lost on the page; `{key}` of the example fits the description"
            );
            self.findings.push(
                Kind::Repair,
                "L25",
                record.fields[field].span,
                reason.clone(),
            );
            let fact = Fact::example(key.clone(), self.span);
            let name = Fact {
                confidence: if score >= STRONG {
                    Confidence::Mended
                } else {
                    Confidence::Guess
                },
                reason: Some(reason),
                ..fact
            };
            record.rename(field, name);
            record.fields[field].saw(Witness::Example);
        }
    }
}

/// A score that more than one word, or the only word, of a name gives.
const STRONG: u32 = 100;

/// Assigns keys to the nameless rows, in the order of both.
fn assign(record: &Record, parents: &[String], keys: &[String]) -> Vec<(usize, String, u32)> {
    let here = positions(record, parents);
    let lost: Vec<usize> = { here.iter().copied() }
        .filter(|&at| record.fields[at].name.value.is_none())
        .collect();
    let taken: Vec<&str> = here
        .iter()
        .filter_map(|&at| record.fields[at].name.value.as_deref())
        .collect();
    let mut keys: Vec<String> = keys
        .iter()
        .filter(|key| !key.is_empty() && !taken.contains(&key.as_str()))
        .cloned()
        .collect();
    if lost.is_empty() || keys.is_empty() {
        return Vec::new();
    }
    let written = best(record, &lost, &keys);
    keys.sort_by_key(|key| key.to_lowercase());
    keys.dedup();
    let sorted = best(record, &lost, &keys);
    let total =
        |found: &[(usize, String, u32)]| found.iter().map(|(.., score)| *score).sum::<u32>();
    if total(&sorted) >= total(&written) {
        sorted
    } else {
        written
    }
}

/// The best assignment that keeps the order of rows and keys.
fn best(record: &Record, lost: &[usize], keys: &[String]) -> Vec<(usize, String, u32)> {
    let scores: Vec<Vec<u32>> = lost
        .iter()
        .map(|&at| {
            keys.iter()
                .map(|key| likeness(key, &record.fields[at].prose, record.fields[at].is_list()))
                .collect()
        })
        .collect();
    let (rows, columns) = (lost.len(), keys.len());
    let mut table = vec![vec![0_u32; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let both = match scores[row][column] {
                0 => 0,
                score => score + table[row + 1][column + 1],
            };
            table[row][column] = both.max(table[row + 1][column]).max(table[row][column + 1]);
        }
    }
    let mut found = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        let score = scores[row][column];
        if score > 0 && table[row][column] == score + table[row + 1][column + 1] {
            found.push((lost[row], keys[column].clone(), score));
            row += 1;
            column += 1;
        } else if table[row][column] == table[row + 1][column] {
            row += 1;
        } else {
            column += 1;
        }
    }
    found
}

/// How well a name fits a description: the share of its words that the description has, and a little
/// for descriptions of few other words.
fn likeness(key: &str, prose: &str, list: bool) -> u32 {
    let said: Vec<String> = fold(prose)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let wanted = words(key);
    if wanted.is_empty() || said.is_empty() {
        return 0;
    }
    let hits = wanted
        .iter()
        .filter(|word| {
            said.iter().any(|other| {
                let (short, long) = if word.len() < other.len() {
                    (word.as_str(), other.as_str())
                } else {
                    (other.as_str(), word.as_str())
                };
                *word == other
                    || short.len() >= 4 && long.starts_with(short) && long.len() - short.len() <= 3
            })
        })
        .count();
    if hits == 0 {
        return 0;
    }
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let share = number(hits * 100 / wanted.len());
    let brevity = number(40 / said.len().max(1));
    // The first of the words that mean something is mostly what the field is.
    let leads = said
        .iter()
        .filter(|word| {
            !["the", "a", "an", "of", "list", "one", "or", "more"].contains(&word.as_str())
        })
        .position(|word| {
            wanted
                .iter()
                .any(|name| name.starts_with(word.as_str()) || word.starts_with(name.as_str()))
        })
        .map_or(0, |at| number(30 / (at + 1)));
    let plural = u32::from(list && key.ends_with('s')) * 30;
    share + brevity + leads + plural
}

/// Names that code which is no message mentions, as keys or arguments: `@"key": …`, `countryCode:…`.
fn candidates(code: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let bytes = code.as_bytes();
    for (at, _) in code.match_indices(':') {
        let before = code[..at].trim_end_matches(['"', '\'']);
        let start = before
            .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
            .map_or(0, |at| {
                at + before[at..].chars().next().map_or(1, char::len_utf8)
            });
        let name = &before[start..];
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let plausible = name.chars().next().is_some_and(char::is_lowercase)
            && name.len() > 2
            && next != b':'
            && next != b'/';
        if plausible && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Gives nameless rows the names that other code mentions, as guesses, and types that it declares.
pub(crate) fn guess(
    record: &mut Record,
    parents: &[String],
    code: &str,
    span: Span,
    findings: &mut super::Findings,
) {
    for (field, name, score) in assign(record, parents, &candidates(code)) {
        // One word in passing is not enough, nor is a singular for a list.
        let several = words(&name).len() > 1 && score >= STRONG;
        let leads = score >= STRONG + 15 && begins_with(&record.fields[field].prose, &name);
        if !several && !leads || record.fields[field].is_list() && !name.ends_with('s') {
            continue;
        }
        let reason = format!("the name is lost on the page; code beside it mentions `{name}`");
        findings.push(
            Kind::Guess,
            "L25",
            record.fields[field].span,
            reason.clone(),
        );
        record.rename(field, Fact::guess(name, span, reason));
    }
    for at in positions_of_unknown(record, parents) {
        let name = record.fields[at].shown().to_owned();
        if let Some(builtin) = declared(code, &name) {
            let reason = format!("code beside it declares `{name}` so");
            findings.push(
                Kind::Guess,
                None,
                record.fields[at].span,
                format!("the type of `{name}` is taken to be {builtin}: {reason}"),
            );
            let kind = FieldType {
                base: Base::Builtin(builtin),
                list: false,
            };
            record.fields[at].kind = Fact::guess(kind, span, reason);
        }
    }
}

/// Whether one of the first two words that mean something is of the name.
fn begins_with(prose: &str, name: &str) -> bool {
    let folded = fold(prose);
    let mut said = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !["", "the", "a", "an", "of", "list", "one", "or", "more"].contains(word))
        .take(2);
    said.any(|word| words(name).iter().any(|part| part == word))
}

fn positions_of_unknown(record: &Record, parents: &[String]) -> Vec<usize> {
    (0..record.fields.len())
        .filter(|&at| {
            let field = &record.fields[at];
            field.parents == parents && field.kind.value.is_none() && field.name.value.is_some()
        })
        .collect()
}

/// The type with which code declares a variable: `NSString *id = …`, `int id = …`.
fn declared(code: &str, name: &str) -> Option<&'static str> {
    const TYPES: &[(&str, &str)] = &[
        ("NSString", "string"),
        ("String", "string"),
        ("string", "string"),
        ("str", "string"),
        ("int", "int"),
        ("Integer", "int"),
        ("long", "long"),
        ("Long", "long"),
        ("NSInteger", "long"),
        ("bool", "boolean"),
        ("Boolean", "boolean"),
        ("BOOL", "boolean"),
        ("decimal", "decimal"),
        ("BigDecimal", "decimal"),
    ];
    code.match_indices(name).find_map(|(at, _)| {
        let after = code[at + name.len()..].trim_start();
        let before = code[..at].trim_end_matches([' ', '*']);
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next()?;
        let whole = before.len() < at && after.starts_with(['=', ';', ',', ')']);
        let found = TYPES
            .iter()
            .find(|(declared, _)| *declared == word && whole)?;
        Some(found.1)
    })
}
