//! SOAP encoding (SOAP 1.1 §5, SOAP 1.2 Part 2 §3): values with their types on the wire, arrays,
//! and references.
//!
//! It stands around the literal codec and touches nothing of it. A message that came is made literal:
//! references are replaced by what they refer to, accessors and items get the names that the tables
//! of the records have. A message that goes is made of the literal one: every value gets its type.
//! What both need to know of the types is an [`Encoding`], a table that generated code states.

mod direct;
mod graph;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use self::direct::read_directly;
pub(super) use self::read::{Body, read};
pub(crate) use self::read::{EARLIER_XSI, RPC, has_dimensions, is_sizes, position};
pub(super) use self::write::{declarations, write};

use crate::binding::{Name, Version};
use crate::xml::is_same_name;

pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const ENCODING_11: &str = "http://schemas.xmlsoap.org/soap/encoding/";
pub(crate) const ENCODING_12: &str = "http://www.w3.org/2003/05/soap-encoding";

/// The namespace of an encoding, which is also the value of `encodingStyle`.
pub(crate) const fn style(version: Version) -> &'static str {
    match version {
        Version::Soap11 => ENCODING_11,
        Version::Soap12 => ENCODING_12,
    }
}

pub(crate) fn is_encoding(namespace: &str) -> bool {
    matches!(namespace, ENCODING_11 | ENCODING_12)
}

/// The structured types of encoded messages.
#[derive(Debug)]
pub struct Encoding {
    types: &'static [EncodedType],
}

impl Encoding {
    /// A table of these types, which must be sorted by namespace and name.
    #[must_use]
    pub const fn new(types: &'static [EncodedType]) -> Self {
        Self { types }
    }

    /// What is known of a type; nothing of simple ones.
    fn find(&self, namespace: &str, local: &str) -> Option<&'static EncodedType> {
        let wanted = (namespace, local);
        let by_name = |type_: &EncodedType| (type_.name.namespace, type_.name.local).cmp(&wanted);
        let index = self.types.binary_search_by(by_name).ok()?;
        self.types.get(index)
    }

    /// Whether a type is one of them.
    pub(crate) fn knows(&self, name: Name) -> bool {
        self.find(name.namespace, name.local).is_some()
    }

    /// The namespaces of the types, each once.
    pub(crate) fn namespaces(&self) -> impl Iterator<Item = &'static str> {
        let names = self
            .types
            .chunk_by(|a, b| a.name.namespace == b.name.namespace);
        names
            .filter_map(|same| same.first())
            .map(|type_| type_.name.namespace)
    }
}

/// A type of an [`Encoding`]. One without a name of its own has a path with a `/` for it, and is
/// not named on the wire.
#[derive(Clone, Copy, Debug)]
pub struct EncodedType {
    name: Name,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Struct(&'static [Member]),
    Array(Member),
}

/// A member of a struct, an item of an array, or a part of a message.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    local: &'static str,
    /// The namespace that the table of the record has for it.
    namespace: &'static str,
    type_name: Name,
}

impl Member {
    pub(crate) fn is(&self, namespace: &str, local: &str) -> bool {
        is_same_name(self.local, local) && is_same_name(self.namespace, namespace)
    }

    pub(crate) const fn local(&self) -> &'static str {
        self.local
    }

    pub(crate) const fn namespace(&self) -> &'static str {
        self.namespace
    }

    pub(crate) const fn type_name(&self) -> Name {
        self.type_name
    }

    /// In a namespace, as far as the record is concerned: on the wire accessors have none.
    #[must_use]
    pub const fn in_namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = namespace;
        self
    }
}

/// A struct: a value with named members.
#[must_use]
pub const fn structure(
    namespace: &'static str,
    local: &'static str,
    members: &'static [Member],
) -> EncodedType {
    EncodedType {
        name: Name::new(namespace, local),
        kind: Kind::Struct(members),
    }
}

/// An array of one dimension; the record has its items by the name of `item`.
#[must_use]
pub const fn array(namespace: &'static str, local: &'static str, item: Member) -> EncodedType {
    EncodedType {
        name: Name::new(namespace, local),
        kind: Kind::Array(item),
    }
}

/// A member of this type.
#[must_use]
pub const fn member(local: &'static str, type_name: Name) -> Member {
    Member {
        local,
        namespace: "",
        type_name,
    }
}

/// The name of a built-in type.
#[must_use]
pub const fn xsd(local: &'static str) -> Name {
    Name::new(XSD, local)
}

/// What an element of an encoded message holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content {
    /// Members, by their names.
    Struct(&'static [Member]),
    /// Items, whatever their names.
    Array(&'static Member),
    /// A simple value of a declared type.
    Simple,
    /// Anything: kept as it is.
    Any,
}

impl Encoding {
    /// What an element holds that is declared with a type, and may say of itself which type it has:
    /// by the namespace and the local name of its `xsi:type`.
    pub(crate) fn content(&self, declared: Name, named: Option<(&str, &str)>) -> Content {
        if is_any(declared) {
            return Content::Any;
        }
        let known = self.find(declared.namespace, declared.local);
        let named = named.and_then(|(namespace, local)| self.find(namespace, local));
        // A struct is no array, whatever a server calls it.
        let is_array = |type_: &EncodedType| matches!(type_.kind, Kind::Array(_));
        let named =
            named.filter(|named| known.is_some_and(|known| is_array(known) == is_array(named)));
        match named.or(known).map(|type_| &type_.kind) {
            Some(Kind::Struct(members)) => Content::Struct(members),
            Some(Kind::Array(item)) => Content::Array(item),
            None => Content::Simple,
        }
    }
}

/// The types of an encoded message, and the parts of this one.
pub(crate) type Parts = (&'static Encoding, &'static [Member]);

/// Whether a type is one of all types, whose values stay as they are.
pub(crate) fn is_any(name: Name) -> bool {
    name.namespace == XSD && matches!(name.local, "anyType" | "anySimpleType")
}

/// What a binding knows when its messages are encoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Encoded {
    pub(crate) encoding: &'static Encoding,
    pub(crate) request: &'static [Member],
    pub(crate) response: &'static [Member],
}
