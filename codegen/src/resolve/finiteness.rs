//! Types that must contain themselves, of which no message ever ends: the circle is opened where it
//! begins.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Resolved;
use crate::contract::{
    Compositor, Content, Definition, ElementDeclaration, Id, Particle, Term, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

type Types = BTreeSet<Id<TypeDefinition>>;

pub(super) fn resolve_finiteness(resolved: &mut Resolved, diagnostics: &mut Diagnostics) {
    let mut bases: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (&base, derived) in &resolved.derived {
        for &id in derived {
            bases.entry(id).or_default().push(base);
        }
    }
    loop {
        let open = endless(resolved, &bases);
        let circles = circles(resolved, &open);
        if circles.is_empty() {
            return;
        }
        for circle in circles {
            report(resolved, &circle, diagnostics);
            let (id, _) = circle[0];
            let mut elements = BTreeSet::new();
            if let Content::Elements(particle) = &resolved.effective(id).content {
                endless_elements(resolved, particle, &open, &mut elements);
            }
            let derived = resolved.derived(id).to_vec();
            for id in std::iter::once(id).chain(derived) {
                if let Some(effective) = resolved.effective.get_mut(&id)
                    && let Content::Elements(particle) = &mut effective.content
                {
                    make_optional(particle, &elements);
                }
            }
        }
    }
}

/// The types of which no message ends. A type waits for the first element that it cannot do
/// without, and is looked at again when a type of that element ends.
fn endless(
    resolved: &Resolved,
    bases: &BTreeMap<Id<TypeDefinition>, Vec<Id<TypeDefinition>>>,
) -> Types {
    let types = &resolved.contract.types;
    let mut open: Types = types
        .ids()
        .filter(|&id| matches!(types[id].definition, Definition::Complex(_)))
        .collect();
    let mut waiting: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut pending: Vec<_> = open.iter().copied().collect();
    while let Some(id) = pending.pop() {
        if !open.contains(&id) {
            continue;
        }
        if let Some(element) = blocking_of(resolved, id, &open) {
            let type_definition = resolved.contract.elements[element].type_definition;
            waiting.entry(type_definition).or_default().push(id);
            continue;
        }
        open.remove(&id);
        let bases = bases.get(&id).into_iter().flatten();
        for ended in std::iter::once(&id).chain(bases) {
            pending.extend(waiting.remove(ended).into_iter().flatten());
        }
    }
    open
}

/// A required element that does not end, in the content of a type.
fn blocking_of(
    resolved: &Resolved,
    id: Id<TypeDefinition>,
    open: &Types,
) -> Option<Id<ElementDeclaration>> {
    match &resolved.effective(id).content {
        Content::Elements(particle) => blocking(resolved, particle, open),
        Content::Empty | Content::Simple(_) => None,
    }
}

/// A required element that does not end, if the particle cannot do without it.
fn blocking(
    resolved: &Resolved,
    particle: &Particle,
    open: &Types,
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

/// Types, each with the element that leads to the next, the last one's to the first.
type Circle = Vec<(Id<TypeDefinition>, Id<ElementDeclaration>)>;

/// One circle for each set of types that contain each other; types that only lead into a circle are
/// left out.
fn circles(resolved: &Resolved, open: &Types) -> Vec<Circle> {
    let contract = &resolved.contract;
    let mut circles: Vec<Circle> = Vec::new();
    let mut seen = BTreeSet::new();
    for &start in open {
        let mut path: Circle = Vec::new();
        let mut at = start;
        while seen.insert(at) {
            let Some(element) = blocking_of(resolved, at, open) else {
                break;
            };
            path.push((at, element));
            at = contract.elements[element].type_definition;
        }
        // A path that ends at an earlier one has no circle of its own.
        let circle: Circle = path.into_iter().skip_while(|(id, _)| *id != at).collect();
        if !circle.is_empty() {
            circles.push(circle);
        }
    }
    circles
}

/// The elements in a particle that do not end.
fn endless_elements(
    resolved: &Resolved,
    particle: &Particle,
    open: &Types,
    found: &mut BTreeSet<Id<ElementDeclaration>>,
) {
    match &particle.term {
        Term::Element(_) => found.extend(blocking(resolved, particle, open)),
        Term::Group(group) => {
            for inner in &group.particles {
                endless_elements(resolved, inner, open, found);
            }
        }
        Term::GroupReference(_) | Term::Wildcard(_) => {}
    }
}

/// Lets elements be left out, wherever they stand in the particle.
fn make_optional(particle: &mut Particle, elements: &BTreeSet<Id<ElementDeclaration>>) {
    match &mut particle.term {
        Term::Element(id) if elements.contains(id) => particle.occurs.min = 0,
        Term::Group(group) => {
            for inner in &mut group.particles {
                make_optional(inner, elements);
            }
        }
        _ => {}
    }
}

fn report(resolved: &Resolved, circle: &Circle, diagnostics: &mut Diagnostics) {
    let contract = &resolved.contract;
    let names: Vec<&str> = circle
        .iter()
        .map(|(_, element)| &*contract.elements[*element].name.local)
        .collect();
    let (id, first) = circle[0];
    let name = contract.types[id].name.as_ref();
    let what = name.map_or_else(
        || "this type".to_owned(),
        |name| format!("type `{}`", name.local),
    );
    let first = &contract.elements[first];
    let message = format!(
        "{what} must contain itself, through `{}`: no message ends",
        names.join("/")
    );
    // A schema is the provider's, whose messages end somehow; a descriptor can be mended.
    let of_descriptor = !first.annotation.provenance.is_empty();
    let (severity, message) = if of_descriptor {
        (Severity::Error, message)
    } else {
        let message = format!("{message}; `{}` is read as optional", first.name.local);
        (Severity::Warning, message)
    };
    let mut diagnostic = Diagnostic::error(Code::CyclicType, first.span, message)
        .label("required here")
        .help("make one element of the circle optional (`0..1`), nillable or repeated from zero");
    diagnostic.severity = severity;
    diagnostics.push(diagnostic);
}
