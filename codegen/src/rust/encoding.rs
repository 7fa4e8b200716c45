//! The types of SOAP-encoded messages, as the runtime asks for them: by their names on the wire.

use std::collections::BTreeMap;

use super::lower::Lowering;
use super::model::{
    EncodedKind, EncodedMember, EncodedParts, EncodedType, ModuleId, QualifiedName,
};
use crate::contract::{
    Content, Contract, Definition, ElementDeclaration, Id, Particle, QName, Term, TypeDefinition,
    Variety, XML_SCHEMA,
};
use crate::resolve::{Call, Resolved};

/// The types of the encoded messages of one module.
#[derive(Debug, Default)]
pub(super) struct Encodings {
    by_module: BTreeMap<ModuleId, BTreeMap<QualifiedName, EncodedKind>>,
}

impl Encodings {
    /// The types of a module, sorted by name.
    pub(super) fn take(&mut self, module: ModuleId) -> Vec<EncodedType> {
        let types = self.by_module.remove(&module).unwrap_or_default();
        let types = types.into_iter();
        types
            .map(|(name, kind)| EncodedType { name, kind })
            .collect()
    }
}

impl Lowering<'_> {
    /// The parts of the messages of an encoded operation; their types are added to those of the
    /// module.
    pub(super) fn encoded_parts(&mut self, module: ModuleId, call: &Call) -> Option<EncodedParts> {
        if !call.encoded {
            return None;
        }
        let mut walk = Walk {
            resolved: self.resolved,
            types: self.encodings.by_module.entry(module).or_default(),
            pending: Vec::new(),
        };
        let parts = EncodedParts {
            request: walk.parts(call.request.element()),
            response: walk.parts(call.response.element()),
        };
        walk.run();
        Some(parts)
    }
}

struct Walk<'a> {
    resolved: &'a Resolved,
    types: &'a mut BTreeMap<QualifiedName, EncodedKind>,
    pending: Vec<(QualifiedName, Id<TypeDefinition>)>,
}

impl Walk<'_> {
    fn contract(&self) -> &Contract {
        &self.resolved.contract
    }

    fn parts(&mut self, wrapper: Option<Id<ElementDeclaration>>) -> Vec<EncodedMember> {
        let Some(wrapper) = wrapper else {
            return Vec::new();
        };
        let element = &self.contract().elements[wrapper];
        let name = QualifiedName::of(&element.name);
        self.members(element.type_definition, &name)
    }

    fn run(&mut self) {
        while let Some((name, id)) = self.pending.pop() {
            if self.types.contains_key(&name) {
                continue;
            }
            let kind = match self.resolved.arrays.get(&id) {
                Some(item) => EncodedKind::Array(self.member(*item, &name)),
                None => EncodedKind::Struct(self.members(id, &name)),
            };
            self.types.insert(name, kind);
        }
    }

    /// The elements of a type, whatever groups they are in, each name once.
    fn members(&mut self, id: Id<TypeDefinition>, owner: &QualifiedName) -> Vec<EncodedMember> {
        let mut elements = Vec::new();
        if let Content::Elements(particle) = &self.resolved.effective(id).content {
            self.elements(particle, &mut elements);
        }
        let mut names = std::collections::BTreeSet::new();
        elements.retain(|element| names.insert(&self.resolved.contract.elements[*element].name));
        let members = elements.into_iter();
        members.map(|element| self.member(element, owner)).collect()
    }

    fn elements(&self, particle: &Particle, found: &mut Vec<Id<ElementDeclaration>>) {
        match &particle.term {
            Term::Element(id) => {
                found.push(*id);
                found.extend(self.resolved.substitutes(*id));
            }
            Term::Group(group) => {
                for particle in &group.particles {
                    self.elements(particle, found);
                }
            }
            Term::GroupReference(_) | Term::Wildcard(_) => {}
        }
    }

    fn member(&mut self, id: Id<ElementDeclaration>, owner: &QualifiedName) -> EncodedMember {
        let element = &self.resolved.contract.elements[id];
        let name = QualifiedName::of(&element.name);
        let type_name = self.type_name(element.type_definition, owner, &name.local);
        EncodedMember { name, type_name }
    }

    /// The name of a type on the wire. An anonymous one with members goes by its place, which is no
    /// name there; of a simple one the next that has a name stands for it.
    fn type_name(
        &mut self,
        id: Id<TypeDefinition>,
        owner: &QualifiedName,
        word: &str,
    ) -> QualifiedName {
        let resolved = self.resolved;
        let definition = &resolved.contract.types[id];
        match &definition.definition {
            Definition::Undeclared => any_type(),
            Definition::Simple(simple) => match (&definition.name, &simple.variety) {
                (Some(name), _) => QualifiedName::of(name),
                (None, Variety::Restriction(Some(base))) => self.type_name(*base, owner, word),
                (None, _) => any_type(),
            },
            Definition::Complex(_) => {
                let name = match &definition.name {
                    Some(name) => QualifiedName::of(name),
                    None => QualifiedName {
                        namespace: owner.namespace.clone(),
                        local: format!("{}/{word}", owner.local),
                    },
                };
                self.visit(&name, id);
                for &derived in resolved.derived(id) {
                    if let Some(name) = &resolved.contract.types[derived].name {
                        self.visit(&QualifiedName::of(name), derived);
                    }
                }
                name
            }
        }
    }

    /// Asks for a type with members.
    fn visit(&mut self, name: &QualifiedName, id: Id<TypeDefinition>) {
        let is_text = matches!(self.resolved.effective(id).content, Content::Simple(_));
        let is_known = self.types.contains_key(name) || name.namespace == XML_SCHEMA;
        if !is_text && !is_known {
            self.pending.push((name.clone(), id));
        }
    }
}

fn any_type() -> QualifiedName {
    QualifiedName::of(&QName::new(XML_SCHEMA, "anyType"))
}
