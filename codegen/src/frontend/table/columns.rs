//! The head of a table: which column means what.

use super::document::{Inlines, Table, TableRow};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::Span;

/// A table of which kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableKind {
    Fields,
    Values,
    Codes,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Field,
    Wire,
    In,
    Occurs,
    Required,
    Nillable,
    Max,
    Type,
    Item,
    Values,
    Default,
    Absent,
    Secret,
    Deprecated,
    From,
    Description,
    Example,
    Value,
    Code,
}

impl Column {
    /// The name in heads; in lower case, the name of the fact in provenance.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Field => "Field",
            Self::Wire => "Wire",
            Self::In => "In",
            Self::Occurs => "Occurs",
            Self::Required => "Required",
            Self::Nillable => "Nillable",
            Self::Max => "Max",
            Self::Type => "Type",
            Self::Item => "Item",
            Self::Values => "Values",
            Self::Default => "Default",
            Self::Absent => "Absent",
            Self::Secret => "Secret",
            Self::Deprecated => "Deprecated",
            Self::From => "From",
            Self::Description => "Description",
            Self::Example => "Example",
            Self::Value => "Value",
            Self::Code => "Code",
        }
    }

    /// Names that providers' pages use, in lower case.
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Field => &[
                "parameter",
                "property",
                "name",
                "element",
                "path",
                "field name",
                "parameter name",
                "ścieżka",
                "feldname",
            ],
            Self::Wire => &["wire name"],
            Self::In => &["location"],
            Self::Occurs => &["min occurs", "minoccurs", "occurrence", "occ"],
            Self::Required => &["required?", "mandatory", "req", "wymagane"],
            Self::Nillable => &["nullable", "nil"],
            Self::Max => &["max length", "maxlength", "max. length", "length", "size"],
            Self::Type => &["typ", "data type", "datatype"],
            Self::Item => &["item name"],
            Self::Values => &["allowed values", "possible values"],
            Self::Default => &["default value"],
            Self::Absent | Self::Secret | Self::Deprecated => &[],
            Self::From => &["source", "witness"],
            Self::Description => &[
                "details",
                "meaning",
                "comment",
                "comments",
                "remarks",
                "opis",
                "znaczenie",
                "beschreibung",
            ],
            Self::Example => &["example value", "sample"],
            Self::Value => &["label value"],
            Self::Code => &["fault code", "error code", "kod", "kod błędu"],
        }
    }
}

impl TableKind {
    fn columns(self) -> &'static [Column] {
        match self {
            Self::Fields => &[
                Column::Field,
                Column::Wire,
                Column::In,
                Column::Occurs,
                Column::Required,
                Column::Nillable,
                Column::Max,
                Column::Type,
                Column::Item,
                Column::Values,
                Column::Default,
                Column::Absent,
                Column::Secret,
                Column::Deprecated,
                Column::From,
                Column::Description,
                Column::Example,
            ],
            Self::Values => &[Column::Value, Column::Description],
            Self::Codes => &[Column::Code, Column::Description],
        }
    }

    fn required(self) -> &'static [Column] {
        match self {
            Self::Fields => &[Column::Field, Column::Type],
            Self::Values => &[Column::Value],
            Self::Codes => &[Column::Code],
        }
    }

    fn find(self, head: &str) -> Option<Column> {
        let head = head.to_lowercase();
        self.columns().iter().copied().find(|column| {
            column.name().to_lowercase() == head || column.synonyms().contains(&head.as_str())
        })
    }
}

/// The columns of one table, by position; `None` is not read.
#[derive(Debug)]
pub(super) struct Columns {
    positions: Vec<Option<Column>>,
    heads: Vec<Inlines>,
    /// The head, for what is said about a whole column.
    pub span: Span,
}

/// One row, by column.
#[derive(Debug)]
pub(super) struct Cells<'a> {
    row: &'a TableRow,
    columns: &'a Columns,
}

impl<'a> Cells<'a> {
    pub(super) fn get(&self, column: Column) -> Option<&'a Inlines> {
        let position = self
            .columns
            .positions
            .iter()
            .position(|&at| at == Some(column))?;
        self.row.cells.get(position)
    }

    /// All cells that mean something, each after the head of its column, whose footnotes hold for
    /// every row.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Column, &'a Inlines)> {
        let columns = self.columns.positions.iter().copied();
        columns
            .zip(self.columns.heads.iter().zip(&self.row.cells))
            .filter_map(|(column, (head, cell))| Some((column?, [head, cell])))
            .flat_map(|(column, cells)| cells.map(|cell| (column, cell)))
    }
}

