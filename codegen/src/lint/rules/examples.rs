//! The names and the order of examples against those of tables.

use std::collections::BTreeSet;

use super::{Report, Subject};
use crate::contract::{Direction, Location, Role};
use crate::diagnostic::nearest;
use crate::lint::{fields, message};
use crate::source::Span;

fn is_case_only(one: &str, other: &str) -> bool {
    one != other && one.to_lowercase() == other.to_lowercase()
}

/// The fields that an example leaves out, by name, for names that only the example has.
fn missing<'a>(aligned: &'a message::Aligned<'_, '_>) -> Vec<&'a str> {
    let there: BTreeSet<&str> = aligned
        .node
        .children
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    let names = aligned
        .fields
        .iter()
        .map(|field| &*field.element.name.local);
    names.filter(|name| !there.contains(name)).collect()
}

/// The field that a name of an example means, where it is another by a few letters.
fn meant(aligned: &message::Aligned<'_, '_>, name: &str) -> Option<String> {
    let near = nearest(name, missing(aligned))?;
    Some(near.to_owned())
}

/// L01, and the other spelling that a descriptor notes.
pub(super) fn names(subject: &Subject<'_>, report: &mut Report<'_>) {
    let help = "the wire decides: note the name of the table in the column `Field`, that of the wire in `Wire`";
    for record in fields::records(subject.contract) {
        for field in &record.fields {
            let element = field.element;
            if let Some(documented) = &element.annotation.documented_name {
                report(
                    element.span,
                    format!(
                        "the table says `{documented}`, the wire `{}`",
                        element.name.local
                    ),
                    "tell the provider; accept it here once the wire has shown the name".to_owned(),
                );
            }
        }
    }
    message::each(subject.contract, subject.sources, &mut |aligned| {
        for child in &aligned.node.children {
            if aligned.field(&child.name).is_some() {
                continue;
            }
            if let Some(near) = meant(aligned, &child.name)
                && !is_case_only(&near, &child.name)
            {
                report(
                    child.span,
                    format!(
                        "the table says `{near}`, the example sends `{}`",
                        child.name
                    ),
                    help.to_owned(),
                );
            }
        }
    });
}

/// Elements of an example that stand elsewhere than their fields do by the table.
#[derive(Default)]
struct Moved<'a> {
    /// The places in the example, with the sentences about them.
    found: Vec<(Span, String)>,
    /// The elements of the example that are so explained.
    elements: Vec<&'a str>,
    /// The fields of the table that are so explained.
    fields: Vec<&'a str>,
}

fn moved<'a>(subject: &'a Subject<'_>, aligned: &'a message::Aligned<'_, '_>) -> Moved<'a> {
    let mut moved = Moved::default();
    let record = &aligned.record.name.local;
    let absent = missing(aligned);
    for child in &aligned.node.children {
        let (name, inside) = (child.name.as_str(), &child.children);
        if aligned.field(name).is_some() {
            continue;
        }
        // The example has something around fields that the table has not.
        let known: Vec<&str> = { inside.iter().map(|inner| inner.name.as_str()) }
            .filter(|inner| absent.contains(inner))
            .collect();
        if let Some(first) = known.first()
            && known.len() * 2 > inside.len()
        {
            let message = format!(
                "`{first}` stands in `{name}` in the example, and right in `{record}` by the table"
            );
            moved.found.push((child.span, message));
            moved.elements.push(name);
            moved.fields.extend(known);
            continue;
        }
        // The table has something around fields that the example has not.
        for field in aligned.fields.iter() {
            let container = &*field.element.name.local;
            let type_definition = field.element.type_definition;
            let has = fields::of(subject.contract, type_definition)
                .iter()
                .any(|inner| *inner.element.name.local == *name);
            if has && absent.contains(&container) {
                let message = format!(
                    "`{name}` stands right in `{record}` in the example, and in `{container}` by the \
                     table"
                );
                moved.found.push((child.span, message));
                moved.elements.push(name);
                moved.fields.push(container);
                break;
            }
        }
    }
    moved
}

/// L14.
pub(super) fn containers(subject: &Subject<'_>, report: &mut Report<'_>) {
    message::each(subject.contract, subject.sources, &mut |aligned| {
        for (span, message) in moved(subject, aligned).found {
            let help = "give the field the path that the wire has, and its container a row";
            report(span, message, help.to_owned());
        }
    });
}

