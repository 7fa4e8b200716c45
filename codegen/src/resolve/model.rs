//! What the passes find out beside the contract itself.

use std::collections::{BTreeMap, BTreeSet};

use super::Keep;
use crate::contract::{
    Action, Address, Annotation, AttributeUse, Authentication, Content, Contract,
    ElementDeclaration, ErrorModel, Example, HttpContent, HttpOperation, Id, Idempotency, Particle,
    SoapVersion, TypeDefinition, Wildcard,
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
    /// How messages travel.
    pub protocol: ClientProtocol,
    /// Where it is served; empty if nobody says.
    pub addresses: Vec<Address>,
    /// How callers say who they are.
    pub authentication: Authentication,
    /// The operations, in the order of the port type.
    pub calls: Vec<Call>,
    /// Of the service; of the port type where there is none.
    pub annotation: Annotation,
    /// The declaration of the port or binding.
    pub span: Span,
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
    /// The operation's name; overloaded ones share it and differ in `request`.
    pub name: String,
    /// The SOAP action.
    pub action: Action,
    /// Method and path, of HTTP operations.
    pub http: Option<HttpOperation>,
    /// Whether bodies are SOAP-encoded.
    pub encoded: bool,
    /// The child of the request's body: a declared element, or one that `resolve::operations` made
    /// (the wrapper of rpc style, a record of several parts). `None` is an empty body.
    pub request: Option<Id<ElementDeclaration>>,
    /// The child of the response's body, likewise. `None` with `one_way` unset is an empty body.
    pub response: Option<Id<ElementDeclaration>>,
    /// No response is expected.
    pub one_way: bool,
    /// Header blocks of the request.
    pub headers: Vec<HeaderBlock>,
    /// Header blocks of the response.
    pub response_headers: Vec<HeaderBlock>,
    /// Declared faults: name and the child of `detail`.
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

/// A header block of a message.
#[derive(Clone, Debug)]
pub struct HeaderBlock {
    /// Its element.
    pub element: Id<ElementDeclaration>,
    /// Whether it must be sent.
    pub required: bool,
}

impl Resolved {
    /// Whether all global declarations are kept.
    #[must_use]
    pub fn keeps_declared(&self) -> bool {
        self.clients.is_empty() || self.keep == Keep::Declared
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
