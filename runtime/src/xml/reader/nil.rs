//! Nil elements.

use super::Reader;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::xml::tokenizer::Ahead;
use crate::xml::{XMLNS, XSI};

/// The `xsi:nil` of the current start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::xml) enum Nil {
    No,
    Yes,
    Invalid(String),
}

impl Nil {
    pub(in crate::xml) fn from_text(text: &str) -> Self {
        match text.trim_matches([' ', '\t', '\n', '\r']) {
            "true" | "1" => Self::Yes,
            "false" | "0" => Self::No,
            other => Self::Invalid(crate::types::bounded(other)),
        }
    }
}

impl Reader<'_> {
    /// Whether the current element is nil. Only right after its start tag.
    ///
    /// # Errors
    /// When its `xsi:nil` is no boolean.
    #[inline]
    pub fn is_nil(&self) -> Result<bool, ReadError> {
        match &self.nil {
            Nil::No => Ok(false),
            Nil::Yes => Ok(true),
            Nil::Invalid(value) => Err(self.error(ReadErrorKind::NilValue(value.clone()))),
        }
    }

    /// Whether the current element has attributes that are content: not those of `xsi`.
    pub(crate) fn has_content_attributes(&self) -> bool {
        let mut attributes = self.attributes.iter();
        attributes
            .any(|attribute| !matches!(self.bindings.attribute_namespace(attribute), XSI | XMLNS))
    }

    /// Whether the current element says which type it is of.
    pub(crate) fn names_type(&self) -> bool {
        self.attribute(XSI, "type").is_some()
    }

    /// Passes the rest of a nil element, which must be empty.
    pub(crate) fn end_nil(&mut self) -> Result<(), ReadError> {
        self.nil = Nil::No;
        if self.take_pending_end() {
            self.pop();
            return Ok(());
        }
        let start = self.pos;
        loop {
            match self.ahead()? {
                Ahead::End => {
                    self.end_tag()?;
                    self.pop();
                    return Ok(());
                }
                Ahead::Text if self.blank_piece().is_ok() => {}
                Ahead::Text | Ahead::Start => {
                    return Err(self.error_at(ReadErrorKind::NilWithContent, "", start));
                }
            }
        }
    }
}
