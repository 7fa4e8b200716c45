//! Calls whose requests are made while they are sent.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::io::Read;
use std::pin::Pin;

use http::{Request, Response};

use super::{Passing, StreamedOctets, StreamedRequest, Template, items, octets};
use crate::call::{Call, Outcome, Refusal};
use crate::error::{Error, RequestError};
use crate::operation::Operation;
use crate::transport::{
    AnswerBody, AsyncAnswerBody, AsyncStreamingTransport, BodyLimit, RequestBody,
    StreamingTransport, TransportError,
};
use crate::xml::LeftOut;

impl<'a, T, O: StreamedRequest> Call<'a, T, O> {
    /// Sends these items in the list of the request, behind those that its record holds, each when its
    /// turn comes. [`send`](SendingItems::send) it through a blocking transport, or await it through an
    /// asynchronous one, which asks for items on its own thread.
    ///
    /// Each item is held against the contract's limits when its turn comes. One that is against them
    /// ends the call with a [`TransportError`] of the kind
    /// [`RequestBody`](crate::TransportErrorKind::RequestBody): the service has got a part of the request by
    /// then, and no end of it.
    pub fn sending<I>(self, items: I) -> SendingItems<'a, T, O>
    where
        I: IntoIterator<Item = O::Item>,
        I::IntoIter: Send + 'static,
    {
        SendingItems {
            call: self,
            items: Box::new(items.into_iter()),
        }
    }
}

impl<'a, T, O: StreamedOctets> Call<'a, T, O> {
    /// Sends what `source` gives as the binary data of the request, in the place of what its record
    /// holds. `length` is how many octets that will be: then the length of the request is announced;
    /// without it, it goes in chunks.
    ///
    /// What goes wrong on the way ends the call as it does with [`Call::sending`].
    pub fn sending_octets(
        self,
        source: impl Read + Send + 'static,
        length: Option<u64>,
    ) -> SendingOctets<'a, T, O> {
        SendingOctets {
            call: self,
            source: Box::new(source),
            length,
        }
    }
}

/// A [`Call`] whose request has a list that is written while it is sent.
#[must_use = "a call does nothing until it is sent or awaited"]
pub struct SendingItems<'a, T, O: StreamedRequest> {
    call: Call<'a, T, O>,
    items: Box<dyn Iterator<Item = O::Item> + Send>,
}

/// A [`Call`] whose request has binary data that is written while it is sent.
#[must_use = "a call does nothing until it is sent or awaited"]
pub struct SendingOctets<'a, T, O: StreamedOctets> {
    call: Call<'a, T, O>,
    source: Box<dyn Read + Send>,
    length: Option<u64>,
}

/// A call that is ready to go.
struct Ready<'a, T, O: Operation> {
    call: Call<'a, T, O>,
    request: Request<RequestBody>,
    secrets: Passing,
}

type Made<'a, T, O> = Result<Ready<'a, T, O>, (Call<'a, T, O>, RequestError)>;

impl<'a, T, O: StreamedRequest> SendingItems<'a, T, O> {
    fn make(self) -> Made<'a, T, O> {
        let Self { call, items } = self;
        let unchecked = call.settings.unchecked;
        let made = call.encode_by(|secrets| {
            let record = &call.request;
            Template::new::<O>(&call.settings, record, secrets, O::ITEMS, LeftOut::Items)
        });
        let (template, secrets) = match made {
            Ok(made) => made,
            Err(error) => return Err((call, error)),
        };
        let secrets = Passing::new(secrets);
        let request = template.request.clone();
        let pieces = items::Pieces::<O>::new(template, items, unchecked, secrets.clone());
        let request = request.map(|_| RequestBody::of_pieces(Box::new(pieces), None));
        Ok(Ready {
            call,
            request,
            secrets,
        })
    }
}

