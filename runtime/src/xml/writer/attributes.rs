//! Attributes: those of tables, `xsi:nil`, `xsi:type`, and any other.

use super::Writer;
use super::namespaces::Qualifier;
use super::runs::{self, Run};
use crate::binding::Name;
use crate::shape::{Field, Kind};
use crate::simple::SimpleType;
use crate::xml::chars::is_ncname;
use crate::xml::write_error::WriteErrorKind;
use crate::xml::{XSI, escape};

impl Writer {
    /// Writes an attribute of the element whose start tag was written last.
    pub fn attribute(&mut self, namespace: &str, local: &str, value: &str) {
        self.attribute_preferring(namespace, local, "ns", value);
    }

    pub(crate) fn attribute_preferring(
        &mut self,
        namespace: &str,
        local: &str,
        preferred: &str,
        value: &str,
    ) {
        if !self.tag_open || !is_ncname(local) || (namespace.is_empty() && local == "xmlns") {
            self.fail(WriteErrorKind::Name(crate::types::bounded(local)));
        }
        if namespace.is_empty() {
            self.out.push(' ');
        } else if let Some(qualifier) = self.qualifier_for(namespace, preferred) {
            self.out.push(' ');
            self.out.push_str(self.bindings.qualifier(qualifier));
        }
        self.out.push_str(local);
        self.out.push_str("=\"");
        let written = escape::attribute(&mut self.out, value);
        self.out.push('"');
        if let Err(character) = written {
            self.fail(WriteErrorKind::Character(character));
        }
    }

    /// The beginning of an attribute of a table, if its namespace was met before.
    #[inline(always)]
    fn attribute_run(&mut self, field: &Field) -> Option<Run> {
        if !self.tag_open || matches!(field.kind, Kind::Nil) {
            return None;
        }
        let qualifier = match field.namespace {
            None | Some("") => Qualifier::NONE,
            Some(namespace) => self.learned.attributes.find(namespace)?,
        };
        let kind = runs::Kind::Attribute;
        self.runs.of(kind, field.name, qualifier, &self.bindings)
    }

    /// An entry that is an attribute.
    pub(super) fn simple_attribute(&mut self, field: &Field, text: &str) {
        let Some(run) = self.attribute_run(field) else {
            return self.attribute_unlearned(field, text);
        };
        self.runs.write(run, &mut self.out);
        let written = escape::attribute(&mut self.out, text);
        self.out.push('"');
        if let Err(character) = written {
            self.fail(WriteErrorKind::Character(character));
        }
    }

    #[inline(never)]
    fn attribute_unlearned(&mut self, field: &Field, text: &str) {
        if matches!(field.kind, Kind::Nil) {
            self.nil = text == "true";
            if self.nil {
                self.nil_attribute();
            }
            return;
        }
        let namespace = field.namespace.unwrap_or_default();
        self.learn_attributes(namespace);
        self.attribute(namespace, field.name, text);
    }

    /// Writes an attribute whose value is written without markup, where it can be written in place.
    #[inline(always)]
    pub(super) fn plain_attribute<T: SimpleType>(&mut self, field: &Field, value: &T) -> bool {
        let Some(run) = self.attribute_run(field) else {
            return false;
        };
        self.runs.write(run, &mut self.out);
        value.write(&mut self.out);
        self.out.push('"');
        true
    }

    /// What stands before names of attributes in a namespace, bound if need be.
    fn learn_attributes(&mut self, namespace: &'static str) -> Option<Qualifier> {
        if namespace.is_empty() {
            return Some(Qualifier::NONE);
        }
        if let Some(known) = self.learned.attributes.find(namespace) {
            return Some(known);
        }
        self.bind_at_root(namespace, false);
        let qualifier = self.qualifier_for(namespace, "ns")?;
        self.learned.attributes.learn(namespace, qualifier);
        Some(qualifier)
    }

    pub(super) fn nil_attribute(&mut self) {
        if let Some(qualifier) = self.learn_attributes(XSI) {
            self.begin_attribute(qualifier, "nil");
            self.out.push_str("true\"");
        }
    }

    /// Writes an element of the tags `run` that is nil, if the namespace of `xsi:nil` was met before.
    pub(super) fn nil_element(&mut self, run: Run) -> bool {
        let Some(qualifier) = self.learned.attributes.find(XSI) else {
            return false;
        };
        self.close_tag();
        self.runs.write_open(run, &mut self.out);
        self.begin_attribute(qualifier, "nil");
        self.out.push_str("true\"/>");
        true
    }

    /// An attribute up to its value.
    fn begin_attribute(&mut self, qualifier: Qualifier, name: &'static str) {
        let kind = runs::Kind::Attribute;
        match self.runs.of(kind, name, qualifier, &self.bindings) {
            Some(run) => self.runs.write(run, &mut self.out),
            None => {
                let qualifier = self.bindings.qualifier(qualifier);
                for part in [" ", qualifier, name, "=\""] {
                    self.out.push_str(part);
                }
            }
        }
    }

    /// Writes the type of the element whose start tag was written last.
    pub(super) fn write_type(&mut self, name: Name) {
        let Some(of_type) = self.learn_attributes(name.namespace) else {
            return;
        };
        let Some(xsi) = self.learn_attributes(XSI) else {
            return;
        };
        self.begin_attribute(xsi, "type");
        let kind = runs::Kind::Value;
        match self.runs.of(kind, name.local, of_type, &self.bindings) {
            Some(run) => self.runs.write(run, &mut self.out),
            None => {
                let qualifier = self.bindings.qualifier(of_type);
                for part in [qualifier, name.local, "\""] {
                    self.out.push_str(part);
                }
            }
        }
    }
}
