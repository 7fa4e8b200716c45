//! Simple types: built-in ones, enumerations, lists, aliases, and the limits on their values.

use std::collections::BTreeSet;

use super::docs;
use super::facets::{limits, white_space};
use super::lower::{Lowering, Origin, Owner};
use super::model::{Enumeration, EnumerationValue, ItemId, ItemKind, JsonKind, Setting, Type};
use super::names::{self, Scope};
use crate::contract::{
    Builtin, Definition, EnumerationValue as ContractValue, Facets, Id, QName, SOAP_ENCODINGS,
    SimpleType, TypeDefinition, Variety,
};

/// The type of a value and how its table entry reads and checks it.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// The type.
    pub(super) type_: Type,
    /// White space, limits, secrecy.
    pub(super) settings: Vec<Setting>,
}

impl Slot {
    pub(super) fn of(type_: Type) -> Self {
        Self {
            type_,
            settings: Vec::new(),
        }
    }
}

/// What the steps of a restriction say together.
pub(super) struct Chain<'a> {
    /// The types, the most derived first; a built-in type is the last.
    pub(super) steps: Vec<Id<TypeDefinition>>,
    /// The facets, those of the most derived step first.
    pub(super) facets: Vec<&'a Facets>,
    /// The most derived step that lists values.
    pub(super) enumerated: Option<Id<TypeDefinition>>,
    /// Whether a step is `ref:swaRef`: the value refers to an attachment.
    pub(super) refers: bool,
    /// Where the chain ends.
    pub(super) end: End<'a>,
}

pub(super) enum End<'a> {
    Builtin(Builtin),
    List(Id<TypeDefinition>),
    Union(&'a [Id<TypeDefinition>]),
    /// No simple type: resolve has reported it.
    Nothing,
}

/// The namespace of `swaRef` (WS-I Attachments Profile 1.0 §4.4).
const SWA_REF: &str = "http://ws-i.org/profiles/basic/1.1/xsd";

/// Longer chains are cut; `resolve` bounds what can be said at all.
const STEPS: usize = 100_000;

impl<'a> Lowering<'a> {
    /// A simple type where it is used: `word` names it if nothing else does.
    pub(super) fn simple(
        &mut self,
        id: Id<TypeDefinition>,
        owner: Owner<'a>,
        word: &str,
        secret: bool,
    ) -> Slot {
        let chain = self.chain(id);
        if secret || self.resolved.contract.types[id].annotation.secret {
            let mut settings: Vec<_> = white_space(&chain).into_iter().collect();
            settings.extend(limits(&chain, true));
            settings.push(Setting::Secret);
            return Slot {
                type_: Type::Runtime("Secret"),
                settings,
            };
        }
        if chain.refers {
            return Slot::of(Type::Runtime("Attachment"));
        }
        if let Some(Slot { type_, settings }) = self.mapped_simple(&chain) {
            let type_ = self.aliased(id, type_);
            return Slot { type_, settings };
        }
        let mut settings = Vec::new();
        let type_ = match (&chain.end, chain.enumerated) {
            (End::Builtin(builtin), Some(step)) if !is_qualified(*builtin) => {
                settings.extend(white_space(&chain));
                Type::Item(self.enumeration(step, &chain, owner, word))
            }
            // The text of a name in a namespace is none of its own: which prefixes there are is for each
            // document to say.
            (End::Builtin(builtin), _) => {
                let builtin = *builtin;
                if let Some(item) = builtin.list_item() {
                    let id = self.resolved.contract.builtin(item);
                    let mapped = self.mapped_builtin(id);
                    Type::List(Box::new(mapped.unwrap_or_else(|| rust_type(item))))
                } else {
                    settings.extend(white_space(&chain));
                    settings.extend(limits(&chain, is_text(builtin)));
                    rust_type(builtin)
                }
            }
            (End::List(item), _) => {
                let item = *item;
                settings.extend(limits(&chain, true));
                // The items of a list are text; what they refer to is not looked up.
                let inner = match self.chain(item).refers {
                    true => Type::Std("String"),
                    false => self.simple(item, owner, word, false).type_,
                };
                Type::List(Box::new(inner))
            }
            (End::Union(members), _) => {
                let members = *members;
                match self.union_values(members) {
                    Some(values) => Type::Item(self.union_enumeration(id, values, owner, word)),
                    None => Type::Std("String"),
                }
            }
            (End::Nothing, _) => Type::Std("String"),
        };
        let type_ = self.aliased(id, type_);
        Slot { type_, settings }
    }

