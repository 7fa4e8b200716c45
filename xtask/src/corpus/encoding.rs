//! The encodings of SOAP 1.1 (section 5) and 1.2 (part 2, section 3) in messages: elements that refer to
//! others, and what is the encoding's and not the data's.

use roxmltree::{Attribute, Node};

const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";
const SOAP_12_ENCODING: &str = "http://www.w3.org/2003/05/soap-encoding";

const SOAP_11_ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";
const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// The namespaces of drafts of XML Schema, whose built-in types old servers name.
const DRAFTS: [&str; 2] = [
    "http://www.w3.org/1999/XMLSchema",
    "http://www.w3.org/2000/10/XMLSchema",
];

/// The built-in type that a type of the encodings, or of a draft of XML Schema, is.
pub(crate) fn builtin<'a>(namespace: &'a str, local: &str) -> &'a str {
    let is_encoding = matches!(namespace, SOAP_11_ENCODING | SOAP_12_ENCODING);
    if is_encoding && local != "Array" || DRAFTS.contains(&namespace) {
        XML_SCHEMA
    } else {
        namespace
    }
}

/// Whether a type says no more than that a value is some array.
pub(crate) fn is_array(namespace: &str, local: &str) -> bool {
    local == "Array" && matches!(namespace, SOAP_11_ENCODING | SOAP_12_ENCODING)
}

/// The type and the size of an array, the prefix resolved; `None` for other attributes.
pub(crate) fn array_type(node: Node<'_, '_>, attribute: &Attribute<'_, '_>) -> Option<String> {
    let is_own = match attribute.namespace()? {
        SOAP_11_ENCODING => attribute.name() == "arrayType",
        SOAP_12_ENCODING => attribute.name() == "itemType",
        _ => false,
    };
    let value = attribute.value().trim();
    let (prefix, local) = value
        .split_once(':')
        .map_or((None, value), |(prefix, local)| (Some(prefix), local));
    let namespace = node.lookup_namespace_uri(prefix).unwrap_or_default();
    let item = local.split('[').next().unwrap_or_default();
    is_own.then(|| format!("{{{}}}{local}", builtin(namespace, item)))
}

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
