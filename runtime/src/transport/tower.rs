use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::{AsyncTransport, BodyLimit, TransportError, TransportErrorKind};

/// Asynchronous calls through any [`tower::Service`](https://docs.rs/tower) over whole bodies.
///
/// The service is cloned for each call. There is no clock here: a layer of the service keeps the
/// [`Deadline`](super::Deadline), which the request carries as an extension, and reads no more than
/// the [`BodyLimit`]. It should follow no redirects.
#[derive(Clone)]
pub struct Tower<S>(S);

impl<S> Tower<S> {
    /// A transport that sends by `service`.
    pub fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S> fmt::Debug for Tower<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tower").finish_non_exhaustive()
    }
}

impl<S> AsyncTransport for Tower<S>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    S::Future: Send,
{
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        let mut service = self.0.clone();
        async move {
            let limit = BodyLimit::of(&request);
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(|e| failed(TransportErrorKind::Client, e.into()))?;
            let response = service
                .call(request)
                .await
                .map_err(|e| failed(TransportErrorKind::Exchange, e.into()))?;
            limit.check(response.body().len())?;
            Ok(response)
        }
    }
}

/// A layer that knows the stage says so with a [`TransportError`] of its own.
fn failed(kind: TransportErrorKind, error: Box<dyn Error + Send + Sync>) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::new(kind).caused_by(error),
    }
}
