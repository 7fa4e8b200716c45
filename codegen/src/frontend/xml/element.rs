//! Elements and attributes with expanded names and spans.

use std::ops::Range;

use roxmltree::{Node, NodeId};

use crate::contract::{QName, XML_SCHEMA};
use crate::namespace::{WSDL, XML};
use crate::source::{DocumentId, Span};

/// An element of a document.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    document: DocumentId,
    node: Node<'a, 'a>,
}

/// An attribute of an element.
#[derive(Clone, Copy)]
pub(crate) struct Attribute<'a> {
    /// The value, entities expanded, blanks as they stand.
    value: &'a str,
    /// The value without the quotes.
    span: Span,
}

impl<'a> Attribute<'a> {
    /// The value without blanks around it.
    pub(crate) fn trimmed(self) -> &'a str {
        let is_blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t' | b'\r' | b'\n'));
        let bytes = self.value.as_bytes();
        if is_blank(bytes.first()) || is_blank(bytes.last()) {
            self.value.trim_matches(BLANKS)
        } else {
            self.value
        }
    }

    /// The value as it stands.
    pub(crate) fn value(self) -> &'a str {
        self.value
    }

    /// The value, in the document.
    pub(crate) fn span(self) -> Span {
        self.span
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

impl<'a> Element<'a> {
    pub(super) fn new<'input: 'a>(document: DocumentId, node: Node<'a, 'input>) -> Self {
        Self { document, node }
    }

    /// The root element of a tree.
    pub(crate) fn root(document: DocumentId, tree: &'a roxmltree::Document<'_>) -> Self {
        Self::new(document, tree.root_element())
    }

    /// The place in the tree.
    pub(crate) fn id(self) -> NodeId {
        self.node.id()
    }

    /// The document it is in.
    pub(crate) fn document(self) -> DocumentId {
        self.document
    }

    /// The local name.
    pub(crate) fn name(self) -> &'a str {
        self.node.tag_name().name()
    }

    /// The namespace, empty for none.
    pub(crate) fn namespace(self) -> &'a str {
        self.node.tag_name().namespace().unwrap_or_default()
    }

    /// Whether it has this expanded name.
    pub(crate) fn is(self, namespace: &str, name: &str) -> bool {
        self.name() == name && self.is_in(namespace)
    }

    /// Whether it belongs to a namespace. What is in no namespace belongs to WSDL, where some forget
    /// to declare it: extensions are in a namespace of their own (WSDL 1.1 §2.1.3).
    pub(crate) fn is_in(self, namespace: &str) -> bool {
        let own = self.namespace();
        own == namespace || (own.is_empty() && namespace == WSDL)
    }

    /// The start tag's name in the document.
    pub(crate) fn span(self) -> Span {
        let range = self.node.range();
        let text = self.node.document().input_text();
        let tag = text.get(range.clone()).unwrap_or_default();
        let length = tag
            .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
            .unwrap_or(tag.len());
        Span::new(self.document, range.start..range.start + length)
    }

    /// The value of its `name` attribute in the document; without one, the start tag.
    pub(crate) fn name_span(self) -> Span {
        self.attribute("name").map_or(self.span(), |name| name.span)
    }

    /// The text of the whole element in the document.
    pub(crate) fn source(self) -> &'a str {
        let range: Range<usize> = self.node.range();
        self.node
            .document()
            .input_text()
            .get(range)
            .unwrap_or_default()
    }

    /// The attribute of this name in no namespace.
    pub(crate) fn attribute(self, name: &str) -> Option<Attribute<'a>> {
        self.find_attribute(None, name)
    }

    /// The attribute of this name in a namespace.
    pub(crate) fn attribute_in(self, namespace: &str, name: &str) -> Option<Attribute<'a>> {
        self.find_attribute(Some(namespace), name)
    }

    fn find_attribute(self, namespace: Option<&str>, name: &str) -> Option<Attribute<'a>> {
        self.node
            .attributes()
            .find(|attribute| attribute.name() == name && attribute.namespace() == namespace)
            .map(|attribute| Attribute {
                value: attribute.value(),
                span: Span::new(self.document, attribute.range_value()),
            })
    }

    /// The names of the attributes in a namespace, empty for none, with their places.
    pub(crate) fn attributes_of(self, namespace: &'a str) -> impl Iterator<Item = (&'a str, Span)> {
        self.named_attributes(namespace)
            .map(|(name, span, _)| (name, span))
    }

    /// The attributes in a namespace, empty for none: local names, their places, and all else.
    pub(crate) fn named_attributes(
        self,
        namespace: &'a str,
    ) -> impl Iterator<Item = (&'a str, Span, Attribute<'a>)> {
        let document = self.document;
        self.node
            .attributes()
            .filter(move |attribute| attribute.namespace().unwrap_or_default() == namespace)
            .map(move |attribute| {
                let own = Attribute {
                    value: attribute.value(),
                    span: Span::new(document, attribute.range_value()),
                };
                let name = Span::new(document, attribute.range_qname());
                (attribute.name(), name, own)
            })
    }

    /// The attributes, without declarations of namespaces.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (QName, &'a str)> {
        self.node.attributes().map(|attribute| {
            let namespace = attribute.namespace().unwrap_or_default();
            (QName::new(namespace, attribute.name()), attribute.value())
        })
    }

    /// Local names and values of the attributes of other namespaces than that of schemas.
    pub(crate) fn foreign_attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let attributes = { self.node.attributes() }.filter(|attribute| {
            let namespace = attribute.namespace().unwrap_or_default();
            !["", XML_SCHEMA].contains(&namespace)
        });
        attributes.map(|attribute| (attribute.name(), attribute.value()))
    }

    /// The element and all elements inside it, in document order.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Self> {
        self.node
            .descendants()
            .filter(Node::is_element)
            .map(move |node| Self::new(self.document, node))
    }

    /// The first text among the children that is more than blanks, without the blanks around it.
    pub(crate) fn stray_text(self) -> Option<Span> {
        self.node.children().filter(Node::is_text).find_map(|node| {
            let is_blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
            if node.text()?.bytes().all(is_blank) {
                return None;
            }
            let range = node.range();
            let source = self.node.document().input_text().get(range.clone())?;
            let blank = source.len() - source.trim_start_matches(BLANKS).len();
            let words = source.get(blank..)?.lines().next().unwrap_or_default();
            let start = range.start + blank;
            Some(Span::new(
                self.document,
                start..start + words.trim_end().len(),
            ))
        })
    }

    /// The child elements.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        self.node
            .children()
            .filter(Node::is_element)
            .map(move |node| Self::new(self.document, node))
    }

    /// Whether it is one of the child elements of another.
    pub(crate) fn is_child_of(self, parent: Self) -> bool {
        self.node.parent() == Some(parent.node)
    }

    /// The child elements in a namespace.
    pub(crate) fn children_in(self, namespace: &'a str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.is_in(namespace))
    }

    /// All text inside it, that of its descendants included.
    pub(crate) fn text(self) -> String {
        self.node
            .descendants()
            .filter(Node::is_text)
            .filter_map(|node| node.text())
            .collect()
    }

    /// The namespace bound to a prefix here; the empty prefix is the default namespace.
    pub(crate) fn namespace_of(self, prefix: &str) -> Option<&'a str> {
        match prefix {
            "xml" => Some(XML),
            "" => self.node.lookup_namespace_uri(None),
            _ => self.node.lookup_namespace_uri(Some(prefix)),
        }
    }

    /// All prefixes bound here.
    pub(crate) fn prefixes(self) -> impl Iterator<Item = &'a str> {
        self.node.namespaces().filter_map(|binding| binding.name())
    }

    /// The language of its text: the nearest `xml:lang`.
    pub(crate) fn language(self) -> Option<&'a str> {
        self.node.ancestors().find_map(|node| {
            node.attribute((XML, "lang"))
                .filter(|language| !language.is_empty())
        })
    }
}

