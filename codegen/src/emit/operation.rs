//! Markers and bindings: `operations.rs`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::encoding;
use super::failure::navigated;
use super::file::{deprecated, docs};
use super::paths::{Paths, ident};
use super::stream::{streamed_request, streamed_response};
use crate::rust::{
    Action, Client, HttpAnswer, Idempotency, Message, Operation, Protocol, QualifiedName, Type,
};

pub(super) fn emit(client: &Client, operation: &Operation, paths: &Paths<'_>) -> Vec<TokenStream> {
    let marker = ident(&operation.marker);
    let link = format!("{}::{}", client.name.plain(), operation.method.plain());
    let is_raw = operation.method.plain() != operation.method.as_str();
    let marker_docs = docs(&[if operation.from_service {
        "Marker of a message that the service sends: see [`castile::receive`].".to_owned()
    } else if is_raw {
        format!("Marker of `{link}`.")
    } else {
        format!("Marker of [`{link}`](super::{link}).")
    }]);
    let old = deprecated(operation.deprecated.as_ref());
    let trait_ = paths.wire("Operation");
    let request = paths.type_(&operation.request.type_);
    let response = paths.type_(&operation.response.type_);
    let code = match operation.code {
        Some(index) => paths.catalogue(index),
        None => paths.runtime("Code"),
    };
    let detail = match &operation.detail {
        Some(type_) => paths.type_(type_),
        None => paths.runtime("NoDetail"),
    };
    let binding_type = paths.wire("Binding");
    let binding = binding(client, operation, paths);
    let in_band = operation.in_band.as_ref().map(|rejection| {
        let type_ = paths.wire("Rejection");
        let body = navigated(&quote! { response }, rejection, &type_);
        let detail = (operation.detail.as_ref() == Some(&operation.response.type_)).then(|| {
            quote! {
                fn detail_from_response(response: Self::Response) -> Option<Self::Detail> {
                    Some(response)
                }
            }
        });
        quote! {
            fn rejection(response: &Self::Response) -> Option<#type_> {
                #body
            }
            #detail
        }
    });
    let response_headers = operation.response_headers.map(|item| {
        let (trait_, headers) = (paths.wire("ResponseHeaders"), paths.item(item));
        quote! {
            impl #trait_ for #marker {
                type Headers = #headers;
            }
        }
    });
    let mut items = vec![
        quote! {
            #marker_docs
            #old
            #[derive(Clone, Copy, Debug)]
            pub struct #marker;
        },
        quote! {
            impl #trait_ for #marker {
                type Request = #request;
                type Response = #response;
                type Code = #code;
                type Detail = #detail;
                const BINDING: &'static #binding_type = &#binding;
                #in_band
            }
        },
    ];
    items.extend(response_headers);
    let response = operation.streamed_response.as_ref();
    items.extend(response.map(|list| streamed_response(&marker, list, paths)));
    let request = operation.streamed_request.as_ref();
    items.extend(request.map(|list| streamed_request(&marker, list, paths)));
    items
}

