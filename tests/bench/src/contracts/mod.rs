//! What the generator makes of `contract/`; `cargo xtask bench` writes it anew.

#![allow(dead_code, reason = "a client has more than a benchmark needs")]

#[rustfmt::skip]
pub mod archive;
#[rustfmt::skip]
pub mod ledger;
#[rustfmt::skip]
pub mod mailbox;
#[rustfmt::skip]
pub mod telemetry;
