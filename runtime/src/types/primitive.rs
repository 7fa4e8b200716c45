//! Simple types that are Rust's own.

use std::cmp::Ordering;

use super::ascii::{Ascii, Line};
use super::{ParseError, digits};
use crate::shape::WhiteSpace;
use crate::simple::{JsonKind, SimpleType};

impl SimpleType for String {
    const NAME: &'static str = "string";
    const AS_TEXT: Option<fn(&Self) -> &str> = Some(Self::as_str);

    fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(text.to_owned())
    }
}

crate::__simple_type!(String);

impl SimpleType for bool {
    const NAME: &'static str = "boolean";
    const JSON: JsonKind = JsonKind::Boolean;
    const PLAIN: bool = true;
    const IGNORES_SPACE: bool = true;

    fn parse(text: &str) -> Result<Self, ParseError> {
        match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(ParseError::new(Self::NAME, text)),
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }

    fn write_ascii(&self, place: &mut [u8]) -> Option<usize> {
        let mut line = Line::new(place);
        line.push_ascii(if *self { "true" } else { "false" });
        line.written()
    }
}

crate::__simple_type!(bool);

macro_rules! integers {
    ($($type:ident $name:literal $push:ident,)*) => {$(
        impl SimpleType for $type {
            const NAME: &'static str = $name;
            const JSON: JsonKind = JsonKind::Number;
            const PLAIN: bool = true;
            const IGNORES_SPACE: bool = true;

            fn parse(text: &str) -> Result<Self, ParseError> {
                // `-0` is a value of the unsigned types too.
                let digits = text
                    .strip_prefix('-')
                    .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b == b'0'));
                digits.unwrap_or(text).parse().map_err(|error: std::num::ParseIntError| {
                    use std::num::IntErrorKind::{NegOverflow, PosOverflow};
                    match error.kind() {
                        PosOverflow | NegOverflow => {
                            ParseError::because(Self::NAME, text, "out of range")
                        }
                        _ => ParseError::new(Self::NAME, text),
                    }
                })
            }

            fn write(&self, out: &mut String) {
                digits::$push(out, (*self).into());
            }

            fn write_ascii(&self, place: &mut [u8]) -> Option<usize> {
                let mut line = Line::new(place);
                digits::$push(&mut line, (*self).into());
                line.written()
            }
        }

        crate::__simple_type!($type);
    )*};
}

integers! {
    i64 "long" push_signed,
    i32 "int" push_signed,
    i16 "short" push_signed,
    i8 "byte" push_signed,
    u64 "unsignedLong" push,
    u32 "unsignedInt" push,
    u16 "unsignedShort" push,
    u8 "unsignedByte" push,
}

macro_rules! floats {
    ($($type:ident $name:literal,)*) => {$(
        impl SimpleType for $type {
            const NAME: &'static str = $name;
            const JSON: JsonKind = JsonKind::Number;
            const PLAIN: bool = true;
            const IGNORES_SPACE: bool = true;
            const WHITE_SPACE: WhiteSpace = WhiteSpace::Collapse;

            fn parse(text: &str) -> Result<Self, ParseError> {
                match text {
                    "INF" | "+INF" => return Ok(Self::INFINITY),
                    "-INF" => return Ok(Self::NEG_INFINITY),
                    "NaN" => return Ok(Self::NAN),
                    _ => {}
                }
                // Rust also reads names like `infinity`.
                let number = text.len() <= super::LONGEST
                    && text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
                let parsed = if number { text.parse().ok() } else { None };
                parsed.ok_or_else(|| ParseError::new(Self::NAME, text))
            }

            fn write(&self, out: &mut String) {
                use std::fmt::Write;
                let size = self.abs();
                // Writing to a string does not fail.
                let _ = if self.is_nan() {
                    out.write_str("NaN")
                } else if self.is_infinite() {
                    out.write_str(if *self > 0.0 { "INF" } else { "-INF" })
                } else if size != 0.0 && !(1e-5..1e16).contains(&size) {
                    write!(out, "{self:E}")
                } else {
                    write!(out, "{self}")
                };
            }

            fn compare(&self, bound: &str) -> Option<Ordering> {
                self.partial_cmp(&Self::parse(bound).ok()?)
            }
        }

        crate::__simple_type!($type);
    )*};
}

floats! {
    f32 "float",
    f64 "double",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simple::Lexical;

    fn integer<T: SimpleType + std::fmt::Debug>(text: &str) -> String {
        match T::parse(text) {
            Ok(value) => value.lexical().into_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn integers_keep_to_their_range() {
        assert_eq!(integer::<i32>("+007"), "7");
        assert_eq!(integer::<i32>("-2147483648"), "-2147483648");
        assert_eq!(
            integer::<i32>("2147483648"),
            "`2147483648` is not an int: out of range"
        );
        assert_eq!(integer::<i32>(""), "`` is not an int");
        assert_eq!(integer::<i32>("1.0"), "`1.0` is not an int");
        assert_eq!(integer::<u8>("-0"), "0");
        assert_eq!(integer::<u8>("+5"), "5");
        assert_eq!(integer::<u8>("-1"), "`-1` is not an unsignedByte");
        assert_eq!(integer::<u8>("-"), "`-` is not an unsignedByte");
        assert_eq!(integer::<i8>("127"), "127");
        assert_eq!(integer::<i8>("128"), "`128` is not a byte: out of range");
        assert_eq!(integer::<i64>(&"0".repeat(100_000)), "0");
        assert_eq!(
            integer::<u64>("18446744073709551615"),
            "18446744073709551615"
        );
    }

    #[test]
    fn booleans_have_four_forms() {
        for (text, value) in [("true", true), ("1", true), ("false", false), ("0", false)] {
            assert_eq!(bool::parse(text), Ok(value));
        }
        for text in ["TRUE", "yes", "", "01"] {
            assert!(bool::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn floats_have_schema_names_for_the_special_ones() {
        for (text, written) in [
            ("INF", "INF"),
            ("+INF", "INF"),
            ("-INF", "-INF"),
            ("NaN", "NaN"),
            ("-0", "-0"),
            ("1e3", "1000"),
            ("1.5", "1.5"),
            ("1E300", "1E300"),
            ("1e-7", "1E-7"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e999", "INF"),
        ] {
            assert_eq!(integer::<f64>(text), written, "{text}");
        }
        for text in [
            "inf", "infinity", "nan", "", ".", "e", "1e", "0x1", "1_0", "--1",
        ] {
            assert!(f64::parse(text).is_err(), "{text}");
        }
        assert_eq!(1.5f64.compare("1.50"), Some(Ordering::Equal));
    }
}
