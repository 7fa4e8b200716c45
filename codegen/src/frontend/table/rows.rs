//! Rows of a field table to fields.

use super::cells::{self, Place};
use super::columns::{Cells, Column, Columns, TableKind};
use super::document::{Located, Table};
use super::front_matter::Wire;
use super::maximum::Maximum;
use super::notes::{Notes, unknown_witness, witnesses};
use super::tree;
use super::types::{Kind, Names, Notation, is_value};
use crate::contract::{Absence, Occurs, Provenance, Witness};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// A field, with the fields in it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The name in the documentation, without the containers that it stands in.
    pub name: String,
    pub wire: Located<String>,
    pub place: Located<Place>,
    pub occurs: Occurs,
    pub nillable: bool,
    pub maximum: Maximum,
    pub notation: Notation,
    /// The name of the items of a wrapped list.
    pub item: Option<Located<String>>,
    pub values: Vec<String>,
    pub default: Option<String>,
    pub absence: Absence,
    pub secret: bool,
    pub deprecated: Option<String>,
    pub provenance: Vec<Provenance>,
    /// Whether a message on the wire or an example shows the field.
    pub shown: bool,
    pub documentation: Option<String>,
    pub children: Vec<Row>,
    /// The cell with the name.
    pub span: Span,
}

/// The fields of one record.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub rows: Vec<Row>,
    /// Whether every row of the tables could be read; else what is missing is not reported.
    pub complete: bool,
}

/// What tables are read with.
pub(super) struct TableReader<'a> {
    pub wire: Wire,
    pub names: &'a Names,
    pub notes: &'a Notes,
    pub diagnostics: &'a mut Diagnostics,
}

/// What a table describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner<'a> {
    /// A request or response, below these wrapper elements.
    Message(&'a [Located<String>]),
    Type,
}

