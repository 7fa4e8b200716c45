//! Unique Particle Attribution (Structures §3.8.6): which particle an element is for is known
//! without looking ahead.
//!
//! For each particle two sets are found: what it can begin with, and what may go on inside of it
//! where it could also end (after Brüggemann-Klein, with the numbers of occurrences counted: what
//! occurs exactly n times either goes on or ends). Two particles of such sets that meet must not
//! overlap.

use std::collections::{HashMap, HashSet};

use super::{Facts, wildcard};
use crate::contract::{Compositor, NamespaceConstraint, QName};
use crate::source::Span;
use crate::strict::components::{ElementId, Particle, Term, Wildcard};
use crate::strict::report::Report;

/// How many elements a substitution group may have to be looked through.
const MEMBERS: usize = 10_000;

/// A particle that an element can be for: its number in the content, and where it stands.
#[derive(Clone, Copy)]
struct Position {
    number: usize,
    span: Span,
}

/// Particles by what they are for.
#[derive(Default)]
struct Set<'s> {
    names: HashMap<&'s QName, Position>,
    wildcards: Vec<(&'s NamespaceConstraint, Position)>,
}

impl<'s> Set<'s> {
    fn len(&self) -> usize {
        self.names.len() + self.wildcards.len()
    }

    /// Takes another set in; the larger one is kept.
    fn merge(&mut self, mut other: Self) {
        if other.len() > self.len() {
            std::mem::swap(self, &mut other);
        }
        for (name, position) in other.names {
            self.names.entry(name).or_insert(position);
        }
        for wildcard in other.wildcards {
            let known = { self.wildcards.iter() }.any(|(_, at)| at.number == wildcard.1.number);
            if !known {
                self.wildcards.push(wildcard);
            }
        }
    }

    /// The first two different particles, one of each set, that one element could be for.
    fn overlap(&self, other: &Self) -> Option<(Position, Position, String)> {
        let (small, large) = if self.names.len() < other.names.len() {
            (self, other)
        } else {
            (other, self)
        };
        let mut found: Option<(Position, Position, String)> = None;
        let mut note = |one: Position, two: Position, what: &dyn Fn() -> String| {
            let (one, two) = if one.number < two.number {
                (one, two)
            } else {
                (two, one)
            };
            if one.number == two.number {
                return;
            }
            // Names come in no order: of several pairs it is always the same one that is found.
            let place = (two.number, one.number);
            match &found {
                Some((first, second, _)) if place > (second.number, first.number) => {}
                Some((first, second, text)) if place == (second.number, first.number) => {
                    let what = what();
                    if what < *text {
                        found = Some((one, two, what));
                    }
                }
                _ => found = Some((one, two, what())),
            }
        };
        for (name, one) in &small.names {
            if let Some(two) = large.names.get(name) {
                note(*one, *two, &|| format!("an element `{}`", name.local));
            }
        }
        for (set, others) in [(self, other), (other, self)] {
            for (constraint, one) in &set.wildcards {
                for (name, two) in &others.names {
                    if wildcard::allows(constraint, &name.namespace) {
                        note(*one, *two, &|| format!("an element `{}`", name.local));
                    }
                }
            }
        }
        for (constraint, one) in &self.wildcards {
            for (theirs, two) in &other.wildcards {
                if wildcard::overlap(constraint, theirs) {
                    note(*one, *two, &|| {
                        "an element that both wildcards allow".to_owned()
                    });
                }
            }
        }
        found
    }
}

/// What is known of a particle.
struct Part<'s> {
    first: Set<'s>,
    /// What may go on where it could end.
    going_on: Set<'s>,
    emptiable: bool,
}

struct Walk<'s, 'f, 'c, 'a> {
    facts: &'s Facts<'c, 'a>,
    report: &'f mut Report,
    number: usize,
    /// The type, for findings in another document.
    span: Span,
    found: bool,
}

impl<'a> Facts<'_, 'a> {
    /// Checks a content.
    pub(super) fn deterministic(&self, particle: &Particle, span: Span, report: &mut Report) {
        let mut walk = Walk {
            facts: self,
            report,
            number: 0,
            span,
            found: false,
        };
        walk.part(particle);
    }

    /// The declarations that may stand where a particle refers to this one (Substitution Group OK):
    /// itself, and those of its substitution group that neither are abstract nor blocked.
    pub(super) fn substitutes(&self, id: ElementId) -> Vec<ElementId> {
        let mut all = vec![id];
        let head = &self.components.elements[id.0];
        if !head.global || head.block.substitution {
            return all;
        }
        let head_type = self.element_types[id.0];
        let mut seen = HashSet::from([id]);
        let mut at = 0;
        while let Some(id) = all.get(at).copied() {
            at += 1;
            let members = self.members.get(&id).into_iter().flatten();
            all.extend(members.filter(|member| seen.insert(**member)));
            if all.len() > MEMBERS {
                break;
            }
        }
        all.retain(|member| {
            let types = self.element_types[member.0].zip(head_type);
            let derived =
                types.is_none_or(|(own, theirs)| self.is_derived(own, theirs, head.block));
            *member == id || derived && !self.components.elements[member.0].abstract_
        });
        all
    }
}

