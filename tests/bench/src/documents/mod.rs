//! The documents, made by code, the same each time.

mod accounts;

pub use accounts::accounts;