impl TableReader<'_> {
    /// The fields of `tables`, one after the other.
    pub(super) fn rows(&mut self, tables: &[Table], owner: Owner<'_>) -> Rows {
        let mut flat = Vec::new();
        let mut complete = true;
        for table in tables {
            let Some(columns) = Columns::of(table, TableKind::Fields, self.diagnostics) else {
                complete = false;
                continue;
            };
            let (rows, all) = columns.rows(table, self.diagnostics);
            complete &= all;
            for cells in rows {
                match self.row(&cells, &columns) {
                    Some(row) => flat.push(row),
                    None => complete = false,
                }
            }
        }
        let mut rows = tree::build(flat, owner, complete, self.diagnostics);
        if self.wire != Wire::Json {
            self.item_names(&mut rows.rows);
        }
        rows
    }

    /// One row, with the path that its name cell holds; `None` if it has no name that can be used.
    fn row(&mut self, cells: &Cells<'_>, columns: &Columns) -> Option<(Vec<String>, Row)> {
        let soap = self.wire != Wire::Json;
        let field = cells.get(Column::Field)?.located();
        // First, so that the footnotes of a row that cannot be used are not unused too.
        let (provenance, shown) = self.provenance(cells, field.span);
        let mut path = self.path(&field)?;
        let name = path.pop()?;
        let wire = self.text(cells, Column::Wire);
        let wire = match wire.filter(|wire| !wire.value.is_empty()) {
            Some(wire) => wire,
            None => Located::new(name.clone(), field.span),
        };
        let place = self
            .read(cells, Column::In, cells::place)
            .unwrap_or(Place::Body);
        let place_span = cells.get(Column::In).map_or(field.span, |cell| cell.span);
        if place == Place::HttpHeader {
            if wire.value.is_empty() || !wire.value.bytes().all(super::front_matter::is_token) {
                self.error(
                    Code::InvalidCell,
                    wire.span,
                    format!("`{}` cannot be the name of an HTTP header", wire.value),
                    "a header's name has letters, digits and `-`",
                );
                return None;
            }
        } else if let Some(fault) = cells::name_fault(&wire.value, wire.span, soap) {
            self.diagnostics.push(fault);
            return None;
        }
        let notation = self
            .text(cells, Column::Type)
            .map_or_else(|| Ok(string()), |cell| self.names.notation(&cell));
        let (notation, typed) = match notation {
            Ok(notation) => (notation, true),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                (string(), false)
            }
        };
        let (occurs, occurs_span) = self.occurs(cells, columns, field.span);
        let nillable = cells
            .get(Column::Nillable)
            .filter(|cell| !cell.text().is_empty())
            .and_then(|_| {
                self.read(cells, Column::Nillable, |cell| {
                    cells::flag(cell, "whether this may be nil")
                })
            })
            .unwrap_or(false);
        let notation_known = typed.then_some(&notation);
        let maximum = self
            .read(cells, Column::Max, |cell| match notation_known {
                Some(notation) => Maximum::read(cell, notation),
                None => Ok(Maximum::Unstated),
            })
            .unwrap_or_default();
        let absence = self
            .read(cells, Column::Absent, cells::absence)
            .unwrap_or_default();
        let (notation, values) = self.values(cells, notation);
        let secret = self.mark(cells, Column::Secret);
        let row = Row {
            name,
            place: Located::new(place, place_span),
            occurs,
            nillable,
            maximum,
            // Where nobody knows the type, nobody knows whether there are items.
            item: typed.then(|| self.item(cells, &notation)).flatten(),
            default: self.default(cells, &notation),
            values,
            absence,
            secret,
            deprecated: self
                .text(cells, Column::Deprecated)
                .map(|cell| cell.value)
                .filter(|text| !text.is_empty() && text != "-"),
            provenance,
            shown,
            documentation: documentation(cells, secret),
            children: Vec::new(),
            span: field.span,
            wire,
            notation,
        };
        self.check_absence(&row, cells);
        self.check_place(&row);
        self.check_repetition(&row, occurs_span);
        Some((path, row))
    }

    /// The containers in a name, and the name itself.
    fn path(&mut self, field: &Located<String>) -> Option<Vec<String>> {
        /// As deep as readers of messages follow.
        const DEEPEST: usize = 50;
        let segments: Vec<&str> = field.value.split('/').collect();
        if segments.len() > 1 {
            let blank = segments
                .iter()
                .find(|segment| segment.is_empty() || segment.contains(char::is_whitespace));
            if blank.is_some() {
                let mended: Vec<String> = segments
                    .iter()
                    .map(|segment| segment.split_whitespace().collect::<String>())
                    .filter(|segment| !segment.is_empty())
                    .collect();
                self.error(
                    Code::InvalidCell,
                    field.span,
                    format!("the path `{}` has a blank in it", field.value),
                    format!("write `{}`", mended.join("/")),
                );
                return None;
            }
        }
        if segments.len() > DEEPEST {
            self.error(
                Code::LimitExceeded,
                field.span,
                format!("a path of {} names; the limit is {DEEPEST}", segments.len()),
                "declare a type for the inner part",
            );
            return None;
        }
        Some(segments.into_iter().map(str::to_owned).collect())
    }

    fn occurs(&mut self, cells: &Cells<'_>, columns: &Columns, name: Span) -> (Occurs, Span) {
        let cell = |column| cells.get(column).map(|cell| cell.located());
        let required = if columns.has(Column::Required) {
            self.read(cells, Column::Required, |cell| {
                cells::flag(cell, "whether this is required")
            })
        } else {
            None
        };
        let from_required = |required: Option<bool>| match required {
            Some(true) | None => Occurs::ONCE,
            Some(false) => Occurs::OPTIONAL,
        };
        if !columns.has(Column::Occurs) {
            let span = cell(Column::Required).map_or(name, |cell| cell.span);
            return (from_required(required), span);
        }
        let span = cell(Column::Occurs).map_or(name, |cell| cell.span);
        let Some(occurs) = self.read(cells, Column::Occurs, cells::occurs) else {
            return (from_required(required), span);
        };
        if let (Some(required), Some(flag)) = (required, cell(Column::Required))
            && required != (occurs.min > 0)
        {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::ContradictoryOccurrence,
                    span,
                    format!("`{}` does not go with `{}`", occurs, flag.value),
                )
                .related(flag.span, "whether it is required")
                .help(if required {
                    "write `1` or `no`; one of the two columns is enough"
                } else {
                    "write `0..1` or `yes`; one of the two columns is enough"
                }),
            );
        }
        (occurs, span)
    }

    /// The values of an enumeration, or the enumeration that the cell names.
    fn values(&mut self, cells: &Cells<'_>, notation: Notation) -> (Notation, Vec<String>) {
        let Some(cell) = self.text(cells, Column::Values) else {
            return (notation, Vec::new());
        };
        if cell.value.is_empty() || cell.value == "-" {
            return (notation, Vec::new());
        }
        if let Some((base, _)) = self.names.enumerations.get(&cell.value) {
            match &notation.kind {
                Kind::Builtin(builtin) if builtin == base => {}
                Kind::Enumeration(name) if *name == cell.value => {}
                _ => self.error(
                    Code::InvalidCell,
                    cell.span,
                    format!("the values of `{}` are of another type", cell.value),
                    format!(
                        "`{}` is of type `{}`: write that, or leave one out",
                        cell.value,
                        base.name()
                    ),
                ),
            }
            let kind = Kind::Enumeration(cell.value);
            return (Notation { kind, ..notation }, Vec::new());
        }
        let Kind::Builtin(builtin) = notation.kind else {
            self.error(
                Code::InvalidCell,
                cell.span,
                "only a built-in type has values listed",
                "leave `Values` empty, or write `string` as the type",
            );
            return (notation, Vec::new());
        };
        let mut values: Vec<String> = Vec::new();
        for value in cell.value.split(';').map(str::trim) {
            let fault = if value.is_empty() {
                Some("an empty value in the list".to_owned())
            } else if values.iter().any(|other| other == value) {
                Some(format!("`{value}` is listed twice"))
            } else if !is_value(builtin, value) {
                Some(format!("`{value}` is no value of `{}`", builtin.name()))
            } else {
                None
            };
            match fault {
                Some(message) => self.error(
                    Code::InvalidCell,
                    cell.span,
                    message,
                    "write the values separated by `;`: `A; B; C`",
                ),
                None => values.push(value.to_owned()),
            }
        }
        (notation, values)
    }

    fn item(&mut self, cells: &Cells<'_>, notation: &Notation) -> Option<Located<String>> {
        let cell = self.text(cells, Column::Item)?;
        if cell.value.is_empty() || cell.value == "-" {
            return None;
        }
        if !notation.list || self.wire == Wire::Json {
            let (message, help) = if notation.list {
                (
                    "the items of a JSON array have no name".to_owned(),
                    "leave `Item` empty".to_owned(),
                )
            } else {
                (
                    "only the items of a list have a name".to_owned(),
                    "leave `Item` empty, or write the type as a list: `T[]`".to_owned(),
                )
            };
            self.error(Code::InvalidCell, cell.span, message, help);
            return None;
        }
        if let Some(fault) = cells::name_fault(&cell.value, cell.span, true) {
            self.diagnostics.push(fault);
            return None;
        }
        Some(cell)
    }

    fn default(&mut self, cells: &Cells<'_>, notation: &Notation) -> Option<String> {
        let cell = self.text(cells, Column::Default)?;
        if ["", "-", "?"].contains(&cell.value.as_str()) {
            return None;
        }
        let fault = match &notation.kind {
            _ if notation.list => Some("a list has no default".to_owned()),
            Kind::Object | Kind::Record(_) => Some("a record has no default".to_owned()),
            Kind::Builtin(builtin) if !is_value(*builtin, &cell.value) => Some(format!(
                "`{}` is no value of `{}`",
                cell.value,
                builtin.name()
            )),
            Kind::Builtin(_) | Kind::Enumeration(_) => None,
        };
        if let Some(message) = fault {
            self.error(
                Code::InvalidCell,
                cell.span,
                message,
                "write a value of the field's type, `-` (none) or `?` (nobody knows)",
            );
            return None;
        }
        Some(cell.value)
    }

    /// The witnesses of a row, the footnotes of its cells, and whether a message shows it.
    fn provenance(&mut self, cells: &Cells<'_>, name: Span) -> (Vec<Provenance>, bool) {
        let (from, span) = match cells.get(Column::From).map(|cell| cell.located()) {
            Some(cell) if !cell.value.is_empty() => {
                let read = witnesses(&cell.value).map_err(str::to_owned);
                match read {
                    Ok(witnesses) => (witnesses, cell.span),
                    Err(unknown) => {
                        self.diagnostics.push(unknown_witness(&unknown, cell.span));
                        (vec![Witness::Page], cell.span)
                    }
                }
            }
            _ => (vec![Witness::Page], name),
        };
        let mut provenance: Vec<Provenance> = from
            .iter()
            .map(|&witness| Provenance {
                witness,
                fact: None,
                reason: None,
                remove_when: None,
                span,
            })
            .collect();
        let mut reasoned = false;
        for (column, cell) in cells.iter() {
            let fact = column.name().to_lowercase();
            let fact = (column != Column::From).then_some(fact.as_str());
            let noted = self.notes.about(cell, fact, self.diagnostics);
            reasoned |= noted
                .iter()
                .any(|note| note.witness == Witness::Override && note.reason.is_some());
            provenance.extend(noted);
        }
        if from.contains(&Witness::Override) && !reasoned {
            self.error(
                Code::InvalidCell,
                span,
                "an override without a reason",
                "add a footnote: `override[^id]`, and `[^id]: override: reason. Remove when …`",
            );
        }
        let shown = from
            .iter()
            .any(|witness| matches!(witness, Witness::Wire | Witness::Example));
        (provenance, shown)
    }

    /// Whether a cell marks the row; an empty one does not.
    fn mark(&mut self, cells: &Cells<'_>, column: Column) -> bool {
        let empty = cells.get(column).is_none_or(|cell| cell.text().is_empty());
        !empty
            && self
                .read(cells, column, |cell| {
                    cells::flag(cell, "whether this is secret")
                })
                .unwrap_or(false)
    }

    fn text(&self, cells: &Cells<'_>, column: Column) -> Option<Located<String>> {
        cells.get(column).map(|cell| cell.located())
    }

    fn read<T>(
        &mut self,
        cells: &Cells<'_>,
        column: Column,
        read: impl FnOnce(&Located<String>) -> Result<T, Box<Diagnostic>>,
    ) -> Option<T> {
        let cell = self.text(cells, column)?;
        match read(&cell) {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }

    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics
            .push(Diagnostic::error(code, span, message).help(help));
    }
}

fn string() -> Notation {
    Notation {
        kind: Kind::Builtin(crate::contract::Builtin::String),
        list: false,
    }
}

/// The description, with the example that the table gives.
fn documentation(cells: &Cells<'_>, secret: bool) -> Option<String> {
    let text = |column| {
        cells
            .get(column)
            .map(|cell| cell.text())
            .filter(|text| !text.is_empty() && text != "-")
    };
    let example = text(Column::Example).filter(|_| !secret);
    match (text(Column::Description), example) {
        (Some(description), Some(example)) => Some(format!("{description}\n\nExample: {example}")),
        (None, Some(example)) => Some(format!("Example: {example}")),
        (description, None) => description,
    }
}
