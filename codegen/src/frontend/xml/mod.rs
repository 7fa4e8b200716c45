//! XML documents for the schema and WSDL front ends: checked against limits, then read into a tree
//! with expanded names and spans.

mod element;
mod malformed;
mod scan;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use roxmltree::{Document, ParsingOptions};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{DocumentId, Sources, Span};

pub(crate) use element::{Attribute, Element, collapsed, is_ncname};
pub(crate) use malformed::instead;
use malformed::malformed;

/// Checks a document and reads it into a tree; `None`, with a diagnostic, if it is not XML within
/// the limits.
pub(crate) fn parse<'a>(
    sources: &'a Sources,
    document: DocumentId,
    diagnostics: &mut Diagnostics,
) -> Option<Document<'a>> {
    let source = sources.document(document);
    let text = source.text.as_str();
    if let Err(mut diagnostic) = scan::check(document, text) {
        if diagnostic.code == Code::MalformedXml {
            diagnostic.help = instead(text).map(str::to_owned);
        }
        diagnostics.push(*diagnostic);
        return None;
    }
    match read(text) {
        Ok(tree) => {
            if source.declaration_was_late {
                diagnostics.push(late_declaration(document));
            }
            Some(tree)
        }
        Err(error) => {
            diagnostics.push(malformed(document, text, &error));
            None
        }
    }
}

fn late_declaration(document: DocumentId) -> Diagnostic {
    Diagnostic::warning(
        Code::MalformedXml,
        Span::new(document, 0.."<?xml".len()),
        "white space before the XML declaration; it is passed over",
    )
    .help("remove what stands before `<?xml`")
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
    fn what_is_no_description_is_told_what_it_is() {
        let help = |text: &str| {
            let findings = findings(text);
            let help = findings.split_once("  = help: ").map(|(_, help)| help);
            help.unwrap_or_default().trim_end().to_owned()
        };
        let page = "this is a page for people: save what the service answers at its address with \
                    `?wsdl` behind it";
        assert_eq!(help("\n<!doctype HTML><html><p></html>"), page);
        assert_eq!(help("<html><br></html>"), page);
        assert_eq!(help(" \n"), "there is nothing in it: fetch it again");
        assert_eq!(
            help("<b>Notice</b><br/><?xml version='1.0'?><a/>"),
            "remove what stands before `<?xml`"
        );
        assert_eq!(
            help("404: Not Found"),
            "XML starts with `<`: look at what came in its place"
        );
        assert_eq!(help("<a></a>b"), "");
    }

    #[test]
    fn a_start_tag_that_nobody_closes_is_shown() {
        assert_eq!(
            findings("<a>\n <b c='1'>\n  <d/><e></e>\n</a>"),
            "error[malformed-xml]: not well-formed XML: expected 'b' tag, not 'a'\n \
             --> a.xsd:4:1\n  |\n4 | </a>\n  | ^\n \
             ::: a.xsd:2:2\n  |\n2 |  <b c='1'>\n  |  -- opened here\n  \
             = help: close it with </b>, or at once with />\n\n"
        );
    }

    #[test]
    fn white_space_before_the_declaration_is_told_and_passed_over() {
        let mut sources = Sources::default();
        let text = "\n\n<?xml version='1.0'?><a>\n<b/></a>";
        let id = sources.add("a.xsd", text).unwrap();
        let mut diagnostics = Diagnostics::new();
        let tree = parse(&sources, id, &mut diagnostics).unwrap();
        let b = tree.root_element().first_element_child().unwrap();
        assert_eq!(text.get(b.range()), Some("<b/>"));
        let findings = diagnostics.render(&sources);
        let expected = "warning[malformed-xml]: white space before the XML declaration";
        assert!(findings.starts_with(expected), "{findings}");
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
