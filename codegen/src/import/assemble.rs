//! From what pages say to one service: names, wrappers, places, what samples add.

mod checks;
mod messages;
mod places;

pub(crate) use checks::unknowns;
use checks::{contradictions, credentials, queries};
use messages::{Known, align_with, message, path_parameters};

use super::align::{self, Aligner};
use super::description::*;
use super::dictionary::{SECRETS, USERS, fold};
use super::finding::{Findings, Kind};
use super::notation::prose::capitalised;
use super::notation::types::Base;
use super::sample::{self, Node, Payload, Shape};
use super::sections::{OperationReading, PageReading};
use super::{placeholders, rules};
use crate::contract::Occurs;
use crate::source::Span;

/// The service that one page describes.
pub(crate) fn page(mut page: PageReading, start: Span, findings: &mut Findings) -> Service {
    let mut types = std::mem::take(&mut page.types);
    let mut operations = Vec::new();
    let mut protocol = None;
    let mut namespace = page.namespace.take();
    let title = page.title.clone();
    let mut catalogue = std::mem::take(&mut page.catalogue);
    for reading in std::mem::take(&mut page.operations) {
        let payloads: Vec<(Payload, Sample)> = reading
            .operation
            .samples
            .iter()
            .filter_map(|sample| Some((sample::read(&sample.text)?, sample.clone())))
            .collect();
        for (payload, sample) in &payloads {
            if let Some(soap) = payload.soap {
                protocol.get_or_insert_with(|| Fact::example(soap, sample.span));
            } else if payload.json {
                protocol.get_or_insert_with(|| Fact::example(Protocol::Json, sample.span));
            }
            if namespace.is_none()
                && let Some(found) = payload.body.first().and_then(|root| root.namespace.clone())
            {
                namespace = Some(Fact::example(found, sample.span));
            }
        }
        let called = reading.operation.path.is_some();
        if called {
            protocol.get_or_insert_with(|| Fact::stated(Protocol::Json, reading.operation.span));
        }
        let operation = reading.operation.clone();
        let empty = operation.request.is_none()
            && operation.response.is_none()
            && operation.samples.is_empty()
            && !called
            && reading.told.is_none();
        if empty {
            catalogue.extend(operation.faults);
            continue;
        }
        operations.push(finish(
            reading,
            &payloads,
            &mut types,
            title.as_ref(),
            findings,
        ));
    }
    let protocol = protocol.unwrap_or_else(|| {
        if page.soap {
            findings.push(
                Kind::Guess,
                None,
                start,
                "no example shows the envelope; SOAP 1.1, since the page speaks of SOAP or WSDL",
            );
            Fact::guess(
                Protocol::Soap11,
                start,
                "the page speaks of SOAP or WSDL; no example shows the envelope",
            )
        } else {
            findings.push(
                Kind::Unknown,
                "L24",
                start,
                "nothing says what carries the messages: SOAP or JSON",
            );
            Fact::unknown(start)
        }
    });
    for (name, action) in page.actions {
        if let Some(operation) = operations
            .iter_mut()
            .find(|operation| operation.name.value.as_deref() == Some(&name))
        {
            operation.action = Some(action);
        }
    }
    let name = page.service.unwrap_or_else(|| Fact::unknown(start));
    let mut service = Service {
        name,
        title: title.map(|title| title.text).unwrap_or_default(),
        protocol,
        namespace: namespace.unwrap_or_else(|| Fact::unknown(start)),
        endpoints: page.endpoints,
        operations,
        types,
        enumerations: page.enumerations,
        catalogue,
    };
    enumerations(&mut service, findings);
    service
}

/// Values under a heading of their own belong to the fields of that name.
fn enumerations(service: &mut Service, findings: &mut Findings) {
    let Service {
        operations,
        types,
        enumerations,
        ..
    } = service;
    let records = operations
        .iter_mut()
        .flat_map(|operation| [operation.request.as_mut(), operation.response.as_mut()])
        .flatten()
        .map(|message| &mut message.record)
        .chain(types.iter_mut().map(|table| &mut table.record));
    let mut used: Vec<usize> = Vec::new();
    for record in records {
        for field in &mut record.fields {
            let found = enumerations.iter().position(|known| {
                known
                    .name
                    .value
                    .as_deref()
                    .is_some_and(|name| fold(name) == fold(field.shown()))
            });
            if let Some(at) = found
                && field.values.is_none()
                && matches!(
                    field.kind.value,
                    None | Some(FieldType {
                        base: Base::Builtin(_),
                        ..
                    })
                )
            {
                field.values = Some(Fact::stated(
                    enumerations[at].values.clone(),
                    enumerations[at].name.span,
                ));
                used.push(at);
            }
        }
    }
    let mut at = 0;
    enumerations.retain(|enumeration| {
        at += 1;
        let used = used.contains(&(at - 1));
        if !used && !enumeration.announced {
            let name = enumeration.name.value.clone().unwrap_or_default();
            findings.push(
                Kind::Unknown,
                "L23",
                enumeration.name.span,
                format!("a list of what could be values stands below `{name}`, and no field has that name; it is left out"),
            );
        }
        !used && enumeration.announced
    });
}

