//! What tables say of fields, against each other and against themselves.

use std::collections::BTreeMap;

use super::{Report, Subject};
use crate::contract::{Builtin, folded};
use crate::lint::fields::{self, Field};

/// The built-in type and limits of a field as a reader sees them: `string, at most 50`.
fn facts(subject: &Subject<'_>, field: &Field<'_>) -> Option<String> {
    let element = field.element;
    let (builtin, facets) = fields::simple(subject.contract, element.type_definition)?;
    let mut text = builtin.name().to_owned();
    if let Some(most) = facets.length.or(facets.max_length) {
        text.push_str(&format!(", at most {most}"));
    }
    if element.nillable {
        text.push_str(", nillable");
    }
    Some(text)
}

/// What the operations say of one field: facts, and who says so.
type Told<'c> = BTreeMap<String, Vec<(&'c str, Field<'c>)>>;

/// L05: what fewer operations say than say another thing.
pub(super) fn operations_differ(subject: &Subject<'_>, report: &mut Report<'_>) {
    let mut fields_told: BTreeMap<&str, Told<'_>> = BTreeMap::new();
    for operation in fields::operations(subject.contract) {
        let Some(body) = fields::body(subject.contract, operation, true) else {
            continue;
        };
        let body = &subject.contract.elements[body];
        for field in fields::of(subject.contract, body.type_definition) {
            if let Some(facts) = facts(subject, &field) {
                let told = fields_told.entry(&field.element.name.local).or_default();
                told.entry(facts)
                    .or_default()
                    .push((&operation.name, field));
            }
        }
    }
    for (name, told) in fields_told {
        let most =
            { told.iter() }.max_by_key(|(facts, who)| (who.len(), std::cmp::Reverse(*facts)));
        let Some((usual, others)) = most else {
            continue;
        };
        let other = others.first().map_or("", |(operation, _)| operation);
        for (facts, who) in told.iter().filter(|(facts, _)| *facts != usual) {
            for (operation, field) in who {
                report(
                    field.element.span,
                    format!("`{name}` is {facts} in `{operation}`, and {usual} in `{other}`"),
                    "find out by a call which is right, or whether both are".to_owned(),
                );
            }
        }
    }
}

/// Standards by the words that name them, and the length of their values.
const STANDARDS: &[(&[&str], u64, u64)] = &[
    (&["alpha-2", "alpha 2", "alpha2", "iso 639-1"], 2, 2),
    (
        &[
            "alpha-3",
            "alpha 3",
            "alpha3",
            "iso 4217",
            "iso4217",
            "iso 639-2",
        ],
        3,
        3,
    ),
    (&["uuid", "guid"], 32, 38),
    (&["iban"], 15, 34),
    (&["e.164"], 3, 16),
];

/// L06.
pub(super) fn standards(subject: &Subject<'_>, report: &mut Report<'_>) {
    for record in fields::records(subject.contract) {
        for field in &record.fields {
            let element = field.element;
            let Some((Builtin::String, facets)) =
                fields::simple(subject.contract, element.type_definition)
            else {
                continue;
            };
            let Some(most) = facets.length.or(facets.max_length) else {
                continue;
            };
            let text = field.description().to_lowercase();
            for (words, least, greatest) in STANDARDS {
                let Some(word) = words.iter().find(|word| is_word(&text, word)) else {
                    continue;
                };
                if most < *least || most > *greatest {
                    let size = match least == greatest {
                        true => least.to_string(),
                        false => format!("{least} to {greatest}"),
                    };
                    report(
                        element.span,
                        format!(
                            "`{}` may have {most} characters, and is described by `{word}`, whose values \
                             have {size}",
                            element.name.local
                        ),
                        "look which the service takes: the standard's values, or longer ones"
                            .to_owned(),
                    );
                }
            }
        }
    }
}

/// Whether a text has a word, and not as a part of another.
fn is_word(text: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let after = text[at + word.len()..].chars().next();
        !is_letter(text[..at].chars().next_back()) && !is_letter(after)
    })
}

