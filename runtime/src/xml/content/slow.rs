//! The next element, by the tokenizer.

use std::borrow::Cow;

use super::{Seen, Table};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, Shape};
use crate::xml::reader::Reader;
use crate::xml::tokenizer::{Ahead, append_cow};

/// What [`Reader::open_slow`] came to.
pub(super) enum Opened {
    /// An element for the entry of this index, its start tag passed.
    Field(usize),
    /// Nothing for any entry; it is passed.
    Nothing,
    /// The end of the content; the end tag of an element is passed.
    End,
}

impl<'a> Reader<'a> {
    /// Comes to the next element of the content by the tokenizer and finds its entry.
    pub(super) fn open_slow(
        &mut self,
        table: &Table<'_>,
        next: usize,
        seen: &Seen,
        group: bool,
        text: &mut Cow<'a, str>,
    ) -> Result<Opened, ReadError> {
        if !self.peeked {
            if self.take_pending_end() {
                // The end of a group is the end of its element, for the record around it to take.
                self.pending_end = group;
                return Ok(Opened::End);
            }
            if table.mixed && !group {
                let run = self.text_run()?;
                append_cow(text, run);
            } else {
                self.skip_space();
            }
            if !self.slow_only
                && !group
                && let Some(end) = self.end_tag_fast(self.pos)
            {
                self.pos = end;
                return Ok(Opened::End);
            }
            match self.ahead()? {
                Ahead::Start => self.start_tag()?,
                Ahead::End if group => return Ok(Opened::End),
                Ahead::End => {
                    self.end_tag()?;
                    return Ok(Opened::End);
                }
                Ahead::Text if group => return Ok(Opened::End),
                Ahead::Text if table.mixed => {
                    let piece = self.text_piece()?;
                    append_cow(text, piece);
                    return Ok(Opened::Nothing);
                }
                Ahead::Text => {
                    self.blank_piece()?;
                    return Ok(Opened::Nothing);
                }
            }
        }
        self.peeked = false;
        let name = self.name();
        let takes = |field: &Field| field.takes(table.namespace, name.namespace, name.local);
        let free = |&(index, field): &(usize, &Field)| {
            (field.repeated || field.nil_others || !seen.has(index)) && takes(field)
        };
        let fields = || table.fields.iter().enumerate();
        let found = fields()
            .skip(next)
            .find(free)
            .or_else(|| fields().take(next).find(free));
        let Some((index, field)) = found else {
            return self.open_other(table, seen, group);
        };
        if field.nil_others {
            if self.is_nil()? {
                self.end_nil()?;
                return Ok(Opened::Nothing);
            }
            if seen.has(index) {
                return Err(self.error(ReadErrorKind::Duplicate));
            }
        }
        if field.repeated {
            self.discount_child();
        }
        Ok(Opened::Field(index))
    }

    /// What becomes of an element that no entry (any more) takes.
    fn open_other(
        &mut self,
        table: &Table<'_>,
        seen: &Seen,
        group: bool,
    ) -> Result<Opened, ReadError> {
        let name = self.name();
        let takes =
            |shape: &Shape, field: &Field| field.takes(shape.namespace, name.namespace, name.local);
        let depth = self.stack.len() - 1;
        let any = { table.fields.iter().enumerate() }
            .position(|(index, field)| field.takes_any() && (field.repeated || !seen.has(index)));
        let own = table
            .fields
            .iter()
            .any(|field| field.takes(table.namespace, name.namespace, name.local));
        if group {
            // An unknown element in the middle of a group ends it for no wildcard.
            let complete = { table.fields.iter().enumerate() }
                .all(|(index, field)| seen.has(index) || field.may_be_absent());
            let for_wildcard =
                |field: &Field| any.is_none() && complete && field.repeated && field.takes_any();
            let outside = self
                .enclosing
                .iter()
                .filter(|(around, _)| *around == depth)
                .flat_map(|(_, shape)| shape.fields.iter().map(move |field| (shape, field)))
                .any(|(shape, field)| takes(shape, field) || for_wildcard(field));
            if own || outside {
                self.peeked = true;
                return Ok(Opened::End);
            }
        }
        if own {
            return Err(self.error(ReadErrorKind::Duplicate));
        }
        if let Some(index) = any {
            self.discount_child();
            return Ok(Opened::Field(index));
        }
        self.skip()?;
        Ok(Opened::Nothing)
    }
}
