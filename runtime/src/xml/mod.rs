//! XML: a namespace-aware pull reader that tables direct, and a writer.

mod attributes;
mod chars;
mod content;
mod decode;
mod escape;
mod prolog;
mod reader;
mod scope;
mod tokenizer;
mod tree;
mod write_error;
mod writer;

#[cfg(test)]
mod tests;

pub use decode::decode_bytes;
pub use reader::{Name, Reader};
pub use write_error::{WriteError, WriteErrorKind};
pub use writer::Writer;

pub(crate) use chars::{collapse, is_ncname, replace};

/// The namespace of `xsi:nil` and `xsi:type`.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespace of the prefix `xml`.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The namespace of the prefix `xmlns`.
pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
