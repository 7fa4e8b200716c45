//! Codes of errors and values of lists.

use super::{Report, Subject};
use crate::contract::{
    Action, Contract, Definition, ElementDeclaration, FaultCode, Id, Operation, TypeDefinition,
    folded, is_about, missing_field, without_number,
};
use crate::lint::fields::{self, Field};
use crate::source::Span;

/// The values of each list, and the codes of each catalogue, as one reads them: what they are of, and
/// each with its place.
fn listed(contract: &Contract) -> Vec<(String, Vec<(&str, Span)>)> {
    let mut all = Vec::new();
    for (_, definition) in contract.types.iter() {
        let Definition::Simple(simple) = &definition.definition else {
            continue;
        };
        let values = &simple.facets.enumeration;
        if values.is_empty() {
            continue;
        }
        let of = match &definition.name {
            Some(name) => format!("of `{}`", name.local),
            None => "here".to_owned(),
        };
        let values = { values.iter() }.map(|value| (value.value.as_str(), definition.span));
        all.push((of, values.collect()));
    }
    for (_, catalogue) in contract.catalogues.iter() {
        let codes = { catalogue.codes.iter() }.map(|code| (code.value.as_str(), code.span));
        all.push((format!("of `{}`", catalogue.name), codes.collect()));
    }
    all
}

/// Whether a text is written as codes are: capitals, digits, underlines.
fn is_code(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The codes of a cell that has several.
fn several(text: &str) -> Option<Vec<&str>> {
    let mut rest = text.trim();
    let mut parts = Vec::new();
    for word in [" or ", " and ", " oder ", " lub "] {
        if let Some((one, other)) = rest.split_once(word) {
            parts.push(one);
            rest = other;
        }
    }
    parts.extend(rest.split([',', ';', '|', '/', '\n']));
    let parts: Vec<&str> = parts.into_iter().map(str::trim).collect();
    (parts.len() > 1 && parts.iter().all(|part| is_code(part))).then_some(parts)
}

/// L27.
pub(super) fn several_codes(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (of, values) in listed(subject.contract) {
        for (value, span) in values {
            if let Some(parts) = several(value) {
                report(
                    span,
                    format!("the value `{value}` {of} is {} codes in one", parts.len()),
                    format!("write each on its own: {}", parts.join("; ")),
                );
            }
        }
    }
}

/// L15.
pub(super) fn blanks(subject: &Subject<'_>, report: &mut Report<'_>) {
    let contract = subject.contract;
    let is_blank = |text: &str| text.contains(char::is_whitespace);
    for (of, values) in listed(contract) {
        for (value, span) in &values {
            let without: String = value.split_whitespace().collect();
            let around = value.trim() != *value;
            let others = || { values.iter() }.filter(|(other, _)| other != value);
            let alone = others().next().is_some() && others().all(|(other, _)| !is_blank(other));
            let within = is_blank(value) && is_code(&without) && alone && several(value).is_none();
            if around || within {
                report(
                    *span,
                    format!("the value `{value}` {of} has a blank that the others have not"),
                    format!("if the blank is damage, write `{without}`"),
                );
            }
        }
    }
    let mut address = |what: &str, text: &str, span: Span| {
        if is_blank(text) {
            report(
                span,
                format!("{what} `{text}` has a blank in it"),
                "take the blank out, or write `%20` if it is meant".to_owned(),
            );
        }
    };
    for (_, binding) in contract.bindings.iter() {
        for operation in &binding.operations {
            if let Action::Known(action) = &operation.action {
                address("the action", action, operation.span);
            }
            if let Some(http) = &operation.http {
                address("the path", &http.path, operation.span);
            }
        }
    }
    let ports = contract.services.iter().flat_map(|service| &service.ports);
    for known in ports.flat_map(|port| &port.addresses) {
        if let Some(location) = &known.location {
            address("the address", location, known.span);
        }
    }
}

/// The codes that an operation may answer with.
fn codes<'c>(contract: &'c Contract, operation: &'c Operation) -> Vec<&'c FaultCode> {
    let Some(catalogue) = operation.errors.catalogue else {
        return Vec::new();
    };
    let own = &operation.errors.codes;
    { contract.catalogues[catalogue].codes.iter() }
        .filter(|code| own.is_empty() || own.contains(&code.value))
        .collect()
}

/// A record of a request.
struct Asked<'c> {
    id: Id<TypeDefinition>,
    /// What it is called: by its type, and by the elements that are of it.
    names: Vec<String>,
    fields: Vec<Field<'c>>,
}

