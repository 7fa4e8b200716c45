//! Rows between bars whose cells came to stand on lines of their own, as in text extracted from tables with
//! paragraphs in their cells.

use super::cells::{indent, is_rule, split};
use super::{Line, Reader, Row};
use crate::import::finding::Kind;
use crate::import::model::Cell;

/// So many lines may a cell have.
const LONGEST: usize = 12;

impl Reader<'_> {
    /// The rows from the line at `from` on, of a table of `width` columns, and the line behind them; `None`
    /// where its cells stand beside each other.
    pub(super) fn broken_rows(&mut self, from: usize, width: usize) -> Option<(Vec<Row>, usize)> {
        let first = self.lines.get(from)?.text.trim();
        let framed = first.starts_with('|');
        let mut at = from;
        let mut joined = 0;
        let mut rows: Vec<Row> = Vec::new();
        while let Some(line) = self.lines.get(at) {
            let text = line.text.trim();
            if is_rule(text) {
                at += 1;
                continue;
            }
            if !text.ends_with('|') || framed && !text.starts_with('|') {
                break;
            }
            let mut row = Row {
                depth: indent(&line.text),
                cells: split(line),
                span: line.whole().span,
            };
            at += 1;
            while row.cells.len() < width {
                let Some((more, behind)) = self.rest_of_row(at, framed) else {
                    break;
                };
                if row.cells.len() + more.len() > width {
                    break;
                }
                row.span.end = self.lines[behind - 1].whole().span.end;
                row.cells.extend(more);
                joined += 1;
                at = behind;
            }
            rows.push(row);
        }
        // Without bars at their beginnings nothing but their lengths tells where rows begin.
        let (whole, last) = rows.split_at(rows.len().saturating_sub(1));
        let is_told = framed
            || whole.iter().all(|row| row.cells.len() == width)
                && last.iter().all(|row| row.cells.len() > 1);
        if joined < rows.len() || rows.is_empty() || !is_told {
            return None;
        }
        self.on_lines(&rows);
        Some((rows, at))
    }

    /// Reports rows whose cells were not beside each other.
    pub(super) fn on_lines(&mut self, rows: &[Row]) {
        let Some(first) = rows.first() else { return };
        let count = rows.len();
        let message = format!("the cells of {count} rows stood on lines of their own");
        self.findings.push(Kind::Repair, "L26", first.span, message);
    }

    /// The cells of the lines from `at` on that go on with a row, up to the next bar at the end of a line, and
    /// the line behind.
    fn rest_of_row(&self, at: usize, framed: bool) -> Option<(Vec<Cell>, usize)> {
        let first = self.lines.get(at)?;
        if first.text.trim() == "|" {
            return Some((vec![first.cell(0..0)], at + 1));
        }
        let last = (at..self.lines.len().min(at + LONGEST))
            .take_while(|&at| {
                let text = self.lines[at].text.trim();
                !(text.is_empty() || framed && text.starts_with('|'))
            })
            .find(|&at| self.lines[at].text.trim().ends_with('|'))?;
        let mut cells = split(&self.lines[last]);
        if last > at {
            let above: Vec<Cell> = self.lines[at..last].iter().map(Line::whole).collect();
            let cell = cells.first_mut()?;
            let texts = above.iter().map(|cell| cell.text.as_str());
            let text: Vec<&str> = texts.chain([cell.text.as_str()]).collect();
            cell.text = text.join("\n");
            cell.span.start = above.first()?.span.start;
        }
        Some((cells, last + 1))
    }
}
