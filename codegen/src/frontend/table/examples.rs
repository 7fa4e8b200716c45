//! Sample messages: each must be well-formed and a message of its operation.

use super::document::Located;
use super::front_matter::Wire;
use crate::contract::Direction;
use crate::diagnostic::{Code, Diagnostic};
use crate::namespace::{SOAP_ENVELOPE_11, SOAP_ENVELOPE_12};
use crate::source::Span;

/// What an example has to be.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    pub wire: Wire,
    pub namespace: &'a str,
    pub direction: Direction,
    /// The outermost element.
    pub element: Option<&'a str>,
    /// The keys of a JSON body.
    pub keys: &'a [String],
}

/// As much as is read, in bytes and nodes: an example is one message.
const LARGEST: usize = 256 << 10;
const MOST_NODES: u32 = 50_000;

/// Why `example` is no message of its operation.
pub(super) fn fault(example: &Located<String>, expected: &Expected<'_>) -> Option<Diagnostic> {
    if example.value.len() > LARGEST {
        return Some(
            Diagnostic::error(
                Code::LimitExceeded,
                start(example.span),
                format!(
                    "this example has {} bytes; the limit is {LARGEST}",
                    example.value.len()
                ),
            )
            .help("show fewer items"),
        );
    }
    match expected.wire {
        Wire::Json => json_fault(example, expected),
        _ => xml_fault(example, expected),
    }
}

fn xml_fault(example: &Located<String>, expected: &Expected<'_>) -> Option<Diagnostic> {
    let options = roxmltree::ParsingOptions {
        nodes_limit: MOST_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let document = match roxmltree::Document::parse_with_options(&example.value, options) {
        Ok(document) => document,
        Err(error) => {
            let at = error.pos();
            let span = position(example, at.row as usize, at.col as usize);
            let message = error.to_string();
            let message = message.split(" at ").next().unwrap_or_default().to_owned();
            return Some(
                invalid(span, format!("this example is not well-formed: {message}"))
                    .help("show one whole message; `&` is written `&amp;`"),
            );
        }
    };
    let root = document.root_element();
    let place = |node: roxmltree::Node<'_, '_>| within(example, node.range().start);
    let envelope = match expected.wire {
        Wire::Soap12 => SOAP_ENVELOPE_12,
        _ => SOAP_ENVELOPE_11,
    };
    let mut body = root;
    if root.tag_name().name() == "Envelope" {
        let namespace = root.tag_name().namespace().unwrap_or_default();
        if namespace != envelope {
            return Some(
                invalid(place(root), "this envelope is of another protocol")
                    .help(format!("the front matter says an envelope of `{envelope}`")),
            );
        }
        let content = root
            .children()
            .find(|node| node.has_tag_name((envelope, "Body")))
            .and_then(|node| node.first_element_child());
        match content {
            Some(content) => body = content,
            None => {
                return Some(
                    invalid(place(root), "this envelope has nothing in its body")
                        .help("show the whole message"),
                );
            }
        }
    }
    let name = body.tag_name().name();
    let namespace = body.tag_name().namespace().unwrap_or_default();
    let is_fault = name == "Fault" && namespace == envelope;
    match (expected.direction, expected.element) {
        (Direction::Error(_), _) if is_fault => None,
        (Direction::Error(_), _) if expected.element != Some(name) => Some(
            invalid(place(body), format!("`{name}` is no fault"))
                .help("an error is a `Fault` of the envelope's namespace, or the response"),
        ),
        (_, Some(element)) if element == name && namespace == expected.namespace => None,
        (_, Some(element)) if element == name => Some(
            invalid(
                place(body),
                format!("`{name}` is in the namespace `{namespace}` here"),
            )
            .help(format!("the front matter says `{}`", expected.namespace)),
        ),
        (_, Some(element)) => Some(
            invalid(
                place(body),
                format!("this is a `{name}`, not a `{element}`"),
            )
            .help("move it to its operation, or mend the heading"),
        ),
        (_, None) => None,
    }
}

fn json_fault(example: &Located<String>, expected: &Expected<'_>) -> Option<Diagnostic> {
    let value: serde_json::Value = match serde_json::from_str(&example.value) {
        Ok(value) => value,
        Err(error) => {
            let span = position(example, error.line(), error.column().max(1));
            let message = error.to_string();
            let message = message
                .split(" at line ")
                .next()
                .unwrap_or_default()
                .to_owned();
            return Some(
                invalid(span, format!("this example is no JSON: {message}"))
                    .help("show one whole body, without comments or dots"),
            );
        }
    };
    let Some(object) = value.as_object() else {
        return Some(
            invalid(start(example.span), "this example is no JSON object")
                .help("show the whole body: `{ … }`"),
        );
    };
    let known = |key: &String| expected.keys.contains(key);
    let foreign = !object.is_empty() && !expected.keys.is_empty() && !object.keys().any(known);
    foreign.then(|| {
        let keys: Vec<String> = object
            .keys()
            .take(3)
            .map(|key| format!("`{key}`"))
            .collect();
        invalid(
            start(example.span),
            format!(
                "no key of this example ({}) is in the table",
                keys.join(", ")
            ),
        )
        .help("move it to its operation, or mend the table")
    })
}

fn invalid(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::InvalidExample, span, message)
}

/// The first character.
fn start(span: Span) -> Span {
    Span {
        end: span.start.saturating_add(1),
        ..span
    }
}

/// The first line from byte `offset` of the example on.
fn within(example: &Located<String>, offset: usize) -> Span {
    let rest = example.value.get(offset..).unwrap_or_default();
    let length = rest.find(['>', '\n']).map_or(rest.len(), |at| at + 1);
    let from = u32::try_from(offset).unwrap_or(0);
    let length = u32::try_from(length.max(1)).unwrap_or(1);
    let start = example.span.start.saturating_add(from);
    Span {
        start,
        end: start.saturating_add(length),
        ..example.span
    }
}

/// One character, by line and column from one.
fn position(example: &Located<String>, line: usize, column: usize) -> Span {
    let mut offset = 0;
    for (at, text) in example.value.split_inclusive('\n').enumerate() {
        if at + 1 == line.max(1) {
            offset += text
                .char_indices()
                .nth(column.saturating_sub(1))
                .map_or(text.trim_end().len(), |(index, _)| index);
            break;
        }
        offset += text.len();
    }
    let from = u32::try_from(offset).unwrap_or(0);
    let start = example.span.start.saturating_add(from);
    Span {
        start,
        end: start.saturating_add(1),
        ..example.span
    }
}
