//! Operations and their messages.

use super::super::cells::Place;
use super::super::definitions::{MessageDefinition, OperationDefinition};
use super::super::document::Located;
use super::super::front_matter::OperationFacts;
use super::super::rows::Row;
use super::Filler;
use super::action::placeholders;
use super::record::{Enclosing, local, sequence};
use crate::contract::{
    Annotation, BindingOperation, ComplexType, Content, Definition, ElementDeclaration, Header,
    HttpAnswer, HttpContent, HttpOperation, Id, Idempotency, Message, MessageBinding,
    MessageReference, Occurs, Operation, Part, PartContent, Particle, Policy, Scope, Term,
    Transmission,
};
use crate::diagnostic::{Code, Diagnostic};

impl<'a> Filler<'a> {
    pub(super) fn operation(
        &mut self,
        operation: &'a OperationDefinition,
        service: &str,
    ) -> Option<(Operation, BindingOperation)> {
        let name = &operation.name;
        let facts = self.front.operations.get(&name.value);
        let (Some(request), Some(response)) = (&operation.request, &operation.response) else {
            return None;
        };
        let http = self.http(facts, operation, request);
        let input = self.message(request, name, "InputMessage", false)?;
        let output = self.message(response, name, "OutputMessage", true)?;
        let request_headers = self.headers(request, name, "Request_Headers", false);
        let response_headers = self.headers(response, name, "Response_Headers", true);
        let errors = self.errors(operation, facts, response);
        let examples = self.examples(operation, facts);
        let declared = Operation {
            name: name.value.clone(),
            transmission: Transmission::RequestResponse,
            input: Some(reference(format!("{}Request", name.value), input, request)),
            output: Some(reference(
                format!("{}Response", name.value),
                output,
                response,
            )),
            faults: Vec::new(),
            parameter_order: Vec::new(),
            errors,
            idempotency: facts.map_or(Idempotency::Unknown, |facts| facts.idempotency),
            examples,
            policy: Policy::default(),
            annotation: Annotation {
                documentation: operation.documentation.clone(),
                deprecated: facts.and_then(|facts| facts.deprecated.clone()),
                provenance: operation.provenance.clone(),
                ..Annotation::default()
            },
            span: name.span,
        };
        let bound = BindingOperation {
            name: name.value.clone(),
            input_name: None,
            output_name: None,
            action: self.action(facts, &name.value, service),
            style: None,
            http,
            input: binding(request_headers),
            output: binding(response_headers),
            faults: Vec::new(),
            extensions: Vec::new(),
            policy: Policy::default(),
            span: name.span,
        };
        Some((declared, bound))
    }

    /// Declares the elements and the message of a request or response.
    fn message(
        &mut self,
        message: &MessageDefinition,
        operation: &Located<String>,
        suffix: &str,
        claimed: bool,
    ) -> Option<Id<Message>> {
        let element = self.wrapper(message, claimed)?;
        let name = self.qname(&format!("{}_{suffix}", operation.value));
        let part = Part {
            name: "parameters".to_owned(),
            content: PartContent::Element(element),
            annotation: Annotation::default(),
            span: message.span,
        };
        let declared = self.contract.declare_message(
            name.clone(),
            Message {
                name,
                declared: true,
                parts: vec![part],
                policy: Policy::default(),
                span: message.span,
            },
        );
        match declared {
            Ok(id) => Some(id),
            Err(redeclared) => {
                self.duplicate(operation, "operation", redeclared.first);
                None
            }
        }
    }

    /// The global element of a message, and the elements in it down to the record.
    fn wrapper(
        &mut self,
        message: &MessageDefinition,
        claimed: bool,
    ) -> Option<Id<ElementDeclaration>> {
        let mut enclosing = Enclosing {
            claimed,
            credentials: false,
            rules: &message.rules,
            path: Vec::new(),
        };
        let record = self.record(&message.rows.rows, &mut enclosing, message.span);
        let mut content = self.anonymous(Definition::Complex(record), message.span);
        let mut provenance = message.provenance.clone();
        provenance.extend(
            message
                .rules
                .iter()
                .flat_map(|rule| rule.provenance.clone()),
        );
        let mut annotation = Annotation {
            documentation: message.documentation.clone(),
            provenance,
            ..Annotation::default()
        };
        for inner in message.path.iter().skip(1).rev() {
            let element = ElementDeclaration {
                annotation: std::mem::take(&mut annotation),
                ..local(self.local_name(&inner.value), content, inner.span)
            };
            let particle = Particle {
                occurs: Occurs::ONCE,
                term: Term::Element(self.contract.elements.add(element)),
                span: inner.span,
            };
            let wrapper = ComplexType {
                content: Content::Elements(sequence(vec![particle], inner.span)),
                ..ComplexType::default()
            };
            content = self.anonymous(Definition::Complex(wrapper), inner.span);
        }
        let outer = message.path.first()?;
        let name = self.qname(&outer.value);
        let element = ElementDeclaration {
            scope: Scope::Global,
            annotation,
            ..local(name.clone(), content, outer.span)
        };
        match self.contract.declare_element(name, element) {
            Ok(id) => Some(id),
            Err(redeclared) => {
                self.duplicate(outer, "message", redeclared.first);
                None
            }
        }
    }

