use std::io::{self, Read};

use bytes::Bytes;
use http::{Request, Response};
use ureq::Agent;
use ureq::config::{AutoHeaderValue, Config};
use ureq::typestate::HttpCrateScope;

use super::{BodyLimit, Deadline, Transport, TransportError, TransportErrorKind, expected};

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
        let (parts, body) = request.into_parts();
        let answer = if body.is_empty() && parts.method == http::Method::GET {
            self.0
                .run(self.configured(Request::from_parts(parts, ())))?
        } else {
            self.0
                .run(self.configured(Request::from_parts(parts, &body[..])))?
        };
        let (parts, body) = answer.into_parts();
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
            error => TransportError::new(kind(&error)).caused_by(error),
        })
    }
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
