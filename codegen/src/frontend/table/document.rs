//! Markdown to blocks, every piece with the bytes that it stands at.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::source::{DocumentId, Span};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Located<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Located<T> {
    pub(super) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A block of a page.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Heading { level: u8, title: Inlines },
    Paragraph(Inlines),
    List(Vec<Inlines>),
    Table(Table),
    Code(Located<String>),
    Note(Located<String>, Located<String>),
}

/// A pipe table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub head: TableRow,
    pub rows: Vec<TableRow>,
}

/// A row as it is written: it may have other than the head's number of cells.
#[derive(Clone, Debug)]
pub(super) struct TableRow {
    pub cells: Vec<Inlines>,
    pub span: Span,
    /// The number of cells between the pipes.
    pub written: usize,
}

/// Text of a cell, heading, list item or paragraph.
#[derive(Clone, Debug)]
pub(super) struct Inlines {
    pub pieces: Vec<Piece>,
    /// References to footnotes, which are not part of the text.
    pub notes: Vec<Located<String>>,
    /// The text without the references at its end.
    pub span: Span,
}

/// A run of text or a code span.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(String),
    Code(Located<String>),
}

impl Inlines {
    /// The text, runs of blanks made one, ends trimmed; line breaks that were asked for stay.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(run) => text.push_str(run),
                Piece::Code(code) => text.push_str(&code.value),
            }
        }
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        lines.join("\n").trim().to_owned()
    }

    /// The code spans.
    pub(super) fn codes(&self) -> impl Iterator<Item = &Located<String>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Code(code) => Some(code),
            Piece::Text(_) => None,
        })
    }

    pub(super) fn located(&self) -> Located<String> {
        Located::new(self.text(), self.span)
    }
}

/// The blocks of the Markdown that begins at byte `start` of `text`.
pub(super) fn blocks(document: DocumentId, text: &str, start: usize) -> Vec<Block> {
    let body = text.get(start..).unwrap_or_default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let events = Parser::new_ext(body, options)
        .into_offset_iter()
        .map(|(event, range)| (event, range.start + start..range.end + start));
    let mut builder = Builder {
        document,
        text,
        blocks: Vec::new(),
        open: Vec::new(),
    };
    for (event, range) in events {
        builder.event(event, range);
    }
    builder.blocks
}

/// What is being collected, outermost first.
enum Open {
    Inlines(Vec<Piece>, Range<usize>),
    List(Vec<Inlines>),
    Item(Vec<Piece>, Range<usize>),
    Table(Option<TableRow>, Vec<TableRow>),
    Row(Vec<Vec<Piece>>, Range<usize>),
    Code(String, Option<Range<usize>>),
    Note(String, Range<usize>),
    Link(String, usize),
}

