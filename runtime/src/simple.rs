//! Simple types: values with a lexical form.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Debug};

use bytes::Bytes;

use crate::json;
use crate::read_error::ReadError;
use crate::record::Comparable;
use crate::shape::{Field, WhiteSpace};
use crate::slot::Source;
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

    /// Gives the lexical form, of types whose values hold it as it is.
    const AS_TEXT: Option<fn(&Self) -> &str> = None;

    /// Whether values are secrets: the answer to a request may repeat them, and no error may.
    const SECRET: bool = false;

    /// Reads the lexical form, white space already handled.
    ///
    /// # Errors
    /// When `text` is no value of the type. The error names the type and shows the text, cut short.
    fn parse(text: &str) -> Result<Self, ParseError>;

    /// Appends the lexical form, not escaped. Types without [`SimpleType::AS_TEXT`] have to.
    fn write(&self, out: &mut String) {
        if let Some(as_text) = Self::AS_TEXT {
            out.push_str(as_text(self));
        }
    }

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

    /// The octets, for types that can travel as a part of the message (XOP).
    fn octets(&self) -> Option<&[u8]> {
        None
    }

    /// What length facets hold against their limit; `None` for types without a length.
    fn length(&self) -> Option<(usize, Unit)> {
        match Self::JSON {
            JsonKind::String => Some(characters(self)),
            JsonKind::Number | JsonKind::Boolean => None,
        }
    }

    /// How the value stands to a bound in lexical form; `None` where they cannot be compared.
    fn compare(&self, bound: &str) -> Option<Ordering> {
        match Self::JSON {
            JsonKind::Number => compare_numbers(self, bound),
            JsonKind::String | JsonKind::Boolean => None,
        }
    }
}

/// A [`SimpleType`] whatever it is.
pub trait Lexical: Comparable {
    /// What the type says of itself.
    fn facts(&self) -> Facts;

    /// The lexical form.
    fn lexical(&self) -> Cow<'_, str>;

    /// See [`SimpleType::length`].
    fn measured(&self) -> Option<(usize, Unit)>;

    /// See [`SimpleType::compare`].
    fn compared(&self, bound: &str) -> Option<Ordering>;

    /// Takes the value of a lexical form, which may use prefixes where there is a scope.
    ///
    /// # Errors
    /// As of [`SimpleType::parse`].
    fn set(&mut self, text: &str, scope: Option<&dyn Scope>) -> Result<(), ParseError>;

    /// Takes octets that are a part of the message, where [`Facts`] say that they may be.
    fn set_octets(&mut self, octets: Bytes);
}

/// What a [`SimpleType`] says of itself by constants.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub(crate) json: JsonKind,
    pub(crate) white_space: WhiteSpace,
    pub(crate) takes_octets: bool,
}

impl<T: SimpleType> Lexical for T {
    fn facts(&self) -> Facts {
        Facts {
            json: T::JSON,
            white_space: T::WHITE_SPACE,
            takes_octets: T::FROM_OCTETS.is_some(),
        }
    }

    fn lexical(&self) -> Cow<'_, str> {
        // By a constant, so that a type is compiled with one of the two.
        if const { T::AS_TEXT.is_none() } {
            let mut text = String::new();
            self.write(&mut text);
            return Cow::Owned(text);
        }
        Cow::Borrowed(T::AS_TEXT.map_or("", |as_text| as_text(self)))
    }

    fn measured(&self) -> Option<(usize, Unit)> {
        self.length()
    }

    fn compared(&self, bound: &str) -> Option<Ordering> {
        self.compare(bound)
    }

    fn set(&mut self, text: &str, scope: Option<&dyn Scope>) -> Result<(), ParseError> {
        // One of them only is compiled where that is all there is.
        *self = match scope {
            Some(scope) if T::PREFIXED => T::parse_in(text, scope)?,
            _ => T::parse(text)?,
        };
        Ok(())
    }

    fn set_octets(&mut self, octets: Bytes) {
        if const { T::FROM_OCTETS.is_some() }
            && let Some(from_octets) = T::FROM_OCTETS
        {
            *self = from_octets(octets);
        }
    }
}

/// The length of a text, as of [`SimpleType::length`].
fn characters(value: &dyn Lexical) -> (usize, Unit) {
    (value.lexical().chars().count(), Unit::Characters)
}

/// How a number stands to a bound, as of [`SimpleType::compare`].
fn compare_numbers(value: &dyn Lexical, bound: &str) -> Option<Ordering> {
    let value: Decimal = value.lexical().parse().ok()?;
    Some(value.compare(&bound.parse().ok()?))
}

/// The value of a lexical form that a contract gives, for the default of a record; the type's own
/// default where it is none.
#[doc(hidden)]
#[must_use]
pub fn initial<T: SimpleType + Default>(text: &str) -> T {
    T::parse(text).unwrap_or_default()
}

/// Reads a simple value; what `simple_type!` uses.
///
/// # Errors
/// As of [`Slot::read`](crate::wire::Slot::read).
#[doc(hidden)]
pub fn read_simple(
    value: &mut dyn Lexical,
    field: &Field,
    source: Source<'_, '_>,
) -> Result<bool, ReadError> {
    match source {
        Source::Xml(reader) => read_simple_xml(value, field, reader)?,
        Source::Tag(_) => return Ok(false),
        Source::Json(reader) => read_simple_json(value, field, reader)?,
    }
    Ok(true)
}

