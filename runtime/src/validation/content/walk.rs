//! Configurations: where in a content model one may be, after the children so far.
//!
//! Where particle attribution is unique there is one. Otherwise there are several, and the first
//! particle that takes a child says what the child is.

use std::collections::HashSet;

use super::{Kind, Model, Node};
use crate::validation::component::{Components, ElementId};
use crate::validation::names::NameId;
use crate::validation::wildcard::Wildcard;

/// How many configurations are followed at a time.
const CONFIGURATIONS: usize = 1_024;
/// How many names a message lists.
const SHOWN: usize = 8;

/// A place in a content model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::validation) struct Configuration {
    /// The leaf that took the last child; `None` before the first.
    leaf: Option<usize>,
    /// How often the counted nodes around the leaf have come, the outermost first.
    counts: Vec<u64>,
    /// How often each member of the `all` groups around has come.
    alls: Vec<Vec<u64>>,
}

/// What a child is.
#[derive(Clone, Copy, Debug)]
pub(in crate::validation) enum Matched<'m> {
    Element(ElementId),
    Wildcard(&'m Wildcard),
}

impl Model {
    /// Before the first child.
    pub(in crate::validation) fn start(&self) -> Vec<Configuration> {
        vec![Configuration::default()]
    }

    /// Takes a child; `None`, and no change, where it may not come.
    pub(in crate::validation) fn step(
        &self,
        schema: &Components,
        places: &mut Vec<Configuration>,
        name: Option<NameId>,
        namespace: &str,
    ) -> Option<Matched<'_>> {
        let candidates = self.candidates(schema, name, namespace);
        let mut next: Vec<Configuration> = Vec::new();
        let mut seen = HashSet::new();
        let mut best: Option<(bool, usize, Matched<'_>)> = None;
        for &(leaf, matched) in &candidates {
            let before = next.len();
            for place in &*places {
                self.reach(place, leaf, &mut next);
            }
            if next.len() > before {
                let key = (matches!(matched, Matched::Wildcard(_)), leaf);
                if best.is_none_or(|(wildcard, at, _)| key < (wildcard, at)) {
                    best = Some((key.0, key.1, matched));
                }
            }
        }
        let (_, _, matched) = best?;
        if next.len() > 1 {
            next.retain(|place| seen.insert(place.clone()));
            self.drop_dominated(&mut next);
            next.truncate(CONFIGURATIONS);
        }
        *places = next;
        Some(matched)
    }

    /// Drops configurations that can go on in no way in which another one cannot: those that have
    /// counted more, where enough is counted already.
    fn drop_dominated(&self, places: &mut Vec<Configuration>) {
        let mut kept: Vec<Configuration> = Vec::new();
        for place in places.drain(..) {
            let minima = self.minima(&place);
            let dominates = |a: &Configuration, b: &Configuration| {
                let mut counts = a.counts.iter().zip(&b.counts).zip(&minima);
                a.leaf == b.leaf
                    && a.alls == b.alls
                    && counts.all(|((a, b), min)| a == b || (a < b && a >= min))
            };
            if kept.iter().any(|other| dominates(other, &place)) {
                continue;
            }
            kept.retain(|other| !dominates(&place, other));
            kept.push(place);
            if kept.len() >= CONFIGURATIONS {
                break;
            }
        }
        *places = kept;
    }

    /// The minimal occurrence of the counted nodes around a leaf, the outermost first.
    fn minima(&self, place: &Configuration) -> Vec<u64> {
        let mut minima = Vec::new();
        let mut at = place.leaf;
        while let Some(node) = at.and_then(|at| self.nodes.get(at)) {
            if node.counted {
                minima.push(node.min);
            }
            at = node.parent;
        }
        minima.reverse();
        minima
    }

    /// The leaves that an element of this name can be.
    fn candidates(
        &self,
        schema: &Components,
        name: Option<NameId>,
        namespace: &str,
    ) -> Vec<(usize, Matched<'_>)> {
        let mut found = Vec::new();
        if let Some(name) = name {
            for &leaf in self.names.get(&name).into_iter().flatten() {
                if let Some(id) = self.element_at(leaf) {
                    found.push((leaf, Matched::Element(id)));
                }
            }
            self.substituted(schema, name, &mut found);
        }
        for &leaf in &self.wildcards {
            if let Kind::Wildcard(wildcard) = &self.nodes[leaf].kind
                && wildcard.namespaces.allow(namespace)
            {
                found.push((leaf, Matched::Wildcard(wildcard)));
            }
        }
        found
    }