struct Builder<'a> {
    document: DocumentId,
    text: &'a str,
    blocks: Vec<Block>,
    open: Vec<Open>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.run(&text, range),
            Event::Code(code) => {
                let span = self.span(range);
                self.piece(Piece::Code(Located::new(code.trim().to_owned(), span)));
            }
            Event::InlineHtml(html) => {
                let line_break = html.trim_start_matches('<').to_ascii_lowercase();
                match line_break.trim_end_matches(['>', '/', ' ']) {
                    "br" => self.run("\n", range),
                    _ => self.run(&html, range),
                }
            }
            Event::SoftBreak => self.run(" ", range),
            Event::HardBreak => self.run("\n", range),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } if self.inside_text() => {}
            Tag::Paragraph | Tag::Heading { .. } => {
                self.open.push(Open::Inlines(Vec::new(), range));
            }
            Tag::List(_) => self.open.push(Open::List(Vec::new())),
            Tag::Item => self.open.push(Open::Item(Vec::new(), range)),
            Tag::Table(_) => self.open.push(Open::Table(None, Vec::new())),
            Tag::TableHead | Tag::TableRow => self.open.push(Open::Row(Vec::new(), range)),
            Tag::TableCell => {
                if let Some(Open::Row(cells, _)) = self.open.last_mut() {
                    cells.push(Vec::new());
                }
            }
            Tag::CodeBlock(_) => self.open.push(Open::Code(String::new(), None)),
            Tag::FootnoteDefinition(label) => {
                self.open.push(Open::Note(label.into_string(), range));
            }
            Tag::Link { dest_url, .. } => {
                let before = self.pieces().map_or(0, |pieces| pieces.len());
                self.open.push(Open::Link(dest_url.into_string(), before));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                if !matches!(self.open.last(), Some(Open::Inlines(..))) {
                    self.run("\n", range);
                    return;
                }
                let Some(Open::Inlines(pieces, at)) = self.open.pop() else {
                    return;
                };
                let inlines = self.inlines(pieces, at);
                let block = match tag {
                    TagEnd::Heading(level) => Block::Heading {
                        level: level as u8,
                        title: self.title(inlines),
                    },
                    _ => Block::Paragraph(inlines),
                };
                self.block(block);
            }
            TagEnd::List(_) => {
                if let Some(Open::List(items)) = self.open.pop() {
                    self.block(Block::List(items));
                }
            }
            TagEnd::Item => {
                if let Some(Open::Item(pieces, at)) = self.open.pop() {
                    let item = self.inlines(pieces, at);
                    if let Some(Open::List(items)) = self.open.last_mut() {
                        items.push(item);
                    }
                }
            }
            TagEnd::Table => {
                if let Some(Open::Table(Some(head), rows)) = self.open.pop() {
                    self.block(Block::Table(Table { head, rows }));
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(Open::Row(cells, at)) = self.open.pop() {
                    let row = self.row(cells, at);
                    if let Some(Open::Table(head, rows)) = self.open.last_mut() {
                        match head {
                            None => *head = Some(row),
                            Some(_) => rows.push(row),
                        }
                    }
                }
            }
            TagEnd::CodeBlock => {
                if let Some(Open::Code(code, at)) = self.open.pop() {
                    let span = self.span(at.unwrap_or(range));
                    self.block(Block::Code(Located::new(code, span)));
                }
            }
            TagEnd::FootnoteDefinition => self.note(),
            TagEnd::Link => self.link(),
            _ => {}
        }
    }

    /// Whether text is collected already, so that a paragraph in it is not a block of its own.
    fn inside_text(&self) -> bool {
        self.open
            .iter()
            .any(|open| matches!(open, Open::Item(..) | Open::Note(..)))
    }

    fn pieces(&mut self) -> Option<&mut Vec<Piece>> {
        self.open.iter_mut().rev().find_map(|open| match open {
            Open::Inlines(pieces, _) | Open::Item(pieces, _) => Some(pieces),
            Open::Row(cells, _) => cells.last_mut(),
            _ => None,
        })
    }

    fn piece(&mut self, piece: Piece) {
        if let Some(pieces) = self.pieces() {
            pieces.push(piece);
        }
    }

    fn run(&mut self, run: &str, range: Range<usize>) {
        if let Some(Open::Code(code, at)) = self.open.last_mut() {
            code.push_str(run);
            let start = at.as_ref().map_or(range.start, |at| at.start);
            *at = Some(start..range.end);
            return;
        }
        self.append(run);
    }

    /// Adds to the last run of text.
    fn append(&mut self, run: &str) {
        let Some(pieces) = self.pieces() else { return };
        match pieces.last_mut() {
            Some(Piece::Text(text)) => text.push_str(run),
            _ => pieces.push(Piece::Text(run.to_owned())),
        }
    }

    /// Adds a block, unless it stands inside another one that keeps its text.
    fn block(&mut self, block: Block) {
        if !self.inside_text() {
            self.blocks.push(block);
            return;
        }
        // A nested list or code block becomes lines of the item that it stands in.
        let lines: Vec<String> = match block {
            Block::List(items) => items
                .iter()
                .map(|item| format!("\n- {}", item.text()))
                .collect(),
            Block::Code(code) => vec![format!("\n{}", code.value)],
            other => {
                self.blocks.push(other);
                return;
            }
        };
        if let Some(pieces) = self.pieces() {
            pieces.extend(lines.into_iter().map(Piece::Text));
        }
    }

    fn link(&mut self) {
        let Some(Open::Link(target, before)) = self.open.pop() else {
            return;
        };
        let shown = self.pieces().map_or_else(String::new, |pieces| {
            let shown = pieces.iter().skip(before.saturating_sub(1));
            shown
                .map(|piece| match piece {
                    Piece::Text(text) => text.as_str(),
                    Piece::Code(code) => code.value.as_str(),
                })
                .collect()
        });
        if !target.is_empty() && !shown.contains(&target) {
            let text = format!(" ({target})");
            self.append(&text);
        }
    }

    fn note(&mut self) {
        let Some(Open::Note(label, range)) = self.open.pop() else {
            return;
        };
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let mark = raw.find("]:").map_or(raw.len(), |at| at + 2);
        let text = raw.get(mark..).unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        let start = range.start + mark + (text.len() - text.trim_start().len());
        let end = start + text.trim().len();
        let label_span = self.span(range.start..range.start + mark.saturating_sub(1));
        let text_span = self.span(start..end);
        self.blocks.push(Block::Note(
            Located::new(label, label_span),
            Located::new(words.join(" "), text_span),
        ));
    }

    fn row(&self, cells: Vec<Vec<Piece>>, range: Range<usize>) -> TableRow {
        let start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        let places = cell_ranges(self.text, start..end);
        let written = places.len();
        let cells = cells
            .into_iter()
            .zip(places)
            .map(|(pieces, at)| self.inlines(pieces, at))
            .collect();
        let line = trimmed(self.text, start..end);
        TableRow {
            cells,
            span: self.span(line),
            written,
        }
    }

    /// The inlines of `pieces`, which stand at `range`.
    fn inlines(&self, mut pieces: Vec<Piece>, range: Range<usize>) -> Inlines {
        let notes = self.notes(range.clone());
        for piece in &mut pieces {
            if let Piece::Text(text) = piece {
                for note in &notes {
                    *text = text.replace(&format!("[^{}]", note.value), "");
                }
            }
        }
        let mut inner = trimmed(self.text, range.clone());
        while let Some(last) = notes
            .iter()
            .rev()
            .find(|note| note.span.end as usize == inner.end && !inner.is_empty())
        {
            inner = trimmed(self.text, inner.start..last.span.start as usize);
        }
        let shown = if inner.is_empty() { range } else { inner };
        Inlines {
            pieces,
            notes,
            span: self.span(shown),
        }
    }

    /// A heading's text without its marks.
    fn title(&self, mut inlines: Inlines) -> Inlines {
        let range = inlines.span.start as usize..inlines.span.end as usize;
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let marks = raw.len() - raw.trim_start_matches('#').trim_start().len();
        inlines.span = self.span(range.start + marks..range.end);
        inlines
    }

    /// The footnote references in a range, whether or not they are defined.
    fn notes(&self, range: Range<usize>) -> Vec<Located<String>> {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let mut notes = Vec::new();
        let mut at = 0;
        while let Some(start) = raw[at..].find("[^").map(|found| at + found) {
            let rest = &raw[start + 2..];
            let length = rest.find(']').unwrap_or(0);
            let label = &rest[..length];
            if !label.is_empty() && !label.contains(char::is_whitespace) && !label.contains('[') {
                let place = range.start + start..range.start + start + length + 3;
                notes.push(Located::new(label.to_owned(), self.span(place)));
            }
            at = start + 2;
        }
        notes
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.document, range)
    }
}

/// `range` without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (raw.len() - raw.trim_start().len());
    start..start + raw.trim().len()
}

/// The cells of a line of a pipe table: what stands between unescaped pipes, outer ones optional.
pub(super) fn cell_ranges(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let line = trimmed(text, line);
    let raw = text.get(line.clone()).unwrap_or_default();
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, character) in raw.char_indices() {
        match character {
            '|' if !escaped => {
                if at > 0 {
                    cells.push(line.start + start..line.start + at);
                }
                start = at + 1;
                escaped = false;
            }
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    if start < raw.len() {
        cells.push(line.start + start..line.end);
    }
    cells
}

#[cfg(test)]
mod tests;
