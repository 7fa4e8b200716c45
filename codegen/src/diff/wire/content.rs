//! A content model as a list of what it may hold: which elements, how often, in what order, which of
//! them exclude each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{
    Compositor, Content, Contract, ElementDeclaration, Id, ModelGroup, Occurs, Particle, Presence,
    QName, Term, Wildcard,
};
use crate::resolve::Resolved;
use crate::source::Span;

/// An element that a content model has a name for.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: QName,
    pub(super) element: Id<ElementDeclaration>,
    /// How often, all groups around it considered.
    pub(super) occurs: Occurs,
    /// How often in one turn of the group around it that repeats.
    pub(super) inner: Occurs,
    /// Which group around it repeats.
    pub(super) repeats: Option<Compositor>,
    /// Whether its minimum is only claimed by a documentation page.
    pub(super) claimed: bool,
    /// Its place among the others; branches of one choice share it.
    pub(super) position: usize,
    /// The choices around it, and its branch in each.
    pub(super) branches: BTreeMap<usize, usize>,
    pub(super) span: Span,
}

/// A choice of a content model.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Whether one of its branches must be there.
    pub(super) required: bool,
    /// Whether it may be made more than once.
    pub(super) repeated: bool,
    /// What may be chosen.
    pub(super) members: BTreeSet<QName>,
}

/// What a complex type may hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) members: Vec<Member>,
    pub(super) wildcards: Vec<(Wildcard, Occurs)>,
    pub(super) choices: BTreeMap<usize, Choice>,
    /// Whether the order of elements means nothing (`xs:all`).
    pub(super) unordered: bool,
    /// Whether a group of several elements may come again and again.
    pub(super) repeats_groups: bool,
    index: BTreeMap<QName, usize>,
}

#[derive(Clone)]
struct Around {
    occurs: Occurs,
    inner: Occurs,
    repeats: Option<Compositor>,
    branches: BTreeMap<usize, usize>,
}

impl Around {
    /// What is around the particles of a group.
    fn inside(&self, particle: &Particle, group: &ModelGroup) -> Self {
        let mut inside = self.clone();
        inside.occurs = particle.occurs.within(self.occurs);
        // A group of one is that one, as often.
        if particle.occurs.is_repeated() && group.particles.len() > 1 {
            inside.inner = Occurs::ONCE;
            inside.repeats = Some(group.compositor);
        } else {
            inside.inner = particle.occurs.within(self.inner);
        }
        inside
    }
}

impl Model {
    /// The model of a content; nothing for text.
    pub(super) fn of(resolved: &Resolved, content: &Content) -> Self {
        let mut model = Self::default();
        if let Content::Elements(particle) = content {
            let around = Around {
                occurs: Occurs::ONCE,
                inner: Occurs::ONCE,
                repeats: None,
                branches: BTreeMap::new(),
            };
            let mut position = 0;
            model.particle(&resolved.contract, particle, &around, &mut position);
        }
        model
    }

    /// The member of this name.
    pub(super) fn get(&self, name: &QName) -> Option<&Member> {
        self.index
            .get(name)
            .and_then(|&index| self.members.get(index))
    }

    /// The member of this local name, in whatever namespace.
    pub(super) fn get_local(&self, local: &str) -> Option<&Member> {
        self.members
            .iter()
            .find(|member| &*member.name.local == local)
    }

    fn particle(
        &mut self,
        contract: &Contract,
        particle: &Particle,
        around: &Around,
        position: &mut usize,
    ) {
        if particle.occurs.is_prohibited() {
            return;
        }
        let occurs = particle.occurs.within(around.occurs);
        match &particle.term {
            Term::Element(id) => {
                self.element(contract, *id, particle, around, *position);
                *position += 1;
            }
            Term::Wildcard(wildcard) => {
                self.wildcards.push((wildcard.clone(), occurs));
                *position += 1;
            }
            Term::GroupReference(_) => {}
            Term::Group(group) if group.compositor == Compositor::Choice => {
                let number = self.choices.len();
                let required = particle.occurs.min > 0
                    && !group.particles.is_empty()
                    && !group.particles.iter().any(is_emptiable);
                let choice = Choice {
                    required: required && around.occurs.min > 0,
                    repeated: occurs.is_repeated(),
                    members: BTreeSet::new(),
                };
                let is_choice = group.particles.len() > 1;
                if is_choice {
                    self.choices.insert(number, choice);
                }
                let start = *position;
                let mut end = start;
                for (branch, inner) in group.particles.iter().enumerate() {
                    let mut around = around.inside(particle, group);
                    if is_choice {
                        around.branches.insert(number, branch);
                        around.occurs.min = 0;
                    }
                    *position = start;
                    self.particle(contract, inner, &around, position);
                    end = end.max(*position);
                }
                *position = end.max(start + 1);
            }
            Term::Group(group) => {
                self.unordered |= group.compositor == Compositor::All;
                self.repeats_groups |= particle.occurs.is_repeated() && group.particles.len() > 1;
                let around = around.inside(particle, group);
                for inner in &group.particles {
                    self.particle(contract, inner, &around, position);
                }
            }
        }
    }

