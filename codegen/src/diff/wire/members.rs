//! Elements of two types.

use std::collections::BTreeMap;

use super::super::report::{Direction, Kind, Spans, Subject};
use super::content::{Member, Model};
use super::presence::{place, request, response, values};
use super::{Judged, Pair, Walk, breaking, compatible, unknown};
use crate::contract::{ElementDeclaration, Location, NamespaceConstraint, QName, Wildcard};
use crate::source::Span;

/// Whether one of the wildcards takes elements of this namespace.
pub(super) fn takes<'a>(mut wildcards: impl Iterator<Item = &'a Wildcard>, name: &QName) -> bool {
    wildcards.any(|wildcard| match &wildcard.namespaces {
        NamespaceConstraint::Any => true,
        NamespaceConstraint::Not(other) => *other != name.namespace && !name.namespace.is_empty(),
        NamespaceConstraint::OneOf(names) => names.contains(&name.namespace),
    })
}

impl Walk<'_> {
    fn element(&self, old: bool, member: &Member) -> &ElementDeclaration {
        let resolved = if old { self.old } else { self.new };
        &resolved.contract.elements[member.element]
    }

    /// The element of the same name; in JSON, the namespace means nothing.
    fn partner<'m>(&self, pair: &Pair, model: &'m Model, name: &QName) -> Option<&'m Member> {
        match pair.format.is_xml() {
            true => model.get(name),
            false => model.get_local(&name.local),
        }
    }

    pub(super) fn members(&mut self, pair: &Pair, old: &Model, new: &Model) {
        let owner = self.owner(pair);
        let mut replaced = Vec::new();
        let parameters = self.path_parameters(pair, old, new);
        for member in &old.members {
            let at = Subject::Member(owner.clone(), member.name.local.to_string());
            if let Some(name) = parameters.get(&member.name)
                && let Some(other) = new.get(name)
            {
                replaced.push(name.clone());
                let spans = Spans::both(member.span, other.span);
                let why = format!(
                    "it is called `{}` now; the path has its value, not its name",
                    name.local
                );
                let judged = compatible("path-parameter-renamed", why);
                self.report(&at, Kind::Changed, spans, Some(pair.direction), judged);
                self.member(pair, &at, member, other);
                continue;
            }
            if let Some(other) = self.partner(pair, new, &member.name) {
                self.member(pair, &at, member, other);
                continue;
            }
            let moved = new.get_local(&member.name.local);
            if let Some(other) = moved.filter(|other| old.get(&other.name).is_none()) {
                replaced.push(other.name.clone());
                self.namespace_changed(pair, &at, member, other);
                continue;
            }
            let judged = removed(pair, member, new);
            let spans = Spans::both(member.span, Span::NONE);
            self.report(&at, Kind::Removed, spans, Some(pair.direction), judged);
            let near = self.renamed(pair, member, old, new);
            if let Some(near) = near {
                self.findings.renamed(&at, &near);
                let there = Subject::Member(owner.clone(), near);
                self.findings.renamed(&there, &member.name.local);
            }
        }
        for member in &new.members {
            let is_known = self.partner(pair, old, &member.name).is_some();
            if is_known || replaced.contains(&member.name) {
                continue;
            }
            let at = Subject::Member(owner.clone(), member.name.local.to_string());
            let judged = added(pair, member, old);
            let spans = Spans::both(Span::NONE, member.span);
            self.report(&at, Kind::Added, spans, Some(pair.direction), judged);
            if let Some(near) = self.renamed_from(pair, member, old, new) {
                self.findings.renamed(&at, &near);
            }
        }
    }

    /// The parameters of a path that only one side has a name for, in order: those of the other side.
    fn path_parameters(&self, pair: &Pair, old: &Model, new: &Model) -> BTreeMap<QName, QName> {
        if pair.format.is_xml() {
            return BTreeMap::new();
        }
        let is_parameter = |is_old: bool, member: &&Member| {
            self.element(is_old, member).annotation.location == Location::Path
        };
        let gone = { old.members.iter() }
            .filter(|member| self.partner(pair, new, &member.name).is_none())
            .filter(|member| is_parameter(true, member));
        let come = { new.members.iter() }
            .filter(|member| self.partner(pair, old, &member.name).is_none())
            .filter(|member| is_parameter(false, member));
        gone.zip(come)
            .map(|(one, other)| (one.name.clone(), other.name.clone()))
            .collect()
    }

    /// The new element that a removed one may be called now: of the same type and a near name.
    fn renamed(&self, pair: &Pair, gone: &Member, old: &Model, new: &Model) -> Option<String> {
        let come = { new.members.iter() }
            .filter(|member| self.partner(pair, old, &member.name).is_none())
            .filter(|member| self.has_same_type(gone, member));
        super::super::renames::nearest(&gone.name.local, come.map(|member| &*member.name.local))
    }

    fn renamed_from(&self, pair: &Pair, come: &Member, old: &Model, new: &Model) -> Option<String> {
        let gone = { old.members.iter() }
            .filter(|member| self.partner(pair, new, &member.name).is_none())
            .filter(|member| self.has_same_type(member, come));
        super::super::renames::nearest(&come.name.local, gone.map(|member| &*member.name.local))
    }

    fn has_same_type(&self, old: &Member, new: &Member) -> bool {
        let one = self.element(true, old).type_definition;
        let other = self.element(false, new).type_definition;
        let name = &self.old.contract.types[one].name;
        *name == self.new.contract.types[other].name
    }

    fn namespace_changed(&mut self, pair: &Pair, at: &Subject, old: &Member, new: &Member) {
        let shown = |name: &QName| match &*name.namespace {
            "" => "no namespace".to_owned(),
            namespace => format!("`{namespace}`"),
        };
        let why = format!(
            "it was in {}, and is in {} now",
            shown(&old.name),
            shown(&new.name)
        );
        let judged = match pair.direction {
            Direction::Response if is_absent_tolerated(old) => breaking(
                "namespace-changed",
                format!("{why}: the old client passes over it, and its callers see no value"),
                "regenerate the client when the service changes",
            ),
            _ => breaking(
                "namespace-changed",
                why,
                "regenerate the client when the service changes",
            ),
        };
        let spans = Spans::both(old.span, new.span);
        self.report(at, Kind::Changed, spans, Some(pair.direction), judged);
    }

    /// An element that both have.
    fn member(&mut self, pair: &Pair, at: &Subject, old: &Member, new: &Member) {
        let (one, other) = (
            self.element(true, old).clone(),
            self.element(false, new).clone(),
        );
        let spans = Spans::both(old.span, new.span);
        let mut found = Vec::new();
        match pair.direction {
            Direction::Request => request(old, new, &one, &other, &mut found),
            Direction::Response => response(old, new, &one, &other, &mut found),
        }
        found.extend(values(
            pair.direction,
            one.value_constraint.as_ref(),
            other.value_constraint.as_ref(),
        ));
        let places = (one.annotation.location, other.annotation.location);
        if places.0 != places.1 {
            let why = format!(
                "it travelled in {}, and travels in {} now",
                place(places.0),
                place(places.1)
            );
            found.push(breaking("location-changed", why, "regenerate the client"));
        }
        for judged in found {
            self.report(at, Kind::Changed, spans, Some(pair.direction), judged);
        }
        self.substitutes(pair, at, old, new);
        self.compare(
            one.type_definition,
            other.type_definition,
            pair.direction,
            pair.format,
            at,
        );
    }

    /// The elements that may stand in for it.
    fn substitutes(&mut self, pair: &Pair, at: &Subject, old: &Member, new: &Member) {
        let (contract, other_contract) = (&self.old.contract, &self.new.contract);
        let known = self.old.substitutes(old.element);
        let come = self.new.substitutes(new.element);
        let names =
            |id: &crate::contract::Id<ElementDeclaration>| contract.elements[*id].name.clone();
        let new_names = |id: &crate::contract::Id<ElementDeclaration>| {
            other_contract.elements[*id].name.clone()
        };
        let mut found = Vec::new();
        let mut pairs = Vec::new();
        for id in known {
            let other = come.iter().find(|other| new_names(other) == names(id));
            match (other, pair.direction) {
                (Some(other), _) => pairs.push((*id, *other)),
                (None, Direction::Request) => found.push(breaking(
                    "substitute-removed",
                    format!("`{}` may no longer stand for it", names(id).local),
                    "send another element of the group",
                )),
                (None, Direction::Response) => found.push(compatible(
                    "substitute-removed",
                    format!("`{}` comes no more in its place", names(id).local),
                )),
            }
        }
        for id in come {
            if known.iter().any(|other| names(other) == new_names(id)) {
                continue;
            }
            let name = new_names(id).local;
            found.push(match pair.direction {
                Direction::Request => compatible(
                    "substitute-added",
                    format!("`{name}` may be sent in its place, and need not"),
                ),
                Direction::Response if is_absent_tolerated(old) => unknown(
                    "substitute-added",
                    format!("`{name}` may come in its place: the old client passes over it"),
                    "regenerate the client before the service sends it",
                ),
                Direction::Response => breaking(
                    "substitute-added",
                    format!(
                        "`{name}` may come in its place: the old client finds the element missing"
                    ),
                    "regenerate the client before the service sends it",
                ),
            });
        }
        let heads = (
            contract.elements[old.element].abstract_,
            other_contract.elements[new.element].abstract_,
        );
        if heads == (false, true) && pair.direction == Direction::Request {
            found.push(breaking(
                "element-abstract",
                "the element itself may no longer be sent, only others of its group",
                "send one of those that stand for it",
            ));
        }
        if heads == (true, false) && pair.direction == Direction::Response {
            found.push(breaking(
                "element-concrete",
                "the element itself may come now: the old client finds none of its group",
                "regenerate the client before the service changes",
            ));
        }
        let types: Vec<_> = { pairs.iter() }
            .map(|(one, other)| {
                let one = &contract.elements[*one];
                let other = &other_contract.elements[*other];
                let at = Subject::Component(super::super::components::element_label(&one.name));
                (one.type_definition, other.type_definition, at)
            })
            .collect();
        let spans = Spans::both(old.span, new.span);
        for judged in found {
            self.report(at, Kind::Changed, spans, Some(pair.direction), judged);
        }
        for (one, other, at) in types {
            self.compare(one, other, pair.direction, pair.format, &at);
        }
    }

    /// Elements that stand in another order.
    pub(super) fn order(&mut self, pair: &Pair, old: &Model, new: &Model) {
        if !pair.format.is_xml() {
            return;
        }
        let owner = self.owner(pair);
        for name in old.moved(new) {
            let judged = match pair.direction {
                Direction::Request if new.unordered => compatible(
                    "element-moved",
                    "it stands elsewhere; any order is taken now",
                ),
                Direction::Request => breaking(
                    "element-moved",
                    "it stands elsewhere in the order now; old clients write the old order, and a \
                     service that keeps to the schema refuses that",
                    "regenerate the client when the service changes",
                ),
                Direction::Response if old.repeats_groups => breaking(
                    "element-moved",
                    "it stands elsewhere in a group that repeats: there the order says where the next \
                     begins",
                    "regenerate the client before the service changes",
                ),
                Direction::Response => compatible(
                    "element-moved",
                    "it stands elsewhere in the order now; clients read in any order",
                ),
            };
            let span = |model: &Model| model.get(&name).map_or(Span::NONE, |member| member.span);
            let spans = Spans::both(span(old), span(new));
            let at = Subject::Member(owner.clone(), name.local.to_string());
            self.report(&at, Kind::Changed, spans, Some(pair.direction), judged);
        }
        if old.unordered != new.unordered && pair.direction == Direction::Request {
            let judged = match new.unordered {
                true => compatible("any-order", "elements may come in any order now"),
                false => compatible(
                    "one-order",
                    "elements must come in one order now, in which clients write",
                ),
            };
            let at = Subject::Component(owner);
            let spans = self.type_spans(pair);
            self.report(&at, Kind::Changed, spans, Some(pair.direction), judged);
        }
    }

    pub(super) fn wildcards(&mut self, pair: &Pair, old: &Model, new: &Model) {
        let is_same = old.wildcards == new.wildcards;
        if is_same {
            return;
        }
        let at = Subject::Component(self.owner(pair));
        let spans = self.type_spans(pair);
        let wildcards = |model: &Model| -> Vec<Wildcard> {
            model
                .wildcards
                .iter()
                .map(|(wildcard, _)| wildcard.clone())
                .collect()
        };
        let (known, come) = (wildcards(old), wildcards(new));
        let wider = come
            .iter()
            .any(|w| w.namespaces == NamespaceConstraint::Any);
        let least = |model: &Model| {
            model
                .wildcards
                .iter()
                .map(|(_, occurs)| occurs.min)
                .sum::<u64>()
        };
        let most = |model: &Model| {
            let mut most = model.wildcards.iter().map(|(_, occurs)| occurs.max);
            most.try_fold(0_u64, |sum, max| Some(sum.saturating_add(max?)))
        };
        let fewer = most(new).is_some_and(|most_new| most(old).is_none_or(|was| was > most_new));
        let judged = match pair.direction {
            Direction::Response => compatible(
                "wildcard-changed",
                "what other elements may come has changed; what the client does not know it passes over",
            ),
            Direction::Request if least(new) > least(old) => breaking(
                "wildcard-required",
                "other elements than those named must be sent now",
                "always send one",
            ),
            Direction::Request if known.is_empty() || wider && !fewer => {
                compatible("wildcard-added", "other elements are allowed now")
            }
            Direction::Request if come.is_empty() => breaking(
                "wildcard-removed",
                "other elements than those named are no longer allowed",
                "send no others",
            ),
            Direction::Request if fewer => breaking(
                "wildcard-narrowed",
                "fewer other elements than before are allowed",
                "send fewer",
            ),
            Direction::Request if known == come => compatible(
                "wildcard-changed",
                "other elements are allowed as before, or more of them",
            ),
            Direction::Request => unknown(
                "wildcard-changed",
                "other elements are allowed of other namespaces than before",
                "look whether what you send is still among them",
            ),
        };
        self.report(&at, Kind::Changed, spans, Some(pair.direction), judged);
    }
}

