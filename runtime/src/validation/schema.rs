//! A schema that documents are held against.

use std::fmt;
use std::sync::OnceLock;

use super::component::Components;
use super::text::{self, SchemaError};
use super::validator::{Root, Validator};
use super::violation::{Violation, Violations};
use crate::limits::Limits;
use crate::xml::decode_bytes;

/// The components of a schema (XML Schema 1.0 Structures §2.2), and the rules of its validity.
///
/// Generated modules have one as a `static`, which is read when it is first used.
///
/// ```
/// use castile::validation::Schema;
///
/// let schema = Schema::parse(
///     "castile schema 1\n\
///      element total @total\n\
///      simple @total restriction xs:decimal\n  \
///        fractionDigits \"2\"\n",
/// )?;
/// assert!(schema.validate(b"<total>9.50</total>").is_ok());
///
/// let violations = schema.validate(b"<total>9.505</total>").expect_err("has three digits");
/// let first = violations.iter().next().expect("is one");
/// assert_eq!((first.path(), first.rule()), ("total", "cvc-fractionDigits-valid"));
/// # Ok::<(), castile::validation::SchemaError>(())
/// ```
pub struct Schema {
    text: &'static str,
    components: OnceLock<Result<Components, SchemaError>>,
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema").finish_non_exhaustive()
    }
}

impl Schema {
    /// A schema by its text, which is read when it is first used. A text that cannot be read makes
    /// every document invalid; [`Schema::parse`] says so at once.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            components: OnceLock::new(),
        }
    }

    /// Reads the text of a schema, as the generator writes it.
    ///
    /// # Errors
    /// The first line that is not as it should be.
    pub fn parse(text: &str) -> Result<Self, SchemaError> {
        let components = text::parse(text)?;
        let schema = Self::new("");
        let _ = schema.components.set(Ok(components));
        Ok(schema)
    }

    fn components(&self) -> Result<&Components, Violations> {
        let read = || text::parse(self.text);
        let components = self.components.get_or_init(read).as_ref();
        components.map_err(|error| of_document("schema", error.to_string(), None))
    }

    /// Holds a document against the schema: its root must be a global element, or say its type by
    /// `xsi:type`. Within the default [`Limits`].
    ///
    /// # Errors
    /// All rules that the document breaks; of one that is not well-formed, those up to there.
    pub fn validate(&self, document: &[u8]) -> Result<(), Violations> {
        self.validate_within(document, &Limits::default())
    }

    /// [`Schema::validate`] within other limits.
    ///
    /// # Errors
    /// As of [`Schema::validate`].
    pub fn validate_within(&self, document: &[u8], limits: &Limits) -> Result<(), Violations> {
        self.validate_as(&Component::Any, document, limits)
    }

    /// Holds what the body of a SOAP envelope holds against the schema: elements that it declares.
    /// Header blocks and faults are passed over.
    ///
    /// # Errors
    /// As of [`Schema::validate`].
    pub fn validate_body(&self, envelope: &[u8], limits: &Limits) -> Result<(), Violations> {
        Self::judge(Root::Body, self.components()?, envelope, limits)
    }

    /// Holds a document against one component of the schema.
    ///
    /// # Errors
    /// As of [`Schema::validate`]; also where the schema does not have the component.
    pub fn validate_as(
        &self,
        component: &Component<'_>,
        document: &[u8],
        limits: &Limits,
    ) -> Result<(), Violations> {
        let components = self.components()?;
        let root = components.root(component).ok_or_else(|| {
            let message = format!("the schema has no {component}");
            of_document("schema", message, None)
        })?;
        Self::judge(root, components, document, limits)
    }

    fn judge(
        root: Root,
        components: &Components,
        document: &[u8],
        limits: &Limits,
    ) -> Result<(), Violations> {
        let text = decode_bytes(document, None)
            .map_err(|error| of_document("xml", error.kind().to_string(), error.position()))?;
        Validator::new(components, &text, limits).run(root)
    }
}

fn of_document(
    rule: &'static str,
    message: String,
    position: Option<crate::read_error::Position>,
) -> Violations {
    Violations {
        list: vec![Violation {
            path: String::new(),
            rule,
            message,
            position,
        }],
        more: false,
    }
}

/// What the root element of a document is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Component<'n> {
    /// The global element of its name.
    Any,
    /// The global element of this name, or one that may stand for it.
    Element {
        /// The namespace, empty for none.
        namespace: &'n str,
        /// The local name.
        local: &'n str,
    },
    /// A type, whatever the name of the element.
    Type {
        /// The namespace, empty for none.
        namespace: &'n str,
        /// The local name; for a type without a name, what the text of the schema calls it:
        /// `@Order.Item`.
        local: &'n str,
    },
}

impl fmt::Display for Component<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("global element"),
            Self::Element { namespace, local } => {
                write!(f, "element `{}`", super::names::shown(namespace, local))
            }
            Self::Type { namespace, local } => {
                write!(f, "type `{}`", super::names::shown(namespace, local))
            }
        }
    }
}

impl Components {
    fn root(&self, component: &Component<'_>) -> Option<Root> {
        match component {
            Component::Any => Some(Root::Global),
            Component::Element { namespace, local } => {
                let name = self.names.find(namespace, local)?;
                let element = self.global_elements.get(&name)?;
                Some(Root::Element(*element))
            }
            Component::Type { namespace, local } => {
                if let Some(&found) = self.labels.get(*local) {
                    return Some(Root::Type(found));
                }
                let name = self.names.find(namespace, local)?;
                Some(Root::Type(*self.global_types.get(&name)?))
            }
        }
    }
}
