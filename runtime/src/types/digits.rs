//! Decimal digits, appended without a formatter between.

/// The numbers from 0 to 99 in two digits each.
const PAIRS: &str = "\
    0001020304050607080910111213141516171819\
    2021222324252627282930313233343536373839\
    4041424344454647484950515253545556575859\
    6061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899";

/// More digits than a `u128` has.
const MOST: usize = 40;

/// The two digits of a number below 100; of a larger one, its last two.
fn pair(number: u64) -> &'static str {
    let at = usize::try_from(number % 100).unwrap_or_default() * 2;
    PAIRS.get(at..at + 2).unwrap_or_default()
}

/// Digits of a number, filled from the end.
struct Digits {
    bytes: [u8; MOST],
    start: usize,
}

impl Digits {
    fn of(number: u64) -> Self {
        let mut digits = Self {
            bytes: [b'0'; MOST],
            start: MOST,
        };
        digits.fill(number);
        digits
    }

    fn fill(&mut self, mut number: u64) {
        while number >= 10 {
            self.prepend(pair(number));
            number /= 100;
        }
        if number > 0 {
            self.prepend(&pair(number)[1..]);
        }
    }

    fn prepend(&mut self, text: &str) {
        let start = self.start.saturating_sub(text.len());
        if let Some(place) = self.bytes.get_mut(start..self.start) {
            place.copy_from_slice(text.as_bytes());
        }
        self.start = start;
    }

    /// With zeros in front, so that there are at least `width` digits, 40 at most.
    fn pad(&mut self, width: usize) {
        self.start = self.start.min(MOST.saturating_sub(width));
    }

    fn text(&self) -> &str {
        let digits = self.bytes.get(self.start..).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

/// Appends the digits of a number.
pub(super) fn push(out: &mut String, number: u64) {
    push_padded(out, number, 1);
}

/// Appends the digits of a number, with zeros in front if they are fewer than `width`.
pub(super) fn push_padded(out: &mut String, number: u64, width: usize) {
    let mut digits = Digits::of(number);
    digits.pad(width);
    out.push_str(digits.text());
}

/// Appends exactly two digits of a number below 100.
pub(super) fn push_two(out: &mut String, number: u8) {
    out.push_str(pair(u64::from(number)));
}

/// Appends the digits of a signed number, `scale` of them after a point.
pub(super) fn push_scaled(out: &mut String, number: i128, scale: usize) {
    if number < 0 {
        out.push('-');
    }
    let size = number.unsigned_abs();
    let digits = match u64::try_from(size) {
        Ok(size) => Digits::of(size),
        Err(_) => {
            // 2^127 has 39 digits: two words of them and one.
            const WORD: u128 = 10_u128.pow(19);
            let word = |number: u128| u64::try_from(number).unwrap_or_default();
            let mut digits = Digits::of(word(size % WORD));
            digits.pad(19);
            digits.fill(word(size / WORD % WORD));
            let rest = word(size / WORD / WORD);
            if rest > 0 {
                digits.pad(38);
                digits.fill(rest);
            }
            digits
        }
    };
    push_with_point(out, digits, scale);
}

fn push_with_point(out: &mut String, mut digits: Digits, scale: usize) {
    let inside = scale.min(MOST - 1);
    digits.pad(inside + 1);
    let digits = digits.text();
    let (whole, fraction) = digits.split_at(digits.len() - inside);
    // Digits do not stand before more places than there are: what is left of the point is zero.
    if inside < scale {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', scale - digits.len()));
        out.push_str(digits);
    } else {
        out.push_str(whole);
        if scale > 0 {
            out.push('.');
            out.push_str(fraction);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(number: i128, scale: usize) -> String {
        let mut out = String::new();
        push_scaled(&mut out, number, scale);
        out
    }

    #[test]
    fn digits_are_as_a_formatter_has_them() {
        let powers = (0..39).map(|exponent| 10_i128.pow(exponent));
        let near = powers.flat_map(|power| [power - 1, power, power + 1, power / 7]);
        for number in near.chain([i128::MAX, 0, 42, 99, 100, 101]) {
            assert_eq!(scaled(number, 0), number.to_string());
            assert_eq!(scaled(-number, 0), (-number).to_string());
        }
        assert_eq!(scaled(i128::MIN, 0), i128::MIN.to_string());
    }

    #[test]
    fn the_point_is_where_the_scale_says() {
        assert_eq!(scaled(23_000, 2), "230.00");
        assert_eq!(scaled(5, 2), "0.05");
        assert_eq!(scaled(-5, 1), "-0.5");
        assert_eq!(scaled(0, 3), "0.000");
        for scale in 0..60 {
            for number in [0, 1, 7, 123, i128::from(u64::MAX), i128::MAX] {
                let digits = format!("{number:0>width$}", width = scale + 1);
                let (whole, fraction) = digits.split_at(digits.len() - scale);
                let point = if scale > 0 { "." } else { "" };
                assert_eq!(scaled(number, scale), format!("{whole}{point}{fraction}"));
            }
        }
    }

    #[test]
    fn padding_adds_zeros_and_takes_nothing_away() {
        let mut out = String::new();
        push_padded(&mut out, 7, 4);
        push_padded(&mut out, 12_345, 4);
        push_padded(&mut out, 0, 0);
        push(&mut out, 0);
        push(&mut out, u64::MAX);
        push_two(&mut out, 5);
        assert_eq!(out, "000712345018446744073709551615".to_owned() + "05");
    }
}
