//! Items of an answer that is waited for.

use std::fmt;

use super::{Decoder, StreamedResponse};
use crate::call::{Outcome, Refusal};
use crate::trace::CallSpan;
use crate::transport::AnswerBody;

/// The items of an answer to `O`, each read as soon as it has come.
///
/// An error ends the items. It may come after many of them: the connection breaks off, or what stands
/// behind the list is not what the contract promises. Only `None` after no error says that the answer
/// was complete. To drop this closes the connection.
pub struct Items<O: StreamedResponse, B> {
    decoder: Decoder<O>,
    body: B,
    span: CallSpan,
}

impl<O: StreamedResponse, B: AnswerBody> Items<O, B> {
    pub(super) fn new(decoder: Decoder<O>, body: B, span: CallSpan) -> Self {
        Self {
            decoder,
            body,
            span,
        }
    }

    /// The response as far as it comes before the first item: fields behind the list have no value, and
    /// the list is empty.
    ///
    /// # Errors
    /// See [`Error`](crate::Error).
    pub fn head(&mut self) -> Result<&O::Response, Refusal<O>> {
        while self.decoder.head()?.is_none() {
            if self.decoder.is_done() {
                break;
            }
            self.feed()?;
        }
        self.decoder.known_head()
    }

    /// Reads to the end, items that are left included, and gives the response without its items.
    ///
    /// # Errors
    /// See [`Error`](crate::Error).
    pub fn finish(mut self) -> Outcome<O> {
        for item in &mut self {
            item?;
        }
        self.decoder.into_outcome()
    }

    fn feed(&mut self) -> Result<(), Refusal<O>> {
        match self.body.piece() {
            Ok(Some(piece)) => self.decoder.feed(piece),
            Ok(None) => self.decoder.end(),
            Err(error) => return Err(self.decoder.fail(error)),
        }
        Ok(())
    }
}

impl<O: StreamedResponse, B: AnswerBody> Iterator for Items<O, B> {
    type Item = Result<O::Item, Refusal<O>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.decoder.next_item() {
                None if self.decoder.is_done() => {
                    self.span.ended("ok");
                    return None;
                }
                None => {
                    if let Err(error) = self.feed() {
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
}

impl<O: StreamedResponse, B> fmt::Debug for Items<O, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.decoder).finish()
    }
}
