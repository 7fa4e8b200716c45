//! Complex type definitions (Structures §3.4).

use super::declaration::appinfo;
use super::fill::{Fill, Schema};
use super::load::is_schema_markup;
use super::value;
use crate::contract::{
    Annotation, Builtin, ComplexType, Content, Definition, Derivation, DerivationMethod,
    DerivationSet, Facets, Id, OpenContent, SimpleType, Term, TypeDefinition, Variety, XML_SCHEMA,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::annotations;
use crate::frontend::xml::Element;

impl Fill<'_> {
    pub(super) fn complex_type(&mut self, schema: &Schema, element: Element<'_>) -> ComplexType {
        let complex_methods = |set: DerivationSet| DerivationSet {
            extension: set.extension,
            restriction: set.restriction,
            ..DerivationSet::default()
        };
        let set = |fill: &mut Self, name, default| {
            complex_methods(
                value::derivation_set(element, name, fill.diagnostics).unwrap_or(default),
            )
        };
        let mut complex = ComplexType {
            mixed: value::boolean(element, "mixed", self.diagnostics).unwrap_or(false),
            abstract_: value::boolean(element, "abstract", self.diagnostics).unwrap_or(false),
            block: set(self, "block", schema.block_default),
            final_: set(self, "final", schema.final_default),
            ..ComplexType::default()
        };
        let content = element
            .children()
            .filter(|child| is_schema_markup(*child))
            .find(|child| ["simpleContent", "complexContent"].contains(&child.name()));
        match content {
            None => self.content(schema, element, &mut complex),
            Some(content) => {
                if let Some(mixed) = value::boolean(content, "mixed", self.diagnostics) {
                    complex.mixed = mixed;
                }
                self.derived_content(schema, content, &mut complex);
            }
        }
        let default_attributes =
            value::boolean(element, "defaultAttributesApply", self.diagnostics).unwrap_or(true);
        if let (true, Some(group)) = (default_attributes, schema.default_attributes) {
            complex.attribute_groups.push(group);
        }
        complex.rules = self.rules(element);
        complex
    }

    /// Elements and attributes, of a complex type or of its extension or restriction.
    fn content(&mut self, schema: &Schema, parent: Element<'_>, complex: &mut ComplexType) {
        let mut open = None;
        for child in parent.children().filter(|child| is_schema_markup(*child)) {
            match child.name() {
                "sequence" | "choice" | "all" | "group" => {
                    let Some(particle) = self.particle(schema, child) else {
                        continue;
                    };
                    if let Content::Elements(first) = &complex.content {
                        self.diagnostics.push(
                            Diagnostic::error(
                                Code::UnexpectedMarkup,
                                child.span(),
                                "a second model group in one content model",
                            )
                            .related(first.span, "the first")
                            .help("put both into an xs:sequence or xs:choice"),
                        );
                        continue;
                    }
                    let empty =
                        matches!(&particle.term, Term::Group(group) if group.particles.is_empty());
                    if !empty && !particle.occurs.is_prohibited() {
                        complex.content = Content::Elements(particle);
                    }
                }
                "openContent" => open = Some(child),
                "annotation" | "attribute" | "attributeGroup" | "anyAttribute" | "assert"
                | "report" => {}
                // Facets stand in restrictions of simple content only.
                _ => self.unexpected(child, "a complex type"),
            }
        }
        let attributes = self.attributes(schema, parent);
        complex.attributes = attributes.uses;
        complex.attribute_groups = attributes.groups;
        complex.any_attribute = attributes.any;
        complex.open_content = match open {
            Some(open) => self.open_content(schema, open),
            None => schema
                .default_open_content
                .as_ref()
                .filter(|(_, empty)| *empty || !matches!(complex.content, Content::Empty))
                .map(|(open, _)| open.clone()),
        };
    }

    /// `simpleContent` or `complexContent`.
    fn derived_content(
        &mut self,
        schema: &Schema,
        content: Element<'_>,
        complex: &mut ComplexType,
    ) {
        let step = content
            .children()
            .filter(|child| is_schema_markup(*child))
            .find(|child| ["extension", "restriction"].contains(&child.name()));
        let Some(step) = step else {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    content.span(),
                    format!(
                        "`{}` without extension or restriction; it is left out",
                        content.name()
                    ),
                )
                .help("say what the type is derived from: <xs:extension base=\"…\">"),
            );
            return;
        };
        let method = if step.name() == "extension" {
            DerivationMethod::Extension
        } else {
            DerivationMethod::Restriction
        };
        let Some(base_attribute) = step.attribute("base") else {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::MissingMarkup,
                    step.span(),
                    format!("the {} names no base", step.name()),
                )
                .help("add base=\"…\""),
            );
            return;
        };
        let base = self.type_reference(schema, step, base_attribute);
        if content.name() == "complexContent" {
            self.content(schema, step, complex);
        } else {
            let attributes = self.attributes(schema, step);
            complex.attributes = attributes.uses;
            complex.attribute_groups = attributes.groups;
            complex.any_attribute = attributes.any;
            complex.content = Content::Simple(self.simple_content(schema, step, method, base));
        }
        complex.derivation = Some(Derivation {
            base,
            method,
            span: base_attribute.span(),
        });
    }

    /// The type of simple content: the base's, or a restriction of it.
    fn simple_content(
        &mut self,
        schema: &Schema,
        step: Element<'_>,
        method: DerivationMethod,
        base: Id<TypeDefinition>,
    ) -> Id<TypeDefinition> {
        // Not allowed as the base of simple content, but what is meant is plain: text.
        let base = if base == self.contract.builtin(Builtin::AnyType) {
            self.contract.builtin(Builtin::AnySimpleType)
        } else {
            base
        };
        if method == DerivationMethod::Extension {
            return base;
        }
        let inline = self.anonymous_type(schema, step);
        let facets = self.facets(step);
        if let Some(inline) = inline.filter(|_| facets == Facets::default()) {
            return inline;
        }
        let restricted = TypeDefinition {
            name: None,
            definition: Definition::Simple(SimpleType {
                builtin: None,
                variety: Variety::Restriction(Some(inline.unwrap_or(base))),
                facets,
                final_: DerivationSet::default(),
            }),
            annotation: Annotation::default(),
            span: step.span(),
        };
        self.contract.types.add(restricted)
    }

    /// `openContent`, `defaultOpenContent`.
    pub(super) fn open_content(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
    ) -> Option<OpenContent> {
        let mode = element
            .attribute("mode")
            .map_or("interleave", |mode| mode.trimmed());
        if mode == "none" {
            return None;
        }
        let any = element
            .children()
            .find(|child| child.is(XML_SCHEMA, "any"))?;
        Some(OpenContent {
            interleave: mode != "suffix",
            wildcard: self.wildcard(schema, any),
        })
    }

    /// The `c:rule`s of a complex type.
    fn rules(&mut self, element: Element<'_>) -> Vec<crate::contract::Rule> {
        let mut rules = Vec::new();
        for rule in appinfo(element).filter(|child| child.is(annotations::NAMESPACE, "rule")) {
            rules.extend(annotations::rule(rule, self.diagnostics));
        }
        rules
    }
}
