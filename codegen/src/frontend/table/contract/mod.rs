//! What the pages say as the contract that a WSDL of the same service gives.

mod action;
mod errors;
mod headers;
mod messages;
mod record;
mod samples;

use std::collections::{BTreeMap, BTreeSet};

use super::Page;
use super::cells::Place;
use super::definitions::{Definitions, OperationDefinition};
use super::document::Located;
use super::front_matter::{FrontMatter, Wire};
use super::rows::Row;
use super::types::Kind;
use crate::contract::{
    Address, Annotation, Authentication, AuthenticationHeader, AuthenticationValue, Binding,
    Contract, FaultCatalogue, HttpContent, Id, Location, Policy, Port, PortType, Protocol, QName,
    Service, SoapVersion, Style,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::namespace::SOAP_OVER_HTTP;

/// Declares the service of the first page.
pub(super) fn fill(
    pages: &[Page],
    definitions: &Definitions,
    contract: &mut Contract,
    diagnostics: &mut Diagnostics,
) {
    let Some(page) = pages.first() else { return };
    let front = &page.front;
    contract
        .accepted_findings
        .extend(front.accepted.iter().cloned());
    let namespace = namespace(front, diagnostics);
    let mut filler = Filler {
        front,
        namespace,
        page,
        definitions,
        claimed: claimed(front, definitions),
        catalogues: BTreeMap::new(),
        headers: BTreeMap::new(),
        contract,
        diagnostics,
    };
    filler.check_references();
    filler.check_action();
    filler.types();
    filler.catalogues();
    filler.service();
}

struct Filler<'a> {
    front: &'a FrontMatter,
    namespace: String,
    page: &'a Page,
    definitions: &'a Definitions,
    /// The records in which a page only claims what is always there.
    claimed: BTreeSet<String>,
    catalogues: BTreeMap<String, Id<FaultCatalogue>>,
    /// The rows that declared the header elements.
    headers: BTreeMap<String, Row>,
    contract: &'a mut Contract,
    diagnostics: &'a mut Diagnostics,
}

fn namespace(front: &FrontMatter, diagnostics: &mut Diagnostics) -> String {
    match &front.namespace {
        Some(namespace) if namespace.value == "?" => {
            diagnostics.push(
                Diagnostic::error(
                    Code::UnknownFact,
                    namespace.span,
                    "nobody knows the namespace, and no message can be made without it",
                )
                .help("look at an example message or the WSDL"),
            );
            String::new()
        }
        Some(namespace) => namespace.value.clone(),
        None => {
            if front.complete && front.wire != Wire::Json && front.service.is_some() {
                diagnostics.push(
                    Diagnostic::error(
                        Code::MissingKey,
                        front.span,
                        "the front matter has no `namespace`",
                    )
                    .help("write the namespace of the messages: `namespace = \"urn:…\"`"),
                );
            }
            String::new()
        }
    }
}

/// The records that responses reach.
fn claimed(front: &FrontMatter, definitions: &Definitions) -> BTreeSet<String> {
    let mut open: Vec<String> = Vec::new();
    for operation in &definitions.operations {
        if let Some(response) = &operation.response {
            reach(&response.rows.rows, &mut open);
        }
    }
    let statuses = front.operations.values().flat_map(|facts| &facts.statuses);
    open.extend(statuses.map(|status| status.body.value.clone()));
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(record) = definitions.record(&name)
            && reached.insert(name)
        {
            reach(&record.rows.rows, &mut open);
        }
    }
    reached
}

fn reach(rows: &[Row], records: &mut Vec<String>) {
    for row in rows {
        if let Kind::Record(name) = &row.notation.kind {
            records.push(name.clone());
        }
        reach(&row.children, records);
    }
}

impl<'a> Filler<'a> {
    fn qname(&self, local: &str) -> QName {
        QName::new(self.namespace.as_str(), local)
    }

    fn is_json(&self) -> bool {
        self.front.wire == Wire::Json
    }