/// Paragraphs of plain text: blanks collapse, empty lines separate paragraphs. `None` if nothing is
/// left.
pub(crate) fn collapsed(text: &str) -> Option<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_none() {
            open = false;
            continue;
        }
        if !open {
            paragraphs.push(String::new());
            open = true;
        }
        if let Some(paragraph) = paragraphs.last_mut() {
            for word in words {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(word);
            }
        }
    }
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}

/// Whether a name can be that of an element without a prefix (Namespaces in XML 1.0 §3, as far as
/// letters and digits go).
pub(crate) fn is_ncname(name: &str) -> bool {
    if let [first, rest @ ..] = name.as_bytes()
        && (first.is_ascii_alphabetic() || *first == b'_')
        && rest
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
    {
        return true;
    }
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|c| {
            c.is_alphanumeric()
                || matches!(c, '-' | '.' | '_' | '\u{B7}' | '\u{203F}' | '\u{2040}')
                || ('\u{300}'..='\u{36F}').contains(&c)
                || (!c.is_ascii() && !c.is_whitespace() && !c.is_control())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_paragraphs() {
        assert_eq!(
            collapsed("\n  One\n  line.\r\n \t\n  Two.\n").as_deref(),
            Some("One line.\n\nTwo.")
        );
        assert_eq!(collapsed(" \n\t"), None);
    }

    #[test]
    fn names() {
        for good in ["a", "_a", "a-b.c1", "élan", "名前"] {
            assert!(is_ncname(good), "{good}");
        }
        for bad in ["", "1a", "a:b", "a b", "-a", "a/b"] {
            assert!(!is_ncname(bad), "{bad}");
        }
    }
}
