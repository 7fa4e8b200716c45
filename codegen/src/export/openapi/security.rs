//! How callers say who they are: security schemes, and headers of every request.

use super::json::{Json, Object};
use super::schema::{Schemas, describe};
use crate::contract::{Authentication, AuthenticationHeader, AuthenticationValue};

/// What a document says of authentication.
pub(super) struct Security {
    pub(super) schemes: Object,
    /// Alternatives: what calls need, and what they may send besides.
    pub(super) requirements: Vec<Json>,
    /// Headers that are no secret, to be referred to by every operation.
    pub(super) parameters: Object,
}

impl Security {
    pub(super) fn new(authentication: &Authentication, schemas: &mut Schemas<'_>) -> Self {
        let mut security = Self {
            schemes: Object::new(),
            requirements: Vec::new(),
            parameters: Object::new(),
        };
        let (mut needed, mut possible) = (Object::new(), Object::new());
        if authentication.basic {
            let scheme = Object::new().with("type", "http").with("scheme", "basic");
            security.schemes.set("basic", scheme);
            needed.set("basic", Vec::new());
            possible.set("basic", Vec::new());
        }
        for header in &authentication.http_headers {
            let name = component_name(header);
            if is_credential(header) {
                security.schemes.set(&*name, scheme(header));
                possible.set(&*name, Vec::new());
                if header.required {
                    needed.set(&*name, Vec::new());
                }
            } else {
                security.parameters.set(name, parameter(header, schemas));
            }
        }
        if !possible.is_empty() {
            security.requirements.push(possible.clone().into());
        }
        if needed != possible {
            security.requirements.push(needed.into());
        }
        security
    }
}

/// Whether a header is told by a security scheme: parameters may not be called `Authorization`.
fn is_credential(header: &AuthenticationHeader) -> bool {
    header.annotation.secret || header.name.eq_ignore_ascii_case("authorization")
}

/// References to the headers that every operation has.
pub(super) fn references(authentication: &Authentication) -> Vec<Json> {
    { authentication.http_headers.iter() }
        .filter(|header| !is_credential(header))
        .map(|header| {
            let path = format!("#/components/parameters/{}", component_name(header));
            Object::new().with("$ref", path).into()
        })
        .collect()
}

fn component_name(header: &AuthenticationHeader) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || "._-".contains(c) {
            c
        } else {
            '_'
        }
    };
    header.argument.chars().map(safe).collect()
}

fn scheme(header: &AuthenticationHeader) -> Object {
    let is_authorization = header.name.eq_ignore_ascii_case("authorization");
    let mut scheme = if is_authorization && header.prefix.trim().eq_ignore_ascii_case("bearer") {
        Object::new().with("type", "http").with("scheme", "bearer")
    } else {
        Object::new()
            .with("type", "apiKey")
            .with("in", "header")
            .with("name", header.name.as_str())
    };
    let mut texts: Vec<String> = header.annotation.documentation.iter().cloned().collect();
    if !header.prefix.is_empty() && !scheme.contains("scheme") {
        texts.push(format!(
            "The header is `{}` and then the value.",
            header.prefix
        ));
    }
    if !texts.is_empty() {
        scheme.set("description", texts.join("\n\n"));
    }
    scheme
}

fn parameter(header: &AuthenticationHeader, schemas: &mut Schemas<'_>) -> Object {
    let mut schema = Object::new().with("type", "string");
    if let AuthenticationValue::Base64Json(id) = header.value {
        schema.set("contentEncoding", "base64");
        schema.set("contentMediaType", "application/json");
        schema.set("contentSchema", schemas.type_use(id));
    }
    if !header.prefix.is_empty() {
        schema.set("x-prefix", header.prefix.as_str());
    }
    let mut parameter = Object::new()
        .with("name", header.name.as_str())
        .with("in", "header")
        .with("required", header.required);
    describe(&header.annotation, &mut parameter);
    parameter.set("schema", schema);
    parameter
}
