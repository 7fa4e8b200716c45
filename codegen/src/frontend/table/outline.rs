//! A page by its headings: what stands under which.

use super::document::{Block, Inlines, Located, Piece, Table};
use super::notes::Notes;
use crate::contract::{Direction, Provenance};
use crate::diagnostic::Diagnostics;

/// A page, by headings.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub prose: Body,
    pub operations: Vec<OperationSection>,
    pub types: Vec<TypeSection>,
    pub enumerations: Vec<EnumerationSection>,
    pub catalogues: Vec<CatalogueSection>,
    pub notes: Notes,
}

/// What stands under one heading.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub prose: Vec<Inlines>,
    pub lists: Vec<Vec<Inlines>>,
    pub tables: Vec<Table>,
    pub codes: Vec<Located<String>>,
}

/// `## Operation`.
#[derive(Debug)]
pub(super) struct OperationSection {
    pub name: Located<String>,
    pub body: Body,
    pub request: Option<MessageSection>,
    pub response: Option<MessageSection>,
    pub faults: Option<(Inlines, Body)>,
    pub rules: Vec<Body>,
    pub examples: Vec<ExampleSection>,
    pub heading: Inlines,
}

/// `### Request` or `### Response`.
#[derive(Debug)]
pub(super) struct MessageSection {
    /// The wrapper elements, outermost first; empty if the heading names none.
    pub path: Vec<Located<String>>,
    pub heading: Inlines,
    pub body: Body,
}

/// `### Example …`.
#[derive(Debug)]
pub(super) struct ExampleSection {
    pub direction: Direction,
    pub title: Option<String>,
    pub heading: Inlines,
    pub body: Body,
}

/// `## Type`.
#[derive(Debug)]
pub(super) struct TypeSection {
    pub name: Located<String>,
    pub heading: Inlines,
    pub body: Body,
    pub rules: Vec<Body>,
}

/// `## Enumeration`.
#[derive(Debug)]
pub(super) struct EnumerationSection {
    pub name: Located<String>,
    /// The built-in type of the values, if it is said.
    pub base: Option<Located<String>>,
    pub closed: bool,
    pub heading: Inlines,
    pub body: Body,
}

/// `## Faults`.
#[derive(Debug)]
pub(super) struct CatalogueSection {
    pub name: Located<String>,
    pub body: Body,
}

impl Body {
    /// Prose and lists as plain text, paragraphs separated by an empty line.
    pub(super) fn documentation(&self) -> Option<String> {
        let paragraphs: Vec<String> = self
            .prose
            .iter()
            .map(Inlines::text)
            .filter(|text| !text.is_empty())
            .collect();
        (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
    }

    /// What the footnotes of the prose say.
    pub(super) fn provenance(
        &self,
        notes: &Notes,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Provenance> {
        self.prose
            .iter()
            .flat_map(|prose| notes.about(prose, Some("description"), diagnostics))
            .collect()
    }

    /// Adds a block that is no heading and no footnote.
    pub(super) fn add(&mut self, block: Block) {
        match block {
            Block::Paragraph(inlines) => self.prose.push(inlines),
            Block::List(items) => {
                let lines: Vec<String> = items
                    .iter()
                    .map(|item| format!("- {}", item.text()))
                    .collect();
                if let (Some(first), Some(last)) = (items.first(), items.last()) {
                    let mut span = first.span;
                    span.end = last.span.end;
                    self.prose.push(Inlines {
                        pieces: vec![Piece::Text(lines.join("\n"))],
                        notes: items.iter().flat_map(|item| item.notes.clone()).collect(),
                        span,
                    });
                }
                self.lists.push(items);
            }
            Block::Table(table) => self.tables.push(table),
            Block::Code(code) => self.codes.push(code),
            Block::Heading { .. } | Block::Note(..) => {}
        }
    }
}
