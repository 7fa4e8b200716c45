//! The types of SOAP-encoded messages: a table in `operations.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::docs;
use super::operation::qualified;
use super::paths::Paths;
use super::plain::Expression;
use crate::rust::{
    EncodedKind, EncodedMember, EncodedParts, EncodedType, QualifiedName, XML_SCHEMA,
};

/// The table of a module.
pub(super) fn emit(types: &[EncodedType], paths: &Paths<'_>) -> TokenStream {
    let encoding = paths.wire("Encoding");
    let types = types.iter().map(|type_| {
        let namespace = paths.namespace(&type_.name.namespace);
        let local = &type_.name.local;
        match &type_.kind {
            EncodedKind::Struct(members) => {
                let structure = paths.wire("structure");
                let members = members.iter().map(|own| member(own, paths));
                quote! { #structure(#namespace, #local, &[#(#members),*]) }
            }
            EncodedKind::Array(item) => {
                let array = paths.wire("array");
                let item = member(item, paths);
                quote! { #array(#namespace, #local, #item) }
            }
        }
    });
    let docs = docs(&["The structs and arrays in SOAP-encoded messages.".to_owned()]);
    quote! {
        #docs
        static ENCODING: #encoding = #encoding::new(&[#(#types),*]);
    }
}

/// The arguments of what the binding of an operation says.
pub(super) fn binding(parts: &EncodedParts, paths: &Paths<'_>) -> Vec<Expression> {
    let members =
        |parts: &[EncodedMember]| Expression::slice(parts.iter().map(|part| member(part, paths)));
    let (request, response) = (members(&parts.request), members(&parts.response));
    vec![Expression::path("ENCODING").reference(), request, response]
}

fn member(member: &EncodedMember, paths: &Paths<'_>) -> Expression {
    let function = paths.wire("member");
    let (local, namespace) = (&member.name.local, &member.name.namespace);
    let type_name = type_name(&member.type_name, paths);
    let made = Expression::call(function.into_string(), [Expression::text(local), type_name]);
    if namespace.is_empty() {
        return made;
    }
    made.method("in_namespace", [paths.namespace(namespace).into()])
}

fn type_name(name: &QualifiedName, paths: &Paths<'_>) -> Expression {
    if name.namespace == XML_SCHEMA {
        let xsd = paths.wire("xsd");
        Expression::call(xsd.into_string(), [Expression::text(&name.local)])
    } else {
        qualified(name, paths)
    }
}
