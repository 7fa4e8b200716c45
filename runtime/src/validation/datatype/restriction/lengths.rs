//! `length`, `minLength` and `maxLength` (§4.3.1 to §4.3.3).

use super::{Given, Step};
use crate::validation::datatype::definition::Datatype;
use crate::validation::datatype::facets::{Facets, Limit};

/// `minLength` or `maxLength`.
#[derive(Clone, Copy)]
enum End {
    Min,
    Max,
}

impl End {
    fn of(self, facets: &Facets) -> Option<Limit> {
        match self {
            Self::Min => facets.min_length,
            Self::Max => facets.max_length,
        }
    }

    fn set(self, facets: &mut Facets, limit: Limit) {
        match self {
            Self::Min => facets.min_length = Some(limit),
            Self::Max => facets.max_length = Some(limit),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Min => "minLength",
            Self::Max => "maxLength",
        }
    }

    const fn restriction(self) -> &'static str {
        match self {
            Self::Min => "minLength-valid-restriction",
            Self::Max => "maxLength-valid-restriction",
        }
    }

    /// Whether `inner` lets pass no more than `outer` does.
    const fn is_within(self, inner: usize, outer: usize) -> bool {
        match self {
            Self::Min => inner >= outer,
            Self::Max => inner <= outer,
        }
    }

    const fn comparison(self) -> &'static str {
        match self {
            Self::Min => "less than",
            Self::Max => "more than",
        }
    }
}

/// Both `length` and another one: allowed where the other one was there first.
const TOGETHER: &str = "length-minLength-maxLength";

impl Step<'_> {
    pub(super) fn apply_lengths(
        &mut self,
        length: Option<Given<'_>>,
        min: Option<Given<'_>>,
        max: Option<Given<'_>>,
    ) {
        if let Some((given, limit)) = self.number(length, 0) {
            self.apply_length(given, limit);
        }
        for (end, given) in [(End::Min, min), (End::Max, max)] {
            if let Some((given, limit)) = self.number(given, 0) {
                self.apply_end(end, given, limit);
            }
        }
    }

    fn apply_length(&mut self, given: Given<'_>, limit: Limit) {
        let base = self.base_facets().length;
        if self.breaks_fixed(given, limit, base) {
            return;
        }
        let value = limit.value;
        if let Some(base) = base.filter(|base| base.value != value) {
            let message = format!("{value} is not {}, which the base type has", base.value);
            return self.refuse(given, "length-valid-restriction", message);
        }
        for end in [End::Min, End::Max] {
            let other = end.of(self.base_facets());
            if let Some(other) = other.filter(|other| !end.is_within(value, other.value)) {
                let message = format!(
                    "{value} is {} {} {}, which the base type has",
                    end.comparison(),
                    end.name(),
                    other.value
                );
                return self.refuse(given, TOGETHER, message);
            }
        }
        self.facets.length = Some(limit.or_fixed(base));
    }

    fn apply_end(&mut self, end: End, given: Given<'_>, limit: Limit) {
        let base = end.of(self.base_facets());
        if self.breaks_fixed(given, limit, base) {
            return;
        }
        let value = limit.value;
        if let Some(base) = base.filter(|base| !end.is_within(value, base.value)) {
            let message = format!(
                "{value} is {} {}, which the base type has",
                end.comparison(),
                base.value
            );
            return self.refuse(given, end.restriction(), message);
        }
        if let Some(length) = self.facets.length {
            let earlier = std::iter::successors(Some(self.base), |datatype| datatype.base());
            let had_before = earlier.into_iter().any(|datatype: &Datatype| {
                let facets = &datatype.0.facets;
                facets.length.is_none()
                    && end.of(facets).is_some_and(|before| before.value == value)
            });
            if !had_before || !end.is_within(length.value, value) {
                let message = format!("{value} cannot stand beside length {}", length.value);
                return self.refuse(given, TOGETHER, message);
            }
        }
        if let (End::Max, Some(min)) = (end, self.facets.min_length)
            && min.value > value
        {
            let message = format!("{value} is less than minLength {}", min.value);
            return self.refuse(given, "minLength-less-than-equal-to-maxLength", message);
        }
        if let (End::Min, Some(max)) = (end, self.facets.max_length)
            && max.value < value
        {
            let message = format!("{value} is more than maxLength {}", max.value);
            return self.refuse(given, "minLength-less-than-equal-to-maxLength", message);
        }
        end.set(&mut self.facets, limit.or_fixed(base));
    }
}
