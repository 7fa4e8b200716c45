//! Parts of the message beside the document: `xop:Include` (XOP 1.0 §2.1), references by `cid:`, and
//! parts that belong to a field without a reference.

use base64::Engine as _;
use bytes::Bytes;

use super::Reader;
use crate::mime::{Attachment, Attachments, XOP};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, WhiteSpace};
use crate::types::BASE64;
use crate::xml::chars::is_space;

impl<'a> Reader<'a> {
    /// With the parts that came beside the document.
    pub(crate) fn with_attachments(mut self, attachments: Option<&'a Attachments>) -> Self {
        self.attach(attachments);
        self
    }

    /// See [`Reader::with_attachments`].
    #[inline]
    pub(crate) fn attach(&mut self, attachments: Option<&'a Attachments>) {
        if let Some(attachments) = attachments {
            self.attachments = Some(attachments);
            self.claimed = vec![false; attachments.len()];
        }
    }

    /// Whether the start tag at this place is one of `Include`, as far as its name says.
    pub(in crate::xml) fn is_include_ahead(&mut self) -> Result<bool, ReadError> {
        let start = self.pos + 1;
        let (end, _) = self.qualified_name(start)?;
        Ok(self.input[start..end].rsplit(':').next() == Some("Include"))
    }

    /// Passes the `xop:Include` whose start tag was passed last; the part that it stands for.
    fn include(&mut self) -> Result<usize, ReadError> {
        if !self.is(XOP, "Include") {
            let name = self.name().local.to_owned();
            return Err(self.error(ReadErrorKind::UnexpectedElement(name)));
        }
        let Some(href) = self.attribute("", "href") else {
            return Err(self.child_error(ReadErrorKind::Missing, "@href"));
        };
        let index = self.find_attachment(&href)?;
        self.skip()?;
        Ok(index)
    }

    /// Passes an `xop:Include`, as what it stands for in a document that is one piece: Base64.
    pub(in crate::xml) fn include_text(&mut self) -> Result<String, ReadError> {
        let index = self.include()?;
        Ok(BASE64.encode(self.content_at(index)))
    }

    /// The octets of the current element, where they are in a part: see [`Reader::part_inside`].
    pub(crate) fn included(&mut self) -> Result<Option<Bytes>, ReadError> {
        if self.attachments.is_none() || self.given.is_some() {
            return Ok(None);
        }
        let index = self.part_inside()?;
        Ok(index.map(|index| self.content_at(index)))
    }

    /// The part that the current element stands for: an `xop:Include` is all that it holds, or the
    /// address of a part (`cid:`) is its text, or its `href`, as SOAP 1.1 encodes attachments. The
    /// element is passed, then.
    fn part_inside(&mut self) -> Result<Option<usize>, ReadError> {
        let href = self.attribute("", "href");
        if let Some(href) = href.filter(|href| is_content_id(href)) {
            let index = self.find_attachment(&href)?;
            self.skip()?;
            return Ok(Some(index));
        }
        if self.pending_end || self.is_nil()? {
            return Ok(None);
        }
        let rest = &self.input.as_bytes()[self.pos..];
        let blanks = rest.iter().take_while(|byte| is_space(**byte)).count();
        match rest[blanks..] {
            [b'c', b'i', b'd', b':', ..] => {
                let uri = self.raw_text()?;
                let index = self.find_attachment(&uri)?;
                self.pop();
                Ok(Some(index))
            }
            [b'<', next, ..] if !matches!(next, b'/' | b'!' | b'?') => {
                self.pos += blanks;
                self.start_tag()?;
                let index = self.include()?;
                if self.next_start()? {
                    let name = self.name().local.to_owned();
                    return Err(self.error(ReadErrorKind::UnexpectedElement(name)));
                }
                Ok(Some(index))
            }
            _ => Ok(None),
        }
    }

    /// Makes the part that belongs to the field `name` the value that the next slot reads: the
    /// one that bears its name, or the first that bears the name of none of `names`.
    pub(in crate::xml) fn claim_attachment(&mut self, name: &str, names: &[&str]) -> bool {
        let Some(attachments) = self.attachments else {
            return false;
        };
        let free = |index: &usize| !self.claimed.get(*index).copied().unwrap_or(true);
        let named = |index: usize| attachments.part_name(index);
        let found = (0..attachments.len())
            .filter(free)
            .find(|index| named(*index).as_deref() == Some(name))
            .or_else(|| {
                (0..attachments.len())
                    .filter(free)
                    .find(|index| named(*index).is_none_or(|own| !names.contains(&own.as_str())))
            });
        let Some(index) = found else { return false };
        self.claim(index);
        self.attachment = attachments.attachment(index);
        self.attachment.is_some()
    }

    /// The part that the next slot reads, if it is not in an element.
    pub(crate) fn take_attachment(&mut self) -> Option<Attachment> {
        self.attachment.take()
    }

    /// The part that the current element refers to: by `href`, by an `xop:Include`, or by its text
    /// (`ref:swaRef`). The element is passed.
    pub(crate) fn referred_attachment(&mut self, field: &Field) -> Result<Attachment, ReadError> {
        if self.given.is_none()
            && let Some(index) = self.part_inside()?
        {
            return Ok(self.attachment_at(index));
        }
        let uri = self.simple(field, WhiteSpace::Collapse)?;
        let index = self.find_attachment(&uri)?;
        self.end_simple();
        Ok(self.attachment_at(index))
    }

    fn attachment_at(&self, index: usize) -> Attachment {
        self.attachments
            .and_then(|known| known.attachment(index))
            .unwrap_or_default()
    }

    fn content_at(&self, index: usize) -> Bytes {
        self.attachments
            .map(|known| known.content(index))
            .unwrap_or_default()
    }

    fn find_attachment(&mut self, uri: &str) -> Result<usize, ReadError> {
        let none = Attachments::default();
        match self.attachments.unwrap_or(&none).find(uri) {
            Ok(index) => {
                self.claim(index);
                Ok(index)
            }
            Err(reason) => Err(self.error(ReadErrorKind::Other(reason))),
        }
    }

    fn claim(&mut self, index: usize) {
        if let Some(claimed) = self.claimed.get_mut(index) {
            *claimed = true;
        }
    }
}

/// Whether an address is that of a part (RFC 2392), not of an element of the document.
fn is_content_id(uri: &str) -> bool {
    uri.trim()
        .get(..4)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("cid:"))
}
