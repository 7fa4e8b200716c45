//! From what pages say to one service: names, wrappers, places, what samples add.

use super::align::{self, Aligner};
use super::description::*;
use super::dictionary::{SECRETS, USERS, fold};
use super::finding::{Findings, Kind};
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
    enumerations(&mut service);
    unknowns(&service, findings);
    service
}

/// Values under a heading of their own belong to the fields of that name.
fn enumerations(service: &mut Service) {
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
        !used.contains(&(at - 1)) && enumeration.announced
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
    operation.request = message(
        operation.request.take(),
        &requests,
        types,
        reading.request_type.as_deref(),
        "Request",
        &called,
        json,
        findings,
    );
    operation.response = message(
        operation.response.take(),
        &responses,
        types,
        reading.response_type.as_deref(),
        "Response",
        &called,
        json,
        findings,
    );
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

/// A message with what its samples say; made of them alone, where no table describes it.
#[allow(
    clippy::too_many_arguments,
    reason = "what is known of a message has as many sources"
)]
fn message(
    described: Option<Message>,
    samples: &[&(Payload, Sample)],
    types: &mut Vec<TypeTable>,
    type_name: Option<&str>,
    end: &str,
    called: &str,
    json: bool,
    findings: &mut Findings,
) -> Option<Message> {
    if described.is_none() && samples.is_empty() {
        return None;
    }
    let span = described
        .as_ref()
        .map(|message| message.wrapper.span)
        .or(samples.first().map(|(_, sample)| sample.span))?;
    let mut message = described.unwrap_or(Message {
        wrapper: Fact::unknown(span),
        record: Record::default(),
        described: false,
    });
    for (payload, sample) in samples {
        if !message.described && placeholders::fill(&mut message, payload, sample.span, findings) {
            continue;
        }
        headers(&mut message, payload, sample.span, findings);
        if payload.json {
            align_with(&mut message.record, types, payload, sample.span, findings);
            continue;
        }
        let Some(root) = payload.body.first() else {
            continue;
        };
        let (path, inner) = below(root, &message.record);
        match &message.wrapper.value {
            Some(known) if *known == path => {}
            Some(known) => {
                let same = known.len() <= path.len()
                    && known
                        .iter()
                        .zip(path.iter().skip(path.len() - known.len()))
                        .all(|(a, b)| a.eq_ignore_ascii_case(b));
                findings.push(
                    Kind::Oddity,
                    "L10",
                    sample.span,
                    format!(
                        "the table has the fields in `{}`, the example in `{}`",
                        known.join("/"),
                        path.join("/")
                    ),
                );
                if same {
                    message.wrapper = Fact::example(path, sample.span);
                }
            }
            None => message.wrapper = Fact::example(path, sample.span),
        }
        let members = inner.members();
        let mut aligner = Aligner {
            types,
            findings,
            span: sample.span,
            json: false,
            open: Vec::new(),
        };
        aligner.level(&mut message.record, &[], &members);
    }
    if message.wrapper.value.is_none() {
        if json {
            if let Some(name) = type_name {
                message.wrapper = Fact::stated(vec![name.to_owned()], span);
            }
        } else if let Some(name) = type_name {
            message.wrapper = Fact::guess(
                vec![name.to_owned()],
                span,
                "the name that stands above the table",
            );
        } else if !called.is_empty() {
            let name = format!("{called}{end}");
            findings.push(Kind::Guess, None, span, format!("no example shows the element of this message; taken to be `{name}`, after the operation"));
            message.wrapper = Fact::guess(
                vec![name],
                span,
                "no example shows it; named after the operation",
            );
        }
    }
    Some(message)
}

/// The elements around the fields: the root, and further elements as long as there is just one that the
/// table does not know.
fn below<'a>(root: &'a Node, record: &Record) -> (Vec<String>, &'a Node) {
    let mut path = vec![root.name.clone()];
    let mut at = root;
    while let [only] = at.children.as_slice() {
        let known = record.fields.iter().any(|field| {
            field.parents.is_empty() && field.wire_name().eq_ignore_ascii_case(&only.name)
        });
        let deeper = only.children.iter().any(|child| {
            record.fields.iter().any(|field| {
                field.parents.is_empty() && field.wire_name().eq_ignore_ascii_case(&child.name)
            })
        });
        if known || !deeper || path.len() > 20 {
            break;
        }
        path.push(only.name.clone());
        at = only;
    }
    (path, at)
}

