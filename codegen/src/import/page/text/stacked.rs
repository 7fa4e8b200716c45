//! Tables whose cells, heads included, came to stand below each other: one a line with a bar behind it, or one
//! a paragraph.

use super::cells::{is_rule, split};
use super::{Block, Reader, Row, Style, Table, announces, bullet, head, heads};
use crate::import::dictionary::Role;
use crate::import::fit::fit;
use crate::import::model::Cell;
use crate::import::notation::occurs::flag;
use crate::import::notation::size::size;

/// As many heads as a table can have.
const WIDEST: usize = 20;
/// As many cells as are read of one table.
const LONGEST: usize = 20_000;

/// Cells below each other, each with the line behind it.
struct Stack {
    cells: Vec<(Cell, usize)>,
    /// How many of them stood before a line of dashes.
    heads: Option<usize>,
    /// Whether empty cells are there, too.
    whole: bool,
}

impl Reader<'_> {
    /// A table that begins with a stack of heads.
    pub(super) fn stacked(&mut self) -> bool {
        let barred = self.begins_barred(self.at);
        if !barred && !self.begins_stacked(self.at) {
            return false;
        }
        let stack = if barred {
            self.barred(self.at)
        } else {
            self.paragraphs(self.at)
        };
        let known = { stack.cells.iter() }
            .take_while(|(cell, _)| head(&cell.text).is_some())
            .count();
        let roles = |width: usize| -> Vec<Role> {
            { stack.cells[..width].iter() }
                .map(|(cell, _)| head(&cell.text).unwrap_or(Role::Other))
                .collect()
        };
        // The first field may be called like a head: then fewer heads make whole rows.
        let even = |width: &usize| {
            let roles = roles(*width);
            let cells = &stack.cells[*width..];
            stack.heads.is_none()
                && cells.len().is_multiple_of(*width)
                && is_head(&roles)
                && regular(cells, &roles) * *width == cells.len()
        };
        let narrower = (2..known.min(WIDEST) + 1).rev().find(even);
        let width = (stack.heads.or(narrower))
            .unwrap_or(known)
            .min(WIDEST)
            .min(stack.cells.len());
        let roles = roles(width);
        if width == 0 || known * 2 < width || !is_head(&roles) {
            return false;
        }
        let Some((rows, used)) = segment(&stack.cells[width..], &roles, stack.whole) else {
            return false;
        };
        let cells: Vec<Cell> = { stack.cells[..width].iter() }
            .map(|(cell, _)| cell.clone())
            .collect();
        let span = cells[0].span;
        let behind = stack.cells[width + used - 1].1;
        let head = Row {
            cells,
            depth: 0,
            span,
        };
        self.put_stacked(head, rows, behind);
        true
    }

    /// The rows below a head whose own cells were glued: a paragraph a cell.
    pub(super) fn stacked_below(&mut self, head: &Row, roles: &[Role], from: usize) -> bool {
        if !is_head(roles) {
            return false;
        }
        let stack = self.paragraphs(from);
        let Some((rows, used)) = segment(&stack.cells, roles, false) else {
            return false;
        };
        let behind = stack.cells[used - 1].1;
        self.put_stacked(head.clone(), rows, behind);
        true
    }

    fn put_stacked(&mut self, head: Row, rows: Vec<Row>, behind: usize) {
        self.on_lines(&rows);
        self.blocks.push(Block::Table(Table {
            span: head.span,
            head: Some(head),
            rows,
            style: Style::Piped,
        }));
        self.at = behind;
    }

    /// `Name |` or `|`, and further heads below it.
    pub(super) fn begins_barred(&self, at: usize) -> bool {
        let named = |at: usize| {
            { self.lines.get(at) }.is_some_and(|line| {
                let text = line.text.trim();
                text.strip_suffix('|')
                    .is_some_and(|text| !text.contains('|') && head(text).is_some())
            })
        };
        let lone = self.lines[at].text.trim() == "|";
        let first = at + usize::from(lone);
        named(first) && named(first + 1)
    }

    /// Three heads, a line each, with an empty line between.
    fn begins_stacked(&self, at: usize) -> bool {
        let mut at = at;
        for _ in 0..3 {
            let named = { self.lines.get(at) }
                .is_some_and(|line| head(line.text.trim()).is_some() && bullet(line).is_none());
            let alone = { self.lines.get(at + 1) }.is_some_and(super::Line::is_blank);
            if !named || !alone {
                return false;
            }
            let Some(next) = self.next_text(at + 1) else {
                return false;
            };
            at = next;
        }
        true
    }

    /// The cells from line `at` on, each of which ends with a bar.
    fn barred(&self, at: usize) -> Stack {
        let framed = self.lines[at].text.trim() == "|";
        let mut stack = Stack {
            cells: Vec::new(),
            heads: None,
            whole: true,
        };
        // Lines of a cell that has not ended.
        let mut open: Option<Cell> = None;
        let mut index = at;
        while let Some(line) = self.lines.get(index) {
            let text = line.text.trim();
            index += 1;
            if is_rule(text) {
                stack.heads.get_or_insert(stack.cells.len());
                continue;
            }
            if stack.cells.len() >= LONGEST || text.is_empty() {
                break;
            }
            // The next table, or its title.
            let again = |at: usize| at < self.lines.len() && self.begins_barred(at);
            let titled = !text.ends_with('|') && again(index) && open.is_none();
            if stack.cells.len() > 2 && (titled || again(index - 1) && repeats(&stack, text)) {
                break;
            }
            if text.chars().all(|c| c == '|') {
                // It ends a cell, begins a row, or is an empty cell; several are what columns that span
                // others left behind.
                match open.take() {
                    Some(cell) => stack.cells.push((cell, index)),
                    None if framed || text.len() > 1 => {}
                    None => stack.cells.push((line.cell(0..0), index)),
                }
            } else if text.ends_with('|') {
                let mut cells = split(line);
                while cells.len() > 1 && cells.last().is_some_and(Cell::is_empty) {
                    cells.pop();
                }
                for cell in cells {
                    let cell = join(open.take(), cell);
                    stack.cells.push((cell, index));
                }
            } else {
                let ends = announces(text)
                    || text.starts_with(['#', '<', '{', '`'])
                    || !(index..self.lines.len().min(index + 12))
                        .take_while(|&at| !self.lines[at].is_blank())
                        .any(|at| self.lines[at].text.trim().ends_with('|'));
                if ends {
                    break;
                }
                open = Some(join(open.take(), line.whole()));
            }
        }
        stack
    }

    /// The paragraphs from line `at` on, up to what cannot be a cell.
    fn paragraphs(&self, at: usize) -> Stack {
        let mut cells: Vec<(Cell, usize)> = Vec::new();
        let mut fresh = true;
        for index in at..self.lines.len() {
            let line = &self.lines[index];
            let text = line.text.trim();
            if text.is_empty() {
                fresh = true;
                continue;
            }
            let ends = text.starts_with(['#', '{', '`', '|'])
                || announces(text) && head(text).is_none()
                || heads(text).is_some()
                || cells.len() >= LONGEST;
            if ends {
                break;
            }
            match cells.last_mut() {
                Some((cell, behind)) if !fresh => {
                    cell.push_line(&line.whole());
                    *behind = index + 1;
                }
                _ => cells.push((line.whole(), index + 1)),
            }
            fresh = false;
        }
        Stack {
            cells,
            heads: None,
            whole: false,
        }
    }
}

