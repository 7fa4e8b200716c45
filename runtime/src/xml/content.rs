//! The content of an element, read by its table.
//!
//! The table says which start tag may come next. [`Reader::read_fast`] compares the document with
//! `<prefix:name>` of the entries that may come and takes the first that fits. An element that is
//! `<name>text</name>` goes to its slot as a text ([`Slot::read_leaf`]) and never becomes the current
//! one; a record gets the rest of its start tag ([`Source::Tag`](crate::wire::Source::Tag)) and compares the attributes with its
//! table. Whatever is not known at a glance (comments, other prefixes, declarations, limits) goes through
//! the tokenizer at the same place. The fast path accepts only what the slow one accepts, with the same
//! result.

use std::borrow::Cow;

use super::reader::{Reader, Role};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, Kind, Shape};
use crate::simple::Leaf;
use crate::slot::{ContentReader, Items, Slot};

mod attached;
mod attributes;
mod choice;
mod encoded;
mod fast;
mod lead;
mod leaf;
mod leaves;
mod rows;
mod seen;
mod slow;
mod tag;

pub(super) use encoded::Encoded;
use encoded::Key;
pub(crate) use encoded::Targets;
use fast::Came;
use leaves::Next;
use seen::Seen;
use slow::Opened;

pub(super) use lead::Lead;
pub(super) use leaf::{end_tag, is_character};
pub(super) use rows::Row;
pub(super) use tag::Tag;

/// The part of a table that content needs; also made up for the items of a wrapped list.
#[derive(Clone, Copy)]
struct Table<'t> {
    namespace: &'static str,
    fields: &'t [Field],
    mixed: bool,
    /// The repeated choice that takes the runs of text of mixed content.
    runs: Option<usize>,
    /// See [`Reader::ordered`].
    ordered: bool,
    shape: Option<&'static Shape>,
    /// Whether simple values, or elements that say no more than that they are nil, may be among them.
    may_be_leaves: bool,
}

impl ContentReader for Reader<'_> {
    fn content(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError> {
        if self.is_encoded() {
            return self.encoded_content(shape, slots);
        }
        let group = std::mem::take(&mut self.group);
        let default_text = self.default_text.take();
        let split = shape.attributes.len().min(slots.len());
        let (attributes, slots) = slots.split_at_mut(split);
        if self.tag.is_some() {
            if !self.pass_tag(shape.attributes, attributes) {
                return Ok(());
            }
        } else if !group {
            if self.given.take().is_some() {
                let message = "a record cannot be read from a simple value".to_owned();
                return Err(self.error(ReadErrorKind::Other(message)));
            }
            if !shape.attributes.is_empty() {
                self.read_attributes(shape.attributes, attributes)?;
                if self.is_nil()? {
                    // Only a record that keeps it comes here.
                    return self.end_nil();
                }
            }
        }
        if self.pending_end && !group && shape.fields.is_empty() && default_text.is_none() {
            // All in attributes.
            self.pending_end = false;
            self.pop();
            return Ok(());
        }
        if let (
            false,
            [
                field @ Field {
                    kind: Kind::Text, ..
                },
            ],
            [slot],
        ) = (group, shape.fields, &mut *slots)
        {
            return self.read_simple_content(field, default_text, &mut **slot);
        }
        let table = Table {
            namespace: shape.namespace,
            fields: shape.fields,
            mixed: shape.mixed,
            runs: runs_of(shape),
            ordered: group && self.ordered,
            shape: Some(shape),
            may_be_leaves: true,
        };
        self.read_fields(&table, slots, group)
    }
}

impl<'a> Reader<'a> {
    /// What a record does before its content: a nil element is no record, and a group has no
    /// element of its own.
    pub(crate) fn begin_record(
        &mut self,
        field: &Field,
        shape: &'static Shape,
    ) -> Result<(), ReadError> {
        if field.is_group() {
            self.group = true;
            self.peeked = true;
            return Ok(());
        }
        self.default_text = field.default_value;
        if self.is_nil()? && !shape.keeps_nil() {
            return Err(self.error(ReadErrorKind::Nil));
        }
        Ok(())
    }

    /// Reads a list in a wrapper, which is the current element.
    pub(crate) fn wrapped(
        &mut self,
        field: &Field,
        item: &'static str,
        items: &mut Items<'_>,
    ) -> Result<(), ReadError> {
        if self.is_nil()? {
            // A nil wrapper around a list that knows no nil: the list is empty.
            return self.end_nil();
        }
        self.read_items(field, item, items)
    }

    /// Reads the items of a list in a wrapper, which is the current element.
    fn read_items(
        &mut self,
        field: &Field,
        item: &'static str,
        items: &mut Items<'_>,
    ) -> Result<(), ReadError> {
        let namespace = field.namespace.unwrap_or(self.namespace);
        let fields = [field.item_field(item, namespace)];
        if self.is_encoded() {
            let of_items = fields[0].namespace.unwrap_or(namespace);
            let key = Key::Item(item, of_items);
            return self.encoded_fields(key, namespace, &fields, &mut [items]);
        }
        let table = Table {
            namespace,
            fields: &fields,
            mixed: false,
            runs: None,
            ordered: false,
            shape: None,
            may_be_leaves: items.may_be_leaves(),
        };
        if self.read_records(&table, &fields[0], items)? {
            return Ok(());
        }
        self.read_fields(&table, &mut [items], false)
    }

