//! Records, as their tables say.

use super::namespaces::Qualifier;
use super::runs::{self, Run};
use super::{DEEPEST, Open, Role, Writer};
use crate::binding::Name;
use crate::shape::{Absent, DEPTH, Field, Kind, Shape};
use crate::simple::{Prefixes, SimpleType};
use crate::value::{ContentWriter, Value};
use crate::xml::escape;
use crate::xml::write_error::WriteErrorKind;

/// An element whose start tag is written.
#[derive(Clone, Copy, Debug)]
struct Begun {
    /// Where it begins, and where its text does.
    start: usize,
    text: usize,
    run: Run,
}

impl Writer {
    /// The start tag of an entry, whose name and namespace are known to be right.
    #[inline]
    pub(crate) fn start_field(&mut self, field: &Field) {
        let namespace = field.namespace.unwrap_or(self.namespace);
        match self.run_in_scope(namespace, field.name) {
            Some(run) if !self.stack.is_empty() => self.start_run(run),
            // Nothing is learned there.
            _ if self.is_encoded() => self.start_encoded_field(field),
            _ => {
                self.bind_at_root(namespace, true);
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

    #[inline]
    fn start_run(&mut self, run: Run) {
        self.close_tag();
        let start = self.out.len() + 1;
        self.runs.write_open(run, &mut self.out);
        self.stack.push(Open {
            start,
            len: self.out.len() - start,
            bindings: self.bindings.len(),
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
        let qualifier = self.learned.elements.find(namespace)?;
        if self.stack.len() >= DEEPEST {
            return None;
        }
        let kind = runs::Kind::Element;
        self.runs.of(kind, name, qualifier, &self.bindings)
    }

    #[inline(never)]
    fn start_unlearned(&mut self, namespace: &'static str, name: &'static str) {
        if self.bindings.has_pending() || self.stack.len() >= DEEPEST {
            return self.start(namespace, name);
        }
        self.close_tag();
        let outer = self.bindings.len();
        let qualifier = self.qualifier_for_element(namespace, "ns");
        self.learn_element(namespace, qualifier);
        self.write_start(qualifier, name, outer);
    }

    fn learn_element(&mut self, namespace: &'static str, qualifier: Qualifier) {
        if self.learned.elements.find(namespace).is_none() {
            self.learned.elements.learn(namespace, qualifier);
        }
    }

    /// Begins an element of text alone, where its tags are known.
    #[inline(always)]
    fn begin_element(&mut self, field: &Field) -> Option<Begun> {
        let namespace = field.namespace.unwrap_or(self.namespace);
        let run = self.run_in_scope(namespace, field.name)?;
        if self.type_name.is_some() {
            return None;
        }
        self.close_tag();
        let start = self.out.len();
        self.runs.write(run, &mut self.out);
        Some(Begun {
            start,
            text: self.out.len(),
            run,
        })
    }

    /// An entry that is an element of text alone.
    fn element(&mut self, field: &Field, text: &str) {
        if !text.is_empty()
            && let Some(begun) = self.begin_element(field)
        {
            if escape::text(&mut self.out, text).is_ok() {
                return self.runs.write_end(begun.run, &mut self.out);
            }
            // Once more, for the path of the error.
            self.out.truncate(begun.start);
        }
        self.element_unlearned(field, text);
    }

    #[inline(never)]
    fn element_unlearned(&mut self, field: &Field, text: &str) {
        if self.is_encoded() {
            return self.encoded_element(field, text);
        }
        self.start_field(field);
        self.text(text);
        self.end();
    }

    /// Writes a simple value that makes its text.
    pub(crate) fn simple_value<T: SimpleType>(&mut self, field: &Field, value: &T) {
        let is_written = match self.role {
            _ if T::PREFIXED => false,
            Role::Element => match self.begin_element(field) {
                Some(begun) => {
                    value.write(&mut self.out);
                    self.end_value(field, begun, T::PLAIN);
                    true
                }
                None if T::PLAIN => match self.begin_encoded(field) {
                    Some(begun) => {
                        value.write(&mut self.out);
                        self.end_encoded_value(field, &begun);
                        true
                    }
                    None => false,
                },
                None => false,
            },
            Role::Attribute => T::PLAIN && self.plain_attribute(field, value),
            Role::Text => false,
        };
        if !is_written {
            self.simple_with(field, T::PREFIXED, |out, prefixes| {
                value.write_in(out, prefixes);
            });
        }
    }

    /// Ends an element whose text was written as it is.
    #[inline]
    fn end_value(&mut self, field: &Field, begun: Begun, is_plain: bool) {
        let text = self.out.get(begun.text..).unwrap_or_default();
        if !text.is_empty() && (is_plain || escape::is_plain(text)) {
            return self.runs.write_end(begun.run, &mut self.out);
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
                let namespace = field.namespace.unwrap_or(self.namespace);
                if let Some(run) = self.run_in_scope(namespace, field.name)
                    && self.type_name.is_none()
                    && self.nil_element(run)
                {
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
        values: impl ExactSizeIterator<Item = &'v dyn Value>,
    ) {
        let namespace = field.namespace.unwrap_or(self.namespace);
        let item = field.item_field(item, namespace);
        self.encoded_next(false, Some(values.len()));
        self.start_field(field);
        let outer = self.enter_encoded();
        for value in values {
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
                self.namespace = shape.namespace;
            }
        }
        self.namespace = outer;
        self.leave_encoded(around);
        self.records -= 1;
    }
}
