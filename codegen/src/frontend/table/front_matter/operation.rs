//! `[operation.X]`: what no page says about one operation.

use toml::de::DeValue;

use super::super::document::Located;
use super::keys::{Keys, Named, Page, table};
use crate::contract::{HTTP_METHODS, Idempotency};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The facts about one operation.
#[derive(Debug)]
pub(in super::super) struct OperationFacts {
    pub action: Option<Located<String>>,
    pub candidates: Vec<Located<String>>,
    pub idempotency: Idempotency,
    pub method: Option<Located<String>>,
    pub path: Option<Located<String>>,
    pub request: Option<Located<String>>,
    pub response: Option<Located<String>>,
    pub faults: Option<Located<String>>,
    pub in_band: Option<InBandFacts>,
    pub statuses: Vec<StatusFacts>,
    pub deprecated: Option<String>,
    /// The name in `[operation.name]`.
    pub span: Span,
}

/// `in-band = { … }`.
#[derive(Debug)]
pub(in super::super) struct InBandFacts {
    pub path: Located<String>,
    pub code: Located<String>,
    pub reason: Option<Located<String>>,
    pub severity: Option<Located<String>>,
    pub errors: Vec<Located<String>>,
    pub span: Span,
}

/// `status.404 = { … }`.
#[derive(Debug)]
pub(in super::super) struct StatusFacts {
    pub status: u16,
    pub body: Located<String>,
    pub code: Option<Located<String>>,
    pub reason: Option<Located<String>>,
    pub documentation: Option<String>,
    pub span: Span,
}

pub(super) fn read(mut keys: Keys<'_>, page: &mut Page<'_>) -> OperationFacts {
    let facts = OperationFacts {
        action: keys.string(page, "action"),
        candidates: keys.strings(page, "action-candidates"),
        idempotency: idempotency(&mut keys, page),
        method: keys
            .string(page, "method")
            .filter(|method| is_method(method, page)),
        path: keys.string(page, "path"),
        request: keys.string(page, "request"),
        response: keys.string(page, "response"),
        faults: keys.string(page, "faults"),
        in_band: in_band(&mut keys, page),
        statuses: statuses(&mut keys, page),
        deprecated: keys.string(page, "deprecated").map(|text| text.value),
        span: page.span(keys.span()),
    };
    keys.finish(page);
    facts
}

fn is_method(method: &Located<String>, page: &mut Page<'_>) -> bool {
    let known = HTTP_METHODS.contains(&method.value.as_str());
    if !known {
        page.error(
            Diagnostic::error(
                Code::InvalidValue,
                method.span,
                format!("`{}` is no HTTP method", method.value),
            )
            .help("the methods are `GET`, `POST`, `PUT`, `PATCH`, `DELETE` and `HEAD`"),
        );
    }
    known
}

fn idempotency(keys: &mut Keys<'_>, page: &mut Page<'_>) -> Idempotency {
    let stated: Vec<(Located<bool>, Idempotency)> = [
        ("once", Idempotency::Once),
        ("safe", Idempotency::Safe),
        ("idempotent", Idempotency::Idempotent),
    ]
    .into_iter()
    .filter_map(|(key, kind)| Some((keys.boolean(page, key)?, kind)))
    .filter(|(flag, _)| flag.value)
    .collect();
    if let [(first, _), (second, _), ..] = stated.as_slice() {
        page.error(
            Diagnostic::error(
                Code::InvalidValue,
                second.span,
                "an operation is one of `once`, `safe` and `idempotent`",
            )
            .related(first.span, "stated here")
            .help("leave all but one out"),
        );
    }
    stated
        .first()
        .map_or(Idempotency::Unknown, |(_, kind)| *kind)
}

fn in_band(keys: &mut Keys<'_>, page: &mut Page<'_>) -> Option<InBandFacts> {
    let mut keys = keys.table(page, "in-band")?;
    let path = keys.required_string(
        page,
        "path",
        "say where one message stands in the response: `path = \"result/messages/Message\"`",
    );
    let code = keys.required_string(
        page,
        "code",
        "say which field of a message holds the code: `code = \"code\"`",
    );
    let reason = keys.string(page, "reason");
    let severity = keys.string(page, "severity");
    let errors = keys.strings(page, "errors");
    let span = page.span(keys.span());
    if severity.is_some() == errors.is_empty() {
        page.error(
            Diagnostic::error(
                Code::MissingKey,
                span,
                "`severity` and `errors` say together which messages are errors",
            )
            .help("write both: `severity = \"severity\", errors = [\"ERROR\"]`, or neither"),
        );
    }
    keys.finish(page);
    Some(InBandFacts {
        path: path?,
        code: code?,
        reason,
        severity,
        errors,
        span,
    })
}

fn statuses(keys: &mut Keys<'_>, page: &mut Page<'_>) -> Vec<StatusFacts> {
    let Some(statuses) = keys.table(page, "status") else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    for Named { at, key, value } in statuses.entries() {
        let span = page.span(at.clone());
        let status = key
            .parse::<u16>()
            .ok()
            .filter(|status| (100..=599).contains(status) && key.len() == 3);
        let Some(status) = status else {
            page.error(
                Diagnostic::error(
                    Code::InvalidValue,
                    span,
                    format!("`{key}` is no HTTP status"),
                )
                .help("a status is a number from 100 to 599: `status.404 = { … }`"),
            );
            continue;
        };
        let named;
        let keys = match value.get_ref() {
            DeValue::String(body) => {
                named = Located::new(body.to_string(), page.span(value.span()));
                facts.push(StatusFacts {
                    status,
                    body: named,
                    code: None,
                    reason: None,
                    documentation: None,
                    span,
                });
                continue;
            }
            _ => table(page, &statuses.path(key), at, value),
        };
        let Some(mut keys) = keys else { continue };
        let body = keys.required_string(
            page,
            "body",
            "name the type of the body: `body = \"ErrorResponse\"`",
        );
        let code = keys.string(page, "code");
        let reason = keys.string(page, "reason");
        let documentation = keys.string(page, "description").map(|text| text.value);
        keys.finish(page);
        if let Some(body) = body {
            facts.push(StatusFacts {
                status,
                body,
                code,
                reason,
                documentation,
                span,
            });
        }
    }
    facts
}
