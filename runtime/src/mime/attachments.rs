//! The parts of an answer beside its envelope, found by reference.

use std::collections::HashMap;

use bytes::Bytes;

use super::attachment::Attachment;
use super::part::Part;
use crate::percent;

/// The parts of an answer but the root, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attachments {
    parts: Vec<Part>,
    /// By Content-ID, as it is and percent-decoded, and by Content-Location; `None` where two parts share one.
    known: HashMap<String, Option<usize>>,
}

impl Attachments {
    pub(super) fn new(parts: Vec<Part>) -> Self {
        let mut known = HashMap::new();
        for (index, part) in parts.iter().enumerate() {
            // Some senders escape the Content-ID itself.
            let decoded = part.content_id.as_deref().map(percent::decode);
            let names = [
                part.content_id.clone(),
                decoded,
                part.content_location.clone(),
            ];
            for name in names.into_iter().flatten() {
                known
                    .entry(name)
                    .and_modify(|known: &mut Option<usize>| {
                        *known = known.filter(|first| *first == index);
                    })
                    .or_insert(Some(index));
            }
        }
        Self { parts, known }
    }

    /// An answer that is an attachment itself.
    pub(crate) fn of_one(content_type: String, content: Bytes) -> Self {
        Self::new(vec![Part {
            content_type,
            content_id: None,
            content_location: None,
            content,
        }])
    }

    pub(crate) fn len(&self) -> usize {
        self.parts.len()
    }

    /// The part that a URI refers to: `cid:` (RFC 2392) or a Content-Location. The error says why
    /// there is none.
    pub(crate) fn find(&self, uri: &str) -> Result<usize, String> {
        let uri = uri.trim();
        let scheme = uri.get(..4).unwrap_or_default();
        let name = if scheme.eq_ignore_ascii_case("cid:") {
            percent::decode(&uri[4..])
        } else {
            uri.to_owned()
        };
        let shown = crate::types::bounded(uri);
        match self.known.get(&name) {
            Some(Some(index)) => Ok(*index),
            Some(None) => Err(format!(
                "the message has more than one part that is `{shown}`"
            )),
            None => Err(format!("the message has no part that is `{shown}`")),
        }
    }

    /// The content of a part.
    pub(crate) fn content(&self, index: usize) -> Bytes {
        self.parts
            .get(index)
            .map(|part| part.content.clone())
            .unwrap_or_default()
    }

    /// A part as callers see it.
    pub(crate) fn attachment(&self, index: usize) -> Option<Attachment> {
        self.parts.get(index).map(|part| Attachment {
            content_type: part.content_type.clone(),
            content_id: part.content_id.clone(),
            content: part.content.clone(),
        })
    }

    /// The message part that a MIME part says it is, by a Content-ID `name=…@…` (WS-I Attachments
    /// Profile 1.0, R2933).
    pub(crate) fn part_name(&self, index: usize) -> Option<String> {
        let id = self.parts.get(index)?.content_id.as_deref()?;
        let (name, _) = id.split_once('=')?;
        Some(percent::decode(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(id: &str, location: Option<&str>) -> Part {
        Part {
            content_type: "a/b".to_owned(),
            content_id: Some(id.to_owned()).filter(|id| !id.is_empty()),
            content_location: location.map(str::to_owned),
            content: Bytes::from_static(b"x"),
        }
    }

    #[test]
    fn parts_are_found_by_what_they_are_called() {
        let parts = vec![
            part("a@b", None),
            part("http://c/d e.wav", None),
            part("p%40q", None),
            part("same", Some("same")),
            part("", Some("http://e/f")),
            part("data=1%3D@x", None),
        ];
        let attachments = Attachments::new(parts);
        for (uri, index) in [
            ("cid:a@b", 0),
            ("CID:a%40b", 0),
            (" cid:http://c/d%20e.wav ", 1),
            ("cid:p@q", 2),
            ("cid:p%40q", 2),
            ("cid:same", 3),
            ("http://e/f", 4),
        ] {
            assert_eq!(attachments.find(uri), Ok(index), "{uri}");
        }
        assert_eq!(
            attachments.find("cid:%zz").unwrap_err(),
            "the message has no part that is `cid:%zz`"
        );
        assert_eq!(attachments.part_name(5).as_deref(), Some("data"));
        assert_eq!(attachments.part_name(0), None);
        assert_eq!(attachments.len(), 6);
    }

    #[test]
    fn an_id_of_two_parts_finds_neither() {
        let attachments = Attachments::new(vec![part("a", None), part("a", None)]);
        assert_eq!(
            attachments.find("cid:a").unwrap_err(),
            "the message has more than one part that is `cid:a`"
        );
        assert_eq!(attachments.content(1), "x");
    }
}
