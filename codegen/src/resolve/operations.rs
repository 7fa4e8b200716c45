//! Joins services, ports, bindings and port types into clients (WSDL 1.1 §2.4–2.7, §3).

use std::collections::BTreeSet;

use super::calls::Calls;
use super::model::{Alternative, Call, Client, ClientProtocol, Resolved};
use super::payload::Made;
use crate::contract::{
    Address, Annotation, Binding, Contract, HttpContent, Id, Policy, Port, PortType, Protocol,
    QName, Service,
};
use crate::diagnostic::Diagnostics;
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
                policy: service.policy.clone().and(&port.policy),
                annotation: documented(&service.annotation, &port.annotation),
                span: port.span,
            };
            let Some(client) = client(&mut calls, seed, port.binding) else {
                continue;
            };
            add(&mut clients, first, client);
        }
    }
    unserved(&mut calls, &mut clients);
    resolved.clients = clients;
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
        .filter(|id| !is_plain(&calls.contract.bindings[**id]))
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
            policy: Policy::default(),
            annotation: documented(&port_type.annotation, &binding.annotation),
            span: binding.span,
        };
        let Some(client) = client(calls, seed, id) else {
            continue;
        };
        add(clients, 0, client);
    }
}

/// Adds a client, as an alternative of the one from `first` on that is like it if there is one.
fn add(clients: &mut Vec<Client>, first: usize, client: Client) {
    let is_same = |known: &&mut Client| {
        known.name == client.name && known.namespace == client.namespace && alike(known, &client)
    };
    match clients[first..].iter_mut().find(is_same) {
        Some(known) => known.alternatives.push(Alternative {
            port: client.port,
            protocol: client.protocol,
            addresses: client.addresses,
            policy: client.policy,
        }),
        None => clients.push(client),
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

/// The ports that clients are made of: those of SOAP; those of JSON whose port type none of SOAP has;
/// those of documents and forms, the former first, that have an operation whose name no port before
/// them has. `.asmx` services bind the same operations by SOAP, GET and POST, each with a port type of
/// its own: one client says it all.
fn spoken_ports(contract: &Contract, service: &Service) -> Vec<Port> {
    let binding = |port: &Port| &contract.bindings[port.binding];
    let is_soap = |port: &&Port| matches!(protocol(binding(port)), Some(ClientProtocol::Soap(_)));
    let soap: BTreeSet<Id<PortType>> = service
        .ports
        .iter()
        .filter(is_soap)
        .map(|port| binding(port).port_type)
        .collect();
    let mut order: Vec<usize> = (0..service.ports.len()).collect();
    let rank = |index: &usize| match protocol(binding(&service.ports[*index])) {
        Some(ClientProtocol::Soap(_)) => 0,
        Some(ClientProtocol::Http(HttpContent::Json)) => 1,
        Some(ClientProtocol::Http(HttpContent::Xml)) => 2,
        Some(ClientProtocol::Http(HttpContent::Form)) => 3,
        None => 4,
    };
    order.sort_by_key(rank);
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut spoken = Vec::new();
    for index in order {
        let port = &service.ports[index];
        let is_spoken = match protocol(binding(port)) {
            Some(ClientProtocol::Soap(_)) => true,
            Some(ClientProtocol::Http(HttpContent::Json)) => {
                !soap.contains(&binding(port).port_type)
            }
            Some(ClientProtocol::Http(_)) => {
                let mut operations = binding(port).operations.iter();
                operations.any(|operation| !known.contains(operation.name.as_str()))
            }
            None => false,
        };
        if is_spoken {
            let operations = &binding(port).operations;
            known.extend(operations.iter().map(|operation| operation.name.as_str()));
            spoken.push(index);
        }
    }
    spoken.sort_unstable();
    let ports = spoken.into_iter().map(|index| service.ports[index].clone());
    ports.collect()
}

/// Whether a binding is of HTTP with documents or forms, or of nothing that is known.
fn is_plain(binding: &Binding) -> bool {
    match protocol(binding) {
        Some(ClientProtocol::Soap(_) | ClientProtocol::Http(HttpContent::Json)) => false,
        Some(ClientProtocol::Http(_)) | None => true,
    }
}

fn protocol(binding: &Binding) -> Option<ClientProtocol> {
    match &binding.protocol {
        _ if !binding.declared => None,
        Protocol::Soap { version, .. } => Some(ClientProtocol::Soap(*version)),
        Protocol::Http { content, .. } => Some(ClientProtocol::Http(*content)),
        Protocol::Unknown => None,
    }
}

/// What a client gets from its port.
struct ClientSeed {
    name: String,
    namespace: String,
    port: String,
    addresses: Vec<Address>,
    /// Of service and port.
    policy: Policy,
    annotation: Annotation,
    span: Span,
}

fn client(calls: &mut Calls<'_>, seed: ClientSeed, binding: Id<Binding>) -> Option<Client> {
    let binding = calls.contract.bindings[binding].clone();
    let protocol = protocol(&binding)?;
    let port_type = &calls.contract.port_types[binding.port_type];
    let policy = seed.policy.and(&port_type.policy).and(&binding.policy);
    let mut authentication = binding.authentication.clone();
    authentication.basic |= policy.mentions(&is_basic_authentication);
    Some(Client {
        name: seed.name,
        namespace: seed.namespace,
        port: seed.port,
        port_type: binding.port_type,
        protocol,
        addresses: seed.addresses,
        alternatives: Vec::new(),
        calls: calls.of(&binding, &policy),
        extensions: binding.extensions,
        policy,
        authentication,
        annotation: seed.annotation,
        span: seed.span,
    })
}

/// Whether a policy assertion asks for HTTP Basic authentication; those of WS-SecurityPolicy, and of
/// the vendors, agree in the local name only.
fn is_basic_authentication(name: &QName) -> bool {
    ["BasicAuthentication", "HttpBasicAuthentication"].contains(&&*name.local)
}
