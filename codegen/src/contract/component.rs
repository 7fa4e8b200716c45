//! Declarations of elements, attributes and named groups (XML Schema 1.0 Structures §3.2, §3.3,
//! §3.6, §3.7), with the facts that documentation pages add to them.

use super::arena::Id;
use super::particle::{ModelGroup, Wildcard};
use super::provenance::Provenance;
use super::qname::QName;
use super::type_definition::{DerivationSet, TypeDefinition};
use crate::source::Span;

/// An element declaration, global or local.
#[derive(Clone, Debug)]
pub struct ElementDeclaration {
    /// The name on the wire, with the namespace that the form of the declaration gives it.
    pub name: QName,
    /// Whether it is declared at the top of a schema.
    pub scope: Scope,
    /// The type.
    pub type_definition: Id<TypeDefinition>,
    /// The types that its attributes may choose instead (`xs:alternative` of XML Schema 1.1).
    pub alternatives: Vec<Id<TypeDefinition>>,
    /// Whether `xsi:nil` may be used.
    pub nillable: bool,
    /// Whether only members of its substitution group may appear on the wire.
    pub abstract_: bool,
    /// A default or fixed value.
    pub value_constraint: Option<ValueConstraint>,
    /// The head of the substitution group that it belongs to.
    pub substitution_group: Option<Id<ElementDeclaration>>,
    /// What substitutions are barred.
    pub block: DerivationSet,
    /// What may not join its substitution group.
    pub final_: DerivationSet,
    /// Documentation and facts beside the schema.
    pub annotation: Annotation,
    /// Where it is declared; for an undeclared one, where it is first used.
    pub span: Span,
}

impl ElementDeclaration {
    /// A declaration that says no more than name and type.
    #[must_use]
    pub fn plain(
        name: QName,
        scope: Scope,
        type_definition: Id<TypeDefinition>,
        span: Span,
    ) -> Self {
        Self {
            name,
            scope,
            type_definition,
            alternatives: Vec::new(),
            nillable: false,
            abstract_: false,
            value_constraint: None,
            substitution_group: None,
            block: DerivationSet::default(),
            final_: DerivationSet::default(),
            annotation: Annotation::default(),
            span,
        }
    }
}

/// Where a declaration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Referred to, declared nowhere; `resolve::references` reports it.
    Undeclared,
    /// At the top of a schema.
    Global,
    /// Inside a type or group.
    Local,
}

/// `default` or `fixed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueConstraint {
    /// The value if nothing is given.
    Default(String),
    /// The only value.
    Fixed(String),
}

/// An attribute declaration, global or local.
#[derive(Clone, Debug)]
pub struct AttributeDeclaration {
    /// The name on the wire.
    pub name: QName,
    /// Where it stands.
    pub scope: Scope,
    /// The simple type.
    pub type_definition: Id<TypeDefinition>,
    /// A default or fixed value.
    pub value_constraint: Option<ValueConstraint>,
    /// Documentation and facts beside the schema.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// An attribute of a complex type.
#[derive(Clone, Debug)]
pub struct AttributeUse {
    /// The declaration.
    pub declaration: Id<AttributeDeclaration>,
    /// Required, optional or (in a restriction) prohibited.
    pub presence: AttributePresence,
    /// A value constraint of this use.
    pub value_constraint: Option<ValueConstraint>,
    /// `wsdl:arrayType` or `soapenc:arrayType` of an rpc/encoded array: item type and dimensions.
    pub array_type: Option<ArrayType>,
    /// Where it is used.
    pub span: Span,
}

/// The `use` of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributePresence {
    /// May be left out.
    Optional,
    /// Must be there.
    Required,
    /// Must not be there.
    Prohibited,
}

/// The item type of a SOAP-encoded array (SOAP 1.1 §5.4.2, WSDL 1.1 §2.2).
#[derive(Clone, Debug)]
pub struct ArrayType {
    /// The item type.
    pub item: Id<TypeDefinition>,
    /// The brackets behind it, as written: `[]`, `[,]`, `[][]`.
    pub dimensions: String,
}

/// `xs:group`.
#[derive(Clone, Debug)]
pub struct ModelGroupDefinition {
    /// The name.
    pub name: QName,
    /// The group; `None` while it is only referred to.
    pub group: Option<ModelGroup>,
    /// Documentation.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// `xs:attributeGroup`.
#[derive(Clone, Debug)]
pub struct AttributeGroupDefinition {
    /// The name.
    pub name: QName,
    /// Whether it is declared, not only referred to.
    pub declared: bool,
    /// Its attribute uses.
    pub attributes: Vec<AttributeUse>,
    /// Attribute groups that it refers to.
    pub attribute_groups: Vec<Id<AttributeGroupDefinition>>,
    /// `xs:anyAttribute`.
    pub any_attribute: Option<Wildcard>,
    /// Documentation.
    pub annotation: Annotation,
    /// Where it is declared.
    pub span: Span,
}

/// The namespace of the attributes and elements in which WSDL and schemas state what an [`Annotation`],
/// an [`ErrorModel`](super::ErrorModel) or an [`Example`](super::Example) holds.
pub const ANNOTATIONS: &str = "urn:castile:annotations:1";

/// Documentation of a component, and facts that no schema language states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// Plain text, paragraphs separated by an empty line.
    pub documentation: Option<String>,
    /// Whether it should not be used any more, and why.
    pub deprecated: Option<String>,
    /// Whether the value must never be shown.
    pub secret: bool,
    /// What the value is for.
    pub role: Option<Role>,
    /// Where the value travels.
    pub location: Location,
    /// What is sent when no value is given.
    pub absence: Absence,
    /// Whether what the contract says of presence can be relied on.
    pub presence: Presence,
    /// The name in the provider's documentation, where the wire has another one.
    pub documented_name: Option<String>,
    /// The documentation's statement of the largest size, verbatim, where no facet says it fully.
    pub documented_maximum: Option<String>,
    /// The media types of the octets that the value holds: `xmime:expectedContentTypes`, or those of
    /// a `mime:content`.
    pub media_types: Vec<String>,
    /// Who says so.
    pub provenance: Vec<Provenance>,
}

/// What a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The user name of the credentials.
    Username,
    /// The password of the credentials.
    Password,
    /// A record of credentials, which the client fills in.
    Credentials,
}

/// Where a value travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the body of the message.
    #[default]
    Body,
    /// In the path of the address.
    Path,
    /// In the query of the address.
    Query,
    /// In an HTTP header.
    HttpHeader,
    /// Beside the body, as a part of a multipart message.
    Attachment,
}

/// What is sent when no value is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Absence {
    /// What occurrence and nillability imply: `xsi:nil` where the element is required and
    /// nillable, else nothing.
    #[default]
    Implied,
    /// Nothing.
    Omit,
    /// `xsi:nil="true"`, or `null`.
    Nil,
    /// An empty element, or an empty string.
    Empty,
}

/// How far the stated minimum occurrence can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It holds: a schema says so, or an example shows it.
    #[default]
    Proven,
    /// A documentation page claims it: readers must bear its absence.
    Claimed,
}