/// L09.
pub(super) fn ambiguous_maximum(subject: &Subject<'_>, report: &mut Report<'_>) {
    for record in fields::records(subject.contract) {
        for field in &record.fields {
            let element = field.element;
            let Some(stated) = &element.annotation.documented_maximum else {
                continue;
            };
            let name = &element.name.local;
            let what = match fields::simple(subject.contract, element.type_definition) {
                Some((Builtin::String, _)) => continue,
                Some((builtin, _)) => format!("type `{}`", builtin.name()),
                None if field.occurs.is_repeated() => "a list".to_owned(),
                None => "a record".to_owned(),
            };
            report(
                element.span,
                format!(
                    "`{name}` is of {what}, and its largest size is `{stated}`: digits, value or items?"
                ),
                "find out what the number counts, and say it by a bound or by digits".to_owned(),
            );
        }
    }
}

/// Words that begin a condition.
const CONDITIONS: &[&str] = &[
    "required if",
    "required when",
    "mandatory if",
    "mandatory when",
    "only if",
    "only when",
    "must be set if",
    "must be given if",
    "not required if",
    "optional if",
    "either this or",
];

/// L11.
pub(super) fn conditions(subject: &Subject<'_>, report: &mut Report<'_>) {
    // Fields that a rule speaks of have their condition.
    let ruled = |name: &str| {
        let mut types = subject.contract.types.iter();
        types.any(|(_, definition)| fields::ruled(definition).any(|member| member == name))
    };
    for record in fields::records(subject.contract) {
        for field in &record.fields {
            let element = field.element;
            let name = &element.name.local;
            let text = field.description().to_lowercase();
            let condition = CONDITIONS.iter().find(|words| is_word(&text, words));
            let is_flat = field.occurs.min > 0 && !element.nillable;
            if let (Some(words), true) = (condition, is_flat && !ruled(name)) {
                report(
                    element.span,
                    format!("`{name}` is always required by its flag, and `{words} …` by its description"),
                    "make it optional and state the condition under `### Rules`, if a rule can say it"
                        .to_owned(),
                );
            }
        }
    }
}

/// Shorter texts are said twice with reason.
const COPIED: usize = 24;

/// L17.
pub(super) fn copied(subject: &Subject<'_>, report: &mut Report<'_>) {
    for record in fields::records(subject.contract) {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for field in &record.fields {
            let element = field.element;
            let text = field.description();
            if text.chars().count() < COPIED {
                continue;
            }
            let name = &*element.name.local;
            let first = *known.entry(text).or_insert(name);
            if first != name {
                report(
                    element.span,
                    format!(
                        "`{name}` of `{}` is described by the very words of `{first}`",
                        record.name
                    ),
                    "describe what the field means; the page copied a row".to_owned(),
                );
            }
        }
    }
}

/// L21.
pub(super) fn clashes(subject: &Subject<'_>, report: &mut Report<'_>) {
    for record in fields::records(subject.contract) {
        let mut known: BTreeMap<String, &str> = BTreeMap::new();
        for field in &record.fields {
            let name = &*field.element.name.local;
            let first = *known.entry(folded(name)).or_insert(name);
            if first != name {
                report(
                    field.element.span,
                    format!(
                        "`{name}` and `{first}` of `{}` are one name in Rust",
                        record.name
                    ),
                    "give one of them a name of its own in `[rename.fields]` of `castile.toml`"
                        .to_owned(),
                );
            }
        }
    }
}

/// What UTF-8 looks like that was read as Latin-1, and what no keyboard types.
const MOJIBAKE: &[&str] = &[
    "Ã¥", "Ã¤", "Ã¶", "Ã©", "Ã¼", "Ã¸", "Ã¦", "Ä…", "Å‚", "Å¼", "â€™", "â€œ", "â€“", "\u{FFFD}",
    "\u{A0}", "\u{200B}", "\u{AD}",
];

/// L26.
pub(super) fn mojibake(subject: &Subject<'_>, report: &mut Report<'_>) {
    for record in fields::records(subject.contract) {
        for field in &record.fields {
            let element = field.element;
            let text = field.description();
            let name = &*element.name.local;
            let bad = MOJIBAKE
                .iter()
                .find(|bad| text.contains(**bad) || name.contains(**bad));
            if let Some(bad) = bad {
                report(
                    element.span,
                    format!("the row of `{name}` has `{}`, which nobody typed", bad.escape_unicode()),
                    "write what was meant; the page was decoded wrongly, or has blanks that do not break"
                        .to_owned(),
                );
            }
        }
    }
}
