//! Descriptors as the importer reads them: tables with the places of their cells and their footnotes,
//! nothing checked. The generator's reader is `frontend::table`; this one takes whatever stands there,
//! unknown facts and half a table included.

use std::collections::BTreeMap;

use super::model::{Block, Cell, Row, Table};
use super::page;
use crate::source::DocumentId;

/// A cell with the names of its footnotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Noted {
    pub text: String,
    pub notes: Vec<String>,
    /// The cell as it stands.
    pub cell: Cell,
}

/// A row by column, the columns by their usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DescriptorRow {
    pub cells: BTreeMap<String, Noted>,
}

/// A part of a descriptor that has a table or should have one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    /// `request`, `response`, `faults`, `type`, `enumeration`, `catalogue`.
    pub kind: &'static str,
    /// The operation, for what is below one.
    pub operation: String,
    /// The code span of the heading.
    pub name: String,
    pub notes: Vec<String>,
    pub rows: Vec<DescriptorRow>,
}

/// A footnote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Note {
    pub witnesses: Vec<String>,
    pub reason: String,
}

/// A descriptor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Descriptor {
    pub parts: Vec<Part>,
    pub notes: BTreeMap<String, Note>,
}

/// Reads a descriptor.
pub(crate) fn read(document: DocumentId, text: &str) -> Descriptor {
    let body = front_matter_end(text);
    let blocks = page::descriptor_blocks(document, text, body..text.len());
    let mut descriptor = Descriptor::default();
    let mut operation = String::new();
    let mut open = false;
    for block in &blocks {
        match block {
            Block::Heading { level, title } => {
                open = descriptor.heading(*level, title, &mut operation);
            }
            Block::Table(table) if open => {
                if let Some(part) = descriptor.parts.last_mut() {
                    part.rows.extend(rows(table));
                }
            }
            Block::Paragraph(cell) => descriptor.note(cell),
            _ => {}
        }
    }
    descriptor
}

/// Where the front matter of a descriptor ends; 0 if there is none.
pub(crate) fn front_matter_end(text: &str) -> usize {
    if !text.starts_with("+++") {
        return 0;
    }
    text.match_indices("\n+++")
        .next()
        .map_or(0, |(at, mark)| at + mark.len())
}

impl Descriptor {
    /// Opens the part that a heading begins; `false` if it begins none with a table.
    fn heading(&mut self, level: u8, title: &Cell, operation: &mut String) -> bool {
        let noted = noted(title);
        let word = noted.text.split_whitespace().next().unwrap_or_default();
        let rest = noted.text[word.len()..].trim();
        let name = rest
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned();
        let kind = match (level, word.to_lowercase().as_str()) {
            (2, "type") if !rest.is_empty() => "type",
            (2, "enumeration") if !rest.is_empty() => "enumeration",
            (2, "faults") if !rest.is_empty() => "catalogue",
            (2, _) => {
                operation.clone_from(&noted.text);
                return false;
            }
            (3, "request") => "request",
            (3, "response") => "response",
            (3, "faults") => "faults",
            _ => return false,
        };
        self.parts.push(Part {
            kind,
            operation: if level == 3 {
                operation.clone()
            } else {
                String::new()
            },
            name,
            notes: noted.notes,
            rows: Vec::new(),
        });
        true
    }

    fn note(&mut self, cell: &Cell) {
        let Some((label, text)) = cell
            .text
            .strip_prefix("[^")
            .and_then(|text| text.split_once("]:"))
        else {
            return;
        };
        let (witnesses, reason) = text.split_once(':').unwrap_or((text, ""));
        self.notes.insert(
            label.to_owned(),
            Note {
                witnesses: witnesses
                    .split(',')
                    .map(|word| word.trim().to_lowercase())
                    .collect(),
                reason: reason.trim().to_owned(),
            },
        );
    }

