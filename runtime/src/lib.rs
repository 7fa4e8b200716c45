//! Runtime of the clients that Castile generates.
//!
//! Generated code states facts in const tables ([`wire::Shape`]) and lists the fields of each
//! record; the codecs here interpret them: [`xml`] and [`json`] readers and writers, and a checker
//! of limits. [`types`] holds the built-in types, exact to the digit.
//!
//! A [`Port`] is a service at an address; it makes a [`Call`] of an operation, which goes through a
//! [`transport`] and comes back as the response or an [`Error`]. The core does no input or output:
//! [`Call::request`] makes an HTTP request, and [`Port::read_response`] reads the answer.
//!
//! # Features
//!
//! | Feature | Brings |
//! |---|---|
//! | `reqwest`, on unless switched off | `transport::Reqwest`: asynchronous calls on tokio |
//! | `ureq` | `transport::Ureq`: blocking calls |
//! | `tower` | `transport::Tower`: asynchronous calls through any `tower::Service` |
//! | `gzip`, on unless switched off | compressed answers; without it they are refused |
//! | `tracing`, on unless switched off | a span for each call: `castile.call` |
//! | `wsse` | `UsernameToken`: WS-Security, with the password as text or as digest |
//! | `validation` | `validation`: documents and values by the letter of a schema |

mod answer;
mod any_element;
mod auth;
mod binding;
mod body;
mod call;
mod check;
mod choice;
mod complex;
mod content_coding;
mod enumeration;
mod error;
mod example;
mod fault;
mod given_fields;
mod http_address;
mod http_json;
mod http_message;
mod http_parameters;
mod http_request;
pub mod json;
mod judge;
mod limits;
mod mapping;
mod mime;
mod operation;
mod percent;
mod polymorphic;
mod port;
mod read_error;
mod receive;
mod record;
mod redaction;
mod shape;
mod simple;
mod slot;
mod soap;
mod soap_heads;
#[cfg(test)]
mod specimens;
pub mod stream;
mod trace;
pub mod transport;
pub mod types;
#[cfg(feature = "validation")]
pub mod validation;
mod value;
pub mod wire;
pub mod with;
#[cfg(feature = "wsse")]
mod wsse;
pub mod xml;

pub use any_element::{AnyAttribute, AnyAttributes, AnyElement, AnyNode};
pub use binding::{Actions, HeaderBlock, Repetition};
pub use body::Body;
pub use call::{Call, CallWithHeaders, Outcome, OutcomeWithHeaders, WithHeaders, read_response};
pub use check::{CheckError, CheckErrorKind};
pub use error::{
    Error, HttpError, LimitError, RequestError, RequestErrorKind, ResponseError, ResponseErrorKind,
};
pub use fault::{Code, Fault, FaultCode, FaultDetail, NoDetail, Reason, Rejection};
pub use limits::Limits;
pub use mime::Attachment;
pub use operation::{Operation, ResponseHeaders};
pub use port::Port;
pub use read_error::{Position, ReadError, ReadErrorKind};
pub use receive::{Blame, receive, refuse, respond};
pub use transport::{TransportError, TransportErrorKind};
pub use types::{
    Base64Binary, Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth,
    HexBinary, Integer, List, Nillable, ParseError, QName, Secret, Time,
};
#[cfg(feature = "wsse")]
pub use wsse::{Stamp, UsernameToken};
