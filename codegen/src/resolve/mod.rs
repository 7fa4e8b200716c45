//! Passes over a contract, in a fixed order, after which every reference leads somewhere.
//!
//! This is the last stage that may fail: what comes out can be lowered to Rust whatever it is. The
//! order matters: groups are put in place before derivation looks at content, operations make wrapper
//! types that derivation must see, and pruning starts from what the operations name.

mod alternatives;
mod arrays;
mod attachments;
mod calls;
mod derivation;
mod finiteness;
mod groups;
mod http;
mod membership;
mod model;
mod operations;
mod overloads;
mod particles;
mod payload;
mod prune;
mod references;
mod selection;
mod substitution;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

pub use model::*;
use selection::Selection;

use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::settings::Settings;

/// Runs all passes. `None` if `diagnostics` holds an error, from here or from before.
#[must_use]
pub fn resolve(contract: Contract, diagnostics: &mut Diagnostics) -> Option<Resolved> {
    resolve_keeping(contract, Keep::Reached, &Settings::new(), diagnostics)
}

/// What of a contract with clients is kept; without clients it is everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// What the clients reach.
    #[default]
    Reached,
    /// All global declarations besides.
    Declared,
}

/// [`resolve`], keeping more than what clients reach, and leaving out what settings exclude.
#[must_use]
pub fn resolve_keeping(
    mut contract: Contract,
    keep: Keep,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<Resolved> {
    references::resolve_references(&contract, diagnostics);
    vocabulary::resolve_vocabulary(&mut contract);
    let group_names = groups::resolve_groups(&mut contract, diagnostics);
    let arrays = arrays::resolve_arrays(&mut contract, diagnostics);
    particles::resolve_particles(&mut contract);
    let mut resolved = Resolved {
        contract,
        clients: Vec::new(),
        keep,
        roots: Roots::default(),
        types: BTreeSet::new(),
        elements: BTreeSet::new(),
        arrays,
        group_names,
        effective: BTreeMap::new(),
        derived: BTreeMap::new(),
        substitutes: BTreeMap::new(),
    };
    let mut selection = Selection::new(settings);
    selection.of_operations(&mut resolved.contract);
    operations::resolve_operations(&mut resolved, diagnostics);
    if !membership::resolve_membership(&resolved.contract, diagnostics) {
        return None;
    }
    derivation::resolve_derivation(&mut resolved, diagnostics);
    alternatives::resolve_alternatives(&mut resolved);
    substitution::resolve_substitution(&mut resolved, diagnostics);
    selection.of_clients(&mut resolved);
    selection.of_types(&mut resolved);
    finiteness::resolve_finiteness(&mut resolved, diagnostics);
    let roots = selection.roots(&resolved);
    selection.finish(&resolved, roots.as_ref(), diagnostics);
    prune::resolve_prune(&mut resolved, roots, diagnostics);
    (!diagnostics.has_errors()).then_some(resolved)
}

#[cfg(test)]
mod tests;
