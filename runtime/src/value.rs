//! What is written.

use crate::check::Checker;
use crate::choice::{Choices, Chosen, WrappedValue};
use crate::complex::Record;
use crate::json;
use crate::polymorphic::Typed;
use crate::record::Comparable;
use crate::shape::{Absent, Field, Shape};
use crate::simple::Lexical;
use crate::types::Nillable;
use crate::xml;

/// A value of a record that a writer takes.
///
/// XML is written by a function of each type. All else that is done with a value (JSON, the check of
/// limits, `Debug`, comparison) is done by the runtime once, with what [`Value::view`] shows: so a type
/// costs its user's compiler two functions.
pub trait Value {
    /// Writes the value as the entry says, with its element or attribute.
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer);

    /// What the value is made of.
    fn view(&self) -> View<'_>;
}

/// What a [`Value`] is made of.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "it may show secrets")]
pub enum View<'v> {
    /// A record.
    Record(&'v dyn Record),
    /// A value that may be absent.
    Optional(Option<&'v dyn Value>),
    /// A value that may be absent or nil.
    Nillable(Nillable<&'v dyn Value>),
    /// A list.
    Items(&'v dyn Items),
    /// A choice that is there at most once.
    Choice(Chosen<'v>),
    /// A repeated choice, or the wrapper around one.
    Choices(&'v dyn Choices),
    /// A wrapper around a repeated choice that may be absent, or nil.
    Wrapper(WrappedValue<'v>),
    /// A value of one of several types.
    Typed(Typed<'v>),
    /// A value of a simple type.
    Simple(&'v dyn Lexical),
    /// A [`Secret`](crate::Secret).
    Secret(&'v dyn Lexical),
    /// Any other value.
    Own(&'v dyn Own),
}

/// A value that sees to itself.
pub trait Own: Comparable {
    /// Writes the value as the entry says, with its member name.
    fn write_json(&self, field: &Field, writer: &mut json::Writer);

    /// Holds the value against the limits of the entry.
    fn check(&self, field: &Field, checker: &mut Checker);

    /// Whether there is a value: present and not nil.
    fn is_given(&self) -> bool {
        true
    }
}

/// The values of a list.
pub trait Items {
    /// How many.
    fn count(&self) -> usize;

    /// The one at this index.
    fn item(&self, index: usize) -> Option<&dyn Value>;
}

impl<'v> dyn Items + 'v {
    pub(crate) fn values(&self) -> impl Iterator<Item = &dyn Value> {
        (0..self.count()).map_while(|index| self.item(index))
    }
}

impl<T: Value> Items for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        self.get(index).map(|item| item as &dyn Value)
    }
}

impl<'v> dyn Value + 'v {
    /// Writes the value as the entry says, with its member name.
    pub(crate) fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        match self.view() {
            View::Record(record) => {
                writer.begin_record(field);
                record.write_content(writer);
            }
            View::Optional(Some(value)) | View::Nillable(Nillable::Value(value)) => {
                value.write_json(field, writer);
            }
            View::Optional(None) => writer.absent(field, field.absent()),
            View::Nillable(Nillable::Nil) => writer.absent(field, Absent::Nil),
            View::Nillable(Nillable::Absent) => {}
            View::Items(items) if !field.is_named() => {
                { items.values() }.for_each(|value| value.write_json(field, writer));
            }
            View::Items(items) => {
                if items.count() > 0 || field.item.is_some() {
                    writer.array(field, items);
                }
            }
            View::Choice(chosen) => chosen.write_json(field, writer),
            View::Choices(choices) => choices.write_json(field, writer),
            View::Wrapper(wrapped) => match wrapped.items {
                Some(items) => items.write_json(field, writer),
                None => writer.absent(field, wrapped.absent(field)),
            },
            View::Typed(typed) => typed.value.write_json(field, writer),
            View::Simple(value) | View::Secret(value) => {
                writer.scalar(field, value.facts().json, &value.lexical());
            }
            View::Own(own) => own.write_json(field, writer),
        }
    }

    /// Holds the value against the limits of the entry.
    pub(crate) fn check(&self, field: &Field, checker: &mut Checker) {
        match self.view() {
            View::Record(record) => {
                let inside = checker.enter(field);
                record.write_content(checker);
                checker.leave(inside);
            }
            View::Optional(Some(value)) | View::Nillable(Nillable::Value(value)) => {
                value.check(field, checker);
            }
            View::Optional(None) | View::Nillable(Nillable::Absent) => checker.absent(field),
            View::Nillable(Nillable::Nil) => {}
            View::Items(items) => checker.items(field, items),
            View::Choice(chosen) => chosen.check(field, checker),
            View::Choices(choices) => choices.check(field, checker),
            View::Wrapper(wrapped) => match wrapped.items {
                Some(items) => items.check(field, checker),
                None if wrapped.is_nil => {}
                None => checker.absent(field),
            },
            View::Typed(typed) => typed.check(field, checker),
            View::Simple(_) if field.takes_all() => checker.pass(),
            View::Simple(value) => checker.simple(field, value),
            View::Secret(value) => checker.secret(field, value),
            View::Own(own) => own.check(field, checker),
        }
    }

    /// Whether there is a value: present and not nil.
    pub(crate) fn is_given(&self) -> bool {
        match self.view() {
            View::Record(_) | View::Typed(_) | View::Simple(_) | View::Secret(_) => true,
            View::Optional(value) => value.is_some_and(|value| value.is_given()),
            View::Nillable(value) => value.as_ref().is_some_and(|value| value.is_given()),
            View::Items(items) => items.count() > 0,
            View::Choice(chosen) => chosen.value.is_some(),
            View::Choices(choices) => choices.count() > 0,
            View::Wrapper(wrapped) => wrapped.items.is_some_and(|items| items.count() > 0),
            View::Own(own) => own.is_given(),
        }
    }
}

/// A writer (or checker) as a record sees it.
pub trait ContentWriter {
    /// Takes `values`, which stand for the attributes and the fields of `shape` in this order.
    fn content(&mut self, shape: &'static Shape, values: &[&dyn Value]);
}

impl<T: Value> Value for Option<T> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        match self {
            Some(value) => value.write_xml(field, writer),
            None => writer.absent(field, field.absent()),
        }
    }

    fn view(&self) -> View<'_> {
        View::Optional(self.as_ref().map(|value| value as &dyn Value))
    }
}

impl<T: Value> Value for Nillable<T> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        match self {
            Self::Value(value) => value.write_xml(field, writer),
            Self::Nil => writer.absent(field, Absent::Nil),
            Self::Absent => {}
        }
    }

    fn view(&self) -> View<'_> {
        View::Nillable(match self {
            Self::Value(value) => Nillable::Value(value),
            Self::Nil => Nillable::Nil,
            Self::Absent => Nillable::Absent,
        })
    }
}

impl<T: Value> Value for Vec<T> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        write_items(self, field, writer);
    }

    fn view(&self) -> View<'_> {
        View::Items(self)
    }
}

/// Writes a list. Not generic, so that it is compiled here, once.
fn write_items(items: &dyn Items, field: &Field, writer: &mut xml::Writer) {
    match field.item {
        // Also without items: whether there is a wrapper at all is the `Option`'s to say.
        Some(item) => writer.wrapped(field, item, items),
        None => items
            .values()
            .for_each(|value| value.write_xml(field, writer)),
    }
}
