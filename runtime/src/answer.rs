//! The answer to a call, decoded as far as HTTP goes, and the errors that are made of it.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header};

use crate::body::Body;
use crate::content_coding::{self, Bounds, CodingError};
use crate::error::{Error, HttpError, LimitError, ResponseError, ResponseErrorKind};
use crate::fault::{Fault, FaultCode, Rejection};
use crate::limits::Limits;
use crate::mime::{self, Attachments, MultipartError};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::redaction::Secrets;
use crate::types::QName;
use crate::xml::{Reader, decode_bytes, decode_lossy};

/// An answer whose content coding is undone.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) status: StatusCode,
    pub(crate) content_type: Option<Cow<'static, str>>,
    pub(crate) bytes: Bytes,
    /// The other parts, where the answer has several: then the media type and the bytes are those of
    /// the root part.
    pub(crate) attachments: Option<Attachments>,
    pub(crate) limits: &'a Limits,
    /// The bytes are only the beginning: what is missing may follow.
    pub(crate) partial: bool,
    secrets: &'a Secrets,
}

/// The media types of most answers, which need no memory of their own.
const USUAL: [&str; 3] = [
    "text/xml; charset=utf-8",
    "application/soap+xml; charset=utf-8",
    "text/xml;charset=utf-8",
];

/// The media type that an answer states.
pub(crate) fn content_type(headers: &HeaderMap, secrets: &Secrets) -> Option<Cow<'static, str>> {
    let value = headers.get(header::CONTENT_TYPE)?.as_bytes();
    let usual = USUAL.into_iter().find(|usual| usual.as_bytes() == value);
    if let Some(usual) = usual.filter(|_| secrets.is_empty()) {
        return Some(Cow::Borrowed(usual));
    }
    let mut text = String::from_utf8_lossy(value).into_owned();
    secrets.remove_from(&mut text);
    Some(Cow::Owned(text))
}

impl<'a> Answer<'a> {
    pub(crate) fn new<C, D>(
        response: Response<Bytes>,
        limits: &'a Limits,
        secrets: &'a Secrets,
    ) -> Result<Self, Error<C, D>> {
        let (parts, bytes) = response.into_parts();
        let content_type = content_type(&parts.headers, secrets);
        let mut answer = Self::of(parts.status, content_type, bytes, limits, secrets);
        let bounds = Bounds::of(limits);
        match content_coding::decode(&parts.headers, answer.bytes.clone(), bounds) {
            Ok(bytes) => {
                answer.bytes = bytes;
                answer.take_apart()
            }
            Err(error) => Err(answer.undecoded(error)),
        }
    }

    /// An answer of one part, its content coding undone.
    pub(crate) fn of(
        status: StatusCode,
        content_type: Option<Cow<'static, str>>,
        bytes: Bytes,
        limits: &'a Limits,
        secrets: &'a Secrets,
    ) -> Self {
        Self {
            status,
            content_type,
            bytes,
            attachments: None,
            limits,
            partial: false,
            secrets,
        }
    }

    /// A content coding could not be undone.
    pub(crate) fn undecoded<C, D>(&self, error: CodingError) -> Error<C, D> {
        match error {
            CodingError::TooLarge(limit) => self.limit("body", limit),
            CodingError::Ratio(limit) => self.limit("inflate_ratio", limit),
            // The status says more than a page that cannot be decoded.
            _ if !self.is_success() => self.http_error(None),
            CodingError::Unknown(coding) => {
                let mut reason = format!("the content coding `{coding}` is not known");
                if cfg!(not(feature = "gzip")) {
                    reason.push_str(" without the feature `gzip`");
                }
                self.coding(reason)
            }
            CodingError::Broken { coding } => {
                self.coding(format!("the body is no complete {coding}"))
            }
        }
    }

    /// A reader of the answer's text.
    // It is made where it stays.
    #[inline(always)]
    pub(crate) fn reader<'t>(&'t self, text: &'t str) -> Reader<'t> {
        let mut reader = Reader::new(text, self.limits);
        reader.attach(self.attachments.as_ref());
        reader.partial = self.partial;
        reader
    }

    /// Whether there may be other parts beside the envelope.
    pub(crate) fn has_parts(&self) -> bool {
        let media_type = self.content_type.as_deref().unwrap_or_default();
        mime::is_of(media_type, "multipart/related")
    }

    /// The root part of an answer of several parts.
    pub(crate) fn take_apart<C, D>(mut self) -> Result<Self, Error<C, D>> {
        if !self.has_parts() || self.is_blank() {
            return Ok(self);
        }
        let media_type = self.content_type.clone().unwrap_or_default();
        match mime::related(&media_type, &self.bytes, self.limits) {
            Ok(related) => {
                self.content_type = Some(Cow::Owned(self.redacted(related.content_type)));
                self.bytes = related.root;
                self.attachments = Some(related.attachments);
                Ok(self)
            }
            Err(MultipartError::Limit(name, limit)) => Err(self.limit(name, limit)),
            // The status says more than a body that nobody can read.
            Err(_) if !self.is_success() => Err(self.http_error(None)),
            Err(MultipartError::Broken(reason)) => {
                Err(self.unusable(ResponseErrorKind::Multipart(reason)))
            }
        }
    }

