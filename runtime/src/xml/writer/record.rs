//! Records, as their tables say.

use super::namespaces::Qualifier;
use super::tags::{self, Tag};
use super::{DEEPEST, Role, Writer};
use crate::shape::{Absent, DEPTH, Field, Kind, Shape};
use crate::simple::{Prefixes, SimpleType};
use crate::value::{ContentWriter, Value};
use crate::xml::write_error::WriteErrorKind;
use crate::xml::{XSI, escape};

/// An element whose start tag is written.
#[derive(Clone, Copy, Debug)]
struct Begun {
    /// Where it begins, and where its text does.
    start: usize,
    text: usize,
    qualifier: Qualifier,
    tag: Option<Tag>,
}

impl Writer {
    /// The start tag of an entry, whose name and namespace are known to be right.
    #[inline]
    pub(crate) fn start_field(&mut self, field: &Field) {
        let Some(qualifier) = self.qualifier_in_scope(field) else {
            return self.start_unlearned(field);
        };
        self.close_tag();
        self.write_start(qualifier, field.name, self.bindings.len());
    }

    /// What stands before the name of an entry, if its namespace is the one that was met last and its
    /// start tag has nothing to declare.
    #[inline]
    fn qualifier_in_scope(&self, field: &Field) -> Option<Qualifier> {
        let namespace = field.namespace.unwrap_or(self.namespace);
        match self.learned {
            Some((learned, qualifier))
                if std::ptr::eq(learned, namespace)
                    && !self.bindings.has_pending()
                    && self.stack.len() < DEEPEST =>
            {
                Some(qualifier)
            }
            _ => None,
        }
    }

    #[inline(never)]
    fn start_unlearned(&mut self, field: &Field) {
        let namespace = field.namespace.unwrap_or(self.namespace);
        self.bind_at_root(namespace, true);
        if self.bindings.has_pending() || self.stack.len() >= DEEPEST {
            return self.start(namespace, field.name);
        }
        self.close_tag();
        let outer = self.bindings.len();
        let qualifier = self.qualifier_for_element(namespace, "ns");
        self.learned = Some((namespace, qualifier));
        self.write_start(qualifier, field.name, outer);
    }

    /// Begins an element of text alone, where its tags are known.
    #[inline(always)]
    fn begin_element(&mut self, field: &Field) -> Option<Begun> {
        let qualifier = self.qualifier_in_scope(field)?;
        if self.type_name.is_some() {
            return None;
        }
        self.close_tag();
        let start = self.out.len();
        let tag = if start > tags::FROM {
            let tag = self.tags.of(field.name, qualifier, &self.bindings);
            self.tags.write_start(tag, &mut self.out);
            Some(tag)
        } else {
            self.bindings.write_start(qualifier, &mut self.out);
            self.out.push_str(field.name);
            self.out.push('>');
            None
        };
        Some(Begun {
            start,
            text: self.out.len(),
            qualifier,
            tag,
        })
    }

    #[inline(always)]
    fn end_element(&mut self, field: &Field, begun: Begun) {
        match begun.tag {
            Some(tag) => self.tags.write_end(tag, &mut self.out),
            None => {
                self.bindings.write_end(begun.qualifier, &mut self.out);
                self.out.push_str(field.name);
                self.out.push('>');
            }
        }
    }

    /// An entry that is an element of text alone.
    fn element(&mut self, field: &Field, text: &str) {
        if !text.is_empty()
            && let Some(begun) = self.begin_element(field)
        {
            if escape::text(&mut self.out, text).is_ok() {
                return self.end_element(field, begun);
            }
            // Once more, for the path of the error.
            self.out.truncate(begun.start);
        }
        self.element_unlearned(field, text);
    }

    #[inline(never)]
    fn element_unlearned(&mut self, field: &Field, text: &str) {
        self.start_field(field);
        self.text(text);
        self.end();
    }

    /// Writes a simple value that makes its text.
    pub(crate) fn simple_value<T: SimpleType>(&mut self, field: &Field, value: &T) {
        if !T::PREFIXED
            && self.role == Role::Element
            && let Some(begun) = self.begin_value(field)
        {
            value.write(&mut self.out);
            self.end_value(field, begun);
        } else {
            self.simple_with(field, T::PREFIXED, |out, prefixes| {
                value.write_in(out, prefixes);
            });
        }
    }

    fn begin_value(&mut self, field: &Field) -> Option<Begun> {
        self.begin_element(field)
    }

