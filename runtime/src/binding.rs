//! What a binding says about an operation: protocol, address template, action, header blocks,
//! wrapper elements.

use std::fmt;
use std::marker::PhantomData;

use crate::complex::ComplexType;
use crate::shape::Shape;
use crate::soap::{Encoded, Encoding, Member};

/// The facts of one operation's binding, built in a constant by generated code.
#[derive(Debug)]
pub struct Binding {
    pub(crate) service: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) protocol: Protocol,
    pub(crate) headers: &'static [Header],
    pub(crate) http_headers: &'static [&'static str],
    pub(crate) request: &'static [Name],
    pub(crate) response: &'static [Name],
    pub(crate) encoded: Option<Encoded>,
    pub(crate) response_headers: &'static Shape,
    pub(crate) one_way: bool,
    pub(crate) mtom: bool,
    pub(crate) repetition: Repetition,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Protocol {
    Soap(Version, Action),
    Json {
        method: Method,
        path: &'static str,
        statuses: &'static [Status],
    },
    Http {
        method: Method,
        path: &'static str,
        body: HttpBody,
        answer: HttpAnswer,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HttpBody {
    Form,
    Xml,
}

/// What an operation of WSDL's HTTP binding answers with (WSDL 1.1 §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpAnswer {
    /// `mime:mimeXml`: a document of the response's element.
    Xml,
    /// `mime:content` of text: the first field of the response is the text.
    Text,
    /// Any other `mime:content`: the first field of the response is an
    /// [`Attachment`](crate::Attachment).
    Octets,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    Soap11,
    Soap12,
}

impl Binding {
    const fn new(service: &'static str, operation: &'static str, protocol: Protocol) -> Self {
        Self {
            service,
            operation,
            protocol,
            headers: &[],
            http_headers: &[],
            request: &[],
            response: &[],
            encoded: None,
            response_headers: <() as ComplexType>::SHAPE,
            one_way: false,
            mtom: false,
            repetition: Repetition::Once,
        }
    }

    /// An operation over SOAP 1.1.
    #[must_use]
    pub const fn soap11(service: &'static str, operation: &'static str, action: Action) -> Self {
        Self::new(service, operation, Protocol::Soap(Version::Soap11, action))
    }

    /// An operation over SOAP 1.2.
    #[must_use]
    pub const fn soap12(service: &'static str, operation: &'static str, action: Action) -> Self {
        Self::new(service, operation, Protocol::Soap(Version::Soap12, action))
    }

    /// An operation that exchanges JSON. `path` is added to the port's address; `{name}` in it
    /// stands for the request's field of that wire name, which the table says is `in_path`.
    #[must_use]
    pub const fn json(
        service: &'static str,
        operation: &'static str,
        method: Method,
        path: &'static str,
    ) -> Self {
        Self::new(
            service,
            operation,
            Protocol::Json {
                method,
                path,
                statuses: &[],
            },
        )
    }

    /// An operation of the HTTP binding of WSDL 1.1 (§4). `path` is added to the port's address; the
    /// fields that it names as `{name}` go into it, all others into the query, or, where the method has
    /// a body, into a form. The answer is XML.
    #[must_use]
    pub const fn http(
        service: &'static str,
        operation: &'static str,
        method: Method,
        path: &'static str,
    ) -> Self {
        let protocol = Protocol::Http {
            method,
            path,
            body: HttpBody::Form,
            answer: HttpAnswer::Xml,
        };
        Self::new(service, operation, protocol)
    }

    /// The request is an XML document, and no form. Without effect on other bindings than
    /// [`Binding::http`].
    #[must_use]
    pub const fn xml_body(mut self) -> Self {
        if let Protocol::Http { body, .. } = &mut self.protocol {
            *body = HttpBody::Xml;
        }
        self
    }

    /// What the answer is, if not XML. Without effect on other bindings than [`Binding::http`].
    #[must_use]
    pub const fn answer(mut self, given: HttpAnswer) -> Self {
        if let Protocol::Http { answer, .. } = &mut self.protocol {
            *answer = given;
        }
        self
    }

    /// The header blocks, in the order in which they are sent.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [Header]) -> Self {
        self.headers = headers;
        self
    }

    /// The HTTP header fields that the caller must have set on the port.
    #[must_use]
    pub const fn http_headers(mut self, names: &'static [&'static str]) -> Self {
        self.http_headers = names;
        self
    }

    /// The elements around the request's record, the outermost first; the last one holds the
    /// record. None: the body itself holds it.
    #[must_use]
    pub const fn request(mut self, path: &'static [Name]) -> Self {
        self.request = path;
        self
    }

    /// The elements around the response's record, as with [`Binding::request`].
    #[must_use]
    pub const fn response(mut self, path: &'static [Name]) -> Self {
        self.response = path;
        self
    }

    /// The messages are SOAP-encoded: the types, and the parts in the first element of request and
    /// response.
    #[must_use]
    pub const fn encoded(
        mut self,
        encoding: &'static Encoding,
        request: &'static [Member],
        response: &'static [Member],
    ) -> Self {
        self.encoded = Some(Encoded {
            encoding,
            request,
            response,
        });
        self
    }

    /// The table of the header blocks that responses may have. They are understood.
    #[must_use]
    pub const fn response_headers(mut self, headers: &'static Shape) -> Self {
        self.response_headers = headers;
        self
    }

    /// Which branch of the operation's detail is the body of which HTTP status. Without effect on
    /// SOAP.
    #[must_use]
    pub const fn statuses(mut self, statuses: &'static [Status]) -> Self {
        if let Protocol::Json { method, path, .. } = self.protocol {
            self.protocol = Protocol::Json {
                method,
                path,
                statuses,
            };
        }
        self
    }

    /// There is no response: any success will do, whatever it says.
    #[must_use]
    pub const fn one_way(mut self) -> Self {
        self.one_way = true;
        self
    }

    /// Requests must be sent by MTOM, as `wsoma:OptimizedMimeSerialization` says.
    #[must_use]
    pub const fn mtom(mut self) -> Self {
        self.mtom = true;
        self
    }

    /// The operation changes nothing.
    #[must_use]
    pub const fn safe(mut self) -> Self {
        self.repetition = Repetition::Safe;
        self
    }

    /// Doing it twice is as good as once.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.repetition = Repetition::Idempotent;
        self
    }

    /// Doing it twice is not as good as once, or nobody knows. The default.
    #[must_use]
    pub const fn once(mut self) -> Self {
        self.repetition = Repetition::Once;
        self
    }

    /// The binding as whoever receives the request sees it.
    pub(crate) const fn received(&self) -> Self {
        let mut received = Self::new(self.service, self.operation, self.protocol);
        received.response = self.request;
        if let Some(encoded) = self.encoded {
            received.encoded = Some(Encoded {
                encoding: encoded.encoding,
                request: &[],
                response: encoded.request,
            });
        }
        received
    }

    /// The name of the service.
    #[must_use]
    pub const fn service_name(&self) -> &'static str {
        self.service
    }

    /// The name of the operation.
    #[must_use]
    pub const fn operation_name(&self) -> &'static str {
        self.operation
    }

    /// Whether the operation may be sent again when nobody knows whether it arrived.
    #[must_use]
    pub const fn repetition(&self) -> Repetition {
        self.repetition
    }
}

