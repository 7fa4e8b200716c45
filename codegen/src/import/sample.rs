//! Samples of messages: XML and JSON as one kind of tree.

use crate::import::description::{Direction, Protocol};
use crate::namespace::{SOAP_ENVELOPE_11, SOAP_ENVELOPE_12};
use serde_json::Value;

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Text of an element: of any simple type.
    Text,
    String,
    Integer,
    Decimal,
    Boolean,
    Null,
    Record,
    /// A JSON array; its items are the children.
    Array,
}

/// An element or member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub name: String,
    pub namespace: Option<String>,
    pub shape: Shape,
    pub text: String,
    pub children: Vec<Node>,
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Payload {
    /// The version of SOAP, if it has an envelope.
    pub soap: Option<Protocol>,
    pub headers: Vec<Node>,
    /// The children of the body, the root element, or the JSON document.
    pub body: Vec<Node>,
    pub json: bool,
}

/// The largest sample that is looked into, in bytes.
const LARGEST: usize = 1 << 20;

/// Reads a sample; `None` if it is neither XML nor JSON.
pub(crate) fn read(text: &str) -> Option<Payload> {
    let text = text.trim();
    if text.len() > LARGEST {
        return None;
    }
    if text.starts_with('<') {
        return xml(text);
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let root = json("", &value, 0);
    Some(Payload {
        json: true,
        body: vec![root],
        ..Payload::default()
    })
}

fn xml(text: &str) -> Option<Payload> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: 100_000,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    let soap = match root.tag_name().namespace() {
        Some(SOAP_ENVELOPE_11) => Some(Protocol::Soap11),
        Some(SOAP_ENVELOPE_12) => Some(Protocol::Soap12),
        _ => None,
    };
    if root.tag_name().name() != "Envelope" || soap.is_none() {
        return Some(Payload {
            body: vec![element(root, 0)],
            ..Payload::default()
        });
    }
    let part = |name: &str| -> Vec<Node> {
        root.children()
            .filter(|child| child.tag_name().name() == name)
            .flat_map(|part| part.children().filter(roxmltree::Node::is_element))
            .map(|child| element(child, 0))
            .collect()
    };
    Some(Payload {
        soap,
        headers: part("Header"),
        body: part("Body"),
        json: false,
    })
}

const DEEPEST: usize = 100;

fn element(node: roxmltree::Node<'_, '_>, depth: usize) -> Node {
    let children: Vec<Node> = if depth < DEEPEST {
        node.children()
            .filter(roxmltree::Node::is_element)
            .map(|child| element(child, depth + 1))
            .collect()
    } else {
        Vec::new()
    };
    let nil = node
        .attributes()
        .any(|attribute| attribute.name() == "nil" && ["true", "1"].contains(&attribute.value()));
    let shape = match (nil, children.is_empty()) {
        (true, _) => Shape::Null,
        (false, true) => Shape::Text,
        (false, false) => Shape::Record,
    };
    let text = if children.is_empty() {
        node.text().unwrap_or_default().to_owned()
    } else {
        String::new()
    };
    Node {
        name: node.tag_name().name().to_owned(),
        namespace: node.tag_name().namespace().map(str::to_owned),
        shape,
        text,
        children,
    }
}

fn json(name: &str, value: &Value, depth: usize) -> Node {
    let (shape, text, children) = match value {
        Value::Null => (Shape::Null, String::new(), Vec::new()),
        Value::Bool(value) => (Shape::Boolean, value.to_string(), Vec::new()),
        Value::Number(number) => {
            let text = number.to_string();
            let integer = text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
            (
                if integer {
                    Shape::Integer
                } else {
                    Shape::Decimal
                },
                text,
                Vec::new(),
            )
        }
        Value::String(text) => (Shape::String, text.clone(), Vec::new()),
        _ if depth >= DEEPEST => (Shape::Record, String::new(), Vec::new()),
        Value::Array(items) => {
            let items = items.iter().map(|item| json("", item, depth + 1)).collect();
            (Shape::Array, String::new(), items)
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| json(name, value, depth + 1))
                .collect();
            (Shape::Record, String::new(), members)
        }
    };
    Node {
        name: name.to_owned(),
        namespace: None,
        shape,
        text,
        children,
    }
}

impl Payload {
    /// What the message is, as far as its root says so.
    pub(crate) fn direction(&self) -> Option<Direction> {
        let root = self.body.first()?;
        if root.name == "Fault" && self.soap.is_some() {
            return Some(Direction::Error(500));
        }
        let name = root.name.to_lowercase();
        if name.ends_with("response") || name.ends_with("result") {
            Some(Direction::Response)
        } else if name.ends_with("request") {
            Some(Direction::Request)
        } else {
            None
        }
    }
}

impl Node {
    /// The nodes of one record of what stands here: the members of all items together, where it is a list.
    pub(crate) fn members(&self) -> Vec<&Node> {
        let mut members: Vec<&Node> = Vec::new();
        let sources: Vec<&Node> = if self.shape == Shape::Array {
            self.children.iter().collect()
        } else {
            vec![self]
        };
        for source in sources {
            let mut at = 0;
            for child in &source.children {
                match members.iter().position(|known| known.name == child.name) {
                    // A value tells more than nil.
                    Some(known) => {
                        if members[known].shape == Shape::Null {
                            members[known] = child;
                        }
                        at = known + 1;
                    }
                    None => {
                        members.insert(at, child);
                        at += 1;
                    }
                }
            }
        }
        members
    }

    /// The name of the items, if all children have one name and there are several, or the children are
    /// one record.
    pub(crate) fn item_name(&self) -> Option<&str> {
        let first = self.children.first()?;
        let same = self.children.iter().all(|child| child.name == first.name);
        (same && !first.name.is_empty()).then_some(first.name.as_str())
    }
}
