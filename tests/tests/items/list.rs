//! The macros of generated code, as far as they list fields or variants.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::Token;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;

/// The lines of a macro that implements a record or an enumeration.
pub(crate) struct List {
    /// What it is for, and what holds for the whole of it.
    pub(crate) head: Vec<syn::Expr>,
    /// Fields or variants: how each is marked, its name, and its entry or text.
    pub(crate) lines: Vec<(String, syn::Ident, syn::Expr)>,
    /// What is called on the table.
    pub(crate) settings: Option<syn::Expr>,
}

impl Parse for List {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let head = Punctuated::<syn::Expr, Token![,]>::parse_separated_nonempty(input)?;
        input.parse::<Token![;]>()?;
        let mut lines = Vec::new();
        while !input.is_empty() && !input.peek(Token![=>]) {
            let mut mark = String::new();
            if input.peek(Token![@]) {
                mark.push_str(&input.parse::<Token![@]>()?.to_token_stream().to_string());
            }
            let name = input.call(syn::Ident::parse_any)?;
            if input.peek(Token![as]) {
                input.parse::<Token![as]>()?;
                mark.push_str(
                    &input
                        .parse::<syn::TypePath>()?
                        .to_token_stream()
                        .to_string(),
                );
            }
            if input.peek(Token![:]) {
                input.parse::<Token![:]>()?;
            } else {
                input.parse::<Token![=]>()?;
            }
            lines.push((mark, name, input.parse()?));
            input.parse::<Token![,]>()?;
        }
        let settings = if input.peek(Token![=>]) {
            input.parse::<Token![=>]>()?;
            // `.rules(..)` is called on something.
            let calls: TokenStream = input.parse()?;
            Some(syn::parse2(quote! { shape #calls })?)
        } else {
            None
        };
        Ok(Self {
            head: head.into_iter().collect(),
            lines,
            settings,
        })
    }
}
