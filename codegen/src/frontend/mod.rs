//! Text to contract: each front end reads one kind of input, keeps the spans, interprets nothing.

mod annotations;
mod deprecation;
mod names;
#[cfg(feature = "vendor")]
pub(crate) mod references;
pub(crate) mod xml;

pub mod table;
pub mod wsdl;
pub mod xsd;
