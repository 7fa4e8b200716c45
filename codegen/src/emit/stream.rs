//! Where the lists are that are read or sent item by item: `operations.rs`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::operation::qualified;
use super::paths::Paths;
use super::wire;
use crate::rust::Streamed;

/// The list that can be read item by item.
pub(super) fn streamed_response(marker: &Ident, list: &Streamed, paths: &Paths<'_>) -> TokenStream {
    let (trait_, repeated) = (paths.wire("StreamedResponse"), paths.wire("Repeated"));
    let (branch, error) = (paths.wire("Branch"), paths.runtime("ReadError"));
    let (item, place) = (paths.type_(&list.item), place(list, paths));
    let read = match list.entry.is_choice() {
        true => quote! { item.choice() },
        false => quote! { item.read() },
    };
    quote! {
        impl #trait_ for #marker {
            type Item = #item;
            const ITEMS: &'static #repeated = &#place;
            fn read_item(item: #branch<'_, '_>) -> Result<Self::Item, #error> {
                #read
            }
        }
    }
}

/// The list that can be sent item by item, or the binary data.
pub(super) fn streamed_request(marker: &Ident, list: &Streamed, paths: &Paths<'_>) -> TokenStream {
    let (repeated, place) = (paths.wire("Repeated"), place(list, paths));
    if list.octets {
        let trait_ = paths.wire("StreamedOctets");
        return quote! {
            impl #trait_ for #marker {
                const OCTETS: &'static #repeated = &#place;
            }
        };
    }
    let (trait_, sent) = (paths.wire("StreamedRequest"), paths.wire("SentItem"));
    let item = paths.type_(&list.item);
    let write = match list.entry.is_choice() {
        true => quote! { #sent::choice(item) },
        false => quote! { #sent::new(item) },
    };
    quote! {
        impl #trait_ for #marker {
            type Item = #item;
            const ITEMS: &'static #repeated = &#place;
            fn item(item: &Self::Item) -> #sent<'_> {
                #write
            }
        }
    }
}

fn place(list: &Streamed, paths: &Paths<'_>) -> TokenStream {
    let repeated = paths.wire("Repeated");
    let namespace = paths.namespace(&list.namespace);
    let names = list.path.iter().map(|name| qualified(name, paths));
    let entry = wire::entry(&list.entry, paths);
    quote! { #repeated::new(#namespace, &[#(#names),*], #entry) }
}
