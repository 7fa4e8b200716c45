//! What a user writes for `[map]` in the case `mapped-types`: the type of an amount of money, and a
//! module that reads and writes it.

use std::num::ParseIntError;

/// An amount in the smallest unit of its currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(pub i64);

/// Reads `12.50`.
///
/// # Errors
///
/// If it is no number with two digits behind the point.
pub fn parse(text: &str) -> Result<Cents, ParseIntError> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "00"));
    Ok(Cents(whole.parse::<i64>()? * 100 + cents.parse::<i64>()?))
}

/// Writes `12.50`.
pub fn write(value: &Cents, out: &mut String) {
    out.push_str(&format!("{}.{:02}", value.0 / 100, value.0 % 100));
}
