//! What headings announce.

use super::*;
use crate::contract::HTTP_METHODS;

impl Walk<'_> {
    pub(super) fn heading(&mut self, level: u8, title: &Cell) {
        let text = title.text.trim();
        if let Some((method, address)) = call(text) {
            self.call(method, address, title.span);
            return;
        }
        let bare = without_number(text);
        if REMARKS.contains(&fold(bare).as_str()) {
            return;
        }
        if level == TITLE && self.now.section.is_some() {
            self.now.type_name = Some(bare.to_owned());
            return;
        }
        if let Some((code, rest)) = status(text).or_else(|| status(bare)) {
            let type_name = status_type(rest)
                .map(str::to_owned)
                .or_else(|| trailing_name(rest));
            self.now = Now {
                status: Some(code),
                section: Some(Section::Response),
                type_name: type_name.clone(),
                level,
                ..Now::default()
            };
            if code >= 300 {
                self.operation().operation.statuses.push(Status {
                    code,
                    body: type_name,
                    meaning: String::new(),
                });
            }
            return;
        }
        let (found, type_name) = announced(bare);
        if let Some(found) = found {
            let inner = found == Section::Neutral || level > self.now.level && self.now.level > 0;
            if found == Section::Neutral
                && (self.now.section.is_some() || self.now.subject.is_some())
            {
                return;
            }
            // `Sample` below `Request formats`.
            let found = match (found, self.now.section) {
                (
                    Section::Example,
                    Some(above @ (Section::ExampleRequest | Section::ExampleResponse)),
                ) => above,
                _ => found,
            };
            // An example within a response stays with its status.
            let status = self
                .now
                .status
                .filter(|_| inner || matches!(found, Section::Example | Section::ExampleResponse));
            self.now = Now {
                section: Some(found),
                status,
                location: place(bare, found),
                fresh: true,
                type_name,
                level: if inner && self.now.level > 0 {
                    self.now.level
                } else {
                    level
                },
                ..Now::default()
            };
            return;
        }
        if let Some(required) = flag(bare).filter(|_| bare.chars().count() > 3) {
            self.now.required = Some(required);
            return;
        }
        if self.page.title.is_none() {
            self.page.title = Some(Cell::new(bare, title.span));
        }
        // `Method addInvoice`
        if let Some((word, name)) = bare.split_once(' ')
            && find(ABOUT, &fold(word)) == Some(About::Operation)
            && values::is_code(name)
            && name.chars().any(char::is_lowercase)
        {
            let described = self.page.operations.last().is_some_and(|reading| {
                reading.told.is_some()
                    || reading.operation.request.is_some()
                    || reading.operation.response.is_some()
            });
            if described {
                self.begin(None);
            }
            self.operation().told = Some(Cell::new(name, title.span));
            self.now = Now::default();
            return;
        }
        let below = level > 0 && self.now.level > 0 && level > self.now.level
            || level == 0 && self.now.level == 0 && self.now.fresh;
        if !below {
            self.now = Now {
                level: 0,
                ..Now::default()
            };
        }
        self.now.subject = Some(Cell::new(bare, title.span));
        self.pending = Some(Cell::new(bare, title.span));
        if self.page.operations.len() <= 1 {
            let untouched = self.page.operations.first().is_none_or(|reading| {
                reading.operation.request.is_none() && reading.operation.response.is_none()
            });
            if untouched {
                let cell = Cell::new(bare, title.span);
                let reading = self.operation();
                // What stood below the title of the page is about the service.
                reading.operation.prose.clear();
                reading.titles.push(cell);
            }
        }
    }

    /// What a table of fields is of.
    pub(super) fn subject(&mut self, drafts: &[Draft]) -> Subject {
        let subject = self.now.subject.clone();
        let is_type = |name: &str, walk: &Self| walk.referenced.contains(name);
        let titled = self
            .now
            .type_name
            .as_ref()
            .is_some_and(|name| is_type(name, self));
        if let Some(name) = self.now.type_name.clone().filter(|_| titled)
            && (self.has_body(&Subject::Request) || self.now.section.is_none())
            && self.now.section != Some(Section::Response)
        {
            return Subject::Type(name);
        }
        if let Some(subject) = &subject {
            let name = subject.text.trim();
            if is_type(name, self) {
                return Subject::Type(name.to_owned());
            }
            let singular = self.referenced.iter().find(|known| {
                known.eq_ignore_ascii_case(name) || fold(known) == fold(&name.replace(' ', ""))
            });
            if let Some(known) = singular {
                return Subject::Type(known.clone());
            }
            if let Some(named) = self.named_otherwise(subject) {
                return named;
            }
        }
        if let Some(status) = self.now.status.filter(|status| *status >= 300) {
            let name = self
                .now
                .type_name
                .clone()
                .unwrap_or_else(|| format!("Error{status}"));
            let statuses = &mut self.operation().operation.statuses;
            if let Some(known) = statuses.iter_mut().find(|known| known.code == status) {
                known.body.get_or_insert_with(|| name.clone());
            }
            return Subject::Type(name);
        }
        let by_root = || {
            let first = drafts.first()?;
            let root = first.written.split(['/', '.']).next()?.to_lowercase();
            if root.ends_with("request") {
                Some(Subject::Request)
            } else if root.ends_with("response") {
                Some(Subject::Response)
            } else {
                None
            }
        };
        let by_section = match self.now.section {
            Some(Section::Request | Section::ExampleRequest | Section::HttpHeaders) => {
                Some(Subject::Request)
            }
            Some(Section::Response | Section::ExampleResponse) => Some(Subject::Response),
            _ => None,
        };
        self.page.sectioned |= by_section == Some(Subject::Request);
        let found = by_section.or_else(by_root);
        let subject_is_name = subject.as_ref().is_some_and(|subject| {
            values::is_code(&subject.text)
                && subject.text.chars().next().is_some_and(char::is_uppercase)
        });
        if let (Some(found), Some(subject), true) = (&found, &subject, subject_is_name) {
            // A table with a name of its own below a message that has one already.
            let lower = subject.text.to_lowercase();
            let taken = self.has_body(found);
            if taken && !lower.ends_with("request") && !lower.ends_with("response") {
                return self.guessed_type(subject);
            }
        }
        let found = found.or_else(|| {
            let lower = subject.as_ref()?.text.to_lowercase();
            if lower.ends_with("request") {
                Some(Subject::Request)
            } else if lower.ends_with("response") {
                Some(Subject::Response)
            } else {
                None
            }
        });
        if let Some(found) = found {
            // Another operation, if the last has this message and a heading has come since.
            if self.has(&found)
                && let Some(title) = self.pending.take()
                && found == Subject::Request
            {
                self.begin(Some(title));
            }
            if found == Subject::Request {
                self.pending = None;
            }
            return found;
        }
        let span = drafts.first().map_or(self.start, |draft| draft.field.span);
        let has_request = self.has(&Subject::Request);
        if subject_is_name
            && has_request
            && let Some(subject) = subject
        {
            return self.guessed_type(&subject);
        }
        if has_request && let Some(title) = self.pending.take() {
            // A page whose requests stand below headings that say so has something else here.
            if self.page.sectioned
                && let Some(name) = subjects::as_name(&title.text)
            {
                return self.guessed_type(&Cell::new(name, title.span));
            }
            self.begin(Some(title));
        }
        let request = !self.has(&Subject::Request);
        self.findings.push(
            Kind::Guess,
            None,
            span,
            format!(
                "no heading says what this table is of; taken for the {}",
                if request { "request" } else { "response" }
            ),
        );
        if request {
            Subject::Request
        } else {
            Subject::Response
        }
    }

    /// A table of a type, of which nothing on the page says so.
    fn guessed_type(&mut self, subject: &Cell) -> Subject {
        let message = format!(
            "`{}` is taken for a type, though no field of this page is of it",
            subject.text
        );
        self.findings.push(Kind::Guess, None, subject.span, message);
        Subject::Type(subject.text.clone())
    }

    fn has(&mut self, subject: &Subject) -> bool {
        let operation = &self.operation().operation;
        match subject {
            Subject::Request => operation.request.is_some(),
            Subject::Response => operation.response.is_some(),
            Subject::Type(_) => false,
        }
    }

    /// Whether a message has fields that travel in its body.
    fn has_body(&mut self, subject: &Subject) -> bool {
        let operation = &self.operation().operation;
        let message = match subject {
            Subject::Request => &operation.request,
            Subject::Response => &operation.response,
            Subject::Type(_) => return false,
        };
        message.as_ref().is_some_and(|message| {
            message.record.fields.is_empty() || { message.record.fields.iter() }
                .any(|field| field.location.value == Some(Location::Body))
        })
    }

    pub(super) fn call(&mut self, method: &str, address: &str, span: Span) {
        let known = self.operation().operation.path.is_some();
        if known
            && self.operation().operation.request.is_none()
            && self.operation().operation.response.is_none()
        {
            return;
        }
        if known {
            let title = self.pending.take();
            self.begin(title);
        }
        let (host, path) = match address.split_once("://") {
            Some((scheme, rest)) => {
                let at = rest.find('/').unwrap_or(rest.len());
                (
                    Some(format!("{scheme}://{}", &rest[..at])),
                    rest[at..].to_owned(),
                )
            }
            None => (None, format!("/{}", address.trim_start_matches('/'))),
        };
        let path = path.split(['?', '#']).next().unwrap_or_default().to_owned();
        if let Some(host) = host {
            if host.contains('{') {
                self.findings.push(
                    Kind::Unknown,
                    "L28",
                    span,
                    format!("the host `{host}` is a placeholder: callers must give the address"),
                );
                if self.page.endpoints.is_empty() {
                    self.page
                        .endpoints
                        .push(("production".to_owned(), Fact::unknown(span)));
                }
            } else {
                self.endpoint(&host, None, span);
            }
        }
        let operation = &mut self.operation().operation;
        operation.span = span;
        operation.method = Some(method.to_owned());
        operation.path = Some(if path.is_empty() {
            "/".to_owned()
        } else {
            path
        });
    }
}

