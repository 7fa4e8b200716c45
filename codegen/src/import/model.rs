//! A page as blocks, before anything is understood.

use crate::source::Span;

/// A text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub text: String,
    pub span: Span,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, span: Span) -> Self {
        Self {
            text: text.into(),
            span,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Goes on with a line that stands below.
    pub(crate) fn push_line(&mut self, line: &Self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&line.text);
        self.span.end = line.span.end;
    }
}

/// A row as the page has it: it may have other than the head's number of cells.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    /// How far markup or blanks indent it; only comparisons within a table mean something.
    pub depth: usize,
    pub span: Span,
}

/// How the cells of a table are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// HTML.
    Markup,
    /// `a | b |`.
    Piped,
    /// Tabs, or two blanks and more.
    Tabs,
    /// Single blanks: cells that hold blanks are ambiguous.
    Blanks,
    /// Nothing at all.
    Glued,
    /// A label before each cell, each on a line of its own.
    Labels,
    /// A name, and what follows it.
    Entries,
}

/// A table, headless if no row names its columns.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub head: Option<Row>,
    pub rows: Vec<Row>,
    pub style: Style,
    pub span: Span,
}

/// The level of the title of a table, which stood in its head: below all headings.
pub(crate) const TITLE: u8 = 7;

/// A block of a page.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// `level` is 1 to 6; 0 where the page does not say, `TITLE` for the title of the table that follows.
    Heading {
        level: u8,
        title: Cell,
    },
    Paragraph(Cell),
    List(Vec<Cell>),
    Table(Table),
    /// A sample, in whatever language.
    Code(Cell),
}
