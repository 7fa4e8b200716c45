//! Choices: one slot for several branches.

use std::fmt::Debug;

use crate::check::Checker;
use crate::json;
use crate::read_error::ReadError;
use crate::record::Comparable;
use crate::shape::{Absent, Field, Kind};
use crate::slot::Slot;
use crate::value::Value;
use crate::xml;

mod wrapped;

pub use wrapped::{WrappedSlot, WrappedValue, Wrapper};

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

#[derive(Debug)]
enum Source<'r, 'x> {
    Xml(&'r mut xml::Reader<'x>),
    Json(&'r mut json::Reader<'x>),
}

impl<'r, 'x> Branch<'r, 'x> {
    /// The current element, its start tag just passed.
    pub(crate) fn xml(field: &'r Field, reader: &'r mut xml::Reader<'x>) -> Self {
        Self {
            field,
            source: Source::Xml(reader),
        }
    }

    /// The value that the reader stands at.
    pub(crate) fn json(field: &'r Field, reader: &'r mut json::Reader<'x>) -> Self {
        Self {
            field,
            source: Source::Json(reader),
        }
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
        match self.source {
            Source::Xml(reader) => read_xml(reader),
            Source::Json(reader) => read_json(reader),
        }
    }

    fn fill(self, slot: &mut dyn Slot) -> Result<(), ReadError> {
        let field = self.field;
        match self.source {
            // Whether the tag was taken is seen at the reader.
            Source::Xml(reader) if reader.has_tag() => reader.branch_tag(field, slot),
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

/// The slot of a choice that is there at most once.
#[derive(Debug)]
pub struct ChoiceSlot<'v, E>(&'v mut Option<E>);

/// The slot of a choice that is there at most once.
pub fn choice_slot<E: Choice>(slot: &mut Option<E>) -> ChoiceSlot<'_, E> {
    ChoiceSlot(slot)
}

/// The slot of a repeated choice, or of the wrapper around one.
#[derive(Debug)]
pub struct ChoicesSlot<'v, E>(&'v mut Vec<E>);

/// The slot of a repeated choice.
pub fn choices_slot<E: Choice>(slot: &mut Vec<E>) -> ChoicesSlot<'_, E> {
    ChoicesSlot(slot)
}

fn read_xml<E: Choice>(reader: &mut xml::Reader<'_>) -> Result<E, ReadError> {
    let (index, branch) = reader.branch(E::BRANCHES)?;
    E::read(index, Branch::xml(branch, reader))
}

/// The branch that the tag is of; `None` where it is left for [`read_xml`].
fn read_tag<E: Choice>(reader: &mut xml::Reader<'_>) -> Result<Option<E>, ReadError> {
    let Some((index, branch)) = reader.tag_branch(E::BRANCHES) else {
        return Ok(None);
    };
    let chosen = E::read(index, Branch::xml(branch, reader))?;
    Ok((!reader.has_tag()).then_some(chosen))
}

fn read_json<E: Choice>(reader: &mut json::Reader<'_>) -> Result<E, ReadError> {
    let (index, branch) = reader.branch(E::BRANCHES)?;
    E::read(index, Branch::json(branch, reader))
}

impl<E: Choice> Slot for ChoiceSlot<'_, E> {
    fn read_xml(&mut self, _: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        *self.0 = Some(read_xml(reader)?);
        Ok(())
    }

    fn read_tag(&mut self, _: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        *self.0 = read_tag(reader)?;
        Ok(self.0.is_some())
    }

    fn read_json(&mut self, _: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        *self.0 = Some(read_json(reader)?);
        Ok(())
    }
}

impl<E: Choice> Slot for ChoicesSlot<'_, E> {
    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        match field.content {
            Some(content) => wrapped::read_xml(self, field, content, reader)?,
            None => self.0.push(read_xml(reader)?),
        }
        Ok(())
    }

    fn read_tag(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        if let Some(content) = field.content {
            return wrapped::read_tag(self, field, content, reader);
        }
        let before = self.0.len();
        self.0.extend(read_tag(reader)?);
        Ok(self.0.len() > before)
    }

    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        match field.content {
            Some(content) => wrapped::read_json(self, field, content, reader)?,
            None => self.0.push(read_json(reader)?),
        }
        Ok(())
    }
}

