//! Tables laid beside the types of the encoding.

use super::{Encoded, is_element};
use crate::binding::Name;
use crate::shape::{Field, Shape};
use crate::soap::encoding::{Content, Member};
use crate::xml::scope::Attribute;

/// A table: that of a record, or that of the items of a list.
#[derive(Clone, Copy, Debug)]
pub(in crate::xml::content) enum Key {
    Shape(&'static Shape),
    /// By the name and the namespace of the items.
    Item(&'static str, &'static str),
}

impl Key {
    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Shape(one), Self::Shape(other)) => std::ptr::eq(one, other),
            (Self::Item(name, namespace), Self::Item(other, of_other)) => {
                std::ptr::eq(name, other) && std::ptr::eq(namespace, of_other)
            }
            _ => false,
        }
    }
}

/// A table beside a type.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    key: Key,
    content: Content,
    /// Where its entries begin; `None` where table and type are not alike.
    first: Option<usize>,
}

/// An entry of a table beside a member of a struct, or the item of an array.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    declared: Name,
    /// The start tags that were met last: that of an element that holds something, and of a nil one.
    pub(super) tags: [Tag<'a>; 2],
}

/// A start tag as it stands in the document, and what it means.
#[derive(Clone, Debug)]
pub(super) struct Tag<'a> {
    /// From `<` to `>`; empty for none.
    pub(super) text: &'a str,
    /// The state of the declarations: in another one it may mean something else.
    pub(super) scope: usize,
    /// Its qualified name, and the prefix of that.
    pub(super) name: usize,
    pub(super) prefix: usize,
    pub(super) is_empty: bool,
    pub(super) is_nil: bool,
    pub(super) content: Content,
    /// The `xsi:type` that chooses a derived type.
    pub(super) kept: Option<Attribute<'a>>,
}

impl Tag<'_> {
    const NONE: Self = Self {
        text: "",
        scope: usize::MAX,
        name: 0,
        prefix: 0,
        is_empty: false,
        is_nil: false,
        content: Content::Any,
        kept: None,
    };
}

fn is_same(one: Content, other: Content) -> bool {
    match (one, other) {
        (Content::Struct(one), Content::Struct(other)) => std::ptr::eq(one, other),
        (Content::Array(one), Content::Array(other)) => std::ptr::eq(one, other),
        _ => false,
    }
}

impl Encoded<'_> {
    /// Where the entries for a table and a type begin; `None` where these are not alike, entry by
    /// entry.
    pub(super) fn plan(
        &mut self,
        key: Key,
        content: Content,
        namespace: &'static str,
        fields: &[Field],
    ) -> Option<usize> {
        let mut plans = self.plans.iter();
        if let Some(plan) = plans.find(|plan| plan.key.is(key) && is_same(plan.content, content)) {
            return plan.first;
        }
        let members = match content {
            Content::Struct(members) => members,
            Content::Array(item) => std::slice::from_ref(item),
            Content::Simple | Content::Any => &[],
        };
        let is_array = matches!(content, Content::Array(_));
        let fits = |(field, member): (&Field, &Member)| {
            is_element(field)
                && member.is(field.namespace.unwrap_or(namespace), field.name)
                && (field.repeated || !is_array)
        };
        // Names that differ in their namespaces alone are for the slow path to tell apart.
        let is_ambiguous = |(index, field): (usize, &Field)| {
            let mut before = fields.iter().take(index);
            before.any(|other| other.name == field.name)
        };
        let is_alike = fields.len() == members.len()
            && fields.iter().zip(members).all(fits)
            && !fields.iter().enumerate().any(is_ambiguous);
        let first = is_alike.then_some(self.entries.len());
        if is_alike {
            self.entries.extend(members.iter().map(|member| Entry {
                declared: member.type_name(),
                tags: [Tag::NONE, Tag::NONE],
            }));
        }
        self.plans.push(Plan {
            key,
            content,
            first,
        });
        first
    }

    /// The declared type of an entry.
    pub(super) fn declared(&self, index: usize) -> Option<Name> {
        self.entries.get(index).map(|entry| entry.declared)
    }

    pub(super) fn content(&self, declared: Name, named: Option<(&str, &str)>) -> Content {
        self.encoding.content(declared, named)
    }
}
