//! Joins services, ports, bindings and port types into clients (WSDL 1.1 §2.4–2.7, §3).

use std::collections::BTreeSet;

use super::model::{Call, Client, ClientProtocol, HeaderBlock, Resolved};
use super::wrappers::{self, Wrapper};
use crate::contract::{
    Address, Annotation, Binding, BindingOperation, Contract, ElementDeclaration, HttpContent, Id,
    Message, MessageBinding, MessageReference, Operation, PartContent, Port, Protocol, Scope,
    Service, Style, Transmission, Use,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::Span;

pub(super) fn resolve_operations(resolved: &mut Resolved, diagnostics: &mut Diagnostics) {
    let contract = &mut resolved.contract;
    let mut clients = Vec::new();
    for service in contract.services.clone() {
        for port in chosen_ports(contract, &service) {
            let seed = ClientSeed {
                name: service.name.local.to_string(),
                namespace: service.name.namespace.to_string(),
                port: port.name.clone(),
                addresses: port.addresses.clone(),
                annotation: documented(&service.annotation, &port.annotation),
                span: port.span,
            };
            clients.extend(client(contract, seed, port.binding, diagnostics));
        }
    }
    // Nor does a service help that names no binding which is there.
    if clients.is_empty() {
        for id in contract.bindings.ids() {
            let binding = &contract.bindings[id];
            let port_type = &contract.port_types[binding.port_type];
            let seed = ClientSeed {
                name: port_type.name.local.to_string(),
                namespace: port_type.name.namespace.to_string(),
                port: binding.name.local.to_string(),
                addresses: Vec::new(),
                annotation: documented(&port_type.annotation, &binding.annotation),
                span: binding.span,
            };
            clients.extend(client(contract, seed, id, diagnostics));
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

fn client(
    contract: &mut Contract,
    seed: ClientSeed,
    binding: Id<Binding>,
    diagnostics: &mut Diagnostics,
) -> Option<Client> {
    let binding = contract.bindings[binding].clone();
    let protocol = protocol(&binding)?;
    let calls = bound_operations(contract, &binding, diagnostics)
        .into_iter()
        .filter_map(|(operation, bound)| call(contract, &binding, &operation, &bound, diagnostics))
        .collect();
    Some(Client {
        name: seed.name,
        namespace: seed.namespace,
        port: seed.port,
        protocol,
        addresses: seed.addresses,
        authentication: binding.authentication,
        calls,
        annotation: seed.annotation,
        span: seed.span,
    })
}

/// The operations of the port type, each with its binding; overloads are told apart by the names of
/// input and output (WSDL 1.1 §2.5).
fn bound_operations(
    contract: &Contract,
    binding: &Binding,
    diagnostics: &mut Diagnostics,
) -> Vec<(Operation, BindingOperation)> {
    let port_type = &contract.port_types[binding.port_type];
    let mut taken = BTreeSet::new();
    let mut pairs = Vec::new();
    for bound in &binding.operations {
        let named =
            |reference: &Option<MessageReference>, name: &Option<String>| match (reference, name) {
                (Some(reference), Some(name)) => reference.name == *name,
                _ => true,
            };
        let free = |index: &usize| {
            port_type.operations[*index].name == bound.name && !taken.contains(index)
        };
        let all = 0..port_type.operations.len();
        let exact = all.clone().filter(free).find(|&index| {
            let operation = &port_type.operations[index];
            named(&operation.input, &bound.input_name)
                && named(&operation.output, &bound.output_name)
        });
        // A wrong input name is a common slip; without overloads it leads nowhere else.
        match exact.or_else(|| all.clone().find(free)) {
            Some(index) => {
                taken.insert(index);
                pairs.push((index, bound.clone()));
            }
            None if port_type.declared => {
                let known = port_type
                    .operations
                    .iter()
                    .map(|operation| operation.name.as_str());
                let message = format!(
                    "port type `{}` has no operation `{}` left to bind; it is left out",
                    port_type.name.local, bound.name
                );
                let mut diagnostic =
                    Diagnostic::warning(Code::UnresolvedOperation, bound.span, message);
                let near = nearest(&bound.name, known).filter(|near| *near != bound.name);
                diagnostic.help = near.map(|near| format!("did you mean `{near}`?"));
                diagnostics.push(diagnostic);
            }
            None => {}
        }
    }
    pairs.sort_by_key(|(index, _)| *index);
    pairs
        .into_iter()
        .map(|(index, bound)| (port_type.operations[index].clone(), bound))
        .collect()
}

fn call(
    contract: &mut Contract,
    binding: &Binding,
    operation: &Operation,
    bound: &BindingOperation,
    diagnostics: &mut Diagnostics,
) -> Option<Call> {
    if matches!(
        operation.transmission,
        Transmission::Notification | Transmission::SolicitResponse
    ) {
        let message = format!(
            "`{}` is sent by the service: a client does not call it, and none is made",
            operation.name
        );
        diagnostics.push(Diagnostic::warning(
            Code::Unsupported,
            operation.span,
            message,
        ));
        return None;
    }
    let style = bound.style.unwrap_or(match &binding.protocol {
        Protocol::Soap { style, .. } => *style,
        Protocol::Http { .. } | Protocol::Unknown => Style::Document,
    });
    let mut payload = |reference: &Option<MessageReference>, message: &MessageBinding, response| {
        let reference = reference.as_ref()?;
        let wrapper = Wrapper {
            style,
            operation,
            response,
            binding: message,
        };
        wrappers::body_element(contract, &wrapper, reference, diagnostics)
    };
    let request = payload(&operation.input, &bound.input, false);
    let response = payload(&operation.output, &bound.output, true);
    let headers = header_blocks(contract, &bound.input, diagnostics);
    let response_headers = header_blocks(contract, &bound.output, diagnostics);
    let faults = operation
        .faults
        .iter()
        .filter_map(|fault| {
            let element = fault_element(&contract.messages[fault.message], fault, diagnostics)?;
            Some((fault.name.clone(), element))
        })
        .collect();
    Some(Call {
        name: operation.name.clone(),
        action: bound.action.clone(),
        http: bound.http.clone(),
        encoded: bound.input.body.use_ == Use::Encoded,
        request,
        response,
        one_way: operation.transmission == Transmission::OneWay,
        headers,
        response_headers,
        faults,
        errors: operation.errors.clone(),
        idempotency: operation.idempotency,
        examples: operation.examples.clone(),
        annotation: operation.annotation.clone(),
        span: operation.span,
    })
}

fn header_blocks(
    contract: &Contract,
    binding: &MessageBinding,
    diagnostics: &mut Diagnostics,
) -> Vec<HeaderBlock> {
    let mut blocks = Vec::new();
    for header in &binding.headers {
        let message = &contract.messages[header.message];
        if !message.declared {
            continue;
        }
        let part = message.parts.iter().find(|part| part.name == header.part);
        match part.map(|part| part.content) {
            Some(PartContent::Element(element))
                if contract.elements[element].scope != Scope::Undeclared =>
            {
                blocks.push(HeaderBlock {
                    element,
                    required: header.required,
                });
            }
            Some(PartContent::Element(_)) => {}
            Some(PartContent::Type(_)) => diagnostics.push(Diagnostic::warning(
                Code::Unsupported,
                header.span,
                format!(
                    "header part `{}` has a type, not an element; it is left out",
                    header.part
                ),
            )),
            None => diagnostics.push(missing_part(message, &header.part, header.span)),
        }
    }
    blocks
}

/// A reference to a part that its message does not have.
pub(super) fn missing_part(message: &Message, part: &str, span: Span) -> Diagnostic {
    let text = format!(
        "message `{}` has no part `{part}`; it is left out",
        message.name.local
    );
    let mut diagnostic = Diagnostic::warning(Code::UnresolvedPart, span, text);
    let known = message.parts.iter().map(|part| part.name.as_str());
    diagnostic.help = nearest(part, known).map(|near| format!("did you mean `{near}`?"));
    diagnostic
}

fn fault_element(
    message: &Message,
    fault: &MessageReference,
    diagnostics: &mut Diagnostics,
) -> Option<Id<ElementDeclaration>> {
    match message.parts.first().map(|part| part.content) {
        Some(PartContent::Element(element)) => Some(element),
        Some(PartContent::Type(_)) => {
            diagnostics.push(Diagnostic::warning(
                Code::Unsupported,
                fault.span,
                format!(
                    "fault `{}` has a type, not an element: it stays untyped",
                    fault.name
                ),
            ));
            None
        }
        None => None,
    }
}
