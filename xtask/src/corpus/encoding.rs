//! The encodings of SOAP 1.1 (section 5) and 1.2 (part 2, section 3) in messages: elements that refer to
//! others, and what is the encoding's and not the data's.

use roxmltree::{Attribute, Node};

const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";
const SOAP_12_ENCODING: &str = "http://www.w3.org/2003/05/soap-encoding";

fn is_message(node: Node<'_, '_>) -> bool {
    let root = node.document().root_element().tag_name();
    root.name() == "Envelope" && matches!(root.namespace(), Some(SOAP_11 | SOAP_12))
}

/// The identity that an empty element refers to.
fn reference<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    {
        node.attribute("href")
            .and_then(|href| href.strip_prefix('#'))
    }
    .or_else(|| node.attribute((SOAP_12_ENCODING, "ref")))
    .filter(|_| !node.children().any(|child| child.is_element()))
}

fn identity<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    { node.attribute("id") }.or_else(|| node.attribute((SOAP_12_ENCODING, "id")))
}

/// Whether other elements of a message refer to this one.
pub(crate) fn is_target(node: Node<'_, '_>) -> bool {
    let referred = |id| {
        let mut others = node.document().descendants();
        others.any(|other| reference(other) == Some(id))
    };
    is_message(node) && identity(node).is_some_and(referred)
}

/// What stands for an element of a message: itself, unless it refers to another one.
pub(crate) fn target<'a>(node: Node<'a, 'a>) -> Node<'a, 'a> {
    let Some(id) = reference(node).filter(|_| is_message(node)) else {
        return node;
    };
    let mut others = node.document().descendants();
    others
        .find(|other| identity(*other) == Some(id))
        .unwrap_or(node)
}

/// Whether an attribute that no type declares belongs to the encoding.
pub(crate) fn is_own(node: Node<'_, '_>, attribute: &Attribute<'_, '_>) -> bool {
    match (attribute.namespace(), attribute.name()) {
        (Some(SOAP_11 | SOAP_12), name) => is_of_block(name) || name == "encodingStyle",
        (Some(SOAP_12_ENCODING), name) => matches!(name, "id" | "ref"),
        (None, "id") => is_target(node),
        _ => false,
    }
}

/// Whether an attribute tells who is to process a header block.
fn is_of_block(name: &str) -> bool {
    matches!(name, "mustUnderstand" | "actor" | "role" | "relay")
}
