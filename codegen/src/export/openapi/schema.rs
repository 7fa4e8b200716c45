//! Types as JSON Schema (2020-12, the dialect of OpenAPI 3.1).

mod record;
mod simple;

use std::collections::BTreeMap;

use super::json::{Json, Object};
use crate::contract::{
    Annotation, Contract, Definition, ElementDeclaration, Id, Occurs, TypeDefinition,
    ValueConstraint,
};

/// The schemas of the components of a document.
pub(super) struct Schemas<'a> {
    contract: &'a Contract,
    /// The types that have a schema of their own, by the name that it has.
    names: BTreeMap<Id<TypeDefinition>, String>,
    /// The schemas, by name.
    written: BTreeMap<String, Json>,
    /// The anonymous types that are being written: one may hold itself.
    open: Vec<Id<TypeDefinition>>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(contract: &'a Contract) -> Self {
        Self {
            contract,
            names: BTreeMap::new(),
            written: BTreeMap::new(),
            open: Vec::new(),
        }
    }

    /// All schemas that were asked for.
    pub(super) fn finish(self) -> Object {
        let mut object = Object::new();
        for (name, schema) in self.written {
            object.set(name, schema);
        }
        object
    }

    /// Adds a schema under a name like this one, and returns a reference to it.
    pub(super) fn add(&mut self, wanted: &str, schema: Object) -> Object {
        let name = self.free(wanted);
        self.written.insert(name.clone(), schema.into());
        reference(&name)
    }

    /// A name that no schema has, of characters that names of components may have.
    fn free(&self, wanted: &str) -> String {
        let safe: String = { wanted.chars() }
            .map(|c| {
                if c.is_ascii_alphanumeric() || "._-".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        let mut name = safe.clone();
        let mut number = 2_usize;
        while self.written.contains_key(&name) {
            name = format!("{safe}{number}");
            number += 1;
        }
        name
    }

    /// The schema of a type: a reference to it, if it has a name.
    pub(super) fn type_use(&mut self, id: Id<TypeDefinition>) -> Object {
        let definition = &self.contract.types[id];
        if let Definition::Simple(simple) = &definition.definition
            && simple.builtin.is_some()
        {
            return self.simple(id);
        }
        let Some(name) = &definition.name else {
            if self.open.contains(&id) {
                return Object::new();
            }
            self.open.push(id);
            let schema = self.definition(id);
            self.open.pop();
            return schema;
        };
        if id == self.contract.builtin(crate::contract::Builtin::AnyType) {
            return Object::new();
        }
        if let Some(name) = self.names.get(&id) {
            return reference(name);
        }
        let name = self.free(&name.local);
        self.names.insert(id, name.clone());
        // The name is taken while the type is written, which may refer to itself.
        self.written.insert(name.clone(), Json::Null);
        let schema = self.definition(id);
        self.written.insert(name.clone(), schema.into());
        reference(&name)
    }

    fn definition(&mut self, id: Id<TypeDefinition>) -> Object {
        let definition = &self.contract.types[id];
        let mut schema = match &definition.definition {
            Definition::Undeclared => Object::new(),
            Definition::Simple(_) => self.simple(id),
            Definition::Complex(complex) => self.record(complex),
        };
        describe(&definition.annotation, &mut schema);
        schema
    }

    /// The schema of a member: its type, whether it may be null, how many there are.
    pub(super) fn member(&mut self, element: &ElementDeclaration, occurs: Occurs) -> Object {
        let mut schema = self.type_use(element.type_definition);
        if let Some(constraint) = &element.value_constraint {
            let (word, value) = match constraint {
                ValueConstraint::Default(value) => ("default", value),
                ValueConstraint::Fixed(value) => ("const", value),
            };
            schema.set_some(word, self.value(element.type_definition, value));
        }
        if element.nillable {
            schema = or_null(schema);
        }
        if occurs.is_repeated() {
            let mut list = Object::new().with("type", "array").with("items", schema);
            list.set_some("minItems", (occurs.min > 1).then_some(occurs.min));
            list.set_some("maxItems", occurs.max);
            schema = list;
        }
        describe(&element.annotation, &mut schema);
        schema
    }
}

pub(super) fn reference(name: &str) -> Object {
    Object::new().with("$ref", format!("#/components/schemas/{name}"))
}

/// The same schema, or null.
fn or_null(mut schema: Object) -> Object {
    let null = || Json::from(Object::new().with("type", "null"));
    if schema.contains("enum") || schema.contains("const") || !schema.contains("type") {
        return match schema.is_empty() {
            true => schema,
            false => Object::new().with("anyOf", vec![schema.into(), null()]),
        };
    }
    let kind = schema.remove("type").unwrap_or(Json::Null);
    let mut with_null = Object::new().with("type", vec![kind, "null".into()]);
    with_null.append(schema);
    with_null
}

/// Adds what people should know.
pub(super) fn describe(annotation: &Annotation, schema: &mut Object) {
    let mut texts: Vec<&str> = annotation.documentation.as_deref().into_iter().collect();
    let deprecated = annotation
        .deprecated
        .as_deref()
        .filter(|reason| !reason.is_empty());
    let reason = deprecated.map(|reason| format!("Deprecated: {reason}"));
    texts.extend(reason.as_deref());
    if !texts.is_empty() {
        // What a use says comes before what its type says.
        schema.remove("description");
        schema.set("description", texts.join("\n\n"));
    }
    if annotation.deprecated.is_some() {
        schema.set("deprecated", true);
    }
    if annotation.secret {
        schema.set("format", "password");
    }
    schema.set_some("x-documented-name", annotation.documented_name.as_deref());
    schema.set_some(
        "x-documented-maximum",
        annotation.documented_maximum.as_deref(),
    );
}
