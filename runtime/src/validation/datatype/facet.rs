//! Facets as a schema gives them, and what can be wrong with them.

use std::fmt;

/// A constraining facet (§4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the specification")]
pub enum FacetKind {
    Length,
    MinLength,
    MaxLength,
    Pattern,
    Enumeration,
    WhiteSpace,
    MaxInclusive,
    MaxExclusive,
    MinExclusive,
    MinInclusive,
    TotalDigits,
    FractionDigits,
}

impl FacetKind {
    pub(super) const ALL: [Self; 12] = [
        Self::Length,
        Self::MinLength,
        Self::MaxLength,
        Self::Pattern,
        Self::Enumeration,
        Self::WhiteSpace,
        Self::MaxInclusive,
        Self::MaxExclusive,
        Self::MinExclusive,
        Self::MinInclusive,
        Self::TotalDigits,
        Self::FractionDigits,
    ];

    /// The name of the element in a schema, as `maxLength`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::Pattern => "pattern",
            Self::Enumeration => "enumeration",
            Self::WhiteSpace => "whiteSpace",
            Self::MaxInclusive => "maxInclusive",
            Self::MaxExclusive => "maxExclusive",
            Self::MinExclusive => "minExclusive",
            Self::MinInclusive => "minInclusive",
            Self::TotalDigits => "totalDigits",
            Self::FractionDigits => "fractionDigits",
        }
    }

    /// The facet of this name; `None` where XML Schema 1.0 has none.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for FacetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A facet of one step of restriction, as the schema writes it. Patterns of one step are
/// alternatives, and so are enumerations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facet<'a> {
    /// Which facet.
    pub kind: FacetKind,
    /// The attribute `value`, as it is written.
    pub value: &'a str,
    /// The attribute `fixed`: types derived from this one must not give another value.
    pub fixed: bool,
}

impl<'a> Facet<'a> {
    /// A facet that is not fixed.
    #[must_use]
    pub const fn new(kind: FacetKind, value: &'a str) -> Self {
        Self {
            kind,
            value,
            fixed: false,
        }
    }
}

/// Why a facet cannot stand where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetError {
    /// Which of the facets that were given.
    pub index: usize,
    /// The rule that is broken, as `maxLength-valid-restriction`.
    pub rule: &'static str,
    /// What is wrong, as `` maxLength 5 is more than 4, which the base type allows ``.
    pub message: String,
}

impl fmt::Display for FacetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.rule)
    }
}

impl std::error::Error for FacetError {}
