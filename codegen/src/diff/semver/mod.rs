//! Does code that was written against the client of the old contract compile against that of the new
//! one, and mean the same?
//!
//! Judged is the lowered model, of which every name and type of the generated code comes, by the rules
//! of RFC 1105 and Cargo's book. Records have public fields and no `#[non_exhaustive]`: a new field
//! breaks who writes one out. Enumerations, faults and enums of derived types are open; choices are not.

mod surface;

use std::collections::{BTreeMap, BTreeSet};

use super::components::Components;
use super::renames::nearest;
use super::report::{Bump, Findings, Kind, RustFinding, Spans, Subject};
use crate::contract::{Id, TypeDefinition};
use crate::resolve::Resolved;
use crate::rust::{Crate, Declaration, Item, ItemId, ItemKind, Lowered, Type};
use surface::{Named, Role, surface};

/// One side: the Rust, and what it was made of.
#[derive(Clone, Copy)]
pub(super) struct Generated<'a> {
    pub(super) resolved: &'a Resolved,
    pub(super) lowered: &'a Lowered,
    pub(super) components: &'a Components,
}

/// Compares what callers can name.
pub(super) fn judge(old: Generated<'_>, new: Generated<'_>, findings: &mut Findings) {
    let sides = (Side::new(old), Side::new(new));
    let (known, come) = (surface(&old.lowered.krate), surface(&new.lowered.krate));
    for (path, named) in &known {
        match come.get(path) {
            Some(other) => compare(path, named, other, &sides, findings),
            None if is_gone_with_parent(named, &known, &come) => {}
            None => {
                let why = format!(
                    "{} is gone: code that names it does not compile",
                    what(path, named)
                );
                let finding = RustFinding {
                    bump: Bump::Major,
                    rule: removed_rule(named.role),
                    path: path.clone(),
                    why,
                };
                let subject = sides.0.subject(path, named);
                let spans = Spans::both(sides.0.span(named), crate::source::Span::NONE);
                findings.rust(
                    &subject,
                    kind(&subject, named, Kind::Removed),
                    spans,
                    finding,
                );
                sides.0.place(&subject, named, findings);
                hint(&subject, path, named, (&known, &come), findings);
            }
        }
    }
    for (path, named) in &come {
        if known.contains_key(path) || is_gone_with_parent(named, &come, &known) {
            continue;
        }
        let (bump, rule, why) = added(path, named);
        let finding = RustFinding {
            bump,
            rule,
            path: path.clone(),
            why,
        };
        let subject = sides.1.subject(path, named);
        let spans = Spans::both(crate::source::Span::NONE, sides.1.span(named));
        findings.rust(&subject, kind(&subject, named, Kind::Added), spans, finding);
        sides.1.place(&subject, named, findings);
        hint(&subject, path, named, (&come, &known), findings);
    }
}

/// What a part that comes or goes means for the whole that a change is about.
fn kind(subject: &Subject, named: &Named, kind: Kind) -> Kind {
    // Of an element that comes or goes, the wire says so.
    let is_part = named.parent.is_some() || matches!(subject, Subject::Member(..));
    if is_part { Kind::Changed } else { kind }
}

/// Whether the loss is that of what it belongs to.
fn is_gone_with_parent(
    named: &Named,
    own: &BTreeMap<String, Named>,
    other: &BTreeMap<String, Named>,
) -> bool {
    let parent = named.parent.as_ref();
    parent.is_some_and(|parent| match (own.get(parent), other.get(parent)) {
        (Some(own), Some(other)) => {
            std::mem::discriminant(&own.role) != std::mem::discriminant(&other.role)
        }
        (Some(_), None) => true,
        (None, _) => false,
    })
}

/// What something is, with its path.
fn what(path: &str, named: &Named) -> String {
    let kind = match named.role {
        Role::Struct => "struct",
        Role::Field => "field",
        Role::Enum(_) => "enum",
        Role::Variant(_) => "variant",
        Role::Alias => "type alias",
        Role::Type => "type",
        Role::Function => "function",
        Role::Constant => "constant",
        Role::Associated => "associated type",
        Role::Trait => "implementation",
    };
    format!("{kind} `{path}`")
}

fn removed_rule(role: Role) -> &'static str {
    match role {
        Role::Field => "field-removed",
        Role::Variant(_) => "variant-removed",
        Role::Function => "function-removed",
        Role::Constant => "constant-removed",
        Role::Trait | Role::Associated => "implementation-removed",
        Role::Struct | Role::Enum(_) | Role::Alias | Role::Type => "item-removed",
    }
}

