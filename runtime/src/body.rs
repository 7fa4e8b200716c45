//! What of an answer's body is kept in an error.

use std::fmt;

use crate::redaction::Secrets;
use crate::xml::decode_lossy;

/// Bytes of text that are kept.
pub(crate) const KEPT: usize = 64 << 10;

/// Characters that `Debug` shows.
pub(crate) const SHOWN: usize = 500;

/// Characters that the message of an error quotes.
pub(crate) const QUOTED: usize = 80;

/// The beginning of an answer's body as text: up to 64 KiB, with `[redacted]` for secrets that were
/// sent and came back.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Body {
    text: String,
    length: usize,
}

impl Body {
    /// The bytes of an answer whose media type says `charset`.
    pub(crate) fn new(bytes: &[u8], charset: Option<&str>, secrets: &Secrets) -> Self {
        let most = KEPT.saturating_add(secrets.longest());
        let part = bytes.get(..most).unwrap_or(bytes);
        let mut text = decode_lossy(part, charset).into_owned();
        secrets.remove_from(&mut text);
        if part.len() < bytes.len() {
            // A secret may have been cut in two; what is left of it is at the end.
            let whole = text.len().saturating_sub(secrets.longest());
            truncate(&mut text, whole);
        }
        truncate(&mut text, KEPT);
        Self {
            text,
            length: bytes.len(),
        }
    }

    /// The text, in the encoding that the answer says. What is no text in it shows as U+FFFD.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The length of the whole body in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// The first characters on one line, for a message.
    pub(crate) fn excerpt(&self) -> String {
        let mut words = String::new();
        for word in self.text.split_whitespace() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
            if words.len() > 4 * QUOTED {
                break;
            }
        }
        let mut excerpt = String::new();
        for (index, character) in words.chars().enumerate() {
            if index == QUOTED {
                excerpt.push('…');
                break;
            }
            if character.is_control() {
                excerpt.extend(character.escape_default());
            } else {
                excerpt.push(character);
            }
        }
        excerpt
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Body {
    /// The beginning of the text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text.char_indices().nth(SHOWN) {
            Some((end, _)) => write!(f, "{:?}… ({} bytes)", &self.text[..end], self.length),
            None => write!(f, "{:?}", self.text),
        }
    }
}

fn truncate(text: &mut String, most: usize) {
    let mut length = most.min(text.len());
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    text.truncate(length);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        let mut secrets = Secrets::default();
        secrets.add("hunter2000");
        secrets
    }

    #[test]
    fn a_short_body_is_kept_whole() {
        let body = Body::new("<a>é</a>".as_bytes(), None, &secrets());
        assert_eq!((body.text(), body.length()), ("<a>é</a>", 9));
        assert_eq!(format!("{body:?}"), "\"<a>é</a>\"");
        assert_eq!(Body::new(b"a\xffb", None, &secrets()).text(), "a\u{fffd}b");
    }

    #[test]
    fn a_secret_is_taken_out_in_utf_8_and_utf_16() {
        assert_eq!(
            Body::new(b"<p>hunter2000</p>", None, &secrets()).text(),
            "<p>[redacted]</p>"
        );
        let mut utf_16 = vec![0xff, 0xfe];
        utf_16.extend("hunter2000!".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(Body::new(&utf_16, None, &secrets()).text(), "[redacted]!");
        let unmarked = Body::new(&utf_16[2..], Some("utf-16le"), &secrets());
        assert_eq!(unmarked.text(), "[redacted]!");
    }

    #[test]
    fn a_long_body_is_cut_and_never_through_a_secret() {
        for at in KEPT - 12..KEPT + 2 {
            let mut long = "x".repeat(at);
            long.push_str("hunter2000");
            long.push_str(&"y".repeat(100));
            let body = Body::new(long.as_bytes(), None, &secrets());
            assert_eq!(body.length(), at + 110);
            assert!(body.text().len() <= KEPT);
            assert!(!body.text().contains('h'), "{at}");
        }
        let body = Body::new("é".repeat(KEPT).as_bytes(), None, &Secrets::default());
        assert!(body.text().len() > KEPT - 4);
    }

    #[test]
    fn an_excerpt_is_one_line() {
        let body = Body::new(b"<html>\r\n  <b>no\x1b</b>", None, &Secrets::default());
        assert_eq!(body.excerpt(), "<html> <b>no\\u{1b}</b>");
        let long = Body::new("a ".repeat(1000).as_bytes(), None, &Secrets::default());
        assert_eq!(long.excerpt(), format!("{}…", "a ".repeat(40)));
    }
}
