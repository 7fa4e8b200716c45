//! Simple and complex type definitions (XML Schema 1.0 Structures §3.4, §3.14).

use super::arena::Id;
use super::builtin::Builtin;
use super::component::{Annotation, AttributeGroupDefinition, AttributeUse};
use super::facet::Facets;
use super::particle::{Particle, Wildcard};
use super::qname::QName;
use crate::source::Span;

/// A type, named or anonymous.
#[derive(Clone, Debug)]
pub struct TypeDefinition {
    /// The name; `None` for a type that is written inside a declaration.
    pub name: Option<QName>,
    /// What the type is.
    pub definition: Definition,
    /// Documentation and facts beside the schema.
    pub annotation: Annotation,
    /// Where it is declared; for an undeclared type, where it is first used.
    pub span: Span,
}

/// What a type definition holds.
#[derive(Clone, Debug)]
pub enum Definition {
    /// Referred to but declared nowhere. `resolve::references` reports it; whoever meets it later
    /// treats it as `xs:anyType`.
    Undeclared,
    /// A simple type.
    Simple(SimpleType),
    /// A complex type; `xs:anyType` is one, see [`Builtin::AnyType`].
    Complex(ComplexType),
}

/// A simple type definition.
#[derive(Clone, Debug)]
pub struct SimpleType {
    /// The built-in type that this definition *is*, for the types of the XML Schema namespace.
    pub builtin: Option<Builtin>,
    /// Atomic, list or union, as this step states it.
    pub variety: Variety,
    /// The facets that this step adds.
    pub facets: Facets,
    /// What derivations are barred.
    pub final_: DerivationSet,
}

/// How a simple type is made.
#[derive(Clone, Debug)]
pub enum Variety {
    /// By restriction of this simple type, whatever its own variety; for built-in types their base,
    /// `None` for `xs:anySimpleType`.
    Restriction(Option<Id<TypeDefinition>>),
    /// A list of items of this type, separated by white space.
    List(Id<TypeDefinition>),
    /// A value of one of these types.
    Union(Vec<Id<TypeDefinition>>),
}

/// A complex type definition, as far as its own declaration says: what it inherits is found at the
/// base.
#[derive(Clone, Debug, Default)]
pub struct ComplexType {
    /// The base type and the method of derivation; `None` is a restriction of `xs:anyType` that
    /// nobody wrote down.
    pub derivation: Option<Derivation>,
    /// Its own content; for an extension, what comes after the base's.
    pub content: Content,
    /// Whether text may stand between the elements.
    pub mixed: bool,
    /// Its own attribute uses.
    pub attributes: Vec<AttributeUse>,
    /// Referred attribute groups; `resolve::groups` puts their uses into `attributes`.
    pub attribute_groups: Vec<Id<AttributeGroupDefinition>>,
    /// `xs:anyAttribute`.
    pub any_attribute: Option<Wildcard>,
    /// Whether only derived types may appear on the wire.
    pub abstract_: bool,
    /// What substitutions are barred.
    pub block: DerivationSet,
    /// What derivations are barred.
    pub final_: DerivationSet,
    /// `openContent` (XML Schema 1.1): elements that may come in between or after.
    pub open_content: Option<OpenContent>,
    /// Rules between the fields (field tables, or annotations).
    pub rules: Vec<Rule>,
}

/// Base type and method.
#[derive(Clone, Debug)]
pub struct Derivation {
    /// The base.
    pub base: Id<TypeDefinition>,
    /// Extension or restriction.
    pub method: DerivationMethod,
    /// Where it is said.
    pub span: Span,
}

/// How a complex type comes from its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivationMethod {
    /// The base's content, then its own.
    Extension,
    /// A narrower version of the base.
    Restriction,
}

/// The content of a complex type.
#[derive(Clone, Debug, Default)]
pub enum Content {
    /// No children and no text.
    #[default]
    Empty,
    /// Text of a simple type: `xs:simpleContent`. The type is the base's for an extension; for a
    /// restriction a type of its own.
    Simple(Id<TypeDefinition>),
    /// Elements.
    Elements(Particle),
}

/// `openContent`.
#[derive(Clone, Debug)]
pub struct OpenContent {
    /// Whether the elements may come anywhere, or only at the end.
    pub interleave: bool,
    /// What may come.
    pub wildcard: Wildcard,
}

/// A set of derivation methods, of `block`, `final` and their defaults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DerivationSet {
    /// `extension`.
    pub extension: bool,
    /// `restriction`.
    pub restriction: bool,
    /// `substitution`.
    pub substitution: bool,
    /// `list`.
    pub list: bool,
    /// `union`.
    pub union: bool,
}

/// A rule between the elements of one complex type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What must hold.
    pub kind: RuleKind,
    /// The elements' local names on the wire, in order.
    pub members: Vec<String>,
    /// The name of the group, for a type made of it.
    pub name: Option<String>,
    /// Where it is said.
    pub span: Span,
}

/// What a [`Rule`] demands. An element is *given* when it is there and not nil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleKind {
    /// Exactly one member is given.
    ExactlyOne,
    /// One member at most is given.
    AtMostOne,
    /// One member at least is given.
    AtLeastOne,
    /// If the first member is given, so are the others.
    Requires,
    /// If the first member is given, none of the others is.
    Excludes,
}