fn binding(client: &Client, operation: &Operation, paths: &Paths<'_>) -> TokenStream {
    let type_ = paths.wire("Binding");
    let (service, name) = (&client.service, &operation.wire_name);
    let mut tokens = match client.protocol {
        Protocol::Soap11 | Protocol::Soap12 => {
            let action_type = paths.wire("Action");
            let action = match &operation.action {
                Action::Empty => quote! { #action_type::Empty },
                Action::Fixed(action) => quote! { #action_type::Fixed(#action) },
                Action::Client => quote! { #action_type::Client },
            };
            if client.protocol == Protocol::Soap11 {
                quote! { #type_::soap11(#service, #name, #action) }
            } else {
                quote! { #type_::soap12(#service, #name, #action) }
            }
        }
        Protocol::Json | Protocol::Http => {
            let method_type = paths.wire("Method");
            let (method, path) = match &operation.http {
                Some(http) => (http.method.as_str(), http.path.as_str()),
                None => ("POST", ""),
            };
            let method = match method {
                "GET" => quote! { Get },
                "PUT" => quote! { Put },
                "PATCH" => quote! { Patch },
                "DELETE" => quote! { Delete },
                _ => quote! { Post },
            };
            let kind = match client.protocol {
                Protocol::Json => quote! { json },
                _ => quote! { http },
            };
            quote! { #type_::#kind(#service, #name, #method_type::#method, #path) }
        }
    };
    let required: Vec<&String> = operation
        .http_headers
        .iter()
        .filter(|(_, required)| *required)
        .map(|(name, _)| name)
        .collect();
    if !required.is_empty() {
        tokens.extend(quote! { .http_headers(&[#(#required),*]) });
    }
    if !operation.headers.is_empty() {
        let header = paths.wire("Header");
        let headers = operation.headers.iter().map(|(name, required)| {
            let namespace = paths.namespace(&name.namespace);
            let local = &name.local;
            let optional = (!required).then(|| quote! { .optional() });
            quote! { #header::new(#namespace, #local) #optional }
        });
        tokens.extend(quote! { .headers(&[#(#headers),*]) });
    }
    // Forms, text and JSON have no elements.
    let http = operation.http.as_ref();
    let (sends, reads) = match (client.protocol, http) {
        (Protocol::Json, _) => (false, false),
        (Protocol::Http, Some(http)) => (http.xml_body, http.answer == HttpAnswer::Document),
        _ => (true, true),
    };
    if let (Protocol::Http, Some(http)) = (client.protocol, http) {
        if http.xml_body {
            tokens.extend(quote! { .xml_body() });
        }
        let answer = match http.answer {
            HttpAnswer::Document => None,
            HttpAnswer::Text => Some(quote! { Text }),
            HttpAnswer::Octets => Some(quote! { Octets }),
        };
        if let Some(answer) = answer {
            let type_ = paths.wire("HttpAnswer");
            tokens.extend(quote! { .answer(#type_::#answer) });
        }
    }
    if sends {
        tokens.extend(message(&operation.request, paths).map(|path| quote! { .request(#path) }));
    }
    if reads {
        tokens.extend(message(&operation.response, paths).map(|path| quote! { .response(#path) }));
    }
    if let Some(parts) = &operation.encoded {
        tokens.extend(encoding::binding(parts, paths));
    }
    if let Some(item) = operation.response_headers {
        let headers = paths.item(item);
        paths.wire("ComplexType");
        tokens.extend(quote! { .response_headers(#headers::SHAPE) });
    }
    if !operation.statuses.is_empty() {
        let status = paths.wire("Status");
        let statuses = operation.statuses.iter().map(|(code, branch)| {
            let code = Literal::u16_unsuffixed(*code);
            let branch = Literal::usize_unsuffixed(*branch);
            quote! { #status::new(#code, #branch) }
        });
        tokens.extend(quote! { .statuses(&[#(#statuses),*]) });
    }
    if operation.mtom {
        tokens.extend(quote! { .mtom() });
    }
    if operation.one_way {
        tokens.extend(quote! { .one_way() });
    }
    tokens.extend(match operation.idempotency {
        Idempotency::Unknown => TokenStream::new(),
        Idempotency::Safe => quote! { .safe() },
        Idempotency::Idempotent => quote! { .idempotent() },
        Idempotency::Once => quote! { .once() },
    });
    tokens
}

/// The path of a message, if its body is not empty.
fn message(message: &Message, paths: &Paths<'_>) -> Option<TokenStream> {
    if message.type_ == Type::Unit {
        return None;
    }
    if message.path.is_empty() {
        return None;
    }
    let names = message.path.iter().map(|name| qualified(name, paths));
    Some(quote! { &[#(#names),*] })
}

/// `Name::new(namespace, local)`.
pub(super) fn qualified(name: &QualifiedName, paths: &Paths<'_>) -> TokenStream {
    let type_ = paths.wire("Name");
    let namespace = paths.namespace(&name.namespace);
    let local = &name.local;
    quote! { #type_::new(#namespace, #local) }
}