/// Where the fields travel that a heading announces.
fn place(text: &str, section: Section) -> Option<Location> {
    let folded = fold(text);
    if section == Section::HttpHeaders {
        Some(Location::HttpHeader)
    } else if folded.contains("query") {
        Some(Location::Query)
    } else if folded.contains("path param") || folded.contains("uri param") {
        Some(Location::Path)
    } else {
        None
    }
}

/// The section of a heading, and the name of a type that stands in it: `Payload OrderRequest`.
fn announced(text: &str) -> (Option<Section>, Option<String>) {
    if let Some(found) = section(text) {
        return (Some(found), None);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &str| {
        values::is_code(word)
            && word.chars().skip(1).any(char::is_uppercase)
            && word.chars().any(char::is_lowercase)
    };
    match words.as_slice() {
        [rest @ .., last] if !rest.is_empty() && is_name(last) => {
            (section(&rest.join(" ")), Some((*last).to_owned()))
        }
        [first, rest @ ..] if !rest.is_empty() && is_name(first) => {
            (section(&rest.join(" ")), Some((*first).to_owned()))
        }
        _ => (None, None),
    }
}

/// The name at the end of `Not found Problem`.
fn trailing_name(text: &str) -> Option<String> {
    let last = text.split_whitespace().next_back()?;
    let name = values::is_code(last)
        && last.chars().skip(1).any(char::is_uppercase)
        && last.chars().any(char::is_lowercase);
    name.then(|| last.to_owned())
}

/// `POST https://host/path`.
pub(crate) fn call(text: &str) -> Option<(&str, &str)> {
    let (method, rest) = text.trim().split_once(char::is_whitespace)?;
    let known = HTTP_METHODS.contains(&method);
    known.then_some(method).zip(address(rest))
}

/// The address or path that a text begins with.
pub(super) fn address(text: &str) -> Option<&str> {
    let address = text.split_whitespace().next()?.trim_matches('`');
    let alone = text.trim().trim_matches('`') == address && address.contains('/');
    (address.starts_with('/') || address.contains("://") || alone).then_some(address)
}
