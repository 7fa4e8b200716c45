//! The built-in types of XML Schema, exact: decimals keep their scale, integers their range, dates
//! and times the absence of a zone.
//!
//! § are the sections of [XML Schema Part 2: Datatypes](https://www.w3.org/TR/xmlschema-2/) that
//! define lexical forms and values. `Display` writes the lexical form, `FromStr` reads it, white
//! space at its ends aside.

mod ascii;
mod binary;
mod calendar;
mod cursor;
mod date_time;
mod decimal;
mod digits;
mod duration;
mod integer;
mod list;
mod nillable;
mod parse_error;
mod primitive;
mod qname;
mod secret;

pub use binary::{Base64Binary, HexBinary};
pub use calendar::{Date, GDay, GMonth, GMonthDay, GYear, GYearMonth};
pub use date_time::{DateTime, Fraction, Time};
pub use decimal::Decimal;
pub use duration::Duration;
pub use integer::Integer;
pub use list::List;
pub use nillable::Nillable;
pub use parse_error::ParseError;
pub use qname::QName;
pub use secret::Secret;

pub(crate) use binary::BASE64;
#[cfg(test)]
pub(crate) use parse_error::SHOWN;
pub(crate) use parse_error::bounded;

/// The most characters that a number, date or duration is read from.
pub(crate) const LONGEST: usize = 4_096;

/// Makes a type with `FromStr` and `append`, which writes its lexical form, a simple type with
/// `Display`.
macro_rules! lexical {
    ($type:ty, $name:literal, $json:ident $(, $compare:item)?) => {
        impl $crate::simple::SimpleType for $type {
            const NAME: &'static str = $name;
            const JSON: $crate::simple::JsonKind = $crate::simple::JsonKind::$json;
            const WHITE_SPACE: $crate::shape::WhiteSpace = $crate::shape::WhiteSpace::Collapse;
            const PLAIN: bool = true;
            const IGNORES_SPACE: bool = true;

            fn parse(text: &str) -> Result<Self, $crate::types::ParseError> {
                text.parse()
            }

            fn write(&self, out: &mut String) {
                self.append(out);
            }

            fn write_ascii(&self, place: &mut [u8]) -> Option<usize> {
                let mut line = $crate::types::ascii::Line::new(place);
                self.append(&mut line);
                line.written()
            }

            fn length(&self) -> Option<(usize, $crate::simple::Unit)> {
                None
            }

            $($compare)?
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut text = String::new();
                self.append(&mut text);
                f.write_str(&text)
            }
        }

        $crate::__simple_type!($type);
    };
}
pub(crate) use lexical;

/// `Date(2031-02-28)`: in a dump of a message the lexical form says more than the parts.
macro_rules! debug_by_lexical_form {
    ($($name:ident),*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    )*};
}

debug_by_lexical_form!(
    Date, DateTime, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simple::{Lexical, SimpleType};

    #[test]
    fn dates_are_shown_as_they_are_written() {
        let due: DateTime = "2031-02-28T23:59:59".parse().unwrap();
        assert_eq!(format!("{due:?}"), "DateTime(2031-02-28T23:59:59)");
        assert_eq!(format!("{:?}", Some(due.date())), "Some(Date(2031-02-28))");
        let month: GMonth = "--10".parse().unwrap();
        assert_eq!(format!("{month:#?}"), "GMonth(--10)");
    }

    fn is_written_alike<T: SimpleType>(text: &str) {
        let value = T::parse(text).unwrap();
        let mut place = [0; 100];
        let written = value.write_ascii(&mut place);
        assert_eq!(
            written.map(|len| &place[..len]),
            Some(value.lexical().as_bytes())
        );
        assert!(written <= Some(value.ascii_room()), "{text}");
        let room = written.unwrap() - 1;
        assert_eq!(value.write_ascii(&mut place[..room]), None, "{text}");
    }

    #[test]
    fn a_place_holds_what_a_text_does() {
        is_written_alike::<Decimal>("-230.050");
        is_written_alike::<Decimal>("-0.170141183460469231731687303715884105727");
        is_written_alike::<Integer>("-170141183460469231731687303715884105727");
        is_written_alike::<Integer>(&"9".repeat(60));
        is_written_alike::<i64>("-9223372036854775808");
        is_written_alike::<u8>("7");
        is_written_alike::<bool>("false");
        is_written_alike::<DateTime>("-12031-02-28T23:59:59.123456789-13:30");
        is_written_alike::<Time>("24:00:00");
        is_written_alike::<Date>("0031-02-28Z");
        is_written_alike::<GMonthDay>("--02-28+01:00");
        is_written_alike::<Duration>("-P1Y2M3DT4H5M6.070S");
        is_written_alike::<Base64Binary>("aGVsbG8=");
        let mut place = [0; 10];
        assert_eq!(1.5f64.write_ascii(&mut place), None);
    }
}
