//! The state of an answer that is read item by item.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::StreamedResponse;
use super::inflate::{Inflated, Inflater};
use super::xml::{Cut, Cutter};
use crate::answer::{Answer, content_type};
use crate::binding::Protocol;
use crate::call::{Outcome, Refusal, read_answer, read_record};
use crate::choice::Branch;
use crate::content_coding::Bounds;
use crate::error::{Error, RequestError, RequestErrorKind, ResponseErrorKind};
use crate::judge::Judge;
use crate::mime::Attachments;
use crate::port::{Port, Settings};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::redaction::Secrets;
use crate::transport::TransportError;
use crate::xml::{PieceDecoder, Reader};

/// So many bytes are decoded at once.
const PIECE: usize = 16 << 10;

/// Reads an answer to `O` item by item, from pieces of its body that are [fed](Decoder::feed) to it.
///
/// It does no input or output: [`Items`](super::Items) and [`AsyncItems`](super::AsyncItems) do, and so
/// may a program that sends its requests itself. Ask for items until there is none, feed, ask again,
/// and say when the body has [ended](Decoder::end).
pub struct Decoder<O: StreamedResponse> {
    settings: Arc<Settings>,
    secrets: Secrets,
    status: StatusCode,
    content_type: Option<Cow<'static, str>>,
    inflater: Inflater,
    text: PieceDecoder,
    piece: Box<[u8]>,
    /// A body of several parts, which is read when it is there.
    parts: Option<Vec<u8>>,
    attachments: Option<Attachments>,
    cutter: Cutter,
    /// The whole text has come.
    came: bool,
    items: VecDeque<O::Item>,
    /// How many items were read.
    count: usize,
    /// What follows the items.
    failure: Option<Refusal<O>>,
    head: Option<O::Response>,
    response: Option<O::Response>,
    done: bool,
}

impl<T> Port<T> {
    /// What reads the answer to `O` item by item, for those who send requests themselves: see
    /// [`Call::request`](crate::Call::request).
    ///
    /// # Errors
    /// When the answer cannot be read so: the port validates answers, or the content coding is not
    /// known.
    pub fn decoder<O: StreamedResponse>(
        &self,
        answer: &Response<()>,
    ) -> Result<Decoder<O>, Refusal<O>> {
        let secrets = self.settings().secrets.clone();
        Decoder::new(self.shared_settings(), secrets, answer)
    }
}

/// Whether answers to `O` can be read item by item.
pub(super) fn check<O: StreamedResponse>(settings: &Settings) -> Result<(), RequestError> {
    let reason = if settings.judge.is_strict() {
        "the port validates answers, which must be there as a whole for that"
    } else if O::BINDING.encoded.is_some() {
        "its answers are SOAP-encoded: what one item refers to may follow later"
    } else {
        return Ok(());
    };
    let kind = RequestErrorKind::Stream(reason);
    Err(RequestError::new(O::BINDING.operation, kind))
}

impl<O: StreamedResponse> Decoder<O> {
    pub(super) fn new<B>(
        settings: Arc<Settings>,
        secrets: Secrets,
        answer: &Response<B>,
    ) -> Result<Self, Refusal<O>> {
        check::<O>(&settings)?;
        let status = answer.status();
        let content_type = content_type(answer.headers(), &secrets);
        let limits = &settings.limits;
        let known = Answer::of(status, content_type.clone(), Bytes::new(), limits, &secrets);
        let inflater = Inflater::new(answer.headers(), Bounds::of(limits))
            .map_err(|error| known.undecoded(error))?;
        let has_items =
            status.is_success() && !matches!(O::BINDING.protocol, Protocol::Json { .. });
        let has_parts = known.has_parts();
        let charset = known.charset().map(Cow::into_owned);
        let cutter = Cutter::new::<O>(limits, has_items);
        Ok(Self {
            inflater,
            text: PieceDecoder::new(charset),
            piece: vec![0; PIECE].into(),
            parts: has_parts.then(Vec::new),
            attachments: None,
            cutter,
            settings,
            secrets,
            status,
            content_type,
            came: false,
            items: VecDeque::new(),
            count: 0,
            failure: None,
            head: None,
            response: None,
            done: false,
        })
    }

    /// Adds the next bytes of the body, as they came over HTTP. They are looked at when the next item
    /// is asked for; feeding on without asking keeps them all.
    pub fn feed(&mut self, bytes: impl Into<Bytes>) {
        self.inflater.feed(bytes.into());
    }

    /// Says that the body has ended.
    pub fn end(&mut self) {
        self.inflater.end();
    }

