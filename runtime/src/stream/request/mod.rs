//! Requests that are made while they are sent: a list from an iterator, binary data from a reader.

mod call;
mod items;
mod octets;

pub use call::{SendingItems, SendingOctets};
pub use items::SentItem;

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Request;

use super::Repeated;
use crate::binding::Protocol;
use crate::check::{CheckError, CheckErrorKind};
use crate::error::RequestErrorKind;
use crate::http_request;
use crate::operation::Operation;
use crate::port::Settings;
use crate::redaction::Secrets;
use crate::soap;
use crate::xml::{Halves, LeftOut};

/// An operation whose requests hold a list that can be sent item by item.
pub trait StreamedRequest: Operation {
    /// One item of the list.
    type Item: Send + 'static;

    /// Where the list is.
    const ITEMS: &'static Repeated;

    /// How an item is written.
    fn item(item: &Self::Item) -> SentItem<'_>;
}

/// An operation whose requests hold binary data (`xs:base64Binary`) that can be sent piece by piece.
pub trait StreamedOctets: Operation {
    /// Where the data is.
    const OCTETS: &'static Repeated;
}

/// The secrets of a call, those of items included as they pass.
#[derive(Clone, Debug, Default)]
struct Passing(Arc<Mutex<Secrets>>);

impl Passing {
    fn new(secrets: Secrets) -> Self {
        Self(Arc::new(Mutex::new(secrets)))
    }

    fn with<R>(&self, run: impl FnOnce(&mut Secrets) -> R) -> R {
        run(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A request without the content that is sent piece by piece: what is before and behind it.
struct Template {
    request: Request<Bytes>,
    halves: Halves,
}

impl Template {
    fn new<O: Operation>(
        settings: &Settings,
        record: &O::Request,
        secrets: &mut Secrets,
        place: &Repeated,
        left_out: LeftOut,
    ) -> Result<Self, RequestErrorKind> {
        let stream = |reason| Err(RequestErrorKind::Stream(reason));
        let binding = O::BINDING;
        let Protocol::Soap(version, action) = binding.protocol else {
            return stream("only requests by SOAP can be sent piece by piece");
        };
        if settings.judge.is_strict() {
            return stream("the port validates requests, which must be there as a whole for that");
        }
        if binding.encoded.is_some() {
            return stream("its requests are SOAP-encoded");
        }
        if http_request::is_xop(settings, binding) {
            return stream("requests by MTOM are sent whole");
        }
        let (path, entry) = place.place();
        let left: String = { path.iter().copied() }
            .chain((left_out == LeftOut::Text || !place.is_wrapped()).then_some(entry))
            .collect::<Vec<_>>()
            .join("/");
        // What there is too little of may still come; it is counted as it passes.
        let counts = |error: &CheckError| {
            let passes = matches!(
                error.kind(),
                CheckErrorKind::Occurs { .. } | CheckErrorKind::Length { .. }
            );
            !(passes && error.path() == left)
        };
        crate::call::check::<O>(settings, record, secrets, counts)?;
        let version = settings.version.unwrap_or(version);
        let halves = soap::halves(settings, binding, version, record, |writer| {
            writer.leave_out(path.clone(), entry, left_out);
        })?;
        let Some(halves) = halves else {
            return stream("the record has no place for it: give it an empty list, or value");
        };
        if halves.has_parts {
            return stream("requests with attachments are sent whole");
        }
        let envelope = (Vec::new(), Vec::new());
        let request = http_request::soap(settings, binding, version, action, envelope)?;
        Ok(Self { request, halves })
    }
}