fn align_with(
    record: &mut Record,
    types: &mut Vec<TypeTable>,
    payload: &Payload,
    span: Span,
    findings: &mut Findings,
) {
    let Some(root) = payload.body.first() else {
        return;
    };
    let members = root.members();
    let mut aligner = Aligner {
        types,
        findings,
        span,
        json: payload.json,
        open: Vec::new(),
    };
    aligner.level(record, &[], &members);
}

/// Fields that the sample has in the header travel there.
fn headers(message: &mut Message, payload: &Payload, span: Span, findings: &mut Findings) {
    for (at, header) in payload.headers.iter().enumerate() {
        let known = message.record.fields.iter().position(|field| {
            field.parents.is_empty() && field.wire_name().eq_ignore_ascii_case(&header.name)
        });
        match known {
            Some(known) => {
                let mut field = message.record.fields.remove(known);
                if field.location.value == Some(Location::Body) {
                    findings.push(
                        Kind::Oddity,
                        "L03",
                        field.span,
                        format!(
                            "`{}` stands among the fields and travels as a header in the example",
                            field.shown()
                        ),
                    );
                    field.location = Fact {
                        reason: Some(
                            "the table has it among the fields, the example as a header".to_owned(),
                        ),
                        ..Fact::example(Location::SoapHeader, span)
                    };
                }
                if field.wire_name() != header.name {
                    field.wire = Some(Fact::example(header.name.clone(), span));
                }
                field.saw(crate::contract::Witness::Example);
                message
                    .record
                    .fields
                    .insert(at.min(message.record.fields.len()), field);
            }
            None if header.children.is_empty() => {
                findings.push(
                    Kind::Oddity,
                    "L02",
                    span,
                    format!(
                        "the example has the header `{}`, which no row describes",
                        header.name
                    ),
                );
                let mut field = Field::new(Vec::new(), Fact::example(header.name.clone(), span));
                field.location = Fact::example(Location::SoapHeader, span);
                field.kind = Fact::guess(
                    FieldType {
                        base: Base::Builtin("string"),
                        list: false,
                    },
                    span,
                    "a text in the example; no table says its type",
                );
                field.witnesses = vec![crate::contract::Witness::Example];
                field.secret = super::fields::is_secret(&header.name);
                message
                    .record
                    .fields
                    .insert(at.min(message.record.fields.len()), field);
            }
            None => {
                findings.push(Kind::Unknown, "L02", span, format!("the example has the header `{}` with elements in it, which no row describes; it is left out", header.name));
            }
        }
    }
}

/// Fields for what stands in braces in a path.
fn path_parameters(request: &mut Message, path: Option<&str>, span: Span) {
    let names: Vec<&str> = path
        .unwrap_or_default()
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next())
        .filter(|name| !name.is_empty())
        .collect();
    for (at, name) in names.into_iter().enumerate() {
        let known = request
            .record
            .fields
            .iter()
            .position(|field| field.parents.is_empty() && field.shown() == name);
        match known {
            Some(known) => {
                let field = &mut request.record.fields[known];
                field.location = Fact::stated(Location::Path, span);
            }
            None => {
                let mut field = Field::new(Vec::new(), Fact::stated(name.to_owned(), span));
                field.location = Fact::stated(Location::Path, span);
                field.occurs = Fact::stated(Occurs::ONCE, span);
                request
                    .record
                    .fields
                    .insert(at.min(request.record.fields.len()), field);
            }
        }
    }
}