    fn error(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn duplicate(&mut self, name: &Located<String>, what: &str, first: crate::source::Span) {
        self.error(
            Diagnostic::error(
                Code::DuplicateName,
                name.span,
                format!("a second {what} `{}`", name.value),
            )
            .related(first, "the first")
            .help("give one of them another name, or the two services different namespaces"),
        );
    }

    /// What the front matter refers to must be there.
    fn check_references(&mut self) {
        let front = self.front;
        if front.complete && front.service.is_none() {
            self.error(
                Diagnostic::error(
                    Code::MissingKey,
                    front.span,
                    "the front matter has no `service`",
                )
                .help("name the service: `service = \"PaymentService\"`"),
            );
        }
        if front.complete && front.endpoints.is_empty() && front.service.is_some() {
            self.error(
                Diagnostic::error(
                    Code::MissingKey,
                    front.span,
                    "the front matter has no `endpoint`",
                )
                .help("write `endpoint.test = \"https://…\"`, or `\"?\"` if callers must say"),
            );
        }
        let operations: Vec<&str> = self
            .page
            .outline
            .operations
            .iter()
            .map(|operation| operation.name.value.as_str())
            .collect();
        for (name, facts) in &front.operations {
            if operations.contains(&name.as_str()) {
                continue;
            }
            let help = match nearest(name, operations.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("add a heading `## {name}`, or delete these facts"),
            };
            self.error(
                Diagnostic::error(
                    Code::UnresolvedReference,
                    facts.span,
                    format!("no operation is called `{name}`"),
                )
                .help(help),
            );
        }
        if let Some(credentials) = &front.credentials {
            self.check_record(credentials);
        }
        for header in &front.http_headers {
            if let Some(name) = &header.base64_json {
                self.check_record(name);
            }
        }
        self.check_credentials();
    }

    /// Whether a type of this name is declared; reports it if not.
    fn check_record(&mut self, name: &Located<String>) -> bool {
        let records = &self.definitions.names.records;
        if records.contains_key(&name.value) {
            return true;
        }
        let help = match nearest(&name.value, records.keys().map(String::as_str)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("declare it under a heading ``## Type `{}` ``", name.value),
        };
        self.error(
            Diagnostic::error(
                Code::UnresolvedReference,
                name.span,
                format!("no type is called `{}`", name.value),
            )
            .help(help),
        );
        false
    }

    /// User name and password must be fields that callers can give once.
    fn check_credentials(&mut self) {
        let front = self.front;
        let incomplete = self.definitions.operations.iter().any(|operation| {
            let request = operation.request.as_ref();
            request.is_none_or(|request| !request.rows.complete)
        });
        let mut known: Vec<&str> = Vec::new();
        for operation in &self.definitions.operations {
            let rows = operation
                .request
                .iter()
                .flat_map(|request| &request.rows.rows);
            known.extend(
                rows.filter(|row| row.place.value == Place::SoapHeader)
                    .map(|row| row.wire.value.as_str()),
            );
        }
        let credentials = front.credentials.as_ref();
        if let Some(record) = credentials.and_then(|name| self.definitions.record(&name.value)) {
            known.extend(record.rows.rows.iter().map(|row| row.wire.value.as_str()));
        }
        let mut missing = Vec::new();
        for name in [&front.username, &front.password].into_iter().flatten() {
            if known.contains(&name.value.as_str()) || incomplete {
                continue;
            }
            let help = match nearest(&name.value, known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => {
                    "add a row with `header` in the column `In`, or name the type that holds it: \
                         `credentials = \"…\"`"
                        .to_owned()
                }
            };
            missing.push(
                Diagnostic::error(
                    Code::UnresolvedReference,
                    name.span,
                    format!("no header is called `{}`", name.value),
                )
                .help(help),
            );
        }
        for diagnostic in missing {
            self.error(diagnostic);
        }
    }

    fn catalogues(&mut self) {
        for catalogue in &self.definitions.catalogues {
            let name = &catalogue.name;
            // A page that two services include declares its catalogue once.
            let known = self
                .contract
                .catalogues
                .iter()
                .find(|(_, other)| other.span == name.span)
                .map(|(id, _)| id);
            let id = match known {
                Some(id) => id,
                None => self.contract.catalogues.add(FaultCatalogue {
                    name: name.value.clone(),
                    codes: catalogue.codes.clone(),
                    documentation: catalogue.documentation.clone(),
                    span: name.span,
                }),
            };
            self.catalogues.insert(name.value.clone(), id);
        }
    }

    fn service(&mut self) {
        let front = self.front;
        let service = match &front.service {
            Some(service) => service.clone(),
            None => Located::new("Service".to_owned(), front.span),
        };
        let port = front.port.clone().unwrap_or_else(|| service.clone());
        let operations: Vec<&'a OperationDefinition> = self.definitions.operations.iter().collect();
        let mut declared = Vec::new();
        let mut bound = Vec::new();
        for operation in operations {
            if let Some((operation, binding)) = self.operation(operation, &service.value) {
                declared.push(operation);
                bound.push(binding);
            }
        }
        let name = Located::new(format!("I{}", service.value), service.span);
        let port_type = PortType {
            name: self.qname(&name.value),
            declared: true,
            operations: declared,
            policy: Policy::default(),
            annotation: Annotation::default(),
            span: service.span,
        };
        let port_type = match self
            .contract
            .declare_port_type(self.qname(&name.value), port_type)
        {
            Ok(id) => id,
            Err(redeclared) => return self.duplicate(&service, "service", redeclared.first),
        };
        let binding = Binding {
            name: self.qname(&port.value),
            declared: true,
            port_type,
            protocol: protocol(front.wire),
            operations: bound,
            extensions: Vec::new(),
            policy: Policy::default(),
            authentication: self.authentication(),
            annotation: Annotation::default(),
            span: port.span,
        };
        let binding = match self
            .contract
            .declare_binding(self.qname(&port.value), binding)
        {
            Ok(id) => id,
            Err(redeclared) => return self.duplicate(&port, "port", redeclared.first),
        };
        let addresses = front.endpoints.iter().map(|endpoint| Address {
            environment: Some(endpoint.environment.clone()),
            location: endpoint.location.clone(),
            verified: endpoint.verified,
            provenance: endpoint.provenance.clone(),
            span: endpoint.span,
        });
        let prose = &self.page.outline.prose;
        let mut provenance: Vec<_> = front.source.iter().cloned().collect();
        provenance.extend(prose.provenance(&self.page.outline.notes, self.diagnostics));
        self.contract.services.push(Service {
            name: QName::new(self.namespace.as_str(), service.value.as_str()),
            ports: vec![Port {
                name: port.value.clone(),
                binding,
                addresses: addresses.collect(),
                policy: Policy::default(),
                annotation: Annotation::default(),
                span: port.span,
            }],
            policy: Policy::default(),
            annotation: Annotation {
                documentation: prose.documentation(),
                provenance,
                ..Annotation::default()
            },
            span: service.span,
        });
    }

    fn authentication(&mut self) -> Authentication {
        let mut http_headers = Vec::new();
        for header in &self.front.http_headers {
            let value = match &header.base64_json {
                None => AuthenticationValue::Text,
                Some(name) => AuthenticationValue::Base64Json(self.contract.type_reference(
                    QName::new(self.namespace.as_str(), name.value.as_str()),
                    name.span,
                )),
            };
            http_headers.push(AuthenticationHeader {
                name: header.name.value.clone(),
                prefix: header.prefix.clone(),
                argument: header.argument.value.clone(),
                value,
                required: header.required,
                annotation: Annotation {
                    documentation: header.description.clone(),
                    secret: header.secret,
                    location: Location::HttpHeader,
                    provenance: header.provenance.clone(),
                    ..Annotation::default()
                },
                span: header.span,
            });
        }
        Authentication {
            http_headers,
            basic: self.front.basic,
        }
    }
}

fn protocol(wire: Wire) -> Protocol {
    let version = match wire {
        Wire::Soap11 => SoapVersion::Soap11,
        Wire::Soap12 => SoapVersion::Soap12,
        Wire::Json => {
            return Protocol::Http {
                method: "POST".to_owned(),
                content: HttpContent::Json,
            };
        }
    };
    Protocol::Soap {
        version,
        style: Style::Document,
        transport: SOAP_OVER_HTTP.to_owned(),
    }
}
