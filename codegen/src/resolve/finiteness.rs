//! Refuses types that must contain themselves: no message of such a type ever ends.

use std::collections::BTreeSet;

use super::model::Resolved;
use crate::contract::{
    Compositor, Content, Definition, ElementDeclaration, Id, Particle, Term, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn resolve_finiteness(resolved: &Resolved, diagnostics: &mut Diagnostics) {
    let types = &resolved.contract.types;
    let mut open: BTreeSet<Id<TypeDefinition>> = types
        .ids()
        .filter(|&id| matches!(types[id].definition, Definition::Complex(_)))
        .collect();
    loop {
        let ended: Vec<_> = open
            .iter()
            .copied()
            .filter(|&id| match &resolved.effective(id).content {
                Content::Elements(particle) => blocking(resolved, particle, &open).is_none(),
                Content::Empty | Content::Simple(_) => true,
            })
            .collect();
        if ended.is_empty() {
            break;
        }
        for id in ended {
            open.remove(&id);
        }
    }
    report(resolved, &open, diagnostics);
}

/// A required element that does not end, if the particle cannot do without it.
fn blocking(
    resolved: &Resolved,
    particle: &Particle,
    open: &BTreeSet<Id<TypeDefinition>>,
) -> Option<Id<ElementDeclaration>> {
    if particle.occurs.min == 0 {
        return None;
    }
    match &particle.term {
        Term::Element(id) => {
            let element = &resolved.contract.elements[*id];
            let endless = open.contains(&element.type_definition)
                && !element.nillable
                && resolved.substitutes(*id).is_empty()
                && !resolved
                    .derived(element.type_definition)
                    .iter()
                    .any(|t| !open.contains(t));
            endless.then_some(*id)
        }
        Term::Group(group) if group.compositor == Compositor::Choice => {
            let mut branches = group.particles.iter().map(|p| blocking(resolved, p, open));
            let first = branches.next()??;
            branches.all(|branch| branch.is_some()).then_some(first)
        }
        Term::Group(group) => group
            .particles
            .iter()
            .find_map(|p| blocking(resolved, p, open)),
        Term::GroupReference(_) | Term::Wildcard(_) => None,
    }
}

/// One error a circle, at the type declared first; types that only lead into a circle are left out.
fn report(resolved: &Resolved, open: &BTreeSet<Id<TypeDefinition>>, diagnostics: &mut Diagnostics) {
    let contract = &resolved.contract;
    let next = |id| match &resolved.effective(id).content {
        Content::Elements(particle) => blocking(resolved, particle, open),
        Content::Empty | Content::Simple(_) => None,
    };
    let mut reported = BTreeSet::new();
    for &start in open {
        let mut path = Vec::new();
        let mut at = start;
        while !path.iter().any(|(id, _)| *id == at) {
            let Some(element) = next(at) else { break };
            path.push((at, element));
            at = contract.elements[element].type_definition;
        }
        let circle: Vec<_> = path.iter().skip_while(|(id, _)| *id != at).collect();
        if circle.is_empty() || circle.iter().any(|(id, _)| reported.contains(id)) {
            continue;
        }
        reported.extend(circle.iter().map(|(id, _)| *id));
        let names: Vec<&str> = circle
            .iter()
            .map(|(_, element)| &*contract.elements[*element].name.local)
            .collect();
        let (_, first) = circle[0];
        let name = contract.types[circle[0].0].name.as_ref();
        let what = name.map_or_else(
            || "this type".to_owned(),
            |name| format!("type `{}`", name.local),
        );
        diagnostics.push(
            Diagnostic::error(
                Code::CyclicType,
                contract.elements[*first].span,
                format!(
                    "{what} must contain itself, through `{}`: no message ends",
                    names.join("/")
                ),
            )
            .label("required here")
            .help(
                "make one element of the circle optional (`0..1`), nillable or repeated from zero",
            ),
        );
    }
}