    /// Follows a restriction to where it starts.
    pub(super) fn chain(&self, id: Id<TypeDefinition>) -> Chain<'a> {
        let types = &self.resolved.contract.types;
        let mut chain = Chain {
            steps: Vec::new(),
            facets: Vec::new(),
            enumerated: None,
            refers: false,
            end: End::Nothing,
        };
        let mut next = Some(id);
        for _ in 0..STEPS {
            let Some(id) = next else { break };
            let Definition::Simple(simple) = &types[id].definition else {
                break;
            };
            let is_reference =
                |name: &QName| &*name.namespace == SWA_REF && &*name.local == "swaRef";
            chain.refers |= types[id].name.as_ref().is_some_and(is_reference);
            chain.steps.push(id);
            if let Some(builtin) = simple.builtin {
                chain.end = End::Builtin(builtin);
                return chain;
            }
            chain.facets.push(&simple.facets);
            if chain.enumerated.is_none() && !simple.facets.enumeration.is_empty() {
                chain.enumerated = Some(id);
            }
            match &simple.variety {
                Variety::Restriction(base) => next = *base,
                Variety::List(item) => {
                    chain.end = End::List(*item);
                    return chain;
                }
                Variety::Union(members) => {
                    chain.end = End::Union(members);
                    return chain;
                }
            }
        }
        chain
    }

    /// A named simple type that no field need use.
    pub(super) fn declared_simple(&mut self, id: Id<TypeDefinition>, owner: Owner<'a>, name: &str) {
        let slot = self.simple(id, owner, name, false);
        // Fields have the attachment itself.
        if slot.type_ == Type::Runtime("Attachment") {
            self.aliased(id, slot.type_);
        }
    }

    /// A name for a named type that is only a restricted built-in one.
    fn aliased(&mut self, id: Id<TypeDefinition>, type_: Type) -> Type {
        let definition = &self.resolved.contract.types[id];
        let is_builtin = matches!(&definition.definition, Definition::Simple(simple) if simple.builtin.is_some());
        let Some(name) = &definition.name else {
            return type_;
        };
        // The encodings' own versions of the built-in types say nothing more.
        let is_encoding = SOAP_ENCODINGS.contains(&&*name.namespace);
        if is_builtin || is_encoding || matches!(type_, Type::Item(_)) {
            return type_;
        }
        if let Some(item) = self.by_type.get(&id) {
            return Type::Item(*item);
        }
        let module = self.modules.of(&name.namespace);
        let item = self.draft(module, Origin::Type(name.local.to_string()));
        self.by_type.insert(id, item);
        self.document(item, &definition.annotation, || {
            format!("Type {}.", docs::code(&name.local))
        });
        self.finish(item, ItemKind::Alias(type_));
        Type::Item(item)
    }

    fn enumeration(
        &mut self,
        step: Id<TypeDefinition>,
        chain: &Chain<'_>,
        owner: Owner<'a>,
        word: &str,
    ) -> ItemId {
        let values = match &self.resolved.contract.types[step].definition {
            Definition::Simple(simple) => simple.facets.enumeration.clone(),
            _ => Vec::new(),
        };
        let json = match chain.end {
            End::Builtin(builtin) => json_kind(builtin),
            _ => JsonKind::String,
        };
        self.enumerated(step, values, json, owner, word)
    }

    fn union_enumeration(
        &mut self,
        id: Id<TypeDefinition>,
        values: Vec<ContractValue>,
        owner: Owner<'a>,
        word: &str,
    ) -> ItemId {
        self.enumerated(id, values, JsonKind::String, owner, word)
    }

    fn enumerated(
        &mut self,
        id: Id<TypeDefinition>,
        values: Vec<ContractValue>,
        json: JsonKind,
        owner: Owner<'a>,
        word: &str,
    ) -> ItemId {
        if let Some(item) = self.by_type.get(&id) {
            return *item;
        }
        let definition = &self.resolved.contract.types[id];
        let (item, wire_name) = match &definition.name {
            Some(name) => {
                let module = self.modules.of(&name.namespace);
                let origin = Origin::Type(name.local.to_string());
                (self.draft(module, origin), name.local.to_string())
            }
            None => (self.draft_child(owner, word), word.to_owned()),
        };
        self.by_type.insert(id, item);
        let shown = docs::code(&wire_name);
        self.document(item, &definition.annotation, || {
            format!("Values of {shown}.")
        });
        let (values, other) = variants(&values);
        self.finish(
            item,
            ItemKind::Enumeration(Enumeration {
                wire_name,
                json,
                values,
                other,
            }),
        );
        item
    }

    /// Whether a type is a union that names in a namespace are of: as text they would lose it.
    pub(super) fn is_union_of_names(&self, id: Id<TypeDefinition>) -> bool {
        let End::Union(members) = self.chain(id).end else {
            return false;
        };
        let mut rest = members.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(member) = rest.pop() {
            if !seen.insert(member) {
                continue;
            }
            match self.chain(member).end {
                End::Builtin(builtin) if is_qualified(builtin) => return true,
                End::Union(members) => rest.extend(members),
                End::List(item) => rest.push(item),
                End::Builtin(_) | End::Nothing => {}
            }
        }
        false
    }

    /// The values of a union whose members all list theirs.
    fn union_values(&self, members: &[Id<TypeDefinition>]) -> Option<Vec<ContractValue>> {
        let mut all = Vec::new();
        let mut rest: Vec<_> = members.iter().rev().copied().collect();
        let mut steps = 0;
        while let Some(member) = rest.pop() {
            steps += 1;
            if steps > STEPS {
                return None;
            }
            let chain = self.chain(member);
            match (&chain.end, chain.enumerated) {
                (End::Builtin(builtin), _) if is_qualified(*builtin) => return None,
                (End::Union(members), None) => rest.extend(members.iter().rev()),
                (_, Some(step)) => match &self.resolved.contract.types[step].definition {
                    Definition::Simple(SimpleType { facets, .. }) => {
                        all.extend(facets.enumeration.iter().cloned());
                    }
                    _ => return None,
                },
                _ => return None,
            }
        }
        (!all.is_empty()).then_some(all)
    }
}

