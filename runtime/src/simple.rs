//! Simple types: values with a lexical form.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Debug};

use bytes::Bytes;

use crate::check::Checker;
use crate::json;
use crate::read_error::ReadError;
use crate::shape::{Field, WhiteSpace};
use crate::types::{Decimal, ParseError};
use crate::xml;

/// How a simple type stands in JSON. Readers take a string for a number and the reverse where the
/// lexical form is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// A string.
    String,
    /// A number, all digits kept.
    Number,
    /// `true` or `false`.
    Boolean,
}

/// The namespace prefixes in scope where a text is read.
pub trait Scope {
    /// The namespace that `prefix` is bound to; `""` stands for the default namespace. `None` where
    /// it is not bound.
    fn namespace_of(&self, prefix: &str) -> Option<&str>;
}

/// A simple value that is at hand, for [`Slot::read_leaf`](crate::wire::Slot::read_leaf): the text of
/// an element without attributes, of an attribute or of simple content; or an element that is nil and
/// says no more than that.
#[derive(Clone, Copy)]
pub struct Leaf<'r> {
    /// White space as it stands; `None` for nil.
    pub(crate) text: Option<&'r str>,
    pub(crate) scope: &'r dyn Scope,
}

impl Debug for Leaf<'_> {
    /// Never shows the text: it may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leaf").finish_non_exhaustive()
    }
}

/// The namespace prefixes in scope where a text is written.
pub trait Prefixes {
    /// A prefix bound to `namespace`, declared now if need be, as `preferred` where that is free.
    fn prefix_of(&mut self, namespace: &str, preferred: &str) -> String;
}

/// What a length facet counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Characters of a text.
    Characters,
    /// Octets of binary data.
    Octets,
    /// Items of a list.
    Items,
}

/// Room for numbers and dates.
pub(crate) const ASCII_ROOM: usize = 64;

/// A value with a lexical form: the built-in types, and generated enumerations and newtypes.
///
/// `simple_type!(Name)` makes such a type a [`Slot`](crate::wire::Slot) and a
/// [`Value`](crate::wire::Value).
pub trait SimpleType: Debug + PartialEq + Sized + 'static {
    /// Name for messages, as `decimal`.
    const NAME: &'static str;

    /// How it stands in JSON.
    const JSON: JsonKind = JsonKind::String;

    /// What becomes of white space before [`SimpleType::parse`]; an entry may ask for more.
    const WHITE_SPACE: WhiteSpace = match Self::JSON {
        JsonKind::String => WhiteSpace::Preserve,
        JsonKind::Number | JsonKind::Boolean => WhiteSpace::Collapse,
    };

    /// Whether white space makes no difference to what [`SimpleType::parse`] takes: it refuses it, or
    /// passes over it.
    const IGNORES_SPACE: bool = false;

    /// Makes a value of the octets that a part of the message holds instead of text (XOP), for types
    /// that are octets.
    const FROM_OCTETS: Option<fn(Bytes) -> Self> = None;

    /// Whether the lexical form may use namespace prefixes: of types with a
    /// [`SimpleType::write_in`] of their own.
    const PREFIXED: bool = false;

    /// Whether no value has a character in its lexical form that XML writes in another way, as `<`:
    /// so it is with numbers, dates and octets.
    const PLAIN: bool = false;

    /// Whether [`SimpleType::parse`] refuses each text that has a character in it which XML does not
    /// allow or writes in another way, line ends aside.
    const STRICT: bool = false;

    /// Reads the lexical form, white space already handled.
    ///
    /// # Errors
    /// When `text` is no value of the type. The error names the type and shows the text, cut short.
    fn parse(text: &str) -> Result<Self, ParseError>;

    /// Appends the lexical form, not escaped.
    fn write(&self, out: &mut String);

    /// Writes the lexical form to the front of `place` and gives its length in octets, which are ASCII,
    /// where the type knows how: a [plain](SimpleType::PLAIN) one whose values are short, or of a length
    /// that is known. `None` otherwise, and where it has no room; what is in `place` then does not count.
    fn write_ascii(&self, place: &mut [u8]) -> Option<usize> {
        let _ = place;
        None
    }

    /// How many octets [`SimpleType::write_ascii`] has to be given: those of most values, not of all.
    fn ascii_room(&self) -> usize {
        ASCII_ROOM
    }

    /// Reads a lexical form that may use namespace prefixes.
    ///
    /// # Errors
    /// As of [`SimpleType::parse`]; also when a prefix is not bound.
    fn parse_in(text: &str, scope: &dyn Scope) -> Result<Self, ParseError> {
        let _ = scope;
        Self::parse(text)
    }

    /// Appends a lexical form that may use namespace prefixes.
    fn write_in(&self, out: &mut String, prefixes: &mut dyn Prefixes) {
        let _ = prefixes;
        self.write(out);
    }

    /// The lexical form, where the value holds it as it is.
    fn as_text(&self) -> Option<&str> {
        None
    }

    /// The octets, for types that can travel as a part of the message (XOP).
    fn octets(&self) -> Option<&[u8]> {
        None
    }

    /// What length facets hold against their limit; `None` for types without a length.
    fn length(&self) -> Option<(usize, Unit)> {
        match Self::JSON {
            JsonKind::String => Some((lexical(self).chars().count(), Unit::Characters)),
            JsonKind::Number | JsonKind::Boolean => None,
        }
    }

    /// How the value stands to a bound in lexical form; `None` where they cannot be compared.
    fn compare(&self, bound: &str) -> Option<Ordering> {
        match Self::JSON {
            JsonKind::Number => {
                let value: Decimal = lexical(self).parse().ok()?;
                Some(value.compare(&bound.parse().ok()?))
            }
            JsonKind::String | JsonKind::Boolean => None,
        }
    }
}

