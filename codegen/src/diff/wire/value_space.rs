//! The values of a simple type, as far as they can be compared: the built-in type at its root and the
//! facets of all steps together.

use std::cmp::Ordering;

use crate::contract::{
    Builtin, Contract, Definition, EnumerationValue, ExplicitTimezone, Facets, Id, TypeDefinition,
    Variety,
};

/// Longer chains are cut; `resolve` bounds what can be said at all.
const STEPS: usize = 10_000;

/// Unions and lists deeper than this are taken for text.
const DEPTH: usize = 16;

/// The values of a simple type.
#[derive(Clone, Debug, Default)]
pub(super) struct ValueSpace {
    pub(super) variety: Kind,
    /// The facets, of every step the narrowest.
    pub(super) facets: Facets,
    /// The patterns, a set for each step: a value must match one of every set.
    pub(super) patterns: Vec<Vec<String>>,
}

/// What a value is made of.
#[derive(Clone, Debug, Default)]
pub(super) enum Kind {
    /// One value.
    Atomic(Builtin),
    /// Values separated by blanks.
    List(Box<ValueSpace>),
    /// A value of one of these.
    Union(Vec<ValueSpace>),
    /// Anything.
    #[default]
    Unknown,
}

impl ValueSpace {
    /// The values of a type; of one that is not simple, anything.
    pub(super) fn of(contract: &Contract, id: Id<TypeDefinition>) -> Self {
        Self::within(contract, id, 0)
    }

    fn within(contract: &Contract, id: Id<TypeDefinition>, depth: usize) -> Self {
        let mut space = Self::default();
        let mut next = Some(id);
        for _ in 0..STEPS {
            let Some(id) = next else { break };
            let Definition::Simple(simple) = &contract.types[id].definition else {
                break;
            };
            if let Some(builtin) = simple.builtin {
                space.variety = match builtin.list_item() {
                    Some(item) => Kind::List(Box::new(Self::builtin(item))),
                    None => Kind::Atomic(builtin),
                };
                break;
            }
            space.add(&simple.facets);
            match &simple.variety {
                Variety::Restriction(base) => next = *base,
                _ if depth >= DEPTH => break,
                Variety::List(item) => {
                    let item = Self::within(contract, *item, depth + 1);
                    space.variety = Kind::List(Box::new(item));
                    break;
                }
                Variety::Union(members) => {
                    let members = members.iter();
                    let members = members.map(|id| Self::within(contract, *id, depth + 1));
                    space.variety = Kind::Union(members.collect());
                    break;
                }
            }
        }
        space
    }

    fn builtin(builtin: Builtin) -> Self {
        Self {
            variety: Kind::Atomic(builtin),
            ..Self::default()
        }
    }

    /// Adds the facets of a step further from the value: those nearer stand.
    fn add(&mut self, step: &Facets) {
        let known = &mut self.facets;
        let numbers = [
            (&mut known.length, step.length),
            (&mut known.min_length, step.min_length),
            (&mut known.max_length, step.max_length),
            (&mut known.total_digits, step.total_digits),
            (&mut known.fraction_digits, step.fraction_digits),
        ];
        for (known, step) in numbers {
            *known = known.or(step);
        }
        let bounds = [
            (&mut known.min_inclusive, &step.min_inclusive),
            (&mut known.min_exclusive, &step.min_exclusive),
            (&mut known.max_inclusive, &step.max_inclusive),
            (&mut known.max_exclusive, &step.max_exclusive),
        ];
        for (known, step) in bounds {
            if known.is_none() {
                known.clone_from(step);
            }
        }
        known.explicit_timezone = known.explicit_timezone.or(step.explicit_timezone);
        known.white_space = known.white_space.or(step.white_space);
        known.open |= step.open;
        if known.enumeration.is_empty() {
            known.enumeration.clone_from(&step.enumeration);
        }
        if !step.patterns.is_empty() {
            let mut patterns = step.patterns.clone();
            patterns.sort();
            self.patterns.push(patterns);
        }
    }

    /// The listed values, if only those are allowed.
    pub(super) fn values(&self) -> Option<&[EnumerationValue]> {
        (!self.facets.enumeration.is_empty()).then_some(&self.facets.enumeration)
    }

    /// The least and the greatest length, in the units of the type.
    pub(super) fn lengths(&self) -> (u64, Option<u64>) {
        match self.facets.length {
            Some(length) => (length, Some(length)),
            None => (self.facets.min_length.unwrap_or(0), self.facets.max_length),
        }
    }

    /// The least and the greatest value, where they are whole numbers.
    pub(super) fn integers(&self) -> Option<(Option<i128>, Option<i128>)> {
        let Kind::Atomic(builtin) = self.variety else {
            return None;
        };
        let (mut least, mut greatest) = range(builtin)?;
        let whole = |text: &Option<String>| text.as_ref()?.trim().parse::<i128>().ok();
        let facets = &self.facets;
        let lower = [
            whole(&facets.min_inclusive),
            whole(&facets.min_exclusive).map(|bound| bound.saturating_add(1)),
        ];
        let upper = [
            whole(&facets.max_inclusive),
            whole(&facets.max_exclusive).map(|bound| bound.saturating_sub(1)),
        ];
        for bound in lower.into_iter().flatten() {
            least = Some(least.map_or(bound, |least| least.max(bound)));
        }
        for bound in upper.into_iter().flatten() {
            greatest = Some(greatest.map_or(bound, |greatest| greatest.min(bound)));
        }
        if let Some(digits) = facets
            .total_digits
            .and_then(|digits| u32::try_from(digits).ok())
            && let Some(bound) = 10_i128.checked_pow(digits)
        {
            least = Some(least.map_or(1 - bound, |least| least.max(1 - bound)));
            greatest = Some(greatest.map_or(bound - 1, |greatest| greatest.min(bound - 1)));
        }
        Some((least, greatest))
    }

