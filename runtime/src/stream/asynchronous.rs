//! Items of an answer that is awaited.

use std::fmt;

use super::{Decoder, StreamedResponse};
use crate::call::{Outcome, Refusal};
use crate::trace::CallSpan;
use crate::transport::AsyncAnswerBody;

/// The items of an answer to `O`, each read as soon as it has come: [`Items`](super::Items), awaited.
///
/// ```ignore
/// while let Some(item) = items.next().await {
///     show(item?);
/// }
/// ```
pub struct AsyncItems<O: StreamedResponse, B> {
    decoder: Decoder<O>,
    body: B,
    span: CallSpan,
}

impl<O: StreamedResponse, B: AsyncAnswerBody> AsyncItems<O, B> {
    pub(super) fn new(decoder: Decoder<O>, body: B, span: CallSpan) -> Self {
        Self {
            decoder,
            body,
            span,
        }
    }

    /// The next item; `None` at the end. Nothing is lost where the future is dropped.
    pub async fn next(&mut self) -> Option<Result<O::Item, Refusal<O>>> {
        loop {
            match self.decoder.next_item() {
                None if self.decoder.is_done() => {
                    self.span.ended("ok");
                    return None;
                }
                None => {
                    if let Err(error) = self.feed().await {
                        self.span.ended(error.outcome());
                        return Some(Err(error));
                    }
                }
                Some(item) => {
                    if let Err(error) = &item {
                        self.span.ended(error.outcome());
                    }
                    return Some(item);
                }
            }
        }
    }

    /// The response as far as it comes before the first item: see [`Items::head`](super::Items::head).
    ///
    /// # Errors
    /// See [`Error`](crate::Error).
    pub async fn head(&mut self) -> Result<&O::Response, Refusal<O>> {
        while self.decoder.head()?.is_none() {
            if self.decoder.is_done() {
                break;
            }
            self.feed().await?;
        }
        self.decoder.known_head()
    }

    /// Reads to the end, items that are left included, and gives the response without its items.
    ///
    /// # Errors
    /// See [`Error`](crate::Error).
    pub async fn finish(mut self) -> Outcome<O> {
        while let Some(item) = self.next().await {
            item?;
        }
        self.decoder.into_outcome()
    }

    async fn feed(&mut self) -> Result<(), Refusal<O>> {
        match self.body.piece().await {
            Ok(Some(piece)) => self.decoder.feed(piece),
            Ok(None) => self.decoder.end(),
            Err(error) => return Err(self.decoder.fail(error)),
        }
        Ok(())
    }
}

impl<O: StreamedResponse, B> fmt::Debug for AsyncItems<O, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AsyncItems").field(&self.decoder).finish()
    }
}
