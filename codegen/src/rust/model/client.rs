//! Clients and operations.

use super::super::docs::Docs;
use super::super::names::Ident;
use super::{Argument, EncodedParts, Entry, ItemId, Rejection, Type};

/// A client.
#[derive(Clone, Debug)]
pub struct Client {
    /// The name.
    pub name: Ident,
    /// The service's name on the wire.
    pub service: String,
    /// Documentation, never empty.
    pub docs: Docs,
    /// The protocol.
    pub protocol: Protocol,
    /// The known addresses; `new` takes the first.
    pub addresses: Vec<Address>,
    /// The method for the other version of SOAP, where the contract has a port for it.
    pub other_version: Option<OtherVersion>,
    /// What the SOAP actions could be, where nobody knows them: `new` asks.
    pub unverified_actions: Option<Vec<String>>,
    /// How credentials are given.
    pub credentials: Option<Credentials>,
    /// Whether HTTP Basic is used.
    pub basic: bool,
    /// Values sent with every call.
    pub setters: Vec<Setter>,
    /// The header blocks that a single call may be given.
    pub blocks: Vec<HeaderConstant>,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// The protocol of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// SOAP 1.1.
    Soap11,
    /// SOAP 1.2.
    Soap12,
    /// JSON over HTTP.
    Json,
    /// Documents, forms and queries over HTTP.
    Http,
}

/// The method that turns a client to the other version of SOAP.
#[derive(Clone, Debug)]
pub struct OtherVersion {
    /// The version.
    pub protocol: Protocol,
    /// The constant of its address, where that is another one.
    pub address: Option<Ident>,
}

/// An address constant.
#[derive(Clone, Debug)]
pub struct Address {
    /// The name: `TEST`, `PRODUCTION`, `ADDRESS`.
    pub constant: Ident,
    /// The address.
    pub location: String,
    /// Documentation, never empty.
    pub docs: Docs,
}

/// A constant for a header block.
#[derive(Clone, Debug)]
pub struct HeaderConstant {
    /// The name: `SESSION`.
    pub constant: Ident,
    /// The element.
    pub name: QualifiedName,
    /// The type of its value.
    pub type_: Type,
    /// Documentation, never empty.
    pub docs: Docs,
}

/// How credentials are given.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// In two header blocks of text: user name and password.
    Headers {
        /// The element of the user name.
        username: QualifiedName,
        /// Whether the user name must not be shown either.
        secret_username: bool,
        /// The element of the password.
        password: QualifiedName,
    },
    /// As a record in the request.
    Body(Type),
}

/// A name on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QualifiedName {
    /// The namespace.
    pub namespace: String,
    /// The local name.
    pub local: String,
}

/// A method of a client that sets a value for every call.
#[derive(Clone, Debug)]
pub struct Setter {
    /// The name of method and argument.
    pub name: Ident,
    /// Documentation, never empty.
    pub docs: Docs,
    /// The argument.
    pub argument: Argument,
    /// What the value becomes.
    pub target: SetterTarget,
}

/// What the value of a [`Setter`] becomes.
#[derive(Clone, Debug)]
pub enum SetterTarget {
    /// A SOAP header block.
    Block(QualifiedName),
    /// An HTTP header of text.
    Http {
        /// The header.
        header: String,
        /// What comes before the value.
        prefix: String,
        /// Whether the value must not be shown.
        secret: bool,
    },
    /// An HTTP header of Base64 of JSON.
    HttpBase64Json {
        /// The header.
        header: String,
        /// Whether the value must not be shown.
        secret: bool,
    },
}

/// An operation: a marker type in `operations.rs` and a method of the client.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The marker.
    pub marker: Ident,
    /// The method.
    pub method: Ident,
    /// The name on the wire.
    pub wire_name: String,
    /// Whether requests are sent by MTOM.
    pub mtom: bool,
    /// Documentation, never empty.
    pub docs: Docs,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// The request.
    pub request: Message,
    /// The response.
    pub response: Message,
    /// The parts of its messages, where they are SOAP-encoded.
    pub encoded: Option<EncodedParts>,
    /// Whether no response is expected.
    pub one_way: bool,
    /// Whether the service sends the request: the client has no method for it.
    pub from_service: bool,
    /// The record of the header blocks that the response may have.
    pub response_headers: Option<ItemId>,
    /// The field of the request that the client's credentials fill.
    pub credentials: Option<Ident>,
    /// The SOAP action.
    pub action: Action,
    /// Method and path, for HTTP.
    pub http: Option<HttpOperation>,
    /// HTTP headers sent with it: name and whether it is required.
    pub http_headers: Vec<(String, bool)>,
    /// Header blocks and whether each is required.
    pub headers: Vec<(QualifiedName, bool)>,
    /// The type of its fault codes.
    pub code: Option<usize>,
    /// The type of the detail of its faults.
    pub detail: Option<Type>,
    /// Error bodies: status and branch of the detail.
    pub statuses: Vec<(u16, usize)>,
    /// Errors inside an ordinary response; the detail is then the response.
    pub in_band: Option<Rejection>,
    /// Whether a repetition does harm.
    pub idempotency: Idempotency,
    /// The list of the response that can be read item by item.
    pub streamed_response: Option<Streamed>,
    /// The list, or binary data, of the request that can be sent piece by piece.
    pub streamed_request: Option<Streamed>,
    /// Sample messages.
    pub examples: Vec<Example>,
}

/// An operation of HTTP without SOAP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpOperation {
    /// `GET`, `POST`, ….
    pub method: String,
    /// The path below the address, parameters in braces.
    pub path: String,
    /// Whether the request is an XML document.
    pub xml_body: bool,
    /// What the answer is.
    pub answer: HttpAnswer,
}

/// What an operation of HTTP answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpAnswer {
    /// A document.
    Document,
    /// Text.
    Text,
    /// Octets.
    Octets,
}

/// A request or response.
#[derive(Clone, Debug)]
pub struct Message {
    /// The record, or `()` for an empty body.
    pub type_: Type,
    /// The elements from the body to the record.
    pub path: Vec<QualifiedName>,
}

/// A list in a message whose items are read one by one.
#[derive(Clone, Debug)]
pub struct Streamed {
    /// The namespace of the table that has the list.
    pub namespace: String,
    /// The elements from the record of the message to the list.
    pub path: Vec<QualifiedName>,
    /// How the table sees the list.
    pub entry: Entry,
    /// The type of an item.
    pub item: Type,
    /// Whether it is no list, but binary data.
    pub octets: bool,
}

/// The SOAP action of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// None, or an empty one.
    Empty,
    /// This one.
    Fixed(String),
    /// The client's.
    Client,
}

/// Whether a repeated call does harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// Nobody says.
    Unknown,
    /// Changes nothing.
    Safe,
    /// Changes nothing the second time.
    Idempotent,
    /// Acts again, or fails.
    Once,
}

/// A sample message.
#[derive(Clone, Debug)]
pub struct Example {
    /// The name of the test that reads it.
    pub test: Ident,
    /// Which message it is.
    pub direction: Direction,
    /// The text.
    pub text: String,
}

/// The direction of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the service.
    Request,
    /// From the service.
    Response,
    /// From the service, with this HTTP status (0 if not said): an error.
    Error(u16),
}
