//! Names of the contract's components as settings write them.

/// `{namespace}local/…`, or `local/…` in any namespace. `xs:local` is a built-in type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selector<'a> {
    /// `None` for any.
    pub(crate) namespace: Option<&'a str>,
    /// The local name, and behind slashes what is inside it.
    pub(crate) path: &'a str,
}

impl<'a> Selector<'a> {
    /// `None` if a brace is open or nothing is named.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (namespace, path) = match text.strip_prefix('{') {
            Some(rest) => {
                let (namespace, path) = rest.split_once('}')?;
                (Some(namespace), path)
            }
            None => match text.strip_prefix("xs:") {
                Some(local) => (Some(crate::contract::XML_SCHEMA), local),
                None => (None, text),
            },
        };
        (!path.is_empty()).then_some(Self { namespace, path })
    }

    /// Whether something in this namespace is meant.
    pub(crate) fn is_in(&self, namespace: &str) -> bool {
        self.namespace.is_none_or(|meant| meant == namespace)
    }

    /// The path up to the last slash, and what is behind it.
    pub(crate) fn split_last(&self) -> Option<(Self, &'a str)> {
        let (path, last) = self.path.rsplit_once('/')?;
        let owner = Self {
            namespace: self.namespace,
            path,
        };
        Some((owner, last))
    }
}

/// A selector with `*`, in the namespace as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern<'a> {
    namespace: Option<Glob<'a>>,
    path: Glob<'a>,
}

impl<'a> Pattern<'a> {
    /// `None` if a brace is open or nothing is named.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let Selector { namespace, path } = Selector::parse(text)?;
        Some(Self {
            namespace: namespace.map(Glob::new),
            path: Glob::new(path),
        })
    }

    /// Whether a name in a namespace fits.
    pub(crate) fn matches(&self, namespace: &str, path: &str) -> bool {
        let is_in = |meant: &Glob<'_>| meant.matches(namespace);
        self.namespace.as_ref().is_none_or(is_in) && self.path.matches(path)
    }

    /// How much it says: the letters beside stars.
    pub(crate) fn weight(&self) -> usize {
        self.namespace.as_ref().map_or(0, Glob::weight) + self.path.weight()
    }
}

/// A pattern in which `*` stands for any text, also for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glob<'a>(&'a str);

impl<'a> Glob<'a> {
    pub(crate) fn new(pattern: &'a str) -> Self {
        Self(pattern)
    }

    fn weight(&self) -> usize {
        self.0.chars().filter(|c| *c != '*').count()
    }

    /// Whether `text` fits.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else {
            return false;
        };
        let mut parts = parts.peekable();
        if parts.peek().is_none() {
            return rest.is_empty();
        }
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                return rest.ends_with(part);
            }
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_name_a_namespace_or_none() {
        let parsed = |text| Selector::parse(text).map(|s| (s.namespace, s.path));
        assert_eq!(
            parsed("{urn:a/b}Invoice/@no"),
            Some((Some("urn:a/b"), "Invoice/@no"))
        );
        assert_eq!(parsed("{}Invoice"), Some((Some(""), "Invoice")));
        assert_eq!(parsed("Invoice"), Some((None, "Invoice")));
        let schema = crate::contract::XML_SCHEMA;
        assert_eq!(parsed("xs:decimal"), Some((Some(schema), "decimal")));
        for wrong in ["", "{urn:a", "{urn:a}"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_star_stands_for_any_text() {
        let cases = [
            ("Get*", "GetInvoice", true),
            ("Get*", "Get", true),
            ("Get*", "Forget", false),
            ("*", "", true),
            ("*Type", "InvoiceType", true),
            ("*Type", "TypeOf", false),
            ("G*I*e", "GetInvoice", true),
            ("G*I*x", "GetInvoice", false),
            ("Get", "Get", true),
            ("Get", "Gets", false),
            ("a*a", "a", false),
            ("**", "x", true),
        ];
        for (glob, text, expected) in cases {
            assert_eq!(Glob::new(glob).matches(text), expected, "{glob} {text}");
        }
    }
}
