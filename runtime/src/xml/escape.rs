//! Text and attribute values as they stand in a document.

use super::chars::is_char;
use super::writer::Buffer;

/// What has to be looked at: in text markup, CR and what is forbidden; in attributes also quotes,
/// tabs and line ends.
const fn table(attribute: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    loop {
        let layout = byte == b'\t' || byte == b'\n';
        table[byte as usize] = match byte {
            b'<' | b'>' | b'&' | 0xEF => true,
            b'"' => attribute,
            _ => byte < 0x20 && (attribute || !layout),
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

static TEXT: [bool; 256] = table(false);
static ATTRIBUTE: [bool; 256] = table(true);

/// The bytes that are looked at together in short texts.
const LANE: usize = 16;

/// Whether a byte may have to be looked at.
#[inline(always)]
const fn is_suspect(byte: u8, is_attribute: bool) -> bool {
    let is_markup = (byte == b'<') | (byte == b'>') | (byte == b'&') | (byte == 0xEF);
    if is_attribute {
        (byte < b' ') | is_markup | (byte == b'"')
    } else {
        let is_layout = (byte == b'\t') | (byte == b'\n');
        ((byte < b' ') & !is_layout) | is_markup
    }
}

/// Whether one of these bytes may have to be looked at. The compiler makes of it a few instructions
/// for sixteen bytes each.
#[inline(always)]
fn is_any_suspect<const N: usize>(bytes: &[u8; N], is_attribute: bool) -> bool {
    let mut found = false;
    for &byte in bytes {
        found |= is_suspect(byte, is_attribute);
    }
    found
}

/// The bytes of a block of long texts.
const BLOCK: usize = 64;

/// Texts of this length are looked at and copied in one.
pub(super) const SHORT: usize = 64;

/// A text that can be written at the front of a place.
pub(super) trait Short {
    /// Writes it, and gives its length; `None` if it cannot be written so, whatever is in `place` then.
    fn put(self, place: &mut [u8; SHORT]) -> Option<usize>;
}

/// The text of an element.
#[derive(Clone, Copy)]
pub(super) struct OfElement<'t>(pub(super) &'t str);

/// The value of an attribute in double quotes.
#[derive(Clone, Copy)]
pub(super) struct OfAttribute<'t>(pub(super) &'t str);

impl Short for OfElement<'_> {
    #[inline(always)]
    fn put(self, place: &mut [u8; SHORT]) -> Option<usize> {
        copy_short::<false>(place, self.0)
    }
}

impl Short for OfAttribute<'_> {
    #[inline(always)]
    fn put(self, place: &mut [u8; SHORT]) -> Option<usize> {
        copy_short::<true>(place, self.0)
    }
}

/// Copies a text of not more than [`SHORT`] bytes to the front of `place` and gives its length; `None`
/// if it is longer or may need an escape, whatever is in `place` then. It says so of some that need
/// none.
#[inline(always)]
fn copy_short<const IS_ATTRIBUTE: bool>(place: &mut [u8; SHORT], text: &str) -> Option<usize> {
    let text = text.as_bytes();
    if text.len() > SHORT {
        return None;
    }
    let found = if text.len() > 32 {
        copy_ends::<32>(place, text).map(|[first, last]| {
            is_any_markup::<IS_ATTRIBUTE, 32>(first) | is_any_markup::<IS_ATTRIBUTE, 32>(last)
        })
    } else if text.len() > 16 {
        copy_ends::<16>(place, text).map(|[first, last]| {
            let mut both = [0; 32];
            both[..16].copy_from_slice(first);
            both[16..].copy_from_slice(last);
            is_any_markup::<IS_ATTRIBUTE, 32>(&both)
        })
    } else if text.len() >= 8 {
        copy_ends::<8>(place, text).map(|ends| {
            let [first, last] = ends.map(|part| u64::from_le_bytes(*part));
            has_markup::<IS_ATTRIBUTE>(first) | has_markup::<IS_ATTRIBUTE>(last) != 0
        })
    } else if text.len() >= 4 {
        copy_ends::<4>(place, text).map(|ends| {
            let [first, last] = ends.map(|part| u64::from(u32::from_le_bytes(*part)));
            has_markup::<IS_ATTRIBUTE>(first | last << 32) != 0
        })
    } else {
        let mut found = false;
        for (place, byte) in place.iter_mut().zip(text) {
            *place = *byte;
            found |= is_markup::<IS_ATTRIBUTE>(*byte);
        }
        Some(found)
    };
    (found == Some(false)).then_some(text.len())
}

