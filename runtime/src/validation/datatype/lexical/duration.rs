//! Spans of time (§3.2.6).

use std::cmp::Ordering;

use super::Reason;
use super::calendar::{Moment, day_number};
use crate::simple::Scope;
use crate::validation::datatype::builtin::Builtin;
use crate::validation::datatype::value::{ActualValue, Value};

/// A span of time, as months and seconds: a year is 12 months, a day 86,400 seconds, a month no
/// number of days.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::validation::datatype) struct DurationValue {
    negative: bool,
    months: i128,
    seconds: i128,
    /// Digits of the fraction of the seconds, without trailing zeros.
    fraction: Box<str>,
}

/// The moments for which §3.2.6.2 compares: year and month, always the first day.
const REFERENCES: [(i128, i128); 4] = [(1696, 9), (1697, 2), (1903, 3), (1903, 7)];

/// Keeps every sum of what follows within 128 bits.
const MOST_DIGITS: usize = 27;

impl DurationValue {
    /// How two spans stand to each other, where they do so whatever month they start in.
    pub(in crate::validation::datatype) fn compare(&self, other: &Self) -> Option<Ordering> {
        let mut orders =
            REFERENCES.map(|reference| self.after(reference).cmp(&other.after(reference)));
        orders.sort_unstable();
        let [least, .., most] = orders;
        (least == most).then_some(least)
    }

    /// The moment this span after (or before) the start of a month.
    fn after(&self, (year, month): (i128, i128)) -> Moment {
        let sign = if self.negative { -1 } else { 1 };
        let months = year * 12 + month - 1 + sign * self.months;
        let days = day_number(months.div_euclid(12), months.rem_euclid(12) + 1, 1);
        Moment::new(
            days * 86_400 + sign * self.seconds,
            self.negative,
            &self.fraction,
        )
    }
}

pub(in crate::validation::datatype) fn duration(
    text: &str,
    _: &Builtin,
    _: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let text = text.strip_prefix('P').ok_or(Reason::FORM)?;
    let (calendar, clock) = match text.split_once('T') {
        // After `T` there is a part.
        Some((_, "")) => return Err(Reason::FORM),
        Some((calendar, clock)) => (calendar, clock),
        None if text.is_empty() => return Err(Reason::FORM),
        None => (text, ""),
    };
    let mut months = 0;
    let mut seconds = 0;
    let rest = part(calendar, 'Y', 12, &mut months)?;
    let rest = part(rest, 'M', 1, &mut months)?;
    let rest = part(rest, 'D', 86_400, &mut seconds)?;
    let clock_rest = part(clock, 'H', 3_600, &mut seconds)?;
    let clock_rest = part(clock_rest, 'M', 60, &mut seconds)?;
    let (clock_rest, fraction) = match clock_rest.split_once('.') {
        Some((whole, fraction)) => {
            let digits = fraction.strip_suffix('S').ok_or(Reason::FORM)?;
            let number = whole.bytes().all(|byte| byte.is_ascii_digit()) && !whole.is_empty();
            if !number || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Reason::FORM);
            }
            seconds += number_of(whole)?;
            ("", digits.trim_end_matches('0'))
        }
        None => (part(clock_rest, 'S', 1, &mut seconds)?, ""),
    };
    if !rest.is_empty() || !clock_rest.is_empty() {
        return Err(Reason::FORM);
    }
    let zero = months == 0 && seconds == 0 && fraction.is_empty();
    Ok(ActualValue(Value::Duration(DurationValue {
        negative: negative && !zero,
        months,
        seconds,
        fraction: fraction.into(),
    })))
}

/// Reads digits and `letter` from the start of `text`, if they are there, and adds them to `sum`.
fn part<'t>(text: &'t str, letter: char, unit: i128, sum: &mut i128) -> Result<&'t str, Reason> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(end);
    match rest.strip_prefix(letter) {
        Some(rest) if !digits.is_empty() => {
            *sum += number_of(digits)? * unit;
            Ok(rest)
        }
        _ => Ok(text),
    }
}

fn number_of(digits: &str) -> Result<i128, Reason> {
    let digits = digits.trim_start_matches('0');
    if digits.len() > MOST_DIGITS {
        return Err(Reason("numbers of more than 27 digits are not supported"));
    }
    match digits {
        "" => Ok(0),
        digits => digits.parse().map_err(|_| Reason::FORM),
    }
}
