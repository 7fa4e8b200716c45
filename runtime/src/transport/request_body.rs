//! The body of a request, which may be made while it is sent.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::{TransportError, TransportErrorKind};

/// The pieces of a body, none of them empty.
pub(crate) type BodyPieces = Box<dyn Iterator<Item = Result<Bytes, TransportError>> + Send>;

/// The body of a request: an iterator of its pieces.
pub struct RequestBody {
    content: Content,
    length: Option<u64>,
    failure: Failure,
}

enum Content {
    Whole(Bytes),
    /// Behind a lock that is never held, so that a body is `Sync`, as clients want it.
    Pieces(Mutex<BodyPieces>),
}

/// Why a body broke off. A client keeps only what the error says; this is the error itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failure(Arc<Mutex<Option<TransportError>>>);

impl Failure {
    /// The error of the body, if there was one; else what the client says.
    pub(crate) fn or(&self, error: TransportError) -> TransportError {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.take().unwrap_or(error)
    }
}

impl RequestBody {
    /// A body of these pieces. `length` is that of all of them together, if it is known: then it is
    /// announced, and must be right.
    pub(crate) fn of_pieces(pieces: BodyPieces, length: Option<u64>) -> Self {
        Self {
            content: Content::Pieces(Mutex::new(pieces)),
            length,
            failure: Failure::default(),
        }
    }

    /// The whole body, if it is there.
    #[must_use]
    pub fn whole(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes),
            Content::Pieces(_) => None,
        }
    }

    /// The bytes that are to come, if that is known. Where it is not, the body is sent in chunks.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// What to ask for the error when sending fails.
    pub(crate) fn failure(&self) -> Failure {
        self.failure.clone()
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self {
            length: u64::try_from(bytes.len()).ok(),
            content: Content::Whole(bytes),
            failure: Failure::default(),
        }
    }
}

impl Iterator for RequestBody {
    type Item = io::Result<Bytes>;

    fn next(&mut self) -> Option<io::Result<Bytes>> {
        let piece = match &mut self.content {
            Content::Whole(bytes) => Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty()),
            Content::Pieces(pieces) => match next(pieces)? {
                Ok(piece) => Some(piece),
                Err(error) => {
                    let told = io::Error::other(error.to_string());
                    let mut kept = self
                        .failure
                        .0
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner);
                    *kept = Some(error);
                    self.content = Content::Whole(Bytes::new());
                    return Some(Err(told));
                }
            },
        }?;
        if let Some(length) = &mut self.length {
            *length = length.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        }
        Some(Ok(piece))
    }
}

fn next(pieces: &mut Mutex<BodyPieces>) -> Option<Result<Bytes, TransportError>> {
    let pieces = pieces.get_mut().unwrap_or_else(PoisonError::into_inner);
    pieces.next()
}

impl fmt::Debug for RequestBody {
    /// Nothing of the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// The error of a body that could not be made.
pub(crate) fn unmade(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::RequestBody).caused_by(cause)
}
