//! Keeps what clients reach; without clients, what global declarations reach.

use super::Keep;
use super::model::{Call, Resolved, Roots};
use crate::contract::{
    AuthenticationValue, Builtin, Content, Definition, ElementDeclaration, Id, Particle, Scope,
    Term, TypeDefinition, Variety,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// `roots` are the declarations that settings choose; without them it is all or none.
pub(super) fn resolve_prune(
    resolved: &mut Resolved,
    roots: Option<Roots>,
    diagnostics: &mut Diagnostics,
) {
    let mut pending = Pending::default();
    for client in &resolved.clients {
        for header in &client.authentication.http_headers {
            if let AuthenticationValue::Base64Json(id) = header.value {
                pending.types.push(id);
            }
        }
        client.calls.iter().for_each(|call| pending.add_call(call));
    }
    if let Some(roots) = &roots {
        pending.elements.extend(&roots.elements);
        pending.types.extend(&roots.types);
    } else if resolved.keeps_declared() {
        let global = |(id, element): (_, &ElementDeclaration)| {
            (element.scope == Scope::Global).then_some(id)
        };
        pending
            .elements
            .extend(resolved.contract.elements.iter().filter_map(global));
        let declared = |(id, definition): (_, &TypeDefinition)| {
            let builtin = match &definition.definition {
                Definition::Simple(simple) => simple.builtin.is_some(),
                _ => false,
            };
            let any_type = resolved.contract.builtin(Builtin::AnyType);
            (definition.name.is_some() && !builtin && id != any_type).then_some(id)
        };
        pending
            .types
            .extend(resolved.contract.types.iter().filter_map(declared));
    }
    let nothing = pending.elements.is_empty() && pending.types.is_empty();
    if nothing && resolved.clients.is_empty() && !diagnostics.has_errors() {
        diagnostics.push(nothing_of(resolved));
    }
    pending.run(resolved);
    resolved.roots = match roots {
        Some(roots) => roots,
        None if resolved.keeps_declared() => Roots {
            elements: resolved.elements.clone(),
            types: resolved.types.clone(),
        },
        None => Roots::default(),
    };
}

/// Why nothing comes of the inputs.
fn nothing_of(resolved: &Resolved) -> Diagnostic {
    let contract = &resolved.contract;
    let is_bound = contract.bindings.iter().any(|(_, b)| b.declared);
    let operations = contract.port_types.iter().any(|(_, p)| p.declared);
    let (message, help) = if is_bound || !contract.services.is_empty() {
        (
            "no binding that is declared here can be called, and there is no element and no type",
            "a client needs a SOAP binding of a port type, and the messages of its operations",
        )
    } else if operations {
        (
            "the port types are not bound to a protocol, and there is no element and no type",
            "name the WSDL with the bindings; imports are followed from there",
        )
    } else {
        (
            "there is no service, no element, no type, no group and no attribute in the inputs",
            "name the WSDL or schema that declares them; imports are followed from there",
        )
    };
    let place = contract.inputs.first().copied().unwrap_or(Span::NONE);
    // Whoever wants all that is declared gets nothing of a schema that declares nothing.
    if resolved.keep == Keep::Declared && !contract.describes_services {
        Diagnostic::warning(Code::NothingToGenerate, place, message).help(help)
    } else {
        Diagnostic::error(Code::NothingToGenerate, place, message).help(help)
    }
}

#[derive(Default)]
struct Pending {
    types: Vec<Id<TypeDefinition>>,
    elements: Vec<Id<ElementDeclaration>>,
}

impl Pending {
    fn add_call(&mut self, call: &Call) {
        for payload in [call.request, call.response] {
            self.elements.extend(payload.element());
            self.types.extend(payload.content());
        }
        let blocks = call.headers.iter().chain(&call.response_headers);
        self.elements.extend(blocks.map(|block| block.element));
        self.elements
            .extend(call.faults.iter().map(|(_, element)| *element));
        self.types
            .extend(call.errors.statuses.iter().map(|status| status.body));
    }

    fn run(mut self, resolved: &mut Resolved) {
        loop {
            if let Some(id) = self.elements.pop() {
                if resolved.elements.insert(id) {
                    self.types
                        .push(resolved.contract.elements[id].type_definition);
                    self.elements.extend(resolved.substitutes(id));
                }
            } else if let Some(id) = self.types.pop() {
                if resolved.types.insert(id) {
                    self.add_parts(resolved, id);
                }
            } else {
                return;
            }
        }
    }

    fn add_parts(&mut self, resolved: &Resolved, id: Id<TypeDefinition>) {
        self.types.extend(resolved.derived(id));
        match &resolved.contract.types[id].definition {
            Definition::Undeclared => {}
            Definition::Simple(simple) => match &simple.variety {
                Variety::Restriction(base) => self.types.extend(*base),
                Variety::List(item) => self.types.push(*item),
                Variety::Union(members) => self.types.extend(members),
            },
            Definition::Complex(complex) => {
                self.types
                    .extend(complex.derivation.as_ref().map(|d| d.base));
                let effective = resolved.effective(id);
                for attribute in &effective.attributes {
                    let declaration = &resolved.contract.attributes[attribute.declaration];
                    self.types.push(declaration.type_definition);
                    self.types
                        .extend(attribute.array_type.as_ref().map(|array| array.item));
                }
                match &effective.content {
                    Content::Empty => {}
                    Content::Simple(text) => self.types.push(*text),
                    Content::Elements(particle) => self.add_particle(resolved, particle),
                }
            }
        }
    }

    fn add_particle(&mut self, resolved: &Resolved, particle: &Particle) {
        match &particle.term {
            Term::Element(id) => match resolved.contract.elements[*id].scope {
                Scope::Local => {
                    self.types
                        .push(resolved.contract.elements[*id].type_definition);
                }
                Scope::Global | Scope::Undeclared => self.elements.push(*id),
            },
            Term::Group(group) => {
                group
                    .particles
                    .iter()
                    .for_each(|inner| self.add_particle(resolved, inner));
            }
            Term::GroupReference(_) | Term::Wildcard(_) => {}
        }
    }
}
