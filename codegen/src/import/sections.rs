//! Which block belongs to which operation, message, type or catalogue.

use std::collections::BTreeSet;

use super::columns;
use super::description::*;
use super::dictionary::{
    ABOUT, About, ENVIRONMENTS, REMARKS, Role, Section, find, fold, section, without_number,
};
use super::fields::{self, Draft, Reading, short};
use super::finding::{Findings, Kind};
use super::model::{Block, Cell, Style, TITLE, Table};
use super::notation::occurs::{Flag, flag};
use super::notation::types::Base;
use super::notation::{types, values};
use super::page::{status, status_type};
use super::{sample, tree};
use crate::source::Span;

mod about;
mod catalogues;
mod exchanges;
mod headings;
mod prose;
mod subjects;

pub(crate) use headings::call;

/// What one page says.
#[derive(Debug, Default)]
pub(crate) struct PageReading {
    pub title: Option<Cell>,
    pub service: Option<Fact<String>>,
    pub namespace: Option<Fact<String>>,
    pub endpoints: Vec<(String, Fact<String>)>,
    pub operations: Vec<OperationReading>,
    pub types: Vec<TypeTable>,
    pub enumerations: Vec<Enumeration>,
    pub catalogue: Vec<ErrorCode>,
    /// SOAP actions by operation.
    pub actions: Vec<(String, Fact<String>)>,
    /// Whether the page speaks of SOAP.
    pub soap: bool,
    /// Whether requests stand below headings that say so.
    pub sectioned: bool,
}

/// An operation while its page is being read.
#[derive(Debug)]
pub(crate) struct OperationReading {
    pub operation: Operation,
    /// Headings that may be its name, nearest last.
    pub titles: Vec<Cell>,
    /// What a table about the operation calls it.
    pub told: Option<Cell>,
    /// The names of the types of request and response, which stood beside their headings.
    pub request_type: Option<String>,
    pub response_type: Option<String>,
    /// Code that is no message.
    pub code: String,
    /// All sentences about it, with their places.
    pub sentences: Vec<Cell>,
}

/// What the last headings announced.
#[derive(Clone, Debug, Default)]
pub(super) struct Now {
    pub section: Option<Section>,
    pub status: Option<u16>,
    /// The heading of no known meaning, after the section's.
    pub subject: Option<Cell>,
    pub type_name: Option<String>,
    pub required: Option<Flag>,
    pub location: Option<Location>,
    pub level: u8,
    /// Whether nothing but headings has come since the section's.
    pub fresh: bool,
}

pub(super) struct Walk<'a> {
    pub page: PageReading,
    pub now: Now,
    pub findings: &'a mut Findings,
    /// Types that some table of the page mentions.
    pub referenced: BTreeSet<String>,
    /// Whether the next table may begin another operation: a heading stood since the last.
    pub pending: Option<Cell>,
    pub start: Span,
}

/// Reads the blocks of a page.
pub(crate) fn read(blocks: &[Block], start: Span, findings: &mut Findings) -> PageReading {
    let mut walk = Walk {
        page: PageReading::default(),
        now: Now::default(),
        findings,
        referenced: referenced(blocks),
        pending: None,
        start,
    };
    for block in blocks {
        walk.block(block);
    }
    walk.page
}

/// The types that type columns name.
fn referenced(blocks: &[Block]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for block in blocks {
        let Block::Table(table) = block else { continue };
        // Rows may have shifted: lists of types are told by their notation.
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            if let Some(read) = types::parse(&cell.text).filter(|read| read.lists > 0)
                && let Base::Named(name) = read.base
            {
                names.insert(name);
            }
        }
        let roles = columns::classify(table);
        let Some(at) = roles.iter().position(|role| *role == Some(Role::Type)) else {
            continue;
        };
        for cell in table.rows.iter().filter_map(|row| row.cells.get(at)) {
            if let Some(read) = types::parse(&cell.text)
                && let Base::Named(name) = read.base
            {
                names.insert(name);
            }
        }
    }
    names
}