    /// Method and path of a JSON operation.
    fn http(
        &mut self,
        facts: Option<&OperationFacts>,
        operation: &OperationDefinition,
        request: &MessageDefinition,
    ) -> Option<HttpOperation> {
        let name = &operation.name;
        let path = facts.and_then(|facts| facts.path.as_ref());
        let method = facts.and_then(|facts| facts.method.as_ref());
        if !self.is_json() {
            for fact in [path, method].into_iter().flatten() {
                self.error(
                    Diagnostic::error(
                        Code::InvalidValue,
                        fact.span,
                        "SOAP operations have no method or path of their own",
                    )
                    .help("leave it out: all go to the endpoint"),
                );
            }
            return None;
        }
        let Some(path) = path else {
            self.error(
                Diagnostic::error(
                    Code::MissingKey,
                    name.span,
                    format!("nothing says the path of `{}`", name.value),
                )
                .help(format!(
                    "write in the front matter: `operation.{} = {{ method = \"POST\", path = \"/…\" }}`",
                    name.value
                )),
            );
            return None;
        };
        let method = method
            .map_or("POST", |method| method.value.as_str())
            .to_owned();
        self.check_path(path, request);
        if method == "GET" || method == "HEAD" {
            let rows = request.rows.rows.iter();
            for row in rows.filter(|row| row.place.value == Place::Body) {
                self.error(
                    Diagnostic::error(
                        Code::InvalidLocation,
                        row.span,
                        format!("a `{method}` request has no body"),
                    )
                    .help("write `query`, `path` or `http-header` in the column `In`"),
                );
            }
        }
        Some(HttpOperation {
            method,
            path: path.value.clone(),
            content: HttpContent::Json,
            answer: HttpAnswer::Document,
        })
    }

    fn check_path(&mut self, path: &Located<String>, request: &MessageDefinition) {
        let fault = if !path.value.starts_with('/') {
            Some("it does not begin with `/`")
        } else if path.value.contains(['?', '#']) {
            Some("a query is made of the rows with `query` in the column `In`")
        } else if path.value.contains(char::is_whitespace) {
            Some("it has a blank in it")
        } else if path.value.matches('{').count() != path.value.matches('}').count() {
            Some("a brace is not closed")
        } else {
            None
        };
        if let Some(fault) = fault {
            self.error(
                Diagnostic::error(
                    Code::InvalidPath,
                    path.span,
                    format!("`{}` is no path: {fault}", path.value),
                )
                .help("write what comes after the endpoint: `/{customerId}/products`"),
            );
        }
        let rows: Vec<&Row> = request
            .rows
            .rows
            .iter()
            .filter(|row| row.place.value == Place::Path)
            .collect();
        let names: Vec<&str> = placeholders(&path.value).collect();
        for placeholder in &names {
            let known = rows.iter().any(|row| row.wire.value == *placeholder);
            if !known && request.rows.complete {
                self.error(
                    Diagnostic::error(
                        Code::InvalidPath,
                        path.span,
                        format!("no row describes `{{{placeholder}}}`"),
                    )
                    .help(format!(
                        "add a row `{placeholder}` with `path` in the column `In` to the request"
                    )),
                );
            }
        }
        for row in rows {
            if !names.contains(&row.wire.value.as_str()) {
                self.error(
                    Diagnostic::error(
                        Code::InvalidPath,
                        row.wire.span,
                        format!("the path has no `{{{}}}`", row.wire.value),
                    )
                    .related(path.span, "the path")
                    .help(format!(
                        "put `{{{}}}` into the path, or write another place in the column `In`",
                        row.wire.value
                    )),
                );
            }
        }
    }
}

fn reference(
    name: String,
    message: Id<Message>,
    definition: &MessageDefinition,
) -> MessageReference {
    MessageReference {
        name,
        message,
        addressing_action: None,
        policy: Policy::default(),
        span: definition.span,
    }
}

fn binding(headers: Vec<Header>) -> MessageBinding {
    MessageBinding {
        headers,
        ..MessageBinding::default()
    }
}