    /// Ends an element whose text was written as it is.
    fn end_value(&mut self, field: &Field, begun: Begun) {
        let text = self.out.get(begun.text..).unwrap_or_default();
        if !text.is_empty() && escape::is_plain(text) {
            return self.end_element(field, begun);
        }
        let text = self.out.split_off(begun.text);
        self.out.truncate(begun.start);
        self.element_unlearned(field, &text);
    }

    pub(crate) fn default_namespace(&self) -> &'static str {
        self.namespace
    }

    /// Writes what stands for no value.
    pub(crate) fn absent(&mut self, field: &Field, absent: Absent) {
        if self.role != Role::Element || !field.is_named() {
            return;
        }
        match absent {
            Absent::Auto | Absent::Omit => {}
            Absent::Empty => {
                self.start_field(field);
                self.end();
            }
            Absent::Nil => {
                self.start_field(field);
                self.nil_attribute();
                self.end();
            }
        }
    }

    fn nil_attribute(&mut self) {
        if self.xsi.is_none() {
            self.bind_at_root(XSI, false);
            self.xsi = self.qualifier_for(XSI, "xsi");
        }
        if let Some(qualifier) = self.xsi {
            self.out.push(' ');
            self.out.push_str(self.bindings.qualifier(qualifier));
            self.out.push_str("nil=\"true\"");
        }
    }

    /// Writes a simple value.
    pub(crate) fn simple(&mut self, field: &Field, text: &str) {
        match self.role {
            Role::Element => self.element(field, text),
            Role::Attribute => self.simple_attribute(field, text),
            Role::Text => self.text(text),
        }
    }

    fn simple_attribute(&mut self, field: &Field, text: &str) {
        if matches!(field.kind, Kind::Nil) {
            self.nil = text == "true";
            if self.nil {
                self.nil_attribute();
            }
            return;
        }
        let namespace = field.namespace.unwrap_or_default();
        self.bind_at_root(namespace, false);
        self.attribute(namespace, field.name, text);
    }

    /// Writes a simple value whose text has to be made, and may need prefixes.
    fn simple_with(
        &mut self,
        field: &Field,
        is_prefixed: bool,
        write: impl FnOnce(&mut String, &mut dyn Prefixes),
    ) {
        let is_element = self.role == Role::Element;
        // What needs prefixes may declare them on its element.
        if is_element && is_prefixed {
            self.start_field(field);
        }
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        write(&mut text, self);
        match self.role {
            Role::Element if is_prefixed => {
                self.text(&text);
                self.end();
            }
            Role::Element => self.element(field, &text),
            Role::Attribute => self.simple_attribute(field, &text),
            Role::Text => self.text(&text),
        }
        self.scratch = text;
    }

    /// Writes the value of an entry of content.
    pub(crate) fn content_entry(&mut self, field: &Field, value: &dyn Value) {
        if matches!(field.kind, Kind::Text) {
            self.role = Role::Text;
            value.write_xml(field, self);
            self.role = Role::Element;
        } else {
            value.write_xml(field, self);
        }
    }

    /// Writes a list in a wrapper.
    pub(crate) fn wrapped<'v>(
        &mut self,
        field: &Field,
        item: &'static str,
        values: impl Iterator<Item = &'v dyn Value>,
    ) {
        let namespace = field.namespace.unwrap_or(self.namespace);
        let item = field.item_field(item, namespace);
        self.start_field(field);
        for value in values {
            value.write_xml(&item, self);
        }
        if self.cut.is_some() {
            self.cut_wrapper();
        }
        self.end();
    }
}

impl ContentWriter for Writer {
    fn content(&mut self, shape: &'static Shape, values: &[&dyn Value]) {
        if self.records >= DEPTH {
            self.fail(WriteErrorKind::Depth { allowed: DEPTH });
            return;
        }
        self.records += 1;
        let (attributes, values) = values.split_at(shape.attributes.len().min(values.len()));
        let outer = std::mem::replace(&mut self.namespace, shape.namespace);
        if !attributes.is_empty() {
            self.role = Role::Attribute;
            for (field, value) in shape.attributes.iter().zip(attributes) {
                value.write_xml(field, self);
            }
            self.role = Role::Element;
        }
        // What is nil has attributes alone.
        let values = if std::mem::take(&mut self.nil) {
            &[]
        } else {
            values
        };
        for (field, value) in shape.fields.iter().zip(values) {
            if self.cut.is_some() {
                self.cut_entry(field, *value);
            } else {
                self.content_entry(field, *value);
            }
            self.namespace = shape.namespace;
        }
        self.namespace = outer;
        self.records -= 1;
    }
}
