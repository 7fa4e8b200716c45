//! Records: lists without items, records that pass as texts, types that are there twice, names that are
//! lost.

use std::collections::BTreeMap;

use super::{Report, Subject};
use crate::contract::{
    Builtin, Content, Contract, Definition, Id, Provenance, Scope, TypeDefinition, Witness, folded,
};
use crate::lint::fields::{self, Field};
use crate::lint::message;
use crate::source::Span;

/// The field of a type that has one, which repeats: the item of a list with something around it.
fn item<'c>(contract: &'c Contract, field: &Field<'_>) -> Option<Field<'c>> {
    let inside = fields::of(contract, field.element.type_definition);
    match &inside[..] {
        [item] if item.occurs.is_repeated() => Some(*item),
        _ => None,
    }
}

/// L12.
pub(super) fn items(subject: &Subject<'_>, report: &mut Report<'_>) {
    let contract = subject.contract;
    let anything = contract.builtin(Builtin::AnyType);
    let help = "look at a message: what is an item called, and what is in it?";
    for record in fields::records(contract) {
        for field in &record.fields {
            let element = field.element;
            let name = &*element.name.local;
            if let Some(item) = item(contract, field)
                && *item.element.name.local == *name
            {
                report(
                    element.span,
                    format!("`{name}` is a list, and its items are called `{name}`, too"),
                    help.to_owned(),
                );
            }
            if field.occurs.is_repeated()
                && field.is_claimed()
                && element.type_definition == anything
            {
                report(
                    element.span,
                    format!("`{name}` repeats, and nothing says of which type it is"),
                    help.to_owned(),
                );
            }
        }
    }
}

/// L13.
pub(super) fn texts(subject: &Subject<'_>, report: &mut Report<'_>) {
    let contract = subject.contract;
    let help = "declare the record's fields, or say that the text holds them in a form of its own";
    message::each(contract, subject.sources, &mut |aligned| {
        for child in &aligned.node.children {
            let Some(field) = aligned.field(&child.name) else {
                continue;
            };
            let simple = fields::simple(contract, field.element.type_definition);
            if let (Some((builtin, _)), Some(inner)) = (simple, child.children.first()) {
                report(
                    child.span,
                    format!(
                        "`{}` is of type `{}` by the table, and has `{}` in it in the example",
                        child.name,
                        builtin.name(),
                        inner.name
                    ),
                    help.to_owned(),
                );
            }
        }
    });
    let named: BTreeMap<&str, Span> = { contract.types.iter() }
        .filter(|(id, _)| !fields::of(contract, *id).is_empty())
        .filter_map(|(_, definition)| Some((&*definition.name.as_ref()?.local, definition.span)))
        .collect();
    let shown = message::shown(contract, subject.sources);
    for record in fields::records(contract) {
        for field in &record.fields {
            let element = field.element;
            let name = &*element.name.local;
            let is_plain = fields::simple(contract, element.type_definition).is_some_and(
                |(builtin, facets)| {
                    builtin == Builtin::String && facets == crate::contract::Facets::default()
                },
            );
            if is_plain
                && field.is_claimed()
                && named.contains_key(name)
                && !shown.contains_key(&element.span)
            {
                report(
                    element.span,
                    format!(
                        "`{name}` of `{}` is a text, and there is a record `{name}`",
                        record.name
                    ),
                    "give it the type of that name, or describe the text".to_owned(),
                );
            }
        }
    }
}

/// A record that a type is, with what it is called where it is declared.
struct Described<'c> {
    name: &'c str,
    span: Span,
    fields: Vec<String>,
}

/// Records with fewer fields than these are alike by chance.
const ALIKE: usize = 3;

/// The records of named types and of elements inside of messages, by letters of the name.
fn described(contract: &Contract) -> BTreeMap<String, Vec<Described<'_>>> {
    let mut all: BTreeMap<String, Vec<Described<'_>>> = BTreeMap::new();
    let mut add = |name, span, id: Id<TypeDefinition>| {
        let Definition::Complex(complex) = &contract.types[id].definition else {
            return;
        };
        // Variants of one base have its fields with reason.
        if complex.derivation.is_some() || !matches!(complex.content, Content::Elements(_)) {
            return;
        }
        let fields: Vec<String> = fields::of(contract, id)
            .iter()
            .map(|field| said(contract, field))
            .collect();
        let letters = folded(name);
        let letters = letters.strip_suffix("type").unwrap_or(&letters).to_owned();
        let known = all.entry(letters).or_default();
        // A page that several services include is read once for each.
        if fields.len() >= ALIKE && known.iter().all(|other| other.span != span) {
            known.push(Described { name, span, fields });
        }
    };
    for (id, definition) in contract.types.iter() {
        if let Some(name) = &definition.name {
            add(&name.local, definition.span, id);
        }
    }
    for (_, element) in contract.elements.iter() {
        let id = element.type_definition;
        if element.scope == Scope::Local && contract.types[id].name.is_none() {
            add(&element.name.local, element.span, id);
        }
    }
    all
}

