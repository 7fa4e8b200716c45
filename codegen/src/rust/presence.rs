//! Which records keep that their element is nil.
//!
//! An element that is nil has no content, yet it may have attributes (XML Schema 1.0 Structures §2.6.2):
//! `nilReason` in documents of OGC. Without attributes `None` says all; with them the record says it.

use std::collections::BTreeSet;

use super::reach::elements_of;
use crate::contract::{Content, Definition, Id, TypeDefinition};
use crate::resolve::Resolved;

/// The types with attributes that elements which may be nil have, and those derived from them.
pub(super) fn keep_nil(resolved: &Resolved) -> BTreeSet<Id<TypeDefinition>> {
    let contract = &resolved.contract;
    let inside = resolved
        .types
        .iter()
        .flat_map(|id| match &resolved.effective(*id).content {
            Content::Elements(particle) => elements_of(particle),
            Content::Empty | Content::Simple(_) => Vec::new(),
        });
    let mut kept = BTreeSet::new();
    for id in resolved.elements.iter().copied().chain(inside) {
        let members = std::iter::once(&id).chain(resolved.substitutes(id));
        for element in members.map(|id| &contract.elements[*id]) {
            let type_ = element.type_definition;
            let is_complex = matches!(contract.types[type_].definition, Definition::Complex(_));
            let effective = resolved.effective(type_);
            let has_attributes =
                !effective.attributes.is_empty() || effective.any_attribute.is_some();
            // SOAP-encoded arrays have attributes that are not data.
            let is_array = effective.attributes.iter().any(|a| a.array_type.is_some());
            if element.nillable && is_complex && has_attributes && !is_array && kept.insert(type_) {
                kept.extend(resolved.derived(type_));
            }
        }
    }
    kept
}
