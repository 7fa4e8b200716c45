//! How far text and attribute values go as plain characters, sixteen at a time.

use super::chars::is_space;

/// So many bytes are looked at together.
const WIDTH: usize = 16;

/// The index of the first byte of a block for which `distance` is 0, or its length.
#[inline(always)]
fn nearest(block: &[u8; WIDTH], distance: impl Fn(u8) -> u8) -> usize {
    // In octets, so that the compiler takes all at once.
    let mut found = [0; WIDTH];
    for (found, byte) in found.iter_mut().zip(block) {
        *found = 1_u8.saturating_sub(distance(*byte));
    }
    (u128::from_le_bytes(found).trailing_zeros() / 8) as usize
}

/// The first byte of a block that ends text or may have to be replaced in it, or the length.
// By itself, for else the compiler may take one byte at a time.
#[inline(never)]
fn text_special(block: &[u8; WIDTH]) -> usize {
    nearest(block, |byte| {
        let markup = (byte ^ b'<').min(byte ^ b'&').min(byte ^ b']');
        byte.saturating_sub(0x1F).min(markup).min(byte ^ 0xEF)
    })
}

/// The first byte from a place on that is the quote, or not what it stands for in an attribute value,
/// or begins U+FFFE or U+FFFF.
#[inline]
pub(super) fn value_end(bytes: &[u8], at: usize, quote: u8) -> Option<usize> {
    match quote {
        b'"' => value_end_by::<b'"'>(bytes, at),
        b'\'' => value_end_by::<b'\''>(bytes, at),
        _ => None,
    }
}

/// [`value_end`] by this quote.
#[inline(never)]
fn value_end_by<const QUOTE: u8>(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<WIDTH>) {
        let special = nearest(block, |byte| {
            let markup = (byte ^ QUOTE).min(byte ^ b'<').min(byte ^ b'&');
            byte.saturating_sub(0x1F).min(markup).min(byte ^ 0xEF)
        });
        at += special;
        if special < WIDTH {
            return Some(at);
        }
    }
    let is_end = |byte: &u8| *byte == QUOTE || matches!(byte, b'<' | b'&' | 0xEF | 0..0x20);
    Some(at + bytes.get(at..)?.iter().position(is_end)?)
}

/// So many bytes are looked at a few at a time.
const SHORT: usize = 32;

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
    let mut short = at + SHORT;
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<WIDTH>) {
        let special = text_special(block);
        at += special;
        if special == WIDTH {
            if at > short {
                at = further(bytes, at);
                short = at + SHORT;
            }
            continue;
        }
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
