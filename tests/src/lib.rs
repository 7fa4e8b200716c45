//! What the tests and the demonstration share: an HTTP server on loopback that answers as it is told.

pub mod clients;
pub mod golden;
pub mod loopback;
pub mod normalize;
pub mod samples;
pub mod schemas;
pub mod variants;

/// The README's code must compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
