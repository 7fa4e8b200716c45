//! Enums of the types that an element may have.

use quote::quote;

use super::declaration::Declaration;
use super::file::print_item;
use super::paths::{Paths, ident};
use super::plain::{Block, Body, Expression, Function};
use crate::rust::{Ident, Item, Polymorphic};

/// The enum in `types.rs`. Contracts grow more types.
pub(super) fn emit(item: &Item, polymorphic: &Polymorphic, paths: &Paths<'_>) -> String {
    let any = paths.runtime("AnyElement");
    let mut declaration = Declaration::new(
        "enum",
        item.name.as_str(),
        &item.docs,
        item.deprecated.as_ref(),
        &["derive(Clone, Debug, PartialEq)", "non_exhaustive"],
    );
    for type_ in &polymorphic.types {
        let member = format!("{}(Box<{}>)", type_.name, paths.item(type_.record));
        declaration.member(&type_.docs, None, &member);
    }
    let docs = "Any other type, as its `xsi:type` says.".to_owned();
    let other = format!("{}(Box<{any}>)", polymorphic.other);
    declaration.member(&[docs], None, &other);
    declaration.finish()
}

/// What it implements, in `wire.rs`.
pub(super) fn wire(item: &Item, polymorphic: &Polymorphic, paths: &Paths<'_>) -> [String; 2] {
    let (name, other) = (paths.own(item), &polymorphic.other);
    let (trait_, value) = (paths.wire("Polymorphic"), paths.wire("Value"));
    let (wire_name, typed) = (paths.wire("Name"), paths.wire("TypedValue"));
    let (error, implement) = (paths.runtime("ReadError"), paths.wire("polymorphic"));
    let names = polymorphic.types.iter().map(|type_| {
        let namespace = paths.namespace(&type_.wire_name.namespace).into();
        let local = Expression::text(&type_.wire_name.local);
        Expression::call(format!("{wire_name}::new"), [namespace, local])
    });
    let mut block = Block::of_trait(&trait_, name.as_str());
    let types = format!("&'static [{wire_name}]");
    block.constant("TYPES", &types, &Expression::slice(names));
    if polymorphic.is_abstract {
        block.constant("ABSTRACT", "bool", &Expression::path("true"));
    }
    if polymorphic.keeps_nil {
        block.constant("KEEPS_NIL", "bool", &Expression::path("true"));
    }
    let variants = || { polymorphic.types.iter() }.map(|type_| &type_.name);
    let read = |(pattern, variant): (String, &Ident)| {
        (pattern, format!("value.read().map(Self::{variant})"))
    };
    let write = |(index, variant): (usize, &Ident)| {
        (
            format!("Self::{variant}(value)"),
            format!("({index}, value)"),
        )
    };
    let last = [("_".to_owned(), other)];
    let numbers = (0..).map(|index: usize| index.to_string());
    block.function(Function {
        name: "read",
        arguments: &["index: usize".to_owned(), format!("value: {typed}<'_, '_>")],
        returned: &format!("Result<Self, {error}>"),
        body: Body::Match(
            "index",
            numbers.zip(variants()).chain(last).map(read).collect(),
        ),
        ..Function::default()
    });
    let all = variants().chain([other]).enumerate();
    block.function(Function {
        name: "write",
        arguments: &["&self".to_owned()],
        returned: &format!("(usize, &dyn {value})"),
        body: Body::Match("self", all.map(write).collect()),
        ..Function::default()
    });
    // A type of another crate may stand for two of them.
    let records = polymorphic
        .types
        .iter()
        .filter(|type_| paths.is_record(type_.record));
    let made_from = records.map(|type_| {
        let (variant, record) = (ident(&type_.name), paths.item(type_.record));
        quote! { #variant(#record) }
    });
    let other = ident(other);
    let made = quote! { #implement!(#name, #other #(, #made_from)*); };
    [block.finish(), print_item(made)]
}
