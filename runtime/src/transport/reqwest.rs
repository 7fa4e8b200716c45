use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response, Uri};
use http_body::{Frame, SizeHint};
use reqwest::Url;
use reqwest::redirect::Policy;
use rustls::{ClientConfig, RootCertStore};

use super::{
    AsyncAnswerBody, AsyncStreamingTransport, AsyncTransport, BodyLimit, Deadline, RequestBody,
    TransportError, TransportErrorKind, expected,
};

/// Asynchronous calls through [`reqwest`], on a tokio runtime. Clones share the connections.
///
/// TLS is rustls with Mozilla's root certificates; the machine's own are not looked at. No proxy,
/// no redirects, no cookies.
#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    /// The last address: most calls go where the one before went, and to parse it takes time.
    last: Arc<Mutex<Option<(Uri, Url)>>>,
}

impl Reqwest {
    /// A client with pooled connections, which wait 10 s for the server to accept and 30 s for the
    /// next byte.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls_config()?)
            .http1_only()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .no_gzip()
            .no_deflate()
            .no_brotli()
            .no_zstd()
            .connect_timeout(Deadline::DEFAULT.connect)
            .read_timeout(Duration::from_secs(30))
            .build();
        client
            .map(Self::from_client)
            .map_err(|e| TransportError::new(TransportErrorKind::Client).caused_by(e))
    }

    /// A client of yours: with a proxy, other certificates, other timeouts.
    ///
    /// Build it with [`Policy::none`]: a redirect would carry the credentials to wherever it
    /// points. An answer that came by a redirect is refused. Let it decode nothing, so that the
    /// limits on compressed answers hold.
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self {
            client,
            last: Arc::default(),
        }
    }

    fn request<B: Into<reqwest::Body>>(
        &self,
        request: Request<B>,
    ) -> Result<reqwest::Request, TransportError> {
        // What is beside the request can only be handed on by the long way; ours is of no use there.
        let ours = usize::from(request.extensions().get::<Deadline>().is_some())
            + usize::from(request.extensions().get::<BodyLimit>().is_some());
        let last = self.last.lock().ok().and_then(|last| {
            let (uri, url) = last.as_ref()?;
            (uri == request.uri() && request.extensions().len() == ours).then(|| url.clone())
        });
        if let Some(url) = last {
            let (parts, body) = request.into_parts();
            let mut request = reqwest::Request::new(parts.method, url);
            *request.version_mut() = parts.version;
            *request.headers_mut() = parts.headers;
            *request.body_mut() = Some(body.into());
            return Ok(request);
        }
        let uri = request.uri().clone();
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        if let Ok(mut last) = self.last.lock() {
            *last = Some((uri, request.url().clone()));
        }
        Ok(request)
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let limit = BodyLimit::of(&request);
        let mut answer = self.execute(request).await?;
        if answer
            .content_length()
            .is_some_and(|n| n > u64::try_from(limit.0).unwrap_or(u64::MAX))
        {
            return Err(limit.exceeded());
        }
        // An answer in one piece is taken as it is.
        let mut body = answer.chunk().await.map_err(failed)?.unwrap_or_default();
        limit.check(body.len())?;
        if let Some(chunk) = answer.chunk().await.map_err(failed)? {
            let mut joined = BytesMut::with_capacity(expected(answer.content_length()));
            joined.extend_from_slice(&body);
            let mut next = Some(chunk);
            while let Some(chunk) = next {
                limit.check(joined.len().saturating_add(chunk.len()))?;
                joined.extend_from_slice(&chunk);
                next = answer.chunk().await.map_err(failed)?;
            }
            body = joined.freeze();
        }
        Ok(head(&mut answer).map(|()| body))
    }

    /// Sends a request; the answer, when its head has come.
    async fn execute<B: Into<reqwest::Body>>(
        &self,
        request: Request<B>,
    ) -> Result<reqwest::Response, TransportError> {
        let deadline = request
            .extensions()
            .get::<Deadline>()
            .copied()
            .unwrap_or_default();
        let mut request = self.request(request)?;
        *request.timeout_mut() = Some(deadline.total);
        let url = request.url().clone();
        let answer = self.client.execute(request).await.map_err(failed)?;
        if *answer.url() != url {
            return Err(TransportError::new(TransportErrorKind::Client)
                .caused_by("the client that was handed in followed a redirect"));
        }
        Ok(answer)
    }

    async fn begin(
        &self,
        request: Request<RequestBody>,
    ) -> Result<Response<ReqwestBody>, TransportError> {
        let failure = request.body().failure();
        let request = request.map(|body| match body.whole() {
            Some(whole) => reqwest::Body::from(whole.clone()),
            None => reqwest::Body::wrap(Sent(body)),
        });
        let answer = self.execute(request).await;
        let mut answer = answer.map_err(|error| failure.or(error))?;
        Ok(head(&mut answer).map(|()| ReqwestBody(answer)))
    }
}

/// What of an answer is before its body.
fn head(answer: &mut reqwest::Response) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() = answer.status();
    *response.version_mut() = answer.version();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    response
}

/// A body that is made while it is sent.
struct Sent(RequestBody);

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(self.0.next().map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        match self.0.length() {
            Some(length) => SizeHint::with_exact(length),
            None => SizeHint::default(),
        }
    }
}

/// The body of an answer that comes through [`Reqwest`].
#[derive(Debug)]
pub struct ReqwestBody(reqwest::Response);

impl AsyncAnswerBody for ReqwestBody {
    async fn piece(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.0.chunk().await.map_err(failed)
    }
}

impl AsyncStreamingTransport for Reqwest {
    type Body = ReqwestBody;

    fn open(
        &self,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Result<Response<ReqwestBody>, TransportError>> + Send {
        self.begin(request)
    }
}

impl fmt::Debug for Reqwest {
    /// Never the address: it may hold what nobody wants to see in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reqwest").field(&self.client).finish()
    }
}

impl AsyncTransport for Reqwest {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        self.exchange(request)
    }
}

/// Stated here and not left to features of reqwest, which another crate of the program may switch
/// on.
fn tls_config() -> Result<ClientConfig, TransportError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| TransportError::new(TransportErrorKind::Client).caused_by(e))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn failed(error: reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Client
    } else {
        TransportErrorKind::Exchange
    };
    // The address may hold what nobody wants to see in a log.
    TransportError::new(kind).caused_by(error.without_url())
}
