//! How an operation reports failure, beyond the faults that a WSDL declares.

use super::arena::Id;
use super::qname::folded;
use super::type_definition::TypeDefinition;
use crate::source::Span;

/// A table of error codes. It is always open: providers send codes that no page lists.
#[derive(Clone, Debug)]
pub struct FaultCatalogue {
    /// The name, for a type made of it: `FaultCode`.
    pub name: String,
    /// The codes, in order.
    pub codes: Vec<FaultCode>,
    /// What the codes are.
    pub documentation: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// One code.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultCode {
    /// The code on the wire, without a prefix.
    pub value: String,
    /// What it means.
    pub documentation: Option<String>,
    /// Where it is said.
    pub span: Span,
}

/// How one operation reports failure.
#[derive(Clone, Debug, Default)]
pub struct ErrorModel {
    /// The catalogue that its codes are from.
    pub catalogue: Option<Id<FaultCatalogue>>,
    /// The codes that its own documentation names: values of the catalogue.
    pub codes: Vec<String>,
    /// Errors inside a response with HTTP status 200.
    pub in_band: Option<InBand>,
    /// Error bodies by HTTP status.
    pub statuses: Vec<StatusError>,
}

/// Errors inside an ordinary response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InBand {
    /// The element names from the response's own element down to one message.
    pub path: Vec<String>,
    /// The child of a message that holds the code.
    pub code: String,
    /// The child that holds the text.
    pub reason: Option<String>,
    /// The child that tells errors from remarks, and the values that are errors; without it any
    /// message is an error.
    pub severity: Option<(String, Vec<String>)>,
    /// Where it is said.
    pub span: Span,
}

/// The body that comes with an HTTP status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusError {
    /// The status.
    pub status: u16,
    /// What is the matter.
    pub documentation: Option<String>,
    /// The type of the body.
    pub body: Id<TypeDefinition>,
    /// The element names from the body down to the code.
    pub code: Vec<String>,
    /// The element names from the body down to the text.
    pub reason: Vec<String>,
    /// Where it is said.
    pub span: Span,
}

/// Words of a code that say that something is not there.
const MISSING: &[&str] = &["req", "required", "missing", "empty", "absent"];

/// What a code says is missing: `INVOICE_NUMBER_REQUIRED` and `MissingInvoiceNumber` are about
/// `invoicenumber`. Without its prefix, which is not told from the name: the name is at the end.
pub(crate) fn missing_field(code: &str) -> Option<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in code.chars() {
        let begins = !c.is_alphanumeric() || c.is_uppercase() && was_small;
        if begins {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    let is_missing = |word: &String| MISSING.contains(&word.as_str());
    let says = words.iter().any(is_missing);
    words.retain(|word| !is_missing(word));
    let rest = words.concat();
    (says && !rest.is_empty()).then_some(rest)
}

/// Whether what a code says is missing is this field of a record with these names ([`folded`]). Where
/// fields of one name are in several records, the record's name, or how it begins, stands in front.
pub(crate) fn is_about(missing: &str, field: &str, record: &[String], is_alone: bool) -> bool {
    let name = without_number(field);
    missing.strip_suffix(&name).is_some_and(|front| {
        let is_of = |known: &String| known.starts_with(front) || front.ends_with(known.as_str());
        is_alone || !front.is_empty() && record.iter().any(is_of)
    })
}

/// The letters of a name without the number at its end: `addressLine2` is an `addressline`.
pub(crate) fn without_number(name: &str) -> String {
    folded(name.trim_end_matches(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{is_about, missing_field};

    #[test]
    fn codes_are_about_fields_of_their_records() {
        let user = ["user".to_owned()];
        assert!(is_about("useremail", "email", &user, false));
        assert!(is_about(
            "custemail",
            "Email",
            &["customer".to_owned()],
            false
        ));
        assert!(!is_about("custemail", "email", &user, false));
        assert!(!is_about("email", "email", &user, false));
        assert!(is_about("email", "email", &user, true));
        assert!(is_about("addressline", "addressLine2", &user, true));
        assert!(!is_about("addressline", "city", &user, true));
    }

    #[test]
    fn codes_say_what_is_missing() {
        let missing = |code| missing_field(code);
        assert_eq!(missing("CUST_REQ_EMAIL").as_deref(), Some("custemail"));
        assert_eq!(
            missing("INVOICE_NUMBER_REQUIRED").as_deref(),
            Some("invoicenumber")
        );
        assert_eq!(missing("MissingEmail").as_deref(), Some("email"));
        assert_eq!(missing("email-empty").as_deref(), Some("email"));
        assert_eq!(missing("INVALID_EMAIL"), None);
        assert_eq!(missing("REQUIRED"), None);
        assert_eq!(missing("UNREQUITED_LOVE"), None);
    }
}
