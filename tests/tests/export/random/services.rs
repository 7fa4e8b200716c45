//! The services of a random contract.

use castile_codegen::contract::*;
use castile_codegen::source::Span;

use super::Random;

const NAMESPACES: [&str; 2] = ["urn:example:wsdl", "urn:example:one"];

/// Adds one or two services with all that they need.
pub(crate) fn add(contract: &mut Contract, random: &mut Random) {
    contract.describes_services = true;
    for number in 0..=random.below(2) {
        let mut writer = Writer {
            namespace: random.of(&NAMESPACES),
            contract,
            random,
            number,
        };
        writer.service();
    }
}

struct Writer<'a> {
    contract: &'a mut Contract,
    random: &'a mut Random,
    namespace: &'static str,
    number: usize,
}

impl Writer<'_> {
    fn name(&self, local: &str) -> QName {
        QName::new(self.namespace, format!("{local}{}", self.number))
    }

    fn service(&mut self) {
        let catalogue = self.random.maybe(|random| FaultCatalogue {
            name: "Code".to_owned(),
            codes: (0..3).map(|number| code(random, number)).collect(),
            documentation: random.documentation(),
            span: Span::NONE,
        });
        // Both services may have the same catalogue, not two of one name.
        let catalogue = match self.contract.catalogues.ids().next() {
            Some(known) => Some(known),
            None => catalogue.map(|catalogue| self.contract.catalogues.add(catalogue)),
        };
        let (port_type, operations) = self.port_type(catalogue);
        let binding = self.binding(port_type, operations);
        let port = Port {
            name: "Port".to_owned(),
            binding,
            addresses: self.random.some(2, address),
            policy: self.policy(),
            annotation: self.random.remarks(),
            span: Span::NONE,
        };
        let service = Service {
            name: self.name("Service"),
            ports: vec![port],
            policy: self.policy(),
            annotation: self.random.remarks(),
            span: Span::NONE,
        };
        self.contract.services.push(service);
    }

    fn message(&mut self, local: &str, is_typed: bool) -> Id<Message> {
        let elements: Vec<_> = { self.contract.elements.iter() }
            .filter(|(_, element)| element.scope == Scope::Global)
            .map(|(id, _)| id)
            .collect();
        let content = if is_typed {
            PartContent::Type(self.contract.builtin(Builtin::Decimal))
        } else {
            PartContent::Element(self.random.of(&elements))
        };
        let part = Part {
            name: "body".to_owned(),
            content,
            annotation: self.random.remarks(),
            span: Span::NONE,
        };
        let name = self.name(local);
        let message = Message {
            name: name.clone(),
            declared: true,
            parts: vec![part],
            policy: self.policy(),
            span: Span::NONE,
        };
        self.contract.declare_message(name, message).unwrap()
    }

    fn reference(&mut self, name: &str, message: Id<Message>) -> MessageReference {
        MessageReference {
            name: name.to_owned(),
            message,
            addressing_action: self
                .random
                .maybe(|random| random.of(&["urn:a", "b"]).to_owned()),
            policy: self.policy(),
            span: Span::NONE,
        }
    }

    fn port_type(&mut self, catalogue: Option<Id<FaultCatalogue>>) -> (Id<PortType>, Vec<String>) {
        use Transmission::{Notification, OneWay, RequestResponse, SolicitResponse};
        let mut operations = Vec::new();
        for operation in ["Get", "Put", "Ping"] {
            let transmission = self.random.of(&[
                RequestResponse,
                RequestResponse,
                OneWay,
                Notification,
                SolicitResponse,
            ]);
            let input = (transmission != Notification).then(|| {
                let message = self.message(&format!("{operation}In"), false);
                self.reference("Given", message)
            });
            let output = (transmission != OneWay).then(|| {
                let message = self.message(&format!("{operation}Out"), false);
                self.reference("Taken", message)
            });
            let fault = self.message(&format!("{operation}Fault"), false);
            let faults = self
                .random
                .maybe(|_| ())
                .map(|()| self.reference("Failed", fault));
            operations.push(Operation {
                name: operation.to_owned(),
                transmission,
                input,
                output,
                faults: faults.into_iter().collect(),
                parameter_order: self.random.some(2, |_| "body".to_owned()),
                errors: self.errors(catalogue),
                idempotency: self.random.of(&[
                    Idempotency::Unknown,
                    Idempotency::Safe,
                    Idempotency::Idempotent,
                    Idempotency::Once,
                ]),
                examples: self.random.some(2, example),
                policy: self.policy(),
                annotation: self.random.remarks(),
                span: Span::NONE,
            });
        }
        let names = operations
            .iter()
            .map(|operation| operation.name.clone())
            .collect();
        let name = self.name("PortType");
        let port_type = PortType {
            name: name.clone(),
            declared: true,
            operations,
            policy: self.policy(),
            annotation: self.random.remarks(),
            span: Span::NONE,
        };
        (
            self.contract.declare_port_type(name, port_type).unwrap(),
            names,
        )
    }

    fn errors(&mut self, catalogue: Option<Id<FaultCatalogue>>) -> ErrorModel {
        let types: Vec<Id<TypeDefinition>> = { self.contract.types.iter() }
            .filter(|(_, known)| known.name.is_some())
            .map(|(id, _)| id)
            .collect();
        let random = &mut *self.random;
        let catalogue = catalogue.filter(|_| random.one_in(2));
        let in_band = random.maybe(|random| InBand {
            path: vec!["result".to_owned(), "message".to_owned()],
            code: "code".to_owned(),
            reason: random.maybe(|_| "text".to_owned()),
            severity: random
                .maybe(|random| ("severity".to_owned(), random.some(2, Random::verbatim))),
            span: Span::NONE,
        });
        let statuses = random.some(2, |random| StatusError {
            status: 404,
            documentation: random.documentation(),
            body: random.of(&types),
            code: random.some(2, |_| "code".to_owned()),
            reason: random.some(2, |_| "text".to_owned()),
            span: Span::NONE,
        });
        ErrorModel {
            codes: catalogue.map_or_else(Vec::new, |_| vec!["CODE_1".to_owned()]),
            catalogue,
            in_band,
            statuses,
        }
    }

    fn binding(&mut self, port_type: Id<PortType>, names: Vec<String>) -> Id<Binding> {
        let protocol = self.protocol();
        let mut operations = Vec::new();
        for name in names {
            operations.push(self.binding_operation(name, &protocol, port_type));
        }
        // What a binding of HTTP writes is what its operations write.
        let contents = operations
            .iter()
            .filter_map(|operation| Some(operation.http.as_ref()?.content));
        let written = contents
            .into_iter()
            .find(|content| *content != HttpContent::Form);
        let mut protocol = protocol;
        if let Protocol::Http { content, .. } = &mut protocol {
            *content = written.unwrap_or(HttpContent::Form);
        }
        let name = self.name("Binding");
        let binding = Binding {
            name: name.clone(),
            declared: true,
            port_type,
            protocol,
            operations,
            extensions: self.extensions(),
            policy: self.policy(),
            authentication: self.authentication(),
            annotation: self.random.remarks(),
            span: Span::NONE,
        };
        self.contract.declare_binding(name, binding).unwrap()
    }

    fn protocol(&mut self) -> Protocol {
        if self.random.one_in(3) {
            return Protocol::Http {
                method: self.random.of(&["GET", "POST"]).to_owned(),
                content: self
                    .random
                    .of(&[HttpContent::Json, HttpContent::Xml, HttpContent::Form]),
            };
        }
        Protocol::Soap {
            version: self.random.of(&[SoapVersion::Soap11, SoapVersion::Soap12]),
            style: self.random.of(&[Style::Document, Style::Rpc]),
            transport: "http://schemas.xmlsoap.org/soap/http".to_owned(),
        }
    }

    fn binding_operation(
        &mut self,
        name: String,
        protocol: &Protocol,
        port_type: Id<PortType>,
    ) -> BindingOperation {
        let declared = { self.contract.port_types[port_type].operations.iter() }
            .find(|operation| operation.name == name)
            .unwrap()
            .clone();
        let operation = BindingOperation {
            input_name: declared
                .input
                .as_ref()
                .and_then(|input| self.random.maybe(|_| input.name.clone())),
            output_name: declared
                .output
                .as_ref()
                .and_then(|output| self.random.maybe(|_| output.name.clone())),
            name: name.clone(),
            action: Action::Empty,
            style: None,
            http: None,
            input: MessageBinding::default(),
            output: MessageBinding::default(),
            faults: Vec::new(),
            extensions: self.extensions(),
            policy: self.policy(),
            span: Span::NONE,
        };
        match protocol {
            Protocol::Http { content, .. } => {
                let part = |random: &mut Random, message: &Option<MessageReference>| {
                    let is_bound = message.is_some() && random.one_in(2);
                    Body {
                        parts: is_bound.then(|| vec!["body".to_owned()]),
                        ..Body::default()
                    }
                };
                let mut operation = operation;
                operation.input.body = part(self.random, &declared.input);
                operation.output.body = part(self.random, &declared.output);
                let answer = match declared.output {
                    Some(_) => self.random.of(&[
                        HttpAnswer::Document,
                        HttpAnswer::Text,
                        HttpAnswer::Octets,
                    ]),
                    None => HttpAnswer::Document,
                };
                // Without an input, nothing says how one is written.
                let content = declared
                    .input
                    .as_ref()
                    .map_or(HttpContent::Form, |_| *content);
                operation.http = Some(HttpOperation {
                    method: self.random.of(&["GET", "POST", "PUT"]).to_owned(),
                    path: self.random.of(&["/things", "/things/all"]).to_owned(),
                    content,
                    answer,
                });
                operation
            }
            _ => BindingOperation {
                action: self.action(),
                style: self
                    .random
                    .maybe(|random| random.of(&[Style::Document, Style::Rpc])),
                input: declared
                    .input
                    .map_or_else(Default::default, |_| self.message_binding(&name, "A")),
                output: declared
                    .output
                    .map_or_else(Default::default, |_| self.message_binding(&name, "B")),
                faults: self.fault_binding(),
                ..operation
            },
        }
    }

    fn action(&mut self) -> Action {
        match self.random.below(3) {
            0 => Action::Empty,
            1 => Action::Known("urn:example:act?a=1&b=2".to_owned()),
            _ => Action::Unknown {
                candidates: vec![
                    "{namespace}/I{service}/{operation}".to_owned(),
                    String::new(),
                ],
            },
        }
    }

    fn use_(&mut self) -> Use {
        self.random.of(&[Use::Literal, Use::Encoded])
    }

    fn message_binding(&mut self, operation: &str, kind: &str) -> MessageBinding {
        let namespace = |random: &mut Random| random.maybe(|_| "urn:example:wrapper".to_owned());
        let mut headers = Vec::new();
        for number in 0..self.random.below(3) {
            let message = self.message(&format!("{operation}Header{kind}{number}"), number == 1);
            headers.push(Header {
                message,
                part: "body".to_owned(),
                use_: self.use_(),
                namespace: namespace(self.random),
                required: self.random.one_in(2),
                faults: self.random.some(1, |_| (message, "body".to_owned())),
                span: Span::NONE,
            });
        }
        let attachments = self.random.some(1, |random| Attachment {
            part: "image".to_owned(),
            media_types: random.of(&[
                vec!["*/*".to_owned()],
                vec!["image/png".to_owned(), "image/gif".to_owned()],
            ]),
        });
        MessageBinding {
            body: Body {
                use_: self.use_(),
                parts: self
                    .random
                    .maybe(|random| random.some(1, |_| "body".to_owned())),
                namespace: namespace(self.random),
                encoding_style: self.random.maybe(|_| "urn:example:encoding".to_owned()),
                span: Span::NONE,
            },
            headers,
            attachments,
            policy: self.policy(),
        }
    }

    fn fault_binding(&mut self) -> Vec<FaultBinding> {
        let use_ = self.use_();
        let policy = self.policy();
        self.random.some(1, |random| FaultBinding {
            name: "Failed".to_owned(),
            use_,
            namespace: random.maybe(|_| "urn:example:fault".to_owned()),
            policy: policy.clone(),
        })
    }

    fn extensions(&mut self) -> Vec<Extension> {
        self.random.some(1, |random| Extension {
            name: QName::new(
                "http://www.w3.org/2006/05/addressing/wsdl",
                "UsingAddressing",
            ),
            required: random.one_in(2),
            span: Span::NONE,
        })
    }

    fn authentication(&mut self) -> Authentication {
        let record = { self.contract.types.iter() }
            .find(|(_, known)| known.name.is_some())
            .unwrap()
            .0;
        Authentication {
            basic: self.random.one_in(3),
            http_headers: self.random.some(2, |random| AuthenticationHeader {
                name: "X-Session".to_owned(),
                prefix: random.of(&["", "Session ", "a:"]).to_owned(),
                argument: "session".to_owned(),
                value: random.of(&[
                    AuthenticationValue::Text,
                    AuthenticationValue::Base64Json(record),
                ]),
                required: random.one_in(2),
                annotation: Annotation {
                    location: Location::HttpHeader,
                    secret: random.one_in(2),
                    ..random.remarks()
                },
                span: Span::NONE,
            }),
        }
    }

    fn policy(&mut self) -> Policy {
        if !self.random.one_in(5) {
            return Policy::default();
        }
        let inner = assertion(self.random, None);
        let policy = Policy {
            terms: vec![PolicyTerm::Assertion(inner.clone())],
        };
        let outer = assertion(self.random, Some(policy));
        let choice = PolicyTerm::ExactlyOne(vec![
            PolicyTerm::All(vec![PolicyTerm::Assertion(outer)]),
            PolicyTerm::Assertion(inner),
        ]);
        Policy {
            terms: vec![
                choice,
                PolicyTerm::Reference("urn:elsewhere#policy".to_owned()),
            ],
        }
    }
}

