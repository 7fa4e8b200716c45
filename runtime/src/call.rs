//! One call: from the record that goes out to the record that comes back.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::answer::Answer;
use crate::binding::Protocol;
use crate::check::Checker;
use crate::complex::ComplexType;
use crate::error::{Error, RequestError, RequestErrorKind};
use crate::limits::Limits;
use crate::operation::Operation;
use crate::port::{Port, Settings};
use crate::redaction::Secrets;
use crate::trace::CallSpan;
use crate::transport::{AsyncTransport, Transport, TransportError};
use crate::{http_json, http_request, json, soap};

/// What a call of the operation `O` gives.
pub type Outcome<O> =
    Result<<O as Operation>::Response, Error<<O as Operation>::Code, <O as Operation>::Detail>>;

/// A call that is ready to go: [`send`](Call::send) it through a blocking transport, or await it
/// through an asynchronous one.
#[must_use = "a call does nothing until it is sent or awaited"]
pub struct Call<'a, T, O: Operation> {
    transport: &'a T,
    settings: Arc<Settings>,
    request: O::Request,
}

impl<'a, T, O: Operation> Call<'a, T, O> {
    pub(crate) fn new(transport: &'a T, settings: Arc<Settings>, request: O::Request) -> Self {
        Self {
            transport,
            settings,
            request,
        }
    }

    /// How long this call may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        Arc::make_mut(&mut self.settings).deadline.total = timeout;
        self
    }

    /// Sends the request even if it is against the contract's limits and rules.
    pub fn unchecked(mut self) -> Self {
        Arc::make_mut(&mut self.settings).unchecked = true;
        self
    }

    /// The HTTP request, for those who send it themselves. [`Port::read_response`] reads the
    /// answer.
    ///
    /// # Errors
    /// When the request cannot be sent as it is.
    pub fn request(&self) -> Result<Request<Bytes>, RequestError> {
        self.encode().map(|(request, _)| request)
    }

    fn encode(&self) -> Result<(Request<Bytes>, Secrets), RequestError> {
        let mut secrets = self.settings.secrets.clone();
        encode::<O>(&self.settings, &self.request, &mut secrets)
            .map(|request| (request, secrets))
            .map_err(|kind| RequestError::new(O::BINDING.operation, kind))
    }

    fn span(&self) -> CallSpan {
        CallSpan::new(O::BINDING, &self.settings.address)
    }
}

impl<T: Transport, O: Operation> Call<'_, T, O> {
    /// Sends the request and waits for the answer.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn send(self) -> Outcome<O> {
        let span = self.span();
        let answer = span.in_scope(|| {
            let (request, secrets) = self.encode()?;
            Ok((self.transport.send(request), secrets))
        });
        match answer {
            Ok((answer, secrets)) => finish::<O>(&span, answer, &self.settings.limits, &secrets),
            Err(error) => refused::<O>(&span, error),
        }
    }
}

impl<'a, T: AsyncTransport, O: Operation> IntoFuture for Call<'a, T, O> {
    type Output = Outcome<O>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        let span = self.span();
        let (request, secrets) = match span.in_scope(|| self.encode()) {
            Ok(encoded) => encoded,
            Err(error) => return Box::pin(async move { refused::<O>(&span, error) }),
        };
        // The record itself stays here: it need not be `Send`.
        let (transport, settings) = (self.transport, self.settings);
        let exchange = span.instrument(transport.send(request));
        Box::pin(async move {
            let answer = exchange.await;
            finish::<O>(&span, answer, &settings.limits, &secrets)
        })
    }
}

impl<T, O: Operation> fmt::Debug for Call<'_, T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("service", &O::BINDING.service)
            .field("operation", &O::BINDING.operation)
            .field("port", &self.settings)
            .finish_non_exhaustive()
    }
}

impl<T> Port<T> {
    /// Reads the answer to [`Call::request`], within the port's limits.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn read_response<O: Operation>(&self, response: Response<Bytes>) -> Outcome<O> {
        let settings = self.settings();
        read::<O>(response, &settings.limits, &settings.secrets)
    }
}

/// Reads the answer to a call, within the default limits. What the answer repeats of secrets that
/// were sent stays in errors; [`Port::read_response`] takes it out.
///
/// # Errors
/// See [`Error`].
pub fn read_response<O: Operation>(response: Response<Bytes>) -> Outcome<O> {
    read::<O>(response, &Limits::default(), &Secrets::default())
}

fn encode<O: Operation>(
    settings: &Settings,
    record: &O::Request,
    secrets: &mut Secrets,
) -> Result<Request<Bytes>, RequestErrorKind> {
    let binding = O::BINDING;
    let mut checker = Checker::new();
    record.write_content(&mut checker);
    let errors = secrets.extend(checker);
    if !errors.is_empty() && !settings.unchecked {
        return Err(RequestErrorKind::Check(errors));
    }
    let is_set = |name: &str| settings.http_headers.iter().any(|(known, _)| known == name);
    if let Some(missing) = binding.http_headers.iter().find(|name| !is_set(name)) {
        return Err(RequestErrorKind::MissingHeader((*missing).to_owned()));
    }
    match binding.protocol {
        Protocol::Soap(version, action) => {
            let envelope = soap::envelope(settings, binding, version, record)?;
            http_request::soap(settings, binding, version, action, envelope)
        }
        Protocol::Json { method, path, .. } => {
            let written = json::Writer::document(record)
                .map_err(|error| RequestErrorKind::Check(vec![error]))?;
            http_request::json(settings, method, path, written)
        }
    }
}

fn refused<O: Operation>(span: &CallSpan, error: RequestError) -> Outcome<O> {
    let error = Error::Request(error);
    span.outcome(error.outcome());
    Err(error)
}

fn finish<O: Operation>(
    span: &CallSpan,
    answer: Result<Response<Bytes>, TransportError>,
    limits: &Limits,
    secrets: &Secrets,
) -> Outcome<O> {
    let outcome = answer.map_err(Error::from).and_then(|response| {
        span.status(response.status().as_u16());
        span.in_scope(|| read::<O>(response, limits, secrets))
    });
    span.outcome(outcome.as_ref().map_or_else(Error::outcome, |_| "ok"));
    outcome
}

fn read<O: Operation>(response: Response<Bytes>, limits: &Limits, secrets: &Secrets) -> Outcome<O> {
    let answer = Answer::new(response, limits, secrets)?;
    let outcome = interpret::<O>(&answer);
    // A refusal may repeat what was sent, in fields that the contract knows nothing of: where it
    // does, its typed detail is read from the text without the secrets.
    if !matches!(outcome, Err(Error::Fault(_))) {
        return outcome;
    }
    match answer.without_sent_secrets() {
        Some(clean) => interpret::<O>(&clean),
        None => outcome,
    }
}

fn interpret<O: Operation>(answer: &Answer<'_>) -> Outcome<O> {
    let response: O::Response = match O::BINDING.protocol {
        Protocol::Soap(..) => soap::read_answer::<O>(answer)?,
        Protocol::Json { statuses, .. } => http_json::read_answer::<O>(answer, statuses)?,
    };
    match O::rejection(&response) {
        None => Ok(response),
        Some(rejection) => Err(answer.rejected(rejection, O::detail_from_response(response))),
    }
}
