//! Operations that share a name: the words that tell each from the others.
//!
//! The words come from what the contract says of each, never from its place among the others, so that
//! another overload does not rename those that are there.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Call, Payload};
use crate::contract::{Contract, Id, Message, MessageReference, Operation};

/// Gives the overloaded among `calls`, which are of `operations`, their words.
pub(super) fn tell_apart(contract: &Contract, operations: &[&Operation], calls: &mut [Call]) {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, operation) in operations.iter().enumerate() {
        groups.entry(&operation.name).or_default().push(index);
    }
    groups.retain(|_, group| group.len() > 1);
    for group in groups.values() {
        let ways: [&dyn Fn(usize) -> Option<String>; 4] = [
            &|index| named_input(operations[index]),
            &|index| body(contract, &calls[index]),
            &|index| parts(contract, operations[index]),
            &|index| message(contract, operations[index]),
        ];
        let words = ways.iter().find_map(|way| {
            let words: Vec<Option<String>> = group.iter().map(|index| way(*index)).collect();
            // One may go without: the plain name is its own.
            let distinct: BTreeSet<&Option<String>> = words.iter().collect();
            (distinct.len() == group.len()).then_some(words)
        });
        // Where nothing tells them apart, lowering counts.
        for (index, word) in group.iter().zip(words.unwrap_or_default()) {
            calls[*index].overload = word;
        }
    }
}

fn first(operation: &Operation) -> Option<&MessageReference> {
    operation.input.as_ref().or(operation.output.as_ref())
}

/// The name of the input, where it says more than the name of the operation.
fn named_input(operation: &Operation) -> Option<String> {
    let name = &first(operation)?.name;
    let rest = name.strip_prefix(operation.name.as_str()).unwrap_or(name);
    // Tools count overloads: `findRequest1`.
    let words = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_implied = words.is_empty() || ["Request", "Input", "Solicit"].contains(&words);
    (!is_implied).then(|| rest.to_owned())
}

/// The element of the request.
fn body(contract: &Contract, call: &Call) -> Option<String> {
    let Payload::Element(id) = call.request else {
        return None;
    };
    let name = &contract.elements[id].name.local;
    (**name != *call.name).then(|| name.to_string())
}

/// The names of the parts: `with id and name`.
fn parts(contract: &Contract, operation: &Operation) -> Option<String> {
    let message: Id<Message> = first(operation)?.message;
    let names: Vec<&str> = contract.messages[message]
        .parts
        .iter()
        .map(|part| part.name.as_str())
        .collect();
    (!names.is_empty()).then(|| format!("with {}", names.join(" and ")))
}

/// The name of the message.
fn message(contract: &Contract, operation: &Operation) -> Option<String> {
    let name = &contract.messages[first(operation)?.message].name.local;
    (**name != *operation.name).then(|| name.to_string())
}