fn assertion(random: &mut Random, policy: Option<Policy>) -> PolicyAssertion {
    let name = QName::new("urn:example:policy", "Signed");
    let text = if policy.is_none() {
        random.line()
    } else {
        String::new()
    };
    PolicyAssertion {
        name: name.clone(),
        optional: random.one_in(2),
        ignorable: random.one_in(2),
        attributes: random.some(1, |random| (QName::unqualified("level"), random.verbatim())),
        text,
        parameters: Vec::new(),
        policy,
        span: Span::NONE,
    }
}

fn code(random: &mut Random, number: usize) -> FaultCode {
    FaultCode {
        value: format!("CODE_{number}"),
        documentation: random.documentation(),
        span: Span::NONE,
    }
}

fn address(random: &mut Random) -> Address {
    Address {
        environment: random.maybe(|random| random.of(&["test", "production"]).to_owned()),
        location: random.maybe(|_| "https://example.org/service?a=1&b=2".to_owned()),
        verified: random.one_in(2),
        provenance: random.provenance(),
        span: Span::NONE,
    }
}

fn example(random: &mut Random) -> Example {
    Example {
        title: random.maybe(Random::line),
        direction: random.of(&[
            Direction::Request,
            Direction::Response,
            Direction::Error(0),
            Direction::Error(404),
        ]),
        text: random.verbatim(),
        provenance: random.provenance(),
        span: Span::NONE,
    }
}
