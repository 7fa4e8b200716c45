//! A text that is not valid for a simple type.

use std::fmt;

use crate::types::bounded;

/// Why a text is not valid for a [`Datatype`](super::Datatype).
///
/// The message shows the text, cut after 60 characters; [`DatatypeError::without_value`] does not,
/// for what must stay secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatatypeError {
    /// The rule of Part 2 that is broken, as `cvc-maxLength-valid`.
    pub rule: &'static str,
    /// What is wrong, as `` `100.01` is more than 100 ``.
    pub message: String,
    reason: String,
}

impl DatatypeError {
    /// `value` breaks `rule`; `reason` goes on where the value ends, as `is not a decimal`.
    pub(super) fn new(rule: &'static str, value: &str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self {
            rule,
            message: format!("`{}` {reason}", bounded(value)),
            reason,
        }
    }

    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    /// The message without the text: `the value is more than 100`.
    #[must_use]
    pub fn without_value(&self) -> String {
        format!("the value {}", self.reason)
    }
}

impl fmt::Display for DatatypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.rule)
    }
}

impl std::error::Error for DatatypeError {}
