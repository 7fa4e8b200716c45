//! One call: from the record that goes out to the record that comes back.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::answer::Answer;
use crate::binding::{HeaderBlock, HttpBody, Protocol};
use crate::check::{CheckError, Checker};
use crate::complex::Record;
use crate::error::{Error, RequestError, RequestErrorKind};
use crate::judge::Judge;
use crate::limits::Limits;
use crate::operation::{Operation, ResponseHeaders};
use crate::port::{Port, Settings};
use crate::redaction::Secrets;
use crate::slot::Slot;
use crate::trace::CallSpan;
use crate::transport::{AsyncTransport, Transport, TransportError};
use crate::value::Value;
use crate::{http_json, http_message, http_request, json, soap};

/// What a call of the operation `O` gives.
pub type Outcome<O> = Result<<O as Operation>::Response, Refusal<O>>;

/// What an answer must keep to.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) limits: &'a Limits,
    pub(crate) judge: Judge,
}

impl Settings {
    fn terms(&self) -> Terms<'_> {
        Terms {
            limits: &self.limits,
            judge: self.judge,
        }
    }
}

/// How a call of the operation `O` fails.
pub(crate) type Refusal<O> = Error<<O as Operation>::Code, <O as Operation>::Detail>;

type Exchanged = Result<Response<Bytes>, TransportError>;

/// A call that is ready to go: [`send`](Call::send) it through a blocking transport, or await it
/// through an asynchronous one.
#[must_use = "a call does nothing until it is sent or awaited"]
pub struct Call<'a, T, O: Operation> {
    pub(crate) transport: &'a T,
    pub(crate) settings: Arc<Settings>,
    pub(crate) request: O::Request,
    /// The first header block that was given and is none of the operation's.
    undeclared: Option<&'static str>,
}

impl<'a, T, O: Operation> Call<'a, T, O> {
    pub(crate) fn new(transport: &'a T, settings: Arc<Settings>, request: O::Request) -> Self {
        Self {
            transport,
            settings,
            request,
            undeclared: None,
        }
    }

    /// Sends this header block with this call, in the place of one that is set for all calls. Generated
    /// clients have a constant for each block. One that the operation does not declare is refused
    /// before anything is sent.
    pub fn header<V>(mut self, block: HeaderBlock<V>, value: impl Into<V>) -> Self
    where
        V: Value + Send + Sync + 'static,
    {
        let name = block.name();
        if !O::BINDING.headers.iter().any(|header| header.name == name) {
            self.undeclared.get_or_insert(name.local);
        }
        Arc::make_mut(&mut self.settings).set_header(name, value.into());
        self
    }

    /// Reads the header blocks of the response, too.
    pub fn with_headers(self) -> CallWithHeaders<'a, T, O>
    where
        O: ResponseHeaders,
    {
        CallWithHeaders(self)
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

    pub(crate) fn encode(&self) -> Result<(Request<Bytes>, Secrets), RequestError> {
        self.encode_by(|secrets| encode::<O>(&self.settings, &self.request, secrets))
    }

    /// What `encode` makes of the call, and the secrets in it.
    pub(crate) fn encode_by<R>(
        &self,
        encode: impl FnOnce(&mut Secrets) -> Result<R, RequestErrorKind>,
    ) -> Result<(R, Secrets), RequestError> {
        let failed = |kind| RequestError::new(O::BINDING.operation, kind);
        if let Some(name) = self.undeclared {
            return Err(failed(RequestErrorKind::UndeclaredHeader(name.to_owned())));
        }
        let mut secrets = self.settings.secrets.clone();
        let encoded = encode(&mut secrets).map_err(failed)?;
        Ok((encoded, secrets))
    }

    pub(crate) fn span(&self) -> CallSpan {
        CallSpan::new(O::BINDING, &self.settings.address)
    }
}

impl<T: Transport, O: Operation> Call<'_, T, O> {
    /// Sends the request and waits for the answer.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn send(self) -> Outcome<O> {
        self.send_reading(None)
    }

    fn send_reading(self, headers: Option<&mut dyn Slot>) -> Outcome<O> {
        let span = self.span();
        let answer = span.in_scope(|| {
            let (request, secrets) = self.encode()?;
            Ok((self.transport.send(request), secrets))
        });
        match answer {
            Ok((answer, secrets)) => {
                finish::<O>(&span, answer, self.settings.terms(), &secrets, headers)
            }
            Err(error) => Err(refused(&span, error)),
        }
    }
}

impl<'a, T: AsyncTransport, O: Operation> IntoFuture for Call<'a, T, O> {
    type Output = Outcome<O>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        self.reading(|span, answer, settings, secrets| {
            finish::<O>(span, answer, settings.terms(), secrets, None)
        })
    }
}

