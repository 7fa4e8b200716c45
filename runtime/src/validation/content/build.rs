//! From particles to a tree of nodes.

use std::sync::Arc;

use super::{Kind, Model, Node};
use crate::validation::component::{Components, Compositor, Particle, Term};
use crate::validation::names::NameId;

/// How deep groups may be inside each other.
const DEPTH: usize = 512;
/// How many nodes a content model may have: groups of groups double with each step.
const NODES: usize = 1_000_000;

impl Model {
    /// The model of particles that follow each other.
    pub(in crate::validation) fn new(schema: &Components, particles: &[Arc<Particle>]) -> Self {
        let mut build = Build {
            schema,
            model: Self::default(),
            open: Vec::new(),
        };
        let root = build.node(None, 0, 1, Some(1), Kind::Choice);
        let whole = match particles {
            [only] => build.particle(only, root, 0).map(|node| vec![node]),
            several => {
                let refs: Vec<&Particle> = several.iter().map(AsRef::as_ref).collect();
                build.children(&refs, root)
            }
        };
        match whole {
            Some(children) => build.sequence(root, children),
            None => {
                build.model = Self::default();
                build.model.too_large = true;
                return build.model;
            }
        }
        build.finish();
        build.model
    }
}

struct Build<'s> {
    schema: &'s Components,
    model: Model,
    /// The named groups around.
    open: Vec<NameId>,
}

