//! Fields that a table has one below the other, in the places where an example has them.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// As many nodes of an example as are looked at.
const MOST: usize = 10_000;

/// Moves the fields of a flat table to where the example has them, if it has each of those names at one place,
/// in containers that the table names.
pub(super) fn by_example(
    record: &mut Record,
    members: &[&Node],
    span: Span,
    findings: &mut Findings,
) {
    let is_loose =
        |field: &Field| field.parents.is_empty() || field.name.confidence == Confidence::Guess;
    if record.fields.len() < 2 || !record.fields.iter().all(is_loose) {
        return;
    }
    let places = places(members);
    let names: BTreeSet<String> = { record.fields.iter() }
        .map(|field| field.shown().to_owned())
        .collect();
    let at_root = |name: &str| members.iter().any(|member| member.name == name);
    let mut moves: Vec<(usize, Vec<String>)> = Vec::new();
    for (at, field) in record.fields.iter().enumerate() {
        // A name that occurs at one place only, in containers that the table has, too.
        let Some(Some(parents)) = places.get(field.shown()) else {
            continue;
        };
        let known = parents.iter().all(|parent| names.contains(parent));
        if *parents != field.parents && known && !(parents.is_empty() && at_root(field.shown())) {
            moves.push((at, parents.clone()));
        } else if *parents != field.parents && parents.is_empty() {
            moves.push((at, Vec::new()));
        }
    }
    if names.len() != record.fields.len() || !moves.iter().any(|(_, parents)| !parents.is_empty()) {
        return;
    }
    let moved: Vec<String> = { moves.iter() }
        .map(|(at, _)| format!("`{}`", record.fields[*at].shown()))
        .collect();
    findings.push(
        Kind::Repair,
        "L25",
        span,
        format!(
            "the table has its fields one below the other; {} put where the example has them",
            moved.join(", ")
        ),
    );
    for (at, parents) in moves {
        let field = &mut record.fields[at];
        findings.withdraw("L14", field.span);
        field.parents = parents;
        field.name.confidence = Confidence::Stated;
        field.name.reason = None;
        field.name.witness = crate::contract::Witness::Page;
        field.saw(crate::contract::Witness::Example);
    }
    super::super::tree::in_order(record);
}

/// Where each name stands in the example; `None` for one that stands at several places.
fn places(members: &[&Node]) -> BTreeMap<String, Option<Vec<String>>> {
    let mut places: BTreeMap<String, Option<Vec<String>>> = BTreeMap::new();
    let mut open: Vec<(Vec<String>, &Node)> = { members.iter() }
        .map(|member| (Vec::new(), *member))
        .collect();
    let mut seen = 0;
    while let Some((parents, node)) = open.pop() {
        seen += 1;
        if seen > MOST {
            return BTreeMap::new();
        }
        { places.entry(node.name.clone()) }
            .and_modify(|known| {
                if known.as_ref() != Some(&parents) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(parents.clone()));
        let mut inside = parents;
        inside.push(node.name.clone());
        open.extend({ node.members().into_iter() }.map(|child| (inside.clone(), child)));
    }
    places
}