/// What repeating an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repetition {
    /// Harm, or nobody knows.
    Once,
    /// Nothing more than the first time.
    Idempotent,
    /// Nothing: the operation only reads.
    Safe,
}

/// Where the SOAP action of an operation is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The contract does not say: the caller gives it with [`Port::actions`](crate::Port::actions).
    Client,
    /// The contract says.
    Fixed(&'static str),
    /// The contract says that there is none.
    Empty,
}

/// The name of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Empty: no namespace.
    pub namespace: &'static str,
    /// The name without a prefix.
    pub local: &'static str,
}

impl Name {
    /// `local` in `namespace`.
    #[must_use]
    pub const fn new(namespace: &'static str, local: &'static str) -> Self {
        Self { namespace, local }
    }
}

/// A header block that an operation declares.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    pub(crate) name: Name,
    pub(crate) required: bool,
}

impl Header {
    /// A required header block.
    #[must_use]
    pub const fn new(namespace: &'static str, local: &'static str) -> Self {
        Self {
            name: Name::new(namespace, local),
            required: true,
        }
    }

    /// It is sent when the caller has set it, and not missed otherwise.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }
}

/// A SOAP header block that a contract declares: its element, and the type of its value.
///
/// Generated clients have a constant for each, which [`Call::header`](crate::Call::header) takes.
pub struct HeaderBlock<V> {
    name: Name,
    value: PhantomData<fn() -> V>,
}

impl<V> HeaderBlock<V> {
    /// The block of the element `local` in `namespace`.
    #[must_use]
    pub const fn new(namespace: &'static str, local: &'static str) -> Self {
        Self {
            name: Name::new(namespace, local),
            value: PhantomData,
        }
    }

    /// The element.
    #[must_use]
    pub const fn name(&self) -> Name {
        self.name
    }
}

impl<V> Clone for HeaderBlock<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for HeaderBlock<V> {}

impl<V> fmt::Debug for HeaderBlock<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// The HTTP method of an operation without SOAP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`, sent without a body where the record has nothing for it.
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`, sent without a body where the record has nothing for it.
    Delete,
}

/// The body that comes with an HTTP status.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    pub(crate) code: u16,
    pub(crate) branch: usize,
}

impl Status {
    /// The body of `code` is the branch of this number.
    #[must_use]
    pub const fn new(code: u16, branch: usize) -> Self {
        Self { code, branch }
    }
}

/// The SOAP actions of a service whose contract does not say them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actions(String);

impl Actions {
    /// Actions made by a pattern, in which `{namespace}`, `{service}` and `{operation}` stand for
    /// the operation's own. `{namespace}` is that of the request's element.
    #[must_use]
    pub fn pattern(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }

    /// The action of an operation, or what of the pattern stands for nothing.
    pub(crate) fn action(&self, binding: &Binding) -> Result<String, String> {
        let namespace = binding.request.first().map_or("", |name| name.namespace);
        let mut action = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            action.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            action.push_str(match name {
                "namespace" => namespace,
                "service" => binding.service,
                "operation" => binding.operation,
                _ => return Err(format!("{{{name}}}")),
            });
            rest = after;
        }
        action.push_str(rest);
        Ok(action)
    }
}

impl<S: Into<String>> From<S> for Actions {
    fn from(pattern: S) -> Self {
        Self::pattern(pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAY: Binding =
        Binding::soap11("Payment", "Pay", Action::Client).request(&[Name::new("urn:pay", "Pay")]);

    #[test]
    fn a_pattern_names_its_parts() {
        let actions = Actions::from("{namespace}/I{service}/{operation}");
        assert_eq!(actions.action(&PAY).unwrap(), "urn:pay/IPayment/Pay");
        assert_eq!(Actions::from("").action(&PAY).unwrap(), "");
    }

    #[test]
    fn a_pattern_with_an_unknown_part_is_refused() {
        assert_eq!(
            Actions::from("{host}/x").action(&PAY).unwrap_err(),
            "{host}"
        );
        assert_eq!(Actions::from("{service").action(&PAY).unwrap(), "Payment");
        assert_eq!(Actions::from("a{").action(&PAY).unwrap_err(), "{}");
    }
}
