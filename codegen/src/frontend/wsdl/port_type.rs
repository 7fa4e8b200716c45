//! Port types and their operations (WSDL 1.1 §2.4).

use super::fill::{Document, Fill};
use crate::contract::{Idempotency, MessageReference, Operation, PortType, Transmission};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::annotations;
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element};
use crate::namespace::{ADDRESSING_METADATA, WSDL};

/// The namespaces in which an operation's messages may have an `Action` for WS-Addressing, final
/// ones first.
const ADDRESSING: [&str; 5] = [
    ADDRESSING_METADATA,
    "http://www.w3.org/2006/05/addressing/wsdl",
    "http://www.w3.org/2005/08/addressing",
    "http://www.w3.org/2005/02/addressing/wsdl",
    "http://schemas.xmlsoap.org/ws/2004/08/addressing",
];

impl<'a> Fill<'a> {
    pub(super) fn port_type(&mut self, document: &Document<'a>, element: Element<'a>) {
        let Some(name) = self.declared_name(document, element) else {
            return;
        };
        let operations = element
            .children_in(WSDL)
            .filter(|child| child.name() == "operation")
            .filter_map(|child| self.operation(document, child))
            .collect();
        let port_type = PortType {
            name: name.clone(),
            declared: true,
            operations,
            policy: self.policy(document, element),
            annotation: self.annotation(element),
            span: element.name_span(),
        };
        let declared = self
            .xsd
            .contract
            .declare_port_type(name, port_type)
            .map(drop);
        self.redeclared(Kind::PortType, element, declared);
    }

    fn operation(&mut self, document: &Document<'a>, element: Element<'a>) -> Option<Operation> {
        let name = self.local_name(element)?;
        let messages: Vec<Element<'a>> = element
            .children_in(WSDL)
            .filter(|child| ["input", "output"].contains(&child.name()))
            .collect();
        let order: Vec<&str> = messages.iter().map(|child| child.name()).collect();
        let (transmission, input_suffix, output_suffix) = match order[..] {
            ["input"] => (Transmission::OneWay, "", ""),
            ["output"] => (Transmission::Notification, "", ""),
            ["output", "input", ..] => (Transmission::SolicitResponse, "Response", "Solicit"),
            ["input", ..] => (Transmission::RequestResponse, "Request", "Response"),
            _ => {
                self.report(
                    Diagnostic::warning(
                        Code::MissingMarkup,
                        element.name_span(),
                        format!(
                            "the operation `{name}` has neither input nor output; it is left out"
                        ),
                    )
                    .help("add <wsdl:input message=\"…\"/>"),
                );
                return None;
            }
        };
        let reference = |fill: &mut Self, kind: &str, suffix: &str| {
            let child = messages.iter().find(|child| child.name() == kind)?;
            fill.operation_message(document, *child, || format!("{name}{suffix}"))
        };
        let input = reference(self, "input", input_suffix);
        let output = reference(self, "output", output_suffix);
        let faults = element
            .children_in(WSDL)
            .filter(|child| child.name() == "fault")
            .filter_map(|child| {
                let message = child.attribute("message").map_or("", Attribute::trimmed);
                let local = message.rsplit(':').next().unwrap_or_default();
                self.operation_message(document, child, || local.to_owned())
            })
            .collect();
        Some(Operation {
            name: name.to_owned(),
            transmission,
            input,
            output,
            faults,
            parameter_order: element
                .attribute("parameterOrder")
                .map(|order| {
                    order
                        .trimmed()
                        .split_whitespace()
                        .map(str::to_owned)
                        .collect()
                })
                .unwrap_or_default(),
            errors: self.error_model(document, element),
            idempotency: self.idempotency(element),
            examples: self.examples(element),
            policy: self.policy(document, element),
            annotation: self.annotation(element),
            span: element.name_span(),
        })
    }

    fn operation_message(
        &mut self,
        document: &Document<'a>,
        element: Element<'a>,
        implied: impl FnOnce() -> String,
    ) -> Option<MessageReference> {
        let message = self.message_reference(document, element)?;
        Some(MessageReference {
            name: element
                .attribute("name")
                .map(|name| name.trimmed().to_owned())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(implied),
            message,
            addressing_action: ADDRESSING
                .iter()
                .find_map(|namespace| element.attribute_in(namespace, "Action"))
                .map(|action| action.trimmed().to_owned()),
            policy: self.policy(document, element),
            span: element.span(),
        })
    }

    /// `c:idempotency`.
    fn idempotency(&mut self, operation: Element<'_>) -> Idempotency {
        let child = operation
            .children_in(annotations::NAMESPACE)
            .find(|child| child.name() == "idempotency");
        let Some(kind) = child.and_then(|child| self.required(child, "kind")) else {
            return Idempotency::Unknown;
        };
        let kinds = [
            ("once", Idempotency::Once),
            ("safe", Idempotency::Safe),
            ("idempotent", Idempotency::Idempotent),
        ];
        annotations::choose(kind, &kinds, self.diagnostics()).unwrap_or_default()
    }
}
