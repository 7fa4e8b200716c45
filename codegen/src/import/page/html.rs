//! HTML to blocks. The tokens are the specification's; what is open is kept as loosely as pages need it.

pub(super) mod origin;
mod tables;

use std::collections::BTreeMap;
use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::text::listed;
use super::{lines, samples};
use crate::import::dictionary::{head, is_debris};
use crate::import::finding::Findings;
use crate::import::model::{Block, Cell, Row, Style, Table};
use crate::source::{DocumentId, Span};

/// The blocks of `range` of an HTML page.
pub(crate) fn blocks(
    document: DocumentId,
    text: &str,
    range: Range<usize>,
    findings: &mut Findings,
) -> Vec<Block> {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut reader = Reader {
        document,
        offset: range.start,
        blocks: Vec::new(),
        tables: Vec::new(),
        lists: Vec::new(),
        list_depth: 0,
        entries: Vec::new(),
        run: Run::default(),
        open: Open::Text,
        skipped: 0,
        preformatted: 0,
    };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(part, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                reader.end(&name);
            }
            Token::String(string) => {
                let run = String::from_utf8_lossy(&string.value);
                reader.text(&run, string.span.start..string.span.end);
            }
            _ => {}
        }
    }
    reader.finish();
    for block in &mut reader.blocks {
        mend(block, findings);
    }
    reader.blocks
}

/// Characters that were decoded wrongly before the page was saved.
fn mend(block: &mut Block, findings: &mut Findings) {
    let mut cell = |cell: &mut Cell| {
        if let Some(mended) = lines::mend(&cell.text) {
            findings.push(
                super::super::finding::Kind::Repair,
                "L26",
                cell.span,
                "characters were decoded as Windows-1252 and are UTF-8; mended",
            );
            cell.text = mended;
        }
    };
    match block {
        Block::Heading { title: text, .. } | Block::Paragraph(text) | Block::Code(text) => {
            cell(text)
        }
        Block::List(items) => items.iter_mut().for_each(cell),
        Block::Table(table) => table
            .head
            .iter_mut()
            .chain(&mut table.rows)
            .flat_map(|row| &mut row.cells)
            .for_each(cell),
    }
}

/// The text that is being collected.
#[derive(Debug, Default)]
struct Run {
    text: String,
    range: Option<Range<usize>>,
}

use tables::indentation;

/// What the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Text,
    Heading(u8),
    Item,
    Term,
    Definition,
    Code,
}

#[derive(Debug, Default)]
struct Building {
    head: Option<Row>,
    rows: Vec<Row>,
    row: Option<RowBuilding>,
    in_head: bool,
    /// Column, rows still to fill, and with what.
    spans: Vec<(usize, usize, Cell)>,
    start: usize,
}

#[derive(Debug, Default)]
struct RowBuilding {
    cells: Vec<Cell>,
    /// Whether a cell is open, and the columns and rows that it spans.
    cell: Option<(usize, usize)>,
    heads: usize,
    data: usize,
    depth: usize,
    start: usize,
    /// Rows of tables inside.
    inner: Vec<Row>,
}

struct Reader {
    document: DocumentId,
    offset: usize,
    blocks: Vec<Block>,
    tables: Vec<Building>,
    /// Items with how deep they stand; lists within lists are part of the outermost.
    lists: Vec<(Cell, usize)>,
    list_depth: usize,
    entries: Vec<Vec<Row>>,
    run: Run,
    open: Open,
    skipped: usize,
    preformatted: usize,
}

const SKIPPED: &[&str] = &[
    "script", "style", "template", "svg", "noscript", "nav", "footer", "select", "head",
];
const TEXT_LEVEL: &[&str] = &[
    "a", "abbr", "b", "bdi", "button", "cite", "code", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "img", "nobr", "input",
];

