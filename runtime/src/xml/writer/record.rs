//! Records, as their tables say.

use super::namespaces::Qualifier;
use super::runs::{self, Run};
use super::{Buffer, DEEPEST, Open, Role, Writer};
use crate::binding::Name;
use crate::shape::{Absent, DEPTH, Field, Kind, Shape};
use crate::simple::SimpleType;
use crate::value::{ContentWriter, Items, Value};
use crate::xml::escape::{self, ESCAPED, OfElement, SHORT, Short};
use crate::xml::write_error::WriteErrorKind;

/// A value that is written without markup.
#[derive(Debug)]
struct Written<'v, T>(&'v T);

impl<T> Clone for Written<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Written<'_, T> {}

impl<T: SimpleType> Short for Written<'_, T> {
    #[inline(always)]
    fn put(self, place: &mut [u8; ESCAPED]) -> Option<usize> {
        // An element without text is an empty tag.
        self.0.write_ascii(place).filter(|len| *len > 0)
    }
}

impl Writer {
    /// The start tag of an entry, whose name and namespace are known to be right.
    #[inline]
    pub(crate) fn start_field(&mut self, field: &Field) {
        let namespace = field.namespace.unwrap_or(self.namespace);
        if let Some(prefix) = self.kept.learned.elements.prefix(namespace)
            && let Some(run) = self.runs.element(field.name, prefix)
            && (1..DEEPEST).contains(&self.stack.len())
        {
            return self.start_run(run);
        }
        match self.run_in_scope(namespace, field.name) {
            Some(run) if !self.stack.is_empty() => self.start_run(run),
            // Nothing is learned there.
            _ if self.is_encoded() => self.start_encoded_field(field),
            _ => {
                let _ = self.bind_at_root(namespace, true);
                self.start_unlearned(namespace, field.name);
            }
        }
    }

    /// The start tag of a name of the program, which is known to be right.
    pub(crate) fn start_name(&mut self, name: Name) {
        match self.run_in_scope(name.namespace, name.local) {
            Some(run) if !self.stack.is_empty() => self.start_run(run),
            _ => self.start_unlearned(name.namespace, name.local),
        }
    }

    #[inline(always)]
    fn start_run(&mut self, run: Run) {
        self.close_tag();
        let start = self.out.len() + 1;
        self.runs.write_open(run, &mut self.out);
        self.stack.push(Open {
            start,
            len: self.out.len() - start,
            bindings: self.kept.bindings.len(),
            run: Some(run),
        });
        self.tag_open = true;
        if let Some(name) = self.type_name.take() {
            self.write_type(name);
        }
    }

    /// The tags of an entry, if its namespace was met before and its start tag has nothing to declare.
    #[inline(always)]
    fn run_in_scope(&mut self, namespace: &'static str, name: &'static str) -> Option<Run> {
        let qualifier = self.kept.learned.elements.find(namespace)?;
        if self.stack.len() >= DEEPEST {
            return None;
        }
        let kind = runs::Kind::Element;
        self.runs.of(kind, name, qualifier, &self.kept.bindings)
    }

    #[inline(never)]
    fn start_unlearned(&mut self, namespace: &'static str, name: &'static str) {
        if self.kept.bindings.has_pending() || self.stack.len() >= DEEPEST {
            return self.start(namespace, name);
        }
        self.close_tag();
        let outer = self.kept.bindings.len();
        let qualifier = self.qualifier_for_element(namespace, "ns");
        self.learn_element(namespace, qualifier);
        self.write_start(qualifier, name, outer);
    }

    fn learn_element(&mut self, namespace: &'static str, qualifier: Qualifier) {
        if self.kept.learned.elements.find(namespace).is_none() {
            self.kept.learned.elements.learn(namespace, qualifier);
        }
    }

    /// An entry that is an element of text alone.
    #[inline(always)]
    fn element(&mut self, field: &Field, text: &str) {
        if text.is_empty() || !self.short_element(field, OfElement(text)) {
            self.element_of_any_text(field, text);
        }
    }

    /// Writes an element of a short text, where its tags are at hand.
    #[inline(always)]
    fn short_element(&mut self, field: &Field, text: impl Short) -> bool {
        let namespace = field.namespace.unwrap_or(self.namespace);
        if let Some(prefix) = self.kept.learned.elements.prefix(namespace)
            && let Some(run) = self.runs.element(field.name, prefix)
            && let Some(tags) = self.runs.tags(run)
            && self.stack.len() < DEEPEST
            && self.type_name.is_none()
        {
            if self.tag_open {
                self.tag_open = false;
                self.out.push_byte(b'>');
            }
            return self.out.push_around(&tags.start, text, &tags.end);
        }
        false
    }

