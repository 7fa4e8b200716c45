//! Facets in force, and values held against them (§4.3, "Facet Valid").

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use super::error::DatatypeError;
use super::pattern::Pattern;
use super::value::ActualValue;

/// All facets in force: those of the type and those that it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Facets {
    pub(super) length: Option<Limit>,
    pub(super) min_length: Option<Limit>,
    pub(super) max_length: Option<Limit>,
    pub(super) total_digits: Option<Limit>,
    pub(super) fraction_digits: Option<Limit>,
    pub(super) min: Option<Bound>,
    pub(super) max: Option<Bound>,
    /// One for each step of restriction that has patterns.
    pub(super) patterns: Vec<Arc<Pattern>>,
    /// Of the last step that has one, since it is part of those before.
    pub(super) enumeration: Option<Arc<Enumeration>>,
    pub(super) white_space_fixed: bool,
}

/// The values that are enumerated.
#[derive(Debug)]
pub(super) struct Enumeration {
    pub(super) values: HashSet<ActualValue>,
    /// The first of them, as a message shows them.
    pub(super) shown: Box<str>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) value: usize,
    pub(super) fixed: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) value: ActualValue,
    /// As it is written.
    pub(super) text: Box<str>,
    pub(super) inclusive: bool,
    pub(super) fixed: bool,
}

impl Facets {
    /// Whether nothing of what can limit a union is limited.
    pub(super) fn is_free(&self) -> bool {
        self.patterns.is_empty() && self.enumeration.is_none()
    }

    pub(super) fn check_patterns(&self, text: &str) -> Result<(), DatatypeError> {
        match self.patterns.iter().find(|pattern| !pattern.matches(text)) {
            None => Ok(()),
            Some(pattern) => Err(DatatypeError::new(
                "cvc-pattern-valid",
                text,
                format!("does not match the pattern {pattern}"),
            )),
        }
    }

    /// Holds a value, and the text it was read from, against all but the patterns.
    pub(super) fn check(&self, value: &ActualValue, text: &str) -> Result<(), DatatypeError> {
        for (bound, side) in [(&self.min, Ordering::Greater), (&self.max, Ordering::Less)] {
            if let Some(bound) = bound {
                bound.check(side, value, text)?;
            }
        }
        self.check_but_bounds(value, text)
    }

    pub(super) fn check_but_bounds(
        &self,
        value: &ActualValue,
        text: &str,
    ) -> Result<(), DatatypeError> {
        self.check_length(value, text)?;
        self.check_digits(value, text)?;
        match &self.enumeration {
            Some(enumeration) if !enumeration.values.contains(value) => {
                let reason = match enumeration.values.len() {
                    1 => format!("is not {}", enumeration.shown),
                    _ => format!("is none of {}", enumeration.shown),
                };
                Err(DatatypeError::new("cvc-enumeration-valid", text, reason))
            }
            _ => Ok(()),
        }
    }

    fn check_length(&self, value: &ActualValue, text: &str) -> Result<(), DatatypeError> {
        if self.length.is_none() && self.min_length.is_none() && self.max_length.is_none() {
            return Ok(());
        }
        let Some((count, unit)) = value.length() else {
            return Ok(());
        };
        let limits = [
            (self.length, Ordering::Equal, "cvc-length-valid", "exactly"),
            (
                self.min_length,
                Ordering::Greater,
                "cvc-minLength-valid",
                "at least",
            ),
            (
                self.max_length,
                Ordering::Less,
                "cvc-maxLength-valid",
                "at most",
            ),
        ];
        for (limit, side, rule, words) in limits {
            let Some(limit) = limit else { continue };
            let order = count.cmp(&limit.value);
            if order != Ordering::Equal && order != side {
                let limit = limit.value;
                let unit = match count {
                    1 => unit.trim_end_matches('s'),
                    _ => unit,
                };
                let reason = format!("has {count} {unit}, not {words} {limit}");
                return Err(DatatypeError::new(rule, text, reason));
            }
        }
        Ok(())
    }

    fn check_digits(&self, value: &ActualValue, text: &str) -> Result<(), DatatypeError> {
        let Some((total, fraction)) = value.digits() else {
            return Ok(());
        };
        if let Some(limit) = self.total_digits
            && total > limit.value
        {
            let reason = format!("has {total} digits, more than {}", limit.value);
            return Err(DatatypeError::new("cvc-totalDigits-valid", text, reason));
        }
        if let Some(limit) = self.fraction_digits
            && fraction > limit.value
        {
            let limit = limit.value;
            let reason = format!("has {fraction} digits after the point, more than {limit}");
            return Err(DatatypeError::new("cvc-fractionDigits-valid", text, reason));
        }
        Ok(())
    }
}

impl Bound {
    /// Whether `value` is on its `side` of the bound: `Greater` for a lower bound.
    fn check(&self, side: Ordering, value: &ActualValue, text: &str) -> Result<(), DatatypeError> {
        let order = value.compare(&self.value);
        if order == Some(side) || (self.inclusive && order == Some(Ordering::Equal)) {
            return Ok(());
        }
        let lower = side == Ordering::Greater;
        let rule = match (lower, self.inclusive) {
            (true, true) => "cvc-minInclusive-valid",
            (true, false) => "cvc-minExclusive-valid",
            (false, true) => "cvc-maxInclusive-valid",
            (false, false) => "cvc-maxExclusive-valid",
        };
        let words = match (order, lower, self.inclusive) {
            (None, ..) => "stands in no order to",
            (_, true, true) => "is less than",
            (_, true, false) => "is not more than",
            (_, false, true) => "is more than",
            (_, false, false) => "is not less than",
        };
        let reason = format!("{words} {}", self.text);
        Err(DatatypeError::new(rule, text, reason))
    }
}
