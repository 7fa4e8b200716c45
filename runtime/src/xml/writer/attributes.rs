//! Attributes: those of tables, `xsi:nil`, `xsi:type`, and any other.

use super::buffer::Block;
use super::namespaces::Qualifier;
use super::runs::{self, Run};
use super::{DEEPEST, Writer};
use crate::binding::Name;
use crate::shape::{Field, Kind};
use crate::xml::XSI;
use crate::xml::chars::is_ncname;
use crate::xml::escape::{self, OfAttribute, Short};
use crate::xml::write_error::WriteErrorKind;

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
            self.out.push_str(" ");
        } else if let Some(qualifier) = self.qualifier_for(namespace, preferred) {
            self.out.push_str(" ");
            self.out.push_str(self.kept.bindings.qualifier(qualifier));
        }
        self.out.push_str(local);
        self.out.push_str("=\"");
        let written = escape::attribute(&mut self.out, value);
        self.out.push_str("\"");
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
            Some(namespace) => self.kept.learned.attributes.find(namespace)?,
        };
        let kind = runs::Kind::Attribute;
        self.runs
            .of(kind, field.name, qualifier, &self.kept.bindings)
    }

    /// An entry that is an attribute.
    #[inline(always)]
    pub(super) fn simple_attribute(&mut self, field: &Field, text: &str) {
        if !self.short_attribute(field, OfAttribute(text)) {
            self.attribute_of_any_text(field, text);
        }
    }

    /// Writes an attribute of a short text, where what stands before it is at hand.
    #[inline(always)]
    pub(super) fn short_attribute(&mut self, field: &Field, text: impl Short) -> bool {
        match self.runs.attribute(field.name, 0) {
            Some(tags)
                if field.namespace.is_none_or(str::is_empty)
                    && self.tag_open
                    && !matches!(field.kind, Kind::Nil) =>
            {
                self.out.push_around(&tags.start, text, Block::QUOTE)
            }
            _ => false,
        }
    }

    #[inline(never)]
    fn attribute_of_any_text(&mut self, field: &Field, text: &str) {
        let Some(run) = self.attribute_run(field) else {
            return self.attribute_unlearned(field, text);
        };
        self.runs.write(run, &mut self.out);
        let written = escape::attribute(&mut self.out, text);
        self.out.push_str("\"");
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

    /// What stands before names of attributes in a namespace, bound if need be.
    fn learn_attributes(&mut self, namespace: &'static str) -> Option<Qualifier> {
        if namespace.is_empty() {
            return Some(Qualifier::NONE);
        }
        if let Some(known) = self.kept.learned.attributes.find(namespace) {
            return Some(known);
        }
        let qualifier = match self.bind_at_root(namespace, false) {
            Some(bound) => bound,
            None => self.qualifier_for(namespace, "ns")?,
        };
        self.kept.learned.attributes.learn(namespace, qualifier);
        Some(qualifier)
    }

    pub(super) fn nil_attribute(&mut self) {
        if let Some(qualifier) = self.learn_attributes(XSI) {
            self.begin_attribute(qualifier, "nil");
            self.out.push_str("true\"");
        }
    }

    /// Writes an element that is nil, if its namespace and that of `xsi:nil` were met before.
    pub(super) fn nil_element(&mut self, namespace: &'static str, name: &'static str) -> bool {
        let Some(xsi) = self.kept.learned.attributes.find(XSI) else {
            return false;
        };
        let Some(qualifier) = self.kept.learned.elements.find(namespace) else {
            return false;
        };
        let kind = runs::Kind::Nil;
        let run = self
            .runs
            .of_instance(kind, name, qualifier, xsi, &self.kept.bindings);
        let Some(run) = run.filter(|_| self.stack.len() < DEEPEST) else {
            return false;
        };
        self.close_tag();
        self.runs.write(run, &mut self.out);
        true
    }

    /// An attribute up to its value.
    fn begin_attribute(&mut self, qualifier: Qualifier, name: &'static str) {
        let kind = runs::Kind::Attribute;
        match self.runs.of(kind, name, qualifier, &self.kept.bindings) {
            Some(run) => self.runs.write(run, &mut self.out),
            None => {
                let qualifier = self.kept.bindings.qualifier(qualifier);
                for part in [" ", qualifier, name, "=\""] {
                    self.out.push_str(part);
                }
            }
        }
    }

    /// What stands before names of types in a namespace, bound if need be. Apart from those of
    /// attributes, so that neither is looked for behind the other.
    fn learn_types(&mut self, namespace: &'static str) -> Option<Qualifier> {
        if let Some(known) = self.kept.learned.types.find(namespace) {
            return Some(known);
        }
        let qualifier = self.learn_attributes(namespace)?;
        self.kept.learned.types.learn(namespace, qualifier);
        Some(qualifier)
    }

    /// Writes the type of the element whose start tag was written last.
    pub(super) fn write_type(&mut self, name: Name) {
        let Some(of_type) = self.learn_types(name.namespace) else {
            return;
        };
        let Some(xsi) = self.learn_attributes(XSI) else {
            return;
        };
        let kind = runs::Kind::Type;
        let run = self
            .runs
            .of_instance(kind, name.local, of_type, xsi, &self.kept.bindings);
        match run {
            Some(run) => self.runs.write(run, &mut self.out),
            None => {
                let [xsi, of_type] = [xsi, of_type].map(|one| self.kept.bindings.qualifier(one));
                for part in [" ", xsi, "type=\"", of_type, name.local, "\""] {
                    self.out.push_str(part);
                }
            }
        }
    }
}
