//! Values held against a schema: they are written, and what was written is judged.

use std::fmt;

use super::schema::{Component, Schema};
use super::violation::{Violation, Violations};
use crate::limits::Limits;
use crate::read_error::ReadError;
use crate::shape::{Field, one};
use crate::slot::{Slot, Source};
use crate::value::Value;
use crate::xml::{Reader, Writer, decode_bytes};

/// Generated types that can be held against their schema: those of a contract generated with
/// `validation = true`.
pub trait Validate: Slot + Value + Default {
    /// The schema.
    const SCHEMA: &'static Schema;
    /// What of it the type is.
    const COMPONENT: Component<'static>;

    /// Holds the value against the schema, as it would be written.
    ///
    /// # Errors
    /// All rules that the value breaks. Positions are those in the document that would be written.
    fn validate(&self) -> Result<(), Violations> {
        let mut writer = Writer::new();
        self.write_xml(&root(&Self::COMPONENT), &mut writer);
        let document = writer.finish().map_err(|error| Violations {
            list: vec![Violation {
                path: String::new(),
                rule: "xml",
                message: error.to_string(),
                position: None,
            }],
            more: false,
        })?;
        // What is written by ourselves is no attack.
        let limits = Limits {
            depth: usize::MAX,
            ..Limits::trusted()
        };
        Self::SCHEMA.validate_as(&Self::COMPONENT, document.as_bytes(), &limits)
    }

    /// Reads a document that must be valid, within limits.
    ///
    /// # Errors
    /// All rules that the document breaks, or why it cannot be read although it is valid.
    fn read_valid(document: &[u8], limits: &Limits) -> Result<Self, InvalidDocument> {
        Self::SCHEMA
            .validate_as(&Self::COMPONENT, document, limits)
            .map_err(InvalidDocument::Violations)?;
        read(document, limits).map_err(InvalidDocument::Unreadable)
    }
}

fn read<T: Validate>(document: &[u8], limits: &Limits) -> Result<T, ReadError> {
    let text = decode_bytes(document, None)?;
    let mut reader = Reader::new(&text, limits);
    let mut value = T::default();
    if reader.next_start()? {
        value.read(&root(&T::COMPONENT), Source::Xml(&mut reader))?;
    }
    reader.finish()?;
    Ok(value)
}

/// The element around a value.
fn root(component: &Component<'static>) -> Field {
    match component {
        Component::Element { namespace, local } => one(local).in_namespace(namespace),
        Component::Type { local, .. } => {
            let name = local
                .rsplit(['.', ':', '@', '~'])
                .next()
                .unwrap_or_default();
            let is_name = crate::xml::is_ncname(name);
            one(if is_name { name } else { "value" }).in_namespace("")
        }
        Component::Any => one("value").in_namespace(""),
    }
}

/// Why a document gives no value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidDocument {
    /// It is not valid.
    Violations(Violations),
    /// It is valid, and cannot be read.
    Unreadable(ReadError),
}

impl fmt::Display for InvalidDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Violations(violations) => violations.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for InvalidDocument {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Violations(violations) => Some(violations),
            Self::Unreadable(error) => Some(error),
        }
    }
}

/// The component of a type that is a global element; for generated code.
#[doc(hidden)]
#[must_use]
pub const fn element(namespace: &'static str, local: &'static str) -> Component<'static> {
    Component::Element { namespace, local }
}

/// The component of a type that is a type; for generated code.
#[doc(hidden)]
#[must_use]
pub const fn named_type(namespace: &'static str, local: &'static str) -> Component<'static> {
    Component::Type { namespace, local }
}

/// Implements [`Validate`] by one line a type.
///
/// ```text
/// validate! {
///     SCHEMA;
///     Invoice: element(NAMESPACE, "Invoice"),
///     InvoiceLine: named_type("", "@billing:Invoice.Line"),
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __validate {
    ($schema:path; $($type:ident: $component:expr,)*) => {$(
        impl $crate::validation::Validate for $type {
            const SCHEMA: &'static $crate::validation::Schema = &$schema;
            const COMPONENT: $crate::validation::Component<'static> = $component;
        }
    )*};
}
