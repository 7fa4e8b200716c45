//! Spans of time as they are written.

use std::str::FromStr;

use super::ParseError;
use super::ascii::Ascii;
use super::cursor::Cursor;
use super::date_time::Fraction;
use super::digits;

/// A span of time (`xs:duration`, §3.2.6, `xs:dayTimeDuration`, `xs:yearMonthDuration`), by its
/// parts: a part that is not written is `None`, so that `P12M` and `P1Y` stay what they are.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Whether it goes back in time.
    pub negative: bool,
    /// Years.
    pub years: Option<u64>,
    /// Months.
    pub months: Option<u64>,
    /// Days.
    pub days: Option<u64>,
    /// Hours.
    pub hours: Option<u64>,
    /// Minutes.
    pub minutes: Option<u64>,
    /// Seconds.
    pub seconds: Option<u64>,
    /// The fraction of the seconds; not written without seconds.
    pub fraction: Fraction,
}

impl Duration {
    /// A span of so many seconds.
    #[must_use]
    pub fn from_seconds(seconds: u64) -> Self {
        Self {
            seconds: Some(seconds),
            ..Self::default()
        }
    }

    /// A span of so many days.
    #[must_use]
    pub fn from_days(days: u64) -> Self {
        Self {
            days: Some(days),
            ..Self::default()
        }
    }

    /// The span as Rust's, where it has neither years nor months and goes forward.
    #[must_use]
    pub fn to_std(&self) -> Option<std::time::Duration> {
        let calendar = self.years.unwrap_or_default() > 0 || self.months.unwrap_or_default() > 0;
        if self.negative || calendar {
            return None;
        }
        let hours = self.days.unwrap_or_default().checked_mul(24)?;
        let hours = hours.checked_add(self.hours.unwrap_or_default())?;
        let minutes = hours
            .checked_mul(60)?
            .checked_add(self.minutes.unwrap_or_default())?;
        let seconds = minutes
            .checked_mul(60)?
            .checked_add(self.seconds.unwrap_or_default())?;
        Some(std::time::Duration::new(
            seconds,
            self.fraction.nanoseconds(),
        ))
    }

    fn scan(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let mut duration = Self {
            negative: cursor.take(b'-').is_some(),
            ..Self::default()
        };
        cursor.take(b'P')?;
        let mut after_t = false;
        // Parts come in this order: Y M D, then T, then H M S.
        let mut place = 0;
        while !cursor.is_done() {
            if !after_t && cursor.take(b'T').is_some() {
                after_t = true;
                place = 3;
                // After `T` there is a part.
                if cursor.is_done() {
                    return None;
                }
                continue;
            }
            let number: u64 = cursor.digits(1)?.parse().ok()?;
            let fraction = Fraction::scan(&mut cursor)?;
            let parts: [(u8, &mut Option<u64>); 6] = [
                (b'Y', &mut duration.years),
                (b'M', &mut duration.months),
                (b'D', &mut duration.days),
                (b'H', &mut duration.hours),
                (b'M', &mut duration.minutes),
                (b'S', &mut duration.seconds),
            ];
            let end = if after_t { 6 } else { 3 };
            let mut found = false;
            for (index, (letter, part)) in parts.into_iter().enumerate().take(end).skip(place) {
                if cursor.take(letter).is_some() {
                    *part = Some(number);
                    place = index + 1;
                    found = true;
                    break;
                }
            }
            if !found || (fraction.digits() > 0 && place != 6) {
                return None;
            }
            duration.fraction = fraction;
        }
        (place > 0).then_some(duration)
    }
}

impl FromStr for Duration {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::scan(text).ok_or_else(|| ParseError::new("duration", text))
    }
}

fn push_part(out: &mut impl Ascii, part: Option<u64>, letter: &str) {
    if let Some(number) = part {
        digits::push(out, number);
        out.push_ascii(letter);
    }
}

impl Duration {
    fn append(&self, out: &mut impl Ascii) {
        out.push_ascii(if self.negative { "-P" } else { "P" });
        push_part(out, self.years, "Y");
        push_part(out, self.months, "M");
        push_part(out, self.days, "D");
        let clock = [self.hours, self.minutes, self.seconds]
            .iter()
            .any(Option::is_some);
        let nothing = [self.years, self.months, self.days]
            .iter()
            .all(Option::is_none);
        if clock {
            out.push_ascii("T");
            push_part(out, self.hours, "H");
            push_part(out, self.minutes, "M");
            if let Some(seconds) = self.seconds {
                digits::push(out, seconds);
                self.fraction.append(out);
                out.push_ascii("S");
            }
        } else if nothing {
            out.push_ascii("T0S");
        }
    }
}

super::lexical!(Duration, "duration", String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        for text in [
            "P1Y",
            "P12M",
            "P1Y2M3DT4H5M6.70S",
            "-P1D",
            "PT0S",
            "PT36H",
            "P0Y",
            "PT1M",
            "P1000000000000000000Y",
        ] {
            assert_eq!(text.parse::<Duration>().unwrap().to_string(), text);
        }
        assert_eq!(Duration::default().to_string(), "PT0S");
    }

    #[test]
    fn refuses() {
        for text in [
            "",
            "P",
            "PT",
            "P1YT",
            "1Y",
            "P1S",
            "PT1Y",
            "P1M1Y",
            "P1Y1Y",
            "P-1Y",
            "+P1Y",
            "P1.5D",
            "PT1.S",
            "PT.5S",
            "P1",
            "P100000000000000000000Y",
            "PT1HT1M",
            "P1Y ",
        ] {
            assert!(text.parse::<Duration>().is_err(), "{text}");
        }
    }

    #[test]
    fn become_rusts() {
        let seconds = |text: &str| text.parse::<Duration>().unwrap().to_std();
        assert_eq!(
            seconds("P1DT1.5S"),
            Some(std::time::Duration::from_millis(86_401_500))
        );
        assert_eq!(seconds("P1M"), None);
        assert_eq!(seconds("-PT1S"), None);
    }
}
