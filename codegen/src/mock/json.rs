//! JSON requests, held against the contract, and their answers.

use std::collections::BTreeMap;

use serde_json::Value;

use super::specimen::{Specimen, is_number};
use super::wish::{Wish, example, wish};
use super::{Answer, Endpoint, Mock, Request};
use crate::contract::{
    Binding, Builtin, ComplexType, Content, Contract, Definition, Direction, ElementDeclaration,
    Facets, HttpOperation, Id, Location, MessageReference, ModelGroup, Occurs, Operation,
    PartContent, Particle, RuleKind, Term, TypeDefinition, Variety,
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
    for header in &binding.authentication.http_headers {
        let sent = request.header(&header.name.to_ascii_lowercase());
        match sent {
            None if header.required => {
                findings.push(format!("the header `{}` is missing", header.name))
            }
            Some(value) if !value.starts_with(header.prefix.trim_end()) => findings.push(format!(
                "the header `{}` does not begin with `{}`",
                header.name, header.prefix
            )),
            _ => {}
        }
    }
    if binding.authentication.basic
        && !request
            .header("authorization")
            .is_some_and(|value| value.starts_with("Basic "))
    {
        findings.push("the header `Authorization` with basic authentication is missing".to_owned());
    }
    let record = declared
        .input
        .as_ref()
        .and_then(|input| record(contract, input));
    if let Some(complex) = record {
        check_request(contract, complex, request, &parameters, &mut findings);
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
fn members<'a>(
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

fn check_request(
    contract: &Contract,
    complex: &ComplexType,
    request: &Request,
    path: &BTreeMap<String, String>,
    findings: &mut Vec<String>,
) {
    let query = request
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    let pairs: Vec<(String, String)> = { query.split('&').filter(|pair| !pair.is_empty()) }
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(&value.replace('+', " "))))
        .collect();
    let all = members(contract, complex);
    for (element, occurs) in &all {
        let name = &*element.name.local;
        let (place, values): (_, Vec<String>) = match element.annotation.location {
            Location::Path => ("path", path.get(name).cloned().into_iter().collect()),
            Location::Query => {
                let given = pairs.iter().filter(|(known, _)| known == name);
                ("query", given.map(|(_, value)| value.clone()).collect())
            }
            Location::HttpHeader => {
                let given = request.header(&name.to_ascii_lowercase());
                ("header", given.map(str::to_owned).into_iter().collect())
            }
            Location::Body | Location::Attachment => continue,
        };
        if values.is_empty() && occurs.min > 0 {
            findings.push(format!("{place}/{name}: it is missing"));
        }
        for value in values {
            let value = match kind(contract, element.type_definition) {
                Kind::Integer | Kind::Number | Kind::Boolean => {
                    serde_json::from_str(&value).unwrap_or(Value::String(value))
                }
                _ => Value::String(value),
            };
            check_value(
                contract,
                element,
                &value,
                &format!("{place}/{name}"),
                0,
                findings,
            );
        }
    }
    for (name, _) in &pairs {
        let is_known = all.iter().any(|(element, _)| {
            element.annotation.location == Location::Query && *element.name.local == **name
        });
        if !is_known {
            findings.push(format!("query/{name}: there is no such parameter"));
        }
    }
    if !all
        .iter()
        .any(|(element, _)| element.annotation.location == Location::Body)
    {
        return;
    }
    match serde_json::from_slice::<Value>(&request.body) {
        Ok(Value::Object(object)) => {
            check_object(contract, complex, &object, "", 0, findings);
        }
        Ok(_) => findings.push("the body is no object".to_owned()),
        Err(error) => findings.push(format!(
            "the body is no JSON: line {}, column {}",
            error.line(),
            error.column()
        )),
    }
}

