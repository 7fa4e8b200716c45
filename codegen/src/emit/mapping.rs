//! `mapping.rs`: how values of the user's types are read and written.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{SourceFile, docs, print_item};
use super::paths::{Paths, ident, written};
use crate::rust::{Crate, JsonKind, Mapping, inert_line};

/// The file; `None` if no mapping needs one.
pub(super) fn file(krate: &Crate) -> Option<SourceFile> {
    let paths = Paths::of_mappings(krate);
    let with = |mapping: &Mapping| mapping.with.clone();
    let items: Vec<String> = { krate.mappings.iter() }
        .filter_map(|mapping| Some((mapping, with(mapping)?)))
        .flat_map(|(mapping, with)| emit(mapping, &with, &paths))
        .map(print_item)
        .collect();
    (!items.is_empty()).then(|| SourceFile {
        docs: vec!["How values of types from elsewhere are read and written.".to_owned()],
        uses: paths.finish(),
        items,
        ..SourceFile::default()
    })
}

fn emit(mapping: &Mapping, with: &str, paths: &Paths<'_>) -> [TokenStream; 2] {
    let name = ident(&mapping.name);
    let docs = docs(&[inert_line(&format!(
        "`{}` as `{}`.",
        mapping.wire_name, mapping.rust_type
    ))]);
    let (trait_, error) = (paths.wire("SimpleMapping"), paths.wire("ParseError"));
    let (type_, with) = (written(&mapping.rust_type), written(with));
    let wire_name = &mapping.wire_name;
    let kind = match mapping.json {
        JsonKind::String => None,
        JsonKind::Number => Some(quote! { Number }),
        JsonKind::Boolean => Some(quote! { Boolean }),
    };
    let json = kind.map(|variant| {
        let kind = paths.wire("JsonKind");
        quote! { const JSON: #kind = #kind::#variant; }
    });
    [
        quote! {
            #docs
            #[derive(Clone, Copy, Debug)]
            pub struct #name;
        },
        quote! {
            impl #trait_ for #name {
                type Value = #type_;
                const NAME: &'static str = #wire_name;
                #json
                fn parse(text: &str) -> Result<Self::Value, #error> {
                    #with::parse(text).map_err(|_| #error::new(Self::NAME, text))
                }
                fn write(value: &Self::Value, out: &mut String) {
                    #with::write(value, out);
                }
            }
        },
    ]
}
