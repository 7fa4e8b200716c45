//! A server from a contract: it answers with the contract's examples, or with specimens made from its
//! types, and says what is wrong with requests (`docs/mock.md`).
//!
//! [`Mock::answer`] is a function of a request and knows no network; [`serve`] is the server around it.

mod array;
mod credentials;
mod documents;
mod json;
mod rules;
mod server;
mod soap;
mod specimen;
mod wish;

use castile::validation::Schema;

pub use server::{ServeLimits, serve};

use crate::contract::{Binding, Contract, HttpContent, Id, Protocol, SoapVersion};
use crate::export::Document;
use crate::validation::schema_text;

/// A request as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `POST`.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of this name, in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim())
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
    /// What was asked for and what came of it, for a log: never anything of a body.
    pub summary: String,
}

impl Answer {
    fn text(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            content_type: "text/plain; charset=utf-8",
            body: body.into(),
            summary: String::new(),
        }
    }
}

/// Why there is no server for a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MockError {
    /// No service has a port of SOAP or JSON.
    NoPorts,
    /// The types of the contract cannot be held against requests.
    Schema(String),
}

impl std::fmt::Display for MockError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoPorts => f.write_str("the input has no port of SOAP or of JSON to serve"),
            Self::Schema(reason) => write!(f, "requests cannot be checked: {reason}"),
        }
    }
}

impl std::error::Error for MockError {}

/// A port that is served.
#[derive(Debug)]
struct Endpoint {
    /// The path, without a slash at its end.
    path: String,
    binding: Id<Binding>,
    kind: Kind,
    /// The description of it and the documents that this refers to; the first is the description.
    documents: Vec<Document>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Soap(SoapVersion),
    Json,
}

/// A server without a network.
#[derive(Debug)]
pub struct Mock {
    contract: Contract,
    schema: Schema,
    endpoints: Vec<Endpoint>,
}

impl Mock {
    /// Serves all ports of SOAP and JSON. `address` is where: `http://127.0.0.1:8080`. A single port is
    /// at its root, others at `/Service`, or at `/Service/Port` where the service has several.
    ///
    /// # Errors
    ///
    /// If there is nothing to serve.
    pub fn new(contract: Contract, address: &str) -> Result<Self, MockError> {
        let schema = Schema::parse(&schema_text(&contract))
            .map_err(|error| MockError::Schema(error.to_string()))?;
        let mut endpoints = Vec::new();
        for service in &contract.services {
            for port in &service.ports {
                let kind = match contract.bindings[port.binding].protocol {
                    Protocol::Soap { version, .. } => Kind::Soap(version),
                    Protocol::Http {
                        content: HttpContent::Json,
                        ..
                    } => Kind::Json,
                    Protocol::Http { .. } | Protocol::Unknown => continue,
                };
                let path = match service.ports.as_slice() {
                    [_] => format!("/{}", service.name.local),
                    _ => format!("/{}/{}", service.name.local, port.name),
                };
                endpoints.push(Endpoint {
                    path,
                    binding: port.binding,
                    kind,
                    documents: Vec::new(),
                });
            }
        }
        match endpoints.as_mut_slice() {
            [] => return Err(MockError::NoPorts),
            [only] => only.path.clear(),
            _ => {}
        }
        documents::describe(&contract, address.trim_end_matches('/'), &mut endpoints);
        Ok(Self {
            contract,
            schema,
            endpoints,
        })
    }

    /// The paths that are served, each with what there is.
    #[must_use]
    pub fn paths(&self) -> Vec<(String, &'static str)> {
        let kind = |kind| match kind {
            Kind::Soap(SoapVersion::Soap11) => "SOAP 1.1, described by ?wsdl",
            Kind::Soap(SoapVersion::Soap12) => "SOAP 1.2, described by ?wsdl",
            Kind::Json => "JSON, described by ?openapi",
        };
        let paths = self.endpoints.iter();
        paths
            .map(|endpoint| (format!("{}/", endpoint.path), kind(endpoint.kind)))
            .collect()
    }

    /// The answer to a request.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Answer {
        let (path, query) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        let mut answer = match documents::asked_for(&self.endpoints, path, query) {
            Some(document) if request.method == "GET" => document,
            _ => self.call(request, path),
        };
        let outcome = std::mem::take(&mut answer.summary);
        // A line of a log is no place for what steers a terminal.
        let (method, path) = (request.method.escape_debug(), path.escape_debug());
        answer.summary = format!("{method} {path} -> {} {outcome}", answer.status);
        answer.summary.truncate(answer.summary.trim_end().len());
        answer
    }

    fn call(&self, request: &Request, path: &str) -> Answer {
        let trimmed = path.trim_end_matches('/');
        for endpoint in &self.endpoints {
            match endpoint.kind {
                Kind::Soap(version) if endpoint.path == trimmed => {
                    return soap::answer(self, endpoint, version, request);
                }
                Kind::Json => {
                    if let Some(rest) = path.strip_prefix(endpoint.path.as_str())
                        && (rest.is_empty() || rest.starts_with('/'))
                    {
                        return json::answer(self, endpoint, request, rest);
                    }
                }
                Kind::Soap(_) => {}
            }
        }
        let known: Vec<String> = { self.paths().into_iter() }
            .map(|(path, what)| format!("{path}  {what}"))
            .collect();
        Answer::text(
            404,
            format!("nothing is served here; there is\n{}\n", known.join("\n")),
        )
    }
}
