//! One part of a multipart body: header fields and content (RFC 2046 §5.1).

use bytes::Bytes;

use super::transfer;
use crate::types::bounded;

/// One part, its transfer encoding undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) content_type: String,
    /// Without the angle brackets.
    pub(super) content_id: Option<String>,
    pub(super) content_location: Option<String>,
    pub(super) content: Bytes,
}

/// Why a part cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PartError {
    /// Its header fields are longer than allowed.
    TooLong,
    /// In words that follow `its part 2`.
    Broken(String),
}

impl Part {
    /// Reads what stands between two delimiters. `longest` bounds the header fields, in bytes.
    pub(super) fn parse(bytes: &Bytes, longest: usize) -> Result<Self, PartError> {
        let mut part = Self {
            // RFC 2046 §5.1.
            content_type: "text/plain; charset=us-ascii".to_owned(),
            content_id: None,
            content_location: None,
            content: Bytes::new(),
        };
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut rest: &[u8] = bytes;
        // The line break before a delimiter may be the empty line, too: nothing at all is a part.
        while !bytes.is_empty() {
            let Some(end) = memchr::memchr(b'\n', &rest[..rest.len().min(longest + 1)]) else {
                return Err(if rest.len() > longest {
                    PartError::TooLong
                } else {
                    PartError::Broken("has no empty line after its header fields".to_owned())
                });
            };
            let line = &rest[..end];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            rest = &rest[end + 1..];
            if bytes.len() - rest.len() > longest {
                return Err(PartError::TooLong);
            }
            if line.is_empty() {
                break;
            }
            let text = String::from_utf8_lossy(line);
            match (text.starts_with([' ', '\t']), fields.last_mut()) {
                (true, Some((_, value))) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                _ => match text.split_once(':') {
                    Some((name, value)) => {
                        fields.push((name.trim().to_owned(), value.trim().to_owned()));
                    }
                    None => {
                        let line = bounded(&text);
                        return Err(PartError::Broken(format!(
                            "has the line `{line}` among its header fields"
                        )));
                    }
                },
            }
        }
        let field = |name: &str| {
            let found = fields
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name));
            found
                .map(|(_, value)| value.as_str())
                .filter(|value| !value.is_empty())
        };
        if let Some(media_type) = field("Content-Type") {
            part.content_type = media_type.to_owned();
        }
        part.content_id = field("Content-ID").map(|id| without_brackets(id).to_owned());
        part.content_location = field("Content-Location").map(str::to_owned);
        let encoding = field("Content-Transfer-Encoding").unwrap_or_default();
        let content = bytes.slice(bytes.len() - rest.len()..);
        part.content = transfer::decode(encoding, content).ok_or_else(|| {
            PartError::Broken(format!(
                "is not in the transfer encoding `{}`, or that one is not known",
                bounded(encoding)
            ))
        })?;
        Ok(part)
    }
}

/// A Content-ID, or a reference to one in `start`, without its angle brackets.
pub(super) fn without_brackets(id: &str) -> &str {
    let id = id.trim();
    id.strip_prefix('<')
        .and_then(|id| id.strip_suffix('>'))
        .unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &'static str) -> Result<Part, PartError> {
        Part::parse(&Bytes::from_static(text.as_bytes()), 60)
    }

    fn broken(text: &'static str) -> String {
        match parse(text) {
            Err(PartError::Broken(reason)) => reason,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn header_fields_may_be_folded_and_of_any_case() {
        let part =
            parse("content-TYPE: text/xml;\r\n\tx=y\r\nContent-Id : <a@b> \r\n\r\n1\r\n\r\n2")
                .unwrap();
        assert_eq!(part.content_type, "text/xml; x=y");
        assert_eq!(part.content_id.as_deref(), Some("a@b"));
        assert_eq!(part.content, "1\r\n\r\n2");
        let part = parse("Content-ID: plain\nContent-Location: u\n\n").unwrap();
        assert_eq!(part.content_id.as_deref(), Some("plain"));
        assert_eq!(part.content_location.as_deref(), Some("u"));
        assert_eq!(part.content_type, "text/plain; charset=us-ascii");
        assert_eq!(parse("\r\nx").unwrap().content, "x");
    }

    #[test]
    fn what_is_no_part() {
        assert_eq!(
            broken("a: b\r\n"),
            "has no empty line after its header fields"
        );
        assert_eq!(parse("").unwrap().content, "");
        assert_eq!(
            broken("<Envelope>\n\n"),
            "has the line `<Envelope>` among its header fields"
        );
        assert_eq!(
            broken("Content-Transfer-Encoding: base64\n\n*"),
            "is not in the transfer encoding `base64`, or that one is not known"
        );
        let long = "a: 89012345678901234567890\nb: 8901234567890123456789012345678901\n\nx";
        assert_eq!(parse(long), Err(PartError::TooLong));
        assert_eq!(parse(&long[27..]).unwrap().content, "x");
    }
}
