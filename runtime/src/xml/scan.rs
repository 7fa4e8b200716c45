//! How far text and attribute values go as plain characters, eight at a time.

use super::chars::is_space;

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// Sets the high bit of each byte that is 0; of the bits that are set, the lowest one is right.
#[inline(always)]
const fn zero(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH
}

/// [`zero`] of bytes that are this one.
#[inline(always)]
const fn same(word: u64, byte: u8) -> u64 {
    zero(word ^ (ONES * (byte as u64)))
}

/// [`zero`] of bytes below U+0020.
#[inline(always)]
const fn control(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word & HIGH
}

/// The index of the byte that the lowest bit is in.
#[inline(always)]
const fn index(bits: u64) -> usize {
    (bits.trailing_zeros() / 8) as usize
}

/// The first byte from a place on that is the quote, or not what it stands for in an attribute value,
/// or begins U+FFFE or U+FFFF.
#[inline]
pub(super) fn value_end(bytes: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*word);
        let special = if word & HIGH == 0 {
            let unlike = |byte: u8| (word ^ (ONES * u64::from(byte))) + ONES * 0x7F;
            let plain = unlike(quote) & unlike(b'<') & unlike(b'&') & (word + ONES * 0x60);
            !plain & HIGH
        } else {
            same(word, quote)
                | same(word, b'<')
                | same(word, b'&')
                | same(word, 0xEF)
                | control(word)
        };
        if special != 0 {
            return Some(at + index(special));
        }
        at += 8;
    }
    let is_end = |byte: &u8| *byte == quote || matches!(byte, b'<' | b'&' | 0xEF | 0..0x20);
    Some(at + bytes.get(at..)?.iter().position(is_end)?)
}

/// So many words are looked at one by one.
const SHORT: usize = 4;

/// So many bytes are looked at together, in longer texts.
const BLOCK: usize = 64;

/// The first byte from a place on that is not what it stands for in text, or may not be: markup, line
/// ends but U+000A, control characters, `]` as in `]]>`, and what begins U+FFFE and U+FFFF.
#[inline(always)]
pub(super) fn text_end(bytes: &[u8], at: usize) -> Option<usize> {
    text_end_by(bytes, at, plain_blocks)
}

/// [`text_end`] of a text in which `further` may pass over what it knows to be plain, or what is looked
/// at afterwards.
#[inline(always)]
pub(super) fn text_end_by(
    bytes: &[u8],
    mut at: usize,
    further: impl Fn(&[u8], usize) -> usize,
) -> Option<usize> {
    let mut short = at + 8 * SHORT;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*word);
        let special = if word & HIGH == 0 {
            // In ASCII each byte is told by itself: its high bit stays away where it is special.
            let unlike = |byte: u8| (word ^ (ONES * u64::from(byte))) + ONES * 0x7F;
            let plain = unlike(b'<') & unlike(b'&') & unlike(b']') & (word + ONES * 0x60);
            !plain & HIGH
        } else {
            same(word, b'<')
                | same(word, b'&')
                | same(word, b']')
                | same(word, 0xEF)
                | control(word)
        };
        if special == 0 {
            at += 8;
            if at > short {
                at = further(bytes, at);
                short = at + 8 * SHORT;
            }
            continue;
        }
        at += index(special);
        if !matches!(bytes.get(at), Some(b'\t' | b'\n')) {
            return Some(at);
        }
        at += 1;
    }
    let is_end = |byte: &u8| {
        matches!(byte, b'<' | b'&' | b']' | 0xEF | 0..0x20) && !matches!(byte, b'\t' | b'\n')
    };
    Some(at + bytes.get(at..)?.iter().position(is_end)?)
}

/// The next markup or reference from a place on, or the end.
#[inline(never)]
pub(super) fn markup(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + memchr::memchr2(b'<', b'&', rest).unwrap_or(rest.len())
}

/// 0 of a byte that [`text_end`] looks for, something else of any other.
#[inline(always)]
fn distance(byte: u8) -> u8 {
    let break_or_tab = 2_u8.saturating_sub(byte.wrapping_sub(b'\t'));
    let control = byte.saturating_sub(0x1F) | break_or_tab;
    let markup = (byte ^ b'<').min(byte ^ b'&').min(byte ^ b']');
    control.min(markup).min(byte ^ 0xEF)
}

/// The end of the blocks from a place on that hold nothing that [`text_end`] looks for.
#[inline(never)]
pub(super) fn plain_blocks(bytes: &[u8], at: usize) -> usize {
    let (blocks, _) = bytes.get(at..).unwrap_or_default().as_chunks::<BLOCK>();
    // In octets, so that the compiler takes sixteen at once; the least of four is looked at.
    let is_plain = |block: &&[u8; BLOCK]| {
        let mut least = [u8::MAX; 16];
        for bytes in block.as_chunks::<16>().0 {
            for (least, byte) in least.iter_mut().zip(bytes) {
                *least = (*least).min(distance(*byte));
            }
        }
        !least.iter().fold(false, |found, byte| found | (*byte == 0))
    };
    at + BLOCK * blocks.iter().take_while(is_plain).count()
}

/// The first byte from a place on that is not white space, or the end.
#[inline(always)]
pub(super) fn space_end(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
        at += 1;
    }
    at
}

/// A text after the white space that it begins with.
#[inline(always)]
pub(super) fn after_space(mut text: &[u8]) -> &[u8] {
    while let [byte, rest @ ..] = text
        && is_space(*byte)
    {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte at every place of a long run of another, found where it is.
    #[test]
    fn stops_at_what_is_special_and_nowhere_else() {
        let is_end = |byte: u8| matches!(byte, b'<' | b'&' | b']' | 0xEF | 0..0x20);
        for byte in 0..=u8::MAX {
            for length in [0, 1, 7, 8, 9, 31, 40, 41, 47, 48, 100, 200] {
                for fill in *b"a \x80" {
                    let mut text = vec![fill; length];
                    text.push(byte);
                    text.extend_from_slice(b"aaaaaaaaaaaaaaa");
                    let in_text = is_end(byte) && !matches!(byte, b'\t' | b'\n');
                    let found = text_end(&text, 0);
                    assert_eq!(found, in_text.then_some(length), "{byte} after {length}");
                    let in_value = is_end(byte) && byte != b']' || byte == b'\'';
                    let found = value_end(&text, 0, b'\'');
                    assert_eq!(found, in_value.then_some(length), "{byte} after {length}");
                }
            }
        }
    }

    #[test]
    fn two_of_them_side_by_side_are_told_apart() {
        for (text, end) in [
            ("<=", 0),
            ("&'", 0),
            ("a;<", 2),
            ("\n\n]", 2),
            ("abcdefgh'<", 9),
        ] {
            let text = format!("{text}aaaaaaaaaaaaaaaaaaaaaaa");
            assert_eq!(text_end(text.as_bytes(), 0), Some(end), "{text}");
        }
        assert_eq!(value_end(b"(aaaaaaaa'", 0, b'\''), Some(9));
        assert_eq!(space_end(b" \t\r\n x", 0), 5);
        assert_eq!(space_end(b"  ", 1), 2);
        assert_eq!(after_space(b" \t\r\n x "), b"x ");
        assert_eq!(after_space(b"  "), b"");
    }
}
