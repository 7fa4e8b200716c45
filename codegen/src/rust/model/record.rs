//! Records, choices and enumerations, each with its table.

use super::super::docs::Docs;
use super::super::names::Ident;
use super::{Failure, ItemId, QualifiedName, Type};

/// A struct with its table.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The namespace that its elements have unless they say otherwise.
    pub namespace: String,
    /// Attributes first, then content in wire order.
    pub fields: Vec<Field>,
    /// Rules between fields.
    pub rules: Vec<Rule>,
    /// Whether text may stand between the elements.
    pub mixed: bool,
    /// Whether it has a `new`.
    pub constructor: bool,
    /// Set when it is the body of error responses.
    pub failure: Option<Failure>,
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name.
    pub name: Ident,
    /// Documentation; empty where the name says all.
    pub docs: Docs,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// The type.
    pub type_: Type,
    /// Attribute or content.
    pub part: FieldPart,
    /// How the table sees it.
    pub entry: Entry,
    /// How `new` takes it, if it does.
    pub argument: Option<Argument>,
    /// The lexical form of what the default of the record has here: the value that the contract fixes
    /// or assumes, where the field cannot do without one.
    pub initial: Option<String>,
}

/// Which list of the table a field is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldPart {
    /// The attributes.
    Attribute,
    /// The content.
    Content,
}

/// An argument of `new`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `impl Into<T>`.
    Into(Type),
    /// `T`.
    Plain(Type),
    /// `T`, kept as `Some`.
    Some(Type),
    /// `T`, kept in a box.
    Boxed(Type),
}

impl Argument {
    /// The type of the value.
    #[must_use]
    pub fn type_(&self) -> &Type {
        match self {
            Self::Into(type_) | Self::Plain(type_) | Self::Some(type_) | Self::Boxed(type_) => {
                type_
            }
        }
    }
}

/// An entry of a table: a constructor and the methods called on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The constructor.
    pub kind: EntryKind,
    /// The methods, in order.
    pub settings: Vec<Setting>,
}

/// The constructor of an [`Entry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// `one("Name")`.
    One(String),
    /// `opt("Name")`.
    Opt(String),
    /// `many("Name")`.
    Many(String),
    /// `any()`.
    Any,
    /// `text()`.
    Text,
    /// `nil()`.
    Nil,
    /// `choice(E::BRANCHES)`, of an enum.
    Choice(ItemId),
    /// `group(R::SHAPE)`, of a record.
    Group(ItemId),
}

impl Entry {
    /// Whether the field has what an element wraps, and no record for the wrapper.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        let is_wrapper = |s: &Setting| matches!(s, Setting::Wrapped(_) | Setting::Wrapping(_));
        self.settings.iter().any(is_wrapper)
    }

    /// Whether the field has one enum of a choice, or several.
    #[must_use]
    pub fn is_choice(&self) -> bool {
        let is_wrapper = |s: &Setting| matches!(s, Setting::Wrapping(_));
        matches!(self.kind, EntryKind::Choice(_)) || self.settings.iter().any(is_wrapper)
    }
}

/// The content of a wrapper: a repeated choice and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedChoice {
    /// The namespace that the wrapper's table has.
    pub namespace: String,
    /// The enum.
    pub choice: ItemId,
    /// Whether the wrapper may be empty.
    pub optional: bool,
}

impl EntryKind {
    /// The wire name of an element or attribute.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::One(name) | Self::Opt(name) | Self::Many(name) => Some(name),
            _ => None,
        }
    }
}

