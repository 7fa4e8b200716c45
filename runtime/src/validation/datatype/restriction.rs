//! Restriction by facets: which can stand where, and with which values (§4.1.5, §4.3).

mod bounds;
mod lengths;

use std::collections::HashSet;
use std::sync::Arc;

use super::builtin::Primitive;
use super::definition::{Datatype, Kind, WhiteSpace};
use super::facet::{Facet, FacetError, FacetKind};
use super::facets::{Enumeration, Facets, Limit};
use super::pattern::Pattern;
use crate::simple::Scope;
use crate::types::bounded;

/// The attribute `value` of a facet is no value of its type in the schema for schemas.
const VALUE: &str = "cvc-attribute.3";
/// A facet is given again, though the base type has it fixed.
const FIXED: &str = "st-restrict-facets";

/// How many values of an enumeration a message shows.
const SHOWN: usize = 5;

/// The restricted type, without the facets that are wrong, and what is wrong with them.
pub(super) fn restrict(
    base: &Datatype,
    facets: &[Facet<'_>],
    scope: &dyn Scope,
) -> (Datatype, Vec<FacetError>) {
    if facets.is_empty() {
        return (base.renamed(), Vec::new());
    }
    let mut step = Step {
        base,
        scope,
        white_space: base.0.white_space,
        facets: Facets::clone(&base.0.facets),
        errors: Vec::new(),
    };
    step.apply(facets);
    step.errors.sort_by_key(|error| error.index);
    (base.restricted(step.white_space, step.facets), step.errors)
}

struct Step<'s> {
    base: &'s Datatype,
    scope: &'s dyn Scope,
    white_space: WhiteSpace,
    /// Those of the base type, then those in force.
    facets: Facets,
    errors: Vec<FacetError>,
}

/// A facet and its place among those that were given.
#[derive(Clone, Copy)]
struct Given<'a> {
    index: usize,
    facet: Facet<'a>,
}

