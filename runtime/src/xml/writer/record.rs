//! Records, as their tables say.

use super::{DEEPEST, Role, Writer};
use crate::shape::{Absent, DEPTH, Field, Kind, Shape};
use crate::simple::Prefixes;
use crate::value::{ContentWriter, Value};
use crate::xml::XSI;
use crate::xml::write_error::WriteErrorKind;

impl Writer {
    /// The start tag of an entry, whose name and namespace are known to be right.
    #[inline]
    pub(crate) fn start_field(&mut self, field: &Field) {
        let namespace = field.namespace.unwrap_or(self.namespace);
        if !self.pending.is_empty() || namespace.is_empty() || self.stack.len() >= DEEPEST {
            self.start(namespace, field.name);
            return;
        }
        self.close_tag();
        let outer = self.bindings.len();
        let index = match self.learned {
            Some((learned, index)) if std::ptr::eq(learned, namespace) => Some(index),
            _ => {
                let index = self.binding_for_element(namespace, "ns");
                self.learned = index.map(|index| (namespace, index));
                index
            }
        };
        self.write_start(index, field.name, outer);
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
                self.attribute_preferring(XSI, "nil", "xsi", "true");
                self.end();
            }
        }
    }

    /// Writes a simple value.
    pub(crate) fn simple(&mut self, field: &Field, text: &str) {
        match self.role {
            Role::Element => {
                self.start_field(field);
                self.text(text);
                self.end();
            }
            Role::Attribute => self.simple_attribute(field, text),
            Role::Text => self.text(text),
        }
    }

    fn simple_attribute(&mut self, field: &Field, text: &str) {
        if matches!(field.kind, Kind::Nil) {
            self.nil = text == "true";
            if self.nil {
                self.attribute_preferring(XSI, "nil", "xsi", "true");
            }
            return;
        }
        self.attribute(field.namespace.unwrap_or_default(), field.name, text);
    }

    /// Writes a simple value that may need prefixes.
    pub(crate) fn simple_with(
        &mut self,
        field: &Field,
        write: impl FnOnce(&mut String, &mut dyn Prefixes),
    ) {
        if self.role == Role::Element {
            self.start_field(field);
        }
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        write(&mut text, self);
        match self.role {
            Role::Element => {
                self.text(&text);
                self.end();
            }
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
            self.content_entry(field, *value);
            self.namespace = shape.namespace;
        }
        self.namespace = outer;
        self.records -= 1;
    }
}
