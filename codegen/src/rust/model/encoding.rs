//! SOAP-encoded messages: what their types are called on the wire, and what is in them.

use super::QualifiedName;

/// The parts of an operation's messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedParts {
    /// In the wrapper of the request.
    pub request: Vec<EncodedMember>,
    /// In the wrapper of the response.
    pub response: Vec<EncodedMember>,
}

/// A type of encoded messages. Without a name on the wire it has a path with a `/` for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedType {
    /// The name.
    pub name: QualifiedName,
    /// What is in it.
    pub kind: EncodedKind,
}

/// What is in an [`EncodedType`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncodedKind {
    /// Members.
    Struct(Vec<EncodedMember>),
    /// Items.
    Array(EncodedMember),
}

/// A member, an item or a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedMember {
    /// The name in the record.
    pub name: QualifiedName,
    /// The name of the type.
    pub type_name: QualifiedName,
}
