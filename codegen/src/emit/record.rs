//! Structs and aliases of `types.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{deprecated, docs};
use super::paths::{Paths, ident};
use crate::rust::{Argument, Item, Record, Type};

/// The struct, and its `new`. `Debug` and `PartialEq` come with its table.
pub(super) fn emit(item: &Item, record: &Record, paths: &Paths<'_>) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let (item_docs, old) = (docs(&item.docs), deprecated(item.deprecated.as_ref()));
    let fields = record.fields.iter().map(|field| {
        let name = ident(&field.name);
        let type_ = paths.type_(&field.type_);
        let (docs, old) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        quote! { #docs #old pub #name: #type_ }
    });
    let derives = match has_initial(record) {
        true => quote! { Clone },
        false => quote! { Clone, Default },
    };
    let mut items = vec![quote! {
        #item_docs
        #old
        #[derive(#derives)]
        pub struct #name { #(#fields),* }
    }];
    items.extend(constructor(item, record, paths));
    items
}

/// Whether a field of its default has a value that the contract gives.
fn has_initial(record: &Record) -> bool {
    record.fields.iter().any(|field| field.initial.is_some())
}

/// Its default in `wire.rs`, where it is not that of every field.
pub(super) fn default(item: &Item, record: &Record, paths: &Paths<'_>) -> Option<TokenStream> {
    if !has_initial(record) {
        return None;
    }
    let (name, initial) = (paths.own(item), paths.wire("initial"));
    let fields = record.fields.iter().map(|field| {
        let name = ident(&field.name);
        match &field.initial {
            Some(text) => quote! { #name: #initial(#text) },
            None => quote! { #name: Default::default() },
        }
    });
    Some(quote! {
        impl Default for #name {
            fn default() -> Self {
                Self { #(#fields),* }
            }
        }
    })
}

/// How many arguments `new` takes.
pub(super) fn argument_count(record: &Record) -> usize {
    let arguments = record
        .fields
        .iter()
        .filter(|field| field.argument.is_some());
    if record.constructor {
        arguments.count()
    } else {
        0
    }
}

fn constructor(item: &Item, record: &Record, paths: &Paths<'_>) -> Option<TokenStream> {
    if argument_count(record) == 0 {
        return None;
    }
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for field in &record.fields {
        let Some(argument) = &field.argument else {
            continue;
        };
        let field = ident(&field.name);
        arguments.push(declared(argument, &field, paths));
        values.push(match argument {
            Argument::Into(_) => quote! { #field: #field.into() },
            Argument::Plain(_) => quote! { #field },
            Argument::Some(_) => quote! { #field: Some(#field) },
            Argument::Boxed(_) => quote! { #field: Box::new(#field) },
        });
    }
    let is_partial = values.len() < record.fields.len();
    let rest = is_partial.then(|| quote! { , ..Self::default() });
    let doc = docs(&[match (is_partial, has_initial(record)) {
        (true, true) => {
            "With the required fields; the others are absent, or what the contract says.".to_owned()
        }
        (true, false) => "With the required fields; the others are absent.".to_owned(),
        (false, _) => "With all fields.".to_owned(),
    }]);
    let name = ident(&item.name);
    Some(quote! {
        impl #name {
            #doc
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* #rest }
            }
        }
    })
}

/// `name: T`, or `name: impl Into<T>`.
pub(super) fn declared(
    argument: &Argument,
    name: &proc_macro2::Ident,
    paths: &Paths<'_>,
) -> TokenStream {
    match argument {
        Argument::Into(type_) => {
            let type_ = paths.type_(type_);
            quote! { #name: impl Into<#type_> }
        }
        Argument::Plain(type_) | Argument::Some(type_) | Argument::Boxed(type_) => {
            let type_ = paths.type_(type_);
            quote! { #name: #type_ }
        }
    }
}

/// `pub type`.
pub(super) fn alias(item: &Item, type_: &Type, paths: &Paths<'_>) -> TokenStream {
    let name = ident(&item.name);
    let (docs, old) = (docs(&item.docs), deprecated(item.deprecated.as_ref()));
    let type_ = paths.type_(type_);
    quote! { #docs #old pub type #name = #type_; }
}
