//! Facets as settings of table entries: white space, and the limits on values.

use super::model::{Setting, Type};
use super::simple::{Chain, End, is_qualified, rust_type};
use crate::contract::{Builtin, Facets, WhiteSpace};

/// What happens to white space; only text needs to be told.
pub(super) fn white_space(chain: &Chain<'_>) -> Option<Setting> {
    let End::Builtin(builtin) = chain.end else {
        return None;
    };
    if rust_type(builtin) != Type::Std("String") {
        // The enumeration of another type compares lexical forms, which have no blanks around them.
        let enumerated = chain.enumerated.filter(|_| !is_qualified(builtin));
        return enumerated.map(|_| Setting::Collapse);
    }
    let stated = chain.facets.iter().find_map(|facets| facets.white_space);
    let implied = match builtin {
        Builtin::String | Builtin::AnySimpleType | Builtin::AnyAtomicType => WhiteSpace::Preserve,
        Builtin::NormalizedString => WhiteSpace::Replace,
        _ => WhiteSpace::Collapse,
    };
    match stated.unwrap_or(implied) {
        WhiteSpace::Preserve => None,
        WhiteSpace::Replace => Some(Setting::Replace),
        WhiteSpace::Collapse => Some(Setting::Collapse),
    }
}

/// The limits that are checked before sending, each as the most derived step states it.
pub(super) fn limits(chain: &Chain<'_>, lengths: bool) -> Vec<Setting> {
    // A larger limit is none in practice, and no number that every target can count to.
    let countable = |limit: u64| u32::try_from(limit).is_ok();
    let number = |get: fn(&Facets) -> Option<u64>| {
        let stated = chain.facets.iter().find_map(|facets| get(facets));
        stated.filter(|&limit| countable(limit))
    };
    let bound = |get: fn(&Facets) -> Option<&String>| {
        chain.facets.iter().find_map(|facets| get(facets)).cloned()
    };
    let mut settings = Vec::new();
    if lengths {
        settings.extend(number(|f| f.length).map(Setting::Length));
        settings.extend(number(|f| f.min_length).map(Setting::MinLength));
        settings.extend(number(|f| f.max_length).map(Setting::MaxLength));
    }
    let End::Builtin(builtin) = chain.end else {
        return settings;
    };
    let numeric = match rust_type(builtin) {
        Type::Std("bool" | "String") => false,
        Type::Std(_) | Type::Runtime("Decimal" | "Integer") => true,
        _ => false,
    };
    if numeric {
        settings.extend(number(|f| f.total_digits).map(Setting::TotalDigits));
        settings.extend(number(|f| f.fraction_digits).map(Setting::FractionDigits));
        settings.extend(bound(|f| f.min_inclusive.as_ref()).map(Setting::MinInclusive));
        settings.extend(bound(|f| f.max_inclusive.as_ref()).map(Setting::MaxInclusive));
        settings.extend(bound(|f| f.min_exclusive.as_ref()).map(Setting::MinExclusive));
        settings.extend(bound(|f| f.max_exclusive.as_ref()).map(Setting::MaxExclusive));
    }
    settings
}
