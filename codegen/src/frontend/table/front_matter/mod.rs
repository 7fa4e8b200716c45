//! The front matter: what no table of a page says.

mod keys;
mod operation;

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::cells::is_ncname;
use super::document::Located;
use super::notes::{unknown_witness, witnesses};
use crate::contract::{AcceptedFinding, Provenance, Witness};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{DocumentId, Span};
use keys::{Keys, Named, Page, string, table};
pub(super) use operation::{InBandFacts, OperationFacts, StatusFacts};

/// What carries the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire {
    Soap11,
    Soap12,
    Json,
}

/// The facts of the front matter.
#[derive(Debug)]
pub(super) struct FrontMatter {
    pub service: Option<Located<String>>,
    pub wire: Wire,
    pub namespace: Option<Located<String>>,
    pub qualified: bool,
    pub port: Option<Located<String>>,
    pub include: Vec<Located<String>>,
    pub action: Option<Located<String>>,
    pub candidates: Vec<Located<String>>,
    pub username: Option<Located<String>>,
    pub password: Option<Located<String>>,
    pub basic: bool,
    pub credentials: Option<Located<String>>,
    pub endpoints: Vec<Endpoint>,
    pub source: Option<Provenance>,
    pub http_headers: Vec<HttpHeader>,
    pub operations: BTreeMap<String, OperationFacts>,
    pub accepted: Vec<AcceptedFinding>,
    /// The opening mark.
    pub span: Span,
    /// Whether there is any front matter.
    pub present: bool,
    /// Whether it could be read; else what is missing is not reported.
    pub complete: bool,
}

/// Where the service is.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub environment: String,
    /// `None`: callers must say.
    pub location: Option<String>,
    pub verified: bool,
    pub provenance: Vec<Provenance>,
    pub span: Span,
}

/// A header of every HTTP request.
#[derive(Debug)]
pub(super) struct HttpHeader {
    pub name: Located<String>,
    pub prefix: String,
    pub argument: Located<String>,
    pub secret: bool,
    pub required: bool,
    pub base64_json: Option<Located<String>>,
    pub description: Option<String>,
    pub provenance: Vec<Provenance>,
    pub span: Span,
}

/// Reads the front matter of `text`, and says where the Markdown begins.
pub(super) fn read(
    document: DocumentId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> (FrontMatter, usize) {
    let first = first_line(text);
    let empty = |span| FrontMatter {
        service: None,
        wire: Wire::Soap11,
        namespace: None,
        qualified: true,
        port: None,
        include: Vec::new(),
        action: None,
        candidates: Vec::new(),
        username: None,
        password: None,
        basic: false,
        credentials: None,
        endpoints: Vec::new(),
        source: None,
        http_headers: Vec::new(),
        operations: BTreeMap::new(),
        accepted: Vec::new(),
        span,
        present: false,
        complete: true,
    };
    let span = Span::new(document, first.clone());
    if text[first.clone()].trim_end() != "+++" {
        return (empty(span), 0);
    }
    let Some((inner, end)) = fence(text, first.end) else {
        diagnostics.push(
            Diagnostic::error(
                Code::MalformedFrontMatter,
                span,
                "the front matter has no end",
            )
            .help("end it with a line `+++` of its own"),
        );
        let mut front = empty(span);
        front.present = true;
        front.complete = false;
        return (front, text.len());
    };
    let toml = &text[inner.clone()];
    let (table, errors) = DeTable::parse_recoverable(toml);
    let mut page = Page {
        document,
        offset: inner.start,
        diagnostics,
    };
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let message = error
            .message()
            .lines()
            .next()
            .unwrap_or("invalid TOML")
            .to_owned();
        let span = page.span(range);
        page.error(
            Diagnostic::error(Code::MalformedFrontMatter, span, message)
                .help("the front matter is TOML: `key = \"value\"`, `[table]`, `[[tables]]`"),
        );
    }
    let mut front = empty(span);
    front.present = true;
    front.complete = errors.is_empty();
    let mut keys = Keys::new(table.get_ref(), "", 0..0);
    fill(&mut front, &mut keys, &mut page);
    if errors.is_empty() {
        keys.finish(&mut page);
    }
    (front, end)
}

/// The first line, without its end.
fn first_line(text: &str) -> Range<usize> {
    0..text.find('\n').unwrap_or(text.len())
}

