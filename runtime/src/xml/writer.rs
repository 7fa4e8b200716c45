//! The writer: one buffer of text, and the elements that are open in it.

use std::fmt;

use super::chars::is_ncname;
use super::write_error::{WriteError, WriteErrorKind};
use super::{XML, XSI, escape};
use crate::shape::{Absent, DEPTH, Field, Kind, Shape};
use crate::simple::Prefixes;
use crate::value::{ContentWriter, Value};

/// How deep a document can be that is written, records aside.
const DEEPEST: usize = 1_000;

#[derive(Clone, Debug)]
struct Binding {
    prefix: String,
    namespace: String,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    /// Where the qualified name stands in the buffer.
    start: usize,
    len: usize,
    bindings: usize,
}

/// What the next simple value becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Element,
    Attribute,
    Text,
}

/// Writes one XML document (or fragment) into a string.
///
/// Namespaces are declared where they are first used, with the prefixes `ns`, `ns2`, …, unless
/// [`Writer::declare`] has named others. What cannot be written is kept as an error for
/// [`Writer::finish`].
///
/// ```
/// let mut writer = castile::xml::Writer::new();
/// writer.declare("x", "urn:x");
/// writer.start("urn:x", "a");
/// writer.start("urn:x", "b");
/// writer.text("1 < 2");
/// writer.end();
/// writer.end();
/// assert_eq!(writer.finish()?, r#"<x:a xmlns:x="urn:x"><x:b>1 &lt; 2</x:b></x:a>"#);
/// # Ok::<(), castile::xml::WriteError>(())
/// ```
#[derive(Clone)]
pub struct Writer {
    out: String,
    stack: Vec<Open>,
    bindings: Vec<Binding>,
    /// Declarations for the next start tag.
    pending: Vec<Binding>,
    /// The last start tag has no `>` yet.
    tag_open: bool,
    role: Role,
    namespace: &'static str,
    /// The binding that [`Writer::find`] found last, while `bindings` is as it was.
    learned: Option<(&'static str, usize)>,
    scratch: String,
    /// Records inside each other.
    records: usize,
    error: Option<WriteError>,
}

impl fmt::Debug for Writer {
    /// Never the document: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("path", &self.path())
            .finish_non_exhaustive()
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self {
            out: String::new(),
            stack: Vec::new(),
            // Bound without a declaration.
            bindings: vec![Binding {
                prefix: "xml".to_owned(),
                namespace: XML.to_owned(),
            }],
            pending: Vec::new(),
            tag_open: false,
            role: Role::Element,
            namespace: "",
            learned: None,
            scratch: String::new(),
            records: 0,
            error: None,
        }
    }

    /// Declares a prefix on the next start tag. An empty prefix declares the default namespace.
    pub fn declare(&mut self, prefix: &str, namespace: &str) {
        let valid = (prefix.is_empty() || (is_ncname(prefix) && !namespace.is_empty()))
            && !matches!(prefix, "xml" | "xmlns")
            && !matches!(namespace, XML | super::XMLNS);
        if !valid {
            self.fail(WriteErrorKind::Prefix(prefix.to_owned()));
            return;
        }
        self.pending.retain(|binding| binding.prefix != prefix);
        self.pending.push(Binding {
            prefix: prefix.to_owned(),
            namespace: namespace.to_owned(),
        });
    }

    /// Writes a start tag.
    pub fn start(&mut self, namespace: &str, local: &str) {
        self.start_preferring(namespace, local, "ns");
    }

    /// Writes a start tag; where the namespace has no prefix yet, `preferred` is tried.
    pub(super) fn start_preferring(&mut self, namespace: &str, local: &str, preferred: &str) {
        self.close_tag();
        if self.stack.len() >= DEEPEST {
            self.fail(WriteErrorKind::Depth { allowed: DEEPEST });
        }
        if !is_ncname(local) {
            self.fail(WriteErrorKind::Name(crate::types::bounded(local)));
        }
        if namespace.is_empty() {
            // An element in no namespace cannot declare a default one.
            self.pending.retain(|binding| !binding.prefix.is_empty());
        }
        let outer = self.bindings.len();
        self.bindings.append(&mut self.pending);
        if self.bindings.len() > outer {
            self.learned = None;
        }
        let index = self.binding_for_element(namespace, preferred);
        self.write_start(index, local, outer);
    }