/// The lexical form of a value.
pub(crate) fn lexical<T: SimpleType>(value: &T) -> Cow<'_, str> {
    match value.as_text() {
        Some(text) => Cow::Borrowed(text),
        None => {
            let mut text = String::new();
            value.write(&mut text);
            Cow::Owned(text)
        }
    }
}

/// The value of a lexical form that a contract gives, for the default of a record; the type's own
/// default where it is none.
#[doc(hidden)]
#[must_use]
pub fn initial<T: SimpleType + Default>(text: &str) -> T {
    T::parse(text).unwrap_or_default()
}

/// Reads a simple value from the current element; what `simple_type!` uses.
#[doc(hidden)]
pub fn read_simple_xml<T: SimpleType>(
    value: &mut T,
    field: &Field,
    reader: &mut xml::Reader<'_>,
) -> Result<(), ReadError> {
    if let Some(from_octets) = T::FROM_OCTETS
        && let Some(octets) = reader.included()?
    {
        *value = from_octets(octets);
        return Ok(());
    }
    let text = reader.simple(field, T::WHITE_SPACE)?;
    match T::parse_in(&text, reader) {
        Ok(parsed) => {
            *value = parsed;
            reader.end_simple();
            Ok(())
        }
        Err(error) => Err(reader.value_error(field, error)),
    }
}

/// Reads a simple value that is at hand; what `simple_type!` uses.
#[doc(hidden)]
#[inline]
pub fn read_simple_leaf<T: SimpleType>(value: &mut T, field: &Field, leaf: &Leaf<'_>) -> bool {
    let Some(text) = leaf.text else {
        return false;
    };
    let white_space = T::WHITE_SPACE.max(field.white_space);
    if T::IGNORES_SPACE
        && let Ok(parsed) = T::parse_in(text, leaf.scope)
    {
        *value = parsed;
        return true;
    }
    let parsed = match white_space {
        WhiteSpace::Preserve => T::parse_in(text, leaf.scope),
        WhiteSpace::Replace => T::parse_in(&xml::replace(Cow::Borrowed(text)), leaf.scope),
        WhiteSpace::Collapse => T::parse_in(&xml::collapse(Cow::Borrowed(text)), leaf.scope),
    };
    match parsed {
        Ok(parsed) => {
            *value = parsed;
            true
        }
        Err(_) => false,
    }
}

