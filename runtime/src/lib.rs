//! Placeholder.

mod binding;
mod percent;
mod redaction;
pub mod transport;
