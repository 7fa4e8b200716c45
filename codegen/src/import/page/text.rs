//! Markdown and extracted text, line by line.

use std::ops::Range;

use super::heads::heads;
use super::lines::{Line, lines};
use super::{html, labels, samples};
use crate::import::dictionary::{ABOUT, Role, SECTIONS, find, fold, head, is_debris, section};
use crate::import::finding::Findings;
use crate::import::model::{Block, Cell, Row, Style, Table};
use crate::source::{DocumentId, Span};

mod broken_rows;
mod cells;
mod entries;
mod headings;
pub(super) mod listed;
mod stacked;
mod tables;

/// The blocks of `range` of a text.
pub(crate) fn blocks(
    document: DocumentId,
    text: &str,
    range: Range<usize>,
    findings: &mut Findings,
) -> Vec<Block> {
    let lines = lines(document, text, range.clone(), findings);
    let mut reader = Reader {
        document,
        text,
        end: range.end,
        marked: { lines.iter() }
            .filter(|line| {
                line.text.starts_with('#') && line.text.trim_start_matches('#').starts_with(' ')
            })
            .count()
            > 1,
        lines,
        at: 0,
        blocks: Vec::new(),
        findings,
    };
    while reader.at < reader.lines.len() {
        let before = reader.at;
        reader.block();
        debug_assert!(reader.at > before, "every block takes a line");
        reader.at = reader.at.max(before + 1);
    }
    reader.blocks
}

struct Reader<'a> {
    document: DocumentId,
    text: &'a str,
    end: usize,
    lines: Vec<Line>,
    /// Whether headings have marks: lines without are none.
    marked: bool,
    at: usize,
    blocks: Vec<Block>,
    findings: &'a mut Findings,
}

