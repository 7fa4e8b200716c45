//! Examples as trees of names and texts, whether of XML or of JSON, held against the fields that the
//! contract has for them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fields::{self, Field};
use crate::contract::{Contract, Direction, ElementDeclaration, Example, Operation};
use crate::source::{Sources, Span};

/// An element of an example, or a member.
pub(super) struct Node {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) children: Vec<Node>,
    pub(super) is_nil: bool,
    /// Whether its children have an order.
    pub(super) ordered: bool,
    pub(super) span: Span,
}

/// An element of an example beside the field that it is.
pub(super) struct Aligned<'c, 'n> {
    pub(super) operation: &'c Operation,
    pub(super) record: &'c ElementDeclaration,
    pub(super) fields: Vec<Field<'c>>,
    pub(super) node: &'n Node,
}

impl<'c> Aligned<'c, '_> {
    /// The field of this name.
    pub(super) fn field(&self, name: &str) -> Option<Field<'c>> {
        let mut fields = self.fields.iter();
        fields
            .find(|field| &*field.element.name.local == name)
            .copied()
    }
}

/// Calls `visit` with each element of each example that has a record in the contract.
pub(super) fn each(
    contract: &Contract,
    sources: &Sources,
    visit: &mut dyn FnMut(&Aligned<'_, '_>),
) {
    for operation in fields::operations(contract) {
        for example in &operation.examples {
            let is_request = example.direction == Direction::Request;
            if matches!(example.direction, Direction::Error(_)) {
                continue;
            }
            let Some(body) = fields::body(contract, operation, is_request) else {
                continue;
            };
            let Some(root) = body_of(example, sources) else {
                continue;
            };
            let mut rest = vec![(&contract.elements[body], &root)];
            while let Some((record, node)) = rest.pop() {
                let fields = fields::of(contract, record.type_definition);
                if fields.is_empty() {
                    continue;
                }
                let aligned = Aligned {
                    operation,
                    record,
                    fields,
                    node,
                };
                visit(&aligned);
                for child in &node.children {
                    rest.extend(
                        aligned
                            .field(&child.name)
                            .map(|field| (field.element, child)),
                    );
                }
            }
        }
    }
}

/// The names of the header blocks of an example, with their places.
pub(super) fn headers(example: &Example, sources: &Sources) -> Vec<(String, Span)> {
    let Ok(root) = read(example, sources) else {
        return Vec::new();
    };
    let header = root
        .children
        .into_iter()
        .find(|child| child.name == "Header");
    let blocks = header.into_iter().flat_map(|header| header.children);
    blocks.map(|block| (block.name, block.span)).collect()
}

/// The element in the body.
fn body_of(example: &Example, sources: &Sources) -> Option<Node> {
    let root = read(example, sources).ok()?;
    if root.name != "Envelope" {
        return Some(root);
    }
    let mut inside = root.children.into_iter();
    let body = inside.find(|child| child.name == "Body")?;
    body.children.into_iter().next()
}

/// Why an example is no message.
pub(super) enum Unread {
    /// There is nothing in it.
    Empty,
    /// It is neither XML nor JSON: what the reader says.
    Broken(String),
}

/// The whole of an example.
pub(super) fn read(example: &Example, sources: &Sources) -> Result<Node, Unread> {
    let text = example.text.trim();
    if text.is_empty() {
        return Err(Unread::Empty);
    }
    if !text.starts_with('<') {
        let value: Value =
            serde_json::from_str(text).map_err(|error| Unread::Broken(error.to_string()))?;
        return Ok(member("", &value, example.span));
    }
    let document = roxmltree::Document::parse(text);
    let document = document.map_err(|error| Unread::Broken(error.to_string()))?;
    // The text of an example stands in its document as it is, unless it was indented.
    let there = sources.of(example.span);
    let start = example.span.start as usize;
    let at = there.and_then(|document| {
        let rest = document.text.get(start..)?;
        rest.find(text).map(|at| start + at)
    });
    let place = |range: std::ops::Range<usize>| match at {
        Some(at) => Span::new(example.span.document, at + range.start..at + range.end),
        None => example.span,
    };
    Ok(element(document.root_element(), &place, 0))
}

/// Elements inside elements deeper than this are not looked at.
const DEPTH: usize = 100;

fn element(
    node: roxmltree::Node<'_, '_>,
    place: &dyn Fn(std::ops::Range<usize>) -> Span,
    depth: usize,
) -> Node {
    let range = node.range();
    let name = node.tag_name().name();
    let end = (range.start + 1 + name.len()).min(range.end);
    Node {
        name: name.to_owned(),
        text: { node.children() }
            .filter_map(|child| child.text().filter(|_| child.is_text()))
            .collect(),
        children: { node.children() }
            .filter(|child| child.is_element() && depth < DEPTH)
            .map(|child| element(child, place, depth + 1))
            .collect(),
        is_nil: node
            .attributes()
            .any(|a| a.name() == "nil" && matches!(a.value(), "true" | "1")),
        ordered: true,
        span: place(range.start..end),
    }
}

/// A member of an object; an array is its items by the same name.
fn member(name: &str, value: &Value, span: Span) -> Node {
    let mut node = Node {
        name: name.to_owned(),
        text: String::new(),
        children: Vec::new(),
        is_nil: value.is_null(),
        ordered: false,
        span,
    };
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::Array(items) => {
                        node.children
                            .extend(items.iter().map(|item| member(name, item, span)));
                    }
                    value => node.children.push(member(name, value, span)),
                }
            }
        }
        Value::String(text) => node.text.clone_from(text),
        Value::Null | Value::Array(_) => {}
        other => node.text = other.to_string(),
    }
    node
}

/// The values that examples show of each field, by the place of its declaration.
pub(super) fn shown(contract: &Contract, sources: &Sources) -> BTreeMap<Span, Vec<(String, Span)>> {
    let mut shown: BTreeMap<Span, Vec<(String, Span)>> = BTreeMap::new();
    each(contract, sources, &mut |aligned| {
        for child in &aligned.node.children {
            if let Some(field) = aligned.field(&child.name)
                && child.children.is_empty()
                && !child.is_nil
            {
                let values = shown.entry(field.element.span).or_default();
                values.push((child.text.clone(), child.span));
            }
        }
    });
    shown
}