    /// The start tag of an entry, whose name and namespace are known to be right.
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

    fn write_start(&mut self, binding: Option<usize>, local: &str, outer: usize) {
        self.out.push('<');
        let start = self.out.len();
        if let Some(binding) = binding.and_then(|index| self.bindings.get(index))
            && !binding.prefix.is_empty()
        {
            self.out.push_str(&binding.prefix);
            self.out.push(':');
        }
        self.out.push_str(local);
        self.stack.push(Open {
            start,
            len: self.out.len() - start,
            bindings: outer,
        });
        for index in outer..self.bindings.len() {
            self.write_declaration(index);
        }
        self.tag_open = true;
    }

    fn write_declaration(&mut self, index: usize) {
        if let Some(binding) = self.bindings.get(index) {
            self.out.push_str(if binding.prefix.is_empty() {
                " xmlns"
            } else {
                " xmlns:"
            });
            self.out.push_str(&binding.prefix);
            self.out.push_str("=\"");
            let written = escape::attribute(&mut self.out, &binding.namespace);
            self.out.push('"');
            if let Err(character) = written {
                self.fail(WriteErrorKind::Character(character));
            }
        }
    }

    /// The binding for an element, made if need be; `None` for no prefix.
    fn binding_for_element(&mut self, namespace: &str, preferred: &str) -> Option<usize> {
        if namespace.is_empty() {
            let default = self
                .bindings
                .iter()
                .rev()
                .find(|binding| binding.prefix.is_empty());
            if default.is_some_and(|binding| !binding.namespace.is_empty()) {
                return Some(self.bind("", ""));
            }
            return None;
        }
        Some(
            self.find(namespace, true)
                .unwrap_or_else(|| self.bind_free(namespace, preferred)),
        )
    }

    /// Whether a prefix stands for a namespace where the writer is.
    pub(super) fn has_binding(&self, prefix: &str, namespace: &str) -> bool {
        match self
            .bindings
            .iter()
            .rev()
            .find(|binding| binding.prefix == prefix)
        {
            Some(binding) => binding.namespace == namespace,
            None => prefix.is_empty() && namespace.is_empty(),
        }
    }

    /// The innermost binding of a namespace that no other hides.
    fn find(&self, namespace: &str, element: bool) -> Option<usize> {
        let found = self
            .bindings
            .iter()
            .enumerate()
            .rev()
            .find(|(index, binding)| {
                binding.namespace == namespace
                    && (element || !binding.prefix.is_empty())
                    && self.bindings[index + 1..]
                        .iter()
                        .all(|inner| inner.prefix != binding.prefix)
            });
        found.map(|(index, _)| index)
    }

    fn bind(&mut self, prefix: &str, namespace: &str) -> usize {
        self.learned = None;
        let binding = Binding {
            prefix: prefix.to_owned(),
            namespace: namespace.to_owned(),
        };
        self.bindings.push(binding);
        self.bindings.len() - 1
    }

    /// Binds a namespace to a prefix that is not in use.
    fn bind_free(&mut self, namespace: &str, preferred: &str) -> usize {
        let wanted = match namespace {
            XSI => "xsi",
            _ if is_ncname(preferred) && !matches!(preferred, "xml" | "xmlns") => preferred,
            _ => "ns",
        };
        let used = |prefix: &str| self.bindings.iter().any(|binding| binding.prefix == prefix);
        let mut prefix = wanted.to_owned();
        let mut number = 2;
        while used(&prefix) {
            prefix = format!("{wanted}{number}");
            number += 1;
        }
        self.bind(&prefix, namespace)
    }

