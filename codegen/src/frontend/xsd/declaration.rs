//! Global components: named, declared once, annotated.

use super::fill::{Declared, Fill, Schema};
use super::load::is_schema_markup;
use crate::contract::{
    Annotation, AttributeGroupDefinition, AttributePresence, Compositor, Definition, Id,
    ModelGroup, ModelGroupDefinition, Occurs, Particle, QName, Redeclared, Scope, Term,
    TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::annotations;
use crate::frontend::deprecation;
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element, is_ncname};
use crate::source::Span;

/// The namespace of `expectedContentTypes`, and that of its draft.
const XMIME: [&str; 2] = [
    crate::namespace::XML_MIME,
    "http://www.w3.org/2004/11/xmlmime",
];

impl<'a> Fill<'a> {
    /// Adds a component that stands at the top of a schema, unless a redefinition takes its place.
    pub(super) fn global(&mut self, schema: &Schema, kind: Kind, element: Element<'a>) {
        let Some(name) = self.declared_name(schema, kind, element) else {
            return;
        };
        if self.redefinitions.takes(kind, &name) {
            self.keep_original(schema, kind, &name, element);
            return;
        }
        if self.is_declared(schema, kind, &name, element) {
            return;
        }
        self.declare(schema, kind, name, element);
    }

    /// Adds a component under its name.
    pub(super) fn declare(
        &mut self,
        schema: &Schema,
        kind: Kind,
        name: QName,
        element: Element<'a>,
    ) {
        let place = Declared {
            schema: schema.index,
            element,
        };
        self.declared.entry((kind, name.clone())).or_insert(place);
        let declared = match kind {
            Kind::Type => {
                let definition = self.type_definition(schema, Some(name.clone()), element);
                self.contract.declare_type(name, definition).map(drop)
            }
            Kind::Element => {
                let component =
                    self.element_declaration(schema, name.clone(), Scope::Global, element);
                self.contract.declare_element(name, component).map(|id| {
                    self.take_head_type(id, element);
                    self.identity_constraints(schema, id, element);
                })
            }
            Kind::Attribute => {
                let component =
                    self.attribute_declaration(schema, name.clone(), Scope::Global, element);
                self.contract.declare_attribute(name, component).map(drop)
            }
            Kind::Group => {
                let component = self.group_definition(schema, name.clone(), element);
                self.contract.declare_group(name, component).map(drop)
            }
            Kind::AttributeGroup => {
                let component = self.attribute_group_definition(schema, name.clone(), element);
                self.contract
                    .declare_attribute_group(name, component)
                    .map(drop)
            }
            Kind::Message | Kind::PortType | Kind::Binding => Ok(()),
        };
        if let Err(Redeclared { first }) = declared {
            self.report_second(kind, element, first);
        }
    }

