//! The components of schemas, as the documents state them: nothing is mended, nothing left out.

mod attribute;
mod complex_type;
mod declaration;
mod document;
mod particle;
mod read;
mod reference;
mod simple_type;

use std::collections::HashMap;
use std::rc::Rc;

pub(super) use self::read::read;

use crate::contract::{
    DerivationMethod, DerivationSet, NamespaceConstraint, ProcessContents, QName,
};
use crate::frontend::xml::Element as Xml;
use crate::source::Span;

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $id:ident,)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub(super) struct $id(pub(super) usize);
        )*
    };
}

ids! {
    /// A type definition.
    TypeId,
    /// An element declaration.
    ElementId,
    /// An attribute declaration.
    AttributeId,
    /// A model group definition.
    GroupId,
    /// An attribute group definition.
    AttributeGroupId,
    /// An identity constraint definition.
    ConstraintId,
}

/// All components of the schemas of one input. A reference to what is not there is `None`; who
/// meets it knows nothing of it, and finds nothing wrong.
#[derive(Default)]
pub(super) struct Components<'a> {
    pub(super) types: Vec<Type<'a>>,
    pub(super) elements: Vec<Element<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) groups: Vec<Group>,
    pub(super) attribute_groups: Vec<AttributeGroup<'a>>,
    pub(super) constraints: Vec<IdentityConstraint<'a>>,
    pub(super) symbols: Symbols,
    pub(super) redefinitions: Vec<Redefinition>,
}

/// The global components by their names.
#[derive(Default)]
pub(super) struct Symbols {
    pub(super) types: HashMap<QName, TypeId>,
    pub(super) elements: HashMap<QName, ElementId>,
    pub(super) attributes: HashMap<QName, AttributeId>,
    pub(super) groups: HashMap<QName, GroupId>,
    pub(super) attribute_groups: HashMap<QName, AttributeGroupId>,
    pub(super) constraints: HashMap<QName, ConstraintId>,
    pub(super) notations: HashMap<QName, Span>,
}

/// `xs:anyType` and `xs:anySimpleType` come first.
pub(super) const ANY_TYPE: TypeId = TypeId(0);
pub(super) const ANY_SIMPLE_TYPE: TypeId = TypeId(1);

/// A type definition.
pub(super) struct Type<'a> {
    pub(super) name: Option<QName>,
    /// Where it is declared; `None` for built-in types.
    pub(super) xml: Option<Xml<'a>>,
    pub(super) span: Span,
    pub(super) final_: DerivationSet,
    pub(super) definition: Definition<'a>,
}

impl<'a> Type<'a> {
    /// For messages.
    pub(super) fn shown(&self) -> String {
        match &self.name {
            Some(name) => format!("`{}`", name.local),
            None => "the type here".to_owned(),
        }
    }

    pub(super) fn as_complex(&self) -> Option<&ComplexType<'a>> {
        match &self.definition {
            Definition::Complex(complex) => Some(complex),
            _ => None,
        }
    }
}

/// What a type definition says.
pub(super) enum Definition<'a> {
    /// Not read yet, or unreadable.
    Unknown,
    Simple(SimpleDefinition<'a>),
    Complex(ComplexType<'a>),
}

/// How a simple type comes about.
pub(super) enum SimpleDefinition<'a> {
    /// A built-in type, by its local name.
    Builtin(&'static str),
    Restriction {
        base: Option<TypeId>,
        facets: Vec<FacetMarkup<'a>>,
    },
    List(Option<TypeId>),
    Union(Vec<Option<TypeId>>),
}

/// A facet as it is written.
#[derive(Clone, Copy)]
pub(super) struct FacetMarkup<'a> {
    pub(super) xml: Xml<'a>,
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) fixed: bool,
    pub(super) span: Span,
}

/// A complex type definition.
pub(super) struct ComplexType<'a> {
    /// The base; `xs:anyType` where none is written.
    pub(super) base: Option<TypeId>,
    pub(super) method: DerivationMethod,
    /// Where the base is named; the type itself where none is.
    pub(super) base_span: Span,
    pub(super) mixed: bool,
    pub(super) content: ContentMarkup<'a>,
    pub(super) attributes: AttributeUses<'a>,
}

