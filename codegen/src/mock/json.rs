//! JSON requests, held against the contract, and their answers.

mod check;

use std::collections::BTreeMap;

use super::specimen::{Specimen, is_number};
use super::wish::{Wish, example, wish};
use super::{Answer, Endpoint, Mock, Request, credentials};
use crate::contract::{
    Binding, Builtin, ComplexType, Content, Contract, Definition, Direction, ElementDeclaration,
    HttpOperation, Id, MessageReference, ModelGroup, Occurs, Operation, PartContent, Particle,
    Term, TypeDefinition, Variety,
};

/// What a value of JSON is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Text,
    Integer,
    Number,
    Boolean,
    Anything,
}

/// What values of a type are.
pub(super) fn kind(contract: &Contract, id: Id<TypeDefinition>) -> Kind {
    let mut at = id;
    for _ in 0..=contract.types.len() {
        match &contract.types[at].definition {
            Definition::Undeclared => return Kind::Anything,
            Definition::Complex(_) if at == contract.builtin(Builtin::AnyType) => {
                return Kind::Anything;
            }
            Definition::Complex(complex) => match complex.content {
                Content::Simple(content) => at = content,
                _ => return Kind::Object,
            },
            Definition::Simple(simple) => match (simple.builtin, &simple.variety) {
                (Some(Builtin::Boolean), _) => return Kind::Boolean,
                (Some(Builtin::AnySimpleType | Builtin::AnyAtomicType), _) => {
                    return Kind::Anything;
                }
                (Some(Builtin::Decimal | Builtin::Float | Builtin::Double), _) => {
                    return Kind::Number;
                }
                (Some(builtin), _) if is_number(builtin) => return Kind::Integer,
                (None, Variety::Restriction(Some(base))) => at = *base,
                _ => return Kind::Text,
            },
        }
    }
    Kind::Anything
}

pub(super) fn answer(mock: &Mock, endpoint: &Endpoint, request: &Request, path: &str) -> Answer {
    let binding = &mock.contract.bindings[endpoint.binding];
    match judge(mock, binding, request, path) {
        Ok(answer) => answer,
        Err((status, reasons)) => {
            let body = serde_json::json!({ "errors": reasons });
            Answer {
                status,
                content_type: "application/json",
                body: format!("{body:#}\n"),
                summary: "the request is refused".to_owned(),
            }
        }
    }
}

type Refusal = (u16, Vec<String>);

fn judge(mock: &Mock, binding: &Binding, request: &Request, path: &str) -> Result<Answer, Refusal> {
    let contract = &mock.contract;
    let refused = |reason: String| (400, vec![reason]);
    let wish = wish(request).map_err(refused)?;
    let (declared, parameters) = choose(contract, binding, request, path)?;
    let mut findings = Vec::new();
    credentials::check_http(binding, request, &mut findings);
    let record = declared
        .input
        .as_ref()
        .and_then(|input| record(contract, input));
    if let Some(complex) = record {
        check::check_request(contract, complex, request, &parameters, &mut findings);
    }
    if !findings.is_empty() {
        let named = findings
            .into_iter()
            .map(|finding| format!("{}: {finding}", declared.name));
        return Err((400, named.collect()));
    }
    respond(contract, declared, &wish).map_err(refused)
}

/// The operation of a method and path, with what the path says.
fn choose<'a>(
    contract: &'a Contract,
    binding: &'a Binding,
    request: &Request,
    path: &str,
) -> Result<(&'a Operation, BTreeMap<String, String>), Refusal> {
    let port_type = &contract.port_types[binding.port_type];
    let mut other_methods = Vec::new();
    let mut known = Vec::new();
    for bound in &binding.operations {
        let Some(http) = &bound.http else { continue };
        let declared = port_type
            .operations
            .iter()
            .find(|declared| declared.name == bound.name);
        let Some(declared) = declared else { continue };
        known.push(format!("{} {}", http.method, http.path));
        match fit(http, path) {
            Some(parameters) if http.method == request.method => return Ok((declared, parameters)),
            Some(_) => other_methods.push(http.method.as_str()),
            None => {}
        }
    }
    if other_methods.is_empty() {
        return Err((
            404,
            vec![format!(
                "no operation has the path `{path}`; there is {}",
                known.join(", ")
            )],
        ));
    }
    let methods = other_methods.join(", ");
    Err((
        405,
        vec![format!("`{path}` takes {methods}, not {}", request.method)],
    ))
}

