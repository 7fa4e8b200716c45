//! Type alternatives (XML Schema 1.1 Structures §3.12): elements whose attributes choose their type by
//! XPath.
//!
//! The XPath is not evaluated. An element with alternatives has a type of its own instead, which holds
//! what any of them may hold: the content of the declared type, and beside it, optional, what the
//! alternatives add. Where they contradict each other only a tree can hold them all: the element is
//! then of `xs:anyType`.

use std::collections::BTreeMap;

use super::model::{Effective, Resolved};
use crate::contract::{
    AttributePresence, AttributeUse, Builtin, ComplexType, Compositor, Content, Contract,
    Definition, ElementDeclaration, Id, ModelGroup, Occurs, Particle, QName, Term, TypeDefinition,
};

pub(super) fn resolve_alternatives(resolved: &mut Resolved) {
    for id in resolved.contract.elements.ids() {
        if resolved.contract.elements[id].alternatives.is_empty() {
            continue;
        }
        let element = resolved.contract.elements[id].clone();
        let Some(union) = Union::of(resolved, &element) else {
            continue;
        };
        let contract = &mut resolved.contract;
        let Some(effective) = union else {
            contract.elements[id].type_definition = contract.builtin(Builtin::AnyType);
            continue;
        };
        let declared = &contract.types[element.type_definition];
        let complex = ComplexType {
            attributes: effective.attributes.clone(),
            any_attribute: effective.any_attribute.clone(),
            content: effective.content.clone(),
            mixed: effective.mixed,
            ..ComplexType::default()
        };
        let definition = TypeDefinition {
            name: None,
            definition: Definition::Complex(complex),
            annotation: declared.annotation.clone(),
            span: element.span,
        };
        let type_ = contract.types.add(definition);
        contract.elements[id].type_definition = type_;
        resolved.effective.insert(type_, effective);
    }
}

/// What several types may hold together.
struct Union {
    effective: Effective,
    /// The types of the elements that are in it, and whether they are the declared type's.
    elements: BTreeMap<QName, (Id<TypeDefinition>, bool)>,
}

impl Union {
    /// `None` where the declared type holds everything anyway; `Some(None)` where only a tree does.
    fn of(resolved: &mut Resolved, element: &ElementDeclaration) -> Option<Option<Effective>> {
        let contract = &resolved.contract;
        let declared = element.type_definition;
        let is_complex =
            |id: &Id<_>| matches!(contract.types[*id].definition, Definition::Complex(_));
        if declared == contract.builtin(Builtin::AnyType)
            || matches!(contract.types[declared].definition, Definition::Undeclared)
            || !(is_complex(&declared) || element.alternatives.iter().any(is_complex))
        {
            return None;
        }
        let mut others: Vec<Effective> = Vec::new();
        for &alternative in &element.alternatives {
            if alternative != declared {
                others.push(whole(resolved, alternative)?);
            }
        }
        let effective = whole(resolved, declared)?;
        let mut union = Self {
            effective,
            elements: BTreeMap::new(),
        };
        if let Content::Elements(particle) = &union.effective.content {
            for (name, type_) in elements_of(contract, particle) {
                union.elements.insert(name, (type_, true));
            }
        }
        let base: Vec<_> = union
            .effective
            .attributes
            .iter()
            .map(|a| a.declaration)
            .collect();
        for other in others {
            let added = union.add_attributes(&mut resolved.contract, &base, &other);
            if added.is_none() || union.add_content(&resolved.contract, other).is_none() {
                return Some(None);
            }
        }
        Some(Some(union.effective))
    }

