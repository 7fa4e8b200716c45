//! Compressed answers (RFC 9110 §8.4), decoded here and not by the HTTP client so that the limits
//! hold for all of them.

use bytes::Bytes;
use http::{HeaderMap, header};

use crate::limits::Limits;

/// Why a body could not be decoded.
#[derive(Debug)]
pub(crate) enum CodingError {
    /// A coding that we do not know, or that this build leaves out.
    Unknown(String),
    /// The compressed bytes are broken, or break off.
    Broken { coding: &'static str },
    /// More than this many bytes come out.
    TooLarge(usize),
    /// More than this many bytes come out of one.
    Ratio(usize),
}

/// How much may come out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Bytes after decoding.
    pub(crate) size: usize,
    /// Bytes out of one byte, beyond the first 8 MiB.
    pub(crate) ratio: usize,
}

/// The body that `Content-Encoding` wraps.
pub(crate) fn decode(
    headers: &HeaderMap,
    body: Bytes,
    bounds: Bounds,
) -> Result<Bytes, CodingError> {
    let mut body = body;
    let coding = named(headers)?;
    if body.is_empty() {
        return Ok(body);
    }
    if let Some(coding) = coding {
        body = inflate(&coding, &body, bounds)?;
    }
    if body.len() > bounds.size {
        Err(CodingError::TooLarge(bounds.size))
    } else {
        Ok(body)
    }
}

/// The one coding that the header names, in lower case.
pub(crate) fn named(headers: &HeaderMap) -> Result<Option<String>, CodingError> {
    if !headers.contains_key(header::CONTENT_ENCODING) {
        return Ok(None);
    }
    let mut codings: Vec<String> = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .flat_map(|value| value.as_bytes().split(|b| *b == b','))
        .map(|coding| String::from_utf8_lossy(coding).trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect();
    // Each layer multiplies what a small body may grow to.
    if codings.len() > 1 {
        return Err(CodingError::Unknown(codings.join(", ")));
    }
    Ok(codings.pop())
}

impl Bounds {
    /// Those of a whole body.
    pub(crate) fn of(limits: &Limits) -> Self {
        Self {
            size: limits.body,
            ratio: limits.inflate_ratio,
        }
    }

    /// Whether so many bytes may come out of so many.
    pub(crate) fn check_ratio(self, compressed: usize, inflated: usize) -> Result<(), CodingError> {
        if inflated > compressed.saturating_mul(self.ratio).max(FREE) {
            return Err(CodingError::Ratio(self.ratio));
        }
        Ok(())
    }
}

#[cfg(not(feature = "gzip"))]
fn inflate(coding: &str, _: &[u8], _: Bounds) -> Result<Bytes, CodingError> {
    Err(CodingError::Unknown(coding.to_owned()))
}

#[cfg(feature = "gzip")]
fn inflate(coding: &str, body: &[u8], bounds: Bounds) -> Result<Bytes, CodingError> {
    use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
    match coding {
        "gzip" | "x-gzip" => read(MultiGzDecoder::new(body), "gzip", body.len(), bounds),
        "deflate" if is_zlib(body) => read(ZlibDecoder::new(body), "deflate", body.len(), bounds),
        // Some servers take the name at its word.
        "deflate" => read(DeflateDecoder::new(body), "deflate", body.len(), bounds),
        _ => Err(CodingError::Unknown(coding.to_owned())),
    }
}

/// A zlib header names the method and is a multiple of 31.
#[cfg(feature = "gzip")]
pub(crate) fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..]
        if method & 15 == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

/// An honest list of equal items may shrink to a hundredth and less, so that the ratio counts only
/// where an answer is large, as in expat's guard against amplification.
pub(crate) const FREE: usize = 8 << 20;

