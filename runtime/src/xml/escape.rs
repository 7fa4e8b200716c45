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

/// Room for nearly all of these, escaped.
pub(super) const ESCAPED: usize = 2 * SHORT + STEP;

/// A text that can be written at the front of a place.
pub(super) trait Short {
    /// Writes it, and gives its length; `None` if it cannot be written so, whatever is in `place` then.
    fn put(self, place: &mut [u8; ESCAPED]) -> Option<usize>;
}

/// The text of an element.
#[derive(Clone, Copy)]
pub(super) struct OfElement<'t>(pub(super) &'t str);

/// The value of an attribute in double quotes.
#[derive(Clone, Copy)]
pub(super) struct OfAttribute<'t>(pub(super) &'t str);

impl Short for OfElement<'_> {
    #[inline(always)]
    fn put(self, place: &mut [u8; ESCAPED]) -> Option<usize> {
        put_short::<false>(place, self.0)
    }
}

impl Short for OfAttribute<'_> {
    #[inline(always)]
    fn put(self, place: &mut [u8; ESCAPED]) -> Option<usize> {
        put_short::<true>(place, self.0)
    }
}

/// Writes a text of not more than [`SHORT`] bytes to the front of `place` and gives its length there.
#[inline(always)]
fn put_short<const IS_ATTRIBUTE: bool>(place: &mut [u8; ESCAPED], text: &str) -> Option<usize> {
    if text.len() > SHORT {
        return None;
    }
    let start = place.first_chunk_mut()?;
    match is_copied::<IS_ATTRIBUTE>(start, text.as_bytes()) {
        true => Some(text.len()),
        false => put_escaped::<IS_ATTRIBUTE>(place, text),
    }
}

#[cold]
#[inline(never)]
fn put_escaped<const IS_ATTRIBUTE: bool>(place: &mut [u8; ESCAPED], text: &str) -> Option<usize> {
    let piece = piece::<IS_ATTRIBUTE>(place, text, 0)?;
    // Of one that XML does not know the error is told elsewhere.
    let is_whole = piece.read == text.len() && piece.forbidden.is_none();
    is_whole.then_some(piece.written)
}

/// Copies a text of not more than [`SHORT`] bytes; `false` if it may need an escape. It says so of some
/// that need none.
#[inline(always)]
fn is_copied<const IS_ATTRIBUTE: bool>(place: &mut [u8; SHORT], text: &[u8]) -> bool {
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
    found == Some(false)
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

/// Appends text, escaped. Gives the first character that XML does not know, which is left out.
#[inline]
pub(super) fn text(out: &mut Buffer, text: &str) -> Result<(), char> {
    append::<false>(out, text)
}

/// Appends the value of an attribute in double quotes, escaped; see [`text`].
#[inline]
pub(super) fn attribute(out: &mut Buffer, value: &str) -> Result<(), char> {
    append::<true>(out, value)
}

#[inline(always)]
fn append<const IS_ATTRIBUTE: bool>(out: &mut Buffer, text: &str) -> Result<(), char> {
    if text.len() <= BLOCK {
        return escape::<IS_ATTRIBUTE>(out, text, 0);
    }
    let plain = plain_long::<IS_ATTRIBUTE>(text.as_bytes());
    if plain == text.len() {
        out.push_str(text);
        return Ok(());
    }
    escape::<IS_ATTRIBUTE>(out, text, plain)
}

/// So much of a long text is looked at in steps, before a whole block is again.
const PIECE: usize = BLOCK + STEP;

/// What a character becomes at most.
const LONGEST: usize = "&quot;".len();

/// A step writes eight bytes and then what stands for one character, with what is behind it.
const STEP: usize = 16;

/// What stands for a character that may not stand as it is, with room behind it, and how long it is.
#[inline(always)]
fn reference(byte: u8) -> Option<([u8; 8], usize)> {
    Some(match byte {
        b'<' => (*b"&lt;    ", 4),
        b'>' => (*b"&gt;    ", 4),
        b'&' => (*b"&amp;   ", 5),
        b'"' => (*b"&quot;  ", 6),
        b'\t' => (*b"&#9;    ", 4),
        b'\n' => (*b"&#10;   ", 5),
        b'\r' => (*b"&#13;   ", 5),
        _ => return None,
    })
}

/// The bytes from `at` on, the first one lowest; zeros where there are no more.
#[inline(always)]
fn next_eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    if let Some(last) = bytes.last_chunk() {
        return u64::from_le_bytes(*last) >> (64 - 8 * rest.len());
    }
    let bytes = rest.iter().rev();
    bytes.fold(0, |eight, byte| eight << 8 | u64::from(*byte))
}

