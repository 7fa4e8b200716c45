//! Simple types of XML Schema 1.0 as data: what
//! [Part 2: Datatypes](https://www.w3.org/TR/xmlschema-2/) says of lexical forms, values, facets and
//! derivation, for types that are known at run time only.
//!
//! A [`Datatype`] is made from a built-in one by [`Datatype::restriction`], [`Datatype::list`] and
//! [`Datatype::union`]; [`Datatype::validate`] holds a text against it and gives the
//! [`ActualValue`]. § are sections of Part 2.
//!
//! ```
//! use castile::validation::datatype::{Datatype, Facet, FacetKind, NoPrefixes};
//!
//! let decimal = Datatype::builtin("decimal").expect("is built in");
//! let facets = [Facet::new(FacetKind::MaxInclusive, "100"), Facet::new(FacetKind::FractionDigits, "2")];
//! let percentage = Datatype::restriction(&decimal, &facets, &NoPrefixes).expect("are consistent");
//!
//! let value = percentage.validate(" 99.50 ", &NoPrefixes).expect("is a percentage");
//! assert_eq!(value, decimal.validate("099.5", &NoPrefixes).expect("is a decimal"));
//!
//! let error = percentage.validate("100.01", &NoPrefixes).expect_err("is too much");
//! assert_eq!(error.rule, "cvc-maxInclusive-valid");
//! assert_eq!(error.message, "`100.01` is more than 100");
//! ```
//!
//! Numbers have any number of digits. Beyond what can be held, and refused, are years and parts of
//! durations of more than 27 digits, groups more than 100 deep in a pattern, and unions that are
//! made of more than 100,000 others or are more than 200 deep. Patterns are matched in time linear
//! in the text, but for those whose counts would need more than 50,000 states: they are matched
//! position by position, and a text that takes more than three million steps counts as one that does
//! not match. Categories of characters are those of the Unicode version of the `regex` crate, blocks
//! those that XML Schema 1.0 lists, names those of XML 1.0, fifth edition.

mod builtin;
mod definition;
mod error;
mod facet;
mod facets;
mod lexical;
mod pattern;
mod restriction;
mod value;

pub use builtin::Primitive;
pub use definition::{Datatype, NoPrefixes, Variety, WhiteSpace};
pub use error::DatatypeError;
pub use facet::{Facet, FacetError, FacetKind};
pub use value::{ActualValue, IdKind};

pub use crate::simple::Scope;

#[cfg(test)]
mod tests;
