//! Requests of several parts, put together.

use std::collections::HashSet;

use bytes::Bytes;
use memchr::memmem;

use super::attachment::Attachment;
use crate::percent;

/// The Content-ID of the envelope.
const ROOT: &str = "envelope@castile";

/// What a boundary begins with; eight hexadecimal digits follow.
const BOUNDARY: &[u8] = b"castile-part-";

/// What a writer sets beside the envelope.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) content_type: String,
    pub(crate) content_id: String,
    pub(crate) content: Bytes,
}

/// A body of several parts.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) content_type: String,
    pub(crate) body: Bytes,
}

impl Outgoing {
    /// An attachment, the `number`th of its message. `part` is the message part that it is, for one
    /// that the contract binds: its name begins the Content-ID (WS-I Attachments Profile 1.0, R2933).
    pub(crate) fn new(attachment: &Attachment, part: Option<&str>, number: usize) -> Self {
        let content_id = attachment.content_id.clone().unwrap_or_else(|| {
            let mut id = String::new();
            if let Some(part) = part {
                percent::encode(part, &mut id);
                id.push('=');
            }
            id.push_str(&format!("{number}@castile"));
            id
        });
        Self {
            content_type: match attachment.content_type.as_str() {
                "" => "application/octet-stream".to_owned(),
                given => given.to_owned(),
            },
            content_id,
            content: attachment.content.clone(),
        }
    }

    /// The URI that refers to the part (RFC 2392). All but the plainest characters are escaped: some
    /// receivers take `+` for a blank.
    pub(crate) fn reference(&self) -> String {
        let mut uri = "cid:".to_owned();
        for (index, piece) in self.content_id.split('@').enumerate() {
            uri.push_str(if index > 0 { "@" } else { "" });
            percent::encode(piece, &mut uri);
        }
        uri
    }
}