impl<'a, T: AsyncTransport, O: Operation> Call<'a, T, O> {
    fn reading<R: 'a>(self, read: Read<R, O>) -> Reading<'a, R, O> {
        let span = self.span();
        let (request, secrets) = match span.in_scope(|| self.encode()) {
            Ok(encoded) => encoded,
            Err(error) => return Box::pin(async move { Err(refused(&span, error)) }),
        };
        // The record itself stays here: it need not be `Send`.
        let (transport, settings) = (self.transport, self.settings);
        let exchange = span.instrument(transport.send(request));
        Box::pin(async move {
            let answer = exchange.await;
            read(&span, answer, &settings, &secrets)
        })
    }
}

/// Makes a result of what came back.
type Read<R, O> = fn(&CallSpan, Exchanged, &Settings, &Secrets) -> Result<R, Refusal<O>>;

type Reading<'a, R, O> = Pin<Box<dyn Future<Output = Result<R, Refusal<O>>> + Send + 'a>>;

/// A [`Call`] that gives the header blocks of the response, too.
#[must_use = "a call does nothing until it is sent or awaited"]
pub struct CallWithHeaders<'a, T, O: Operation>(Call<'a, T, O>);

/// A response with its header blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WithHeaders<R, H> {
    /// The record of the body.
    pub response: R,
    /// The record of the header blocks that the contract declares.
    pub headers: H,
}

/// What a call of `O` gives with header blocks.
pub type OutcomeWithHeaders<O> =
    Result<WithHeaders<<O as Operation>::Response, <O as ResponseHeaders>::Headers>, Refusal<O>>;

impl<T: Transport, O: ResponseHeaders> CallWithHeaders<'_, T, O> {
    /// Sends the request and waits for the answer.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn send(self) -> OutcomeWithHeaders<O> {
        let mut headers = O::Headers::default();
        let response = self.0.send_reading(Some(&mut headers))?;
        Ok(WithHeaders { response, headers })
    }
}

impl<'a, T: AsyncTransport, O: ResponseHeaders> IntoFuture for CallWithHeaders<'a, T, O>
where
    O::Response: 'a,
    O::Headers: 'a,
{
    type Output = OutcomeWithHeaders<O>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.reading(|span, answer, settings, secrets| {
            let mut headers = O::Headers::default();
            let read = Some(&mut headers as &mut dyn Slot);
            let response = finish::<O>(span, answer, settings.terms(), secrets, read)?;
            Ok(WithHeaders { response, headers })
        })
    }
}

impl<T, O: Operation> fmt::Debug for CallWithHeaders<'_, T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
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
    /// Reads the answer to [`Call::request`], within the port's limits. Errors do not show what the
    /// answer repeats of the port's secrets. Secrets in the request's own record are those of the
    /// call: only [`Call::send`] and awaiting it take these out as well.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn read_response<O: Operation>(&self, response: Response<Bytes>) -> Outcome<O> {
        let settings = self.settings();
        read::<O>(response, settings.terms(), &settings.secrets, None)
    }
}

/// Reads an answer that is at hand, as of a file or in a test: **its errors keep every secret** that the
/// answer repeats of the request, for nothing here knows the request. Answers of a service are for
/// [`Port::read_response`]. The limits are the default ones.
///
/// # Errors
/// See [`Error`].
pub fn read_response<O: Operation>(response: Response<Bytes>) -> Outcome<O> {
    let terms = Terms {
        limits: &Limits::default(),
        judge: Judge::default(),
    };
    read::<O>(response, terms, &Secrets::default(), None)
}

/// Holds a request against the limits that it is sent under, as far as `counts` says of what was found.
pub(crate) fn check<O: Operation>(
    settings: &Settings,
    record: &O::Request,
    secrets: &mut Secrets,
    counts: impl Fn(&CheckError) -> bool,
) -> Result<(), RequestErrorKind> {
    let binding = O::BINDING;
    let mut checker = Checker::new();
    record.write_content(&mut checker);
    let mut errors = secrets.extend(checker);
    for block in &settings.headers {
        if !block.errors().is_empty() && binding.headers.iter().any(|header| block.is(header.name))
        {
            errors.extend_from_slice(block.errors());
        }
    }
    errors.retain(counts);
    if !errors.is_empty() && !settings.unchecked {
        return Err(RequestErrorKind::Check(errors));
    }
    let is_set = |name: &str| settings.http_headers.iter().any(|(known, _)| known == name);
    if let Some(missing) = binding.http_headers.iter().find(|name| !is_set(name)) {
        return Err(RequestErrorKind::MissingHeader((*missing).to_owned()));
    }
    Ok(())
}

