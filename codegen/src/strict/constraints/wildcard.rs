//! Wildcards (Structures §3.10.6): what they allow, and how they are put together.

use std::sync::Arc;

use crate::contract::NamespaceConstraint::{self, Any, Not, OneOf};
use crate::contract::ProcessContents;

/// Wildcard Allows Namespace Name; the empty name is no namespace.
pub(super) fn allows(constraint: &NamespaceConstraint, namespace: &str) -> bool {
    match constraint {
        Any => true,
        Not(other) => !namespace.is_empty() && **other != *namespace,
        OneOf(list) => list.iter().any(|one| **one == *namespace),
    }
}

/// Wildcard Subset.
pub(super) fn is_subset(sub: &NamespaceConstraint, of: &NamespaceConstraint) -> bool {
    match (sub, of) {
        (_, Any) => true,
        (Not(a), Not(b)) => a == b,
        (OneOf(list), _) => list.iter().all(|name| allows(of, name)),
        _ => false,
    }
}

/// Attribute Wildcard Intersection; `None` if it cannot be expressed.
pub(super) fn intersection(
    one: &NamespaceConstraint,
    other: &NamespaceConstraint,
) -> Option<NamespaceConstraint> {
    Some(match (one, other) {
        (Any, rest) | (rest, Any) => rest.clone(),
        (Not(a), Not(b)) if a == b => one.clone(),
        (Not(a), Not(b)) if a.is_empty() || b.is_empty() => {
            Not(if a.is_empty() { b.clone() } else { a.clone() })
        }
        (Not(_), Not(_)) => return None,
        (OneOf(list), rest) | (rest, OneOf(list)) => {
            let both = list.iter().filter(|name| allows(rest, name));
            OneOf(both.cloned().collect())
        }
    })
}

/// Attribute Wildcard Union; `None` if it cannot be expressed.
pub(super) fn union(
    one: &NamespaceConstraint,
    other: &NamespaceConstraint,
) -> Option<NamespaceConstraint> {
    Some(match (one, other) {
        (Any, _) | (_, Any) => Any,
        (OneOf(a), OneOf(b)) => {
            let mut names: Vec<Arc<str>> = a.iter().chain(b).cloned().collect();
            names.sort();
            names.dedup();
            OneOf(names)
        }
        (Not(a), Not(b)) if a == b => one.clone(),
        (Not(_), Not(_)) => Not("".into()),
        (Not(not), OneOf(list)) | (OneOf(list), Not(not)) => {
            let has_not = list.contains(not);
            let has_none = list.iter().any(|name| name.is_empty());
            match (has_not, has_none) {
                _ if not.is_empty() => {
                    if has_none {
                        Any
                    } else {
                        Not("".into())
                    }
                }
                (true, true) => Any,
                (true, false) => Not("".into()),
                (false, true) => return None,
                (false, false) => Not(not.clone()),
            }
        }
    })
}

/// Whether two wildcards allow a namespace in common.
pub(super) fn overlap(one: &NamespaceConstraint, other: &NamespaceConstraint) -> bool {
    match (one, other) {
        (Any, OneOf(list)) | (OneOf(list), Any) => !list.is_empty(),
        (OneOf(list), rest) | (rest, OneOf(list)) => list.iter().any(|name| allows(rest, name)),
        _ => true,
    }
}

/// Whether validation by one is at least as strict as by the other.
pub(super) fn is_as_strict(one: ProcessContents, other: ProcessContents) -> bool {
    let rank = |process| match process {
        ProcessContents::Skip => 0,
        ProcessContents::Lax => 1,
        ProcessContents::Strict => 2,
    };
    rank(one) >= rank(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn not(name: &str) -> NamespaceConstraint {
        Not(name.into())
    }

    fn one_of(names: &[&str]) -> NamespaceConstraint {
        OneOf(names.iter().map(|name| Arc::from(*name)).collect())
    }

    #[test]
    fn unions() {
        assert_eq!(union(&not("a"), &not("b")), Some(not("")));
        assert_eq!(union(&not("a"), &one_of(&["", "a"])), Some(Any));
        assert_eq!(union(&not("a"), &one_of(&["a"])), Some(not("")));
        assert_eq!(union(&not("a"), &one_of(&[""])), None);
        assert_eq!(union(&one_of(&["b"]), &not("a")), Some(not("a")));
        assert_eq!(
            union(&one_of(&["b"]), &one_of(&["a"])),
            Some(one_of(&["a", "b"]))
        );
    }

    #[test]
    fn intersections() {
        assert_eq!(intersection(&not("a"), &not("b")), None);
        assert_eq!(intersection(&not("a"), &not("")), Some(not("a")));
        assert_eq!(
            intersection(&not("a"), &one_of(&["a", "", "b"])),
            Some(one_of(&["b"]))
        );
        assert_eq!(intersection(&Any, &not("b")), Some(not("b")));
    }

    #[test]
    fn subsets_and_overlaps() {
        assert!(is_subset(&one_of(&["b"]), &not("a")));
        assert!(!is_subset(&one_of(&["b", ""]), &not("a")));
        assert!(!is_subset(&Any, &not("a")));
        assert!(overlap(&not("a"), &not("b")));
        assert!(!overlap(&not("a"), &one_of(&["a", ""])));
    }
}
