//! Operations and their messages.

use super::super::cells::Place;
use super::super::definitions::{MessageDefinition, OperationDefinition};
use super::super::document::Located;
use super::super::examples::{self, Expected};
use super::super::front_matter::OperationFacts;
use super::super::rows::Row;
use super::super::sections::ExampleSection;
use super::Filler;
use super::action::placeholders;
use super::record::{Enclosing, builtin, facets, local, sequence};
use crate::contract::{
    Annotation, BindingOperation, Body, ComplexType, Content, Contract, Definition, Direction,
    ElementDeclaration, Example, Facets, Header, HttpOperation, Id, Idempotency, Message,
    MessageBinding, MessageReference, Occurs, Operation, Part, PartContent, Particle, Provenance,
    Scope, Term, Transmission, Use, Variety, Witness,
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

    /// Declares the header elements of a message, and the message that has them as parts.
    fn headers(
        &mut self,
        message: &MessageDefinition,
        operation: &Located<String>,
        suffix: &str,
        claimed: bool,
    ) -> Vec<Header> {
        let rows = message.rows.rows.iter();
        let rows: Vec<&Row> = rows
            .filter(|row| row.place.value == Place::SoapHeader)
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let mut parts = Vec::new();
        for row in &rows {
            let Some(element) = self.header_element(row, claimed) else {
                continue;
            };
            parts.push(Part {
                name: row.wire.value.clone(),
                content: PartContent::Element(element),
                annotation: Annotation::default(),
                span: row.span,
            });
        }
        let name = self.qname(&format!("{}{suffix}", operation.value));
        let declared = self.contract.declare_message(
            name.clone(),
            Message {
                name,
                declared: true,
                parts,
                span: message.span,
            },
        );
        let Ok(message) = declared else {
            return Vec::new();
        };
        rows.iter()
            .map(|row| Header {
                message,
                part: row.wire.value.clone(),
                use_: Use::Literal,
                required: row.occurs.min > 0,
                faults: Vec::new(),
                span: row.span,
            })
            .collect()
    }

    /// A header element is declared once for the service; all its rows have to agree.
    fn header_element(&mut self, row: &Row, claimed: bool) -> Option<Id<ElementDeclaration>> {
        let name = self.qname(&row.wire.value);
        if let Some(first) = self.headers.get(&row.wire.value) {
            if !same_header(first, row) {
                let diagnostic = Diagnostic::error(
                    Code::DuplicateField,
                    row.span,
                    format!("the header `{}` is described in two ways", row.wire.value),
                )
                .related(first.span, "the first")
                .help(
                    "a header is declared once: give both rows the same type, maximum and values",
                );
                self.error(diagnostic);
            }
            return self.contract.find_element(&name);
        }
        self.headers.insert(row.wire.value.clone(), row.clone());
        let mut enclosing = Enclosing {
            claimed,
            credentials: false,
            rules: &[],
            path: Vec::new(),
        };
        if let Some(id) = self.contract.find_element(&name) {
            let known = &self.contract.elements[id];
            if known.scope == Scope::Global {
                let first = known.span;
                if !declared_alike(self.contract, id, row) {
                    self.duplicate(&row.wire, "element", first);
                }
                return Some(id);
            }
        }
        let content = self.type_of(row, &mut enclosing);
        let element = ElementDeclaration {
            scope: Scope::Global,
            ..self.element(row, name.clone(), content, &enclosing)
        };
        self.contract.declare_element(name, element).ok()
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

    fn examples(
        &mut self,
        operation: &OperationDefinition,
        facts: Option<&OperationFacts>,
    ) -> Vec<Example> {
        let sections = self
            .page
            .outline
            .operations
            .iter()
            .find(|section| section.name.span == operation.name.span)
            .map_or(&[][..], |section| &section.examples);
        let mut examples = Vec::new();
        for section in sections {
            let provenance = self.example_provenance(section);
            if section.body.codes.is_empty() {
                self.error(
                    Diagnostic::error(
                        Code::InvalidExample,
                        section.heading.span,
                        "there is no message under this heading",
                    )
                    .help("put it into a code block: ```` ```xml ````"),
                );
            }
            for code in &section.body.codes {
                let keys = self.keys(section.direction, operation, facts);
                let message = match section.direction {
                    Direction::Request => &operation.request,
                    Direction::Response | Direction::Error(_) => &operation.response,
                };
                let element = message.as_ref().and_then(|message| message.path.first());
                let expected = Expected {
                    wire: self.front.wire,
                    namespace: &self.namespace,
                    direction: section.direction,
                    element: element.map(|element| element.value.as_str()),
                    keys: &keys,
                };
                if let Some(fault) = examples::fault(code, &expected) {
                    self.error(fault);
                    continue;
                }
                examples.push(Example {
                    title: section.title.clone(),
                    direction: section.direction,
                    text: code.value.clone(),
                    provenance: provenance.clone(),
                    span: code.span,
                });
            }
        }
        examples
    }

    fn example_provenance(&mut self, section: &ExampleSection) -> Vec<Provenance> {
        let notes = &self.page.outline.notes;
        let mut provenance = notes.about(&section.heading, None, self.diagnostics);
        provenance.extend(section.body.provenance(notes, self.diagnostics));
        if provenance.is_empty() {
            provenance.push(Provenance {
                witness: Witness::Example,
                fact: None,
                reason: None,
                remove_when: None,
                span: section.heading.span,
            });
        }
        provenance
    }

    /// The keys that a JSON body of this direction may have.
    fn keys(
        &self,
        direction: Direction,
        operation: &OperationDefinition,
        facts: Option<&OperationFacts>,
    ) -> Vec<String> {
        let rows: &[Row] = match direction {
            Direction::Request => operation.request.as_ref().map(|message| &message.rows),
            Direction::Response => operation.response.as_ref().map(|message| &message.rows),
            Direction::Error(status) => facts
                .into_iter()
                .flat_map(|facts| &facts.statuses)
                .find(|facts| facts.status == status)
                .and_then(|facts| self.definitions.record(&facts.body.value))
                .map(|record| &record.rows),
        }
        .map_or(&[], |rows| rows.rows.as_slice());
        rows.iter()
            .filter(|row| row.place.value == Place::Body)
            .map(|row| row.wire.value.clone())
            .collect()
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
        span: definition.span,
    }
}

fn binding(headers: Vec<Header>) -> MessageBinding {
    MessageBinding {
        body: Body::default(),
        headers,
        attachments: Vec::new(),
    }
}

/// Whether two rows describe one header element.
fn same_header(a: &Row, b: &Row) -> bool {
    a.notation == b.notation
        && a.maximum == b.maximum
        && a.values == b.values
        && a.nillable == b.nillable
        && a.default == b.default
}

/// Whether the global element `id`, which another page declared, is what `row` describes.
fn declared_alike(contract: &Contract, id: Id<ElementDeclaration>, row: &Row) -> bool {
    let element = &contract.elements[id];
    let Some(builtin) = builtin(row) else {
        return false;
    };
    let base = contract.builtin(builtin);
    let facets = facets(row);
    let alike = match &contract.types[element.type_definition].definition {
        _ if element.type_definition == base => facets == Facets::default(),
        Definition::Simple(simple) => {
            matches!(simple.variety, Variety::Restriction(Some(known)) if known == base)
                && simple.facets == facets
        }
        _ => false,
    };
    alike && element.nillable == row.nillable
}
