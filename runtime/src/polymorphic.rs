//! Polymorphic elements: one slot for the types that may stand for a declared one.
//!
//! `xsi:type` says which (XML Schema Structures §2.6.1). A type that the table does not know is kept
//! as a tree, so that nothing is lost.

use crate::any_element::AnyElement;
use crate::binding::Name;
use crate::check::Checker;
use crate::json;
use crate::read_error::ReadError;
use crate::record::Comparable;
use crate::shape::Field;
use crate::slot::Slot;
use crate::value::Value;
use crate::xml;

/// An enum whose variants are the types that an element may have.
///
/// `polymorphic!(Name, Other, One(One))` makes such a type a [`Slot`] and a [`Value`], and its default an
/// empty element of the variant `Other`.
pub trait Polymorphic: Default {
    /// The names of the known types, the declared one first unless it is abstract.
    const TYPES: &'static [Name];

    /// Whether the declared type is abstract: an element then must say which type it has.
    const ABSTRACT: bool = false;

    /// Whether the records of all types keep that their element is nil.
    const KEEPS_NIL: bool = false;

    /// Reads the type of this index; an index past the last is any other type.
    fn read(index: usize, value: TypedValue<'_, '_>) -> Result<Self, ReadError>;

    /// The index of the type, likewise, and the value.
    fn write(&self) -> (usize, &dyn Value);
}

/// The value of a polymorphic element, its type known, still to be read.
#[derive(Debug)]
pub struct TypedValue<'r, 'x> {
    field: &'r Field,
    source: Source<'r, 'x>,
}

#[derive(Debug)]
enum Source<'r, 'x> {
    Xml(&'r mut xml::Reader<'x>),
    Json(&'r mut json::Reader<'x>),
}

impl TypedValue<'_, '_> {
    /// Reads the value.
    pub fn read<T: Slot + Default>(self) -> Result<T, ReadError> {
        let mut value = T::default();
        self.fill(&mut value)?;
        Ok(value)
    }

    fn fill(self, slot: &mut dyn Slot) -> Result<(), ReadError> {
        match self.source {
            // Whether the tag was taken is seen at the reader.
            Source::Xml(reader) if reader.has_tag() => {
                slot.read_tag(self.field, reader).map(|_| ())
            }
            Source::Xml(reader) => slot.read_xml(self.field, reader),
            Source::Json(reader) => slot.read_json(self.field, reader),
        }
    }
}

/// See `polymorphic!`.
pub fn read_polymorphic_xml<T: Polymorphic>(
    slot: &mut T,
    field: &Field,
    reader: &mut xml::Reader<'_>,
) -> Result<(), ReadError> {
    let index = reader.type_index(T::TYPES, T::ABSTRACT)?;
    let source = Source::Xml(reader);
    *slot = T::read(index, TypedValue { field, source })?;
    Ok(())
}

/// See `polymorphic!`.
pub fn read_polymorphic_tag<T: Polymorphic>(
    slot: &mut T,
    field: &Field,
    reader: &mut xml::Reader<'_>,
) -> Result<bool, ReadError> {
    let Some(index) = reader.tag_type(T::TYPES, T::ABSTRACT) else {
        return Ok(false);
    };
    let source = Source::Xml(reader);
    let value = T::read(index, TypedValue { field, source })?;
    let taken = !reader.has_tag();
    if taken {
        *slot = value;
    }
    Ok(taken)
}

/// See `polymorphic!`.
pub fn polymorphic_keeps_nil<T: Polymorphic>(reader: &xml::Reader<'_>) -> bool {
    T::KEEPS_NIL && reader.has_content_attributes()
}

/// See `polymorphic!`. JSON names no types: a value is of the declared one.
pub fn read_polymorphic_json<T: Polymorphic>(
    slot: &mut T,
    field: &Field,
    reader: &mut json::Reader<'_>,
) -> Result<(), ReadError> {
    let index = if T::ABSTRACT { T::TYPES.len() } else { 0 };
    let source = Source::Json(reader);
    *slot = T::read(index, TypedValue { field, source })?;
    Ok(())
}

