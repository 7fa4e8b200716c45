//! Media types and their parameters (RFC 2045 §5.1).

use std::borrow::Cow;

/// The type and subtype alone, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    before_parameters(media_type).to_ascii_lowercase()
}

/// Whether a media type is of this type and subtype, in whatever case.
pub(crate) fn is_of(media_type: &str, essence: &str) -> bool {
    let Some((found, rest)) = media_type
        .trim_ascii_start()
        .split_at_checked(essence.len())
    else {
        return false;
    };
    found.eq_ignore_ascii_case(essence)
        && matches!(rest.trim_ascii_start().as_bytes(), [] | [b';', ..])
}

fn before_parameters(media_type: &str) -> &str {
    split(media_type, b';')
        .map_or(media_type, |(essence, _)| essence)
        .trim()
}

/// What is before the first of such bytes, which are ASCII, and what is after it. Media types are short,
/// so a search that begins with a call costs more.
fn split(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|found| found == byte)?;
    text.get(..at).zip(text.get(at + 1..))
}

/// The value of a parameter, without its quotes; the first one of that name. Empty values count as
/// none.
pub(crate) fn parameter<'t>(media_type: &'t str, name: &str) -> Option<Cow<'t, str>> {
    // As nearly all are that come with an envelope.
    if let Some(essence) = media_type.strip_suffix("; charset=utf-8")
        && name == "charset"
        && !essence.bytes().any(|byte| byte == b';')
    {
        return media_type
            .get(essence.len() + "; charset=".len()..)
            .map(Cow::Borrowed);
    }
    let (_, mut rest) = split(media_type, b';')?;
    // As most are: one parameter, a token.
    let only = rest.trim_ascii();
    if let Some((found, token)) = only.split_at_checked(name.len())
        && let Some(token) = token.strip_prefix('=')
        && found.eq_ignore_ascii_case(name)
        && !token.is_empty()
        && token
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Some(Cow::Borrowed(token));
    }
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ';']);
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['=', ';']).unwrap_or(rest.len());
        let found = rest[..end].trim();
        let value;
        (value, rest) = match rest[end..].strip_prefix('=') {
            Some(after) => take_value(after.trim_start()),
            None => (String::new(), &rest[end..]),
        };
        if found.eq_ignore_ascii_case(name) {
            return Some(value)
                .filter(|value| !value.is_empty())
                .map(Cow::Owned);
        }
    }
}

/// A token or a quoted string, and what follows.
fn take_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, character) in quoted.char_indices() {
        match character {
            _ if escaped => {
                escaped = false;
                value.push(character);
            }
            '\\' => escaped = true,
            '"' => return (value, &quoted[at + 1..]),
            _ => value.push(character),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_quoted_or_not() {
        let media =
            "Multipart/Related; boundary=\"a;b=c\\\"d\";type = text/xml ;\tSTART=<r@x>;x;=;y=";
        for (name, value) in [
            ("boundary", Some("a;b=c\"d")),
            ("type", Some("text/xml")),
            ("start", Some("<r@x>")),
            ("x", None),
            ("y", None),
            ("z", None),
        ] {
            assert_eq!(parameter(media, name).as_deref(), value, "{name}");
        }
        for (media, of) in [
            ("multipart/related", true),
            (" Multipart/Related ; type=a", true),
            ("multipart/related2", false),
            ("multipart/relate", false),
        ] {
            assert_eq!(is_of(media, "multipart/related"), of, "{media}");
        }
        for (media, name, value) in [
            ("text/xml; charset=utf-8", "charset", Some("utf-8")),
            ("text/xml; charset=utf-8", "action", None),
            ("text/xml; charset=b; charset=utf-8", "charset", Some("b")),
            (
                "a/b; start=\"; charset=utf-8\"",
                "start",
                Some("; charset=utf-8"),
            ),
            ("a/b; start=\"; charset=utf-8", "charset", None),
        ] {
            assert_eq!(parameter(media, name).as_deref(), value, "{media}");
        }
        let plain = "text/xml; Charset=utf-8 ";
        for (name, value) in [("charset", Some("utf-8")), ("set", None)] {
            assert_eq!(parameter(plain, name).as_deref(), value, "{name}");
        }
        assert_eq!(essence(media), "multipart/related");
        assert!(is_of(media, "multipart/related"));
        assert!(!is_of(media, "multipart"));
        assert_eq!(parameter("a/b; c=\"open", "c").as_deref(), Some("open"));
        assert_eq!(parameter("a/b", "c"), None);
        assert_eq!(parameter("", ""), None);
    }
}
