//! Generates Rust clients from WSDL, XML Schema and field-table descriptors.
//!
//! A [`Generator`] takes inputs and gives files; [`output::Tree`] writes them, or says where what is
//! there differs. The stages are **parse** (front ends fill a [`contract::Contract`]), **resolve**
//! ([`resolve::resolve`], the last one that may fail), **lower** (to a model of Rust items) and
//! **emit** (to tokens and files).
//!
//! In a `build.rs`:
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let output = castile_codegen::Generator::new().input("billing.wsdl").generate()?;
//! output.modules.write("src/billing".as_ref())?;
//! # Ok(())
//! # }
//! ```

pub mod contract;
pub mod diagnostic;
pub mod diff;
pub mod dump;
mod emit;
pub mod frontend;
mod generator;
mod input;
pub mod output;
pub mod project;
pub mod resolve;
mod rust;
pub mod source;

pub use emit::Runtime;
pub use generator::{Failure, Generator, Output};