impl Reader<'_> {
    fn block(&mut self) {
        let line = &self.lines[self.at];
        if line.is_blank() || is_debris(&line.text) {
            self.at += 1;
            return;
        }
        let _ = self.fence()
            || self.sample()
            || self.markup()
            || self.stacked()
            || self.piped()
            || self.headed()
            || self.tabbed()
            || self.about()
            || self.listed()
            || self.entries()
            || self.heading()
            || self.list()
            || self.headless()
            || self.paragraph();
    }

    fn line(&self, at: usize) -> Option<&Line> {
        self.lines.get(at)
    }

    /// The next line that is not empty, from `at`.
    fn next_text(&self, at: usize) -> Option<usize> {
        (at..self.lines.len()).find(|&at| !self.lines[at].is_blank())
    }

    fn fence(&mut self) -> bool {
        let mark = self.lines[self.at].text.trim_start();
        let Some(fence) = ["```", "~~~"]
            .iter()
            .find(|fence| mark.starts_with(**fence))
        else {
            return false;
        };
        let end = (self.at + 1..self.lines.len())
            .find(|&at| self.lines[at].text.trim_start().starts_with(fence))
            .unwrap_or(self.lines.len());
        if end > self.at + 1 {
            let range = self.lines[self.at + 1].range.start..self.lines[end - 1].range.end;
            self.code(range);
        }
        self.at = end + 1;
        true
    }

    /// The code of a fence or sample, cut where a second document begins.
    fn code(&mut self, range: Range<usize>) {
        let mut start = range.start;
        while start < range.end {
            let rest = &self.text[start..range.end];
            let skipped = rest.len() - rest.trim_start().len();
            let body = &rest[skipped..];
            let length = match samples::xml(body).or_else(|| samples::json(body)) {
                Some((length, true)) => skipped + length,
                _ => rest.len(),
            };
            let cell = Cell::new(
                self.text[start..start + length].trim_matches(['\n', '\r']),
                Span::new(self.document, start + skipped..start + length),
            );
            if !cell.is_empty() {
                self.blocks.push(Block::Code(cell));
            }
            start += length.max(1);
            while start < range.end && !self.text.is_char_boundary(start) {
                start += 1;
            }
        }
    }

    /// An XML or JSON document among the lines.
    fn sample(&mut self) -> bool {
        let line = &self.lines[self.at];
        let bare = line
            .text
            .trim_start()
            .trim_start_matches(['•', '·'])
            .trim_start();
        if !bare.starts_with(['<', '{', '[']) {
            return false;
        }
        let start = line.range.end
            - self.text[line.range.clone()]
                .trim_start()
                .trim_start_matches(['•', '·'])
                .trim_start()
                .len();
        let rest = &self.text[start..self.end];
        let Some((length, whole)) = samples::xml(rest).or_else(|| samples::json(rest)) else {
            return false;
        };
        // `<parameter>` as the title of a page that speaks of it.
        let alone = bare.trim_end().ends_with('>') && bare.matches('<').count() == 1;
        let next = self
            .next_text(self.at + 1)
            .map(|at| self.lines[at].text.trim());
        if !whole && alone && next.is_none_or(|next| !next.starts_with('<')) {
            return false;
        }
        let cell = Cell::new(
            self.text[start..start + length].trim_end(),
            Span::new(self.document, start..start + length),
        );
        self.blocks.push(Block::Code(cell));
        let end = start + length;
        // A second document may begin on the same line.
        self.at = (self.at..self.lines.len())
            .find(|&at| self.lines[at].range.end >= end)
            .map_or(self.lines.len(), |at| at + 1);
        let last = &self.lines[self.at - 1];
        if last.range.end > end && !self.text[end..last.range.end].trim().is_empty() {
            self.code(end..last.range.end);
        }
        true
    }

    /// HTML tables within Markdown.
    fn markup(&mut self) -> bool {
        let start = self.lines[self.at].range.start;
        let line = self.lines[self.at].text.trim_start().to_ascii_lowercase();
        if !["<table", "<dl"].iter().any(|tag| line.starts_with(tag)) {
            return false;
        }
        let close = if line.starts_with("<dl") {
            "</dl>"
        } else {
            "</table>"
        };
        let rest = &self.text[start..self.end];
        let end = start
            + rest
                .to_ascii_lowercase()
                .find(close)
                .map_or(rest.len(), |at| at + close.len());
        let blocks = html::blocks(self.document, self.text, start..end, self.findings);
        self.blocks.extend(blocks);
        while self.at < self.lines.len() && self.lines[self.at].range.start < end {
            self.at += 1;
        }
        true
    }

    fn paragraph(&mut self) -> bool {
        let mut cell = self.lines[self.at].whole();
        self.at += 1;
        while let Some(line) = self.line(self.at) {
            // Only lines that clearly go on.
            let continues = !line.is_blank()
                && line
                    .text
                    .trim_start()
                    .chars()
                    .next()
                    .is_some_and(char::is_lowercase)
                && heads(&line.text).is_none()
                && !line.text.contains('|');
            if !continues {
                break;
            }
            let next = line.whole();
            cell.text.push(' ');
            cell.text.push_str(&next.text);
            cell.span.end = next.span.end;
            self.at += 1;
        }
        self.blocks.push(Block::Paragraph(cell));
        true
    }

    fn list(&mut self) -> bool {
        let Some((first, _)) = bullet(&self.lines[self.at]) else {
            return false;
        };
        let mut items = vec![first];
        self.at += 1;
        while let Some(line) = self.line(self.at) {
            if let Some((item, _)) = bullet(line) {
                items.push(item);
            } else if !line.is_blank() && line.text.starts_with([' ', '\t']) {
                let more = line.whole();
                if let Some(last) = items.last_mut() {
                    last.push_line(&more);
                }
            } else {
                break;
            }
            self.at += 1;
        }
        // The labels of tabs: each opens nothing here.
        if items.iter().all(|item| section(&item.text).is_some()) {
            return true;
        }
        self.blocks.push(Block::List(items));
        true
    }

    /// A head by its words, and the rows after it.
    fn headed(&mut self) -> bool {
        let line = self.lines[self.at].clone();
        let Some(found) = heads(&line.text) else {
            return false;
        };
        if let Some(range) = found.before.clone() {
            self.blocks.push(Block::Heading {
                level: 0,
                title: line.cell(range),
            });
        }
        let mut found = found;
        if !found.glued {
            // Blanks do not show in which of two columns a name stands; indentation does.
            found.columns.retain(|(role, _)| *role != Role::Child);
        }
        let roles: Vec<_> = found.columns.iter().map(|(role, _)| *role).collect();
        let cells = found
            .columns
            .iter()
            .map(|(_, range)| line.cell(range.clone()))
            .collect();
        let row = Row {
            cells,
            depth: 0,
            span: line.whole().span,
        };
        let here = self.at;
        self.at += 1;
        let next = self.next_text(self.at);
        if found.glued
            && roles[0] != Role::Code
            && next.is_some_and(|next| {
                let alone = self.lines.get(next + 1).is_none_or(Line::is_blank);
                (alone || self.row(next, &roles, true).is_none())
                    && !labels::begins(&self.lines, next, &roles)
                    && self.stacked_below(&row, &roles, next)
            })
        {
            return true;
        }
        let (table, end) = match self.next_text(self.at) {
            Some(next)
                if labels::begins(&self.lines, next, &roles)
                    && self.row(next, &roles, found.glued).is_none() =>
            {
                labels::table(&self.lines, next, &roles, row)
            }
            _ => self.rows_of(row, &roles, found.glued),
        };
        // Two words and no rows are rather a heading.
        if table.rows.is_empty()
            && roles.len() == 2
            && !found.glued
            && line.text.trim().split(' ').count() == 2
        {
            self.at = here;
            return false;
        }
        self.blocks.push(Block::Table(table));
        self.at = end;
        true
    }

    /// `Environment: UAT`, `Function:GetInvoice`: what the page says about the operation itself.
    fn about(&mut self) -> bool {
        let mut rows = Vec::new();
        let mut at = self.at;
        while let Some(row) = self.line(at).and_then(about_row) {
            rows.push(row);
            at += 1;
        }
        self.take_headless(rows, at)
    }

    /// Takes what ends at a line as a table without a head, if it has more than one row.
    fn take_headless(&mut self, rows: Vec<Row>, end: usize) -> bool {
        let [first, _, ..] = rows.as_slice() else {
            return false;
        };
        let span = first.span;
        self.blocks.push(Block::Table(Table {
            head: None,
            rows,
            style: Style::Blanks,
            span,
        }));
        self.at = end;
        true
    }
}

fn about_row(line: &Line) -> Option<Row> {
    let (key, _) = line.text.split_once(':')?;
    find(ABOUT, &fold(key))?;
    let cells = vec![
        line.cell(0..key.len()),
        line.cell(key.len() + 1..line.text.len()),
    ];
    Some(Row {
        cells,
        depth: 0,
        span: line.whole().span,
    })
}

/// The text of an item of a list, and how far it is indented.
fn bullet(line: &Line) -> Option<(Cell, usize)> {
    let indent = line.text.len() - line.text.trim_start().len();
    let text = &line.text[indent..];
    let mark = ["• ", "- ", "* ", "+ ", "· ", "▪ ", "‣ ", "– "]
        .iter()
        .find(|mark| text.starts_with(**mark))
        .map(|mark| mark.len())
        .or_else(|| {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            ((1..=2).contains(&digits) && text[digits..].starts_with(") ")).then_some(digits + 2)
        })?;
    Some((line.cell(indent + mark..line.text.len()), indent))
}

/// Whether a heading is one of the dictionary's, or an HTTP status with a name.
fn announces(text: &str) -> bool {
    section(text).is_some() || status(text).is_some()
}

pub(crate) use headings::{status, status_type};
