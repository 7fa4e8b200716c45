//! Attributes of two types.

use super::super::report::{Direction, Kind, Spans, Subject};
use super::members::takes;
use super::presence::values;
use super::types::View;
use super::{Pair, Walk, breaking, compatible};
use crate::contract::{AttributePresence, AttributeUse, ValueConstraint};
use crate::source::Span;

impl Walk<'_> {
    pub(super) fn attributes(&mut self, pair: &Pair, one: &View<'_>, other: &View<'_>) {
        let owner = self.owner(pair);
        let (old, new) = (self.old, self.new);
        let name = |old_side: bool, attribute: &AttributeUse| {
            let contract = if old_side {
                &old.contract
            } else {
                &new.contract
            };
            contract.attributes[attribute.declaration].name.clone()
        };
        let used =
            |attributes: &&AttributeUse| attributes.presence != AttributePresence::Prohibited;
        let is_required = |a: &AttributeUse| a.presence == AttributePresence::Required;
        let direction = pair.direction;
        for attribute in one.attributes.iter().filter(used) {
            let known = name(true, attribute);
            let at = Subject::Member(owner.clone(), format!("@{}", known.local));
            let mut partners = other.attributes.iter().filter(used);
            let Some(partner) = partners.find(|other| name(false, other) == known) else {
                let judged = match direction {
                    Direction::Request if takes(other.any_attribute.into_iter(), &known) => {
                        compatible("attribute-removed", "any attribute is still taken")
                    }
                    Direction::Request => breaking(
                        "attribute-removed",
                        "it is no longer allowed; old clients may send it",
                        "send it no more",
                    ),
                    Direction::Response if is_required(attribute) => breaking(
                        "attribute-removed",
                        "it comes no more; the old client needs it",
                        "regenerate the client before the service changes",
                    ),
                    Direction::Response => compatible(
                        "attribute-removed",
                        "it comes no more; old callers see none",
                    ),
                };
                let spans = Spans::both(attribute.span, Span::NONE);
                self.report(&at, Kind::Removed, spans, Some(direction), judged);
                continue;
            };
            let spans = Spans::both(attribute.span, partner.span);
            let mut found = Vec::new();
            match (is_required(attribute), is_required(partner)) {
                (false, true) => found.push(match direction {
                    Direction::Request => breaking(
                        "attribute-required",
                        "it must be sent now, and could be left out",
                        "always send it",
                    ),
                    Direction::Response => compatible("attribute-required", "it always comes now"),
                }),
                (true, false) => found.push(match direction {
                    Direction::Request => {
                        compatible("attribute-optional", "it may be left out now")
                    }
                    Direction::Response => breaking(
                        "attribute-optional",
                        "it may be missing now; the old client needs it",
                        "regenerate the client before the service changes",
                    ),
                }),
                _ => {}
            }
            let declarations = (
                &old.contract.attributes[attribute.declaration],
                &new.contract.attributes[partner.declaration],
            );
            let constraint = |a: &AttributeUse, declared: &Option<ValueConstraint>| {
                a.value_constraint.clone().or_else(|| declared.clone())
            };
            found.extend(values(
                direction,
                constraint(attribute, &declarations.0.value_constraint).as_ref(),
                constraint(partner, &declarations.1.value_constraint).as_ref(),
            ));
            for judged in found {
                self.report(&at, Kind::Changed, spans, Some(direction), judged);
            }
            let types = (
                declarations.0.type_definition,
                declarations.1.type_definition,
            );
            self.compare(types.0, types.1, direction, pair.format, &at);
        }
        for attribute in other.attributes.iter().filter(used) {
            let come = name(false, attribute);
            let mut known = one.attributes.iter().filter(used);
            if known.any(|known| name(true, known) == come) {
                continue;
            }
            let at = Subject::Member(owner.clone(), format!("@{}", come.local));
            let judged = match direction {
                Direction::Request if is_required(attribute) => breaking(
                    "required-attribute-added",
                    "it must be sent; old clients do not",
                    "regenerate the client before the service asks for it",
                ),
                Direction::Request => compatible("optional-attribute-added", "it need not be sent"),
                Direction::Response => compatible("attribute-added", "old clients pass over it"),
            };
            let spans = Spans::both(Span::NONE, attribute.span);
            self.report(&at, Kind::Added, spans, Some(direction), judged);
        }
        if one.any_attribute != other.any_attribute {
            let judged = match (direction, other.any_attribute) {
                (Direction::Request, None) => breaking(
                    "any-attribute-removed",
                    "other attributes than those named are no longer allowed",
                    "send no others",
                ),
                _ => compatible(
                    "any-attribute-changed",
                    "which other attributes are allowed changed",
                ),
            };
            let at = Subject::Component(owner);
            let spans = self.type_spans(pair);
            self.report(&at, Kind::Changed, spans, Some(direction), judged);
        }
    }
}
