//! Clients and their operations.

use super::docs;
use super::failures::FailureDraft;
use super::lower::{Lowering, deprecation};
use super::model::{
    Action, Address, Argument, Client, Credentials, Direction, Example, HeaderConstant, HttpAnswer,
    HttpOperation, Idempotency, ItemId, Message, ModuleId, Operation, OtherVersion, Protocol,
    QualifiedName, Rejection, Setter, SetterTarget, Type,
};
use super::names::{self, Ident, Scope};
use crate::contract::{
    self, AuthenticationHeader, AuthenticationValue, HttpContent, Id, SoapVersion,
};
use crate::resolve::{self, Call, ClientProtocol, Initiator};

/// A client before the types have names.
pub(super) struct ClientDraft {
    pub(super) module: ModuleId,
    /// What it is named after.
    pub(super) name: String,
    pub(super) index: usize,
    pub(super) credentials: Option<Credentials>,
    pub(super) setters: Vec<Setter>,
    pub(super) blocks: Vec<HeaderConstant>,
    /// The record of the header blocks that responses may have.
    response_headers: Option<ItemId>,
    calls: Vec<CallDraft>,
}

struct CallDraft {
    request: Message,
    response: Message,
    failures: FailureDraft,
    in_band: Option<Rejection>,
    /// The field of the request that holds the credentials, and its type without the `Option`.
    credentials: Option<(Ident, Type)>,
}

/// Methods that every client may have.
const CLIENT_METHODS: &[&str] = &[
    "at",
    "basic",
    "clone",
    "credentials",
    "fmt",
    "limits",
    "new",
    "port",
    "soap_11",
    "soap_12",
    "timeout",
    "unchecked",
    "validating",
];

impl<'a> Lowering<'a> {
    pub(super) fn clients(&mut self) -> Vec<ClientDraft> {
        let clients = &self.resolved.clients;
        let mut drafts = Vec::new();
        for (index, client) in clients.iter().enumerate() {
            let module = self.modules.of(&client.namespace);
            // A service of several ports is several clients, each by the name of its port.
            let is_only = clients
                .iter()
                .filter(|other| other.name == client.name && other.namespace == client.namespace)
                .count()
                == 1;
            let mut draft = ClientDraft {
                module,
                name: if is_only {
                    client.name.clone()
                } else {
                    client.port.clone()
                },
                index,
                credentials: None,
                setters: Vec::new(),
                blocks: Vec::new(),
                response_headers: None,
                calls: Vec::new(),
            };
            for call in &client.calls {
                let spelled = spelled(call);
                let request = self.message(call, call.request, module, "Request", &spelled);
                let response = self.message(call, call.response, module, "Response", &spelled);
                let failures = self.failures(call, &spelled, &client.namespace, &response);
                draft.calls.push(CallDraft {
                    request,
                    response,
                    failures,
                    in_band: None,
                    credentials: None,
                });
            }
            self.header_blocks(client, &mut draft);
            draft.response_headers = self.response_headers(client, &draft);
            self.http_headers(client, &mut draft);
            drafts.push(draft);
        }
        drafts
    }

    fn http_headers(&mut self, client: &'a resolve::Client, draft: &mut ClientDraft) {
        for header in &client.authentication.http_headers {
            let (argument, target) = self.http_header(header, draft.module);
            draft.setters.push(Setter {
                name: names::ident(&header.argument),
                docs: docs::or(header.annotation.documentation.as_deref(), || {
                    let shown = docs::code(&header.name);
                    format!("Sends the HTTP header {shown} with every call.")
                }),
                argument,
                target,
            });
        }
    }

