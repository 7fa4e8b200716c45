//! What a saved page says of itself: where it was, and in which language it is.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Where a page is from, as far as it says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    pub url: Option<String>,
    pub language: Option<String>,
}

/// So much of a page is looked at: its head.
const FURTHEST: usize = 1 << 18;

/// Reads `<html lang>`, `<link rel="canonical">`, `og:url`, and the note of browsers that saved the page.
pub(crate) fn origin(text: &str) -> Origin {
    let mut end = text.len().min(FURTHEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut origin = Origin::default();
    let mut saved = None;
    let mut shared = None;
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(&text[..end], emitter) {
        let Ok(token) = token;
        match token {
            Token::Comment(comment) => {
                let comment = String::from_utf8_lossy(&comment.value);
                if let Some(rest) = comment.trim().strip_prefix("saved from url=") {
                    let url = rest.split_once(')').map_or(rest, |(_, url)| url);
                    saved = saved.or(address(url));
                }
            }
            Token::StartTag(tag) => {
                let of = |name: &[u8]| {
                    { tag.attributes.iter() }
                        .find(|(key, _)| key.eq_ignore_ascii_case(name))
                        .map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned())
                };
                let is = |key: &[u8], word: &str| {
                    of(key).is_some_and(|value| value.eq_ignore_ascii_case(word))
                };
                match tag.name.to_ascii_lowercase().as_slice() {
                    b"html" => {
                        let plain = |text: &String| {
                            (2..=20).contains(&text.len())
                                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                        };
                        origin.language = of(b"lang").or(of(b"xml:lang")).filter(plain);
                    }
                    b"link" if is(b"rel", "canonical") => {
                        origin.url = origin.url.or(of(b"href").and_then(|url| address(&url)));
                    }
                    b"meta" if is(b"property", "og:url") => {
                        shared = shared.or(of(b"content").and_then(|url| address(&url)));
                    }
                    b"body" => break,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    origin.url = origin.url.or(saved).or(shared);
    origin
}

fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let fits = (url.starts_with("https://") || url.starts_with("http://"))
        && !url.chars().any(|c| c.is_whitespace() || c.is_control());
    fits.then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_where_they_are_from() {
        let page = "<!DOCTYPE html>\n<!-- saved from url=(0026)https://docs.example/api?x=1 -->\n<html lang=\"pl\"><head></head><body>";
        let said = |text| {
            let Origin { url, language } = origin(text);
            (url.unwrap_or_default(), language.unwrap_or_default())
        };
        assert_eq!(
            said(page),
            ("https://docs.example/api?x=1".to_owned(), "pl".to_owned())
        );
        let page = "<html><head><meta property='og:url' content='https://docs.example/b'><link rel=canonical href=https://docs.example/a></head>";
        assert_eq!(
            said(page),
            ("https://docs.example/a".to_owned(), String::new())
        );
        assert_eq!(
            said("<html lang='a b'><body><link rel=canonical href=https://docs.example/a>"),
            (String::new(), String::new())
        );
    }
}
