//! Elements that no table describes, kept as they are.

use std::fmt;

use crate::given_fields::GivenFields;
use crate::types::QName;

/// An element of any name with all that is in it: what `xs:any` and `xs:anyType` hold.
///
/// The prefixes that were in scope where it was read are kept, so that names in its content keep
/// their meaning. Comments and processing instructions are not kept.
///
/// In JSON members and items are elements; those of an array in an array are called `item`. A value that
/// was read is written as it was, numbers and empty arrays included, as far as its content is still that.
///
/// ```
/// use castile::{AnyElement, QName};
///
/// let element = AnyElement::new(QName::new("urn:example", "Note"))
///     .with_attribute(QName::new("", "lang"), "en")
///     .with_child(AnyElement::new(QName::new("urn:example", "Text")).with_text("hello"));
/// assert_eq!(element.child("urn:example", "Text").map(AnyElement::text).as_deref(), Some("hello"));
/// ```
#[derive(Clone, Default)]
pub struct AnyElement {
    pub(crate) name: QName,
    pub(crate) attributes: Vec<AnyAttribute>,
    /// Prefix and namespace. On the outermost element those in scope, inside those declared there.
    pub(crate) namespaces: Vec<(String, String)>,
    pub(crate) nodes: Vec<AnyNode>,
    /// How JSON wrote it, where that is not how JSON would write the element: an element of XML and a
    /// string need no room for it.
    pub(crate) notation: Option<Box<Notation>>,
}

/// What JSON says of a value and an element has no place for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notation {
    pub(crate) kind: NotationKind,
    /// It is an item of the array that the member of its name is, maybe the only one.
    pub(crate) is_item: bool,
    /// The members that are empty arrays: there is no element of their names.
    pub(crate) empty_arrays: Vec<String>,
}

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum NotationKind {
    /// An object where there are elements inside, else a string.
    #[default]
    ByContent,
    /// `true`, `false` or a number: the text as it is.
    Literal,
    Object,
    /// The elements inside are the items, whatever their names.
    Array,
}

/// An attribute of an [`AnyElement`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnyAttribute {
    /// Its name; the prefix is a wish.
    pub name: QName,
    /// Its value, normalised.
    pub value: String,
}

/// The attributes of a record that its table does not name (`xs:anyAttribute`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnyAttributes(pub Vec<AnyAttribute>);

/// What an [`AnyElement`] contains.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AnyNode {
    /// An element.
    Element(AnyElement),
    /// Text between elements.
    Text(String),
}

/// Neither the order of attributes nor that of namespace declarations says anything, nor whether JSON
/// wrote `1` or `"1"`.
impl PartialEq for AnyElement {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && same_set(&self.attributes, &other.attributes)
            && same_set(&self.namespaces, &other.namespaces)
            && self.nodes == other.nodes
    }
}

/// Whether two lists without repetitions have the same items, mostly in the same order.
fn same_set<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one == other || (one.len() == other.len() && one.iter().all(|item| other.contains(item)))
}

impl fmt::Debug for AnyElement {
    /// Leaves out what is not there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        GivenFields::new(f, "AnyElement")
            .field("name", &self.name)
            .list("attributes", &self.attributes)
            .list("namespaces", &self.namespaces)
            .list("nodes", &self.nodes)
            .finish()
    }
}

impl AnyElement {
    /// An empty element.
    #[must_use]
    pub fn new(name: QName) -> Self {
        let mut element = Self::default();
        element.name = name;
        element
    }

    /// With one more attribute.
    #[must_use]
    pub fn with_attribute(mut self, name: QName, value: impl Into<String>) -> Self {
        self.attributes.push(AnyAttribute {
            name,
            value: value.into(),
        });
        self
    }

    /// With one more child at the end.
    #[must_use]
    pub fn with_child(mut self, child: Self) -> Self {
        self.nodes.push(AnyNode::Element(child));
        self
    }