    #[inline(never)]
    fn element_of_any_text(&mut self, field: &Field, text: &str) {
        if self.is_encoded() {
            return self.encoded_element(field, text);
        }
        let is_written =
            !text.is_empty() && self.long_element(field, |out| escape::text(out, text).is_ok());
        if !is_written {
            self.start_field(field);
            self.text(text);
            self.end();
        }
    }

    /// Writes an element of the text that `write` appends, where its tags are known.
    #[inline(always)]
    fn long_element(&mut self, field: &Field, write: impl FnOnce(&mut Buffer) -> bool) -> bool {
        let namespace = field.namespace.unwrap_or(self.namespace);
        let Some(run) = self.run_in_scope(namespace, field.name) else {
            return false;
        };
        if self.type_name.is_some() {
            return false;
        }
        self.close_tag();
        let start = self.out.len();
        self.runs.write(run, &mut self.out);
        let text = self.out.len();
        let is_written = write(&mut self.out) && self.out.len() > text;
        match is_written {
            true => self.runs.write_end(run, &mut self.out),
            // In another way, for an empty tag or the path of an error.
            false => self.out.truncate(start),
        }
        is_written
    }

    /// Writes a simple value that makes its text.
    pub(crate) fn simple_value<T: SimpleType>(&mut self, field: &Field, value: &T) {
        if T::PREFIXED {
            return self.prefixed_value(field, value);
        }
        if T::PLAIN && self.ascii_value(field, value) {
            return;
        }
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        value.write(&mut text);
        self.simple(field, &text);
        self.scratch = text;
    }

    /// Writes a simple value where it stands, if it can.
    #[inline(always)]
    fn ascii_value<T: SimpleType>(&mut self, field: &Field, value: &T) -> bool {
        let room = value.ascii_room();
        if room > SHORT {
            let write = |out: &mut Buffer| out.push_written(room, |place| value.write_ascii(place));
            return self.role == Role::Element && self.long_element(field, write);
        }
        let written = Written(value);
        match self.role {
            Role::Element => {
                self.short_element(field, written) || self.short_encoded_element(field, written)
            }
            Role::Attribute => self.short_attribute(field, written),
            Role::Text => false,
        }
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
                let namespace = field.namespace.unwrap_or(self.namespace);
                if self.type_name.is_none() && self.nil_element(namespace, field.name) {
                    return;
                }
                self.encoded_next(true, None);
                self.start_field(field);
                self.nil_attribute();
                self.end();
            }
        }
        self.encoded_passed();
    }

    /// Writes a simple value.
    pub(crate) fn simple(&mut self, field: &Field, text: &str) {
        match self.role {
            Role::Element => self.element(field, text),
            Role::Attribute => self.simple_attribute(field, text),
            Role::Text => self.text(text),
        }
    }

    /// Writes a simple value whose text may need prefixes.
    fn prefixed_value<T: SimpleType>(&mut self, field: &Field, value: &T) {
        // They may be declared on its element.
        let is_element = self.role == Role::Element;
        if is_element {
            self.start_field(field);
        }
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        value.write_in(&mut text, self);
        match self.role {
            Role::Element | Role::Text => self.text(&text),
            Role::Attribute => self.simple_attribute(field, &text),
        }
        if is_element {
            self.end();
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
    pub(crate) fn wrapped(&mut self, field: &Field, item: &'static str, items: &dyn Items) {
        let namespace = field.namespace.unwrap_or(self.namespace);
        let item = field.item_field(item, namespace);
        self.encoded_next(false, Some(items.count()));
        self.start_field(field);
        let outer = self.enter_encoded();
        for value in items.values() {
            value.write_xml(&item, self);
        }
        if self.cut.is_some() {
            self.cut_wrapper();
        }
        self.leave_encoded(outer);
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
        let around = self.enter_encoded();
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
        if self.cut.is_some() {
            self.cut_content(shape, values);
        } else {
            for (field, value) in shape.fields.iter().zip(values) {
                self.content_entry(field, *value);
            }
        }
        self.namespace = outer;
        self.leave_encoded(around);
        self.records -= 1;
    }
}
