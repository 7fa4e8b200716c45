//! Floating-point numbers (§3.2.4, §3.2.5).

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::Reason;
use crate::simple::Scope;
use crate::validation::datatype::builtin::Builtin;
use crate::validation::datatype::value::{ActualValue, Value};

/// A number of 32 or 64 bits. There is one zero, and one `NaN`, which equals itself and stands in no
/// order to others.
#[derive(Clone, Copy, Debug)]
pub(in crate::validation::datatype) struct FloatValue(f64);

impl FloatValue {
    fn bits(self) -> u64 {
        if self.0 == 0.0 {
            0.0_f64.to_bits()
        } else if self.0.is_nan() {
            f64::NAN.to_bits()
        } else {
            self.0.to_bits()
        }
    }

    pub(in crate::validation::datatype) fn compare(self, other: Self) -> Option<Ordering> {
        if self == other {
            Some(Ordering::Equal)
        } else {
            self.0.partial_cmp(&other.0)
        }
    }
}

impl PartialEq for FloatValue {
    fn eq(&self, other: &Self) -> bool {
        self.bits() == other.bits()
    }
}

impl Eq for FloatValue {}

impl Hash for FloatValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bits().hash(state);
    }
}

/// Whether this is a mantissa with an optional exponent; Rust reads more than that.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_exponent = |text: &str| {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        !digits.is_empty() && are_digits(digits)
    };
    !(whole.is_empty() && fraction.is_empty())
        && are_digits(whole)
        && are_digits(fraction)
        && exponent.is_none_or(is_exponent)
}

pub(in crate::validation::datatype) fn double(
    text: &str,
    _: &Builtin,
    _: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let number = match text {
        "INF" => f64::INFINITY,
        "-INF" => f64::NEG_INFINITY,
        "NaN" => f64::NAN,
        _ if is_number(text) => text.parse().map_err(|_| Reason::FORM)?,
        _ => return Err(Reason::FORM),
    };
    Ok(ActualValue(Value::Double(FloatValue(number))))
}

pub(in crate::validation::datatype) fn float(
    text: &str,
    _: &Builtin,
    _: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let number = match text {
        "INF" => f32::INFINITY,
        "-INF" => f32::NEG_INFINITY,
        "NaN" => f32::NAN,
        _ if is_number(text) => text.parse().map_err(|_| Reason::FORM)?,
        _ => return Err(Reason::FORM),
    };
    Ok(ActualValue(Value::Float(FloatValue(f64::from(number)))))
}
