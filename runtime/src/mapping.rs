//! Types of other crates as simple values: `[map]` of `castile.toml` with a `with`.
//!
//! A generated record holds such a value as it is. Its lists of slots and values wrap it in passing,
//! because the traits of slots cannot be implemented for a type of another crate. The generated
//! *mapping* says how the value is read and written; `Option<TheMapping>`, `Vec<TheMapping>` and so on
//! say where in the type of the field it stands.

use std::fmt;

use crate::read_error::ReadError;
use crate::shape::Field;
use crate::simple::{JsonKind, Leaf, SimpleType};
use crate::slot::{Slot, Source};
use crate::types::{List, Nillable, ParseError};
use crate::value::Value;

/// How a type of another crate is read and written as a simple value. Generated code implements it.
pub trait SimpleMapping: 'static {
    /// The type.
    type Value: Clone + Default + fmt::Debug + PartialEq + 'static;

    /// The name of the contract's type, for messages.
    const NAME: &'static str;

    /// How it stands in JSON.
    const JSON: JsonKind = JsonKind::String;

    /// Reads the lexical form, white space already handled.
    ///
    /// # Errors
    /// When `text` is no value of the type.
    fn parse(text: &str) -> Result<Self::Value, ParseError>;

    /// Appends the lexical form, not escaped.
    fn write(value: &Self::Value, out: &mut String);
}

/// A value of another crate's type that can read and write itself: what the variant of a choice
/// holds where `[map]` maps its type with a `with`. The value is the field `0`.
pub struct With<M: SimpleMapping>(pub M::Value);

impl<M: SimpleMapping> Clone for With<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<M: SimpleMapping> Default for With<M> {
    fn default() -> Self {
        Self(M::Value::default())
    }
}

impl<M: SimpleMapping> fmt::Debug for With<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<M: SimpleMapping> PartialEq for With<M> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<M: SimpleMapping> SimpleType for With<M> {
    const NAME: &'static str = M::NAME;
    const JSON: JsonKind = M::JSON;

    fn parse(text: &str) -> Result<Self, ParseError> {
        M::parse(text).map(Self)
    }

    fn write(&self, out: &mut String) {
        M::write(&self.0, out);
    }
}

crate::__simple_type!(impl<M: SimpleMapping> With<M>);

/// The type of a field with mappings in the place of what they map. Reading and writing go through
/// the same type made of [`With`], which costs a clone of each value on writing.
pub trait Mapping {
    /// The type of the field.
    type Value: Default;

    /// The same with values that can read and write themselves.
    type Wrapped: Slot + Value + Default + fmt::Debug + PartialEq + 'static;

    /// Each value in a [`With`].
    fn wrap(value: &Self::Value) -> Self::Wrapped;

    /// The values alone.
    fn unwrap(wrapped: Self::Wrapped) -> Self::Value;

    /// As of [`Slot`].
    ///
    /// # Errors
    /// As of [`Slot`].
    fn read(
        value: &mut Self::Value,
        field: &Field,
        source: Source<'_, '_>,
    ) -> Result<bool, ReadError> {
        let mut wrapped = Self::Wrapped::default();
        let taken = !matches!(source, Source::Tag(_)) && wrapped.read(field, source)?;
        if taken {
            *value = Self::unwrap(wrapped);
        }
        Ok(taken)
    }

    /// As of [`Slot`].
    fn read_leaf(value: &mut Self::Value, field: &Field, leaf: &Leaf<'_>) -> bool {
        let mut wrapped = Self::Wrapped::default();
        let taken = wrapped.read_leaf(field, leaf);
        if taken {
            *value = Self::unwrap(wrapped);
        }
        taken
    }
}

impl<M: SimpleMapping> Mapping for M {
    type Value = M::Value;
    type Wrapped = With<M>;

    fn wrap(value: &M::Value) -> With<M> {
        With(value.clone())
    }

    fn unwrap(wrapped: With<M>) -> M::Value {
        wrapped.0
    }
}

impl<M: SimpleMapping> Mapping for List<M> {
    type Value = List<M::Value>;
    type Wrapped = List<With<M>>;

    fn wrap(value: &Self::Value) -> Self::Wrapped {
        value.iter().map(M::wrap).collect()
    }

