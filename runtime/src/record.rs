//! What generated records implement by their lists of fields instead of by code of their own:
//! `complex_type!`, and with it `Debug` and `PartialEq`.
//!
//! A derived `Debug` or `PartialEq` costs a compiler time for every field of every record, and
//! machine code where it is used. By the list that a record has anyway, both are a call.

use std::any::Any;
use std::fmt::{self, Debug, DebugStruct, Formatter};

use crate::shape::Shape;
use crate::value::{ContentWriter, Value};

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

/// Shows a record as a derived `Debug` would; what `complex_type!` uses.
///
/// # Errors
/// When the formatter fails.
#[doc(hidden)]
pub fn debug_record(
    record: &dyn Value,
    name: &str,
    fields: &[&str],
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let mut shown = Shown {
        out: f.debug_struct(name),
        fields,
    };
    record.content(&mut shown);
    shown.out.finish()
}

struct Shown<'n, 'a, 'f> {
    out: DebugStruct<'a, 'f>,
    fields: &'n [&'n str],
}

impl ContentWriter for Shown<'_, '_, '_> {
    fn content(&mut self, _: &'static Shape, values: &[&dyn Value]) {
        for (name, value) in self.fields.iter().zip(values) {
            // As `derive` has it: without the mark of a raw name.
            let name = name.strip_prefix("r#").unwrap_or(name);
            self.out.field(name, &value.comparable());
        }
    }
}

/// Compares records field by field; what `complex_type!` uses.
#[doc(hidden)]
pub fn equal_records(left: &dyn Value, right: &dyn Value) -> bool {
    let mut comparison = Left { right, equal: true };
    left.content(&mut comparison);
    comparison.equal
}

/// Has the values of one record, and asks for those of the other.
struct Left<'r> {
    right: &'r dyn Value,
    equal: bool,
}

impl ContentWriter for Left<'_> {
    fn content(&mut self, _: &'static Shape, values: &[&dyn Value]) {
        let mut right = Right {
            left: values,
            equal: true,
        };
        self.right.content(&mut right);
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
            && pairs.all(|(left, right)| left.comparable().equals(right.comparable()));
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

            fn read_content(
                &mut self,
                reader: &mut dyn $crate::wire::ContentReader,
            ) -> ::core::result::Result<(), $crate::ReadError> {
                #[allow(unused_imports)]
                use $crate::wire::{SlotOfChoice as _, SlotOfMapping as _};
                reader.content(
                    Self::SHAPE,
                    &mut [
                        $(&mut self.$attribute $(.$of_attribute::<$attribute_mapping>())?,)*
                        $(&mut self.$field $(.$adaptor $(::<$mapping>)? ())?),*
                    ],
                )
            }

            fn write_content(&self, writer: &mut dyn $crate::wire::ContentWriter) {
                #[allow(unused_imports)]
                use $crate::wire::{ValueOfChoice as _, ValueOfMapping as _};
                writer.content(
                    Self::SHAPE,
                    &[
                        $(&self.$attribute $(.$of_attribute::<$attribute_mapping>())?,)*
                        $(&self.$field $(.$adaptor $(::<$mapping>)? ())?),*
                    ],
                );
            }
        }

        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let fields = &[$(stringify!($attribute),)* $(stringify!($field)),*];
                $crate::wire::debug_record(self, stringify!($type), fields, f)
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
