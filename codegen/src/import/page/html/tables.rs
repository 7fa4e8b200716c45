//! Tables and lists of definitions in HTML.

use super::*;

impl Reader {
    pub(super) fn start_cell(
        &mut self,
        name: &str,
        attributes: &BTreeMap<String, String>,
        start: usize,
    ) {
        self.end_cell();
        self.run = Run::default();
        let number = |key: &str| {
            attributes
                .get(key)
                .and_then(|value| value.trim().parse::<usize>().ok())
                .map_or(1, |count| count.clamp(1, 50))
        };
        let spans = (number("colspan"), number("rowspan"));
        let depth = indentation(attributes);
        self.in_table(|table| {
            let row = table.row.get_or_insert_with(|| RowBuilding {
                start,
                ..RowBuilding::default()
            });
            if row.cells.is_empty() {
                row.depth += depth;
            }
            row.heads += usize::from(name == "th");
            row.data += usize::from(name == "td");
            row.cell = Some(spans);
        });
        self.run.range = Some(start..start);
    }

    pub(super) fn end_cell(&mut self) {
        if !self.in_cell() {
            return;
        }
        // Indentation by blanks that markup cannot fold.
        let blanks = self
            .run
            .text
            .trim_start_matches([' ', '\n', '\t', '\u{2028}'])
            .chars()
            .take_while(|&c| c == '\u{a0}' || c == ' ')
            .filter(|&c| c == '\u{a0}')
            .count();
        let at = self.run.range.clone().unwrap_or(0..0);
        let empty = Cell::new("", self.span(at));
        let cell = self.take().unwrap_or(empty);
        self.in_table(|table| {
            let Some(row) = table.row.as_mut() else {
                return;
            };
            let Some((columns, rows)) = row.cell.take() else {
                return;
            };
            fill(&mut table.spans, row);
            if row.cells.is_empty() && !cell.text.is_empty() {
                row.depth += blanks;
            }
            if rows > 1 {
                table.spans.push((row.cells.len(), rows - 1, cell.clone()));
            }
            let end = cell.span.end;
            let span = Span {
                start: end,
                ..cell.span
            };
            row.cells.push(cell);
            for _ in 1..columns {
                row.cells.push(Cell::new("", span));
            }
        });
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        let document = self.document;
        let offset = self.offset;
        self.in_table(|table| {
            let Some(mut row) = table.row.take() else {
                return;
            };
            fill(&mut table.spans, &mut row);
            // A title over all columns is one cell.
            while row.cells.len() > 1
                && row.cells[1..].iter().all(Cell::is_empty)
                && row.heads == row.cells.len()
            {
                row.cells.pop();
            }
            if row.cells.iter().all(Cell::is_empty) {
                table.rows.extend(row.inner);
                return;
            }
            let end = row
                .cells
                .iter()
                .map(|cell| cell.span.end)
                .max()
                .unwrap_or(0);
            let start = Span::new(document, row.start + offset..row.start + offset).start;
            let span = Span {
                document,
                start,
                end: end.max(start),
            };
            let all_heads = row.heads > 1 && row.heads >= row.cells.len().saturating_sub(1);
            let names_columns = row
                .cells
                .iter()
                .filter(|cell| head(&cell.text).is_some())
                .count()
                >= 2;
            // A second row of heads, below those that span columns.
            let below = table.rows.is_empty() && row.heads > 0 && row.data == 0;
            if let Some(head) = table
                .head
                .as_mut()
                .filter(|head| below && head.cells.len() == row.cells.len())
            {
                for (above, below) in head.cells.iter_mut().zip(row.cells) {
                    if !below.is_empty() {
                        *above = below;
                    }
                }
                return;
            }
            let is_head = table.head.is_none()
                && table.rows.is_empty()
                && (table.in_head && row.cells.len() > 1 || all_heads || names_columns);
            let built = Row {
                cells: row.cells,
                depth: row.depth,
                span,
            };
            if is_head {
                table.head = Some(built);
            } else {
                table.rows.push(built);
            }
            table.rows.extend(row.inner);
        });
    }

    pub(super) fn end_table(&mut self) {
        self.end_row();
        let Some(table) = self.tables.pop() else {
            return;
        };
        if table.rows.is_empty() && table.head.is_none() {
            return;
        }
        let outer = self.tables.last_mut().and_then(|table| table.row.as_mut());
        if let Some(row) = outer.filter(|row| row.cell.is_some()) {
            // A table in a cell: the fields of what the row is about.
            let depth = row.depth + 1;
            row.inner.extend(table.rows.into_iter().map(|inner| Row {
                depth: inner.depth + depth,
                ..inner
            }));
            return;
        }
        let span = self.span(table.start..table.start);
        self.blocks.push(Block::Table(Table {
            head: table.head,
            rows: table.rows,
            style: Style::Markup,
            span,
        }));
    }

    pub(super) fn end_entries(&mut self) {
        self.flush();
        self.open = Open::Text;
        let Some(rows) = self.entries.pop() else {
            return;
        };
        if rows.is_empty() {
            return;
        }
        if let Some(outer) = self.entries.last_mut() {
            outer.extend(rows);
            self.open = Open::Definition;
            return;
        }
        let span = rows[0].span;
        let name = |text| {
            Cell::new(
                text,
                Span {
                    end: span.start,
                    ..span
                },
            )
        };
        self.blocks.push(Block::Table(Table {
            head: Some(Row {
                cells: vec![name("Field"), name("Description")],
                depth: 0,
                span: Span {
                    end: span.start,
                    ..span
                },
            }),
            rows,
            style: Style::Entries,
            span,
        }));
    }
}

/// Puts cells of rows above, which go on in this row, into their columns.
pub(super) fn fill(spans: &mut Vec<(usize, usize, Cell)>, row: &mut RowBuilding) {
    while let Some(span) = spans
        .iter_mut()
        .find(|(column, rows, _)| *column == row.cells.len() && *rows > 0)
    {
        span.1 -= 1;
        row.cells.push(span.2.clone());
    }
    spans.retain(|(_, rows, _)| *rows > 0);
}

/// How far attributes indent a row or its first cell.
pub(super) fn indentation(attributes: &BTreeMap<String, String>) -> usize {
    let digits = |text: &str| -> Option<usize> {
        let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let end = text
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len());
        text[..end].parse().ok()
    };
    for key in ["data-level", "data-depth", "data-indent", "aria-level"] {
        if let Some(level) = attributes.get(key).and_then(|value| digits(value)) {
            return level;
        }
    }
    if let Some(class) = attributes.get("class") {
        for word in class.split_whitespace() {
            let lower = word.to_ascii_lowercase();
            let marks = ["level", "lvl", "indent", "depth", "nest", "child", "sub"];
            if let Some(mark) = marks.iter().find(|mark| lower.starts_with(**mark)) {
                return digits(&lower[mark.len()..]).unwrap_or(1);
            }
        }
    }
    if let Some(style) = attributes.get("style") {
        for part in style.split(';') {
            if let Some((property, value)) = part.split_once(':')
                && ["padding-left", "margin-left", "text-indent"].contains(&property.trim())
            {
                return digits(value).unwrap_or(0);
            }
        }
    }
    0
}