/// Whether a line is the first head of a stack again.
fn repeats(stack: &Stack, text: &str) -> bool {
    let first = stack.cells.first().map(|(cell, _)| cell.text.as_str());
    first == Some(text.trim_end_matches('|').trim())
}

fn join(above: Option<Cell>, below: Cell) -> Cell {
    let Some(mut above) = above else { return below };
    if !below.is_empty() {
        above.push_line(&below);
    }
    above
}

/// Whether heads are those of a table of fields or codes.
fn is_head(roles: &[Role]) -> bool {
    let first = roles.first().is_some_and(|role| {
        matches!(
            role,
            Role::Name | Role::Code | Role::Path | Role::Wire | Role::Id
        )
    });
    let distinct =
        (1..roles.len()).all(|at| roles[at] == Role::Other || !roles[..at].contains(&roles[at]));
    let codes = roles.first() == Some(&Role::Code);
    first
        && distinct
        && roles.len() >= if codes { 2 } else { 3 }
        && (codes || roles.contains(&Role::Type) || roles.contains(&Role::Description))
}

/// How many rows in a row begin with a name and, as a rule, have a type.
fn regular(cells: &[(Cell, usize)], roles: &[Role]) -> usize {
    let width = roles.len();
    let named = |row: &[(Cell, usize)]| {
        fit(roles[0], &row[0].0.text).is_some_and(|score| score >= 2) && !is_mark(&row[0].0.text)
    };
    let rows = cells.chunks_exact(width);
    let regular = rows.clone().take_while(|row| named(row)).count();
    let typed = roles
        .iter()
        .position(|role| *role == Role::Type)
        .is_none_or(|at| {
            let typed = |row: &&[(Cell, usize)]| fit(Role::Type, &row[at].0.text).is_some();
            2 * rows.take(regular).filter(typed).count() >= regular
        });
    if typed { regular } else { 0 }
}

/// Parts cells into rows, and says how many were used: so many a row, or where what fits says so.
fn segment(cells: &[(Cell, usize)], roles: &[Role], whole: bool) -> Option<(Vec<Row>, usize)> {
    let width = roles.len();
    let rows = cells.len() / width;
    let regular = regular(cells, roles);
    // A remainder that a whole stack has is cut off, or no part of the table.
    if regular > 0 && regular == rows && (whole || cells.len().is_multiple_of(width)) {
        let rows = cells[..regular * width].chunks_exact(width);
        let rows = rows.map(|row| built(row.iter().map(|(cell, _)| cell.clone()).collect()));
        return Some((rows.collect(), regular * width));
    }
    aligned(cells, roles)
}

