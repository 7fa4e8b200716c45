//! A repeated choice in a wrapper that may be absent or nil, which is told from an empty one by what
//! is around the vector.

use super::slots::{ChoicePlace, ChoicesSlot};
use super::{Choice, Choices, SlotOfChoice, ValueOfChoice};
use crate::read_error::ReadError;
use crate::record::Comparable;
use crate::shape::{Absent, Field};
use crate::slot::{Holder, Optional, Slot, Source, Step, Traits, read_optional};
use crate::types::Nillable;
use crate::value::{Value, View};
use crate::xml;

/// What says whether there is a wrapper: an `Option` or [`Nillable`] around the items.
trait Wrapper {
    /// Puts an empty wrapper in place to be filled, or takes it away.
    fn place(&mut self, step: Step) -> Option<&mut dyn ChoicePlace>;
}

/// The slot of a wrapper that may be absent or nil.
#[allow(missing_debug_implementations, reason = "it may hold secrets")]
pub struct WrappedSlot<'v>(&'v mut dyn Wrapper);

impl Optional for WrappedSlot<'_> {
    fn clear(&mut self, step: Step) {
        self.0.place(step);
    }

    fn fill(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        match self.0.place(Step::Fresh) {
            Some(items) => ChoicesSlot(items).read(field, source),
            None => Ok(true),
        }
    }
}

impl Slot for WrappedSlot<'_> {
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        read_optional(self, Traits::default(), field, source)
    }
}

macro_rules! as_wrapper {
    ($($holder:ident)*) => {$(
        impl<E: Choice> Wrapper for $holder<Vec<E>> {
            fn place(&mut self, step: Step) -> Option<&mut dyn ChoicePlace> {
                self.hold(step).map(|items| items as &mut dyn ChoicePlace)
            }
        }

        impl<E: Choice> SlotOfChoice for $holder<Vec<E>> {
            type Slot<'v> = WrappedSlot<'v>;

            fn choice(&mut self) -> WrappedSlot<'_> {
                WrappedSlot(self)
            }
        }
    )*};
}

as_wrapper!(Option Nillable);

/// The value of a wrapper that may be absent or nil.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "it may hold secrets")]
pub struct WrappedValue<'v> {
    /// What is in it, if it is there.
    pub(crate) items: Option<&'v dyn Choices>,
    /// Whether it is nil whatever the table says of absence.
    pub(crate) is_nil: bool,
    /// What is shown and compared.
    pub(crate) own: &'v dyn Comparable,
}

impl WrappedValue<'_> {
    /// What is sent for no items.
    pub(crate) fn absent(&self, field: &Field) -> Absent {
        if self.is_nil {
            Absent::Nil
        } else {
            field.absent()
        }
    }
}

impl Value for WrappedValue<'_> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        match self.items {
            Some(items) => items.write_xml(field, writer),
            None => writer.absent(field, self.absent(field)),
        }
    }

    fn view(&self) -> View<'_> {
        View::Wrapper(*self)
    }
}

impl<E: Choice> ValueOfChoice for Option<Vec<E>> {
    type Value<'v> = WrappedValue<'v>;

    fn choice(&self) -> WrappedValue<'_> {
        WrappedValue {
            items: self.as_ref().map(|items| items as &dyn Choices),
            is_nil: false,
            own: self,
        }
    }
}

impl<E: Choice> ValueOfChoice for Nillable<Vec<E>> {
    type Value<'v> = WrappedValue<'v>;

    fn choice(&self) -> WrappedValue<'_> {
        WrappedValue {
            items: self.as_ref().map(|items| items as &dyn Choices),
            is_nil: self.is_nil(),
            own: self,
        }
    }
}
