//! How entries are made: one function for each kind and occurrence.

use super::{Absent, Facets, Field, Kind, Location, Namespaces, Shape, UNBOUNDED, WhiteSpace};
use crate::xml::{XSI, head};

/// What entries have in common. Each is a copy with changes: an expression of all members would be
/// evaluated member by member for each entry, which costs a compiler more.
const COMMON: Field = Field {
    name: "",
    head: 0,
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
};

/// An element or attribute that is there exactly once.
#[must_use]
pub const fn one(name: &'static str) -> Field {
    let mut field = COMMON;
    field.name = name;
    field.head = head(name);
    field
}

/// An element or attribute that may be absent.
#[must_use]
pub const fn opt(name: &'static str) -> Field {
    let mut field = one(name);
    field.required = false;
    field
}

/// An element that is there any number of times.
#[must_use]
pub const fn many(name: &'static str) -> Field {
    let mut field = one(name);
    field.required = false;
    field.repeated = true;
    field
}

/// A wildcard: the elements (in the list of attributes: attributes) that no other entry takes.
#[must_use]
pub const fn any() -> Field {
    let mut field = many("any");
    field.kind = Kind::Any;
    field
}

/// The text of simple content, or of mixed content.
#[must_use]
pub const fn text() -> Field {
    let mut field = one("text");
    field.kind = Kind::Text;
    field
}

/// Whether the element is nil, last among the attributes of a record that nil elements may have: what
/// is nil has no content, yet it has attributes.
#[must_use]
pub const fn nil() -> Field {
    let mut field = opt("nil");
    field.kind = Kind::Nil;
    field.namespace = Some(XSI);
    field
}

/// Exactly one of `branches`, which may be elements, groups, wildcards and choices.
#[must_use]
pub const fn choice(branches: &'static [Field]) -> Field {
    let mut field = one("choice");
    field.kind = Kind::Choice(branches);
    field
}

/// A model group whose record is one slot.
#[must_use]
pub const fn group(shape: &'static Shape) -> Field {
    let mut field = one("group");
    field.kind = Kind::Group(shape);
    field
}
