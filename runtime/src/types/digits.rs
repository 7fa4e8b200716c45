//! Decimal digits, appended without a formatter between.

use super::ascii::Ascii;

/// The digits that a text begins with, as a number that `before` are the first digits of, and what
/// follows them. Of more digits than fit, something.
#[inline]
pub(super) fn take(mut text: &[u8], before: u64) -> (u64, &[u8]) {
    let mut number = before;
    while let [byte, rest @ ..] = text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        text = rest;
    }
    (number, text)
}

/// Appends the digits of a number.
#[inline]
pub(super) fn push(out: &mut impl Ascii, number: u64) {
    const ONES: &str = "0123456789";
    if number < 10 {
        let at = usize::try_from(number).unwrap_or_default();
        out.push_ascii(ONES.get(at..=at).unwrap_or_default());
    } else if number < 100 {
        out.push_pair(number);
    } else {
        push_more(out, number);
    }
}

/// Appends the digits of a number of three or more.
fn push_more(out: &mut impl Ascii, number: u64) {
    const FOUR: u64 = 10_000;
    const EIGHT: u64 = FOUR * FOUR;
    if number < FOUR {
        push(out, number / 100);
        out.push_pair(number);
    } else if number < EIGHT {
        push(out, number / FOUR);
        push_four(out, number % FOUR);
    } else {
        push(out, number / EIGHT);
        push_four(out, number / FOUR % FOUR);
        push_four(out, number % FOUR);
    }
}

/// Appends exactly four digits of a number below 10,000.
#[inline]
fn push_four(out: &mut impl Ascii, number: u64) {
    out.push_pair(number / 100);
    out.push_pair(number);
}

/// Appends the digits of a number, with zeros in front if they are fewer than `width`. Zero has none
/// of its own.
pub(super) fn push_padded(out: &mut impl Ascii, number: u64, width: usize) {
    match width {
        1 => return push(out, number),
        2 if number < 100 => return out.push_pair(number),
        3 if number < 1_000 => {
            push(out, number / 100);
            return out.push_pair(number);
        }
        4 if number < 10_000 => return push_four(out, number),
        _ => {}
    }
    const ZEROS: &str = "00000000000000000000";
    let (mut digits, mut power) = (0, 1_u64);
    while number >= power {
        digits += 1;
        match power.checked_mul(10) {
            Some(next) => power = next,
            None => break,
        }
    }
    let mut missing = width.saturating_sub(digits);
    while missing > 0 {
        let zeros = missing.min(ZEROS.len());
        out.push_ascii(&ZEROS[..zeros]);
        missing -= zeros;
    }
    if number > 0 {
        push(out, number);
    }
}

/// Appends exactly two digits of a number below 100.
#[inline]
pub(super) fn push_two(out: &mut impl Ascii, number: u8) {
    out.push_pair(u64::from(number));
}

/// Appends the digits of a signed number.
#[inline]
pub(super) fn push_signed(out: &mut impl Ascii, number: i64) {
    if number < 0 {
        out.push_ascii("-");
    }
    push(out, number.unsigned_abs());
}

/// Appends the digits of a signed number, `scale` of them after a point.
pub(super) fn push_scaled(out: &mut impl Ascii, number: i128, scale: usize) {
    if number < 0 {
        out.push_ascii("-");
    }
    let size = number.unsigned_abs();
    match (u64::try_from(size), POWERS.get(scale)) {
        (Ok(size), Some(1)) => push(out, size),
        (Ok(size), Some(power)) => {
            push(out, size / power);
            out.push_ascii(".");
            push_padded(out, size % power, scale);
        }
        _ => push_wide(out, size, scale),
    }
}

/// The powers of ten that are a `u64`.
const POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut exponent = 1;
    while exponent < powers.len() {
        powers[exponent] = powers[exponent - 1] * 10;
        exponent += 1;
    }
    powers
};

fn push_wide(out: &mut impl Ascii, size: u128, scale: usize) {
    let power = u32::try_from(scale).ok();
    let power = power.and_then(|scale| 10_u128.checked_pow(scale));
    // Beyond the widest power there are no digits before the point.
    let (whole, fraction) = match power {
        Some(power) => (size / power, size % power),
        None => (0, size),
    };
    push_padded_wide(out, whole, 1);
    if scale > 0 {
        out.push_ascii(".");
        push_padded_wide(out, fraction, scale);
    }
}

fn push_padded_wide(out: &mut impl Ascii, number: u128, width: usize) {
    /// The digits of a word.
    const DIGITS: usize = 19;
    const WORD: u128 = 10_u128.pow(19);
    match u64::try_from(number) {
        Ok(number) => push_padded(out, number, width),
        Err(_) => {
            push_padded_wide(out, number / WORD, width.saturating_sub(DIGITS));
            let rest = u64::try_from(number % WORD).unwrap_or_default();
            push_padded(out, rest, DIGITS);
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
