//! Structs and aliases of `types.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::declaration::Declaration;
use super::file::{deprecated, docs};
use super::paths::{Paths, ident};
use super::plain::{Block, Body, Function};
use super::text::{Text, literal};
use crate::rust::{Argument, Item, Record, Type};

/// The struct, and its `new`. `Debug` and `PartialEq` come with its table.
pub(super) fn emit(item: &Item, record: &Record, paths: &Paths<'_>) -> Vec<String> {
    let derives = match has_initial(record) {
        true => "derive(Clone)",
        false => "derive(Clone, Default)",
    };
    let mut declaration = Declaration::new(
        "struct",
        item.name.as_str(),
        &item.docs,
        item.deprecated.as_ref(),
        &[derives],
    );
    for field in &record.fields {
        let type_ = paths.type_(&field.type_);
        let member = ["pub ", field.name.as_str(), ": ", type_.as_str()].concat();
        declaration.member(&field.docs, field.deprecated.as_ref(), &member);
    }
    let mut items = vec![declaration.finish()];
    items.extend(constructor(item, record, paths));
    items
}

/// Whether a field of its default has a value that the contract gives.
fn has_initial(record: &Record) -> bool {
    record.fields.iter().any(|field| field.initial.is_some())
}

/// Its default in `wire.rs`, where it is not that of every field.
pub(super) fn default(item: &Item, record: &Record, paths: &Paths<'_>) -> Option<String> {
    if !has_initial(record) {
        return None;
    }
    let (name, initial) = (paths.own(item), paths.wire("initial"));
    let fields = record.fields.iter().map(|field| match &field.initial {
        Some(text) => format!("{}: {initial}({})", field.name, literal(text)),
        None => format!("{}: Default::default()", field.name),
    });
    let mut block = Block::of_trait(&Text::new("Default"), name.as_str());
    block.function(Function {
        name: "default",
        returned: "Self",
        body: Body::Struct(fields.collect()),
        ..Function::default()
    });
    Some(block.finish())
}

/// How many arguments `new` takes.
pub(super) fn argument_count(record: &Record) -> usize {
    let arguments = record
        .fields
        .iter()
        .filter(|field| field.argument.is_some());
    if record.constructor {
        arguments.count()
    } else {
        0
    }
}

fn constructor(item: &Item, record: &Record, paths: &Paths<'_>) -> Option<String> {
    if argument_count(record) == 0 {
        return None;
    }
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for field in &record.fields {
        let Some(argument) = &field.argument else {
            continue;
        };
        let name = field.name.as_str();
        arguments.push(declared(argument, name, paths));
        values.push(match argument {
            Argument::Into(_) => format!("{name}: {name}.into()"),
            Argument::Plain(_) => name.to_owned(),
            Argument::Some(_) => format!("{name}: Some({name})"),
            Argument::Boxed(_) => format!("{name}: Box::new({name})"),
        });
    }
    let is_partial = values.len() < record.fields.len();
    if is_partial {
        values.push("..Self::default()".to_owned());
    }
    let doc = match (is_partial, has_initial(record)) {
        (true, true) => {
            "With the required fields; the others are absent, or what the contract says."
        }
        (true, false) => "With the required fields; the others are absent.",
        (false, _) => "With all fields.",
    };
    let mut block = Block::of_type("", item.name.as_str());
    block.function(Function {
        docs: &[doc.to_owned()],
        is_public: true,
        name: "new",
        arguments: &arguments,
        returned: "Self",
        body: Body::Struct(values),
        ..Function::default()
    });
    Some(block.finish())
}

/// `name: T`, or `name: impl Into<T>`.
pub(super) fn declared(argument: &Argument, name: &str, paths: &Paths<'_>) -> String {
    match argument {
        Argument::Into(type_) => format!("{name}: impl Into<{}>", paths.type_(type_)),
        Argument::Plain(type_) | Argument::Some(type_) | Argument::Boxed(type_) => {
            format!("{name}: {}", paths.type_(type_))
        }
    }
}

/// `pub type`.
pub(super) fn alias(item: &Item, type_: &Type, paths: &Paths<'_>) -> TokenStream {
    let name = ident(&item.name);
    let (docs, old) = (docs(&item.docs), deprecated(item.deprecated.as_ref()));
    let type_ = paths.type_(type_);
    quote! { #docs #old pub type #name = #type_; }
}