impl Walk<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, title } => return self.heading(*level, title),
            Block::Paragraph(cell) => self.paragraph(cell),
            Block::List(items) => self.list(items),
            Block::Code(cell) => self.code(cell),
            Block::Table(table) => self.table(table),
        }
        self.now.fresh = false;
    }

    /// The operation that is being described, made if there is none.
    pub(super) fn operation(&mut self) -> &mut OperationReading {
        if self.page.operations.is_empty() {
            self.begin(None);
        }
        let last = self.page.operations.len() - 1;
        &mut self.page.operations[last]
    }

    pub(super) fn begin(&mut self, title: Option<Cell>) {
        let span = title.as_ref().map_or(self.start, |title| title.span);
        self.page.operations.push(OperationReading {
            operation: Operation::new(Fact::unknown(span)),
            titles: title.into_iter().collect(),
            told: None,
            request_type: None,
            response_type: None,
            code: String::new(),
            sentences: Vec::new(),
        });
    }

    fn table(&mut self, table: &Table) {
        if self.about(table) {
            return;
        }
        let mended = fields::mended(table);
        let table = mended.as_ref().unwrap_or(table);
        let roles = columns::classify(table);
        let has = |role| roles.contains(&Some(role));
        if has(Role::Action) {
            self.actions(table, &roles);
        } else if has(Role::Code) && !has(Role::Type) && !has(Role::Required)
            || self.now.section == Some(Section::Errors) && !has(Role::Type)
        {
            self.codes(table, &roles);
        } else if !has(Role::Type)
            && !has(Role::Required)
            && !has(Role::Occurs)
            && (has(Role::Value) && !is_sampled(table, &roles)
                || self.now.section == Some(Section::Values))
        {
            self.values(table, &roles);
        } else if has(Role::Name) {
            let roles: Vec<Option<Role>> = { roles.into_iter() }
                .map(|role| {
                    role.map(|role| {
                        if role == Role::Value {
                            Role::Example
                        } else {
                            role
                        }
                    })
                })
                .collect();
            self.fields(table, &roles);
        } else {
            self.findings.push(
                Kind::Unknown,
                "L19",
                table.span,
                "this table says nothing that is understood; it is left out",
            );
        }
    }

    fn fields(&mut self, table: &Table, roles: &[Option<Role>]) {
        let marked = matches!(table.style, Style::Piped | Style::Markup) && table.head.is_some();
        let loose = !marked && table.style != Style::Entries;
        let readings = fields::read(table, roles, self.now.required, self.findings);
        // Titles within a table part it.
        let mut parts: Vec<(Option<Cell>, Vec<Draft>)> = vec![(None, Vec::new())];
        let mut titles: Vec<Cell> = Vec::new();
        for reading in readings {
            match reading {
                Reading::Title(title) => titles.push(title),
                Reading::Remark(remark) => {
                    if !remark.is_empty() {
                        self.findings.push(
                            Kind::Oddity,
                            "L11",
                            remark.span,
                            format!(
                                "a remark among the rows, kept for you to make a rule of: {}",
                                short(&remark.text)
                            ),
                        );
                        self.operation().sentences.push(remark);
                    }
                }
                Reading::Field(draft) => {
                    // A title over fields whose paths begin with it is there for people.
                    for title in titles.drain(..) {
                        if !leads(&title, &draft.written) {
                            parts.push((Some(title), Vec::new()));
                        }
                    }
                    if let Some((_, drafts)) = parts.last_mut() {
                        drafts.push(*draft);
                    }
                }
            }
        }
        parts.extend(titles.into_iter().map(|title| (Some(title), Vec::new())));
        for (title, drafts) in parts {
            if drafts.is_empty() && title.is_none() {
                if table.rows.is_empty() {
                    self.findings.push(
                        Kind::Unknown,
                        "L19",
                        table.span,
                        "this table has no rows: the page may be cut off here",
                    );
                }
                continue;
            }
            if let Some(title) = title {
                self.titled(&title);
            }
            if drafts.is_empty() {
                continue;
            }
            for draft in &drafts {
                let text = Cell::new(draft.field.prose.clone(), draft.field.span);
                if !text.is_empty() {
                    self.operation().sentences.push(text);
                }
            }
            let inputs = drafts.iter().any(|draft| draft.input.is_some());
            let outputs = drafts.iter().any(|draft| draft.output.is_some());
            if inputs && outputs {
                let part = |wanted: fn(&Draft) -> bool| {
                    drafts
                        .iter()
                        .filter(|draft| wanted(draft))
                        .cloned()
                        .collect::<Vec<_>>()
                };
                let request = part(|draft| draft.input == Some(true));
                let response = part(|draft| draft.output == Some(true));
                self.put(Subject::Request, request, loose);
                self.put(Subject::Response, response, loose);
                continue;
            }
            let subject = self.subject(&drafts);
            self.put(subject, drafts, loose);
        }
    }

    /// A title within a table: the name of a message or type.
    fn titled(&mut self, title: &Cell) {
        let lower = title.text.to_lowercase();
        self.now.status = None;
        self.now.subject = None;
        self.now.type_name = Some(title.text.clone());
        if lower.ends_with("request") {
            self.now.section = Some(Section::Request);
        } else if lower.ends_with("response") || lower.ends_with("result") {
            self.now.section = Some(Section::Response);
        } else {
            self.now.subject = Some(title.clone());
            self.now.type_name = None;
        }
    }

    fn put(&mut self, subject: Subject, drafts: Vec<Draft>, loose: bool) {
        if drafts.is_empty() {
            return;
        }
        let span = drafts[0].field.span;
        let mut tree = tree::build(drafts, loose, self.findings);
        if let Some(location) = self.now.location {
            for field in &mut tree.record.fields {
                if field.parents.is_empty() && field.location.value == Some(Location::Body) {
                    field.location = Fact::stated(location, field.span);
                }
                if location == Location::HttpHeader && field.kind.value.is_none() {
                    let text = FieldType {
                        base: Base::Builtin("string"),
                        list: false,
                    };
                    field.kind = Fact::guess(text, field.span, "headers are text");
                }
            }
        }
        let type_name = self.now.type_name.take();
        match subject {
            Subject::Request | Subject::Response => {
                let request = subject == Subject::Request;
                let reading = self.operation();
                if request {
                    reading.request_type = type_name.or(reading.request_type.take());
                } else {
                    reading.response_type = type_name.or(reading.response_type.take());
                }
                let slot = if request {
                    &mut reading.operation.request
                } else {
                    &mut reading.operation.response
                };
                let wrapper = if tree.wrapper.is_empty() {
                    Fact::unknown(span)
                } else {
                    Fact::stated(tree.wrapper, span)
                };
                match slot {
                    Some(message) => {
                        if message.wrapper.value.is_none() {
                            message.wrapper = wrapper;
                        }
                        for field in tree.record.fields {
                            if !message.record.fields.iter().any(|known| {
                                known.path() == field.path() && known.name.value.is_some()
                            }) {
                                message.record.fields.push(field);
                            }
                        }
                    }
                    None => {
                        *slot = Some(Message {
                            wrapper,
                            record: tree.record,
                            described: true,
                        })
                    }
                }
            }
            Subject::Type(name) => self.declare(name, tree.record, span),
        }
    }

    /// A type, merged with an equal one of the same name.
    fn declare(&mut self, name: String, record: Record, span: Span) {
        if let Some(known) = self
            .page
            .types
            .iter()
            .find(|known| known.name.value.as_deref() == Some(&name))
        {
            let shape = |record: &Record| -> Vec<(Vec<String>, Option<FieldType>, String)> {
                record
                    .fields
                    .iter()
                    .map(|field| (field.path(), field.kind.value.clone(), field.prose.clone()))
                    .collect()
            };
            let message = if shape(&known.record) == shape(&record) {
                format!("`{name}` is described twice, in the same way")
            } else {
                format!("`{name}` is described twice, and not in the same way; the first is kept")
            };
            self.findings.push(Kind::Oddity, "L20", span, message);
            return;
        }
        self.page.types.push(TypeTable {
            name: Fact::stated(name, span),
            record,
        });
    }
}

/// Whether the values of a table of names and values are samples of fields: no list of codes looks so.
fn is_sampled(table: &Table, roles: &[Option<Role>]) -> bool {
    let column = |role| roles.iter().position(|known| *known == Some(role));
    let (Some(names), Some(samples)) = (column(Role::Name), column(Role::Value)) else {
        return false;
    };
    let texts = |at: usize| {
        { table.rows.iter() }
            .filter_map(move |row| row.cells.get(at))
            .map(|cell| cell.text.trim())
            .filter(|text| !text.is_empty())
    };
    let is_name = |text: &str| values::is_code(text) && text.chars().any(char::is_lowercase);
    texts(names).all(is_name) && texts(samples).any(|text| !values::is_code(text))
}

/// Whether a path begins at what a title names.
fn leads(title: &Cell, path: &str) -> bool {
    path.split_once(['.', '/', '[']).is_some_and(|(root, _)| {
        let plain = |text: &str| fold(text).replace([' ', '-'], "");
        plain(root).trim_end_matches('s') == plain(&title.text).trim_end_matches('s')
    })
}

/// What a table of fields describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Request,
    Response,
    Type(String),
}
