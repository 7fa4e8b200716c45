//! Dates and parts of dates, each with a zone or without one.

use std::cmp::Ordering;
use std::str::FromStr;

use super::ParseError;
use super::ascii::{self, Ascii};
use super::cursor::{Cursor, Offset, is_offset, push_after, push_offset, push_year};

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

/// The days of a month. Before year 1 the editions of XML Schema count years differently: a leap
/// year of either is one.
pub(super) fn days(year: i64, month: u8) -> u8 {
    match month {
        2 if is_leap(year) || (year < 0 && is_leap(year + 1)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01, by the Gregorian calendar in both directions.
pub(super) fn day_number(year: i64, month: u8, day: u8) -> i128 {
    let year = i128::from(year) - i128::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month = (i128::from(month) + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + i128::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// A day (`xs:date`, §3.2.9).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    pub(super) year: i64,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) offset: Offset,
}

impl Date {
    /// A day without a zone; `None` where the calendar has no such day.
    #[must_use]
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
        valid.then_some(Self {
            year,
            month,
            day,
            offset: None,
        })
    }

    /// The year; negative before the first.
    #[must_use]
    pub const fn year(&self) -> i64 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.day
    }

    pub(super) fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        let (year, month) = match cursor.pairs(b"0000-00-") {
            Some([century, _, year, _, _, month, ..]) => {
                let month = Some(month).filter(|month| (1..=12).contains(month))?;
                (i64::from(century) * 100 + i64::from(year), month)
            }
            None => {
                let year = cursor.year()?;
                cursor.take(b'-')?;
                let month = cursor.month()?;
                cursor.take(b'-')?;
                (year, month)
            }
        };
        let day = cursor.day(days(year, month))?;
        Some(Self {
            year,
            month,
            day,
            offset: None,
        })
    }

    /// How two days stand to each other, if both have a zone or neither has.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        let start = |date: &Self| {
            let day = day_number(date.year, date.month, date.day);
            day * 1_440 - i128::from(date.offset.unwrap_or_default())
        };
        (self.offset.is_some() == other.offset.is_some()).then(|| start(self).cmp(&start(other)))
    }
}

impl Default for Date {
    /// The first day of year 1, without a zone.
    fn default() -> Self {
        Self {
            year: 1,
            month: 1,
            day: 1,
            offset: None,
        }
    }
}

/// A year (`xs:gYear`, §3.2.11).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct GYear {
    year: i64,
    offset: Offset,
}

impl GYear {
    /// A year without a zone.
    #[must_use]
    pub const fn new(year: i64) -> Self {
        Self { year, offset: None }
    }

    /// The year.
    #[must_use]
    pub const fn year(&self) -> i64 {
        self.year
    }

    fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        cursor.year().map(Self::new)
    }
}

impl Default for GYear {
    /// Year 1, without a zone.
    fn default() -> Self {
        Self::new(1)
    }
}

/// A month of a year (`xs:gYearMonth`, §3.2.10).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct GYearMonth {
    year: i64,
    month: u8,
    offset: Offset,
}

impl GYearMonth {
    /// A month without a zone; `None` where `month` is not 1 to 12.
    #[must_use]
    pub fn new(year: i64, month: u8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self {
            year,
            month,
            offset: None,
        })
    }

    /// The year.
    #[must_use]
    pub const fn year(&self) -> i64 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.month
    }

    fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        let year = cursor.year()?;
        cursor.take(b'-')?;
        Some(Self {
            year,
            month: cursor.month()?,
            offset: None,
        })
    }
}

impl Default for GYearMonth {
    /// The first month of year 1, without a zone.
    fn default() -> Self {
        Self {
            year: 1,
            month: 1,
            offset: None,
        }
    }
}

/// A month of every year (`xs:gMonth`, §3.2.14).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct GMonth {
    month: u8,
    offset: Offset,
}

