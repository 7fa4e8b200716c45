//! Open enums of texts: in `types.rs`, and how they are read and written.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{deprecated, docs};
use super::paths::{Paths, ident};
use crate::rust::{Enumeration, EnumerationValue, Ident, Item, JsonKind};

/// The enum.
pub(super) fn emit(item: &Item, enumeration: &Enumeration) -> Vec<TokenStream> {
    let old = deprecated(item.deprecated.as_ref());
    vec![declared(
        &item.name,
        &item.docs,
        old,
        &enumeration.values,
        &enumeration.other,
    )]
}

/// An enum with a variant per text and one for all others.
pub(super) fn declared(
    name: &Ident,
    item_docs: &[String],
    old: TokenStream,
    values: &[EnumerationValue],
    other: &Ident,
) -> TokenStream {
    let (name, other, item_docs) = (ident(name), ident(other), docs(item_docs));
    let variants = values.iter().map(|value| {
        let (name, docs) = (ident(&value.name), docs(&value.docs));
        let old = deprecated(value.deprecated.as_ref());
        quote! { #docs #old #name }
    });
    quote! {
        #item_docs
        #old
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Any other text, as it came.
            #other(String)
        }
    }
}

/// The lines of a table: variant and text.
pub(super) fn texts(values: &[EnumerationValue]) -> TokenStream {
    let lines = values.iter().map(|value| {
        let (variant, text) = (ident(&value.name), &value.value);
        quote! { #variant = #text, }
    });
    quote! { #(#lines)* }
}

/// What `wire.rs` says of it.
pub(super) fn wire(item: &Item, enumeration: &Enumeration, paths: &Paths<'_>) -> TokenStream {
    let name = paths.own(item);
    let other = ident(&enumeration.other);
    let wire_name = &enumeration.wire_name;
    let json = match enumeration.json {
        JsonKind::String => quote! { String },
        JsonKind::Number => quote! { Number },
        JsonKind::Boolean => quote! { Boolean },
    };
    let (implement, texts) = (paths.wire("enumeration"), texts(&enumeration.values));
    quote! {
        #implement! { #name, #wire_name, #json, #other; #texts }
    }
}
