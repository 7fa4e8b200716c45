//! Identity constraints (XML Schema 1.0 Structures §3.11).

use std::sync::Arc;

use super::qname::QName;
use crate::source::Span;

/// `xs:key`, `xs:unique` or `xs:keyref`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityConstraint {
    /// The name, in the target namespace of its schema.
    pub name: QName,
    /// Which of the three.
    pub kind: IdentityKind,
    /// The XPath of the elements that are told apart, as written.
    pub selector: String,
    /// The XPaths of what tells them apart, as written.
    pub fields: Vec<String>,
    /// The prefixes of the XPaths and their namespaces.
    pub prefixes: Vec<(Arc<str>, Arc<str>)>,
    /// Where it is declared.
    pub span: Span,
}

/// What an identity constraint demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityKind {
    /// No two have the same fields, and all have them.
    Key,
    /// No two have the same fields.
    Unique,
    /// The fields are those of something that this key or unique constraint tells apart.
    KeyReference(QName),
}
