//! Which schema documents belong together: imports, includes, redefinitions and overrides are
//! opened until none is left.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use roxmltree::NodeId;

use super::native;
use crate::contract::{QName, XML_SCHEMA};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::frontend::names::{DRAFTS, Kind, Names};
use crate::frontend::xml::{self, Element, Trees};
use crate::namespace::WSDL;
use crate::source::{DocumentId, SourceError, Sources, Span};

/// How often schemas without a namespace may be read again for another namespace.
const CHAMELEONS: usize = 256;

/// One `xs:schema`, as one target namespace sees it.
#[derive(Clone, Debug)]
pub(super) struct Schema {
    pub(super) document: DocumentId,
    pub(super) node: NodeId,
    /// The target namespace, its own or that of who includes it.
    pub(super) target: Arc<str>,
    /// Whether the target namespace is that of who includes it.
    pub(super) chameleon: bool,
}

/// What a schema says about another document.
struct Link {
    kind: LinkKind,
    namespace: Option<String>,
    location: Option<String>,
    span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LinkKind {
    Import,
    /// `include`, `redefine` or `override`.
    Include,
}

/// A schema with its links, before the documents they lead to are opened.
pub(in crate::frontend) struct Outline {
    node: NodeId,
    target: Option<String>,
    links: Vec<Link>,
}

/// How a schema came to be opened.
#[derive(Clone)]
enum Expected {
    Anything,
    /// Imported for this namespace.
    Namespace(String, Span),
    /// Included into this target namespace.
    Included(Arc<str>, Span),
}

/// An import or include that led nowhere.
struct Missing {
    namespace: String,
    located: bool,
    diagnostic: Diagnostic,
}

/// All schemas of one run, in the order in which they were met.
#[derive(Default)]
pub(in crate::frontend) struct Load {
    schemas: Vec<Schema>,
    targets: BTreeSet<Arc<str>>,
    chameleons: usize,
    seen: BTreeSet<(DocumentId, u32, Arc<str>)>,
    outlines: BTreeMap<DocumentId, Arc<[Outline]>>,
    queue: VecDeque<(DocumentId, Link, Arc<str>)>,
    missing: Vec<Missing>,
}

impl Load {
    /// Adds the schema, or the schemas of the WSDL, in a document.
    pub(in crate::frontend) fn document<'s>(
        &mut self,
        document: DocumentId,
        sources: &'s Sources,
        trees: &mut Trees<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        self.open(document, &Expected::Anything, sources, trees, diagnostics);
    }

    /// Adds the schemas of a document that is parsed already.
    pub(in crate::frontend) fn inline(
        &mut self,
        document: DocumentId,
        outlines: Vec<Outline>,
        diagnostics: &mut Diagnostics,
    ) {
        self.outlines.insert(document, Arc::from(outlines));
        self.add_all(document, &Expected::Anything, diagnostics);
    }

