//! What is written.

use std::fmt::Debug;

use crate::check::Checker;
use crate::json;
use crate::record::Comparable;
use crate::shape::{Absent, Field, Shape};
use crate::types::Nillable;
use crate::xml;

/// A value of a record that a writer takes.
pub trait Value {
    /// Writes the value as the entry says, with its element or attribute.
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer);

    /// Writes the value as the entry says, with its member name.
    fn write_json(&self, field: &Field, writer: &mut json::Writer);

    /// Holds the value against the limits of the entry.
    fn check(&self, field: &Field, checker: &mut Checker);

    /// Whether there is a value: present and not nil.
    fn is_given(&self) -> bool {
        true
    }

    /// What is shown and compared: most often `self`.
    fn comparable(&self) -> &dyn Comparable;

    /// Hands the values of a record to the writer; what is no record has none.
    #[doc(hidden)]
    fn content(&self, _writer: &mut dyn ContentWriter) {}
}

/// A writer (or checker) as a record sees it.
pub trait ContentWriter {
    /// Takes `values`, which stand for the attributes and the fields of `shape` in this order.
    fn content(&mut self, shape: &'static Shape, values: &[&dyn Value]);
}

impl<T: Value + Debug + PartialEq + 'static> Value for Option<T> {
    fn comparable(&self) -> &dyn Comparable {
        self
    }

    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        match self {
            Some(value) => value.write_xml(field, writer),
            None => writer.absent(field, field.absent()),
        }
    }

    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        match self {
            Some(value) => value.write_json(field, writer),
            None => writer.absent(field, field.absent()),
        }
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        match self {
            Some(value) => value.check(field, checker),
            None => checker.absent(field),
        }
    }

    fn is_given(&self) -> bool {
        self.as_ref().is_some_and(Value::is_given)
    }
}

impl<T: Value + Debug + PartialEq + 'static> Value for Nillable<T> {
    fn comparable(&self) -> &dyn Comparable {
        self
    }

    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        match self {
            Self::Value(value) => value.write_xml(field, writer),
            Self::Nil => writer.absent(field, Absent::Nil),
            Self::Absent => {}
        }
    }

    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        match self {
            Self::Value(value) => value.write_json(field, writer),
            Self::Nil => writer.absent(field, Absent::Nil),
            Self::Absent => {}
        }
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        match self {
            Self::Value(value) => value.check(field, checker),
            Self::Nil => {}
            Self::Absent => checker.absent(field),
        }
    }

    fn is_given(&self) -> bool {
        matches!(self, Self::Value(value) if value.is_given())
    }
}

impl<T: Value + Debug + PartialEq + 'static> Value for Vec<T> {
    fn comparable(&self) -> &dyn Comparable {
        self
    }

    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        match field.item {
            // Also without items: whether there is a wrapper at all is the `Option`'s to say.
            Some(item) => writer.wrapped(field, item, self.iter().map(|value| value as &dyn Value)),
            None => self.iter().for_each(|value| value.write_xml(field, writer)),
        }
    }

    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        if !field.is_named() {
            self.iter()
                .for_each(|value| value.write_json(field, writer));
        } else if !self.is_empty() || field.item.is_some() {
            writer.array(field, &mut self.iter().map(|value| value as &dyn Value));
        }
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        checker.items(
            field,
            self.len(),
            &mut self.iter().map(|value| value as &dyn Value),
        );
    }

    fn is_given(&self) -> bool {
        !self.is_empty()
    }
}
