//! Tables of error codes and of values.

use super::columns::{Column, Columns, TableKind};
use super::document::{Inlines, Located, Table};
use super::notes::Notes;
use super::outline::Body;
use super::types::is_value;
use crate::contract::{Builtin, EnumerationValue, FaultCode, Provenance};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The codes in the tables of `body`.
pub(super) fn codes(body: &Body, notes: &Notes, diagnostics: &mut Diagnostics) -> Vec<FaultCode> {
    let mut codes: Vec<FaultCode> = Vec::new();
    for table in &body.tables {
        for (value, documentation, _) in pairs(table, TableKind::Codes, notes, diagnostics) {
            if let Some(fault) = code_fault(&value) {
                diagnostics.push(fault);
                continue;
            }
            if let Some(first) = codes.iter().find(|code| code.value == value.value) {
                diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidFaultCode,
                        value.span,
                        format!("a second row for the code `{}`", value.value),
                    )
                    .related(first.span, "the first")
                    .help("delete one of the two rows"),
                );
                continue;
            }
            codes.push(FaultCode {
                value: value.value,
                documentation,
                span: value.span,
            });
        }
    }
    codes
}

fn code_fault(code: &Located<String>) -> Option<Diagnostic> {
    let (message, help) = if code.value.is_empty() {
        (
            "this row has no code".to_owned(),
            "write the code, or delete the row".to_owned(),
        )
    } else if code.value.contains([',', ';']) {
        (
            format!("`{}` is more than one code", code.value),
            "write a row for each".to_owned(),
        )
    } else if code.value.contains(char::is_whitespace) {
        let mended: String = code.value.split_whitespace().collect();
        (
            format!("the code `{}` has a blank in it", code.value),
            format!("codes have none: `{mended}`?"),
        )
    } else {
        return None;
    };
    Some(Diagnostic::error(Code::InvalidFaultCode, code.span, message).help(help))
}

/// The values in the tables of `body`, of type `base`, with what the footnotes say of them.
pub(super) fn values(
    body: &Body,
    base: Builtin,
    notes: &Notes,
    diagnostics: &mut Diagnostics,
) -> (Vec<EnumerationValue>, Vec<Provenance>) {
    let mut values: Vec<(EnumerationValue, Located<String>)> = Vec::new();
    let mut statements = Vec::new();
    for table in &body.tables {
        for (value, documentation, provenance) in
            pairs(table, TableKind::Values, notes, diagnostics)
        {
            if !is_value(base, &value.value) {
                diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidCell,
                        value.span,
                        format!("`{}` is no value of `{}`", value.value, base.name()),
                    )
                    .help("write a value of the type that the heading names"),
                );
                continue;
            }
            let first = values.iter().find(|(other, _)| other.value == value.value);
            if let Some((_, first)) = first {
                diagnostics.push(
                    Diagnostic::error(
                        Code::DuplicateName,
                        value.span,
                        format!("a second row for the value `{}`", value.value),
                    )
                    .related(first.span, "the first")
                    .help("delete one of the two rows"),
                );
                continue;
            }
            statements.extend(provenance);
            let entry = EnumerationValue {
                value: value.value.clone(),
                documentation,
                deprecated: None,
            };
            values.push((entry, value));
        }
    }
    (
        values.into_iter().map(|(value, _)| value).collect(),
        statements,
    )
}

type Pair = (Located<String>, Option<String>, Vec<Provenance>);

/// The rows of a table of two columns.
fn pairs(
    table: &Table,
    kind: TableKind,
    notes: &Notes,
    diagnostics: &mut Diagnostics,
) -> Vec<Pair> {
    let Some(columns) = Columns::of(table, kind, diagnostics) else {
        return Vec::new();
    };
    let key = match kind {
        TableKind::Codes => Column::Code,
        _ => Column::Value,
    };
    let (rows, _) = columns.rows(table, diagnostics);
    let mut pairs = Vec::new();
    for cells in rows {
        let Some(cell) = cells.get(key) else { continue };
        let value = cell.located();
        let provenance = cells
            .iter()
            .flat_map(|(_, cell)| notes.about(cell, Some(value.value.as_str()), diagnostics))
            .collect();
        let documentation = cells
            .get(Column::Description)
            .map(Inlines::text)
            .filter(|text| !text.is_empty() && text != "-");
        pairs.push((value, documentation, provenance));
    }
    pairs
}
