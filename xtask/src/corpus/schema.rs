//! What the contract declares, as the comparison asks: the generator's view, not the runtime's.

use std::collections::BTreeSet;

use castile_codegen::contract::{
    AttributeUse, Builtin, Compositor, Content, Definition, ElementDeclaration, Id, Particle,
    QName, Term, TypeDefinition, ValueConstraint, Variety, WhiteSpace,
};
use castile_codegen::resolve::Resolved;

use super::value::{Kind, Primitive};

/// The type of an element or attribute.
pub(crate) type TypeId = Id<TypeDefinition>;

/// A resolved contract.
#[derive(Debug)]
pub(crate) struct Schema {
    resolved: Resolved,
}

/// What is declared for an element.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) type_: TypeId,
    /// The default or fixed value; elements of one name may have others in other places of a content model.
    pub(crate) values: Vec<String>,
}

impl Schema {
    pub(crate) fn new(resolved: Resolved) -> Self {
        Self { resolved }
    }

    /// A global element, or one that stands for the parts of a message.
    pub(crate) fn root(&self, namespace: &str, local: &str) -> Option<Declared> {
        let contract = &self.resolved.contract;
        let name = QName::new(namespace, local);
        let id = contract.find_element(&name).or_else(|| {
            let calls = self
                .resolved
                .clients
                .iter()
                .flat_map(|client| &client.calls);
            calls
                .flat_map(|call| [call.request, call.response])
                .filter_map(castile_codegen::resolve::Payload::element)
                .find(|id| contract.elements[*id].name == name)
        })?;
        Some(self.declared(id))
    }

    fn declared(&self, id: Id<ElementDeclaration>) -> Declared {
        let element = &self.resolved.contract.elements[id];
        Declared {
            type_: element.type_definition,
            values: element.value_constraint.iter().map(constraint).collect(),
        }
    }

    /// A type by name.
    pub(crate) fn named(&self, namespace: &str, local: &str) -> Option<TypeId> {
        self.resolved
            .contract
            .find_type(&QName::new(namespace, local))
    }

    /// An element in the content of a type.
    pub(crate) fn child(&self, type_: TypeId, namespace: &str, local: &str) -> Option<Declared> {
        let Content::Elements(particle) = &self.resolved.effective(type_).content else {
            return None;
        };
        let name = QName::new(namespace, local);
        let mut found = Vec::new();
        self.find(particle, &name, &mut BTreeSet::new(), &mut found);
        if found.is_empty() {
            // By a wildcard.
            found.extend(self.resolved.contract.find_element(&name));
        }
        let mut all = found.into_iter().map(|id| self.declared(id));
        let mut declared = all.next()?;
        for other in all {
            declared.values.extend(other.values);
        }
        Some(declared)
    }

    /// The items of an array of a SOAP encoding.
    pub(crate) fn item(&self, type_: TypeId) -> Option<((String, String), Declared)> {
        let id = *self.resolved.arrays.get(&type_)?;
        Some((self.name(id), self.declared(id)))
    }

    /// An element in the content of a type by its local name alone.
    pub(crate) fn member(
        &self,
        type_: TypeId,
        local: &str,
    ) -> Option<((String, String), Declared)> {
        let Content::Elements(particle) = &self.resolved.effective(type_).content else {
            return None;
        };
        let mut pending = vec![particle];
        while let Some(particle) = pending.pop() {
            match &particle.term {
                Term::Element(id) => {
                    if *self.resolved.contract.elements[*id].name.local == *local {
                        return Some((self.name(*id), self.declared(*id)));
                    }
                }
                Term::Group(group) => pending.extend(&group.particles),
                Term::GroupReference(_) | Term::Wildcard(_) => {}
            }
        }
        None
    }

    fn name(&self, id: Id<ElementDeclaration>) -> (String, String) {
        let name = &self.resolved.contract.elements[id].name;
        (name.namespace.to_string(), name.local.to_string())
    }

    /// All declarations of a name in a content model.
    fn find(
        &self,
        particle: &Particle,
        name: &QName,
        seen: &mut BTreeSet<usize>,
        found: &mut Vec<Id<ElementDeclaration>>,
    ) {
        let contract = &self.resolved.contract;
        match &particle.term {
            Term::Element(id) => {
                let substitutes = self.resolved.substitutes(*id).iter().copied();
                let named = std::iter::once(*id)
                    .chain(substitutes)
                    .find(|id| contract.elements[*id].name == *name);
                found.extend(named);
            }
            Term::Group(group) => {
                for particle in &group.particles {
                    self.find(particle, name, seen, found);
                }
            }
            Term::GroupReference(id) => {
                if let Some(group) = &contract.groups[*id].group
                    && seen.insert(id.index())
                {
                    for particle in &group.particles {
                        self.find(particle, name, seen, found);
                    }
                }
            }
            Term::Wildcard(_) => {}
        }
    }

