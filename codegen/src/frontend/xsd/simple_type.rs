//! Simple type definitions and their facets (Structures §3.14, Datatypes §4.3).

use super::fill::{Fill, Schema};
use super::load::is_schema_markup;
use super::value;
use crate::contract::{
    Builtin, DerivationSet, EnumerationValue, ExplicitTimezone, Facets, Id, SimpleType,
    TypeDefinition, Variety, WhiteSpace,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::annotations;
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element};

impl Fill<'_> {
    pub(super) fn simple_type(&mut self, schema: &Schema, element: Element<'_>) -> SimpleType {
        let final_ = value::derivation_set(element, "final", self.diagnostics)
            .unwrap_or(schema.final_default);
        let mut simple = SimpleType {
            builtin: None,
            variety: Variety::Restriction(Some(self.contract.builtin(Builtin::AnySimpleType))),
            facets: Facets::default(),
            final_: DerivationSet {
                extension: false,
                substitution: false,
                ..final_
            },
        };
        let step = element
            .children()
            .filter(|child| is_schema_markup(*child))
            .find(|child| ["restriction", "list", "union"].contains(&child.name()));
        match step {
            None => self.diagnostics.push(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    element.span(),
                    "a simple type without restriction, list or union; it is read as \
                     `xs:anySimpleType`",
                )
                .help("say how it is made: <xs:restriction base=\"xs:string\"/>"),
            ),
            Some(step) => match step.name() {
                "restriction" => {
                    if let Some(base) = self.one_type(schema, step, "base") {
                        simple.variety = Variety::Restriction(Some(base));
                    }
                    simple.facets = self.facets(step);
                }
                "list" => {
                    if let Some(item) = self.one_type(schema, step, "itemType") {
                        simple.variety = Variety::List(item);
                    }
                }
                _ => simple.variety = Variety::Union(self.member_types(schema, step)),
            },
        }
        simple.facets.open |= annotations::flag(element, "open", self.diagnostics);
        simple
    }

    /// The type that the attribute names, or that is written inside.
    fn one_type(
        &mut self,
        schema: &Schema,
        step: Element<'_>,
        name: &str,
    ) -> Option<Id<TypeDefinition>> {
        if let Some(attribute) = step.attribute(name) {
            return Some(self.type_reference(schema, step, attribute));
        }
        let inline = self.anonymous_type(schema, step);
        if inline.is_none() {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    step.span(),
                    format!(
                        "the {} names no type; it is read as `xs:anySimpleType`",
                        step.name()
                    ),
                )
                .help(format!("add {name}=\"…\", or an xs:simpleType inside")),
            );
        }
        inline
    }

    fn member_types(&mut self, schema: &Schema, step: Element<'_>) -> Vec<Id<TypeDefinition>> {
        let mut members = Vec::new();
        if let Some(attribute) = step.attribute("memberTypes") {
            for word in attribute.trimmed().split_whitespace() {
                members.extend(self.member_type(schema, step, attribute, word));
            }
        }
        for inline in step
            .children()
            .filter(|child| is_schema_markup(*child) && child.name() == "simpleType")
        {
            let definition = self.type_definition(schema, None, inline);
            members.push(self.contract.types.add(definition));
        }
        members
    }

    fn member_type(
        &mut self,
        schema: &Schema,
        step: Element<'_>,
        attribute: Attribute<'_>,
        word: &str,
    ) -> Option<Id<TypeDefinition>> {
        let name = self.word(schema, Kind::Type, step, attribute, word)?;
        Some(self.type_named(name, attribute.span()))
    }

    /// The facets that a restriction states.
    pub(super) fn facets(&mut self, step: Element<'_>) -> Facets {
        let mut facets = Facets {
            open: annotations::flag(step, "open", self.diagnostics),
            ..Facets::default()
        };
        for facet in step.children().filter(|child| is_schema_markup(*child)) {
            match facet.name() {
                "annotation" | "simpleType" | "attribute" | "attributeGroup" | "anyAttribute"
                | "assertion" | "assert" | "minScale" | "maxScale" => continue,
                _ => {}
            }
            let Some(attribute) = facet.attribute("value") else {
                self.diagnostics.push(
                    Diagnostic::warning(
                        Code::MissingMarkup,
                        facet.span(),
                        format!("the facet `{}` has no value; it is left out", facet.name()),
                    )
                    .help("add value=\"…\""),
                );
                continue;
            };
            self.facet(facet, attribute, &mut facets);
        }
        facets
    }

    fn facet(&mut self, facet: Element<'_>, attribute: Attribute<'_>, facets: &mut Facets) {
        let lexical = || Some(attribute.trimmed().to_owned());
        match facet.name() {
            "length" => facets.length = self.size(attribute),
            "minLength" => facets.min_length = self.size(attribute),
            "maxLength" => facets.max_length = self.size(attribute),
            "totalDigits" | "precision" => facets.total_digits = self.size(attribute),
            "fractionDigits" | "scale" => facets.fraction_digits = self.size(attribute),
            "minInclusive" => facets.min_inclusive = lexical(),
            "maxInclusive" => facets.max_inclusive = lexical(),
            "minExclusive" => facets.min_exclusive = lexical(),
            "maxExclusive" => facets.max_exclusive = lexical(),
            "pattern" => facets.patterns.push(attribute.value().to_owned()),
            "enumeration" => {
                let annotation = self.annotation(facet);
                self.prefix(facet, attribute, facets);
                facets.enumeration.push(EnumerationValue {
                    value: attribute.value().to_owned(),
                    documentation: annotation.documentation,
                    deprecated: annotation.deprecated,
                });
            }
            "whiteSpace" => {
                let values = [
                    ("preserve", WhiteSpace::Preserve),
                    ("replace", WhiteSpace::Replace),
                    ("collapse", WhiteSpace::Collapse),
                ];
                facets.white_space = annotations::choose(attribute, &values, self.diagnostics);
            }
            "explicitTimezone" => {
                let values = [
                    ("required", ExplicitTimezone::Required),
                    ("optional", ExplicitTimezone::Optional),
                    ("prohibited", ExplicitTimezone::Prohibited),
                ];
                facets.explicit_timezone =
                    annotations::choose(attribute, &values, self.diagnostics);
            }
            // Of the drafts of XML Schema; says nothing about values.
            "encoding" | "period" | "duration" => {}
            _ => self.unexpected(facet, "a restriction"),
        }
    }

    /// Notes what the prefix of a value means, should it be a name.
    fn prefix(&mut self, facet: Element<'_>, attribute: Attribute<'_>, facets: &mut Facets) {
        let (prefix, _) = attribute.trimmed().split_once(':').unwrap_or_default();
        let known = facets.prefixes.iter().any(|(known, _)| **known == *prefix);
        if let (false, Some(namespace)) = (known, facet.namespace_of(prefix)) {
            facets.prefixes.push((prefix.into(), namespace.into()));
        }
    }

    /// A number of characters, octets, items or digits. A limit that is no number limits nothing.
    fn size(&mut self, attribute: Attribute<'_>) -> Option<u64> {
        let written = attribute.trimmed();
        let integral = written.strip_suffix(".0").unwrap_or(written);
        if integral.is_empty() || integral.starts_with('-') || integral.parse::<u64>().is_err() {
            if integral.len() > 19 && integral.bytes().all(|byte| byte.is_ascii_digit()) {
                return Some(u64::MAX);
            }
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::InvalidValue,
                    attribute.span(),
                    format!("`{written}` is no size; the facet is left out"),
                )
                .help("write a whole number, zero or more"),
            );
            return None;
        }
        integral.parse().ok()
    }
}
