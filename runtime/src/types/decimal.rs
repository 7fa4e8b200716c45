//! Decimal numbers as they are written.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::ascii::Ascii;
use super::{LONGEST, ParseError, digits};

/// A decimal number (`xs:decimal`, §3.2.3) with its scale: `230.00` stays `230.00`. Any number of
/// digits up to 4,096 characters; nothing is rounded.
///
/// `==` compares digits and scale; [`Decimal::compare`] compares numbers. Leading zeros, `+`, and
/// the sign of zero are not kept.
///
/// ```
/// use castile::Decimal;
///
/// let balance: Decimal = "230.00".parse()?;
/// assert_eq!(balance.to_string(), "230.00");
/// assert_eq!(balance, Decimal::new(23_000, 2));
/// assert_ne!(balance, Decimal::from(230));
/// assert!(balance.compare(&Decimal::from(230)).is_eq());
/// # Ok::<(), castile::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Digits);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Digits {
    /// The number without its point, and how many digits are after that.
    Small { number: i128, scale: u16 },
    /// What does not fit: sign, digits without leading zeros, point.
    Large(Box<str>),
}

impl Decimal {
    /// `number` × 10^-`scale`: `new(23_000, 2)` is `230.00`.
    #[must_use]
    pub const fn new(number: i128, scale: u16) -> Self {
        Self(Digits::Small { number, scale })
    }

    /// The number without its point, where it fits.
    #[must_use]
    pub const fn number(&self) -> Option<i128> {
        match &self.0 {
            Digits::Small { number, .. } => Some(*number),
            Digits::Large(_) => None,
        }
    }

    /// How many digits are after the point.
    #[must_use]
    pub fn scale(&self) -> usize {
        match &self.0 {
            Digits::Small { scale, .. } => usize::from(*scale),
            Digits::Large(text) => text
                .split_once('.')
                .map_or(0, |(_, fraction)| fraction.len()),
        }
    }

    /// Whether it is less than zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Digits::Small { number, .. } => *number < 0,
            Digits::Large(text) => text.starts_with('-'),
        }
    }

    fn append(&self, out: &mut impl Ascii) {
        match &self.0 {
            Digits::Large(text) => out.push_ascii(text),
            Digits::Small { number, scale } => {
                digits::push_scaled(out, *number, usize::from(*scale));
            }
        }
    }

    /// How the numbers stand to each other, whatever their scales.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (
                Digits::Small { number: own, scale },
                Digits::Small {
                    number: others,
                    scale: other_scale,
                },
            ) if scale == other_scale => own.cmp(others),
            _ => {
                let (own, others) = (self.to_string(), other.to_string());
                let (own_size, other_size) = (Size::of(&own), Size::of(&others));
                match (self.is_negative(), other.is_negative()) {
                    (false, false) => own_size.cmp(&other_size),
                    (true, true) => other_size.cmp(&own_size),
                    (true, false) => Ordering::Less,
                    (false, true) => Ordering::Greater,
                }
            }
        }
    }

    /// The digits that count, all and after the point: zeros at the ends do not.
    pub(crate) fn significant_digits(&self) -> (usize, usize) {
        let text = self.to_string();
        let size = Size::of(&text);
        let (whole, fraction) = (size.whole.len(), size.fraction.len());
        let digits = if whole == 0 {
            // 0.05 is 5 × 10^-2: one digit, but two places.
            fraction
        } else {
            whole + fraction
        };
        (digits, fraction)
    }
}

/// A number without sign, split at the point, without the zeros that do not count. Longer is more
/// in the whole part; the rest is in the order of text.
#[derive(PartialEq, Eq)]
struct Size<'t> {
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Size<'t> {
    fn of(text: &'t str) -> Self {
        let text = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        Self {
            whole: whole.trim_start_matches('0'),
            fraction: fraction.trim_end_matches('0'),
        }
    }
}

impl Ord for Size<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.whole
            .len()
            .cmp(&other.whole.len())
            .then_with(|| self.whole.cmp(other.whole))
            .then_with(|| self.fraction.cmp(other.fraction))
    }
}

