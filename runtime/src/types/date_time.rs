//! Times of day and moments.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::ParseError;
use super::ascii::{self, Ascii};
use super::calendar::{Date, day_number};
use super::cursor::{Cursor, Offset, is_offset, push_offset};
use super::digits;

/// The digits after the point of a second, as many as are written, at most 18.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fraction {
    number: u64,
    digits: u8,
}

impl Fraction {
    const MOST: u8 = 18;

    /// `number` in `digits` digits: `new(70, 3)` is `.070`. `None` where it needs more digits, or
    /// they are more than 18.
    #[must_use]
    pub fn new(number: u64, digits: u8) -> Option<Self> {
        let fits = digits <= Self::MOST && number < 10u64.pow(u32::from(digits));
        fits.then_some(Self { number, digits })
    }

    /// How many digits there are.
    #[must_use]
    pub const fn digits(&self) -> u8 {
        self.digits
    }

    /// The digits as a number.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The fraction in whole nanoseconds, the rest cut.
    #[must_use]
    pub fn nanoseconds(&self) -> u32 {
        u32::try_from(self.attoseconds() / 1_000_000_000).unwrap_or_default()
    }

    pub(super) fn attoseconds(&self) -> u64 {
        self.number * 10u64.pow(u32::from(Self::MOST - self.digits))
    }

    pub(super) fn append(&self, out: &mut impl Ascii) {
        if self.digits > 0 {
            out.push_ascii(".");
            digits::push_padded(out, self.number, usize::from(self.digits));
        }
    }

    /// `.` and digits, if they come next.
    pub(super) fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        if cursor.take(b'.').is_none() {
            return Some(Self::default());
        }
        let digits = cursor.digits(1)?;
        Self::new(digits.parse().ok()?, u8::try_from(digits.len()).ok()?)
    }
}

/// Gives `.070`, or nothing without digits.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.append(&mut text);
        f.write_str(&text)
    }
}

/// A time of day (`xs:time`, §3.2.8), with a zone or without one. `24:00:00` is kept as it is.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Time {
    hour: u8,
    minute: u8,
    second: u8,
    fraction: Fraction,
    offset: Offset,
}

impl Time {
    /// A time without fraction and zone; `None` where the clock has no such time. Hour 24 only as
    /// `24:00:00`.
    #[must_use]
    pub fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        let time = Self {
            hour,
            minute,
            second,
            ..Self::default()
        };
        time.is_valid().then_some(time)
    }

    fn is_valid(&self) -> bool {
        let end = (self.hour, self.minute, self.second, self.fraction.number) == (24, 0, 0, 0);
        (self.hour < 24 && self.minute < 60 && self.second < 60) || end
    }

    /// The same with this fraction of the second; `None` after `24:00:00`.
    #[must_use]
    pub fn with_fraction(self, fraction: Fraction) -> Option<Self> {
        let time = Self { fraction, ..self };
        time.is_valid().then_some(time)
    }

    /// The same with this zone, or without one; `None` beyond 14 hours.
    #[must_use]
    pub fn with_offset(self, minutes: Option<i16>) -> Option<Self> {
        is_offset(minutes).then_some(Self {
            offset: minutes,
            ..self
        })
    }

    /// The hour, 0 to 24.
    #[must_use]
    pub const fn hour(&self) -> u8 {
        self.hour
    }

    /// The minute.
    #[must_use]
    pub const fn minute(&self) -> u8 {
        self.minute
    }

    /// The second.
    #[must_use]
    pub const fn second(&self) -> u8 {
        self.second
    }

    /// The fraction of the second.
    #[must_use]
    pub const fn fraction(&self) -> Fraction {
        self.fraction
    }

    /// Minutes east of Greenwich; `None` where no zone is given.
    #[must_use]
    pub const fn offset(&self) -> Option<i16> {
        self.offset
    }

    fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        let [hour, _, _, minute, _, _, second, _] = cursor.pairs(b"00:00:00")?;
        let fraction = Fraction::scan(cursor)?;
        let offset = cursor.offset()?;
        let time = Self {
            hour,
            minute,
            second,
            fraction,
            offset,
        };
        time.is_valid().then_some(time)
    }

    /// Attoseconds since midnight in Greenwich, or local midnight without a zone.
    fn instant(&self) -> i128 {
        let minutes = i128::from(self.hour) * 60 + i128::from(self.minute)
            - i128::from(self.offset.unwrap_or_default());
        let seconds = minutes * 60 + i128::from(self.second);
        seconds * 1_000_000_000_000_000_000 + i128::from(self.fraction.attoseconds())
    }

    /// How two times stand to each other, if both have a zone or neither has.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        let alike = self.offset.is_some() == other.offset.is_some();
        alike.then(|| self.instant().cmp(&other.instant()))
    }
}

