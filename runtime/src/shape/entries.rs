//! How entries are made: one function for each kind and occurrence.

use super::{Absent, Facets, Field, Kind, Location, Namespaces, Shape, UNBOUNDED, WhiteSpace};
use crate::xml::{XSI, head};

/// An element or attribute that is there exactly once.
#[must_use]
pub const fn one(name: &'static str) -> Field {
    Field {
        name,
        head: head(name),
        namespace: None,
        kind: Kind::Element,
        required: true,
        repeated: false,
        nillable: false,
        secret: false,
        claimed: false,
        nil_others: false,
        item_nillable: false,
        item: None,
        item_namespace: None,
        content: None,
        namespaces: Namespaces::Any,
        white_space: WhiteSpace::Preserve,
        location: Location::Body,
        absent: Absent::Auto,
        default_value: None,
        facets: Facets {
            min_length: 0,
            max_length: UNBOUNDED,
            total_digits: UNBOUNDED,
            fraction_digits: UNBOUNDED,
            min_occurs: 0,
            max_occurs: UNBOUNDED,
            min_inclusive: None,
            max_inclusive: None,
            min_exclusive: None,
            max_exclusive: None,
            is_set: false,
        },
    }
}

/// An element or attribute that may be absent.
#[must_use]
pub const fn opt(name: &'static str) -> Field {
    Field {
        required: false,
        ..one(name)
    }
}

/// An element that is there any number of times.
#[must_use]
pub const fn many(name: &'static str) -> Field {
    Field {
        required: false,
        repeated: true,
        ..one(name)
    }
}

/// A wildcard: the elements (in the list of attributes: attributes) that no other entry takes.
#[must_use]
pub const fn any() -> Field {
    Field {
        kind: Kind::Any,
        ..many("any")
    }
}

/// The text of simple content, or of mixed content.
#[must_use]
pub const fn text() -> Field {
    Field {
        kind: Kind::Text,
        ..one("text")
    }
}

/// Whether the element is nil, last among the attributes of a record that nil elements may have: what
/// is nil has no content, yet it has attributes.
#[must_use]
pub const fn nil() -> Field {
    Field {
        kind: Kind::Nil,
        namespace: Some(XSI),
        ..opt("nil")
    }
}

/// Exactly one of `branches`, which may be elements, groups, wildcards and choices.
#[must_use]
pub const fn choice(branches: &'static [Field]) -> Field {
    Field {
        kind: Kind::Choice(branches),
        ..one("choice")
    }
}

/// A model group whose record is one slot.
#[must_use]
pub const fn group(shape: &'static Shape) -> Field {
    Field {
        kind: Kind::Group(shape),
        ..one("group")
    }
}
