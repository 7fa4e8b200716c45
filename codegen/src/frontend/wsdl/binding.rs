//! Bindings and their operations (WSDL 1.1 §2.5, §3, §4).

use super::fill::{Document, Fill};
use super::http::{Parameters, bound_part, content_of, location_of};
use crate::contract::{
    Action, Binding, BindingOperation, FaultBinding, MessageBinding, Protocol, SoapVersion, Style,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::annotations;
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element};
use crate::namespace::{WSDL, WSDL_HTTP, WSDL_SOAP_11, WSDL_SOAP_12};

/// Whether an element is of the SOAP binding, of either version.
pub(super) fn is_soap(element: Element<'_>) -> bool {
    [WSDL_SOAP_11, WSDL_SOAP_12].contains(&element.namespace())
}

fn child<'e>(element: Element<'e>, name: &str) -> Option<Element<'e>> {
    element.children_in(WSDL).find(|child| child.name() == name)
}

impl<'a> Fill<'a> {
    pub(super) fn binding(&mut self, document: &Document<'a>, element: Element<'a>) {
        let Some(name) = self.declared_name(document, element) else {
            return;
        };
        let Some(attribute) = self.required(element, "type") else {
            return;
        };
        let Some(port_type) = self.port_type_reference(document, element, attribute) else {
            return;
        };
        let protocol = self.protocol(element);
        let extensions = self.extensions(element);
        let mut operations = Vec::new();
        for operation in element
            .children_in(WSDL)
            .filter(|child| child.name() == "operation")
        {
            let bound = self.binding_operation(document, operation, &protocol);
            if let (Some(bound), Protocol::Http { method, .. }) = (&bound, &protocol)
                && let Some(location) = location_of(operation, method)
            {
                self.parameters.push(Parameters {
                    port_type,
                    operation: bound.name.clone(),
                    input_name: bound.input_name.clone(),
                    location,
                });
            }
            operations.extend(bound);
        }
        let binding = Binding {
            name: name.clone(),
            declared: true,
            port_type,
            protocol,
            operations,
            extensions,
            policy: self.policy(document, element),
            authentication: self.authentication(document, element),
            annotation: self.annotation(element),
            span: element.name_span(),
        };
        let declared = self.xsd.contract.declare_binding(name, binding).map(drop);
        self.redeclared(Kind::Binding, element, declared);
    }

    fn protocol(&mut self, binding: Element<'a>) -> Protocol {
        let extension = binding
            .children()
            .filter(|child| child.name() == "binding")
            .find(|child| is_soap(*child) || child.namespace() == WSDL_HTTP);
        let Some(extension) = extension else {
            return self.protocol_of_operations(binding);
        };
        if extension.namespace() == WSDL_HTTP {
            return Protocol::Http {
                method: extension
                    .attribute("verb")
                    .map_or("POST".to_owned(), |verb| {
                        verb.trimmed().to_ascii_uppercase()
                    }),
                content: content_of(binding),
            };
        }
        Protocol::Soap {
            version: version(extension),
            style: self.style(extension).unwrap_or_default(),
            transport: extension
                .attribute("transport")
                .map_or(String::new(), |transport| transport.trimmed().to_owned()),
        }
    }

