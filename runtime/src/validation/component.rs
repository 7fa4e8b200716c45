//! The components of a schema (Structures §2.2), as the text states them: what types inherit is found
//! out in `effective`.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::content::Model;
use super::datatype::{Datatype, FacetKind};
use super::effective::Effective;
use super::identity::Constraint;
use super::names::{NameId, Names};
use super::wildcard::Wildcard;

macro_rules! place {
    ($(#[$doc:meta] $name:ident)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(super) struct $name(pub(super) usize);
    )*};
}

place! {
    /// The place of a type in [`Components::types`].
    TypeId
    /// The place of an element in [`Components::elements`].
    ElementId
    /// The place of an attribute in [`Components::attributes`].
    AttributeId
    /// The place of an identity constraint in [`Components::constraints`].
    ConstraintId
}

/// All components of a schema.
#[derive(Debug, Default)]
pub(super) struct Components {
    pub(super) names: Names,
    pub(super) types: Vec<TypeDefinition>,
    pub(super) elements: Vec<ElementDeclaration>,
    pub(super) attributes: Vec<AttributeDeclaration>,
    pub(super) groups: HashMap<NameId, Arc<Particle>>,
    pub(super) attribute_groups: HashMap<NameId, AttributeGroup>,
    pub(super) constraints: Vec<Constraint>,
    /// The global and the built-in types.
    pub(super) global_types: HashMap<NameId, TypeId>,
    /// The types without a name, by what the text calls them.
    pub(super) labels: HashMap<Box<str>, TypeId>,
    pub(super) global_elements: HashMap<NameId, ElementId>,
    pub(super) global_attributes: HashMap<NameId, AttributeId>,
    /// What prefixes in the text stand for.
    pub(super) prefixes: HashMap<Box<str>, Arc<str>>,
    pub(super) any_type: Option<TypeId>,
    pub(super) any_simple_type: Option<TypeId>,
}

/// A type.
#[derive(Debug)]
pub(super) struct TypeDefinition {
    /// As messages show it.
    pub(super) shown: Box<str>,
    pub(super) definition: Definition,
}

#[derive(Debug)]
pub(super) enum Definition {
    /// Referred to, declared nowhere: anything goes.
    Undeclared,
    /// `xs:anyType`.
    Anything,
    Simple(SimpleType),
    Complex(Box<ComplexType>),
}

#[derive(Debug)]
pub(super) struct SimpleType {
    pub(super) variety: Variety,
    pub(super) facets: Vec<(FacetKind, Box<str>)>,
    /// What the prefixes of enumerated names stand for.
    pub(super) prefixes: Prefixes,
    pub(super) datatype: OnceLock<Datatype>,
}

#[derive(Debug)]
pub(super) enum Variety {
    /// With the type that it is derived from.
    Builtin(Datatype, TypeId),
    Restriction(TypeId),
    List(TypeId),
    Union(Vec<TypeId>),
}

/// Prefixes and namespaces that a part of the schema uses.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes(pub(super) Vec<(Box<str>, Arc<str>)>);

impl super::datatype::Scope for Prefixes {
    fn namespace_of(&self, prefix: &str) -> Option<&str> {
        let bound = self.0.iter().find(|(known, _)| **known == *prefix);
        match bound {
            Some((_, namespace)) => Some(namespace),
            None if prefix.is_empty() => Some(""),
            None if prefix == "xml" => Some(crate::xml::XML),
            None => None,
        }
    }
}

/// A complex type, as far as its own declaration says.
#[derive(Debug, Default)]
pub(super) struct ComplexType {
    /// The base; `None` is `xs:anyType`.
    pub(super) base: Option<TypeId>,
    pub(super) method: Method,
    pub(super) content: Content,
    pub(super) mixed: bool,
    pub(super) abstract_: bool,
    /// The prohibited substitutions.
    pub(super) block: Methods,
    pub(super) attributes: AttributeGroup,
    pub(super) open: Option<OpenContent>,
    pub(super) effective: OnceLock<Effective>,
    pub(super) model: OnceLock<Model>,
}

/// How a type comes from its base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Method {
    Extension,
    #[default]
    Restriction,
}

/// A set of methods, of `block`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Methods {
    pub(super) extension: bool,
    pub(super) restriction: bool,
    pub(super) substitution: bool,
}

impl Methods {
    pub(super) fn has(self, method: Method) -> bool {
        match method {
            Method::Extension => self.extension,
            Method::Restriction => self.restriction,
        }
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self {
            extension: self.extension || other.extension,
            restriction: self.restriction || other.restriction,
            substitution: self.substitution || other.substitution,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) enum Content {
    #[default]
    Empty,
    Simple(TypeId),
    Elements(Arc<Particle>),
}

/// `openContent` of XML Schema 1.1.
#[derive(Clone, Debug)]
pub(super) struct OpenContent {
    pub(super) interleave: bool,
    pub(super) wildcard: Wildcard,
}

#[derive(Clone, Debug)]
pub(super) struct Particle {
    pub(super) min: u64,
    /// `None` is unbounded.
    pub(super) max: Option<u64>,
    pub(super) term: Term,
}

#[derive(Clone, Debug)]
pub(super) enum Term {
    Element(ElementId),
    Group(Compositor, Vec<Particle>),
    GroupReference(NameId),
    Wildcard(Wildcard),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compositor {
    Sequence,
    Choice,
    All,
}

/// The attributes that a complex type or attribute group states.
#[derive(Clone, Debug, Default)]
pub(super) struct AttributeGroup {
    pub(super) uses: Vec<AttributeUse>,
    pub(super) groups: Vec<NameId>,
    pub(super) any: Option<Wildcard>,
}

#[derive(Clone, Debug)]
pub(super) struct AttributeUse {
    pub(super) attribute: AttributeId,
    pub(super) presence: Presence,
    pub(super) value: Option<ValueConstraint>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Presence {
    #[default]
    Optional,
    Required,
    Prohibited,
}

/// `default` or `fixed`.
#[derive(Clone, Debug)]
pub(super) struct ValueConstraint {
    pub(super) fixed: bool,
    pub(super) value: Arc<str>,
}

#[derive(Debug)]
pub(super) struct ElementDeclaration {
    pub(super) name: NameId,
    pub(super) type_: TypeId,
    pub(super) nillable: bool,
    pub(super) abstract_: bool,
    pub(super) block: Methods,
    pub(super) value: Option<ValueConstraint>,
    pub(super) head: Option<ElementId>,
    pub(super) secret: bool,
    pub(super) constraints: Vec<ConstraintId>,
}

#[derive(Debug)]
pub(super) struct AttributeDeclaration {
    pub(super) name: NameId,
    pub(super) type_: TypeId,
    pub(super) value: Option<ValueConstraint>,
    pub(super) secret: bool,
}

impl Components {
    pub(super) fn type_(&self, id: TypeId) -> &TypeDefinition {
        &self.types[id.0]
    }

    pub(super) fn element(&self, id: ElementId) -> &ElementDeclaration {
        &self.elements[id.0]
    }

    pub(super) fn attribute(&self, id: AttributeId) -> &AttributeDeclaration {
        &self.attributes[id.0]
    }

    pub(super) fn complex(&self, id: TypeId) -> Option<&ComplexType> {
        match &self.type_(id).definition {
            Definition::Complex(complex) => Some(complex),
            _ => None,
        }
    }

    /// Whether a type is `xs:anyType`, or treated as it.
    pub(super) fn is_anything(&self, id: TypeId) -> bool {
        matches!(
            self.type_(id).definition,
            Definition::Anything | Definition::Undeclared
        )
    }
}
