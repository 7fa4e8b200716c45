//! A document decoded piece by piece, to UTF-8.

use super::{ENOUGH, Encoding, decode, detect};
use crate::read_error::ReadError;

/// Makes UTF-8 of the pieces of a document, as [`decode_bytes`](super::decode_bytes) does of a whole
/// one. What is UTF-8 already is passed on unlooked at: the reader checks it.
#[derive(Debug, Default)]
pub(crate) struct PieceDecoder {
    charset: Option<String>,
    encoding: Option<Encoding>,
    /// The beginning, until it tells the encoding; then what is no whole character yet.
    kept: Vec<u8>,
    /// The bytes that were decoded.
    passed: usize,
}

impl PieceDecoder {
    pub(crate) fn new(charset: Option<String>) -> Self {
        Self {
            charset,
            ..Self::default()
        }
    }

    /// Whether the text is another one than that which came.
    pub(crate) fn changes(&self) -> bool {
        !matches!(self.encoding, None | Some(Encoding::Utf8))
    }

    /// Decodes a piece to the end of `out`.
    ///
    /// # Errors
    /// When the encoding is not known, or the bytes are no text in it.
    pub(crate) fn piece(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), ReadError> {
        match self.encoding {
            Some(Encoding::Utf8) => out.extend_from_slice(piece),
            Some(encoding) => {
                self.kept.extend_from_slice(piece);
                self.decode_kept(encoding, false, out)?;
            }
            None => {
                self.kept.extend_from_slice(piece);
                if self.tells_encoding() {
                    self.begin(out)?;
                }
            }
        }
        Ok(())
    }

    /// Decodes what is left.
    ///
    /// # Errors
    /// As of [`PieceDecoder::piece`].
    pub(crate) fn end(&mut self, out: &mut Vec<u8>) -> Result<(), ReadError> {
        if self.encoding.is_none() {
            self.begin(out)?;
        }
        match self.encoding {
            Some(encoding) if encoding != Encoding::Utf8 => self.decode_kept(encoding, true, out),
            _ => Ok(()),
        }
    }

    /// Whether enough has come: a byte order mark, or a declaration.
    fn tells_encoding(&self) -> bool {
        let is_declared =
            || self.kept.starts_with(b"<?xm") && !self.kept.windows(2).any(|pair| pair == b"?>");
        self.kept.len() >= ENOUGH
            || self.kept.len() >= 4 && (self.charset.is_some() || !is_declared())
    }

    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), ReadError> {
        let (encoding, mark) = detect(&self.kept, self.charset.as_deref())?;
        self.encoding = Some(encoding);
        self.kept.drain(..mark.min(self.kept.len()));
        if encoding == Encoding::Utf8 {
            out.append(&mut self.kept);
            return Ok(());
        }
        self.decode_kept(encoding, false, out)
    }

    fn decode_kept(
        &mut self,
        encoding: Encoding,
        is_end: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        let whole = match encoding {
            _ if is_end => self.kept.len(),
            Encoding::Utf16LittleEndian => whole_utf16(&self.kept, u16::from_le_bytes),
            Encoding::Utf16BigEndian => whole_utf16(&self.kept, u16::from_be_bytes),
            _ => self.kept.len(),
        };
        let (bytes, _) = self.kept.split_at(whole);
        let text = decode(bytes, encoding, self.passed)?;
        out.extend_from_slice(text.as_bytes());
        self.passed += whole;
        self.kept.drain(..whole);
        Ok(())
    }
}

/// How much of it does not end inside a character.
fn whole_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> usize {
    let even = bytes.len() / 2 * 2;
    match bytes[..even].last_chunk() {
        Some(last) if matches!(unit(*last), 0xD800..0xDC00) => even - 2,
        _ => even,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::decode_bytes;

    fn in_pieces(bytes: &[u8], charset: Option<&str>, size: usize) -> Result<String, String> {
        let mut decoder = PieceDecoder::new(charset.map(str::to_owned));
        let mut out = Vec::new();
        for piece in bytes.chunks(size) {
            decoder
                .piece(piece, &mut out)
                .map_err(|error| error.to_string())?;
        }
        decoder.end(&mut out).map_err(|error| error.to_string())?;
        String::from_utf8(out).map_err(|error| error.to_string())
    }

    #[test]
    fn pieces_of_any_size_give_what_the_whole_gives() {
        let text = format!("<a>{}é€😀</a>", "x".repeat(300));
        let utf16 =
            |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(unit).collect() };
        let mut marked = vec![0xFE, 0xFF];
        marked.extend(utf16(u16::to_be_bytes));
        let latin: Vec<u8> = [
            b"<?xml version='1.0' encoding='windows-1252'?><a>\x80".to_vec(),
            vec![b'y'; 400],
            b"\x80</a>".to_vec(),
        ]
        .concat();
        let mut utf8 = vec![0xEF, 0xBB, 0xBF];
        utf8.extend(text.bytes());
        let documents: [(Vec<u8>, Option<&str>); 8] = [
            (text.clone().into_bytes(), None),
            (utf8, Some("latin1")),
            (utf16(u16::to_le_bytes), Some("utf-16le")),
            (utf16(u16::to_le_bytes), None),
            (utf16(u16::to_be_bytes), Some("utf-16")),
            (marked, None),
            (latin, None),
            (Vec::new(), None),
        ];
        for (bytes, charset) in documents {
            let whole = decode_bytes(&bytes, charset).unwrap().into_owned();
            for size in [1, 2, 3, 7, 255, 256, 1000] {
                let pieces = in_pieces(&bytes, charset, size).unwrap();
                assert_eq!(pieces, whole, "{charset:?} {size}");
            }
        }
    }

    #[test]
    fn errors_are_those_of_the_whole() {
        let half = [[b'<', 0].repeat(400), vec![0x00, 0xD8]].concat();
        let mut odd = [b'<', 0].repeat(400);
        odd.push(b'x');
        let ascii = [vec![b'x'; 500], vec![0xE9]].concat();
        for (bytes, charset) in [
            (half, "utf-16le"),
            (odd, "utf-16le"),
            (ascii.clone(), "us-ascii"),
            (ascii, "klingon"),
        ] {
            let whole = decode_bytes(&bytes, Some(charset)).unwrap_err().to_string();
            for size in [1, 3, 300, 1000] {
                assert_eq!(in_pieces(&bytes, Some(charset), size), Err(whole.clone()));
            }
        }
    }
}
