//! Decimal numbers of any size (§3.2.3) and integers (§3.3.13).

use std::cmp::Ordering;

use super::Reason;
use crate::simple::Scope;
use crate::validation::datatype::builtin::Builtin;
use crate::validation::datatype::value::{ActualValue, Value};

/// A decimal number by its digits, without those that do not count; zero is not negative.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::validation::datatype) struct DecimalValue {
    negative: bool,
    /// Without leading zeros.
    whole: Box<str>,
    /// Without trailing zeros.
    fraction: Box<str>,
}

impl DecimalValue {
    fn new(negative: bool, whole: &str, fraction: &str) -> Self {
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        Self {
            negative: negative && !(whole.is_empty() && fraction.is_empty()),
            whole: whole.into(),
            fraction: fraction.into(),
        }
    }

    /// The digits that `totalDigits` counts: n in i × 10^-s, with i below 10^n and s at most n.
    pub(in crate::validation::datatype) fn total_digits(&self) -> usize {
        self.whole.len() + self.fraction.len()
    }

    /// The digits after the point.
    pub(in crate::validation::datatype) fn fraction_digits(&self) -> usize {
        self.fraction.len()
    }

    fn size(&self) -> (usize, &str, &str) {
        // Longer is more in the whole part; the rest is in the order of text.
        (self.whole.len(), &self.whole, &self.fraction)
    }
}

impl Ord for DecimalValue {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.size().cmp(&other.size()),
            (true, true) => other.size().cmp(&self.size()),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for DecimalValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<i128> for DecimalValue {
    fn from(number: i128) -> Self {
        Self::new(number < 0, &number.unsigned_abs().to_string(), "")
    }
}

fn unsigned(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(in crate::validation::datatype) fn decimal(
    text: &str,
    _: &Builtin,
    _: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let (negative, digits) = unsigned(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let some = !(whole.is_empty() && fraction.is_empty());
    if some && are_digits(whole) && are_digits(fraction) {
        let value = DecimalValue::new(negative, whole, fraction);
        Ok(ActualValue(Value::Decimal(value)))
    } else {
        Err(Reason::FORM)
    }
}

pub(in crate::validation::datatype) fn integer(
    text: &str,
    _: &Builtin,
    _: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let (negative, digits) = unsigned(text);
    if !digits.is_empty() && are_digits(digits) {
        let value = DecimalValue::new(negative, digits, "");
        Ok(ActualValue(Value::Decimal(value)))
    } else {
        Err(Reason::FORM)
    }
}
