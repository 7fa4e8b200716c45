//! Why a call gave no response.

use std::error::Error as StdError;
use std::fmt;

use crate::body::Body;
use crate::check::CheckError;
use crate::fault::{Code, Fault, FaultCode, NoDetail};
use crate::given_fields::GivenFields;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::transport::{TransportError, TransportErrorKind};
use crate::types::QName;
use crate::xml::WriteError;

/// Why a call gave no response.
///
/// `C` are the codes and `D` the details with which the service refuses.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<C = Code, D = NoDetail> {
    /// The request cannot be sent as it is. Nothing was sent.
    Request(RequestError),
    /// No complete answer came.
    Transport(TransportError),
    /// An answer with an HTTP status that is no success, and nothing in it that the contract knows.
    Http(Box<HttpError>),
    /// The service refused.
    Fault(Box<Fault<C, D>>),
    /// The answer is not what the contract promises.
    Read(Box<ResponseError>),
    /// The answer is larger, deeper or otherwise more than the [`Limits`](crate::Limits) allow.
    Limit(LimitError),
}

impl<C, D> Error<C, D> {
    /// The refusal, if that is what happened.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault<C, D>> {
        match self {
            Self::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// The HTTP status, if an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Http(error) => Some(error.status),
            Self::Fault(fault) => Some(fault.status),
            Self::Read(error) => Some(error.status),
            Self::Limit(error) => error.status,
            Self::Request(_) | Self::Transport(_) => None,
        }
    }

    /// Whether no complete answer came in time. The service may have done the work all the same.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// The name of the variant, for logs.
    pub(crate) fn outcome(&self) -> &'static str {
        match self {
            Self::Request(_) => "request",
            Self::Transport(error) if error.is_timeout() => "timeout",
            Self::Transport(_) => "transport",
            Self::Http(_) => "http",
            Self::Fault(_) => "fault",
            Self::Read(_) => "read",
            Self::Limit(_) => "limit",
        }
    }
}

impl<C: FaultCode, D> fmt::Display for Error<C, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Http(error) => error.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
            Self::Read(error) => error.fmt(f),
            Self::Limit(error) => error.fmt(f),
        }
    }
}

impl<C: FaultCode, D: fmt::Debug> StdError for Error<C, D> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Http(error) => error.source(),
            Self::Read(error) => error.source(),
            Self::Fault(_) | Self::Limit(_) => None,
        }
    }
}

impl<C, D> From<RequestError> for Error<C, D> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<C, D> From<TransportError> for Error<C, D> {
    fn from(error: TransportError) -> Self {
        match error.kind() {
            TransportErrorKind::BodyLimit(limit) => Self::Limit(LimitError::of_body(limit)),
            _ => Self::Transport(error),
        }
    }
}

/// Why a request cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    operation: &'static str,
    kind: RequestErrorKind,
}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// Values are against the contract. [`Call::unchecked`](crate::Call::unchecked) sends them all
    /// the same.
    Check(Vec<CheckError>),
    /// The request holds what XML cannot hold.
    Write(WriteError),
    /// A header that the operation declares is not set on the port, nor for the call.
    MissingHeader(String),
    /// The call was given a SOAP header block that the operation does not declare.
    UndeclaredHeader(String),
    /// The SOAP action is unknown, or cannot be sent.
    Action(String),
    /// The port's address cannot be called.
    Address(String),
    /// An HTTP header field cannot be sent.
    HttpHeader {
        /// Its name.
        name: String,
        /// Why.
        reason: &'static str,
    },
    /// An attachment cannot be sent.
    Attachment {
        /// Its Content-ID.
        content_id: String,
        /// Why.
        reason: &'static str,
    },
    /// What would be sent is not valid by the schema; only of ports that are
    /// [validating](crate::Port::validating).
    #[cfg(feature = "validation")]
    Invalid(crate::validation::Violations),
    /// The message cannot be sent or read item by item. Holds why.
    Stream(&'static str),
    /// A field of the request does not fit into the path, the query or an HTTP header.
    Parameter {
        /// Its wire name.
        name: String,
        /// Why.
        reason: &'static str,
    },
}

