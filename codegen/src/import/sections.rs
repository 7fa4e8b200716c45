//! Which block belongs to which operation, message, type or catalogue.

use std::collections::BTreeSet;

use super::columns;
use super::description::*;
use super::dictionary::{
    ABOUT, About, ENVIRONMENTS, Role, Section, find, fold, section, without_number,
};
use super::fields::{self, Draft, Reading, short};
use super::finding::{Findings, Kind};
use super::model::{Block, Cell, Table};
use super::notation::occurs::{Flag, flag};
use super::notation::types::Base;
use super::notation::{types, values};
use super::page::{status, status_type};
use super::{sample, tree};
use crate::source::Span;

mod catalogues;
mod headings;

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
            Block::Heading { level, title } => self.heading(*level, title),
            Block::Paragraph(cell) => self.paragraph(cell),
            Block::List(items) => self.list(items),
            Block::Code(cell) => self.code(cell),
            Block::Table(table) => self.table(table),
        }
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

    fn paragraph(&mut self, cell: &Cell) {
        let text = cell.text.trim();
        if let Some((method, address)) = call(text) {
            self.call(method, address, cell.span);
            return;
        }
        self.soap_words(text, cell.span);
        if let Some((key, value)) = text.split_once(':')
            && fold(key) == "soapaction"
        {
            let value = value.trim().trim_matches('"').to_owned();
            self.operation().operation.action = Some(Fact::stated(value, cell.span));
            return;
        }
        let looks_like_code = text.ends_with([';', '{', '}'])
            || text.contains("@\"")
            || text.starts_with("//")
            || text.starts_with('[');
        let reading = self.operation();
        if looks_like_code {
            reading.code.push_str(text);
            reading.code.push('\n');
            return;
        }
        reading.sentences.push(cell.clone());
        let described = reading.operation.request.is_some() || reading.operation.response.is_some();
        let early = !described
            && self
                .now
                .section
                .is_none_or(|section| section == Section::Neutral);
        let status = self.now.status;
        let reading = self.operation();
        if let Some(status) = status
            && let Some(known) = reading
                .operation
                .statuses
                .iter_mut()
                .find(|known| known.code == status)
            && known.meaning.is_empty()
        {
            known.meaning = text.to_owned();
        } else if early && text.split_whitespace().count() > 3 {
            if reading.operation.prose.is_empty() {
                reading.operation.prose_span = cell.span;
            } else {
                reading.operation.prose.push(' ');
            }
            reading.operation.prose.push_str(text);
        }
    }

    pub(super) fn soap_words(&mut self, text: &str, span: Span) {
        let lower = text.to_lowercase();
        if lower.contains("soap") || lower.contains("wsdl") {
            self.page.soap = true;
        }
        // Addresses in sentences: of the service, if they end like one.
        for word in text.split([' ', '\n', '"', '<', '>', '(', ')', ',']) {
            if (word.starts_with("https://") || word.starts_with("http://"))
                && (word.contains("wsdl") || word.ends_with(".asmx") || word.ends_with(".svc"))
            {
                self.endpoint(word, None, span);
            }
        }
    }

    fn list(&mut self, items: &[Cell]) {
        let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
        let code = texts
            .iter()
            .any(|text| text.contains(';') && text.contains(['(', '=', '"']));
        if code {
            let reading = self.operation();
            for text in &texts {
                reading.code.push_str(text);
                reading.code.push('\n');
            }
            return;
        }
        for item in items {
            self.operation().sentences.push(item.clone());
        }
        let found = values::in_items(texts.iter().copied());
        let named = self
            .now
            .subject
            .clone()
            .filter(|subject| values::is_code(&subject.text));
        if let (Some(found), Some(subject)) = (found, named)
            && found.list.len() >= 2
        {
            self.page.enumerations.push(Enumeration {
                name: Fact::stated(subject.text.clone(), subject.span),
                values: found.list,
                announced: self.now.section == Some(Section::Values),
            });
        }
    }

    fn code(&mut self, cell: &Cell) {
        self.soap_words(&cell.text, cell.span);
        let now = self.now.clone();
        let Some(payload) = sample::read(&cell.text) else {
            let cut = cell.text.trim_start().starts_with(['<', '{']);
            if cut {
                self.findings.push(
                    Kind::Oddity,
                    "L19",
                    cell.span,
                    "this example is cut off or not well-formed; it is left out",
                );
            }
            let reading = self.operation();
            reading.code.push_str(&cell.text);
            return;
        };
        let by_section = match (now.status, now.section) {
            (Some(status), _) if status >= 300 => Some(Direction::Error(status)),
            (Some(_), _) => Some(Direction::Response),
            (None, Some(Section::Request | Section::ExampleRequest)) => Some(Direction::Request),
            (None, Some(Section::Response | Section::ExampleResponse)) => Some(Direction::Response),
            (None, Some(Section::Errors)) => Some(Direction::Error(0)),
            _ => None,
        };
        let first = !self
            .operation()
            .operation
            .samples
            .iter()
            .any(|sample| sample.direction == Direction::Request);
        let guess = if first {
            Direction::Request
        } else {
            Direction::Response
        };
        let direction = payload.direction().or(by_section).unwrap_or_else(|| {
            self.findings.push(
                Kind::Guess,
                None,
                cell.span,
                format!(
                    "nothing says what this example is of; taken for a {}",
                    if first { "request" } else { "response" }
                ),
            );
            guess
        });
        let reading = self.operation();
        reading.operation.samples.push(Sample {
            direction,
            text: cell.text.clone(),
            json: payload.json,
            span: cell.span,
        });
    }

    fn table(&mut self, table: &Table) {
        if self.about(table) {
            return;
        }
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
            && (has(Role::Value) || self.now.section == Some(Section::Values))
        {
            self.values(table, &roles);
        } else if has(Role::Name) {
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

    /// A table of keys and values about the operation.
    fn about(&mut self, table: &Table) -> bool {
        let known = table
            .rows
            .iter()
            .filter(|row| (2..=3).contains(&row.cells.len()))
            .filter(|row| find(ABOUT, &fold(&row.cells[0].text)).is_some())
            .count();
        if known < 2 || known * 2 < table.rows.len() {
            return false;
        }
        let mut environment = None;
        let rows: Vec<(About, Cell)> = table
            .rows
            .iter()
            .filter_map(|row| {
                Some((
                    find(ABOUT, &fold(&row.cells.first()?.text))?,
                    row.cells.get(1)?.clone(),
                ))
            })
            .filter(|(_, value)| !value.is_empty())
            .collect();
        for (key, value) in &rows {
            match key {
                About::Environment => environment = Some(value.text.clone()),
                About::Operation => {
                    let other = self
                        .operation()
                        .told
                        .as_ref()
                        .is_some_and(|told| told.text != value.text);
                    if other {
                        let title = self.pending.take();
                        self.begin(title);
                    }
                    self.operation().told = Some(value.clone());
                }
                About::Service => {
                    self.page
                        .service
                        .get_or_insert_with(|| Fact::stated(value.text.clone(), value.span));
                }
                About::Namespace => {
                    self.page
                        .namespace
                        .get_or_insert_with(|| Fact::stated(value.text.clone(), value.span));
                }
                About::Action => {
                    self.operation().operation.action = Some(Fact::stated(
                        value.text.trim_matches('"').to_owned(),
                        value.span,
                    ))
                }
                About::Description => {
                    let reading = self.operation();
                    if reading.operation.prose.is_empty() {
                        reading.operation.prose.clone_from(&value.text);
                        reading.operation.prose_span = value.span;
                    }
                }
                About::Address | About::Other => {}
            }
        }
        for (key, value) in &rows {
            if *key == About::Address {
                self.endpoint(&value.text, environment.as_deref(), value.span);
            }
        }
        true
    }

    /// An address of the service, without the query that asks for its WSDL.
    pub(super) fn endpoint(&mut self, address: &str, environment: Option<&str>, span: Span) {
        let bare = address.trim().trim_end_matches(['.', ',']);
        let bare = bare.split('?').next().unwrap_or(bare);
        if !bare.starts_with("http") {
            return;
        }
        if address.to_lowercase().contains("wsdl") {
            self.page.soap = true;
        }
        let words = fold(environment.unwrap_or(bare));
        let known = ENVIRONMENTS
            .iter()
            .find(|(_, marks)| marks.iter().any(|mark| words.contains(mark)));
        let name = known.map_or("production", |(name, _)| *name);
        let fact = if known.is_some() {
            Fact::stated(bare.to_owned(), span)
        } else {
            self.findings.push(
                Kind::Guess,
                None,
                span,
                format!("nothing says which environment `{bare}` is; taken for production"),
            );
            Fact::guess(
                bare.to_owned(),
                span,
                "nothing says which environment this is",
            )
        };
        if !self.page.endpoints.iter().any(|(known, _)| known == name) {
            self.page.endpoints.push((name.to_owned(), fact));
        }
    }

    fn fields(&mut self, table: &Table, roles: &[Option<Role>]) {
        let readings = fields::read(table, roles, self.now.required, self.findings);
        // Titles within a table part it.
        let mut parts: Vec<(Option<Cell>, Vec<Draft>)> = vec![(None, Vec::new())];
        for reading in readings {
            match reading {
                Reading::Title(title) => parts.push((Some(title), Vec::new())),
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
                    if let Some((_, drafts)) = parts.last_mut() {
                        drafts.push(*draft);
                    }
                }
            }
        }
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
                self.put(Subject::Request, request);
                self.put(Subject::Response, response);
                continue;
            }
            let subject = self.subject(&drafts);
            self.put(subject, drafts);
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

    fn put(&mut self, subject: Subject, drafts: Vec<Draft>) {
        if drafts.is_empty() {
            return;
        }
        let span = drafts[0].field.span;
        let mut tree = tree::build(drafts, self.findings);
        if let Some(location) = self.now.location {
            for field in &mut tree.record.fields {
                if field.parents.is_empty() && field.location.value == Some(Location::Body) {
                    field.location = Fact::stated(location, field.span);
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

/// What a table of fields describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Request,
    Response,
    Type(String),
}
