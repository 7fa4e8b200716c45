//! Enums of alternatives in `types.rs`.

use super::declaration::Declaration;
use super::paths::Paths;
use crate::rust::{Choice, Crate, Faults, Item, ItemId, ItemKind, Type, Variant};

pub(super) fn emit(item: &Item, choice: &Choice, paths: &Paths<'_>) -> String {
    declared(item, &choice.variants, &[DERIVES], paths)
}

/// What a fault may hold; contracts grow more of them.
pub(super) fn emit_faults(item: &Item, faults: &Faults, paths: &Paths<'_>) -> String {
    declared(item, &faults.variants, &[DERIVES, "non_exhaustive"], paths)
}

const DERIVES: &str = "derive(Clone, Debug, PartialEq)";

fn declared(item: &Item, variants: &[Variant], attributes: &[&str], paths: &Paths<'_>) -> String {
    let name = item.name.as_str();
    let old = item.deprecated.as_ref();
    let mut declaration = Declaration::new("enum", name, &item.docs, old, attributes);
    for variant in variants {
        let type_ = paths.value_type(&variant.type_);
        let member = format!("{}({type_})", variant.name);
        declaration.member(&variant.docs, None, &member);
    }
    declaration.finish()
}

/// Whether one of its alternatives is a whole record: those differ in size, which is no mistake.
pub(super) fn holds_records(krate: &Crate, item: ItemId) -> bool {
    let variants = match &krate.item(item).kind {
        ItemKind::Choice(choice) => &choice.variants,
        ItemKind::Faults(faults) => &faults.variants,
        _ => return false,
    };
    variants.len() > 1
        && variants.iter().any(|variant| match &variant.type_ {
            Type::Item(id) => matches!(krate.item(*id).kind, ItemKind::Record(_)),
            Type::Runtime(_) | Type::Mapped(_) => true,
            _ => false,
        })
}
