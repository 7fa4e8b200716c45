//! Choices as slots.

use super::{Branch, Choice};
use crate::read_error::ReadError;
use crate::shape::{Field, Shape};
use crate::slot::{ContentReader, Slot, Source};

/// What holds a choice, or several: the part of it that depends on their type.
pub(super) trait ChoicePlace {
    /// The branches.
    fn branches(&self) -> &'static [Field];

    /// Reads the branch of this index.
    ///
    /// # Errors
    /// As of [`Choice::read`].
    fn read(&mut self, branch: usize, value: Branch<'_, '_>) -> Result<(), ReadError>;

    /// Takes away what was read last.
    fn take_back(&mut self);
}

impl<E: Choice> ChoicePlace for Option<E> {
    fn branches(&self) -> &'static [Field] {
        E::BRANCHES
    }

    fn read(&mut self, branch: usize, value: Branch<'_, '_>) -> Result<(), ReadError> {
        *self = Some(E::read(branch, value)?);
        Ok(())
    }

    fn take_back(&mut self) {
        *self = None;
    }
}

impl<E: Choice> ChoicePlace for Vec<E> {
    fn branches(&self) -> &'static [Field] {
        E::BRANCHES
    }

    fn read(&mut self, branch: usize, value: Branch<'_, '_>) -> Result<(), ReadError> {
        self.push(E::read(branch, value)?);
        Ok(())
    }

    fn take_back(&mut self) {
        self.pop();
    }
}

fn read(place: &mut dyn ChoicePlace, source: Source<'_, '_>) -> Result<bool, ReadError> {
    let branches = place.branches();
    if let Source::Tag(reader) = source {
        let Some((index, branch)) = reader.tag_branch(branches) else {
            return Ok(false);
        };
        place.read(index, Branch::tag(branch, reader))?;
        // Otherwise the tag is left for the slow path.
        let taken = !reader.has_tag();
        if !taken {
            place.take_back();
        }
        return Ok(taken);
    }
    let (index, branch) = Branch::of(source, branches)?;
    place.read(index, branch)?;
    Ok(true)
}

/// The slot of a choice that is there at most once.
#[allow(missing_debug_implementations, reason = "it may hold secrets")]
pub struct ChoiceSlot<'v>(&'v mut dyn ChoicePlace);

/// The slot of a choice that is there at most once.
pub fn choice_slot<E: Choice>(slot: &mut Option<E>) -> ChoiceSlot<'_> {
    ChoiceSlot(slot)
}

impl Slot for ChoiceSlot<'_> {
    fn read(&mut self, _: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        read(self.0, source)
    }
}

/// The slot of a repeated choice, or of the wrapper around one.
#[allow(missing_debug_implementations, reason = "it may hold secrets")]
pub struct ChoicesSlot<'v>(pub(super) &'v mut dyn ChoicePlace);

/// The slot of a repeated choice.
pub fn choices_slot<E: Choice>(slot: &mut Vec<E>) -> ChoicesSlot<'_> {
    ChoicesSlot(slot)
}

impl Slot for ChoicesSlot<'_> {
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        match field.content {
            Some(content) => self.read_wrapped(field, content, source),
            None => read(self.0, source),
        }
    }
}

impl ChoicesSlot<'_> {
    /// Reads a wrapper as the record that it would be.
    fn read_wrapped(
        &mut self,
        field: &Field,
        content: &'static Shape,
        source: Source<'_, '_>,
    ) -> Result<bool, ReadError> {
        match source {
            Source::Xml(reader) => {
                if reader.is_nil()? {
                    // As for lists: nil where the contract knows no nil is empty.
                    reader.end_nil()?;
                } else {
                    reader.begin_record(field, content)?;
                    reader.content(content, &mut [self])?;
                }
            }
            Source::Tag(reader) => {
                reader.begin_tag(field);
                reader.content(content, &mut [self])?;
                return Ok(!reader.has_tag());
            }
            Source::Json(reader) => {
                reader.begin_record(field);
                reader.content(content, &mut [self])?;
            }
        }
        Ok(true)
    }
}

/// What holds a choice, as a slot; `as choice` in `complex_type!`.
pub trait SlotOfChoice {
    /// The slot.
    type Slot<'v>: Slot
    where
        Self: 'v;

    /// The slot.
    fn choice(&mut self) -> Self::Slot<'_>;
}

impl<E: Choice> SlotOfChoice for Option<E> {
    type Slot<'v> = ChoiceSlot<'v>;

    fn choice(&mut self) -> ChoiceSlot<'_> {
        choice_slot(self)
    }
}

impl<E: Choice> SlotOfChoice for Vec<E> {
    type Slot<'v> = ChoicesSlot<'v>;

    fn choice(&mut self) -> ChoicesSlot<'_> {
        choices_slot(self)
    }
}