impl RequestError {
    pub(crate) fn new(operation: &'static str, kind: RequestErrorKind) -> Self {
        Self { operation, kind }
    }

    /// The operation that was to be called.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &RequestErrorKind {
        &self.kind
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not sent: ", self.operation)?;
        match &self.kind {
            RequestErrorKind::Check(errors) => {
                for (index, error) in errors.iter().enumerate() {
                    f.write_str(if index > 0 { "; " } else { "" })?;
                    error.fmt(f)?;
                }
                Ok(())
            }
            RequestErrorKind::Write(error) => error.fmt(f),
            RequestErrorKind::MissingHeader(name) => write!(f, "the header {name} is not set"),
            RequestErrorKind::UndeclaredHeader(name) => {
                write!(f, "the operation declares no header block {name}")
            }
            RequestErrorKind::Action(reason) | RequestErrorKind::Address(reason) => {
                f.write_str(reason)
            }
            RequestErrorKind::Stream(reason) => f.write_str(reason),
            RequestErrorKind::HttpHeader { name, reason } => {
                write!(f, "the HTTP header {name} {reason}")
            }
            RequestErrorKind::Attachment { content_id, reason } => {
                write!(f, "the attachment `{content_id}` {reason}")
            }
            RequestErrorKind::Parameter { name, reason } => write!(f, "{name} {reason}"),
            #[cfg(feature = "validation")]
            RequestErrorKind::Invalid(violations) => violations.fmt(f),
        }
    }
}

impl StdError for RequestError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.kind {
            RequestErrorKind::Check(errors) => {
                errors.first().map(|e| e as &(dyn StdError + 'static))
            }
            RequestErrorKind::Write(error) => Some(error),
            #[cfg(feature = "validation")]
            RequestErrorKind::Invalid(violations) => Some(violations),
            _ => None,
        }
    }
}

/// An answer with an HTTP status that is no success, and nothing in it that the contract knows.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpError {
    /// The HTTP status.
    pub status: u16,
    /// The media type, if the server says.
    pub content_type: Option<String>,
    /// The body of the answer.
    pub body: Body,
    /// Why the body is not the one that the contract declares for the status, if it declares one.
    pub cause: Option<ReadError>,
}

impl fmt::Debug for HttpError {
    /// Leaves out what is not there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        GivenFields::new(f, "HttpError")
            .field("status", &self.status)
            .option("content_type", self.content_type.as_ref())
            .option("cause", self.cause.as_ref())
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server answered with HTTP status {}", self.status)?;
        if matches!(self.status, 301..=303 | 307 | 308) {
            f.write_str(", a redirect, which is not followed")?;
        }
        if let Some(cause) = &self.cause {
            return write!(f, ", whose body cannot be read: {cause}");
        }
        match (&self.content_type, self.body.length()) {
            (_, 0) => f.write_str(" and no body"),
            (Some(media), _) => write!(f, " and {media}: {}", self.body.excerpt()),
            (None, _) => write!(f, ": {}", self.body.excerpt()),
        }
    }
}

impl StdError for HttpError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_ref().map(|e| e as &(dyn StdError + 'static))
    }
}

/// An answer that is not what the contract promises.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseError {
    /// What is wrong with it.
    pub kind: ResponseErrorKind,
    /// The HTTP status.
    pub status: u16,
    /// The media type, if the server says.
    pub content_type: Option<String>,
    /// The body of the answer.
    pub body: Body,
}