/// The records of the request of an operation.
fn asked<'c>(contract: &'c Contract, operation: &'c Operation) -> Vec<Asked<'c>> {
    let mut all: Vec<Asked<'c>> = Vec::new();
    let body = fields::body(contract, operation, true);
    let mut rest: Vec<&ElementDeclaration> = { body.into_iter() }
        .map(|body| &contract.elements[body])
        .collect();
    while let Some(element) = rest.pop() {
        let id = element.type_definition;
        if let Some(known) = all.iter_mut().find(|known| known.id == id) {
            known.names.push(folded(&element.name.local));
            continue;
        }
        let definition = &contract.types[id];
        let fields = fields::of(contract, id);
        rest.extend(fields.iter().map(|field| field.element));
        let names = [Some(&element.name), definition.name.as_ref()];
        all.push(Asked {
            id,
            names: names
                .into_iter()
                .flatten()
                .map(|name| folded(&name.local))
                .collect(),
            fields,
        });
    }
    all
}

/// The code, of those that say what is missing, that is about a field of a record.
fn code_for<'c>(
    said: &[(String, &'c FaultCode)],
    all: &[Asked<'_>],
    record: &Asked<'_>,
    field: &Field<'_>,
) -> Option<&'c FaultCode> {
    let name = &field.element.name.local;
    let letters = without_number(name);
    let has = |other: &Asked<'_>| {
        { other.fields.iter() }.any(|field| without_number(&field.element.name.local) == letters)
    };
    let is_alone = all.iter().filter(|other| has(other)).count() < 2;
    let found =
        { said.iter() }.find(|(missing, _)| is_about(missing, name, &record.names, is_alone));
    found.map(|(_, code)| *code)
}

/// Whether somebody decided about the occurrence of a field and said why.
fn is_decided(field: &Field<'_>) -> bool {
    { field.element.annotation.provenance.iter() }.any(|said| {
        matches!(said.fact.as_deref(), Some("occurs" | "required")) && said.reason.is_some()
    })
}

/// L18.
pub(super) fn missing_codes(subject: &Subject<'_>, report: &mut Report<'_>) {
    let contract = subject.contract;
    for operation in fields::operations(contract) {
        let said: Vec<(String, &FaultCode)> = { codes(contract, operation).into_iter() }
            .filter_map(|code| Some((missing_field(&code.value)?, code)))
            .collect();
        if said.is_empty() {
            continue;
        }
        let all = asked(contract, operation);
        for record in &all {
            let ruled: Vec<&str> = fields::ruled(&contract.types[record.id]).collect();
            let code = |field: &Field<'_>| code_for(&said, &all, record, field);
            let (required, optional): (Vec<&Field<'_>>, Vec<&Field<'_>>) =
                record.fields.iter().partition(|field| field.occurs.min > 0);
            let with = { required.iter() }
                .filter(|field| code(field).is_some())
                .count();
            if with < 2 || with * 2 < required.len() {
                continue;
            }
            for field in required.iter().filter(|field| !is_decided(field)) {
                if code(field).is_none() {
                    report(
                        field.element.span,
                        format!(
                            "`{}` is required, and no error of `{}` says that it is missing, as \
                             {with} of {} fields beside it have",
                            field.element.name.local,
                            operation.name,
                            required.len()
                        ),
                        "try a call without it; mark it optional if that works".to_owned(),
                    );
                }
            }
            for field in optional.iter().filter(|field| !is_decided(field)) {
                let name = &*field.element.name.local;
                // `ADDRESS_LINE_REQUIRED` is about the first line, if that is required.
                let is_of_other =
                    |said: &FaultCode| required.iter().any(|other| code(other) == Some(said));
                if let Some(code) = code(field)
                    && !is_of_other(code)
                    && !ruled.contains(&name)
                {
                    report(
                        field.element.span,
                        format!(
                            "`{name}` is optional, and `{}` says that it is missing",
                            code.value
                        ),
                        "find out when it has to be there, and state it as a rule".to_owned(),
                    );
                }
            }
        }
    }
}
