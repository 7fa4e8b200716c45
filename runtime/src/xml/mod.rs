//! XML 1.0 with namespaces: a pull reader that tables direct, and a writer.
//!
//! Clients read and write by themselves; this is for documents of one's own, and for the signatures
//! that generated code implements. Document types, and so entities other than the five of XML, are
//! refused.

mod attributes;
mod chars;
mod content;
mod decode;
mod escape;
#[cfg(feature = "validation")]
mod events;
mod prolog;
mod reader;
mod scan;
mod scope;
mod tokenizer;
mod tree;
mod type_name;
mod write_error;
mod writer;

#[cfg(test)]
mod tests;

pub(crate) use content::Targets;
pub use decode::decode_bytes;
pub(crate) use decode::{PieceDecoder, decode_lossy};
#[cfg(feature = "validation")]
pub(crate) use events::Event;
pub use reader::{Name, Reader};
pub use write_error::{WriteError, WriteErrorKind};
pub use writer::Writer;
pub(crate) use writer::{Halves, LeftOut};

pub(crate) use attributes::unescaped;
pub(crate) use chars::{collapse, head, is_char, is_ncname, is_same_name, is_space, replace};
#[cfg(feature = "validation")]
pub(crate) use chars::{is_name_char, is_name_start};
pub(crate) use tokenizer::referred;
pub(crate) use writer::Beginning;
#[cfg(test)]
pub(crate) use writer::DEEPEST;

/// The namespace of `xsi:nil` and `xsi:type` (XML Schema Part 1 §2.6).
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespace of the prefix `xml`.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The namespace of the prefix `xmlns`.
pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