/// Puts an envelope of the type `root` and its attachments together. `xop` says that the envelope
/// has `xop:Include`s (XOP 1.0 §4.1). The same parts give the same bytes.
///
/// # Errors
/// The attachment, by its Content-ID, that cannot be sent, and why.
pub(crate) fn package(
    root: &str,
    envelope: &[u8],
    attachments: &[Outgoing],
    xop: bool,
) -> Result<Package, (String, &'static str)> {
    let mut ids = HashSet::from([ROOT]);
    for part in attachments {
        let refused = |reason| Err((crate::types::bounded(&part.content_id), reason));
        if part.content_id.is_empty()
            || !{ part.content_id.bytes() }.all(|b| b.is_ascii_graphic() && !b"<>\"\\".contains(&b))
        {
            return refused("has a Content-ID that cannot be sent");
        }
        if !part.content_type.bytes().all(|b| matches!(b, b' '..=b'~')) {
            return refused("has a media type that cannot be sent");
        }
        if !ids.insert(&part.content_id) {
            return refused("has the Content-ID of another one");
        }
    }
    let boundary = boundary(envelope, attachments);
    let essence = super::essence(root);
    let (root_type, whole_type) = if xop {
        // The action of SOAP 1.2 is on both (MTOM §3.2, RFC 6839).
        let action = super::parameter(root, "action")
            .map(|action| format!("; action=\"{action}\""))
            .unwrap_or_default();
        (
            format!("application/xop+xml; charset=utf-8; type=\"{essence}\"{action}"),
            format!("type=\"application/xop+xml\"; start-info=\"{essence}\"{action}"),
        )
    } else {
        (root.to_owned(), format!("type=\"{essence}\""))
    };
    let content_type =
        format!("multipart/related; boundary=\"{boundary}\"; {whole_type}; start=\"<{ROOT}>\"");
    let heads = attachments
        .iter()
        .map(|part| part.content_type.len() + part.content_id.len() + part.content.len() + 150);
    let mut body = Vec::with_capacity(envelope.len() + 300 + heads.sum::<usize>());
    let envelope = (root_type.as_str(), ROOT, envelope);
    let others = { attachments.iter() }.map(|part| {
        (
            part.content_type.as_str(),
            part.content_id.as_str(),
            &*part.content,
        )
    });
    for (content_type, content_id, content) in std::iter::once(envelope).chain(others) {
        body.extend_from_slice(
            format!(
                "--{boundary}\r\nContent-Type: {content_type}\r\n\
                 Content-Transfer-Encoding: binary\r\nContent-ID: <{content_id}>\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(Package {
        content_type,
        body: body.into(),
    })
}

/// The first boundary that occurs nowhere in the content.
fn boundary(envelope: &[u8], attachments: &[Outgoing]) -> String {
    let finder = memmem::Finder::new(BOUNDARY);
    let mut taken = HashSet::new();
    let contents = attachments.iter().map(|part| &*part.content);
    for content in contents.chain([envelope]) {
        for at in finder.find_iter(content) {
            let digits = &content[at + BOUNDARY.len()..];
            let number = digits
                .get(..8)
                .and_then(|digits| std::str::from_utf8(digits).ok())
                .and_then(|digits| u32::from_str_radix(digits, 16).ok());
            taken.extend(number);
        }
    }
    let free = (0..=u32::MAX).find(|number| !taken.contains(number));
    let prefix = String::from_utf8_lossy(BOUNDARY);
    format!("{prefix}{:08x}", free.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgoing(id: Option<&str>, content: &'static str) -> Attachment {
        Attachment {
            content_type: String::new(),
            content_id: id.map(str::to_owned),
            content: Bytes::from_static(content.as_bytes()),
        }
    }

    #[test]
    fn ids_and_references() {
        let plain = Outgoing::new(&outgoing(None, ""), None, 3);
        assert_eq!(plain.content_id, "3@castile");
        assert_eq!(plain.reference(), "cid:3@castile");
        assert_eq!(plain.content_type, "application/octet-stream");
        let bound = Outgoing::new(&outgoing(None, ""), Some("the data"), 1);
        assert_eq!(bound.content_id, "the%20data=1@castile");
        assert_eq!(bound.reference(), "cid:the%2520data%3D1@castile");
        let given = Outgoing::new(&outgoing(Some("a+b"), ""), Some("x"), 1);
        assert_eq!(given.reference(), "cid:a%2Bb");
    }

    #[test]
    fn the_bytes_of_a_package() {
        let parts = [Outgoing::new(&outgoing(None, "one"), Some("data"), 1)];
        let package = package("text/xml; charset=utf-8", b"<a/>", &parts, false).unwrap();
        assert_eq!(
            package.content_type,
            "multipart/related; boundary=\"castile-part-00000000\"; type=\"text/xml\"; \
             start=\"<envelope@castile>\""
        );
        assert_eq!(
            package.body,
            "--castile-part-00000000\r\nContent-Type: text/xml; charset=utf-8\r\n\
             Content-Transfer-Encoding: binary\r\nContent-ID: <envelope@castile>\r\n\r\n<a/>\r\n\
             --castile-part-00000000\r\nContent-Type: application/octet-stream\r\n\
             Content-Transfer-Encoding: binary\r\nContent-ID: <data=1@castile>\r\n\r\none\r\n\
             --castile-part-00000000--\r\n"
        );
    }

    #[test]
    fn the_media_types_of_xop() {
        let package = package(
            "application/soap+xml; charset=utf-8; action=\"urn:a\"",
            b"<a/>",
            &[],
            true,
        )
        .unwrap();
        assert_eq!(
            package.content_type,
            "multipart/related; boundary=\"castile-part-00000000\"; type=\"application/xop+xml\"; \
             start-info=\"application/soap+xml\"; action=\"urn:a\"; start=\"<envelope@castile>\""
        );
        let body = String::from_utf8(package.body.to_vec()).unwrap();
        assert!(body.contains(
            "Content-Type: application/xop+xml; charset=utf-8; type=\"application/soap+xml\"; \
             action=\"urn:a\"\r\n"
        ));
    }

    #[test]
    fn the_boundary_is_not_in_the_content() {
        let hostile = "castile-part-00000000 castile-part-00000001castile-part-0000000";
        let parts = [Outgoing::new(&outgoing(None, hostile), None, 1)];
        assert_eq!(
            boundary(b"castile-part-00000002", &parts),
            "castile-part-00000003"
        );
        assert_eq!(boundary(b"", &parts), "castile-part-00000002");
    }

    #[test]
    fn what_cannot_be_sent() {
        let refused = |attachments: &[Attachment]| {
            let parts: Vec<_> = attachments
                .iter()
                .map(|attachment| Outgoing::new(attachment, None, 1))
                .collect();
            package("text/xml", b"", &parts, false).unwrap_err()
        };
        assert_eq!(
            refused(&[outgoing(Some("a\r\nX: y"), "")]).1,
            "has a Content-ID that cannot be sent"
        );
        assert_eq!(
            refused(&[outgoing(Some("a"), ""), outgoing(Some("a"), "")]),
            ("a".to_owned(), "has the Content-ID of another one")
        );
        assert_eq!(
            refused(&[outgoing(Some(ROOT), "")]).1,
            "has the Content-ID of another one"
        );
        let mut typed = outgoing(None, "");
        typed.content_type = "a/b\r\nX: y".to_owned();
        assert_eq!(refused(&[typed]).1, "has a media type that cannot be sent");
    }
}
