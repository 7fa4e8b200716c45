//! Transports whose answers, and requests, need not be whole at any time.

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

use super::{RequestBody, TransportError};

/// Sends a request and gives the answer as soon as its head has come, blocking the thread.
///
/// What [`Transport`](super::Transport) promises holds here as well, but for the
/// [`BodyLimit`](super::BodyLimit): who reads the body counts.
pub trait StreamingTransport {
    /// The body of an answer.
    type Body: AnswerBody;

    /// Sends `request` and reads the head of the answer.
    ///
    /// # Errors
    /// When none came: no connection, no answer in time, a broken one; or when the body of the request
    /// could not be made. An answer with any status is no error.
    fn open(&self, request: Request<RequestBody>) -> Result<Response<Self::Body>, TransportError>;
}

/// The body of an answer, which comes piece by piece.
pub trait AnswerBody {
    /// Waits for the next piece; `None` at the end.
    ///
    /// # Errors
    /// When the body breaks off, or does not come in time.
    fn piece(&mut self) -> Result<Option<Bytes>, TransportError>;
}

/// Sends a request and gives a future of the answer as soon as its head has come: see
/// [`StreamingTransport`].
pub trait AsyncStreamingTransport {
    /// The body of an answer.
    type Body: AsyncAnswerBody;

    /// Sends `request` and reads the head of the answer.
    ///
    /// # Errors
    /// As of [`StreamingTransport::open`].
    fn open(
        &self,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Result<Response<Self::Body>, TransportError>> + Send;
}

/// The body of an answer, which comes piece by piece.
pub trait AsyncAnswerBody: Send {
    /// Waits for the next piece; `None` at the end. Nothing is lost where the future is dropped.
    ///
    /// # Errors
    /// As of [`AnswerBody::piece`].
    fn piece(&mut self) -> impl Future<Output = Result<Option<Bytes>, TransportError>> + Send;
}

impl<T: StreamingTransport + ?Sized> StreamingTransport for &T {
    type Body = T::Body;

    fn open(&self, request: Request<RequestBody>) -> Result<Response<T::Body>, TransportError> {
        (**self).open(request)
    }
}

impl<T: StreamingTransport + ?Sized> StreamingTransport for Arc<T> {
    type Body = T::Body;

    fn open(&self, request: Request<RequestBody>) -> Result<Response<T::Body>, TransportError> {
        (**self).open(request)
    }
}

impl<T: AsyncStreamingTransport> AsyncStreamingTransport for &T {
    type Body = T::Body;

    fn open(
        &self,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Result<Response<T::Body>, TransportError>> + Send {
        (**self).open(request)
    }
}

impl<T: AsyncStreamingTransport> AsyncStreamingTransport for Arc<T> {
    type Body = T::Body;

    fn open(
        &self,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Result<Response<T::Body>, TransportError>> + Send {
        (**self).open(request)
    }
}
