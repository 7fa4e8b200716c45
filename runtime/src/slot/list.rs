//! Lists, of their own items or those of the wrapper that they stand for.

use super::{Place, Slot, Source, Step, Traits};
use crate::read_error::ReadError;
use crate::shape::Field;
use crate::simple::Leaf;

/// A list.
trait List: Place {
    /// Puts a value behind the others that [`Slot::make`] reads.
    ///
    /// # Errors
    /// As of [`Slot::read`].
    fn make(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError>;
}

/// A list that is read, item by item: its own items, or those of the wrapper that it stands for.
pub(crate) struct Items<'v> {
    place: &'v mut dyn List,
    count: usize,
    traits: Traits,
}

impl Items<'_> {
    #[inline]
    fn read_item(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        match source {
            Source::Xml(reader) => {
                self.count += 1;
                if !field.is_group() {
                    reader.set_index(self.count);
                }
                self.add(field, Source::Xml(reader))
            }
            Source::Tag(_) if self.traits.is_simple => Ok(false),
            Source::Tag(reader) => {
                reader.set_tag_index(self.count + 1);
                let taken = self.add(field, Source::Tag(reader))?;
                self.count += usize::from(taken);
                Ok(taken)
            }
            Source::Json(reader) => self.add(field, Source::Json(reader)),
        }
    }

    /// Reads an item and puts it behind the others.
    #[inline]
    fn add(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        if self.traits.is_made {
            return self.place.make(field, source);
        }
        let Some(item) = self.place.place(Step::Fresh) else {
            return Ok(true);
        };
        let taken = item.read(field, source)?;
        if !taken {
            self.place.place(Step::Back);
        }
        Ok(taken)
    }

    /// Whether [`Slot::read_leaf`] may take something.
    pub(crate) fn may_be_leaves(&self) -> bool {
        self.traits.is_simple || self.traits.is_nillable
    }
}

impl Slot for Items<'_> {
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        self.read_item(field, source)
    }

    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        // Of nothing but nil only the item can tell what becomes.
        let may_be = if leaf.text.is_some() {
            self.traits.is_simple
        } else {
            self.traits.is_nillable
        };
        let Some(item) = may_be.then(|| self.place.place(Step::Fresh)).flatten() else {
            return false;
        };
        let taken = item.read_leaf(field, leaf);
        if taken {
            self.count += 1;
        } else {
            self.place.place(Step::Back);
        }
        taken
    }

    fn refuses_markup(&self) -> bool {
        self.traits.is_strict
    }
}

/// Reads an item, or the wrapper around all.
fn read_items(
    items: &mut Items<'_>,
    field: &Field,
    source: Source<'_, '_>,
) -> Result<bool, ReadError> {
    match (source, field.item) {
        (Source::Xml(reader), Some(item)) => reader.wrapped(field, item, items).map(|()| true),
        (Source::Tag(reader), Some(item)) => reader.wrapped_tag(field, item, items),
        (Source::Json(reader), _) if field.is_named() => reader.array(field, items).map(|()| true),
        (source, _) => items.read_item(field, source),
    }
}

impl<T: Slot + Default> Place for Vec<T> {
    fn place(&mut self, step: Step) -> Option<&mut dyn Slot> {
        match step {
            Step::Fresh => {
                self.push(T::default());
                self.last_mut().map(|item| item as &mut dyn Slot)
            }
            Step::Nil | Step::Back => {
                self.pop();
                None
            }
        }
    }
}

impl<T: Slot + Default> List for Vec<T> {
    fn make(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        let item = T::make(field, source)?;
        let taken = item.is_some();
        self.extend(item);
        Ok(taken)
    }
}

impl<'v> Items<'v> {
    fn of<T: Slot + Default>(list: &'v mut Vec<T>) -> Self {
        let (count, traits) = (list.len(), T::traits());
        Self {
            place: list,
            count,
            traits,
        }
    }
}

impl<T: Slot + Default> Slot for Vec<T> {
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        read_items(&mut Items::of(self), field, source)
    }

    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        field.item.is_none() && Items::of(self).read_leaf(field, leaf)
    }

    fn refuses_markup(&self) -> bool {
        T::traits().is_strict
    }
}
