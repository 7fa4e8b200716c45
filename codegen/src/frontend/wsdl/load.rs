//! Which WSDL documents belong together: imports are opened until none is left.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use roxmltree::NodeId;

use crate::contract::QName;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::frontend::names::{Kind, Names};
use crate::frontend::xml::{Attribute, Element, Trees, instead};
use crate::frontend::xsd;
use crate::namespace::{WSDL, XML_SCHEMA};
use crate::source::{DocumentId, SourceError, Sources, Span};

/// One `wsdl:definitions`.
#[derive(Clone)]
pub(super) struct Definitions {
    pub(super) document: DocumentId,
    pub(super) node: NodeId,
    pub(super) target: Arc<str>,
}

/// A `wsdl:import`.
struct Import {
    base: DocumentId,
    namespace: Option<String>,
    location: Option<String>,
    span: Span,
}

/// All WSDL documents of one run, in the order in which they were met.
#[derive(Default)]
pub(super) struct Load {
    definitions: Vec<Definitions>,
    seen: BTreeSet<DocumentId>,
    queue: VecDeque<Import>,
}

impl Load {
    /// Adds a WSDL document with its schemas, or a schema document.
    pub(super) fn document<'s>(
        &mut self,
        document: DocumentId,
        sources: &'s Sources,
        trees: &mut Trees<'s>,
        schemas: &mut xsd::Load,
        diagnostics: &mut Diagnostics,
    ) {
        if !self.seen.insert(document) {
            return;
        }
        let Some(root) = trees.read(sources, document, diagnostics) else {
            return;
        };
        match (root.namespace(), root.name()) {
            _ if root.is(WSDL, "definitions") => {
                without_namespace(root, diagnostics);
                self.add(root, schemas, diagnostics);
            }
            (_, "schema") => schemas.document(document, sources, trees, diagnostics),
            (_, "description") => diagnostics.push(
                Diagnostic::error(Code::Unsupported, root.span(), "WSDL 2.0 is not read")
                    .help("ask the provider for a description in WSDL 1.1"),
            ),
            _ => diagnostics.push(
                Diagnostic::error(
                    Code::UnknownInput,
                    root.span(),
                    format!(
                        "`{}` is neither the root of a WSDL nor of a schema",
                        root.name()
                    ),
                )
                .help(match root.name() {
                    "Envelope" => {
                        "this is an answer of a service, maybe a fault: fetch the description"
                    }
                    _ => instead(&sources.document(document).text).unwrap_or(
                        "a WSDL starts with wsdl:definitions in http://schemas.xmlsoap.org/wsdl/, a \
                         schema with xs:schema in http://www.w3.org/2001/XMLSchema",
                    ),
                }),
            ),
        }
    }

    /// Opens what the documents import, and what that imports.
    pub(super) fn follow<'s>(
        &mut self,
        sources: &'s Sources,
        trees: &mut Trees<'s>,
        schemas: &mut xsd::Load,
        diagnostics: &mut Diagnostics,
    ) {
        while let Some(import) = self.queue.pop_front() {
            let location = import.location.as_deref();
            let found = sources.open_import(import.base, import.namespace.as_deref(), location);
            match found.or_else(|failure| sources.open_beside(import.base, location, failure)) {
                Ok(Some(document)) => self.document(document, sources, trees, schemas, diagnostics),
                Ok(None) => diagnostics.push(
                    Diagnostic::warning(
                        Code::UnresolvedImport,
                        import.span,
                        "the import gives no location",
                    )
                    .help("add location=\"…\", or name the namespace in a catalog"),
                ),
                Err(error) => diagnostics.push(missing(&import, &error)),
            }
        }
    }

    pub(super) fn definitions(&self) -> &[Definitions] {
        &self.definitions
    }

    /// Collects the names of all messages, port types and bindings.
    pub(super) fn names(&self, trees: &Trees<'_>, names: &mut Names) {
        for definitions in &self.definitions {
            let Some(root) = trees.element(definitions.document, definitions.node) else {
                continue;
            };
            for child in root.children_in(WSDL) {
                let kind = match child.name() {
                    "message" => Kind::Message,
                    "portType" => Kind::PortType,
                    "binding" => Kind::Binding,
                    _ => continue,
                };
                if let Some(name) = child.attribute("name") {
                    names.add_component(
                        kind,
                        QName::new(definitions.target.clone(), name.trimmed()),
                    );
                }
            }
        }
    }

    fn add(&mut self, root: Element<'_>, schemas: &mut xsd::Load, diagnostics: &mut Diagnostics) {
        let target = root
            .attribute("targetNamespace")
            .map_or("", Attribute::trimmed);
        self.definitions.push(Definitions {
            document: root.document(),
            node: root.id(),
            target: Arc::from(target),
        });
        misplaced_schemas(root, diagnostics);
        schemas.inline(root.document(), xsd::wsdl_outlines(root), diagnostics);
        for import in root
            .children_in(WSDL)
            .filter(|child| child.name() == "import")
        {
            let text = |name| {
                import
                    .attribute(name)
                    .map(|attribute| attribute.trimmed().to_owned())
                    .filter(|value| !value.is_empty())
            };
            self.queue.push_back(Import {
                base: root.document(),
                namespace: text("namespace"),
                // What XML Schema calls it is written here by mistake, and meant.
                location: text("location").or_else(|| text("schemaLocation")),
                span: import
                    .attribute("location")
                    .or_else(|| import.attribute("namespace"))
                    .map_or(import.span(), Attribute::span),
            });
        }
    }
}

