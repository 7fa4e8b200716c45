//! What the passes find out beside the contract itself.

use std::collections::{BTreeMap, BTreeSet};

use super::Keep;
use crate::contract::{
    Action, Address, Annotation, AttributeUse, Authentication, Content, Contract,
    ElementDeclaration, ErrorModel, Example, Extension, HttpContent, HttpOperation, Id,
    Idempotency, Particle, Policy, PortType, SoapVersion, TypeDefinition, Wildcard,
};
use crate::source::Span;

/// A contract in which every reference leads somewhere, every group reference is replaced by the
/// group, and every operation is joined with its binding.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The components.
    pub contract: Contract,
    /// One per port of each service that has a protocol with a client; per binding where no service
    /// names it.
    pub clients: Vec<Client>,
    /// What is kept beside what the clients reach.
    pub keep: Keep,
    /// The declarations that are generated of themselves.
    pub roots: Roots,
    /// The types that clients (without any: global declarations) reach, anonymous ones included.
    pub types: BTreeSet<Id<TypeDefinition>>,
    /// The global elements that clients (without any: all of them) reach.
    pub elements: BTreeSet<Id<ElementDeclaration>>,
    /// The types that are arrays of a SOAP encoding, and their items.
    pub arrays: BTreeMap<Id<TypeDefinition>, Id<ElementDeclaration>>,
    /// The named groups, by the references that they were put in the place of.
    pub(super) group_names: BTreeMap<Span, String>,
    pub(super) effective: BTreeMap<Id<TypeDefinition>, Effective>,
    pub(super) derived: BTreeMap<Id<TypeDefinition>, Vec<Id<TypeDefinition>>>,
    pub(super) substitutes: BTreeMap<Id<ElementDeclaration>, Vec<Id<ElementDeclaration>>>,
}

/// Global declarations that are generated of themselves, and not because a client reaches them.
#[derive(Clone, Debug, Default)]
pub struct Roots {
    /// Elements, also those that nobody declares but somebody refers to.
    pub elements: BTreeSet<Id<ElementDeclaration>>,
    /// Named types.
    pub types: BTreeSet<Id<TypeDefinition>>,
}

/// The whole content of a complex type, with what it inherits.
#[derive(Clone, Debug, Default)]
pub struct Effective {
    /// The attributes, the base's first; prohibited ones are gone.
    pub attributes: Vec<AttributeUse>,
    /// `xs:anyAttribute`.
    pub any_attribute: Option<Wildcard>,
    /// For an extension a sequence of the base's content and its own.
    pub content: Content,
    /// Whether text may stand between the elements.
    pub mixed: bool,
}

/// A port with its binding: what a caller gets as one client.
#[derive(Clone, Debug)]
pub struct Client {
    /// The service's name; the port type's where there is no service.
    pub name: String,
    /// The namespace of the service, binding or port type.
    pub namespace: String,
    /// The port's or binding's name, to tell several clients of one service apart.
    pub port: String,
    /// Whose operations they are.
    pub port_type: Id<PortType>,
    /// How messages travel.
    pub protocol: ClientProtocol,
    /// Where it is served; empty if nobody says.
    pub addresses: Vec<Address>,
    /// Further ports that differ in nothing but address and version of SOAP.
    pub alternatives: Vec<Alternative>,
    /// WS-Addressing markers and other extensions of the binding.
    pub extensions: Vec<Extension>,
    /// What all messages must keep to: the policies of service, port, port type and binding.
    pub policy: Policy,
    /// How callers say who they are.
    pub authentication: Authentication,
    /// The operations, in the order of the port type.
    pub calls: Vec<Call>,
    /// Of the service; of the port type where there is none.
    pub annotation: Annotation,
    /// The declaration of the port or binding.
    pub span: Span,
}

/// Another port of the operations of a [`Client`].
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Its name.
    pub port: String,
    /// How messages travel.
    pub protocol: ClientProtocol,
    /// Where it is served; empty if nobody says.
    pub addresses: Vec<Address>,
    /// As [`Client::policy`].
    pub policy: Policy,
}

/// The protocols that clients are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientProtocol {
    /// SOAP.
    Soap(SoapVersion),
    /// HTTP without an envelope.
    Http(HttpContent),
}

