//! Validation by the letter of XML Schema 1.0: documents against the components of a schema.
//!
//! Reading is tolerant by default, as servers are not always right. Where the letter counts, a
//! [`Schema`] judges documents, whoever wrote them, by all that XML Schema 1.0 says of validity
//! ([Part 1](https://www.w3.org/TR/xmlschema-1/), [Part 2](https://www.w3.org/TR/xmlschema-2/)): what
//! may be where and how often, wildcards, `xsi:type` and `xsi:nil`, substitution, attributes, fixed
//! and default values, simple types, `ID` and `IDREF`, keys and references to them.
//!
//! What is not checked: entities and notations, since documents with a document type are refused.

mod component;
mod content;
pub mod datatype;
mod effective;
mod identity;
mod names;
mod schema;
mod simple;
#[cfg(test)]
mod tests;
mod text;
mod validate;
mod validator;
mod violation;
mod wildcard;

pub use schema::{Component, Schema};
pub use text::SchemaError;
pub use validate::{InvalidDocument, Validate};
#[doc(hidden)]
pub use validate::{element, named_type};
pub use violation::{Violation, Violations};