    /// The type as people write it: `string`, `list of int`.
    pub(super) fn shown(&self) -> String {
        match &self.variety {
            Kind::Atomic(builtin) => format!("`{}`", builtin.name()),
            Kind::List(item) => format!("a list of {}", item.shown()),
            Kind::Union(members) => {
                let members: Vec<String> = members.iter().map(Self::shown).collect();
                format!("one of {}", members.join(", "))
            }
            Kind::Unknown => "anything".to_owned(),
        }
    }

    /// Whether a zone must, may, must not be given.
    pub(super) fn zone(&self) -> ExplicitTimezone {
        let stated = self.facets.explicit_timezone;
        stated.unwrap_or(ExplicitTimezone::Optional)
    }
}

/// The bounds of the built-in integers; `None` for what is no integer.
fn range(builtin: Builtin) -> Option<(Option<i128>, Option<i128>)> {
    use Builtin as B;
    let of = |least: i128, greatest: i128| Some((Some(least), Some(greatest)));
    match builtin {
        B::Byte => of(i8::MIN.into(), i8::MAX.into()),
        B::Short => of(i16::MIN.into(), i16::MAX.into()),
        B::Int => of(i32::MIN.into(), i32::MAX.into()),
        B::Long => of(i64::MIN.into(), i64::MAX.into()),
        B::UnsignedByte => of(0, u8::MAX.into()),
        B::UnsignedShort => of(0, u16::MAX.into()),
        B::UnsignedInt => of(0, u32::MAX.into()),
        B::UnsignedLong => of(0, u64::MAX.into()),
        B::Integer => Some((None, None)),
        B::NonNegativeInteger => Some((Some(0), None)),
        B::PositiveInteger => Some((Some(1), None)),
        B::NonPositiveInteger => Some((None, Some(0))),
        B::NegativeInteger => Some((None, Some(-1))),
        _ => None,
    }
}

/// Whether a range lies in another.
pub(super) fn lies_within(
    inner: (Option<i128>, Option<i128>),
    outer: (Option<i128>, Option<i128>),
) -> bool {
    let above = match (inner.0, outer.0) {
        (_, None) => true,
        (Some(inner), Some(outer)) => inner >= outer,
        (None, Some(_)) => false,
    };
    let below = match (inner.1, outer.1) {
        (_, None) => true,
        (Some(inner), Some(outer)) => inner <= outer,
        (None, Some(_)) => false,
    };
    above && below
}

/// Whether a type is another one, or derived from it.
pub(super) fn is_derived(builtin: Builtin, from: Builtin) -> bool {
    let mut next = builtin;
    loop {
        if next == from {
            return true;
        }
        if next.base() == next {
            return false;
        }
        next = next.base();
    }
}

/// Whether any text will do, but for white space.
pub(super) fn is_text(builtin: Builtin) -> bool {
    use Builtin as B;
    matches!(
        builtin,
        B::AnyType
            | B::AnySimpleType
            | B::AnyAtomicType
            | B::String
            | B::NormalizedString
            | B::Token
            | B::AnyUri
    )
}

/// The order of two lexical forms of numbers, or of dates of one shape; `None` where it is not known.
pub(super) fn lexical_order(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (one.trim(), other.trim());
    if one == other {
        return Some(Ordering::Equal);
    }
    if let (Some(one), Some(other)) = (Digits::of(one), Digits::of(other)) {
        return Some(one.order(&other));
    }
    let is_shape = |text: &str| -> String {
        let class = |c: char| if c.is_ascii_digit() { '0' } else { c };
        text.chars().map(class).collect()
    };
    // Dates of four digits a year, of one zone, are ordered as their texts are.
    let shape = is_shape(one);
    (shape.starts_with("0000-00") && shape == is_shape(other)).then(|| one.cmp(other))
}

/// A decimal number: whether it is below zero, and its digits without zeros that say nothing.
struct Digits<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Digits<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number =
            is_digits(whole) && is_digits(fraction) && text.len() > text.contains('.').into();
        is_number.then(|| Self {
            negative,
            whole: whole.trim_start_matches('0'),
            fraction: fraction.trim_end_matches('0'),
        })
    }

    fn order(&self, other: &Self) -> Ordering {
        let is_zero = |digits: &Self| digits.whole.is_empty() && digits.fraction.is_empty();
        let sign = |digits: &Self| match (is_zero(digits), digits.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = (self.whole.len().cmp(&other.whole.len()))
            .then_with(|| self.whole.cmp(other.whole))
            .then_with(|| self.fraction.cmp(other.fraction));
        let size = if self.negative { size.reverse() } else { size };
        sign(self).cmp(&sign(other)).then(size)
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering::{Equal, Greater, Less};

    use super::lexical_order;

    #[test]
    fn bounds_are_ordered_by_value() {
        assert_eq!(lexical_order("9", "10"), Some(Less));
        assert_eq!(lexical_order("1.50", "+1.5"), Some(Equal));
        assert_eq!(lexical_order("-2", "-10"), Some(Greater));
        assert_eq!(lexical_order("-0", "0.0"), Some(Equal));
        assert_eq!(lexical_order("-1", "0"), Some(Less));
        assert_eq!(lexical_order("0.09", "0.1"), Some(Less));
        assert_eq!(lexical_order("2024-01-31", "2024-02-01"), Some(Less));
        assert_eq!(lexical_order("2024-01-31", "2024-02-01Z"), None);
        assert_eq!(lexical_order("INF", "1"), None);
        assert_eq!(lexical_order(".", "1"), None);
    }
}
