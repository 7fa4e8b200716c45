//! Rules between fields.

/// What must hold between the fields of a record, by their names on the wire. A value counts when
/// it is present and not nil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// One of them, no more.
    ExactlyOne(&'static [&'static str]),
    /// None or one of them.
    AtMostOne(&'static [&'static str]),
    /// One of them or more.
    AtLeastOne(&'static [&'static str]),
    /// With the first, all others.
    Requires(&'static [&'static str]),
    /// With the first, none of the others.
    Excludes(&'static [&'static str]),
}