impl GMonth {
    /// A month without a zone; `None` where `month` is not 1 to 12.
    #[must_use]
    pub fn new(month: u8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self {
            month,
            offset: None,
        })
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// `--MM`, and `--MM--` as the first edition of XML Schema had it.
    fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        cursor.take(b'-')?;
        cursor.take(b'-')?;
        let month = cursor.month()?;
        cursor.skip(b"--");
        Some(Self {
            month,
            offset: None,
        })
    }
}

impl Default for GMonth {
    /// January, without a zone.
    fn default() -> Self {
        Self {
            month: 1,
            offset: None,
        }
    }
}

/// A day of every year (`xs:gMonthDay`, §3.2.12).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct GMonthDay {
    month: u8,
    day: u8,
    offset: Offset,
}

impl GMonthDay {
    /// A day without a zone; `None` where no year has it.
    #[must_use]
    pub fn new(month: u8, day: u8) -> Option<Self> {
        // Year 0 of the second edition is a leap year.
        Date::new(0, month, day).map(|_| Self {
            month,
            day,
            offset: None,
        })
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.day
    }

    fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        cursor.take(b'-')?;
        cursor.take(b'-')?;
        let month = cursor.month()?;
        cursor.take(b'-')?;
        Self::new(month, cursor.two(31)?)
    }
}

impl Default for GMonthDay {
    /// The first of January, without a zone.
    fn default() -> Self {
        Self {
            month: 1,
            day: 1,
            offset: None,
        }
    }
}

/// A day of every month (`xs:gDay`, §3.2.13).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct GDay {
    day: u8,
    offset: Offset,
}

impl GDay {
    /// A day without a zone; `None` where `day` is not 1 to 31.
    #[must_use]
    pub fn new(day: u8) -> Option<Self> {
        (1..=31)
            .contains(&day)
            .then_some(Self { day, offset: None })
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.day
    }

    fn scan(cursor: &mut Cursor<'_>) -> Option<Self> {
        cursor.take(b'-')?;
        cursor.take(b'-')?;
        cursor.take(b'-')?;
        Self::new(cursor.two(31)?)
    }
}

impl Default for GDay {
    /// The first, without a zone.
    fn default() -> Self {
        Self {
            day: 1,
            offset: None,
        }
    }
}

macro_rules! calendar {
    ($($type:ident $name:literal |$value:ident, $out:ident| $parts:expr;)*) => {$(
        impl $type {
            /// Minutes east of Greenwich; `None` where no zone is given.
            #[must_use]
            pub const fn offset(&self) -> Option<i16> {
                self.offset
            }

            /// The same with this zone, or without one; `None` beyond 14 hours.
            #[must_use]
            pub fn with_offset(self, minutes: Option<i16>) -> Option<Self> {
                is_offset(minutes).then_some(Self { offset: minutes, ..self })
            }
        }

        impl FromStr for $type {
            type Err = ParseError;

            fn from_str(text: &str) -> Result<Self, ParseError> {
                let mut cursor = Cursor::new(text);
                let parsed = Self::scan(&mut cursor)
                    .and_then(|value| Some(Self { offset: cursor.offset()?, ..value }));
                parsed.ok_or_else(|| ParseError::new($name, text))
            }
        }

        impl $type {
            pub(super) fn append(&self, out: &mut impl Ascii) {
                let ($value, $out) = (self, &mut *out);
                $parts;
                push_offset(out, self.offset);
            }
        }
    )*};
}

impl Date {
    /// As it is written without its zone; `None` where the year has not four digits.
    #[inline(always)]
    pub(super) fn digits(&self) -> Option<[u8; 10]> {
        let year = u16::try_from(self.year)
            .ok()
            .filter(|year| *year < 10_000)?;
        let [century, year] = [year / 100, year % 100].map(u8::try_from);
        let [[a, b], [c, d]] = [century.ok()?, year.ok()?].map(ascii::pair);
        let [[e, f], [g, h]] = [self.month, self.day].map(ascii::pair);
        Some([a, b, c, d, b'-', e, f, b'-', g, h])
    }
}

