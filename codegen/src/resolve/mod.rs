//! Passes over a contract, in a fixed order, after which every reference leads somewhere.
//!
//! This is the last stage that may fail: what comes out can be lowered to Rust whatever it is.

mod model;

pub use model::*;