    /// Opens what the schemas refer to, and what that refers to.
    pub(in crate::frontend) fn follow<'s>(
        &mut self,
        sources: &'s Sources,
        trees: &mut Trees<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        while let Some((base, link, target)) = self.queue.pop_front() {
            let namespace = match link.kind {
                LinkKind::Import => link.namespace.clone().unwrap_or_default(),
                LinkKind::Include => target.to_string(),
            };
            if link.kind == LinkKind::Import && native::is_known(&namespace) {
                continue;
            }
            let by_namespace = (link.kind == LinkKind::Import
                && !self.targets.contains(namespace.as_str()))
            .then_some(namespace.as_str());
            let location = link.location.as_deref();
            let mut found = sources.open_import(base, by_namespace, location);
            // What is there already need not be looked for.
            if link.kind == LinkKind::Include || by_namespace.is_some() {
                found = found.or_else(|failure| sources.open_beside(base, location, failure));
            }
            match found {
                Ok(Some(document)) => {
                    let expected = match link.kind {
                        LinkKind::Import => Expected::Namespace(namespace, link.span),
                        LinkKind::Include => Expected::Included(target, link.span),
                    };
                    self.open(document, &expected, sources, trees, diagnostics);
                }
                Ok(None) => self.miss(&link, namespace, None, diagnostics),
                Err(error) => self.miss(&link, namespace, Some(&error), diagnostics),
            }
        }
    }

    pub(super) fn schemas(&self) -> &[Schema] {
        &self.schemas
    }

    /// Collects the names of all global components.
    pub(in crate::frontend) fn names(&self, trees: &Trees<'_>, names: &mut Names) {
        for schema in &self.schemas {
            names.add_namespace(schema.target.clone());
            let Some(element) = trees.element(schema.document, schema.node) else {
                continue;
            };
            for child in element.children().filter(|child| is_schema_markup(*child)) {
                if ["redefine", "override"].contains(&child.name()) {
                    for component in child.children() {
                        add_name(component, &schema.target, names);
                    }
                } else {
                    add_name(child, &schema.target, names);
                }
            }
        }
    }

    /// Reports what led nowhere and is not there by another way. An import without a location is
    /// only worth a word if something of its namespace is `used`.
    pub(in crate::frontend) fn report(
        self,
        used: BTreeSet<Arc<str>>,
        names: &Names,
        diagnostics: &mut Diagnostics,
    ) {
        for missing in self.missing {
            let known =
                names.has_namespace(&missing.namespace) || native::is_at_hand(&missing.namespace);
            if !known && (missing.located || used.contains(missing.namespace.as_str())) {
                diagnostics.push(missing.diagnostic);
            }
        }
    }

    fn miss(
        &mut self,
        link: &Link,
        namespace: String,
        error: Option<&SourceError>,
        diagnostics: &mut Diagnostics,
    ) {
        let what = match link.kind {
            LinkKind::Import if namespace.is_empty() => "the imported schema".to_owned(),
            LinkKind::Import => format!("the schema of `{namespace}`"),
            LinkKind::Include => "the included schema".to_owned(),
        };
        let reason = error.map_or_else(
            || "the import gives no location".to_owned(),
            ToString::to_string,
        );
        let message = format!("{what} is not at hand: {reason}");
        if let Some(SourceError::OutsideRoots(_)) = error {
            diagnostics.push(
                Diagnostic::error(Code::UnresolvedImport, link.span, message)
                    .help("keep the documents of one service below one directory"),
            );
            return;
        }
        let diagnostic = Diagnostic::warning(Code::UnresolvedImport, link.span, message)
            .help("save it beside this document, or name the file in a catalog");
        if link.kind == LinkKind::Include {
            diagnostics.push(diagnostic);
        } else {
            self.missing.push(Missing {
                namespace,
                located: link.location.is_some(),
                diagnostic,
            });
        }
    }

    fn open<'s>(
        &mut self,
        document: DocumentId,
        expected: &Expected,
        sources: &'s Sources,
        trees: &mut Trees<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        self.outlines.entry(document).or_insert_with(|| {
            let mut found = Diagnostics::new();
            let root = trees.read(sources, document, &mut found);
            for diagnostic in found.iter() {
                diagnostics.push(excused(diagnostic, expected, sources));
            }
            Arc::from(root.map_or_else(Vec::new, |root| {
                document_outlines(root, expected, diagnostics)
            }))
        });
        self.add_all(document, expected, diagnostics);
    }

    fn add_all(
        &mut self,
        document: DocumentId,
        expected: &Expected,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(outlines) = self.outlines.get(&document).cloned() else {
            return;
        };
        for outline in outlines.iter() {
            self.add(document, outline, expected, diagnostics);
        }
    }

    fn add(
        &mut self,
        document: DocumentId,
        outline: &Outline,
        expected: &Expected,
        diagnostics: &mut Diagnostics,
    ) {
        let own = outline.target.as_deref();
        let mut target = Arc::from(own.unwrap_or_default());
        let mut chameleon = false;
        match (expected, own) {
            (Expected::Included(into, _), None) if !into.is_empty() => {
                target = into.clone();
                chameleon = true;
            }
            (Expected::Included(into, span), Some(own)) if **into != *own => {
                diagnostics.push(
                    Diagnostic::warning(
                        Code::UnexpectedMarkup,
                        *span,
                        format!(
                            "the included schema has another target namespace, `{own}`; it is \
                             imported instead"
                        ),
                    )
                    .rule("src-include.2.1")
                    .help("use xs:import for a schema of another namespace"),
                );
            }
            // A WSDL holds schemas of several namespaces, and one of them may be meant.
            (Expected::Namespace(namespace, span), own)
                if namespace != own.unwrap_or_default()
                    && self
                        .outlines
                        .get(&document)
                        .is_some_and(|all| all.len() == 1) =>
            {
                let own = own.map_or("none".to_owned(), |own| format!("`{own}`"));
                diagnostics.push(
                    Diagnostic::warning(
                        Code::UnresolvedImport,
                        *span,
                        format!(
                            "the schema here has the target namespace {own}, not `{namespace}`; it \
                             is read as it is"
                        ),
                    )
                    .rule("src-import.3")
                    .help("correct the namespace or the location of the import"),
                );
            }
            _ => {}
        }
        if !self
            .seen
            .insert((document, outline.node.get(), target.clone()))
        {
            return;
        }
        self.chameleons += usize::from(chameleon);
        if let (true, Expected::Included(_, span)) = (self.chameleons > CHAMELEONS, expected) {
            diagnostics.push(
                Diagnostic::error(
                    Code::LimitExceeded,
                    *span,
                    format!(
                        "more than {CHAMELEONS} schemas without a namespace included elsewhere"
                    ),
                )
                .help("give the included schemas a namespace of their own, and import them"),
            );
            return;
        }
        self.targets.insert(target.clone());
        self.schemas.push(Schema {
            document,
            node: outline.node,
            target: target.clone(),
            chameleon,
        });
        for link in &outline.links {
            let link = Link {
                kind: link.kind,
                namespace: link.namespace.clone(),
                location: link.location.clone(),
                span: link.span,
            };
            self.queue.push_back((document, link, target.clone()));
        }
    }
}