/// The TOML between the marks, and where the Markdown begins.
fn fence(text: &str, opening: usize) -> Option<(Range<usize>, usize)> {
    let start = (opening + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn fill(front: &mut FrontMatter, keys: &mut Keys<'_>, page: &mut Page<'_>) {
    front.service = keys.string(page, "service").filter(|name| {
        let valid = is_ncname(&name.value);
        if !valid {
            page.error(
                Diagnostic::error(
                    Code::InvalidValue,
                    name.span,
                    format!("`{}` cannot be the name of a service", name.value),
                )
                .help("a name has letters, digits, `_`, `-` and `.`: `PaymentService`"),
            );
            front.complete = false;
        }
        valid
    });
    if let Some(protocol) = keys.string(page, "protocol") {
        front.wire = wire(&protocol, page);
    } else if front.complete && front.service.is_some() && keys.entry("protocol").is_none() {
        page.error(
            Diagnostic::error(
                Code::MissingKey,
                front.span,
                "the front matter has no `protocol`",
            )
            .help("write `protocol = \"soap-1.1\"`, `\"soap-1.2\"` or `\"json\"`"),
        );
    }
    front.namespace = keys.string(page, "namespace");
    if let Some(form) = keys.string(page, "element-form") {
        front.qualified = element_form(&form, front.wire, page);
    }
    front.port = keys.string(page, "port");
    front.include = keys.strings(page, "include");
    front.action = keys.string(page, "action");
    front.candidates = keys.strings(page, "action-candidates");
    front.credentials = keys.string(page, "credentials");
    if let Some(mut auth) = keys.table(page, "auth") {
        front.username = auth.string(page, "username");
        front.password = auth.string(page, "password");
        front.basic = auth.boolean(page, "basic").is_some_and(|basic| basic.value);
        auth.finish(page);
    }
    if let Some(endpoints) = keys.table(page, "endpoint") {
        for Named { at, key, value } in endpoints.entries() {
            match endpoint(key, at, value, page) {
                Some(endpoint) => front.endpoints.push(endpoint),
                None => front.complete = false,
            }
        }
    }
    if let Some(mut lint) = keys.table(page, "lint") {
        if let Some(allow) = lint.table(page, "allow") {
            for Named { at, key, value } in allow.entries() {
                let path = allow.path(key);
                if let Some(reason) = string(page, &path, value) {
                    front.accepted.push(AcceptedFinding {
                        pattern: key.to_owned(),
                        reason: reason.value,
                        span: page.span(at),
                    });
                }
            }
        }
        lint.finish(page);
    }
    if let Some(source) = keys.table(page, "source") {
        front.source = Some(provenance_of_source(&source, page));
    }
    for header in keys.tables(page, "http-header") {
        front.http_headers.extend(http_header(header, page));
    }
    if let Some(operations) = keys.table(page, "operation") {
        for Named { at, key, value } in operations.entries() {
            let path = operations.path(key);
            if let Some(keys) = table(page, &path, at, value) {
                let facts = operation::read(keys, page);
                front.operations.insert(key.to_owned(), facts);
            }
        }
    }
}

fn wire(protocol: &Located<String>, page: &mut Page<'_>) -> Wire {
    match protocol.value.as_str() {
        "soap-1.1" => Wire::Soap11,
        "soap-1.2" => Wire::Soap12,
        "json" => Wire::Json,
        other => {
            page.error(
                Diagnostic::error(
                    Code::InvalidValue,
                    protocol.span,
                    format!("no protocol is called `{other}`"),
                )
                .help("the protocols are `soap-1.1`, `soap-1.2` and `json`"),
            );
            Wire::Soap11
        }
    }
}

fn element_form(form: &Located<String>, wire: Wire, page: &mut Page<'_>) -> bool {
    let help = match (form.value.as_str(), wire) {
        (_, Wire::Json) => "leave `element-form` out: JSON has no namespaces",
        ("qualified", _) => return true,
        ("unqualified", _) => return false,
        _ => "write `qualified` or `unqualified`",
    };
    page.error(
        Diagnostic::error(
            Code::InvalidValue,
            form.span,
            format!("`{}` is no element form here", form.value),
        )
        .help(help),
    );
    true
}

fn endpoint(
    name: &str,
    key: Range<usize>,
    value: &toml::Spanned<DeValue<'_>>,
    page: &mut Page<'_>,
) -> Option<Endpoint> {
    let span = page.span(key.clone());
    let path = format!("endpoint.{name}");
    let (location, verified, provenance) = match value.get_ref() {
        DeValue::Table(_) => {
            let mut keys = table(page, &path, key, value)?;
            let help = "write the address, or `value = \"?\"` if callers must say";
            let location = keys.required_string(page, "value", help);
            let verified = keys.boolean(page, "verified").is_none_or(|flag| flag.value);
            let provenance = witnesses_of(&mut keys, page);
            keys.finish(page);
            (location?, verified, provenance)
        }
        _ => (string(page, &path, value)?, true, Vec::new()),
    };
    if location.value == "?" {
        return Some(Endpoint {
            environment: name.to_owned(),
            location: None,
            verified: false,
            provenance,
            span,
        });
    }
    if let Some(fault) = address_fault(&location.value) {
        page.error(
            Diagnostic::error(
                Code::InvalidValue,
                location.span,
                format!("`{}` is no address: {fault}", location.value),
            )
            .help("write `https://host/path` without `?wsdl`, or `\"?\"` if callers must say"),
        );
        return None;
    }
    Some(Endpoint {
        environment: name.to_owned(),
        location: Some(location.value),
        verified,
        provenance,
        span,
    })
}

/// Why nothing can be sent to `address`.
fn address_fault(address: &str) -> Option<&'static str> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let Some(rest) = rest else {
        return Some("it does not begin with `https://` or `http://`");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() {
        Some("it has no host")
    } else if address.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Some("it has a blank in it")
    } else if address.contains(['{', '}', '<', '>']) {
        Some("a part of it is a placeholder")
    } else if host.contains('@') {
        Some("credentials do not belong in it")
    } else if rest.contains('#') {
        Some("it has a fragment")
    } else {
        let query = rest.split_once('?').map(|(_, query)| query.to_lowercase());
        query
            .is_some_and(|query| query == "wsdl" || query == "singlewsdl")
            .then_some("it is the address of a WSDL")
    }
}

