//! Lines of a text, mended where their characters were decoded wrongly.

use std::ops::Range;

use crate::import::finding::{Findings, Kind};
use crate::import::model::Cell;
use crate::source::{DocumentId, Span};

/// A line without its end.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub text: String,
    /// Where it stands in the document.
    pub range: Range<usize>,
    /// Whether the text is that of the document, byte by byte.
    exact: bool,
    document: DocumentId,
}

impl Line {
    /// The bytes of the text `range` as a cell, trimmed.
    pub(crate) fn cell(&self, range: Range<usize>) -> Cell {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (raw.len() - raw.trim_start().len());
        let trimmed = raw.trim();
        Cell::new(inline(trimmed), self.span(start..start + trimmed.len()))
    }

    /// The whole line as a cell.
    pub(crate) fn whole(&self) -> Cell {
        self.cell(0..self.text.len())
    }

    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        if self.exact {
            Span::new(
                self.document,
                self.range.start + range.start..self.range.start + range.end,
            )
        } else {
            Span::new(self.document, self.range.clone())
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}')
            .is_empty()
    }
}

/// The lines of `range` of `text`.
pub(crate) fn lines(
    document: DocumentId,
    text: &str,
    range: Range<usize>,
    findings: &mut Findings,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = range.start;
    let mut told = false;
    for raw in text.get(range).unwrap_or_default().split('\n') {
        let end = start + raw.len();
        let line = raw.trim_end_matches('\r');
        let mended = mend(line);
        if mended.is_some() && !told {
            told = true;
            findings.push(
                Kind::Repair,
                "L26",
                Span::new(document, start..start + line.len()),
                "characters were decoded as Windows-1252 and are UTF-8; mended here and below",
            );
        }
        lines.push(Line {
            exact: mended.is_none(),
            text: mended.unwrap_or_else(|| line.to_owned()),
            range: start..start + line.len(),
            document,
        });
        start = end + 1;
    }
    lines
}

/// A line whose UTF-8 was taken for Windows-1252, as it was before; `None` if it was not.
pub(crate) fn mend(line: &str) -> Option<String> {
    let suspicious = |c: char| "ÂÃÄÅâĂ€".contains(c);
    if !line.contains(suspicious) {
        return None;
    }
    for encoding in [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1250] {
        let mut bytes = Vec::with_capacity(line.len());
        let mut possible = true;
        for character in line.chars() {
            // The C1 controls, which Windows leaves undefined, mostly come through.
            if let Ok(byte) = u8::try_from(u32::from(character))
                && (0x80..0xa0).contains(&byte)
            {
                bytes.push(byte);
                continue;
            }
            let mut buffer = [0; 4];
            let (encoded, _, failed) = encoding.encode(character.encode_utf8(&mut buffer));
            possible &= !failed;
            bytes.extend_from_slice(&encoded);
        }
        if !possible {
            continue;
        }
        if let Ok(mended) = String::from_utf8(bytes)
            && mended.chars().count() < line.chars().count()
        {
            return Some(mended);
        }
    }
    // A blank that must not break, of which one half became a plain blank.
    line.contains("Â ").then(|| line.replace("Â ", "\u{a0}"))
}

/// A cell without the marks of Markdown: code, emphasis, links, escapes, line breaks, entities.
pub(crate) fn inline(text: &str) -> String {
    let mut plain = text.replace('\u{a0}', " ");
    for (mark, meaning) in [
        ("<br>", "\n"),
        ("<br/>", "\n"),
        ("<br />", "\n"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        if plain.contains(mark) {
            plain = plain.replace(mark, meaning);
        }
    }
    if plain.matches("**").count().is_multiple_of(2) {
        plain = plain.replace("**", "");
    }
    if plain.contains("](") {
        plain = without_links(&plain);
    }
    if plain.matches('`').count() >= 2 {
        plain = plain.replace('`', "");
    }
    let mut unescaped = String::with_capacity(plain.len());
    let mut characters = plain.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(next) if character == '\\' && "_*|[]<>#-.`".contains(*next) => {}
            _ => unescaped.push(character),
        }
    }
    unescaped.trim().to_owned()
}

fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let Some(open) = rest[..middle].rfind('[') else {
            break;
        };
        let Some(close) = rest[middle..].find(')') else {
            break;
        };
        plain.push_str(&rest[..open]);
        plain.push_str(&rest[open + 1..middle]);
        rest = &rest[middle + close + 1..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_decoding_is_mended() {
        assert_eq!(mend("Ĺšcie").as_deref(), None);
        assert_eq!(mend("NÃ£o").as_deref(), Some("Não"));
        assert_eq!(mend("Â Value").as_deref(), Some("\u{a0}Value"));
        assert_eq!(
            mend("gewÃ¼nschte GrÃ¶ÃŸe").as_deref(),
            Some("gewünschte Größe")
        );
        assert_eq!(mend("Âge et Ångström"), None);
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(
            inline("`code` and **bold** [x](http://x.example/)"),
            "code and bold x"
        );
        assert_eq!(inline("A\\_B\\|C"), "A_B|C");
        assert_eq!(inline("one<br>two"), "one\ntwo");
    }
}
