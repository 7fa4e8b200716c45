//! An XML document cut into the items of one list and all the rest, as it comes.
//!
//! Cutting looks at markup alone; what it cuts out is read by the ordinary reader, the items by
//! themselves and the rest as the answer without its items. Together they are well-formed if and only
//! if the document is.

mod cutter;
mod scope;
mod token;

pub(super) use cutter::{Cut, Cutter};
