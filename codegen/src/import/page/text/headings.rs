//! Headings in running text.

use std::ops::Range;

use super::{Block, Reader, SECTIONS, announces, fold, heads, section};
use crate::import::model::Cell;

impl Reader<'_> {
    pub(super) fn heading(&mut self) -> bool {
        let line = &self.lines[self.at];
        let text = line.text.trim();
        // Markdown: `## Title`, or a line of `=` or `-` below.
        let marks = text.len() - text.trim_start_matches('#').len();
        if (1..=6).contains(&marks) && text[marks..].starts_with(' ') {
            let start = line.text.find('#').unwrap_or(0) + marks;
            let mut title = line.cell(start..line.text.len());
            title.text = title.text.trim_end_matches('#').trim_end().to_owned();
            self.push_heading(u8::try_from(marks).unwrap_or(6), title);
            return true;
        }
        if let Some(under) = self.lines.get(self.at + 1) {
            let under = under.text.trim();
            let level = match under.chars().next() {
                Some('=') if under.len() > 2 && under.chars().all(|c| c == '=') => Some(1),
                Some('-') if under.len() > 2 && under.chars().all(|c| c == '-') => Some(2),
                _ => None,
            };
            if let Some(level) = level {
                let title = line.whole();
                self.push_heading(level, title);
                self.at += 1;
                return true;
            }
        }
        if let Some(level) = self.level() {
            let title = self.lines[self.at].whole();
            self.push_heading(level, title);
            return true;
        }
        false
    }

    fn push_heading(&mut self, level: u8, mut title: Cell) {
        if let Some(spaced) = unglued(&title.text) {
            title.text = spaced;
        }
        self.blocks.push(Block::Heading { level, title });
        self.at += 1;
    }

    /// The level of the heading at this line, if it is one; 0 where nothing says how deep.
    fn level(&self) -> Option<u8> {
        let line = &self.lines[self.at];
        let text = line.text.trim();
        let words = text.split_whitespace().count();
        if text.chars().count() > 90 || words > 10 || text.ends_with([';', '{', '}', ',', '|', '>'])
        {
            return None;
        }
        if let Some(depth) = numbered(text) {
            return Some(depth);
        }
        if words <= 6 && announces(text)
            || unglued(text).is_some()
            || crate::import::sections::call(text).is_some() && words == 2
        {
            return Some(0);
        }
        if text.ends_with(['.', ':', '!', '?'])
            || text.contains([':', '=', '"', '@', '*', '<'])
            || words > 6
            || text.starts_with(['-', '•', '/', '('])
        {
            return None;
        }
        let before = self.at == 0 || self.lines[self.at - 1].is_blank() || self.blocks.is_empty();
        let next = self.lines.get(self.at + 1);
        let after = next.is_none_or(super::Line::is_blank);
        let table =
            next.is_some_and(|next| heads(&next.text).is_some() || is_piped_head(&next.text));
        let first = self.blocks.is_empty();
        let begins = text
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_alphanumeric());
        let table = table || { next.is_some_and(|_| self.begins_barred(self.at + 1)) };
        (begins && (table || first || before && after && !self.marked)).then_some(0)
    }
}

fn is_piped_head(line: &str) -> bool {
    line.contains('|')
        && line
            .split('|')
            .filter(|cell| !cell.trim().is_empty())
            .take(3)
            .all(|cell| super::head(cell).is_some())
}

/// How deep the number of a section puts it: `2.7.1. Messages` is 3.
fn numbered(text: &str) -> Option<u8> {
    let end = text.find(' ')?;
    let number = text[..end].trim_end_matches(['.', ')']);
    let parts: Vec<&str> = number.split('.').collect();
    let digits = parts
        .iter()
        .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let titled = text[end..]
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_alphabetic);
    let marked = parts.len() > 1 || text[..end].ends_with('.');
    (digits && titled && marked && !text.ends_with(['.', ',']))
        .then(|| u8::try_from(parts.len().min(6)).unwrap_or(6))
}

