//! Calls whose answers are read item by item.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use http::{Request, Response};

use super::{AsyncItems, Decoder, Items, StreamedResponse, decoder};
use crate::call::{Call, Refusal};
use crate::error::{Error, RequestError};
use crate::redaction::Secrets;
use crate::transport::{AsyncStreamingTransport, RequestBody, StreamingTransport};

impl<'a, T, O: StreamedResponse> Call<'a, T, O> {
    /// Reads the answer item by item: [`send`](ItemsCall::send) it through a blocking transport, or await
    /// it through an asynchronous one. The header blocks of the response are not read.
    pub fn items(self) -> ItemsCall<'a, T, O> {
        ItemsCall(self)
    }
}

/// A [`Call`] that gives the items of the response one by one.
#[must_use = "a call does nothing until it is sent or awaited"]
pub struct ItemsCall<'a, T, O: StreamedResponse>(Call<'a, T, O>);

impl<T, O: StreamedResponse> ItemsCall<'_, T, O> {
    fn encode(&self) -> Result<(Request<RequestBody>, Secrets), RequestError> {
        decoder::check::<O>(&self.0.settings)?;
        let (request, secrets) = self.0.encode()?;
        Ok((request.map(RequestBody::from), secrets))
    }

    /// The decoder for an answer, and its body.
    fn open<B>(&self, answer: Response<B>, secrets: Secrets) -> Opened<O, B> {
        let settings = std::sync::Arc::clone(&self.0.settings);
        let decoder = Decoder::new(settings, secrets, &answer)?;
        Ok((decoder, answer.into_body()))
    }
}

type Opened<O, B> = Result<(Decoder<O>, B), Refusal<O>>;

impl<T: StreamingTransport, O: StreamedResponse> ItemsCall<'_, T, O> {
    /// Sends the request and waits for the head of the answer.
    ///
    /// # Errors
    /// When the request cannot be sent, or no answer comes. What the answer says shows when its items
    /// are asked for.
    pub fn send(self) -> Result<Items<O, T::Body>, Refusal<O>> {
        let span = self.0.span();
        let opened = span.in_scope(|| {
            let (request, secrets) = self.encode()?;
            let answer = self.0.transport.open(request).map_err(Error::from)?;
            span.status(answer.status().as_u16());
            self.open(answer, secrets)
        });
        match opened {
            Ok((decoder, body)) => Ok(Items::new(decoder, body, span)),
            Err(error) => {
                span.outcome(error.outcome());
                Err(error)
            }
        }
    }
}

impl<'a, T, O> IntoFuture for ItemsCall<'a, T, O>
where
    T: AsyncStreamingTransport,
    O: StreamedResponse,
    T::Body: 'a,
{
    type Output = Result<AsyncItems<O, T::Body>, Refusal<O>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        let span = self.0.span();
        let (request, secrets) = match span.in_scope(|| self.encode()) {
            Ok(encoded) => encoded,
            Err(error) => {
                return Box::pin(async move {
                    let error = Error::Request(error);
                    span.outcome(error.outcome());
                    Err(error)
                });
            }
        };
        // The record itself stays here: it need not be `Send`.
        let (transport, settings) = (self.0.transport, self.0.settings);
        let exchange = span.instrument(transport.open(request));
        Box::pin(async move {
            let opened = match exchange.await {
                Ok(answer) => {
                    span.status(answer.status().as_u16());
                    let decoder = Decoder::new(settings, secrets, &answer);
                    decoder.map(|decoder| (decoder, answer.into_body()))
                }
                Err(error) => Err(Error::from(error)),
            };
            match opened {
                Ok((decoder, body)) => Ok(AsyncItems::new(decoder, body, span)),
                Err(error) => {
                    span.outcome(error.outcome());
                    Err(error)
                }
            }
        })
    }
}

impl<T, O: StreamedResponse> fmt::Debug for ItemsCall<'_, T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