/// One operation, with what its samples say.
fn finish(
    reading: OperationReading,
    payloads: &[(Payload, Sample)],
    types: &mut Vec<TypeTable>,
    title: Option<&super::model::Cell>,
    findings: &mut Findings,
) -> Operation {
    let mut operation = reading.operation.clone();
    let of = |direction: fn(Direction) -> bool| -> Vec<&(Payload, Sample)> {
        payloads
            .iter()
            .filter(|(_, sample)| direction(sample.direction))
            .collect()
    };
    let requests = of(|direction| direction == Direction::Request);
    let responses = of(|direction| direction == Direction::Response);
    let errors = of(|direction| matches!(direction, Direction::Error(_)));
    operation.name = name(&reading, &requests, title, findings);
    let json = payloads.iter().any(|(payload, _)| payload.json) || operation.path.is_some();
    let called = operation.name.value.clone().unwrap_or_default();
    let known = Known {
        type_name: reading.request_type.as_deref(),
        end: "Request",
        called: &called,
        json,
    };
    let request = operation.request.take();
    operation.request = message(request, &requests, types, &known, findings);
    let known = Known {
        type_name: reading.response_type.as_deref(),
        end: "Response",
        ..known
    };
    let response = operation.response.take();
    operation.response = message(response, &responses, types, &known, findings);
    for (payload, sample) in errors {
        if !payload.json {
            continue;
        }
        let body = operation
            .statuses
            .iter()
            .find(|status| Direction::Error(status.code) == sample.direction)
            .and_then(|status| status.body.clone());
        let Some(at) = types
            .iter()
            .position(|table| table.name.value.is_some() && table.name.value == body)
        else {
            continue;
        };
        let mut record = std::mem::take(&mut types[at].record);
        align_with(&mut record, types, payload, sample.span, findings);
        types[at].record = record;
    }
    if let Some(request) = &mut operation.request {
        path_parameters(request, operation.path.as_deref(), operation.span);
        for parents in levels(&request.record) {
            align::guess(
                &mut request.record,
                &parents,
                &reading.code,
                operation.span,
                findings,
            );
        }
        operation.rules = rules::find(&request.record, &reading.sentences, findings);
        credentials(request, findings);
    } else if operation
        .path
        .as_deref()
        .is_some_and(|path| path.contains('{'))
    {
        let mut request = Message {
            wrapper: Fact::unknown(operation.span),
            record: Record::default(),
            described: false,
        };
        path_parameters(&mut request, operation.path.as_deref(), operation.span);
        operation.request = Some(request);
    }
    queries(&mut operation, findings);
    contradictions(&operation, findings);
    operation
}

fn levels(record: &Record) -> Vec<Vec<String>> {
    let mut levels: Vec<Vec<String>> = vec![Vec::new()];
    for field in &record.fields {
        if !levels.contains(&field.parents) {
            levels.push(field.parents.clone());
        }
    }
    levels
}

/// What the operation is called, from the surest witness there is.
fn name(
    reading: &OperationReading,
    requests: &[&(Payload, Sample)],
    title: Option<&super::model::Cell>,
    findings: &mut Findings,
) -> Fact<String> {
    if let Some(told) = &reading.told {
        return Fact::stated(told.text.split_whitespace().collect(), told.span);
    }
    let without_end = |name: &str| {
        ["Request", "request", "Req"]
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .filter(|name| !name.is_empty())
            .unwrap_or(name)
            .to_owned()
    };
    let is_name = |text: &str| {
        super::notation::values::is_code(text)
            && !text.contains('.')
            && text.chars().any(char::is_lowercase)
    };
    // A heading that is one word, with a capital within: the name itself.
    let word = reading.titles.iter().rev().find(|title| {
        let text = title.text.trim_end_matches("()");
        is_name(text)
            && (text.chars().skip(1).any(char::is_uppercase)
                || text.contains('_')
                || text.chars().next().is_some_and(char::is_lowercase))
    });
    if let Some(word) = word {
        return Fact::stated(without_end(word.text.trim_end_matches("()")), word.span);
    }
    let root = requests.iter().find_map(|(payload, sample)| {
        let root = payload.body.first().filter(|root| !root.name.is_empty())?;
        Some((without_end(&root.name), sample.span))
    });
    if let Some((root, span)) = root {
        return Fact::example(root, span);
    }
    let table = reading.operation.request.as_ref().and_then(|request| {
        let root = request.wrapper.value.as_ref()?.first()?.clone();
        Some((without_end(&root), request.wrapper.span))
    });
    if let Some((root, span)) = table {
        findings.push(
            Kind::Guess,
            None,
            span,
            format!("the operation is taken to be called `{root}`, after its request"),
        );
        return Fact::guess(root, span, "after the element of the request");
    }
    // Of several headings the one above the call.
    let called = reading.operation.path.is_some();
    let above = reading
        .titles
        .iter()
        .rfind(|title| !called || title.span.start < reading.operation.span.start);
    let heading = above.or(reading.titles.last()).or(title);
    if let Some(heading) = heading {
        let words: Vec<String> = heading
            .text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        if !words.is_empty() {
            let camel = reading.operation.path.is_some();
            let joined: String = words
                .iter()
                .enumerate()
                .map(|(at, word)| {
                    let mut characters = word.chars();
                    let first = characters.next();
                    let first = first.into_iter().flat_map(|c| {
                        if camel && at == 0 {
                            c.to_lowercase().collect::<Vec<_>>()
                        } else {
                            c.to_uppercase().collect()
                        }
                    });
                    first.chain(characters).collect::<String>()
                })
                .collect();
            let joined = if joined.starts_with(|c: char| c.is_ascii_digit()) {
                format!("_{joined}")
            } else {
                joined
            };
            findings.push(
                Kind::Guess,
                None,
                heading.span,
                format!("the operation is taken to be called `{joined}`, after the heading"),
            );
            return Fact::guess(joined, heading.span, "after the heading of the page");
        }
    }
    findings.push(
        Kind::Unknown,
        None,
        reading.operation.span,
        "nothing says what the operation is called",
    );
    Fact::unknown(reading.operation.span)
}

/// Whether a shape is one of a value.
pub(crate) fn is_value(shape: Shape) -> bool {
    !matches!(shape, Shape::Record | Shape::Array)
}
