//! The schema that values and documents are held against: `schema_text.rs`, and what of it the types
//! are.

use proc_macro2::TokenStream;
use quote::quote;

use super::Options;
use super::file::head;
use super::paths::{Paths, ident};
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
pub(super) fn components(krate: &Crate, module: &Module, paths: &Paths<'_>) -> Option<TokenStream> {
    let schema = krate.schema.as_ref()?;
    let entries = module.items.iter().filter_map(|&id| {
        let component = schema.components.get(&id)?;
        let item = krate.item(id);
        // Aliases and enumerations are no documents.
        if !matches!(item.kind, ItemKind::Record(_) | ItemKind::Polymorphic(_)) {
            return None;
        }
        let name = ident(&item.name);
        let (function, component) = match component {
            Component::Element(component) => (paths.wire("element"), component),
            Component::Type(component) => (paths.wire("named_type"), component),
        };
        let namespace = paths.namespace(&component.namespace);
        let local = &component.local;
        Some(quote! { #name: #function(#namespace, #local), })
    });
    let entries: Vec<TokenStream> = entries.collect();
    if entries.is_empty() {
        return None;
    }
    let (validate, schema) = (paths.wire("validate"), paths.schema());
    Some(quote! {
        #validate! {
            #schema;
            #(#entries)*
        }
    })
}