impl Columns {
    /// Reads the head of `table`; `None` if nothing can be made of it.
    pub(super) fn of(
        table: &Table,
        kind: TableKind,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let heads: Vec<String> = table.head.cells.iter().map(Inlines::text).collect();
        let known: Vec<Option<Column>> = heads.iter().map(|head| kind.find(head)).collect();
        if known.iter().all(Option::is_none) {
            diagnostics.push(
                Diagnostic::error(
                    Code::MissingTableHead,
                    table.head.span,
                    "this table has no head: none of its first cells names a column",
                )
                .help(format!(
                    "put a row above it that names the columns: {}",
                    usual_head(kind)
                )),
            );
            return None;
        }
        let mut positions = Vec::new();
        for (at, (column, cell)) in known.into_iter().zip(&table.head.cells).enumerate() {
            let repeated = column.is_some() && positions.contains(&column);
            if repeated {
                duplicate(column, cell, table, &positions, diagnostics);
            } else if column.is_none() && !is_empty_column(table, at) {
                unknown(cell, kind, diagnostics);
            }
            positions.push(column.filter(|_| !repeated));
        }
        let columns = Self {
            positions,
            heads: table.head.cells.clone(),
            span: table.head.span,
        };
        columns.complete(kind, diagnostics).then_some(columns)
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.positions.contains(&Some(column))
    }

    fn complete(&self, kind: TableKind, diagnostics: &mut Diagnostics) -> bool {
        let mut complete = true;
        let mut missing = |name: &str, help: &str| {
            complete = false;
            diagnostics.push(
                Diagnostic::error(
                    Code::MissingColumn,
                    self.span,
                    format!("this table has no column `{name}`"),
                )
                .help(help),
            );
        };
        for &column in kind.required() {
            if !self.has(column) {
                missing(column.name(), &format!("add a column `{}`", column.name()));
            }
        }
        if kind == TableKind::Fields && !self.has(Column::Occurs) && !self.has(Column::Required) {
            missing(
                "Occurs",
                "add a column `Occurs` (`1`, `0..1`, `0..n`) or `Required` (`yes`, `no`)",
            );
        }
        complete
    }

    /// The rows that have as many cells as the head, and whether all have.
    pub(super) fn rows<'a>(
        &'a self,
        table: &'a Table,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<Cells<'a>>, bool) {
        let mut rows = Vec::new();
        for row in &table.rows {
            if row.written == self.positions.len() {
                rows.push(Cells { row, columns: self });
                continue;
            }
            let count = |cells: usize| match cells {
                1 => "1 cell".to_owned(),
                _ => format!("{cells} cells"),
            };
            let help = if row.written > self.positions.len() {
                "a `|` inside a cell is written `\\|`"
            } else {
                "a cell with nothing in it still needs its `|`"
            };
            diagnostics.push(
                Diagnostic::error(
                    Code::RaggedRow,
                    row.span,
                    format!(
                        "this row has {}, the head has {}",
                        count(row.written),
                        self.positions.len()
                    ),
                )
                .related(self.span, "the head")
                .help(help),
            );
        }
        let complete = rows.len() == table.rows.len();
        (rows, complete)
    }
}

fn usual_head(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Fields => "`| Field | Occurs | Nillable | Max | Type | Description |`",
        TableKind::Values => "`| Value | Description |`",
        TableKind::Codes => "`| Code | Description |`",
    }
}

/// Whether a column has no name and no content: pages end rows with an extra bar.
fn is_empty_column(table: &Table, at: usize) -> bool {
    let empty = |row: &TableRow| row.cells.get(at).is_none_or(|cell| cell.text().is_empty());
    empty(&table.head) && table.rows.iter().all(empty)
}

fn unknown(cell: &Inlines, kind: TableKind, diagnostics: &mut Diagnostics) {
    let name = cell.text();
    let names = kind
        .columns()
        .iter()
        .flat_map(|column| std::iter::once(column.name()).chain(column.synonyms().iter().copied()));
    let message = if name.is_empty() {
        "a column without a name".to_owned()
    } else {
        format!("no column is called `{name}`")
    };
    let columns: Vec<String> = kind
        .columns()
        .iter()
        .map(|column| format!("`{}`", column.name()))
        .collect();
    let help = match nearest(&name, names).and_then(|name| kind.find(name)) {
        Some(column) => format!("did you mean `{}`?", column.name()),
        None => format!("the columns are {}", columns.join(", ")),
    };
    diagnostics.push(Diagnostic::error(Code::UnknownColumn, cell.span, message).help(help));
}

fn duplicate(
    column: Option<Column>,
    cell: &Inlines,
    table: &Table,
    positions: &[Option<Column>],
    diagnostics: &mut Diagnostics,
) {
    let name = column.map_or("", Column::name);
    let mut diagnostic = Diagnostic::error(
        Code::DuplicateColumn,
        cell.span,
        format!("a second column that means `{name}`"),
    )
    .help("merge the two columns, or leave one out");
    let first = positions.iter().position(|&at| at == column);
    if let Some(first) = first.and_then(|at| table.head.cells.get(at)) {
        diagnostic = diagnostic.related(first.span, "the first");
    }
    diagnostics.push(diagnostic);
}
