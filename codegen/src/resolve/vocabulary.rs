//! Schemas that only help other schemas: they declare attributes and groups, as those of `xml:lang`
//! or XLink do, but no element and no complex type. What a caller can use of them gets a type of its
//! name: an attribute its simple type, a group a complex type with its content.

use crate::contract::{
    AttributeDeclaration, AttributeGroupDefinition, ComplexType, Content, Contract, Definition,
    DerivationSet, Facets, Id, ModelGroupDefinition, Occurs, Particle, QName, Scope, SimpleType,
    Term, TypeDefinition, Variety,
};

pub(super) fn resolve_vocabulary(contract: &mut Contract) {
    if !is_vocabulary(contract) {
        return;
    }
    for id in contract.attributes.ids() {
        if contract.attributes[id].scope == Scope::Global {
            attribute_type(contract, id);
        }
    }
    for id in contract.groups.ids() {
        if contract.groups[id].group.is_some() {
            let definition = group_type(&contract.groups[id], id);
            declare(contract, definition);
        }
    }
    for id in contract.attribute_groups.ids() {
        let group = &contract.attribute_groups[id];
        if group.declared && group.span.is_some() {
            let definition = attribute_group_type(&contract.attribute_groups[id], id);
            declare(contract, definition);
        }
    }
}

/// Whether nothing is declared that stands for itself. Well-known components that a front end
/// declares are in no document.
fn is_vocabulary(contract: &Contract) -> bool {
    let elements = contract
        .elements
        .iter()
        .any(|(_, element)| element.scope == Scope::Global && element.span.is_some());
    let types = contract.types.iter().any(|(_, definition)| {
        let complex = matches!(definition.definition, Definition::Complex(_));
        complex && definition.name.is_some() && definition.span.is_some()
    });
    let wsdl = contract.services.is_empty() && contract.port_types.is_empty();
    wsdl && !elements && !types
}

/// An anonymous type takes the attribute's name; of a named one, and of a built-in one, there is
/// nothing new to say.
fn attribute_type(contract: &mut Contract, id: Id<AttributeDeclaration>) {
    let attribute = &contract.attributes[id];
    let named = &contract.types[attribute.type_definition];
    if !attribute.span.is_some() {
        return;
    }
    let definition = if named.name.is_none() {
        named.definition.clone()
    } else {
        Definition::Simple(SimpleType {
            builtin: None,
            variety: Variety::Restriction(Some(attribute.type_definition)),
            facets: Facets::default(),
            final_: DerivationSet::default(),
        })
    };
    let definition = TypeDefinition {
        name: Some(attribute.name.clone()),
        definition,
        annotation: attribute.annotation.clone(),
        span: attribute.span,
    };
    if named.name.is_none() && contract.find_type(&attribute.name).is_none() {
        let id = attribute.type_definition;
        contract.types[id] = definition;
    } else {
        declare(contract, definition);
    }
}

fn group_type(group: &ModelGroupDefinition, id: Id<ModelGroupDefinition>) -> TypeDefinition {
    let particle = Particle {
        occurs: Occurs::ONCE,
        term: Term::GroupReference(id),
        span: group.span,
    };
    TypeDefinition {
        name: Some(group.name.clone()),
        definition: Definition::Complex(ComplexType {
            content: Content::Elements(particle),
            ..ComplexType::default()
        }),
        annotation: group.annotation.clone(),
        span: group.span,
    }
}

fn attribute_group_type(
    group: &AttributeGroupDefinition,
    id: Id<AttributeGroupDefinition>,
) -> TypeDefinition {
    TypeDefinition {
        name: Some(group.name.clone()),
        definition: Definition::Complex(ComplexType {
            attribute_groups: vec![id],
            ..ComplexType::default()
        }),
        annotation: group.annotation.clone(),
        span: group.span,
    }
}

/// Where a type has the name already, it stays.
fn declare(contract: &mut Contract, definition: TypeDefinition) {
    let name: Option<QName> = definition.name.clone();
    if let Some(name) = name.filter(|name| contract.find_type(name).is_none()) {
        let _ = contract.declare_type(name, definition);
    }
}
