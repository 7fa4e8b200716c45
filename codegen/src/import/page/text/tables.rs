//! Tables in running text: bars, tabs, blanks, nothing.

use super::cells::{indent, is_row, is_rule, is_underline, split, wide};
use super::{
    Block, Reader, Row, Span, Style, Table, announces, bullet, fold, head, heads, section,
};
use crate::import::dictionary::Role;
use crate::import::finding::Kind;
use crate::import::fit;
use crate::import::model::{Cell, TITLE};
use crate::import::notation::{types, values};

impl Reader<'_> {
    /// `| a | b |` and `a | b |`, with or without a line of dashes.
    pub(super) fn piped(&mut self) -> bool {
        let first = &self.lines[self.at];
        if !is_row(&first.text) {
            return false;
        }
        let next = self.lines.get(self.at + 1);
        let headed = next.is_some_and(|next| is_rule(&next.text));
        let cells = split(first);
        let named = cells
            .iter()
            .filter(|cell| head(&cell.text).is_some())
            .count();
        let run = next.is_some_and(|next| is_row(&next.text));
        let framed = first.text.trim_start().starts_with('|');
        if !headed
            && !(named >= 2 && (run || named == cells.len()))
            && !(run && (framed || cells.len() > 2))
        {
            return false;
        }
        if headed || named >= 2 {
            let rule = next.filter(|_| headed).map(split);
            let width = rule.map_or(cells.len(), |rule| rule.len().min(cells.len()));
            let body = self.at + 1 + usize::from(headed);
            if width > 2
                && let Some((rows, end)) = self.broken_rows(body, width)
            {
                let mut row = Row {
                    depth: indent(&self.lines[self.at].text),
                    cells,
                    span: self.lines[self.at].whole().span,
                };
                if row.cells.len() == width + 1 && head(&row.cells[0].text).is_none() {
                    let title = row.cells.remove(0);
                    self.blocks.push(Block::Heading {
                        level: TITLE,
                        title,
                    });
                }
                self.heading_in_head(&mut row);
                let span = row.span;
                self.blocks.push(Block::Table(Table {
                    head: Some(row),
                    rows,
                    style: Style::Piped,
                    span,
                }));
                self.at = end;
                return true;
            }
        }
        let mut end = self.at;
        while self.lines.get(end).is_some_and(|line| is_row(&line.text)) {
            end += 1;
        }
        let mut rows: Vec<Row> = Vec::new();
        for line in &self.lines[self.at..end] {
            if !is_rule(&line.text) {
                rows.push(Row {
                    depth: indent(&line.text),
                    cells: split(line),
                    span: line.whole().span,
                });
            }
        }
        let mut head_row = None;
        if headed || named >= 2 && !rows.is_empty() {
            let mut row = rows.remove(0);
            self.heading_in_head(&mut row);
            head_row = Some(row);
        }
        let span = head_row
            .as_ref()
            .or(rows.first())
            .map_or(Span::NONE, |row| row.span);
        self.blocks.push(Block::Table(Table {
            head: head_row,
            rows,
            style: Style::Piped,
            span,
        }));
        self.at = end;
        true
    }

    /// `ParametersField | min Occurs`: the heading above has lost its line end.
    fn heading_in_head(&mut self, row: &mut Row) {
        let row_heads = { row.cells.iter() }
            .filter(|cell| head(&cell.text).is_some())
            .count();
        let Some(first) = row.cells.first_mut() else {
            return;
        };
        if head(&first.text).is_some() {
            return;
        }
        let others = row_heads > 1;
        let text = first.text.clone();
        let cut = text
            .char_indices()
            .map(|(at, _)| at)
            .skip(1)
            .find(|&at| head(&text[at..]).is_some() && section(&text[..at]).is_some());
        // `OrderLineName | Description`: a type, and the first head.
        let cut = cut.or_else(|| {
            let at = text.rfind(char::is_uppercase)?;
            let glued = text[..at].ends_with(char::is_alphanumeric)
                && values::is_code(&text)
                && text.starts_with(char::is_uppercase);
            (others && glued && head(&text[at..]) == Some(Role::Name)).then_some(at)
        });
        if let Some(cut) = cut {
            let mut title = first.clone();
            title.text = text[..cut].trim().to_owned();
            first.text = text[cut..].to_owned();
            self.findings.push(
                Kind::Repair,
                "L26",
                title.span,
                format!(
                    "the heading `{}` and the first head stood in one cell",
                    title.text
                ),
            );
            self.blocks.push(Block::Heading {
                level: if others { TITLE } else { 0 },
                title,
            });
        }
    }

    /// Cells separated by tabs or by several blanks, in several lines.
    pub(super) fn tabbed(&mut self) -> bool {
        let mut end = self.at;
        let mut rows: Vec<Row> = Vec::new();
        while let Some(line) = self.lines.get(end) {
            let cells = wide(line);
            if rows.len() == 1 && is_underline(&line.text) {
                end += 1;
                continue;
            }
            if cells.len() < 2
                || bullet(line).is_some()
                || line.text.trim_end().ends_with([';', '{'])
            {
                break;
            }
            rows.push(Row {
                depth: indent(&line.text),
                cells,
                span: line.whole().span,
            });
            end += 1;
        }
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let regular = rows.iter().filter(|row| row.cells.len() == width).count() * 2 >= rows.len();
        let named = rows.first().is_some_and(|row| {
            row.cells
                .iter()
                .filter(|cell| head(&cell.text).is_some())
                .count()
                >= 2
        });
        if rows.len() < 2 || !regular || !(named || width > 2) {
            return false;
        }
        let span = rows[0].span;
        let head = named.then(|| rows.remove(0));
        self.blocks.push(Block::Table(Table {
            head,
            rows,
            style: Style::Tabs,
            span,
        }));
        self.at = end;
        true
    }

    /// The rows after a head that was found by its words.
    pub(super) fn rows_of(&mut self, head_row: Row, roles: &[Role], glued: bool) -> (Table, usize) {
        let mut rows: Vec<Row> = Vec::new();
        let mut at = self.at;
        let mut blank = false;
        // Up to which line paragraphs are known to belong to a row.
        let mut resumed = 0;
        while let Some(line) = self.lines.get(at) {
            if line.is_blank() {
                blank = true;
                at += 1;
                continue;
            }
            // `----  ----` below the heads.
            if rows.is_empty() && is_underline(&line.text) {
                at += 1;
                continue;
            }
            if announces(&line.text) || heads(&line.text).is_some() {
                break;
            }
            match self.row(at, roles, glued) {
                Some(row)
                    if !blank
                        && rows
                            .last()
                            .is_some_and(|last| is_sentence(&line.text, last, &row, roles)) =>
                {
                    if let Some(cell) = rows.last_mut().and_then(|row| row.cells.last_mut()) {
                        let more = line.whole();
                        cell.push_line(&more);
                    }
                }
                Some(row) if !blank || !rows.is_empty() || at == self.at + 1 => rows.push(row),
                Some(_) => break,
                None => {
                    let described = rows.last().and_then(|row| row.cells.last());
                    let code = roles == [Role::Code, Role::Description]
                        && described.is_some_and(Cell::is_empty);
                    if blank && !code && at >= resumed && !rows.is_empty() && self.continues(at) {
                        resumed = self.resumes(at, roles, glued).unwrap_or(resumed);
                    }
                    let continued =
                        !rows.is_empty() && self.continues(at) && (!blank || code || at < resumed);
                    let last = rows.last_mut().and_then(|row| row.cells.last_mut());
                    match last.filter(|_| continued) {
                        Some(cell) => {
                            let more = line.whole();
                            cell.push_line(&more);
                        }
                        None => break,
                    }
                }
            }
            blank = false;
            at += 1;
        }
        // Empty lines after the table are not of it.
        while at > self.at && self.lines[at - 1].is_blank() {
            at -= 1;
        }
        let table = Table {
            span: head_row.span,
            head: Some(head_row),
            rows,
            style: if glued { Style::Glued } else { Style::Blanks },
        };
        (table, at)
    }

    /// Where rows follow below paragraphs, which then belong to the description of the row above.
    fn resumes(&self, at: usize, roles: &[Role], glued: bool) -> Option<usize> {
        /// So many lines may such paragraphs have.
        const FURTHEST: usize = 20;
        let marks = |role: &Role| matches!(role, Role::Required | Role::Occurs | Role::Nillable);
        if !glued && !roles.iter().any(marks) {
            return None;
        }
        (at + 1..self.lines.len().min(at + FURTHEST))
            .take_while(|&at| {
                let text = &self.lines[at].text;
                !announces(text)
                    && heads(text).is_none()
                    && !text.trim_start().starts_with(['#', '<', '{'])
            })
            .find(|&at| {
                self.row(at, roles, glued).is_some_and(|row| {
                    { roles.iter().zip(&row.cells) }.all(|(role, cell)| {
                        let needed = marks(role) || glued && *role == Role::Type;
                        !needed || !cell.is_empty()
                    })
                })
            })
    }

    /// Whether a line goes on with the row above it.
    fn continues(&self, at: usize) -> bool {
        let text = self.lines[at].text.trim();
        !text.starts_with(['<', '{', '#']) && !text.contains('|') && !fold(text).is_empty()
    }

    /// The line at `at` as a row of a table with these columns.
    pub(super) fn row(&self, at: usize, roles: &[Role], glued: bool) -> Option<Row> {
        let line = self.lines.get(at)?;
        let text = &line.text;
        let wide = wide(line);
        // A name alone over deeper lines: what stands in it follows.
        let below = self.lines.get(at + 1).map_or(0, |next| indent(&next.text));
        if !glued
            && below > indent(text)
            && roles.first() == Some(&Role::Name)
            && values::is_code(text.trim())
        {
            let mut cells = vec![line.whole()];
            cells.resize(roles.len(), line.cell(text.len()..text.len()));
            return Some(Row {
                depth: indent(text),
                cells,
                span: line.whole().span,
            });
        }
        let cells: Vec<Cell> = if wide.len() == roles.len() && roles.len() > 2 {
            wide
        } else {
            let cut = fit::cut(text, roles, glued)?;
            cut.cells
                .into_iter()
                .map(|range| line.cell(range))
                .collect()
        };
        let whole = !glued || is_whole(&cells, roles);
        (whole && accepts(&cells, roles)).then(|| Row {
            depth: indent(text),
            cells,
            span: line.whole().span,
        })
    }

    /// Rows of name, type and description without a head, at least three.
    pub(super) fn headless(&mut self) -> bool {
        const ROLES: &[Role] = &[Role::Name, Role::Type, Role::Description];
        let mut rows = Vec::new();
        let mut at = self.at;
        while let Some(line) = self.lines.get(at) {
            let words = line.text.split_whitespace().count();
            let known = |row: &Row| {
                types::parse(&row.cells[1].text).is_some_and(|read| read.is_known())
                    && !row.cells[0].text.contains(' ')
            };
            match self
                .row(at, ROLES, false)
                .filter(|row| words >= 2 && known(row))
            {
                Some(row) => rows.push(row),
                None => break,
            }
            at += 1;
        }
        self.take_headless(rows, at)
    }
}

