//! What generated records implement by their lists of fields instead of by code of their own:
//! `complex_type!`, and with it `Debug` and `PartialEq`.
//!
//! A derived `Debug` or `PartialEq` costs a compiler time for every field of every record, and
//! machine code where it is used. By the list that a record has anyway, both are a call.

use std::any::Any;
use std::fmt::{self, Debug, DebugStruct, Formatter};

use crate::complex::Record;
use crate::shape::Shape;
use crate::types::Nillable;
use crate::value::{ContentWriter, Value, View};

/// A value apart from the wire: shown, and compared with others of its type.
pub trait Comparable: Any + Debug {
    /// Whether the other value is of this type and equal.
    fn equals(&self, other: &dyn Comparable) -> bool;
}

impl<T: Any + Debug + PartialEq> Comparable for T {
    fn equals(&self, other: &dyn Comparable) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref() == Some(self)
    }
}

/// Shows a record as a derived `Debug` would; what `complex_type!` uses. `names` are those of the type
/// and of the fields, with white space between them.
///
/// # Errors
/// When the formatter fails.
#[doc(hidden)]
pub fn debug_record(record: &dyn Record, names: &str, f: &mut Formatter<'_>) -> fmt::Result {
    // As `derive` has it: without the mark of a raw name.
    let plain: fn(&str) -> &str = |name| name.strip_prefix("r#").unwrap_or(name);
    let mut names = names.split_whitespace().map(plain);
    let mut shown = Shown {
        out: f.debug_struct(names.next().unwrap_or_default()),
        fields: &mut names,
    };
    record.write_content(&mut shown);
    shown.out.finish()
}

struct Shown<'n, 'a, 'f> {
    out: DebugStruct<'a, 'f>,
    fields: &'n mut dyn Iterator<Item = &'n str>,
}

impl ContentWriter for Shown<'_, '_, '_> {
    fn content(&mut self, _: &'static Shape, values: &[&dyn Value]) {
        for (value, name) in values.iter().zip(&mut *self.fields) {
            self.out.field(name, &Viewed(value.view()));
        }
    }
}

/// A value as a derived `Debug` shows it.
struct Viewed<'v>(View<'v>);

impl Debug for Viewed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Record(record) => record.fmt(f),
            View::Optional(value) => value.map(|value| Viewed(value.view())).fmt(f),
            View::Nillable(value) => match value {
                Nillable::Value(value) => Nillable::Value(Viewed(value.view())).fmt(f),
                Nillable::Nil => Nillable::<()>::Nil.fmt(f),
                Nillable::Absent => Nillable::<()>::Absent.fmt(f),
            },
            View::Items(items) => {
                let items = items.values().map(|value| Viewed(value.view()));
                f.debug_list().entries(items).finish()
            }
            View::Choice(chosen) => chosen.own.fmt(f),
            View::Choices(choices) => choices.fmt(f),
            View::Wrapper(wrapped) => wrapped.own.fmt(f),
            View::Typed(typed) => typed.own.fmt(f),
            View::Simple(value) | View::Secret(value) => value.fmt(f),
            View::Own(own) => own.fmt(f),
        }
    }
}

/// Compares records field by field; what `complex_type!` uses.
#[doc(hidden)]
pub fn equal_records(left: &dyn Record, right: &dyn Record) -> bool {
    let mut comparison = Left { right, equal: true };
    left.write_content(&mut comparison);
    comparison.equal
}

/// Has the values of one record, and asks for those of the other.
struct Left<'r> {
    right: &'r dyn Record,
    equal: bool,
}

impl ContentWriter for Left<'_> {
    fn content(&mut self, _: &'static Shape, values: &[&dyn Value]) {
        let mut right = Right {
            left: values,
            equal: true,
        };
        self.right.write_content(&mut right);
        self.equal &= right.equal;
    }
}

struct Right<'l> {
    left: &'l [&'l dyn Value],
    equal: bool,
}

impl ContentWriter for Right<'_> {
    fn content(&mut self, _: &'static Shape, values: &[&dyn Value]) {
        let mut pairs = self.left.iter().zip(values);
        self.equal &= self.left.len() == values.len()
            && pairs.all(|(left, right)| equal(left.view(), right.view()));
    }
}