/// The value of a choice that is there at most once.
#[derive(Debug)]
pub struct ChoiceValue<'v, E>(&'v Option<E>);

/// The value of a choice that is there at most once.
pub fn choice_value<E: Choice>(value: &Option<E>) -> ChoiceValue<'_, E> {
    ChoiceValue(value)
}

/// The value of a repeated choice.
#[derive(Debug)]
pub struct ChoicesValue<'v, E>(&'v Vec<E>);

/// The value of a repeated choice.
#[allow(clippy::ptr_arg, reason = "it is compared as the vector that it is")]
pub fn choices_value<E: Choice>(value: &Vec<E>) -> ChoicesValue<'_, E> {
    ChoicesValue(value)
}

impl<E: Choice> Value for ChoiceValue<'_, E> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        let chosen = self.0.as_ref().map(Choice::write);
        for (index, branch) in E::BRANCHES.iter().enumerate() {
            match chosen {
                Some((given, value)) if given == index => value.write_xml(branch, writer),
                _ if field.nil_others => writer.absent(branch, Absent::Nil),
                _ => {}
            }
        }
    }

    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        let chosen = self.0.as_ref().map(Choice::write);
        for (index, branch) in E::BRANCHES.iter().enumerate() {
            match chosen {
                Some((given, value)) if given == index => value.write_json(branch, writer),
                _ if field.nil_others => writer.absent(branch, Absent::Nil),
                _ => {}
            }
        }
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        match &self.0 {
            Some(chosen) => check_branch(chosen, checker),
            None => checker.absent(field),
        }
    }

    fn is_given(&self) -> bool {
        self.0.is_some()
    }

    fn comparable(&self) -> &dyn Comparable {
        self.0
    }
}

impl<E: Choice> Value for ChoicesValue<'_, E> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        if let Some(content) = field.content {
            return wrapped::write_xml(self, field, content, writer);
        }
        for chosen in self.0.iter() {
            let (index, value) = chosen.write();
            if let Some(branch) = E::BRANCHES.get(index) {
                writer.content_entry(branch, value);
            }
        }
    }

    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        if let Some(content) = field.content {
            return wrapped::write_json(self, field, content, writer);
        }
        for chosen in self.0.iter() {
            let (index, value) = chosen.write();
            if let Some(branch) = E::BRANCHES.get(index) {
                value.write_json(branch, writer);
            }
        }
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        if let Some(content) = field.content {
            return wrapped::check(self, field, content, checker);
        }
        checker.count(field, self.0.len());
        self.0
            .iter()
            .for_each(|chosen| check_branch(chosen, checker));
    }

    fn is_given(&self) -> bool {
        !self.0.is_empty()
    }

    fn comparable(&self) -> &dyn Comparable {
        self.0
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
    type Slot<'v> = ChoiceSlot<'v, E>;

    fn choice(&mut self) -> Self::Slot<'_> {
        choice_slot(self)
    }
}

impl<E: Choice> SlotOfChoice for Vec<E> {
    type Slot<'v> = ChoicesSlot<'v, E>;

    fn choice(&mut self) -> Self::Slot<'_> {
        choices_slot(self)
    }
}

/// What holds a choice, as a value; `as choice` in `complex_type!`.
pub trait ValueOfChoice {
    /// The value.
    type Value<'v>: Value
    where
        Self: 'v;

    /// The value.
    fn choice(&self) -> Self::Value<'_>;
}

impl<E: Choice> ValueOfChoice for Option<E> {
    type Value<'v> = ChoiceValue<'v, E>;

    fn choice(&self) -> Self::Value<'_> {
        choice_value(self)
    }
}

impl<E: Choice> ValueOfChoice for Vec<E> {
    type Value<'v> = ChoicesValue<'v, E>;

    fn choice(&self) -> Self::Value<'_> {
        choices_value(self)
    }
}

fn check_branch<E: Choice>(chosen: &E, checker: &mut Checker) {
    let (index, value) = chosen.write();
    if let Some(branch) = E::BRANCHES.get(index) {
        value.check(branch, checker);
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