/// See `polymorphic!`.
pub fn write_polymorphic_xml<T: Polymorphic>(value: &T, field: &Field, writer: &mut xml::Writer) {
    let (index, value) = value.write();
    if index > 0 || T::ABSTRACT {
        // What has no name here is a tree that says its own type.
        if let Some(name) = T::TYPES.get(index) {
            writer.type_next(*name);
        }
    }
    value.write_xml(field, writer);
}

/// See `polymorphic!`.
pub fn write_polymorphic_json<T: Polymorphic>(value: &T, field: &Field, writer: &mut json::Writer) {
    value.write().1.write_json(field, writer);
}

/// See `polymorphic!`.
pub fn check_polymorphic<T: Polymorphic>(value: &T, field: &Field, checker: &mut Checker) {
    let (_, value) = value.write();
    if T::ABSTRACT && !value.is_given() {
        checker.absent(field);
    } else {
        value.check(field, checker);
    }
}

/// Makes a [`Polymorphic`] enum a [`Slot`] and a [`Value`]. The second name is that of the variant
/// for all other types, a `Box<AnyElement>`. After it come the variants that are made from their records
/// by `From`.
#[doc(hidden)]
#[macro_export]
macro_rules! __polymorphic {
    ($type:ident, $other:ident $(, $variant:ident($record:ty))*) => {
        $(
            impl ::core::convert::From<$record> for $type {
                fn from(value: $record) -> Self {
                    Self::$variant(::std::boxed::Box::new(value))
                }
            }
        )*

        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::$other(::core::default::Default::default())
            }
        }

        impl $crate::wire::Slot for $type {
            fn read_xml(
                &mut self,
                field: &$crate::wire::Field,
                reader: &mut $crate::xml::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::ReadError> {
                $crate::wire::read_polymorphic_xml(self, field, reader)
            }

            fn read_tag(
                &mut self,
                field: &$crate::wire::Field,
                reader: &mut $crate::xml::Reader<'_>,
            ) -> ::core::result::Result<bool, $crate::ReadError> {
                $crate::wire::read_polymorphic_tag(self, field, reader)
            }

            fn read_json(
                &mut self,
                field: &$crate::wire::Field,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::ReadError> {
                $crate::wire::read_polymorphic_json(self, field, reader)
            }

            fn keeps_nil(reader: &$crate::xml::Reader<'_>) -> bool {
                $crate::wire::polymorphic_keeps_nil::<Self>(reader)
            }
        }

        impl $crate::wire::Value for $type {
            fn comparable(&self) -> &dyn $crate::wire::Comparable {
                self
            }

            fn write_xml(&self, field: &$crate::wire::Field, writer: &mut $crate::xml::Writer) {
                $crate::wire::write_polymorphic_xml(self, field, writer);
            }

            fn write_json(&self, field: &$crate::wire::Field, writer: &mut $crate::json::Writer) {
                $crate::wire::write_polymorphic_json(self, field, writer);
            }

            fn check(&self, field: &$crate::wire::Field, checker: &mut $crate::wire::Checker) {
                $crate::wire::check_polymorphic(self, field, checker);
            }
        }
    };
}

impl Slot for Box<AnyElement> {
    fn keeps_nil(reader: &xml::Reader<'_>) -> bool {
        AnyElement::keeps_nil(reader)
    }

    fn read_xml(&mut self, field: &Field, reader: &mut xml::Reader<'_>) -> Result<(), ReadError> {
        (**self).read_xml(field, reader)
    }

    fn read_json(&mut self, field: &Field, reader: &mut json::Reader<'_>) -> Result<(), ReadError> {
        (**self).read_json(field, reader)
    }
}

impl Value for Box<AnyElement> {
    fn comparable(&self) -> &dyn Comparable {
        self
    }

    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        (**self).write_xml(field, writer);
    }

    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        (**self).write_json(field, writer);
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        (**self).check(field, checker);
    }

    /// The default is no value.
    fn is_given(&self) -> bool {
        !(self.name.local.is_empty() && self.attributes.is_empty() && self.nodes.is_empty())
    }
}

#[cfg(test)]
mod tests;
