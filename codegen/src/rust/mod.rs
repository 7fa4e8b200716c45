//! From contracts to Rust words: which types there are, what they are called, what is optional, where
//! a box goes. Nothing here can fail: what has no Rust of its own gets the nearest thing that loses
//! nothing, and a warning.
//!
//! Rules of presence, of folding and of names are in `docs/architecture.md`.

mod boxing;
mod choices;
mod content;
mod contract_paths;
mod docs;
mod elements;
mod encoding;
mod facets;
mod failures;
mod folding;
mod header_blocks;
mod item_names;
mod lower;
mod mapping;
mod messages;
mod mixed;
mod model;
mod modules;
mod names;
mod operations;
mod polymorphism;
mod presence;
mod reach;
mod renames;
mod rules;
mod simple;
mod streams;
mod unused_renames;
mod wrapped_choices;

pub use docs::{Docs, inert_line};
pub use lower::lower;
pub use model::*;
pub use names::Ident;

pub(crate) use crate::contract::XML_SCHEMA;
