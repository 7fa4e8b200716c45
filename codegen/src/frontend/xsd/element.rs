//! Element declarations, global and local (Structures §3.3).

use std::sync::Arc;

use super::fill::{Fill, Schema};
use super::load::is_schema_markup;
use super::value;
use crate::contract::{
    Builtin, DerivationSet, ElementDeclaration, Id, Particle, QName, Scope, Term, TypeDefinition,
    ValueConstraint, XML_SCHEMA,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element};

impl Fill<'_> {
    /// A declaration or reference inside a model group.
    pub(super) fn local_element(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
    ) -> Option<Particle> {
        let occurs = value::occurs(element, self.diagnostics);
        if let Some(reference) = element.attribute("ref") {
            if let Some(name) = element.attribute("name") {
                self.diagnostics.push(
                    Diagnostic::warning(
                        Code::UnexpectedMarkup,
                        name.span(),
                        "an element with both `name` and `ref`; the reference is taken",
                    )
                    .help("remove one of the two"),
                );
            }
            let name = self.name(schema, Kind::Element, element, reference)?;
            let id = self.contract.element_reference(name, reference.span());
            return Some(Particle {
                occurs,
                term: Term::Element(id),
                span: reference.span(),
            });
        }
        let local = self.local_name("element", element)?;
        let namespace = self.local_namespace(schema, element, schema.qualified_elements);
        let name = QName {
            namespace,
            local: Arc::from(local),
        };
        let declaration = self.element_declaration(schema, name, Scope::Local, element);
        let span = declaration.span;
        let id = self.contract.elements.add(declaration);
        self.identity_constraints(schema, id, element);
        Some(Particle {
            occurs,
            term: Term::Element(id),
            span,
        })
    }

    /// The namespace of a local declaration: by its own form, or by the schema's default.
    pub(super) fn local_namespace(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
        qualified: bool,
    ) -> Arc<str> {
        if let Some(target) = element.attribute("targetNamespace") {
            return Arc::from(target.trimmed());
        }
        let qualified = match element.attribute("form") {
            Some(form) => self.form(form),
            None => qualified,
        };
        if qualified {
            schema.namespaces.target.clone()
        } else {
            Arc::from("")
        }
    }

    pub(super) fn element_declaration(
        &mut self,
        schema: &Schema,
        name: QName,
        scope: Scope,
        element: Element<'_>,
    ) -> ElementDeclaration {
        let type_definition = self
            .declared_type(schema, element)
            .unwrap_or_else(|| self.contract.builtin(Builtin::AnyType));
        let alternatives = self.alternatives(schema, element);
        let substitution_group = element
            .attribute("substitutionGroup")
            .filter(|_| scope == Scope::Global)
            .and_then(|heads| self.substitution_group(schema, element, heads));
        let flag = |fill: &mut Self, name| {
            value::boolean(element, name, fill.diagnostics).unwrap_or(false)
        };
        let block = value::derivation_set(element, "block", self.diagnostics)
            .unwrap_or(schema.block_default);
        let final_ = value::derivation_set(element, "final", self.diagnostics)
            .unwrap_or(schema.final_default);
        ElementDeclaration {
            name,
            scope,
            type_definition,
            alternatives,
            nillable: flag(self, "nillable"),
            abstract_: flag(self, "abstract"),
            value_constraint: self.value_constraint(element),
            substitution_group,
            block: DerivationSet {
                list: false,
                union: false,
                ..block
            },
            final_: DerivationSet {
                substitution: false,
                list: false,
                union: false,
                ..final_
            },
            annotation: self.annotation(element),
            span: element.name_span(),
        }
    }

    /// The type of a declaration, by name or written inside it.
    pub(super) fn declared_type(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
    ) -> Option<Id<TypeDefinition>> {
        let Some(attribute) = element.attribute("type") else {
            return self.anonymous_type(schema, element);
        };
        let inline = element.children().find(|child| {
            is_schema_markup(*child) && ["simpleType", "complexType"].contains(&child.name())
        });
        if let Some(inline) = inline {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::UnexpectedMarkup,
                    inline.span(),
                    "a type beside the attribute `type`; the attribute is taken",
                )
                .related(attribute.span(), "this type")
                .help("remove one of the two"),
            );
        }
        Some(self.type_reference(schema, element, attribute))
    }

    /// The first head; XML Schema 1.1 allows several.
    fn substitution_group(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
        heads: Attribute<'_>,
    ) -> Option<Id<ElementDeclaration>> {
        let mut words = heads.trimmed().split_whitespace();
        let first = words.next();
        if words.next().is_some() {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::Unsupported,
                    heads.span(),
                    "a member of several substitution groups; only the first is known",
                )
                .help("XML Schema 1.0 allows one head"),
            );
        }
        let name = self.word(schema, Kind::Element, element, heads, first?)?;
        Some(self.contract.element_reference(name, heads.span()))
    }

    /// Notes that an element has the type of its head, which may be read later.
    pub(super) fn take_head_type(&mut self, id: Id<ElementDeclaration>, element: Element<'_>) {
        let typed = element.attribute("type").is_some()
            || element
                .children()
                .any(|child| ["simpleType", "complexType"].contains(&child.name()));
        if let (false, Some(head)) = (typed, self.contract.elements[id].substitution_group) {
            self.headed.push((id, head));
        }
    }

    /// Type alternatives (XML Schema 1.1) choose a type by an XPath that is not evaluated. One of
    /// `xs:error` says what is invalid.
    fn alternatives(&mut self, schema: &Schema, element: Element<'_>) -> Vec<Id<TypeDefinition>> {
        let alternatives = element
            .children()
            .filter(|child| child.is(XML_SCHEMA, "alternative"));
        let mut types = Vec::new();
        for alternative in alternatives {
            let is_error = alternative.attribute("type").is_some_and(|attribute| {
                let name = self.name(schema, Kind::Type, alternative, attribute);
                name.is_some_and(|name| &*name.namespace == XML_SCHEMA && &*name.local == "error")
            });
            if !is_error {
                types.extend(self.declared_type(schema, alternative));
            }
        }
        types
    }

    /// `default` or `fixed`.
    pub(super) fn value_constraint(&mut self, element: Element<'_>) -> Option<ValueConstraint> {
        let fixed = element.attribute("fixed");
        let default = element.attribute("default");
        if let (Some(_), Some(default)) = (fixed, default) {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::UnexpectedMarkup,
                    default.span(),
                    "both `default` and `fixed`; the fixed value is taken",
                )
                .help("remove one of the two"),
            );
        }
        match (fixed, default) {
            (Some(fixed), _) => Some(ValueConstraint::Fixed(fixed.value().to_owned())),
            (None, Some(default)) => Some(ValueConstraint::Default(default.value().to_owned())),
            (None, None) => None,
        }
    }
}
