//! The bytes of a document as text: byte order mark, `charset` parameter, XML declaration.

use std::borrow::Cow;

use crate::read_error::{ReadError, ReadErrorKind};

mod pieces;

pub(crate) use pieces::PieceDecoder;

/// So many bytes of a document tell its encoding.
const ENOUGH: usize = 256 + "<?xml".len();

/// The encodings that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    /// Whichever a byte order mark or the first characters show.
    Utf16,
    Latin1,
    Windows1252,
    Ascii,
}

/// What windows-1252 has from 0x80 to 0x9F; `\0` where it has nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn named(label: &str) -> Option<Encoding> {
    if label.eq_ignore_ascii_case("utf-8") {
        return Some(Encoding::Utf8);
    }
    let label = label.trim_matches(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
    Some(match label.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Encoding::Utf8,
        "utf-16" | "utf16" | "ucs-2" | "iso-10646-ucs-2" => Encoding::Utf16,
        "utf-16le" => Encoding::Utf16LittleEndian,
        "utf-16be" => Encoding::Utf16BigEndian,
        "iso-8859-1" | "iso8859-1" | "latin1" | "latin-1" => Encoding::Latin1,
        "windows-1252" | "cp1252" => Encoding::Windows1252,
        "us-ascii" | "ascii" => Encoding::Ascii,
        _ => return None,
    })
}

/// Decodes a document. A byte order mark decides; then `charset`, the parameter of the media type;
/// then the XML declaration; then UTF-8.
///
/// UTF-8, UTF-16, ISO-8859-1, windows-1252 and US-ASCII are known. A declaration of UTF-16 in a
/// document of single bytes (as after a careless conversion) is taken as UTF-8. JSON is decoded the
/// same way.
///
/// # Errors
/// When the encoding is another one, or the bytes are no text in it.
pub fn decode_bytes<'b>(bytes: &'b [u8], charset: Option<&str>) -> Result<Cow<'b, str>, ReadError> {
    let (encoding, mark) = detect(bytes, charset)?;
    decode(bytes.get(mark..).unwrap_or_default(), encoding, 0)
}

/// [`decode_bytes`] for people: what is no text in the encoding shows as U+FFFD, and an encoding that is
/// not known as UTF-8.
pub(crate) fn decode_lossy<'b>(bytes: &'b [u8], charset: Option<&str>) -> Cow<'b, str> {
    let Ok((encoding, mark)) = detect(bytes, charset) else {
        return String::from_utf8_lossy(bytes);
    };
    let bytes = bytes.get(mark..).unwrap_or_default();
    match encoding {
        Encoding::Utf16LittleEndian => utf16_lossy(bytes, u16::from_le_bytes),
        Encoding::Utf16BigEndian => utf16_lossy(bytes, u16::from_be_bytes),
        Encoding::Latin1 => bytes.iter().copied().map(char::from).collect(),
        Encoding::Windows1252 => {
            let known = |byte: &u8| windows_1252(*byte).unwrap_or(char::REPLACEMENT_CHARACTER);
            bytes.iter().map(known).collect()
        }
        Encoding::Utf8 | Encoding::Utf16 | Encoding::Ascii => String::from_utf8_lossy(bytes),
    }
}

/// The encoding of a document, and the length of its byte order mark. The first [`ENOUGH`] bytes do.
fn detect(bytes: &[u8], charset: Option<&str>) -> Result<(Encoding, usize), ReadError> {
    match bytes {
        // UTF-32, whose mark begins like that of UTF-16.
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return Err(error("UTF-32 is not supported"));
        }
        [0xEF, 0xBB, 0xBF, ..] => return Ok((Encoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => return Ok((Encoding::Utf16LittleEndian, 2)),
        [0xFE, 0xFF, ..] => return Ok((Encoding::Utf16BigEndian, 2)),
        _ => {}
    }
    let label = match charset {
        Some(charset) => Some(charset),
        None => declared(bytes),
    };
    let encoding = match label {
        None => Encoding::Utf16,
        Some(label) => named(label).ok_or_else(|| {
            error(format!(
                "the encoding `{}` is not supported",
                crate::types::bounded(label)
            ))
        })?,
    };
    let encoding = match (encoding, bytes) {
        (Encoding::Utf16, [b'<' | b'{' | b'[' | b' ', 0, ..]) => Encoding::Utf16LittleEndian,
        (Encoding::Utf16, [0, b'<' | b'{' | b'[' | b' ', ..]) => Encoding::Utf16BigEndian,
        (Encoding::Utf16, _) => Encoding::Utf8,
        _ => encoding,
    };
    Ok((encoding, 0))
}

/// The encoding that the XML declaration of a document of single bytes names.
fn declared(bytes: &[u8]) -> Option<&str> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..declaration.len().min(256)];
    let end = declaration.windows(2).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split_once(quote).map(|(name, _)| name)
}

