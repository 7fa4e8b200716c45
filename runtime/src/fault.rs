//! What a service says when it refuses.

use std::fmt;

use crate::any_element::AnyElement;
use crate::body::Body;
use crate::choice::Branch;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::Field;
use crate::types::QName;

/// The service refused: a SOAP fault, an error body of a JSON service, or a message inside an answer that says so.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fault<C = Code, D = NoDetail> {
    /// Why, as the service's catalogue names it. Of a SOAP code it is the local part, of a dotted standard code
    /// (`Client.NotFound`) what comes after the standard one, in SOAP 1.2 the innermost subcode.
    pub code: C,
    /// The code as it came, with its prefix; in SOAP 1.2 the outermost one.
    pub code_name: String,
    /// The subcodes of SOAP 1.2 as they came, the outermost first.
    pub subcodes: Vec<String>,
    /// Why, for people: in English where there is a choice.
    pub reason: String,
    /// The reason in every language given. Only in SOAP 1.2 more than one.
    pub reasons: Vec<Reason>,
    /// Who on the way refused: `faultactor`, in SOAP 1.2 `Role`.
    pub actor: Option<String>,
    /// Where on the way it was refused: `Node` of SOAP 1.2.
    pub node: Option<String>,
    /// The detail that the contract declares.
    pub detail: Option<D>,
    /// Why there is no `detail` although the service sent one that the contract declares.
    pub detail_error: Option<ReadError>,
    /// The whole `detail` of a SOAP fault, as it came.
    pub raw_detail: Option<AnyElement>,
    /// The header blocks that the service did not understand.
    pub not_understood: Vec<QName>,
    /// The envelopes that the service would have taken, the best first.
    pub supported_envelopes: Vec<QName>,
    /// The HTTP status.
    pub status: u16,
    /// The body of the answer.
    pub body: Body,
}

impl<C: FaultCode, D> Fault<C, D> {
    /// A refusal of which only code and reason are known.
    pub(crate) fn new(code: &str, reason: String, status: u16, body: Body) -> Self {
        Self {
            code: C::from_code(code),
            code_name: code.to_owned(),
            subcodes: Vec::new(),
            reasons: vec![Reason {
                language: None,
                text: reason.clone(),
            }],
            reason,
            actor: None,
            node: None,
            detail: None,
            detail_error: None,
            raw_detail: None,
            not_understood: Vec::new(),
            supported_envelopes: Vec::new(),
            status,
            body,
        }
    }
}

impl<C: FaultCode, D> fmt::Display for Fault<C, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code.as_str(), self.reason.as_str()) {
            ("", "") => f.write_str("the service refused without a code or a reason"),
            ("", reason) => write!(f, "the service refused: {reason}"),
            (code, "") => write!(f, "the service refused with {code}"),
            (code, reason) => write!(f, "the service refused with {code}: {reason}"),
        }
    }
}

impl<C: FaultCode, D: fmt::Debug> std::error::Error for Fault<C, D> {}

/// The reason of a fault in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// As `xml:lang` says.
    pub language: Option<String>,
    /// The text.
    pub text: String,
}

/// A refusal that an answer holds inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The code of the service's catalogue. Empty: none was given.
    pub code: String,
    /// The reason for people. Empty: none was given.
    pub reason: String,
}

/// The codes by which a service says why it refuses.
pub trait FaultCode: Clone + fmt::Debug + PartialEq + Send + Sync + 'static {
    /// The code of this text, known or not.
    fn from_code(code: &str) -> Self;

    /// The code's text.
    fn as_str(&self) -> &str;
}

/// The bodies with which a service says more about why it refuses.
pub trait FaultDetail: Clone + fmt::Debug + Send + Sync + 'static {
    /// The elements that may be in the `detail` of a SOAP fault; of a JSON service the body of each declared status.
    const BRANCHES: &'static [Field];

    /// Reads the branch of this number.
    ///
    /// # Errors
    /// When it is not what the contract declares.
    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError>;

    /// Code and reason, where the detail holds them.
    fn rejection(&self) -> Option<Rejection> {
        None
    }
}

/// A code of a service without a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(String);

impl FaultCode for Code {
    fn from_code(code: &str) -> Self {
        Self(code.to_owned())
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Code {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The detail of an operation that declares none: there is no value of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDetail {}

impl FaultDetail for NoDetail {
    const BRANCHES: &'static [Field] = &[];

    fn read(_: usize, _: Branch<'_, '_>) -> Result<Self, ReadError> {
        Err(ReadError::new(
            ReadErrorKind::Other("the contract declares no detail".into()),
            "",
            None,
        ))
    }
}
