//! Why a document could not be written, and where.

use std::fmt;

use crate::shape::DEPTH;

/// A document that could not be written: where and why.
///
/// Displays as `/GetInvoice/Number: the character U+0007 is not allowed in XML`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    pub(super) path: String,
    pub(super) kind: WriteErrorKind,
}

/// Why a document could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteErrorKind {
    /// A character that XML cannot hold, not even as a reference.
    Character(char),
    /// A name (of an [`AnyElement`](crate::AnyElement)) that is none.
    Name(String),
    /// A prefix that cannot be declared so.
    Prefix(String),
    /// Records, or elements of any name, too deep inside each other.
    Depth {
        /// How deep they may be.
        allowed: usize,
    },
}

impl WriteError {
    /// A document that is deeper than readers go.
    pub(crate) fn too_deep() -> Self {
        Self {
            path: String::new(),
            kind: WriteErrorKind::Depth { allowed: DEPTH },
        }
    }

    /// Where in the document, as `/Invoice/Total`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Why.
    #[must_use]
    pub fn kind(&self) -> &WriteErrorKind {
        &self.kind
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path)?;
        match &self.kind {
            WriteErrorKind::Character(character) => {
                let code = u32::from(*character);
                write!(f, "the character U+{code:04X} is not allowed in XML")
            }
            WriteErrorKind::Name(name) => write!(f, "`{name}` is not a name"),
            WriteErrorKind::Prefix(prefix) => {
                write!(f, "the prefix `{prefix}` cannot be declared so")
            }
            WriteErrorKind::Depth { allowed } => {
                write!(f, "more than {allowed} elements inside each other")
            }
        }
    }
}

impl std::error::Error for WriteError {}
