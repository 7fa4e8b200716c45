//! Limits on values.

/// No upper bound.
pub(crate) const UNBOUNDED: usize = usize::MAX;

/// Limits on a value, checked before sending and never on reading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facets {
    pub(crate) min_length: usize,
    pub(crate) max_length: usize,
    pub(crate) total_digits: usize,
    pub(crate) fraction_digits: usize,
    pub(crate) min_occurs: usize,
    pub(crate) max_occurs: usize,
    pub(crate) min_inclusive: Option<&'static str>,
    pub(crate) max_inclusive: Option<&'static str>,
    pub(crate) min_exclusive: Option<&'static str>,
    pub(crate) max_exclusive: Option<&'static str>,
    /// Whether there is any of them.
    pub(crate) is_set: bool,
}
