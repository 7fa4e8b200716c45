//! Declarations of elements and attributes (Structures §3.2.6, §3.3.6).

use std::collections::HashMap;

use castile::validation::datatype::Datatype;

use super::circles::visit;
use super::value::actual;
use super::{Content, Facts};
use crate::strict::components::{Components, Element, ElementId, TypeId, ValueConstraint};
use crate::strict::report::Report;

/// The type of each element; those without one have that of their head.
pub(super) fn types(components: &Components<'_>, report: &mut Report) -> Vec<Option<TypeId>> {
    let heads = |id: usize| -> Vec<usize> {
        components.elements[id]
            .head
            .iter()
            .map(|head| head.0)
            .collect()
    };
    let order = visit(components.elements.len(), heads, |from, _| {
        let element = &components.elements[from];
        report.find(
            "e-props-correct.6",
            element.span,
            format!("`{}` is in its own substitution group", element.name.local),
            "name another head",
        );
    });
    let mut types = vec![None; components.elements.len()];
    for id in order {
        let element = &components.elements[id];
        types[id] = match element.head.filter(|_| element.typed_by_head) {
            Some(head) => types[head.0],
            None => element.type_,
        };
    }
    types
}

/// The elements that name each head.
pub(super) fn members(components: &Components<'_>) -> HashMap<ElementId, Vec<ElementId>> {
    let mut members: HashMap<ElementId, Vec<ElementId>> = HashMap::new();
    for (id, element) in components.elements.iter().enumerate() {
        if let Some(head) = element.head {
            members.entry(head).or_default().push(ElementId(id));
        }
    }
    members
}

impl Facts<'_, '_> {
    /// Checks values, heads and types of all declarations.
    pub(super) fn declarations(&self, report: &mut Report) {
        for (element, type_) in self.components.elements.iter().zip(&self.element_types) {
            let Some(type_) = *type_ else {
                continue;
            };
            if let Some(value) = &element.value {
                self.element_value(value, type_, report);
            }
            self.notation_enumerated(type_, element.span, report);
            self.head(element, type_, report);
        }
        for attribute in &self.components.attributes {
            let Some(type_) = attribute.type_ else {
                continue;
            };
            self.notation_enumerated(type_, attribute.span, report);
            if let (Some(value), Some(datatype)) = (&attribute.value, &self.datatypes[type_.0]) {
                value_of(
                    datatype,
                    value,
                    ["a-props-correct.2", "a-props-correct.3"],
                    report,
                );
            }
        }
    }

    fn element_value(&self, value: &ValueConstraint<'_>, type_: TypeId, report: &mut Report) {
        const RULES: [&str; 2] = ["e-props-correct.2", "e-props-correct.5"];
        let text_is_allowed = match &self.contents[type_.0] {
            Content::Unknown => {
                if let Some(datatype) = &self.datatypes[type_.0] {
                    value_of(datatype, value, RULES, report);
                }
                return;
            }
            Content::Simple(datatype, _) => {
                if let Some(datatype) = datatype {
                    value_of(datatype, value, RULES, report);
                }
                return;
            }
            Content::Empty => false,
            Content::Elements { mixed, particle } => *mixed && self.is_emptiable(particle),
        };
        if !text_is_allowed {
            report.find(
                "cos-valid-default.2.1",
                value.span,
                "a default or fixed value of an element that cannot be text alone",
                "give it a simple type, simple content, or mixed content that may be empty",
            );
        }
    }

    fn head(&self, element: &Element<'_>, type_: TypeId, report: &mut Report) {
        let Some(head) = element.head else {
            return;
        };
        let Some(head_type) = self.element_types[head.0] else {
            return;
        };
        let head = &self.components.elements[head.0];
        if !self.is_derived(type_, head_type, head.final_) {
            report.find(
                "e-props-correct.4",
                element.span,
                format!(
                    "the type of `{}` is not derived from that of `{}`, the head of its \
                     substitution group, in a way that is allowed there",
                    element.name.local, head.name.local
                ),
                "give it a type derived from that of the head",
            );
        }
    }
}

/// Checks a `default` or `fixed`: whether it is of the type, which must not be an ID.
pub(super) fn value_of(
    datatype: &Datatype,
    value: &ValueConstraint<'_>,
    [invalid, identifier]: [&'static str; 2],
    report: &mut Report,
) {
    if datatype.is_derived_from_builtin("ID") {
        report.find(
            identifier,
            value.span,
            "a default or fixed value of an ID, which must be unique in a document",
            "leave it out",
        );
        return;
    }
    if let Err(error) = actual(datatype, value) {
        report.find(
            invalid,
            value.span,
            error.message,
            "write a value of the type",
        );
    }
}