/// The parameters that a path gives to a template.
fn fit(http: &HttpOperation, path: &str) -> Option<BTreeMap<String, String>> {
    let template: Vec<&str> = http.path.trim_matches('/').split('/').collect();
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    if template.len() != segments.len() {
        return None;
    }
    let mut parameters = BTreeMap::new();
    for (wanted, segment) in template.into_iter().zip(segments) {
        let mut rest = segment;
        let mut pieces = wanted.split('{');
        rest = rest.strip_prefix(pieces.next().unwrap_or_default())?;
        for piece in pieces {
            let (name, after) = piece.split_once('}')?;
            let end = if after.is_empty() {
                rest.len()
            } else {
                rest.find(after)?
            };
            let value = rest.get(..end).filter(|value| !value.is_empty())?;
            parameters.insert(name.to_owned(), decoded(value));
            rest = rest.get(end + after.len()..)?;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(parameters)
}

/// Percent-encoding undone.
fn decoded(text: &str) -> String {
    crate::source::percent_decoded(text).unwrap_or_else(|| text.to_owned())
}

/// The record of a message.
fn record<'a>(contract: &'a Contract, reference: &MessageReference) -> Option<&'a ComplexType> {
    let part = contract.messages[reference.message].parts.first()?;
    let PartContent::Element(id) = part.content else {
        return None;
    };
    match &contract.types[contract.elements[id].type_definition].definition {
        Definition::Complex(complex) => Some(complex),
        _ => None,
    }
}

/// The elements of a record with their occurrence; those of a choice may each be missing.
pub(super) fn members<'a>(
    contract: &'a Contract,
    complex: &'a ComplexType,
) -> Vec<(&'a ElementDeclaration, Occurs)> {
    fn collect<'a>(
        contract: &'a Contract,
        group: &'a ModelGroup,
        depth: usize,
        members: &mut Vec<(&'a ElementDeclaration, Occurs)>,
    ) {
        for Particle { occurs, term, .. } in &group.particles {
            match term {
                Term::Element(id) => members.push((&contract.elements[*id], *occurs)),
                Term::Group(inner) if depth < 64 => collect(contract, inner, depth + 1, members),
                _ => {}
            }
        }
    }
    let mut members = Vec::new();
    if let Content::Elements(Particle {
        term: Term::Group(group),
        ..
    }) = &complex.content
    {
        collect(contract, group, 0, &mut members);
    }
    members
}

fn respond(contract: &Contract, declared: &Operation, wish: &Wish) -> Result<Answer, String> {
    let answer = |status, body: String, summary: &str| Answer {
        status,
        content_type: "application/json",
        body,
        summary: format!("{} {summary}", declared.name),
    };
    if let Wish::Fault(code) = wish {
        let status =
            { declared.errors.statuses.iter() }.find(|known| known.status.to_string() == *code);
        let Some(status) = status else {
            let known: Vec<String> = { declared.errors.statuses.iter() }
                .map(|known| known.status.to_string())
                .collect();
            return Err(format!(
                "`{}` has no error of status `{code}`; it has {}",
                declared.name,
                known.join(", ")
            ));
        };
        let shown = { declared.examples.iter() }
            .find(|example| example.direction == Direction::Error(status.status));
        let body = match shown {
            Some(example) => example.text.clone(),
            None => format!("{:#}\n", Specimen::new(contract).json(status.body)),
        };
        return Ok(answer(status.status, body, "error"));
    }
    if let Some(example) = example(declared, wish)? {
        return Ok(answer(200, example.text.clone(), "example"));
    }
    let element = { declared.output.as_ref() }.and_then(|output| {
        match contract.messages[output.message].parts.first()?.content {
            PartContent::Element(id) => Some(&contract.elements[id]),
            PartContent::Type(_) => None,
        }
    });
    let body = element.map(|element| Specimen::new(contract).json(element.type_definition));
    let body = body.map_or_else(String::new, |body| format!("{body:#}\n"));
    Ok(answer(200, body, "specimen"))
}
