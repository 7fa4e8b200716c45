//! Markers and bindings: `operations.rs`.

use quote::quote;

use super::declaration::Declaration;
use super::encoding;
use super::failure::navigated;
use super::file::print_item;
use super::paths::{Paths, ident};
use super::plain::{Block, Body, Expression, Function};
use super::stream::{streamed_request, streamed_response};
use crate::rust::{
    Action, Client, HttpAnswer, Idempotency, Message, Operation, Protocol, QualifiedName, Type,
};

pub(super) fn emit(client: &Client, operation: &Operation, paths: &Paths<'_>) -> Vec<String> {
    let marker = ident(&operation.marker);
    let link = format!("{}::{}", client.name.plain(), operation.method.plain());
    let is_raw = operation.method.plain() != operation.method.as_str();
    let marker_docs = if operation.from_service {
        "Marker of a message that the service sends: see [`castile::receive`].".to_owned()
    } else if is_raw {
        format!("Marker of `{link}`.")
    } else {
        format!("Marker of [`{link}`](super::{link}).")
    };
    let name = operation.marker.as_str();
    let mut items = vec![
        Declaration::new(
            "struct",
            name,
            &[marker_docs],
            operation.deprecated.as_ref(),
            &["derive(Clone, Copy, Debug)"],
        )
        .finish_unit(),
        implementation(client, operation, paths),
    ];
    items.extend(operation.response_headers.map(|item| {
        let (trait_, headers) = (paths.wire("ResponseHeaders"), paths.item(item));
        let mut block = Block::of_trait(&trait_, name);
        block.type_("Headers", &headers);
        block.finish()
    }));
    let response = operation.streamed_response.as_ref();
    items.extend(response.map(|list| print_item(streamed_response(&marker, list, paths))));
    let request = operation.streamed_request.as_ref();
    items.extend(request.map(|list| print_item(streamed_request(&marker, list, paths))));
    items
}

fn implementation(client: &Client, operation: &Operation, paths: &Paths<'_>) -> String {
    let mut block = Block::of_trait(&paths.wire("Operation"), operation.marker.as_str());
    block.type_("Request", &paths.type_(&operation.request.type_));
    block.type_("Response", &paths.type_(&operation.response.type_));
    let code = match operation.code {
        Some(index) => paths.catalogue(index),
        None => paths.runtime("Code"),
    };
    block.type_("Code", &code);
    let detail = match &operation.detail {
        Some(type_) => paths.type_(type_),
        None => paths.runtime("NoDetail"),
    };
    block.type_("Detail", &detail);
    let binding_type = format!("&'static {}", paths.wire("Binding"));
    let binding = binding(client, operation, paths).reference();
    block.constant("BINDING", &binding_type, &binding);
    if let Some(rejection) = &operation.in_band {
        let type_ = paths.wire("Rejection");
        block.function(Function {
            name: "rejection",
            arguments: &["response: &Self::Response".to_owned()],
            returned: &format!("Option<{type_}>"),
            body: Body::Other(navigated(&quote! { response }, rejection, &type_).to_string()),
            ..Function::default()
        });
        if operation.detail.as_ref() == Some(&operation.response.type_) {
            block.function(Function {
                name: "detail_from_response",
                arguments: &["response: Self::Response".to_owned()],
                returned: "Option<Self::Detail>",
                body: Body::Flat("Some(response)".to_owned()),
                ..Function::default()
            });
        }
    }
    block.finish()
}