fn read_simple_xml(
    value: &mut dyn Lexical,
    field: &Field,
    reader: &mut xml::Reader<'_>,
) -> Result<(), ReadError> {
    let facts = value.facts();
    if facts.takes_octets
        && let Some(octets) = reader.included()?
    {
        value.set_octets(octets);
        return Ok(());
    }
    let text = reader.simple(field, facts.white_space)?;
    match value.set(&text, Some(reader)) {
        Ok(()) => {
            reader.end_simple();
            Ok(())
        }
        Err(error) => Err(reader.value_error(field, error)),
    }
}

fn read_simple_json(
    value: &mut dyn Lexical,
    field: &Field,
    reader: &mut json::Reader<'_>,
) -> Result<(), ReadError> {
    let facts = value.facts();
    let text = reader.scalar(field, facts.white_space, facts.json)?;
    let parsed = match value.set(&text, None) {
        // JSON may write 1200 as 1.2e3, where the types of XML Schema have no exponent.
        Err(error) if facts.json == JsonKind::Number => match json::without_exponent(&text) {
            Some(plain) => value.set(&plain, None),
            None => Err(error),
        },
        parsed => parsed,
    };
    parsed.map_err(|error| reader.value_error(field, error))
}

/// Reads a simple value that is at hand; what `simple_type!` uses.
#[doc(hidden)]
#[inline]
pub fn read_simple_leaf<T: SimpleType>(value: &mut T, field: &Field, leaf: &Leaf<'_>) -> bool {
    let Some(text) = leaf.text else {
        return false;
    };
    if T::IGNORES_SPACE
        && let Ok(parsed) = T::parse_in(text, leaf.scope)
    {
        *value = parsed;
        return true;
    }
    let Some(text) = leaf_text(field, leaf, T::WHITE_SPACE) else {
        return false;
    };
    match T::parse_in(&text, leaf.scope) {
        Ok(parsed) => {
            *value = parsed;
            true
        }
        Err(_) => false,
    }
}

/// The text of a simple value that is at hand, its white space handled; what `enumeration!` uses.
#[doc(hidden)]
#[must_use]
#[inline]
pub fn leaf_text<'r>(
    field: &Field,
    leaf: &Leaf<'r>,
    white_space: WhiteSpace,
) -> Option<Cow<'r, str>> {
    let white_space = white_space.max(field.white_space);
    match (leaf.text?, white_space) {
        (text, WhiteSpace::Preserve) => Some(Cow::Borrowed(text)),
        (text, other) => Some(without_space(text, other)),
    }
}

/// A text as its white space is meant.
#[inline(never)]
fn without_space(text: &str, white_space: WhiteSpace) -> Cow<'_, str> {
    match white_space {
        WhiteSpace::Preserve => Cow::Borrowed(text),
        WhiteSpace::Replace => xml::replace(Cow::Borrowed(text)),
        WhiteSpace::Collapse => xml::collapse(Cow::Borrowed(text)),
    }
}

/// Writes a simple value as XML; what `simple_type!` uses.
#[doc(hidden)]
#[inline]
pub fn write_simple_xml<T: SimpleType>(value: &T, field: &Field, writer: &mut xml::Writer) {
    if let Some(octets) = value.octets()
        && writer.packs(octets)
    {
        return writer.include(field, octets);
    }
    if const { T::AS_TEXT.is_none() } {
        writer.simple_value(field, value);
    } else if let Some(as_text) = T::AS_TEXT {
        writer.simple(field, as_text(value));
    }
}

/// Writes a text as XML; what `enumeration!` uses.
#[doc(hidden)]
pub fn write_text(text: &str, field: &Field, writer: &mut xml::Writer) {
    writer.simple(field, text);
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
            fn read(
                &mut self,
                field: &$crate::wire::Field,
                source: $crate::wire::Source<'_, '_>,
            ) -> ::core::result::Result<bool, $crate::ReadError> {
                $crate::wire::read_simple(self, field, source)
            }

            fn read_leaf(
                &mut self,
                field: &$crate::wire::Field,
                leaf: &$crate::wire::Leaf<'_>,
            ) -> bool {
                $crate::wire::read_simple_leaf(self, field, leaf)
            }

            fn refuses_markup(&self) -> bool {
                <$type as $crate::wire::SimpleType>::STRICT
            }

            fn traits() -> $crate::wire::Traits {
                $crate::wire::Traits::simple(<$type as $crate::wire::SimpleType>::STRICT)
            }
        }

        impl $($generics)* $crate::wire::Value for $type {
            fn write_xml(&self, field: &$crate::wire::Field, writer: &mut $crate::xml::Writer) {
                $crate::wire::write_simple_xml(self, field, writer);
            }

            fn view(&self) -> $crate::wire::View<'_> {
                match <$type as $crate::wire::SimpleType>::SECRET {
                    true => $crate::wire::View::Secret(self),
                    false => $crate::wire::View::Simple(self),
                }
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
        assert_eq!(initial::<Decimal>("2.10").lexical(), "2.10");
    }
}
