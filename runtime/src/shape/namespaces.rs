//! Which namespaces a wildcard takes.

/// The namespace constraint of a wildcard (XML Schema 1.0 Structures §3.10.1).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Namespaces {
    /// All of them, and none.
    Any,
    /// All but this one, and not none.
    Other(&'static str),
    /// These; the empty name is none.
    OneOf(&'static [&'static str]),
}

impl Namespaces {
    /// Whether names of this namespace are taken.
    pub(crate) fn take(&self, namespace: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Other(not) => !namespace.is_empty() && namespace != *not,
            Self::OneOf(these) => these.contains(&namespace),
        }
    }
}