/// Whether a line that could be cut into a row is rather a sentence below one: marks that all rows
/// have are missing, or it begins as only sentences do.
fn is_sentence(line: &str, last: &Row, row: &Row, roles: &[Role]) -> bool {
    const BEGIN: &[&str] = &[
        "a", "an", "the", "this", "these", "if", "to", "der", "die", "das", "ein", "eine", "le",
        "la", "les", "un", "une", "el", "los", "il", "lo", "de", "het", "een", "en", "ett", "o",
        "os", "um", "uma", "jest", "to",
    ];
    let first = fold(line.split_whitespace().next().unwrap_or_default());
    let marks_missing =
        roles
            .iter()
            .zip(last.cells.iter().zip(&row.cells))
            .any(|(role, (above, here))| {
                matches!(role, Role::Required | Role::Occurs | Role::Nillable)
                    && !above.is_empty()
                    && here.is_empty()
            });
    BEGIN.contains(&first.as_str()) || marks_missing
}

/// Whether names and types that were cut out of a line are long enough to be some.
fn is_whole(cells: &[Cell], roles: &[Role]) -> bool {
    cells.iter().zip(roles).all(|(cell, role)| {
        let length = cell.text.trim().chars().count();
        match role {
            Role::Name => length > 1,
            Role::Type => length > 2,
            _ => true,
        }
    })
}

/// Whether cells that a line was cut into make a row.
fn accepts(cells: &[Cell], roles: &[Role]) -> bool {
    cells.iter().zip(roles).all(|(cell, role)| {
        let text = cell.text.trim();
        match role {
            Role::Name => fit::fit(Role::Name, text).is_some_and(|score| score >= 2),
            // A word of a sentence is no code.
            Role::Code => {
                let first = text.split(' ').next().unwrap_or_default();
                values::is_code(first)
                    && !first.chars().skip(1).any(char::is_lowercase)
                    && first.chars().count() > 1
            }
            Role::Type => !text.is_empty(),
            _ => true,
        }
    })
}
