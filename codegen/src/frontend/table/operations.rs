//! Operations, their tables read.

use super::Page;
use super::definitions::{Definitions, MessageDefinition, OperationDefinition, is_table};
use super::document::Located;
use super::faults;
use super::front_matter::Wire;
use super::outline::{Body, MessageSection, OperationSection};
use super::rows::{Owner, TableReader};
use super::rules::rules;
use super::sections::split_path;
use super::tree::are_one_in_rust;
use super::types::Names;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Reads the operations of `page`.
pub(super) fn read(page: &Page, definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    for section in &page.outline.operations {
        let name = &section.name;
        let first = definitions
            .operations
            .iter()
            .find(|other| are_one_in_rust(&other.name.value, &name.value));
        if let Some(first) = first {
            let same = first.name.value == name.value;
            let (code, message) = if same {
                (
                    Code::DuplicateName,
                    format!("a second operation `{}`", name.value),
                )
            } else {
                (
                    Code::NameClash,
                    format!(
                        "`{}` and `{}` are one name but for case and punctuation",
                        first.name.value, name.value
                    ),
                )
            };
            diagnostics.push(
                Diagnostic::error(code, name.span, message)
                    .related(first.name.span, "the first")
                    .help("delete one of the two, or mend its name"),
            );
            continue;
        }
        let operation = operation(page, section, &definitions.names, diagnostics);
        definitions.operations.push(operation);
    }
}

fn operation(
    page: &Page,
    section: &OperationSection,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> OperationDefinition {
    let notes = &page.outline.notes;
    let facts = page.front.operations.get(&section.name.value);
    let request = Stated {
        what: "Request",
        section: section.request.as_ref(),
        fact: facts.and_then(|facts| facts.request.as_ref()),
        rules: &section.rules,
    };
    let request = message(page, &section.name, request, names, diagnostics);
    let response = Stated {
        what: "Response",
        section: section.response.as_ref(),
        fact: facts.and_then(|facts| facts.response.as_ref()),
        rules: &[],
    };
    let response = message(page, &section.name, response, names, diagnostics);
    let mut provenance = notes.about(&section.heading, None, diagnostics);
    provenance.extend(section.body.provenance(notes, diagnostics));
    let codes = section
        .faults
        .as_ref()
        .map_or_else(Vec::new, |(heading, body)| {
            provenance.extend(notes.about(heading, Some("faults"), diagnostics));
            provenance.extend(body.provenance(notes, diagnostics));
            faults::codes(body, notes, diagnostics)
        });
    OperationDefinition {
        name: section.name.clone(),
        request,
        response,
        codes,
        documentation: section.body.documentation(),
        provenance,
    }
}

/// What a page says of one message of an operation.
struct Stated<'a> {
    /// `Request` or `Response`.
    what: &'static str,
    section: Option<&'a MessageSection>,
    /// Its elements, where the front matter names them.
    fact: Option<&'a Located<String>>,
    rules: &'a [Body],
}

fn message(
    page: &Page,
    name: &Located<String>,
    stated: Stated<'_>,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Option<MessageDefinition> {
    let notes = &page.outline.notes;
    let Stated {
        what,
        section,
        fact,
        rules: bodies,
    } = stated;
    let Some(section) = section else {
        diagnostics.push(
            Diagnostic::error(
                Code::MissingMessage,
                name.span,
                format!("`{}` has no {}", name.value, what.to_lowercase()),
            )
            .help(format!(
                "add ``### {what} `{}{what}` `` and its table, or below it the words \"No fields.\"",
                name.value
            )),
        );
        return None;
    };
    let path = wrapper(section, fact, page.front.wire, name, what, diagnostics);
    let body = &section.body;
    if body.tables.is_empty() && !body.prose.iter().any(|prose| says_none(&prose.text())) {
        diagnostics.push(
            Diagnostic::error(
                Code::MissingTableHead,
                section.heading.span,
                format!("this {} has no table", what.to_lowercase()),
            )
            .help("add one, or, if it has no fields, the words \"No fields.\""),
        );
    }
    let rows = TableReader {
        wire: page.front.wire,
        names,
        notes,
        diagnostics,
    }
    .rows(&body.tables, Owner::Message(&path));
    let rules = rules(bodies, &rows, notes, diagnostics);
    let mut provenance = notes.about(&section.heading, None, diagnostics);
    provenance.extend(body.provenance(notes, diagnostics));
    Some(MessageDefinition {
        path,
        rows,
        rules,
        documentation: body.documentation(),
        provenance,
        span: section.heading.span,
    })
}

/// Whether prose says that there is no table, or is a table that Markdown does not know.
fn says_none(text: &str) -> bool {
    text.to_lowercase().starts_with("no fields") || is_table(text)
}

/// The wrapper elements, from the heading or the front matter.
fn wrapper(
    section: &MessageSection,
    fact: Option<&Located<String>>,
    wire: Wire,
    operation: &Located<String>,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<Located<String>> {
    let stated = fact.map(split_path);
    let path = match (section.path.is_empty(), stated) {
        (false, None) => section.path.clone(),
        (true, Some(path)) => path,
        (false, Some(path)) => {
            let differ = section
                .path
                .iter()
                .map(|element| &element.value)
                .ne(path.iter().map(|element| &element.value));
            if let (true, Some(fact), Some(heading)) = (differ, fact, section.path.first()) {
                diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidValue,
                        fact.span,
                        format!("the heading of this {} says otherwise", what.to_lowercase()),
                    )
                    .related(heading.span, "the heading")
                    .help("say it in one of the two places"),
                );
            }
            section.path.clone()
        }
        (true, None) => {
            diagnostics.push(
                Diagnostic::error(
                    Code::MissingMessage,
                    section.heading.span,
                    format!("this {} has no name", what.to_lowercase()),
                )
                .help(format!(
                    "name its element in backquotes: ``### {what} `{}{what}` ``",
                    operation.value
                )),
            );
            vec![Located::new(
                format!("{}{what}", operation.value),
                section.heading.span,
            )]
        }
    };
    if let (Wire::Json, [_, second, ..]) = (wire, path.as_slice()) {
        diagnostics.push(
            Diagnostic::error(
                Code::InvalidValue,
                second.span,
                "JSON bodies have no elements around them",
            )
            .help("write one name"),
        );
    }
    for element in &path {
        if let Some(fault) = super::cells::name_fault(&element.value, element.span, true) {
            diagnostics.push(fault);
        }
    }
    path
}