fn binding(client: &Client, operation: &Operation, paths: &Paths<'_>) -> Expression {
    let type_ = paths.wire("Binding");
    let (service, name) = (&client.service, &operation.wire_name);
    let [service, name] = [service, name].map(|text| Expression::text(text));
    let mut binding = match client.protocol {
        Protocol::Soap11 | Protocol::Soap12 => {
            let action_type = paths.wire("Action");
            let action = match &operation.action {
                Action::Empty => Expression::path(format!("{action_type}::Empty")),
                Action::Fixed(action) => {
                    Expression::call(format!("{action_type}::Fixed"), [Expression::text(action)])
                }
                Action::Client => Expression::path(format!("{action_type}::Client")),
            };
            let version = match client.protocol {
                Protocol::Soap11 => "soap11",
                _ => "soap12",
            };
            Expression::call(format!("{type_}::{version}"), [service, name, action])
        }
        Protocol::Json | Protocol::Http => {
            let method_type = paths.wire("Method");
            let (method, path) = match &operation.http {
                Some(http) => (http.method.as_str(), http.path.as_str()),
                None => ("POST", ""),
            };
            let method = match method {
                "GET" => "Get",
                "PUT" => "Put",
                "PATCH" => "Patch",
                "DELETE" => "Delete",
                _ => "Post",
            };
            let kind = match client.protocol {
                Protocol::Json => "json",
                _ => "http",
            };
            let method = Expression::path(format!("{method_type}::{method}"));
            let arguments = [service, name, method, Expression::text(path)];
            Expression::call(format!("{type_}::{kind}"), arguments)
        }
    };
    let mut set = |name: &str, arguments: Vec<Expression>| {
        let before = std::mem::replace(&mut binding, Expression::path(""));
        binding = before.method(name, arguments);
    };
    let required = { operation.http_headers.iter() }
        .filter(|(_, required)| *required)
        .map(|(name, _)| Expression::text(name));
    let required: Vec<_> = required.collect();
    if !required.is_empty() {
        set("http_headers", vec![Expression::slice(required)]);
    }
    if !operation.headers.is_empty() {
        let header = paths.wire("Header");
        let headers = operation.headers.iter().map(|(name, required)| {
            let namespace = paths.namespace(&name.namespace).into();
            let arguments = [namespace, Expression::text(&name.local)];
            let made = Expression::call(format!("{header}::new"), arguments);
            match required {
                true => made,
                false => made.method("optional", []),
            }
        });
        set("headers", vec![Expression::slice(headers)]);
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
            set("xml_body", Vec::new());
        }
        let answer = match http.answer {
            HttpAnswer::Document => None,
            HttpAnswer::Text => Some("Text"),
            HttpAnswer::Octets => Some("Octets"),
        };
        if let Some(answer) = answer {
            let type_ = paths.wire("HttpAnswer");
            set(
                "answer",
                vec![Expression::path(format!("{type_}::{answer}"))],
            );
        }
    }
    let messages = [
        ("request", sends, &operation.request),
        ("response", reads, &operation.response),
    ];
    for (name, is_sent, message) in messages {
        if is_sent && let Some(path) = message_path(message, paths) {
            set(name, vec![path]);
        }
    }
    if let Some(parts) = &operation.encoded {
        set("encoded", encoding::binding(parts, paths));
    }
    if let Some(item) = operation.response_headers {
        let headers = paths.item(item);
        paths.wire("ComplexType");
        set(
            "response_headers",
            vec![Expression::path(format!("{headers}::SHAPE"))],
        );
    }
    if !operation.statuses.is_empty() {
        let status = paths.wire("Status");
        let statuses = operation.statuses.iter().map(|(code, branch)| {
            let arguments = [Expression::number(code), Expression::number(branch)];
            Expression::call(format!("{status}::new"), arguments)
        });
        set("statuses", vec![Expression::slice(statuses)]);
    }
    if operation.mtom {
        set("mtom", Vec::new());
    }
    if operation.one_way {
        set("one_way", Vec::new());
    }
    match operation.idempotency {
        Idempotency::Unknown => {}
        Idempotency::Safe => set("safe", Vec::new()),
        Idempotency::Idempotent => set("idempotent", Vec::new()),
        Idempotency::Once => set("once", Vec::new()),
    }
    binding
}

/// The path of a message, if its body is not empty.
fn message_path(message: &Message, paths: &Paths<'_>) -> Option<Expression> {
    if message.type_ == Type::Unit || message.path.is_empty() {
        return None;
    }
    let names = message.path.iter().map(|name| qualified(name, paths));
    Some(Expression::slice(names))
}

/// `Name::new(namespace, local)`.
pub(super) fn qualified(name: &QualifiedName, paths: &Paths<'_>) -> Expression {
    let type_ = paths.wire("Name");
    let namespace = paths.namespace(&name.namespace).into();
    Expression::call(
        format!("{type_}::new"),
        [namespace, Expression::text(&name.local)],
    )
}
