//! What a page says of the operation and the service as a whole.

use super::headings::address;
use super::*;
use crate::contract::HTTP_METHODS;

impl Walk<'_> {
    /// A table of keys and values about the operation.
    pub(super) fn about(&mut self, table: &Table) -> bool {
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
        let mut method = None;
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
                About::Operation if is_method(&value.text) => {
                    method = Some(value.text.trim().to_uppercase())
                }
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
            if *key != About::Address {
                continue;
            }
            if let Some((method, address)) = method.as_ref().zip(address(&value.text)) {
                self.call(method, address, value.span);
            } else {
                self.endpoint(&value.text, environment.as_deref(), value.span);
            }
        }
        true
    }

    /// `Method: PATCH`, `Path: /orders/{id}`, `Operation ID: updateOrder`, one below the other.
    pub(super) fn about_items(&mut self, items: &[Cell]) -> bool {
        let pairs: Vec<(String, &str, Span)> = items
            .iter()
            .filter_map(|item| {
                let (key, value) = item.text.split_once(':')?;
                Some((fold(key), value.trim_matches(['`', ' ', '*']), item.span))
            })
            .collect();
        let of = |keys: &[&str]| {
            { pairs.iter() }
                .find(|(key, value, _)| keys.contains(&key.as_str()) && !value.is_empty())
                .map(|(_, value, span)| (*value, *span))
        };
        let method = of(&["method", "http method", "verb", "http verb"])
            .filter(|(value, _)| is_method(value));
        let path = of(&[
            "path",
            "url",
            "endpoint",
            "uri",
            "route",
            "resource",
            "request url",
        ])
        .filter(|(value, _)| {
            (value.starts_with('/') || value.contains("://")) && !value.contains(' ')
        });
        if let (Some((method, span)), Some((path, _))) = (method, path) {
            self.call(&method.to_uppercase(), path, span);
        }
        let id = of(&["operation id", "operationid", "operation name"])
            .filter(|(value, _)| values::is_code(value));
        if let Some((id, span)) = id {
            self.operation().told = Some(Cell::new(id, span));
        }
        method.is_some() && path.is_some() || id.is_some() && items.len() == 1
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

    pub(super) fn soap_words(&mut self, text: &str, span: Span) {
        let lower = text.to_lowercase();
        if lower.contains("soap") || lower.contains("wsdl") {
            self.page.soap = true;
        }
        // Addresses in sentences: of the service, if they end like one.
        let folded = fold(text);
        let base = [
            "base url",
            "base uri",
            "endpoint",
            "adres uslugi",
            "basis-url",
            "url de base",
            "url base",
            "baseurl",
            "service url",
        ]
        .iter()
        .any(|words| folded.contains(words));
        for word in text.split([' ', '\n', '"', '<', '>', '(', ')', ',']) {
            if (word.starts_with("https://") || word.starts_with("http://"))
                && (base
                    || word.contains("wsdl")
                    || word.ends_with(".asmx")
                    || word.ends_with(".svc"))
            {
                self.endpoint(word, None, span);
            }
        }
    }
}

/// Whether a text is a method of HTTP, and no name of an operation.
fn is_method(text: &str) -> bool {
    HTTP_METHODS.contains(&text.trim().to_uppercase().as_str())
}