/// What is imported and no XML at all may be a page for people in place of a schema: whoever needs
/// its components hears of them.
fn excused(diagnostic: &Diagnostic, expected: &Expected, sources: &Sources) -> Diagnostic {
    let mut diagnostic = diagnostic.clone();
    let (Expected::Namespace(_, import) | Expected::Included(_, import)) = expected else {
        return diagnostic;
    };
    let is_schema = sources
        .of(diagnostic.span)
        .is_none_or(|document| document.text.contains("XMLSchema"));
    if !is_schema {
        diagnostic.rule = Some(match expected {
            Expected::Included(..) => "src-include.1",
            _ => "src-import.2",
        });
        diagnostic.severity = Severity::Warning;
        diagnostic.message += "; it is no schema, and left out";
        diagnostic
            .related
            .push((*import, "asked for here".to_owned()));
    }
    diagnostic
}

/// Whether an element is of XML Schema, or of one of its drafts, and is not for another version of
/// it.
pub(in crate::frontend) fn is_schema_markup(element: Element<'_>) -> bool {
    (element.namespace() == XML_SCHEMA || DRAFTS.contains(&element.namespace()))
        && is_for_this_version(element)
}

/// Conditional inclusion (XML Schema 1.1 Structures §4.2.2): this front end reads version 1.1.
fn is_for_this_version(element: Element<'_>) -> bool {
    const VERSIONING: &str = "http://www.w3.org/2007/XMLSchema-versioning";
    const VERSION: f64 = 1.1;
    let version = |name| {
        let written = element.attribute_in(VERSIONING, name)?;
        written.trimmed().parse::<f64>().ok()
    };
    version("minVersion").is_none_or(|least| least <= VERSION)
        && version("maxVersion").is_none_or(|over| over > VERSION)
}

