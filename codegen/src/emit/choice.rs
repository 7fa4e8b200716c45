//! Enums of alternatives in `types.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{deprecated, docs};
use super::paths::{Paths, ident};
use crate::rust::{Choice, Crate, Faults, Item, ItemId, ItemKind, Type, Variant};

pub(super) fn emit(item: &Item, choice: &Choice, paths: &Paths<'_>) -> TokenStream {
    let (name, variants) = (ident(&item.name), variants(&choice.variants, paths));
    let (docs, old) = (docs(&item.docs), deprecated(item.deprecated.as_ref()));
    quote! {
        #docs
        #old
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name { #(#variants),* }
    }
}

/// What a fault may hold; contracts grow more of them.
pub(super) fn emit_faults(item: &Item, faults: &Faults, paths: &Paths<'_>) -> TokenStream {
    let (name, variants) = (ident(&item.name), variants(&faults.variants, paths));
    let (docs, old) = (docs(&item.docs), deprecated(item.deprecated.as_ref()));
    quote! {
        #docs
        #old
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    }
}

fn variants<'a>(
    variants: &'a [Variant],
    paths: &'a Paths<'_>,
) -> impl Iterator<Item = TokenStream> + 'a {
    variants.iter().map(|variant| {
        let (name, docs) = (ident(&variant.name), docs(&variant.docs));
        let type_ = paths.value_type(&variant.type_);
        quote! { #docs #name(#type_) }
    })
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