    fn unwrap(wrapped: Self::Wrapped) -> Self::Value {
        wrapped.into_iter().map(M::unwrap).collect()
    }
}

impl<M: Mapping> Mapping for Option<M> {
    type Value = Option<M::Value>;
    type Wrapped = Option<M::Wrapped>;

    fn wrap(value: &Self::Value) -> Self::Wrapped {
        value.as_ref().map(M::wrap)
    }

    fn unwrap(wrapped: Self::Wrapped) -> Self::Value {
        wrapped.map(M::unwrap)
    }
}

impl<M: Mapping> Mapping for Nillable<M> {
    type Value = Nillable<M::Value>;
    type Wrapped = Nillable<M::Wrapped>;

    fn wrap(value: &Nillable<M::Value>) -> Self::Wrapped {
        match value {
            Nillable::Absent => Nillable::Absent,
            Nillable::Nil => Nillable::Nil,
            Nillable::Value(value) => Nillable::Value(M::wrap(value)),
        }
    }

    fn unwrap(wrapped: Self::Wrapped) -> Nillable<M::Value> {
        match wrapped {
            Nillable::Absent => Nillable::Absent,
            Nillable::Nil => Nillable::Nil,
            Nillable::Value(wrapped) => Nillable::Value(M::unwrap(wrapped)),
        }
    }
}

impl<M: Mapping> Mapping for Vec<M> {
    type Value = Vec<M::Value>;
    type Wrapped = Vec<M::Wrapped>;

    fn wrap(value: &Self::Value) -> Self::Wrapped {
        value.iter().map(M::wrap).collect()
    }

    fn unwrap(wrapped: Self::Wrapped) -> Self::Value {
        wrapped.into_iter().map(M::unwrap).collect()
    }

    fn read(
        value: &mut Self::Value,
        field: &Field,
        source: Source<'_, '_>,
    ) -> Result<bool, ReadError> {
        match source {
            Source::Tag(_) => return Ok(false),
            Source::Xml(reader) if field.item.is_none() => {
                // Once an element: what came before stays.
                reader.set_index(value.len() + 1);
                let mut item = M::Wrapped::default();
                item.read(field, Source::Xml(reader))?;
                value.push(M::unwrap(item));
            }
            source => {
                let mut wrapped = Self::Wrapped::default();
                wrapped.read(field, source)?;
                value.extend(Self::unwrap(wrapped));
            }
        }
        Ok(true)
    }

    fn read_leaf(value: &mut Self::Value, field: &Field, leaf: &Leaf<'_>) -> bool {
        let mut item = M::Wrapped::default();
        let taken = field.item.is_none() && item.read_leaf(field, leaf);
        if taken {
            value.push(M::unwrap(item));
        }
        taken
    }
}

/// A field whose type is mapped, as a slot; `as mapped<TheMapping>` in `complex_type!`.
pub trait SlotOfMapping: Sized {
    /// The slot.
    fn mapped<M: Mapping<Value = Self>>(&mut self) -> MappedSlot<'_, M>;
}

impl<T> SlotOfMapping for T {
    fn mapped<M: Mapping<Value = T>>(&mut self) -> MappedSlot<'_, M> {
        MappedSlot(self)
    }
}

/// A field whose type is mapped, as a value; `as mapped<TheMapping>` in `complex_type!`.
pub trait ValueOfMapping: Sized {
    /// The value.
    fn mapped<M: Mapping<Value = Self>>(&self) -> M::Wrapped;
}

impl<T> ValueOfMapping for T {
    fn mapped<M: Mapping<Value = T>>(&self) -> M::Wrapped {
        M::wrap(self)
    }
}

/// See [`SlotOfMapping`].
#[allow(
    missing_debug_implementations,
    reason = "the value may not be printable"
)]
pub struct MappedSlot<'v, M: Mapping>(&'v mut M::Value);

impl<M: Mapping> Slot for MappedSlot<'_, M> {
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        M::read(self.0, field, source)
    }

    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        M::read_leaf(self.0, field, leaf)
    }
}

#[cfg(test)]
mod tests {
    // Not all: of two methods called `mapped`, the macro must see one.
    use super::{JsonKind, List, Mapping, Nillable, ParseError, SimpleMapping};
    use crate::check::Checker;
    use crate::json;
    use crate::read_error::ReadError;
    use crate::shape::{many, one, opt};
    use crate::slot::{Slot as _, Source};
    use crate::wire::{complex_type, rewrite_document};
    use crate::xml;