/// Decodes text, before which `passed` bytes came.
fn decode(bytes: &[u8], encoding: Encoding, passed: usize) -> Result<Cow<'_, str>, ReadError> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf16 => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => {
                let wrong = std::str::from_utf8(bytes).err();
                let at = passed + wrong.map_or(bytes.len(), |wrong| wrong.valid_up_to());
                Err(error(format!("byte {at} is not UTF-8")))
            }
        },
        Encoding::Utf16LittleEndian => utf16(bytes, u16::from_le_bytes),
        Encoding::Utf16BigEndian => utf16(bytes, u16::from_be_bytes),
        Encoding::Ascii | Encoding::Latin1 | Encoding::Windows1252 if bytes.is_ascii() => {
            decode(bytes, Encoding::Utf8, passed)
        }
        Encoding::Ascii => {
            let at = bytes.iter().position(|byte| !byte.is_ascii());
            let at = passed + at.unwrap_or_default();
            Err(error(format!("byte {at} is not US-ASCII")))
        }
        Encoding::Latin1 => Ok(Cow::Owned(bytes.iter().copied().map(char::from).collect())),
        Encoding::Windows1252 => {
            let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
            for (at, byte) in bytes.iter().enumerate() {
                let character = windows_1252(*byte)
                    .ok_or_else(|| error(format!("byte {} is not windows-1252", passed + at)))?;
                text.push(character);
            }
            Ok(Cow::Owned(text))
        }
    }
}

fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80..=0x9F => Some(WINDOWS_1252[usize::from(byte - 0x80)]).filter(|known| *known != '\0'),
        _ => Some(char::from(byte)),
    }
}

fn utf16_lossy(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'_, str> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, ReadError> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(error("UTF-16 with an odd number of bytes"));
    }
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map(Cow::Owned)
        .map_err(|_| error("half a surrogate pair in UTF-16"))
}

fn error(message: impl Into<String>) -> ReadError {
    ReadError::new(ReadErrorKind::Encoding(message.into()), "", None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<a>é€</a>";

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    fn message(bytes: &[u8], charset: Option<&str>) -> String {
        decode_bytes(bytes, charset).unwrap_err().to_string()
    }

    #[test]
    fn a_mark_decides() {
        let marked = format!("\u{FEFF}{TEXT}");
        for charset in [
            None,
            Some("utf-8"),
            Some("iso-8859-1"),
            Some("utf-16"),
            Some("klingon"),
        ] {
            for bytes in [
                marked.as_bytes().to_vec(),
                utf16(&marked, u16::to_le_bytes),
                utf16(&marked, u16::to_be_bytes),
            ] {
                assert_eq!(decode_bytes(&bytes, charset).unwrap(), TEXT, "{charset:?}");
            }
        }
    }

    #[test]
    fn the_charset_wins_over_the_declaration() {
        let latin: Vec<u8> = b"<?xml version='1.0' encoding='utf-8'?><a>\xE9</a>".to_vec();
        assert!(
            decode_bytes(&latin, Some("ISO-8859-1"))
                .unwrap()
                .ends_with("<a>é</a>")
        );
        assert_eq!(message(&latin, None), "byte 41 is not UTF-8");
        let declared: Vec<u8> =
            b"<?xml version=\"1.0\" encoding = \"windows-1252\" ?><a>\x80</a>".to_vec();
        assert!(decode_bytes(&declared, None).unwrap().ends_with("<a>€</a>"));
        assert_eq!(
            decode_bytes(TEXT.as_bytes(), Some("\"utf-8\"")).unwrap(),
            TEXT
        );
    }

    #[test]
    fn utf16_without_a_mark() {
        for charset in [None, Some("utf-16")] {
            for bytes in [utf16(TEXT, u16::to_le_bytes), utf16(TEXT, u16::to_be_bytes)] {
                assert_eq!(decode_bytes(&bytes, charset).unwrap(), TEXT);
            }
        }
        let single = b"<?xml version='1.0' encoding='utf-16'?><a/>";
        assert!(decode_bytes(single, None).unwrap().ends_with("<a/>"));
    }

    #[test]
    fn what_is_no_text_is_shown_as_well_as_can_be() {
        for (bytes, charset, shown) in [
            (&b"a\xE9"[..], None, "a\u{FFFD}"),
            (b"a\xE9", Some("iso-8859-1"), "aé"),
            (b"a\x80\x81", Some("windows-1252"), "a€\u{FFFD}"),
            (b"<\0a\0\0\xD8a\0b", None, "<a\u{FFFD}a"),
            (b"\xFE\xFF\0a", Some("utf-8"), "a"),
            (b"a\xE9", Some("klingon"), "a\u{FFFD}"),
        ] {
            assert_eq!(decode_lossy(bytes, charset), shown, "{charset:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(message(b"<a>\xC0\x80</a>", None), "byte 3 is not UTF-8");
        assert_eq!(message(b"<a>\xED\xA0\x80</a>", None), "byte 3 is not UTF-8");
        assert_eq!(
            message(b"\xFF\xFE<\0a", None),
            "UTF-16 with an odd number of bytes"
        );
        assert_eq!(
            message(b"\xFF\xFE\x00\xD8", None),
            "half a surrogate pair in UTF-16"
        );
        assert_eq!(message(b"\xFF\xFE\0\0", None), "UTF-32 is not supported");
        assert_eq!(
            message(b"<a/>", Some("utf-7")),
            "the encoding `utf-7` is not supported"
        );
        assert_eq!(
            message(b"<a>\x81</a>", Some("cp1252")),
            "byte 3 is not windows-1252"
        );
        assert_eq!(
            message(b"<a>\xE9</a>", Some("us-ascii")),
            "byte 3 is not US-ASCII"
        );
    }
}