/// The content that a complex type states.
pub(super) enum ContentMarkup<'a> {
    /// `complexContent`, written or not: the particle.
    Complex(Option<Rc<Particle>>),
    /// `simpleContent`: the type inside of it, and facets.
    Simple {
        inline: Option<TypeId>,
        facets: Vec<FacetMarkup<'a>>,
    },
}

/// The attributes that a complex type or attribute group states.
#[derive(Default)]
pub(super) struct AttributeUses<'a> {
    pub(super) uses: Vec<AttributeUse<'a>>,
    pub(super) prohibited: Vec<(QName, Span)>,
    pub(super) groups: Vec<(Option<AttributeGroupId>, Span)>,
    pub(super) wildcard: Option<Wildcard>,
}

#[derive(Clone)]
pub(super) struct AttributeUse<'a> {
    pub(super) name: QName,
    pub(super) declaration: Option<AttributeId>,
    pub(super) required: bool,
    pub(super) value: Option<ValueConstraint<'a>>,
    pub(super) span: Span,
}

/// An attribute declaration.
pub(super) struct Attribute<'a> {
    pub(super) type_: Option<TypeId>,
    pub(super) value: Option<ValueConstraint<'a>>,
    pub(super) span: Span,
}

/// `default` or `fixed`.
#[derive(Clone, Copy)]
pub(super) struct ValueConstraint<'a> {
    pub(super) xml: Xml<'a>,
    pub(super) value: &'a str,
    pub(super) fixed: bool,
    pub(super) span: Span,
}

/// `xs:attributeGroup`.
#[derive(Default)]
pub(super) struct AttributeGroup<'a> {
    pub(super) attributes: AttributeUses<'a>,
    pub(super) span: Option<Span>,
}

/// An element declaration.
pub(super) struct Element<'a> {
    pub(super) name: QName,
    pub(super) global: bool,
    pub(super) type_: Option<TypeId>,
    /// Whether the type is that of the head of its substitution group.
    pub(super) typed_by_head: bool,
    pub(super) nillable: bool,
    pub(super) abstract_: bool,
    pub(super) value: Option<ValueConstraint<'a>>,
    pub(super) head: Option<ElementId>,
    pub(super) block: DerivationSet,
    pub(super) final_: DerivationSet,
    pub(super) constraints: Vec<ConstraintId>,
    pub(super) span: Span,
}

/// `xs:group`.
#[derive(Default)]
pub(super) struct Group {
    pub(super) group: Option<Rc<Particle>>,
    pub(super) span: Option<Span>,
}

/// A term with its occurrence.
#[derive(Debug)]
pub(super) struct Particle {
    pub(super) min: u64,
    /// `None` is `unbounded`.
    pub(super) max: Option<u64>,
    pub(super) term: Term,
    pub(super) span: Span,
}

/// What a particle stands for.
#[derive(Debug)]
pub(super) enum Term {
    /// `None` for a reference to what is not there.
    Element(Option<ElementId>),
    Group(crate::contract::Compositor, Vec<Rc<Particle>>),
    GroupReference(Option<GroupId>),
    Wildcard(Wildcard),
}

/// `xs:any` or `xs:anyAttribute`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wildcard {
    pub(super) namespaces: NamespaceConstraint,
    pub(super) process: ProcessContents,
    pub(super) span: Span,
}

/// `xs:unique`, `xs:key` or `xs:keyref`.
pub(super) struct IdentityConstraint<'a> {
    pub(super) xml: Xml<'a>,
    pub(super) fields: usize,
    pub(super) is_reference: bool,
    pub(super) refer: Option<(Option<ConstraintId>, Span)>,
}

/// A component and the one that it takes the place of.
pub(super) enum Redefinition {
    Type(TypeId, TypeId),
    Group {
        new: GroupId,
        old: GroupId,
        /// The references to the old one, with the particles' occurrence.
        references: Vec<(u64, Option<u64>, Span)>,
    },
    AttributeGroup {
        new: AttributeGroupId,
        old: AttributeGroupId,
        references: Vec<Span>,
    },
}