/// A method called on an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// `.in_namespace("…")`.
    InNamespace(String),
    /// `.unqualified()`.
    Unqualified,
    /// `.nillable()`.
    Nillable,
    /// `.wrapped("Item")`.
    Wrapped(String),
    /// `.wrapping(&Shape::new("…", &[choice(E::BRANCHES).repeated()]))`.
    Wrapping(WrappedChoice),
    /// `.item_namespace("…")`.
    ItemNamespace(String),
    /// `.item_nillable()`.
    ItemNillable,
    /// `.min_occurs(n)`.
    MinOccurs(u64),
    /// `.max_occurs(n)`.
    MaxOccurs(u64),
    /// `.length(n)`.
    Length(u64),
    /// `.min_length(n)`.
    MinLength(u64),
    /// `.max_length(n)`.
    MaxLength(u64),
    /// `.total_digits(n)`.
    TotalDigits(u64),
    /// `.fraction_digits(n)`.
    FractionDigits(u64),
    /// `.min_inclusive("…")`.
    MinInclusive(String),
    /// `.max_inclusive("…")`.
    MaxInclusive(String),
    /// `.min_exclusive("…")`.
    MinExclusive(String),
    /// `.max_exclusive("…")`.
    MaxExclusive(String),
    /// `.replace()`.
    Replace,
    /// `.collapse()`.
    Collapse,
    /// `.secret()`.
    Secret,
    /// `.optional()`.
    Optional,
    /// `.repeated()`.
    Repeated,
    /// `.single()`.
    Single,
    /// `.in_namespaces(&["…"])`.
    InNamespaces(Vec<String>),
    /// `.other_than("…")`.
    OtherThan(String),
    /// `.nil_others()`.
    NilOthers,
    /// `.in_path()`.
    InPath,
    /// `.in_query()`.
    InQuery,
    /// `.in_header()`.
    InHeader,
    /// `.attached()`.
    Attached,
    /// `.absent_nil()`.
    AbsentNil,
    /// `.absent_omit()`.
    AbsentOmit,
    /// `.absent_empty()`.
    AbsentEmpty,
    /// `.claimed()`.
    Claimed,
    /// `.default_value("…")`.
    DefaultValue(String),
    /// `.fixed("…")`.
    Fixed(String),
}

/// A rule between fields, by wire names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What must hold.
    pub kind: RuleKind,
    /// The wire names.
    pub members: Vec<String>,
}

/// What a [`Rule`] demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Exactly one is given.
    ExactlyOne,
    /// One at most is given.
    AtMostOne,
    /// One at least is given.
    AtLeastOne,
    /// With the first, all others are given.
    Requires,
    /// With the first, none of the others is given.
    Excludes,
}

/// An enum of alternatives.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The alternatives.
    pub variants: Vec<Variant>,
}

/// An alternative with its value.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The name.
    pub name: Ident,
    /// Documentation; empty where the name says all.
    pub docs: Docs,
    /// The type of the value.
    pub type_: Type,
    /// How the table sees it.
    pub entry: Entry,
}

/// An enum of the types that an element may have, each in a box, and of any other as a tree.
#[derive(Clone, Debug)]
pub struct Polymorphic {
    /// Whether the declared type is abstract; else it is the first.
    pub is_abstract: bool,
    /// Whether all their records keep that an element is nil.
    pub keeps_nil: bool,
    /// The known types.
    pub types: Vec<DerivedType>,
    /// The name of the variant for all others.
    pub other: Ident,
}

/// A type that an element may have.
#[derive(Clone, Debug)]
pub struct DerivedType {
    /// The name of the variant.
    pub name: Ident,
    /// Documentation; empty where the name says all.
    pub docs: Docs,
    /// The record.
    pub record: ItemId,
    /// The name on the wire.
    pub wire_name: QualifiedName,
}

/// An open enumeration.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// The name in messages about values that are none: the name on the wire.
    pub wire_name: String,
    /// How JSON writes the values.
    pub json: JsonKind,
    /// The known values.
    pub values: Vec<EnumerationValue>,
    /// The name of the variant for all others.
    pub other: Ident,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumerationValue {
    /// The variant.
    pub name: Ident,
    /// The text on the wire.
    pub value: String,
    /// Documentation; empty where the name says all.
    pub docs: Docs,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
}

/// How JSON writes a simple type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// `"x"`.
    String,
    /// `1`.
    Number,
    /// `true`.
    Boolean,
}