    /// A prefix for an attribute or a name in content, declared on the open start tag if need be.
    fn prefix_for(&mut self, namespace: &str, preferred: &str) -> String {
        let index = match self.find(namespace, false) {
            Some(index) => index,
            None if self.tag_open => {
                let index = self.bind_free(namespace, preferred);
                self.write_declaration(index);
                index
            }
            None => {
                self.fail(WriteErrorKind::Prefix(preferred.to_owned()));
                return preferred.to_owned();
            }
        };
        self.bindings
            .get(index)
            .map(|binding| binding.prefix.clone())
            .unwrap_or_default()
    }

    /// Writes an attribute of the element whose start tag was written last.
    pub fn attribute(&mut self, namespace: &str, local: &str, value: &str) {
        self.attribute_preferring(namespace, local, "ns", value);
    }

    pub(super) fn attribute_preferring(
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
        } else {
            let prefix = self.prefix_for(namespace, preferred);
            self.out.push(' ');
            self.out.push_str(&prefix);
            self.out.push(':');
        }
        self.out.push_str(local);
        self.out.push_str("=\"");
        let written = escape::attribute(&mut self.out, value);
        self.out.push('"');
        if let Err(character) = written {
            self.fail(WriteErrorKind::Character(character));
        }
    }

    /// Writes text.
    pub fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.close_tag();
        if let Err(character) = escape::text(&mut self.out, text) {
            self.fail(WriteErrorKind::Character(character));
        }
    }

    /// Writes markup as it is. It must be well-formed content that declares its own prefixes.
    pub fn raw(&mut self, markup: &str) {
        if !markup.is_empty() {
            self.close_tag();
            self.out.push_str(markup);
        }
    }

    /// Writes the end tag of the innermost open element.
    pub fn end(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        if self.tag_open {
            self.tag_open = false;
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out
                .extend_from_within(open.start..open.start + open.len);
            self.out.push('>');
        }
        if self.bindings.len() > open.bindings {
            self.learned = None;
            self.bindings.truncate(open.bindings);
        }
    }

    /// Writes a value as an entry says.
    pub fn value(&mut self, field: &Field, value: &dyn Value) {
        value.write_xml(field, self);
    }

    /// The document, or the first error. Elements still open are ended.
    pub fn finish(mut self) -> Result<String, WriteError> {
        while !self.stack.is_empty() {
            self.end();
        }
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out),
        }
    }

    #[inline]
    fn close_tag(&mut self) {
        if self.tag_open {
            self.tag_open = false;
            self.out.push('>');
        }
    }

    #[cold]
    pub(super) fn fail(&mut self, kind: WriteErrorKind) {
        if self.error.is_none() {
            self.error = Some(WriteError {
                path: self.path(),
                kind,
            });
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for open in &self.stack {
            let name = &self.out[open.start..open.start + open.len];
            path.push('/');
            path.push_str(name.rsplit(':').next().unwrap_or_default());
        }
        path
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
            Role::Attribute => {
                self.attribute(field.namespace.unwrap_or_default(), field.name, text);
            }
            Role::Text => self.text(text),
        }
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
            Role::Attribute => {
                self.attribute(field.namespace.unwrap_or_default(), field.name, &text);
            }
            Role::Text => self.text(&text),
        }
        self.scratch = text;
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

impl Prefixes for Writer {
    fn prefix_of(&mut self, namespace: &str, preferred: &str) -> String {
        self.prefix_for(namespace, preferred)
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
        for (field, value) in shape.fields.iter().zip(values) {
            if matches!(field.kind, Kind::Text) {
                self.role = Role::Text;
                value.write_xml(field, self);
                self.role = Role::Element;
            } else {
                value.write_xml(field, self);
            }
            self.namespace = shape.namespace;
        }
        self.namespace = outer;
        self.records -= 1;
    }
}
