//! Adds the components of all WSDL documents to the contract.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::http::Parameters;
use super::load::Load;
use crate::contract::{
    Annotation, Builtin, FaultCatalogue, FaultCode, Id, Message, Part, PartContent, PortType,
    QName, Redeclared,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::frontend::annotations;
use crate::frontend::deprecation;
use crate::frontend::names::{Kind, Names, Namespaces};
use crate::frontend::xml::{Attribute, Element, Trees, collapsed};
use crate::frontend::xsd;
use crate::namespace::WSDL;
use crate::source::Span;

/// The state of filling a contract.
pub(super) struct Fill<'a> {
    pub(super) xsd: xsd::Fill<'a>,
    pub(super) names: &'a Names,
    /// Parameters of HTTP operations, whose parts are told their place at the end.
    pub(super) parameters: Vec<Parameters>,
    /// Where each service is declared.
    pub(super) services: BTreeMap<QName, Span>,
}

/// The document that is being read.
pub(super) struct Document<'a> {
    pub(super) namespaces: Namespaces,
    /// `wsp:Policy` elements by `wsu:Id` and `Name`.
    pub(super) policies: BTreeMap<&'a str, Element<'a>>,
}

impl<'a> Fill<'a> {
    pub(super) fn new(xsd: xsd::Fill<'a>, names: &'a Names) -> Self {
        let services = xsd.contract.services.iter();
        let services = services
            .map(|known| (known.name.clone(), known.span))
            .collect();
        Self {
            xsd,
            names,
            services,
            parameters: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.xsd.diagnostics.push(diagnostic);
    }

    pub(super) fn diagnostics(&mut self) -> &mut Diagnostics {
        self.xsd.diagnostics
    }

    /// Adds all definitions: what others refer to first.
    pub(super) fn definitions(&mut self, load: &Load, trees: &'a Trees<'_>) {
        let documents: Vec<(Document<'a>, Element<'a>)> = load
            .definitions()
            .iter()
            .filter_map(|definitions| {
                let root = trees.element(definitions.document, definitions.node)?;
                let document = Document {
                    namespaces: Namespaces {
                        target: definitions.target.clone(),
                        chameleon: false,
                    },
                    policies: super::policy::policies(root),
                };
                Some((document, root))
            })
            .collect();
        for (document, root) in &documents {
            self.required_extensions(*root);
            for catalogue in root.children_in(annotations::NAMESPACE) {
                self.catalogue(catalogue);
            }
            self.each(document, *root, "message", Self::message);
        }
        for (document, root) in &documents {
            self.each(document, *root, "portType", Self::port_type);
        }
        for (document, root) in &documents {
            self.each(document, *root, "binding", Self::binding);
        }
        for (document, root) in &documents {
            self.each(document, *root, "service", Self::service);
        }
    }

    /// Settles what could not be known before everything was read, and returns the namespaces that
    /// something refers to.
    pub(super) fn finish(mut self) -> BTreeSet<Arc<str>> {
        self.locate_parameters();
        self.xsd.finish()
    }

    fn each(
        &mut self,
        document: &Document<'a>,
        root: Element<'a>,
        name: &str,
        add: fn(&mut Self, &Document<'a>, Element<'a>),
    ) {
        for child in root.children_in(WSDL).filter(|child| child.name() == name) {
            add(self, document, child);
        }
    }

    /// The `name` of a component, in the target namespace.
    pub(super) fn declared_name(
        &mut self,
        document: &Document<'_>,
        element: Element<'_>,
    ) -> Option<QName> {
        let local = self.local_name(element)?;
        Some(QName::new(document.namespaces.target.clone(), local))
    }

    /// The `name` of an element, which must be there.
    pub(super) fn local_name<'e>(&mut self, element: Element<'e>) -> Option<&'e str> {
        let name = element.attribute("name").map(Attribute::trimmed);
        let name = name.filter(|name| !name.is_empty());
        if name.is_none() {
            self.report(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    element.span(),
                    format!("the {} has no name; it is left out", element.name()),
                )
                .help("add name=\"…\""),
            );
        }
        name
    }

    /// The name that an attribute refers to.
    pub(super) fn reference(
        &mut self,
        document: &Document<'_>,
        kind: Kind,
        element: Element<'_>,
        attribute: Attribute<'_>,
    ) -> Option<QName> {
        let name = self.names.reference(
            kind,
            element,
            attribute,
            attribute.trimmed(),
            &document.namespaces,
            self.xsd.diagnostics,
        )?;
        if matches!(kind, Kind::Type | Kind::Element) {
            self.xsd.use_namespace(&name);
        }
        Some(name)
    }

    /// An attribute that must be there.
    pub(super) fn required<'e>(
        &mut self,
        element: Element<'e>,
        name: &str,
    ) -> Option<Attribute<'e>> {
        let attribute = element.attribute(name);
        if attribute.is_none() {
            let help = format!("add {name}=\"…\"");
            let message = format!("the {} has no `{name}`", element.name());
            self.report(if element.namespace() == annotations::NAMESPACE {
                Diagnostic::error(Code::MissingMarkup, element.span(), message).help(help)
            } else {
                let message = format!("{message}; it is left out");
                Diagnostic::warning(Code::MissingMarkup, element.span(), message).help(help)
            });
        }
        attribute
    }

    /// The value that an attribute names; one that is none of them counts as left out.
    pub(super) fn choose<T: Copy>(
        &mut self,
        attribute: Attribute<'_>,
        values: &[(&str, T)],
    ) -> Option<T> {
        let written = attribute.trimmed();
        let found = values
            .iter()
            .find(|(value, _)| value.eq_ignore_ascii_case(written));
        if found.is_none() && !written.is_empty() {
            let known: Vec<String> = values
                .iter()
                .map(|(value, _)| format!("`{value}`"))
                .collect();
            self.report(
                Diagnostic::warning(
                    Code::InvalidValue,
                    attribute.span(),
                    format!("`{written}` is not allowed here; it is left out"),
                )
                .help(format!("write {}", known.join(" or "))),
            );
        }
        found.map(|(_, value)| *value)
    }

    pub(super) fn annotation(&mut self, element: Element<'_>) -> Annotation {
        let mut annotation = Annotation {
            documentation: annotations::documentation(
                element
                    .children_in(WSDL)
                    .filter(|child| child.name() == "documentation"),
            ),
            ..Annotation::default()
        };
        annotations::annotate(element, &mut annotation, self.xsd.diagnostics);
        deprecation::annotate(element, &mut annotation);
        annotation.provenance = annotations::sources(element.children(), self.xsd.diagnostics);
        annotation
    }

    /// A second declaration of one name; the same document read again says nothing new.
    pub(super) fn redeclared(
        &mut self,
        kind: Kind,
        element: Element<'_>,
        declared: Result<(), Redeclared>,
    ) {
        let Err(Redeclared { first }) = declared else {
            return;
        };
        if first == element.name_span() {
            return;
        }
        self.report(
            Diagnostic::warning(
                Code::DuplicateDeclaration,
                element.name_span(),
                format!(
                    "another {} `{}` is declared already; the first declaration is taken",
                    kind.name(),
                    element.attribute("name").map_or("", Attribute::trimmed)
                ),
            )
            .related(first, "first declared here")
            .help("remove one of the two, or give it another name"),
        );
    }

    fn message(&mut self, document: &Document<'a>, element: Element<'a>) {
        let Some(name) = self.declared_name(document, element) else {
            return;
        };
        let parts = element
            .children_in(WSDL)
            .filter(|child| child.name() == "part")
            .filter_map(|child| self.part(document, child))
            .collect();
        let message = Message {
            name: name.clone(),
            declared: true,
            parts,
            policy: self.policy(document, element),
            span: element.name_span(),
        };
        let declared = self.xsd.contract.declare_message(name, message).map(drop);
        self.redeclared(Kind::Message, element, declared);
    }

    fn part(&mut self, document: &Document<'a>, element: Element<'a>) -> Option<Part> {
        let name = self.local_name(element)?.to_owned();
        Some(Part {
            name,
            content: self.part_content(document, element),
            annotation: self.annotation(element),
            span: element.name_span(),
        })
    }

    fn part_content(&mut self, document: &Document<'a>, element: Element<'a>) -> PartContent {
        let anything = PartContent::Type(self.xsd.contract.builtin(Builtin::AnyType));
        let by_element = element
            .attribute("element")
            .filter(|value| !value.trimmed().is_empty());
        let by_type = element
            .attribute("type")
            .filter(|value| !value.trimmed().is_empty());
        let (kind, attribute) = match (by_element, by_type) {
            (Some(attribute), _) => (Kind::Element, attribute),
            (None, Some(attribute)) => (Kind::Type, attribute),
            (None, None) => {
                self.report(
                    Diagnostic::warning(
                        Code::MissingMarkup,
                        element.span(),
                        "the part has neither element nor type; it is read as `xs:anyType`",
                    )
                    .help("add element=\"…\" or type=\"…\""),
                );
                return anything;
            }
        };
        let quiet = &mut Diagnostics::new();
        let strict = document
            .namespaces
            .qname(element, attribute, attribute.trimmed(), quiet);
        let other = if kind == Kind::Element {
            Kind::Type
        } else {
            Kind::Element
        };
        let swapped = strict.filter(|name| {
            let known = |kind| {
                self.names.contains(kind, name) || kind == Kind::Type && xsd::is_builtin_type(name)
            };
            !known(kind) && known(other)
        });
        if let Some(name) = swapped {
            self.report(
                Diagnostic::warning(
                    Code::InvalidValue,
                    attribute.span(),
                    format!(
                        "`{}` is no {} but {} {}, and taken as that",
                        name.local,
                        kind.name(),
                        if other == Kind::Element { "an" } else { "a" },
                        other.name()
                    ),
                )
                .help(format!(
                    "write {}=\"{}\"",
                    other.name(),
                    attribute.trimmed()
                )),
            );
            return self.content_of(other, name, attribute.span());
        }
        match self.reference(document, kind, element, attribute) {
            Some(name) => self.content_of(kind, name, attribute.span()),
            None => anything,
        }
    }

    fn content_of(&mut self, kind: Kind, name: QName, span: Span) -> PartContent {
        self.xsd.use_namespace(&name);
        if kind == Kind::Element {
            PartContent::Element(self.xsd.contract.element_reference(name, span))
        } else {
            PartContent::Type(self.xsd.contract.type_reference(name, span))
        }
    }

    pub(super) fn message_reference(
        &mut self,
        document: &Document<'_>,
        element: Element<'_>,
    ) -> Option<Id<Message>> {
        let attribute = self.required(element, "message")?;
        let name = self.reference(document, Kind::Message, element, attribute)?;
        Some(self.xsd.contract.message_reference(name, attribute.span()))
    }

    pub(super) fn port_type_reference(
        &mut self,
        document: &Document<'_>,
        element: Element<'_>,
        attribute: Attribute<'_>,
    ) -> Option<Id<PortType>> {
        let name = self.reference(document, Kind::PortType, element, attribute)?;
        Some(
            self.xsd
                .contract
                .port_type_reference(name, attribute.span()),
        )
    }

    /// `c:fault-catalogue`.
    fn catalogue(&mut self, element: Element<'_>) {
        if element.name() != "fault-catalogue" {
            self.report(
                Diagnostic::error(
                    Code::UnexpectedMarkup,
                    element.span(),
                    format!("`{}` has no place in definitions", element.name()),
                )
                .help("definitions may hold c:fault-catalogue"),
            );
            return;
        }
        let Some(name) = self.local_name(element) else {
            return;
        };
        let span = element.name_span();
        let codes = self.fault_codes(element);
        let catalogue = FaultCatalogue {
            name: name.to_owned(),
            codes,
            documentation: annotations::documentation(
                element
                    .children()
                    .filter(|child| child.name() == "documentation"),
            ),
            span,
        };
        let catalogues = &mut self.xsd.contract.catalogues;
        let known = catalogues.iter().find(|(_, known)| known.name == name);
        match known.map(|(_, known)| known) {
            None => {
                catalogues.add(catalogue);
            }
            // Descriptions that are read together may state their common catalogue each.
            Some(known) if known.span == span || says_the_same(known, &catalogue) => {}
            Some(known) => {
                let first = known.span;
                self.report(
                    Diagnostic::error(
                        Code::DuplicateName,
                        span,
                        format!("a second fault catalogue `{name}`, with other codes"),
                    )
                    .related(first, "the first")
                    .help("put all codes into one catalogue"),
                );
            }
        }
    }

    /// The `c:code`s below an element.
    pub(super) fn fault_codes(&mut self, element: Element<'_>) -> Vec<FaultCode> {
        let mut codes: Vec<FaultCode> = Vec::new();
        let mut values = BTreeSet::new();
        for child in element.children_in(annotations::NAMESPACE) {
            if child.name() != "code" {
                continue;
            }
            let Some(value) = self.required(child, "value") else {
                continue;
            };
            let code = FaultCode {
                value: value.trimmed().to_owned(),
                documentation: collapsed(&child.text()),
                span: value.span(),
            };
            if code.value.is_empty() || !values.insert(value.trimmed()) {
                self.report(
                    Diagnostic::error(
                        Code::InvalidFaultCode,
                        value.span(),
                        format!("the code `{}` is empty, or there twice", code.value),
                    )
                    .help("name each code once"),
                );
                continue;
            }
            codes.push(code);
        }
        codes
    }
}

/// Whether two catalogues have the same codes.
fn says_the_same(a: &FaultCatalogue, b: &FaultCatalogue) -> bool {
    let codes = |catalogue: &FaultCatalogue| -> BTreeSet<String> {
        { catalogue.codes.iter() }
            .map(|code| code.value.clone())
            .collect()
    };
    codes(a) == codes(b)
}