    fn element(
        &mut self,
        contract: &Contract,
        id: Id<ElementDeclaration>,
        particle: &Particle,
        around: &Around,
        position: usize,
    ) {
        let occurs = particle.occurs.within(around.occurs);
        let element = &contract.elements[id];
        for number in around.branches.keys() {
            if let Some(choice) = self.choices.get_mut(number) {
                choice.members.insert(element.name.clone());
            }
        }
        let member = Member {
            name: element.name.clone(),
            element: id,
            occurs,
            inner: particle.occurs.within(around.inner),
            repeats: around.repeats,
            claimed: element.annotation.presence == Presence::Claimed,
            position,
            branches: around.branches.clone(),
            span: if element.span.is_some() {
                element.span
            } else {
                particle.span
            },
        };
        let known = self.index.get(&member.name).copied();
        let Some(known) = known.and_then(|index| self.members.get_mut(index)) else {
            self.index.insert(member.name.clone(), self.members.len());
            self.members.push(member);
            return;
        };
        // The same name again: in another branch it is one or the other, else both.
        let excludes = known.excludes(&member);
        let max = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) if excludes => Some(a.max(b)),
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            _ => None,
        };
        known.occurs = Occurs {
            min: match excludes {
                true => known.occurs.min.min(occurs.min),
                false => known.occurs.min.saturating_add(occurs.min),
            },
            max: max(known.occurs.max, occurs.max),
        };
    }

    /// Whether the content as it is always has one of these names.
    pub(super) fn guarantees(&self, names: &BTreeSet<QName>) -> bool {
        let is_one = |member: &Member| member.occurs.min > 0 && names.contains(&member.name);
        let is_inner = |choice: &Choice| choice.required && choice.members.is_subset(names);
        self.members.iter().any(is_one) || self.choices.values().any(is_inner)
    }

    /// Whether two names can never be there together.
    pub(super) fn excludes(&self, one: &QName, other: &QName) -> bool {
        match (self.get(one), self.get(other)) {
            (Some(one), Some(other)) => {
                let in_repeated = { one.branches.keys() }
                    .any(|number| self.choices.get(number).is_some_and(|c| c.repeated));
                !in_repeated && one.excludes(other)
            }
            _ => true,
        }
    }

    /// The names in both models that must be written in another order now: as few as explain it.
    pub(super) fn moved(&self, new: &Self) -> Vec<QName> {
        let mut common: Vec<(&Member, &Member)> = { self.members.iter() }
            .filter_map(|old| Some((old, new.get(&old.name)?)))
            .collect();
        common.sort_by_key(|(old, new)| (old.position, new.position));
        let places: Vec<usize> = common.iter().map(|(_, new)| new.position).collect();
        let kept = longest_ordered(&places);
        { common.iter().enumerate() }
            .filter(|(index, _)| !kept.contains(index))
            .map(|(_, (old, _))| old.name.clone())
            .collect()
    }
}

impl Member {
    /// Whether it stands in another branch of a choice than `other`.
    fn excludes(&self, other: &Self) -> bool {
        let mut common = self.branches.iter();
        common.any(|(number, branch)| {
            let theirs = other.branches.get(number);
            theirs.is_some_and(|theirs| theirs != branch)
        })
    }
}

/// Whether a particle allows nothing at all.
fn is_emptiable(particle: &Particle) -> bool {
    if particle.occurs.min == 0 {
        return true;
    }
    match &particle.term {
        Term::Element(_) | Term::Wildcard(_) => false,
        Term::GroupReference(_) => true,
        Term::Group(group) if group.compositor == Compositor::Choice => {
            group.particles.is_empty() || group.particles.iter().any(is_emptiable)
        }
        Term::Group(group) => group.particles.iter().all(is_emptiable),
    }
}

/// The indices of a longest run of places that never goes back.
fn longest_ordered(places: &[usize]) -> BTreeSet<usize> {
    // Per length the index of the smallest end, and per index the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (index, place) in places.iter().enumerate() {
        let length = ends.partition_point(|&end| places[end] <= *place);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut kept = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(index) = next {
        kept.insert(index);
        next = before[index];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::longest_ordered;

    #[test]
    fn as_few_as_possible_are_moved() {
        let kept = |places: &[usize]| longest_ordered(places).into_iter().collect::<Vec<_>>();
        assert_eq!(kept(&[]), [] as [usize; 0]);
        assert_eq!(kept(&[0, 1, 2, 3]), [0, 1, 2, 3]);
        // The last came first: it alone moved.
        assert_eq!(kept(&[1, 2, 3, 0]), [0, 1, 2]);
        assert_eq!(kept(&[3, 0, 1, 2]), [1, 2, 3]);
        // Branches of a choice share a place.
        assert_eq!(kept(&[0, 1, 1, 1, 2]), [0, 1, 2, 3, 4]);
    }
}