/// Names of users and passwords among headers.
fn credentials(request: &mut Message, findings: &mut Findings) {
    for field in &mut request.record.fields {
        let plain: String = field
            .shown()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase();
        let about = SECRETS.contains(&plain.as_str()) || USERS.contains(&plain.as_str());
        let top = field.parents.is_empty() && field.location.value == Some(Location::Body);
        if about && top && field.secret {
            findings.push(
                Kind::Guess,
                "L03",
                field.span,
                format!(
                    "`{}` may travel elsewhere than in the body: no example shows where",
                    field.shown()
                ),
            );
        }
    }
}

/// What nobody knows in the end.
fn unknowns(service: &Service, findings: &mut Findings) {
    let messages = { service.operations.iter() }
        .flat_map(|operation| [operation.request.as_ref(), operation.response.as_ref()])
        .flatten()
        .map(|message| &message.record);
    let records = messages.chain(service.types.iter().map(|table| &table.record));
    for field in records.flat_map(|record| &record.fields) {
        if field.name.value.is_none() {
            let prose = super::fields::short(&field.prose);
            findings.push(
                Kind::Unknown,
                "L25",
                field.span,
                format!("the name of this field is lost: `{prose}`"),
            );
        } else if field.kind.value.is_none() {
            findings.push(
                Kind::Unknown,
                None,
                field.span,
                format!("nothing says the type of `{}`", field.path().join("/")),
            );
        }
    }
}

/// Fields of calls without a body travel in the query.
fn queries(operation: &mut Operation, findings: &mut Findings) {
    let bodiless =
        ["GET", "DELETE", "HEAD"].contains(&operation.method.as_deref().unwrap_or_default());
    let Some(request) = operation.request.as_mut().filter(|_| bodiless) else {
        return;
    };
    for field in &mut request.record.fields {
        let scalar = matches!(
            field.kind.value,
            None | Some(FieldType {
                base: Base::Builtin(_),
                ..
            })
        );
        let unsaid =
            field.location.value == Some(Location::Body) && field.location.span == field.name.span;
        if field.parents.is_empty() && unsaid && scalar {
            findings.push(
                Kind::Guess,
                None,
                field.span,
                format!(
                    "`{}` is taken to travel in the query: the call has no body",
                    field.shown()
                ),
            );
            field.location = Fact::guess(
                Location::Query,
                field.span,
                "a call of this method has no body",
            );
        }
    }
}

/// What the descriptions and the flags of one operation say against each other.
fn contradictions(operation: &Operation, findings: &mut Findings) {
    let messages = [&operation.request, &operation.response];
    for field in messages
        .into_iter()
        .flatten()
        .flat_map(|message| &message.record.fields)
    {
        let prose = fold(&field.prose);
        let conditional = [
            "only nillable if",
            "required if",
            "mandatory if",
            "only if",
            "required for",
            "forbidden for",
            "wymagane gdy",
            "wymagane jesli",
        ];
        if conditional.iter().any(|words| prose.contains(words)) {
            findings.push(
                Kind::Oddity,
                "L11",
                field.span,
                format!(
                    "the description of `{}` has a condition that its flags do not show",
                    field.path().join("/")
                ),
            );
        }
        if let Some(FieldType {
            base: Base::Builtin(builtin),
            list,
        }) = &field.kind.value
            && let Some(max) = field.max.as_ref().and_then(|max| max.value.as_deref())
            && max.ends_with('?')
        {
            let what = if *list { "a list" } else { builtin };
            findings.push(
                Kind::Oddity,
                "L09",
                field.span,
                format!(
                    "a size of `{}` on {what} can be read in more than one way; kept as `{max}`",
                    max.trim_end_matches('?')
                ),
            );
        }
        if prose.contains("alpha-2")
            && field
                .max
                .as_ref()
                .and_then(|max| max.value.as_deref())
                .is_some_and(|max| max != "2" && max != "-")
        {
            findings.push(Kind::Oddity, "L06", field.span, format!("`{}` is an alpha-2 code of two letters by its description, and its size is another", field.shown()));
        }
    }
}

/// Whether a shape is one of a value.
pub(crate) fn is_value(shape: Shape) -> bool {
    !matches!(shape, Shape::Record | Shape::Array)
}
