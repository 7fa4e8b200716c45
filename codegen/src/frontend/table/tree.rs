//! Rows with paths to records in records.

use super::cells::Place;
use super::rows::{Owner, Row, Rows};
use super::types::Kind;
use crate::contract::folded;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// Puts each row into the container that its path names.
pub(super) fn build(
    flat: Vec<(Vec<String>, Row)>,
    owner: Owner<'_>,
    complete: bool,
    diagnostics: &mut Diagnostics,
) -> Rows {
    let mut rows = Rows {
        rows: Vec::new(),
        complete,
    };
    for (path, row) in flat {
        if !path.is_empty() && row.place.value != Place::Body {
            diagnostics.push(
                Diagnostic::error(
                    Code::InvalidLocation,
                    row.place.span,
                    "what stands inside a record travels with it",
                )
                .help("leave `In` empty, or write the name without a path"),
            );
        }
        if owner == Owner::Type && row.place.value != Place::Body {
            diagnostics.push(
                Diagnostic::error(
                    Code::InvalidLocation,
                    row.place.span,
                    "a field of a type travels where the type is used",
                )
                .help("put the row into the table of the request"),
            );
        }
        match container(&mut rows.rows, &path) {
            Ok(siblings) => insert(siblings, row, diagnostics),
            Err(missing) => {
                if complete {
                    let diagnostic = missing.diagnostic(&path, &row, owner);
                    diagnostics.push(diagnostic);
                }
                rows.complete = false;
            }
        }
    }
    if rows.complete {
        report_empty(&rows.rows, diagnostics);
    }
    rows
}

/// Why a container is not there.
enum Missing {
    /// No row has this name; these have.
    NoRow(usize, Vec<String>),
    /// The row is of a type that has no rows below.
    NoContainer(usize, Box<Row>),
}

/// The fields of the container at `path`.
fn container<'a>(mut rows: &'a mut Vec<Row>, path: &[String]) -> Result<&'a mut Vec<Row>, Missing> {
    let mut at = 0;
    while let Some(name) = path.get(at) {
        let Some(index) = rows
            .iter()
            .position(|row| row.name == *name || row.wire.value == *name)
        else {
            let known = rows.iter().map(|row| row.name.clone()).collect();
            return Err(Missing::NoRow(at, known));
        };
        let row = &mut rows[index];
        if row.notation.kind != Kind::Object {
            let mut row = row.clone();
            row.children.clear();
            return Err(Missing::NoContainer(at, Box::new(row)));
        }
        at += 1;
        // `messages/Message/code`: the item of a wrapped list may be spelt out.
        let item = row.item.as_ref().map(|item| item.value.as_str());
        if item.is_some() && path.get(at).map(String::as_str) == item {
            at += 1;
        }
        rows = &mut row.children;
    }
    Ok(rows)
}

impl Missing {
    fn diagnostic(self, path: &[String], row: &Row, owner: Owner<'_>) -> Diagnostic {
        match self {
            Self::NoRow(at, known) => {
                let name = &path[at];
                let parent = path[..=at].join("/");
                let diagnostic = Diagnostic::error(
                    Code::MissingParent,
                    row.span,
                    format!("no row before this one is called `{parent}`"),
                );
                let wrapped = matches!(owner, Owner::Message(wrapper)
                    if at == 0 && wrapper.iter().any(|element| element.value == *name));
                if wrapped {
                    let mut rest = path[1..].to_vec();
                    rest.push(row.name.clone());
                    return diagnostic.help(format!(
                        "paths begin below the element of the heading: write `{}`",
                        rest.join("/")
                    ));
                }
                match nearest(name, known.iter().map(String::as_str)) {
                    Some(known) => diagnostic.help(format!("did you mean `{known}`?")),
                    None => diagnostic
                        .help(format!("add a row `{parent}` of type `object` before this one")),
                }
            }
            Self::NoContainer(at, parent) => Diagnostic::error(
                Code::MissingParent,
                row.span,
                format!("`{}` is no container", path[..=at].join("/")),
            )
            .related(parent.span, "declared here")
            .help("give it the type `object` (or `object[]`), or declare a type and add this row there"),
        }
    }
}

fn insert(siblings: &mut Vec<Row>, row: Row, diagnostics: &mut Diagnostics) {
    let same_place = |other: &&Row| {
        (other.place.value == Place::SoapHeader) == (row.place.value == Place::SoapHeader)
    };
    let twin = siblings
        .iter()
        .filter(same_place)
        .find(|other| other.wire.value == row.wire.value && other.place.value == row.place.value);
    if let Some(first) = twin {
        let help = if first.name == row.name {
            "delete one of the two rows"
        } else {
            "say in the column `Wire` what each is called in messages"
        };
        diagnostics.push(
            Diagnostic::error(
                Code::DuplicateField,
                row.wire.span,
                format!("a second field `{}`", row.wire.value),
            )
            .related(first.wire.span, "the first")
            .help(help),
        );
        return;
    }
    let clash = siblings
        .iter()
        .filter(same_place)
        .find(|other| are_one_in_rust(&other.wire.value, &row.wire.value));
    if let Some(first) = clash {
        diagnostics.push(
            Diagnostic::error(
                Code::NameClash,
                row.wire.span,
                format!(
                    "`{}` and `{}` are one name but for case and punctuation",
                    first.wire.value, row.wire.value
                ),
            )
            .related(first.wire.span, "the other")
            .help(
                "a page with both means one of them: look at an example, and keep the one that is \
                 sent",
            ),
        );
    }
    siblings.push(row);
}

/// Whether two names are one without what Rust's casing takes away.
pub(super) fn are_one_in_rust(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

fn report_empty(rows: &[Row], diagnostics: &mut Diagnostics) {
    for row in rows {
        if row.notation.kind == Kind::Object && row.children.is_empty() {
            diagnostics.push(
                Diagnostic::error(
                    Code::MissingParent,
                    row.span,
                    format!("`{}` is an object without fields", row.name),
                )
                .help(format!(
                    "add rows `{}/…` below, or give it a declared type",
                    row.name
                )),
            );
        }
        report_empty(&row.children, diagnostics);
    }
}

#[cfg(test)]
mod tests {
    use super::are_one_in_rust;

    #[test]
    fn case_and_punctuation_do_not_tell_names_apart() {
        assert!(are_one_in_rust("CorrelationId", "CorrelationID"));
        assert!(are_one_in_rust("invoice_url", "InvoiceURL"));
        assert!(!are_one_in_rust("accountNumber", "accountNumbers"));
    }
}
