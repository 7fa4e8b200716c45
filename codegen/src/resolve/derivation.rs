//! What complex types inherit (Structures §3.4.2, §3.4.6), and which types are derived from which.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Effective, Resolved};
use crate::contract::{
    AttributePresence, AttributeUse, Builtin, ComplexType, Compositor, Content, Contract,
    Definition, DerivationMethod, Id, ModelGroup, Occurs, Particle, Term, TypeDefinition, Variety,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn resolve_derivation(resolved: &mut Resolved, diagnostics: &mut Diagnostics) {
    let ids: Vec<_> = resolved.contract.types.ids().collect();
    let mut done = BTreeSet::new();
    for &id in &ids {
        // Bases first, by hand: chains may be longer than the stack is deep.
        let mut chain = vec![id];
        while let Some(base) = chain
            .last()
            .and_then(|&last| base(&resolved.contract, last))
        {
            if done.contains(&base) {
                break;
            }
            if chain.contains(&base) {
                report_cycle(&resolved.contract, base, diagnostics);
                break_cycle(&mut resolved.contract, base);
                break;
            }
            chain.push(base);
        }
        while let Some(id) = chain.pop() {
            if done.insert(id) {
                resolve_one(resolved, id, diagnostics);
            }
        }
    }
    let mut derived: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let any_type = resolved.contract.builtin(Builtin::AnyType);
    for &id in &ids {
        let mut ancestor = base(&resolved.contract, id);
        while let Some(base_id) = ancestor {
            // Everything derives from anyType; a list of everything helps nobody.
            if base_id != any_type {
                derived.entry(base_id).or_default().push(id);
            }
            ancestor = base(&resolved.contract, base_id);
        }
    }
    resolved.derived = derived;
}

fn base(contract: &Contract, id: Id<TypeDefinition>) -> Option<Id<TypeDefinition>> {
    match &contract.types[id].definition {
        Definition::Undeclared => None,
        Definition::Complex(complex) => complex.derivation.as_ref().map(|d| d.base),
        Definition::Simple(simple) => match simple.variety {
            Variety::Restriction(base) => base,
            Variety::List(_) | Variety::Union(_) => None,
        },
    }
}

fn report_cycle(contract: &Contract, id: Id<TypeDefinition>, diagnostics: &mut Diagnostics) {
    let definition = &contract.types[id];
    let name = definition
        .name
        .as_ref()
        .map_or("of a declaration", |name| &name.local);
    diagnostics.push(
        Diagnostic::error(
            Code::CyclicDerivation,
            definition.span,
            format!("type `{name}` is derived from itself"),
        )
        .help("give one type of the circle another base"),
    );
}

fn break_cycle(contract: &mut Contract, id: Id<TypeDefinition>) {
    match &mut contract.types[id].definition {
        Definition::Complex(complex) => complex.derivation = None,
        Definition::Simple(simple) => simple.variety = Variety::Restriction(None),
        Definition::Undeclared => {}
    }
}

fn resolve_one(resolved: &mut Resolved, id: Id<TypeDefinition>, diagnostics: &mut Diagnostics) {
    let Definition::Complex(complex) = &resolved.contract.types[id].definition else {
        return;
    };
    let effective = match &complex.derivation {
        None => own(complex),
        Some(derivation) => {
            let base = &resolved.contract.types[derivation.base].definition;
            match (base, derivation.method) {
                (Definition::Complex(_), DerivationMethod::Extension) => extend(
                    resolved,
                    resolved.effective(derivation.base),
                    complex,
                    diagnostics,
                ),
                (Definition::Complex(_), DerivationMethod::Restriction) => {
                    restrict(resolved, derivation.base, complex)
                }
                // The text is of the base itself: simple content by extension of a simple type.
                (Definition::Simple(_) | Definition::Undeclared, _) => own(complex),
            }
        }
    };
    resolved.effective.insert(id, effective);
}

fn own(complex: &ComplexType) -> Effective {
    Effective {
        attributes: allowed(&complex.attributes),
        any_attribute: complex.any_attribute.clone(),
        content: complex.content.clone(),
        mixed: complex.mixed,
    }
}

fn allowed(attributes: &[AttributeUse]) -> Vec<AttributeUse> {
    let prohibited = |a: &&AttributeUse| a.presence != AttributePresence::Prohibited;
    attributes.iter().filter(prohibited).cloned().collect()
}

fn extend(
    resolved: &Resolved,
    base: &Effective,
    complex: &ComplexType,
    diagnostics: &mut Diagnostics,
) -> Effective {
    let mut attributes = base.attributes.clone();
    for attribute in allowed(&complex.attributes) {
        let name = &resolved.contract.attributes[attribute.declaration].name;
        let same = attributes
            .iter_mut()
            .find(|other| resolved.contract.attributes[other.declaration].name == *name);
        match same {
            None => attributes.push(attribute),
            Some(inherited) => {
                diagnostics.push(
                    Diagnostic::warning(
                        Code::DuplicateDeclaration,
                        attribute.span,
                        format!("the base has an attribute `{name}` already; this one is taken"),
                    )
                    .related(inherited.span, "inherited from here"),
                );
                *inherited = attribute;
            }
        }
    }
    let content = match (&base.content, &complex.content) {
        (Content::Simple(text), _) => Content::Simple(*text),
        (Content::Empty, own) => own.clone(),
        (base, Content::Empty) => base.clone(),
        // Simple content over a base with elements is no schema that means anything: the base wins.
        (Content::Elements(_), Content::Simple(_)) => base.content.clone(),
        (Content::Elements(first), Content::Elements(second)) => {
            Content::Elements(join(first.clone(), second.clone()))
        }
    };
    Effective {
        attributes,
        any_attribute: complex
            .any_attribute
            .clone()
            .or_else(|| base.any_attribute.clone()),
        content,
        mixed: base.mixed || complex.mixed,
    }
}

/// The base's particle, then its own, without a layer that means nothing.
fn join(first: Particle, second: Particle) -> Particle {
    let span = second.span;
    let mut particles = Vec::new();
    for particle in [first, second] {
        match particle {
            Particle {
                occurs: Occurs::ONCE,
                term:
                    Term::Group(ModelGroup {
                        compositor,
                        particles: inner,
                    }),
                ..
            } if compositor != Compositor::Choice || inner.len() < 2 => particles.extend(inner),
            other => particles.push(other),
        }
    }
    let group = ModelGroup {
        compositor: Compositor::Sequence,
        particles,
    };
    Particle {
        occurs: Occurs::ONCE,
        term: Term::Group(group),
        span,
    }
}

fn restrict(resolved: &Resolved, base: Id<TypeDefinition>, complex: &ComplexType) -> Effective {
    let inherited = resolved.effective(base);
    let contract = &resolved.contract;
    let is_any_type = base == contract.builtin(Builtin::AnyType);
    let mut attributes: Vec<AttributeUse> = Vec::new();
    for attribute in &inherited.attributes {
        let name = &contract.attributes[attribute.declaration].name;
        let narrowed = complex
            .attributes
            .iter()
            .find(|own| contract.attributes[own.declaration].name == *name);
        attributes.push(narrowed.unwrap_or(attribute).clone());
    }
    for attribute in &complex.attributes {
        let name = &contract.attributes[attribute.declaration].name;
        if !attributes
            .iter()
            .any(|a| contract.attributes[a.declaration].name == *name)
        {
            attributes.push(attribute.clone());
        }
    }
    let content = match (&inherited.content, &complex.content) {
        (Content::Simple(text), Content::Empty) => Content::Simple(*text),
        (_, own) => own.clone(),
    };
    Effective {
        attributes: allowed(&attributes),
        any_attribute: complex.any_attribute.clone(),
        content,
        mixed: complex.mixed && (is_any_type || inherited.mixed),
    }
}