/// Copies the first bytes and the last ones, of which some may be the same.
#[inline(always)]
fn copy_ends<'t, const N: usize>(
    place: &mut [u8; SHORT],
    text: &'t [u8],
) -> Option<[&'t [u8; N]; 2]> {
    let (first, last) = (text.first_chunk::<N>()?, text.last_chunk::<N>()?);
    let end = text.len() - N;
    *place.first_chunk_mut::<N>()? = *first;
    *place.get_mut(end..)?.first_chunk_mut::<N>()? = *last;
    Some([first, last])
}

/// [`is_suspect`] with fewer comparisons: tabs and line ends are taken for suspects, too.
#[inline(always)]
fn is_markup<const IS_ATTRIBUTE: bool>(byte: u8) -> bool {
    // `<` and `>` differ in one bit, as do `&` and `"`.
    let quote = if IS_ATTRIBUTE { b'&' ^ b'"' } else { 0 };
    (byte < b' ') | (byte | (b'<' ^ b'>') == b'>') | (byte | quote == b'&') | (byte == 0xEF)
}

#[inline(always)]
fn is_any_markup<const IS_ATTRIBUTE: bool, const N: usize>(bytes: &[u8; N]) -> bool {
    let mut found = false;
    for &byte in bytes {
        found |= is_markup::<IS_ATTRIBUTE>(byte);
    }
    found
}

/// [`is_markup`] of eight bytes at once: zero if it is so of none. The compiler makes long code of so
/// short an array.
#[inline(always)]
fn has_markup<const IS_ATTRIBUTE: bool>(bytes: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = 0x80 * ONES;
    // The high bit of the lowest byte that is zero is set, and none if no byte is zero.
    let zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
    let quote = if IS_ATTRIBUTE { 0x04 } else { 0 };
    let controls = bytes.wrapping_sub(0x20 * ONES) & !bytes;
    let angles = zero((bytes | (0x02 * ONES)) ^ (0x3E * ONES));
    let quotes = zero((bytes | (quote * ONES)) ^ (0x26 * ONES));
    (controls | angles | quotes | zero(bytes ^ (0xEF * ONES))) & HIGH
}

/// How many bytes at the front need no look.
#[inline(always)]
fn plain(bytes: &[u8], is_attribute: bool) -> usize {
    if bytes.len() > LANE {
        return match is_attribute {
            true => plain_long::<true>(bytes),
            false => plain_long::<false>(bytes),
        };
    }
    match is_short_suspect(bytes, is_attribute) {
        true => 0,
        false => bytes.len(),
    }
}

/// [`plain`] of more than one lane.
fn plain_long<const IS_ATTRIBUTE: bool>(bytes: &[u8]) -> usize {
    let mut at = 0;
    if bytes.len() >= BLOCK {
        let (blocks, _) = bytes.as_chunks::<BLOCK>();
        let mut blocks = blocks.iter();
        let found = blocks.position(|block| is_any_suspect(block, IS_ATTRIBUTE));
        at = BLOCK * found.unwrap_or(bytes.len() / BLOCK);
    }
    let (lanes, _) = bytes.get(at..).unwrap_or_default().as_chunks::<LANE>();
    for lane in lanes {
        if is_any_suspect(lane, IS_ATTRIBUTE) {
            return at;
        }
        at += LANE;
    }
    // The rest overlaps what has been seen.
    match bytes.last_chunk::<LANE>() {
        Some(lane) if is_any_suspect(lane, IS_ATTRIBUTE) => at,
        _ => bytes.len(),
    }
}

/// Whether a byte of not more than a lane may have to be looked at.
#[inline(always)]
fn is_short_suspect(bytes: &[u8], is_attribute: bool) -> bool {
    const HALF: usize = LANE / 2;
    if let (Some(first), Some(last)) = (bytes.first_chunk::<HALF>(), bytes.last_chunk::<HALF>()) {
        // Some bytes twice.
        return is_any_suspect(first, is_attribute) | is_any_suspect(last, is_attribute);
    }
    let special = if is_attribute { &ATTRIBUTE } else { &TEXT };
    bytes.iter().any(|byte| special[usize::from(*byte)])
}

/// Appends text, escaped. Gives the first character that XML does not know, which is left out.
#[inline(always)]
pub(super) fn text(out: &mut Buffer, text: &str) -> Result<(), char> {
    let plain = plain(text.as_bytes(), false);
    if plain == text.len() {
        out.push_str(text);
        return Ok(());
    }
    escape::<false>(out, text, plain)
}

/// Appends the value of an attribute in double quotes, escaped; see [`text`].
#[inline(always)]
pub(super) fn attribute(out: &mut Buffer, value: &str) -> Result<(), char> {
    let plain = plain(value.as_bytes(), true);
    if plain == value.len() {
        out.push_str(value);
        return Ok(());
    }
    escape::<true>(out, value, plain)
}

