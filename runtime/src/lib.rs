//! Runtime of the clients that Castile generates.
//!
//! Generated code states facts in const tables ([`wire::Shape`]) and lists the fields of each
//! record; the codecs here interpret them: [`xml`] and [`json`] readers and writers, and a checker
//! of limits. [`types`] holds the built-in types, exact to the digit.

mod any_element;
mod check;
mod choice;
mod complex;
pub mod json;
mod limits;
mod read_error;
mod shape;
mod simple;
mod slot;
#[cfg(test)]
mod specimens;
pub mod types;
mod value;
pub mod wire;
pub mod xml;

pub use any_element::{AnyAttribute, AnyAttributes, AnyElement, AnyNode};
pub use check::{CheckError, CheckErrorKind};
pub use limits::Limits;
pub use read_error::{Position, ReadError, ReadErrorKind};
pub use types::{
    Base64Binary, Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth,
    HexBinary, Integer, List, Nillable, ParseError, QName, Secret, Time,
};