fn check_object(
    contract: &Contract,
    complex: &ComplexType,
    object: &serde_json::Map<String, Value>,
    path: &str,
    depth: usize,
    findings: &mut Vec<String>,
) {
    let all = members(contract, complex);
    for (element, occurs) in &all {
        if element.annotation.location != Location::Body {
            continue;
        }
        let name = &*element.name.local;
        let path = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}/{name}")
        };
        match object.get(name) {
            None if occurs.min > 0 => findings.push(format!("{path}: it is missing")),
            None => {}
            Some(Value::Array(items)) if occurs.is_repeated() => {
                let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
                if occurs.max.is_some_and(|max| count > max) || count < occurs.min && occurs.min > 1
                {
                    findings.push(format!("{path}: {count} items, {occurs} are expected"));
                }
                for (index, item) in items.iter().enumerate() {
                    let path = format!("{path}[{}]", index + 1);
                    check_value(contract, element, item, &path, depth, findings);
                }
            }
            Some(_) if occurs.is_repeated() => {
                findings.push(format!("{path}: an array is expected"))
            }
            Some(value) => check_value(contract, element, value, &path, depth, findings),
        }
    }
    for name in object.keys() {
        if !all.iter().any(|(element, _)| *element.name.local == **name) {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}/{name}")
            };
            findings.push(format!("{path}: there is no such member"));
        }
    }
    for rule in &complex.rules {
        let given = { rule.members.iter() }
            .filter(|name| {
                object
                    .get(name.as_str())
                    .is_some_and(|value| !value.is_null())
            })
            .count();
        let is_first = { rule.members.first() }.is_some_and(|name| {
            object
                .get(name.as_str())
                .is_some_and(|value| !value.is_null())
        });
        let is_kept = match rule.kind {
            RuleKind::ExactlyOne => given == 1,
            RuleKind::AtMostOne => given <= 1,
            RuleKind::AtLeastOne => given >= 1,
            RuleKind::Requires => !is_first || given == rule.members.len(),
            RuleKind::Excludes => !is_first || given == 1,
        };
        if !is_kept {
            let names = rule.members.join("`, `");
            findings.push(format!(
                "{path}/: the rule {:?} of `{names}` is broken",
                rule.kind
            ));
        }
    }
}

/// Holds one value against the type of its element. Values are never shown: they may be secret.
fn check_value(
    contract: &Contract,
    element: &ElementDeclaration,
    value: &Value,
    path: &str,
    depth: usize,
    findings: &mut Vec<String>,
) {
    if value.is_null() && element.nillable {
        return;
    }
    let id = element.type_definition;
    let kind = kind(contract, id);
    let (fits, expected) = match kind {
        Kind::Anything => return,
        Kind::Object => (value.is_object(), "an object"),
        Kind::Text => (value.is_string(), "a text"),
        Kind::Boolean => (value.is_boolean(), "true or false"),
        Kind::Number => (value.is_number(), "a number"),
        Kind::Integer => (value.is_i64() || value.is_u64(), "a whole number"),
    };
    if !fits {
        let null = if element.nillable { " or null" } else { "" };
        return findings.push(format!("{path}: {expected}{null} is expected"));
    }
    if let (Value::Object(object), Definition::Complex(complex)) =
        (value, &contract.types[id].definition)
    {
        if depth < 64 {
            check_object(contract, complex, object, path, depth + 1, findings);
        }
        return;
    }
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut at = id;
    for _ in 0..=contract.types.len() {
        let Definition::Simple(simple) = &contract.types[at].definition else {
            return;
        };
        check_facets(&simple.facets, kind, &text, path, findings);
        match &simple.variety {
            Variety::Restriction(Some(base)) if simple.builtin.is_none() => at = *base,
            _ => return,
        }
    }
}

fn check_facets(facets: &Facets, kind: Kind, text: &str, path: &str, findings: &mut Vec<String>) {
    if kind == Kind::Text {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if let Some(most) = facets
            .length
            .or(facets.max_length)
            .filter(|most| length > *most)
        {
            findings.push(format!("{path}: {length} characters, {most} are allowed"));
        }
        if let Some(least) = facets
            .length
            .or(facets.min_length)
            .filter(|least| length < *least)
        {
            findings.push(format!("{path}: {length} characters, {least} are expected"));
        }
    } else {
        let digits = text.trim_start_matches('-');
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let total = u64::try_from(whole.trim_start_matches('0').len() + fraction.len());
        let fraction = u64::try_from(fraction.len()).unwrap_or(u64::MAX);
        if let Some(most) = facets
            .total_digits
            .filter(|most| total.unwrap_or(u64::MAX) > *most)
        {
            findings.push(format!("{path}: more than {most} digits"));
        }
        if let Some(most) = facets.fraction_digits.filter(|most| fraction > *most) {
            findings.push(format!("{path}: more than {most} digits behind the point"));
        }
    }
    let is_listed = facets.enumeration.iter().any(|listed| listed.value == text);
    if !facets.enumeration.is_empty() && !facets.open && !is_listed {
        let known: Vec<&str> = facets
            .enumeration
            .iter()
            .map(|listed| listed.value.as_str())
            .collect();
        findings.push(format!("{path}: none of {}", known.join(", ")));
    }
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
