//! The fields of a message as a documentation page has them: elements by record, with the limits on
//! their values.

use std::collections::BTreeSet;

use crate::contract::{
    Builtin, Content, Contract, Definition, ElementDeclaration, Facets, Id, Occurs, Operation,
    PartContent, Particle, Rule, RuleKind, Term, TypeDefinition, Variety,
};

/// An element of a record.
#[derive(Clone, Copy)]
pub(super) struct Field<'c> {
    pub(super) element: &'c ElementDeclaration,
    pub(super) occurs: Occurs,
}

impl<'c> Field<'c> {
    /// Its description; empty if it has none.
    pub(super) fn description(&self) -> &'c str {
        let text = &self.element.annotation.documentation;
        text.as_deref().unwrap_or_default()
    }

    /// Whether its type is what a page or an example says: a schema knows better than we do.
    pub(super) fn is_claimed(&self) -> bool {
        !self.element.annotation.provenance.is_empty()
    }
}

/// The fields that the rules of a type speak of.
pub(super) fn ruled(definition: &TypeDefinition) -> impl Iterator<Item = &str> {
    let rules = match &definition.definition {
        Definition::Complex(complex) => complex.rules.as_slice(),
        _ => &[],
    };
    let says = |rule: &&Rule| {
        matches!(
            rule.kind,
            RuleKind::ExactlyOne
                | RuleKind::AtMostOne
                | RuleKind::AtLeastOne
                | RuleKind::Requires
                | RuleKind::Excludes
        )
    };
    let rules = rules.iter().filter(says);
    rules.flat_map(|rule| &rule.members).map(String::as_str)
}

/// Types inside types deeper than this are not looked into.
const DEPTH: usize = 64;

/// The elements that a type has, what it inherits first.
pub(super) fn of(contract: &Contract, id: Id<TypeDefinition>) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    collect(contract, id, 0, &mut fields);
    fields
}

fn collect<'c>(
    contract: &'c Contract,
    id: Id<TypeDefinition>,
    depth: usize,
    fields: &mut Vec<Field<'c>>,
) {
    let Definition::Complex(complex) = &contract.types[id].definition else {
        return;
    };
    if depth > DEPTH || id == contract.builtin(Builtin::AnyType) {
        return;
    }
    if let Some(derivation) = &complex.derivation {
        collect(contract, derivation.base, depth + 1, fields);
    }
    if let Content::Elements(particle) = &complex.content {
        elements(contract, particle, Occurs::ONCE, depth, fields);
    }
}

fn elements<'c>(
    contract: &'c Contract,
    particle: &'c Particle,
    around: Occurs,
    depth: usize,
    fields: &mut Vec<Field<'c>>,
) {
    if depth > DEPTH {
        return;
    }
    let occurs = particle.occurs.within(around);
    let group = match &particle.term {
        Term::Element(id) => {
            let element = &contract.elements[*id];
            fields.push(Field { element, occurs });
            return;
        }
        Term::Wildcard(_) => return,
        Term::Group(group) => group,
        Term::GroupReference(id) => match &contract.groups[*id].group {
            Some(group) => group,
            None => return,
        },
    };
    let mut inner = occurs;
    if group.compositor == crate::contract::Compositor::Choice {
        inner.min = 0;
    }
    for particle in &group.particles {
        elements(contract, particle, inner, depth + 1, fields);
    }
}

/// The element of the body of a message.
pub(super) fn body(
    contract: &Contract,
    operation: &Operation,
    is_request: bool,
) -> Option<Id<ElementDeclaration>> {
    let reference = match is_request {
        true => operation.input.as_ref(),
        false => operation.output.as_ref(),
    };
    let message = &contract.messages[reference?.message];
    message.parts.iter().find_map(|part| match part.content {
        PartContent::Element(id) => Some(id),
        PartContent::Type(_) => None,
    })
}

/// All operations.
pub(super) fn operations(contract: &Contract) -> impl Iterator<Item = &Operation> {
    { contract.port_types.iter() }.flat_map(|(_, port_type)| &port_type.operations)
}

/// A record that messages have: what it is called and its fields.
pub(super) struct Record<'c> {
    pub(super) name: String,
    pub(super) fields: Vec<Field<'c>>,
}

/// All records that inputs declare.
pub(super) fn records(contract: &Contract) -> Vec<Record<'_>> {
    let mut records = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, element) in contract.elements.iter() {
        let definition = &contract.types[element.type_definition];
        let fields = of(contract, element.type_definition);
        if !fields.is_empty() && seen.insert(element.type_definition) {
            let name = definition.name.as_ref().unwrap_or(&element.name);
            records.push(Record {
                name: name.local.to_string(),
                fields,
            });
        }
    }
    records
}

/// A simple type: the built-in one at its root, and the limits of all steps, those nearest to the value
/// first.
pub(super) fn simple(contract: &Contract, id: Id<TypeDefinition>) -> Option<(Builtin, Facets)> {
    let mut facets = Facets::default();
    let mut next = Some(id);
    for _ in 0..DEPTH {
        let Definition::Simple(simple) = &contract.types[next?].definition else {
            return None;
        };
        if let Some(builtin) = simple.builtin {
            return builtin.list_item().is_none().then_some((builtin, facets));
        }
        let step = &simple.facets;
        facets.length = facets.length.or(step.length);
        facets.min_length = facets.min_length.or(step.min_length);
        facets.max_length = facets.max_length.or(step.max_length);
        facets.total_digits = facets.total_digits.or(step.total_digits);
        facets.fraction_digits = facets.fraction_digits.or(step.fraction_digits);
        facets.explicit_timezone = facets.explicit_timezone.or(step.explicit_timezone);
        facets.open |= step.open;
        if facets.enumeration.is_empty() {
            facets.enumeration.clone_from(&step.enumeration);
        }
        next = match simple.variety {
            Variety::Restriction(base) => base,
            Variety::List(_) | Variety::Union(_) => return None,
        };
    }
    None
}
