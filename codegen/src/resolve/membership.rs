//! Simple types that are made of themselves: a union among its own members, a list of itself, or a
//! restriction of either (Structures §3.14.6 bars them). No text is ever of such a type.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{Contract, Definition, Id, TypeDefinition, Variety};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// How many steps simple types may be made in: more is an attack.
const DEPTH: usize = 1_000;

pub(super) fn resolve_membership(contract: &Contract, diagnostics: &mut Diagnostics) {
    // The number of steps of each type that is done.
    let mut steps: BTreeMap<Id<TypeDefinition>, usize> = BTreeMap::new();
    for start in contract.types.ids() {
        if steps.contains_key(&start) {
            continue;
        }
        // Depth first, by hand: chains may be longer than the stack is deep.
        let mut open = BTreeSet::from([start]);
        let mut path = vec![(start, parts(contract, start))];
        while let Some((id, rest)) = path.last_mut() {
            let id = *id;
            if let Some(part) = rest.pop() {
                if steps.contains_key(&part) {
                    continue;
                }
                if open.insert(part) {
                    path.push((part, parts(contract, part)));
                } else {
                    report(contract, part, "is made of itself", diagnostics);
                }
                continue;
            }
            open.remove(&id);
            path.pop();
            let inner = parts(contract, id);
            let inner = inner.iter().filter_map(|part| steps.get(part)).max();
            let own = inner.copied().unwrap_or(0) + 1;
            if own == DEPTH + 1 {
                let what = format!("is made in more than {DEPTH} steps");
                report(contract, id, &what, diagnostics);
            }
            steps.insert(id, own);
        }
    }
}

/// What a simple type is made of, last first.
fn parts(contract: &Contract, id: Id<TypeDefinition>) -> Vec<Id<TypeDefinition>> {
    match &contract.types[id].definition {
        Definition::Simple(simple) => match &simple.variety {
            Variety::Restriction(base) => base.iter().copied().collect(),
            Variety::List(item) => vec![*item],
            Variety::Union(members) => members.iter().rev().copied().collect(),
        },
        Definition::Complex(_) | Definition::Undeclared => Vec::new(),
    }
}

fn report(contract: &Contract, id: Id<TypeDefinition>, what: &str, diagnostics: &mut Diagnostics) {
    let definition = &contract.types[id];
    let name = definition.name.as_ref();
    let name = name.map_or_else(
        || "this type".to_owned(),
        |name| format!("type `{}`", name.local),
    );
    diagnostics.push(
        Diagnostic::error(
            Code::CyclicDerivation,
            definition.span,
            format!("{name} {what}"),
        )
        .help("leave the type out of its own members, or give it another base"),
    );
}