/// Elements of WSDL, as far as a description does not work without them.
const ELEMENTS: [&str; 9] = [
    "definitions",
    "import",
    "types",
    "message",
    "portType",
    "binding",
    "service",
    "operation",
    "port",
];

/// Warns of the first element of WSDL that is in no namespace.
fn without_namespace(root: Element<'_>, diagnostics: &mut Diagnostics) {
    let found = root
        .descendants()
        .find(|element| element.namespace().is_empty() && ELEMENTS.contains(&element.name()));
    if let Some(element) = found {
        diagnostics.push(
            Diagnostic::warning(
                Code::UnexpectedMarkup,
                element.span(),
                format!(
                    "`{}` is in no namespace; it is read as WSDL",
                    element.name()
                ),
            )
            .help(format!("declare the namespace of WSDL: xmlns=\"{WSDL}\"")),
        );
    }
}

/// Warns of schemas outside `types`, and of what is called a schema there and is none of XML Schema.
fn misplaced_schemas(root: Element<'_>, diagnostics: &mut Diagnostics) {
    for schema in xsd::wsdl_schemas(root).filter(|schema| schema.is_child_of(root)) {
        diagnostics.push(
            Diagnostic::warning(
                Code::UnexpectedMarkup,
                schema.span(),
                "a schema outside wsdl:types; it is read as if it stood there",
            )
            .help("put wsdl:types around it"),
        );
    }
    let types = { root.children_in(WSDL) }.filter(|child| child.name() == "types");
    let schemas = types.flat_map(Element::children);
    let others = schemas.filter(|child| child.name() == "schema" && !xsd::is_schema_markup(*child));
    for other in others.filter(|schema| schema.namespace() != XML_SCHEMA) {
        diagnostics.push(
            Diagnostic::warning(
                Code::Unsupported,
                other.span(),
                format!(
                    "schemas of `{}` are not read; what this one declares is missing",
                    other.namespace()
                ),
            )
            .help(format!("XML Schema has the namespace {XML_SCHEMA}")),
        );
    }
}

fn missing(import: &Import, error: &SourceError) -> Diagnostic {
    let message = format!("the imported document is not at hand: {error}");
    match error {
        SourceError::OutsideRoots(_) => {
            Diagnostic::error(Code::UnresolvedImport, import.span, message)
                .help("keep the documents of one service below one directory")
        }
        _ => Diagnostic::warning(Code::UnresolvedImport, import.span, message)
            .help("save it beside this document, or name the file in a catalog"),
    }
}