    /// The next item; `None` where more has to be fed, and at the end. After the last item, what is
    /// wrong with the answer as a whole shows as an error: what was read by then came from an answer
    /// that may not be complete.
    pub fn next_item(&mut self) -> Option<Result<O::Item, Refusal<O>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Some(Ok(item));
            }
            if let Some(failure) = self.failure.take() {
                self.done = true;
                return Some(Err(failure));
            }
            if self.done {
                return None;
            }
            match self.advance() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(failure) => self.failure = Some(failure),
            }
        }
    }

    /// The response as far as it came before the first item. `None` before that; where there are no
    /// items, until the end.
    ///
    /// # Errors
    /// What is wrong with the answer up to there, as [`Decoder::next_item`] would give it.
    pub fn head(&mut self) -> Result<Option<&O::Response>, Refusal<O>> {
        while !self.done && self.items.is_empty() && self.failure.is_none() && self.head.is_none() {
            match self.advance() {
                Ok(true) => {}
                Ok(false) => break,
                Err(failure) => self.failure = Some(failure),
            }
        }
        match self.failure.take() {
            Some(failure) if self.head.is_none() => {
                self.done = true;
                Err(failure)
            }
            failure => {
                self.failure = failure;
                Ok(self.head.as_ref().or(self.response.as_ref()))
            }
        }
    }

    /// The response without its items; `None` before the last item was taken, and after an error.
    #[must_use]
    pub fn into_response(self) -> Option<O::Response> {
        self.response
    }

    /// Whether there is nothing more to come: no item, no error.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done && self.items.is_empty() && self.failure.is_none()
    }

    /// [`Decoder::head`], where it was asked for before.
    pub(super) fn known_head(&self) -> Result<&O::Response, Refusal<O>> {
        let head = self.head.as_ref().or(self.response.as_ref());
        head.ok_or_else(|| self.over())
    }

    /// The response, after the last item.
    pub(super) fn into_outcome(mut self) -> Outcome<O> {
        self.response.take().ok_or_else(|| self.over())
    }

    /// Nothing can be read after an error.
    fn over(&self) -> Refusal<O> {
        let reason = "an error was given out before, and ended the answer";
        let kind = ReadErrorKind::Other(reason.to_owned());
        self.answer(Bytes::new())
            .unreadable(ReadError::new(kind, "", None))
    }

    /// The body breaks off.
    pub(super) fn fail(&mut self, error: TransportError) -> Refusal<O> {
        self.done = true;
        self.items.clear();
        error.into()
    }

    /// Goes on by one piece; `false` where nothing more can be done.
    fn advance(&mut self) -> Result<bool, Refusal<O>> {
        match self.cutter.cut() {
            Cut::Items => {
                if self.head.is_none() {
                    self.head = Some(self.read_head()?);
                }
                self.failure = self.read_items().err();
                self.cutter.clear_items();
                Ok(true)
            }
            Cut::TooLarge => {
                let limit = self.settings.limits.body;
                Err(self.answer(Bytes::new()).limit("body", limit))
            }
            Cut::Nothing if self.came => {
                self.cutter.end();
                if self.cutter.count > 0 {
                    return Ok(true);
                }
                self.response = Some(self.read_rest()?);
                self.done = true;
                Ok(false)
            }
            Cut::Nothing => self.pull(),
        }
    }

    /// Decodes the next piece of what was fed.
    fn pull(&mut self) -> Result<bool, Refusal<O>> {
        let inflated = self.inflater.read(&mut self.piece);
        match inflated.map_err(|error| self.answer(Bytes::new()).undecoded(error))? {
            Inflated::Nothing => return Ok(false),
            Inflated::Some(length) => {
                let piece = &self.piece[..length];
                match &mut self.parts {
                    Some(whole) => {
                        whole.extend_from_slice(piece);
                        if whole.len() > self.settings.limits.body {
                            let limit = self.settings.limits.body;
                            return Err(self.answer(Bytes::new()).limit("body", limit));
                        }
                    }
                    None => {
                        let decoded = self.text.piece(piece, self.cutter.window());
                        decoded.map_err(|error| self.unreadable(error))?;
                    }
                }
            }
            Inflated::End => {
                self.take_apart()?;
                let decoded = self.text.end(self.cutter.window());
                decoded.map_err(|error| self.unreadable(error))?;
                self.came = true;
            }
        }
        Ok(true)
    }

    /// Takes a body of several parts, if it is one.
    fn take_apart(&mut self) -> Result<(), Refusal<O>> {
        let Some(whole) = self.parts.take() else {
            return Ok(());
        };
        let answer = self.answer(whole.into()).take_apart()?;
        let charset = answer.charset().map(Cow::into_owned);
        let Answer {
            content_type,
            bytes,
            attachments,
            ..
        } = answer;
        self.content_type = content_type;
        self.attachments = attachments;
        self.text = PieceDecoder::new(charset);
        let decoded = self.text.piece(&bytes, self.cutter.window());
        decoded.map_err(|error| self.unreadable(error))
    }

    /// An answer of this text.
    fn answer(&self, bytes: Bytes) -> Answer<'_> {
        let mut content_type = self.content_type.clone();
        if self.text.changes() {
            let essence = content_type.as_deref().map(crate::mime::essence);
            let essence = essence.unwrap_or_else(|| "text/xml".to_owned());
            content_type = Some(Cow::Owned(format!("{essence}; charset=utf-8")));
        }
        let mut answer = Answer::of(
            self.status,
            content_type,
            bytes,
            &self.settings.limits,
            &self.secrets,
        );
        answer.attachments.clone_from(&self.attachments);
        answer
    }

    /// The bytes are no text.
    fn unreadable(&self, error: ReadError) -> Refusal<O> {
        let answer = self.answer(Bytes::new());
        if answer.is_success() {
            answer.unreadable(error)
        } else {
            answer.http_error(None)
        }
    }

    fn read_head(&self) -> Result<O::Response, Refusal<O>> {
        let mut answer = self.answer(self.cutter.head().into());
        answer.partial = true;
        let read = read_record::<O>(&answer, Judge::default(), None);
        match read {
            // Once more, without the secrets that it repeats.
            Err(Error::Fault(_)) => {
                answer.partial = false;
                read_answer::<O>(&answer, Judge::default(), None)
            }
            read => read,
        }
        .map_err(|error| self.placed(error))
    }

    fn read_rest(&mut self) -> Result<O::Response, Refusal<O>> {
        let text = Bytes::from(std::mem::take(&mut self.cutter.rest.text));
        let answer = self.answer(text.clone());
        let read = read_answer::<O>(&answer, Judge::default(), None);
        read.map_err(|error| {
            self.cutter.rest.text = text.into();
            self.placed(error)
        })
    }

    /// An error about the rest, with its place in the whole.
    fn placed(&self, mut error: Refusal<O>) -> Refusal<O> {
        if let Error::Read(read) = &mut error
            && let ResponseErrorKind::Read(place) = &mut read.kind
        {
            *place = self.cutter.rest.placed(place);
        }
        error
    }

    /// Reads the items that are cut out.
    fn read_items(&mut self) -> Result<(), Refusal<O>> {
        let cut = &self.cutter.items;
        let (text, wrong) = match std::str::from_utf8(&cut.text) {
            Ok(text) => (text, None),
            Err(wrong) => {
                let valid = &cut.text[..wrong.valid_up_to()];
                let at = cut
                    .place(valid.len())
                    .map_or(valid.len(), |place| place.offset);
                let kind = ReadErrorKind::Encoding(format!("byte {at} is not UTF-8"));
                let text = std::str::from_utf8(valid).unwrap_or_default();
                (text, Some(ReadError::new(kind, "", None)))
            }
        };
        let (item, namespace) = O::ITEMS.item();
        let mut reader =
            Reader::new(text, &self.settings.limits).with_attachments(self.attachments.as_ref());
        let hidden = match (O::BINDING.protocol, O::BINDING.response) {
            (Protocol::Soap(..), []) => 1,
            (Protocol::Soap(..), _) => 2,
            _ => 0,
        };
        let mut read = || {
            for depth in 0..self.cutter.depth() {
                reader.next_start()?;
                if depth == hidden {
                    reader.path_from_here();
                }
            }
            for _ in 0..self.cutter.count {
                reader.next_item(namespace, self.count + 1)?;
                let item = O::read_item(Branch::xml(&item, &mut reader))?;
                self.items.push_back(item);
                self.count += 1;
            }
            match reader.is_at_end() {
                true => Ok(()),
                // Markup was cut that does not nest.
                false => Err(reader.error(ReadErrorKind::Syntax("a tag too many".to_owned()))),
            }
        };
        let Err(error) = read() else {
            return Ok(());
        };
        let error = wrong.unwrap_or_else(|| cut.placed(&error));
        Err(self.answer(cut.text.clone().into()).unreadable(error))
    }
}

impl<O: StreamedResponse> fmt::Debug for Decoder<O> {
    /// Nothing of the answer: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("operation", &O::BINDING.operation)
            .field("status", &self.status)
            .field("items", &self.count)
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}
