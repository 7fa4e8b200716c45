//! The tables that describe records: what generated code states and the codecs interpret.
//!
//! A [`Shape`] lists the attributes and the content of a complex type. Its entries are [`Field`]s,
//! made by [`one`], [`opt`], [`many`], [`any`], [`text`], [`choice`] and [`group`] and refined by
//! their methods, all `const`. A record hands its slots to a codec in the order of the entries:
//! attributes first, then fields.

mod entries;
mod facets;
mod field;
mod namespaces;
mod rule;
mod settings;

pub use entries::{any, choice, group, many, nil, one, opt, text};
pub use field::Field;
pub(crate) use field::first;
pub use rule::Rule;

pub(crate) use facets::{Facets, UNBOUNDED};
pub(crate) use namespaces::Namespaces;

/// The table of one record.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Namespace of the elements whose entry names none of its own.
    pub namespace: &'static str,
    /// Attributes. They are in no namespace unless [`Field::in_namespace`] says so.
    pub attributes: &'static [Field],
    /// Content, in the order in which it is written.
    pub fields: &'static [Field],
    /// What must hold between fields before a record is sent.
    pub rules: &'static [Rule],
    /// Whether text may stand between the elements. Each run of it goes to the repeated choice that
    /// has [`text`] among its branches, so that the order stays. Where there is none it goes to the
    /// [`text`] entry, joined, and is written before the elements.
    pub mixed: bool,
}

impl Shape {
    /// A table of content alone.
    #[must_use]
    pub const fn new(namespace: &'static str, fields: &'static [Field]) -> Self {
        Self {
            namespace,
            attributes: &[],
            fields,
            rules: &[],
            mixed: false,
        }
    }

    /// With these attributes.
    #[must_use]
    pub const fn attributes(mut self, attributes: &'static [Field]) -> Self {
        self.attributes = attributes;
        self
    }

    /// With these rules.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// With text between the elements.
    #[must_use]
    pub const fn mixed(mut self) -> Self {
        self.mixed = true;
        self
    }

    /// Whether a record keeps that its element is nil.
    pub(crate) const fn keeps_nil(&self) -> bool {
        let mut index = 0;
        while index < self.attributes.len() {
            if matches!(self.attributes[index].kind, Kind::Nil) {
                return true;
            }
            index += 1;
        }
        false
    }
}

/// What an entry of a table stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// An element (or an attribute, in the list of attributes) with the entry's name.
    Element,
    /// A part of the message beside the envelope, or an element that refers to one.
    Attached,
    /// Whatever no other entry takes: elements, or attributes in the list of attributes.
    Any,
    /// The text of simple or mixed content.
    Text,
    /// `xsi:nil` itself, among the attributes.
    Nil,
    /// One of several branches.
    Choice(&'static [Field]),
    /// A model group whose record is one slot; it has no element of its own.
    Group(&'static Shape),
}

/// What the white space of a text becomes before it is read (`xs:whiteSpace`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhiteSpace {
    /// It stays.
    Preserve,
    /// Each tab and line end becomes a blank.
    Replace,
    /// Runs become one blank, those at the ends go.
    Collapse,
}

/// Where in an HTTP request a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// The body.
    Body,
    /// A `{name}` of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
}

/// What is written for an absent value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Nil where the element is required and nillable, else nothing.
    Auto,
    /// `xsi:nil="true"`, or `null`.
    Nil,
    /// Nothing.
    Omit,
    /// An empty element, or an empty string.
    Empty,
}

/// How deep records may be inside each other to be written. Writing goes by recursion.
pub(crate) const DEPTH: usize = 100;
