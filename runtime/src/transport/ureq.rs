use std::fmt;
use std::io::{self, Read};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};
use ureq::config::{AutoHeaderValue, Config};
use ureq::typestate::HttpCrateScope;
use ureq::{Agent, Body, BodyReader, SendBody};

use super::{
    AnswerBody, BodyLimit, Deadline, RequestBody, StreamingTransport, Transport, TransportError,
    TransportErrorKind, expected,
};

/// Blocking calls through [`ureq`]. Clones share the connections.
///
/// TLS is rustls with Mozilla's root certificates; the machine's own are not looked at. No proxy,
/// no redirects, no cookies.
#[derive(Clone, Debug)]
pub struct Ureq(Agent);

impl Ureq {
    /// A client with pooled connections.
    #[must_use]
    pub fn new() -> Self {
        Self(
            // What each call would set otherwise, which takes time.
            Agent::config_builder()
                .proxy(None)
                .user_agent("")
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .allow_non_standard_methods(true)
                .accept("")
                .accept_encoding("")
                .timeout_connect(Some(Deadline::DEFAULT.connect))
                .timeout_global(Some(Deadline::DEFAULT.total))
                .build()
                .new_agent(),
        )
    }

    /// An agent of yours: with a proxy or other certificates. Redirects stay off, and the deadline
    /// is the call's.
    #[must_use]
    pub fn from_agent(agent: Agent) -> Self {
        Self(agent)
    }

    fn run(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ureq::Error> {
        let limit = BodyLimit::of(&request);
        let (parts, body) = self.exchange(request)?.into_parts();
        let too_large =
            || ureq::Error::BodyExceedsLimit(u64::try_from(limit.0).unwrap_or(u64::MAX));
        let known = body.content_length().map(usize::try_from);
        if known.is_some_and(|n| n.map_or(true, |n| n > limit.0)) {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(expected(body.content_length()));
        let most = u64::try_from(limit.0).unwrap_or(u64::MAX).saturating_add(1);
        body.into_reader().take(most).read_to_end(&mut bytes)?;
        if bytes.len() > limit.0 {
            return Err(too_large());
        }
        Ok(Response::from_parts(parts, bytes.into()))
    }

    fn exchange(&self, request: Request<Bytes>) -> Result<Response<Body>, ureq::Error> {
        let (parts, body) = request.into_parts();
        if body.is_empty() && parts.method == http::Method::GET {
            let request = Request::from_parts(parts, ());
            self.0.run(self.configured(request))
        } else {
            let request = Request::from_parts(parts, &body[..]);
            self.0.run(self.configured(request))
        }
    }

    fn begin(&self, request: Request<RequestBody>) -> Result<Response<Body>, ureq::Error> {
        let (mut parts, body) = request.into_parts();
        if let Some(whole) = body.whole().cloned() {
            return self.exchange(Request::from_parts(parts, whole));
        }
        if let Some(length) = body.length() {
            let length = HeaderValue::from(length);
            parts.headers.insert(header::CONTENT_LENGTH, length);
        }
        let body = Sent {
            body,
            piece: Bytes::new(),
        };
        let request = Request::from_parts(parts, SendBody::from_owned_reader(body));
        self.0.run(self.configured(request))
    }

    fn configured<S: ureq::AsSendBody>(&self, request: Request<S>) -> Request<S> {
        let deadline = request
            .extensions()
            .get::<Deadline>()
            .copied()
            .unwrap_or_default();
        if is_set(self.0.config(), deadline) {
            return request;
        }
        let config: ureq::config::ConfigBuilder<HttpCrateScope<S>> =
            self.0.configure_request(request);
        config
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .accept("")
            .accept_encoding("")
            .timeout_connect(Some(deadline.connect))
            .timeout_global(Some(deadline.total))
            .build()
    }
}

/// Whether an agent treats all calls as this one has to be treated.
fn is_set(config: &Config, deadline: Deadline) -> bool {
    let timeouts = config.timeouts();
    timeouts.connect == Some(deadline.connect)
        && timeouts.global == Some(deadline.total)
        && !config.http_status_as_error()
        && config.max_redirects() == 0
        && !config.max_redirects_will_error()
        && config.allow_non_standard_methods()
        && matches!(config.accept(), AutoHeaderValue::None)
        && matches!(config.accept_encoding(), AutoHeaderValue::None)
}

/// A body that is made while it is sent.
struct Sent {
    body: RequestBody,
    piece: Bytes,
}

impl Read for Sent {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.body.next().transpose()? {
                Some(piece) => self.piece = piece,
                None => return Ok(0),
            }
        }
        let length = self.piece.len().min(out.len());
        out[..length].copy_from_slice(&self.piece.split_to(length));
        Ok(length)
    }
}

/// The body of an answer that comes through [`Ureq`].
pub struct UreqBody(BodyReader<'static>);

impl AnswerBody for UreqBody {
    fn piece(&mut self) -> Result<Option<Bytes>, TransportError> {
        let mut piece = vec![0; 16 << 10];
        let read = self.0.read(&mut piece);
        let length = read.map_err(|error| failed(ureq::Error::from(error)))?;
        piece.truncate(length);
        Ok((length > 0).then(|| piece.into()))
    }
}

impl fmt::Debug for UreqBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqBody").finish_non_exhaustive()
    }
}

impl StreamingTransport for Ureq {
    type Body = UreqBody;

    fn open(&self, request: Request<RequestBody>) -> Result<Response<UreqBody>, TransportError> {
        let failure = request.body().failure();
        match self.begin(request) {
            Ok(answer) => Ok(answer.map(|body| UreqBody(body.into_reader()))),
            Err(error) => Err(failure.or(failed(error))),
        }
    }
}

impl Default for Ureq {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for Ureq {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let limit = BodyLimit::of(&request);
        self.run(request).map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => limit.exceeded(),
            error => failed(error),
        })
    }
}

fn failed(error: ureq::Error) -> TransportError {
    TransportError::new(kind(&error)).caused_by(error)
}

fn kind(error: &ureq::Error) -> TransportErrorKind {
    use ureq::Error;
    match error {
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::HostNotFound | Error::ConnectionFailed | Error::Tls(_) | Error::Rustls(_) => {
            TransportErrorKind::Connect
        }
        Error::Io(e) => match e.kind() {
            io::ErrorKind::ConnectionRefused | io::ErrorKind::HostUnreachable => {
                TransportErrorKind::Connect
            }
            io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
            _ => TransportErrorKind::Exchange,
        },
        Error::Http(_) | Error::BadUri(_) => TransportErrorKind::Client,
        _ => TransportErrorKind::Exchange,
    }
}
