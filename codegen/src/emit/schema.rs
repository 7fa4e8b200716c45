//! The schema that values and documents are held against: `schema_text.rs`, and what of it the types
//! are.

use super::Options;
use super::file::head;
use super::paths::Paths;
use super::plain::Expression;
use super::table::Table;
use crate::rust::{Component, Crate, ItemKind, Module, SchemaModel};

/// `schema_text.rs`: a raw text, so that a change of the schema shows line by line.
pub(super) fn file(schema: &SchemaModel, options: &Options) -> String {
    let marks = (1..).map(|count| "#".repeat(count));
    let is_free = |mark: &String| !schema.text.contains(&format!("\"{mark}"));
    let mark = marks.into_iter().find(is_free).unwrap_or_default();
    format!(
        "{}\n//! The components of the schema.\n\nuse castile::validation::Schema;\n\n\
         pub(super) static SCHEMA: Schema = Schema::new(\n    r{mark}\"{}\"{mark},\n);\n",
        head(options),
        schema.text
    )
}

/// The table of the types of a module.
pub(super) fn components(krate: &Crate, module: &Module, paths: &Paths<'_>) -> Option<String> {
    let schema = krate.schema.as_ref()?;
    let entries = module.items.iter().filter_map(|&id| {
        let component = schema.components.get(&id)?;
        let item = krate.item(id);
        // Aliases and enumerations are no documents.
        if !matches!(item.kind, ItemKind::Record(_) | ItemKind::Polymorphic(_)) {
            return None;
        }
        let (function, component) = match component {
            Component::Element(component) => (paths.wire("element"), component),
            Component::Type(component) => (paths.wire("named_type"), component),
        };
        let namespace = paths.namespace(&component.namespace).into();
        let arguments = [namespace, Expression::text(&component.local)];
        let entry = Expression::call(function.into_string(), arguments);
        Some((item.name.as_str(), entry))
    });
    let entries: Vec<_> = entries.collect();
    if entries.is_empty() {
        return None;
    }
    let (validate, schema) = (paths.wire("validate"), paths.schema());
    let mut table = Table::new(&validate, [schema.into()]);
    for (name, entry) in entries {
        table.entry(&[name, ": "], &entry);
    }
    Some(table.finish())
}