#[cfg(feature = "gzip")]
fn read(
    mut decoder: impl std::io::Read,
    coding: &'static str,
    compressed: usize,
    bounds: Bounds,
) -> Result<Bytes, CodingError> {
    let mut out = Vec::new();
    let mut piece = [0; 8192];
    loop {
        match decoder.read(&mut piece) {
            Ok(0) => return Ok(out.into()),
            Ok(n) => out.extend_from_slice(&piece[..n]),
            Err(_) => return Err(CodingError::Broken { coding }),
        }
        if out.len() > bounds.size {
            return Err(CodingError::TooLarge(bounds.size));
        }
        bounds.check_ratio(compressed, out.len())?;
    }
}

#[cfg(test)]
#[cfg(feature = "gzip")]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const BOUNDS: Bounds = Bounds {
        size: 4 << 20,
        ratio: 100,
    };

    fn decoded(coding: &str, body: Vec<u8>) -> Result<Bytes, CodingError> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_ENCODING, coding.parse().unwrap());
        decode(&headers, body.into(), BOUNDS)
    }

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_coding_is_undone() {
        assert_eq!(decoded("gzip", gzip(b"hello")).unwrap(), "hello");
        assert_eq!(decoded(" X-GZIP ", gzip(b"hello")).unwrap(), "hello");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(b"hello").unwrap();
        assert_eq!(decoded("deflate", zlib.finish().unwrap()).unwrap(), "hello");
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(b"hello").unwrap();
        assert_eq!(decoded("deflate", raw.finish().unwrap()).unwrap(), "hello");
        assert_eq!(decoded("identity", b"hello".to_vec()).unwrap(), "hello");
        assert_eq!(decoded("gzip", vec![]).unwrap(), "");
        assert_eq!(
            decode(&HeaderMap::new(), "hello".into(), BOUNDS).unwrap(),
            "hello"
        );
    }

    #[test]
    fn unknown_and_stacked_codings_are_refused() {
        assert!(matches!(decoded("br", vec![1]), Err(CodingError::Unknown(c)) if c == "br"));
        let twice = gzip(&gzip(b"hello"));
        assert!(
            matches!(decoded("gzip, gzip", twice), Err(CodingError::Unknown(c)) if c == "gzip, gzip")
        );
    }

    #[test]
    fn broken_bytes_are_refused() {
        let mut cut = gzip(b"hello");
        cut.truncate(12);
        assert!(matches!(
            decoded("gzip", cut),
            Err(CodingError::Broken { coding: "gzip" })
        ));
        let mut wrong_sum = gzip(b"hello");
        let sum = wrong_sum.len() - 8;
        wrong_sum[sum] ^= 1;
        assert!(matches!(
            decoded("gzip", wrong_sum),
            Err(CodingError::Broken { .. })
        ));
        assert!(matches!(
            decoded("gzip", b"<html>".to_vec()),
            Err(CodingError::Broken { .. })
        ));
    }

    #[test]
    fn the_ratio_counts_in_large_answers_only() {
        let bounds = Bounds {
            size: 2 * FREE,
            ratio: 100,
        };
        let inflated = |length| inflate("gzip", &gzip(&vec![0; length]), bounds);
        assert_eq!(inflated(FREE).unwrap().len(), FREE);
        assert!(matches!(inflated(FREE + 1), Err(CodingError::Ratio(100))));
    }

    #[test]
    fn the_size_limit_counts_what_comes_out() {
        // Hard to compress, so that the ratio does not come first.
        let mut seed = 1_u32;
        let mut noise = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24).to_le_bytes()[0]
        };
        let data: Vec<u8> = (0..=BOUNDS.size).map(|_| noise()).collect();
        assert_eq!(
            decoded("gzip", gzip(&data[1..])).unwrap().len(),
            BOUNDS.size
        );
        assert!(
            matches!(decoded("gzip", gzip(&data)), Err(CodingError::TooLarge(n)) if n == BOUNDS.size)
        );
        let plain = decode(&HeaderMap::new(), data.into(), BOUNDS);
        assert!(matches!(plain, Err(CodingError::TooLarge(_))));
    }
}
