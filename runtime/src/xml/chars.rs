//! The character classes of XML 1.0 (fifth edition) and its white space.

use std::borrow::Cow;

/// `S`: the four characters that are white space.
pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether the name of a start tag ends before this byte.
#[inline(always)]
pub(super) const fn ends_name(byte: u8) -> bool {
    matches!(byte, b'>' | b'/') || is_space(byte)
}

/// Whether two names are the same bytes. Names are short, so a call costs more than this; and on some
/// machines `memcmp` takes very long over the nothing that an empty literal points to.
#[inline(always)]
pub(crate) fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let first = differ(left.first_chunk::<8>(), right.first_chunk::<8>());
    let last = differ(left.last_chunk::<8>(), right.last_chunk::<8>());
    if let (Some(first), Some(last)) = (first, last) {
        return first | last == 0 && (left.len() <= 16 || is_same_inside(left, right));
    }
    let half = |half: Option<&[u8; 4]>| half.map(|half| u32::from_ne_bytes(*half));
    if let (Some(left_first), Some(right_first), Some(left_last), Some(right_last)) = (
        half(left.first_chunk()),
        half(right.first_chunk()),
        half(left.last_chunk()),
        half(right.last_chunk()),
    ) {
        return left_first == right_first && left_last == right_last;
    }
    left.iter().zip(right).all(|(left, right)| left == right)
}

/// [`is_same`] of runs that are often longer than a name, of the same length.
#[inline(always)]
pub(super) fn is_same_run(left: &[u8], right: &[u8]) -> bool {
    let last = (left.last_chunk::<16>(), right.last_chunk::<16>());
    let (Some(left_last), Some(right_last)) = last else {
        return is_same(left, right);
    };
    let (left, right) = (left.as_chunks::<16>().0, right.as_chunks::<16>().0);
    left_last == right_last && left.iter().zip(right).all(|(left, right)| left == right)
}

/// The first eight bytes of a name as a word, zeros after a shorter one: see [`begins`].
pub(crate) const fn head(name: &str) -> u64 {
    let name = name.as_bytes();
    if let Some(head) = name.first_chunk::<8>() {
        return u64::from_le_bytes(*head);
    }
    let mut head = [0; 8];
    let mut at = 0;
    while at < name.len() {
        head[at] = name[at];
        at += 1;
    }
    u64::from_le_bytes(head)
}

/// Whether a text begins with a name, whose [`head`] is known.
#[inline(always)]
pub(super) fn begins(text: &[u8], name: &str, head: u64) -> bool {
    let length = name.len();
    let Some(word) = text.first_chunk::<8>() else {
        return text.starts_with(name.as_bytes());
    };
    let unlike = u64::from_le_bytes(*word) ^ head;
    match length {
        0 => true,
        // The bytes after the name are shifted out.
        1..=8 => unlike << (64 - 8 * length) == 0,
        _ => {
            unlike == 0
                && text.get(..length).is_some_and(|text| {
                    let name = name.as_bytes();
                    differ(text.last_chunk(), name.last_chunk()) == Some(0)
                        && (length <= 16 || is_same_inside(text, name))
                })
        }
    }
}

/// Whether so many bytes at the beginning are the same.
#[inline(always)]
pub(super) fn begins_alike(left: &[u8], right: &[u8], length: usize) -> bool {
    match (left.get(..length), right.get(..length)) {
        (Some(left), Some(right)) => is_same(left, right),
        _ => false,
    }
}

/// The bits in which two words differ.
#[inline(always)]
fn differ(left: Option<&[u8; 8]>, right: Option<&[u8; 8]>) -> Option<u64> {
    Some(u64::from_le_bytes(*left?) ^ u64::from_le_bytes(*right?))
}

/// [`is_same`] of names longer than two words, whose first and last words are the same.
#[inline(always)]
fn is_same_inside(left: &[u8], right: &[u8]) -> bool {
    let second = |name: &[u8]| -> Option<[u8; 8]> { name.get(8..)?.first_chunk().copied() };
    second(left) == second(right) && (left.len() <= 24 || is_same_further(left, right))
}

/// [`is_same_inside`] of names longer than three words.
#[inline]
fn is_same_further(left: &[u8], right: &[u8]) -> bool {
    let inside = |name: &[u8]| -> Option<(u64, u64)> {
        let (_, rest) = name.split_first_chunk::<8>()?;
        let (rest, _) = rest.split_last_chunk::<8>()?;
        let first = rest.first_chunk::<8>()?;
        Some((
            u64::from_ne_bytes(*first),
            u64::from_ne_bytes(*rest.last_chunk()?),
        ))
    };
    if left.len() <= 32
        && let (Some(left), Some(right)) = (inside(left), inside(right))
    {
        return left == right;
    }
    let (left, _) = left.as_chunks::<8>();
    let (right, _) = right.as_chunks::<8>();
    let mut words = left.iter().zip(right);
    words.all(|(left, right)| u64::from_ne_bytes(*left) == u64::from_ne_bytes(*right))
}

/// [`is_same`] of names as text.
#[inline]
pub(crate) fn is_same_name(left: &str, right: &str) -> bool {
    is_same(left.as_bytes(), right.as_bytes())
}

/// Whether a text is white space alone.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(is_space)
}

