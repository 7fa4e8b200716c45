//! Fields that are described one by one: a name, and what follows it.

use super::{Block, Cell, Line, Reader, Row, Span, Style, Table};
use crate::import::notation::prose::{Told, in_name, labelled};

impl Reader<'_> {
    /// `order (string, 0-1) …`, `amount — presence: …`, and a name above a line of `label: value`.
    pub(super) fn entries(&mut self) -> bool {
        let mut rows: Vec<Row> = Vec::new();
        let mut at = self.at;
        while let Some(next) = self.next_text(at) {
            // One empty line may stand between entries.
            if next > at + 1 {
                break;
            }
            let Some((row, end)) = self.entry(next) else {
                break;
            };
            rows.push(row);
            at = end;
        }
        if rows.is_empty() {
            return false;
        }
        let span = rows[0].span;
        let head = Row {
            cells: vec![
                Cell::new(
                    "Field",
                    Span {
                        end: span.start,
                        ..span
                    },
                ),
                Cell::new(
                    "Description",
                    Span {
                        end: span.start,
                        ..span
                    },
                ),
            ],
            depth: 0,
            span: Span {
                end: span.start,
                ..span
            },
        };
        self.blocks.push(Block::Table(Table {
            head: Some(head),
            rows,
            style: Style::Entries,
            span,
        }));
        self.at = at;
        true
    }

    /// The entry at a line, and the line after it.
    fn entry(&self, at: usize) -> Option<(Row, usize)> {
        let line = self.lines.get(at)?;
        let text = line.text.trim();
        let indent = line.text.len() - line.text.trim_start().len();
        let row = |name: Cell, rest: Cell| Row {
            span: name.span,
            cells: vec![name, rest],
            depth: indent,
        };
        if text.starts_with(['-', '•', '*', '#', '|', '<', '{']) || text.ends_with(';') {
            return None;
        }
        // `name (string, 0-1, size max 64) text`
        if let Some(open) = line.text.find(" (")
            && let Some(close) = line.text[open..].find(')')
            && is_name(line.text[..open].trim())
        {
            let named = in_name(line.text[..open + close + 1].trim());
            if named.told.type_.is_some() && named.rest.is_empty() {
                let end = open + close + 1;
                return Some((
                    row(line.cell(0..end), line.cell(end..line.text.len())),
                    at + 1,
                ));
            }
        }
        // `name — label: value — label: value`
        for separator in [" — ", " – ", " · ", "\t"] {
            if let Some((name, rest)) = line.text.split_once(separator)
                && is_name(name.trim())
                && rest
                    .split(separator)
                    .any(|part| labelled(part, &mut Told::default()))
            {
                let start = name.len() + separator.len();
                return Some((
                    row(line.cell(0..name.len()), line.cell(start..line.text.len())),
                    at + 1,
                ));
            }
        }
        // A name alone, and lines of `label: value` below it.
        if is_name(text) {
            let mut end = at + 1;
            let mut facts = 0;
            let mut rest: Option<Cell> = None;
            while let Some(below) = self.lines.get(end).filter(|below| !below.is_blank()) {
                if is_name(below.text.trim()) && self.lines.get(end + 1).is_some_and(is_fact) {
                    break;
                }
                let found = is_fact(below);
                if facts == 0 && !found {
                    break;
                }
                facts += usize::from(found);
                let more = below.whole();
                match &mut rest {
                    Some(cell) => {
                        cell.push_line(&more);
                    }
                    empty => *empty = Some(more),
                }
                end += 1;
            }
            if let Some(rest) = rest.filter(|_| facts >= 1) {
                return Some((row(line.whole(), rest), end));
            }
        }
        None
    }
}

/// Whether a line has nothing but facts, or begins with one and goes on with more.
fn is_fact(line: &Line) -> bool {
    let text = line.text.trim().trim_start_matches(['-', '•', '*', ' ']);
    text.split([';', '·'])
        .any(|part| labelled(part.trim(), &mut Told::default()))
}

fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || "_-./[]".contains(c);
    (2..=100).contains(&text.chars().count())
        && text
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() || c == '_')
        && text.chars().all(fits)
        && !text.ends_with('.')
        && crate::import::dictionary::section(text).is_none()
}