impl FromStr for Time {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::scan(&mut Cursor::new(text)).ok_or_else(|| ParseError::new("time", text))
    }
}

impl Time {
    fn append(&self, out: &mut impl Ascii) {
        out.push_octets(self.digits());
        self.append_rest(out);
    }

    /// As it is written without fraction and zone.
    #[inline(always)]
    fn digits(&self) -> [u8; 8] {
        let parts = [self.hour, self.minute, self.second];
        let [[a, b], [c, d], [e, f]] = parts.map(ascii::pair);
        [a, b, b':', c, d, b':', e, f]
    }

    #[inline(always)]
    fn append_rest(&self, out: &mut impl Ascii) {
        self.fraction.append(out);
        push_offset(out, self.offset);
    }
}

/// A day and a time (`xs:dateTime`, §3.2.7), with a zone or without one: what is written without a
/// zone is not a moment in UTC, and stays without.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct DateTime {
    date: Date,
    time: Time,
}

impl DateTime {
    /// A day and a time; the zone is that of the time.
    #[must_use]
    pub fn new(date: Date, time: Time) -> Self {
        Self {
            date: Date {
                offset: None,
                ..date
            },
            time,
        }
    }

    /// The day, with the zone.
    #[must_use]
    pub fn date(&self) -> Date {
        Date {
            offset: self.time.offset,
            ..self.date
        }
    }

    /// The time of day, with the zone.
    #[must_use]
    pub const fn time(&self) -> Time {
        self.time
    }

    /// The year; negative before the first.
    #[must_use]
    pub const fn year(&self) -> i64 {
        self.date.year
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.date.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.date.day
    }

    /// The hour, 0 to 24.
    #[must_use]
    pub const fn hour(&self) -> u8 {
        self.time.hour
    }

    /// The minute.
    #[must_use]
    pub const fn minute(&self) -> u8 {
        self.time.minute
    }

    /// The second.
    #[must_use]
    pub const fn second(&self) -> u8 {
        self.time.second
    }

    /// The fraction of the second.
    #[must_use]
    pub const fn fraction(&self) -> Fraction {
        self.time.fraction
    }

    /// Minutes east of Greenwich; `None` where no zone is given.
    #[must_use]
    pub const fn offset(&self) -> Option<i16> {
        self.time.offset
    }

    /// The same with this zone, or without one; `None` beyond 14 hours.
    #[must_use]
    pub fn with_offset(self, minutes: Option<i16>) -> Option<Self> {
        self.time
            .with_offset(minutes)
            .map(|time| Self { time, ..self })
    }

    /// Seconds since the start of 1970 in UTC, fraction cut; `None` without a zone.
    #[must_use]
    pub fn unix_seconds(&self) -> Option<i128> {
        self.offset().map(|_| self.instant().0)
    }

    /// Seconds and attoseconds since 1970, in UTC or local.
    fn instant(&self) -> (i128, u64) {
        let days = day_number(self.date.year, self.date.month, self.date.day);
        let minutes = i128::from(self.time.hour) * 60 + i128::from(self.time.minute)
            - i128::from(self.time.offset.unwrap_or_default());
        let seconds = (days * 1_440 + minutes) * 60 + i128::from(self.time.second);
        (seconds, self.time.fraction.attoseconds())
    }