/// An operation with its binding.
#[derive(Clone, Debug)]
pub struct Call {
    /// The operation's name; overloaded ones share it.
    pub name: String,
    /// The words that, after the name, tell an overloaded operation from the others of its name.
    pub overload: Option<String>,
    /// Who sends the first message.
    pub initiator: Initiator,
    /// The SOAP action.
    pub action: Action,
    /// The action of WS-Addressing of the first message, where the contract says it.
    pub addressing_action: Option<String>,
    /// The extensions of the bound operation, as those of [`Client::extensions`].
    pub extensions: Vec<Extension>,
    /// What the messages of this operation must keep to besides [`Client::policy`].
    pub policy: Policy,
    /// What the first message must keep to besides.
    pub request_policy: Policy,
    /// What the second message must keep to besides.
    pub response_policy: Policy,
    /// Method and path, of HTTP operations.
    pub http: Option<HttpOperation>,
    /// Whether bodies are SOAP-encoded.
    pub encoded: bool,
    /// Whether a policy asks for MTOM.
    pub mtom: bool,
    /// The body of the first message: the `input`, or the `output` of an operation that the service
    /// begins.
    pub request: Payload,
    /// The body of the second message; empty where there is none.
    pub response: Payload,
    /// No response is expected.
    pub one_way: bool,
    /// Header blocks of the request.
    pub headers: Vec<HeaderBlock>,
    /// Header blocks of the response.
    pub response_headers: Vec<HeaderBlock>,
    /// Declared faults, then header faults: name and the child of `detail`, or of the header.
    pub faults: Vec<(String, Id<ElementDeclaration>)>,
    /// Failure beyond declared faults.
    pub errors: ErrorModel,
    /// Whether a repetition does harm.
    pub idempotency: Idempotency,
    /// Sample messages.
    pub examples: Vec<Example>,
    /// Of the operation.
    pub annotation: Annotation,
    /// The declaration of the operation.
    pub span: Span,
}

/// Who sends the first message of an operation (WSDL 1.1 §2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initiator {
    /// The client: one-way and request-response.
    Client,
    /// The service: notification and solicit-response. A client receives, and answers.
    Service,
}

/// What the body of a message holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Payload {
    /// Nothing.
    #[default]
    Empty,
    /// One element: a declared one, or one that `resolve::payload` made (the wrapper of rpc style).
    Element(Id<ElementDeclaration>),
    /// The content of a type, right in the body: the elements of several parts, or the type of a
    /// part of document style (WSDL 1.1 §3.5).
    Content(Id<TypeDefinition>),
}

impl Payload {
    /// The one element of the body.
    #[must_use]
    pub fn element(self) -> Option<Id<ElementDeclaration>> {
        match self {
            Self::Element(id) => Some(id),
            Self::Empty | Self::Content(_) => None,
        }
    }

    /// The type whose content is right in the body.
    #[must_use]
    pub fn content(self) -> Option<Id<TypeDefinition>> {
        match self {
            Self::Content(id) => Some(id),
            Self::Empty | Self::Element(_) => None,
        }
    }
}

/// A header block of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderBlock {
    /// Its element.
    pub element: Id<ElementDeclaration>,
    /// Whether it must be sent.
    pub required: bool,
}

impl Resolved {
    /// Whether global declarations are kept though no client reaches them: without clients, when all
    /// are asked for, or when settings choose some.
    #[must_use]
    pub fn keeps_declared(&self) -> bool {
        let chosen = !self.roots.elements.is_empty() || !self.roots.types.is_empty();
        self.clients.is_empty() || self.keep == Keep::Declared || chosen
    }

    /// The whole content of a complex type; of any other type, none.
    #[must_use]
    pub fn effective(&self, id: Id<TypeDefinition>) -> &Effective {
        static NONE: Effective = Effective {
            attributes: Vec::new(),
            any_attribute: None,
            content: Content::Empty,
            mixed: false,
        };
        self.effective.get(&id).unwrap_or(&NONE)
    }

    /// The name of the named group that this particle referred to.
    #[must_use]
    pub fn group_name(&self, particle: &Particle) -> Option<&str> {
        self.group_names.get(&particle.span).map(String::as_str)
    }

    /// The types that are derived from this one, directly or not, itself left out, in the order of
    /// declaration.
    #[must_use]
    pub fn derived(&self, id: Id<TypeDefinition>) -> &[Id<TypeDefinition>] {
        self.derived.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The elements that may stand for this one, directly or not, itself left out, in the order of
    /// declaration.
    #[must_use]
    pub fn substitutes(&self, id: Id<ElementDeclaration>) -> &[Id<ElementDeclaration>] {
        self.substitutes.get(&id).map_or(&[], Vec::as_slice)
    }
}
