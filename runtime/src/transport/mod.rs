//! Who carries a request to the server and brings the answer back.
//!
//! A transport takes an [`http::Request`] with the whole body and gives an [`http::Response`] with
//! the whole body. It follows no redirects, decodes nothing, and treats no status as an error. The
//! request tells it, as extensions, how long it may take ([`Deadline`]) and how much it may read
//! ([`BodyLimit`]).
//!
//! A [`StreamingTransport`] gives the body of the answer piece by piece, and takes that of a request so.

mod error;
mod mock;
mod request_body;
#[cfg(feature = "reqwest")]
mod reqwest;
mod streaming;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "ureq")]
mod ureq;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

pub use self::error::{TransportError, TransportErrorKind};
pub use self::mock::{Mock, MockBody};
pub use self::request_body::RequestBody;
pub(crate) use self::request_body::unmade;
#[cfg(feature = "reqwest")]
pub use self::reqwest::{Reqwest, ReqwestBody};
pub use self::streaming::{
    AnswerBody, AsyncAnswerBody, AsyncStreamingTransport, StreamingTransport,
};
#[cfg(feature = "tower")]
pub use self::tower::Tower;
#[cfg(feature = "ureq")]
pub use self::ureq::{Ureq, UreqBody};

/// Sends a request and waits for the answer, blocking the thread.
pub trait Transport {
    /// Sends `request` and reads the whole answer.
    ///
    /// # Errors
    /// When no complete answer came: no connection, no answer in time, a broken answer, or one that
    /// is too large. An answer with any status is no error.
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;
}

/// Sends a request and gives a future of the answer.
pub trait AsyncTransport {
    /// Sends `request` and reads the whole answer.
    ///
    /// # Errors
    /// As of [`Transport::send`].
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send;
}

impl<T: Transport + ?Sized> Transport for &T {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request)
    }
}

impl<T: AsyncTransport> AsyncTransport for &T {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        (**self).send(request)
    }
}

impl<T: AsyncTransport> AsyncTransport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        (**self).send(request)
    }
}

/// How long a call may take: an extension of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Until the connection stands, TLS included where the client tells the two apart. `Reqwest`
    /// fixes this when it is made and ignores it here.
    pub connect: Duration,
    /// From the start of the call to the last byte of the answer.
    pub total: Duration,
}

impl Deadline {
    /// 10 s to connect, 60 s for the whole call.
    pub const DEFAULT: Self = Self {
        connect: Duration::from_secs(10),
        total: Duration::from_secs(60),
    };
}

impl Default for Deadline {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The room to make for a body whose length is announced: up to 1 MiB, beyond which it has to come first.
#[cfg(any(feature = "reqwest", feature = "ureq"))]
fn expected(length: Option<u64>) -> usize {
    const MOST: usize = 1 << 20;
    length.map_or(0, |length| {
        usize::try_from(length).map_or(MOST, |length| length.min(MOST))
    })
}

/// How many bytes of an answer's body a transport may read, as they come over the wire: an
/// extension of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimit(pub usize);

impl BodyLimit {
    /// 32 MiB.
    pub const DEFAULT: Self = Self(32 << 20);

    /// The limit that `request` states, else the default.
    #[must_use]
    pub fn of<B>(request: &Request<B>) -> Self {
        request.extensions().get().copied().unwrap_or(Self::DEFAULT)
    }

    /// The error of an answer that is larger.
    #[must_use]
    pub fn exceeded(self) -> TransportError {
        TransportError::new(TransportErrorKind::BodyLimit(self.0))
    }

    /// Whether `length` bytes may be read.
    ///
    /// # Errors
    /// When they are too many.
    pub fn check(self, length: usize) -> Result<(), TransportError> {
        if length > self.0 {
            Err(self.exceeded())
        } else {
            Ok(())
        }
    }
}

impl Default for BodyLimit {
    fn default() -> Self {
        Self::DEFAULT
    }
}
