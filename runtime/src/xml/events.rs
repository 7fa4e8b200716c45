//! A document piece by piece, for those that no table directs.

use std::borrow::Cow;

use super::reader::Reader;
use super::tokenizer::Ahead;
use crate::read_error::ReadError;

/// A piece of a document.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// The start tag of an element, which is the current one now.
    Start,
    /// Text inside the current element: maybe a part of it only.
    Text(Cow<'a, str>),
    /// The end of the current element, which is the current one until the next call.
    End,
}

/// An attribute of the current start tag.
#[derive(Debug)]
pub(crate) struct StartAttribute<'r, 'a> {
    /// Empty for none.
    pub(crate) namespace: &'r str,
    pub(crate) local: &'a str,
    /// Normalised.
    pub(crate) value: Cow<'a, str>,
}

impl<'a> Reader<'a> {
    /// The next piece; `None` after the end of the document. An [`Event::End`] leaves the element
    /// open: [`Reader::leave`] must follow.
    pub(crate) fn event(&mut self) -> Result<Option<Event<'a>>, ReadError> {
        if self.depth() == 0 {
            if !self.next_start()? {
                self.finish()?;
                return Ok(None);
            }
            return Ok(Some(Event::Start));
        }
        if self.take_pending_end() {
            return Ok(Some(Event::End));
        }
        loop {
            match self.byte() {
                Some(b'<') => {}
                None => return Err(self.unexpected_end()),
                Some(_) => return Ok(Some(Event::Text(self.text_piece()?))),
            }
            match self.markup()? {
                None => {}
                Some(Ahead::Text) => return Ok(Some(Event::Text(self.text_piece()?))),
                Some(Ahead::Start) => {
                    self.start_tag()?;
                    return Ok(Some(Event::Start));
                }
                Some(Ahead::End) => {
                    self.end_tag()?;
                    return Ok(Some(Event::End));
                }
            }
        }
    }

    /// Leaves the element whose end was passed.
    pub(crate) fn leave(&mut self) {
        self.pop();
    }

    /// Bytes before the current place.
    pub(crate) fn offset(&self) -> usize {
        self.pos
    }

    /// The attributes of the current start tag, namespace declarations left out; right after it only.
    pub(crate) fn start_attributes(&self) -> impl Iterator<Item = StartAttribute<'_, 'a>> {
        self.attributes.iter().map(|attribute| StartAttribute {
            namespace: self.bindings.attribute_namespace(attribute),
            local: attribute.local,
            value: self.attribute_text(attribute.raw),
        })
    }

    /// The local name of the current element, as long as the document.
    pub(crate) fn local(&self) -> &'a str {
        self.stack.last().map_or("", |open| self.local_name(*open))
    }
}
