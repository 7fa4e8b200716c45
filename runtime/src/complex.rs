//! Complex types: records, read and written by their table.

use std::fmt::Debug;

use crate::check::Checker;
use crate::json;
use crate::read_error::ReadError;
use crate::record::Comparable;
use crate::shape::{Field, Shape};
use crate::slot::{ContentReader, Slot};
use crate::value::{ContentWriter, Value};
use crate::xml;

/// A record: a table, and the lists of its slots and values in the order of the table.
pub trait ComplexType: Debug + Default + PartialEq + 'static {
    /// The table.
    const SHAPE: &'static Shape;

    /// Hands the slots to the reader.
    ///
    /// # Errors
    /// When the content is not as the table says.
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError>;

    /// Hands the values to the writer.
    fn write_content(&self, writer: &mut dyn ContentWriter);
}

impl<T: ComplexType> ComplexType for Box<T> {
    const SHAPE: &'static Shape = T::SHAPE;

    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        (**self).read_content(reader)
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        (**self).write_content(writer);
    }
}

/// The empty record.
impl ComplexType for () {
    const SHAPE: &'static Shape = &Shape::new("", &[]);

    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(Self::SHAPE, &mut [])
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[]);
    }
}

/// Makes a record what it was. Not inlined: the temporary must not live in the frame of a function that
/// recurses.
#[inline(never)]
fn reset<T: Default>(record: &mut T) {
    *record = T::default();
}

impl<T: ComplexType> Slot for T {
    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        reader.begin_record(field, Self::SHAPE)?;
        self.read_content(reader)
    }

    fn read_tag(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<bool, ReadError> {
        if field.is_group() {
            reader.begin_group();
            self.read_content(reader)?;
            return Ok(true);
        }
        reader.begin_tag(field);
        self.read_content(reader)?;
        let taken = !reader.has_tag();
        if !taken {
            reset(self);
        }
        Ok(taken)
    }

    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        reader.begin_record(field);
        self.read_content(reader)
    }

    fn keeps_nil(reader: &xml::Reader<'_>) -> bool {
        Self::SHAPE.keeps_nil() && reader.has_content_attributes()
    }
}

impl<T: ComplexType> Value for T {
    fn comparable(&self) -> &dyn Comparable {
        self
    }

    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        if field.is_group() {
            self.write_content(writer);
        } else {
            writer.start_field(field);
            self.write_content(writer);
            writer.end();
        }
    }

    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        writer.begin_record(field);
        self.write_content(writer);
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        let inside = checker.enter(field);
        self.write_content(checker);
        checker.leave(inside);
    }

    fn content(&self, writer: &mut dyn ContentWriter) {
        self.write_content(writer);
    }
}
