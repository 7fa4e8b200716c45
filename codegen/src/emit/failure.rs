//! Failures: catalogues of codes, details of faults, and the way to codes inside bodies.

use proc_macro2::TokenStream;
use quote::quote;

use super::enumeration;
use super::file::SourceFile;
use super::paths::{Paths, ident};
use super::plain::{Block, Expression};
use super::text::Text;
use super::wire::branches;
use crate::rust::{Catalogue, Crate, Failure, Faults, Item, Layer, Record, Rejection, Step};

/// `fault_code.rs`.
pub(super) fn catalogues(krate: &Crate) -> SourceFile {
    let paths = Paths::of_catalogues(krate);
    let mut file = SourceFile {
        docs: vec!["The codes by which faults are told apart.".to_owned()],
        ..SourceFile::default()
    };
    for catalogue in &krate.catalogues {
        file.items.extend(emit_catalogue(catalogue, &paths));
    }
    let mut codes = krate
        .catalogues
        .iter()
        .flat_map(|catalogue| &catalogue.codes);
    if codes.any(|code| code.docs.is_empty()) {
        file.allows.push("missing_docs");
    }
    file.uses = paths.finish();
    file
}

fn emit_catalogue(catalogue: &Catalogue, paths: &Paths<'_>) -> [String; 2] {
    let declared = enumeration::declared(
        &catalogue.name,
        &catalogue.docs,
        None,
        &catalogue.codes,
        &catalogue.other,
    );
    let head = [&catalogue.name, &catalogue.other].map(|name| Expression::path(name.as_str()));
    let table = enumeration::table(&paths.wire("fault_codes"), head, &catalogue.codes);
    [declared, table]
}

/// A record that is itself the detail of a failure.
pub(super) fn of_record(item: &Item, record: &Record, paths: &Paths<'_>) -> Option<String> {
    let failure = record.failure.as_ref()?;
    let name = paths.own(item);
    let (trait_, field) = (paths.wire("FaultDetail"), paths.wire("Field"));
    let (branch, error) = (paths.wire("Branch"), paths.runtime("ReadError"));
    let rejection = failure.rejection.as_ref().map(|rejection| {
        let type_ = paths.wire("Rejection");
        let body = navigated(&quote! { self }, rejection, &type_);
        quote! {
            fn rejection(&self) -> Option<#type_> {
                #body
            }
        }
    });
    let mut block = Block::of_trait(&trait_, name.as_str());
    branches(
        &mut block,
        failure.entry.iter(),
        &[],
        [&field, &branch, &error],
        paths,
    );
    if let Some(rejection) = rejection {
        block.other(&rejection.to_string());
    }
    Some(block.finish())
}

/// The enum of an operation's details.
pub(super) fn of_enum(item: &Item, faults: &Faults, paths: &Paths<'_>) -> String {
    let name = paths.own(item);
    let (trait_, field) = (paths.wire("FaultDetail"), paths.wire("Field"));
    let (branch, error) = (paths.wire("Branch"), paths.runtime("ReadError"));
    let rejection = rejections(faults, paths);
    let mut block = Block::of_trait(&trait_, name.as_str());
    let entries = faults.variants.iter().map(|variant| &variant.entry);
    branches(
        &mut block,
        entries,
        &faults.variants,
        [&field, &branch, &error],
        paths,
    );
    if let Some(rejection) = rejection {
        block.other(&rejection.to_string());
    }
    block.finish()
}

