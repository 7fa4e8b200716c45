//! Messages, port types, bindings and services (WSDL 1.1 §2), and their HTTP/JSON counterparts.

use super::arena::Id;
use super::component::{Annotation, ElementDeclaration};
use super::errors::ErrorModel;
use super::policy::Policy;
use super::provenance::Provenance;
use super::qname::QName;
use super::type_definition::TypeDefinition;
use crate::source::Span;

/// `wsdl:message`.
#[derive(Clone, Debug)]
pub struct Message {
    /// The name.
    pub name: QName,
    /// Whether it is declared, not only referred to.
    pub declared: bool,
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// The policy of the message, whatever uses it.
    pub policy: Policy,
    /// Where it is declared.
    pub span: Span,
}

/// `wsdl:part`.
#[derive(Clone, Debug)]
pub struct Part {
    /// The name, unique in the message.
    pub name: String,
    /// The element or type.
    pub content: PartContent,
    /// Documentation and facts, among them the location of an HTTP parameter.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// What a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartContent {
    /// An element.
    Element(Id<ElementDeclaration>),
    /// A type; the binding says what element carries it.
    Type(Id<TypeDefinition>),
}

/// `wsdl:portType`.
#[derive(Clone, Debug)]
pub struct PortType {
    /// The name.
    pub name: QName,
    /// Whether it is declared, not only referred to.
    pub declared: bool,
    /// The operations, in order.
    pub operations: Vec<Operation>,
    /// The policy of all its bindings.
    pub policy: Policy,
    /// Documentation.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// `wsdl:operation` of a port type.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name; overloaded operations share it.
    pub name: String,
    /// Whether input or output comes first, and whether both are there.
    pub transmission: Transmission,
    /// `wsdl:input`.
    pub input: Option<MessageReference>,
    /// `wsdl:output`.
    pub output: Option<MessageReference>,
    /// `wsdl:fault`s.
    pub faults: Vec<MessageReference>,
    /// `parameterOrder`, for rpc style.
    pub parameter_order: Vec<String>,
    /// Faults beyond `wsdl:fault`: code catalogues, in-band errors, HTTP statuses.
    pub errors: ErrorModel,
    /// Whether a repetition does harm.
    pub idempotency: Idempotency,
    /// Sample messages.
    pub examples: Vec<Example>,
    /// The policy of all its messages.
    pub policy: Policy,
    /// Documentation.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// The transmission primitives of WSDL 1.1 §2.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transmission {
    /// Input only.
    OneWay,
    /// Input, then output.
    RequestResponse,
    /// Output, then input.
    SolicitResponse,
    /// Output only.
    Notification,
}

/// An `input`, `output` or `fault` of an operation.
#[derive(Clone, Debug)]
pub struct MessageReference {
    /// The name that bindings refer to; required for faults, elsewhere implied if not given
    /// (WSDL 1.1 §2.4.5).
    pub name: String,
    /// The message.
    pub message: Id<Message>,
    /// `wsaw:Action` or `wsam:Action`.
    pub addressing_action: Option<String>,
    /// The policy of the message in this operation.
    pub policy: Policy,
    /// Where it is said.
    pub span: Span,
}

/// What a repeated call does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Idempotency {
    /// Nobody says.
    #[default]
    Unknown,
    /// Changes nothing.
    Safe,
    /// Changes nothing the second time.
    Idempotent,
    /// Acts again, or fails.
    Once,
}

/// A sample message.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it shows, if said.
    pub title: Option<String>,
    /// Which message it is.
    pub direction: Direction,
    /// The text.
    pub text: String,
    /// Who shows it.
    pub provenance: Vec<Provenance>,
    /// Where it stands.
    pub span: Span,
}

/// The direction of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the service.
    Request,
    /// From the service.
    Response,
    /// From the service, with this HTTP status (0 if not said): an error.
    Error(u16),
}

/// `wsdl:binding`.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The name.
    pub name: QName,
    /// Whether it is declared, not only referred to.
    pub declared: bool,
    /// The port type.
    pub port_type: Id<PortType>,
    /// The protocol.
    pub protocol: Protocol,
    /// The bound operations, in order.
    pub operations: Vec<BindingOperation>,
    /// WS-Addressing and other extensions that this binding carries.
    pub extensions: Vec<Extension>,
    /// The policy of all messages of the binding.
    pub policy: Policy,
    /// How callers say who they are.
    pub authentication: Authentication,
    /// Documentation.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// What carries the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// `soap:binding`.
    Soap {
        /// 1.1 or 1.2.
        version: SoapVersion,
        /// The default style of its operations.
        style: Style,
        /// The `transport` URI.
        transport: String,
    },
    /// `http:binding`, or JSON over HTTP.
    Http {
        /// `GET`, `POST`, …: the default of its operations.
        method: String,
        /// How bodies are written.
        content: HttpContent,
    },
    /// A binding of an extension that is not known; reported, and no client is made.
    Unknown,
}

/// The SOAP version of a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SoapVersion {
    /// SOAP 1.1.
    Soap11,
    /// SOAP 1.2.
    Soap12,
}

/// `document` or `rpc`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// Parts are the body's children.
    #[default]
    Document,
    /// Parts stand in a wrapper named after the operation.
    Rpc,
}

/// The body of HTTP messages without an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HttpContent {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/xml`.
    Xml,
}

