//! Particles as restrictions compare them (Structures §3.9.6): without what is pointless.

use std::rc::Rc;

use super::Facts;
use crate::contract::Compositor;
use crate::source::Span;
use crate::strict::components::{ElementId, Particle, Term, Wildcard};

/// A particle without pointless groups, references followed.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) min: u64,
    pub(super) max: Option<u64>,
    pub(super) kind: Kind,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Element(ElementId),
    Wildcard(Rc<Wildcard>),
    Group(Compositor, Vec<Node>),
    /// A reference to what is not there.
    Unknown,
}

impl Facts<'_, '_> {
    /// Without pointless groups; `None` for one without particles. Heads of substitution groups are
    /// choices.
    pub(super) fn normal(&self, particle: &Particle) -> Option<Node> {
        let node = |kind| Node {
            min: particle.min,
            max: particle.max,
            kind,
            span: particle.span,
        };
        let (compositor, particles) = match &particle.term {
            Term::Element(None) | Term::GroupReference(None) => return Some(node(Kind::Unknown)),
            Term::Element(Some(id)) => return Some(self.element_node(*id, particle)),
            Term::Wildcard(wildcard) => {
                return Some(node(Kind::Wildcard(Rc::new(wildcard.clone()))));
            }
            Term::GroupReference(Some(group)) => {
                match self.group(*group).map(|group| &group.term) {
                    Some(Term::Group(compositor, particles)) => (*compositor, particles),
                    _ => return Some(node(Kind::Unknown)),
                }
            }
            Term::Group(compositor, particles) => (*compositor, particles),
        };
        let mut nodes = Vec::new();
        for inner in particles {
            let Some(inner) = self.normal(inner) else {
                continue;
            };
            match inner.kind {
                Kind::Group(own, inside)
                    if own == compositor
                        && own != Compositor::All
                        && inner.min == 1
                        && inner.max == Some(1) =>
                {
                    nodes.extend(inside);
                }
                kind => nodes.push(Node { kind, ..inner }),
            }
        }
        if nodes.is_empty() && (compositor != Compositor::Choice || particle.min == 0) {
            return None;
        }
        if nodes.len() == 1 && particle.min == 1 && particle.max == Some(1) {
            return nodes.pop();
        }
        Some(node(Kind::Group(compositor, nodes)))
    }

    fn element_node(&self, id: ElementId, particle: &Particle) -> Node {
        let node = |min, max, kind| Node {
            min,
            max,
            kind,
            span: particle.span,
        };
        let members = self.substitutes(id);
        if members.len() < 2 {
            return node(particle.min, particle.max, Kind::Element(id));
        }
        let mut branches = Vec::new();
        for member in members {
            branches.push(node(1, Some(1), Kind::Element(member)));
        }
        let choice = Kind::Group(Compositor::Choice, branches);
        node(particle.min, particle.max, choice)
    }
}

/// Effective Total Range.
pub(super) fn total(node: &Node) -> (u64, Option<u64>) {
    let Kind::Group(compositor, nodes) = &node.kind else {
        return (node.min, node.max);
    };
    let mut min: Option<u64> = None;
    let mut max = Some(0_u64);
    for (inner_min, inner_max) in nodes.iter().map(total) {
        if *compositor == Compositor::Choice {
            min = Some(min.map_or(inner_min, |min| min.min(inner_min)));
            max = max.zip(inner_max).map(|(one, two)| one.max(two));
        } else {
            min = Some(min.unwrap_or(0).saturating_add(inner_min));
            max = max.zip(inner_max).map(|(one, two)| one.saturating_add(two));
        }
    }
    let outer = match (max, node.max) {
        (Some(0), _) => Some(0),
        (Some(inner), Some(outer)) => Some(inner.saturating_mul(outer)),
        _ => None,
    };
    (min.unwrap_or(0).saturating_mul(node.min), outer)
}

pub(super) fn emptiable(node: &Node) -> bool {
    node.min == 0 || matches!(node.kind, Kind::Unknown) || is_group(node) && total(node).0 == 0
}

fn is_group(node: &Node) -> bool {
    matches!(node.kind, Kind::Group(..))
}
