//! Tables and slot lists: `wire.rs`.

use super::paths::Paths;
use super::plain::{Block, Body, Expression, Function};
use super::table::Table;
use super::text::Text;
use super::{enumeration, failure, polymorphic, record};
use crate::rust::{
    Choice, Entry, EntryKind, Field, FieldPart, Item, ItemId, ItemKind, Record, Rule, RuleKind,
    Setting, Variant,
};

/// Everything that an item implements.
pub(super) fn emit(item: &Item, paths: &Paths<'_>) -> Vec<String> {
    match &item.kind {
        ItemKind::Record(record) => {
            let mut items = vec![complex_type(item, record, paths)];
            let others = [
                record::default(item, record, paths),
                failure::of_record(item, record, paths),
            ];
            items.extend(others.into_iter().flatten());
            items
        }
        ItemKind::Choice(choice) => vec![emit_choice(item, choice, paths)],
        ItemKind::Polymorphic(types) => polymorphic::wire(item, types, paths).into(),
        ItemKind::Enumeration(enumeration) => vec![enumeration::wire(item, enumeration, paths)],
        ItemKind::Faults(faults) => vec![failure::of_enum(item, faults, paths)],
        ItemKind::Alias(_) => Vec::new(),
    }
}

/// The table and the fields, a line each.
fn complex_type(item: &Item, record: &Record, paths: &Paths<'_>) -> String {
    let name = paths.own(item);
    let complex_type = paths.wire("complex_type");
    let namespace = paths.namespace(&record.namespace);
    let rules = record.rules.iter().map(|rule| emit_rule(rule, paths));
    let rules: Vec<_> = rules.collect();
    let mut table = Table::new(&complex_type, [name.into(), namespace.into()]);
    for (part, mark) in [(FieldPart::Attribute, "@"), (FieldPart::Content, "")] {
        for field in record.fields.iter().filter(|field| field.part == part) {
            let entry = entry(&field.entry, paths);
            let adaptor = adaptor(field, paths);
            table.entry(&[mark, field.name.as_str(), &adaptor, ": "], &entry);
        }
    }
    let mut settings = Vec::new();
    if !rules.is_empty() {
        settings.push(("rules", vec![Expression::slice(rules)]));
    }
    if record.mixed {
        settings.push(("mixed", Vec::new()));
    }
    table.settings(settings);
    table.finish()
}

/// What stands between a field and its slot: choices, and types of other crates.
fn adaptor(field: &Field, paths: &Paths<'_>) -> String {
    if field.entry.is_choice() {
        return " as choice".to_owned();
    }
    let mapping = paths.mapping(&field.type_);
    mapping.map_or_else(String::new, |mapping| format!(" as mapped<{mapping}>"))
}

fn emit_choice(item: &Item, choice: &Choice, paths: &Paths<'_>) -> String {
    let name = paths.own(item);
    let (trait_, field) = (paths.wire("Choice"), paths.wire("Field"));
    let (branch, error) = (paths.wire("Branch"), paths.runtime("ReadError"));
    let value = paths.wire("Value");
    let mut block = Block::of_trait(&trait_, name.as_str());
    let entries = choice.variants.iter().map(|variant| &variant.entry);
    branches(
        &mut block,
        entries,
        &choice.variants,
        [&field, &branch, &error],
        paths,
    );
    let arms = choice.variants.iter().enumerate();
    let arms = arms.map(|(index, variant)| {
        let pattern = format!("Self::{}(value)", variant.name);
        (pattern, format!("({index}, value)"))
    });
    block.function(Function {
        name: "write",
        arguments: &["&self".to_owned()],
        returned: &format!("(usize, &dyn {value})"),
        body: Body::Match("self", arms.collect()),
        ..Function::default()
    });
    block.finish()
}

/// The table of branches, and how the value of each is read. `types` are `Field`, `Branch` and `ReadError`.
pub(super) fn branches<'e>(
    block: &mut Block,
    entries: impl Iterator<Item = &'e Entry>,
    variants: &[Variant],
    [field, branch, error]: [&Text; 3],
    paths: &Paths<'_>,
) {
    let table = Expression::slice(entries.map(|body| entry(body, paths)));
    block.constant("BRANCHES", &format!("&'static [{field}]"), &table);
    let read = |variant: &Variant| format!("value.read().map(Self::{})", variant.name);
    let (parameter, body) = match variants {
        [] => ("_branch", Body::Flat("value.read()".to_owned())),
        [only] => ("_branch", Body::Flat(read(only))),
        [first @ .., last] => {
            let arms = first.iter().enumerate();
            let arms = arms.map(|(index, variant)| (index.to_string(), read(variant)));
            let last = ("_".to_owned(), read(last));
            (
                "branch",
                Body::Match("branch", arms.chain([last]).collect()),
            )
        }
    };
    block.function(Function {
        name: "read",
        arguments: &[
            format!("{parameter}: usize"),
            format!("value: {branch}<'_, '_>"),
        ],
        returned: &format!("Result<Self, {error}>"),
        body,
        ..Function::default()
    });
}

