//! The documents, made by code, the same each time.

mod accounts;
mod others;

pub use accounts::accounts;
pub use others::{archive, ledger, mailbox, telemetry};
