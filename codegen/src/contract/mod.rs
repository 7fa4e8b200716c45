//! What a service promises, in the terms of XML Schema and WSDL, whichever front end read it.
//!
//! Front ends fill a [`Contract`]; references are by typed id from the start: asking for a component
//! that is not declared yet makes a placeholder, and `resolve::references` reports those that nobody
//! declared. The model knows no XML nodes and no Rust.

mod accepted;
mod arena;
mod builtin;
mod component;
mod errors;
mod facet;
mod identity;
mod particle;
mod policy;
mod provenance;
mod qname;
mod service;
mod symbols;
mod type_definition;

pub use accepted::AcceptedFinding;
pub use arena::{Arena, Id};
pub use builtin::{Builtin, SOAP_ENCODING_11, SOAP_ENCODING_12, SOAP_ENCODINGS, XML_SCHEMA};
pub use component::*;
pub use errors::*;
pub use facet::*;
pub use identity::*;
pub use particle::*;
pub use policy::*;
pub use provenance::*;
pub use qname::QName;
pub(crate) use qname::folded;
pub use service::*;
pub use symbols::{Redeclared, Reference};
pub use type_definition::*;

use std::collections::BTreeMap;

use symbols::Symbols;

use crate::source::Span;

/// Everything that one set of inputs declares.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Types, named and anonymous; the built-in ones come first.
    pub types: Arena<TypeDefinition>,
    /// Elements, global and local.
    pub elements: Arena<ElementDeclaration>,
    /// Attributes, global and local.
    pub attributes: Arena<AttributeDeclaration>,
    /// Named model groups.
    pub groups: Arena<ModelGroupDefinition>,
    /// Named attribute groups.
    pub attribute_groups: Arena<AttributeGroupDefinition>,
    /// The identity constraints of elements, in the order of declaration.
    pub identity_constraints: BTreeMap<Id<ElementDeclaration>, Vec<IdentityConstraint>>,
    /// Messages.
    pub messages: Arena<Message>,
    /// Port types.
    pub port_types: Arena<PortType>,
    /// Bindings.
    pub bindings: Arena<Binding>,
    /// Tables of error codes.
    pub catalogues: Arena<FaultCatalogue>,
    /// Services, in input order.
    pub services: Vec<Service>,
    /// Where the documents that the user named begin.
    pub inputs: Vec<Span>,
    /// Whether one of them is a description of services, not only of data.
    pub describes_services: bool,
    /// Findings of `castile lint` that an input bears, in input order.
    pub accepted_findings: Vec<AcceptedFinding>,
    symbols: Symbols,
}
