//! Values, as the value spaces of §3 have them.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::lexical::{DecimalValue, DurationValue, FloatValue, Instant};

/// A value of a simple type.
///
/// Two are equal where the value space says so, whatever their lexical forms: decimals and floats by
/// number, dates and times on the time line, durations by months and seconds, lists item by item,
/// QNames by expanded name, binary data by octets. Values of different primitive types are never
/// equal. `NaN` equals itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActualValue(pub(super) Value);

/// What a text of an ID type is for in its document (Part 1 §3.15.4, XML 1.0 §3.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdKind {
    /// Names an element; unique in the document.
    Id,
    /// Refers to an element by its name.
    Idref,
    /// Refers to an unparsed entity.
    Entity,
}

/// A string; whether it is an identifier makes no other value of it.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: Box<str>,
    pub(super) id: Option<IdKind>,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value {
    /// Of `anySimpleType`: the text is all that is known.
    Untyped(Box<str>),
    String(Text),
    Boolean(bool),
    Decimal(DecimalValue),
    Float(FloatValue),
    Double(FloatValue),
    Duration(DurationValue),
    DateTime(Instant),
    Time(Instant),
    Date(Instant),
    GYearMonth(Instant),
    GYear(Instant),
    GMonthDay(Instant),
    GDay(Instant),
    GMonth(Instant),
    HexBinary(Box<[u8]>),
    Base64Binary(Box<[u8]>),
    AnyUri(Box<str>),
    QName {
        namespace: Box<str>,
        local: Box<str>,
    },
    Notation {
        namespace: Box<str>,
        local: Box<str>,
    },
    List(Box<[ActualValue]>),
}

impl ActualValue {
    /// How this value stands to another by the order of its primitive type (§3.2). `None` where the
    /// type has no order, where the order is partial and says nothing of these two, and for values
    /// of different primitive types.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (&self.0, &other.0) {
            (Value::Decimal(own), Value::Decimal(other)) => Some(own.cmp(other)),
            (Value::Float(own), Value::Float(other))
            | (Value::Double(own), Value::Double(other)) => own.compare(*other),
            (Value::Duration(own), Value::Duration(other)) => own.compare(other),
            (Value::DateTime(own), Value::DateTime(other))
            | (Value::Time(own), Value::Time(other))
            | (Value::Date(own), Value::Date(other))
            | (Value::GYearMonth(own), Value::GYearMonth(other))
            | (Value::GYear(own), Value::GYear(other))
            | (Value::GMonthDay(own), Value::GMonthDay(other))
            | (Value::GDay(own), Value::GDay(other))
            | (Value::GMonth(own), Value::GMonth(other)) => own.compare(other),
            (own, other) => (own == other).then_some(Ordering::Equal),
        }
    }

    /// The identifiers in the value, in its order: of `ID`, `IDREF` and `ENTITY`, of types derived
    /// from them, and of lists and unions of them.
    #[must_use]
    pub fn identifiers(&self) -> Vec<(IdKind, &str)> {
        match &self.0 {
            Value::String(Text { text, id: Some(id) }) => vec![(*id, text)],
            Value::List(items) => items.iter().flat_map(Self::identifiers).collect(),
            _ => Vec::new(),
        }
    }

    /// The namespace (empty for none) and local name of a `QName` or `NOTATION`.
    #[must_use]
    pub fn expanded_name(&self) -> Option<(&str, &str)> {
        match &self.0 {
            Value::QName { namespace, local } | Value::Notation { namespace, local } => {
                Some((namespace, local))
            }
            _ => None,
        }
    }

    /// The items of a list, in its order; `None` where the value is not a list.
    #[must_use]
    pub fn items(&self) -> Option<&[ActualValue]> {
        match &self.0 {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// What length facets count (§4.3.1): characters, octets or items; `None` where nothing is
    /// counted.
    pub(super) fn length(&self) -> Option<(usize, &'static str)> {
        match &self.0 {
            Value::String(Text { text, .. }) | Value::AnyUri(text) => {
                Some((text.chars().count(), "characters"))
            }
            Value::HexBinary(octets) | Value::Base64Binary(octets) => {
                Some((octets.len(), "octets"))
            }
            Value::List(items) => Some((items.len(), "items")),
            _ => None,
        }
    }

    /// What `totalDigits` and `fractionDigits` count, of decimal numbers.
    pub(super) fn digits(&self) -> Option<(usize, usize)> {
        match &self.0 {
            Value::Decimal(number) => Some((number.total_digits(), number.fraction_digits())),
            _ => None,
        }
    }
}
