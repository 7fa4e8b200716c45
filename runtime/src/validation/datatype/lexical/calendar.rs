//! Dates, times and parts of dates (§3.2.7 to §3.2.14), each as the moment at which it begins.

use std::cmp::Ordering;

use super::Reason;
use crate::simple::Scope;
use crate::validation::datatype::builtin::Builtin;
use crate::validation::datatype::value::{ActualValue, Value};

/// A moment: seconds since 1970, and digits of the fraction of the next, without trailing zeros.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Moment {
    seconds: i128,
    fraction: Box<str>,
}

impl Moment {
    /// `seconds` and a fraction, which is added, or taken away if it is `negative`.
    pub(super) fn new(seconds: i128, negative: bool, fraction: &str) -> Self {
        if !negative || fraction.is_empty() {
            return Self {
                seconds,
                fraction: fraction.into(),
            };
        }
        // 1 - 0.35 is 0.65: what each digit lacks to 9, the last one to 10.
        let last = fraction.len() - 1;
        let digits = fraction.bytes().enumerate().map(|(index, digit)| {
            let lack = b'9' - digit.clamp(b'0', b'9') + u8::from(index == last);
            char::from(b'0' + lack)
        });
        Self {
            seconds: seconds - 1,
            fraction: digits.collect(),
        }
    }
}

/// A value of one of the types of dates and times: a moment in Greenwich, or, without a zone, a local
/// one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::validation::datatype) struct Instant {
    moment: Moment,
    has_zone: bool,
}

/// The farthest that a zone is from Greenwich.
const FARTHEST: i128 = 14 * 3_600;

impl Instant {
    /// The order of §3.2.7.3: one with a zone and one without stand to each other only as they do
    /// whatever the zone of the other.
    pub(in crate::validation::datatype) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self.has_zone, other.has_zone) {
            (true, false) => self.compare_to_local(other),
            (false, true) => other.compare_to_local(self).map(Ordering::reverse),
            _ => Some(self.moment.cmp(&other.moment)),
        }
    }

    fn compare_to_local(&self, local: &Self) -> Option<Ordering> {
        let moved = |by| Moment {
            seconds: local.moment.seconds + by,
            fraction: local.moment.fraction.clone(),
        };
        if self.moment < moved(-FARTHEST) {
            Some(Ordering::Less)
        } else if self.moment > moved(FARTHEST) {
            Some(Ordering::Greater)
        } else {
            None
        }
    }
}

/// Days from 1970-01-01, by the Gregorian calendar in both directions; the year before 1 is 0.
pub(super) fn day_number(year: i128, month: i128, day: i128) -> i128 {
    let year = year - i128::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn days(year: i128, month: i128) -> i128 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// Keeps every sum of what follows within 128 bits.
const MOST_DIGITS: usize = 27;

/// The parts of a lexical form, as far as they are read. What is not there is that of a leap year's
/// first moment.
struct Parts<'t> {
    rest: &'t str,
    /// The year before 1 is 0.
    year: i128,
    month: i128,
    day: i128,
    seconds: i128,
    fraction: &'t str,
}

