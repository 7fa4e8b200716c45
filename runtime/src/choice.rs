//! Choices: one slot for several branches.

use std::fmt::Debug;

use crate::json;
use crate::read_error::ReadError;
use crate::shape::{Field, Kind};
use crate::slot::{Slot, Source};
use crate::value::Value;
use crate::xml;

mod slots;
mod values;
mod wrapped;

pub use slots::{ChoiceSlot, ChoicesSlot, SlotOfChoice, choice_slot, choices_slot};
pub use values::{
    ChoiceValue, Choices, ChoicesValue, Chosen, ValueOfChoice, choice_value, choices_value,
};
pub use wrapped::{WrappedSlot, WrappedValue};

/// An enum whose variants are the branches of a choice.
pub trait Choice: Debug + PartialEq + Sized + 'static {
    /// The branches, in the order of the schema.
    const BRANCHES: &'static [Field];

    /// Reads the branch of this index.
    ///
    /// # Errors
    /// When the branch holds something else.
    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError>;

    /// The index and the value of the branch that is chosen.
    fn write(&self) -> (usize, &dyn Value);
}

impl<E: Choice> Choice for Box<E> {
    const BRANCHES: &'static [Field] = E::BRANCHES;

    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        E::read(branch, value).map(Self::new)
    }

    fn write(&self) -> (usize, &dyn Value) {
        (**self).write()
    }
}

/// The value of one branch, still to be read.
#[derive(Debug)]
pub struct Branch<'r, 'x> {
    field: &'r Field,
    source: Source<'r, 'x>,
}

impl<'r, 'x> Branch<'r, 'x> {
    /// The branch that is there, and its index.
    fn of(
        mut source: Source<'r, 'x>,
        branches: &'static [Field],
    ) -> Result<(usize, Self), ReadError> {
        let (index, field) = match &mut source {
            Source::Xml(reader) | Source::Tag(reader) => reader.branch(branches)?,
            Source::Json(reader) => reader.branch(branches)?,
        };
        Ok((index, Self { field, source }))
    }

    /// The element whose start tag waits to be read.
    fn tag(field: &'r Field, reader: &'r mut xml::Reader<'x>) -> Self {
        let source = Source::Tag(reader);
        Self { field, source }
    }

    /// The current element, its start tag just passed.
    pub(crate) fn xml(field: &'r Field, reader: &'r mut xml::Reader<'x>) -> Self {
        let source = Source::Xml(reader);
        Self { field, source }
    }

    /// The value that the reader stands at.
    pub(crate) fn json(field: &'r Field, reader: &'r mut json::Reader<'x>) -> Self {
        let source = Source::Json(reader);
        Self { field, source }
    }

    /// Reads the value.
    ///
    /// # Errors
    /// When it is no value of the type.
    pub fn read<T: Slot + Default>(self) -> Result<T, ReadError> {
        let mut value = T::default();
        self.fill(&mut value)?;
        Ok(value)
    }

    /// Reads the value, where it is one of several branches.
    ///
    /// # Errors
    /// When it is none of them, or no value of its type.
    pub fn choice<E: Choice>(self) -> Result<E, ReadError> {
        let source = match self.source {
            Source::Tag(reader) => Source::Xml(reader),
            source => source,
        };
        let (index, branch) = Self::of(source, E::BRANCHES)?;
        E::read(index, branch)
    }

    fn fill(self, slot: &mut dyn Slot) -> Result<(), ReadError> {
        let field = self.field;
        match self.source {
            // Whether the tag was taken is seen at the reader.
            Source::Tag(reader) => reader.branch_tag(field, slot),
            Source::Xml(reader) => {
                let namespace = reader.default_namespace();
                slot.read_xml(field, reader)?;
                while field.repeated && reader.next_is_again(field, namespace)? {
                    slot.read_xml(field, reader)?;
                }
                Ok(())
            }
            Source::Json(reader) => reader.member(field, slot),
        }
    }
}

/// The branch that the first test finds; if none, the second, and so on.
pub(crate) fn branch_of(
    branches: &'static [Field],
    tests: &[&dyn Fn(&Field) -> bool],
) -> Option<(usize, &'static Field)> {
    tests.iter().find_map(|test| {
        let mut branches = branches.iter().enumerate();
        branches.find(|(_, branch)| test(branch))
    })
}

/// The names of all branches, for messages.
pub(crate) fn branch_names(branches: &'static [Field]) -> Vec<&'static str> {
    Field {
        kind: Kind::Choice(branches),
        ..crate::shape::one("choice")
    }
    .names()
}
