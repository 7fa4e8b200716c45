//! Rules between the elements of a type, which no schema states: held against a request.

use crate::contract::{
    ComplexType, Content, Contract, Definition, ElementDeclaration, Id, Particle, RuleKind, Term,
    TypeDefinition,
};
use crate::frontend::xml::Element;
use crate::namespace::XML_SCHEMA_INSTANCE;

/// Adds what is wrong below an element of this type: `path: what`.
pub(super) fn check(
    contract: &Contract,
    element: Element<'_>,
    id: Id<TypeDefinition>,
    path: &str,
    found: &mut Vec<String>,
) {
    let Definition::Complex(complex) = &contract.types[id].definition else {
        return;
    };
    for rule in &complex.rules {
        let is_given = |name: &&String| {
            let mut children = element
                .children()
                .filter(|child| child.name() == name.as_str());
            children.any(|child| {
                let nil = child
                    .attribute_in(XML_SCHEMA_INSTANCE, "nil")
                    .map(|nil| nil.trimmed());
                !matches!(nil, Some("true" | "1"))
            })
        };
        let given: Vec<&String> = rule.members.iter().filter(is_given).collect();
        let is_first = rule
            .members
            .first()
            .is_some_and(|first| given.contains(&first));
        let all = list(&rule.members);
        let (is_kept, expected) = match rule.kind {
            RuleKind::ExactlyOne => (given.len() == 1, format!("exactly one of {all}")),
            RuleKind::AtMostOne => (given.len() <= 1, format!("at most one of {all}")),
            RuleKind::AtLeastOne => (!given.is_empty(), format!("at least one of {all}")),
            RuleKind::Requires => (
                !is_first || given.len() == rule.members.len(),
                format!("`{}` only with all of {all}", rule.members[0]),
            ),
            RuleKind::Excludes => (
                !is_first || given.len() == 1,
                format!("`{}` with none of {all}", rule.members[0]),
            ),
        };
        if !is_kept {
            let given: Vec<String> = given.into_iter().cloned().collect();
            let given = if given.is_empty() {
                "none".to_owned()
            } else {
                list(&given)
            };
            found.push(format!("{path}: {expected} may be given, and {given} is"));
        }
    }
    for child in element.children() {
        if let Some(declared) = declaration(contract, complex, child) {
            let path = format!("{path}/{}", child.name());
            check(contract, child, declared.type_definition, &path, found);
        }
    }
}

fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// The declaration of a child, in the content of a type or of its bases.
pub(super) fn declaration<'a>(
    contract: &'a Contract,
    complex: &'a ComplexType,
    child: Element<'_>,
) -> Option<&'a ElementDeclaration> {
    let mut at = Some(complex);
    // A type made of itself ends.
    for _ in 0..=contract.types.len() {
        let complex = at?;
        if let Content::Elements(particle) = &complex.content
            && let Some(found) = in_particle(contract, particle, child, 0)
        {
            return Some(found);
        }
        at = complex.derivation.as_ref().and_then(|derivation| {
            match &contract.types[derivation.base].definition {
                Definition::Complex(base) => Some(base),
                _ => None,
            }
        });
    }
    None
}

fn in_particle<'a>(
    contract: &'a Contract,
    particle: &'a Particle,
    child: Element<'_>,
    depth: usize,
) -> Option<&'a ElementDeclaration> {
    const DEPTH: usize = 64;
    let particles = match &particle.term {
        Term::Element(id) => {
            let element = &contract.elements[*id];
            let name = &element.name;
            let is_it = *name.local == *child.name() && *name.namespace == *child.namespace();
            return is_it.then_some(element);
        }
        Term::Group(group) => &group.particles,
        Term::GroupReference(id) => &contract.groups[*id].group.as_ref()?.particles,
        Term::Wildcard(_) => return None,
    };
    if depth > DEPTH {
        return None;
    }
    particles
        .iter()
        .find_map(|inner| in_particle(contract, inner, child, depth + 1))
}
