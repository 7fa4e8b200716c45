//! Octets as text.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use std::sync::LazyLock;

use base64::Engine;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use base64::engine::{GeneralPurpose, general_purpose::STANDARD};
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use base64::engine::{Simd, general_purpose::PAD};
use bytes::Bytes;

use super::ParseError;
use crate::shape::WhiteSpace;
use crate::simple::{SimpleType, Unit};
use crate::xml::is_space;

/// Base64 with padding, by the widest registers that the processor has.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(crate) static BASE64: LazyLock<Simd> = LazyLock::new(|| Simd::standard(PAD));
/// Base64 with padding.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(crate) static BASE64: GeneralPurpose = STANDARD;

/// Octets as Base64 (`xs:base64Binary`, §3.2.16).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Base64Binary(pub Vec<u8>);

/// Octets as hexadecimal digits (`xs:hexBinary`, §3.2.15), written in upper case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct HexBinary(pub Vec<u8>);

impl FromStr for Base64Binary {
    type Err = ParseError;

    /// White space may stand anywhere; padding must be there.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let decoded = decoded(text.as_bytes()).or_else(|| {
            if !text.bytes().any(is_space) {
                return None;
            }
            let mut digits = Vec::with_capacity(text.len());
            for line in text.as_bytes().split(|byte| is_space(*byte)) {
                digits.extend_from_slice(line);
            }
            decoded(&digits)
        });
        decoded
            .map(Self)
            .ok_or_else(|| ParseError::new(Self::NAME, text))
    }
}

/// How many digits of a long text are decoded at once, and the octets that they stand for.
const DIGITS: usize = 4096;
const OCTETS: usize = DIGITS / 4 * 3;

/// The octets that digits, without white space, stand for. Long ones are decoded in pieces that stay in the
/// cache: `base64` clears the room for all octets first.
fn decoded(digits: &[u8]) -> Option<Vec<u8>> {
    if digits.len() <= DIGITS {
        return BASE64.decode(digits).ok();
    }
    let mut octets = Vec::with_capacity(digits.len() / 4 * 3);
    let mut buffer = [0; OCTETS];
    let mut pieces = digits.chunks(DIGITS).peekable();
    while let Some(piece) = pieces.next() {
        let length = BASE64.decode_slice(piece, &mut buffer).ok()?;
        if length < OCTETS && pieces.peek().is_some() {
            // Padding before the end.
            return None;
        }
        octets.extend_from_slice(buffer.get(..length)?);
    }
    Some(octets)
}

impl fmt::Display for Base64Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(&self.0))
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

impl FromStr for HexBinary {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let pair = |pair: &[u8]| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        };
        let octets: Option<Vec<u8>> = text.as_bytes().chunks(2).map(pair).collect();
        octets
            .map(Self)
            .ok_or_else(|| ParseError::new(Self::NAME, text))
    }
}

impl fmt::Display for HexBinary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02X}"))
    }
}

macro_rules! octets {
    ($type:ident, $name:literal, $write:expr, { $($more:tt)* }) => {
        impl Deref for $type {
            type Target = Vec<u8>;

            fn deref(&self) -> &Vec<u8> {
                &self.0
            }
        }

        impl DerefMut for $type {
            fn deref_mut(&mut self) -> &mut Vec<u8> {
                &mut self.0
            }
        }

        impl From<Vec<u8>> for $type {
            fn from(octets: Vec<u8>) -> Self {
                Self(octets)
            }
        }

        impl From<&[u8]> for $type {
            fn from(octets: &[u8]) -> Self {
                Self(octets.to_vec())
            }
        }

        impl SimpleType for $type {
            const NAME: &'static str = $name;
            const WHITE_SPACE: WhiteSpace = WhiteSpace::Collapse;
            const PLAIN: bool = true;
            const IGNORES_SPACE: bool = true;

            fn parse(text: &str) -> Result<Self, ParseError> {
                text.parse()
            }

            fn write(&self, out: &mut String) {
                let write: fn(&[u8], &mut String) = $write;
                write(&self.0, out);
            }

            fn length(&self) -> Option<(usize, Unit)> {
                Some((self.0.len(), Unit::Octets))
            }

            $($more)*
        }

        crate::__simple_type!($type);
    };
}

