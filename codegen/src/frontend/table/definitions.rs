//! What pages declare, tables read.

use std::collections::BTreeMap;

use super::Page;
use super::document::Located;
use super::faults;
use super::front_matter::Wire;
use super::operations;
use super::rows::{Owner, Rows, TableReader};
use super::rules::{PlacedRule, rules};
use super::types::{Kind, Names, is_text};
use crate::contract::{Builtin, EnumerationValue, FaultCode, Provenance};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Everything that the pages declare, in the order of the pages.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    pub names: Names,
    pub records: Vec<Record>,
    pub enumerations: Vec<Enumeration>,
    pub catalogues: Vec<Catalogue>,
    pub operations: Vec<OperationDefinition>,
}

/// `## Type`.
#[derive(Debug)]
pub(super) struct Record {
    pub name: Located<String>,
    pub rows: Rows,
    pub rules: Vec<PlacedRule>,
    pub documentation: Option<String>,
    pub provenance: Vec<Provenance>,
}

/// `## Enumeration`.
#[derive(Debug)]
pub(super) struct Enumeration {
    pub name: Located<String>,
    pub base: Builtin,
    pub values: Vec<EnumerationValue>,
    pub closed: bool,
    pub documentation: Option<String>,
    pub provenance: Vec<Provenance>,
}

/// `## Faults`.
#[derive(Debug)]
pub(super) struct Catalogue {
    pub name: Located<String>,
    pub codes: Vec<FaultCode>,
    pub documentation: Option<String>,
}

/// `## Operation`, its tables read.
#[derive(Debug)]
pub(super) struct OperationDefinition {
    pub name: Located<String>,
    pub request: Option<MessageDefinition>,
    pub response: Option<MessageDefinition>,
    pub codes: Vec<FaultCode>,
    pub documentation: Option<String>,
    pub provenance: Vec<Provenance>,
}

/// A request or response.
#[derive(Debug)]
pub(super) struct MessageDefinition {
    /// The wrapper elements, outermost first; at least one.
    pub path: Vec<Located<String>>,
    pub rows: Rows,
    pub rules: Vec<PlacedRule>,
    pub documentation: Option<String>,
    pub provenance: Vec<Provenance>,
    pub span: Span,
}

impl Definitions {
    /// The record of this name.
    pub(super) fn record(&self, name: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.name.value == name)
    }
}

/// Reads the tables of `pages`, of which the first is the one that was asked for.
pub(super) fn read(pages: &[Page], fragment: bool, diagnostics: &mut Diagnostics) -> Definitions {
    let mut definitions = Definitions {
        names: names(pages, diagnostics),
        ..Definitions::default()
    };
    let wire = pages.first().map_or(Wire::Soap11, |page| page.front.wire);
    let stated = pages
        .first()
        .is_some_and(|page| page.front.service.is_some() || !fragment);
    for page in pages {
        read_enumerations(page, &mut definitions, diagnostics);
        read_catalogues(page, &mut definitions, diagnostics);
        // Without a protocol nobody knows what lists look like: the including page's says it.
        if stated {
            read_types(page, wire, &mut definitions, diagnostics);
        } else {
            use_notes(page, diagnostics);
        }
    }
    if let Some(page) = pages.first() {
        operations::read(page, &mut definitions, diagnostics);
    }
    definitions
}

/// The names of types and enumerations.
fn names(pages: &[Page], diagnostics: &mut Diagnostics) -> Names {
    let mut names = Names::default();
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for page in pages {
        let types = page
            .outline
            .types
            .iter()
            .map(|section| (&section.name, None));
        let enumerations = page.outline.enumerations.iter().map(|section| {
            let base = enumeration_base(section.base.as_ref(), diagnostics);
            (&section.name, Some(base))
        });
        let mut declared: Vec<_> = types.collect();
        declared.extend(enumerations);
        for (name, base) in declared {
            if let Some(first) = first.get(name.value.as_str()) {
                diagnostics.push(
                    Diagnostic::error(
                        Code::DuplicateName,
                        name.span,
                        format!("a second type `{}`", name.value),
                    )
                    .related(*first, "the first")
                    .help("delete one of the two, or give one another name"),
                );
                continue;
            }
            first.insert(&name.value, name.span);
            match base {
                None => names
                    .records
                    .insert(name.value.clone(), name.span)
                    .map(|_| ()),
                Some(base) => names
                    .enumerations
                    .insert(name.value.clone(), (base, name.span))
                    .map(|_| ()),
            };
        }
    }
    names
}