    /// A binding whose own extension is forgotten, or is of a protocol that is not known.
    fn protocol_of_operations(&mut self, binding: Element<'a>) -> Protocol {
        let soap = binding
            .children_in(WSDL)
            .flat_map(Element::children)
            .find(|child| is_soap(*child) && child.name() == "operation");
        if let Some(soap) = soap {
            self.report(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    binding.name_span(),
                    "a binding without soap:binding; SOAP over HTTP in document style is assumed",
                )
                .help("add <soap:binding transport=\"http://schemas.xmlsoap.org/soap/http\"/>"),
            );
            return Protocol::Soap {
                version: version(soap),
                style: Style::Document,
                transport: String::new(),
            };
        }
        let other = binding
            .children()
            .find(|child| child.namespace() != WSDL && child.name() == "binding");
        let (span, message) = match other {
            Some(other) => (
                other.span(),
                format!(
                    "bindings of `{}` are not known; no client is made",
                    other.namespace()
                ),
            ),
            None => (
                binding.name_span(),
                "the binding says nothing of its protocol; no client is made".to_owned(),
            ),
        };
        self.report(
            Diagnostic::warning(Code::Unsupported, span, message)
                .help("SOAP 1.1, SOAP 1.2 and HTTP bindings are known"),
        );
        Protocol::Unknown
    }

    fn style(&mut self, element: Element<'_>) -> Option<Style> {
        let styles = [("document", Style::Document), ("rpc", Style::Rpc)];
        self.choose(element.attribute("style")?, &styles)
    }

    fn binding_operation(
        &mut self,
        document: &Document<'a>,
        element: Element<'a>,
        protocol: &Protocol,
    ) -> Option<BindingOperation> {
        let name = self.local_name(element)?.to_owned();
        let soap = element
            .children()
            .find(|child| is_soap(*child) && child.name() == "operation");
        let input = child(element, "input");
        let output = child(element, "output");
        let given_name = |message: Option<Element<'_>>| {
            let name = message?.attribute("name")?.trimmed();
            (!name.is_empty()).then(|| name.to_owned())
        };
        let mut faults = Vec::new();
        for fault in element
            .children_in(WSDL)
            .filter(|child| child.name() == "fault")
        {
            faults.extend(self.fault_binding(document, fault));
        }
        let http = match protocol {
            Protocol::Http { method, .. } => Some(self.http_operation(element, method)),
            _ => None,
        };
        let mut bound = |message: Option<Element<'a>>, kind: &str| {
            let mut bound: MessageBinding = message
                .map(|message| self.message_binding(document, message))
                .unwrap_or_default();
            if http.is_some() && bound.attachments.is_empty() {
                bound.body.parts = bound_part(element, kind).map(|part| vec![part]);
            }
            bound
        };
        let (bound_input, bound_output) = (bound(input, "input"), bound(output, "output"));
        Some(BindingOperation {
            name,
            input_name: given_name(input),
            output_name: given_name(output),
            action: soap.map_or(Action::Empty, action),
            style: soap.and_then(|soap| self.style(soap)),
            http,
            input: bound_input,
            output: bound_output,
            faults,
            extensions: self.extensions(element),
            policy: self.policy(document, element),
            span: element.name_span(),
        })
    }

    fn fault_binding(
        &mut self,
        document: &Document<'a>,
        element: Element<'a>,
    ) -> Option<FaultBinding> {
        let soap = element
            .children()
            .find(|child| is_soap(*child) && child.name() == "fault");
        let name = element
            .attribute("name")
            .or_else(|| soap.and_then(|soap| soap.attribute("name")))
            .map(Attribute::trimmed)
            .filter(|name| !name.is_empty());
        let Some(name) = name else {
            self.report(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    element.span(),
                    "the fault has no name; it is left out",
                )
                .help("add the name of the port type's fault: name=\"…\""),
            );
            return None;
        };
        Some(FaultBinding {
            name: name.to_owned(),
            use_: soap.map(|soap| self.use_(soap)).unwrap_or_default(),
            namespace: soap.and_then(namespace_of),
            policy: self.policy(document, element),
        })
    }
}

/// The `namespace` of a `soap:body`, `soap:header` or `soap:fault`.
pub(super) fn namespace_of(element: Element<'_>) -> Option<String> {
    let namespace = element.attribute("namespace")?.trimmed();
    (!namespace.is_empty()).then(|| namespace.to_owned())
}

fn version(element: Element<'_>) -> SoapVersion {
    if element.namespace() == WSDL_SOAP_12 {
        SoapVersion::Soap12
    } else {
        SoapVersion::Soap11
    }
}

/// The action of a `soap:operation`.
fn action(operation: Element<'_>) -> Action {
    if let Some(candidates) = operation.attribute_in(annotations::NAMESPACE, "action-candidates") {
        return Action::Unknown {
            candidates: candidates
                .trimmed()
                .split_whitespace()
                // What an empty action is sent as.
                .map(|word| if word == "\"\"" { "" } else { word })
                .map(str::to_owned)
                .collect(),
        };
    }
    match operation.attribute("soapAction").map(Attribute::trimmed) {
        None | Some("") => Action::Empty,
        Some(action) => Action::Known(action.to_owned()),
    }
}