/// Compares values of one type.
fn equal(left: View<'_>, right: View<'_>) -> bool {
    match (left, right) {
        (View::Record(left), View::Record(right)) => equal_records(left, right),
        (View::Optional(left), View::Optional(right)) => match (left, right) {
            (Some(left), Some(right)) => equal(left.view(), right.view()),
            (left, right) => left.is_none() && right.is_none(),
        },
        (View::Nillable(left), View::Nillable(right)) => match (left, right) {
            (Nillable::Value(left), Nillable::Value(right)) => equal(left.view(), right.view()),
            (Nillable::Nil, Nillable::Nil) | (Nillable::Absent, Nillable::Absent) => true,
            _ => false,
        },
        (View::Items(left), View::Items(right)) => {
            let mut pairs = left.values().zip(right.values());
            left.count() == right.count()
                && pairs.all(|(left, right)| equal(left.view(), right.view()))
        }
        (View::Choice(left), View::Choice(right)) => left.own.equals(right.own),
        (View::Choices(left), View::Choices(right)) => left.comparable().equals(right.comparable()),
        (View::Wrapper(left), View::Wrapper(right)) => left.own.equals(right.own),
        (View::Typed(left), View::Typed(right)) => left.own.equals(right.own),
        (View::Simple(left), View::Simple(right)) | (View::Secret(left), View::Secret(right)) => {
            left.equals(right)
        }
        (View::Own(left), View::Own(right)) => left.equals(right),
        _ => false,
    }
}

/// Implements [`ComplexType`], `Debug` and `PartialEq` for a struct by one line a field: the
/// attributes, each after an `@`, then the content. `as choice` marks a field that holds one, and
/// `as mapped<TheMapping>` one whose type is of another crate. What follows `=>` is called on the
/// table.
///
/// ```text
/// complex_type! {
///     Invoice, NAMESPACE;
///     @id: one("id"),
///     number: one("Number").max_length(50),
///     payer as choice: choice(<Payer as Choice>::BRANCHES),
///     => .rules(&[Rule::AtLeastOne(&["Number"])])
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __complex_type {
    (
        $type:ident, $namespace:expr;
        $(@ $attribute:ident $(as $of_attribute:ident<$attribute_mapping:ty>)?: $attribute_entry:expr,)*
        $($field:ident $(as $adaptor:ident $(<$mapping:ty>)?)?: $entry:expr,)*
        $(=> $($settings:tt)+)?
    ) => {
        impl $crate::wire::ComplexType for $type {
            const SHAPE: &'static $crate::wire::Shape =
                &$crate::wire::Shape::new($namespace, &[$($entry),*])
                    .attributes(&[$($attribute_entry),*])
                    $($($settings)+)?;
        }

        impl $crate::wire::Record for $type {
            fn read_content(
                &mut self,
                reader: &mut dyn $crate::wire::ContentReader,
            ) -> ::core::result::Result<(), $crate::ReadError> {
                $($(#[allow(unused_imports)] use $crate::wire::slot_of::$of_attribute::*;)?)*
                $($(#[allow(unused_imports)] use $crate::wire::slot_of::$adaptor::*;)?)*
                reader.content(
                    <Self as $crate::wire::ComplexType>::SHAPE,
                    &mut [
                        $(&mut self.$attribute $(.$of_attribute::<$attribute_mapping>())?,)*
                        $(&mut self.$field $(.$adaptor $(::<$mapping>)? ())?),*
                    ],
                )
            }

            fn write_content(&self, writer: &mut dyn $crate::wire::ContentWriter) {
                $($(#[allow(unused_imports)] use $crate::wire::value_of::$of_attribute::*;)?)*
                $($(#[allow(unused_imports)] use $crate::wire::value_of::$adaptor::*;)?)*
                writer.content(
                    <Self as $crate::wire::ComplexType>::SHAPE,
                    &[
                        $(&self.$attribute $(.$of_attribute::<$attribute_mapping>())?,)*
                        $(&self.$field $(.$adaptor $(::<$mapping>)? ())?),*
                    ],
                );
            }
        }

        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let names = stringify!($type $($attribute)* $($field)*);
                $crate::wire::debug_record(self, names, f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                $crate::wire::equal_records(self, other)
            }
        }
    };
}

#[cfg(test)]
mod tests;