    /// A type of another crate, as far as this module knows: no trait of ours is implemented for it.
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Cents(i64);

    #[derive(Debug)]
    struct Amount;

    impl SimpleMapping for Amount {
        type Value = Cents;
        const NAME: &'static str = "Amount";
        const JSON: JsonKind = JsonKind::Number;

        fn parse(text: &str) -> Result<Cents, ParseError> {
            let error = || ParseError::new(Self::NAME, text);
            let (whole, cents) = text.split_once('.').ok_or_else(error)?;
            let text = format!("{whole}{cents}");
            text.parse().map(Cents).map_err(|_| error())
        }

        fn write(value: &Cents, out: &mut String) {
            out.push_str(&format!("{}.{:02}", value.0 / 100, value.0 % 100));
        }
    }

    #[derive(Clone, Default)]
    struct Bill {
        total: Cents,
        tax: Option<Cents>,
        due: Nillable<Cents>,
        parts: Vec<Cents>,
        rates: Option<Vec<Cents>>,
        list: List<Cents>,
    }

    complex_type! {
        Bill, "";
        total as mapped<Amount>: one("total").max_inclusive("99"),
        tax as mapped<Option<Amount>>: opt("tax"),
        due as mapped<Nillable<Amount>>: opt("due").nillable(),
        parts as mapped<Vec<Amount>>: many("part"),
        rates as mapped<Option<Vec<Amount>>>: opt("rates").wrapped("rate"),
        list as mapped<List<Amount>>: one("list"),
    }

    #[test]
    fn every_container_of_a_mapped_type_round_trips() {
        let full = "<Bill><total>12.50</total><tax>2.00</tax><due xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                    xsi:nil=\"true\"/><part>1.00</part><part>11.50</part><rates><rate>0.25</rate><rate>0.06\
                    </rate></rates><list>0.01 0.02</list></Bill>";
        let read = read(full).unwrap();
        let expected = Bill {
            total: Cents(1250),
            tax: Some(Cents(200)),
            due: Nillable::Nil,
            parts: vec![Cents(100), Cents(1150)],
            rates: Some(vec![Cents(25), Cents(6)]),
            list: vec![Cents(1), Cents(2)].into(),
        };
        assert_eq!(read, expected);
        let written = rewrite_document::<Bill>("", "Bill", full).unwrap();
        let moved = written.replace(
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            "",
        );
        let without = full.replace(
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            "",
        );
        assert_eq!(moved, without);
        let least = "<Bill><total>0.05</total><list/></Bill>";
        assert_eq!(rewrite_document::<Bill>("", "Bill", least).unwrap(), least);
    }

    fn read(text: &str) -> Result<Bill, ReadError> {
        let mut reader = xml::Reader::new(text, &crate::Limits::default());
        reader.next_start()?;
        let mut bill = Bill::default();
        bill.read(&one("Bill"), Source::Xml(&mut reader))?;
        Ok(bill)
    }

    #[test]
    fn errors_name_the_type_of_the_contract_and_the_place() {
        let wrong = "<Bill><total>1.00</total><part>1.00</part><part>x</part><list/></Bill>";
        assert_eq!(
            read(wrong).unwrap_err().to_string(),
            "/Bill/part[2]: `x` is not an Amount (line 1, column 49)"
        );
    }

    #[test]
    fn json_keeps_numbers() {
        let bill = Bill {
            total: Cents(1250),
            parts: vec![Cents(100), Cents(200)],
            ..Bill::default()
        };
        let text = json::Writer::document(&bill).unwrap().body;
        assert_eq!(text, "{\"total\":12.50,\"part\":[1.00,2.00],\"list\":\"\"}");
    }

    #[test]
    fn bounds_are_checked() {
        let field = one("total").max_inclusive("99");
        let total = <Amount as Mapping>::wrap(&Cents(9901));
        let errors = Checker::check_value(&field, &total);
        assert_eq!(errors.len(), 1, "{errors:?}");
        let total = <Amount as Mapping>::wrap(&Cents(9900));
        assert_eq!(Checker::check_value(&field, &total), []);
    }
}
