//! Operations: parameters, bodies, answers.

use super::json::{Json, Object};
use super::schema::{Schemas, describe};
use super::security;
use crate::contract::{
    Binding, ComplexType, Contract, Definition, Direction, ElementDeclaration, Example,
    HttpOperation, Idempotency, Location, MessageReference, Operation, PartContent, StatusError,
};

pub(super) fn operation(
    contract: &Contract,
    binding: &Binding,
    declared: &Operation,
    http: &HttpOperation,
    schemas: &mut Schemas<'_>,
) -> Object {
    let mut written = Object::new().with("operationId", declared.name.as_str());
    describe(&declared.annotation, &mut written);
    let idempotency = match declared.idempotency {
        Idempotency::Unknown => None,
        Idempotency::Safe => Some("safe"),
        Idempotency::Idempotent => Some("idempotent"),
        Idempotency::Once => Some("once"),
    };
    written.set_some("x-idempotency", idempotency);
    let request = declared
        .input
        .as_ref()
        .and_then(|input| record(contract, input));
    let mut parameters = security::references(&binding.authentication);
    if let Some((element, complex)) = request {
        let members = schemas.members(complex);
        for member in &members {
            let place = match member.element.annotation.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::HttpHeader => "header",
                Location::Body | Location::Attachment => continue,
            };
            let is_required = place == "path" || member.occurs.min > 0;
            let mut parameter = Object::new()
                .with("name", &*member.element.name.local)
                .with("in", place)
                .with("required", is_required);
            let mut schema = schemas.member(member.element, member.occurs);
            parameter.set_some("description", schema.remove("description"));
            parameter.set_some("deprecated", schema.remove("deprecated"));
            parameter.set("schema", schema);
            parameters.push(parameter.into());
        }
        let is_body = members
            .iter()
            .any(|member| member.element.annotation.location == Location::Body);
        if is_body {
            let body = schemas.object_of(&members, &complex.rules);
            let mut body = body;
            describe(&element.annotation, &mut body);
            let schema = schemas.add(&element.name.local, body);
            let examples = examples(declared, |direction| direction == Direction::Request);
            let body = Object::new()
                .with("required", true)
                .with("content", content(schema, examples));
            written.set("requestBody", body);
        }
    }
    // Parameters come before the body in what people write.
    let body = written.remove("requestBody");
    if !parameters.is_empty() {
        written.set("parameters", parameters);
    }
    written.set_some("requestBody", body);
    written.set("responses", responses(contract, declared, schemas));
    if http.path.is_empty() {
        written.set("x-path", "none is said: the address of the service");
    }
    written
}

fn responses(contract: &Contract, declared: &Operation, schemas: &mut Schemas<'_>) -> Object {
    let mut responses = Object::new();
    let mut success = Object::new().with("description", "What was asked for.");
    if let Some((element, complex)) =
        { declared.output.as_ref() }.and_then(|output| record(contract, output))
    {
        let members = schemas.members(complex);
        let mut body = schemas.object_of(&members, &complex.rules);
        describe(&element.annotation, &mut body);
        let schema = schemas.add(&element.name.local, body);
        let examples = examples(declared, |direction| direction == Direction::Response);
        success.set("content", content(schema, examples));
    }
    responses.set("200", success);
    for status in &declared.errors.statuses {
        responses.set(status.status.to_string(), error(declared, status, schemas));
    }
    responses
}

fn error(declared: &Operation, status: &StatusError, schemas: &mut Schemas<'_>) -> Object {
    let schema = schemas.type_use(status.body);
    let examples = examples(declared, |direction| {
        direction == Direction::Error(status.status)
    });
    let documentation = status
        .documentation
        .as_deref()
        .unwrap_or("The call failed.");
    let mut written = Object::new()
        .with("description", documentation)
        .with("content", content(schema, examples));
    // Where in the body the code and the text are.
    let path = |names: &[String]| (!names.is_empty()).then(|| names.join("/"));
    written.set_some("x-error-code", path(&status.code));
    written.set_some("x-error-reason", path(&status.reason));
    written
}

fn content(schema: Object, examples: Object) -> Object {
    let mut media = Object::new().with("schema", schema);
    if !examples.is_empty() {
        media.set("examples", examples);
    }
    Object::new().with("application/json", media)
}

/// The examples of some directions that are JSON, by number, with their titles.
fn examples(declared: &Operation, fits: impl Fn(Direction) -> bool) -> Object {
    let mut examples = Object::new();
    let is_json =
        |example: &&Example| serde_json::from_str::<serde::de::IgnoredAny>(&example.text).is_ok();
    let fitting = declared
        .examples
        .iter()
        .filter(|example| fits(example.direction));
    for (number, example) in fitting.filter(is_json).enumerate() {
        let mut written = Object::new();
        written.set_some("summary", example.title.as_deref());
        written.set("value", Json::Raw(example.text.clone()));
        examples.set(format!("example-{}", number + 1), written);
    }
    examples
}

/// The element of a message with the record that it is.
fn record<'a>(
    contract: &'a Contract,
    reference: &MessageReference,
) -> Option<(&'a ElementDeclaration, &'a ComplexType)> {
    let part = contract.messages[reference.message].parts.first()?;
    let PartContent::Element(id) = part.content else {
        return None;
    };
    let element = &contract.elements[id];
    match &contract.types[element.type_definition].definition {
        Definition::Complex(complex) => Some((element, complex)),
        _ => None,
    }
}
