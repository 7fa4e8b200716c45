//! Findings that the author of a descriptor knows of.

use crate::source::Span;

/// A finding that is borne, or several that fit one pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedFinding {
    /// The number of a rule, or number and message, with `*` for any text: `L06: *CountryCode*`.
    pub pattern: String,
    /// Why it is borne.
    pub reason: String,
    /// Where it is said.
    pub span: Span,
}
