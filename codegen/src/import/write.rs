//! The descriptor: what was understood, in the format of `docs/field-tables.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::description::*;
use super::notation::prose::{capitalised, reduced};
use super::notation::types::Base;
use super::notation::values::Value;
use crate::contract::Witness;
use crate::output::toml_string;

mod front_matter;
mod table;

pub(crate) use front_matter::numbered;
use table::Notes;

/// A page that the facts are from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSource {
    /// Where the page was, if that is known.
    pub url: Option<String>,
    /// When it was saved, as a date.
    pub retrieved: Option<String>,
    /// The hash of its bytes.
    pub sha256: String,
    /// The copy beside the descriptor.
    pub vendored: Option<String>,
    /// Its language, as far as its words say.
    pub language: Option<String>,
}

/// Writes the descriptor of a service.
pub(crate) fn descriptor(service: &Service, sources: &[PageSource]) -> String {
    let mut writer = Writer {
        service,
        text: String::new(),
        notes: Notes::default(),
        enumerations: BTreeMap::new(),
    };
    writer.collect_enumerations();
    writer.front_matter(sources);
    writer.body();
    writer.text
}

struct Writer<'a> {
    service: &'a Service,
    text: String,
    notes: Notes,
    /// Values with meanings, by the name that they get.
    enumerations: BTreeMap<String, Enumerated>,
}

/// Values that get a table of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Enumerated {
    /// The descriptor's word for their type.
    base: &'static str,
    values: Vec<Value>,
}

/// A value of TOML, or `?`.
fn known(value: Option<&str>) -> String {
    toml_string(value.unwrap_or("?"))
}