/// Reads a simple value from JSON; what `simple_type!` uses.
#[doc(hidden)]
pub fn read_simple_json<T: SimpleType>(
    value: &mut T,
    field: &Field,
    reader: &mut json::Reader<'_>,
) -> Result<(), ReadError> {
    let text = reader.scalar(field, T::WHITE_SPACE, T::JSON)?;
    let parsed = match T::parse(&text) {
        // JSON may write 1200 as 1.2e3, where the types of XML Schema have no exponent.
        Err(error) if T::JSON == JsonKind::Number => match json::without_exponent(&text) {
            Some(plain) => T::parse(&plain),
            None => Err(error),
        },
        parsed => parsed,
    };
    *value = parsed.map_err(|error| reader.value_error(field, error))?;
    Ok(())
}

/// Writes a simple value as XML; what `simple_type!` uses.
#[doc(hidden)]
pub fn write_simple_xml<T: SimpleType>(value: &T, field: &Field, writer: &mut xml::Writer) {
    if let Some(octets) = value.octets()
        && writer.packs(octets)
    {
        return writer.include(field, octets);
    }
    match value.as_text() {
        Some(text) => writer.simple(field, text),
        None => writer.simple_value(field, value),
    }
}

/// Writes a simple value as JSON; what `simple_type!` uses.
#[doc(hidden)]
pub fn write_simple_json<T: SimpleType>(value: &T, field: &Field, writer: &mut json::Writer) {
    writer.scalar(field, T::JSON, &lexical(value));
}

/// Checks a simple value; what `simple_type!` uses.
#[doc(hidden)]
pub fn check_simple<T: SimpleType>(value: &T, field: &Field, checker: &mut Checker) {
    checker.simple(field, value);
}

/// Makes a [`SimpleType`] a slot and a value.
#[macro_export]
#[doc(hidden)]
macro_rules! __simple_type {
    (impl<$parameter:ident: $bound:path> $type:ty) => {
        $crate::__simple_type!(@ [<$parameter: $bound>] $type);
    };
    (@ [$($generics:tt)*] $type:ty) => {
        impl $($generics)* $crate::wire::Slot for $type {
            fn read_xml(
                &mut self,
                field: &$crate::wire::Field,
                reader: &mut $crate::xml::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::ReadError> {
                $crate::wire::read_simple_xml(self, field, reader)
            }

            fn read_leaf(
                &mut self,
                field: &$crate::wire::Field,
                leaf: &$crate::wire::Leaf<'_>,
            ) -> bool {
                $crate::wire::read_simple_leaf(self, field, leaf)
            }

            fn is_simple() -> bool {
                true
            }

            fn refuses_markup(&self) -> bool {
                <$type as $crate::wire::SimpleType>::STRICT
            }

            fn is_strict() -> bool {
                <$type as $crate::wire::SimpleType>::STRICT
            }

            fn read_json(
                &mut self,
                field: &$crate::wire::Field,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::ReadError> {
                $crate::wire::read_simple_json(self, field, reader)
            }
        }

        impl $($generics)* $crate::wire::Value for $type {
            fn comparable(&self) -> &dyn $crate::wire::Comparable {
                self
            }

            fn write_xml(&self, field: &$crate::wire::Field, writer: &mut $crate::xml::Writer) {
                $crate::wire::write_simple_xml(self, field, writer);
            }

            fn write_json(&self, field: &$crate::wire::Field, writer: &mut $crate::json::Writer) {
                $crate::wire::write_simple_json(self, field, writer);
            }

            fn check(&self, field: &$crate::wire::Field, checker: &mut $crate::wire::Checker) {
                $crate::wire::check_simple(self, field, checker);
            }
        }
    };
    ($type:ty) => {
        $crate::__simple_type!(@ [] $type);
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_value_that_is_none_is_the_default() {
        assert_eq!(initial::<i32>("30"), 30);
        assert_eq!(initial::<i32>("thirty"), 0);
        assert_eq!(initial::<String>(" a "), " a ");
        assert_eq!(lexical(&initial::<Decimal>("2.10")), "2.10");
    }
}
