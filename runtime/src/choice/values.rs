//! Choices as values.

use std::fmt::Debug;

use super::Choice;
use crate::check::Checker;
use crate::json;
use crate::record::Comparable;
use crate::shape::{Absent, Field, Shape};
use crate::value::{ContentWriter, Value, View};
use crate::xml;

/// A choice that is there at most once.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "it may hold secrets")]
pub struct Chosen<'v> {
    branches: &'static [Field],
    /// The branch that is chosen, and its value.
    pub(crate) value: Option<(usize, &'v dyn Value)>,
    /// What is shown and compared.
    pub(crate) own: &'v dyn Comparable,
}

impl<'v> Chosen<'v> {
    /// The branches that are written, the value of the one that is chosen, and none for those that are nil.
    fn written(
        self,
        field: &Field,
    ) -> impl Iterator<Item = (&'static Field, Option<&'v dyn Value>)> {
        let nil_others = field.nil_others;
        let branches = self.branches.iter().enumerate();
        branches.filter_map(move |(index, branch)| match self.value {
            Some((given, value)) if given == index => Some((branch, Some(value))),
            _ => nil_others.then_some((branch, None)),
        })
    }

    pub(crate) fn write_json(self, field: &Field, writer: &mut json::Writer) {
        for (branch, value) in self.written(field) {
            match value {
                Some(value) => value.write_json(branch, writer),
                None => writer.absent(branch, Absent::Nil),
            }
        }
    }

    pub(crate) fn check(self, field: &Field, checker: &mut Checker) {
        match self.value {
            Some((index, value)) => {
                if let Some(branch) = self.branches.get(index) {
                    value.check(branch, checker);
                }
            }
            None => checker.absent(field),
        }
    }
}

/// The value of a choice that is there at most once.
#[allow(missing_debug_implementations, reason = "it may hold secrets")]
pub struct ChoiceValue<'v>(Chosen<'v>);

/// The value of a choice that is there at most once.
pub fn choice_value<E: Choice>(value: &Option<E>) -> ChoiceValue<'_> {
    ChoiceValue(Chosen {
        branches: E::BRANCHES,
        value: value.as_ref().map(Choice::write),
        own: value,
    })
}

impl Value for ChoiceValue<'_> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        for (branch, value) in self.0.written(field) {
            match value {
                Some(value) => value.write_xml(branch, writer),
                None => writer.absent(branch, Absent::Nil),
            }
        }
    }

    fn view(&self) -> View<'_> {
        View::Choice(self.0)
    }
}

/// A repeated choice.
pub trait Choices: Debug {
    /// The branches.
    fn branches(&self) -> &'static [Field];

    /// How many there are.
    fn count(&self) -> usize;

    /// The branch that is chosen at an index, and its value.
    fn chosen(&self, index: usize) -> Option<(usize, &dyn Value)>;

    /// What is shown and compared.
    fn comparable(&self) -> &dyn Comparable;
}

impl<E: Choice> Choices for Vec<E> {
    fn branches(&self) -> &'static [Field] {
        E::BRANCHES
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn chosen(&self, index: usize) -> Option<(usize, &dyn Value)> {
        self.get(index).map(Choice::write)
    }

    fn comparable(&self) -> &dyn Comparable {
        self
    }
}

impl dyn Choices + '_ {
    /// The entries that are chosen, and their values.
    fn values(&self) -> impl Iterator<Item = (&'static Field, &dyn Value)> {
        let branches = self.branches();
        let chosen = (0..self.count()).filter_map(|index| self.chosen(index));
        chosen.filter_map(|(index, value)| Some((branches.get(index)?, value)))
    }

    pub(super) fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        if let Some(content) = field.content {
            writer.start_field(field);
            self.write_wrapped(content, writer);
            return writer.end();
        }
        { self.values() }.for_each(|(branch, value)| writer.content_entry(branch, value));
    }

    pub(crate) fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        if let Some(content) = field.content {
            writer.begin_record(field);
            return self.write_wrapped(content, writer);
        }
        { self.values() }.for_each(|(branch, value)| value.write_json(branch, writer));
    }

    pub(crate) fn check(&self, field: &Field, checker: &mut Checker) {
        if let Some(content) = field.content {
            let inside = checker.enter(field);
            self.write_wrapped(content, checker);
            return checker.leave(inside);
        }
        checker.count(field, self.count());
        { self.values() }.for_each(|(branch, value)| value.check(branch, checker));
    }

    /// Content goes by the table of the wrapper, as if there were a record.
    fn write_wrapped(&self, content: &'static Shape, writer: &mut dyn ContentWriter) {
        writer.content(content, &[&ChoicesValue(self)]);
    }
}

/// The value of a repeated choice.
#[allow(missing_debug_implementations, reason = "it may hold secrets")]
pub struct ChoicesValue<'v>(&'v dyn Choices);

/// The value of a repeated choice.
#[allow(clippy::ptr_arg, reason = "it is compared as the vector that it is")]
pub fn choices_value<E: Choice>(value: &Vec<E>) -> ChoicesValue<'_> {
    ChoicesValue(value)
}

impl Value for ChoicesValue<'_> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        self.0.write_xml(field, writer);
    }

    fn view(&self) -> View<'_> {
        View::Choices(self.0)
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
    type Value<'v> = ChoiceValue<'v>;

    fn choice(&self) -> ChoiceValue<'_> {
        choice_value(self)
    }
}

impl<E: Choice> ValueOfChoice for Vec<E> {
    type Value<'v> = ChoicesValue<'v>;

    fn choice(&self) -> ChoicesValue<'_> {
        choices_value(self)
    }
}
