//! Qualified names.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::ParseError;
use crate::shape::WhiteSpace;
use crate::simple::{Prefixes, Scope, SimpleType};
use crate::xml::is_ncname;

/// A name in a namespace (`xs:QName`, §3.2.18). Two are equal when namespace and local name are;
/// the prefix is a wish for writing.
#[derive(Clone, Debug, Default)]
pub struct QName {
    /// The namespace, empty for none.
    pub namespace: String,
    /// The name in the namespace.
    pub local: String,
    /// The prefix that it had, or should get where that is free; may be empty.
    pub prefix: String,
}

impl QName {
    /// A name without a wish for a prefix.
    #[must_use]
    pub fn new(namespace: impl Into<String>, local: impl Into<String>) -> Self {
        Self {
            namespace: namespace.into(),
            local: local.into(),
            prefix: String::new(),
        }
    }

    /// A name with the prefix that it should get.
    #[must_use]
    pub fn with_prefix(
        namespace: impl Into<String>,
        local: impl Into<String>,
        prefix: impl Into<String>,
    ) -> Self {
        Self {
            namespace: namespace.into(),
            local: local.into(),
            prefix: prefix.into(),
        }
    }

    /// Whether this is the name `local` in `namespace`.
    #[must_use]
    pub fn is(&self, namespace: &str, local: &str) -> bool {
        self.local == local && self.namespace == namespace
    }
}

impl PartialEq for QName {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.namespace, &other.local)
    }
}

impl Eq for QName {}

impl Hash for QName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.namespace.hash(state);
        self.local.hash(state);
    }
}

/// Gives `{namespace}local`, or `local` in no namespace.
impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.namespace.is_empty() {
            write!(f, "{{{}}}", self.namespace)?;
        }
        f.write_str(&self.local)
    }
}

fn split(text: &str) -> Option<(&str, &str)> {
    let (prefix, local) = text.split_once(':').unwrap_or(("", text));
    let valid = is_ncname(local) && (is_ncname(prefix) || local.len() == text.len());
    valid.then_some((prefix, local))
}

impl SimpleType for QName {
    const NAME: &'static str = "QName";
    const WHITE_SPACE: WhiteSpace = WhiteSpace::Collapse;
    const PREFIXED: bool = true;

    /// Without a scope (as in JSON) the prefix stays and the namespace is empty.
    fn parse(text: &str) -> Result<Self, ParseError> {
        let (prefix, local) = split(text).ok_or_else(|| ParseError::new(Self::NAME, text))?;
        Ok(Self::with_prefix("", local, prefix))
    }

    fn write(&self, out: &mut String) {
        if !self.prefix.is_empty() {
            out.push_str(&self.prefix);
            out.push(':');
        }
        out.push_str(&self.local);
    }

    fn parse_in(text: &str, scope: &dyn Scope) -> Result<Self, ParseError> {
        let (prefix, local) = split(text).ok_or_else(|| ParseError::new(Self::NAME, text))?;
        match scope.namespace_of(prefix) {
            Some(namespace) => Ok(Self::with_prefix(namespace, local, prefix)),
            None => Err(ParseError::because(
                Self::NAME,
                text,
                "its prefix is not bound",
            )),
        }
    }

    fn write_in(&self, out: &mut String, prefixes: &mut dyn Prefixes) {
        if !self.namespace.is_empty() {
            let prefix = prefixes.prefix_of(&self.namespace, &self.prefix);
            out.push_str(&prefix);
            out.push(':');
        }
        out.push_str(&self.local);
    }
}

crate::__simple_type!(QName);