/// The variants of listed values; a value that is there twice has one.
pub(super) fn variants(values: &[ContractValue]) -> (Vec<EnumerationValue>, names::Ident) {
    let mut scope = Scope::default();
    let other = scope.claim(&["Other".to_owned()]);
    let mut seen = BTreeSet::new();
    let mut variants: Vec<_> = values
        .iter()
        .filter(|value| seen.insert(value.value.as_str()))
        .map(|value| EnumerationValue {
            name: names::ident(""),
            value: value.value.clone(),
            docs: docs::of_name(value.documentation.as_deref(), &value.value),
            deprecated: value.deprecated.clone(),
        })
        .collect();
    // Of values that differ in case only, the one that is spelt as in Rust has the plain name,
    // wherever it stands.
    let spelt_so = |value: &&mut EnumerationValue| names::camel(&value.value) == value.value;
    for variant in variants.iter_mut().filter(spelt_so) {
        variant.name = scope.claim(&variant_names(&variant.value));
    }
    for variant in variants.iter_mut().filter(|value| !spelt_so(value)) {
        variant.name = scope.claim(&variant_names(&variant.value));
    }
    (variants, other)
}

/// What the variant of a value may be called, best first.
fn variant_names(value: &str) -> Vec<String> {
    let name = names::camel(value);
    let is_upper = !value.contains(char::is_lowercase);
    let is_lower = !value.contains(char::is_uppercase);
    let mut names = vec![name.clone()];
    match (is_upper, is_lower) {
        (true, false) => names.push(format!("{name}Upper")),
        (false, true) => names.push(format!("{name}Lower")),
        _ => {}
    }
    names.push(format!("{name}Value"));
    names
}

