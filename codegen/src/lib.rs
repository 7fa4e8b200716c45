//! Generates Rust clients from WSDL, XML Schema and field-table descriptors.
pub mod contract;
pub mod diagnostic;
pub mod frontend;
pub mod resolve;
pub mod source;
