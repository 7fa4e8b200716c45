//! The descriptor: what was understood, in the format of `docs/field-tables.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::description::*;
use super::notation::prose::reduced;
use super::notation::types::Base;
use super::notation::values::Value;
use crate::contract::Witness;
use crate::output::toml_string;

mod table;

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
    enumerations: BTreeMap<String, Vec<Value>>,
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

    fn front_matter(&mut self, sources: &[PageSource]) {
        let service = self.service;
        self.line("+++");
        let name = service.name.value.clone().or_else(|| self.only_name());
        let guessed = service.name.value.is_none() && name.is_some();
        let note = if guessed {
            "    # a guess: no page names the service"
        } else {
            ""
        };
        self.line(format!("service = {}{note}", known(name.as_deref())));
        let protocol = service.protocol.value.map(Protocol::word);
        let guess = if service.protocol.confidence == Confidence::Guess {
            "    # a guess: no example shows the envelope"
        } else {
            ""
        };
        self.line(format!("protocol = {}{guess}", known(protocol)));
        let json = service.protocol.value == Some(Protocol::Json);
        if !json {
            self.line(format!(
                "namespace = {}",
                known(service.namespace.value.as_deref())
            ));
            self.action();
            self.auth();
        }
        self.endpoints();
        self.sources(sources);
        for operation in &service.operations {
            self.operation_facts(operation, json);
        }
        self.line("+++");
    }

    /// The name of a service that has no other than its only operation's.
    fn only_name(&self) -> Option<String> {
        match self.service.operations.as_slice() {
            [only] => only.name.value.as_deref().map(|name| {
                let mut characters = name.chars();
                characters.next().map_or_else(String::new, |first| {
                    first.to_uppercase().chain(characters).collect()
                })
            }),
            _ => None,
        }
    }

    fn action(&mut self) {
        let known = self
            .service
            .operations
            .iter()
            .all(|operation| operation.action.is_some());
        if known && !self.service.operations.is_empty() {
            return;
        }
        let address = self
            .service
            .endpoints
            .iter()
            .filter_map(|(_, address)| address.value.as_deref())
            .next()
            .unwrap_or_default()
            .to_lowercase();
        // What servers of each kind mostly take. The client asks for the action all the same.
        let candidates: &[&str] = if address.ends_with(".svc") {
            &[
                "{namespace}/I{service}/{operation}",
                "{namespace}/{operation}",
            ]
        } else if address.ends_with(".asmx") {
            &["{namespace}/{operation}"]
        } else {
            &["", "{namespace}/{operation}"]
        };
        let shown: Vec<String> = candidates
            .iter()
            .map(|candidate| toml_string(candidate))
            .collect();
        self.line("action = \"?\"    # on no page");
        self.line(format!("action-candidates = [{}]", shown.join(", ")));
    }

    fn auth(&mut self) {
        let mut headers = self
            .service
            .operations
            .iter()
            .filter_map(|operation| operation.request.as_ref())
            .flat_map(|request| &request.record.fields)
            .filter(|field| field.location.value == Some(Location::SoapHeader));
        let user = headers.clone().find(|field| {
            let plain = field.wire_name().to_lowercase();
            super::dictionary::USERS
                .iter()
                .any(|word| plain.ends_with(word))
        });
        let password = headers.find(|field| field.secret);
        if let (Some(user), Some(password)) = (user, password) {
            let line = format!(
                "auth = {{ username = {}, password = {} }}",
                toml_string(user.wire_name()),
                toml_string(password.wire_name())
            );
            self.line(line);
        }
    }

    fn endpoints(&mut self) {
        self.line("\n[endpoint]");
        if self.service.endpoints.is_empty() {
            self.line("production = \"?\"    # on no page");
        }
        for (name, address) in &self.service.endpoints {
            let line = match (&address.value, address.confidence) {
                (None, _) => format!("{name} = \"?\""),
                (Some(address), Confidence::Guess) => {
                    format!(
                        "{name} = {{ value = {}, verified = false, from = \"inferred\" }}",
                        toml_string(address)
                    )
                }
                (Some(address), _) => format!("{name} = {}", toml_string(address)),
            };
            self.line(line);
        }
    }

    fn sources(&mut self, sources: &[PageSource]) {
        let several = sources.len() > 1;
        for (at, source) in sources.iter().enumerate() {
            let table = if several {
                format!("\n[source.page-{}]", at + 1)
            } else {
                "\n[source]".to_owned()
            };
            self.line(table);
            let keys = [
                ("url", &source.url),
                ("retrieved", &source.retrieved),
                ("language", &source.language),
                ("vendored", &source.vendored),
                ("sha256", &Some(source.sha256.clone())),
            ];
            for (key, value) in keys {
                if let Some(value) = value {
                    self.line(format!("{key} = {}", toml_string(value)));
                }
            }
            if at == 0 && !self.service.title.is_empty() && !several {
                let title = format!("title = {}", toml_string(&self.service.title));
                self.line(title);
            }
        }
    }

    fn operation_facts(&mut self, operation: &Operation, json: bool) {
        let mut lines = Vec::new();
        if let Some(action) = operation.action.as_ref().filter(|_| !json) {
            lines.push(format!("action = {}", known(action.value.as_deref())));
        }
        if json {
            lines.push(format!(
                "method = {}",
                toml_string(operation.method.as_deref().unwrap_or("POST"))
            ));
            lines.push(format!("path = {}", known(operation.path.as_deref())));
            for status in &operation.statuses {
                let Some(body) = &status.body else { continue };
                let mut parts = vec![format!("body = {}", toml_string(body))];
                let (code, reason) = self.error_paths(body);
                parts.extend(code.map(|path| format!("code = {}", toml_string(&path))));
                parts.extend(reason.map(|path| format!("reason = {}", toml_string(&path))));
                let meaning = reduced(&status.meaning);
                if !meaning.is_empty() {
                    parts.push(format!("description = {}", toml_string(&meaning)));
                }
                lines.push(format!(
                    "status.{} = {{ {} }}",
                    status.code,
                    parts.join(", ")
                ));
            }
        }
        if lines.is_empty() {
            return;
        }
        let name = operation.name.value.as_deref().unwrap_or("?");
        let plain = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let shown = if plain {
            name.to_owned()
        } else {
            toml_string(name)
        };
        self.line(format!("\n[operation.{shown}]"));
        for line in lines {
            self.line(line);
        }
    }

    /// Where a body of errors has its code and its text, by the names of its fields.
    fn error_paths(&self, body: &str) -> (Option<String>, Option<String>) {
        let table = self
            .service
            .types
            .iter()
            .find(|table| table.name.value.as_deref() == Some(body));
        let Some(table) = table else {
            return (None, None);
        };
        let find = |names: &[&str]| {
            names.iter().find_map(|name| {
                let field = table
                    .record
                    .fields
                    .iter()
                    .find(|field| field.shown().eq_ignore_ascii_case(name))?;
                Some(field.path().join("/"))
            })
        };
        (
            find(&["code", "errorcode", "error_code", "faultcode"]),
            find(&[
                "message",
                "errormessage",
                "description",
                "reason",
                "text",
                "detail",
            ]),
        )
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
        for (name, values) in &enumerations {
            self.values(name, values);
        }
        for enumeration in &service.enumerations {
            if let Some(name) = enumeration
                .name
                .value
                .as_deref()
                .filter(|name| !enumerations.contains_key(*name))
            {
                self.values(name, &enumeration.values);
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

    fn values(&mut self, name: &str, values: &[Value]) {
        let mut rows = vec![vec!["Value".to_owned(), "Description".to_owned()]];
        rows.extend(
            values
                .iter()
                .map(|value| vec![cell(&value.value), cell(&reduced(&value.meaning))]),
        );
        self.line(format!("\n## Enumeration `{name}`\n"));
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
        let note = (message.wrapper.confidence == Confidence::Guess)
            .then(|| {
                self.notes.add(
                    &format!("{}-name", what.to_lowercase()),
                    message.wrapper.witness,
                    message.wrapper.reason.as_deref(),
                )
            })
            .unwrap_or_default();
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
        (Base::Builtin("string"), Some(name)) => name.to_owned(),
        (Base::Builtin(name), _) => (*name).to_owned(),
        (Base::Object, _) => "object".to_owned(),
        (Base::Named(name), _) => name.clone(),
        (Base::Unknown, _) => return "?".to_owned(),
    };
    if kind.list { format!("{base}[]") } else { base }
}
