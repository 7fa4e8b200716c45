//! OpenAPI 3.1 for services of JSON over HTTP.

mod json;
mod operation;
mod schema;
mod security;

use self::json::{Json, Object};
use self::schema::Schemas;
use super::file_names::FileNames;
use super::{Document, ExportError};
use crate::contract::{Address, Binding, Contract, HttpContent, Port, PortType, Protocol, Service};

/// A document for each service that has a port of JSON.
pub(super) fn export(contract: &Contract) -> Result<Vec<Document>, ExportError> {
    let mut names = FileNames::default();
    let mut documents = Vec::new();
    for service in &contract.services {
        for port in &service.ports {
            let binding = &contract.bindings[port.binding];
            let is_json = |content| content == HttpContent::Json;
            if matches!(binding.protocol, Protocol::Http { content, .. } if is_json(content)) {
                let text = document(contract, service, port, binding)?.document();
                documents.push(Document {
                    name: names.unique(&service.name.local, "json"),
                    is_root: true,
                    text,
                });
            }
        }
    }
    if documents.is_empty() {
        return Err(ExportError::NoJson);
    }
    Ok(documents)
}

fn document(
    contract: &Contract,
    service: &Service,
    port: &Port,
    binding: &Binding,
) -> Result<Json, ExportError> {
    let mut schemas = Schemas::new(contract);
    let mut info = Object::new()
        .with("title", &*service.name.local)
        // No contract says which version it is.
        .with("version", "unknown");
    info.set_some("description", service.annotation.documentation.as_deref());
    let port_type: &PortType = &contract.port_types[binding.port_type];
    let mut paths = Object::new();
    for bound in &binding.operations {
        let declared = { port_type.operations.iter() }.find(|declared| declared.name == bound.name);
        let (Some(declared), Some(http)) = (declared, &bound.http) else {
            continue;
        };
        let written = operation::operation(contract, binding, declared, http, &mut schemas);
        let path = if http.path.starts_with('/') {
            http.path.clone()
        } else {
            format!("/{}", http.path)
        };
        let method = http.method.to_ascii_lowercase();
        let is_new = paths.change(&path, |methods| {
            let is_new = !methods.contains(&method);
            methods.set(method, written);
            is_new
        });
        if !is_new {
            return Err(ExportError::SamePath {
                operation: declared.name.clone(),
                path: format!("{} {path}", http.method),
            });
        }
    }
    let security = security::Security::new(&binding.authentication, &mut schemas);
    let mut components = Object::new();
    let schemas = schemas.finish();
    if !schemas.is_empty() {
        components.set("schemas", schemas);
    }
    if !security.parameters.is_empty() {
        components.set("parameters", security.parameters);
    }
    if !security.schemes.is_empty() {
        components.set("securitySchemes", security.schemes);
    }
    let mut root = Object::new().with("openapi", "3.1.0").with("info", info);
    let servers: Vec<Json> = port
        .addresses
        .iter()
        .map(|address| server(address).into())
        .collect();
    if !servers.is_empty() {
        root.set("servers", servers);
    }
    if !security.requirements.is_empty() {
        root.set("security", security.requirements);
    }
    root.set("paths", paths);
    if !components.is_empty() {
        root.set("components", components);
    }
    Ok(root.into())
}

fn server(address: &Address) -> Object {
    let environment = address.environment.as_deref().unwrap_or("service");
    match &address.location {
        Some(location) => {
            let seen = if address.verified {
                ""
            } else {
                ", not verified"
            };
            Object::new()
                .with("url", location.as_str())
                .with("description", format!("{environment}{seen}"))
        }
        None => {
            let variable = Object::new()
                .with("default", "https://address.invalid")
                .with(
                    "description",
                    "The address: no contract says it, callers are told.",
                );
            Object::new()
                .with("url", "{address}")
                .with("description", environment)
                .with("variables", Object::new().with("address", variable))
        }
    }
}
