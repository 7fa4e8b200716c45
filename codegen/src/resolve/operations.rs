//! Joins services, ports, bindings and port types into clients (WSDL 1.1 §2.4–2.7, §3).

use std::collections::BTreeSet;

use super::calls::Calls;
use super::model::{Alternative, Call, Client, ClientProtocol, Resolved};
use super::payload::Made;
use crate::contract::{
    Address, Annotation, Binding, Contract, HttpContent, Id, Port, PortType, Protocol, Service,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

pub(super) fn resolve_operations(resolved: &mut Resolved, diagnostics: &mut Diagnostics) {
    let mut calls = Calls {
        contract: &mut resolved.contract,
        made: Made::default(),
        diagnostics,
    };
    let mut clients: Vec<Client> = Vec::new();
    for service in calls.contract.services.clone() {
        let first = clients.len();
        for port in spoken_ports(calls.contract, &service) {
            let seed = ClientSeed {
                name: service.name.local.to_string(),
                namespace: service.name.namespace.to_string(),
                port: port.name.clone(),
                addresses: port.addresses.clone(),
                annotation: documented(&service.annotation, &port.annotation),
                span: port.span,
            };
            let Some(client) = client(&mut calls, seed, port.binding) else {
                continue;
            };
            match clients[first..]
                .iter_mut()
                .find(|known| alike(known, &client))
            {
                Some(known) => known.alternatives.push(Alternative {
                    port: client.port,
                    protocol: client.protocol,
                    addresses: client.addresses,
                }),
                None => clients.push(client),
            }
        }
    }
    unspoken(&mut calls, &clients);
    unserved(&mut calls, &mut clients);
    resolved.clients = clients;
}

/// Says of services whose ports are all of HTTP without JSON that they get no client.
fn unspoken(calls: &mut Calls<'_>, clients: &[Client]) {
    for service in &calls.contract.services {
        let is_http = |port: &&Port| {
            let binding = &calls.contract.bindings[port.binding];
            binding.declared && matches!(binding.protocol, Protocol::Http { .. })
        };
        let is_client = |client: &Client| {
            client.name == *service.name.local && client.namespace == *service.name.namespace
        };
        if clients.iter().any(is_client) {
            continue;
        }
        for port in service.ports.iter().filter(is_http) {
            let message = format!(
                "port `{}` speaks HTTP with forms or XML alone: no client is made of it",
                port.name
            );
            calls.diagnostics.push(
                Diagnostic::warning(Code::Unsupported, port.span, message)
                    .help("SOAP 1.1, SOAP 1.2 and JSON ports become clients"),
            );
        }
    }
}

/// Clients of the bindings that no port names, as far as they bind what no client has.
fn unserved(calls: &mut Calls<'_>, clients: &mut Vec<Client>) {
    let ports = calls
        .contract
        .services
        .iter()
        .flat_map(|service| &service.ports);
    let served: BTreeSet<Id<Binding>> = ports.map(|port| port.binding).collect();
    let has_service = !clients.is_empty();
    let mut port_types: BTreeSet<Id<PortType>> = served
        .iter()
        .filter(|id| protocol(&calls.contract.bindings[**id]).is_some())
        .map(|id| calls.contract.bindings[*id].port_type)
        .collect();
    for id in calls.contract.bindings.ids() {
        let binding = &calls.contract.bindings[id];
        let is_soap = matches!(binding.protocol, Protocol::Soap { .. });
        if served.contains(&id) || (has_service && !is_soap) {
            continue;
        }
        if has_service && !port_types.insert(binding.port_type) {
            continue;
        }
        let port_type = &calls.contract.port_types[binding.port_type];
        let seed = ClientSeed {
            name: port_type.name.local.to_string(),
            namespace: port_type.name.namespace.to_string(),
            port: binding.name.local.to_string(),
            addresses: Vec::new(),
            annotation: documented(&port_type.annotation, &binding.annotation),
            span: binding.span,
        };
        let Some(client) = client(calls, seed, id) else {
            continue;
        };
        let known = clients.iter_mut().find(|known| {
            known.name == client.name
                && known.namespace == client.namespace
                && alike(known, &client)
        });
        match known {
            Some(known) => known.alternatives.push(Alternative {
                port: client.port,
                protocol: client.protocol,
                addresses: Vec::new(),
            }),
            None => clients.push(client),
        }
    }
}

/// Whether two ports differ in nothing but where they are and which version of SOAP they speak.
fn alike(a: &Client, b: &Client) -> bool {
    let is_soap = |client: &Client| matches!(client.protocol, ClientProtocol::Soap(_));
    let call = |(a, b): (&Call, &Call)| {
        let faults = a.faults.iter().map(|(_, element)| element);
        a.name == b.name
            && a.initiator == b.initiator
            && a.action == b.action
            && a.encoded == b.encoded
            && (a.request, a.response, a.one_way) == (b.request, b.response, b.one_way)
            && a.headers == b.headers
            && a.response_headers == b.response_headers
            && faults.eq(b.faults.iter().map(|(_, element)| element))
    };
    a.port_type == b.port_type
        && is_soap(a)
        && is_soap(b)
        && a.authentication == b.authentication
        && a.calls.len() == b.calls.len()
        && a.calls.iter().zip(&b.calls).all(call)
}

fn documented(first: &Annotation, second: &Annotation) -> Annotation {
    if first.documentation.is_some() {
        first.clone()
    } else {
        second.clone()
    }
}

/// The ports that clients are made of: those of SOAP, and those of HTTP whose port type none of SOAP
/// has. Without any of SOAP, all of HTTP.
fn spoken_ports(contract: &Contract, service: &Service) -> Vec<Port> {
    let binding = |port: &Port| &contract.bindings[port.binding];
    let is_soap = |port: &&Port| matches!(protocol(binding(port)), Some(ClientProtocol::Soap(_)));
    let soap: BTreeSet<Id<PortType>> = service
        .ports
        .iter()
        .filter(is_soap)
        .map(|port| binding(port).port_type)
        .collect();
    let is_spoken = |port: &&Port| match protocol(binding(port)) {
        Some(ClientProtocol::Soap(_)) => true,
        // Forms beside SOAP are the same operations once more, with less said.
        Some(ClientProtocol::Http(HttpContent::Json)) => !soap.contains(&binding(port).port_type),
        Some(ClientProtocol::Http(_)) => soap.is_empty(),
        None => false,
    };
    service.ports.iter().filter(is_spoken).cloned().collect()
}

fn protocol(binding: &Binding) -> Option<ClientProtocol> {
    match &binding.protocol {
        _ if !binding.declared => None,
        Protocol::Soap { version, .. } => Some(ClientProtocol::Soap(*version)),
        Protocol::Http {
            content: HttpContent::Json,
            ..
        } => Some(ClientProtocol::Http(HttpContent::Json)),
        Protocol::Http { .. } | Protocol::Unknown => None,
    }
}

/// What a client gets from its port.
struct ClientSeed {
    name: String,
    namespace: String,
    port: String,
    addresses: Vec<Address>,
    annotation: Annotation,
    span: Span,
}

fn client(calls: &mut Calls<'_>, seed: ClientSeed, binding: Id<Binding>) -> Option<Client> {
    let binding = calls.contract.bindings[binding].clone();
    let protocol = protocol(&binding)?;
    Some(Client {
        name: seed.name,
        namespace: seed.namespace,
        port: seed.port,
        port_type: binding.port_type,
        protocol,
        addresses: seed.addresses,
        alternatives: Vec::new(),
        calls: calls.of(&binding),
        extensions: binding.extensions,
        authentication: binding.authentication,
        annotation: seed.annotation,
        span: seed.span,
    })
}
