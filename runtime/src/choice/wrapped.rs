//! A repeated choice in a wrapper, which has no record of its own.
//!
//! Content goes by the wrapper's table, as if there were a record, so that nothing differs on the wire.
//! An absent or nil wrapper is told from an empty one by what is around the vector.

use std::fmt::Debug;

use super::{Choice, ChoicesSlot, ChoicesValue, SlotOfChoice, ValueOfChoice};
use super::{choices_slot, choices_value};
use crate::check::Checker;
use crate::json;
use crate::read_error::ReadError;
use crate::record::Comparable;
use crate::shape::{Absent, Field, Shape};
use crate::slot::{ContentReader, Slot};
use crate::types::Nillable;
use crate::value::{ContentWriter, Value};
use crate::xml;

pub(super) fn read_xml<E: Choice>(
    items: &mut ChoicesSlot<'_, E>,
    field: &Field,
    content: &'static Shape,
    reader: &mut xml::Reader<'_>,
) -> Result<(), ReadError> {
    if reader.is_nil()? {
        // As for lists: nil where the contract knows no nil is empty.
        return reader.end_nil();
    }
    reader.begin_record(field, content)?;
    reader.content(content, &mut [items])
}

pub(super) fn read_tag<E: Choice>(
    items: &mut ChoicesSlot<'_, E>,
    field: &Field,
    content: &'static Shape,
    reader: &mut xml::Reader<'_>,
) -> Result<bool, ReadError> {
    reader.begin_tag(field);
    reader.content(content, &mut [items])?;
    Ok(!reader.has_tag())
}

pub(super) fn read_json<E: Choice>(
    items: &mut ChoicesSlot<'_, E>,
    field: &Field,
    content: &'static Shape,
    reader: &mut json::Reader<'_>,
) -> Result<(), ReadError> {
    reader.begin_record(field);
    reader.content(content, &mut [items])
}

pub(super) fn write_xml<E: Choice>(
    items: &ChoicesValue<'_, E>,
    field: &Field,
    content: &'static Shape,
    writer: &mut xml::Writer,
) {
    writer.start_field(field);
    writer.content(content, &[items]);
    writer.end();
}

pub(super) fn write_json<E: Choice>(
    items: &ChoicesValue<'_, E>,
    field: &Field,
    content: &'static Shape,
    writer: &mut json::Writer,
) {
    writer.begin_record(field);
    writer.content(content, &[items]);
}

pub(super) fn check<E: Choice>(
    items: &ChoicesValue<'_, E>,
    field: &Field,
    content: &'static Shape,
    checker: &mut Checker,
) {
    let inside = checker.enter(field);
    checker.content(content, &[items]);
    checker.leave(inside);
}

/// What says whether there is a wrapper: an `Option` or [`Nillable`] around the items.
pub trait Wrapper: Debug + PartialEq + 'static {
    /// What is chosen among.
    type Item: Choice;

    /// Says that the wrapper is nil.
    fn clear(&mut self);

    /// Puts an empty wrapper in place, to be filled.
    fn fresh(&mut self) -> Option<&mut Vec<Self::Item>>;

    /// The items; `None` without a wrapper.
    fn items(&self) -> Option<&Vec<Self::Item>>;

    /// Whether there is a wrapper, and it is nil whatever the table says of absence.
    fn is_nil(&self) -> bool;
}

impl<E: Choice> Wrapper for Option<Vec<E>> {
    type Item = E;

    fn clear(&mut self) {
        *self = None;
    }

    fn fresh(&mut self) -> Option<&mut Vec<E>> {
        Some(self.insert(Vec::new()))
    }

    fn items(&self) -> Option<&Vec<E>> {
        self.as_ref()
    }

    fn is_nil(&self) -> bool {
        false
    }
}

impl<E: Choice> Wrapper for Nillable<Vec<E>> {
    type Item = E;

    fn clear(&mut self) {
        *self = Self::Nil;
    }

    fn fresh(&mut self) -> Option<&mut Vec<E>> {
        *self = Self::Value(Vec::new());
        self.as_mut()
    }

    fn items(&self) -> Option<&Vec<E>> {
        match self {
            Self::Value(items) => Some(items),
            Self::Nil | Self::Absent => None,
        }
    }

    fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }
}

/// The slot of a wrapper that may be absent or nil.
#[derive(Debug)]
pub struct WrappedSlot<'v, W>(&'v mut W);

impl<W: Wrapper> Slot for WrappedSlot<'_, W> {
    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        if reader.is_nil()? {
            self.0.clear();
            return reader.end_nil();
        }
        match self.0.fresh() {
            Some(items) => choices_slot(items).read_xml(field, reader),
            None => Ok(()),
        }
    }

    fn read_tag(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        let mut items = Vec::new();
        let taken = choices_slot(&mut items).read_tag(field, reader)?;
        if taken && let Some(own) = self.0.fresh() {
            *own = items;
        }
        Ok(taken)
    }

    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        if reader.take_null() {
            self.0.clear();
            return Ok(());
        }
        match self.0.fresh() {
            Some(items) => choices_slot(items).read_json(field, reader),
            None => Ok(()),
        }
    }
}

/// The value of a wrapper that may be absent or nil.
#[derive(Debug)]
pub struct WrappedValue<'v, W>(&'v W);

impl<W: Wrapper> WrappedValue<'_, W> {
    /// What is sent for no items.
    fn absent(&self, field: &Field) -> Absent {
        if self.0.is_nil() {
            Absent::Nil
        } else {
            field.absent()
        }
    }
}

impl<W: Wrapper> Value for WrappedValue<'_, W> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        match self.0.items() {
            Some(items) => choices_value(items).write_xml(field, writer),
            None => writer.absent(field, self.absent(field)),
        }
    }

    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        match self.0.items() {
            Some(items) => choices_value(items).write_json(field, writer),
            None => writer.absent(field, self.absent(field)),
        }
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        match self.0.items() {
            Some(items) => choices_value(items).check(field, checker),
            None if self.0.is_nil() => {}
            None => checker.absent(field),
        }
    }

    fn is_given(&self) -> bool {
        self.0.items().is_some_and(|items| !items.is_empty())
    }

    fn comparable(&self) -> &dyn Comparable {
        self.0
    }
}

macro_rules! as_choice {
    ($($wrapper:ident)*) => {$(
        impl<E: Choice> SlotOfChoice for $wrapper<Vec<E>> {
            type Slot<'v> = WrappedSlot<'v, Self>;

            fn choice(&mut self) -> WrappedSlot<'_, Self> {
                WrappedSlot(self)
            }
        }

        impl<E: Choice> ValueOfChoice for $wrapper<Vec<E>> {
            type Value<'v> = WrappedValue<'v, Self>;

            fn choice(&self) -> WrappedValue<'_, Self> {
                WrappedValue(self)
            }
        }
    )*};
}

as_choice!(Option Nillable);
