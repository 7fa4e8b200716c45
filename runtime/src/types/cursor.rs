//! The parts of which the lexical forms of dates and times are made.

use super::ascii::Ascii;
use super::digits;

/// Minutes east of Greenwich; `None` where no zone is given, which is not the same as 0.
pub(super) type Offset = Option<i16>;

const FARTHEST: i16 = 14 * 60;

/// A cursor in a lexical form.
pub(super) struct Cursor<'t> {
    rest: &'t [u8],
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            rest: text.as_bytes(),
        }
    }

    pub(super) fn take(&mut self, byte: u8) -> Option<()> {
        let (first, rest) = self.rest.split_first()?;
        (*first == byte).then(|| self.rest = rest)
    }

    /// The pairs of digits of eight characters, each at the place of its first digit, where the
    /// characters are as in `pattern`: a digit for each `0`, and what else it has as it is.
    #[inline]
    pub(super) fn pairs(&mut self, pattern: &'static [u8; 8]) -> Option<[u8; 8]> {
        const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
        let (word, rest) = self.rest.split_first_chunk::<8>()?;
        let pattern = u64::from_le_bytes(*pattern);
        // 0 for what has to be as it is, 0 to 9 for a digit.
        let digits = u64::from_le_bytes(*word) ^ pattern;
        // `-`, `:` and `T` have their fifth bit or their seventh unlike `0`: with it, 1 is too much.
        let zeros = pattern ^ u64::from_ne_bytes([b'0'; 8]);
        let exact = zeros.wrapping_add(u64::from_ne_bytes([0x7F; 8])) & HIGH;
        let most = u64::from_ne_bytes([0x76; 8]) + (exact >> 7) * 9;
        if (digits | digits.wrapping_add(most)) & HIGH != 0 {
            return None;
        }
        self.rest = rest;
        Some((digits * 10).wrapping_add(digits >> 8).to_le_bytes())
    }

    /// Passes `text`, if it comes next.
    pub(super) fn skip(&mut self, text: &[u8]) {
        self.rest = self.rest.strip_prefix(text).unwrap_or(self.rest);
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// All digits from here, at least `least`.
    pub(super) fn digits(&mut self, least: usize) -> Option<&'t str> {
        let count = self
            .rest
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        (count >= least)
            .then(|| std::str::from_utf8(digits).ok())
            .flatten()
    }

    /// Exactly two digits, at most `most`.
    pub(super) fn two(&mut self, most: u8) -> Option<u8> {
        let (digits, rest) = self.rest.split_at_checked(2)?;
        self.rest = rest;
        let value = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
        let number = value(digits[0])? * 10 + value(digits[1])?;
        (number <= most).then_some(number)
    }

    /// Four digits or more, without needless zeros, maybe negative.
    pub(super) fn year(&mut self) -> Option<i64> {
        let negative = self.take(b'-').is_some();
        let digits = self.digits(4)?;
        if digits.len() > 4 && digits.starts_with('0') {
            return None;
        }
        let year: i64 = digits.parse().ok()?;
        Some(if negative { -year } else { year })
    }

    pub(super) fn month(&mut self) -> Option<u8> {
        self.two(12).filter(|month| *month > 0)
    }

    pub(super) fn day(&mut self, most: u8) -> Option<u8> {
        self.two(most).filter(|day| *day > 0)
    }

    /// The zone, if there is one, and the end.
    pub(super) fn offset(&mut self) -> Option<Offset> {
        if self.is_done() {
            return Some(None);
        }
        let offset = if self.take(b'Z').is_some() {
            0
        } else {
            let west = self.take(b'-').is_some();
            if !west {
                self.take(b'+')?;
            }
            let hours = i16::from(self.two(14)?);
            self.take(b':')?;
            let minutes = hours * 60 + i16::from(self.two(59)?);
            if west { -minutes } else { minutes }
        };
        (self.is_done() && is_offset(Some(offset))).then_some(Some(offset))
    }
}

pub(super) fn is_offset(offset: Offset) -> bool {
    offset.is_none_or(|minutes| (-FARTHEST..=FARTHEST).contains(&minutes))
}

#[inline]
pub(super) fn push_year(out: &mut impl Ascii, year: i64) {
    if year < 0 {
        out.push_ascii("-");
    }
    digits::push_padded(out, year.unsigned_abs(), 4);
}

/// Appends two digits after a separator.
#[inline]
pub(super) fn push_after(out: &mut impl Ascii, separator: &str, number: u8) {
    out.push_ascii(separator);
    digits::push_two(out, number);
}

#[inline]
pub(super) fn push_offset(out: &mut impl Ascii, offset: Offset) {
    match offset {
        None => {}
        Some(0) => out.push_octets(*b"Z"),
        Some(minutes) => {
            let size = minutes.unsigned_abs();
            // A zone is at most 14 hours away.
            let part = |part: u16| u8::try_from(part).unwrap_or_default();
            push_after(out, if minutes < 0 { "-" } else { "+" }, part(size / 60));
            push_after(out, ":", part(size % 60));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_of_digits_where_the_pattern_has_them() {
        let pairs = |text: &str, pattern| {
            let mut cursor = Cursor::new(text);
            let pairs: Option<[u8; 8]> = cursor.pairs(pattern);
            pairs.map(|pairs| (pairs, cursor.rest.len()))
        };
        let (date, rest) = pairs("2031-02-28", b"0000-00-").unwrap();
        assert_eq!((date[0], date[2], date[5], rest), (20, 31, 2, 2));
        let (time, rest) = pairs("28T23:59Z", b"00T00:00").unwrap();
        assert_eq!((time[0], time[3], time[6], rest), (28, 23, 59, 1));
        assert_eq!(pairs("2031-02", b"0000-00-"), None);
        // Every other byte at every place.
        for at in 0..8 {
            for byte in (0..=0x7F).filter(|byte| *byte != b"28T23:59"[at]) {
                let mut text = b"28T23:59".to_vec();
                text[at] = byte;
                let is_digit = byte.is_ascii_digit() && b"00T00:00"[at] == b'0';
                let text = String::from_utf8(text).unwrap();
                assert_eq!(pairs(&text, b"00T00:00").is_some(), is_digit, "{text:?}");
            }
        }
        assert_eq!(pairs("2\u{b2}1-02-2", b"0000-00-"), None);
    }
}