fn encode<O: Operation>(
    settings: &Settings,
    record: &O::Request,
    secrets: &mut Secrets,
) -> Result<Request<Bytes>, RequestErrorKind> {
    let binding = O::BINDING;
    check::<O>(settings, record, secrets, |_| true)?;
    match binding.protocol {
        Protocol::Soap(version, action) => {
            let version = settings.version.unwrap_or(version);
            let envelope = soap::envelope(settings, binding, version, record)?;
            let has_parts = !envelope.1.is_empty();
            settings.judge.request(binding, &envelope.0, has_parts)?;
            http_request::soap(settings, binding, version, action, envelope)
        }
        Protocol::Json { method, path, .. } => {
            let written = json::Writer::document(record)
                .map_err(|error| RequestErrorKind::Check(vec![error]))?;
            http_request::json(settings, method, path, written)
        }
        Protocol::Http {
            method, path, body, ..
        } => match body {
            HttpBody::Form => {
                let parameters = json::Writer::form(record, path)?;
                http_request::form(settings, method, path, &parameters)
            }
            HttpBody::Xml => {
                let document = http_message::document(binding.request, record);
                let document = document.finish_octets().map_err(RequestErrorKind::Write)?;
                http_request::document(settings, method, path, document)
            }
        },
    }
}

fn refused<C, D>(span: &CallSpan, error: RequestError) -> Error<C, D> {
    let error = Error::Request(error);
    span.outcome(error.outcome());
    error
}

impl<T, O: Operation> Call<'_, T, O> {
    /// Makes a result of an answer to the call.
    pub(crate) fn finish(
        &self,
        span: &CallSpan,
        answer: Exchanged,
        secrets: &Secrets,
    ) -> Outcome<O> {
        finish_whole::<O>(span, answer, &self.settings, secrets)
    }
}

/// Makes a result of an answer, whose header blocks nobody asked for.
pub(crate) fn finish_whole<O: Operation>(
    span: &CallSpan,
    answer: Exchanged,
    settings: &Settings,
    secrets: &Secrets,
) -> Outcome<O> {
    finish::<O>(span, answer, settings.terms(), secrets, None)
}

fn finish<O: Operation>(
    span: &CallSpan,
    answer: Exchanged,
    terms: Terms<'_>,
    secrets: &Secrets,
    headers: Option<&mut dyn Slot>,
) -> Outcome<O> {
    let outcome = answer.map_err(Error::from).and_then(|response| {
        span.status(response.status().as_u16());
        span.in_scope(|| read::<O>(response, terms, secrets, headers))
    });
    span.outcome(outcome.as_ref().map_or_else(Error::outcome, |_| "ok"));
    outcome
}

/// Reads an answer, and what its header holds into `headers`.
pub(crate) fn read<O: Operation>(
    response: Response<Bytes>,
    terms: Terms<'_>,
    secrets: &Secrets,
    headers: Option<&mut dyn Slot>,
) -> Outcome<O> {
    let answer = Answer::new(response, terms.limits, secrets)?;
    read_answer::<O>(&answer, terms.judge, headers)
}

/// Reads an answer that is decoded as far as HTTP goes.
pub(crate) fn read_answer<O: Operation>(
    answer: &Answer<'_>,
    judge: Judge,
    headers: Option<&mut dyn Slot>,
) -> Outcome<O> {
    let outcome = interpret::<O>(answer, judge, headers);
    // A refusal may repeat what was sent, in fields that the contract knows nothing of: where it
    // does, its typed detail is read from the text without the secrets.
    if !matches!(outcome, Err(Error::Fault(_))) {
        return outcome;
    }
    match answer.without_sent_secrets() {
        Some(clean) => interpret::<O>(&clean, judge, None),
        None => outcome,
    }
}

fn interpret<O: Operation>(
    answer: &Answer<'_>,
    judge: Judge,
    headers: Option<&mut dyn Slot>,
) -> Outcome<O> {
    let response = read_record::<O>(answer, judge, headers)?;
    match O::rejection(&response) {
        None => Ok(response),
        Some(rejection) => Err(answer.rejected(rejection, O::detail_from_response(response))),
    }
}

/// Reads the response, whatever it says.
pub(crate) fn read_record<O: Operation>(
    answer: &Answer<'_>,
    judge: Judge,
    headers: Option<&mut dyn Slot>,
) -> Outcome<O> {
    Ok(match O::BINDING.protocol {
        Protocol::Soap(..) => {
            let response = soap::read_answer::<O>(answer, headers)?;
            let has_parts = answer.attachments.is_some();
            judge
                .answer(O::BINDING, &answer.bytes, answer.limits, has_parts)
                .map_err(|kind| answer.unusable(kind))?;
            response
        }
        Protocol::Json { statuses, .. } => http_json::read_answer::<O>(answer, statuses)?,
        Protocol::Http { answer: kind, .. } => http_message::read_answer::<O>(answer, kind)?,
    })
}
