//! How an operation reports failure, beyond the faults that a WSDL declares.

use super::arena::Id;
use super::type_definition::TypeDefinition;
use crate::source::Span;

/// A table of error codes. It is always open: providers send codes that no page lists.
#[derive(Clone, Debug)]
pub struct FaultCatalogue {
    /// The name, for a type made of it: `FaultCode`.
    pub name: String,
    /// The codes, in order.
    pub codes: Vec<FaultCode>,
    /// What the codes are.
    pub documentation: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// One code.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultCode {
    /// The code on the wire, without a prefix.
    pub value: String,
    /// What it means.
    pub documentation: Option<String>,
    /// Where it is said.
    pub span: Span,
}

/// How one operation reports failure.
#[derive(Clone, Debug, Default)]
pub struct ErrorModel {
    /// The catalogue that its codes are from.
    pub catalogue: Option<Id<FaultCatalogue>>,
    /// The codes that its own documentation names: values of the catalogue.
    pub codes: Vec<String>,
    /// Errors inside a response with HTTP status 200.
    pub in_band: Option<InBand>,
    /// Error bodies by HTTP status.
    pub statuses: Vec<StatusError>,
}

/// Errors inside an ordinary response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InBand {
    /// The element names from the response's own element down to one message.
    pub path: Vec<String>,
    /// The child of a message that holds the code.
    pub code: String,
    /// The child that holds the text.
    pub reason: Option<String>,
    /// The child that tells errors from remarks, and the values that are errors; without it any
    /// message is an error.
    pub severity: Option<(String, Vec<String>)>,
    /// Where it is said.
    pub span: Span,
}

/// The body that comes with an HTTP status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusError {
    /// The status.
    pub status: u16,
    /// What is the matter.
    pub documentation: Option<String>,
    /// The type of the body.
    pub body: Id<TypeDefinition>,
    /// The element names from the body down to the code.
    pub code: Vec<String>,
    /// The element names from the body down to the text.
    pub reason: Vec<String>,
    /// Where it is said.
    pub span: Span,
}
