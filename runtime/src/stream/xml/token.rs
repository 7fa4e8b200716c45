//! Where pieces of markup end.

use memchr::{memchr, memchr3, memmem};

/// What a piece of markup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A start tag.
    Start,
    /// An empty tag.
    Empty,
    /// An end tag.
    End,
    /// A comment or processing instruction.
    Aside,
    /// A CDATA section.
    Text,
    /// What no document may have here.
    Wrong,
}

/// How far the end of a piece of markup was looked for, so that what has come is looked at once however
/// small the pieces are in which it comes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Searched {
    /// Up to here.
    pub(super) to: usize,
    /// The attribute value in which that is.
    quote: Option<u8>,
}

impl Searched {
    /// Nothing is looked for but what begins here.
    pub(super) fn up_to(to: usize) -> Self {
        Self { to, quote: None }
    }
}

/// The markup at `at`, where a `<` is, and its end; `None` while the end has not come: then `searched` is
/// for the next time.
pub(super) fn token(text: &[u8], at: usize, searched: &mut Searched) -> Option<(Token, usize)> {
    match text.get(at + 1)? {
        b'/' => ends(text, at + 2, b">", searched).map(|end| (Token::End, end)),
        b'?' => ends(text, at + 2, b"?>", searched).map(|end| (Token::Aside, end)),
        b'!' => {
            let rest = &text[at + 2..];
            for (open, close, token) in [
                (&b"--"[..], &b"-->"[..], Token::Aside),
                (b"[CDATA[", b"]]>", Token::Text),
            ] {
                if rest.starts_with(open) {
                    let end = ends(text, at + 2 + open.len(), close, searched);
                    return end.map(|end| (token, end));
                }
                if open.starts_with(rest) {
                    return None;
                }
            }
            Some((Token::Wrong, at + 2))
        }
        _ => {
            let end = tag_end(text, at + 1, searched)?;
            match text[end - 2] {
                b'/' => Some((Token::Empty, end)),
                _ => Some((Token::Start, end)),
            }
        }
    }
}

/// Behind the first `close` from `from` on.
fn ends(text: &[u8], from: usize, close: &[u8], searched: &mut Searched) -> Option<usize> {
    let start = from.max(searched.to);
    let rest = text.get(start..).unwrap_or_default();
    let found = match close {
        [only] => memchr(*only, rest),
        _ => memmem::find(rest, close),
    };
    if found.is_none() {
        // The last bytes may begin what closes.
        searched.to = text.len().saturating_sub(close.len() - 1).max(from);
    }
    found.map(|found| start + found + close.len())
}

/// Behind the `>` that is in no attribute value.
fn tag_end(text: &[u8], from: usize, searched: &mut Searched) -> Option<usize> {
    let mut at = from.max(searched.to);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let found = match searched.quote {
            Some(quote) => memchr(quote, rest),
            None => memchr3(b'>', b'"', b'\'', rest),
        };
        let Some(length) = found else {
            searched.to = text.len();
            return None;
        };
        at += length + 1;
        searched.quote = match (searched.quote, rest[length]) {
            (None, b'>') => return Some(at),
            (None, quote) => Some(quote),
            (Some(_), _) => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_ends_where_it_does_and_not_before() {
        for (text, expected) in [
            ("<a>", Token::Start),
            ("<a b='>' c=\"/>'\">", Token::Start),
            ("<a b='>'/>", Token::Empty),
            ("<a/>", Token::Empty),
            ("</a >", Token::End),
            ("<!-- > -> -- -->", Token::Aside),
            ("<!---->", Token::Aside),
            ("<?x ?y>?>", Token::Aside),
            ("<![CDATA[]]]]>]>]]>", Token::Text),
        ] {
            let whole = format!("  {text}<z/>");
            let mut searched = Searched::default();
            let end = match expected {
                Token::Text => 2 + "<![CDATA[]]]]>".len(),
                _ => 2 + text.len(),
            };
            for length in 3..end {
                let part = &whole.as_bytes()[..length];
                assert_eq!(token(part, 2, &mut searched), None, "{text} {length}");
            }
            let found = token(whole.as_bytes(), 2, &mut searched);
            assert_eq!(found, Some((expected, end)), "{text}");
        }
        assert_eq!(
            token(b"<!DOCTYPE", 0, &mut Searched::default()),
            Some((Token::Wrong, 2))
        );
    }

    #[test]
    fn what_was_looked_at_is_not_looked_at_again() {
        let mut searched = Searched::default();
        let mut text = b"<a b='>>".to_vec();
        assert_eq!(token(&text, 0, &mut searched), None);
        assert_eq!((searched.to, searched.quote), (8, Some(b'\'')));
        // What has been passed does not count any more.
        text[4..8].copy_from_slice(b">>>>");
        text.extend(b">'/>");
        assert_eq!(token(&text, 0, &mut searched), Some((Token::Empty, 12)));
    }
}
