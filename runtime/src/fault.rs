//! What a service says when it refuses.

use std::fmt;

use crate::any_element::AnyElement;
use crate::body::Body;
use crate::choice::Branch;
use crate::given_fields::GivenFields;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::Field;
use crate::types::QName;

/// The service refused: a SOAP fault, an error body of a JSON service, or a message inside an
/// answer that says so.
#[derive(Clone)]
#[non_exhaustive]
pub struct Fault<C = Code, D = NoDetail> {
    /// Why, as the service's catalogue names it. Of a SOAP code it is the local part, of a dotted
    /// standard code (`Client.NotFound`) what comes after the standard one, in SOAP 1.2 the
    /// innermost subcode.
    pub code: C,
    /// The code as it came, with its prefix; in SOAP 1.2 the outermost one.
    pub code_name: String,
    /// The subcodes of SOAP 1.2 (Part 1 §5.4.1) as they came, the outermost first.
    pub subcodes: Vec<String>,
    /// Why, for people: in English where there is a choice.
    pub reason: String,
    /// The reason in every language given. Only in SOAP 1.2 more than one.
    pub reasons: Vec<Reason>,
    /// Who on the way refused: `faultactor`, in SOAP 1.2 `Role`.
    pub actor: Option<String>,
    /// Where on the way it was refused: `Node` of SOAP 1.2.
    pub node: Option<String>,
    /// The detail that the contract declares; of a header fault (WSDL 1.1 §3.7) the header block.
    pub detail: Option<D>,
    /// The further children of the detail that the contract declares.
    pub further_details: Vec<D>,
    /// Why a detail that the contract declares could not be read.
    pub detail_error: Option<ReadError>,
    /// The whole `detail` of a SOAP fault (1.1 §4.4, 1.2 Part 1 §5.4.5), as it came.
    pub raw_detail: Option<AnyElement>,
    /// The header blocks that the service did not understand (SOAP 1.2 Part 1 §5.4.8).
    pub not_understood: Vec<QName>,
    /// The envelopes that the service would have taken, the best first (SOAP 1.2 Part 1 §5.4.7).
    pub supported_envelopes: Vec<QName>,
    /// The HTTP status.
    pub status: u16,
    /// The beginning of the body of the answer, without secrets.
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
            further_details: Vec::new(),
            detail_error: None,
            raw_detail: None,
            not_understood: Vec::new(),
            supported_envelopes: Vec::new(),
            status,
            body,
        }
    }
}

impl<C: fmt::Debug, D: fmt::Debug> fmt::Debug for Fault<C, D> {
    /// Leaves out what the service did not say, and `reasons` where they say no more than `reason`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self.reasons.as_slice() {
            [Reason { language, text }] => language.is_none() && *text == self.reason,
            reasons => reasons.is_empty(),
        };
        GivenFields::new(f, "Fault")
            .field("code", &self.code)
            .text("code_name", &self.code_name)
            .list("subcodes", &self.subcodes)
            .field("reason", &self.reason)
            .list("reasons", if said { &[] } else { &self.reasons })
            .option("actor", self.actor.as_ref())
            .option("node", self.node.as_ref())
            .option("detail", self.detail.as_ref())
            .list("further_details", &self.further_details)
            .option("detail_error", self.detail_error.as_ref())
            .option("raw_detail", self.raw_detail.as_ref())
            .list("not_understood", &self.not_understood)
            .list("supported_envelopes", &self.supported_envelopes)
            .field("status", &self.status)
            .field("body", &self.body)
            .finish()
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
    /// The elements that may be in the `detail` of a SOAP fault; of a JSON service the body of each
    /// declared status.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redaction::Secrets;

    fn fault() -> Fault {
        let body = Body::new(b"<a/>", None, &Secrets::default());
        Fault::new("NotFound", "no such parcel".to_owned(), 500, body)
    }

    #[test]
    fn debug_shows_what_there_is() {
        let plain = "Fault { code: Code(\"NotFound\"), code_name: \"NotFound\", \
                     reason: \"no such parcel\", status: 500, body: \"<a/>\" }";
        assert_eq!(format!("{:?}", fault()), plain);
        let mut fault = fault();
        fault.code_name.clear();
        fault.subcodes.push("p:Inner".to_owned());
        fault.reasons[0].language = Some("en".to_owned());
        fault.node = Some("urn:n".to_owned());
        fault.detail_error = Some(ReadError::new(ReadErrorKind::Missing, "/a", None));
        fault.raw_detail = Some(AnyElement::new(QName::new("", "detail")));
        fault.not_understood.push(QName::new("urn:q", "Trace"));
        let full = "Fault { code: Code(\"NotFound\"), subcodes: [\"p:Inner\"], \
                    reason: \"no such parcel\", \
                    reasons: [Reason { language: Some(\"en\"), text: \"no such parcel\" }], \
                    node: \"urn:n\", detail_error: ReadError { path: \"/a\", kind: Missing }, \
                    raw_detail: AnyElement { name: \
                    QName { namespace: \"\", local: \"detail\", prefix: \"\" } }, \
                    not_understood: [QName { namespace: \"urn:q\", local: \"Trace\", prefix: \"\" \
                    }], status: 500, body: \"<a/>\" }";
        assert_eq!(format!("{fault:?}"), full);
    }
}