impl Build<'_> {
    fn node(
        &mut self,
        parent: Option<usize>,
        index: usize,
        min: u64,
        max: Option<u64>,
        kind: Kind,
    ) -> usize {
        let id = self.model.nodes.len();
        let above = parent.and_then(|parent| self.model.nodes.get(parent));
        let counted = !(min <= 1 && matches!(max, None | Some(1)));
        let node = Node {
            parent,
            index,
            depth: above.map_or(0, |above| above.depth + 1),
            last: id,
            min,
            max,
            counted,
            counters: above.map_or(0, |above| above.counters) + usize::from(counted),
            alls: above.map_or(0, |above| above.alls),
            is_emptiable: false,
            begins: 0,
            kind,
        };
        self.model.nodes.push(node);
        id
    }

    /// Adds particles below a node; `None` if there is no room.
    fn children(&mut self, particles: &[&Particle], parent: usize) -> Option<Vec<usize>> {
        let mut children = Vec::new();
        for particle in particles {
            if particle.max != Some(0) {
                let index = children.len();
                children.push(self.particle(particle, parent, index)?);
            }
        }
        Some(children)
    }

    fn particle(&mut self, particle: &Particle, parent: usize, index: usize) -> Option<usize> {
        let (mut min, mut max) = (particle.min, particle.max);
        let mut particle = particle;
        // A group of one particle is that particle, where their occurrences multiply.
        while let Term::Group(Compositor::Sequence | Compositor::Choice, inner) = &particle.term {
            let [only] = inner.as_slice() else { break };
            match product((min, max), (only.min, only.max)) {
                Some(occurs) if only.max != Some(0) => (min, max) = occurs,
                _ => break,
            }
            particle = only;
        }
        let depth = self.model.nodes.get(parent).map_or(0, |node| node.depth);
        if depth > DEPTH || self.model.nodes.len() > NODES {
            return None;
        }
        let parent = Some(parent);
        match &particle.term {
            Term::Element(id) => {
                let leaf = self.node(parent, index, min, max, Kind::Element(*id));
                let name = self.schema.element(*id).name;
                self.model.names.entry(name).or_default().push(leaf);
                Some(leaf)
            }
            Term::Wildcard(wildcard) => {
                let kind = Kind::Wildcard(wildcard.clone());
                let leaf = self.node(parent, index, min, max, kind);
                self.model.wildcards.push(leaf);
                Some(leaf)
            }
            Term::Group(compositor, particles) => {
                let node = self.node(parent, index, min, max, Kind::Choice);
                self.group(node, *compositor, particles)?;
                Some(node)
            }
            Term::GroupReference(name) => {
                let node = self.node(parent, index, min, max, Kind::Choice);
                let group = self.schema.groups.get(name).cloned();
                match group {
                    Some(group) if !self.open.contains(name) => {
                        self.open.push(*name);
                        let inner = self.particle(&group, node, 0)?;
                        self.open.pop();
                        self.sequence(node, vec![inner]);
                    }
                    // Groups that contain themselves are no schema; what is missing asks nothing.
                    _ => self.sequence(node, Vec::new()),
                }
                Some(node)
            }
        }
    }

    fn group(&mut self, node: usize, compositor: Compositor, particles: &[Particle]) -> Option<()> {
        let particles: Vec<&Particle> = particles.iter().collect();
        if compositor != Compositor::All {
            let children = self.children(&particles, node)?;
            match compositor {
                Compositor::Sequence => self.sequence(node, children),
                _ => {
                    let is_emptiable = children.iter().any(|&child| self.is_optional(child));
                    self.close(node, Kind::Choice, is_emptiable);
                }
            }
            return Some(());
        }
        // The group counts its members itself: they may come again after others.
        let kept = particles.iter().filter(|particle| particle.max != Some(0));
        let occurs = kept.map(|particle| (particle.min, particle.max)).collect();
        if let Some(node) = self.model.nodes.get_mut(node) {
            node.alls += 1;
        }
        let once: Vec<Particle> = { particles.iter() }
            .map(|particle| Particle {
                min: 1,
                max: particle.max.map(|max| max.min(1)),
                term: particle.term.clone(),
            })
            .map(|particle| Particle {
                max: particle.max.or(Some(1)),
                ..particle
            })
            .collect();
        let once: Vec<&Particle> = once.iter().collect();
        let children = self.children(&once, node)?;
        let occurs: Vec<(u64, Option<u64>)> = occurs;
        let is_emptiable = { children.iter().zip(&occurs) }
            .all(|(&child, (min, _))| *min == 0 || self.is_optional(child));
        self.close(node, Kind::All { children, occurs }, is_emptiable);
        Some(())
    }

    fn sequence(&mut self, node: usize, children: Vec<usize>) {
        let mut required = vec![children.len()];
        for (index, &child) in children.iter().enumerate().rev() {
            let next = required.last().copied().unwrap_or_default();
            required.push(if self.is_optional(child) { next } else { index });
        }
        required.reverse();
        let is_emptiable = required.first() == Some(&children.len());
        self.close(node, Kind::Sequence { children, required }, is_emptiable);
    }

    fn is_optional(&self, node: usize) -> bool {
        self.model.nodes.get(node).is_some_and(Node::is_optional)
    }

    fn close(&mut self, node: usize, kind: Kind, is_emptiable: bool) {
        let last = self.model.nodes.len() - 1;
        if let Some(node) = self.model.nodes.get_mut(node) {
            node.kind = kind;
            node.last = last;
            node.is_emptiable = is_emptiable;
        }
    }

    /// Finds out for each leaf what it may begin.
    fn finish(&mut self) {
        for leaf in 0..self.model.nodes.len() {
            let nodes = &self.model.nodes;
            let mut at = leaf;
            while let Some(parent) = nodes[at].parent {
                if let Kind::Sequence { required, .. } = &nodes[parent].kind
                    && required
                        .first()
                        .is_some_and(|first| *first < nodes[at].index)
                {
                    break;
                }
                at = parent;
            }
            let begins = nodes[at].depth;
            self.model.nodes[leaf].begins = begins;
        }
    }
}

type Occurs = (u64, Option<u64>);

/// The occurrence of a particle inside another one without siblings, where it is a range again.
fn product(outer: Occurs, inner: Occurs) -> Option<Occurs> {
    let (c, d) = outer;
    let (a, b) = inner;
    let is_range = Some(c) == d
        || match b {
            None => c >= 1 || a <= 1,
            Some(b) => c.saturating_mul(b).saturating_add(1) >= (c + 1).saturating_mul(a),
        };
    let max = match (b, d) {
        (Some(0), _) | (_, Some(0)) => Some(0),
        (Some(b), Some(d)) => Some(b.saturating_mul(d)),
        _ => None,
    };
    is_range.then(|| (c.saturating_mul(a), max))
}

#[cfg(test)]
mod tests {
    use super::product;

    #[test]
    fn occurrences_multiply_where_no_gap_is_left() {
        assert_eq!(product((0, None), (1, Some(1))), Some((0, None)));
        assert_eq!(product((1, Some(1)), (2, Some(5))), Some((2, Some(5))));
        assert_eq!(product((2, Some(3)), (2, Some(3))), Some((4, Some(9))));
        // None, or three: not one or two.
        assert_eq!(product((0, Some(1)), (3, Some(3))), None);
        assert_eq!(product((2, Some(2)), (0, None)), Some((0, None)));
    }
}