fn rejections(faults: &Faults, paths: &Paths<'_>) -> Option<TokenStream> {
    let known = |failure: &Option<Failure>| {
        let failure = failure.as_ref();
        failure.and_then(|failure| failure.rejection.clone())
    };
    if faults
        .failures
        .iter()
        .all(|failure| known(failure).is_none())
    {
        return None;
    }
    let type_ = paths.wire("Rejection");
    let arms = faults
        .variants
        .iter()
        .zip(&faults.failures)
        .map(|(variant, failure)| {
            let name = ident(&variant.name);
            match known(failure) {
                Some(rejection) => {
                    let body = navigated(&quote! { body }, &rejection, &type_);
                    quote! { Self::#name(body) => #body }
                }
                None => quote! { Self::#name(_) => None },
            }
        });
    Some(quote! {
        fn rejection(&self) -> Option<#type_> {
            match self { #(#arms),* }
        }
    })
}

/// `Option<Rejection>`, found in the record `from`.
pub(super) fn navigated(from: &TokenStream, rejection: &Rejection, type_: &Text) -> TokenStream {
    if rejection.message.is_empty() && rejection.severity.is_none() {
        // The record is the message, if it says anything at all.
        if rejection.code.iter().all(|step| step.layers.is_empty()) {
            let code = text_or_empty(from, &rejection.code);
            let reason = text_or_empty(from, &rejection.reason);
            return quote! { Some(#type_ { code: #code, reason: #reason }) };
        }
        let code = first_text(from, &rejection.code);
        let reason = text_or_empty(from, &rejection.reason);
        return quote! { #code.map(|code| #type_ { code, reason: #reason }) };
    }
    let messages = stepped(from, &rejection.message);
    let severe = rejection.severity.as_ref().map(|(steps, values)| {
        let is_severe = quote! {
            |severity| matches!(severity.to_string().as_str(), #(#values)|*)
        };
        match steps.as_slice() {
            [Step { field, layers }] if layers.is_empty() => {
                let field = ident(field);
                quote! { matches!(message.#field.to_string().as_str(), #(#values)|*) }
            }
            steps => {
                let found = stepped(&quote! { message }, steps);
                quote! { #found.any(#is_severe) }
            }
        }
    });
    let found = match severe {
        Some(severe) => quote! { #messages.find(|message| #severe) },
        None => quote! { #messages.next() },
    };
    let code = text_or_empty(&quote! { message }, &rejection.code);
    let reason = text_or_empty(&quote! { message }, &rejection.reason);
    quote! {
        #found.map(|message| #type_ { code: #code, reason: #reason })
    }
}

/// An iterator over what stands at the end of the steps.
fn stepped(from: &TokenStream, steps: &[Step]) -> TokenStream {
    let Some((first, rest)) = steps.split_first() else {
        return quote! { std::iter::once(#from) };
    };
    let field = ident(&first.field);
    let mut tokens = match first.layers.first() {
        None => quote! { std::iter::once(&#from.#field) },
        Some(Layer::Nillable) => quote! { #from.#field.as_ref().into_iter() },
        Some(Layer::Option | Layer::Vec) => quote! { #from.#field.iter() },
    };
    flattened(&mut tokens, first);
    for step in rest {
        let field = ident(&step.field);
        match step.layers.first() {
            None => tokens.extend(quote! { .map(|value| &value.#field) }),
            Some(Layer::Nillable) => {
                tokens.extend(quote! { .filter_map(|value| value.#field.as_ref()) });
            }
            Some(Layer::Option | Layer::Vec) => {
                tokens.extend(quote! { .flat_map(|value| value.#field.iter()) });
            }
        }
        flattened(&mut tokens, step);
    }
    tokens
}

/// The layers of a step below its first.
fn flattened(tokens: &mut TokenStream, step: &Step) {
    for layer in step.layers.iter().skip(1) {
        match layer {
            Layer::Option | Layer::Vec => tokens.extend(quote! { .flatten() }),
            Layer::Nillable => tokens.extend(quote! { .filter_map(|value| value.as_ref()) }),
        }
    }
}

/// `Option<String>`.
fn first_text(from: &TokenStream, steps: &[Step]) -> TokenStream {
    match steps {
        [Step { field, layers }]
            if matches!(layers.as_slice(), [Layer::Option | Layer::Nillable]) =>
        {
            let field = ident(field);
            quote! { #from.#field.as_ref().map(ToString::to_string) }
        }
        _ => {
            let found = stepped(from, steps);
            quote! { #found.next().map(ToString::to_string) }
        }
    }
}

/// `String`, empty where there is nothing.
fn text_or_empty(from: &TokenStream, steps: &[Step]) -> TokenStream {
    match steps {
        [] => quote! { String::new() },
        steps if steps.iter().all(|step| step.layers.is_empty()) => {
            let fields = steps.iter().map(|step| ident(&step.field));
            quote! { #from #(.#fields)*.to_string() }
        }
        _ => {
            let text = first_text(from, steps);
            quote! { #text.unwrap_or_default() }
        }
    }
}