    /// What not all of them have is optional, and has no default: that is of one of them only.
    fn add_attributes(
        &mut self,
        contract: &mut Contract,
        base: &[Id<crate::contract::AttributeDeclaration>],
        other: &Effective,
    ) -> Option<()> {
        let own = &mut self.effective.attributes;
        for attribute in own.iter_mut() {
            let name = &contract.attributes[attribute.declaration].name;
            let is_required = other.attributes.iter().any(|a| {
                contract.attributes[a.declaration].name == *name
                    && a.presence == AttributePresence::Required
            });
            if !is_required {
                attribute.presence = AttributePresence::Optional;
            }
        }
        for attribute in &other.attributes {
            let declaration = &contract.attributes[attribute.declaration];
            let known = own
                .iter()
                .find(|a| contract.attributes[a.declaration].name == declaration.name);
            if let Some(known) = known {
                let type_ = contract.attributes[known.declaration].type_definition;
                if type_ != declaration.type_definition && !base.contains(&known.declaration) {
                    return None;
                }
                continue;
            }
            let mut declaration = declaration.clone();
            declaration.value_constraint = None;
            own.push(AttributeUse {
                declaration: contract.attributes.add(declaration),
                presence: AttributePresence::Optional,
                value_constraint: None,
                ..attribute.clone()
            });
        }
        if self.effective.any_attribute.is_none() {
            self.effective
                .any_attribute
                .clone_from(&other.any_attribute);
        }
        Some(())
    }

    fn add_content(&mut self, contract: &Contract, other: Effective) -> Option<()> {
        self.effective.mixed |= other.mixed;
        let particle = match (&self.effective.content, other.content) {
            (Content::Simple(_), Content::Simple(_)) | (_, Content::Empty) => return Some(()),
            (Content::Elements(_) | Content::Empty, Content::Elements(particle)) => particle,
            _ => return None,
        };
        let span = particle.span;
        let mut added = Vec::new();
        for mut particle in top(particle) {
            let inside = elements_of(contract, &particle);
            let known = inside
                .iter()
                .filter(|(name, _)| self.elements.contains_key(name));
            match known.count() {
                0 if inside.is_empty() && !matches!(particle.term, Term::Wildcard(_)) => continue,
                0 => {}
                // What the declared type has already, or a restriction of it.
                all if all == inside.len() => {
                    let is_same = |(name, type_): &(QName, Id<TypeDefinition>)| {
                        let known = self.elements.get(name);
                        known.is_some_and(|(known, base)| known == type_ || *base)
                    };
                    if inside.iter().all(is_same) {
                        continue;
                    }
                    return None;
                }
                _ => return None,
            }
            for (name, type_) in inside {
                self.elements.insert(name, (type_, false));
            }
            particle.occurs.min = 0;
            added.push(particle);
        }
        if added.is_empty() {
            return Some(());
        }
        let content = std::mem::take(&mut self.effective.content);
        let mut particles = match content {
            Content::Elements(particle) => top(particle),
            _ => Vec::new(),
        };
        let is_open = |particle: &Particle| matches!(particle.term, Term::Wildcard(_));
        if particles.iter().any(is_open) {
            added.retain(|particle| !is_open(particle));
        }
        particles.append(&mut added);
        self.effective.content = Content::Elements(Particle {
            occurs: Occurs::ONCE,
            term: Term::Group(ModelGroup {
                compositor: Compositor::Sequence,
                particles,
            }),
            span,
        });
        Some(())
    }
}

/// All that a type holds; `None` for one that nobody declares.
fn whole(resolved: &Resolved, id: Id<TypeDefinition>) -> Option<Effective> {
    match &resolved.contract.types[id].definition {
        Definition::Undeclared => None,
        Definition::Complex(_) => Some(resolved.effective(id).clone()),
        Definition::Simple(_) => Some(Effective {
            content: Content::Simple(id),
            ..Effective::default()
        }),
    }
}

/// The particles of a sequence, or the particle itself.
fn top(particle: Particle) -> Vec<Particle> {
    match particle {
        Particle {
            occurs: Occurs::ONCE,
            term:
                Term::Group(ModelGroup {
                    compositor,
                    particles,
                }),
            ..
        } if compositor != Compositor::Choice => particles,
        other => vec![other],
    }
}

/// The elements in a particle, at any depth, without recursion.
fn elements_of(contract: &Contract, particle: &Particle) -> Vec<(QName, Id<TypeDefinition>)> {
    let mut found = Vec::new();
    let mut rest = vec![particle];
    while let Some(particle) = rest.pop() {
        match &particle.term {
            Term::Element(id) => {
                let element = &contract.elements[*id];
                found.push((element.name.clone(), element.type_definition));
            }
            Term::Group(group) => rest.extend(&group.particles),
            Term::Wildcard(_) | Term::GroupReference(_) => {}
        }
    }
    found
}
