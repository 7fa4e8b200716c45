//! Documentation made inert: what a contract says in prose reaches rustdoc as prose, whatever it
//! contains. No code fence, indented code, HTML, link or direction override survives.

use std::borrow::Cow;

use super::names;

/// The lines of a doc comment, without markers.
pub type Docs = Vec<String>;

/// Columns of text in a doc comment.
const WIDTH: usize = 92;

/// Foreign text as the lines of a doc comment; empty if it says nothing.
pub(super) fn inert(text: &str) -> Docs {
    let mut lines = Docs::new();
    for block in blocks(text) {
        let words = words(&block.text);
        if words.is_empty() {
            continue;
        }
        let continues_list = block.bullet && block.follows_bullet;
        if !lines.is_empty() && !continues_list {
            lines.push(String::new());
        }
        fill(&words, block.bullet, &mut lines);
    }
    lines
}

/// Foreign text as one line of a doc comment.
#[must_use]
pub fn inert_line(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|c| if is_line_end(c) { ' ' } else { c })
        .collect();
    let mut line = words(&flat).join(" ");
    escape_start(&mut line);
    line
}

/// A wire name as a code span.
pub(super) fn code(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|&c| c != '`' && !is_hidden(c))
        .map(|c| if is_line_end(c) { ' ' } else { c })
        .collect();
    let plain = plain.trim();
    if plain.is_empty() {
        "(empty)".to_owned()
    } else {
        format!("`{plain}`")
    }
}

/// The documentation, or what stands in for it.
pub(super) fn or(text: Option<&str>, stand_in: impl FnOnce() -> String) -> Docs {
    let docs = text.map(inert).unwrap_or_default();
    if docs.is_empty() {
        vec![stand_in()]
    } else {
        docs
    }
}

/// The documentation of a field or variant; where there is none, its wire name unless that of Rust
/// says as much.
pub(super) fn of_name(text: Option<&str>, wire: &str) -> Docs {
    let docs = text.map(inert).unwrap_or_default();
    if docs.is_empty() && !names::tells(wire) {
        vec![code(wire)]
    } else {
        docs
    }
}

/// Adds a paragraph.
pub(super) fn paragraph(docs: &mut Docs, text: impl Into<String>) {
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.push(text.into());
}

/// A paragraph or list item.
struct Block {
    text: String,
    bullet: bool,
    follows_bullet: bool,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in text.split(is_line_end) {
        let line = line.trim();
        if line.is_empty() {
            open = false;
            continue;
        }
        let item = ["- ", "* ", "\u{2022} "]
            .iter()
            .find_map(|marker| line.strip_prefix(marker));
        match (item, blocks.last_mut()) {
            (None, Some(last)) if open => {
                last.text.push(' ');
                last.text.push_str(line);
            }
            _ => {
                let follows_bullet = open && blocks.last().is_some_and(|last| last.bullet);
                blocks.push(Block {
                    text: item.unwrap_or(line).to_owned(),
                    bullet: item.is_some(),
                    follows_bullet,
                });
            }
        }
        open = true;
    }
    blocks
}

fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Controls, direction marks, zero-width characters and other invisible ones.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !is_line_end(c) && c != '\t')
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// The words of a paragraph, escaped. A code span of single backticks is one word.
fn words(text: &str) -> Vec<Cow<'_, str>> {
    if !text.contains(is_hidden) {
        return shown_words(text);
    }
    let shown: String = text.chars().filter(|&c| !is_hidden(c)).collect();
    let words = shown_words(&shown).into_iter();
    words.map(|word| Cow::Owned(word.into_owned())).collect()
}

fn shown_words(text: &str) -> Vec<Cow<'_, str>> {
    let spans = !text.contains("``") && text.matches('`').count().is_multiple_of(2);
    let mut out = Vec::new();
    let mut glued = false;
    for (index, part) in text.split('`').enumerate() {
        let is_code = spans && index % 2 == 1;
        if is_code {
            let inner = part.split_whitespace().collect::<Vec<_>>().join(" ");
            if inner.is_empty() {
                continue;
            }
            push(&mut out, format!("`{inner}`").into(), glued);
            glued = true;
            continue;
        }
        if index > 0 && !spans {
            push(&mut out, "\\`".into(), glued);
            glued = true;
        }
        glued &= !part.starts_with(char::is_whitespace);
        for word in part.split_whitespace() {
            push(&mut out, escape(word), glued);
            glued = false;
        }
        glued = part.is_empty() || !part.ends_with(char::is_whitespace);
    }
    out
}