impl<'s> Walk<'s, '_, '_, '_> {
    fn part(&mut self, particle: &'s Particle) -> Part<'s> {
        let mut part = match &particle.term {
            Term::Element(id) => {
                let position = self.position(particle);
                let mut first = Set::default();
                let ids: Vec<_> = { id.iter() }
                    .flat_map(|id| self.facts.substitutes(*id))
                    .collect();
                // Without a budget nothing more is said of this content.
                self.found |= !self
                    .facts
                    .spend(u64::try_from(ids.len()).unwrap_or(u64::MAX));
                for id in ids.into_iter().filter(|_| !self.found) {
                    let name = &self.facts.components.elements[id.0].name;
                    first.names.insert(name, position);
                }
                Part {
                    first,
                    going_on: Set::default(),
                    emptiable: false,
                }
            }
            Term::Wildcard(Wildcard { namespaces, .. }) => {
                let position = self.position(particle);
                let mut first = Set::default();
                first.wildcards.push((namespaces, position));
                Part {
                    first,
                    going_on: Set::default(),
                    emptiable: false,
                }
            }
            Term::GroupReference(group) => match group.and_then(|group| self.facts.group(group)) {
                Some(group) => self.part(group),
                None => Part {
                    first: Set::default(),
                    going_on: Set::default(),
                    emptiable: true,
                },
            },
            Term::Group(Compositor::Sequence, particles) => self.sequence(particles),
            Term::Group(Compositor::Choice, particles) => self.choice(particles),
            Term::Group(Compositor::All, particles) => self.all(particles),
        };
        if particle.max != Some(1) {
            self.meet(&part.going_on, &part.first);
            // What occurs exactly n times, and is there each time, goes on or ends: never either.
            if particle.max != Some(particle.min) || part.emptiable {
                let again = Set {
                    names: part.first.names.clone(),
                    wildcards: part.first.wildcards.clone(),
                };
                part.going_on.merge(again);
            }
        }
        part.emptiable |= particle.min == 0;
        part
    }

    fn position(&mut self, particle: &Particle) -> Position {
        self.number += 1;
        Position {
            number: self.number,
            span: particle.span,
        }
    }

    fn sequence(&mut self, particles: &'s [std::rc::Rc<Particle>]) -> Part<'s> {
        let mut whole = Part {
            first: Set::default(),
            going_on: Set::default(),
            emptiable: true,
        };
        for particle in particles {
            let part = self.part(particle);
            self.meet(&whole.going_on, &part.first);
            if !part.emptiable {
                whole.going_on = part.going_on;
                if whole.emptiable {
                    self.open(&mut whole, part.first);
                }
                whole.emptiable = false;
                continue;
            }
            whole.going_on.merge(part.going_on);
            let first = Set {
                names: part.first.names.clone(),
                wildcards: part.first.wildcards.clone(),
            };
            whole.going_on.merge(first);
            if whole.emptiable {
                self.open(&mut whole, part.first);
            }
        }
        whole
    }

    /// What comes next can begin the whole, too.
    fn open(&mut self, whole: &mut Part<'s>, first: Set<'s>) {
        self.meet(&whole.first, &first);
        whole.first.merge(first);
    }

    fn choice(&mut self, particles: &'s [std::rc::Rc<Particle>]) -> Part<'s> {
        let mut whole = Part {
            first: Set::default(),
            going_on: Set::default(),
            emptiable: false,
        };
        for particle in particles {
            let part = self.part(particle);
            self.open(&mut whole, part.first);
            whole.going_on.merge(part.going_on);
            whole.emptiable |= part.emptiable;
        }
        whole
    }

    fn all(&mut self, particles: &'s [std::rc::Rc<Particle>]) -> Part<'s> {
        let mut whole = self.choice(particles);
        let first = Set {
            names: whole.first.names.clone(),
            wildcards: whole.first.wildcards.clone(),
        };
        whole.going_on.merge(first);
        whole.emptiable = { particles.iter() }.all(|particle| self.facts.is_emptiable(particle));
        whole
    }

    /// Reports the first two particles that one element could be for where both sets are open.
    fn meet(&mut self, one: &Set<'s>, two: &Set<'s>) {
        if self.found {
            return;
        }
        let Some((first, second, what)) = one.overlap(two) else {
            return;
        };
        self.found = true;
        let span = if second.span.is_some() {
            second.span
        } else {
            self.span
        };
        let mut message = format!("{what} could be for this particle or for another one");
        if first.span == second.span {
            message = format!("{what} could be for either use of this particle");
        }
        self.report.find_related(
            "cos-nonambig",
            span,
            message,
            "what comes must say which particle it is for: put in one what is common to both",
            (first.span, "the other one"),
        );
    }
}
