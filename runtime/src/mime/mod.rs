//! Messages with attachments: `multipart/related` (RFC 2387), as SOAP Messages with Attachments and
//! XOP (MTOM) use it.
//!
//! An answer is split into its root part, which is the envelope, and [`Attachments`]; parts of it are
//! slices of the body. The reader resolves `xop:Include` and `cid:` references to them.

mod attachment;
mod attachments;
mod media_type;
mod multipart;
mod package;
mod part;
mod transfer;

pub use attachment::Attachment;
pub(crate) use attachments::Attachments;
pub(crate) use media_type::{essence, is_of, parameter};
pub(crate) use multipart::{MultipartError, related};
pub(crate) use package::{Outgoing, package};

/// With MTOM, binary data of so many octets travels beside the envelope. Less is not worth the header
/// fields of a part.
pub(crate) const PACKED: usize = 1 << 10;

/// The namespace of `Include` (XOP 1.0 §2.1).
pub(crate) const XOP: &str = "http://www.w3.org/2004/08/xop/include";
