//! Documents of tags, text, comments and the like, as nearly all are: their shape is seen without a
//! tokenizer.

use memchr::{memchr, memchr3, memmem};

use super::{Shape, is_declaration};

/// Whether a document is plain, and within the limits. What is not takes a closer look.
pub(super) fn is_within_limits(text: &str) -> bool {
    let mut shape = Shape::default();
    let mut rest = text.as_bytes();
    while let Some(start) = memchr(b'<', rest) {
        let Some(after) = markup(&rest[start + 1..], &mut shape) else {
            return false;
        };
        rest = after;
    }
    true
}

/// What follows the markup that begins behind a `<`; `None` if it is not plain, or more than allowed.
fn markup<'t>(text: &'t [u8], shape: &mut Shape) -> Option<&'t [u8]> {
    match text {
        [b'/', rest @ ..] => {
            let end = memchr3(b'>', b'"', b'\'', rest).filter(|end| rest[*end] == b'>')?;
            if shape.open.is_empty() {
                return None;
            }
            shape.close();
            Some(&rest[end + 1..])
        }
        [b'!', b'-', b'-', rest @ ..] => {
            let is_odd = rest.starts_with(b">") || rest.starts_with(b"->");
            behind(rest, b"-->").filter(|_| !is_odd)
        }
        [b'!', rest @ ..] => behind(rest.strip_prefix(b"[CDATA[")?, b"]]>"),
        [b'?', rest @ ..] if rest.first().is_some_and(u8::is_ascii_alphabetic) => {
            behind(rest, b"?>")
        }
        [first, ..] if first.is_ascii_alphabetic() || *first == b'_' => start_tag(text, shape),
        _ => None,
    }
}

fn behind<'t>(text: &'t [u8], end: &[u8]) -> Option<&'t [u8]> {
    let at = memmem::find(text, end)?;
    Some(&text[at + end.len()..])
}

fn start_tag<'t>(text: &'t [u8], shape: &mut Shape) -> Option<&'t [u8]> {
    let (mut attributes, mut declared) = (0, 0);
    let mut at = 0;
    loop {
        let found = at + memchr3(b'>', b'"', b'\'', &text[at..])?;
        let before = &text[at..found];
        if text[found] == b'>' {
            if shape.open_with(attributes, declared).is_some() {
                return None;
            }
            if before.ends_with(b"/") {
                shape.close();
            }
            return Some(&text[found + 1..]);
        }
        let name = before.trim_ascii_end().strip_suffix(b"=")?.trim_ascii_end();
        let start = name.iter().rposition(u8::is_ascii_whitespace);
        let name = &name[start.map_or(0, |start| start + 1)..];
        attributes += 1;
        declared += usize::from(is_declaration(name));
        at = found + 1;
        at += memchr(text[found], &text[at..])? + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_documents_are_within_the_limits() {
        for text in [
            "",
            "text & more",
            "<a/>",
            "<?xml version='1.0'?><!-- <b --><a x='>' xmlns:b = \"/\"><![CDATA[</]]>t</a >",
            "<a>",
        ] {
            assert!(is_within_limits(text), "{text}");
        }
    }

    #[test]
    fn others_take_a_closer_look() {
        let deep = "<a>".repeat(257);
        let wide = format!("<a{}/>", " xmlns:b='c'".repeat(129));
        let many = format!("<a{}/>", " b='c'".repeat(257));
        for text in [
            "</a>",
            "<a",
            "<a b='>",
            "<a 'b'>",
            "<a></a b='c'>",
            "<!DOCTYPE a><a/>",
            "<!-->-->",
            "<!-- ",
            "<?>?>",
            "< a>",
            "<",
            &deep,
            &wide,
            &many,
        ] {
            assert!(!is_within_limits(text), "{text}");
        }
    }
}
