//! What Castile's annotations say of an operation and its binding: how it fails, what its messages
//! look like, how callers say who they are.

use std::collections::BTreeSet;

use super::fill::{Document, Fill};
use crate::contract::{
    Authentication, AuthenticationHeader, AuthenticationValue, Direction, ErrorModel, Example, Id,
    InBand, Location, StatusError, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::frontend::annotations;
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element, collapsed};

impl<'a> Fill<'a> {
    /// `c:errors`, `c:in-band`, `c:status`.
    pub(super) fn error_model(
        &mut self,
        document: &Document<'a>,
        operation: Element<'a>,
    ) -> ErrorModel {
        let mut model = ErrorModel::default();
        for child in operation.children_in(annotations::NAMESPACE) {
            match child.name() {
                "errors" => self.errors(child, &mut model),
                "in-band" => model.in_band = self.in_band(child),
                "status" => model.statuses.extend(self.status(document, child)),
                "idempotency" | "example" | "source" => {}
                other => self.report(
                    Diagnostic::error(
                        Code::UnexpectedMarkup,
                        child.span(),
                        format!("`{other}` has no place in an operation"),
                    )
                    .help(
                        "an operation may hold c:errors, c:in-band, c:status, c:idempotency, \
                         c:example and c:source",
                    ),
                ),
            }
        }
        model
    }