octets!(
    Base64Binary,
    "base64Binary",
    |octets, out| BASE64.encode_string(octets, out),
    {
        const STRICT: bool = true;
        const FROM_OCTETS: Option<fn(Bytes) -> Self> = Some(|octets| Self(octets.into()));

        fn octets(&self) -> Option<&[u8]> {
            Some(&self.0)
        }

        fn ascii_room(&self) -> usize {
            4 * self.0.len().div_ceil(3)
        }

        fn write_ascii(&self, place: &mut [u8]) -> Option<usize> {
            BASE64.encode_slice(&self.0, place).ok()
        }
    }
);
octets!(
    HexBinary,
    "hexBinary",
    |octets, out| {
        out.reserve(2 * octets.len());
        for octet in octets {
            for digit in [octet >> 4, octet & 0xF] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    },
    {}
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_base64() {
        let octets: Base64Binary = " aGVs\r\nbG8 = ".parse().unwrap();
        assert_eq!(octets.0, b"hello");
        assert_eq!(octets.to_string(), "aGVsbG8=");
        assert_eq!("".parse::<Base64Binary>().unwrap().0, b"");
        for text in ["a", "aGVsbG8", "aGVsbG9=", "aGVs*G8=", "aGVs\u{c}bG8="] {
            assert!(text.parse::<Base64Binary>().is_err(), "{text}");
        }
    }

    /// Long texts take another way than short ones.
    #[test]
    fn long_base64_is_read_whole_and_in_lines() {
        for length in [0, 1, 2, 3, 47, 48, 49, 63, 64, 65, 200, 1000] {
            let octets: Vec<u8> = (0_u8..=250).cycle().take(length).collect();
            let text = Base64Binary(octets.clone()).to_string();
            assert_eq!(text.len(), length.div_ceil(3) * 4);
            assert_eq!(text.parse::<Base64Binary>().unwrap().0, octets);
            let lines: Vec<String> = { text.as_bytes().chunks(76) }
                .map(|line| line.iter().copied().map(char::from).collect())
                .collect();
            let lines = lines.join("\n");
            assert_eq!(lines.parse::<Base64Binary>().unwrap().0, octets);
            for at in 0..text.len() {
                for wrong in ['*', '-', '\u{7f}', '='] {
                    let mut text = text.clone();
                    text.replace_range(at..=at, &wrong.to_string());
                    let is_padding = wrong == '=' && at + 2 >= text.len();
                    let read = text.parse::<Base64Binary>();
                    assert!(read.is_err() || is_padding, "{wrong} at {at}: {text}");
                }
            }
        }
    }

    #[test]
    fn base64_of_many_pieces_is_read() {
        for length in [OCTETS - 1, OCTETS, OCTETS + 1, 2 * OCTETS, 2 * OCTETS + 2] {
            let octets: Vec<u8> = (0_u8..=250).cycle().take(length).collect();
            let text = Base64Binary(octets.clone()).to_string();
            assert_eq!(text.parse::<Base64Binary>().unwrap().0, octets);
            let broken = format!("{} {}", &text[..DIGITS - 1], &text[DIGITS - 1..]);
            assert_eq!(broken.parse::<Base64Binary>().unwrap().0, octets);
        }
        for end in ["AAA=", "AA==", "AAA*", "AAA", "AA=A"] {
            let start = "AAAA".repeat(DIGITS / 4 - 1);
            let text = format!("{start}{end}AAAA");
            assert!(text.parse::<Base64Binary>().is_err(), "{end}");
        }
    }

    #[test]
    fn reads_and_writes_hexadecimal() {
        let octets: HexBinary = "00fFa1".parse().unwrap();
        assert_eq!(octets.0, [0, 0xFF, 0xA1]);
        assert_eq!(octets.to_string(), "00FFA1");
        for text in ["0", "0g", "é", "00 11"] {
            assert!(text.parse::<HexBinary>().is_err(), "{text}");
        }
    }
}
