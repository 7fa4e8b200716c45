//! Arrays of the SOAP encodings (SOAP 1.1 §5.4.2, SOAP 1.2 Part 2 §3.1.6), as schemas declare them.

use crate::contract::{
    Content, Contract, Definition, Id, Particle, SOAP_ENCODING_11, SOAP_ENCODING_12, Term,
    TypeDefinition,
};
use crate::frontend::xml::Element;

/// What an array holds.
pub(super) struct Item {
    pub(super) type_definition: Id<TypeDefinition>,
    /// The brackets, as written: `[]`, `[,]`, `[][]`.
    pub(super) dimensions: String,
}

impl Item {
    /// Whether its items are no arrays, and stand in one row.
    pub(super) fn is_flat(&self) -> bool {
        self.dimensions.matches('[').count() == 1 && !self.dimensions.contains(',')
    }

    /// The brackets with the size of the last pair: `[][3]`, and `[0,0]` for several dimensions.
    pub(super) fn sized(&self, count: usize) -> String {
        let written: String = self.dimensions.split_whitespace().collect();
        let (inner, last) = match written.rfind('[') {
            Some(at) => written.split_at(at),
            None => ("", "[]"),
        };
        let sizes = vec![count.to_string(); last.matches(',').count() + 1];
        format!("{inner}[{}]", sizes.join(","))
    }
}

/// The items of a type, if it is an array.
pub(super) fn item(contract: &Contract, id: Id<TypeDefinition>) -> Option<Item> {
    let Definition::Complex(complex) = &contract.types[id].definition else {
        return None;
    };
    let base = &contract.types[complex.derivation.as_ref()?.base];
    if !base.name.as_ref()?.is_encoded_array() {
        return None;
    }
    if let Some(written) = { complex.attributes.iter() }.find_map(|used| used.array_type.as_ref()) {
        return Some(Item {
            type_definition: written.item,
            dimensions: written.dimensions.clone(),
        });
    }
    let Content::Elements(particle) = &complex.content else {
        return None;
    };
    let only = only_element(particle)?;
    Some(Item {
        type_definition: contract.elements[only].type_definition,
        dimensions: "[]".to_owned(),
    })
}

/// The element of a content that has one.
fn only_element(particle: &Particle) -> Option<Id<crate::contract::ElementDeclaration>> {
    match &particle.term {
        Term::Element(id) => Some(*id),
        Term::Group(group) => match &group.particles[..] {
            [inner] => match &inner.term {
                Term::Element(id) => Some(*id),
                _ => None,
            },
            _ => None,
        },
        Term::GroupReference(_) | Term::Wildcard(_) => None,
    }
}

/// How many items an array of one dimension says it has: `xsd:int[3]`, or `arraySize="3"`.
pub(super) fn said_size(element: Element<'_>) -> Option<usize> {
    if let Some(written) = element.attribute_in(SOAP_ENCODING_11, "arrayType") {
        let (_, size) = written.trimmed().strip_suffix(']')?.rsplit_once('[')?;
        return size.trim().parse().ok();
    }
    let size = element.attribute_in(SOAP_ENCODING_12, "arraySize")?;
    size.trimmed().parse().ok()
}