    /// How two moments stand to each other, if both have a zone or neither has.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        let alike = self.offset().is_some() == other.offset().is_some();
        alike.then(|| self.instant().cmp(&other.instant()))
    }

    fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        let date = Date::scan(cursor)?;
        cursor.take(b'T')?;
        Some(Self {
            date,
            time: Time::scan(cursor)?,
        })
    }
}

impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::scan(&mut Cursor::new(text)).ok_or_else(|| ParseError::new("dateTime", text))
    }
}

impl DateTime {
    fn append(&self, out: &mut impl Ascii) {
        let Some([a, b, c, d, e, f, g, h, i, j]) = self.date.digits() else {
            self.date.append(out);
            out.push_ascii("T");
            return self.time.append(out);
        };
        let [k, l, m, n, o, p, q, r] = self.time.digits();
        out.push_octets([a, b, c, d, e, f, g, h, i, j, b'T', k, l, m, n, o, p, q, r]);
        self.time.append_rest(out);
    }
}

super::lexical!(
    Time,
    "time",
    String,
    fn compare(&self, bound: &str) -> Option<Ordering> {
        Self::compare(self, &bound.parse().ok()?)
    }
);
super::lexical!(
    DateTime,
    "dateTime",
    String,
    fn compare(&self, bound: &str) -> Option<Ordering> {
        Self::compare(self, &bound.parse().ok()?)
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        for text in [
            "2012-01-01T00:00:00",
            "2012-01-01T00:00:00Z",
            "2012-06-30T23:59:59.1230000+02:00",
            "2012-06-30T24:00:00",
            "2012-06-30T24:00:00.000Z",
            "-0044-03-15T12:00:00-00:30",
            "0044-03-15T12:00:00Z",
            "9999-12-31T23:59:59.5+14:00",
            "10000-01-01T00:00:00",
            "12012-01-01T00:00:00.000000000000000001",
        ] {
            assert_eq!(text.parse::<DateTime>().unwrap().to_string(), text);
        }
        for text in ["00:00:00", "24:00:00Z", "23:59:59.9", "12:00:00+14:00"] {
            assert_eq!(text.parse::<Time>().unwrap().to_string(), text);
        }
        assert_eq!(
            "2012-01-01T00:00:00".parse::<DateTime>().unwrap().offset(),
            None
        );
    }

    #[test]
    fn refuses() {
        for text in [
            "2012-01-01",
            "2012-01-01T00:00",
            "2012-01-01 00:00:00",
            "2012-01-01T24:00:01",
            "2012-01-01T24:00:00.1",
            "2012-01-01T25:00:00",
            "2012-01-01T00:60:00",
            "2012-01-01T00:00:60",
            "2012-01-01T00:00:00.",
            "2012-01-01T00:00:00.Z",
            "2012-01-01T00:00:00ZZ",
            "2012-01-01T00:00:00.0000000000000000001",
            "2012-02-30T00:00:00",
            "/Date(1325376000000)/",
        ] {
            let error = text.parse::<DateTime>().unwrap_err();
            assert_eq!(error.to_string(), format!("`{text}` is not a dateTime"));
        }
    }

    #[test]
    fn are_moments() {
        let moment = |text: &str| text.parse::<DateTime>().unwrap();
        assert_eq!(
            moment("1970-01-02T01:00:00+01:00").unix_seconds(),
            Some(86_400)
        );
        assert_eq!(moment("1970-01-02T00:00:00").unix_seconds(), None);
        let (end, start) = (
            moment("2012-06-30T24:00:00Z"),
            moment("2012-07-01T00:00:00Z"),
        );
        assert_eq!(end.compare(&start), Some(Ordering::Equal));
        assert_ne!(end, start);
        assert_eq!(
            moment("2012-06-30T00:00:00.10").compare(&moment("2012-06-30T00:00:00.1")),
            Some(Ordering::Equal)
        );
        assert_eq!(end.fraction().nanoseconds(), 0);
        assert_eq!(Fraction::new(70, 3).unwrap().nanoseconds(), 70_000_000);
        assert_eq!(Fraction::new(1_000, 3), None);
    }
}