    fn element_at(&self, leaf: usize) -> Option<ElementId> {
        match self.nodes[leaf].kind {
            Kind::Element(id) => Some(id),
            _ => None,
        }
    }

    /// The leaves of the heads that a global element may stand for.
    fn substituted(
        &self,
        schema: &Components,
        name: NameId,
        found: &mut Vec<(usize, Matched<'_>)>,
    ) {
        let Some(&member) = schema.global_elements.get(&name) else {
            return;
        };
        if schema.element(member).abstract_ {
            return;
        }
        let mut at = schema.element(member).head;
        let mut heads = 0;
        while let Some(head) = at {
            let declaration = schema.element(head);
            let leaves = self.names.get(&declaration.name).into_iter().flatten();
            for &leaf in leaves {
                if self.element_at(leaf) == Some(head) && schema.may_substitute(member, head) {
                    found.push((leaf, Matched::Element(member)));
                }
            }
            heads += 1;
            // A circle of heads is no schema.
            at = declaration.head.filter(|_| heads <= schema.elements.len());
        }
    }

    /// Adds the configurations in which a leaf takes the next child.
    fn reach(&self, from: &Configuration, leaf: usize, found: &mut Vec<Configuration>) {
        let begins = self.nodes[leaf].begins;
        let Some(start) = from.leaf else {
            if begins == 0 {
                found.push(self.enter(leaf, &[], Vec::new(), None));
            }
            return;
        };
        let mut at = start;
        loop {
            let node = &self.nodes[at];
            let count = self.count(from, node);
            // Once more from here.
            if contains(at, node, leaf) && begins <= node.depth && may_repeat(node, count) {
                let counters = node.counters - usize::from(node.counted);
                let alls = node.alls - usize::from(matches!(node.kind, Kind::All { .. }));
                let again = node.counted.then(|| saturated(node, count + 1));
                let kept = from.alls[..alls].to_vec();
                found.push(self.enter(leaf, &from.counts[..counters], kept, again));
            }
            if count < node.min && !node.is_emptiable {
                return;
            }
            let Some(parent) = node.parent else { return };
            let around = &self.nodes[parent];
            let is_all = matches!(around.kind, Kind::All { .. });
            if contains(parent, around, leaf) && (is_all || !contains(at, node, leaf)) {
                self.forward(from, parent, node.index, leaf, found);
            }
            if !self.is_complete(from, parent, node.index) {
                return;
            }
            at = parent;
        }
    }

    /// From one child of a node on to a later one, which the leaf is in.
    fn forward(
        &self,
        from: &Configuration,
        parent: usize,
        index: usize,
        leaf: usize,
        found: &mut Vec<Configuration>,
    ) {
        let around = &self.nodes[parent];
        let begins = self.nodes[leaf].begins;
        let child = |children: &[usize]| {
            let at = children.partition_point(|&child| child <= leaf);
            at.checked_sub(1)
        };
        let mut alls = from.alls[..around.alls].to_vec();
        match &around.kind {
            Kind::Sequence { children, required } => {
                let Some(target) = child(children) else {
                    return;
                };
                let skipped = required.get(index + 1).is_some_and(|next| *next >= target);
                if target <= index || !skipped || begins > around.depth + 1 {
                    return;
                }
            }
            Kind::All { children, occurs } => {
                let Some(target) = child(children) else {
                    return;
                };
                let Some(used) = alls.last_mut().and_then(|used| used.get_mut(target)) else {
                    return;
                };
                let max = occurs.get(target).and_then(|(_, max)| *max);
                if max.is_some_and(|max| *used >= max) || begins > around.depth + 1 {
                    return;
                }
                *used += 1;
            }
            _ => return,
        }
        let counts = &from.counts[..around.counters];
        found.push(self.enter(leaf, counts, alls, None));
    }

    /// The configuration of a leaf that is come to afresh, but for what is around it; `again` is the
    /// count of the first counted node that is entered, where that one comes again.
    fn enter(
        &self,
        leaf: usize,
        counts: &[u64],
        mut alls: Vec<Vec<u64>>,
        again: Option<u64>,
    ) -> Configuration {
        let node = &self.nodes[leaf];
        let mut fresh = counts.to_vec();
        fresh.extend(again);
        fresh.resize(node.counters.max(fresh.len()), 1);
        self.begin_alls(leaf, &mut alls);
        Configuration {
            leaf: Some(leaf),
            counts: fresh,
            alls,
        }
    }

    /// The `all` groups around a leaf that are begun by it.
    fn begin_alls(&self, leaf: usize, alls: &mut Vec<Vec<u64>>) {
        if self.nodes[leaf].alls <= alls.len() {
            return;
        }
        let mut begun = Vec::new();
        let mut at = leaf;
        while let Some(parent) = self.nodes[at].parent {
            let around = &self.nodes[parent];
            if let Kind::All { children, .. } = &around.kind
                && around.alls > alls.len()
            {
                let mut used = vec![0; children.len()];
                if let Some(used) = used.get_mut(self.nodes[at].index) {
                    *used = 1;
                }
                begun.push(used);
            }
            at = parent;
        }
        alls.extend(begun.into_iter().rev());
    }

    /// How often a node around the leaf of a configuration has come; 1 where that is not counted.
    fn count(&self, place: &Configuration, node: &Node) -> u64 {
        match node.counted {
            true => place.counts.get(node.counters - 1).copied().unwrap_or(1),
            false => 1,
        }
    }

    /// Whether nothing more must come in one occurrence of a node, after its child at `index`.
    fn is_complete(&self, place: &Configuration, node: usize, index: usize) -> bool {
        let node = &self.nodes[node];
        match &node.kind {
            Kind::Sequence { children, required } => required
                .get(index + 1)
                .is_none_or(|next| *next == children.len()),
            Kind::All { children, occurs } => {
                let used = place.alls.get(node.alls - 1);
                let used = used.map(Vec::as_slice).unwrap_or_default();
                let mut members = children.iter().zip(occurs).zip(used);
                members.all(|((&child, (min, _)), used)| {
                    used >= min || self.nodes[child].is_optional()
                })
            }
            _ => true,
        }
    }

    /// Whether the content may end here.
    pub(in crate::validation) fn accepts(&self, places: &[Configuration]) -> bool {
        places.iter().any(|place| self.may_end(place))
    }

    fn may_end(&self, place: &Configuration) -> bool {
        let Some(mut at) = place.leaf else {
            return self.nodes.first().is_none_or(Node::is_optional);
        };
        loop {
            let node = &self.nodes[at];
            if self.count(place, node) < node.min && !node.is_emptiable {
                return false;
            }
            match node.parent {
                None => return true,
                Some(parent) if self.is_complete(place, parent, node.index) => at = parent,
                Some(_) => return false,
            }
        }
    }

    /// What may come next, in words, as far as a message has room.
    pub(in crate::validation) fn expected(
        &self,
        schema: &Components,
        places: &[Configuration],
    ) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut more = false;
        let leaves = self.nodes.iter().enumerate();
        for (leaf, node) in leaves {
            let word = match &node.kind {
                Kind::Element(id) => format!("`{}`", schema.names.shown(schema.element(*id).name)),
                Kind::Wildcard(wildcard) => wildcard.shown(),
                _ => continue,
            };
            let mut reached = Vec::new();
            for place in places {
                self.reach(place, leaf, &mut reached);
            }
            if reached.is_empty() || words.contains(&word) {
                continue;
            }
            if words.len() == SHOWN {
                more = true;
                break;
            }
            words.push(word);
        }
        match (words.as_slice(), more) {
            ([], _) => "nothing".to_owned(),
            ([only], _) => only.clone(),
            (words, true) => format!("one of {} and others", words.join(", ")),
            (words, false) => format!("one of {}", words.join(", ")),
        }
    }
}

/// Whether a node is a leaf, or around it.
fn contains(at: usize, node: &Node, leaf: usize) -> bool {
    at <= leaf && leaf <= node.last
}

fn may_repeat(node: &Node, count: u64) -> bool {
    node.max.is_none_or(|max| count < max)
}

/// A count, which says no more than it must where there is no maximum.
fn saturated(node: &Node, count: u64) -> u64 {
    match node.max {
        None => count.min(node.min),
        Some(_) => count,
    }
}
