//! SOAP 1.1 and 1.2: envelopes written and read, faults.

pub(crate) mod encoding;
mod fault;
mod read;
mod write;

pub(crate) use self::encoding::{Encoded, Parts};
pub use self::encoding::{EncodedType, Encoding, Member, array, member, structure, xsd};
#[doc(hidden)]
pub use self::read::read_encoded_body;
pub(crate) use self::read::{literal, read_answer, read_wrapped};
#[doc(hidden)]
pub use self::write::write_encoded_message;
pub(crate) use self::write::{envelope, halves, message, refusal};

use crate::binding::Version;

pub(crate) const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
pub(crate) const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";

impl Version {
    /// The namespace of the envelope.
    pub(crate) const fn namespace(self) -> &'static str {
        match self {
            Self::Soap11 => SOAP_11,
            Self::Soap12 => SOAP_12,
        }
    }
}

/// Whether a namespace is that of an envelope.
pub(crate) fn is_soap(namespace: &str) -> bool {
    matches!(namespace, SOAP_11 | SOAP_12)
}