fn emit_rule(rule: &Rule, paths: &Paths<'_>) -> Expression {
    let type_ = paths.wire("Rule");
    let kind = match rule.kind {
        RuleKind::ExactlyOne => "ExactlyOne",
        RuleKind::AtMostOne => "AtMostOne",
        RuleKind::AtLeastOne => "AtLeastOne",
        RuleKind::Requires => "Requires",
        RuleKind::Excludes => "Excludes",
    };
    let members = rule.members.iter().map(|member| Expression::text(member));
    Expression::call(format!("{type_}::{kind}"), [Expression::slice(members)])
}

/// An entry of a table.
pub(super) fn entry(entry: &Entry, paths: &Paths<'_>) -> Expression {
    let made = |function: &str, argument: Option<Expression>| {
        Expression::call(paths.wire(function).into_string(), argument)
    };
    let of_item = |function: &str, trait_: &str, item: ItemId, constant: &str| {
        let (function, trait_) = (paths.wire(function), paths.wire(trait_));
        let item = paths.item(item);
        let of = Expression::path(format!("<{item} as {trait_}>::{constant}"));
        Expression::call(function.into_string(), [of])
    };
    let made = match &entry.kind {
        EntryKind::One(name) => made("one", Some(Expression::text(name))),
        EntryKind::Opt(name) => made("opt", Some(Expression::text(name))),
        EntryKind::Many(name) => made("many", Some(Expression::text(name))),
        EntryKind::Any => made("any", None),
        EntryKind::Text => made("text", None),
        EntryKind::Nil => made("nil", None),
        EntryKind::Choice(item) => of_item("choice", "Choice", *item, "BRANCHES"),
        EntryKind::Group(item) => of_item("group", "ComplexType", *item, "SHAPE"),
    };
    { entry.settings.iter() }.fold(made, |made, setting| {
        let (name, argument) = emit_setting(setting, paths);
        made.method(name, argument)
    })
}

/// The method that sets it, and its argument.
fn emit_setting(setting: &Setting, paths: &Paths<'_>) -> (&'static str, Option<Expression>) {
    let number = |number: &u64| Some(Expression::number(number));
    let text = |text: &str| Some(Expression::text(text));
    let namespace = |namespace: &str| Some(paths.namespace(namespace).into());
    match setting {
        Setting::InNamespace(name) => ("in_namespace", namespace(name)),
        Setting::Unqualified => ("unqualified", None),
        Setting::Nillable => ("nillable", None),
        Setting::Wrapped(item) => ("wrapped", text(item)),
        Setting::Wrapping(content) => {
            let shape = paths.wire("Shape");
            let namespace = paths.namespace(&content.namespace);
            let mut settings = vec![Setting::Repeated];
            settings.extend(content.optional.then_some(Setting::Optional));
            let kind = EntryKind::Choice(content.choice);
            let choice = entry(&Entry { kind, settings }, paths);
            let arguments = [namespace.into(), Expression::slice([choice])];
            let shape = Expression::call(format!("{shape}::new"), arguments);
            ("wrapping", Some(shape.reference()))
        }
        Setting::ItemNillable => ("item_nillable", None),
        Setting::MinOccurs(limit) => ("min_occurs", number(limit)),
        Setting::MaxOccurs(limit) => ("max_occurs", number(limit)),
        Setting::Length(limit) => ("length", number(limit)),
        Setting::MinLength(limit) => ("min_length", number(limit)),
        Setting::MaxLength(limit) => ("max_length", number(limit)),
        Setting::TotalDigits(limit) => ("total_digits", number(limit)),
        Setting::FractionDigits(limit) => ("fraction_digits", number(limit)),
        Setting::MinInclusive(bound) => ("min_inclusive", text(bound)),
        Setting::MaxInclusive(bound) => ("max_inclusive", text(bound)),
        Setting::MinExclusive(bound) => ("min_exclusive", text(bound)),
        Setting::MaxExclusive(bound) => ("max_exclusive", text(bound)),
        Setting::Replace => ("replace", None),
        Setting::Collapse => ("collapse", None),
        Setting::Secret => ("secret", None),
        Setting::Optional => ("optional", None),
        Setting::Repeated => ("repeated", None),
        Setting::ItemNamespace(name) => ("item_namespace", namespace(name)),
        Setting::Single => ("single", None),
        Setting::InNamespaces(namespaces) => {
            let namespaces = namespaces.iter().map(|name| paths.namespace(name).into());
            ("in_namespaces", Some(Expression::slice(namespaces)))
        }
        Setting::OtherThan(name) => ("other_than", namespace(name)),
        Setting::NilOthers => ("nil_others", None),
        Setting::InPath => ("in_path", None),
        Setting::InQuery => ("in_query", None),
        Setting::InHeader => ("in_header", None),
        Setting::Attached => ("attached", None),
        Setting::AbsentNil => ("absent_nil", None),
        Setting::AbsentOmit => ("absent_omit", None),
        Setting::AbsentEmpty => ("absent_empty", None),
        Setting::Claimed => ("claimed", None),
        Setting::DefaultValue(value) => ("default_value", text(value)),
        Setting::Fixed(value) => ("fixed", text(value)),
    }
}
