//! Where values are put on reading.

use crate::json;
use crate::read_error::ReadError;
use crate::shape::{Field, Shape};
use crate::simple::Leaf;
use crate::types::Nillable;
use crate::xml;

/// A place in a record that a reader fills.
pub trait Slot {
    /// Takes the element whose start tag the reader has just passed, to its end. For a repeated
    /// entry this happens once an element.
    ///
    /// # Errors
    /// When the element holds something else than the slot takes.
    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError>;

    /// Takes the JSON value that the reader stands at.
    ///
    /// # Errors
    /// When the value is another than the slot takes.
    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError>;

    /// Takes a simple value whose text is at hand; `false` where the slot takes none, or not this
    /// one. What `false` leaves in the slot does not count: [`Slot::read_xml`] follows and decides.
    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        let _ = (field, leaf);
        false
    }

    /// Takes the element whose start tag the reader has passed up to the end of its name, where the
    /// rest of the tag can be read along the table. `false` where it cannot, or the slot takes
    /// nothing this way: nothing is passed then, and the slot is as it was by default, for the
    /// element may be of another name by what the tag declares.
    ///
    /// # Errors
    /// As of [`Slot::read_xml`].
    fn read_tag(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        let _ = (field, reader);
        Ok(false)
    }

    /// Whether [`Slot::read_leaf`] may take a text: whether the slot is for simple values.
    #[must_use]
    fn is_simple() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Whether [`Slot::read_leaf`] refuses each text that has a character in it which XML does not
    /// allow or writes in another way: then nobody else looks for those in a long text.
    #[must_use]
    fn refuses_markup(&self) -> bool {
        false
    }

    /// [`Slot::refuses_markup`] of slots of this type.
    #[must_use]
    fn is_strict() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Whether the current element, which is nil, is read like any other: it says more than that it
    /// is nil, and the value can keep it.
    fn keeps_nil(reader: &xml::Reader<'_>) -> bool
    where
        Self: Sized,
    {
        let _ = reader;
        false
    }
}

/// A reader as a record sees it.
pub trait ContentReader {
    /// Fills `slots`, which stand for the attributes and the fields of `shape` in this order, from
    /// the content of the current element (object).
    ///
    /// # Errors
    /// When the content is not as `shape` says.
    fn content(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError>;
}

/// Puts a fresh value in place. Not inlined: the temporary must not live in the frame of a
/// function that recurses.
#[inline(never)]
fn fresh<T: Default>(slot: &mut Option<T>) -> &mut T {
    slot.insert(T::default())
}

impl<T: Slot + Default> Slot for Option<T> {
    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        if field.is_named() && reader.is_nil()? && !T::keeps_nil(reader) {
            *self = None;
            return reader.end_nil();
        }
        fresh(self).read_xml(field, reader)
    }

    #[inline]
    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        if leaf.text.is_none() {
            // Nothing but nil: no value keeps that.
            *self = None;
            return field.is_named();
        }
        // Not by `fresh`: there is no recursion here.
        T::is_simple() && self.insert(T::default()).read_leaf(field, leaf)
    }

    fn read_tag(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        if T::is_simple() {
            return Ok(false);
        }
        let taken = fresh(self).read_tag(field, reader)?;
        if !taken {
            *self = None;
        }
        Ok(taken)
    }

    fn refuses_markup(&self) -> bool {
        T::is_strict()
    }

    fn is_strict() -> bool {
        T::is_strict()
    }

    fn is_simple() -> bool {
        T::is_simple()
    }

    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        if field.is_named() && reader.take_null() {
            *self = None;
            return Ok(());
        }
        fresh(self).read_json(field, reader)
    }
}

/// See [`fresh`].
#[inline(never)]
fn fresh_nillable<T: Default>(slot: &mut Nillable<T>) -> Option<&mut T> {
    *slot = Nillable::Value(T::default());
    slot.as_mut()
}

impl<T: Slot + Default> Slot for Nillable<T> {
    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        if field.is_named() && reader.is_nil()? && !T::keeps_nil(reader) {
            *self = Self::Nil;
            return reader.end_nil();
        }
        match fresh_nillable(self) {
            Some(value) => value.read_xml(field, reader),
            None => Ok(()),
        }
    }

    #[inline]
    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        if leaf.text.is_none() {
            *self = Self::Nil;
            return field.is_named();
        }
        if !T::is_simple() {
            return false;
        }
        *self = Self::Value(T::default());
        self.as_mut()
            .is_some_and(|value| value.read_leaf(field, leaf))
    }

    fn read_tag(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        if T::is_simple() {
            return Ok(false);
        }
        let taken = match fresh_nillable(self) {
            Some(value) => value.read_tag(field, reader)?,
            None => false,
        };
        if !taken {
            *self = Self::Absent;
        }
        Ok(taken)
    }

    fn refuses_markup(&self) -> bool {
        T::is_strict()
    }

    fn is_strict() -> bool {
        T::is_strict()
    }

    fn is_simple() -> bool {
        T::is_simple()
    }

    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        if field.is_named() && reader.take_null() {
            *self = Self::Nil;
            return Ok(());
        }
        match fresh_nillable(self) {
            Some(value) => value.read_json(field, reader),
            None => Ok(()),
        }
    }
}

/// See [`fresh`].
#[inline(never)]
fn fresh_item<T: Default>(items: &mut Vec<T>) -> Option<&mut T> {
    items.push(T::default());
    items.last_mut()
}

/// The items of a wrapped list, read as the repeated content of the wrapper.
struct Items<'v, T>(&'v mut Vec<T>);

impl<T: Slot + Default> Slot for Items<'_, T> {
    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        if !field.is_group() {
            reader.set_index(self.0.len() + 1);
        }
        match fresh_item(self.0) {
            Some(item) => item.read_xml(field, reader),
            None => Ok(()),
        }
    }

    #[inline]
    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        // Of nothing but nil only the item can tell what becomes.
        if leaf.text.is_some() && !T::is_simple() {
            return false;
        }
        let mut item = T::default();
        let taken = item.read_leaf(field, leaf);
        if taken {
            self.0.push(item);
        }
        taken
    }

    fn refuses_markup(&self) -> bool {
        T::is_strict()
    }

    fn read_tag(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        if T::is_simple() {
            return Ok(false);
        }
        reader.set_tag_index(self.0.len() + 1);
        let taken = match fresh_item(self.0) {
            Some(item) => item.read_tag(field, reader)?,
            None => false,
        };
        if !taken {
            self.0.pop();
        }
        Ok(taken)
    }

    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        match fresh_item(self.0) {
            Some(item) => item.read_json(field, reader),
            None => Ok(()),
        }
    }
}

impl<T: Slot + Default> Slot for Vec<T> {
    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        match field.item {
            Some(item) => reader.wrapped(field, item, &mut Items(self)),
            None => Items(self).read_xml(field, reader),
        }
    }

    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        field.item.is_none() && Items(self).read_leaf(field, leaf)
    }

    fn refuses_markup(&self) -> bool {
        T::is_strict()
    }

    fn read_tag(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        match field.item {
            Some(item) => reader.wrapped_tag(field, item, &mut Items(self)),
            None => Items(self).read_tag(field, reader),
        }
    }

    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        if field.is_named() {
            reader.array(field, &mut Items(self))
        } else {
            Items(self).read_json(field, reader)
        }
    }
}
