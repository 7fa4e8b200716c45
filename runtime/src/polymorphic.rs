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
use crate::slot::{Slot, Source, Traits};
use crate::value::{Own, Value, View};
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

impl TypedValue<'_, '_> {
    /// Reads the value.
    pub fn read<T: Slot + Default>(self) -> Result<T, ReadError> {
        let mut value = T::default();
        self.fill(&mut value)?;
        Ok(value)
    }

    fn fill(self, slot: &mut dyn Slot) -> Result<(), ReadError> {
        // Whether a tag was taken is seen at the reader.
        slot.read(self.field, self.source).map(|_| ())
    }
}

/// See `polymorphic!`.
pub fn read_polymorphic<T: Polymorphic>(
    slot: &mut T,
    field: &Field,
    source: Source<'_, '_>,
) -> Result<bool, ReadError> {
    let made = make_polymorphic(field, source)?;
    let taken = made.is_some();
    if let Some(value) = made {
        *slot = value;
    }
    Ok(taken)
}

/// See `polymorphic!`. JSON names no types: a value is of the declared one.
pub fn make_polymorphic<T: Polymorphic>(
    field: &Field,
    mut source: Source<'_, '_>,
) -> Result<Option<T>, ReadError> {
    let Some(index) = type_index(&mut source, T::TYPES, T::ABSTRACT)? else {
        return Ok(None);
    };
    let typed = TypedValue {
        field,
        source: source.reborrow(),
    };
    let value = T::read(index, typed)?;
    Ok((!source.has_tag()).then_some(value))
}

/// The index of the type that is there; `None` where the tokenizer has to look at the tag.
fn type_index(
    source: &mut Source<'_, '_>,
    types: &[Name],
    is_abstract: bool,
) -> Result<Option<usize>, ReadError> {
    match source {
        Source::Xml(reader) => reader.type_index(types, is_abstract).map(Some),
        Source::Tag(reader) => Ok(reader.tag_type(types, is_abstract)),
        Source::Json(_) => Ok(Some(if is_abstract { types.len() } else { 0 })),
    }
}

/// See `polymorphic!`.
pub fn write_polymorphic<T: Polymorphic>(value: &T, field: &Field, writer: &mut xml::Writer) {
    let (index, value) = value.write();
    write_typed(T::TYPES, T::ABSTRACT, index, value, field, writer);
}

fn write_typed(
    types: &[Name],
    is_abstract: bool,
    index: usize,
    value: &dyn Value,
    field: &Field,
    writer: &mut xml::Writer,
) {
    if index > 0 || is_abstract {
        // What has no name here is a tree that says its own type.
        if let Some(name) = types.get(index) {
            writer.type_next(*name);
        }
    }
    value.write_xml(field, writer);
}

/// See `polymorphic!`.
pub fn view_polymorphic<T: Polymorphic + Comparable>(value: &T) -> View<'_> {
    View::Typed(Typed {
        value: value.write().1,
        is_abstract: T::ABSTRACT,
        own: value,
    })
}

/// A value of one of several types.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "it may hold secrets")]
pub struct Typed<'v> {
    pub(crate) value: &'v dyn Value,
    is_abstract: bool,
    /// What is shown and compared.
    pub(crate) own: &'v dyn Comparable,
}

impl Typed<'_> {
    pub(crate) fn check(self, field: &Field, checker: &mut Checker) {
        if self.is_abstract && !self.value.is_given() {
            checker.absent(field);
        } else {
            self.value.check(field, checker);
        }
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
            fn read(
                &mut self,
                field: &$crate::wire::Field,
                source: $crate::wire::Source<'_, '_>,
            ) -> ::core::result::Result<bool, $crate::ReadError> {
                $crate::wire::read_polymorphic(self, field, source)
            }

            fn make(
                field: &$crate::wire::Field,
                source: $crate::wire::Source<'_, '_>,
            ) -> ::core::result::Result<::core::option::Option<Self>, $crate::ReadError> {
                $crate::wire::make_polymorphic(field, source)
            }

            fn traits() -> $crate::wire::Traits {
                $crate::wire::Traits::polymorphic(<Self as $crate::wire::Polymorphic>::KEEPS_NIL)
            }
        }

        impl $crate::wire::Value for $type {
            fn write_xml(&self, field: &$crate::wire::Field, writer: &mut $crate::xml::Writer) {
                $crate::wire::write_polymorphic(self, field, writer);
            }

            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::view_polymorphic(self)
            }
        }
    };
}

impl Slot for Box<AnyElement> {
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        (**self).read(field, source)
    }

    fn traits() -> Traits {
        AnyElement::traits()
    }
}

impl Value for Box<AnyElement> {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        (**self).write_xml(field, writer);
    }

    fn view(&self) -> View<'_> {
        View::Own(self)
    }
}

impl Own for Box<AnyElement> {
    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        Own::write_json(&**self, field, writer);
    }

    fn check(&self, field: &Field, checker: &mut Checker) {
        Own::check(&**self, field, checker);
    }

    /// The default is no value.
    fn is_given(&self) -> bool {
        !(self.name.local.is_empty() && self.attributes.is_empty() && self.nodes.is_empty())
    }
}

#[cfg(test)]
mod tests;
