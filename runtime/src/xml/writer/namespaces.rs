//! The prefixes of namespaces: which are bound, and new ones.

use super::Writer;
use crate::simple::Prefixes;
use crate::xml::chars::is_ncname;
use crate::xml::write_error::WriteErrorKind;
use crate::xml::{XML, XMLNS, XSI, escape};

/// A prefix and what it stands for: where they stand among the texts of [`Bindings`].
#[derive(Clone, Copy, Debug)]
struct Binding {
    qualifier: Qualifier,
    /// Where the namespace ends; it begins where the qualifier does.
    end: usize,
}

/// What stands before a local name in tags, as it is copied: `</`, prefix and colon for an end tag,
/// then `<`, prefix and colon for a start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Qualifier {
    at: usize,
    /// The length of the prefix with its colon.
    len: usize,
    /// Which binding of this document it is; no other gets its number.
    pub(super) number: usize,
}

impl Qualifier {
    /// For names without a prefix; it stands before all others.
    pub(super) const NONE: Self = Self {
        at: 0,
        len: 0,
        number: 0,
    };

    const fn start(self) -> usize {
        self.at + 2 + self.len
    }

    const fn end(self) -> usize {
        self.start() + 1 + self.len
    }
}

/// All bindings in scope, the innermost last, with their texts in one buffer.
#[derive(Clone, Debug)]
pub(super) struct Bindings {
    texts: String,
    /// How many there have been.
    count: usize,
    bound: Vec<Binding>,
    /// Those of the next start tag.
    pending: Vec<Binding>,
}

impl Bindings {
    pub(super) fn new() -> Self {
        let mut bindings = Self {
            texts: String::with_capacity(512),
            count: 0,
            bound: Vec::with_capacity(8),
            pending: Vec::with_capacity(4),
        };
        bindings.texts.push_str("</<");
        // Bound without a declaration.
        let xml = bindings.text("xml", XML);
        bindings.bound.push(xml);
        bindings
    }

    fn text(&mut self, prefix: &str, namespace: &str) -> Binding {
        let at = self.texts.len();
        let colon = if prefix.is_empty() { "" } else { ":" };
        for text in ["</", prefix, colon, "<", prefix, colon, namespace] {
            self.texts.push_str(text);
        }
        self.count += 1;
        Binding {
            qualifier: Qualifier {
                at,
                len: prefix.len() + colon.len(),
                number: self.count,
            },
            end: self.texts.len(),
        }
    }

    fn prefix(&self, binding: &Binding) -> &str {
        let qualified = self.qualifier(binding.qualifier);
        qualified.strip_suffix(':').unwrap_or(qualified)
    }

    fn namespace(&self, binding: &Binding) -> &str {
        self.texts
            .get(binding.qualifier.end()..binding.end)
            .unwrap_or_default()
    }

    /// The prefix with its colon.
    pub(super) fn qualifier(&self, qualifier: Qualifier) -> &str {
        let start = qualifier.start() + 1;
        self.texts
            .get(start..start + qualifier.len)
            .unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.bound.len()
    }

    pub(super) fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// The innermost binding of a prefix.
    fn of_prefix(&self, prefix: &str) -> Option<&Binding> {
        let mut inner = self.bound.iter().rev();
        inner.find(|binding| self.prefix(binding) == prefix)
    }

    /// Ends the scope of all but the first `outer`.
    #[cold]
    pub(super) fn truncate(&mut self, outer: usize) {
        self.bound.truncate(outer);
        let ends = self.bound.iter().chain(&self.pending).map(|one| one.end);
        let end = ends.max().unwrap_or_default();
        self.texts.truncate(end);
    }

    /// Appends `<`, prefix and colon.
    #[inline]
    pub(super) fn write_start(&self, qualifier: Qualifier, out: &mut String) {
        push_block(out, &self.texts, qualifier.start(), 1 + qualifier.len);
    }

    /// Appends `</`, prefix and colon.
    #[inline]
    pub(super) fn write_end(&self, qualifier: Qualifier, out: &mut String) {
        push_block(out, &self.texts, qualifier.at, 2 + qualifier.len);
    }
}

/// Appends `len` bytes of `texts`. Sixteen bytes are copied by two instructions, fewer or more by a
/// call: what is too much is taken off again.
#[inline(always)]
fn push_block(out: &mut String, texts: &str, at: usize, len: usize) {
    const BLOCK: usize = 16;
    match texts.get(at..at + BLOCK) {
        Some(block) if len <= BLOCK => {
            let end = out.len() + len;
            out.push_str(block);
            out.truncate(end);
        }
        _ => out.push_str(texts.get(at..at + len).unwrap_or_default()),
    }
}

impl Writer {
    /// Declares a prefix on the next start tag. An empty prefix declares the default namespace.
    pub fn declare(&mut self, prefix: &str, namespace: &str) {
        let valid = (prefix.is_empty() || (is_ncname(prefix) && !namespace.is_empty()))
            && !matches!(prefix, "xml" | "xmlns")
            && !matches!(namespace, XML | XMLNS);
        if !valid {
            self.fail(WriteErrorKind::Prefix(prefix.to_owned()));
            return;
        }
        let binding = self.bindings.text(prefix, namespace);
        let mut pending = std::mem::take(&mut self.bindings.pending);
        pending.retain(|other| self.bindings.prefix(other) != prefix);
        pending.push(binding);
        self.bindings.pending = pending;
    }

    /// Another binding may hide those that were learned.
    pub(super) fn forget(&mut self) {
        self.learned = None;
        self.xsi = None;
    }