impl Writer<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    fn body(&mut self) {
        let title = match &self.service.title {
            title if title.is_empty() => self
                .service
                .name
                .value
                .clone()
                .unwrap_or_else(|| "?".to_owned()),
            title => title.clone(),
        };
        self.line(format!("\n# {}", one_line(&title)));
        let service = self.service;
        for operation in &service.operations {
            self.operation(operation);
        }
        for table in &service.types {
            self.line(format!(
                "\n## Type `{}`\n",
                table.name.value.as_deref().unwrap_or("?")
            ));
            let record = self.table(&table.record, false);
            self.text.push_str(&record);
            self.write_notes();
        }
        let enumerations = std::mem::take(&mut self.enumerations);
        for (name, enumerated) in &enumerations {
            self.values(name, enumerated.base, &enumerated.values);
        }
        for enumeration in &service.enumerations {
            if let Some(name) = enumeration
                .name
                .value
                .as_deref()
                .filter(|name| !enumerations.contains_key(*name))
            {
                self.values(name, "string", &enumeration.values);
            }
        }
        let codes: Vec<&ErrorCode> = { service.operations.iter() }
            .flat_map(|operation| &operation.faults)
            .chain(&service.catalogue)
            .collect();
        if !codes.is_empty() {
            let mut known: Vec<&str> = Vec::new();
            let mut rows = vec![vec!["Code".to_owned(), "Description".to_owned()]];
            for code in codes {
                if !known.contains(&code.code.as_str()) {
                    known.push(&code.code);
                    rows.push(vec![cell(&code.code), cell(&reduced(&code.meaning))]);
                }
            }
            self.line("\n## Faults `ErrorCode`\n");
            self.text.push_str(&table::render(&rows));
        }
    }

    fn values(&mut self, name: &str, base: &str, values: &[Value]) {
        let mut rows = vec![vec!["Value".to_owned(), "Description".to_owned()]];
        rows.extend(
            values
                .iter()
                .map(|value| vec![cell(&value.value), cell(&reduced(&value.meaning))]),
        );
        let of = match base {
            "string" => String::new(),
            base => format!(" of `{base}`"),
        };
        self.line(format!("\n## Enumeration `{name}`{of}\n"));
        self.text.push_str(&table::render(&rows));
    }

    fn operation(&mut self, operation: &Operation) {
        let name = operation.name.value.as_deref().unwrap_or("?");
        let note = (operation.name.confidence == Confidence::Guess).then(|| {
            self.notes.add(
                "name",
                operation.name.witness,
                operation.name.reason.as_deref(),
            )
        });
        self.line(format!("\n## {name}"));
        let mut prose = reduced(&operation.prose);
        if let Some(note) = note {
            let _ = write!(
                prose,
                "{}The name of this operation is a guess.{note}",
                if prose.is_empty() { "" } else { " " }
            );
        }
        if !prose.is_empty() {
            self.line(format!("\n{prose}"));
        }
        let empty = Message {
            wrapper: Fact::unknown(operation.span),
            record: Record::default(),
            described: false,
        };
        let request = operation.request.as_ref().unwrap_or(&empty);
        self.message("Request", request, operation.request.is_some());
        if !operation.rules.is_empty() {
            self.line("\n### Rules\n");
            for rule in &operation.rules {
                let quoted: Vec<String> = rule
                    .members
                    .iter()
                    .map(|member| format!("`{member}`"))
                    .collect();
                let note = self.notes.add("rule", Witness::Inferred, Some("offered by the import from a sentence of the page; confirm it or delete it"));
                let words = match rule.kind {
                    RuleKind::ExactlyOne => format!("exactly one of {}", quoted.join(", ")),
                    RuleKind::AtLeastOne => format!("at least one of {}", quoted.join(", ")),
                    RuleKind::Requires => {
                        format!("{} requires {}", quoted[0], quoted[1..].join(", "))
                    }
                };
                self.line(format!("- {words}{note}"));
            }
            self.write_notes();
        }
        let response = operation.response.as_ref().unwrap_or(&empty);
        self.message("Response", response, operation.response.is_some());
        if !operation.faults.is_empty() {
            let mut rows = vec![vec!["Code".to_owned(), "Description".to_owned()]];
            rows.extend(
                operation
                    .faults
                    .iter()
                    .map(|code| vec![cell(&code.code), cell(&reduced(&code.meaning))]),
            );
            self.line("\n### Faults\n");
            self.text.push_str(&table::render(&rows));
        }
        for sample in &operation.samples {
            self.sample(sample);
        }
    }

    fn message(&mut self, what: &str, message: &Message, described: bool) {
        let wrapper = message.wrapper.value.as_ref().map(|path| path.join("/"));
        let note = if message.wrapper.confidence == Confidence::Guess {
            let about = format!("{}-name", what.to_lowercase());
            let reason = message.wrapper.reason.as_deref();
            self.notes.add(&about, message.wrapper.witness, reason)
        } else {
            String::new()
        };
        match wrapper {
            Some(wrapper) => self.line(format!("\n### {what} `{wrapper}`{note}\n")),
            None => self.line(format!("\n### {what}\n")),
        }
        if message.record.fields.is_empty() {
            // Without a word, since nobody knows: the descriptor is refused until somebody decides.
            if described {
                self.line("No fields.");
            } else {
                self.line("?");
            }
        } else {
            let table = self.table(&message.record, true);
            self.text.push_str(&table);
        }
        self.write_notes();
    }

    fn write_notes(&mut self) {
        let notes = self.notes.take();
        for note in notes {
            self.line(format!("\n{note}"));
        }
    }

    fn sample(&mut self, sample: &Sample) {
        let what = match sample.direction {
            Direction::Request => "request".to_owned(),
            Direction::Response => "response".to_owned(),
            Direction::Error(0) => "error".to_owned(),
            Direction::Error(status) => format!("error {status}"),
        };
        let language = if sample.json { "json" } else { "xml" };
        let text = without_secrets(&sample.text);
        let fence = if text.contains("```") { "````" } else { "```" };
        self.line(format!(
            "\n### Example {what}\n\n{fence}{language}\n{}\n{fence}",
            text.trim_end()
        ));
    }
}

/// A text on one line, without what would be markup.
fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['#', '`', '['], "")
}

/// A text as the content of a cell.
fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('|', "\\|").replace("[^", "[")
}

/// A sample with the values of secret elements and members replaced.
fn without_secrets(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>').map(|at| open + at) else {
            break;
        };
        clean.push_str(&rest[..=close]);
        let name = rest[open + 1..close]
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or(name);
        rest = &rest[close + 1..];
        if super::fields::is_secret(local) && !rest.starts_with('<') {
            let end = rest.find('<').unwrap_or(0);
            clean.push_str("not-a-secret");
            rest = &rest[end..];
        }
    }
    clean.push_str(rest);
    clean
}

/// The type of a field as its cell has it.
fn type_cell(field: &Field, enumeration: Option<&str>) -> String {
    let Some(kind) = &field.kind.value else {
        return "?".to_owned();
    };
    let base = match (&kind.base, enumeration) {
        (Base::Builtin(_), Some(name)) => name.to_owned(),
        (Base::Builtin(name), _) => (*name).to_owned(),
        (Base::Object, _) => "object".to_owned(),
        (Base::Named(name), _) => name.clone(),
        (Base::Unknown, _) => return "?".to_owned(),
    };
    if kind.list { format!("{base}[]") } else { base }
}