    /// The attributes of a type, with their names, types and default values.
    pub(crate) fn attributes(&self, type_: TypeId) -> Vec<(&QName, TypeId, Option<String>)> {
        let uses: &[AttributeUse] = &self.resolved.effective(type_).attributes;
        uses.iter()
            .map(|attribute| {
                let declaration = &self.resolved.contract.attributes[attribute.declaration];
                let value = attribute
                    .value_constraint
                    .as_ref()
                    .or(declaration.value_constraint.as_ref());
                (
                    &declaration.name,
                    declaration.type_definition,
                    value.map(constraint),
                )
            })
            .collect()
    }

    /// Whether text between the elements of a type is data.
    pub(crate) fn is_mixed(&self, type_: TypeId) -> bool {
        self.resolved.effective(type_).mixed
    }

    /// Whether the elements of a type come in any order.
    pub(crate) fn is_all(&self, type_: TypeId) -> bool {
        match &self.resolved.effective(type_).content {
            Content::Elements(particle) => match &particle.term {
                Term::Group(group) => group.compositor == Compositor::All,
                Term::GroupReference(id) => self.resolved.contract.groups[*id]
                    .group
                    .as_ref()
                    .is_some_and(|group| group.compositor == Compositor::All),
                _ => false,
            },
            _ => false,
        }
    }

    /// How the text of a type is compared; `None` for types without text of their own.
    pub(crate) fn kind(&self, type_: TypeId) -> Option<Kind> {
        match &self.resolved.contract.types[type_].definition {
            Definition::Simple(_) => Some(self.simple(type_, 0)),
            Definition::Complex(_) => match self.resolved.effective(type_).content {
                Content::Simple(id) => Some(self.simple(id, 0)),
                _ => None,
            },
            Definition::Undeclared => None,
        }
    }

    fn simple(&self, type_: TypeId, depth: usize) -> Kind {
        let Definition::Simple(simple) = &self.resolved.contract.types[type_].definition else {
            return Kind::Atomic(Primitive::Text(WhiteSpace::Collapse));
        };
        if depth > 64 {
            return Kind::Atomic(Primitive::Text(WhiteSpace::Collapse));
        }
        match &simple.variety {
            Variety::List(item) => Kind::List(Box::new(self.simple(*item, depth + 1))),
            Variety::Union(members) => {
                let members = members.iter().map(|id| self.simple(*id, depth + 1));
                Kind::Union(members.collect())
            }
            Variety::Restriction(base) => {
                let known = simple.builtin.and_then(primitive);
                let kind = match (known, base) {
                    (Some(primitive), _) => Kind::Atomic(primitive),
                    (None, Some(base)) => self.simple(*base, depth + 1),
                    (None, None) => Kind::Atomic(Primitive::Text(WhiteSpace::Preserve)),
                };
                match (kind, simple.facets.white_space) {
                    (Kind::Atomic(Primitive::Text(_)), Some(white_space)) => {
                        Kind::Atomic(Primitive::Text(white_space))
                    }
                    (kind, _) => kind,
                }
            }
        }
    }
}

fn constraint(constraint: &ValueConstraint) -> String {
    match constraint {
        ValueConstraint::Default(value) | ValueConstraint::Fixed(value) => value.clone(),
    }
}

/// The value space of a built-in type; `None` for those that derive from another one with the same.
fn primitive(builtin: Builtin) -> Option<Primitive> {
    Some(match builtin {
        Builtin::AnySimpleType | Builtin::AnyAtomicType | Builtin::String => {
            Primitive::Text(WhiteSpace::Preserve)
        }
        Builtin::NormalizedString => Primitive::Text(WhiteSpace::Replace),
        Builtin::Token | Builtin::AnyUri => Primitive::Text(WhiteSpace::Collapse),
        Builtin::Boolean => Primitive::Boolean,
        Builtin::Decimal => Primitive::Decimal,
        Builtin::Float => Primitive::Float,
        Builtin::Double => Primitive::Double,
        Builtin::Base64Binary => Primitive::Base64,
        Builtin::HexBinary => Primitive::Hex,
        Builtin::QName | Builtin::Notation => Primitive::QName,
        Builtin::Duration => Primitive::Duration,
        Builtin::DateTime
        | Builtin::Date
        | Builtin::Time
        | Builtin::GYearMonth
        | Builtin::GYear
        | Builtin::GMonthDay
        | Builtin::GDay
        | Builtin::GMonth => Primitive::Moment,
        _ => return None,
    })
}