impl Reader {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(
            self.document,
            range.start + self.offset..range.end + self.offset,
        )
    }

    fn text(&mut self, run: &str, range: Range<usize>) {
        if self.skipped > 0 {
            return;
        }
        if self.run.text.is_empty() && run.trim().is_empty() && self.preformatted == 0 {
            // Indentation by characters that are not plain blanks means something.
            if !run.contains('\u{a0}') {
                return;
            }
        }
        self.run.text.push_str(run);
        self.run.range = Some(match self.run.range.take() {
            Some(old) => old.start..range.end,
            None => range,
        });
    }

    /// The collected text as a cell; `None` if there is none.
    fn take(&mut self) -> Option<Cell> {
        let run = std::mem::take(&mut self.run);
        let range = run.range?;
        let text = if self.preformatted > 0 {
            run.text.trim_matches(['\n', '\r']).to_owned()
        } else {
            let lines: Vec<String> = run
                .text
                .split('\u{2028}')
                .map(|line| {
                    line.split(|c: char| c.is_whitespace())
                        .filter(|word| !word.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect();
            lines.join("\n").trim().to_owned()
        };
        if text.is_empty() || is_debris(&text) {
            return None;
        }
        Some(Cell::new(text, self.span(range)))
    }

    /// What was collected becomes a block, unless it belongs to a cell.
    fn flush(&mut self) {
        if self.in_cell() {
            self.run.text.push('\u{2028}');
            return;
        }
        let open = self.open;
        let Some(cell) = self.take() else { return };
        match open {
            Open::Text => self.blocks.push(Block::Paragraph(cell)),
            Open::Heading(level) => self.blocks.push(Block::Heading { level, title: cell }),
            Open::Item if self.list_depth > 0 => self.lists.push((cell, self.list_depth)),
            Open::Item => self.blocks.push(Block::Paragraph(cell)),
            Open::Term => {
                let row = Row {
                    span: cell.span,
                    cells: vec![cell],
                    depth: self.entries.len(),
                };
                if let Some(rows) = self.entries.last_mut() {
                    rows.push(row);
                }
            }
            Open::Definition => {
                if let Some(row) = self.entries.last_mut().and_then(|rows| rows.last_mut()) {
                    match row.cells.get_mut(1) {
                        Some(old) => {
                            old.push_line(&cell);
                        }
                        None => row.cells.push(cell),
                    }
                }
            }
            Open::Code => self.code(cell),
        }
    }

    /// A sample, cut where a second document begins.
    fn code(&mut self, cell: Cell) {
        let mut rest = cell.text.as_str();
        while !rest.trim().is_empty() {
            let body = rest.trim_start();
            let length = match samples::xml(body).or_else(|| samples::json(body)) {
                Some((length, true)) => length,
                _ => body.len(),
            };
            self.blocks
                .push(Block::Code(Cell::new(&body[..length], cell.span)));
            rest = &body[length..];
        }
    }

    fn in_cell(&self) -> bool {
        let row = self.tables.last().and_then(|table| table.row.as_ref());
        row.is_some_and(|row| row.cell.is_some())
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
        if SKIPPED.contains(&name.as_str()) {
            self.skipped += usize::from(!tag.self_closing);
            return;
        }
        if self.skipped > 0 {
            return;
        }
        let attributes: BTreeMap<String, String> = tag
            .attributes
            .iter()
            .map(|(name, value)| {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                (text(name).to_ascii_lowercase(), text(value))
            })
            .collect();
        match name.as_str() {
            "br" => self.run.text.push_str(if self.preformatted > 0 {
                "\n"
            } else {
                "\u{2028}"
            }),
            name if TEXT_LEVEL.contains(&name) => {}
            "table" => {
                if !self.in_cell() {
                    self.flush();
                }
                self.open = Open::Text;
                self.tables.push(Building {
                    start: tag.span.start,
                    ..Building::default()
                });
            }
            "thead" => self.in_table(|table| table.in_head = true),
            "tbody" | "tfoot" => self.in_table(|table| table.in_head = false),
            "tr" => {
                self.end_row();
                let depth = indentation(&attributes);
                let start = tag.span.start;
                self.in_table(|table| {
                    table.row = Some(RowBuilding {
                        depth,
                        start,
                        ..RowBuilding::default()
                    });
                });
            }
            "td" | "th" if !self.tables.is_empty() => {
                self.start_cell(&name, &attributes, tag.span.start)
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                let level = name.as_bytes()[1] - b'0';
                if !self.in_cell() {
                    self.open = Open::Heading(level);
                }
            }
            "ul" | "ol" if !self.in_cell() => {
                self.flush();
                self.list_depth += 1;
            }
            "li" => {
                self.flush();
                if self.in_cell() {
                    self.run.text.push_str("\u{2028}• ");
                } else {
                    self.open = Open::Item;
                }
            }
            "dl" if !self.in_cell() => {
                self.flush();
                self.entries.push(Vec::new());
            }
            "dt" if !self.in_cell() => {
                self.flush();
                self.open = Open::Term;
            }
            "dd" if !self.in_cell() => {
                self.flush();
                self.open = Open::Definition;
            }
            "pre" | "textarea" => {
                self.flush();
                if !self.in_cell() {
                    self.open = Open::Code;
                    self.preformatted += 1;
                }
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, name: &str) {
        if SKIPPED.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.skipped > 0 || TEXT_LEVEL.contains(&name) {
            return;
        }
        match name {
            "table" => self.end_table(),
            "thead" => self.in_table(|table| table.in_head = false),
            "tr" => self.end_row(),
            "td" | "th" => self.end_cell(),
            "pre" | "textarea" => {
                self.flush();
                self.preformatted = self.preformatted.saturating_sub(1);
                self.open = Open::Text;
            }
            "ul" | "ol" if !self.in_cell() => {
                self.flush();
                self.list_depth = self.list_depth.saturating_sub(1);
                if self.list_depth == 0 {
                    self.end_list();
                }
                self.open = if self.list_depth == 0 {
                    Open::Text
                } else {
                    Open::Item
                };
            }
            "dl" if !self.in_cell() => self.end_entries(),
            _ => {
                self.flush();
                let ends = matches!(self.open, Open::Heading(_))
                    || name == "li" && self.open == Open::Item
                    || matches!(name, "dt" | "dd");
                if ends && !self.in_cell() {
                    self.open = Open::Text;
                }
            }
        }
    }

    /// What stood in lists: fields, if that is what they are.
    fn end_list(&mut self) {
        let items = std::mem::take(&mut self.lists);
        if items.is_empty() {
            return;
        }
        self.blocks.push(match listed::table(&items) {
            Some(table) => Block::Table(table),
            None => Block::List(items.into_iter().map(|(item, _)| item).collect()),
        });
    }

    fn in_table(&mut self, change: impl FnOnce(&mut Building)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn finish(&mut self) {
        while !self.tables.is_empty() {
            self.end_table();
        }
        while !self.entries.is_empty() {
            self.end_entries();
        }
        self.flush();
        self.end_list();
    }
}