/// `PayloadOrderRequest` as `Payload OrderRequest`: a heading and the name of a type that stood beside it.
pub(super) fn unglued(text: &str) -> Option<String> {
    if text.contains(' ') && !text.contains("OK") && status(text).is_none() {
        return None;
    }
    if let Some((_, rest)) = status(text) {
        let name = &rest[reason(rest)?.end..];
        let glued = name.chars().next().is_some_and(char::is_uppercase) && !name.contains(' ');
        let head = text.len() - name.len();
        return glued.then(|| format!("{} {name}", &text[..head]));
    }
    let places = text.char_indices().skip(1).map(|(at, _)| at);
    for at in places {
        let (before, after) = text.split_at(at);
        let glued = before.ends_with(char::is_lowercase)
            && after.chars().next().is_some_and(char::is_uppercase)
            && after.chars().filter(|c| c.is_uppercase()).count() > 1;
        let folded = fold(before);
        if glued
            && SECTIONS
                .iter()
                .any(|(_, words)| words.contains(&folded.as_str()))
            && section(text).is_none()
        {
            return Some(format!("{before} {after}"));
        }
    }
    None
}

/// What stands beside HTTP's status codes.
const REASONS: &[&str] = &[
    "ok",
    "created",
    "accepted",
    "no content",
    "bad request",
    "unauthorized",
    "payment required",
    "forbidden",
    "not found",
    "conflict",
    "unprocessable entity",
    "too many requests",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "method not allowed",
    "moved permanently",
    "not acceptable",
    "gone",
    "unsupported media type",
    "precondition failed",
    "request timeout",
    "gateway timeout",
    "not implemented",
];

/// Where the longest reason of HTTP stands in a text, as words of it: a name in capitals may be glued to it.
fn reason(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    { REASONS.iter() }
        .filter_map(|reason| {
            let start = lower.find(reason)?;
            let end = start + reason.len();
            let begins = !lower[..start].ends_with(char::is_alphanumeric);
            let ends = !text[end..].starts_with(char::is_lowercase);
            (begins && ends).then_some(start..end)
        })
        .max_by_key(Range::len)
}

/// The HTTP status in `Response 404 - Not found Problem`, `404 Not Found`, `HTTP 200`, and what follows it.
pub(crate) fn status(text: &str) -> Option<(u16, &str)> {
    let mut rest = text.trim();
    let mut announced = false;
    loop {
        let lower = rest.to_ascii_lowercase();
        let word = [
            "response",
            "responses",
            "http",
            "status",
            "code",
            "error",
            "answer",
            "odpowiedź",
            "antwort",
            "réponse",
            "respuesta",
            "resposta",
            "risposta",
            "svar",
            "antwoord",
        ]
        .iter()
        .find(|word| lower.starts_with(**word) && lower[word.len()..].starts_with([' ', ':']));
        match word {
            Some(word) => {
                rest = rest[word.len()..].trim_start_matches([':', ' ']);
                announced = true;
            }
            None => break,
        }
    }
    let digits = rest.get(..3)?;
    let after = rest.get(3..)?;
    let code: u16 = digits.parse().ok()?;
    let ends = after.is_empty() || after.starts_with([' ', ':', '-', '–']);
    let named = reason(after).is_some();
    ((100..600).contains(&code) && ends && (announced || named))
        .then(|| (code, after.trim_start_matches([' ', ':', '-', '–'])))
}

/// The name of a type after the phrase of a status: `Not found Problem`.
pub(crate) fn status_type(rest: &str) -> Option<&str> {
    let reason = reason(rest).filter(|reason| reason.start == 0)?;
    let name = rest[reason.end..].trim_matches([' ', '-', '–', ':', '(', ')']);
    let fits = name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_and_glued_names() {
        assert_eq!(status("Response 404 - Not found"), Some((404, "Not found")));
        assert_eq!(status("200 OK"), Some((200, "OK")));
        assert_eq!(status("300 apples"), None);
        assert_eq!(status("400 Bad Request"), Some((400, "Bad Request")));
        assert_eq!(status("201 Created"), Some((201, "Created")));
        assert_eq!(status_type("Not Found Problem"), Some("Problem"));
        assert_eq!(
            unglued("Response 400 - Bad requestProblem").as_deref(),
            Some("Response 400 - Bad request Problem")
        );
        assert_eq!(
            unglued("PayloadOrderRequest").as_deref(),
            Some("Payload OrderRequest")
        );
        assert_eq!(unglued("OrderRequest"), None);
        assert_eq!(numbered("2.7.1. Komunikaty"), Some(3));
        assert_eq!(numbered("3 apples"), None);
    }
}