    /// With more text at the end.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.nodes.push(AnyNode::Text(text.into()));
        self
    }

    /// With a namespace declaration, for names in the content. An empty prefix declares the default
    /// namespace.
    #[must_use]
    pub fn with_namespace(
        mut self,
        prefix: impl Into<String>,
        namespace: impl Into<String>,
    ) -> Self {
        self.namespaces.push((prefix.into(), namespace.into()));
        self
    }

    pub(crate) fn notation_mut(&mut self) -> &mut Notation {
        self.notation.get_or_insert_default()
    }

    /// Whether it is an item of the array that the member of its name was.
    pub(crate) fn is_json_item(&self) -> bool {
        self.notation
            .as_ref()
            .is_some_and(|notation| notation.is_item)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &QName {
        &self.name
    }

    /// Its attributes, in the order of the document.
    #[must_use]
    pub fn attributes(&self) -> &[AnyAttribute] {
        &self.attributes
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, namespace: &str, local: &str) -> Option<&str> {
        let found = self
            .attributes
            .iter()
            .find(|attribute| attribute.name.is(namespace, local));
        found.map(|attribute| attribute.value.as_str())
    }

    /// What it contains, in the order of the document.
    #[must_use]
    pub fn nodes(&self) -> &[AnyNode] {
        &self.nodes
    }

    /// The elements directly inside.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            AnyNode::Element(element) => Some(element),
            AnyNode::Text(_) => None,
        })
    }

    /// The first element directly inside that has this name.
    #[must_use]
    pub fn child(&self, namespace: &str, local: &str) -> Option<&Self> {
        self.children()
            .find(|child| child.name.is(namespace, local))
    }

    /// The text directly inside, joined.
    #[must_use]
    pub fn text(&self) -> String {
        let texts = self.nodes.iter().filter_map(|node| match node {
            AnyNode::Text(text) => Some(text.as_str()),
            AnyNode::Element(_) => None,
        });
        texts.collect()
    }

    /// The namespace that a prefix has on this element, as far as the element says; `""` is the
    /// default namespace.
    #[must_use]
    pub fn namespace_of(&self, prefix: &str) -> Option<&str> {
        let found = self
            .namespaces
            .iter()
            .find(|(declared, _)| declared == prefix);
        found.map(|(_, namespace)| namespace.as_str())
    }
}

/// Not by recursion: a tree of any depth can be dropped.
impl Drop for AnyElement {
    fn drop(&mut self) {
        let mut rest = std::mem::take(&mut self.nodes);
        while let Some(node) = rest.pop() {
            if let AnyNode::Element(mut element) = node {
                rest.append(&mut element.nodes);
            }
        }
    }
}

mod slots {
    //! Elements and attributes of any name as slots and values.

    use super::{AnyAttributes, AnyElement};
    use crate::check::Checker;
    use crate::json;
    use crate::read_error::ReadError;
    use crate::shape::Field;
    use crate::slot::{Slot, Source, Traits};
    use crate::types::QName;
    use crate::value::{Own, Value, View};
    use crate::xml;

    impl Slot for AnyElement {
        fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
            *self = match source {
                Source::Xml(reader) => reader.any_element()?,
                Source::Tag(_) => return Ok(false),
                Source::Json(reader) => reader.any(field.name())?,
            };
            Ok(true)
        }

        fn traits() -> Traits {
            Traits::ANY
        }
    }

    impl Value for AnyElement {
        /// As an element declared in the table it has that one's name.
        fn write_xml(&self, field: &Field, writer: &mut xml::Writer) {
            if field.is_named() {
                let namespace = field.namespace.unwrap_or(writer.default_namespace());
                let name = QName::with_prefix(namespace, field.name, self.name.prefix.as_str());
                writer.any_element_as(self, &name);
            } else {
                writer.any_element(self);
            }
        }

        fn view(&self) -> View<'_> {
            View::Own(self)
        }
    }

    impl Own for AnyElement {
        fn write_json(&self, field: &Field, writer: &mut json::Writer) {
            writer.any(field, self);
        }

        fn check(&self, _: &Field, _: &mut Checker) {}
    }

    impl Slot for AnyAttributes {
        fn read(&mut self, _: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
            match source {
                Source::Xml(reader) => self.0 = reader.take_unclaimed(),
                Source::Tag(_) => return Ok(false),
                Source::Json(reader) => reader.skip()?,
            }
            Ok(true)
        }
    }

    impl Value for AnyAttributes {
        fn write_xml(&self, _: &Field, writer: &mut xml::Writer) {
            writer.any_attributes(self);
        }

        fn view(&self) -> View<'_> {
            View::Own(self)
        }
    }

    impl Own for AnyAttributes {
        fn write_json(&self, _: &Field, _: &mut json::Writer) {}

        fn check(&self, _: &Field, _: &mut Checker) {}

        fn is_given(&self) -> bool {
            !self.0.is_empty()
        }
    }
}
