//! Wildcards (Structures §3.10).

use std::sync::Arc;

/// `xs:any` or `xs:anyAttribute`.
#[derive(Clone, Debug)]
pub(super) struct Wildcard {
    pub(super) namespaces: Namespaces,
    pub(super) process: ProcessContents,
}

/// The namespace constraint, as a set; the empty name is "no namespace".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Namespaces {
    /// All but these.
    Except(Vec<Arc<str>>),
    /// These.
    OneOf(Vec<Arc<str>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProcessContents {
    Strict,
    Lax,
    Skip,
}

impl Wildcard {
    /// As messages show it.
    pub(super) fn shown(&self) -> String {
        let quoted = |list: &[Arc<str>]| {
            let names = list.iter().map(|name| match &**name {
                "" => "none".to_owned(),
                name => format!("`{name}`"),
            });
            names.collect::<Vec<_>>().join(", ")
        };
        match &self.namespaces {
            Namespaces::Except(list) if list.is_empty() => "any element".to_owned(),
            Namespaces::Except(list) => format!("an element not in namespace {}", quoted(list)),
            Namespaces::OneOf(list) => format!("an element in namespace {}", quoted(list)),
        }
    }

    /// Any namespace, lax: the wildcards of `xs:anyType`.
    pub(super) fn anything() -> Self {
        Self {
            namespaces: Namespaces::Except(Vec::new()),
            process: ProcessContents::Lax,
        }
    }
}

impl Namespaces {
    /// cvc-wildcard-namespace.
    pub(super) fn allow(&self, namespace: &str) -> bool {
        match self {
            Self::Except(list) => !contains(list, namespace),
            Self::OneOf(list) => contains(list, namespace),
        }
    }

    /// cos-aw-intersect.
    pub(super) fn intersection(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Except(a), Self::Except(b)) => Self::Except(either(a, b)),
            (Self::Except(not), Self::OneOf(list)) | (Self::OneOf(list), Self::Except(not)) => {
                Self::OneOf(without(list, not))
            }
            (Self::OneOf(a), Self::OneOf(b)) => Self::OneOf(both(a, b)),
        }
    }

    /// cos-aw-union.
    pub(super) fn union(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Except(a), Self::Except(b)) => Self::Except(both(a, b)),
            (Self::Except(not), Self::OneOf(list)) | (Self::OneOf(list), Self::Except(not)) => {
                Self::Except(without(not, list))
            }
            (Self::OneOf(a), Self::OneOf(b)) => Self::OneOf(either(a, b)),
        }
    }
}

fn contains(list: &[Arc<str>], namespace: &str) -> bool {
    list.iter().any(|listed| **listed == *namespace)
}

fn either(a: &[Arc<str>], b: &[Arc<str>]) -> Vec<Arc<str>> {
    let more = b.iter().filter(|name| !contains(a, name));
    a.iter().chain(more).cloned().collect()
}

fn both(a: &[Arc<str>], b: &[Arc<str>]) -> Vec<Arc<str>> {
    a.iter().filter(|name| contains(b, name)).cloned().collect()
}

fn without(a: &[Arc<str>], b: &[Arc<str>]) -> Vec<Arc<str>> {
    let kept = a.iter().filter(|name| !contains(b, name));
    kept.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<Arc<str>> {
        names.iter().map(|name| Arc::from(*name)).collect()
    }

    #[test]
    fn constraints_are_sets() {
        let other_than_a = Namespaces::Except(list(&["urn:a", ""]));
        let some = Namespaces::OneOf(list(&["urn:a", "urn:b", ""]));
        assert_eq!(
            other_than_a.intersection(&some),
            Namespaces::OneOf(list(&["urn:b"]))
        );
        assert_eq!(other_than_a.union(&some), Namespaces::Except(Vec::new()));
        assert!(!other_than_a.allow("") && other_than_a.allow("urn:b"));
    }
}