    fn errors(&mut self, element: Element<'_>, model: &mut ErrorModel) {
        let codes = self.fault_codes(element);
        let catalogues = &mut self.xsd.contract.catalogues;
        let named = element.attribute("catalogue");
        let wanted = named.map(Attribute::trimmed);
        let mut candidates = catalogues
            .iter()
            .filter(|(_, catalogue)| wanted.is_none_or(|name| catalogue.name == name))
            .map(|(id, _)| id);
        let id = match (candidates.next(), candidates.next()) {
            (Some(id), None) => id,
            (_, second) => {
                drop(candidates);
                let (span, message) = match (named, second) {
                    (Some(named), _) => (
                        named.span(),
                        format!("no fault catalogue `{}`", named.trimmed()),
                    ),
                    (None, Some(_)) => (
                        element.span(),
                        "several fault catalogues, and none is named".to_owned(),
                    ),
                    (None, None) => (element.span(), "no fault catalogue is declared".to_owned()),
                };
                let names = self
                    .xsd
                    .contract
                    .catalogues
                    .iter()
                    .map(|(_, known)| known.name.as_str());
                let near = wanted.and_then(|wanted| nearest(wanted, names));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "declare it in definitions: <c:fault-catalogue name=\"…\">".to_owned(),
                };
                let diagnostic =
                    Diagnostic::error(Code::UnresolvedReference, span, message).help(help);
                self.report(diagnostic);
                return;
            }
        };
        drop(candidates);
        model.catalogue = Some(id);
        let known = &mut catalogues[id].codes;
        let values: BTreeSet<String> = known.iter().map(|known| known.value.clone()).collect();
        for code in codes {
            model.codes.push(code.value.clone());
            if !values.contains(&code.value) {
                known.push(code);
            }
        }
    }

    fn in_band(&mut self, element: Element<'_>) -> Option<InBand> {
        let path = self.required(element, "path")?;
        let code = self.required(element, "code")?;
        let text = |name| {
            element
                .attribute(name)
                .map(|attribute| attribute.trimmed().to_owned())
        };
        let mut errors: Vec<String> = { text("errors").unwrap_or_default() }
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        for error in element.children_in(annotations::NAMESPACE) {
            errors.extend({ self.required(error, "value") }.map(|value| value.value().to_owned()));
        }
        Some(InBand {
            path: path.trimmed().split('/').map(str::to_owned).collect(),
            code: code.trimmed().to_owned(),
            reason: text("reason"),
            severity: text("severity").map(|severity| (severity, errors)),
            span: element.span(),
        })
    }

    /// `c:status`.
    fn status(&mut self, document: &Document<'a>, element: Element<'a>) -> Option<StatusError> {
        let written = self.required(element, "status")?;
        let body = self.record(document, element, "body")?;
        let Ok(status) = written.trimmed().parse() else {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    written.span(),
                    format!("`{}` is no status of HTTP", written.trimmed()),
                )
                .help("write a number, as 404"),
            );
            return None;
        };
        let path = |name| -> Vec<String> {
            let path = element.attribute(name).map_or("", Attribute::trimmed);
            let names = path.split('/').filter(|name| !name.is_empty());
            names.map(str::to_owned).collect()
        };
        Some(StatusError {
            status,
            documentation: collapsed(&element.text()),
            body,
            code: path("code"),
            reason: path("reason"),
            span: element.span(),
        })
    }

    /// The type that an attribute names, which must be there.
    fn record(
        &mut self,
        document: &Document<'a>,
        element: Element<'a>,
        attribute: &str,
    ) -> Option<Id<TypeDefinition>> {
        let attribute = self.required(element, attribute)?;
        let name = self.reference(document, Kind::Type, element, attribute)?;
        Some(self.xsd.contract.type_reference(name, attribute.span()))
    }

    /// `c:example`s.
    pub(super) fn examples(&mut self, operation: Element<'a>) -> Vec<Example> {
        let mut examples = Vec::new();
        for child in operation.children_in(annotations::NAMESPACE) {
            if child.name() == "example" {
                examples.extend(self.example(child));
            }
        }
        examples
    }

    fn example(&mut self, element: Element<'a>) -> Option<Example> {
        let written = self.required(element, "direction")?;
        let direction = match written.trimmed().split_once(' ') {
            None => match written.trimmed() {
                "request" => Some(Direction::Request),
                "response" => Some(Direction::Response),
                "error" => Some(Direction::Error(0)),
                _ => None,
            },
            Some(("error", status)) => status.trim().parse().ok().map(Direction::Error),
            Some(_) => None,
        };
        let message =
            { element.children_in(annotations::NAMESPACE) }.find(|child| child.name() == "message");
        let (Some(direction), Some(message)) = (direction, message) else {
            self.report(
                Diagnostic::error(
                    Code::InvalidExample,
                    written.span(),
                    "an example without a message, or of no known direction",
                )
                .help(
                    "write direction=\"request\", \"response\", \"error\" or \"error 404\", and the text \
                     in c:message",
                ),
            );
            return None;
        };
        Some(Example {
            title: element
                .attribute("title")
                .map(|title| title.trimmed().to_owned()),
            direction,
            text: message.text(),
            provenance: annotations::sources(element.children(), self.diagnostics()),
            span: message.span(),
        })
    }

    /// `c:basic-authentication` and `c:http-header`s of a binding.
    pub(super) fn authentication(
        &mut self,
        document: &Document<'a>,
        binding: Element<'a>,
    ) -> Authentication {
        let mut authentication = Authentication::default();
        for child in binding.children_in(annotations::NAMESPACE) {
            match child.name() {
                "basic-authentication" => authentication.basic = true,
                "http-header" => {
                    let header = self.http_header(document, child);
                    authentication.http_headers.extend(header);
                }
                "source" => {}
                other => self.report(
                    Diagnostic::error(
                        Code::UnexpectedMarkup,
                        child.span(),
                        format!("`{other}` has no place in a binding"),
                    )
                    .help("a binding may hold c:basic-authentication, c:http-header and c:source"),
                ),
            }
        }
        authentication
    }

    fn http_header(
        &mut self,
        document: &Document<'a>,
        element: Element<'a>,
    ) -> Option<AuthenticationHeader> {
        let name = self.required(element, "name")?;
        let argument = self.required(element, "argument")?;
        let value = match element.attribute("base64-json") {
            None => AuthenticationValue::Text,
            Some(_) => {
                AuthenticationValue::Base64Json(self.record(document, element, "base64-json")?)
            }
        };
        let mut annotation = self.annotation(element);
        annotation.documentation = annotations::documentation(
            { element.children_in(annotations::NAMESPACE) }
                .filter(|child| child.name() == "documentation"),
        );
        annotation.location = Location::HttpHeader;
        Some(AuthenticationHeader {
            name: name.trimmed().to_owned(),
            // Blanks at its end count.
            prefix: element
                .attribute("prefix")
                .map_or("", Attribute::value)
                .to_owned(),
            argument: argument.trimmed().to_owned(),
            value,
            required: element
                .attribute("required")
                .is_none_or(|required| ["true", "1"].contains(&required.trimmed())),
            annotation,
            span: element.span(),
        })
    }
}
