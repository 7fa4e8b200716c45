//! Joins the operations of a port type with those of a binding (WSDL 1.1 §2.4, §2.5, §3).

use std::collections::BTreeSet;

use super::attachments::is_mtom;
use super::model::{Call, HeaderBlock, Initiator, Payload};
use super::overloads;
use super::payload::{Bound, Made};
use crate::contract::{
    Binding, BindingOperation, Contract, ElementDeclaration, HttpContent, Id, Message,
    MessageBinding, MessageReference, Operation, Part, PartContent, Policy, Protocol, QName, Scope,
    Style, Transmission, Use,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::Span;

/// A message of an operation and how it is bound.
pub(super) type Referred<'a> = (&'a Option<MessageReference>, &'a MessageBinding);

/// Makes calls of what is bound.
pub(super) struct Calls<'a> {
    pub(super) contract: &'a mut Contract,
    pub(super) made: Made,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Calls<'_> {
    /// The operations of a binding, in the order of the port type. `endpoint` is the policy of all of
    /// them.
    pub(super) fn of(&mut self, binding: &Binding, endpoint: &Policy) -> Vec<Call> {
        let pairs = self.bound_operations(binding);
        let mut calls: Vec<Call> = pairs
            .iter()
            .map(|(operation, bound)| {
                let mut call = self.call(binding, operation, bound);
                call.mtom = is_mtom(endpoint) || is_mtom(&call.policy);
                call
            })
            .collect();
        let operations: Vec<&Operation> = pairs.iter().map(|(operation, _)| operation).collect();
        overloads::tell_apart(self.contract, &operations, &mut calls);
        calls
    }

    /// The operations of the port type, each with its binding; overloads are told apart by the names
    /// of input and output (WSDL 1.1 §2.5).
    fn bound_operations(&mut self, binding: &Binding) -> Vec<(Operation, BindingOperation)> {
        let port_type = &self.contract.port_types[binding.port_type];
        let mut taken = BTreeSet::new();
        let mut pairs = Vec::new();
        for bound in &binding.operations {
            let named = |reference: &Option<MessageReference>, name: &Option<String>| match (
                reference, name,
            ) {
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
                    self.diagnostics.push(diagnostic);
                }
                None => {}
            }
        }
        if pairs.is_empty() && binding.operations.is_empty() && !port_type.operations.is_empty() {
            let message = format!(
                "the binding `{}` binds no operation of port type `{}`; its client has no calls",
                binding.name.local, port_type.name.local
            );
            self.diagnostics.push(
                Diagnostic::warning(Code::MissingMarkup, binding.span, message)
                    .help("add a wsdl:operation with soap:operation for each that is offered"),
            );
        }
        pairs.sort_by_key(|(index, _)| *index);
        pairs
            .into_iter()
            .map(|(index, bound)| (port_type.operations[index].clone(), bound))
            .collect()
    }

    fn call(&mut self, binding: &Binding, operation: &Operation, bound: &BindingOperation) -> Call {
        let style = bound.style.unwrap_or(match &binding.protocol {
            Protocol::Soap { style, .. } => *style,
            Protocol::Http { .. } | Protocol::Unknown => Style::Document,
        });
        let initiator = match operation.transmission {
            Transmission::OneWay | Transmission::RequestResponse => Initiator::Client,
            Transmission::SolicitResponse | Transmission::Notification => Initiator::Service,
        };
        let (input, output) = (
            (&operation.input, &bound.input),
            (&operation.output, &bound.output),
        );
        let (first, second) = match initiator {
            Initiator::Client => (input, output),
            Initiator::Service => (output, input),
        };
        let plain = match &binding.protocol {
            Protocol::Http { content, .. } if *content != HttpContent::Json => bound.http.as_ref(),
            _ => None,
        };
        let (request, response) = match plain {
            Some(http) => (
                self.http_request(operation, http, first),
                self.http_response(operation, http, second),
            ),
            None => (
                self.payload(binding, style, operation.name.clone(), false, first),
                self.payload(
                    binding,
                    style,
                    format!("{}Response", operation.name),
                    true,
                    second,
                ),
            ),
        };
        let headers = self.header_blocks(first.1);
        let response_headers = self.header_blocks(second.1);
        let mut faults = Vec::new();
        for fault in &operation.faults {
            let element = self.fault_element(fault, bound);
            faults.extend(element.map(|element| (fault.name.clone(), element)));
        }
        for header in first.1.headers.iter().chain(&second.1.headers) {
            for (message, part) in &header.faults {
                let namespace = header.namespace.as_deref();
                if let Some(element) = self.block(*message, part, namespace, header.span)
                    && faults.iter().all(|(_, known)| *known != element)
                {
                    faults.push((part.clone(), element));
                }
            }
        }
        Call {
            name: operation.name.clone(),
            overload: None,
            initiator,
            action: bound.action.clone(),
            addressing_action: first
                .0
                .as_ref()
                .and_then(|reference| reference.addressing_action.clone()),
            extensions: bound.extensions.clone(),
            policy: operation.policy.clone().and(&bound.policy),
            request_policy: self.message_policy(first),
            response_policy: self.message_policy(second),
            http: bound.http.clone(),
            encoded: bound.input.body.use_ == Use::Encoded,
            mtom: false,
            request,
            response,
            one_way: matches!(
                operation.transmission,
                Transmission::OneWay | Transmission::Notification
            ) || plain.is_some() && response == Payload::Empty,
            headers,
            response_headers,
            faults,
            errors: operation.errors.clone(),
            idempotency: operation.idempotency,
            examples: operation.examples.clone(),
            annotation: operation.annotation.clone(),
            span: operation.span,
        }
    }

    fn message_policy(&self, (reference, bound): Referred<'_>) -> Policy {
        let Some(reference) = reference else {
            return bound.policy.clone();
        };
        let message = &self.contract.messages[reference.message];
        let policy = message.policy.clone();
        policy.and(&reference.policy).and(&bound.policy)
    }

    fn payload(
        &mut self,
        binding: &Binding,
        style: Style,
        wrapper: String,
        is_answer: bool,
        (reference, message): Referred<'_>,
    ) -> Payload {
        let bound = Bound {
            style,
            wrapper,
            is_answer,
            binding: message,
            is_located: matches!(binding.protocol, Protocol::Http { .. }),
        };
        reference.as_ref().map_or(Payload::Empty, |reference| {
            self.made
                .payload(self.contract, &bound, reference, self.diagnostics)
        })
    }

    fn header_blocks(&mut self, binding: &MessageBinding) -> Vec<HeaderBlock> {
        let mut blocks: Vec<HeaderBlock> = Vec::new();
        for header in &binding.headers {
            let namespace = header.namespace.as_deref();
            let element = self.block(header.message, &header.part, namespace, header.span);
            let Some(element) = element else { continue };
            match blocks.iter_mut().find(|block| block.element == element) {
                Some(known) => known.required |= header.required,
                None => blocks.push(HeaderBlock {
                    element,
                    required: header.required,
                }),
            }
        }
        blocks
    }

    /// The element of a header block, or of a header fault. One made for a part with a type is
    /// qualified, as SOAP 1.1 §4.2 demands of header blocks.
    fn block(
        &mut self,
        message: Id<Message>,
        part: &str,
        namespace: Option<&str>,
        span: Span,
    ) -> Option<Id<ElementDeclaration>> {
        let message = &self.contract.messages[message];
        if !message.declared {
            return None;
        }
        let Some(found) = message.parts.iter().find(|known| known.name == part) else {
            self.diagnostics.push(missing_part(message, part, span));
            return None;
        };
        let namespace = namespace.unwrap_or(&message.name.namespace).to_owned();
        let found = found.clone();
        self.part_element(&found, &namespace)
    }

    fn part_element(&mut self, part: &Part, namespace: &str) -> Option<Id<ElementDeclaration>> {
        match part.content {
            PartContent::Element(element) => {
                let is_declared = self.contract.elements[element].scope != Scope::Undeclared;
                is_declared.then_some(element)
            }
            PartContent::Type(type_) => {
                let name = QName::new(namespace, part.name.as_str());
                Some(self.made.block(self.contract, name, part, type_))
            }
        }
    }

    /// The child of `detail`. One made for a part with a type is unqualified unless the binding says
    /// a namespace, as accessors are.
    fn fault_element(
        &mut self,
        fault: &MessageReference,
        bound: &BindingOperation,
    ) -> Option<Id<ElementDeclaration>> {
        let message = &self.contract.messages[fault.message];
        let [part, others @ ..] = message.parts.as_slice() else {
            return None;
        };
        if !others.is_empty() {
            self.diagnostics.push(Diagnostic::warning(
                Code::Unsupported,
                fault.span,
                format!(
                    "fault `{}` has {} parts; only the first, `{}`, is read into a type",
                    fault.name,
                    message.parts.len(),
                    part.name
                ),
            ));
        }
        let part = part.clone();
        let binding = bound.faults.iter().find(|known| known.name == fault.name);
        let namespace = binding.and_then(|binding| binding.namespace.as_deref());
        if let PartContent::Element(element) = part.content {
            return Some(element);
        }
        self.part_element(&part, namespace.unwrap_or_default())
    }
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
