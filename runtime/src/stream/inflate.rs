//! Content codings undone piece by piece.

use std::io::{self, BufRead};

use bytes::{Buf, Bytes};
use http::HeaderMap;

use crate::content_coding::{self, Bounds, CodingError};

/// Bytes that have come and are not taken yet.
#[derive(Debug, Default)]
struct Pending {
    bytes: Bytes,
    ended: bool,
}

impl io::Read for Pending {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let given = self.fill_buf()?;
        let length = given.len().min(out.len());
        out[..length].copy_from_slice(&given[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Pending {
    /// "Would block" says that more has to be fed; decoders can be asked again after that.
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.bytes.is_empty() && !self.ended {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(&self.bytes)
    }

    fn consume(&mut self, length: usize) {
        self.bytes.advance(length.min(self.bytes.len()));
    }
}

enum Coding {
    Identity(Pending),
    #[cfg(feature = "gzip")]
    Gzip(flate2::bufread::MultiGzDecoder<Pending>),
    /// The name promises zlib; the first two bytes tell.
    #[cfg(feature = "gzip")]
    Unsure(Pending),
    #[cfg(feature = "gzip")]
    Zlib(flate2::bufread::ZlibDecoder<Pending>),
    #[cfg(feature = "gzip")]
    Raw(flate2::bufread::DeflateDecoder<Pending>),
}

/// A body whose content coding is undone as it comes.
pub(super) struct Inflater {
    coding: Coding,
    bounds: Bounds,
    /// Bytes that came, and that came out.
    fed: usize,
    inflated: usize,
}

/// What [`Inflater::read`] came to.
pub(super) enum Inflated {
    /// So many bytes.
    Some(usize),
    /// None, until more is fed.
    Nothing,
    /// The end.
    End,
}

impl Inflater {
    pub(super) fn new(headers: &HeaderMap, bounds: Bounds) -> Result<Self, CodingError> {
        let coding = match content_coding::named(headers)?.as_deref() {
            None => Coding::Identity(Pending::default()),
            #[cfg(feature = "gzip")]
            Some("gzip" | "x-gzip") => {
                Coding::Gzip(flate2::bufread::MultiGzDecoder::new(Pending::default()))
            }
            #[cfg(feature = "gzip")]
            Some("deflate") => Coding::Unsure(Pending::default()),
            Some(other) => return Err(CodingError::Unknown(other.to_owned())),
        };
        Ok(Self {
            coding,
            bounds,
            fed: 0,
            inflated: 0,
        })
    }

    fn pending(&mut self) -> &mut Pending {
        match &mut self.coding {
            Coding::Identity(pending) => pending,
            #[cfg(feature = "gzip")]
            Coding::Unsure(pending) => pending,
            #[cfg(feature = "gzip")]
            Coding::Gzip(decoder) => decoder.get_mut(),
            #[cfg(feature = "gzip")]
            Coding::Zlib(decoder) => decoder.get_mut(),
            #[cfg(feature = "gzip")]
            Coding::Raw(decoder) => decoder.get_mut(),
        }
    }

    /// Adds what came.
    pub(super) fn feed(&mut self, bytes: Bytes) {
        self.fed = self.fed.saturating_add(bytes.len());
        let pending = self.pending();
        if pending.bytes.is_empty() {
            pending.bytes = bytes;
        } else {
            pending.bytes = [&pending.bytes[..], &bytes[..]].concat().into();
        }
    }

    /// Nothing more will come.
    pub(super) fn end(&mut self) {
        self.pending().ended = true;
    }

    /// Puts the next bytes into `out`.
    pub(super) fn read(&mut self, out: &mut [u8]) -> Result<Inflated, CodingError> {
        #[cfg(feature = "gzip")]
        let is_empty = self.fed == 0;
        let (read, coding) = match &mut self.coding {
            Coding::Identity(pending) => (io::Read::read(pending, out), "identity"),
            // A body that is not there has no coding.
            #[cfg(feature = "gzip")]
            _ if is_empty => (io::Read::read(self.pending(), out), "identity"),
            #[cfg(feature = "gzip")]
            Coding::Unsure(pending) => {
                if pending.bytes.len() < 2 && !pending.ended {
                    return Ok(Inflated::Nothing);
                }
                let pending = std::mem::take(pending);
                self.coding = if content_coding::is_zlib(&pending.bytes) {
                    Coding::Zlib(flate2::bufread::ZlibDecoder::new(pending))
                } else {
                    // Some servers take the name at its word.
                    Coding::Raw(flate2::bufread::DeflateDecoder::new(pending))
                };
                return self.read(out);
            }
            #[cfg(feature = "gzip")]
            Coding::Gzip(decoder) => (io::Read::read(decoder, out), "gzip"),
            #[cfg(feature = "gzip")]
            Coding::Zlib(decoder) => (io::Read::read(decoder, out), "deflate"),
            #[cfg(feature = "gzip")]
            Coding::Raw(decoder) => (io::Read::read(decoder, out), "deflate"),
        };
        match read {
            Ok(0) => Ok(Inflated::End),
            Ok(length) => {
                self.inflated = self.inflated.saturating_add(length);
                if coding != "identity" {
                    self.bounds.check_ratio(self.fed, self.inflated)?;
                }
                Ok(Inflated::Some(length))
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(Inflated::Nothing),
            Err(_) => Err(CodingError::Broken { coding }),
        }
    }
}
