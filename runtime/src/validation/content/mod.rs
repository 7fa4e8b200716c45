//! Content models (Structures §3.8.4, §3.9.4): a tree of particles, and configurations that walk it.
//!
//! There is no automaton with a table of transitions: which leaf may follow which is read off the
//! tree, by numbers that are computed once for each node. So memory is linear in the schema, whatever
//! it repeats and how often, and a step costs the depth of the tree.

mod build;
mod walk;

use std::collections::HashMap;

pub(super) use walk::{Configuration, Matched};

use super::component::ElementId;
use super::names::NameId;
use super::wildcard::Wildcard;

/// The content model of a complex type.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// In document order: what is inside of a node follows it.
    nodes: Vec<Node>,
    /// The leaves of elements, by name.
    names: HashMap<NameId, Vec<usize>>,
    /// The leaves of wildcards.
    wildcards: Vec<usize>,
    /// The model is larger than what is compiled: anything goes.
    pub(super) too_large: bool,
}

/// A particle.
#[derive(Debug)]
struct Node {
    parent: Option<usize>,
    /// Its place among the parent's children.
    index: usize,
    depth: usize,
    /// The last node inside it, itself without any.
    last: usize,
    min: u64,
    max: Option<u64>,
    /// Whether occurrences are counted: neither once at most nor without bound.
    counted: bool,
    /// The number of counted nodes from the root to here, this one among them.
    counters: usize,
    /// The number of `all` groups from the root to here, this one among them.
    alls: usize,
    /// Whether one occurrence may be empty.
    is_emptiable: bool,
    /// Of a leaf: the depth of the outermost node that it may begin.
    begins: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Sequence {
        children: Vec<usize>,
        /// For each child, and for the end, the first one from there on that must not be empty.
        required: Vec<usize>,
    },
    Choice,
    All {
        children: Vec<usize>,
        /// How often each child may and must come.
        occurs: Vec<(u64, Option<u64>)>,
    },
    Element(ElementId),
    Wildcard(Wildcard),
}

impl Node {
    /// Whether it may be left out, or be there and empty.
    fn is_optional(&self) -> bool {
        self.min == 0 || self.is_emptiable
    }
}
