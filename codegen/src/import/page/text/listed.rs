//! Fields that are items of a list: `- **name** (type, required): …`, and lists of fields within them.

use super::{Block, Reader, Row, Span, Style, Table, bullet};
use crate::import::model::Cell;
use crate::import::notation::prose::in_name;

impl Reader<'_> {
    /// A list whose items are fields, at least half of them with their types.
    pub(super) fn listed(&mut self) -> bool {
        let mut items: Vec<(Cell, usize)> = Vec::new();
        let mut at = self.at;
        while let Some(line) = self.lines.get(at) {
            let indent = super::cells::indent(&line.text);
            if let Some((item, depth)) = bullet(line) {
                items.push((item, depth));
            } else if line.is_blank() {
                // An empty line may stand between items.
                let next = self.lines.get(at + 1).and_then(bullet);
                if items.is_empty() || next.is_none() {
                    break;
                }
            } else if let Some((last, _)) = items.last_mut().filter(|(_, depth)| indent > *depth) {
                last.push_line(&line.whole());
            } else {
                break;
            }
            at += 1;
        }
        let Some(table) = table(&items) else {
            return false;
        };
        self.blocks.push(Block::Table(table));
        self.at = at;
        true
    }
}

/// Items and how deep they stand as rows of names and descriptions; `None` unless they are fields.
pub(crate) fn table(items: &[(Cell, usize)]) -> Option<Table> {
    let rows: Vec<Option<Row>> = { items.iter() }
        .map(|(item, depth)| row(item, *depth))
        .collect();
    let typed = { rows.iter().flatten() }
        .filter(|row| in_name(&row.cells[0].text).told.type_.is_some())
        .count();
    if typed == 0 || typed * 2 < items.len() {
        return None;
    }
    // What is no field goes on with the field above it.
    let mut fields: Vec<Row> = Vec::new();
    for (row, (item, _)) in rows.into_iter().zip(items) {
        match (row, fields.last_mut()) {
            (Some(row), _) => fields.push(row),
            (None, Some(above)) => {
                let cell = &mut above.cells[1];
                if !cell.text.is_empty() {
                    cell.text.push_str("\n• ");
                }
                cell.text.push_str(&item.text);
                cell.span.end = item.span.end;
            }
            (None, None) => return None,
        }
    }
    let span = fields[0].span;
    let before = Span {
        end: span.start,
        ..span
    };
    Some(Table {
        head: Some(Row {
            cells: vec![Cell::new("Field", before), Cell::new("Description", before)],
            depth: 0,
            span: before,
        }),
        rows: fields,
        style: Style::Entries,
        span,
    })
}

/// `name (string, required): text`, `name: string - text`, `name - text`.
fn row(item: &Cell, depth: usize) -> Option<Row> {
    let text = item.text.as_str();
    let (name, rest) = parts(text)?;
    let cell = |text: &str| {
        let text = text.trim_start_matches([':', '-', '–', '—', ' ', '\n', '.']);
        Cell::new(text.trim(), item.span)
    };
    Some(Row {
        cells: vec![cell(name), cell(rest)],
        depth,
        span: item.span,
    })
}

/// The name with what stands in brackets behind it, and the text.
fn parts(text: &str) -> Option<(&str, &str)> {
    let fits = |c: char| c.is_alphanumeric() || "_-./[]$@#".contains(c);
    let end = text.find(|c: char| !fits(c)).unwrap_or(text.len());
    let name = text[..end].trim_end_matches(['.', '-']);
    let is_name = name
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || "_$@".contains(c));
    if !is_name {
        return None;
    }
    let mut at = name.len();
    // Groups in brackets, as far as they are facts; `name*` is marked.
    loop {
        let rest = &text[at..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '*']).len();
        let Some(close) = rest[blanks..]
            .starts_with(['(', '['])
            .then(|| rest.find([')', ']']))
            .flatten()
        else {
            break;
        };
        let named = in_name(&text[..at + close + 1]);
        if !named.rest.is_empty() {
            break;
        }
        at += close + 1;
    }
    let rest = text[at..].trim_start();
    let separated = rest.is_empty()
        || rest.starts_with([':', '-', '–', '—', '\n'])
        || text[..at].ends_with([')', ']']);
    separated.then_some((&text[..at], &text[at..]))
}