    /// What the contract had before this run, from elsewhere; built-in components stay silently.
    fn report_second(&mut self, kind: Kind, element: Element<'_>, first: Span) {
        if first.is_some() && first != element.name_span() {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::DuplicateDeclaration,
                    element.name_span(),
                    format!(
                        "the {} `{}` is declared already; the first declaration is taken",
                        kind.name(),
                        element.attribute("name").map_or("", |name| name.trimmed()),
                    ),
                )
                .related(first, "first declared here")
                .help("remove one of the two"),
            );
        }
    }

    /// Whether the name is declared already; a second declaration is reported unless it says the
    /// same.
    fn is_declared(
        &mut self,
        schema: &Schema,
        kind: Kind,
        name: &QName,
        element: Element<'_>,
    ) -> bool {
        let Some(&first) = self.declared.get(&(kind, name.clone())) else {
            // An earlier run may have read this very document.
            let before = match kind {
                Kind::Type => self
                    .contract
                    .find_type(name)
                    .map(|id| &self.contract.types[id])
                    .filter(|found| !matches!(found.definition, Definition::Undeclared))
                    .map(|found| found.span),
                Kind::Element => self
                    .contract
                    .find_element(name)
                    .map(|id| &self.contract.elements[id])
                    .filter(|found| found.scope != Scope::Undeclared)
                    .map(|found| found.span),
                _ => None,
            };
            return before.is_some_and(|span| span == element.name_span() || !span.is_some());
        };
        if !same_text(first.element.source(), element.source()) {
            let place = if first.schema == schema.index {
                "in this schema"
            } else {
                "elsewhere"
            };
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::DuplicateDeclaration,
                    element.name_span(),
                    format!(
                        "another {} `{}` is declared {place}; the first declaration is taken",
                        kind.name(),
                        name.local
                    ),
                )
                .related(first.element.name_span(), "first declared here")
                .help("remove one of the two, or give it another name"),
            );
        }
        true
    }

    /// The name of a global component.
    pub(super) fn declared_name(
        &mut self,
        schema: &Schema,
        kind: Kind,
        element: Element<'_>,
    ) -> Option<QName> {
        let local = self.local_name(kind.name(), element)?;
        Some(QName::new(schema.namespaces.target.clone(), local))
    }

    /// The `name` of a declaration, which must be there.
    pub(super) fn local_name<'e>(&mut self, what: &str, element: Element<'e>) -> Option<&'e str> {
        let Some(name) = element.attribute("name") else {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    element.span(),
                    format!("the {what} has no name; it is left out"),
                )
                .help("add name=\"…\""),
            );
            return None;
        };
        let local = name.trimmed();
        if !is_ncname(local) {
            let hopeless =
                local.is_empty() || local.contains(|c: char| "<>&\"' \t\r\n".contains(c));
            let message = format!("`{local}` cannot be a name in XML");
            let done = if hopeless {
                "left out"
            } else {
                "taken as it is"
            };
            let help = "names start with a letter or `_` and hold letters, digits, `-`, `_`, `.`";
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::InvalidValue,
                    name.span(),
                    format!("{message}; it is {done}"),
                )
                .help(help),
            );
            if hopeless {
                return None;
            }
        }
        Some(local)
    }

    /// A simple or complex type.
    pub(super) fn type_definition(
        &mut self,
        schema: &Schema,
        name: Option<QName>,
        element: Element<'_>,
    ) -> TypeDefinition {
        let span = if name.is_some() {
            element.name_span()
        } else {
            element.span()
        };
        let definition = if element.name() == "simpleType" {
            Definition::Simple(self.simple_type(schema, element))
        } else {
            Definition::Complex(self.complex_type(schema, element))
        };
        TypeDefinition {
            name,
            definition,
            annotation: self.annotation(element),
            span,
        }
    }

    /// The type that is written inside a declaration, if one is.
    pub(super) fn anonymous_type(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
    ) -> Option<Id<TypeDefinition>> {
        let inline = element
            .children()
            .filter(|child| is_schema_markup(*child))
            .find(|child| ["simpleType", "complexType"].contains(&child.name()))?;
        let definition = self.type_definition(schema, None, inline);
        Some(self.contract.types.add(definition))
    }

    pub(super) fn group_definition(
        &mut self,
        schema: &Schema,
        name: QName,
        element: Element<'_>,
    ) -> ModelGroupDefinition {
        let particle = element
            .children()
            .filter(|child| is_schema_markup(*child))
            .find_map(|child| self.particle(schema, child));
        let empty = ModelGroup {
            compositor: Compositor::Sequence,
            particles: Vec::new(),
        };
        let group = match particle {
            Some(Particle {
                occurs: Occurs::ONCE,
                term: Term::Group(group),
                ..
            }) => group,
            Some(particle) => ModelGroup {
                compositor: Compositor::Sequence,
                particles: vec![particle],
            },
            None => empty,
        };
        ModelGroupDefinition {
            name,
            group: Some(group),
            annotation: self.annotation(element),
            span: element.name_span(),
        }
    }

    pub(super) fn attribute_group_definition(
        &mut self,
        schema: &Schema,
        name: QName,
        element: Element<'_>,
    ) -> AttributeGroupDefinition {
        let mut attributes = self.attributes(schema, element);
        // Only a restriction itself prohibits (§3.4.2): in a group it says nothing.
        { &mut attributes.uses }.retain(|used| used.presence != AttributePresence::Prohibited);
        AttributeGroupDefinition {
            name,
            declared: true,
            attributes: attributes.uses,
            attribute_groups: attributes.groups,
            any_attribute: attributes.any,
            annotation: self.annotation(element),
            span: element.name_span(),
        }
    }

    /// Documentation, and Castile's own attributes.
    pub(super) fn annotation(&mut self, element: Element<'_>) -> Annotation {
        let mut annotation = Annotation {
            documentation: annotations::documentation(
                annotations(element)
                    .flat_map(Element::children)
                    .filter(|child| child.name() == "documentation" && is_schema_markup(*child)),
            ),
            ..Annotation::default()
        };
        annotations::annotate(element, &mut annotation, self.diagnostics);
        deprecation::annotate(element, &mut annotation);
        annotation.media_types = media_types(element);
        annotation.provenance = annotations::sources(appinfo(element), self.diagnostics);
        annotation
    }
}

/// The media ranges of `xmime:expectedContentTypes` (Describing Media Content of Binary Data in XML
/// §3.2), whose own parameters are of no use to a reader.
fn media_types(element: Element<'_>) -> Vec<String> {
    XMIME
        .iter()
        .find_map(|namespace| element.attribute_in(namespace, "expectedContentTypes"))
        .map_or("", Attribute::trimmed)
        .split(',')
        .map(|range| {
            range
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .filter(|range| !range.is_empty())
        .collect()
}

/// What stands in the `xs:appinfo`s of a component.
pub(super) fn appinfo(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    annotations(element)
        .flat_map(Element::children)
        .filter(|child| child.name() == "appinfo")
        .flat_map(Element::children)
}

/// The `xs:annotation`s of a component.
fn annotations(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    element
        .children()
        .filter(|child| child.name() == "annotation" && is_schema_markup(*child))
}

/// Whether two declarations differ in blanks only.
fn same_text(a: &str, b: &str) -> bool {
    a == b || a.split_whitespace().eq(b.split_whitespace())
}
