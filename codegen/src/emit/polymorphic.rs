//! Enums of the types that an element may have.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::file::{deprecated, docs};
use super::paths::{Paths, ident};
use crate::rust::{Item, Polymorphic};

/// The enum in `types.rs`. Contracts grow more types.
pub(super) fn emit(item: &Item, polymorphic: &Polymorphic, paths: &Paths<'_>) -> TokenStream {
    let (name, other) = (ident(&item.name), ident(&polymorphic.other));
    let (item_docs, old) = (docs(&item.docs), deprecated(item.deprecated.as_ref()));
    let types = polymorphic.types.iter().map(|type_| {
        let (name, docs) = (ident(&type_.name), docs(&type_.docs));
        let record = paths.item(type_.record);
        quote! { #docs #name(Box<#record>) }
    });
    let any = paths.runtime("AnyElement");
    quote! {
        #item_docs
        #old
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#types,)*
            /// Any other type, as its `xsi:type` says.
            #other(Box<#any>),
        }
    }
}

/// What it implements, in `wire.rs`.
pub(super) fn wire(item: &Item, polymorphic: &Polymorphic, paths: &Paths<'_>) -> Vec<TokenStream> {
    let (name, other) = (paths.own(item), ident(&polymorphic.other));
    let (trait_, value) = (paths.wire("Polymorphic"), paths.wire("Value"));
    let (wire_name, typed) = (paths.wire("Name"), paths.wire("TypedValue"));
    let (error, implement) = (paths.runtime("ReadError"), paths.wire("polymorphic"));
    let names = polymorphic.types.iter().map(|type_| {
        let namespace = paths.namespace(&type_.wire_name.namespace);
        let local = &type_.wire_name.local;
        quote! { #wire_name::new(#namespace, #local) }
    });
    let is_abstract = polymorphic
        .is_abstract
        .then(|| quote! { const ABSTRACT: bool = true; });
    let keeps_nil = polymorphic
        .keeps_nil
        .then(|| quote! { const KEEPS_NIL: bool = true; });
    let variants = || {
        let types = polymorphic.types.iter().enumerate();
        types.map(|(index, type_)| (Literal::usize_unsuffixed(index), ident(&type_.name)))
    };
    let read = variants().map(|(index, variant)| {
        quote! { #index => value.read().map(Self::#variant) }
    });
    let write = variants().map(|(index, variant)| {
        quote! { Self::#variant(value) => (#index, value) }
    });
    // A type of another crate may stand for two of them.
    let records = polymorphic
        .types
        .iter()
        .filter(|type_| paths.is_record(type_.record));
    let made_from = records.map(|type_| {
        let (variant, record) = (ident(&type_.name), paths.item(type_.record));
        quote! { #variant(#record) }
    });
    let last = Literal::usize_unsuffixed(polymorphic.types.len());
    vec![
        quote! {
            impl #trait_ for #name {
                const TYPES: &'static [#wire_name] = &[#(#names),*];
                #is_abstract
                #keeps_nil
                fn read(index: usize, value: #typed<'_, '_>) -> Result<Self, #error> {
                    match index {
                        #(#read,)*
                        _ => value.read().map(Self::#other),
                    }
                }
                fn write(&self) -> (usize, &dyn #value) {
                    match self {
                        #(#write,)*
                        Self::#other(value) => (#last, value),
                    }
                }
            }
        },
        quote! { #implement!(#name, #other #(, #made_from)*); },
    ]
}
