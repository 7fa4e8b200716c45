//! Open enums of texts: in `types.rs`, and how they are read and written.

use super::declaration::Declaration;
use super::paths::Paths;
use super::plain::Expression;
use super::table::Table;
use super::text::Text;
use crate::rust::{Enumeration, EnumerationValue, Ident, Item, JsonKind};

/// The enum.
pub(super) fn emit(item: &Item, enumeration: &Enumeration) -> String {
    declared(
        &item.name,
        &item.docs,
        item.deprecated.as_ref(),
        &enumeration.values,
        &enumeration.other,
    )
}

/// An enum with a variant per text and one for all others.
pub(super) fn declared(
    name: &Ident,
    docs: &[String],
    old: Option<&String>,
    values: &[EnumerationValue],
    other: &Ident,
) -> String {
    let attributes = [
        "derive(Clone, Debug, PartialEq, Eq, Hash)",
        "non_exhaustive",
    ];
    let mut declaration = Declaration::new("enum", name.as_str(), docs, old, &attributes);
    for value in values {
        let old = value.deprecated.as_ref();
        declaration.member(&value.docs, old, value.name.as_str());
    }
    let docs = "Any other text, as it came.".to_owned();
    declaration.member(&[docs], None, &format!("{other}(String)"));
    declaration.finish()
}

/// A table whose lines are variants and their texts.
pub(super) fn table(
    path: &Text,
    head: impl IntoIterator<Item = Expression>,
    values: &[EnumerationValue],
) -> String {
    let mut table = Table::new(path, head);
    for value in values {
        table.entry(
            &[value.name.as_str(), " = "],
            &Expression::text(&value.value),
        );
    }
    table.finish()
}

/// What `wire.rs` says of it.
pub(super) fn wire(item: &Item, enumeration: &Enumeration, paths: &Paths<'_>) -> String {
    let json = match enumeration.json {
        JsonKind::String => "String",
        JsonKind::Number => "Number",
        JsonKind::Boolean => "Boolean",
    };
    let head = [
        paths.own(item).into(),
        Expression::text(&enumeration.wire_name),
        Expression::path(json),
        Expression::path(enumeration.other.as_str()),
    ];
    table(&paths.wire("enumeration"), head, &enumeration.values)
}