    /// The answer as it would be if it did not repeat secrets; `None` if it repeats none.
    pub(crate) fn without_sent_secrets(&self) -> Option<Self> {
        let text = decode_bytes(&self.bytes, self.charset().as_deref()).ok()?;
        let clean = self.secrets.redact(&text)?;
        Some(Self {
            status: self.status,
            content_type: self
                .essence()
                .map(|essence| Cow::Owned(format!("{essence}; charset=utf-8"))),
            bytes: clean.into(),
            attachments: self.attachments.clone(),
            limits: self.limits,
            partial: self.partial,
            secrets: self.secrets,
        })
    }

    pub(crate) fn is_success(&self) -> bool {
        self.status.is_success()
    }

    /// The media type alone, in lower case.
    pub(crate) fn essence(&self) -> Option<String> {
        self.content_type.as_deref().map(mime::essence)
    }

    /// The `charset` of the media type.
    pub(crate) fn charset(&self) -> Option<Cow<'_, str>> {
        mime::parameter(self.content_type.as_deref()?, "charset")
    }

    /// Whether there is nothing but white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// The body as an error keeps it.
    pub(crate) fn body(&self) -> Body {
        Body::new(&self.bytes, self.charset().as_deref(), self.secrets)
    }

    /// `text` without secrets.
    pub(crate) fn redacted(&self, mut text: String) -> String {
        self.secrets.remove_from(&mut text);
        text
    }

    /// The status alone says what happened.
    pub(crate) fn http_error<C, D>(&self, cause: Option<ReadError>) -> Error<C, D> {
        Error::Http(Box::new(HttpError {
            status: self.status.as_u16(),
            content_type: self.content_type.clone().map(Cow::into_owned),
            body: self.body(),
            cause: cause.map(|cause| self.without_secrets(cause)),
        }))
    }

    /// The answer is not what it should be.
    pub(crate) fn unusable<C, D>(&self, kind: ResponseErrorKind) -> Error<C, D> {
        use ResponseErrorKind as Kind;
        let name =
            |name: QName| QName::new(self.redacted(name.namespace), self.redacted(name.local));
        let kind = match kind {
            Kind::Read(error) => Kind::Read(self.without_secrets(error)),
            #[cfg(feature = "validation")]
            Kind::Invalid(violations) => {
                Kind::Invalid(violations.with_messages(|message| self.redacted(message.to_owned())))
            }
            Kind::NotAnEnvelope(found) => Kind::NotAnEnvelope(self.redacted(found)),
            Kind::VersionMismatch(namespace) => Kind::VersionMismatch(self.redacted(namespace)),
            Kind::NotUnderstood(block) => Kind::NotUnderstood(name(block)),
            Kind::OtherBody { expected, found } => Kind::OtherBody {
                expected,
                found: found.into_iter().map(name).collect(),
            },
            Kind::Coding(reason) => Kind::Coding(self.redacted(reason)),
            Kind::Multipart(reason) => Kind::Multipart(self.redacted(reason)),
        };
        Error::Read(Box::new(ResponseError {
            kind,
            status: self.status.as_u16(),
            content_type: self.content_type.clone().map(Cow::into_owned),
            body: self.body(),
        }))
    }

    /// The answer cannot be read.
    pub(crate) fn unreadable<C, D>(&self, error: ReadError) -> Error<C, D> {
        match LimitError::of_read(&error, self.status.as_u16()) {
            Some(limit) => Error::Limit(LimitError {
                path: self.redacted(limit.path),
                ..limit
            }),
            None => self.unusable(ResponseErrorKind::Read(error)),
        }
    }

    /// The answer holds a refusal.
    pub(crate) fn rejected<C: FaultCode, D>(
        &self,
        rejection: Rejection,
        detail: Option<D>,
    ) -> Error<C, D> {
        let code = self.redacted(rejection.code);
        let reason = self.redacted(rejection.reason);
        let mut fault = Fault::new(&code, reason, self.status.as_u16(), self.body());
        fault.detail = detail;
        Error::Fault(Box::new(fault))
    }

    fn coding<C, D>(&self, reason: String) -> Error<C, D> {
        self.unusable(ResponseErrorKind::Coding(reason))
    }

    /// The answer is more than a limit allows.
    pub(crate) fn limit<C, D>(&self, name: &'static str, limit: usize) -> Error<C, D> {
        let status = Some(self.status.as_u16());
        Error::Limit(LimitError {
            name,
            limit,
            path: String::new(),
            status,
        })
    }

    /// The error may show a value, and the value may be a secret, or a part of one.
    fn without_secrets(&self, error: ReadError) -> ReadError {
        let text = decode_lossy(&self.bytes, self.charset().as_deref());
        let repeats = |text: &str| self.secrets.redact(text).is_some();
        if !repeats(&text) && !repeats(&error.to_string()) {
            return error;
        }
        let kind = match error.kind() {
            ReadErrorKind::Value(value) => ReadErrorKind::Value(value.clone().redacted()),
            kind => match self.secrets.redact(&kind.to_string()) {
                Some(redacted) => ReadErrorKind::Other(redacted),
                None => kind.clone(),
            },
        };
        ReadError::new(
            kind,
            self.redacted(error.path().to_owned()),
            error.position(),
        )
    }
}