    /// Content that is text alone.
    fn read_simple_content(
        &mut self,
        field: &Field,
        default_text: Option<&'static str>,
        slot: &mut dyn Slot,
    ) -> Result<(), ReadError> {
        let start = self.pos;
        let mut text = self.raw_text()?;
        let default = field.default_value.or(default_text);
        if let Some(default) = default.filter(|_| text.is_empty()) {
            text = Cow::Borrowed(default);
        }
        self.read_text(field, slot, text, start)?;
        self.pop();
        Ok(())
    }

    fn read_text(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
        text: Cow<'a, str>,
        start: usize,
    ) -> Result<(), ReadError> {
        if !self.slow_only {
            let leaf = Leaf {
                text: Some(&text),
                scope: self,
            };
            if slot.read_leaf(field, &leaf) {
                return Ok(());
            }
        }
        self.give(Role::Text, text);
        self.text_start = start;
        slot.read_xml(field, self)?;
        self.given = None;
        self.role = Role::Element;
        Ok(())
    }

    /// Reads content to its end: the end tag of the current element, or the first element that is
    /// no part of the group.
    fn read_fields(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        group: bool,
    ) -> Result<(), ReadError> {
        let mut seen = Seen::new(table.fields.len());
        let mut next = Next {
            record: (!table.may_be_leaves).then_some(0),
            ..Next::default()
        };
        let mut text = Cow::Borrowed("");
        let start = self.pos;
        let outer = self.namespace;
        // The items of a list in a wrapper are one entry.
        let is_list = table.shape.is_none();
        if group || is_list || !self.read_leaves(table, slots, &mut next, &mut seen) {
            text = self.read_elements(table, slots, group, next, &mut seen)?;
        }
        self.namespace = table.namespace;
        if !group && self.attachments.is_some() {
            self.read_attached(table.fields, slots, &mut seen)?;
        }
        if !seen.is_full(table.fields.len()) {
            self.end_fields(table, slots, group, &seen, text, start)?;
        }
        self.namespace = outer;
        if !group {
            self.pop();
        }
        Ok(())
    }

    /// Reads what is left of content, whatever it is: its text.
    #[inline(never)]
    fn read_elements(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        group: bool,
        mut next: Next,
        seen: &mut Seen,
    ) -> Result<Cow<'a, str>, ReadError> {
        let mut text = Cow::Borrowed("");
        let start = self.pos;
        loop {
            let index = match self.read_fast(table, slots, &mut next, seen, group)? {
                Came::Field(index) => index,
                Came::End => return Ok(text),
                Came::Unknown => match self.open_slow(table, next.entry, seen, group, &mut text)? {
                    Opened::Field(index) => index,
                    Opened::Nothing => continue,
                    Opened::Text(index) => {
                        if let (Some(field), Some(slot)) =
                            (table.fields.get(index), slots.get_mut(index))
                        {
                            let text = std::mem::take(&mut text);
                            self.read_text(field, &mut **slot, text, start)?;
                        }
                        continue;
                    }
                    Opened::End => return Ok(text),
                },
            };
            let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
                // A record that hands out fewer slots than its table has entries.
                self.skip()?;
                continue;
            };
            next.entry = if field.repeated { index } else { index + 1 };
            seen.insert(index);
            self.namespace = table.namespace;
            match (field.kind, table.shape) {
                (Kind::Group(_) | Kind::Choice(_), Some(shape)) => {
                    let depth = self.stack.len() - 1;
                    self.enclosing.push((depth, shape));
                    self.ordered = table.ordered || field.repeated;
                    slot.read_xml(field, self)?;
                    self.enclosing.pop();
                }
                _ => slot.read_xml(field, self)?,
            }
        }
    }

    /// What becomes of the entries that have not been there.
    fn end_fields(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        group: bool,
        seen: &Seen,
        mut text: Cow<'a, str>,
        start: usize,
    ) -> Result<(), ReadError> {
        for (index, field) in table.fields.iter().enumerate() {
            if seen.has(index) {
                continue;
            }
            match (field.kind, slots.get_mut(index)) {
                (Kind::Text, Some(slot)) if !group => {
                    let text = std::mem::take(&mut text);
                    self.read_text(field, &mut **slot, text, start)?;
                }
                _ if field.may_be_absent() || self.partial => {}
                (Kind::Element | Kind::Attached, _) => {
                    return Err(self.child_error(ReadErrorKind::Missing, field.name));
                }
                _ => return Err(self.error(ReadErrorKind::MissingChoice(field.names()))),
            }
        }
        Ok(())
    }
}

/// The repeated choice that takes the runs of text of mixed content.
#[inline]
fn runs_of(shape: &Shape) -> Option<usize> {
    let mut fields = shape.fields.iter();
    let takes_runs = |field: &Field| field.repeated && field.text_branch().is_some();
    shape.mixed.then(|| fields.position(takes_runs)).flatten()
}