/// What is wrong with an answer, or with another message that came.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseErrorKind {
    /// It cannot be read.
    Read(ReadError),
    /// It is no SOAP envelope. Holds what the document is.
    NotAnEnvelope(String),
    /// It is an envelope of a SOAP version that nobody knows. Holds its namespace.
    VersionMismatch(String),
    /// It has a header block that must be understood, and is not.
    NotUnderstood(QName),
    /// The envelope's body holds something else.
    OtherBody {
        /// The element that the contract promises.
        expected: QName,
        /// The elements that are there.
        found: Vec<QName>,
    },
    /// The content coding is unknown or broken.
    Coding(String),
    /// It is not valid by the schema; only of ports that are
    /// [validating](crate::Port::validating).
    #[cfg(feature = "validation")]
    Invalid(crate::validation::Violations),
    /// It has several parts (`multipart/related`), and they cannot be told apart or read.
    Multipart(String),
}

impl fmt::Debug for ResponseError {
    /// Leaves out what is not there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        GivenFields::new(f, "ResponseError")
            .field("kind", &self.kind)
            .field("status", &self.status)
            .option("content_type", self.content_type.as_ref())
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the answer (HTTP status {}) cannot be used: ",
            self.status
        )?;
        self.kind.fmt(f)
    }
}

impl StdError for ResponseError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.kind.cause()
    }
}

impl ResponseErrorKind {
    /// The error that it is made of, if it is.
    pub(crate) fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for ResponseErrorKind {
    /// What is wrong with "it", the message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::NotAnEnvelope(found) => write!(f, "{found} is no SOAP envelope"),
            Self::VersionMismatch(namespace) => {
                write!(
                    f,
                    "no SOAP version has envelopes in the namespace `{namespace}`"
                )
            }
            Self::NotUnderstood(name) => {
                write!(
                    f,
                    "its header block {} must be understood, and is not",
                    Full(name)
                )
            }
            Self::OtherBody { expected, found } => {
                write!(f, "its body should hold {} and holds ", Full(expected))?;
                match found.as_slice() {
                    [] => f.write_str("nothing"),
                    [first, rest @ ..] => {
                        write!(f, "{}", Full(first))?;
                        rest.iter()
                            .try_for_each(|name| write!(f, ", {}", Full(name)))
                    }
                }
            }
            Self::Coding(reason) => f.write_str(reason),
            #[cfg(feature = "validation")]
            Self::Invalid(violations) => violations.fmt(f),
            Self::Multipart(reason) => write!(f, "it {reason}"),
        }
    }
}

/// A name with its namespace, for messages.
struct Full<'a>(&'a QName);

impl fmt::Display for Full<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.namespace.is_empty() {
            return write!(f, "`{}`", self.0.local);
        }
        write!(f, "`{}` in `{}`", self.0.local, self.0.namespace)
    }
}

/// An answer that is more than a limit allows.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitError {
    /// The field of [`Limits`](crate::Limits).
    pub name: &'static str,
    /// Its value.
    pub limit: usize,
    /// Where in the answer. Empty where the answer as a whole is meant.
    pub path: String,
    /// The HTTP status, if the answer got that far.
    pub status: Option<u16>,
}

impl LimitError {
    pub(crate) fn of_body(limit: usize) -> Self {
        Self {
            name: "body",
            limit,
            path: String::new(),
            status: None,
        }
    }

    /// The same of a message that is no answer.
    pub(crate) fn into_read_error(self) -> ReadError {
        let Self {
            name, limit, path, ..
        } = self;
        ReadError::new(ReadErrorKind::Limit { name, limit }, path, None)
    }

    /// The limit that `error` is about, if it is about one.
    pub(crate) fn of_read(error: &ReadError, status: u16) -> Option<Self> {
        let &ReadErrorKind::Limit { name, limit } = error.kind() else {
            return None;
        };
        Some(Self {
            name,
            limit,
            path: error.path().to_owned(),
            status: Some(status),
        })
    }
}

impl fmt::Debug for LimitError {
    /// Leaves out what is not there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        GivenFields::new(f, "LimitError")
            .field("name", &self.name)
            .field("limit", &self.limit)
            .text("path", &self.path)
            .option("status", self.status.as_ref())
            .finish()
    }
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(
            f,
            "the answer is more than the limit `{}` of {} allows",
            self.name, self.limit
        )
    }
}

impl StdError for LimitError {}
