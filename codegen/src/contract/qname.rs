//! Expanded names (Namespaces in XML 1.0 §2.1).

use std::fmt;
use std::sync::Arc;

use super::builtin::SOAP_ENCODINGS;

/// A namespace name and a local name. The empty namespace name means "in no namespace".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QName {
    /// The namespace name, empty for none.
    pub namespace: Arc<str>,
    /// The local name, an NCName.
    pub local: Arc<str>,
}

impl QName {
    /// The name `local` in `namespace`.
    pub fn new(namespace: impl Into<Arc<str>>, local: impl Into<Arc<str>>) -> Self {
        Self {
            namespace: namespace.into(),
            local: local.into(),
        }
    }

    /// Whether this is `Array` of an encoding of SOAP.
    #[must_use]
    pub fn is_encoded_array(&self) -> bool {
        &*self.local == "Array" && SOAP_ENCODINGS.contains(&&*self.namespace)
    }

    /// The name `local` in no namespace.
    pub fn unqualified(local: impl Into<Arc<str>>) -> Self {
        Self::new("", local)
    }
}

/// `{namespace}local`, or `local` in no namespace.
impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() {
            f.write_str(&self.local)
        } else {
            write!(f, "{{{}}}{}", self.namespace, self.local)
        }
    }
}

impl fmt::Debug for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Letters and digits alone, small: what the names of one thing share, however they are written.
pub(crate) fn folded(name: &str) -> String {
    { name.chars() }
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