/// The statements of `from = "client, inferred"`.
fn witnesses_of(keys: &mut Keys<'_>, page: &mut Page<'_>) -> Vec<Provenance> {
    let Some(from) = keys.string(page, "from") else {
        return Vec::new();
    };
    match witnesses(&from.value) {
        Ok(witnesses) => witnesses
            .into_iter()
            .map(|witness| Provenance {
                witness,
                fact: None,
                reason: None,
                remove_when: None,
                span: from.span,
            })
            .collect(),
        Err(name) => {
            page.error(unknown_witness(name, from.span));
            Vec::new()
        }
    }
}

/// `[source]`: its keys are free, and become one sentence.
fn provenance_of_source(source: &Keys<'_>, page: &mut Page<'_>) -> Provenance {
    let mut parts = Vec::new();
    for Named { at, key, value } in source.entries() {
        match value.get_ref() {
            DeValue::String(text) => parts.push(format!("{key}: {text}")),
            DeValue::Datetime(date) => parts.push(format!("{key}: {date}")),
            _ => {
                let span = page.span(at);
                page.error(
                    Diagnostic::error(
                        Code::InvalidValue,
                        span,
                        format!("`source.{key}` is neither text nor a date"),
                    )
                    .help("write it as a string"),
                );
            }
        }
    }
    Provenance {
        witness: Witness::Page,
        fact: Some("source".to_owned()),
        reason: Some(parts.join(", ")),
        remove_when: None,
        span: page.span(source.span()),
    }
}

fn http_header(mut keys: Keys<'_>, page: &mut Page<'_>) -> Option<HttpHeader> {
    let name = keys.required_string(page, "name", "write the header's name: `name = \"X-Key\"`");
    let argument = keys.required_string(
        page,
        "argument",
        "say what callers know the value as: `argument = \"sessionId\"`",
    );
    let prefix = keys.string(page, "prefix").map(|prefix| prefix.value);
    let secret = keys.boolean(page, "secret").is_some_and(|flag| flag.value);
    let required = keys.boolean(page, "required").is_none_or(|flag| flag.value);
    let base64_json = keys.string(page, "base64-json");
    let description = keys.string(page, "description").map(|text| text.value);
    let provenance = witnesses_of(&mut keys, page);
    let span = page.span(keys.span());
    keys.finish(page);
    let name = name?;
    if name.value.is_empty() || !name.value.bytes().all(is_token) {
        page.error(
            Diagnostic::error(
                Code::InvalidValue,
                name.span,
                format!("`{}` cannot be the name of an HTTP header", name.value),
            )
            .help("a header's name has letters, digits and `-`"),
        );
        return None;
    }
    Some(HttpHeader {
        name,
        prefix: prefix.unwrap_or_default(),
        argument: argument?,
        secret,
        required,
        base64_json,
        description,
        provenance,
        span,
    })
}

/// RFC 9110 §5.6.2.
pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_must_be_such_that_something_can_be_sent_there() {
        assert_eq!(address_fault("https://a.example/s.svc"), None);
        assert_eq!(address_fault("http://127.0.0.1:8080"), None);
        assert_eq!(address_fault("https://a.example/s?x=1"), None);
        for bad in [
            "ftp://a.example/",
            "a.example/s",
            "https:///s",
            "https://a b/",
            "https://{host}/s",
            "https://u:p@a.example/",
            "https://a.example/#x",
            "https://a.example/s?wsdl",
            "https://a.example/s?singleWsdl",
        ] {
            assert!(address_fault(bad).is_some(), "{bad}");
        }
    }
}