/// The schemas of a document, be it a schema or a WSDL.
fn document_outlines(
    root: Element<'_>,
    expected: &Expected,
    diagnostics: &mut Diagnostics,
) -> Vec<Outline> {
    if root.name() == "schema" && is_schema_markup(root) {
        return vec![outline(root)];
    }
    if root.is(WSDL, "definitions") {
        return wsdl_outlines(root);
    }
    let message = format!("`{}` is not the root of a schema", root.name());
    let diagnostic = match expected {
        Expected::Anything => Diagnostic::error(Code::UnknownInput, root.span(), message),
        // What is imported may be a page for people in place of a schema that is not needed.
        Expected::Namespace(_, import) | Expected::Included(_, import) => Diagnostic::warning(
            Code::UnknownInput,
            root.span(),
            format!("{message}; it is left out"),
        )
        .related(*import, "asked for here")
        .rule(match expected {
            Expected::Included(..) => "src-include.1",
            _ => "src-import.2",
        }),
    };
    diagnostics.push(
        diagnostic.help("a schema starts with xs:schema in http://www.w3.org/2001/XMLSchema"),
    );
    Vec::new()
}

/// The schemas in the `types` of a WSDL, and those that stand beside it.
pub(in crate::frontend) fn wsdl_outlines(definitions: Element<'_>) -> Vec<Outline> {
    wsdl_schemas(definitions).map(outline).collect()
}

/// The schemas of a WSDL. Some forget `types` around them: in XML Schema's namespace, they mean nothing
/// else there.
pub(in crate::frontend) fn wsdl_schemas(
    definitions: Element<'_>,
) -> impl Iterator<Item = Element<'_>> {
    definitions
        .children()
        .flat_map(|child| {
            let types = child.is(WSDL, "types").then_some(child);
            let own = types.is_none().then_some(child);
            types.into_iter().flat_map(Element::children).chain(own)
        })
        .filter(|child| child.name() == "schema" && is_schema_markup(*child))
}

fn outline(schema: Element<'_>) -> Outline {
    let attribute = |element: Element<'_>, name| {
        element
            .attribute(name)
            .map(|attribute| attribute.trimmed().to_owned())
            .filter(|value| !value.is_empty())
    };
    let links = schema
        .children()
        .filter(|child| is_schema_markup(*child))
        .filter_map(|child| {
            let kind = match child.name() {
                "import" => LinkKind::Import,
                "include" | "redefine" | "override" => LinkKind::Include,
                _ => return None,
            };
            let location = attribute(child, "schemaLocation");
            Some(Link {
                kind,
                namespace: attribute(child, "namespace"),
                location,
                span: child
                    .attribute("schemaLocation")
                    .or_else(|| child.attribute("namespace"))
                    .map_or(child.span(), xml::Attribute::span),
            })
        })
        .collect();
    Outline {
        node: schema.id(),
        target: attribute(schema, "targetNamespace"),
        links,
    }
}

fn add_name(component: Element<'_>, target: &Arc<str>, names: &mut Names) {
    let kind = component_kind(component);
    if let (Some(kind), Some(name)) = (kind, component.attribute("name")) {
        names.add(kind, QName::new(target.clone(), name.trimmed()));
    }
}

/// The symbol space of a global component.
pub(super) fn component_kind(component: Element<'_>) -> Option<Kind> {
    match component.name() {
        "simpleType" | "complexType" => Some(Kind::Type),
        "element" => Some(Kind::Element),
        "attribute" => Some(Kind::Attribute),
        "group" => Some(Kind::Group),
        "attributeGroup" => Some(Kind::AttributeGroup),
        _ => None,
    }
}