fn built(cells: Vec<Cell>) -> Row {
    let first = cells.iter().find(|cell| !cell.is_empty());
    let mut span = first.unwrap_or(&cells[0]).span;
    span.end = { cells.iter() }
        .map(|cell| cell.span.end)
        .max()
        .unwrap_or(span.end);
    Row {
        cells,
        depth: 0,
        span,
    }
}

/// Whether a word says that something is there, or nothing.
fn is_mark(text: &str) -> bool {
    let bare = text.trim().trim_end_matches('.');
    bare.chars().count() < 2 || flag(bare).is_some() || size(bare).is_some()
}

/// What leaving out a column costs.
fn missing(role: Role) -> i32 {
    match role {
        Role::Type => 10,
        Role::Required | Role::Occurs | Role::Nillable => 2,
        _ => 1,
    }
}

fn is_prose(role: Role) -> bool {
    matches!(role, Role::Description | Role::Constraint | Role::Other)
}

/// Parts cells into rows where some rows lack cells: each cell begins a row, or goes into a later column of
/// the row or on with its prose, so that as much as possible fits.
fn aligned(cells: &[(Cell, usize)], roles: &[Role]) -> Option<(Vec<Row>, usize)> {
    let width = roles.len();
    let ahead = |from: usize, to: usize| -> i32 { (from..to).map(|at| missing(roles[at])).sum() };
    // For each cell and column: the best score with the cell in that column, and the column of the cell before.
    let mut best: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(cells.len());
    for (index, (cell, _)) in cells.iter().enumerate() {
        let gains: Vec<Option<i32>> = roles.iter().map(|role| fit(*role, &cell.text)).collect();
        let named = gains[0].filter(|gain| *gain >= 5 && !is_mark(&cell.text));
        let mut row = vec![None; width];
        let mut offer = |column: usize, score: i32, before: usize| {
            if row[column].is_none_or(|(old, _)| score > old) {
                row[column] = Some((score, before));
            }
        };
        match index.checked_sub(1).map(|above| &best[above]) {
            None => {
                if let Some(gain) = named {
                    offer(0, gain, 0);
                }
            }
            Some(above) => {
                for (column, state) in above.iter().enumerate() {
                    let Some((score, _)) = state else { continue };
                    if let Some(gain) = named {
                        offer(0, score + gain - ahead(column + 1, width), column);
                    }
                    for (to, gain) in gains.iter().enumerate().skip(column + 1) {
                        if let Some(gain) = gain {
                            offer(to, score + gain - ahead(column + 1, to), column);
                        }
                    }
                    if is_prose(roles[column]) && gains[column].is_some_and(|gain| gain >= 0) {
                        offer(column, *score, column);
                    }
                }
            }
        }
        best.push(row);
    }
    // The table ends where it fits best: the last cell after which no score is higher.
    let ends = |index: usize| {
        let states = best[index].iter().enumerate();
        states
            .filter_map(|(column, state)| {
                let (score, _) = (*state)?;
                Some((score - ahead(column + 1, width), column))
            })
            .max()
    };
    let (mut column, mut index) = (0..cells.len())
        .filter_map(|index| Some((ends(index)?, index)))
        .max_by_key(|((score, _), index)| (*score, *index))
        .map(|((_, column), index)| (column, index))?;
    let used = index + 1;
    let mut columns = vec![0; used];
    loop {
        columns[index] = column;
        let (_, before) = best[index][column]?;
        if index == 0 {
            break;
        }
        column = before;
        index -= 1;
    }
    let mut rows: Vec<Vec<Option<Cell>>> = Vec::new();
    for ((cell, _), column) in cells.iter().zip(columns) {
        if column == 0 {
            rows.push(vec![None; width]);
        }
        let place = rows.last_mut()?.get_mut(column)?;
        *place = Some(join(place.take(), cell.clone()));
    }
    // Rows that say nothing of their type, where a column should, are words that look like names.
    let wanted = if roles.contains(&Role::Type) {
        Role::Type
    } else {
        Role::Description
    };
    let told = |row: &Vec<Option<Cell>>| {
        { roles.iter().zip(row) }.any(|(role, cell)| {
            *role == wanted && cell.as_ref().is_some_and(|cell| !cell.is_empty())
        })
    };
    let all = { rows.iter() }.filter(|row| told(row)).count();
    if all * 10 < rows.len() * 9 {
        return None;
    }
    let rows = rows.into_iter().map(|row| {
        let first = row[0]
            .as_ref()
            .map_or(crate::source::Span::NONE, |cell| cell.span);
        let empty = Cell::new(
            "",
            crate::source::Span {
                end: first.start,
                ..first
            },
        );
        built(
            { row.into_iter() }
                .map(|cell| cell.unwrap_or_else(|| empty.clone()))
                .collect(),
        )
    });
    Some((rows.collect(), used))
}
