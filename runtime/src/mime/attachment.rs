//! What travels beside the envelope.

use std::fmt;

use base64::Engine as _;
use bytes::Bytes;

use crate::check::Checker;
use crate::given_fields::GivenFields;
use crate::json;
use crate::read_error::ReadError;
use crate::shape::{Field, WhiteSpace};
use crate::simple::JsonKind;
use crate::slot::{Slot, Source};
use crate::types::{BASE64, Base64Binary, ParseError};
use crate::value::{Own, Value, View};
use crate::xml;

/// A part of a message beside its envelope (SOAP Messages with Attachments): a file, an image, a
/// document.
///
/// ```
/// use castile::Attachment;
///
/// let photo = Attachment::new("image/png", vec![0x89, b'P', b'N', b'G']);
/// assert_eq!(photo.content.len(), 4);
/// ```
///
/// In an answer, `content` is a slice of the answer's body, its transfer encoding undone: nothing is
/// copied, and the whole body stays in memory as long as one attachment does.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attachment {
    /// The media type, with its parameters: `image/png`. Empty is sent as
    /// `application/octet-stream`.
    pub content_type: String,
    /// The `Content-ID` without angle brackets. `None`: one is made on sending.
    pub content_id: Option<String>,
    /// The content.
    pub content: Bytes,
}

impl Attachment {
    /// An attachment whose `Content-ID` is made on sending.
    #[must_use]
    pub fn new(content_type: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self {
            content_type: content_type.into(),
            content_id: None,
            content: content.into(),
        }
    }
}

impl fmt::Debug for Attachment {
    /// The length, not the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        GivenFields::new(f, "Attachment")
            .field("content_type", &self.content_type)
            .option("content_id", self.content_id.as_ref())
            .field("length", &self.content.len())
            .finish()
    }
}

/// As a part of its own, or where an element refers to one (`ref:swaRef`, `href`).
impl Slot for Attachment {
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        *self = match source {
            Source::Xml(reader) => match reader.take_attachment() {
                Some(attachment) => attachment,
                None => reader.referred_attachment(field)?,
            },
            Source::Tag(_) => return Ok(false),
            // JSON has no parts: the content is Base64, of no media type.
            Source::Json(reader) => {
                let text = reader.scalar(field, WhiteSpace::Collapse, JsonKind::String)?;
                let parsed: Result<Base64Binary, ParseError> = text.parse();
                let octets = parsed.map_err(|error| reader.value_error(field, error))?;
                Self::new("", octets.0)
            }
        };
        Ok(true)
    }
}

impl Value for Attachment {
    fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
        writer.attachment(field, self);
    }

    fn view(&self) -> View<'_> {
        View::Own(self)
    }
}

impl Own for Attachment {
    fn write_json(&self, field: &Field, writer: &mut json::Writer) {
        writer.scalar(field, JsonKind::String, &BASE64.encode(&self.content));
    }

    fn check(&self, _: &Field, _: &mut Checker) {}
}
