//! Bodies of several parts, taken apart (RFC 2046 §5.1).

use std::borrow::Cow;

use bytes::Bytes;
use memchr::memmem::Finder;

use super::attachments::Attachments;
use super::media_type::{essence, parameter};
use super::part::{Part, PartError, without_brackets};
use crate::limits::Limits;

/// Why a multipart body cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum MultipartError {
    /// This field of [`Limits`] was passed.
    Limit(&'static str, usize),
    /// In words that follow `it`.
    Broken(String),
}

/// The root part, and the others.
#[derive(Debug)]
pub(crate) struct Related {
    pub(crate) content_type: String,
    pub(crate) root: Bytes,
    pub(crate) attachments: Attachments,
}

/// Takes a `multipart/related` body (RFC 2387) apart. Its root is the part that `start` names, or
/// the first one.
pub(crate) fn related(
    media_type: &str,
    body: &Bytes,
    limits: &Limits,
) -> Result<Related, MultipartError> {
    let broken = |reason: &str| MultipartError::Broken(reason.to_owned());
    let boundary = parameter(media_type, "boundary")
        .or_else(|| first_line_boundary(body).map(Cow::Owned))
        .ok_or_else(|| broken("has several parts and names no boundary between them"))?;
    let mut parts = Vec::new();
    for (index, content) in split(body, &boundary, limits.parts)?
        .into_iter()
        .enumerate()
    {
        let part = Part::parse(&content, limits.part_header).map_err(|error| match error {
            PartError::TooLong => MultipartError::Limit("part_header", limits.part_header),
            PartError::Broken(reason) => {
                MultipartError::Broken(format!("has a part, number {}, that {reason}", index + 1))
            }
        })?;
        parts.push(part);
    }
    let start = parameter(media_type, "start");
    let named = start.as_deref().map(without_brackets).and_then(|start| {
        parts
            .iter()
            .position(|part| part.content_id.as_deref() == Some(start))
    });
    // Some servers name a root that is not there; the first part is what they mean.
    let root = named.unwrap_or(0);
    if root >= parts.len() {
        return Err(broken(
            "has several parts by its media type, and none in its body",
        ));
    }
    let root = parts.remove(root);
    Ok(Related {
        content_type: root_type(media_type, root.content_type),
        root: root.content,
        attachments: Attachments::new(parts),
    })
}

/// The type of the envelope: that of the root part, or where that one says nothing, `type` of the
/// whole.
fn root_type(media_type: &str, root: String) -> String {
    match essence(&root).as_str() {
        "text/plain" | "application/octet-stream" => {
            parameter(media_type, "type").map_or(root, Cow::into_owned)
        }
        _ => root,
    }
}

/// The boundary that the body begins with, for media types that forget it.
fn first_line_boundary(body: &[u8]) -> Option<String> {
    let line = body.trim_ascii_start().strip_prefix(b"--")?;
    let line = line.split(|byte| *byte == b'\n').next()?.trim_ascii_end();
    let usable =
        (1..=70).contains(&line.len()) && line.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let text = std::str::from_utf8(line).ok()?;
    usable.then(|| text.to_owned())
}

/// A line that stands between parts.
struct Delimiter {
    /// Where the line begins.
    start: usize,
    /// Where the next line begins.
    end: usize,
    /// It is the last one.
    closes: bool,
    /// It ends with CR LF.
    carriage: bool,
}

/// What stands between the delimiters, as slices of `body`.
fn split(body: &Bytes, boundary: &str, most: usize) -> Result<Vec<Bytes>, MultipartError> {
    let line = format!("--{boundary}");
    let finder = Finder::new(line.as_bytes());
    let mut parts = Vec::new();
    let Some(mut last) = delimiter(body, 0, &finder) else {
        return Err(MultipartError::Broken(format!(
            "has several parts by its media type, but not their boundary `{}`",
            crate::types::bounded(boundary)
        )));
    };
    while !last.closes {
        let Some(next) = delimiter(body, last.end, &finder) else {
            return Err(MultipartError::Broken(format!(
                "breaks off in its part {}",
                parts.len() + 1
            )));
        };
        if parts.len() >= most {
            return Err(MultipartError::Limit("parts", most));
        }
        // The line break before a delimiter belongs to it. A carriage return is of the content
        // where lines end without one.
        let mut end = next.start;
        for (byte, is_break) in [(b'\n', true), (b'\r', last.carriage)] {
            if is_break && end > last.end && body[end - 1] == byte {
                end -= 1;
            }
        }
        parts.push(body.slice(last.end..end));
        last = next;
    }
    Ok(parts)
}

