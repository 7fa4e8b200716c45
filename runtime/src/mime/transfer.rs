//! Content transfer encodings (RFC 2045 §6), undone.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;

/// Base64 as mail writes it: the padding may be left out.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The content that `encoding` wraps; without an encoding, a slice of the same memory. `None` where
/// the encoding is not known, or the content is not in it.
pub(super) fn decode(encoding: &str, content: Bytes) -> Option<Bytes> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "7bit" | "8bit" | "binary" => Some(content),
        "base64" => {
            let digits: Vec<u8> = { content.iter().copied() }
                .filter(|byte| !byte.is_ascii_whitespace())
                .collect();
            LENIENT.decode(digits).ok().map(Bytes::from)
        }
        "quoted-printable" => Some(quoted_printable(&content).into()),
        _ => None,
    }
}

/// What is no escape stays as it is (RFC 2045 §6.7, note 2 on robustness).
fn quoted_printable(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    for line in content.split_inclusive(|byte| *byte == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let line_break = &line[text.len()..];
        // White space at the end of a line is from the way, not from the sender.
        let mut text = match text.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')) {
            Some(last) => &text[..=last],
            None => &[],
        };
        let soft = text.last() == Some(&b'=');
        if soft {
            text = &text[..text.len() - 1];
        }
        while let Some((&byte, rest)) = text.split_first() {
            let escape = match rest {
                [high, low, ..] if byte == b'=' => hexadecimal(*high).zip(hexadecimal(*low)),
                _ => None,
            };
            match escape {
                Some((high, low)) => {
                    out.push(high << 4 | low);
                    text = &rest[2..];
                }
                None => {
                    out.push(byte);
                    text = rest;
                }
            }
        }
        if !soft {
            out.extend_from_slice(line_break);
        }
    }
    out
}

fn hexadecimal(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(encoding: &str, content: &'static [u8]) -> Option<Vec<u8>> {
        decode(encoding, Bytes::from_static(content)).map(|content| content.to_vec())
    }

    #[test]
    fn each_encoding_is_undone() {
        for encoding in ["", "7bit", " 8BIT ", "Binary"] {
            assert_eq!(decoded(encoding, b"a=\r\n").unwrap(), b"a=\r\n");
        }
        assert_eq!(decoded("BASE64", b"aGVs\r\n bG8\r\n").unwrap(), b"hello");
        assert_eq!(decoded("base64", b"aGVsbG8=").unwrap(), b"hello");
        assert_eq!(decoded("base64", b"a*"), None);
        assert_eq!(decoded("x-uuencode", b""), None);
    }

    #[test]
    fn unencoded_content_is_not_copied() {
        let content = Bytes::from(vec![7; 100]);
        let slice = decode("binary", content.slice(10..)).unwrap();
        assert_eq!(slice.as_ptr(), content[10..].as_ptr());
    }

    #[test]
    fn quoted_printable_keeps_what_is_no_escape() {
        for (content, expected) in [
            (&b"a=3D=e9=\r\nb \t\r\nc= \nd"[..], &b"a=\xe9b\r\ncd"[..]),
            (b"=", b""),
            (b"=4", b"=4"),
            (b"=zz=", b"=zz"),
            (b" \r\n \n", b"\r\n\n"),
            (b"", b""),
        ] {
            assert_eq!(decoded("quoted-printable", content).unwrap(), expected);
        }
    }
}