/// The place of the next byte that may have to be looked at; the length where there is none.
#[inline]
fn next_markup<const IS_ATTRIBUTE: bool>(bytes: &[u8], mut at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    if rest.len() > BLOCK {
        at += plain_long::<IS_ATTRIBUTE>(rest);
    }
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = has_markup::<IS_ATTRIBUTE>(u64::from_le_bytes(*eight));
        if found != 0 {
            // The lowest bit is of the first byte.
            return at + usize::try_from(found.trailing_zeros() / 8).unwrap_or_default();
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let found = rest
        .iter()
        .position(|byte| is_markup::<IS_ATTRIBUTE>(*byte));
    at + found.unwrap_or(rest.len())
}

/// `at` bytes at the front need no look.
#[inline(never)]
fn escape<const IS_ATTRIBUTE: bool>(
    out: &mut Buffer,
    text: &str,
    mut at: usize,
) -> Result<(), char> {
    let bytes = text.as_bytes();
    let special = if IS_ATTRIBUTE { &ATTRIBUTE } else { &TEXT };
    at = next_markup::<IS_ATTRIBUTE>(bytes, at);
    let mut result = Ok(());
    let mut done = 0;
    while let Some(byte) = bytes.get(at) {
        if !special[usize::from(*byte)] {
            at = next_markup::<IS_ATTRIBUTE>(bytes, at + 1);
            continue;
        }
        let escaped = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'\t' => "&#9;",
            b'\n' => "&#10;",
            b'\r' => "&#13;",
            _ => {
                // A character that may be forbidden; `at` is at its first byte.
                let character = text[at..].chars().next().unwrap_or_default();
                let end = at + character.len_utf8();
                if !is_char(character) {
                    out.push_str(&text[done..at]);
                    done = end;
                    result = result.and(Err(character));
                }
                at = next_markup::<IS_ATTRIBUTE>(bytes, end);
                continue;
            }
        };
        out.push_str(&text[done..at]);
        out.push_str(escaped);
        done = at + 1;
        at = next_markup::<IS_ATTRIBUTE>(bytes, done);
    }
    out.push_str(&text[done..]);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let mut out = Buffer::default();
        assert_eq!(text(&mut out, "a<b>&\"'\r\n\té\u{feff}]]>"), Ok(()));
        assert_eq!(out.take(), "a&lt;b&gt;&amp;\"'&#13;\n\té\u{feff}]]&gt;");
        assert_eq!(attribute(&mut out, "a<b>&\"'\r\n\té"), Ok(()));
        assert_eq!(out.take(), "a&lt;b&gt;&amp;&quot;'&#13;&#10;&#9;é");
    }

    #[test]
    fn every_byte_is_found_at_every_place() {
        for length in 0..20 {
            for place in 0..length {
                for character in (0..0x80)
                    .map(char::from)
                    .chain(['é', '\u{FFFF}', '\u{FEFF}'])
                {
                    let mut input = vec!['x'; length];
                    input[place] = character;
                    let expected = |special: &[bool; 256], escape: fn(char) -> String| {
                        let pass = |c: char| {
                            let mut bytes = [0; 4];
                            let first = c.encode_utf8(&mut bytes).as_bytes()[0];
                            if special[usize::from(first)] {
                                escape(c)
                            } else {
                                c.to_string()
                            }
                        };
                        input.iter().map(|c| pass(*c)).collect::<String>()
                    };
                    let reference = |c: char| match c {
                        '<' => "&lt;".to_owned(),
                        '>' => "&gt;".to_owned(),
                        '&' => "&amp;".to_owned(),
                        '"' => "&quot;".to_owned(),
                        '\t' | '\n' | '\r' => format!("&#{};", u32::from(c)),
                        c if is_char(c) => c.to_string(),
                        _ => String::new(),
                    };
                    let input: String = input.iter().collect();
                    let (mut in_text, mut in_attribute) = (Buffer::default(), Buffer::default());
                    let written = text(&mut in_text, &input);
                    assert_eq!(in_text.take(), expected(&TEXT, reference));
                    assert_eq!(written.is_ok(), is_char(character));
                    assert_eq!(attribute(&mut in_attribute, &input), written);
                    assert_eq!(in_attribute.take(), expected(&ATTRIBUTE, reference));
                }
            }
        }
    }

    #[test]
    fn names_forbidden_characters() {
        for character in ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            let mut out = Buffer::default();
            assert_eq!(
                text(&mut out, &format!("a{character}b\u{2}")),
                Err(character)
            );
            assert_eq!(out.take(), "ab");
        }
    }
}