/// L02.
pub(super) fn one_side(subject: &Subject<'_>, report: &mut Report<'_>) {
    message::each(subject.contract, subject.sources, &mut |aligned| {
        let record = &aligned.record.name.local;
        let moved = moved(subject, aligned);
        for child in &aligned.node.children {
            let name = child.name.as_str();
            let is_known = aligned.field(name).is_some() || moved.elements.contains(&name);
            if !is_known && meant(aligned, name).is_none() {
                report(
                    child.span,
                    format!("`{name}` is in the example, and not in the table of `{record}`"),
                    "add a row for it, with `example` as its witness".to_owned(),
                );
            }
        }
        for field in &aligned.fields {
            let name = &*field.element.name.local;
            let is_shown = aligned.node.children.iter().any(|child| {
                let near = meant(aligned, &child.name);
                child.name == name
                    || aligned.field(&child.name).is_none() && near.as_deref() == Some(name)
            }) || moved.fields.contains(&name);
            // What travels in the path or in a header is in no body.
            let in_body = field.element.annotation.location == Location::Body;
            if field.occurs.min > 0 && in_body && !is_shown && !aligned.node.is_nil {
                report(
                    field.element.span,
                    format!(
                        "`{name}` is required by the table, and an example of `{}` has no such field",
                        aligned.operation.name
                    ),
                    "try a call without it; mark it optional if that works".to_owned(),
                );
            }
        }
    });
}

/// L03.
pub(super) fn credentials(subject: &Subject<'_>, report: &mut Report<'_>) {
    for operation in fields::operations(subject.contract) {
        let Some(body) = fields::body(subject.contract, operation, true) else {
            continue;
        };
        let body = &subject.contract.elements[body];
        let fields = fields::of(subject.contract, body.type_definition);
        for example in &operation.examples {
            if example.direction != Direction::Request {
                continue;
            }
            for (name, span) in message::headers(example, subject.sources) {
                let field = fields
                    .iter()
                    .find(|field| *field.element.name.local == *name);
                if let Some(field) = field {
                    let annotation = &field.element.annotation;
                    let is_secret = annotation.secret
                        || matches!(annotation.role, Some(Role::Username | Role::Password));
                    let what = if is_secret { "credential " } else { "" };
                    report(
                        span,
                        format!(
                            "the {what}`{name}` is a field of the body by the table, and a header in the example"
                        ),
                        "put `header` into the column `In` of the field".to_owned(),
                    );
                }
            }
        }
    }
}

/// L04.
pub(super) fn order(subject: &Subject<'_>, report: &mut Report<'_>) {
    message::each(subject.contract, subject.sources, &mut |aligned| {
        let place = |name: &str| {
            let mut fields = aligned.fields.iter();
            fields.position(|field| &*field.element.name.local == name)
        };
        let mut last: Option<(usize, &str)> = None;
        for child in aligned
            .node
            .children
            .iter()
            .filter(|_| aligned.node.ordered)
        {
            let Some(at) = place(&child.name) else {
                continue;
            };
            if let Some((before, name)) = last
                && at < before
            {
                report(
                    child.span,
                    format!(
                        "`{}` comes after `{name}` in the example, and before it in the table",
                        child.name
                    ),
                    "order the rows as the wire has them: services may refuse another order"
                        .to_owned(),
                );
            }
            last = Some(last.map_or((at, child.name.as_str()), |(before, name)| {
                if at > before {
                    (at, child.name.as_str())
                } else {
                    (before, name)
                }
            }));
        }
    });
}

/// L16.
pub(super) fn case(subject: &Subject<'_>, report: &mut Report<'_>) {
    message::each(subject.contract, subject.sources, &mut |aligned| {
        for child in &aligned.node.children {
            let is_known = aligned.field(&child.name).is_some();
            let other = missing(aligned)
                .into_iter()
                .find(|name| is_case_only(name, &child.name));
            if let (false, Some(other)) = (is_known, other) {
                report(
                    child.span,
                    format!("`{}` of the example is `{other}` in the table", child.name),
                    "XML minds case: write the name as the wire has it".to_owned(),
                );
            }
        }
    });
}
