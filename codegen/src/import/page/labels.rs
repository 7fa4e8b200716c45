//! Tables whose cells have come down as a label and a text each, one below the other.
//!
//! The cells of names are mostly lost then: they were links or buttons.

use super::lines::Line;
use crate::import::dictionary::{LABELS, Role, Section, find, fold, head, is_debris, section};
use crate::import::model::{Cell, Row, Style, Table};
use crate::source::Span;

/// Whether such a table begins at line `at`, after a head with `roles`.
pub(crate) fn begins(lines: &[Line], at: usize, roles: &[Role]) -> bool {
    lines[at..]
        .iter()
        .filter(|line| !line.is_blank())
        .take(4)
        .take_while(|line| section(&line.text).is_none_or(|section| section == Section::Neutral))
        .any(|line| label(&line.text, roles).is_some())
}

/// The role of a line that is a label and nothing else.
fn label(line: &str, roles: &[Role]) -> Option<Role> {
    let text = line.trim().trim_start_matches(['•', '-', '*']).trim();
    if text.chars().count() > 40 {
        return None;
    }
    let role = find(LABELS, &fold(text)).or_else(|| head(text))?;
    (roles.contains(&role) || role == Role::Other || matches!(role, Role::Type | Role::Description))
        .then_some(role)
}

/// Reads the rows from line `at`, and says at which line they end.
pub(crate) fn table(lines: &[Line], at: usize, roles: &[Role], head: Row) -> (Table, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut cells: Vec<Option<Cell>> = vec![None; roles.len()];
    let mut role: Option<Role> = None;
    // Whether the text of the label has begun, and whether an empty line followed it.
    let (mut begun, mut over) = (false, false);
    let mut start = None;
    let mut end = at;
    let mut index = at;
    while index < lines.len() {
        let line = &lines[index];
        if line.is_blank() {
            over |= begun;
            index += 1;
            continue;
        }
        let found = label(&line.text, roles);
        if is_debris(&line.text) {
            flush(&mut rows, &mut cells, &mut start);
            (role, begun, over) = (None, false, false);
        } else if let Some(next) = found {
            let column = column(roles, next);
            if column.is_some_and(|column| cells[column].is_some()) {
                flush(&mut rows, &mut cells, &mut start);
            }
            start.get_or_insert(index);
            (role, begun, over) = (Some(next), false, false);
        } else if let Some(current) = role.filter(|_| !over) {
            let text = line.whole();
            // What has no column of its own goes with the type of the object, or nowhere.
            if let Some(column) = column(roles, current) {
                match &mut cells[column] {
                    Some(cell) => {
                        cell.push_line(&text);
                    }
                    empty => *empty = Some(text),
                }
            }
            begun = true;
        } else {
            break;
        }
        end = index + 1;
        index += 1;
    }
    flush(&mut rows, &mut cells, &mut start);
    let span = Span {
        end: lines[end.saturating_sub(1)].span(0..0).end,
        ..head.span
    };
    let table = Table {
        head: Some(head),
        rows,
        style: Style::Labels,
        span,
    };
    (table, end)
}

fn column(roles: &[Role], role: Role) -> Option<usize> {
    roles.iter().position(|&known| known == role)
}

fn flush(rows: &mut Vec<Row>, cells: &mut Vec<Option<Cell>>, start: &mut Option<usize>) {
    let width = cells.len();
    let taken = std::mem::replace(cells, vec![None; width]);
    *start = None;
    let Some(span) = taken
        .iter()
        .flatten()
        .map(|cell| cell.span)
        .min_by_key(|span| span.start)
    else {
        return;
    };
    let cells = taken
        .into_iter()
        .map(|cell| {
            cell.unwrap_or_else(|| {
                Cell::new(
                    "",
                    Span {
                        end: span.start,
                        ..span
                    },
                )
            })
        })
        .collect();
    rows.push(Row {
        cells,
        depth: 0,
        span,
    });
}