/// The Rust type of a built-in type.
pub(super) fn rust_type(builtin: Builtin) -> Type {
    use Builtin as B;
    match builtin {
        B::AnyType => Type::Runtime("AnyElement"),
        B::Boolean => Type::Std("bool"),
        B::Float => Type::Std("f32"),
        B::Double => Type::Std("f64"),
        B::Long => Type::Std("i64"),
        B::Int => Type::Std("i32"),
        B::Short => Type::Std("i16"),
        B::Byte => Type::Std("i8"),
        B::UnsignedLong => Type::Std("u64"),
        B::UnsignedInt => Type::Std("u32"),
        B::UnsignedShort => Type::Std("u16"),
        B::UnsignedByte => Type::Std("u8"),
        B::Decimal => Type::Runtime("Decimal"),
        B::Integer
        | B::NonPositiveInteger
        | B::NegativeInteger
        | B::NonNegativeInteger
        | B::PositiveInteger => Type::Runtime("Integer"),
        B::DateTime | B::DateTimeStamp => Type::Runtime("DateTime"),
        B::Date => Type::Runtime("Date"),
        B::Time => Type::Runtime("Time"),
        B::GYearMonth => Type::Runtime("GYearMonth"),
        B::GYear => Type::Runtime("GYear"),
        B::GMonthDay => Type::Runtime("GMonthDay"),
        B::GDay => Type::Runtime("GDay"),
        B::GMonth => Type::Runtime("GMonth"),
        B::Duration | B::YearMonthDuration | B::DayTimeDuration => Type::Runtime("Duration"),
        B::Base64Binary => Type::Runtime("Base64Binary"),
        B::HexBinary => Type::Runtime("HexBinary"),
        B::QName | B::Notation => Type::Runtime("QName"),
        B::NmTokens | B::IdRefs | B::Entities => Type::List(Box::new(Type::Std("String"))),
        B::AnySimpleType
        | B::AnyAtomicType
        | B::String
        | B::NormalizedString
        | B::Token
        | B::Language
        | B::NmToken
        | B::Name
        | B::NcName
        | B::Id
        | B::IdRef
        | B::Entity
        | B::AnyUri => Type::Std("String"),
    }
}

pub(super) fn json_kind(builtin: Builtin) -> JsonKind {
    match rust_type(builtin) {
        Type::Std("bool") => JsonKind::Boolean,
        Type::Std("String") => JsonKind::String,
        Type::Std(_) | Type::Runtime("Decimal" | "Integer") => JsonKind::Number,
        _ => JsonKind::String,
    }
}

/// Whether values are names in a namespace.
pub(super) fn is_qualified(builtin: Builtin) -> bool {
    rust_type(builtin) == Type::Runtime("QName")
}

pub(super) fn is_string(builtin: Builtin) -> bool {
    rust_type(builtin) == Type::Std("String")
}

fn is_text(builtin: Builtin) -> bool {
    matches!(
        rust_type(builtin),
        Type::Std("String") | Type::Runtime("Base64Binary" | "HexBinary")
    )
}

#[cfg(test)]
mod tests {
    use super::{ContractValue, variants};

    #[test]
    fn values_that_differ_in_case_only_stay_apart_in_any_order() {
        let named = |texts: &[&str]| -> Vec<String> {
            let values: Vec<_> = texts
                .iter()
                .map(|text| ContractValue {
                    value: (*text).to_owned(),
                    documentation: None,
                    deprecated: None,
                })
                .collect();
            let (variants, _) = variants(&values);
            variants.iter().map(|v| v.name.to_string()).collect()
        };
        assert_eq!(named(&["a", "A", "b"]), ["ALower", "A", "B"]);
        assert_eq!(named(&["A", "a", "b"]), ["A", "ALower", "B"]);
        assert_eq!(
            named(&["paid", "PAID", "Paid"]),
            ["PaidLower", "PaidUpper", "Paid"]
        );
        assert_eq!(named(&["XYvalue", "xyValue"]), ["XYvalue", "XyValue"]);
        assert_eq!(
            named(&["2", "-2", "1.5", "15"]),
            ["N2", "Minus2", "N1_5", "N15"]
        );
        assert_eq!(
            named(&["Other", "", "-", "-"]),
            ["OtherValue", "Empty", "Minus"]
        );
    }
}
