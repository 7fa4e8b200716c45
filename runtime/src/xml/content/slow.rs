//! The next element, by the tokenizer.

use std::borrow::Cow;

use super::{Seen, Table};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, Kind, Shape};
use crate::xml::reader::Reader;
use crate::xml::tokenizer::{Ahead, append_cow};

/// What [`Reader::open_slow`] came to.
pub(super) enum Opened {
    /// An element for the entry of this index, its start tag passed.
    Field(usize),
    /// A run of text for the choice of this index; what ends the run is not passed.
    Text(usize),
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
                // A comment parts no text, and takes no blanks with it.
                loop {
                    let run = self.text_run()?;
                    append_cow(text, run);
                    if self.markup()?.is_some() {
                        break;
                    }
                }
            } else {
                self.skip_space();
            }
            let run = table.runs.filter(|_| !text.is_empty());
            if !self.slow_only
                && !group
                && run.is_none()
                && let Some(end) = self.end_tag_fast(self.pos)
            {
                self.pos = end;
                return Ok(Opened::End);
            }
            match (self.ahead()?, run) {
                (Ahead::Start | Ahead::End, Some(index)) => return Ok(Opened::Text(index)),
                (ahead, _) => match ahead {
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
                },
            }
        }
        self.peeked = false;
        let name = self.name();
        let starts = |field: &Field| field.starts(table.namespace, name.namespace, name.local);
        let takes = |field: &Field| field.takes(table.namespace, name.namespace, name.local);
        let find = |test: &dyn Fn(&Field) -> bool| {
            let free = |&(index, field): &(usize, &Field)| {
                (field.repeated || field.nil_others || !seen.has(index)) && test(field)
            };
            let fields = || table.fields.iter().enumerate();
            let after = fields().skip(next).find(free);
            after.or_else(|| fields().take(next).find(free))
        };
        let Some((index, field)) = find(&starts).or_else(|| find(&takes)) else {
            return self.open_other(table, next, seen, group);
        };
        if table.ordered && index < next && is_complete(table.fields, seen) {
            // Out of order: it is the first of the next group.
            self.peeked = true;
            return Ok(Opened::End);
        }
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
        next: usize,
        seen: &Seen,
        group: bool,
    ) -> Result<Opened, ReadError> {
        let name = self.name();
        let namespace = Some(name.namespace);
        let takes =
            |shape: &Shape, field: &Field| field.takes(shape.namespace, name.namespace, name.local);
        let depth = self.stack.len() - 1;
        let wildcard = |namespace: Option<&str>| {
            let free = |&(index, field): &(usize, &Field)| {
                field.takes_any(namespace) && (field.repeated || !seen.has(index))
            };
            let fields = || table.fields.iter().enumerate();
            let after = fields().skip(next).find(free);
            let found = after.or_else(|| fields().take(next).find(free));
            found.map(|(index, _)| index)
        };
        let any = wildcard(namespace);
        let own = table
            .fields
            .iter()
            .any(|field| field.takes(table.namespace, name.namespace, name.local));
        if group {
            // An unknown element in the middle of a group ends it for no wildcard.
            let complete = is_complete(table.fields, seen);
            let for_wildcard = |field: &Field| {
                any.is_none() && complete && field.repeated && field.takes_any(namespace)
            };
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
        if own && any.is_none() {
            return Err(self.error(ReadErrorKind::Duplicate));
        }
        // What no wildcard is for is not valid; one that there is keeps it all the same.
        let any = any.or_else(|| wildcard(None).filter(|_| !group));
        if let Some(index) = any {
            self.discount_child();
            return Ok(Opened::Field(index));
        }
        if let Some((index, field)) = self.misqualified(table, seen).filter(|_| !group) {
            if field.repeated {
                self.discount_child();
            }
            return Ok(Opened::Field(index));
        }
        self.skip()?;
        Ok(Opened::Nothing)
    }

    /// The entry for an element that has a namespace where it should have none, or the other way round:
    /// many services mistake `elementFormDefault`. Only where one entry has the name, and a namespace
    /// that it has is its parent's.
    fn misqualified<'t>(&self, table: &Table<'t>, seen: &Seen) -> Option<(usize, &'t Field)> {
        let name = self.name();
        let mut entries = table.fields.iter().enumerate().filter(|(_, field)| {
            matches!(field.kind, Kind::Element | Kind::Attached) && field.name == name.local
        });
        let (index, field) = entries.next()?;
        let fits = match field.namespace.unwrap_or(table.namespace) {
            "" => self.parent_namespace() == Some(name.namespace),
            _ => name.namespace.is_empty(),
        };
        let is_free = (field.repeated || !seen.has(index)) && !field.nil_others;
        (fits && is_free && entries.next().is_none()).then_some((index, field))
    }
}

/// Whether nothing is missing.
pub(super) fn is_complete(fields: &[Field], seen: &Seen) -> bool {
    let mut fields = fields.iter().enumerate();
    fields.all(|(index, field)| seen.has(index) || field.may_be_absent())
}