    fn http_header(
        &mut self,
        header: &AuthenticationHeader,
        module: ModuleId,
    ) -> (Argument, SetterTarget) {
        let secret = header.annotation.secret;
        match header.value {
            AuthenticationValue::Text => {
                let type_ = if secret {
                    Type::Runtime("Secret")
                } else {
                    Type::Std("String")
                };
                let target = SetterTarget::Http {
                    header: header.name.clone(),
                    prefix: header.prefix.clone(),
                    secret,
                };
                (Argument::Into(type_), target)
            }
            AuthenticationValue::Base64Json(id) => {
                let item = if self.resolved.contract.types[id].name.is_some() {
                    self.named_record(id)
                } else {
                    let owner = self.top(module, id);
                    let item = self.draft_child(owner, &header.argument);
                    self.drafts[item.0].docs = vec![format!(
                        "Value of the HTTP header {}.",
                        docs::code(&header.name)
                    )];
                    self.by_type.insert(id, item);
                    self.unfilled
                        .push_back(super::lower::Unfilled::Type(item, id));
                    item
                };
                let target = SetterTarget::HttpBase64Json {
                    header: header.name.clone(),
                    secret,
                };
                (Argument::Plain(Type::Item(item)), target)
            }
        }
    }

    /// What needs the fields of all records.
    pub(super) fn settle(&mut self, clients: &mut [ClientDraft]) {
        for call in clients.iter_mut().flat_map(|client| &mut client.calls) {
            call.in_band = self.finish_failures(&call.failures, &call.response);
            call.credentials = self.credentials_field(&call.request);
        }
    }

    /// The client with everything named.
    pub(super) fn finish_client(&mut self, draft: ClientDraft, name: Ident) -> Client {
        let client = &self.resolved.clients[draft.index];
        let mut methods = Scope::with(CLIENT_METHODS);
        let mut setters = draft.setters;
        for setter in &mut setters {
            let snake = names::snake(setter.name.plain());
            setter.name = methods.claim(&[snake.clone(), format!("{snake}_header")]);
        }
        let mut credentials = draft.credentials;
        let mut constants = Scope::with(&["UNVERIFIED_ACTIONS"]);
        let mut addresses = addresses(client, &mut constants);
        let other_version = alternatives(client, &mut constants, &mut addresses);
        let mut blocks = draft.blocks;
        for block in &mut blocks {
            let name = names::shouty(block.constant.plain());
            block.constant = constants.claim(&[name.clone(), format!("{name}_HEADER")]);
        }
        let mut operations = Vec::new();
        let headers = &client.authentication.http_headers;
        for (call, parts) in client.calls.iter().zip(draft.calls) {
            let filled = parts.credentials;
            if let (Some((_, type_)), None) = (&filled, &credentials) {
                credentials = Some(Credentials::Body(type_.clone()));
            }
            let element = parts.request.path.last().map(|name| name.local.as_str());
            let renamed = self.chosen_operation(client, call, element);
            let spelled = renamed.map_or_else(|| spelled(call), |rename| rename.name.text.clone());
            let method = names::snake(&spelled);
            let marker = names::camel(&spelled);
            let mut markers = vec![marker.clone(), format!("{}{marker}", name.plain())];
            markers.retain(|name| !names::is_prelude(name));
            let is_first = |filled: &(Ident, Type)| match &credentials {
                Some(Credentials::Body(type_)) => *type_ == filled.1,
                _ => false,
            };
            let claimed = methods.claim(&[method.clone(), format!("{method}_operation")]);
            if let Some(rename) = renamed.filter(|rename| rename.name.text != claimed.plain()) {
                self.report_method(rename);
            }
            operations.push(Operation {
                marker: self.claim_marker(draft.module, &markers),
                method: claimed,
                wire_name: call.name.clone(),
                docs: docs::or(call.annotation.documentation.as_deref(), || {
                    format!("Calls {}.", docs::code(&call.name))
                }),
                deprecated: call.annotation.deprecated.as_deref().map(deprecation),
                request: parts.request,
                response: parts.response,
                encoded: self.encoded_parts(draft.module, call),
                mtom: call.mtom,
                one_way: call.one_way,
                from_service: call.initiator == Initiator::Service,
                response_headers: draft
                    .response_headers
                    .filter(|_| answers_with_headers(call)),
                credentials: filled.filter(is_first).map(|(field, _)| field),
                action: match &call.action {
                    contract::Action::Empty => Action::Empty,
                    contract::Action::Known(action) => Action::Fixed(action.clone()),
                    contract::Action::Unknown { .. } => Action::Client,
                },
                http: call.http.as_ref().map(http_operation),
                http_headers: headers
                    .iter()
                    .map(|header| (header.name.clone(), header.required))
                    .collect(),
                headers: call
                    .headers
                    .iter()
                    .map(|block| {
                        let name = &self.resolved.contract.elements[block.element].name;
                        (QualifiedName::of(name), block.required)
                    })
                    .collect(),
                code: self.code(call),
                detail: parts.failures.detail,
                statuses: parts.failures.statuses,
                in_band: parts.in_band,
                idempotency: match call.idempotency {
                    contract::Idempotency::Unknown => Idempotency::Unknown,
                    contract::Idempotency::Safe => Idempotency::Safe,
                    contract::Idempotency::Idempotent => Idempotency::Idempotent,
                    contract::Idempotency::Once => Idempotency::Once,
                },
                streamed_response: None,
                streamed_request: None,
                examples: examples(call, &method, &name, &mut self.tests),
            });
        }
        Client {
            name,
            service: client.name.clone(),
            docs: docs::or(client.annotation.documentation.as_deref(), || {
                format!("Service {}.", docs::code(&client.name))
            }),
            protocol: spoken(client.protocol),
            addresses,
            other_version,
            blocks,
            unverified_actions: unverified_actions(client),
            credentials,
            basic: client.authentication.basic,
            setters,
            operations,
        }
    }

