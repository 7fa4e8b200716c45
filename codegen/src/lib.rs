//! Generates Rust clients from WSDL, XML Schema and field-table descriptors.

pub mod contract;
pub mod diagnostic;
pub mod diff;
pub mod dump;
pub mod emit;
pub mod export;
pub mod frontend;
mod generator;
#[cfg(feature = "import")]
pub mod import;
mod input;
pub mod lint;
pub mod lock;
pub mod mock;
pub mod namespace;
pub mod output;
pub mod project;
pub mod resolve;
pub mod rust;
pub mod settings;
pub mod source;
mod spelling;
mod strict;
pub mod validation;
#[cfg(feature = "vendor")]
pub mod vendor;

pub use emit::Runtime;
pub use generator::{Failure, Generator, Output};