/// A field as one record says it: name, type, occurrence.
fn said(contract: &Contract, field: &Field<'_>) -> String {
    let element = field.element;
    let definition = &contract.types[element.type_definition];
    let kind = match fields::simple(contract, element.type_definition) {
        Some((builtin, facets)) => {
            let most = facets.length.or(facets.max_length);
            most.map_or(builtin.name().to_owned(), |most| {
                format!("{}({most})", builtin.name())
            })
        }
        None => {
            { definition.name.as_ref() }.map_or_else(String::new, |name| name.local.to_string())
        }
    };
    format!("{} {kind} {}", element.name.local, field.occurs)
}

/// The name in front of what [`said`] says.
fn name_of(said: &str) -> &str {
    said.split(' ').next().unwrap_or_default()
}

/// L20.
pub(super) fn twice(subject: &Subject<'_>, report: &mut Report<'_>) {
    for records in described(subject.contract).values() {
        let Some((first, others)) = records.split_first() else {
            continue;
        };
        for other in others {
            let differs: Vec<&str> = { first.fields.iter().chain(&other.fields) }
                .filter(|field| !(first.fields.contains(field) && other.fields.contains(field)))
                .map(|field| name_of(field))
                .collect();
            let shares = |field: &&String| {
                { first.fields.iter() }.any(|known| name_of(known) == name_of(field))
            };
            let shared = other.fields.iter().filter(shares).count();
            // What shares few names is another thing that has the name by chance.
            if shared * 2 <= first.fields.len().max(other.fields.len()) {
                continue;
            }
            let (one, two) = (first.name, other.name);
            let message = match differs.first() {
                None if one == two => format!("`{two}` is described twice, in the same way"),
                None => format!("`{two}` has the very fields of `{one}`"),
                Some(field) if one == two => {
                    format!("`{two}` is described twice, and not in the same way: `{field}`")
                }
                Some(field) => {
                    format!("`{two}` and `{one}` seem to be one thing, and differ: `{field}`")
                }
            };
            report(
                other.span,
                message,
                "declare one type and use it in both places; if they differ, find out which is right"
                    .to_owned(),
            );
        }
    }
}

/// What tools call a thing whose name they have lost, before a number.
const NUMBERED: &[&str] = &[
    "arg",
    "in",
    "param",
    "parameter",
    "field",
    "column",
    "unnamed",
];

/// Whether a name is a number, by a tool that did not know it: `arg0`.
fn is_number(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let has_digits = stem.len() < name.len();
    let stem = stem.trim_end_matches(['_', '-']).to_lowercase();
    has_digits && NUMBERED.contains(&stem.as_str())
}

/// L25.
pub(super) fn lost_names(subject: &Subject<'_>, report: &mut Report<'_>) {
    let mut numbered: Vec<(String, Span)> = Vec::new();
    for record in fields::records(subject.contract) {
        for field in &record.fields {
            let element = field.element;
            let name = &*element.name.local;
            if is_number(name) {
                let what = format!("`{name}` of `{}`", record.name);
                numbered.push((what, element.span));
                continue;
            }
            let names: Vec<&Provenance> = { element.annotation.provenance.iter() }
                .filter(|said| matches!(said.fact.as_deref(), None | Some("field" | "wire")))
                .collect();
            let is_concluded =
                |said: &&Provenance| said.witness == Witness::Inferred && said.reason.is_none();
            if !names.is_empty() && names.iter().all(is_concluded) {
                report(
                    element.span,
                    format!("the name `{name}` is a conclusion, and nobody says from what"),
                    "find it in an example or a message, and name that as its witness; or say why in \
                     a footnote"
                        .to_owned(),
                );
            }
        }
    }
    // Who numbers fields numbers them all.
    if let Some((first, span)) = numbered.first() {
        let message = match numbered.len() - 1 {
            0 => format!("{first} has a number, and no name"),
            more => format!("{first} and {more} more fields have numbers, and no names"),
        };
        report(
            *span,
            message,
            "say in their descriptions what they are; the names were lost before they came here"
                .to_owned(),
        );
    }
}