fn push<'a>(words: &mut Vec<Cow<'a, str>>, word: Cow<'a, str>, glued: bool) {
    match words.last_mut() {
        Some(last) if glued => last.to_mut().push_str(&word),
        _ => words.push(word),
    }
}

/// A word without meaning in Markdown. An address becomes a code span, so that it is no link.
fn escape(word: &str) -> Cow<'_, str> {
    if word.contains("://") || word.starts_with("www.") {
        let trailing = word.trim_end_matches(['.', ',', ';', ')', '>']);
        let leading = trailing.trim_start_matches(['(', '<']);
        let before = &trailing[..trailing.len() - leading.len()];
        let after = &word[trailing.len()..];
        return format!("{}`{leading}`{}", escape_plain(before), escape_plain(after)).into();
    }
    escape_plain(word)
}

fn escape_plain(word: &str) -> Cow<'_, str> {
    const MARKS: [char; 10] = ['\\', '*', '[', ']', '<', '>', '~', '|', '_', '&'];
    if !word.contains(MARKS) {
        return word.into();
    }
    let mut out = String::with_capacity(word.len());
    let mut previous = ' ';
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let special = match c {
            '\\' | '*' | '[' | ']' | '<' | '>' | '~' | '|' => true,
            '_' => !(previous.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next == '#' || next.is_ascii_alphabetic(),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    out.into()
}

/// Escapes what would make a heading, list, rule or quotation of a line.
fn escape_start(line: &mut String) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.as_bytes().get(digits).copied().unwrap_or(b' ');
    if digits > 0 && matches!(after, b'.' | b')') {
        line.insert(digits, '\\');
    } else if digits == 0 && matches!(after, b'#' | b'+' | b'-' | b'=' | b':' | b'@') {
        line.insert(0, '\\');
    }
}

fn fill(words: &[Cow<'_, str>], bullet: bool, lines: &mut Docs) {
    let indent = if bullet { "  " } else { "" };
    let mut line = String::new();
    let mut width = 0;
    let mut first = true;
    let mut finish = |line: &mut String| {
        escape_start(line);
        let lead = match (bullet, std::mem::take(&mut first)) {
            (true, true) => "- ",
            _ => indent,
        };
        lines.push(format!("{lead}{line}"));
        line.clear();
    };
    for word in words {
        let length = word.chars().count();
        if !line.is_empty() && width + 1 + length + indent.len() > WIDTH {
            finish(&mut line);
            width = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
    }
    finish(&mut line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_stays_prose() {
        assert_eq!(
            inert("The number\n  printed on the invoice."),
            ["The number printed on the invoice."]
        );
        assert_eq!(inert("One.\n\nTwo."), ["One.", "", "Two."]);
        assert_eq!(
            inert("One of:\n- a\n- b\n\nEnd."),
            ["One of:", "", "- a", "- b", "", "End."]
        );
        assert_eq!(
            inert("as `AddInvoice` gave it."),
            ["as `AddInvoice` gave it."]
        );
        assert_eq!(inert("CUSTOMER_NO, _x_"), ["CUSTOMER_NO, \\_x\\_"]);
        assert_eq!(inert(" \n\t"), Docs::new());
    }

    #[test]
    fn markup_is_inert() {
        let cases = [
            ("```\npanic!()\n```", "\\`\\`\\` panic!() \\`\\`\\`"),
            ("~~~ x", "\\~\\~\\~ x"),
            ("    indented", "indented"),
            ("\tindented", "indented"),
            (
                "<script>alert(1)</script>",
                "\\<script\\>alert(1)\\</script\\>",
            ),
            ("[x](javascript:y)", "\\[x\\](javascript:y)"),
            ("[crate::x]", "\\[crate::x\\]"),
            (
                "see https://example.test/x.",
                "see `https://example.test/x`.",
            ),
            ("# hidden", "\\# hidden"),
            ("1. one", "1\\. one"),
            ("--- rule", "\\--- rule"),
            ("a\u{202e}b\u{200b}c\0", "abc"),
            ("one ` tick", "one \\` tick"),
            ("&lt;", "\\&lt;"),
            ("a \\ b", "a \\\\ b"),
            ("*/ fn main() {} /*", "\\*/ fn main() {} /\\*"),
        ];
        for (text, expected) in cases {
            assert_eq!(inert(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn lines_are_filled_and_their_starts_escaped() {
        let text = format!("{}abcdefg # no heading", "word ".repeat(17));
        let lines = inert(&text);
        assert_eq!(lines[1], "\\# no heading");
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH + 1));
        assert_eq!(code("a`b\nc"), "`ab c`");
        assert_eq!(code(""), "(empty)");
    }
}