impl<'a, T, O: StreamedOctets> SendingOctets<'a, T, O> {
    fn make(self) -> Made<'a, T, O> {
        let Self {
            call,
            source,
            length,
        } = self;
        let unchecked = call.settings.unchecked;
        let made = call.encode_by(|secrets| {
            let record = &call.request;
            Template::new::<O>(&call.settings, record, secrets, O::OCTETS, LeftOut::Text)
        });
        let (template, secrets) = match made {
            Ok(made) => made,
            Err(error) => return Err((call, error)),
        };
        let request = template.request.clone();
        let whole = octets::length(&template, length);
        let pieces = octets::Pieces::new::<O>(template, source, length, unchecked);
        let request = request.map(|_| RequestBody::of_pieces(Box::new(pieces), whole));
        let secrets = Passing::new(secrets);
        Ok(Ready {
            call,
            request,
            secrets,
        })
    }
}

/// Sends what was made, and reads the whole answer.
fn send<T: StreamingTransport, O: Operation>(made: Made<'_, T, O>) -> Outcome<O> {
    let ready = match made {
        Ok(ready) => ready,
        Err((call, error)) => return Err(refused(&call, error)),
    };
    let span = ready.call.span();
    let limit = BodyLimit::of(&ready.request);
    let answer = span.in_scope(|| {
        let answer = ready.call.transport.open(ready.request)?;
        let (parts, mut body) = answer.into_parts();
        let mut whole = Vec::new();
        while let Some(piece) = body.piece()? {
            whole.extend_from_slice(&piece);
            limit.check(whole.len())?;
        }
        Ok::<_, TransportError>(Response::from_parts(parts, whole.into()))
    });
    let secrets = ready.secrets.with(|secrets| secrets.clone());
    ready.call.finish(&span, answer, &secrets)
}

fn refused<T, O: Operation>(call: &Call<'_, T, O>, error: RequestError) -> Refusal<O> {
    let error = Error::Request(error);
    call.span().outcome(error.outcome());
    error
}

type Answered<'a, O> = Pin<Box<dyn Future<Output = Outcome<O>> + Send + 'a>>;

fn answered<'a, T: AsyncStreamingTransport, O: Operation>(made: Made<'a, T, O>) -> Answered<'a, O>
where
    T::Body: 'a,
{
    let ready = match made {
        Ok(ready) => ready,
        Err((call, error)) => {
            let refused = refused(&call, error);
            return Box::pin(async move { Err(refused) });
        }
    };
    let span = ready.call.span();
    let limit = BodyLimit::of(&ready.request);
    // The record itself stays here: it need not be `Send`.
    let (transport, settings) = (ready.call.transport, ready.call.settings);
    let exchange = span.instrument(transport.open(ready.request));
    let secrets = ready.secrets;
    Box::pin(async move {
        let answer = async {
            let (parts, mut body) = exchange.await?.into_parts();
            let mut whole = Vec::new();
            while let Some(piece) = body.piece().await? {
                whole.extend_from_slice(&piece);
                limit.check(whole.len())?;
            }
            Ok::<_, TransportError>(Response::from_parts(parts, whole.into()))
        };
        let answer = answer.await;
        let secrets = secrets.with(|secrets| secrets.clone());
        crate::call::finish_whole::<O>(&span, answer, &settings, &secrets)
    })
}

macro_rules! sending {
    ($($name:ident $of:ident)*) => {$(
        impl<T: StreamingTransport, O: $of> $name<'_, T, O> {
            /// Sends the request and waits for the answer.
            ///
            /// # Errors
            /// See [`Error`].
            pub fn send(self) -> Outcome<O> {
                send(self.make())
            }
        }

        impl<'a, T: AsyncStreamingTransport, O: $of> IntoFuture for $name<'a, T, O>
        where
            T::Body: 'a,
        {
            type Output = Outcome<O>;
            type IntoFuture = Answered<'a, O>;

            fn into_future(self) -> Answered<'a, O> {
                answered(self.make())
            }
        }

        impl<T, O: $of> fmt::Debug for $name<'_, T, O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.call.fmt(f)
            }
        }
    )*};
}

sending!(SendingItems StreamedRequest SendingOctets StreamedOctets);