    /// Markers of all clients of a module share one scope.
    fn claim_marker(&mut self, module: ModuleId, names: &[String]) -> Ident {
        self.markers.entry(module).or_default().claim(names)
    }

    fn credentials_field(&self, request: &Message) -> Option<(Ident, Type)> {
        let Type::Item(item) = request.type_ else {
            return None;
        };
        let wire = self.credential_names.get(&item)?;
        let mut fields = self.record(item)?.fields.iter();
        let field = fields.find(|field| field.entry.kind.name() == Some(wire))?;
        match &field.type_ {
            Type::Option(inner) => Some((field.name.clone(), (**inner).clone())),
            _ => None,
        }
    }

    fn code(&self, call: &Call) -> Option<usize> {
        call.errors.catalogue.map(Id::index)
    }
}

/// The name of an operation, with what tells it from others of that name.
fn spelled(call: &Call) -> String {
    match &call.overload {
        Some(words) => format!("{} {words}", call.name),
        None => call.name.clone(),
    }
}

fn http_operation(http: &contract::HttpOperation) -> HttpOperation {
    HttpOperation {
        method: http.method.clone(),
        path: match http.path.as_str() {
            path if path.is_empty() || path.starts_with(['/', '?']) => path.to_owned(),
            path => format!("/{path}"),
        },
        xml_body: http.content == HttpContent::Xml,
        answer: match http.answer {
            contract::HttpAnswer::Document => HttpAnswer::Document,
            contract::HttpAnswer::Text => HttpAnswer::Text,
            contract::HttpAnswer::Octets => HttpAnswer::Octets,
        },
    }
}

/// Whether the caller of an operation gets header blocks that the contract declares.
pub(super) fn answers_with_headers(call: &Call) -> bool {
    call.initiator == Initiator::Client && !call.response_headers.is_empty()
}

