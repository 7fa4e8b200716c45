//! Messages that a service sends of its own (WSDL 1.1 §2.4.3, §2.4.4): read, and answered.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};

use crate::binding::{Binding, Protocol, Version};
use crate::call::{Refusal, read_response};
use crate::check::Checker;
use crate::complex::Record;
use crate::error::{RequestError, RequestErrorKind};
use crate::operation::Operation;
use crate::redaction::Secrets;
use crate::soap;
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
/// from the HTTP request that carries it.
///
/// # Errors
/// [`Error::Read`](crate::Error::Read) when it is none of the operation's messages, for example
/// because another operation's came.
pub fn receive<O: Operation>(request: Request<Bytes>) -> Result<O::Request, Refusal<O>> {
    let (parts, body) = request.into_parts();
    let mut message = Response::new(body);
    *message.headers_mut() = parts.headers;
    read_response::<Received<O>>(message)
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