fn added(path: &str, named: &Named) -> (Bump, &'static str, String) {
    let what = what(path, named);
    match named.role {
        Role::Field => (
            Bump::Major,
            "field-added",
            format!(
                "{what} is new: code that writes out or takes apart all fields does not compile"
            ),
        ),
        Role::Variant(false) => (
            Bump::Major,
            "variant-added",
            format!("{what} is new: a `match` without `_` does not compile"),
        ),
        Role::Variant(true) => (
            Bump::Minor,
            "open-variant-added",
            format!("{what} is new; every `match` has `_`, and what was `Other` has a name now"),
        ),
        Role::Function => (Bump::Minor, "function-added", format!("{what} is new")),
        Role::Constant => (Bump::Minor, "constant-added", format!("{what} is new")),
        Role::Associated | Role::Trait => (
            Bump::Minor,
            "implementation-added",
            format!("{what} is new"),
        ),
        Role::Struct | Role::Enum(_) | Role::Alias | Role::Type => {
            (Bump::Minor, "item-added", format!("{what} is new"))
        }
    }
}

fn compare(
    path: &str,
    old: &Named,
    new: &Named,
    sides: &(Side<'_>, Side<'_>),
    findings: &mut Findings,
) {
    let mut found: Vec<(Bump, &'static str, String)> = Vec::new();
    let what = what(path, old);
    if old.role != new.role {
        let why = match (old.role, new.role) {
            (Role::Enum(true), Role::Enum(false)) | (Role::Variant(true), Role::Variant(false)) => {
                None
            }
            (Role::Enum(false), Role::Enum(true)) => Some(format!(
                "{what} is open now: a `match` without `_` does not compile"
            )),
            (Role::Variant(_), Role::Variant(_)) => None,
            _ => Some(format!(
                "{what} is of another kind now: code that uses it does not compile"
            )),
        };
        found.extend(why.map(|why| (Bump::Major, "item-kind-changed", why)));
        if found.is_empty() && matches!(old.role, Role::Enum(_)) {
            let why = format!("{what} has no variants but those that it names now");
            found.push((Bump::Minor, "item-kind-changed", why));
        }
    } else if old.signature != new.signature {
        let (one, other) = (&old.signature, &new.signature);
        found.push(match old.role {
            Role::Function if is_same_in_another_order(one, other) => (
                Bump::Major,
                "arguments-moved",
                format!(
                    "{what} takes the same arguments in another order: it was `{one}`, and is \
                     `{other}` now; arguments of one type are exchanged without a word"
                ),
            ),
            Role::Function => (
                Bump::Major,
                "arguments-changed",
                format!("{what} was `{one}`, and is `{other}` now"),
            ),
            Role::Variant(_) => (
                Bump::Major,
                "variant-type-changed",
                format!("{what} held `{one}`, and holds `{other}` now"),
            ),
            Role::Field => (
                Bump::Major,
                "field-type-changed",
                format!("{what} was `{one}`, and is `{other}` now"),
            ),
            _ => (
                Bump::Major,
                "type-changed",
                format!("{what} was `{one}`, and is `{other}` now"),
            ),
        });
    }
    if old.behaviour != new.behaviour && found.is_empty() {
        let why = match old.role {
            Role::Constant => format!(
                "{what} has another value: it was `{}`, and is `{}` now",
                old.behaviour, new.behaviour
            ),
            _ => format!("{what} is read, written or checked in another way; callers compile"),
        };
        found.push((Bump::Patch, "behaviour-changed", why));
    }
    match (&old.deprecated, &new.deprecated) {
        (None, Some(reason)) => found.push((
            Bump::Minor,
            "deprecated",
            format!("{what} is deprecated: {reason}"),
        )),
        (Some(_), None) => found.push((
            Bump::Patch,
            "no-longer-deprecated",
            format!("{what} is no longer deprecated"),
        )),
        (one, other) if one != other => found.push((
            Bump::Patch,
            "documentation-changed",
            format!("{what} is deprecated for another reason"),
        )),
        _ => {}
    }
    if old.docs != new.docs {
        found.push((
            Bump::Patch,
            "documentation-changed",
            format!("{what} is documented otherwise"),
        ));
    }
    if found.is_empty() {
        return;
    }
    let subject = sides.0.subject(path, old);
    let spans = Spans::both(sides.0.span(old), sides.1.span(new));
    for (bump, rule, why) in found {
        let finding = RustFinding {
            bump,
            rule,
            path: path.to_owned(),
            why,
        };
        findings.rust(&subject, Kind::Changed, spans, finding);
    }
    sides.0.place(&subject, old, findings);
}

fn is_same_in_another_order(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut arguments: Vec<String> = { text.trim_matches(['(', ')']) }
            .split(", ")
            .map(str::to_owned)
            .collect();
        arguments.sort();
        arguments
    };
    sorted(one) == sorted(other)
}