impl Step<'_> {
    fn refuse(&mut self, given: Given<'_>, rule: &'static str, message: impl AsRef<str>) {
        self.errors.push(FacetError {
            index: given.index,
            rule,
            message: format!("{} {}", given.facet.kind, message.as_ref()),
        });
    }

    fn base_facets(&self) -> &Facets {
        &self.base.0.facets
    }

    fn apply(&mut self, facets: &[Facet<'_>]) {
        let mut single: [Option<Given<'_>>; 12] = [None; 12];
        let mut patterns = Vec::new();
        let mut enumeration = Vec::new();
        for (index, facet) in facets.iter().enumerate() {
            let given = Given {
                index,
                facet: *facet,
            };
            if !is_applicable(facet.kind, self.base) {
                let message = format!("cannot limit {}", describe(self.base));
                self.refuse(given, "cos-applicable-facets", message);
                continue;
            }
            match facet.kind {
                FacetKind::Pattern => patterns.push(given),
                FacetKind::Enumeration => enumeration.push(given),
                kind => {
                    let place = FacetKind::ALL.iter().position(|other| *other == kind);
                    let Some(place) = place.and_then(|place| single.get_mut(place)) else {
                        continue;
                    };
                    match place {
                        None => *place = Some(given),
                        Some(_) => self.refuse(given, "src-single-facet-value", "is given twice"),
                    }
                }
            }
        }
        let [length, min_length, max_length, _, _, white_space, rest @ ..] = single;
        let [
            max_inclusive,
            max_exclusive,
            min_exclusive,
            min_inclusive,
            digits @ ..,
        ] = rest;
        let [total_digits, fraction_digits] = digits;
        self.apply_white_space(white_space);
        self.apply_lengths(length, min_length, max_length);
        self.apply_digits(total_digits, fraction_digits);
        self.apply_bounds(
            [min_inclusive, min_exclusive],
            [max_inclusive, max_exclusive],
        );
        self.apply_patterns(&patterns);
        self.apply_enumeration(&enumeration);
    }

    fn apply_white_space(&mut self, given: Option<Given<'_>>) {
        let Some(given) = given else { return };
        let value = WhiteSpace::Collapse.normalize(given.facet.value);
        let kinds = [
            WhiteSpace::Preserve,
            WhiteSpace::Replace,
            WhiteSpace::Collapse,
        ];
        let Some(kind) = kinds.into_iter().find(|kind| kind.name() == value) else {
            let message = format!(
                "must be preserve, replace or collapse, not `{}`",
                bounded(&value)
            );
            return self.refuse(given, VALUE, message);
        };
        let base = self.base.0.white_space;
        if kind < base {
            let message = format!(
                "cannot be {}, for the base type has {}",
                kind.name(),
                base.name()
            );
            self.refuse(given, "whiteSpace-valid-restriction", message);
        } else if kind != base && self.base_facets().white_space_fixed {
            let message = format!("is fixed as {} by the base type", base.name());
            self.refuse(given, FIXED, message);
        } else {
            self.white_space = kind;
            self.facets.white_space_fixed |= given.facet.fixed;
        }
    }

    /// A number of characters or digits, at most the largest that memory could hold.
    fn number<'g>(&mut self, given: Option<Given<'g>>, least: usize) -> Option<(Given<'g>, Limit)> {
        let given = given?;
        let text = WhiteSpace::Collapse.normalize(given.facet.value);
        let digits = text.strip_prefix('+').unwrap_or(&text);
        let zero = text.strip_prefix('-').filter(|digits| {
            // -0 is a nonNegativeInteger.
            !digits.is_empty() && digits.bytes().all(|digit| digit == b'0')
        });
        let digits = zero.unwrap_or(digits);
        let are_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let value = digits.parse().unwrap_or(usize::MAX);
        if !are_digits || value < least {
            let message = format!(
                "must be a whole number from {least} on, not `{}`",
                bounded(&text)
            );
            self.refuse(given, VALUE, message);
            return None;
        }
        let fixed = given.facet.fixed;
        Some((given, Limit { value, fixed }))
    }

    /// Whether the base type has this fixed with another value; reports it.
    fn breaks_fixed(&mut self, given: Given<'_>, limit: Limit, base: Option<Limit>) -> bool {
        let Some(base) = base.filter(|base| base.fixed && base.value != limit.value) else {
            return false;
        };
        let message = format!(
            "{} is fixed as {} by the base type",
            limit.value, base.value
        );
        self.refuse(given, FIXED, message);
        true
    }

    fn apply_digits(&mut self, total: Option<Given<'_>>, fraction: Option<Given<'_>>) {
        if let Some((given, limit)) = self.number(fraction, 0) {
            let base = self.base_facets().fraction_digits;
            if !self.breaks_fixed(given, limit, base)
                && self.is_within(given, limit, base, "fractionDigits-valid-restriction")
            {
                self.facets.fraction_digits = Some(limit.or_fixed(base));
            }
        }
        if let Some((given, limit)) = self.number(total, 1) {
            let base = self.base_facets().total_digits;
            if !self.breaks_fixed(given, limit, base)
                && self.is_within(given, limit, base, "totalDigits-valid-restriction")
            {
                self.facets.total_digits = Some(limit.or_fixed(base));
            }
        }
        if let (Some(total_digits), Some(fraction_digits)) =
            (self.facets.total_digits, self.facets.fraction_digits)
            && total_digits.value < fraction_digits.value
            && let Some(given) = fraction.or(total)
        {
            let message = format!(
                "cannot be: fractionDigits {} is more than totalDigits {}",
                fraction_digits.value, total_digits.value
            );
            self.refuse(given, "fractionDigits-totalDigits", message);
            self.facets.fraction_digits = self.base_facets().fraction_digits;
        }
    }

    /// Whether an upper limit is at most that of the base type; reports it where not.
    fn is_within(
        &mut self,
        given: Given<'_>,
        limit: Limit,
        base: Option<Limit>,
        rule: &'static str,
    ) -> bool {
        let Some(base) = base.filter(|base| base.value < limit.value) else {
            return true;
        };
        let message = format!(
            "{} is more than {}, which the base type has",
            limit.value, base.value
        );
        self.refuse(given, rule, message);
        false
    }

    fn apply_patterns(&mut self, given: &[Given<'_>]) {
        let mut sources = Vec::new();
        for pattern in given {
            match Pattern::check(pattern.facet.value) {
                Ok(()) => sources.push(pattern.facet.value),
                Err(error) => {
                    let message = format!(
                        "`{}` is no regular expression of XML Schema, {error}",
                        bounded(pattern.facet.value)
                    );
                    self.refuse(*pattern, "src-pattern-value", message);
                }
            }
        }
        // One that is wrong may have been the one that matters.
        if !sources.is_empty() && sources.len() == given.len() {
            self.facets.patterns.push(Arc::new(Pattern::new(sources)));
        }
    }

    fn apply_enumeration(&mut self, given: &[Given<'_>]) {
        let mut values = HashSet::with_capacity(given.len());
        let mut texts = Vec::new();
        for one in given {
            match self.base.validate(one.facet.value, self.scope) {
                Ok(value) => {
                    values.insert(value);
                    texts.push(one.facet.value);
                }
                Err(error) => {
                    let message = format!("is no value of the base type: {}", error.message);
                    self.refuse(*one, "enumeration-valid-restriction", message);
                }
            }
        }
        if !values.is_empty() {
            let first = texts.iter().take(SHOWN);
            let mut shown: Vec<String> = first.map(|text| format!("`{}`", bounded(text))).collect();
            if texts.len() > SHOWN {
                shown.push(format!("{} others", texts.len() - SHOWN));
            }
            self.facets.enumeration = Some(Arc::new(Enumeration {
                values,
                shown: shown.join(", ").into(),
            }));
        }
    }
}

impl Limit {
    /// Fixed if it is, or is the same as that of the base type, which is.
    fn or_fixed(self, base: Option<Self>) -> Self {
        Self {
            fixed: self.fixed || base.is_some_and(|base| base.fixed),
            ..self
        }
    }
}

/// The table of §4.1.5.
fn is_applicable(facet: FacetKind, datatype: &Datatype) -> bool {
    use FacetKind as F;
    use Primitive as P;
    match &datatype.0.kind {
        Kind::Any => false,
        Kind::Union(_) => matches!(facet, F::Pattern | F::Enumeration),
        Kind::List(_) => matches!(
            facet,
            F::Length | F::MinLength | F::MaxLength | F::Pattern | F::Enumeration | F::WhiteSpace
        ),
        Kind::Atomic(builtin) => match facet {
            F::Pattern | F::WhiteSpace => true,
            F::Enumeration => builtin.primitive != P::Boolean,
            F::Length | F::MinLength | F::MaxLength => matches!(
                builtin.primitive,
                P::String | P::AnyUri | P::HexBinary | P::Base64Binary | P::QName | P::Notation
            ),
            F::TotalDigits | F::FractionDigits => builtin.primitive == P::Decimal,
            F::MaxInclusive | F::MaxExclusive | F::MinExclusive | F::MinInclusive => !matches!(
                builtin.primitive,
                P::String
                    | P::Boolean
                    | P::AnyUri
                    | P::HexBinary
                    | P::Base64Binary
                    | P::QName
                    | P::Notation
            ),
        },
    }
}

fn describe(datatype: &Datatype) -> String {
    match &datatype.0.kind {
        Kind::Any => "anySimpleType".to_owned(),
        Kind::Atomic(builtin) => format!("values of {}", builtin.name),
        Kind::List(_) => "lists".to_owned(),
        Kind::Union(_) => "unions".to_owned(),
    }
}
