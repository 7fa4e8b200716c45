//! One entry of a table, and what the codecs ask it.

use super::{Absent, Facets, Kind, Location, Namespaces, Shape, WhiteSpace};
use crate::xml::{head, is_same_name};

/// One entry of a table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(crate) name: &'static str,
    /// How the name begins; see [`crate::xml::head`].
    pub(crate) head: u64,
    pub(crate) namespace: Option<&'static str>,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) repeated: bool,
    pub(crate) nillable: bool,
    pub(crate) secret: bool,
    pub(crate) claimed: bool,
    pub(crate) nil_others: bool,
    pub(crate) item_nillable: bool,
    pub(crate) item: Option<&'static str>,
    pub(crate) item_namespace: Option<&'static str>,
    pub(crate) content: Option<&'static Shape>,
    pub(crate) namespaces: Namespaces,
    pub(crate) white_space: WhiteSpace,
    pub(crate) location: Location,
    pub(crate) absent: Absent,
    pub(crate) default_value: Option<&'static str>,
    pub(crate) facets: Facets,
}

impl Field {
    /// The name on the wire. For entries without one: `any`, `text`, `nil`, `choice`, `group`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether this is a group: its record is read and written without an element around it.
    #[must_use]
    pub(crate) const fn is_group(&self) -> bool {
        matches!(self.kind, Kind::Group(_))
    }

    /// Whether this is an element or attribute with a name.
    pub(crate) const fn is_named(&self) -> bool {
        matches!(self.kind, Kind::Element)
    }

    /// Whether a simple value needs no look before it is sent, if its type keeps no secrets.
    pub(crate) const fn takes_all(&self) -> bool {
        !self.facets.is_set && !self.secret && !matches!(self.kind, Kind::Nil)
    }

    /// What is sent for no value, decided.
    pub(crate) fn absent(&self) -> Absent {
        match self.absent {
            Absent::Auto if self.nillable && (self.required || self.repeated) => Absent::Nil,
            Absent::Auto => Absent::Omit,
            given => given,
        }
    }

    /// The entry of the items of a wrapped list. `namespace` is that of the wrapper.
    pub(crate) const fn item_field(&self, name: &'static str, namespace: &'static str) -> Self {
        let mut item = *self;
        item.name = name;
        item.head = head(name);
        item.namespace = match self.item_namespace {
            None => Some(namespace),
            own => own,
        };
        item.item = None;
        item.nillable = self.item_nillable;
        item.item_nillable = false;
        item.required = false;
        item.repeated = true;
        item.location = Location::Body;
        // One item absent inside a list holds its place.
        item.absent = if self.item_nillable {
            Absent::Nil
        } else {
            Absent::Auto
        };
        item
    }

    /// Whether the entry takes an element of this name, as itself, a branch, or part of a group.
    /// Wildcards take none here: they come last.
    pub(crate) fn takes(&self, default: &str, namespace: &str, local: &str) -> bool {
        match self.kind {
            Kind::Element | Kind::Attached => {
                is_same_name(self.name, local)
                    && is_same_name(self.namespace.unwrap_or(default), namespace)
            }
            Kind::Any | Kind::Text | Kind::Nil => false,
            Kind::Choice(branches) => branches
                .iter()
                .any(|branch| branch.takes(default, namespace, local)),
            Kind::Group(shape) => shape
                .fields
                .iter()
                .any(|field| field.takes(shape.namespace, namespace, local)),
        }
    }

    /// Whether an element of this name may come first in what the entry takes.
    pub(crate) fn starts(&self, default: &str, namespace: &str, local: &str) -> bool {
        match self.kind {
            Kind::Choice(branches) => branches
                .iter()
                .any(|branch| branch.starts(default, namespace, local)),
            Kind::Group(shape) => {
                first(shape.fields).any(|field| field.starts(shape.namespace, namespace, local))
            }
            _ => self.takes(default, namespace, local),
        }
    }

    /// Whether the entry takes a JSON member of this name.
    pub(crate) fn takes_member(&self, name: &str) -> bool {
        match self.kind {
            Kind::Element | Kind::Attached => self.name == name,
            Kind::Any | Kind::Text | Kind::Nil => false,
            Kind::Choice(branches) => branches.iter().any(|branch| branch.takes_member(name)),
            Kind::Group(shape) => shape.fields.iter().any(|field| field.takes_member(name)),
        }
    }

    /// Whether a wildcard that takes elements of this namespace is this entry, one of its branches,
    /// or what a group may begin with. With `None` the namespace does not matter.
    pub(crate) fn takes_any(&self, namespace: Option<&str>) -> bool {
        match self.kind {
            Kind::Any => namespace.is_none_or(|namespace| self.namespaces.take(namespace)),
            Kind::Choice(branches) => branches.iter().any(|branch| branch.takes_any(namespace)),
            Kind::Group(shape) => first(shape.fields).any(|field| field.takes_any(namespace)),
            Kind::Element | Kind::Attached | Kind::Text | Kind::Nil => false,
        }
    }

    /// The branch that takes text.
    pub(crate) fn text_branch(&self) -> Option<usize> {
        match self.kind {
            Kind::Choice(branches) => branches
                .iter()
                .position(|branch| matches!(branch.kind, Kind::Text)),
            _ => None,
        }
    }

    /// Whether a document without anything for this entry can be borne: it is complete, or only nil
    /// is left out.
    pub(crate) fn may_be_absent(&self) -> bool {
        self.claimed || self.nillable || self.repeated || self.is_emptiable()
    }

    /// Whether nothing at all is valid for this entry.
    fn is_emptiable(&self) -> bool {
        if !self.required {
            return !self.repeated || self.facets.min_occurs == 0;
        }
        match self.kind {
            Kind::Element | Kind::Attached => false,
            Kind::Any | Kind::Text | Kind::Nil => true,
            Kind::Choice(branches) => branches.iter().any(Self::is_emptiable),
            Kind::Group(shape) => shape.fields.iter().all(Self::may_be_absent),
        }
    }

    /// The names that the entry stands for, for messages.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Element | Kind::Attached | Kind::Any | Kind::Text | Kind::Nil => vec![self.name],
            Kind::Choice(branches) => branches.iter().flat_map(Self::names).collect(),
            Kind::Group(shape) => shape.fields.iter().take(1).flat_map(Self::names).collect(),
        }
    }
}

/// The entries that what a group takes may begin with: up to the first that must be there.
pub(crate) fn first(fields: &'static [Field]) -> impl Iterator<Item = &'static Field> {
    let ended = fields.iter().position(|field| !field.is_emptiable());
    let end = ended.map_or(fields.len(), |index| index + 1);
    fields.iter().take(end)
}
