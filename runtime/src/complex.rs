//! Complex types: records, read and written by their table.

use std::fmt::Debug;

use crate::read_error::ReadError;
use crate::shape::{Field, Shape};
use crate::slot::{ContentReader, Slot, Source, Traits};
use crate::value::{ContentWriter, Value, View};
use crate::xml;

/// The lists of a record's slots and values in the order of its table.
pub trait Record: Debug {
    /// Hands the slots to the reader.
    ///
    /// # Errors
    /// When the content is not as the table says.
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError>;

    /// Hands the values to the writer.
    fn write_content(&self, writer: &mut dyn ContentWriter);
}

/// A record: a table, and its lists.
pub trait ComplexType: Record + Default + PartialEq + 'static {
    /// The table.
    const SHAPE: &'static Shape;

    /// The record itself, whatever it is in.
    #[doc(hidden)]
    fn record(&self) -> &dyn Record {
        self
    }

    /// See [`ComplexType::record`].
    #[doc(hidden)]
    fn record_mut(&mut self) -> &mut dyn Record {
        self
    }
}

impl<T: ComplexType> ComplexType for Box<T> {
    const SHAPE: &'static Shape = T::SHAPE;

    fn record(&self) -> &dyn Record {
        (**self).record()
    }

    fn record_mut(&mut self) -> &mut dyn Record {
        (**self).record_mut()
    }
}

impl<T: Record> Record for Box<T> {
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
}

impl Record for () {
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
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        let taken = read_record(self.record_mut(), Self::SHAPE, field, source);
        // Of what is not taken there are attributes at most.
        if const { !T::SHAPE.attributes.is_empty() } && matches!(taken, Ok(false)) {
            reset(self);
        }
        taken
    }

    fn traits() -> Traits {
        const { Traits::keeping_nil(T::SHAPE.keeps_nil()) }
    }
}

/// Reads a record. What is not taken may be in it in part.
fn read_record(
    record: &mut dyn Record,
    shape: &'static Shape,
    field: &Field,
    source: Source<'_, '_>,
) -> Result<bool, ReadError> {
    match source {
        Source::Xml(reader) => {
            reader.begin_record(field, shape)?;
            record.read_content(reader)?;
        }
        Source::Tag(reader) if field.is_group() => {
            reader.begin_group();
            record.read_content(reader)?;
        }
        Source::Tag(reader) => {
            reader.begin_tag(field);
            record.read_content(reader)?;
            return Ok(!reader.has_tag());
        }
        Source::Json(reader) => {
            reader.begin_record(field);
            record.read_content(reader)?;
        }
    }
    Ok(true)
}

impl<T: ComplexType> Value for T {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        write_record(self.record(), field, writer);
    }

    fn view(&self) -> View<'_> {
        View::Record(self.record())
    }
}

fn write_record(record: &dyn Record, field: &Field, writer: &mut xml::Writer) {
    if field.is_group() {
        record.write_content(writer);
    } else {
        writer.start_field(field);
        record.write_content(writer);
        writer.end();
    }
}