/// The next delimiter at or after `from`, where a line begins.
fn delimiter(body: &[u8], from: usize, finder: &Finder<'_>) -> Option<Delimiter> {
    let mut at = from;
    loop {
        let start = at + finder.find(&body[at..])?;
        at = start + 1;
        if start > from && body[start - 1] != b'\n' {
            continue;
        }
        let rest = &body[start + finder.needle().len()..];
        let (closes, padded) = match rest.strip_prefix(b"--") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let after = match padded.iter().position(|byte| !matches!(byte, b' ' | b'\t')) {
            Some(blanks) => &padded[blanks..],
            None => &[],
        };
        let (carriage, after) = match after {
            [b'\r', b'\n', after @ ..] => (true, after),
            [b'\n', after @ ..] => (false, after),
            [] | [b'\r'] => (false, &after[after.len()..]),
            // Another boundary that begins with this one.
            _ => continue,
        };
        let end = body.len() - after.len();
        return Some(Delimiter {
            start,
            end,
            closes,
            carriage,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEDIA: &str = "multipart/related; boundary=b; start=\"<root>\"; type=\"text/xml\"";

    fn read(media_type: &str, body: &str) -> Result<Related, MultipartError> {
        related(
            media_type,
            &Bytes::from(body.to_owned()),
            &Limits::default(),
        )
    }

    fn root(media_type: &str, body: &str) -> String {
        match read(media_type, body) {
            Ok(related) => String::from_utf8(related.root.to_vec()).unwrap(),
            Err(error) => format!("{error:?}"),
        }
    }

    fn broken(media_type: &str, body: &str) -> String {
        match read(media_type, body) {
            Err(MultipartError::Broken(reason)) => reason,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_root_is_named_or_first() {
        let body =
            "--b\r\nContent-ID: <x>\r\n\r\nX\r\n--b\r\nContent-ID: <root>\r\n\r\nR\r\n--b--\r\n";
        assert_eq!(root(MEDIA, body), "R");
        assert_eq!(root("multipart/related; boundary=\"b\"", body), "X");
        assert_eq!(
            root("multipart/related; boundary=b; start=<none>", body),
            "X"
        );
    }

    #[test]
    fn line_breaks_and_padding_are_taken_lightly() {
        for body in [
            "--b\r\n\r\nR\r\n--b--",
            "--b\n\nR\n--b--\n",
            "--b  \t\r\n\r\nR\r\n--b-- \r\n",
            "a preamble\r\n--bb\r\n--b\r\n\r\nR\r\n--b--\r\nan epilogue",
            "\r\n--b\r\n\r\nR\r\n--b--\t",
            "--b\r\nContent-Type: a/b\r\n\r\nR\n--b--\r\n--b\r\nx",
        ] {
            assert_eq!(root(MEDIA, body), "R", "{body}");
        }
    }

    #[test]
    fn content_may_look_like_a_boundary() {
        let content = "--bx\r\n --b\r\nx--b\r\n--b--x\r\n\r\n";
        let body = format!("--b\r\n\r\n{content}\r\n--b--\r\n");
        assert_eq!(root(MEDIA, &body), content);
        // A carriage return is content where lines end with LF alone.
        assert_eq!(root(MEDIA, "--b\n\nR\r\n--b--\n"), "R\r");
        assert_eq!(root(MEDIA, "--b\r\n\r\n\r\n--b--\r\n"), "");
        assert_eq!(root(MEDIA, "--b\r\n\r\n--b--\r\n"), "");
    }

    #[test]
    fn a_forgotten_boundary_is_the_first_line() {
        assert_eq!(
            root("multipart/related", "\r\n--x y\r\n\r\nR\r\n--x y--"),
            "R"
        );
        assert_eq!(
            broken("multipart/related", "--\r\n"),
            "has several parts and names no boundary between them"
        );
        assert_eq!(
            broken("multipart/related; boundary=\"\"", "<a/>"),
            "has several parts and names no boundary between them"
        );
    }

    #[test]
    fn what_is_broken_is_named() {
        assert_eq!(
            broken(MEDIA, "<a/>"),
            "has several parts by its media type, but not their boundary `b`"
        );
        assert_eq!(broken(MEDIA, "--b\r\n\r\nR"), "breaks off in its part 1");
        assert_eq!(
            broken(MEDIA, "--b\r\n\r\nR\r\n--b"),
            "breaks off in its part 2"
        );
        assert_eq!(
            broken(MEDIA, "--b\r\n\r\nR\r\n--b\r\n\r\nx\r\n--bb"),
            "breaks off in its part 2"
        );
        assert_eq!(
            broken(MEDIA, "--b--\r\n"),
            "has several parts by its media type, and none in its body"
        );
        assert_eq!(
            broken(MEDIA, "--b\r\nR\r\n--b--"),
            "has a part, number 1, that has no empty line after its header fields"
        );
    }

    #[test]
    fn the_type_of_the_root() {
        let typed = |part: &str| {
            let body = format!("--b\r\n{part}\r\nR\r\n--b--");
            read(MEDIA, &body).unwrap().content_type
        };
        assert_eq!(
            typed("Content-Type: text/xml; charset=x\r\n"),
            "text/xml; charset=x"
        );
        assert_eq!(typed(""), "text/xml");
    }

    #[test]
    fn limits_are_kept() {
        let limits = Limits {
            parts: 1,
            part_header: 10,
            ..Limits::default()
        };
        let body = |text: &str| related(MEDIA, &Bytes::from(text.to_owned()), &limits).map(drop);
        assert_eq!(
            body("--b\n\nR\n--b\n\nx\n--b--"),
            Err(MultipartError::Limit("parts", 1))
        );
        assert_eq!(
            body("--b\nLong: 345678\n\nR\n--b--"),
            Err(MultipartError::Limit("part_header", 10))
        );
    }

    /// Every prefix, and every body with one byte gone, gives parts or an error.
    #[test]
    fn mutilated_bodies_do_no_harm() {
        let body = "pre\r\n--b\r\nContent-ID: <root>\r\n\r\n<a/>\r\n--b\r\nContent-ID: <x>\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\na=3D=\r\n\r\n--b--\r\n";
        for at in 0..body.len() {
            let whole = at >= body.rfind("\r\n--b--").unwrap() + "\r\n--b--".len();
            assert_eq!(read(MEDIA, &body[..at]).is_ok(), whole, "{at}");
            let _ = read(MEDIA, &format!("{}{}", &body[..at], &body[at + 1..]));
        }
    }
}