/// Whether an old client reads an answer without the element.
pub(super) fn is_absent_tolerated(member: &Member) -> bool {
    member.occurs.min == 0 || member.claimed || member.occurs.is_repeated()
}

fn removed(pair: &Pair, member: &Member, new: &Model) -> Judged {
    match pair.direction {
        Direction::Request
            if takes(
                new.wildcards.iter().map(|(wildcard, _)| wildcard),
                &member.name,
            ) =>
        {
            compatible(
                "element-removed",
                "any other element is still taken in its place",
            )
        }
        Direction::Request if pair.format.is_xml() => breaking(
            "element-removed",
            match member.occurs.min {
                0 => {
                    "it is no longer allowed; a service that keeps to the schema refuses requests \
                      that have it"
                }
                _ => {
                    "it is no longer allowed, and old clients always send it; a service that keeps \
                      to the schema refuses that"
                }
            },
            "regenerate the client when the service changes, and leave it out",
        ),
        Direction::Request => unknown(
            "element-removed",
            "it is no longer named; whether the service passes over what it does not know is not said",
            "ask the provider, or leave it out",
        ),
        Direction::Response if is_absent_tolerated(member) => compatible(
            "element-removed",
            "it comes no more; old callers see no value",
        ),
        Direction::Response => breaking(
            "element-removed",
            "it comes no more; the old client needs it and refuses the answer",
            "regenerate the client before the service changes",
        ),
    }
}

fn added(pair: &Pair, member: &Member, old: &Model) -> Judged {
    match pair.direction {
        Direction::Request if member.occurs.min == 0 => {
            compatible("optional-element-added", "it need not be sent")
        }
        Direction::Request if member.claimed => unknown(
            "required-element-added",
            "the documentation claims that it must be sent; old clients do not",
            "try a call without it, or ask the provider",
        ),
        Direction::Request => breaking(
            "required-element-added",
            "it must be sent; old clients do not, and the service refuses their requests",
            "regenerate the client before the service asks for it",
        ),
        Direction::Response if !old.wildcards.is_empty() => compatible(
            "element-added",
            "old clients keep it among the other elements",
        ),
        Direction::Response => compatible("element-added", "old clients pass over it"),
    }
}