impl<'t> Parts<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            year: 1972,
            month: 1,
            day: 1,
            seconds: 0,
            fraction: "",
        }
    }

    fn take(&mut self, text: &str) -> Result<(), Reason> {
        self.rest = self.rest.strip_prefix(text).ok_or(Reason::FORM)?;
        Ok(())
    }

    fn digits(&mut self) -> &'t str {
        let end = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        digits
    }

    fn two(&mut self) -> Result<i128, Reason> {
        match self.rest.as_bytes() {
            [high @ b'0'..=b'9', low @ b'0'..=b'9', ..] => {
                self.rest = &self.rest[2..];
                Ok(i128::from(high - b'0') * 10 + i128::from(low - b'0'))
            }
            _ => Err(Reason::FORM),
        }
    }

    /// Four digits or more, without needless zeros, maybe negative; XML Schema 1.0 has no year 0.
    fn year(&mut self) -> Result<(), Reason> {
        let negative = self.take("-").is_ok();
        let digits = self.digits();
        if digits.len() < 4 || (digits.len() > 4 && digits.starts_with('0')) {
            return Err(Reason::FORM);
        }
        if digits.len() > MOST_DIGITS {
            return Err(Reason("years of more than 27 digits are not supported"));
        }
        let year: i128 = digits.parse().map_err(|_| Reason::FORM)?;
        if year == 0 {
            return Err(Reason("there is no year 0000"));
        }
        self.year = if negative { 1 - year } else { year };
        Ok(())
    }

    fn month(&mut self) -> Result<(), Reason> {
        self.month = self.two()?;
        match self.month {
            1..=12 => Ok(()),
            _ => Err(Reason("there is no such month")),
        }
    }

    fn day(&mut self) -> Result<(), Reason> {
        self.day = self.two()?;
        if (1..=days(self.year, self.month)).contains(&self.day) {
            Ok(())
        } else {
            Err(Reason("there is no such day"))
        }
    }

    fn date(&mut self) -> Result<(), Reason> {
        self.year()?;
        self.take("-")?;
        self.month()?;
        self.take("-")?;
        self.day()
    }

    fn time(&mut self) -> Result<(), Reason> {
        let hour = self.two()?;
        self.take(":")?;
        let minute = self.two()?;
        self.take(":")?;
        let second = self.two()?;
        if self.take(".").is_ok() {
            let digits = self.digits();
            if digits.is_empty() {
                return Err(Reason::FORM);
            }
            self.fraction = digits.trim_end_matches('0');
        }
        let end = (hour, minute, second, self.fraction) == (24, 0, 0, "");
        if !end && (hour > 23 || minute > 59 || second > 59) {
            return Err(Reason("there is no such time"));
        }
        self.seconds = (hour * 60 + minute) * 60 + second;
        Ok(())
    }

    /// The zone, if there is one, and the end.
    fn finish(mut self) -> Result<Instant, Reason> {
        let zone = match self.rest {
            "" => None,
            "Z" => Some(0),
            _ => {
                let sign = if self.take("-").is_ok() { -1 } else { 1 };
                if sign > 0 {
                    self.take("+")?;
                }
                let hours = self.two()?;
                self.take(":")?;
                let minutes = self.two()?;
                let seconds = (hours * 60 + minutes) * 60;
                if !self.rest.is_empty() {
                    return Err(Reason::FORM);
                }
                if minutes > 59 || seconds > FARTHEST {
                    return Err(Reason("its zone is more than 14 hours away"));
                }
                Some(sign * seconds)
            }
        };
        let local = day_number(self.year, self.month, self.day) * 86_400 + self.seconds;
        Ok(Instant {
            moment: Moment::new(local - zone.unwrap_or_default(), false, self.fraction),
            has_zone: zone.is_some(),
        })
    }
}

macro_rules! readers {
    ($($read:ident $value:ident |$parts:ident| $scan:block)*) => {$(
        pub(in crate::validation::datatype) fn $read(
            text: &str,
            _: &Builtin,
            _: &dyn Scope,
        ) -> Result<ActualValue, Reason> {
            let mut $parts = Parts::new(text);
            $scan
            Ok(ActualValue(Value::$value($parts.finish()?)))
        }
    )*};
}

readers! {
    date_time DateTime |parts| {
        parts.date()?;
        parts.take("T")?;
        parts.time()?;
    }
    time Time |parts| {
        parts.time()?;
        // 24:00:00 is the start of a day, as 00:00:00 is.
        parts.seconds %= 86_400;
    }
    date Date |parts| {
        parts.date()?;
    }
    g_year_month GYearMonth |parts| {
        parts.year()?;
        parts.take("-")?;
        parts.month()?;
    }
    g_year GYear |parts| {
        parts.year()?;
    }
    g_month_day GMonthDay |parts| {
        parts.take("--")?;
        parts.month()?;
        parts.take("-")?;
        parts.day()?;
    }
    g_day GDay |parts| {
        parts.take("---")?;
        parts.day()?;
    }
    g_month GMonth |parts| {
        parts.take("--")?;
        parts.month()?;
    }
}
