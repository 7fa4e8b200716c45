//! Integers without a bound.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::ascii::Ascii;
use super::{LONGEST, ParseError, digits};

/// An integer (`xs:integer`, §3.3.13 and its relatives without a width), up to 4,096 characters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Integer(Digits);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Digits {
    Small(i128),
    /// What does not fit: sign, digits without leading zeros.
    Large(Box<str>),
}

impl Integer {
    /// An integer.
    #[must_use]
    pub const fn new(number: i128) -> Self {
        Self(Digits::Small(number))
    }

    /// The integer as Rust's widest one, where it fits.
    #[must_use]
    pub const fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Digits::Small(number) => Some(*number),
            Digits::Large(_) => None,
        }
    }

    /// The integer as an `i64`, where it fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        i64::try_from(self.as_i128()?).ok()
    }

    fn append(&self, out: &mut impl Ascii) {
        match &self.0 {
            Digits::Small(number) => digits::push_scaled(out, *number, 0),
            Digits::Large(text) => out.push_ascii(text),
        }
    }

    /// The integer as a `u64`, where it fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        u64::try_from(self.as_i128()?).ok()
    }
}

impl Default for Integer {
    fn default() -> Self {
        Self::new(0)
    }
}

impl FromStr for Integer {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        if text.len() > LONGEST {
            return Err(ParseError::because(
                "integer",
                text,
                "longer than 4096 characters",
            ));
        }
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseError::new("integer", text));
        }
        if let Ok(number) = text.parse() {
            return Ok(Self::new(number));
        }
        let sign = if text.starts_with('-') { "-" } else { "" };
        Ok(Self(Digits::Large(
            format!("{sign}{}", digits.trim_start_matches('0')).into(),
        )))
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Integer({self})")
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        let size =
            |text: &str, others: &str| text.len().cmp(&others.len()).then_with(|| text.cmp(others));
        match (&self.0, &other.0) {
            (Digits::Small(own), Digits::Small(others)) => own.cmp(others),
            (Digits::Large(own), Digits::Small(_)) if own.starts_with('-') => Ordering::Less,
            (Digits::Large(_), Digits::Small(_)) => Ordering::Greater,
            (Digits::Small(_), Digits::Large(_)) => other.cmp(self).reverse(),
            (Digits::Large(own), Digits::Large(others)) => {
                match (own.starts_with('-'), others.starts_with('-')) {
                    (false, false) => size(own, others),
                    (true, true) => size(others, own),
                    (true, false) => Ordering::Less,
                    (false, true) => Ordering::Greater,
                }
            }
        }
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! from {
    ($($type:ident)*) => {$(
        impl From<$type> for Integer {
            fn from(number: $type) -> Self {
                Self::new(i128::from(number))
            }
        }
    )*};
}

from!(i8 i16 i32 i64 i128 u8 u16 u32 u64);

super::lexical!(Integer, "integer", Number);

#[cfg(test)]
mod tests {
    use super::*;

    fn integer(text: &str) -> Integer {
        text.parse().unwrap()
    }

    #[test]
    fn keeps_every_digit() {
        let long = "8".repeat(100);
        let negative = format!("-{long}");
        for (text, written) in [
            ("0", "0"),
            ("-0", "0"),
            ("+0042", "42"),
            (
                "-170141183460469231731687303715884105728",
                "-170141183460469231731687303715884105728",
            ),
            (&long, &long),
            (&negative, &negative),
        ] {
            assert_eq!(integer(text).to_string(), written);
        }
        assert_eq!(integer(&format!("00{long}")), integer(&long));
        for text in ["", "-", "1.0", "1e3", " 1", "+-1", "０"] {
            assert!(text.parse::<Integer>().is_err(), "{text}");
        }
    }

    #[test]
    fn has_an_order() {
        let long = "8".repeat(100);
        let longer = "1".repeat(101);
        let (minus_long, minus_longer) = (format!("-{long}"), format!("-{longer}"));
        let order = [
            minus_longer.as_str(),
            &minus_long,
            "-5",
            "0",
            "7",
            &long,
            &longer,
        ];
        for (index, less) in order.iter().enumerate() {
            for more in &order[index + 1..] {
                assert!(integer(less) < integer(more), "{less} {more}");
                assert!(integer(more) > integer(less), "{more} {less}");
            }
        }
        assert_eq!(integer("7").as_u64(), Some(7));
        assert_eq!(integer("-7").as_u64(), None);
        assert_eq!(integer(&long).as_i128(), None);
    }
}
