//! Constraining facets (XML Schema 1.0 Datatypes §4.3).

use std::sync::Arc;

/// The facets that one restriction step states. Numbers are kept as written where their value space
/// is wider than any Rust integer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// `length`, in characters, octets or items by the type's kind.
    pub length: Option<u64>,
    /// `minLength`.
    pub min_length: Option<u64>,
    /// `maxLength`.
    pub max_length: Option<u64>,
    /// `pattern`s of this step; a value must match one of them.
    pub patterns: Vec<String>,
    /// `enumeration`s of this step, in order.
    pub enumeration: Vec<EnumerationValue>,
    /// The prefixes that the enumerated values may use as names, and their namespaces; the empty
    /// prefix is the default namespace.
    pub prefixes: Vec<(Arc<str>, Arc<str>)>,
    /// Whether values outside `enumeration` are to be expected (field tables; never from a schema
    /// alone).
    pub open: bool,
    /// `whiteSpace`.
    pub white_space: Option<WhiteSpace>,
    /// `minInclusive`, lexical.
    pub min_inclusive: Option<String>,
    /// `maxInclusive`, lexical.
    pub max_inclusive: Option<String>,
    /// `minExclusive`, lexical.
    pub min_exclusive: Option<String>,
    /// `maxExclusive`, lexical.
    pub max_exclusive: Option<String>,
    /// `totalDigits`.
    pub total_digits: Option<u64>,
    /// `fractionDigits`.
    pub fraction_digits: Option<u64>,
    /// `explicitTimezone` (XML Schema 1.1).
    pub explicit_timezone: Option<ExplicitTimezone>,
}

/// One allowed value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumerationValue {
    /// The lexical form.
    pub value: String,
    /// What it means.
    pub documentation: Option<String>,
    /// Whether it should not be used any more, and why.
    pub deprecated: Option<String>,
}

/// The `whiteSpace` facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhiteSpace {
    /// Kept.
    Preserve,
    /// Tabs and line ends become blanks.
    Replace,
    /// Also runs of blanks become one, ends are trimmed.
    Collapse,
}

/// The `explicitTimezone` facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplicitTimezone {
    /// A zone must be given.
    Required,
    /// A zone may be given.
    Optional,
    /// No zone may be given.
    Prohibited,
}
