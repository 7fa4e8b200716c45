//! Clients: a struct around a port and a method per operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{deprecated, docs};
use super::operation::qualified;
use super::paths::{Paths, ident};
use super::record::declared;
use super::text::{Text, parsed};
use crate::rust::{
    Argument, Client, Credentials, Operation, OtherVersion, Protocol, Setter, SetterTarget, Type,
};

pub(super) fn emit(client: &Client, paths: &Paths<'_>) -> Vec<TokenStream> {
    let name = ident(&client.name);
    let client_docs = docs(&client.docs);
    let port = paths.runtime("Port");
    let body = Body::of(client);
    let fields = match &client.credentials {
        Some(Credentials::Body(type_)) => {
            let type_ = paths.type_(type_);
            quote! { { port: #port<T>, credentials: Option<#type_> } }
        }
        _ => quote! { (#port<T>); },
    };
    let constants = constants(client, paths);
    let mut members = vec![constructor(client, &body, paths)];
    members.push(body.setter(
        "Another address.",
        &quote! { at },
        &quote! { address: impl Into<String> },
        &quote! { .at(address) },
    ));
    members.extend(
        client
            .other_version
            .as_ref()
            .map(|other| other_version(client, other, &body)),
    );
    members.extend(credentials(client, &body, paths));
    if client.basic {
        let secret = paths.runtime("Secret");
        members.push(body.setter(
            "Sends user name and password by HTTP Basic with every call.",
            &quote! { basic },
            &quote! { username: &str, password: impl Into<#secret> },
            &quote! { .basic(username, password) },
        ));
    }
    for setter in &client.setters {
        members.push(emit_setter(setter, &body, paths));
    }
    let limits = paths.runtime("Limits");
    members.push(body.setter(
        "How large an answer may be.",
        &quote! { limits },
        &quote! { limits: #limits },
        &quote! { .limits(limits) },
    ));
    members.push(body.setter(
        "How long a call may take.",
        &quote! { timeout },
        &quote! { timeout: std::time::Duration },
        &quote! { .timeout(timeout) },
    ));
    members.push(body.setter(
        "Sends requests without holding them against limits and rules first.",
        &quote! { unchecked },
        &TokenStream::new(),
        &quote! { .unchecked() },
    ));
    if paths.has_schema() && matches!(client.protocol, Protocol::Soap11 | Protocol::Soap12) {
        let schema = paths.schema();
        members.push(body.setter(
            "Holds requests and answers against the schema.",
            &quote! { validating },
            &TokenStream::new(),
            &quote! { .validating(&#schema) },
        ));
    }
    members.push(body.with_port(&port));
    for operation in client.operations.iter().filter(|o| !o.from_service) {
        members.push(method(client, operation, paths));
    }
    let mut items = vec![quote! {
        #client_docs
        #[derive(Clone, Debug)]
        pub struct #name<T> #fields
    }];
    if !constants.is_empty() {
        // Of one transport, so that `Client::TEST` needs no type argument.
        items.push(quote! {
            impl #name<()> {
                #(#constants)*
            }
        });
    }
    items.push(quote! {
        impl<T> #name<T> {
            #(#members)*
        }
    });
    items
}

/// Whether the client holds more than its port.
struct Body {
    credentials: bool,
}

impl Body {
    fn of(client: &Client) -> Self {
        Self {
            credentials: matches!(client.credentials, Some(Credentials::Body(_))),
        }
    }

    /// The port of `self`.
    fn port(&self) -> TokenStream {
        if self.credentials {
            quote! { self.port }
        } else {
            quote! { self.0 }
        }
    }

    /// `self` with another port.
    fn rebuilt(&self, port: &TokenStream) -> TokenStream {
        if self.credentials {
            quote! { Self { port: #port, ..self } }
        } else {
            quote! { Self(#port) }
        }
    }

    fn setter(
        &self,
        doc: &str,
        name: &TokenStream,
        arguments: &TokenStream,
        change: &TokenStream,
    ) -> TokenStream {
        let docs = docs(&[doc.to_owned()]);
        let port = self.port();
        let rebuilt = self.rebuilt(&quote! { #port #change });
        quote! {
            #docs
            #[must_use]
            pub fn #name(self, #arguments) -> Self {
                #rebuilt
            }
        }
    }

    fn with_port(&self, port_type: &Text) -> TokenStream {
        let port = self.port();
        let rebuilt = self.rebuilt(&quote! { change(#port) });
        quote! {
            /// Changes anything else that goes for every call.
            #[must_use]
            pub fn with_port(self, change: impl FnOnce(#port_type<T>) -> #port_type<T>) -> Self {
                #rebuilt
            }
        }
    }
}

fn constants(client: &Client, paths: &Paths<'_>) -> Vec<TokenStream> {
    let mut constants: Vec<_> = client
        .addresses
        .iter()
        .map(|address| {
            let (name, docs) = (ident(&address.constant), docs(&address.docs));
            let location = &address.location;
            quote! { #docs pub const #name: &'static str = #location; }
        })
        .collect();
    for block in &client.blocks {
        let (constant, docs) = (ident(&block.constant), docs(&block.docs));
        let (header, type_) = (paths.runtime("HeaderBlock"), paths.value_type(&block.type_));
        let namespace = paths.namespace(&block.name.namespace);
        let local = &block.name.local;
        constants.push(quote! {
            #docs
            pub const #constant: #header<#type_> = #header::new(#namespace, #local);
        });
    }
    if let Some(candidates) = &client.unverified_actions {
        constants.push(quote! {
            /// What the SOAP actions could be, likeliest first: nobody has seen them. The names in
            /// braces stand for those of the operation.
            pub const UNVERIFIED_ACTIONS: &'static [&'static str] = &[#(#candidates),*];
        });
    }
    constants
}

fn constructor(client: &Client, body: &Body, paths: &Paths<'_>) -> TokenStream {
    let port = paths.runtime("Port");
    let (client_name, shown_client) = (ident(&client.name), client.name.plain());
    let mut arguments = vec![quote! { transport: T }];
    let (address, mut doc) = match client.addresses.first() {
        Some(address) => {
            let (name, shown) = (ident(&address.constant), address.constant.plain());
            (
                quote! { #client_name::#name },
                format!("A client of [`{shown_client}::{shown}`]"),
            )
        }
        None => {
            arguments.push(quote! { address: impl Into<String> });
            (
                quote! { address },
                "A client of the service at `address`".to_owned(),
            )
        }
    };
    let actions = client.unverified_actions.as_ref().map(|_| {
        let actions = paths.runtime("Actions");
        arguments.push(quote! { actions: impl Into<#actions> });
        let candidates = format!("[`{shown_client}::UNVERIFIED_ACTIONS`]");
        doc.push_str(&format!("; {candidates} has what `actions` could be"));
        quote! { .actions(actions) }
    });
    doc.push('.');
    let docs = docs(&[doc]);
    let port = quote! { #port::new(transport, #address) #actions };
    let value = if body.credentials {
        quote! { Self { port: #port, credentials: None } }
    } else {
        quote! { Self(#port) }
    };
    quote! {
        #docs
        pub fn new(#(#arguments),*) -> Self {
            #value
        }
    }
}

/// The method that turns to the other version of SOAP.
fn other_version(client: &Client, other: &OtherVersion, body: &Body) -> TokenStream {
    let (name, shown) = match other.protocol {
        Protocol::Soap12 => (quote! { soap_12 }, "1.2"),
        Protocol::Soap11 | Protocol::Json | Protocol::Http => (quote! { soap_11 }, "1.1"),
    };
    let (client_name, shown_client) = (ident(&client.name), client.name.plain());
    let mut doc = format!("Speaks SOAP {shown} instead");
    let mut change = quote! { .#name() };
    if let Some(address) = &other.address {
        doc.push_str(&format!(", at [`{shown_client}::{}`]", address.plain()));
        let address = ident(address);
        change.extend(quote! { .at(#client_name::#address) });
    }
    doc.push('.');
    body.setter(&doc, &name, &TokenStream::new(), &change)
}

fn credentials(client: &Client, body: &Body, paths: &Paths<'_>) -> Option<TokenStream> {
    Some(match client.credentials.as_ref()? {
        Credentials::Headers {
            username,
            secret_username,
            password,
        } => {
            let secret = paths.runtime("Secret");
            let user = if *secret_username {
                secret.clone()
            } else {
                Text::new("String")
            };
            let doc = docs(&[format!(
                "Sends the header blocks `{}` and `{}` with every operation that declares them.",
                username.local, password.local
            )]);
            let (username, password) = (qualified(username, paths), qualified(password, paths));
            let port = body.port();
            let rebuilt = body.rebuilt(&quote! {
                #port.header(#username, &username).header(#password, &password)
            });
            quote! {
                #doc
                #[must_use]
                pub fn credentials(
                    self,
                    username: impl Into<#user>,
                    password: impl Into<#secret>,
                ) -> Self {
                    let username: #user = username.into();
                    let password: #secret = password.into();
                    #rebuilt
                }
            }
        }
        Credentials::Body(type_) => {
            let type_ = paths.type_(type_);
            quote! {
                /// Puts the credentials into every request that has none of its own.
                #[must_use]
                pub fn credentials(self, credentials: #type_) -> Self {
                    Self { credentials: Some(credentials), ..self }
                }
            }
        }
    })
}

fn emit_setter(setter: &Setter, body: &Body, paths: &Paths<'_>) -> TokenStream {
    let name = ident(&setter.name);
    let docs = docs(&setter.docs);
    let argument = parsed(&declared(&setter.argument, setter.name.as_str(), paths));
    let converted = match &setter.argument {
        Argument::Into(type_) => {
            let type_ = paths.type_(type_);
            Some(quote! { let #name: #type_ = #name.into(); })
        }
        _ => None,
    };
    let change = match &setter.target {
        SetterTarget::Block(block) => {
            let block = qualified(block, paths);
            match paths.mapping(setter.argument.type_()) {
                Some(mapping) => {
                    let value = paths.wire("mapped_value");
                    quote! { .header(#block, &#value::<#mapping>(&#name)) }
                }
                None => quote! { .header(#block, &#name) },
            }
        }
        SetterTarget::Http {
            header,
            prefix,
            secret: true,
        } => quote! { .http_secret(#header, #prefix, #name) },
        SetterTarget::Http { header, prefix, .. } if prefix.is_empty() => {
            quote! { .http_header(#header, &#name) }
        }
        SetterTarget::Http { header, prefix, .. } => {
            quote! { .http_header(#header, &[#prefix, #name.as_str()].concat()) }
        }
        SetterTarget::HttpBase64Json { header, .. } => {
            quote! { .http_header_json(#header, &#name) }
        }
    };
    let port = body.port();
    let rebuilt = body.rebuilt(&quote! { #port #change });
    quote! {
        #docs
        #[must_use]
        pub fn #name(self, #argument) -> Self {
            #converted
            #rebuilt
        }
    }
}

fn method(client: &Client, operation: &Operation, paths: &Paths<'_>) -> TokenStream {
    let (name, marker) = (ident(&operation.method), ident(&operation.marker));
    let (docs, old) = (
        docs(&operation.docs),
        deprecated(operation.deprecated.as_ref()),
    );
    let call = paths.runtime("Call");
    let port = Body::of(client).port();
    let returned = quote! { #call<'_, T, operations::#marker> };
    if operation.request.type_ == Type::Unit {
        return quote! {
            #docs
            #old
            pub fn #name(&self) -> #returned {
                #port.call(())
            }
        };
    }
    let request = paths.type_(&operation.request.type_);
    match &operation.credentials {
        Some(field) => {
            let field = ident(field);
            quote! {
                #docs
                #old
                pub fn #name(&self, mut request: #request) -> #returned {
                    request.#field = request.#field.or_else(|| self.credentials.clone());
                    #port.call(request)
                }
            }
        }
        None => quote! {
            #docs
            #old
            pub fn #name(&self, request: #request) -> #returned {
                #port.call(request)
            }
        },
    }
}