/// `Char`: whether a character may stand in a document.
pub(crate) const fn is_char(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}'
        | '\u{10000}'..='\u{10FFFF}')
}

/// `NameStartChar` without the colon.
pub(crate) const fn is_name_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | 'a'..='z' | '_'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// `NameChar` without the colon.
pub(crate) const fn is_name_char(character: char) -> bool {
    is_name_start(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// `NCName`: a name without a colon.
pub(crate) fn is_ncname(text: &str) -> bool {
    let is_ascii = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if text.is_ascii() {
        let first = text.bytes().next();
        return first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            && text.bytes().all(is_ascii);
    }
    let mut characters = text.chars();
    characters.next().is_some_and(is_name_start) && characters.all(is_name_char)
}

/// `xs:whiteSpace` replace: each tab and line end becomes a blank.
pub(crate) fn replace(text: Cow<'_, str>) -> Cow<'_, str> {
    if text
        .bytes()
        .any(|byte| matches!(byte, b'\t' | b'\n' | b'\r'))
    {
        Cow::Owned(text.replace(['\t', '\n', '\r'], " "))
    } else {
        text
    }
}

/// `xs:whiteSpace` collapse: runs become one blank, those at the ends go.
pub(crate) fn collapse(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    if !bytes.iter().any(|byte| is_space(*byte)) {
        return text;
    }
    let outside = bytes.first().is_some_and(|byte| is_space(*byte))
        || bytes.last().is_some_and(|byte| is_space(*byte));
    let inside = || {
        let runs = bytes
            .windows(2)
            .any(|pair| is_space(pair[0]) && is_space(pair[1]));
        runs || bytes.iter().any(|byte| is_space(*byte) && *byte != b' ')
    };
    if !outside && !inside() {
        return text;
    }
    let words = text
        .split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty());
    let mut collapsed = String::with_capacity(text.len());
    for word in words {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    Cow::Owned(collapsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collapses_and_replaces() {
        for (text, collapsed, replaced) in [
            ("", "", ""),
            (" ", "", " "),
            ("a", "a", "a"),
            (" a", "a", " a"),
            ("a\n", "a", "a "),
            ("a b", "a b", "a b"),
            ("a  b", "a b", "a  b"),
            ("\ta\r\n b ", "a b", " a   b "),
            ("a\u{a0}b", "a\u{a0}b", "a\u{a0}b"),
        ] {
            assert_eq!(collapse(Cow::Borrowed(text)), collapsed, "{text:?}");
            assert_eq!(replace(Cow::Borrowed(text)), replaced, "{text:?}");
        }
    }

    #[test]
    fn names_are_told_apart_at_every_byte() {
        let name = b"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
        for length in 0..name.len() {
            let left = &name[..length];
            let copy = left.to_vec();
            assert!(is_same(left, &copy), "{length}");
            assert!(!is_same(left, &name[..=length]), "{length}");
            assert!(is_same_run(left, &copy), "{length}");
            for at in 0..length {
                let mut right = left.to_vec();
                right[at] ^= 0x20;
                assert!(!is_same(left, &right), "{at} of {length}");
                assert!(!is_same_run(left, &right), "{at} of {length}");
            }
        }
    }

    #[test]
    fn a_text_begins_with_a_name_or_differs_at_some_byte() {
        let name = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop";
        for length in 0..name.len() {
            let name = &name[..length];
            for after in ["", ">", ">xxxxxxxxxxxx"] {
                let text = format!("{name}{after}");
                assert!(begins(text.as_bytes(), name, head(name)), "{text}");
                for at in 0..length {
                    let mut text = text.clone().into_bytes();
                    text[at] ^= 0x20;
                    assert!(!begins(&text, name, head(name)), "{at} of {text:?}");
                }
                assert!(length == 0 || !begins(&text.as_bytes()[1..], name, head(name)));
                let cut = &text.as_bytes()[..length.saturating_sub(1)];
                assert!(length == 0 || !begins(cut, name, head(name)));
            }
        }
    }

    #[test]
    fn beginnings_are_told_apart_at_every_byte() {
        let name = b"abcdefghijklmnopqrstuvwxyzabcdefghijklmnop>";
        for length in 1..name.len() {
            for after in [&b""[..], b"x", b"xxxxxxxxxxxx"] {
                let left = &name[name.len() - length..];
                let right = [left, after].concat();
                assert!(begins_alike(&name[..length], &name[..length], length));
                assert!(begins_alike(left, &right, length), "{length}");
                assert!(
                    !begins_alike(&left[..length - 1], &right, length),
                    "{length}"
                );
                for at in 0..length {
                    let mut right = right.clone();
                    right[at] ^= 0x20;
                    assert!(!begins_alike(left, &right, length), "{at} of {length}");
                    assert!(!begins_alike(&right, left, length), "{at} of {length}");
                }
            }
        }
    }

    #[test]
    fn knows_names() {
        for name in ["a", "_", "é", "a-b.c", "a1", "a·"] {
            assert!(is_ncname(name), "{name}");
        }
        for name in ["", "1a", "-a", "a:b", "a b", ".", "·a", "a\u{d7}"] {
            assert!(!is_ncname(name), "{name}");
        }
    }
}
