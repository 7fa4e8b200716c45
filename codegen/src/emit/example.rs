//! Tests of sample messages: each is read, written, read again, and compared.

use std::str::FromStr as _;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::Options;
use super::file::{SourceFile, print_item};
use super::paths::ident;
use crate::rust::{Crate, Direction, Example};

pub(super) fn emit(krate: &Crate, options: &Options, path: &str) -> Option<String> {
    let root = path
        .split("::")
        .map(|segment| Ident::new(segment, Span::call_site()));
    let root = quote! { #(#root)::* };
    let mut file = SourceFile {
        docs: vec!["The sample messages of the contract.".to_owned()],
        ..SourceFile::default()
    };
    let mut tests = Vec::new();
    for id in krate.module_ids() {
        let module = krate.module(id);
        let path = match &module.name {
            Some(name) => {
                let name = ident(name);
                quote! { #root::#name }
            }
            None => root.clone(),
        };
        for client in &module.clients {
            for operation in &client.operations {
                let marker = ident(&operation.marker);
                for example in &operation.examples {
                    let marker = quote! { #path::operations::#marker };
                    tests.push(test(example, &marker));
                }
            }
        }
    }
    if tests.is_empty() {
        return None;
    }
    file.items.push(print_item(quote! {
        #[rustfmt::skip]
        mod examples { #(#tests)* }
    }));
    Some(file.render(options))
}

fn test(example: &Example, marker: &TokenStream) -> TokenStream {
    let name = ident(&example.test);
    let text = literal(&example.text);
    let call = match example.direction {
        Direction::Request => quote! { castile::wire::round_trip_request::<#marker>(#text) },
        Direction::Response => quote! { castile::wire::round_trip_response::<#marker>(#text) },
        Direction::Error(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote! { castile::wire::round_trip_error::<#marker>(#status, #text) }
        }
    };
    quote! {
        #[test]
        fn #name() {
            #call;
        }
    }
}

/// A raw string where that shows the text as it is, else an escaped one.
fn literal(text: &str) -> TokenStream {
    let fallback = quote! { #text };
    let is_plain = text
        .chars()
        .all(|c| c == '\n' || (!c.is_control() && !is_direction(c)));
    if !is_plain || !text.contains(['"', '\\', '\n']) {
        return fallback;
    }
    let mut hashes = 1;
    while text.contains(&format!("\"{}", "#".repeat(hashes))) {
        hashes += 1;
    }
    let marks = "#".repeat(hashes);
    match Literal::from_str(&format!("r{marks}\"{text}\"{marks}")) {
        // Only if it says what was meant.
        Ok(raw) => {
            let tokens = quote! { #raw };
            let same = syn::parse2::<syn::LitStr>(tokens.clone()).is_ok_and(|l| l.value() == text);
            if same { tokens } else { fallback }
        }
        Err(_) => fallback,
    }
}

/// Marks that rustc refuses inside literals because they make code look like what it is not.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