    /// The part of a kind, by operation or by name.
    pub(crate) fn part(&self, kind: &str, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| {
            part.kind == kind
                && (part.operation.eq_ignore_ascii_case(name) && !part.operation.is_empty()
                    || part.operation.is_empty() && part.name == name)
        })
    }

    /// The operations, in their order.
    pub(crate) fn operations(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for part in &self.parts {
            if !part.operation.is_empty() && !names.contains(&part.operation.as_str()) {
                names.push(&part.operation);
            }
        }
        names
    }
}

fn rows(table: &Table) -> Vec<DescriptorRow> {
    let Some(head) = &table.head else {
        return Vec::new();
    };
    let heads: Vec<(String, Vec<String>)> = head
        .cells
        .iter()
        .map(|cell| {
            let cell = noted(cell);
            (column(&cell.text), cell.notes)
        })
        .collect();
    table.rows.iter().map(|row| one_row(row, &heads)).collect()
}

fn one_row(row: &Row, heads: &[(String, Vec<String>)]) -> DescriptorRow {
    let cells = heads
        .iter()
        .zip(&row.cells)
        .map(|((head, notes), cell)| {
            let mut cell = noted(cell);
            cell.notes.extend(notes.iter().cloned());
            (head.clone(), cell)
        })
        .collect();
    DescriptorRow { cells }
}

/// The usual name of a column.
fn column(head: &str) -> String {
    let folded = super::dictionary::fold(head);
    let usual = match folded.as_str() {
        "parameter" | "property" | "name" | "element" | "path" | "sciezka" | "feldname" => "field",
        "min occurs" | "occurrence" => "occurs",
        "mandatory" | "wymagane" => "required",
        "nullable" => "nillable",
        "max length" | "length" | "size" => "max",
        "typ" | "data type" => "type",
        "item name" => "item",
        "allowed values" => "values",
        "default value" => "default",
        "location" => "in",
        "source" | "witness" => "from",
        "wire name" => "wire",
        "details" | "meaning" | "comment" | "remarks" | "opis" | "beschreibung" => "description",
        other => other,
    };
    usual.to_owned()
}

/// A text without its references to footnotes, and these.
pub(crate) fn noted(cell: &Cell) -> Noted {
    let mut text = String::new();
    let mut notes = Vec::new();
    let mut rest = cell.text.as_str();
    while let Some(at) = rest.find("[^") {
        text.push_str(&rest[..at]);
        let Some(end) = rest[at..].find(']') else {
            break;
        };
        notes.push(rest[at + 2..at + end].to_owned());
        rest = &rest[at + end + 1..];
    }
    text.push_str(rest);
    Noted {
        text: text.trim().to_owned(),
        notes,
        cell: cell.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn parts_rows_and_footnotes() {
        let text = "+++\nservice = \"A\"\n+++\n\n# A\n\n## Get\n\n### Request `GetRequest`\n\n| Field | Occurs | Type |\n|---|---|---|\n| Id[^a] | 1 | Pair[] |\n\n[^a]: sibling, page: why. Remove when b.\n\n### Example request: one\n\n```json\n{\n   \"Id\": [\n      {\n         \"a\": 1\n      }\n   ]\n}\n```\n\n## Type `Pair`\n\nOne thing.\n\n| Field | Occurs | Type |\n|---|---|---|\n| a | 0..1[^b] | string |\n\n[^b]: sibling: neither.\n\n## Type `Problem`\n\n| Field | Occurs | Type |\n|---|---|---|\n| b | 1 | string |\n";
        let mut sources = Sources::default();
        let document = sources.add("a.md", text).unwrap();
        let read = read(document, text);
        let parts: Vec<(&str, &str, usize)> = { read.parts.iter() }
            .map(|part| (part.kind, part.name.as_str(), part.rows.len()))
            .collect();
        assert_eq!(
            parts,
            [
                ("request", "GetRequest", 1),
                ("type", "Pair", 1),
                ("type", "Problem", 1)
            ]
        );
        assert_eq!(read.parts[0].rows[0].cells["field"].notes, ["a"]);
        assert_eq!(read.notes["a"].witnesses, ["sibling", "page"]);
        assert_eq!(read.notes["a"].reason, "why. Remove when b.");
    }
}
