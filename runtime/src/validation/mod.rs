//! Validation by the letter of XML Schema 1.0.

pub mod datatype;
