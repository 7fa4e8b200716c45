//! What the documents themselves say: imports, schemas, and markup that no contract keeps (Basic Profile
//! 1.1, §4.1, §4.2 and §4.7).

use super::super::{Report, Subject};
use crate::diagnostic::Diagnostics;
use crate::frontend::xml::{self, Attribute, Element};
use crate::namespace::{WSDL, WSDL_SOAP_11, WSDL_SOAP_12, XML_SCHEMA};
use crate::source::{DocumentId, Span};

const SOAP: [&str; 2] = [WSDL_SOAP_11, WSDL_SOAP_12];

/// Calls `visit` with the root of each WSDL that was read.
fn each(subject: &Subject<'_>, visit: &mut dyn FnMut(Element<'_>)) {
    for (document, text) in subject.sources.iter() {
        if !text.text.contains(WSDL) {
            continue;
        }
        let mut unread = Diagnostics::new();
        if let Some(tree) = xml::parse(subject.sources, document, &mut unread) {
            let root = Element::root(document, &tree);
            if root.is(WSDL, "definitions") {
                visit(root);
            }
        }
    }
}

fn imports(root: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    { root.children_in(WSDL) }.filter(|child| child.name() == "import")
}

/// Name and target namespace of the root of a document that an import leads to.
fn imported(subject: &Subject<'_>, base: DocumentId, location: &str) -> Option<(bool, String)> {
    let path = subject.sources.path_of(base, location).ok()?;
    let mut documents = subject.sources.iter();
    let (document, _) = documents.find(|(_, document)| document.path == path)?;
    let tree = xml::parse(subject.sources, document, &mut Diagnostics::new())?;
    let root = Element::root(document, &tree);
    let target = root.attribute("targetNamespace");
    let target = target.map(Attribute::trimmed).unwrap_or_default();
    Some((root.is(XML_SCHEMA, "schema"), target.to_owned()))
}

/// What an import says of what it leads to.
fn location<'e>(import: Element<'e>) -> Option<&'e str> {
    let location = import.attribute("location").map(Attribute::trimmed);
    location.filter(|location| !location.is_empty())
}

/// R2001.
pub(in super::super) fn imported_schemas(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |root| {
        for import in imports(root) {
            let Some(location) = location(import) else {
                continue;
            };
            if let Some((true, _)) = imported(subject, import.document(), location) {
                report(
                    import.span(),
                    format!("`{location}` is a schema, and wsdl:import is for WSDLs"),
                    "import it by xs:import, from a schema in wsdl:types".to_owned(),
                );
            }
        }
    });
}

/// R2005.
pub(in super::super) fn import_namespaces(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |root| {
        for import in imports(root) {
            let said = import
                .attribute("namespace")
                .map(Attribute::trimmed)
                .unwrap_or_default();
            let found = location(import).and_then(|at| imported(subject, import.document(), at));
            if let Some((false, target)) = found
                && target != said
            {
                report(
                    import.span(),
                    format!(
                        "the import says the namespace `{said}`, and what it leads to has `{target}`"
                    ),
                    "write the namespace of the imported WSDL".to_owned(),
                );
            }
        }
    });
}

/// R2007.
pub(in super::super) fn import_locations(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |root| {
        for import in imports(root).filter(|import| location(*import).is_none()) {
            report(
                import.span(),
                "the import does not say where the WSDL is".to_owned(),
                "add location=\"…\": tools know no other way to it".to_owned(),
            );
        }
    });
}

/// R2105.
pub(in super::super) fn schema_namespaces(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |root| {
        let types = root
            .children_in(WSDL)
            .filter(|child| child.name() == "types");
        for schema in types.flat_map(|types| types.children_in(XML_SCHEMA)) {
            let declares = |child: Element<'_>| !matches!(child.name(), "import" | "annotation");
            let target = schema.attribute("targetNamespace").map(Attribute::trimmed);
            if target.unwrap_or_default().is_empty() && schema.children_in(XML_SCHEMA).any(declares)
            {
                report(
                    schema.span(),
                    "this schema declares something, and has no target namespace".to_owned(),
                    "add targetNamespace=\"…\": what is in a body has to be in a namespace"
                        .to_owned(),
                );
            }
        }
    });
}

/// Elements of SOAP in the operations of bindings, each with the element of WSDL around it.
fn bound(root: Element<'_>, name: &str, visit: &mut dyn FnMut(Element<'_>, Element<'_>)) {
    let bindings = root
        .children_in(WSDL)
        .filter(|child| child.name() == "binding");
    for operation in bindings.flat_map(|binding| binding.children_in(WSDL)) {
        for around in operation.children_in(WSDL) {
            let is_soap = |child: &Element<'_>| SOAP.contains(&child.namespace());
            for child in around.children().filter(is_soap) {
                if child.name() == name {
                    visit(around, child);
                }
            }
        }
    }
}

/// Says in each document how often something is so, at the first place.
fn report_first(found: &[(Span, String)], help: &str, report: &mut Report<'_>) {
    if let Some((span, message)) = found.first() {
        let more = match found.len() - 1 {
            0 => String::new(),
            more => format!("; so are {more} more"),
        };
        report(*span, format!("{message}{more}"), help.to_owned());
    }
}

/// R2720.
pub(in super::super) fn header_parts(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |root| {
        let mut found = Vec::new();
        bound(root, "header", &mut |_, header| {
            if header.attribute("part").is_none() {
                found.push((
                    header.span(),
                    "a soap:header does not say its part".to_owned(),
                ));
            }
        });
        report_first(
            &found,
            "write part=\"…\", once for each part: there is no `parts`",
            report,
        );
    });
}

/// R2721.
pub(in super::super) fn fault_named(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |root| {
        let mut found = Vec::new();
        bound(root, "fault", &mut |_, fault| {
            if fault.attribute("name").is_none() {
                found.push((fault.span(), "a soap:fault has no name".to_owned()));
            }
        });
        report_first(&found, "write the name of the wsdl:fault around it", report);
    });
}

/// R2754.
pub(in super::super) fn fault_names(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |root| {
        let mut found = Vec::new();
        bound(root, "fault", &mut |around, fault| {
            let name = |element: Element<'_>| {
                let name = element.attribute("name").map(Attribute::trimmed);
                name.map(str::to_owned)
            };
            if let (Some(outer), Some(inner)) = (name(around), name(fault))
                && outer != inner
            {
                let message = format!(
                    "a soap:fault is called `{inner}`, and the wsdl:fault around it `{outer}`"
                );
                found.push((fault.span(), message));
            }
        });
        report_first(
            &found,
            "write the name of the port type's fault in both places",
            report,
        );
    });
}