impl PartialOrd for Size<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl FromStr for Decimal {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let wrong = || ParseError::new("decimal", text);
        if text.len() > LONGEST {
            return Err(ParseError::because(
                "decimal",
                text,
                "longer than 4096 characters",
            ));
        }
        let (negative, unsigned) = match text.as_bytes() {
            [b'-', ..] => (true, &text[1..]),
            [b'+', ..] => (false, &text[1..]),
            _ => (false, text),
        };
        // Right as long as it cannot be too large.
        let (short, rest) = digits::take(unsigned.as_bytes(), 0);
        let (short, fraction) = match rest {
            [b'.', fraction @ ..] => match digits::take(fraction, short) {
                (short, []) => (short, Some(fraction)),
                _ => return Err(wrong()),
            },
            [] => (short, None),
            _ => return Err(wrong()),
        };
        let scale = fraction.map_or(0, <[u8]>::len);
        if unsigned.len() == usize::from(fraction.is_some()) {
            return Err(wrong());
        }
        let number = if unsigned.len() <= 18 {
            Some(i128::from(short))
        } else {
            let digits = unsigned.bytes().filter(|byte| *byte != b'.');
            digits
                .map(|byte| byte - b'0')
                .try_fold(0_i128, |number, digit| {
                    number.checked_mul(10)?.checked_add(i128::from(digit))
                })
        };
        if let Some(number) = number {
            let scale = u16::try_from(scale).map_err(|_| wrong())?;
            return Ok(Self::new(if negative { -number } else { number }, scale));
        }
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let whole = whole.trim_start_matches('0');
        let sign = if negative { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if fraction.is_empty() { "" } else { "." };
        Ok(Self(Digits::Large(
            format!("{sign}{whole}{point}{fraction}").into(),
        )))
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}

macro_rules! from {
    ($($type:ident)*) => {$(
        impl From<$type> for Decimal {
            fn from(number: $type) -> Self {
                Self::new(i128::from(number), 0)
            }
        }
    )*};
}

from!(i8 i16 i32 i64 u8 u16 u32 u64);

super::lexical!(Decimal, "decimal", Number);

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn keeps_digits_and_scale() {
        let long = "9".repeat(60);
        for (text, written) in [
            ("230.00", "230.00"),
            ("0", "0"),
            ("-0.00", "0.00"),
            ("+007.50", "7.50"),
            (".5", "0.5"),
            ("5.", "5"),
            ("-0.05", "-0.05"),
            ("0.0000000000", "0.0000000000"),
            (
                "170141183460469231731687303715884105727",
                "170141183460469231731687303715884105727",
            ),
            (
                "170141183460469231731687303715884105728",
                "170141183460469231731687303715884105728",
            ),
            (
                "-00170141183460469231731687303715884105728.10",
                "-170141183460469231731687303715884105728.10",
            ),
            (&long, &long),
        ] {
            assert_eq!(decimal(text).to_string(), written);
        }
        let tiny = format!("0.{}1", "0".repeat(50));
        assert_eq!(decimal(&tiny).to_string(), tiny);
        assert_eq!(decimal(&tiny).scale(), 51);
        let precise = format!("0.{}", "7".repeat(50));
        assert_eq!(decimal(&precise).to_string(), precise);
        assert_eq!(decimal("230.00"), Decimal::new(23_000, 2));
    }

    #[test]
    fn refuses_what_is_none() {
        for text in [
            "", "-", "+", ".", "-.", "1e5", "1,5", " 1", "1.2.3", "--1", "INF", "٣",
        ] {
            let error = text.parse::<Decimal>().unwrap_err();
            assert_eq!(error.to_string(), format!("`{text}` is not a decimal"));
        }
        let endless = "1"
            .repeat(5_000)
            .parse::<Decimal>()
            .unwrap_err()
            .to_string();
        assert!(
            endless.ends_with("…` is not a decimal: longer than 4096 characters"),
            "{endless}"
        );
        assert!("1".repeat(4_096).parse::<Decimal>().is_ok());
    }

    #[test]
    fn compares_numbers() {
        let big = "9".repeat(50);
        for (less, more) in [
            ("1", "2"),
            ("-2", "-1"),
            ("-1", "0"),
            ("0.05", "0.5"),
            ("9.99", "10"),
            ("99", big.as_str()),
            ("1.10", "1.11"),
            ("1.1", "1.11"),
            ("-10", "9.5"),
        ] {
            assert!(
                decimal(less).compare(&decimal(more)).is_lt(),
                "{less} {more}"
            );
            assert!(
                decimal(more).compare(&decimal(less)).is_gt(),
                "{more} {less}"
            );
        }
        assert!(decimal("1.0").compare(&decimal("1.000")).is_eq());
        assert!(decimal("0.00").compare(&decimal("0")).is_eq());
    }

    #[test]
    fn counts_digits_that_matter() {
        for (text, total, fraction) in [
            ("230.00", 3, 0),
            ("0", 0, 0),
            ("0.05", 2, 2),
            ("1234.50", 5, 1),
            ("-9999.99", 6, 2),
        ] {
            assert_eq!(
                decimal(text).significant_digits(),
                (total, fraction),
                "{text}"
            );
        }
    }
}
