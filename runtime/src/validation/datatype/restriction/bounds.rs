//! `minInclusive`, `minExclusive`, `maxInclusive` and `maxExclusive` (§4.3.7 to §4.3.10).

use std::cmp::Ordering;

use super::{FIXED, Given, Step};
use crate::types::bounded;
use crate::validation::datatype::definition::WhiteSpace;
use crate::validation::datatype::facet::FacetKind;
use crate::validation::datatype::facets::Bound;

impl Step<'_> {
    /// Each with the inclusive one first.
    pub(super) fn apply_bounds(
        &mut self,
        min: [Option<Given<'_>>; 2],
        max: [Option<Given<'_>>; 2],
    ) {
        let min = self.one(min, "minInclusive-minExclusive");
        let max = self.one(max, "maxInclusive-maxExclusive");
        let min = min.and_then(|given| Some((given, self.bound(given, true)?)));
        let max = max.and_then(|given| Some((given, self.bound(given, false)?)));
        if let (Some((_, min)), Some((given, max))) = (&min, &max)
            && let Some(rule) = contradiction(min, max)
        {
            let message = format!("{} leaves nothing above {}", max.text, min.text);
            self.refuse(*given, rule, message);
            self.facets.min = Some(min.clone());
            return;
        }
        if let Some((_, min)) = min {
            self.facets.min = Some(min);
        }
        if let Some((_, max)) = max {
            self.facets.max = Some(max);
        }
    }

    /// The one of two that is given; reports the second.
    fn one<'g>(&mut self, given: [Option<Given<'g>>; 2], rule: &'static str) -> Option<Given<'g>> {
        if let [Some(first), Some(second)] = given {
            let later = if first.index > second.index {
                first
            } else {
                second
            };
            let message = "cannot be given beside the other bound at this end";
            self.refuse(later, rule, message);
            return Some(if first.index > second.index {
                second
            } else {
                first
            });
        }
        given.into_iter().flatten().next()
    }

    /// The bound, if it is a value of the base type, and within its bounds.
    fn bound(&mut self, given: Given<'_>, lower: bool) -> Option<Bound> {
        let kind = given.facet.kind;
        let inclusive = matches!(kind, FacetKind::MinInclusive | FacetKind::MaxInclusive);
        let rule = match kind {
            FacetKind::MinInclusive => "minInclusive-valid-restriction",
            FacetKind::MinExclusive => "minExclusive-valid-restriction",
            FacetKind::MaxInclusive => "maxInclusive-valid-restriction",
            _ => "maxExclusive-valid-restriction",
        };
        let value = match self.base.validate_but_bounds(given.facet.value, self.scope) {
            Ok(value) => value,
            Err(error) => {
                let message = format!("is no value of the base type: {}", error.message);
                self.refuse(given, rule, message);
                return None;
            }
        };
        let mut bound = Bound {
            value,
            text: WhiteSpace::Collapse.normalize(given.facet.value).into(),
            inclusive,
            fixed: given.facet.fixed,
        };
        let base = self.base_facets();
        let (same, opposite) = if lower {
            (base.min.clone(), base.max.clone())
        } else {
            (base.max.clone(), base.min.clone())
        };
        if let Some(same) = same {
            if same.fixed && same.inclusive == inclusive && same.value != bound.value {
                let message = format!("is fixed as {} by the base type", same.text);
                self.refuse(given, FIXED, message);
                return None;
            }
            let inside = if lower {
                Ordering::Greater
            } else {
                Ordering::Less
            };
            let order = bound.value.compare(&same.value);
            // An exclusive bound may be what the base type excludes or has last; an inclusive one
            // must be in the base type.
            let equal_is_within = !inclusive || same.inclusive;
            if order != Some(inside) && !(equal_is_within && order == Some(Ordering::Equal)) {
                self.refuse(given, rule, beyond(&bound, &same));
                return None;
            }
            bound.fixed |= same.fixed && same.inclusive == inclusive;
        }
        if let Some(opposite) = opposite {
            let inside = if lower {
                Ordering::Less
            } else {
                Ordering::Greater
            };
            let order = bound.value.compare(&opposite.value);
            let equal_is_within = inclusive && opposite.inclusive;
            if order != Some(inside) && !(equal_is_within && order == Some(Ordering::Equal)) {
                self.refuse(given, rule, beyond(&bound, &opposite));
                return None;
            }
        }
        Some(bound)
    }
}

fn beyond(bound: &Bound, base: &Bound) -> String {
    let inclusive = if base.inclusive {
        "inclusive"
    } else {
        "exclusive"
    };
    format!(
        "{} is outside of the base type, which ends at {} ({inclusive})",
        bounded(&bound.text),
        bounded(&base.text)
    )
}

/// The rule that two bounds of one step break together.
fn contradiction(min: &Bound, max: &Bound) -> Option<&'static str> {
    let order = min.value.compare(&max.value)?;
    let equal = order == Ordering::Equal;
    let (rule, equal_is_wrong) = match (min.inclusive, max.inclusive) {
        (true, true) => ("minInclusive-less-than-equal-to-maxInclusive", false),
        (false, false) => ("minExclusive-less-than-equal-to-maxExclusive", false),
        (false, true) => ("minExclusive-less-than-maxInclusive", true),
        (true, false) => ("minInclusive-less-than-maxExclusive", true),
    };
    let wrong = order == Ordering::Greater || (equal && equal_is_wrong);
    wrong.then_some(rule)
}
