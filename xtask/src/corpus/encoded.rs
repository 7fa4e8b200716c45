//! SOAP-encoded messages, brought into one form before they are compared: references replaced, members
//! sorted, items and members named as declared, types that are as declared not said.

use std::fmt::Write as _;

use roxmltree::{Attribute, Node};

use super::schema::{Declared, Schema, TypeId};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const RPC: &str = "http://www.w3.org/2003/05/soap-rpc";
const ENCODINGS: [&str; 2] = [
    "http://schemas.xmlsoap.org/soap/encoding/",
    "http://www.w3.org/2003/05/soap-encoding",
];
const ENVELOPES: [&str; 2] = [
    "http://schemas.xmlsoap.org/soap/envelope/",
    "http://www.w3.org/2003/05/soap-envelope",
];
/// References inside each other; more is a circle.
const DEPTH: usize = 100;

/// Whether the wrapper in a body says that it is encoded.
pub(crate) fn is_encoded(wrapper: Node<'_, '_>) -> bool {
    let mut styles = ENVELOPES
        .iter()
        .filter_map(|soap| wrapper.attribute((*soap, "encodingStyle")));
    styles.any(|style| {
        style
            .split_whitespace()
            .any(|style| ENCODINGS.contains(&style))
    })
}

/// Whether an attribute of a literal message is the `arrayType` of an array, and says no more than what
/// the array's type and its items do: WS-I's Basic Profile (R2113) has it left out.
pub(crate) fn is_redundant(
    schema: &Schema,
    type_: Option<TypeId>,
    array: Node<'_, '_>,
    attribute: &Attribute<'_, '_>,
) -> bool {
    let is_array_type =
        attribute.name() == "arrayType" && attribute.namespace() == Some(ENCODINGS[0]);
    let declared = type_
        .filter(|_| is_array_type)
        .and_then(|type_| schema.item(type_));
    let Some((_, item)) = declared else {
        return false;
    };
    let Some((name, size)) = attribute.value().trim().split_once('[') else {
        return false;
    };
    let (prefix, local) = name
        .split_once(':')
        .map_or((None, name), |(p, l)| (Some(p), l));
    let namespace = array.lookup_namespace_uri(prefix).unwrap_or_default();
    let items = array.children().filter(Node::is_element).count();
    schema.named(namespace, local) == Some(item.type_)
        && (size == "]" || size.strip_suffix(']') == Some(&items.to_string()))
}

/// A wrapper with its parts as a document.
pub(crate) fn plain(schema: &Schema, wrapper: Node<'_, '_>) -> String {
    let name = wrapper.tag_name();
    let namespace = name.namespace().unwrap_or_default();
    let mut out = String::new();
    let mut plain = Plain {
        schema,
        out: &mut out,
    };
    let declared = schema.root(namespace, name.name());
    plain.element(wrapper, declared.as_ref(), namespace, name.name(), 0);
    out
}

struct Plain<'a> {
    schema: &'a Schema,
    out: &'a mut String,
}

impl Plain<'_> {
    fn element(
        &mut self,
        node: Node<'_, '_>,
        declared: Option<&Declared>,
        namespace: &str,
        local: &str,
        depth: usize,
    ) {
        let node = target(node).filter(|_| depth < DEPTH).unwrap_or(node);
        let named = xsi_type(node)
            .filter(|(namespace, _)| !ENCODINGS.contains(&namespace.as_str()))
            .and_then(|(namespace, local)| self.schema.named(&namespace, &local));
        let type_ = named.or(declared.map(|declared| declared.type_));
        let says_more = declared.is_none_or(|declared| Some(declared.type_) != type_);
        let name = match namespace {
            "" => local.to_owned(),
            _ => format!("n:{local}"),
        };
        let _ = write!(self.out, "<{name}");
        if !namespace.is_empty() {
            self.attribute("xmlns:n", namespace);
        }
        for binding in node.namespaces() {
            if let Some(prefix) = binding
                .name()
                .filter(|prefix| !["n", "xml"].contains(prefix))
            {
                self.attribute(&format!("xmlns:{prefix}"), binding.uri());
            }
        }
        for (index, attribute) in node.attributes().enumerate() {
            let namespace = attribute.namespace().unwrap_or_default();
            let is_reference = namespace.is_empty() && ["id", "href"].contains(&attribute.name());
            let is_type = namespace == XSI && attribute.name() == "type";
            if is_reference
                || ENCODINGS.contains(&namespace)
                || ENVELOPES.contains(&namespace)
                || (is_type && !says_more)
            {
                continue;
            }
            if namespace.is_empty() {
                self.attribute(attribute.name(), attribute.value());
            } else {
                self.attribute(&format!("xmlns:a{index}"), namespace);
                self.attribute(&format!("a{index}:{}", attribute.name()), attribute.value());
            }
        }
        self.out.push('>');
        let children = node.children().filter(Node::is_element);
        let mut children: Vec<_> = children
            .filter(|n| n.tag_name() != (RPC, "result").into())
            .collect();
        let item = type_.and_then(|type_| self.schema.item(type_));
        if item.is_none() && type_.is_some() {
            children.sort_by_key(|child| child.tag_name().name());
        }
        for child in &children {
            let own = child.tag_name();
            let known = match (&item, type_) {
                (Some(item), _) => Some(item.clone()),
                (None, Some(type_)) => self.schema.member(type_, own.name()),
                (None, None) => None,
            };
            match known {
                Some(((namespace, local), declared)) => {
                    self.element(*child, Some(&declared), &namespace, &local, depth + 1);
                }
                None => {
                    let namespace = own.namespace().unwrap_or_default();
                    self.element(*child, None, namespace, own.name(), depth + 1);
                }
            }
        }
        if children.is_empty() {
            let texts = node.children().filter_map(|child| child.text());
            let text: String = texts.collect();
            self.out.push_str(&escaped(&text));
        }
        let _ = write!(self.out, "</{name}>");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, " {name}=\"{}\"", escaped(value));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn xsi_type(node: Node<'_, '_>) -> Option<(String, String)> {
    let name = node.attribute((XSI, "type"))?.trim();
    let (prefix, local) = match name.split_once(':') {
        Some((prefix, local)) => (Some(prefix), local),
        None => (None, name),
    };
    let namespace = node.lookup_namespace_uri(prefix).unwrap_or_default();
    Some((namespace.to_owned(), local.to_owned()))
}

/// The element that this one refers to.
fn target<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let href = node
        .attribute("href")
        .and_then(|href| href.strip_prefix('#'));
    let id = href.or_else(|| node.attribute((ENCODINGS[1], "ref")))?;
    let own = |node: &Node<'_, '_>| {
        node.attribute("id") == Some(id) || node.attribute((ENCODINGS[1], "id")) == Some(id)
    };
    let found = node.document().descendants().find(own)?;
    target(found).or(Some(found))
}
