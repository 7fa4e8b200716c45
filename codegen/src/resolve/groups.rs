//! Puts named model groups and attribute groups in the place of the references to them, and notes
//! their names.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{
    AttributeGroupDefinition, AttributeUse, ComplexType, Content, Contract, Definition, Id,
    ModelGroup, ModelGroupDefinition, Particle, Term, Wildcard,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// How deep groups may nest: more is an attack.
const DEPTH: usize = 256;
/// How many particles groups may bring into all types together: groups of groups double with each
/// step.
const PARTICLES: usize = 1_000_000;

pub(super) fn resolve_groups(
    contract: &mut Contract,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Span, String> {
    let mut names = BTreeMap::new();
    let mut cyclic = BTreeSet::new();
    let mut deep = BTreeSet::new();
    let mut large = BTreeSet::new();
    let mut left = PARTICLES;
    for id in contract.types.ids() {
        let Definition::Complex(complex) = &contract.types[id].definition else {
            continue;
        };
        let mut complex = complex.clone();
        if let Content::Elements(particle) = &mut complex.content {
            let mut expansion = Expansion {
                contract,
                open: Vec::new(),
                names: &mut names,
                cyclic: &mut cyclic,
                deep: &mut deep,
                large: &mut large,
                left: &mut left,
            };
            expansion.particle(particle, 0);
        }
        attribute_groups(contract, &mut complex, diagnostics);
        contract.types[id].definition = Definition::Complex(complex);
    }
    for id in cyclic {
        let group = &contract.groups[id];
        let message = format!(
            "group `{}` contains itself; it is left out there",
            group.name.local
        );
        diagnostics.push(
            Diagnostic::warning(Code::CyclicGroup, group.span, message).help(
                "put the repetition into a type: an element of a type may hold that type again",
            ),
        );
    }
    for id in deep {
        let group = &contract.groups[id];
        let message = format!(
            "group `{}` is more than {DEPTH} groups deep",
            group.name.local
        );
        diagnostics.push(
            Diagnostic::error(Code::LimitExceeded, group.span, message)
                .help("write the inner groups into one"),
        );
    }
    if let Some(id) = large.into_iter().next() {
        let group = &contract.groups[id];
        let message = format!(
            "the groups of all types together have more than {PARTICLES} elements; `{}` is the \
             first that is too much",
            group.name.local
        );
        diagnostics.push(
            Diagnostic::error(Code::LimitExceeded, group.span, message)
                .help("do not refer twice to a group that holds other groups"),
        );
    }
    names
}

struct Expansion<'a> {
    contract: &'a Contract,
    open: Vec<Id<ModelGroupDefinition>>,
    names: &'a mut BTreeMap<Span, String>,
    cyclic: &'a mut BTreeSet<Id<ModelGroupDefinition>>,
    deep: &'a mut BTreeSet<Id<ModelGroupDefinition>>,
    large: &'a mut BTreeSet<Id<ModelGroupDefinition>>,
    left: &'a mut usize,
}

impl Expansion<'_> {
    fn particle(&mut self, particle: &mut Particle, depth: usize) {
        match &mut particle.term {
            Term::GroupReference(id) => {
                let id = *id;
                let named = &self.contract.groups[id];
                let local = named.name.local.to_string();
                self.names.insert(particle.span, local);
                let definition = named.group.clone();
                let mut group = definition.unwrap_or(ModelGroup {
                    compositor: crate::contract::Compositor::Sequence,
                    particles: Vec::new(),
                });
                if self.open.contains(&id) {
                    self.cyclic.insert(id);
                    group.particles.clear();
                } else if depth > DEPTH {
                    self.deep.insert(id);
                    group.particles.clear();
                } else if group.particles.len() > *self.left {
                    self.large.insert(id);
                    group.particles.clear();
                }
                *self.left -= group.particles.len();
                self.open.push(id);
                self.group(&mut group, depth + 1);
                self.open.pop();
                particle.term = Term::Group(group);
            }
            Term::Group(group) => self.group(group, depth + 1),
            Term::Element(_) | Term::Wildcard(_) => {}
        }
    }

    fn group(&mut self, group: &mut ModelGroup, depth: usize) {
        for particle in &mut group.particles {
            self.particle(particle, depth);
        }
    }
}

fn attribute_groups(contract: &Contract, complex: &mut ComplexType, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    let mut pending: Vec<Id<AttributeGroupDefinition>> =
        complex.attribute_groups.drain(..).rev().collect();
    while let Some(id) = pending.pop() {
        // A cycle of attribute groups adds nothing (Structures §3.6.6 bars it; here it ends).
        if !seen.insert(id) {
            continue;
        }
        let group = &contract.attribute_groups[id];
        pending.extend(group.attribute_groups.iter().rev());
        for attribute in &group.attributes {
            add_attribute(contract, complex, attribute, diagnostics);
        }
        complex.any_attribute = union(complex.any_attribute.take(), group.any_attribute.clone());
    }
}

fn add_attribute(
    contract: &Contract,
    complex: &mut ComplexType,
    attribute: &AttributeUse,
    diagnostics: &mut Diagnostics,
) {
    let name = &contract.attributes[attribute.declaration].name;
    let same = |other: &&AttributeUse| contract.attributes[other.declaration].name == *name;
    match complex.attributes.iter().find(same) {
        None => complex.attributes.push(attribute.clone()),
        Some(other) if other.span == attribute.span => {}
        Some(other) => diagnostics.push(
            Diagnostic::warning(
                Code::DuplicateDeclaration,
                attribute.span,
                format!("attribute `{name}` comes twice into one type; the first is kept"),
            )
            .related(other.span, "first here"),
        ),
    }
}

/// Either wildcard, or the wider of the two: reading must take what either allows.
fn union(a: Option<Wildcard>, b: Option<Wildcard>) -> Option<Wildcard> {
    use crate::contract::NamespaceConstraint::{Any, OneOf};
    match (a, b) {
        (Some(a), Some(b)) => {
            let namespaces = match (a.namespaces, b.namespaces) {
                (OneOf(mut a), OneOf(b)) => {
                    a.extend(b);
                    a.sort();
                    a.dedup();
                    OneOf(a)
                }
                (a, b) if a == b => a,
                _ => Any,
            };
            Some(Wildcard {
                namespaces,
                process_contents: a.process_contents,
            })
        }
        (a, b) => a.or(b),
    }
}