/// What something may be called on the other side.
fn hint(
    subject: &Subject,
    path: &str,
    named: &Named,
    (own, other): (&BTreeMap<String, Named>, &BTreeMap<String, Named>),
    findings: &mut Findings,
) {
    // What the wire says of elements is nearer to the truth.
    if matches!(subject, Subject::Member(..)) {
        return;
    }
    let (place, name) = path.rsplit_once("::").unwrap_or(("", path));
    let others = { other.iter() }
        .filter(|(path, _)| !own.contains_key(*path))
        .filter(|(_, other)| (other.role, &other.signature) == (named.role, &named.signature))
        .filter_map(|(path, _)| {
            let (there, name) = path.rsplit_once("::").unwrap_or(("", path));
            (there == place).then_some(name)
        });
    if let Some(near) = nearest(name, others) {
        findings.renamed(subject, near.trim_end_matches("()"));
    }
}

/// One side, and which components its items stand for.
struct Side<'a> {
    generated: Generated<'a>,
    types: BTreeMap<ItemId, Id<TypeDefinition>>,
    operations: BTreeMap<ItemId, BTreeSet<String>>,
}

impl<'a> Side<'a> {
    fn new(generated: Generated<'a>) -> Self {
        let contract = &generated.resolved.contract;
        let types = { generated.lowered.declarations.iter() }
            .map(|(item, declaration)| match declaration {
                Declaration::Type(id) => (*item, *id),
                Declaration::Element(id) => (*item, contract.elements[*id].type_definition),
            })
            .collect();
        Self {
            types,
            operations: reached(&generated.lowered.krate),
            generated,
        }
    }

    fn component(&self, item: Option<ItemId>) -> Option<String> {
        let id = self.types.get(&item?)?;
        self.generated.components.label(*id).map(str::to_owned)
    }

    /// What a finding is about in the terms of the contract, if it can be told.
    fn subject(&self, path: &str, named: &Named) -> Subject {
        if let Some((client, operation)) = &named.operation {
            return Subject::Operation(client.clone(), operation.clone());
        }
        if let Some(client) = &named.client {
            return Subject::Client(client.clone());
        }
        match (self.component(named.item), &named.wire_name) {
            (Some(component), Some(name)) => Subject::Member(component, name.clone()),
            (Some(component), None) => Subject::Component(component),
            (None, _) => {
                let path = path.split(" as ").next().unwrap_or(path);
                let of_item = named
                    .item
                    .map(|id| self.generated.lowered.krate.item_path(id));
                Subject::Rust(
                    of_item
                        .unwrap_or_else(|| named.parent.clone().unwrap_or_else(|| path.to_owned())),
                )
            }
        }
    }

    fn span(&self, named: &Named) -> crate::source::Span {
        let id = named.item.and_then(|item| self.types.get(&item));
        id.map_or(crate::source::Span::NONE, |id| {
            self.generated.resolved.contract.types[*id].span
        })
    }

    /// Says which operations reach an item that no component stands for.
    fn place(&self, subject: &Subject, named: &Named, findings: &mut Findings) {
        if let (Subject::Rust(_), Some(operations)) = (
            subject,
            named.item.and_then(|item| self.operations.get(&item)),
        ) {
            findings.operations(subject, operations);
        }
    }
}

/// The operations that reach an item.
fn reached(krate: &Crate) -> BTreeMap<ItemId, BTreeSet<String>> {
    let mut reached: BTreeMap<ItemId, BTreeSet<String>> = BTreeMap::new();
    for operation in krate
        .modules
        .iter()
        .flat_map(|m| &m.clients)
        .flat_map(|c| &c.operations)
    {
        let mut rest: Vec<ItemId> = Vec::new();
        rest.extend(item_of(&operation.request.type_));
        rest.extend(item_of(&operation.response.type_));
        rest.extend(operation.detail.as_ref().and_then(item_of));
        rest.extend(operation.response_headers);
        while let Some(id) = rest.pop() {
            let operations = reached.entry(id).or_default();
            if operations.insert(operation.wire_name.clone()) {
                rest.extend(parts(krate.item(id)));
            }
        }
    }
    reached
}

/// The items that an item is made of.
fn parts(item: &Item) -> Vec<ItemId> {
    match &item.kind {
        ItemKind::Record(record) => { record.fields.iter() }
            .filter_map(|field| item_of(&field.type_))
            .collect(),
        ItemKind::Choice(choice) => { choice.variants.iter() }
            .filter_map(|v| item_of(&v.type_))
            .collect(),
        ItemKind::Faults(faults) => { faults.variants.iter() }
            .filter_map(|v| item_of(&v.type_))
            .collect(),
        ItemKind::Polymorphic(polymorphic) => {
            polymorphic.types.iter().map(|type_| type_.record).collect()
        }
        ItemKind::Alias(type_) => item_of(type_).into_iter().collect(),
        ItemKind::Enumeration(_) => Vec::new(),
    }
}

fn item_of(type_: &Type) -> Option<ItemId> {
    match type_ {
        Type::Item(id) => Some(*id),
        Type::Option(inner)
        | Type::Nillable(inner)
        | Type::Vec(inner)
        | Type::List(inner)
        | Type::Boxed(inner) => item_of(inner),
        Type::Unit | Type::Std(_) | Type::Runtime(_) | Type::Mapped(_) => None,
    }
}