    /// Brings what was declared for the next start tag into scope. An element in no namespace cannot
    /// declare a default one.
    pub(super) fn bind_pending(&mut self, is_qualified: bool) {
        let mut pending = std::mem::take(&mut self.bindings.pending);
        if !is_qualified {
            pending.retain(|binding| binding.qualifier.len > 0);
        }
        self.bindings.bound.append(&mut pending);
        self.bindings.pending = pending;
        self.forget();
    }

    pub(super) fn write_declaration(&mut self, index: usize) {
        let Self { bindings, out, .. } = self;
        if let Some(binding) = bindings.bound.get(index) {
            let prefix = bindings.prefix(binding);
            out.push_str(if prefix.is_empty() {
                " xmlns"
            } else {
                " xmlns:"
            });
            out.push_str(prefix);
            out.push_str("=\"");
            let written = escape::attribute(out, bindings.namespace(binding));
            out.push('"');
            if let Err(character) = written {
                self.fail(WriteErrorKind::Character(character));
            }
        }
    }

    /// What stands before the name of an element, bound if need be.
    pub(super) fn qualifier_for_element(&mut self, namespace: &str, preferred: &str) -> Qualifier {
        if namespace.is_empty() {
            let default = self.bindings.of_prefix("");
            if default.is_some_and(|binding| !self.bindings.namespace(binding).is_empty()) {
                self.bind("", "");
            }
            return Qualifier::NONE;
        }
        let index = self
            .find(namespace, true)
            .unwrap_or_else(|| self.bind_free(namespace, preferred));
        self.qualifier_at(index)
    }

    fn qualifier_at(&self, index: usize) -> Qualifier {
        let binding = self.bindings.bound.get(index);
        binding.map_or(Qualifier::NONE, |binding| binding.qualifier)
    }

    /// Whether a prefix stands for a namespace where the writer is.
    pub(crate) fn has_binding(&self, prefix: &str, namespace: &str) -> bool {
        match self.bindings.of_prefix(prefix) {
            Some(binding) => self.bindings.namespace(binding) == namespace,
            None => prefix.is_empty() && namespace.is_empty(),
        }
    }

    /// The innermost binding of a namespace that no other hides.
    fn find(&self, namespace: &str, element: bool) -> Option<usize> {
        let all = &self.bindings;
        let found = all.bound.iter().enumerate().rev().find(|(index, binding)| {
            all.namespace(binding) == namespace
                && (element || binding.qualifier.len > 0)
                && all.bound[index + 1..]
                    .iter()
                    .all(|inner| all.prefix(inner) != all.prefix(binding))
        });
        found.map(|(index, _)| index)
    }

    fn bind(&mut self, prefix: &str, namespace: &str) -> usize {
        self.forget();
        let binding = self.bindings.text(prefix, namespace);
        self.bindings.bound.push(binding);
        self.bindings.len() - 1
    }

    /// Binds a namespace to a prefix that is not in use.
    fn bind_free(&mut self, namespace: &str, preferred: &str) -> usize {
        let wanted = match namespace {
            XSI => "xsi",
            _ if is_ncname(preferred) && !matches!(preferred, "xml" | "xmlns") => preferred,
            _ => "ns",
        };
        let mut prefix = wanted.to_owned();
        let mut number = 2;
        while self.bindings.of_prefix(&prefix).is_some() {
            prefix = format!("{wanted}{number}");
            number += 1;
        }
        self.bind(&prefix, namespace)
    }

    /// Sees to it that a namespace of a table has a prefix. A new one is declared at the root, so that
    /// what comes after need not declare it again.
    pub(in crate::xml) fn bind_at_root(&mut self, namespace: &str, element: bool) {
        let is_in_root = match self.stack.len() {
            0 => false,
            1 => element || !self.tag_open,
            _ => true,
        };
        if !is_in_root
            || self.sealed
            || namespace.is_empty()
            || self.find(namespace, element).is_some()
        {
            return;
        }
        let index = self.bind_free(namespace, "ns");
        let from = self.out.len();
        self.write_declaration(index);
        let declaration = self.out.split_off(from);
        self.late.push_str(&declaration);
        // Among those of the root, not of the elements inside.
        if let Some(binding) = self.bindings.bound.pop() {
            let place = self.root.bindings;
            self.bindings.bound.insert(place, binding);
            self.root.bindings += 1;
            let inside = self.stack.iter_mut().skip(1);
            inside.for_each(|open| open.bindings += 1);
        }
    }

    /// Puts what was declared late into the start tag of the root, which has just ended.
    #[cold]
    pub(super) fn declare_late(&mut self) {
        self.out.insert_str(self.root.tag, &self.late);
        self.late.clear();
    }

    /// The prefix with its colon for an attribute or a name in content, declared on the open start tag
    /// if need be; `None` where it cannot be.
    pub(super) fn qualifier_for(&mut self, namespace: &str, preferred: &str) -> Option<Qualifier> {
        let index = match self.find(namespace, false) {
            Some(index) => index,
            None if self.tag_open => {
                let index = self.bind_free(namespace, preferred);
                self.write_declaration(index);
                index
            }
            None => {
                self.fail(WriteErrorKind::Prefix(preferred.to_owned()));
                return None;
            }
        };
        Some(self.qualifier_at(index))
    }
}

impl Prefixes for Writer {
    fn prefix_of(&mut self, namespace: &str, preferred: &str) -> String {
        match self.qualifier_for(namespace, preferred) {
            Some(qualifier) => {
                let qualifier = self.bindings.qualifier(qualifier);
                qualifier.trim_end_matches(':').to_owned()
            }
            None => preferred.to_owned(),
        }
    }
}
