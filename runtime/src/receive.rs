//! Messages that a service sends of its own (WSDL 1.1 §2.4.3, §2.4.4): read, and answered.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};

use crate::binding::{Binding, Protocol, Version};
use crate::call::{self, Refusal, Terms};
use crate::check::Checker;
use crate::complex::Record;
use crate::error::{Error, RequestError, RequestErrorKind, ResponseErrorKind};
use crate::judge::Judge;
use crate::limits::Limits;
use crate::operation::Operation;
use crate::redaction::Secrets;
use crate::soap;
use crate::types::{QName, Secret};
use crate::xml::Writer;

/// The operation as its receiver sees it: the request is what comes.
struct Received<O>(PhantomData<fn() -> O>);

impl<O: Operation> Operation for Received<O> {
    type Request = ();
    type Response = O::Request;
    type Code = O::Code;
    type Detail = O::Detail;

    const BINDING: &'static Binding = &O::BINDING.received();
}

/// Reads a message of an operation that the service begins (a notification or a solicit-response),
/// from the HTTP request that carries it, within the default limits. A [`Receiver`] has others.
///
/// # Errors
/// When it is none of the operation's messages, for example because another operation's came.
pub fn receive<O: Operation>(request: Request<Bytes>) -> Result<O::Request, ReceiveError> {
    Receiver::new().receive::<O>(request)
}

/// How a server reads messages that a service sends: limits, and what must not show in errors.
///
/// ```
/// use castile::{Limits, Receiver, Secret};
///
/// let receiver = Receiver::new()
///     .limits(Limits::strict())
///     .secret(&Secret::new("token of the callback"));
/// # let _ = receiver;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Receiver {
    limits: Limits,
    secrets: Secrets,
    judge: Judge,
}

impl Receiver {
    /// The default limits, and no secrets.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How much of a message is read before it is refused.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What errors never show, wherever in a message it stands: a password or token that the service
    /// sends. One of less than four characters is not looked for.
    #[must_use]
    pub fn secret(mut self, secret: &Secret) -> Self {
        self.secrets.add(secret.expose());
        self
    }

    /// Holds the bodies of SOAP messages against a schema before they are given out, as
    /// [`Port::validating`](crate::Port::validating) does.
    #[cfg(feature = "validation")]
    #[must_use]
    pub fn validating(mut self, schema: &'static crate::validation::Schema) -> Self {
        self.judge = Judge::by(schema);
        self
    }

    /// Reads a message of an operation that the service begins, from the HTTP request that carries it.
    ///
    /// # Errors
    /// When it is none of the operation's messages, or more than the limits allow.
    pub fn receive<O: Operation>(
        &self,
        request: Request<Bytes>,
    ) -> Result<O::Request, ReceiveError> {
        let (parts, body) = request.into_parts();
        let mut message = Response::new(body);
        *message.headers_mut() = parts.headers;
        let terms = Terms {
            limits: &self.limits,
            judge: self.judge,
        };
        let read = call::read::<Received<O>>(message, terms, &self.secrets, None);
        read.map_err(ReceiveError::new::<O>)
    }
}

/// A message that came is none of the operation's, or more than the limits allow.
///
/// The message itself is not kept: it may hold passwords that nobody knows beforehand.
/// [`refuse`] tells the sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiveError {
    operation: &'static str,
    kind: ResponseErrorKind,
}

impl ReceiveError {
    fn new<O: Operation>(error: Refusal<O>) -> Self {
        let binding = O::BINDING;
        let kind = match error {
            Error::Read(error) => error.kind,
            Error::Limit(error) => ResponseErrorKind::Read(error.into_read_error()),
            refusal => {
                let expected = binding.request.first();
                let fault = QName::new(version(binding).namespace(), "Fault");
                ResponseErrorKind::OtherBody {
                    expected: expected.map_or_else(QName::default, |name| {
                        QName::new(name.namespace, name.local)
                    }),
                    // Of the others, which are of calls, there is none here.
                    found: refusal.fault().map(|_| fault).into_iter().collect(),
                }
            }
        };
        Self {
            operation: binding.operation,
            kind,
        }
    }

    /// The operation whose message it was to be.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What is wrong with the message. A limit is a [`ReadErrorKind::Limit`](crate::ReadErrorKind).
    #[must_use]
    pub fn kind(&self) -> &ResponseErrorKind {
        &self.kind
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, kind } = self;
        write!(f, "the message for {operation} cannot be used: {kind}")
    }
}

impl std::error::Error for ReceiveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.kind.cause()
    }
}

/// The HTTP response to a message that [`receive`] has read: an envelope with the answer, or 202
/// without a body where the operation has none.
///
/// # Errors
/// When the answer is against the contract's limits and rules, or cannot be written.
pub fn respond<O: Operation>(answer: &O::Response) -> Result<Response<Bytes>, RequestError> {
    let binding = O::BINDING;
    let failed = |kind| RequestError::new(binding.operation, kind);
    if binding.one_way {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::ACCEPTED;
        return Ok(response);
    }
    let mut checker = Checker::new();
    answer.write_content(&mut checker);
    let errors = Secrets::default().extend(checker);
    if !errors.is_empty() {
        return Err(failed(RequestErrorKind::Check(errors)));
    }
    let version = version(binding);
    let parts = binding
        .encoded
        .map(|encoded| (encoded.encoding, encoded.response));
    let envelope = soap::message(version, binding.response, parts, answer);
    let envelope = envelope.and_then(Writer::finish_octets);
    let envelope = envelope.map_err(|error| failed(RequestErrorKind::Write(error)))?;
    Ok(enveloped(version, StatusCode::OK, envelope))
}

/// Who is to blame for a refusal (SOAP 1.1 §4.4.1, SOAP 1.2 Part 1 §5.4.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The message was wrong: `Client`, in SOAP 1.2 `Sender`.
    Sender,
    /// It could not be dealt with now: `Server`, in SOAP 1.2 `Receiver`.
    Receiver,
}

/// The HTTP response that refuses a message: a SOAP fault.
#[must_use]
pub fn refuse<O: Operation>(blame: Blame, reason: impl fmt::Display) -> Response<Bytes> {
    let version = version(O::BINDING);
    let envelope = soap::refusal(version, blame, &reason.to_string());
    let status = match (version, blame) {
        // SOAP 1.2 Part 2 §7.4.2, table 20; in 1.1 every fault is a 500 (§6.2).
        (Version::Soap12, Blame::Sender) => StatusCode::BAD_REQUEST,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    enveloped(version, status, envelope)
}

fn version(binding: &Binding) -> Version {
    match binding.protocol {
        Protocol::Soap(version, _) => version,
        Protocol::Json { .. } | Protocol::Http { .. } => Version::Soap11,
    }
}

fn enveloped(version: Version, status: StatusCode, envelope: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(envelope.into());
    *response.status_mut() = status;
    let media = HeaderValue::from_static(match version {
        Version::Soap11 => "text/xml; charset=utf-8",
        Version::Soap12 => "application/soap+xml; charset=utf-8",
    });
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}
