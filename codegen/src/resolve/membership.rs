//! Simple types that are made of themselves: a union among its own members, a list of itself, or a
//! restriction of either (Structures §3.14.6 bars them). No text is ever of such a type. And types
//! of any kind that are derived in more steps than anybody needs: all of a type's ancestors are
//! looked at for each type.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{Contract, Definition, Id, TypeDefinition, Variety};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// How many steps types may be made in: more is an attack.
const DEPTH: usize = 1_000;

/// Whether later passes can go on.
pub(super) fn resolve_membership(contract: &Contract, diagnostics: &mut Diagnostics) -> bool {
    let mut bounded = true;
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
                } else if path
                    .iter()
                    .any(|(id, _)| open.contains(id) && is_made(contract, *id))
                {
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
                bounded = false;
                let what = format!("is made in more than {DEPTH} steps");
                report(contract, id, &what, diagnostics);
            }
            steps.insert(id, own);
        }
    }
    bounded
}

/// What a type is made of or derived from, last first.
fn parts(contract: &Contract, id: Id<TypeDefinition>) -> Vec<Id<TypeDefinition>> {
    match &contract.types[id].definition {
        Definition::Simple(simple) => match &simple.variety {
            Variety::Restriction(base) => base.iter().copied().collect(),
            Variety::List(item) => vec![*item],
            Variety::Union(members) => members.iter().rev().copied().collect(),
        },
        Definition::Complex(complex) => complex.derivation.iter().map(|d| d.base).collect(),
        Definition::Undeclared => Vec::new(),
    }
}

/// Whether it is a list or union: circles of derivation alone are told of by `resolve::derivation`.
fn is_made(contract: &Contract, id: Id<TypeDefinition>) -> bool {
    match &contract.types[id].definition {
        Definition::Simple(simple) => !matches!(simple.variety, Variety::Restriction(_)),
        Definition::Complex(_) | Definition::Undeclared => false,
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
