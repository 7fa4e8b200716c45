//! Where in a message the items are that are streamed.

use crate::binding::Name;
use crate::choice::Branch;
use crate::operation::Operation;
use crate::read_error::ReadError;
use crate::shape::{Field, Kind};
use crate::xml::is_same_name;

/// An operation whose responses hold a list that can be read item by item.
pub trait StreamedResponse: Operation {
    /// One item of the list.
    type Item: Send + 'static;

    /// Where the list is.
    const ITEMS: &'static Repeated;

    /// Reads one item.
    ///
    /// # Errors
    /// When it is no value of the type.
    fn read_item(item: Branch<'_, '_>) -> Result<Self::Item, ReadError>;
}

/// A list in a message: the elements from the record of the message to the list, and its entry.
#[derive(Debug)]
pub struct Repeated {
    namespace: &'static str,
    path: &'static [Name],
    entry: Field,
}

impl Repeated {
    /// The list of `entry`, an entry of the table of the last element of `path`; of the message's own
    /// table, where the path is empty. `namespace` is the table's.
    #[must_use]
    pub const fn new(namespace: &'static str, path: &'static [Name], entry: Field) -> Self {
        Self {
            namespace,
            path,
            entry,
        }
    }

    /// The elements around the items, from the record on.
    pub(super) fn path(&self) -> Vec<Name> {
        let mut path = self.path.to_vec();
        if self.entry.item.is_some() || self.entry.content.is_some() {
            let namespace = self.entry.namespace.unwrap_or(self.namespace);
            path.push(Name::new(namespace, self.entry.name));
        }
        path
    }

    /// The path by local names, and the name of the entry at its end.
    pub(super) fn place(&self) -> (Vec<&'static str>, &'static str) {
        let path = self.path().into_iter().map(|name| name.local).collect();
        let entry = match self.entry.content {
            Some(content) => content.fields.first().map_or("", |field| field.name),
            None => self.entry.name,
        };
        (path, entry)
    }

    /// Whether an element holds the items and nothing else.
    pub(super) fn is_wrapped(&self) -> bool {
        self.entry.item.is_some() || self.entry.content.is_some()
    }

    /// How many items there are at least and at most.
    pub(super) fn bounds(&self) -> (usize, usize) {
        let facets = match self
            .entry
            .content
            .and_then(|content| content.fields.first())
        {
            Some(choice) => &choice.facets,
            None => &self.entry.facets,
        };
        let least = match self.entry.repeated || self.is_wrapped() {
            true => facets.min_occurs,
            false => 0,
        };
        (least, facets.max_occurs)
    }

    /// The entry of one item, and the namespace of what names none.
    pub(super) fn item(&self) -> (Field, &'static str) {
        let own = self.entry.namespace.unwrap_or(self.namespace);
        let (mut item, namespace) = match (self.entry.item, self.entry.content) {
            (Some(name), _) => (self.entry.item_field(name, own), own),
            (None, Some(content)) => {
                let choice = content.fields.first().copied();
                (choice.unwrap_or(self.entry), content.namespace)
            }
            (None, None) => (self.entry, self.namespace),
        };
        item.repeated = false;
        (item, namespace)
    }
}

/// Whether an element is an item, or one whose sender mistook `elementFormDefault`: see
/// `misqualified` in the reader of content.
pub(super) fn takes(item: &Field, default: &str, parent: &str, found: (&str, &str)) -> bool {
    let (namespace, local) = found;
    if item.takes(default, namespace, local) {
        return true;
    }
    matches!(item.kind, Kind::Element)
        && is_same_name(item.name, local)
        && is_misqualified(item.namespace.unwrap_or(default), parent, namespace)
}

/// Whether `found` is a namespace that careless senders use where `expected` is meant.
pub(super) fn is_misqualified(expected: &str, parent: &str, found: &str) -> bool {
    match expected {
        "" => found == parent,
        _ => found.is_empty(),
    }
}
