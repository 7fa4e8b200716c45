//! Octets as text.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::ParseError;
use crate::shape::WhiteSpace;
use crate::simple::{SimpleType, Unit};

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
        let decoded = STANDARD.decode(text).or_else(|error| {
            if !text.bytes().any(|byte| byte.is_ascii_whitespace()) {
                return Err(error);
            }
            let digits = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
            STANDARD.decode(digits.collect::<Vec<u8>>())
        });
        decoded
            .map(Self)
            .map_err(|_| ParseError::new(Self::NAME, text))
    }
}

impl fmt::Display for Base64Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(&self.0))
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
    |octets, out| STANDARD.encode_string(octets, out),
    {
        const FROM_OCTETS: Option<fn(Bytes) -> Self> = Some(|octets| Self(octets.into()));

        fn octets(&self) -> Option<&[u8]> {
            Some(&self.0)
        }

        fn ascii_room(&self) -> usize {
            4 * self.0.len().div_ceil(3)
        }

        fn write_ascii(&self, place: &mut [u8]) -> Option<usize> {
            STANDARD.encode_slice(&self.0, place).ok()
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
        for text in ["a", "aGVsbG8", "aGVsbG9=", "aGVs*G8="] {
            assert!(text.parse::<Base64Binary>().is_err(), "{text}");
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
