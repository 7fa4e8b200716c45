//! Joins services, ports, bindings and port types into clients (WSDL 1.1 §2.4–2.7, §3).

use super::calls::Calls;
use super::model::{Client, ClientProtocol, Resolved};
use super::payload::Made;
use crate::contract::{
    Address, Annotation, Binding, Contract, HttpContent, Id, Port, Protocol, Service,
};
use crate::diagnostic::Diagnostics;
use crate::source::Span;

pub(super) fn resolve_operations(resolved: &mut Resolved, diagnostics: &mut Diagnostics) {
    let mut calls = Calls {
        contract: &mut resolved.contract,
        made: Made::default(),
        diagnostics,
    };
    let mut clients = Vec::new();
    for service in calls.contract.services.clone() {
        for port in chosen_ports(calls.contract, &service) {
            let seed = ClientSeed {
                name: service.name.local.to_string(),
                namespace: service.name.namespace.to_string(),
                port: port.name.clone(),
                addresses: port.addresses.clone(),
                annotation: documented(&service.annotation, &port.annotation),
                span: port.span,
            };
            clients.extend(client(&mut calls, seed, port.binding));
        }
    }
    // Nor does a service help that names no binding which is there.
    if clients.is_empty() {
        for id in calls.contract.bindings.ids() {
            let binding = &calls.contract.bindings[id];
            let port_type = &calls.contract.port_types[binding.port_type];
            let seed = ClientSeed {
                name: port_type.name.local.to_string(),
                namespace: port_type.name.namespace.to_string(),
                port: binding.name.local.to_string(),
                addresses: Vec::new(),
                annotation: documented(&port_type.annotation, &binding.annotation),
                span: binding.span,
            };
            clients.extend(client(&mut calls, seed, id));
        }
    }
    resolved.clients = clients;
}

fn documented(first: &Annotation, second: &Annotation) -> Annotation {
    if first.documentation.is_some() {
        first.clone()
    } else {
        second.clone()
    }
}

/// The ports that become clients: where a service offers one port type over several protocols, the
/// first SOAP port, or without one the first that is spoken at all.
fn chosen_ports(contract: &Contract, service: &Service) -> Vec<Port> {
    let protocol = |port: &Port| protocol(&contract.bindings[port.binding]);
    let port_type = |port: &Port| contract.bindings[port.binding].port_type;
    let mut chosen: Vec<Port> = Vec::new();
    for port in service.ports.iter().filter(|port| protocol(port).is_some()) {
        let is_soap = |port: &Port| matches!(protocol(port), Some(ClientProtocol::Soap(_)));
        match chosen
            .iter_mut()
            .find(|other| port_type(other) == port_type(port))
        {
            None => chosen.push(port.clone()),
            Some(other) if !is_soap(other) && is_soap(port) => *other = port.clone(),
            Some(_) => {}
        }
    }
    chosen
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
        protocol,
        addresses: seed.addresses,
        calls: calls.of(&binding),
        authentication: binding.authentication,
        annotation: seed.annotation,
        span: seed.span,
    })
}
