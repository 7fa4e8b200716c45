//! Spans as people see them: file, line, column, and the line itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::source::{Document, DocumentId, Sources, Span};

/// A span as people see it.
pub(crate) struct Place {
    pub(crate) path: String,
    /// From one.
    pub(crate) line: usize,
    /// From one, in characters.
    pub(crate) column: usize,
    /// The part of the line that is shown.
    text: String,
    /// Columns before the marks.
    indent: usize,
    /// Columns marked, one at least.
    pub(crate) marked: usize,
}

impl Place {
    /// Writes the line with marks below, in the manner of rustc; `width` is that of the numbers of lines.
    pub(crate) fn draw(&self, mark: char, label: Option<&str>, width: usize, out: &mut String) {
        let arrow = if mark == '^' { "-->" } else { ":::" };
        let _ = writeln!(
            out,
            "{:width$}{arrow} {}:{}:{}",
            "", self.path, self.line, self.column
        );
        let _ = writeln!(out, "{:width$} |", "");
        let _ = writeln!(out, "{:width$} | {}", self.line, self.text);
        let marks = mark.to_string().repeat(self.marked);
        let _ = write!(out, "{:width$} | {}{marks}", "", " ".repeat(self.indent));
        match label {
            Some(label) => {
                let _ = writeln!(out, " {label}");
            }
            None => out.push('\n'),
        }
    }
}

/// As much of a line as is shown around the marked text: WSDLs come in one line of a megabyte.
const WINDOW: usize = 160;

/// How far apart lines and columns are noted, in bytes: a place is found by counting from the last
/// note, not from the beginning, for there may be thousands of them.
const STEP: usize = 4096;

/// Where in its line a byte is.
#[derive(Clone, Copy)]
struct Note {
    offset: usize,
    line: usize,
    column: usize,
}

impl Note {
    /// The same for a later byte.
    fn moved(self, text: &str, offset: usize) -> Self {
        let between = &text[self.offset..offset];
        let (line, column) = match between.rfind('\n') {
            Some(at) => (
                self.line + between.matches('\n').count(),
                between[at + 1..].chars().count(),
            ),
            None => (self.line, self.column + between.chars().count()),
        };
        Self {
            offset,
            line,
            column,
        }
    }
}

/// Finds the places of spans.
pub(crate) struct Places<'a> {
    sources: &'a Sources,
    notes: BTreeMap<DocumentId, Vec<Note>>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            notes: BTreeMap::new(),
        }
    }

    /// The place of a span; `None` if it is in no document.
    pub(crate) fn place(&mut self, span: Span) -> Option<Place> {
        let document: &Document = self.sources.of(span)?;
        let text = document.text.as_str();
        let start = floor(text, span.start as usize);
        let end = floor(text, span.end as usize).max(start);
        let notes = self
            .notes
            .entry(span.document)
            .or_insert_with(|| notes(text));
        let last = notes.partition_point(|note| note.offset <= start);
        let note = notes.get(last.checked_sub(1)?)?.moved(text, start);

        let of_line = |c: &char| *c != '\n';
        let mut before: Vec<char> = text[..start]
            .chars()
            .rev()
            .take_while(of_line)
            .take(WINDOW / 2)
            .collect();
        before.reverse();
        let marked = text[start..end]
            .chars()
            .take_while(of_line)
            .take(WINDOW)
            .count()
            .max(1);
        let indent = before.len();
        let room = WINDOW.saturating_sub(indent).max(marked);
        let after = text[start..].chars().take_while(of_line).take(room);
        let shown: String = before.into_iter().chain(after).collect();
        Some(Place {
            path: document.path.display().to_string().replace('\\', "/"),
            line: note.line + 1,
            column: note.column + 1,
            text: shown
                .trim_end_matches('\r')
                .replace(|c: char| c.is_control(), " "),
            indent,
            marked,
        })
    }
}

/// Notes from the beginning of a text to its end.
fn notes(text: &str) -> Vec<Note> {
    let mut note = Note {
        offset: 0,
        line: 0,
        column: 0,
    };
    let mut notes = vec![note];
    while note.offset + STEP < text.len() {
        note = note.moved(text, floor(text, note.offset + STEP));
        notes.push(note);
    }
    notes
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_from_notes() {
        let lines: String = (0..2_000).map(|i| format!("é{i}\n")).collect();
        let text = format!("{}\n{lines}", "ü".repeat(10_000));
        let mut sources = Sources::default();
        let document = sources.add("a", text.as_str()).unwrap();
        let mut places = Places::new(&sources);
        let mut at = |needle: &str| {
            let start = text.find(needle).unwrap();
            let span = Span::new(document, start..start + needle.len());
            let place = places.place(span).unwrap();
            (place.line, place.column, place.indent, place.marked)
        };
        assert_eq!(at("é0\n"), (2, 1, 0, 2));
        assert_eq!(at("é1999"), (2_001, 1, 0, 5));
        assert_eq!(at("1999"), (2_001, 2, 1, 4));
        let span = Span::new(document, 15_000..15_002);
        let place = places.place(span).unwrap();
        assert_eq!((place.line, place.column), (1, 7_501));
        assert_eq!((place.indent, place.marked), (80, 1));
        assert_eq!(place.text.chars().count(), 160);
    }
}
