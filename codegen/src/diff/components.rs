//! The types that messages are made of: what each is called in a report, and which operations reach
//! it.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{
    Content, Contract, Definition, ElementDeclaration, Id, Particle, QName, Term, TypeDefinition,
    Variety, XML_SCHEMA,
};
use crate::resolve::{Call, Resolved};

/// Names of types, and the operations that reach them.
#[derive(Debug, Default)]
pub(super) struct Components {
    labels: BTreeMap<Id<TypeDefinition>, String>,
    operations: BTreeMap<String, BTreeSet<String>>,
    has_operations: bool,
}

/// The name of a declared type, as a component.
pub(super) fn type_label(name: &QName) -> String {
    format!("type {name}")
}

/// The name of a declared element, as a component.
pub(super) fn element_label(name: &QName) -> String {
    format!("element {name}")
}

/// The operation as a report names it.
pub(super) fn call_label(call: &Call) -> String {
    match &call.overload {
        Some(overload) => format!("{} ({overload})", call.name),
        None => call.name.clone(),
    }
}

impl Components {
    /// Walks from every operation, and from every declaration that stands for itself.
    pub(super) fn of(resolved: &Resolved) -> Self {
        let mut components = Self {
            has_operations: !resolved.clients.is_empty(),
            ..Self::default()
        };
        let contract = &resolved.contract;
        for client in &resolved.clients {
            for call in &client.calls {
                let name = call_label(call);
                let mut roots = Vec::new();
                for payload in [call.request, call.response] {
                    roots.extend(payload.element().map(|id| element(contract, id)));
                    let of_body = |id| (id, format!("element {name}"));
                    roots.extend(payload.content().map(of_body));
                }
                let blocks = call.headers.iter().chain(&call.response_headers);
                roots.extend(blocks.map(|block| element(contract, block.element)));
                roots.extend(call.faults.iter().map(|(_, id)| element(contract, *id)));
                let bodies = call.errors.statuses.iter();
                roots.extend(bodies.map(|s| (s.body, format!("element {name}/{}", s.status))));
                components.walk(resolved, roots, Some(&name));
            }
        }
        let elements = { resolved.elements.iter() }.map(|id| element(contract, *id));
        let types = { resolved.types.iter() }.filter_map(|id| {
            let name = contract.types[*id].name.as_ref()?;
            Some((*id, type_label(name)))
        });
        components.walk(resolved, elements.chain(types).collect(), None);
        components
    }

    /// What a type is called; `None` if nothing that is generated reaches it.
    pub(super) fn label(&self, id: Id<TypeDefinition>) -> Option<&str> {
        self.labels.get(&id).map(String::as_str)
    }

    /// The operations that reach a component.
    pub(super) fn operations(&self, label: &str) -> BTreeSet<String> {
        self.operations.get(label).cloned().unwrap_or_default()
    }

    /// Whether an operation reaches a component; where there are none, whether anything does.
    pub(super) fn has(&self, label: &str) -> bool {
        let reached = self.operations.get(label);
        reached.is_some_and(|operations| !self.has_operations || !operations.is_empty())
    }

    fn walk(
        &mut self,
        resolved: &Resolved,
        roots: Vec<(Id<TypeDefinition>, String)>,
        operation: Option<&str>,
    ) {
        let contract = &resolved.contract;
        let mut seen = BTreeSet::new();
        let mut bases = Vec::new();
        let mut rest = roots;
        while let Some(((id, label), is_base)) = {
            // What stands in for a base is no value of an element.
            let next = rest.pop().map(|next| (next, false));
            next.or_else(|| bases.pop().map(|next| (next, true)))
        } {
            let definition = &contract.types[id];
            let label = match &definition.name {
                Some(name) => type_label(name),
                None => self.labels.get(&id).cloned().unwrap_or(label),
            };
            if is_builtin(contract, id) || !seen.insert((id, is_base)) {
                continue;
            }
            self.labels.entry(id).or_insert_with(|| label.clone());
            let reached = self.operations.entry(label.clone()).or_default();
            reached.extend(operation.map(str::to_owned));
            match &definition.definition {
                Definition::Undeclared => {}
                Definition::Simple(simple) => match &simple.variety {
                    Variety::Restriction(base) => rest.extend(base.map(|id| (id, label))),
                    Variety::List(item) => rest.push((*item, label)),
                    Variety::Union(members) => {
                        let numbered = members.iter().enumerate();
                        rest.extend(numbered.map(|(i, id)| (*id, format!("{label}/{}", i + 1))));
                    }
                },
                Definition::Complex(complex) => {
                    let base = complex
                        .derivation
                        .as_ref()
                        .map(|derivation| derivation.base);
                    bases.extend(base.map(|id| (id, label.clone())));
                    let effective = resolved.effective(id);
                    for attribute in &effective.attributes {
                        let declaration = &contract.attributes[attribute.declaration];
                        let inner = format!("{label}/@{}", declaration.name.local);
                        rest.push((declaration.type_definition, inner));
                    }
                    match &effective.content {
                        Content::Empty => {}
                        Content::Simple(text) => rest.push((*text, format!("{label}/text"))),
                        Content::Elements(particle) => {
                            let mut found = Vec::new();
                            elements(particle, &mut found);
                            for id in found {
                                let all = std::iter::once(&id).chain(resolved.substitutes(id));
                                for inner in all {
                                    rest.push(inside(contract, *inner, &label));
                                }
                            }
                        }
                    }
                    if !is_base {
                        let derived = resolved.derived(id).iter();
                        bases.extend(derived.map(|id| (*id, label.clone())));
                    }
                }
            }
        }
    }
}

/// The type of a global element, and what it is called if it has no name.
fn element(contract: &Contract, id: Id<ElementDeclaration>) -> (Id<TypeDefinition>, String) {
    let element = &contract.elements[id];
    (element.type_definition, element_label(&element.name))
}

/// The same for an element inside a component.
fn inside(
    contract: &Contract,
    id: Id<ElementDeclaration>,
    label: &str,
) -> (Id<TypeDefinition>, String) {
    let element = &contract.elements[id];
    (
        element.type_definition,
        format!("{label}/{}", element.name.local),
    )
}

/// Whether a type is one of the XML Schema namespace.
pub(super) fn is_builtin(contract: &Contract, id: Id<TypeDefinition>) -> bool {
    let name = contract.types[id].name.as_ref();
    name.is_some_and(|name| &*name.namespace == XML_SCHEMA)
}

/// The elements of a particle, at any depth of its groups, in order.
fn elements(particle: &Particle, found: &mut Vec<Id<ElementDeclaration>>) {
    match &particle.term {
        Term::Element(id) => found.push(*id),
        Term::Group(group) => {
            for particle in &group.particles {
                elements(particle, found);
            }
        }
        Term::GroupReference(_) | Term::Wildcard(_) => {}
    }
}
