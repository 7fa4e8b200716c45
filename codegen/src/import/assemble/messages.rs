//! Messages with what their samples say.

use super::*;

/// What is known of a message besides its table and samples.
pub(super) struct Known<'a> {
    /// The name that stands beside its heading.
    pub type_name: Option<&'a str>,
    /// What its element ends with, as a rule.
    pub end: &'static str,
    /// The operation.
    pub called: &'a str,
    pub json: bool,
}

/// A message with what its samples say; made of them alone, where no table describes it.
pub(super) fn message(
    described: Option<Message>,
    samples: &[&(Payload, Sample)],
    types: &mut Vec<TypeTable>,
    known: &Known<'_>,
    findings: &mut Findings,
) -> Option<Message> {
    let &Known {
        type_name,
        end,
        called,
        json,
    } = known;
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
    let shapeless = |payload: &Payload| {
        payload.body.first().is_some_and(|root| {
            payload.json && root.shape != Shape::Record
                || root.shape == Shape::Text && !root.text.trim().is_empty()
        })
    };
    if let Some((_, sample)) = samples.iter().find(|(payload, _)| shapeless(payload)) {
        let left = if message.described {
            "the fields are those of its items"
        } else {
            "it is left out"
        };
        findings.push(
            Kind::Unknown,
            "L12",
            sample.span,
            format!("the root of this example is a list or a value, for which the descriptor has no word; {left}"),
        );
        if !message.described {
            return None;
        }
    }
    for (payload, sample) in samples {
        if !message.described && placeholders::fill(&mut message, payload, sample.span, findings) {
            continue;
        }
        headers(&mut message, payload, sample.span, findings);
        if payload.json {
            if let (true, Some(root)) = (message.described, payload.body.first()) {
                places::by_example(&mut message.record, &root.members(), sample.span, findings);
            }
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
        if message.described {
            places::by_example(&mut message.record, &members, sample.span, findings);
        }
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
            } else if !called.is_empty() {
                // Only for people: JSON has no name for it.
                let name = format!("{}{end}", capitalised(called));
                message.wrapper = Fact::guess(vec![name], span, "named after the operation");
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
pub(super) fn below<'a>(root: &'a Node, record: &Record) -> (Vec<String>, &'a Node) {
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

pub(super) fn align_with(
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
pub(super) fn headers(
    message: &mut Message,
    payload: &Payload,
    span: Span,
    findings: &mut Findings,
) {
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
                field.secret = crate::import::fields::is_secret(&header.name);
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
pub(super) fn path_parameters(request: &mut Message, path: Option<&str>, span: Span) {
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