/// An operation of a binding.
#[derive(Clone, Debug)]
pub struct BindingOperation {
    /// The name of the port type's operation.
    pub name: String,
    /// The name of the `input`, which tells overloaded operations apart.
    pub input_name: Option<String>,
    /// The name of the `output`, likewise.
    pub output_name: Option<String>,
    /// The SOAP action.
    pub action: Action,
    /// The style, where it differs from the binding's.
    pub style: Option<Style>,
    /// Method and path template, of HTTP bindings: `/{customerId}/products`.
    pub http: Option<HttpOperation>,
    /// How the input is bound.
    pub input: MessageBinding,
    /// How the output is bound.
    pub output: MessageBinding,
    /// How the faults are bound.
    pub faults: Vec<FaultBinding>,
    /// Extensions that it carries.
    pub extensions: Vec<Extension>,
    /// The policy of all its messages.
    pub policy: Policy,
    /// Where it is declared.
    pub span: Span,
}

/// The SOAP action of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// None, or an empty one, is sent.
    #[default]
    Empty,
    /// This one.
    Known(String),
    /// Nobody knows: callers must say. `{namespace}`, `{service}` and `{operation}` stand for
    /// themselves in the candidates.
    Unknown {
        /// What it could be, likeliest first.
        candidates: Vec<String>,
    },
}

/// The methods of HTTP that operations of services use.
pub(crate) const HTTP_METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// Method and path of an HTTP operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpOperation {
    /// `GET`, `POST`, ….
    pub method: String,
    /// The path below the address, parameters in braces.
    pub path: String,
    /// How the request is written.
    pub content: HttpContent,
    /// What the answer is.
    pub answer: HttpAnswer,
}

/// What an operation of HTTP answers with (WSDL 1.1 §5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HttpAnswer {
    /// A document: of XML, or of JSON where the binding says so.
    #[default]
    Document,
    /// Text.
    Text,
    /// Octets of any other media type.
    Octets,
}

/// How one message is put on the wire.
#[derive(Clone, Debug, Default)]
pub struct MessageBinding {
    /// `soap:body`.
    pub body: Body,
    /// `soap:header`s, in order.
    pub headers: Vec<Header>,
    /// `mime:multipartRelated`: the parts that travel as attachments.
    pub attachments: Vec<Attachment>,
    /// The policy of the message.
    pub policy: Policy,
}

/// `soap:body`.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// `literal` or `encoded`.
    pub use_: Use,
    /// The parts of the body; `None` is all that are not bound elsewhere.
    pub parts: Option<Vec<String>>,
    /// The namespace of the rpc wrapper.
    pub namespace: Option<String>,
    /// `encodingStyle`.
    pub encoding_style: Option<String>,
    /// What names the parts; the `soap:body` where nothing does.
    pub span: Span,
}

/// `literal` or `encoded`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Use {
    /// As the schema says.
    #[default]
    Literal,
    /// By SOAP encoding.
    Encoded,
}

/// `soap:header`.
#[derive(Clone, Debug)]
pub struct Header {
    /// The message that has the part.
    pub message: Id<Message>,
    /// The name of the part.
    pub part: String,
    /// `literal` or `encoded`.
    pub use_: Use,
    /// The namespace of the block of a part that has a type.
    pub namespace: Option<String>,
    /// `wsdl:required`, or what a documentation page says.
    pub required: bool,
    /// `soap:headerfault`s: message and part.
    pub faults: Vec<(Id<Message>, String)>,
    /// Where it is said.
    pub span: Span,
}

/// `mime:content` of a multipart message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The message part.
    pub part: String,
    /// The media types allowed, `*/*` if none is said.
    pub media_types: Vec<String>,
}

/// `soap:fault`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultBinding {
    /// The name of the port type's fault.
    pub name: String,
    /// `literal` or `encoded`.
    pub use_: Use,
    /// The namespace of the child of `detail` of a part that has a type.
    pub namespace: Option<String>,
    /// The policy of the fault.
    pub policy: Policy,
}

/// An extensibility element that has no meaning of its own here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Its name.
    pub name: QName,
    /// `wsdl:required`.
    pub required: bool,
    /// Where it stands.
    pub span: Span,
}

/// How callers of a binding say who they are, beyond what its policies say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Authentication {
    /// HTTP headers sent with every call.
    pub http_headers: Vec<AuthenticationHeader>,
    /// Whether HTTP Basic is used.
    pub basic: bool,
}

/// An HTTP header with a value given by the caller once for all calls.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthenticationHeader {
    /// The header's name.
    pub name: String,
    /// What comes before the value: `GCS v1Client:`.
    pub prefix: String,
    /// The name of the value, as a caller knows it: `clientSessionId`.
    pub argument: String,
    /// Text, or a record as Base64 of its JSON.
    pub value: AuthenticationValue,
    /// Whether every call needs it.
    pub required: bool,
    /// Documentation and facts.
    pub annotation: Annotation,
    /// Where it is said.
    pub span: Span,
}

/// The value of an [`AuthenticationHeader`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthenticationValue {
    /// Text.
    Text,
    /// Base64 of the JSON of this type.
    Base64Json(Id<TypeDefinition>),
}

/// `wsdl:service`.
#[derive(Clone, Debug)]
pub struct Service {
    /// The name.
    pub name: QName,
    /// The ports, in order.
    pub ports: Vec<Port>,
    /// The policy of all its ports.
    pub policy: Policy,
    /// Documentation.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// `wsdl:port`.
#[derive(Clone, Debug)]
pub struct Port {
    /// The name.
    pub name: String,
    /// The binding.
    pub binding: Id<Binding>,
    /// Where it is served.
    pub addresses: Vec<Address>,
    /// The policy of the port.
    pub policy: Policy,
    /// Documentation.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// Where a port is served.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// `test`, `production`, …; `None` for the one address of a WSDL port.
    pub environment: Option<String>,
    /// The address; `None` if callers must say.
    pub location: Option<String>,
    /// Whether a witness on the wire has shown it.
    pub verified: bool,
    /// Who says so.
    pub provenance: Vec<Provenance>,
    /// Where it is said.
    pub span: Span,
}
