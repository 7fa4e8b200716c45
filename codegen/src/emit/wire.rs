//! Tables and slot lists: `wire.rs`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::paths::{Paths, ident};
use super::{enumeration, failure, polymorphic, record};
use crate::rust::{
    Choice, Entry, EntryKind, Field, FieldPart, Item, ItemKind, Record, Rule, RuleKind, Setting,
    Variant,
};

/// Everything that an item implements.
pub(super) fn emit(item: &Item, paths: &Paths<'_>) -> Vec<TokenStream> {
    match &item.kind {
        ItemKind::Record(record) => {
            let mut items = vec![complex_type(item, record, paths)];
            items.extend(record::default(item, record, paths));
            items.extend(failure::of_record(item, record, paths));
            items
        }
        ItemKind::Choice(choice) => vec![emit_choice(item, choice, paths)],
        ItemKind::Polymorphic(types) => polymorphic::wire(item, types, paths),
        ItemKind::Enumeration(enumeration) => vec![enumeration::wire(item, enumeration, paths)],
        ItemKind::Faults(faults) => vec![failure::of_enum(item, faults, paths)],
        ItemKind::Alias(_) => Vec::new(),
    }
}

/// The table and the fields, a line each.
fn complex_type(item: &Item, record: &Record, paths: &Paths<'_>) -> TokenStream {
    let name = paths.own(item);
    let complex_type = paths.wire("complex_type");
    let namespace = paths.namespace(&record.namespace);
    let part = |part: FieldPart| record.fields.iter().filter(move |field| field.part == part);
    let attributes = part(FieldPart::Attribute).map(|field| {
        let (name, entry) = (ident(&field.name), entry(&field.entry, paths));
        let adaptor = adaptor(field, paths);
        quote! { @ #name #adaptor: #entry, }
    });
    let fields = part(FieldPart::Content).map(|field| {
        let (name, entry) = (ident(&field.name), entry(&field.entry, paths));
        let adaptor = adaptor(field, paths);
        quote! { #name #adaptor: #entry, }
    });
    let rules: Vec<_> = record
        .rules
        .iter()
        .map(|rule| emit_rule(rule, paths))
        .collect();
    let rules = (!rules.is_empty()).then(|| quote! { .rules(&[#(#rules),*]) });
    let mixed = record.mixed.then(|| quote! { .mixed() });
    let settings = (rules.is_some() || mixed.is_some()).then(|| quote! { => #rules #mixed });
    quote! {
        #complex_type! {
            #name, #namespace;
            #(#attributes)*
            #(#fields)*
            #settings
        }
    }
}

/// What stands between a field and its slot: choices, and types of other crates.
fn adaptor(field: &Field, paths: &Paths<'_>) -> Option<TokenStream> {
    if field.entry.is_choice() {
        return Some(quote! { as choice });
    }
    let mapping = paths.mapping(&field.type_)?;
    Some(quote! { as mapped<#mapping> })
}

fn emit_choice(item: &Item, choice: &Choice, paths: &Paths<'_>) -> TokenStream {
    let name = paths.own(item);
    let (trait_, field) = (paths.wire("Choice"), paths.wire("Field"));
    let (branch, error) = (paths.wire("Branch"), paths.runtime("ReadError"));
    let value = paths.wire("Value");
    let branches = choice
        .variants
        .iter()
        .map(|variant| entry(&variant.entry, paths));
    let (parameter, read) = read_arms(&choice.variants);
    let arms = choice.variants.iter().enumerate().map(|(index, variant)| {
        let (variant, index) = (ident(&variant.name), Literal::usize_unsuffixed(index));
        quote! { Self::#variant(value) => (#index, value) }
    });
    quote! {
        impl #trait_ for #name {
            const BRANCHES: &'static [#field] = &[#(#branches),*];
            fn read(#parameter: usize, value: #branch<'_, '_>) -> Result<Self, #error> {
                #read
            }
            fn write(&self) -> (usize, &dyn #value) {
                match self { #(#arms),* }
            }
        }
    }
}

/// The parameter for the branch, and the `match` on it.
pub(super) fn read_arms(variants: &[Variant]) -> (TokenStream, TokenStream) {
    let read = |variant: &Variant| {
        let name = ident(&variant.name);
        quote! { value.read().map(Self::#name) }
    };
    match variants {
        [] => (quote! { _branch }, quote! { value.read() }),
        [only] => (quote! { _branch }, read(only)),
        [first @ .., last] => {
            let arms = first.iter().enumerate().map(|(index, variant)| {
                let (index, read) = (Literal::usize_unsuffixed(index), read(variant));
                quote! { #index => #read }
            });
            let last = read(last);
            (
                quote! { branch },
                quote! { match branch { #(#arms,)* _ => #last } },
            )
        }
    }
}

fn emit_rule(rule: &Rule, paths: &Paths<'_>) -> TokenStream {
    let type_ = paths.wire("Rule");
    let members = &rule.members;
    let members = quote! { &[#(#members),*] };
    match rule.kind {
        RuleKind::ExactlyOne => quote! { #type_::ExactlyOne(#members) },
        RuleKind::AtMostOne => quote! { #type_::AtMostOne(#members) },
        RuleKind::AtLeastOne => quote! { #type_::AtLeastOne(#members) },
        RuleKind::Requires => quote! { #type_::Requires(#members) },
        RuleKind::Excludes => quote! { #type_::Excludes(#members) },
    }
}

/// An entry of a table.
pub(super) fn entry(entry: &Entry, paths: &Paths<'_>) -> TokenStream {
    let named = |function: &str, name: &str| {
        let function = paths.wire(function);
        quote! { #function(#name) }
    };
    let mut tokens = match &entry.kind {
        EntryKind::One(name) => named("one", name),
        EntryKind::Opt(name) => named("opt", name),
        EntryKind::Many(name) => named("many", name),
        EntryKind::Any => {
            let any = paths.wire("any");
            quote! { #any() }
        }
        EntryKind::Text => {
            let text = paths.wire("text");
            quote! { #text() }
        }
        EntryKind::Nil => {
            let nil = paths.wire("nil");
            quote! { #nil() }
        }
        EntryKind::Choice(item) => {
            let (function, trait_) = (paths.wire("choice"), paths.wire("Choice"));
            let item = paths.item(*item);
            quote! { #function(<#item as #trait_>::BRANCHES) }
        }
        EntryKind::Group(item) => {
            let (function, trait_) = (paths.wire("group"), paths.wire("ComplexType"));
            let item = paths.item(*item);
            quote! { #function(<#item as #trait_>::SHAPE) }
        }
    };
    for setting in &entry.settings {
        tokens.extend(emit_setting(setting, paths));
    }
    tokens
}

fn emit_setting(setting: &Setting, paths: &Paths<'_>) -> TokenStream {
    let number = |number: &u64| Literal::u64_unsuffixed(*number);
    macro_rules! count {
        ($name:ident, $limit:expr) => {{
            let limit = number($limit);
            quote! { .$name(#limit) }
        }};
    }
    match setting {
        Setting::InNamespace(namespace) => {
            let namespace = paths.namespace(namespace);
            quote! { .in_namespace(#namespace) }
        }
        Setting::Unqualified => quote! { .unqualified() },
        Setting::Nillable => quote! { .nillable() },
        Setting::Wrapped(item) => quote! { .wrapped(#item) },
        Setting::Wrapping(content) => {
            let shape = paths.wire("Shape");
            let namespace = paths.namespace(&content.namespace);
            let mut settings = vec![Setting::Repeated];
            settings.extend(content.optional.then_some(Setting::Optional));
            let kind = EntryKind::Choice(content.choice);
            let choice = entry(&Entry { kind, settings }, paths);
            quote! { .wrapping(&#shape::new(#namespace, &[#choice])) }
        }
        Setting::ItemNillable => quote! { .item_nillable() },
        Setting::MinOccurs(limit) => count!(min_occurs, limit),
        Setting::MaxOccurs(limit) => count!(max_occurs, limit),
        Setting::Length(limit) => count!(length, limit),
        Setting::MinLength(limit) => count!(min_length, limit),
        Setting::MaxLength(limit) => count!(max_length, limit),
        Setting::TotalDigits(limit) => count!(total_digits, limit),
        Setting::FractionDigits(limit) => count!(fraction_digits, limit),
        Setting::MinInclusive(bound) => quote! { .min_inclusive(#bound) },
        Setting::MaxInclusive(bound) => quote! { .max_inclusive(#bound) },
        Setting::MinExclusive(bound) => quote! { .min_exclusive(#bound) },
        Setting::MaxExclusive(bound) => quote! { .max_exclusive(#bound) },
        Setting::Replace => quote! { .replace() },
        Setting::Collapse => quote! { .collapse() },
        Setting::Secret => quote! { .secret() },
        Setting::Optional => quote! { .optional() },
        Setting::Repeated => quote! { .repeated() },
        Setting::ItemNamespace(namespace) => {
            let namespace = paths.namespace(namespace);
            quote! { .item_namespace(#namespace) }
        }
        Setting::Single => quote! { .single() },
        Setting::InNamespaces(namespaces) => {
            let namespaces = namespaces.iter().map(|name| paths.namespace(name));
            quote! { .in_namespaces(&[#(#namespaces),*]) }
        }
        Setting::OtherThan(namespace) => {
            let namespace = paths.namespace(namespace);
            quote! { .other_than(#namespace) }
        }
        Setting::NilOthers => quote! { .nil_others() },
        Setting::InPath => quote! { .in_path() },
        Setting::InQuery => quote! { .in_query() },
        Setting::InHeader => quote! { .in_header() },
        Setting::Attached => quote! { .attached() },
        Setting::AbsentNil => quote! { .absent_nil() },
        Setting::AbsentOmit => quote! { .absent_omit() },
        Setting::AbsentEmpty => quote! { .absent_empty() },
        Setting::Claimed => quote! { .claimed() },
        Setting::DefaultValue(value) => quote! { .default_value(#value) },
        Setting::Fixed(value) => quote! { .fixed(#value) },
    }
}
