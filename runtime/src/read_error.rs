//! Why a document could not be read, and where.

use std::fmt;

use crate::given_fields::GivenFields;
use crate::types::ParseError;

/// A document that could not be read: where and why.
///
/// Displays as ``/GetInvoice/Invoice/Total: `x` is not a decimal (line 3, column 12)``. Never
/// shows the value of a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    path: String,
    position: Option<Position>,
    kind: ReadErrorKind,
}

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Bytes before the place, in the document as UTF-8.
    pub offset: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// The line and column of the byte `offset` in `text`.
    pub(crate) fn new(text: &str, offset: usize) -> Self {
        let before = &text[..text.floor_char_boundary_at(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            offset,
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// `str::floor_char_boundary` for Rust versions before 1.91.
trait FloorCharBoundary {
    fn floor_char_boundary_at(&self, index: usize) -> usize;
}

impl FloorCharBoundary for str {
    fn floor_char_boundary_at(&self, index: usize) -> usize {
        let mut index = index.min(self.len());
        while !self.is_char_boundary(index) {
            index -= 1;
        }
        index
    }
}

/// What was wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// Not well-formed XML (with namespaces) or JSON.
    Syntax(String),
    /// The bytes are not text in the encoding that they claim.
    Encoding(String),
    /// A document type declaration: never read, because entities are an attack.
    Doctype,
    /// One of the [`Limits`](crate::Limits) was passed.
    Limit {
        /// The field of [`Limits`](crate::Limits).
        name: &'static str,
        /// Its value.
        limit: usize,
    },
    /// A text that is not a value of its type.
    Value(ParseError),
    /// An element, attribute or member that must be there is not.
    Missing,
    /// None of these elements is there, and one must be.
    MissingChoice(Vec<&'static str>),
    /// An element, attribute or member that may be there once is there again.
    Duplicate,
    /// Nil (`xsi:nil` or `null`) where a value is required.
    Nil,
    /// An element without `xsi:type` whose declared type is abstract.
    MissingType,
    /// A nil element that has content all the same.
    NilWithContent,
    /// `xsi:nil` with a value that is no boolean.
    NilValue(String),
    /// Text between elements where the schema has elements only.
    UnexpectedText,
    /// An element inside a simple value.
    UnexpectedElement(String),
    /// A JSON value of another kind than expected.
    UnexpectedJson {
        /// The kind that the table asks for.
        expected: &'static str,
        /// The kind that is there.
        found: &'static str,
    },
    /// Another reason, in words.
    Other(String),
}

impl ReadError {
    /// An error at a place of a document. `path` is as `/Invoice/Line[2]/Total`.
    #[must_use]
    pub fn new(kind: ReadErrorKind, path: impl Into<String>, position: Option<Position>) -> Self {
        Self(Box::new(Inner {
            path: path.into(),
            position,
            kind,
        }))
    }

    /// Where in the document, as `/Invoice/Line[2]/Total` or `/Invoice/@currency`. Items of lists
    /// count from 1. Empty where the document as a whole is meant.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The place in the text, unless the error is about bytes that are not text.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> &ReadErrorKind {
        &self.0.kind
    }
}

impl fmt::Debug for ReadError {
    /// Leaves out what is not there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        GivenFields::new(f, "ReadError")
            .text("path", &self.0.path)
            .option("position", self.0.position.as_ref())
            .field("kind", &self.0.kind)
            .finish()
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        write!(f, "{}", self.0.kind)?;
        match self.0.position {
            Some(position) => write!(f, " (line {}, column {})", position.line, position.column),
            None => Ok(()),
        }
    }
}

/// So many names of a choice are shown: substitution groups can have hundreds.
const SHOWN: usize = 8;

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) | Self::Encoding(message) | Self::Other(message) => {
                f.write_str(message)
            }
            Self::Doctype => f.write_str("a document type declaration is not allowed in a message"),
            Self::Limit { name, limit } => write!(f, "more than the limit `{name}` of {limit}"),
            Self::Value(error) => error.fmt(f),
            Self::Missing => f.write_str("is missing"),
            Self::MissingChoice(names) => {
                let shown = names.len().min(SHOWN);
                write!(f, "one of {}", names[..shown].join(", "))?;
                match names.len() - shown {
                    0 => f.write_str(" is missing"),
                    more => write!(f, " and {more} more is missing"),
                }
            }
            Self::Duplicate => f.write_str("occurs more than once"),
            Self::Nil => f.write_str("is nil where a value is required"),
            Self::MissingType => f.write_str("has no xsi:type, and its declared type is abstract"),
            Self::NilWithContent => f.write_str("is nil and has content"),
            Self::NilValue(value) => write!(f, "`{value}` is not a value of xsi:nil"),
            Self::UnexpectedText => f.write_str("text where only elements may be"),
            Self::UnexpectedElement(name) => write!(f, "element `{name}` inside a simple value"),
            Self::UnexpectedJson { expected, found } => {
                write!(f, "{found} where {expected} is expected")
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            ReadErrorKind::Value(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_shows_a_few_names() {
        let message = |count: usize| {
            let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
            ReadErrorKind::MissingChoice(names[..count].to_vec()).to_string()
        };
        assert_eq!(message(2), "one of a, b is missing");
        assert_eq!(message(8), "one of a, b, c, d, e, f, g, h is missing");
        assert_eq!(
            message(10),
            "one of a, b, c, d, e, f, g, h and 2 more is missing"
        );
    }
}