fn enumeration_base(base: Option<&Located<String>>, diagnostics: &mut Diagnostics) -> Builtin {
    let Some(base) = base else {
        return Builtin::String;
    };
    match Names::default().notation(base) {
        Ok(notation) => match notation.kind {
            Kind::Builtin(builtin)
                if !notation.list && (is_text(builtin) || is_integer(builtin)) =>
            {
                builtin
            }
            _ => {
                diagnostics.push(
                    Diagnostic::error(
                        Code::UnknownType,
                        base.span,
                        format!("the values of an enumeration cannot be `{}`", base.value),
                    )
                    .help("write `string` or `int`, or nothing for `string`"),
                );
                Builtin::String
            }
        },
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            Builtin::String
        }
    }
}

fn is_integer(builtin: Builtin) -> bool {
    let mut at = builtin;
    while at != Builtin::Integer {
        if at.base() == at {
            return false;
        }
        at = at.base();
    }
    true
}

fn read_enumerations(page: &Page, definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    let notes = &page.outline.notes;
    for section in &page.outline.enumerations {
        let name = &section.name;
        let declared = definitions.names.enumerations.get(&name.value);
        let Some(&(base, _)) = declared.filter(|(_, span)| *span == name.span) else {
            continue;
        };
        let (values, mut provenance) = faults::values(&section.body, base, notes, diagnostics);
        if section.body.tables.is_empty() {
            missing_table(
                name,
                "an enumeration",
                "`| Value | Description |`",
                diagnostics,
            );
        }
        provenance.extend(notes.about(&section.heading, None, diagnostics));
        provenance.extend(section.body.provenance(notes, diagnostics));
        definitions.enumerations.push(Enumeration {
            name: name.clone(),
            base,
            values,
            closed: section.closed,
            documentation: section.body.documentation(),
            provenance,
        });
    }
}

fn read_catalogues(page: &Page, definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    let notes = &page.outline.notes;
    for section in &page.outline.catalogues {
        let name = &section.name;
        let first = definitions
            .catalogues
            .iter()
            .find(|other| other.name.value == name.value);
        if let Some(first) = first {
            diagnostics.push(
                Diagnostic::error(
                    Code::DuplicateName,
                    name.span,
                    format!("a second catalogue `{}`", name.value),
                )
                .related(first.name.span, "the first")
                .help("merge the two, or give one another name"),
            );
            continue;
        }
        if section.body.tables.is_empty() {
            missing_table(name, "a catalogue", "`| Code | Description |`", diagnostics);
        }
        section.body.provenance(notes, diagnostics);
        definitions.catalogues.push(Catalogue {
            name: name.clone(),
            codes: faults::codes(&section.body, notes, diagnostics),
            documentation: section.body.documentation(),
        });
    }
}

fn missing_table(name: &Located<String>, what: &str, head: &str, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::error(
            Code::MissingTableHead,
            name.span,
            format!("`{}` has no table", name.value),
        )
        .help(format!("{what} has a table {head}")),
    );
}

fn read_types(
    page: &Page,
    wire: Wire,
    definitions: &mut Definitions,
    diagnostics: &mut Diagnostics,
) {
    let notes = &page.outline.notes;
    for section in &page.outline.types {
        let name = &section.name;
        if definitions.names.records.get(&name.value) != Some(&name.span) {
            continue;
        }
        if section.body.tables.is_empty() && section.body.prose.iter().all(|p| !is_table(&p.text()))
        {
            missing_table(name, "a type", "`| Field | Occurs | Type | …`", diagnostics);
        }
        let rows = TableReader {
            wire,
            names: &definitions.names,
            notes,
            diagnostics,
        }
        .rows(&section.body.tables, Owner::Type);
        let rules = rules(&section.rules, &rows, notes, diagnostics);
        let mut provenance = notes.about(&section.heading, None, diagnostics);
        provenance.extend(section.body.provenance(notes, diagnostics));
        definitions.records.push(Record {
            name: name.clone(),
            rows,
            rules,
            documentation: section.body.documentation(),
            provenance,
        });
    }
}

/// Counts the notes of a page whose types are read with the page that includes it.
fn use_notes(page: &Page, diagnostics: &mut Diagnostics) {
    let notes = &page.outline.notes;
    for section in &page.outline.types {
        notes.about(&section.heading, None, diagnostics);
        section.body.provenance(notes, diagnostics);
        let cells = section.body.tables.iter().flat_map(|table| {
            let rows = std::iter::once(&table.head).chain(&table.rows);
            rows.flat_map(|row| &row.cells)
        });
        let items = section
            .rules
            .iter()
            .flat_map(|body| body.lists.iter().flatten());
        for inlines in cells.chain(items) {
            notes.about(inlines, None, diagnostics);
        }
    }
}

/// Whether a paragraph was meant to be a table; `sections` has reported it.
pub(super) fn is_table(text: &str) -> bool {
    text.starts_with('|') || text.matches('|').count() > 3
}