calendar! {
    Date "date" |date, out| {
        if let Some(digits) = date.digits() {
            out.push_octets(digits);
        } else {
            push_year(out, date.year);
            push_after(out, "-", date.month);
            push_after(out, "-", date.day);
        }
    };
    GYear "gYear" |year, out| push_year(out, year.year);
    GYearMonth "gYearMonth" |month, out| {
        push_year(out, month.year);
        push_after(out, "-", month.month);
    };
    GMonth "gMonth" |month, out| push_after(out, "--", month.month);
    GMonthDay "gMonthDay" |day, out| {
        push_after(out, "--", day.month);
        push_after(out, "-", day.day);
    };
    GDay "gDay" |day, out| push_after(out, "---", day.day);
}

super::lexical!(
    Date,
    "date",
    String,
    fn compare(&self, bound: &str) -> Option<Ordering> {
        Self::compare(self, &bound.parse().ok()?)
    }
);
super::lexical!(GYear, "gYear", String);
super::lexical!(GYearMonth, "gYearMonth", String);
super::lexical!(GMonth, "gMonth", String);
super::lexical!(GMonthDay, "gMonthDay", String);
super::lexical!(GDay, "gDay", String);

#[cfg(test)]
mod tests {
    use super::*;

    fn round<T: FromStr + std::fmt::Display>(texts: &[&str]) {
        for text in texts {
            match text.parse::<T>() {
                Ok(value) => assert_eq!(value.to_string(), *text),
                Err(_) => panic!("{text} is refused"),
            }
        }
    }

    fn refused<T: FromStr>(texts: &[&str]) {
        for text in texts {
            assert!(text.parse::<T>().is_err(), "{text} is taken");
        }
    }

    #[test]
    fn dates() {
        round::<Date>(&[
            "2024-02-29",
            "2023-12-31Z",
            "2023-12-31+05:30",
            "2023-12-31-14:00",
            "0001-01-01",
            "-0001-02-29",
            "-0004-02-29",
            "10000-01-01",
            "123456789012-06-30",
            "0000-01-01",
        ]);
        refused::<Date>(&[
            "2023-02-29",
            "2023-2-01",
            "2023-13-01",
            "2023-00-01",
            "2023-04-31",
            "2023-01-00",
            "02023-01-01",
            "223-01-01",
            "2023-01-01z",
            "2023-01-01+14:01",
            "2023-01-01+15:00",
            "2023-01-01+5:00",
            "2023-01-01T00:00:00",
            "99999999999999999999-01-01",
            "",
            "2023-01-0é",
        ]);
        assert_eq!(
            "2023-01-01+00:00".parse::<Date>().unwrap().offset(),
            Some(0)
        );
        assert_eq!("2023-01-01".parse::<Date>().unwrap().offset(), None);
        assert_eq!(Date::new(2023, 2, 29), None);
    }

    #[test]
    fn parts() {
        round::<GYear>(&["2024", "-0044", "12345Z", "2024+02:00"]);
        refused::<GYear>(&["24", "02024", "2024-01"]);
        round::<GYearMonth>(&["2024-01", "-0044-12", "2024-12-05:00"]);
        refused::<GYearMonth>(&["2024-13", "2024-1", "2024"]);
        round::<GMonth>(&["--01", "--12Z"]);
        assert_eq!("--10--".parse::<GMonth>().unwrap().to_string(), "--10");
        refused::<GMonth>(&["--13", "-01", "--1", "--00"]);
        round::<GMonthDay>(&["--02-29", "--12-31-01:00"]);
        refused::<GMonthDay>(&["--02-30", "--04-31", "--00-01"]);
        round::<GDay>(&["---01", "---31Z"]);
        refused::<GDay>(&["---32", "---00", "--01"]);
    }

    #[test]
    fn days_have_numbers() {
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(day_number(2000, 3, 1), 11_017);
        assert_eq!(day_number(1969, 12, 31), -1);
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(
            date("2024-01-01").compare(&date("2023-12-31")),
            Some(Ordering::Greater)
        );
        assert_eq!(date("2024-01-01").compare(&date("2023-12-31Z")), None);
        assert_eq!(
            date("2024-01-01+01:00").compare(&date("2024-01-01Z")),
            Some(Ordering::Less)
        );
    }
}
