//! Rules between fields that sentences seem to state.

use super::description::{Location, Record, Rule, RuleKind};
use super::dictionary::{AT_LEAST_ONE, EXACTLY_ONE, REQUIRES, fold};
use super::finding::{Findings, Kind};
use super::model::Cell;

/// The rules of a request, each a guess that the report offers.
pub(crate) fn find(record: &Record, sentences: &[Cell], findings: &mut Findings) -> Vec<Rule> {
    let names: Vec<&str> = record
        .fields
        .iter()
        .filter(|field| {
            field.parents.is_empty() && field.location.value != Some(Location::SoapHeader)
        })
        .filter_map(|field| field.name.value.as_deref())
        .collect();
    let mut rules: Vec<Rule> = Vec::new();
    let mut offer = |rule: Rule, findings: &mut Findings| {
        let known = rules
            .iter()
            .any(|known| known.kind == rule.kind && known.members == rule.members);
        if !known {
            let words = match rule.kind {
                RuleKind::ExactlyOne => "exactly one of",
                RuleKind::AtLeastOne => "at least one of",
                RuleKind::Requires => "the first asks for the others:",
            };
            findings.push(
                Kind::Guess,
                "L11",
                rule.span,
                format!(
                    "a sentence seems to say: {words} {}",
                    rule.members.join(", ")
                ),
            );
            rules.push(rule);
        }
    };
    for cell in sentences {
        for sentence in cell.text.split_inclusive(['.', '!', '\n']) {
            let members = mentioned(sentence, &names);
            let folded = fold(sentence);
            let has = |marks: &[&str]| marks.iter().any(|mark| contains_words(&folded, mark));
            if members.len() < 2 {
                continue;
            }
            let kind = if has(EXACTLY_ONE) {
                RuleKind::ExactlyOne
            } else if has(AT_LEAST_ONE) {
                RuleKind::AtLeastOne
            } else {
                continue;
            };
            offer(
                Rule {
                    kind,
                    members,
                    span: cell.span,
                },
                findings,
            );
        }
    }
    for field in &record.fields {
        let Some(name) = field
            .name
            .value
            .as_deref()
            .filter(|_| field.parents.is_empty())
        else {
            continue;
        };
        for sentence in field.prose.split_inclusive(['.', '!', '\n', ';']) {
            let folded = fold(sentence);
            let Some(mark) = REQUIRES.iter().find(|mark| contains_words(&folded, mark)) else {
                continue;
            };
            // What comes after the words; the name of the field itself is no condition.
            let after = folded.split(mark).nth(1).unwrap_or_default();
            let members: Vec<String> = mentioned(sentence, &names)
                .into_iter()
                .filter(|other| other != name && contains_words(after, &fold(other)))
                .collect();
            if members.is_empty() {
                continue;
            }
            let members = std::iter::once(name.to_owned()).chain(members).collect();
            offer(
                Rule {
                    kind: RuleKind::Requires,
                    members,
                    span: field.span,
                },
                findings,
            );
        }
    }
    rules
}

/// The names that a sentence has, in its order.
fn mentioned(sentence: &str, names: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in sentence.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
        if names.contains(&word)
            && !found.iter().any(|known| known == word)
            && word.chars().skip(1).any(|c| c.is_uppercase() || c == '_')
        {
            found.push(word.to_owned());
        }
    }
    found
}

fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        ends(before) && ends(after)
    })
}
