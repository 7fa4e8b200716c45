//! What in messages is SOAP's and not the data's: attributes of header blocks and of the encodings, and
//! the encodings' names for built-in types.

use roxmltree::{Attribute, Node};

const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";
const SOAP_12_ENCODING: &str = "http://www.w3.org/2003/05/soap-encoding";
const SOAP_12_RPC: &str = "http://www.w3.org/2003/05/soap-rpc";

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

/// Whether an attribute that no type declares belongs to SOAP.
pub(crate) fn is_own(attribute: &Attribute<'_, '_>) -> bool {
    match (attribute.namespace(), attribute.name()) {
        (Some(SOAP_11 | SOAP_12), name) => is_of_block(name) || name == "encodingStyle",
        _ => false,
    }
}

/// Whether an attribute says how a SOAP 1.2 encoded graph is written, which may be done in several ways
/// for one graph: its ids, and what its arrays say of their items (SOAP 1.2 Adjuncts §3.1).
pub(crate) fn is_of_graph(attribute: &Attribute<'_, '_>) -> bool {
    attribute.namespace() == Some(SOAP_12_ENCODING)
}

/// Whether an element names the one that is the result of a call (SOAP 1.2 Adjuncts §4.2.1): the
/// contract says so, too.
pub(crate) fn is_result(node: Node<'_, '_>) -> bool {
    node.has_tag_name((SOAP_12_RPC, "result"))
}

/// Whether an attribute tells who is to process a header block.
fn is_of_block(name: &str) -> bool {
    matches!(name, "mustUnderstand" | "actor" | "role" | "relay")
}
