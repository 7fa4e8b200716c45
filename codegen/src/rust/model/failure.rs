//! Failures: codes, details, and where they stand in records.

use super::super::docs::Docs;
use super::super::names::Ident;
use super::{Entry, EnumerationValue, Variant};

/// The fault codes of a provider.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The name of the enum.
    pub name: Ident,
    /// Documentation, never empty.
    pub docs: Docs,
    /// The codes.
    pub codes: Vec<EnumerationValue>,
    /// The name of the variant for all others.
    pub other: Ident,
}

/// The typed failures of an operation: an enum.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// One variant per kind of detail.
    pub variants: Vec<Variant>,
    /// Per variant where code and text of the failure stand, if they do.
    pub failures: Vec<Option<Failure>>,
}

/// A record that is itself a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its entry as the body of an error response; `None` for an ordinary response that may hold
    /// errors.
    pub entry: Option<Entry>,
    /// Where code and text stand in it, if they do.
    pub rejection: Option<Rejection>,
}

/// Where code and text of an error stand in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// From the record to one message; empty if the record is the message.
    pub message: Vec<Step>,
    /// From a message to what tells errors from remarks, and the values of errors.
    pub severity: Option<(Vec<Step>, Vec<String>)>,
    /// From a message to the code.
    pub code: Vec<Step>,
    /// From a message to the text.
    pub reason: Vec<Step>,
}

/// A step from a record into one of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub field: Ident,
    /// What is around the value, from outside in; boxes left out.
    pub layers: Vec<Layer>,
}

/// What is around a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// `Option`.
    Option,
    /// `Nillable`.
    Nillable,
    /// `Vec`.
    Vec,
}
