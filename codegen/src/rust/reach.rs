//! Which types messages reach: requests, responses, and those that travel as JSON.

use std::collections::BTreeSet;

use crate::contract::{
    AuthenticationValue, Content, Definition, ElementDeclaration, HttpContent, Id, Particle, Term,
    TypeDefinition, Variety,
};
use crate::resolve::{ClientProtocol, Initiator, Payload, Resolved};

type Types = BTreeSet<Id<TypeDefinition>>;

/// The types that messages reach.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    /// From requests and what is set on a client.
    pub(super) request: Types,
    /// From responses and faults.
    pub(super) response: Types,
    /// From any message in JSON.
    pub(super) json: Types,
    /// Whether every type is kept, and may be sent.
    pub(super) all: bool,
}

impl Reach {
    pub(super) fn of(resolved: &Resolved) -> Self {
        let mut reach = Self {
            all: resolved.keeps_declared(),
            ..Self::default()
        };
        for client in &resolved.clients {
            let mut sent = Walk::new(resolved);
            let mut received = Walk::new(resolved);
            for header in &client.authentication.http_headers {
                if let AuthenticationValue::Base64Json(id) = header.value {
                    sent.types.push(id);
                    let mut json = Walk::new(resolved);
                    json.types.push(id);
                    reach.json.extend(json.finish());
                }
            }
            for call in &client.calls {
                let (out, back) = match call.initiator {
                    Initiator::Client => (call.request, call.response),
                    Initiator::Service => (call.response, call.request),
                };
                sent.payload(out);
                received.payload(back);
                sent.elements(call.headers.iter().map(|block| block.element));
                received.elements(call.response_headers.iter().map(|block| block.element));
                received.elements(call.faults.iter().map(|(_, element)| *element));
                received
                    .types
                    .extend(call.errors.statuses.iter().map(|status| status.body));
            }
            let (sent, received) = (sent.finish(), received.finish());
            if matches!(client.protocol, ClientProtocol::Http(HttpContent::Json)) {
                reach.json.extend(sent.iter().chain(&received));
            }
            reach.request.extend(sent);
            reach.response.extend(received);
        }
        reach
    }

    /// Whether callers make values of this type.
    pub(super) fn is_sent(&self, id: Id<TypeDefinition>) -> bool {
        self.all || self.request.contains(&id)
    }
}

/// A walk over types, without recursion: nesting has no bound.
struct Walk<'a> {
    resolved: &'a Resolved,
    types: Vec<Id<TypeDefinition>>,
}

impl<'a> Walk<'a> {
    fn new(resolved: &'a Resolved) -> Self {
        Self {
            resolved,
            types: Vec::new(),
        }
    }

    fn payload(&mut self, payload: Payload) {
        self.elements(payload.element());
        self.types.extend(payload.content());
    }

    fn elements(&mut self, elements: impl IntoIterator<Item = Id<ElementDeclaration>>) {
        for element in elements {
            let elements = &self.resolved.contract.elements;
            self.types.push(elements[element].type_definition);
            for &substitute in self.resolved.substitutes(element) {
                self.types.push(elements[substitute].type_definition);
            }
        }
    }

    fn finish(mut self) -> Types {
        let mut seen = Types::new();
        while let Some(id) = self.types.pop() {
            if !seen.insert(id) {
                continue;
            }
            let contract = &self.resolved.contract;
            match &contract.types[id].definition {
                Definition::Undeclared => {}
                Definition::Simple(simple) => match &simple.variety {
                    Variety::Restriction(base) => self.types.extend(*base),
                    Variety::List(item) => self.types.push(*item),
                    Variety::Union(members) => self.types.extend(members),
                },
                Definition::Complex(_) => {
                    self.types.extend(self.resolved.derived(id));
                    let effective = self.resolved.effective(id);
                    for attribute in &effective.attributes {
                        let declaration = &contract.attributes[attribute.declaration];
                        self.types.push(declaration.type_definition);
                    }
                    match &effective.content {
                        Content::Empty => {}
                        Content::Simple(id) => self.types.push(*id),
                        Content::Elements(particle) => {
                            self.elements(elements_of(particle));
                        }
                    }
                }
            }
        }
        seen
    }
}

/// The elements of a particle, in document order.
pub(super) fn elements_of(particle: &Particle) -> Vec<Id<ElementDeclaration>> {
    let mut elements = Vec::new();
    let mut rest = vec![particle];
    while let Some(particle) = rest.pop() {
        match &particle.term {
            Term::Element(id) => elements.push(*id),
            Term::Group(group) => rest.extend(group.particles.iter().rev()),
            Term::GroupReference(_) | Term::Wildcard(_) => {}
        }
    }
    elements
}
