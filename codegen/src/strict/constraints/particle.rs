//! Facts about particles and model groups (Structures §3.8.6, §3.9.6).

use super::Facts;
use super::circles::visit;
use crate::contract::Compositor;
use crate::strict::components::{Components, GroupId, Particle, Term};
use crate::strict::report::Report;

/// How many particles a content may have, references followed, to be looked through.
const PARTICLES: u64 = 20_000;

/// How deep groups may stand inside of each other to be looked through.
const DEPTH: u64 = 400;

/// What is known of a model group definition.
#[derive(Clone, Copy, Default)]
pub(super) struct GroupFacts {
    /// It contains itself, or a group that does.
    circular: bool,
    /// The particles in it, references followed.
    particles: u64,
    depth: u64,
    emptiable: bool,
}

/// Finds out about all groups; those that contain themselves are reported.
pub(super) fn groups(components: &Components<'_>, report: &mut Report) -> Vec<GroupFacts> {
    let count = components.groups.len();
    let mut circular = vec![false; count];
    let edges = |id: usize| {
        let mut found = Vec::new();
        if let Some(group) = &components.groups[id].group {
            references(group, &mut found);
        }
        found
    };
    let order = visit(count, edges, |from, to| {
        circular[from] = true;
        let span = { components.groups[from].group.as_deref() }
            .and_then(|group| reference_to(group, to))
            .or(components.groups[from].span);
        if let Some(span) = span {
            report.find(
                "mg-props-correct.2",
                span,
                "the group contains itself",
                "leave the reference out, or go by way of an element",
            );
        }
    });
    let mut facts = vec![GroupFacts::default(); count];
    for id in order {
        let mut own = GroupFacts {
            circular: circular[id],
            ..GroupFacts::default()
        };
        if let Some(group) = &components.groups[id].group {
            let of_group = measured(group, &facts);
            own = GroupFacts {
                circular: own.circular || of_group.circular,
                ..of_group
            };
        }
        facts[id] = own;
    }
    facts
}

fn references(particle: &Particle, found: &mut Vec<usize>) {
    match &particle.term {
        Term::Group(_, particles) => {
            for particle in particles {
                references(particle, found);
            }
        }
        Term::GroupReference(Some(group)) => found.push(group.0),
        _ => {}
    }
}

fn reference_to(particle: &Particle, to: usize) -> Option<crate::source::Span> {
    match &particle.term {
        Term::Group(_, particles) => {
            { particles.iter() }.find_map(|particle| reference_to(particle, to))
        }
        Term::GroupReference(Some(group)) if group.0 == to => Some(particle.span),
        _ => None,
    }
}

fn measured(particle: &Particle, groups: &[GroupFacts]) -> GroupFacts {
    let mut facts = match &particle.term {
        Term::Element(_) | Term::Wildcard(_) | Term::GroupReference(None) => GroupFacts {
            particles: 1,
            ..GroupFacts::default()
        },
        Term::GroupReference(Some(group)) => groups[group.0],
        Term::Group(compositor, particles) => {
            let choice = *compositor == Compositor::Choice;
            let mut facts = GroupFacts {
                emptiable: !choice,
                ..GroupFacts::default()
            };
            for particle in particles {
                let inner = measured(particle, groups);
                facts.circular |= inner.circular;
                facts.particles = facts.particles.saturating_add(inner.particles);
                facts.depth = facts.depth.max(inner.depth);
                if choice {
                    facts.emptiable |= inner.emptiable;
                } else {
                    facts.emptiable &= inner.emptiable;
                }
            }
            facts
        }
    };
    facts.particles = facts.particles.saturating_add(1);
    facts.depth = facts.depth.saturating_add(1);
    facts.emptiable |= particle.min == 0;
    facts
}

impl<'c> Facts<'c, '_> {
    /// Particle Emptiable; what is not known is.
    pub(super) fn is_emptiable(&self, particle: &Particle) -> bool {
        let facts = measured(particle, &self.groups);
        facts.circular || facts.emptiable
    }

    /// Whether a content can be looked through: it is no circle, nor too large or deep.
    pub(super) fn is_within_bounds(&self, particle: &Particle) -> bool {
        let facts = measured(particle, &self.groups);
        let fits = !facts.circular && facts.particles <= PARTICLES && facts.depth <= DEPTH;
        fits && self.spend(facts.particles)
    }

    /// The group that a reference means.
    pub(super) fn group(&self, id: GroupId) -> Option<&'c Particle> {
        self.components.groups[id.0].group.as_deref()
    }

    /// All Group Limited: `xs:all` is all of a content, and comes once.
    pub(super) fn all_limited(&self, particle: &Particle, top: bool, report: &mut Report) {
        match &particle.term {
            Term::Group(_, particles) => {
                for particle in particles {
                    self.all_limited(particle, false, report);
                }
            }
            Term::GroupReference(_)
                if self.compositor(particle) == Some(Compositor::All)
                    && (!top || particle.max != Some(1)) =>
            {
                report.find(
                    "cos-all-limited.1.2",
                    particle.span,
                    "the group is an xs:all, which stands alone in a content, once",
                    "use xs:sequence or xs:choice in the group",
                );
            }
            _ => {}
        }
    }
}
