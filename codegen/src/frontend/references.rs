//! Which other documents a WSDL or schema refers to, without opening them.

use super::names::DRAFTS;
use super::xml::{self, Element};
use super::xsd;
use crate::contract::XML_SCHEMA;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::namespace::WSDL;
use crate::source::{DocumentId, Sources, Span};

/// The kinds of document that refer to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `wsdl:definitions`.
    Wsdl,
    /// `xs:schema`.
    Schema,
}

/// What a document says about itself and others.
#[derive(Debug)]
pub(crate) struct Outline {
    pub(crate) kind: Kind,
    /// The target namespace, empty for none.
    pub(crate) target: String,
    pub(crate) references: Vec<Reference>,
}

/// An import, include, redefinition or override that gives a location.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// As written, without blanks around it.
    pub(crate) location: String,
    /// The place of the location.
    pub(crate) span: Span,
    /// Whether other documents may mean the same document by its namespace alone.
    pub(crate) import: bool,
    /// Whether the front ends get on without the document.
    pub(crate) at_hand: bool,
}

/// Reads what a document refers to; `None`, with a diagnostic, if it is neither a WSDL nor a schema.
pub(crate) fn outline(
    sources: &Sources,
    document: DocumentId,
    diagnostics: &mut Diagnostics,
) -> Option<Outline> {
    let tree = xml::parse(sources, document, diagnostics)?;
    let root = Element::root(document, &tree);
    let own = root.children();
    let (kind, references) = if is_schema(root) {
        (Kind::Schema, own.filter_map(reference).collect())
    } else if root.is(WSDL, "definitions") {
        let schemas = xsd::wsdl_schemas(root).flat_map(Element::children);
        let references = own
            .filter(|child| child.is_in(WSDL))
            .chain(schemas)
            .filter_map(reference);
        (Kind::Wsdl, references.collect())
    } else {
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownInput,
                root.span(),
                format!(
                    "`{}` is the root of neither a WSDL nor a schema",
                    root.name()
                ),
            )
            .help(
                "a page for people or a form to sign in may have come in its place: look at the \
                 address with a browser",
            ),
        );
        return None;
    };
    let target = root
        .attribute("targetNamespace")
        .map_or_else(String::new, |target| target.trimmed().to_owned());
    Some(Outline {
        kind,
        target,
        references,
    })
}

fn is_schema_markup(element: Element<'_>) -> bool {
    element.namespace() == XML_SCHEMA || DRAFTS.contains(&element.namespace())
}

fn is_schema(element: Element<'_>) -> bool {
    element.name() == "schema" && is_schema_markup(element)
}

fn reference(child: Element<'_>) -> Option<Reference> {
    let (import, names): (bool, &[&str]) = match child.name() {
        // What XML Schema calls it is written in WSDLs by mistake, and meant.
        "import" if child.is_in(WSDL) => (true, &["location", "schemaLocation"]),
        "import" if is_schema_markup(child) => (true, &["schemaLocation"]),
        "include" | "redefine" | "override" if is_schema_markup(child) => {
            (false, &["schemaLocation"])
        }
        _ => return None,
    };
    let location = names
        .iter()
        .filter_map(|name| child.attribute(name))
        .find(|location| !location.trimmed().is_empty())?;
    let namespace = child.attribute("namespace").map_or("", |n| n.trimmed());
    Some(Reference {
        location: location.trimmed().to_owned(),
        span: location.span(),
        import,
        at_hand: import && is_schema_markup(child) && xsd::is_at_hand(namespace),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locations(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let document = sources.add("a.wsdl", text).unwrap();
        let outline = outline(&sources, document, &mut Diagnostics::new()).unwrap();
        outline
            .references
            .into_iter()
            .map(|reference| reference.location)
            .collect()
    }

    #[test]
    fn finds_all_references_and_nothing_in_annotations() {
        let schema = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a">
            <xs:import namespace="urn:b" schemaLocation=" b.xsd "/><xs:import namespace="urn:c"/>
            <xs:include schemaLocation="c.xsd"/><xs:redefine schemaLocation="d.xsd"/>
            <xs:override schemaLocation="e.xsd"/>
            <xs:annotation><xs:appinfo><xs:include schemaLocation="no.xsd"/></xs:appinfo></xs:annotation>
            <x:include xmlns:x="urn:x" schemaLocation="no.xsd"/>
            </xs:schema>"#;
        let expected = ["b.xsd", "c.xsd", "d.xsd", "e.xsd"];
        assert_eq!(locations(schema), expected);
        let wsdl = format!(
            "<w:definitions xmlns:w='{WSDL}'><w:import location='a'/><w:import schemaLocation='b'/>\
             <w:types>{schema}</w:types></w:definitions>"
        );
        assert_eq!(locations(&wsdl), [&["a", "b"], &expected[..]].concat());
    }

    #[test]
    fn a_page_for_people_is_refused() {
        let mut sources = Sources::default();
        let document = sources.add("a.wsdl", "<html><body/></html>").unwrap();
        let mut diagnostics = Diagnostics::new();
        assert!(outline(&sources, document, &mut diagnostics).is_none());
        let report = diagnostics.render(&sources);
        assert!(
            report.starts_with(
                "error[unknown-input]: `html` is the root of neither a WSDL nor a schema\n \
                 --> a.wsdl:1:1"
            ),
            "{report}"
        );
    }
}
