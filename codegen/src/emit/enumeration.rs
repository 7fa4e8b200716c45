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
        quote! { #docs #name }
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

/// `as_str` and `Display`.
pub(super) fn texts(name: &Ident, values: &[EnumerationValue], other: &Ident) -> Vec<TokenStream> {
    let (name, other) = (ident(name), ident(other));
    let arms = values.iter().map(|value| {
        let (variant, text) = (ident(&value.name), &value.value);
        quote! { Self::#variant => #text }
    });
    vec![
        quote! {
            impl #name {
                /// The text on the wire.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(#arms,)*
                        Self::#other(text) => text
                    }
                }
            }
        },
        quote! {
            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        },
    ]
}

/// `match` from a text to a variant.
pub(super) fn from_text(values: &[EnumerationValue], other: &Ident) -> TokenStream {
    let other = ident(other);
    let arms = values.iter().map(|value| {
        let (variant, text) = (ident(&value.name), &value.value);
        quote! { #text => Self::#variant }
    });
    if values.is_empty() {
        return quote! { Self::#other(text.to_owned()) };
    }
    quote! {
        match text {
            #(#arms,)*
            other => Self::#other(other.to_owned())
        }
    }
}

/// What `wire.rs` says of it.
pub(super) fn wire(item: &Item, enumeration: &Enumeration, paths: &Paths<'_>) -> Vec<TokenStream> {
    let name = paths.own(item);
    let other = ident(&enumeration.other);
    let wire_name = &enumeration.wire_name;
    let (simple_type, kind) = (paths.wire("SimpleType"), paths.wire("JsonKind"));
    let (error, simple) = (paths.wire("ParseError"), paths.wire("simple_type"));
    let json = match enumeration.json {
        JsonKind::String => quote! { #kind::String },
        JsonKind::Number => quote! { #kind::Number },
        JsonKind::Boolean => quote! { #kind::Boolean },
    };
    let parse = from_text(&enumeration.values, &enumeration.other);
    let mut items = texts(&item.name, &enumeration.values, &enumeration.other);
    items.push(quote! {
        impl From<&str> for #name {
            fn from(text: &str) -> Self {
                #parse
            }
        }
    });
    items.push(quote! {
        impl Default for #name {
            fn default() -> Self {
                Self::#other(String::new())
            }
        }
    });
    items.push(quote! {
        impl #simple_type for #name {
            const NAME: &'static str = #wire_name;
            const JSON: #kind = #json;
            fn parse(text: &str) -> Result<Self, #error> {
                Ok(Self::from(text))
            }
            fn write(&self, out: &mut String) {
                out.push_str(self.as_str());
            }
            fn as_text(&self) -> Option<&str> {
                Some(self.as_str())
            }
        }
    });
    items.push(quote! { #simple!(#name); });
    items
}
