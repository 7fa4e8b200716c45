//! XML documents for the schema and WSDL front ends: checked against limits, then read into a tree
//! with expanded names and spans.

mod element;
mod scan;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use roxmltree::{Document, ParsingOptions, TextPos};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{DocumentId, Sources, Span};

pub(crate) use element::{Attribute, Element, collapsed, is_ncname};

/// Checks a document and reads it into a tree; `None`, with a diagnostic, if it is not XML within
/// the limits.
pub(crate) fn parse<'a>(
    sources: &'a Sources,
    document: DocumentId,
    diagnostics: &mut Diagnostics,
) -> Option<Document<'a>> {
    let text = sources.document(document).text.as_str();
    if let Err(diagnostic) = scan::check(document, text) {
        diagnostics.push(*diagnostic);
        return None;
    }
    match read(text) {
        Ok(tree) => Some(tree),
        Err(error) => {
            diagnostics.push(malformed(document, text, &error));
            None
        }
    }
}

fn read(text: &str) -> Result<Document<'_>, roxmltree::Error> {
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: scan::NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options)
}

/// The trees of documents, each read once.
#[derive(Default)]
pub(crate) struct Trees<'a> {
    trees: BTreeMap<DocumentId, Document<'a>>,
}

impl<'a> Trees<'a> {
    /// The root element of a document, which is read as by [`parse`] unless its tree is there already.
    pub(crate) fn read(
        &mut self,
        sources: &'a Sources,
        document: DocumentId,
        diagnostics: &mut Diagnostics,
    ) -> Option<Element<'_>> {
        let tree = match self.trees.entry(document) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(room) => room.insert(parse(sources, document, diagnostics)?),
        };
        Some(Element::root(document, tree))
    }

    /// The root element of a document.
    pub(crate) fn root(&self, document: DocumentId) -> Option<Element<'_>> {
        Some(Element::root(document, self.trees.get(&document)?))
    }

    /// The element with this node id.
    pub(crate) fn element(
        &self,
        document: DocumentId,
        node: roxmltree::NodeId,
    ) -> Option<Element<'_>> {
        let tree = self.trees.get(&document)?;
        Some(Element::new(document, tree.get_node(node)?))
    }
}

fn malformed(document: DocumentId, text: &str, error: &roxmltree::Error) -> Diagnostic {
    use roxmltree::Error;
    let start = offset(text, error.pos());
    let name = |skip: usize| {
        let rest = text.get(start + skip..).unwrap_or_default();
        let length = rest
            .find(|c: char| c.is_whitespace() || "=<>/:;\"'".contains(c))
            .unwrap_or(rest.len());
        Span::new(document, start + skip..start + skip + length)
    };
    match error {
        Error::UnknownNamespace(prefix, _) => Diagnostic::error(
            Code::UnboundPrefix,
            name(usize::from(text[start..].starts_with('<'))),
            format!("the prefix `{prefix}` is not bound to a namespace"),
        )
        .help(format!("declare it: xmlns:{prefix}=\"…\"")),
        Error::UnknownEntityReference(entity, _) => Diagnostic::error(
            Code::MalformedXml,
            Span::new(document, start..start + entity.len() + 2),
            format!("the entity `{entity}` is not declared in this document"),
        )
        .help("external entities are never read: put the text in place of the reference"),
        Error::NodesLimitReached
        | Error::AttributesLimitReached
        | Error::NamespacesLimitReached => Diagnostic::error(
            Code::LimitExceeded,
            Span::new(document, 0..0),
            "more nodes, attributes or namespaces than one document may have",
        )
        .help("split the document"),
        _ => {
            let message = error.to_string();
            let message = message
                .rsplit_once(" at ")
                .map_or(message.as_str(), |(message, _)| message);
            Diagnostic::error(
                Code::MalformedXml,
                name(0),
                format!("not well-formed XML: {message}"),
            )
        }
    }
}

/// The byte at a row and column.
fn offset(text: &str, position: TextPos) -> usize {
    let row = usize::try_from(position.row).unwrap_or(1).max(1);
    let column = usize::try_from(position.col).unwrap_or(1).max(1);
    let line = text
        .split_inclusive('\n')
        .take(row - 1)
        .map(str::len)
        .sum::<usize>();
    let rest = text.get(line..).unwrap_or_default();
    line + rest
        .char_indices()
        .nth(column - 1)
        .map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> String {
        let mut sources = Sources::default();
        let id = sources.add("a.xsd", text).unwrap();
        let mut diagnostics = Diagnostics::new();
        assert!(parse(&sources, id, &mut diagnostics).is_none(), "{text}");
        diagnostics.render(&sources)
    }

    #[test]
    fn unbound_prefix_is_underlined() {
        assert_eq!(
            findings("<a>\n  <é/><x:b/>\n</a>"),
            "error[unbound-prefix]: the prefix `x` is not bound to a namespace\n \
             --> a.xsd:2:8\n  |\n2 |   <é/><x:b/>\n  |        ^\n  \
             = help: declare it: xmlns:x=\"…\"\n\n"
        );
    }

    #[test]
    fn entities_are_expanded_only_from_the_internal_subset() {
        let text = "<!DOCTYPE a [<!ENTITY e 'urn:e'>]><a xmlns='&e;'/>";
        let mut sources = Sources::default();
        let id = sources.add("a.xsd", text).unwrap();
        let mut diagnostics = Diagnostics::new();
        let tree = parse(&sources, id, &mut diagnostics).unwrap();
        assert_eq!(tree.root_element().tag_name().namespace(), Some("urn:e"));
        let outside = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>";
        assert!(findings(outside).contains("the entity `e` is not declared in this document"));
    }
}
