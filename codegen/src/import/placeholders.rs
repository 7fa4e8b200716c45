//! Samples that are schemas: `<Total>decimal</Total>`.

use super::assemble::is_value;
use super::description::{Fact, Field, FieldType, Location, Message};
use super::finding::{Findings, Kind};
use super::notation::types::{self, Base};
use super::notation::values::{self, Value};
use super::sample::{Node, Payload, Shape};
use crate::contract::{Occurs, Witness};
use crate::source::Span;

/// Fills a message from a sample whose values are the names of types; `false` if they are not.
pub(crate) fn fill(
    message: &mut Message,
    payload: &Payload,
    span: Span,
    findings: &mut Findings,
) -> bool {
    let Some(root) = payload.body.first() else {
        return false;
    };
    let mut leaves = Vec::new();
    collect(root, &mut leaves);
    let values: Vec<&&Node> = leaves
        .iter()
        .filter(|leaf| !leaf.text.trim().is_empty())
        .collect();
    let typed = |leaf: &Node| {
        types::parse(&leaf.text).is_some_and(|read| read.is_known())
            || alternatives(&leaf.text).is_some()
    };
    if values.is_empty() || !values.iter().all(|leaf| typed(leaf)) {
        return false;
    }
    message.wrapper = Fact::example(vec![root.name.clone()], span);
    let headers = payload
        .headers
        .iter()
        .map(|header| (Location::SoapHeader, header));
    let members = root.children.iter().map(|member| (Location::Body, member));
    let mut stack: Vec<(Vec<String>, Location, &Node)> = { headers.chain(members).rev() }
        .map(|(location, node)| (Vec::new(), location, node))
        .collect();
    while let Some((parents, location, node)) = stack.pop() {
        let known = message.record.fields.iter_mut().find(|field| {
            let place = field.location.value;
            field.parents == parents && field.shown() == node.name && place == Some(location)
        });
        if let Some(known) = known {
            known.occurs = Fact::example(Occurs::ANY, span);
            continue;
        }
        let mut field = field(&parents, node, span, findings);
        if location == Location::SoapHeader {
            field.location = Fact::example(location, span);
        }
        let mut inner = parents.clone();
        inner.push(node.name.clone());
        let repeated = node.children.len() > 1 && node.item_name().is_some();
        if repeated {
            let item = &node.children[0];
            field.item = Some(Fact::example(item.name.clone(), span));
            let base = if item.children.is_empty() {
                types::parse(&item.text).map_or(Base::Unknown, |read| read.base)
            } else {
                Base::Object
            };
            field.kind = Fact::example(FieldType { base, list: true }, span);
            stack.extend(
                item.children
                    .iter()
                    .rev()
                    .map(|child| (inner.clone(), location, child)),
            );
        } else {
            stack.extend(
                node.children
                    .iter()
                    .rev()
                    .map(|child| (inner.clone(), location, child)),
            );
        }
        message.record.fields.push(field);
    }
    message.described = true;
    true
}

fn collect<'a>(node: &'a Node, leaves: &mut Vec<&'a Node>) {
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        if node.children.is_empty() && is_value(node.shape) {
            leaves.push(node);
        }
        stack.extend(&node.children);
    }
}

fn field(parents: &[String], node: &Node, span: Span, findings: &mut Findings) -> Field {
    let mut field = Field::new(parents.to_vec(), Fact::example(node.name.clone(), span));
    field.witnesses = vec![Witness::Example];
    field.secret = super::fields::is_secret(&node.name);
    if !node.children.is_empty() {
        field.kind = Fact::example(
            FieldType {
                base: Base::Object,
                list: false,
            },
            span,
        );
        return field;
    }
    if node.shape == Shape::Null {
        field.nillable = Some(Fact::example(true, span));
        field.occurs = Fact::example(Occurs::ONCE, span);
        findings.push(
            Kind::Unknown,
            None,
            span,
            format!("`{}` is nil in the sample, which shows no type", node.name),
        );
        return field;
    }
    if let Some(values) = alternatives(&node.text) {
        let kind = FieldType {
            base: Base::Builtin("string"),
            list: false,
        };
        field.kind = Fact::example(kind, span);
        field.values = Some(Fact::example(values, span));
        field.occurs = always_sent(span);
        return field;
    }
    match types::parse(&node.text) {
        Some(read) => {
            if let Some(reason) = &read.guess {
                findings.push(Kind::Guess, None, span, reason.clone());
            }
            field.kind = Fact::example(
                FieldType {
                    base: read.base,
                    list: false,
                },
                span,
            );
            // What serialisers of .NET always write: values that cannot be absent.
            let value = matches!(&field.kind.value, Some(FieldType { base: Base::Builtin(name), .. }) if !["string", "base64", "anyURI"].contains(name));
            if value {
                field.occurs = always_sent(span);
            } else {
                findings.push(
                    Kind::Unknown,
                    None,
                    span,
                    format!(
                        "the sample does not say whether `{}` may be left out",
                        node.name
                    ),
                );
            }
        }
        None => findings.push(
            Kind::Unknown,
            None,
            span,
            format!("the sample does not say the type of `{}`", node.name),
        ),
    }
    field
}

/// What serialisers of .NET write even for the default.
fn always_sent(span: Span) -> Fact<Occurs> {
    let reason = "a sample of types shows no minimum; values of this type are always sent";
    Fact::guess(Occurs::ONCE, span, reason)
}

/// The values of an enumeration, as help pages of .NET show them: `Fast or Slow`.
fn alternatives(text: &str) -> Option<Vec<Value>> {
    let values: Vec<&str> = text.trim().split(" or ").collect();
    let is_type = |value: &&str| types::parse(value).is_some_and(|read| read.is_known());
    let fits = values.len() > 1
        && values.iter().all(|value| values::is_code(value))
        && !values.iter().any(is_type);
    fits.then(|| {
        let value = |value: &&str| Value {
            value: (*value).to_owned(),
            meaning: String::new(),
        };
        values.iter().map(value).collect()
    })
}
