//! Clients: a struct around a port and a method per operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{docs, print_item};
use super::operation::qualified;
use super::paths::{Paths, ident};
use super::plain::{Block, Body as FunctionBody, Function};
use super::record::declared;
use super::text::{Text, parsed};
use crate::rust::{
    Argument, Client, Credentials, Operation, OtherVersion, Protocol, Setter, SetterTarget, Type,
};

pub(super) fn emit(client: &Client, paths: &Paths<'_>) -> Vec<String> {
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
    let mut block = Block::of_type("<T>", &format!("{}<T>", client.name));
    constructor(client, &body, paths, &mut block);
    let address = "address: impl Into<String>".to_owned();
    body.setter(
        "Another address.",
        "at",
        &[address],
        "at(address)",
        &mut block,
    );
    if let Some(other) = &client.other_version {
        other_version(client, other, &body, &mut block);
    }
    if let Some(credentials) = credentials(client, &body, paths) {
        block.other(&credentials.to_string());
    }
    if client.basic {
        let secret = paths.runtime("Secret");
        body.setter(
            "Sends user name and password by HTTP Basic with every call.",
            "basic",
            &[
                "username: &str".to_owned(),
                format!("password: impl Into<{secret}>"),
            ],
            "basic(username, password)",
            &mut block,
        );
    }
    for setter in &client.setters {
        block.other(&emit_setter(setter, &body, paths).to_string());
    }
    let limits = format!("limits: {}", paths.runtime("Limits"));
    body.setter(
        "How large an answer may be.",
        "limits",
        &[limits],
        "limits(limits)",
        &mut block,
    );
    let timeout = "timeout: std::time::Duration".to_owned();
    let doc = "How long a call may take.";
    body.setter(doc, "timeout", &[timeout], "timeout(timeout)", &mut block);
    let doc = "Sends requests without holding them against limits and rules first.";
    body.setter(doc, "unchecked", &[], "unchecked()", &mut block);
    if paths.has_schema() && matches!(client.protocol, Protocol::Soap11 | Protocol::Soap12) {
        let change = format!("validating(&{})", paths.schema());
        let doc = "Holds requests and answers against the schema.";
        body.setter(doc, "validating", &[], &change, &mut block);
    }
    block.other(&body.with_port(&port).to_string());
    for operation in client.operations.iter().filter(|o| !o.from_service) {
        method(client, operation, paths, &mut block);
    }
    let mut items = vec![print_item(quote! {
        #client_docs
        #[derive(Clone, Debug)]
        pub struct #name<T> #fields
    })];
    if !constants.is_empty() {
        // Of one transport, so that `Client::TEST` needs no type argument.
        items.push(print_item(quote! {
            impl #name<()> {
                #(#constants)*
            }
        }));
    }
    items.push(block.finish());
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
    fn place(&self) -> &'static str {
        if self.credentials {
            "self.port"
        } else {
            "self.0"
        }
    }

    fn port(&self) -> TokenStream {
        parsed(self.place())
    }

    /// `self` with another port.
    fn rebuilt(&self, port: &TokenStream) -> TokenStream {
        if self.credentials {
            quote! { Self { port: #port, ..self } }
        } else {
            quote! { Self(#port) }
        }
    }

    /// `self` with another port, as the body of a function.
    fn with(&self, port: String) -> FunctionBody {
        if self.credentials {
            FunctionBody::Struct(vec![format!("port: {port}"), "..self".to_owned()])
        } else {
            FunctionBody::Flat(format!("Self({port})"))
        }
    }

    /// A function that calls a method on the port.
    fn setter(&self, doc: &str, name: &str, arguments: &[String], change: &str, block: &mut Block) {
        block.function(Function {
            docs: &[doc.to_owned()],
            must_use: true,
            is_public: true,
            name,
            arguments: &[&["self".to_owned()], arguments].concat(),
            returned: "Self",
            body: self.with(format!("{}.{change}", self.place())),
            ..Function::default()
        });
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

fn constructor(client: &Client, body: &Body, paths: &Paths<'_>, block: &mut Block) {
    let port = paths.runtime("Port");
    let shown_client = client.name.plain();
    let mut arguments = vec!["transport: T".to_owned()];
    let (address, mut doc) = match client.addresses.first() {
        Some(address) => {
            let shown = address.constant.plain();
            (
                format!("{}::{}", client.name, address.constant),
                format!("A client of [`{shown_client}::{shown}`]"),
            )
        }
        None => {
            arguments.push("address: impl Into<String>".to_owned());
            (
                "address".to_owned(),
                "A client of the service at `address`".to_owned(),
            )
        }
    };
    let mut port = format!("{port}::new(transport, {address})");
    if client.unverified_actions.is_some() {
        let actions = paths.runtime("Actions");
        arguments.push(format!("actions: impl Into<{actions}>"));
        let candidates = format!("[`{shown_client}::UNVERIFIED_ACTIONS`]");
        doc.push_str(&format!("; {candidates} has what `actions` could be"));
        port.push_str(".actions(actions)");
    }
    doc.push('.');
    block.function(Function {
        docs: &[doc],
        is_public: true,
        name: "new",
        arguments: &arguments,
        returned: "Self",
        body: if body.credentials {
            FunctionBody::Struct(vec![
                format!("port: {port}"),
                "credentials: None".to_owned(),
            ])
        } else {
            FunctionBody::Flat(format!("Self({port})"))
        },
        ..Function::default()
    });
}

/// The method that turns to the other version of SOAP.
fn other_version(client: &Client, other: &OtherVersion, body: &Body, block: &mut Block) {
    let (name, shown) = match other.protocol {
        Protocol::Soap12 => ("soap_12", "1.2"),
        Protocol::Soap11 | Protocol::Json | Protocol::Http => ("soap_11", "1.1"),
    };
    let shown_client = client.name.plain();
    let mut doc = format!("Speaks SOAP {shown} instead");
    let mut change = format!("{name}()");
    if let Some(address) = &other.address {
        doc.push_str(&format!(", at [`{shown_client}::{}`]", address.plain()));
        change.push_str(&format!(".at({}::{address})", client.name));
    }
    doc.push('.');
    body.setter(&doc, name, &[], &change, block);
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

fn method(client: &Client, operation: &Operation, paths: &Paths<'_>, block: &mut Block) {
    let call = paths.runtime("Call");
    let port = Body::of(client).place();
    let mut arguments = vec!["&self".to_owned()];
    let body = if operation.request.type_ == Type::Unit {
        FunctionBody::Flat(format!("{port}.call(())"))
    } else {
        let request = paths.type_(&operation.request.type_);
        match &operation.credentials {
            Some(field) => {
                arguments.push(format!("mut request: {request}"));
                FunctionBody::Other(format!(
                    "request.{field} = request.{field}.or_else(|| self.credentials.clone()); \
                     {port}.call(request)"
                ))
            }
            None => {
                arguments.push(format!("request: {request}"));
                FunctionBody::Flat(format!("{port}.call(request)"))
            }
        }
    };
    block.function(Function {
        docs: &operation.docs,
        old: operation.deprecated.as_ref(),
        is_public: true,
        name: operation.method.as_str(),
        arguments: &arguments,
        returned: &format!("{call}<'_, T, operations::{}>", operation.marker),
        body,
        ..Function::default()
    });
}