fn addresses(client: &resolve::Client, scope: &mut Scope) -> Vec<Address> {
    let mut addresses = Vec::new();
    for address in &client.addresses {
        let Some(location) = &address.location else {
            continue;
        };
        let environment = address.environment.as_deref();
        let constant = environment.map_or_else(|| "ADDRESS".to_owned(), names::shouty);
        let mut text = match environment {
            Some(environment) => format!("The address for {}", docs::code(environment)),
            None => "The address".to_owned(),
        };
        text.push_str(if address.verified {
            "."
        } else {
            ", unverified: no message to it has been seen."
        });
        addresses.push(Address {
            constant: scope.claim(&[constant]),
            location: location.clone(),
            docs: vec![text],
        });
    }
    addresses
}

fn spoken(protocol: ClientProtocol) -> Protocol {
    match protocol {
        ClientProtocol::Soap(SoapVersion::Soap11) => Protocol::Soap11,
        ClientProtocol::Soap(SoapVersion::Soap12) => Protocol::Soap12,
        ClientProtocol::Http(HttpContent::Json) => Protocol::Json,
        ClientProtocol::Http(_) => Protocol::Http,
    }
}

/// Adds the addresses of further ports, and finds one for the other version of SOAP.
fn alternatives(
    client: &resolve::Client,
    scope: &mut Scope,
    addresses: &mut Vec<Address>,
) -> Option<OtherVersion> {
    let own = spoken(client.protocol);
    let mut other: Option<OtherVersion> = None;
    for port in &client.alternatives {
        let protocol = spoken(port.protocol);
        let location = port
            .addresses
            .iter()
            .find_map(|address| address.location.as_ref());
        let known = location.and_then(|location| {
            let is_it = |address: &&Address| address.location == *location;
            addresses
                .iter()
                .find(is_it)
                .map(|address| address.constant.clone())
        });
        let constant = match (known, location) {
            (Some(known), _) => Some(known),
            (None, Some(location)) => {
                let constant = scope.claim(&[names::shouty(&format!("{} address", port.port))]);
                let version = match protocol {
                    Protocol::Soap12 if own != protocol => ", for SOAP 1.2",
                    Protocol::Soap11 if own != protocol => ", for SOAP 1.1",
                    _ => "",
                };
                addresses.push(Address {
                    constant: constant.clone(),
                    location: location.clone(),
                    docs: vec![format!(
                        "The address of the port {}{version}.",
                        docs::code(&port.port)
                    )],
                });
                Some(constant)
            }
            (None, None) => None,
        };
        if protocol != own && other.is_none() {
            let first = addresses.first().map(|address| &address.constant);
            other = Some(OtherVersion {
                protocol,
                address: constant.filter(|constant| Some(constant) != first),
            });
        }
    }
    other
}

/// The candidates of all operations whose action nobody knows.
fn unverified_actions(client: &resolve::Client) -> Option<Vec<String>> {
    let mut known: Option<Vec<String>> = None;
    for call in &client.calls {
        if let contract::Action::Unknown { candidates } = &call.action {
            let all = known.get_or_insert_with(Vec::new);
            for candidate in candidates {
                if !all.contains(candidate) {
                    all.push(candidate.clone());
                }
            }
        }
    }
    known
}

fn examples(call: &Call, method: &str, client: &Ident, scope: &mut Scope) -> Vec<Example> {
    call.examples
        .iter()
        .map(|example| {
            let (kind, direction) = match example.direction {
                contract::Direction::Request => ("request".to_owned(), Direction::Request),
                contract::Direction::Response => ("response".to_owned(), Direction::Response),
                contract::Direction::Error(0) => ("error".to_owned(), Direction::Error(0)),
                contract::Direction::Error(status) => {
                    (format!("error_{status}"), Direction::Error(status))
                }
            };
            let mut candidates = vec![format!("{method}_{kind}")];
            if let Some(title) = &example.title {
                candidates.push(format!("{method}_{kind}_{}", names::snake(title)));
            }
            let client = names::snake(client.plain());
            candidates.push(format!("{client}_{method}_{kind}"));
            Example {
                test: scope.claim(&candidates),
                direction,
                text: example.text.clone(),
            }
        })
        .collect()
}
