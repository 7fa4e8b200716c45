use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};

use super::{
    AnswerBody, AsyncAnswerBody, AsyncStreamingTransport, AsyncTransport, BodyLimit, RequestBody,
    StreamingTransport, Transport, TransportError, TransportErrorKind,
};

/// Answers from a script and remembers what was asked: for tests. Clones share the script.
///
/// ```
/// use castile::transport::{Mock, Transport};
///
/// let mock = Mock::new().answer(200, "text/plain", "hello");
/// let request = http::Request::post("http://test/").body("hi".into())?;
/// assert_eq!(mock.send(request)?.body(), "hello");
/// assert_eq!(mock.requests()[0].body(), "hi");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    answers: VecDeque<Result<Response<Bytes>, TransportError>>,
    requests: Vec<Request<Bytes>>,
}

impl Mock {
    /// A transport without answers: each call fails.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an answer. An empty `content_type` sends no such header. A `status` that is none
    /// becomes 500.
    #[must_use]
    pub fn answer(self, status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut response = Response::new(body.into());
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let (false, Ok(value)) = (content_type.is_empty(), HeaderValue::from_str(content_type)) {
            response.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        self.respond(response)
    }

    /// Adds an answer with headers of its own.
    #[must_use]
    pub fn respond(self, response: Response<Bytes>) -> Self {
        self.script().answers.push_back(Ok(response));
        self
    }

    /// Adds a failure.
    #[must_use]
    pub fn fail(self, error: TransportError) -> Self {
        self.script().answers.push_back(Err(error));
        self
    }

    /// The requests so far, the first one first.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.script().requests.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stream(&self, request: Request<RequestBody>) -> Result<Response<MockBody>, TransportError> {
        let (parts, mut body) = request.into_parts();
        let failure = body.failure();
        let mut whole = Vec::new();
        for piece in &mut body {
            let piece = piece.map_err(|error| {
                let kind = TransportErrorKind::RequestBody;
                failure.or(TransportError::new(kind).caused_by(error))
            })?;
            whole.extend_from_slice(&piece);
        }
        let mut request = Request::from_parts(parts, Bytes::from(whole));
        request.extensions_mut().insert(BodyLimit(usize::MAX));
        let response = self.exchange(request)?;
        Ok(response.map(MockBody))
    }

    fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let limit = BodyLimit::of(&request);
        let mut script = self.script();
        script.requests.push(request);
        let response = script.answers.pop_front().unwrap_or_else(|| {
            Err(TransportError::new(TransportErrorKind::Client)
                .caused_by("the mock's script has no answer left"))
        })?;
        limit.check(response.body().len())?;
        Ok(response)
    }
}

impl Transport for Mock {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.exchange(request)
    }
}

impl AsyncTransport for Mock {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        std::future::ready(self.exchange(request))
    }
}

impl StreamingTransport for Mock {
    type Body = MockBody;

    fn open(&self, request: Request<RequestBody>) -> Result<Response<MockBody>, TransportError> {
        self.stream(request)
    }
}

impl AsyncStreamingTransport for Mock {
    type Body = MockBody;

    fn open(
        &self,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Result<Response<MockBody>, TransportError>> + Send {
        std::future::ready(self.stream(request))
    }
}

/// The body of an answer of a [`Mock`], in one piece.
#[derive(Clone, Debug)]
pub struct MockBody(Bytes);

impl MockBody {
    fn take(&mut self) -> Option<Bytes> {
        Some(std::mem::take(&mut self.0)).filter(|bytes| !bytes.is_empty())
    }
}

impl AnswerBody for MockBody {
    fn piece(&mut self) -> Result<Option<Bytes>, TransportError> {
        Ok(self.take())
    }
}

impl AsyncAnswerBody for MockBody {
    fn piece(&mut self) -> impl Future<Output = Result<Option<Bytes>, TransportError>> + Send {
        std::future::ready(Ok(self.take()))
    }
}

impl fmt::Debug for Mock {
    /// Counts only: requests carry credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let script = self.script();
        f.debug_struct("Mock")
            .field("answers", &script.answers.len())
            .field("requests", &script.requests.len())
            .finish()
    }
}
