//! Fields that are described under headings of their own: `### amount (decimal, required)`, and a paragraph.

use super::super::model::{Block, Cell, Row, Style, Table};
use crate::import::notation::prose::in_name;
use crate::import::notation::values;

/// A heading that names a field, and what stands below it.
struct Described {
    level: u8,
    name: Cell,
    text: Option<Cell>,
}

/// The blocks of a page, with such headings as tables.
pub(crate) fn collect(blocks: Vec<Block>) -> Vec<Block> {
    let mut collected: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut run: Vec<Described> = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        // A heading right over a table is the table's.
        if let Block::Heading { level, title } = &block
            && !matches!(blocks.peek(), Some(Block::Table(_)))
        {
            let facts = match blocks.peek() {
                Some(Block::Paragraph(next)) => Some(next),
                _ => None,
            };
            if let Some((name, taken)) = field(title, facts) {
                if run.last().is_some_and(|above| above.level != *level) {
                    flush(&mut run, &mut collected);
                }
                if taken {
                    blocks.next();
                }
                run.push(Described {
                    level: *level,
                    name,
                    text: None,
                });
                continue;
            }
        }
        match (&block, run.last_mut()) {
            (Block::Paragraph(cell), Some(last)) => add(&mut last.text, cell, ""),
            (Block::List(items), Some(last)) => {
                for item in items {
                    add(&mut last.text, item, "• ");
                }
            }
            _ => {
                flush(&mut run, &mut collected);
                collected.push(block);
            }
        }
    }
    flush(&mut run, &mut collected);
    collected
}

fn add(text: &mut Option<Cell>, more: &Cell, mark: &str) {
    match text {
        Some(cell) => cell.push_line(&Cell::new(format!("{mark}{}", more.text), more.span)),
        None => *text = Some(more.clone()),
    }
}

/// The name of a field with its facts, from a heading or from a heading and the paragraph below it, and
/// whether the paragraph was used up.
fn field(title: &Cell, next: Option<&Cell>) -> Option<(Cell, bool)> {
    let named = in_name(&title.text);
    let plain = |name: &str| values::is_code(name) && name.chars().any(char::is_lowercase);
    // `Crew list` is a title: a type alone counts where brackets set it apart.
    let told = &named.told;
    let apart = title.text.contains(['(', '[']) && title.text.ends_with([')', ']']);
    let more = told.required.is_some() || told.occurs.is_some() || told.size.is_some();
    let typed = told.type_.is_some() && (apart || more);
    if plain(&named.name) && named.rest.is_empty() && typed {
        return Some((title.clone(), false));
    }
    let next = next?;
    let facts = next.text.trim_matches(['(', ')', '.', ' ']);
    let together = format!("{} ({facts})", title.text.trim());
    let named = in_name(&together);
    let fits = plain(title.text.trim())
        && facts.split(' ').count() <= 6
        && named.rest.is_empty()
        && named.told.type_.is_some();
    fits.then(|| {
        let mut cell = title.clone();
        cell.text = together;
        cell.span.end = next.span.end;
        (cell, true)
    })
}

fn flush(run: &mut Vec<Described>, collected: &mut Vec<Block>) {
    let Some(first) = run.first() else { return };
    let span = first.name.span;
    let before = crate::source::Span {
        end: span.start,
        ..span
    };
    let rows = run.drain(..).map(|described| {
        let end = { described.text.as_ref() }.map_or(described.name.span.end, |text| text.span.end);
        let empty = Cell::new(
            "",
            crate::source::Span {
                start: end,
                end,
                ..described.name.span
            },
        );
        Row {
            span: crate::source::Span {
                end,
                ..described.name.span
            },
            cells: vec![described.name, described.text.unwrap_or(empty)],
            depth: 0,
        }
    });
    let rows = rows.collect();
    collected.push(Block::Table(Table {
        head: Some(Row {
            cells: vec![Cell::new("Field", before), Cell::new("Description", before)],
            depth: 0,
            span: before,
        }),
        rows,
        style: Style::Entries,
        span,
    }));
}