/// How much of a text was written, and what was left out.
struct Piece {
    /// Where the rest of the text begins.
    read: usize,
    written: usize,
    forbidden: Option<char>,
}

/// Writes as much of the text from `at` on as is sure to have room: it is looked at while it is copied.
#[inline(always)]
fn piece<const IS_ATTRIBUTE: bool>(place: &mut [u8], text: &str, at: usize) -> Option<Piece> {
    let special = if IS_ATTRIBUTE { &ATTRIBUTE } else { &TEXT };
    let bytes = text.as_bytes();
    let last = place.len().checked_sub(STEP)?;
    let (mut at, mut to, mut forbidden) = (at, 0, None);
    while at < bytes.len() && to <= last {
        let eight = next_eight(bytes, at);
        *place.get_mut(to..)?.first_chunk_mut()? = eight.to_le_bytes();
        let found = has_markup::<IS_ATTRIBUTE>(eight);
        // The lowest bit is of the first byte. Where there is none, it is all eight.
        let plain = usize::try_from(found.trailing_zeros() / 8).unwrap_or_default();
        at += plain;
        to += plain;
        let Some(byte) = bytes.get(at).copied().filter(|_| found != 0) else {
            continue;
        };
        if !special[usize::from(byte)] {
            *place.get_mut(to)? = byte;
            to += 1;
        } else if let Some((reference, len)) = reference(byte) {
            *place.get_mut(to..)?.first_chunk_mut()? = reference;
            to += len;
        } else {
            let character = text.get(at..)?.chars().next()?;
            if is_char(character) {
                to += character.encode_utf8(place.get_mut(to..)?).len();
            } else {
                forbidden = forbidden.or(Some(character));
            }
            at += character.len_utf8() - 1;
        }
        at += 1;
    }
    Some(Piece {
        read: at,
        written: to,
        forbidden,
    })
}

/// Appends a text, escaped; `at` bytes at its front need no look.
#[inline(never)]
fn escape<const IS_ATTRIBUTE: bool>(
    out: &mut Buffer,
    text: &str,
    mut at: usize,
) -> Result<(), char> {
    let bytes = text.as_bytes();
    if at > 0 {
        out.push_octets(bytes.get(..at).unwrap_or_default());
    }
    let mut forbidden = None;
    while at < bytes.len() {
        let rest = bytes.len() - at;
        let is_written = out.push_written(PIECE.min(LONGEST * rest + STEP), |place| {
            let piece = piece::<IS_ATTRIBUTE>(place, text, at)?;
            at = piece.read;
            forbidden = forbidden.or(piece.forbidden);
            Some(piece.written)
        });
        // There is room for a step.
        debug_assert!(is_written);
        if !is_written {
            break;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.len() > BLOCK {
            let plain = plain_long::<IS_ATTRIBUTE>(rest);
            out.push_octets(rest.get(..plain).unwrap_or_default());
            at += plain;
        }
    }
    match forbidden {
        Some(character) => Err(character),
        None => Ok(()),
    }
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
    fn long_texts_are_whole_wherever_they_are_cut() {
        let pieces = [
            "&",
            "plain text ",
            "<b>",
            "\u{feff}",
            "\r",
            "é",
            "\t\n",
            "\"",
            "\u{1}",
        ];
        for first in 0..pieces.len() {
            for length in [1, 2, 7, 30, 90] {
                // Each piece at every distance from the others.
                let parts = (0..length).map(|at| {
                    let piece = pieces[(first + at) % pieces.len()];
                    (piece, "x".repeat(at % 70))
                });
                let (mut input, mut of_text, mut of_attribute) =
                    (String::new(), String::new(), String::new());
                for (piece, between) in parts {
                    input += &format!("{piece}{between}");
                    let piece = piece.replace('\u{1}', "").replace('&', "&amp;");
                    let piece = piece.replace('<', "&lt;").replace('>', "&gt;");
                    let piece = piece.replace('\r', "&#13;");
                    of_text += &format!("{piece}{between}");
                    let piece = piece.replace('\t', "&#9;").replace('\n', "&#10;");
                    of_attribute += &format!("{}{between}", piece.replace('"', "&quot;"));
                }
                let expected = match input.contains('\u{1}') {
                    true => Err('\u{1}'),
                    false => Ok(()),
                };
                let mut out = Buffer::default();
                assert_eq!(text(&mut out, &input), expected);
                assert_eq!(out.take(), of_text);
                assert_eq!(attribute(&mut out, &input), expected);
                assert_eq!(out.take(), of_attribute);
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
