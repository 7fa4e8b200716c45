//! Simple values: the text of an element, or of an attribute or simple content that is at hand.

use std::borrow::Cow;

use super::Reader;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, WhiteSpace};
use crate::xml::chars::{collapse, replace};
use crate::xml::content::end_tag;
use crate::xml::scan::text_end;

/// What the simple value that is read is in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::xml) enum Role {
    Element,
    Attribute,
    Text,
}

impl<'a> Reader<'a> {
    /// The text of the current element, its end tag passed, the element not yet left.
    #[inline]
    pub(in crate::xml) fn raw_text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        self.text_start = self.pos;
        if self.take_pending_end() {
            return Ok(Cow::Borrowed(""));
        }
        if let Some(text) = self.text_fast() {
            return Ok(Cow::Borrowed(text));
        }
        self.whole_text()
    }

    /// `text</name>`, where the text is what it stands for.
    #[inline]
    fn text_fast(&mut self) -> Option<&'a str> {
        if self.slow_only {
            return None;
        }
        let stop = text_end(self.input.as_bytes(), self.pos)?;
        let end = self.end_tag_fast(stop)?;
        let text = self.input.get(self.pos..stop)?;
        self.pos = end;
        Some(text)
    }

    /// The end of `</name>` at a place, where the name is that of the current element.
    #[inline]
    pub(in crate::xml) fn end_tag_fast(&self, at: usize) -> Option<usize> {
        let open = self.stack.last()?;
        let bytes = self.input.as_bytes();
        end_tag(bytes, at, bytes.get(open.start..open.start + open.len)?)
    }

    /// Makes a text the value that the next slot reads; see [`Reader::simple`].
    pub(in crate::xml) fn give(&mut self, role: Role, text: Cow<'a, str>) {
        self.role = role;
        self.text_start = self.pos;
        self.given = Some(text);
    }

    /// The text of a simple value: of the current element, or of an attribute or the simple content
    /// that is at hand. [`Reader::end_simple`] must follow.
    #[inline]
    pub(crate) fn simple(
        &mut self,
        field: &Field,
        white_space: WhiteSpace,
    ) -> Result<Cow<'a, str>, ReadError> {
        let text = match self.given.take() {
            Some(text) => text,
            None => {
                if self.is_nil()? {
                    return Err(self.error(ReadErrorKind::Nil));
                }
                match (self.raw_text()?, field.default_value) {
                    (text, Some(default)) if text.is_empty() => Cow::Borrowed(default),
                    (text, _) => text,
                }
            }
        };
        Ok(match white_space.max(field.white_space) {
            WhiteSpace::Preserve => text,
            WhiteSpace::Replace => replace(text),
            WhiteSpace::Collapse => collapse(text),
        })
    }

    /// Leaves the element of [`Reader::simple`].
    #[inline]
    pub(crate) fn end_simple(&mut self) {
        if self.role == Role::Element {
            self.pop();
        }
    }
}
