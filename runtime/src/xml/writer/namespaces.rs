//! The prefixes of namespaces: which are bound, and new ones.

use super::{Buffer, Kept, Writer};
use crate::simple::Prefixes;
use crate::xml::chars::is_ncname;
use crate::xml::write_error::WriteErrorKind;
use crate::xml::{XML, XMLNS, XSI, escape};

/// A prefix and what it stands for: where they stand among the texts of [`Bindings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Binding {
    qualifier: Qualifier,
    /// Where the namespace ends; it begins where the qualifier does.
    end: usize,
}

/// What stands before a local name: the prefix and its colon, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Qualifier {
    at: usize,
    len: usize,
    /// The number of the prefix, if it has one; zero for none.
    pub(super) prefix: Option<u16>,
}

impl Qualifier {
    /// For names without a prefix.
    pub(super) const NONE: Self = Self {
        at: 0,
        len: 0,
        prefix: Some(0),
    };
}

/// All bindings in scope, the innermost last, with their texts in one buffer.
#[derive(Clone, Debug)]
pub(super) struct Bindings {
    texts: String,
    bound: Vec<Binding>,
    /// Those of the next start tag.
    pending: Vec<Binding>,
    /// Prefixes by their numbers, from 1. They keep them from one document to the next.
    prefixes: Vec<Box<str>>,
}

/// The bindings in scope, apart from the rest.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    texts: String,
    bound: Vec<Binding>,
}

/// What a start tag has added to the bindings, for another that adds the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Added {
    /// Where its text begins among the others.
    at: usize,
    text: Box<str>,
    binding: Option<Binding>,
}

/// The first binding that the last document added to its root, and the bindings that there were then:
/// where the same are in scope, the same is added.
#[derive(Clone, Debug, Default)]
pub(super) struct AtRoot {
    namespace: &'static str,
    element: bool,
    before: Scope,
    added: Added,
    declaration: Buffer,
}

/// More prefixes than this have no numbers.
const PREFIXES: usize = 64;

impl Default for Bindings {
    fn default() -> Self {
        let mut bindings = Self {
            texts: String::with_capacity(512),
            bound: Vec::with_capacity(8),
            pending: Vec::with_capacity(4),
            prefixes: Vec::new(),
        };
        // Bound without a declaration.
        bindings.push("xml", XML);
        bindings
    }
}

impl Bindings {
    /// Forgets what a document has declared.
    pub(super) fn clear(&mut self) {
        self.pending.clear();
        self.truncate(1);
    }

    /// Whether further prefixes would have no numbers.
    pub(super) fn is_full(&self) -> bool {
        self.prefixes.len() >= PREFIXES
    }

    /// What is bound.
    pub(super) fn scope(&self) -> Scope {
        Scope {
            texts: self.texts.clone(),
            bound: self.bound.clone(),
        }
    }

    fn is(&self, scope: &Scope) -> bool {
        self.bound == scope.bound && self.texts == scope.texts
    }

    /// Goes on with what was bound in another document.
    pub(super) fn resume(&mut self, scope: &Scope) {
        self.texts.clone_from(&scope.texts);
        self.bound.clone_from(&scope.bound);
    }

    /// What was added to the first `outer`, if it is not more than one binding.
    pub(super) fn added(&self, outer: usize) -> Option<Added> {
        let binding = match self.bound.get(outer..)? {
            [] => return Some(Added::default()),
            [binding] => *binding,
            _ => return None,
        };
        let at = binding.qualifier.at;
        let text = self
            .texts
            .get(at..)
            .filter(|_| binding.end == self.texts.len())?;
        Some(Added {
            at,
            text: text.into(),
            binding: Some(binding),
        })
    }

    /// Adds the same again, if it has the same place.
    pub(super) fn add(&mut self, added: &Added) -> bool {
        let Some(binding) = added.binding else {
            return true;
        };
        let fits = self.texts.len() == added.at;
        if fits {
            self.texts.push_str(&added.text);
            self.bound.push(binding);
        }
        fits
    }

    fn text(&mut self, prefix: &str, namespace: &str) -> Binding {
        let at = self.texts.len();
        let colon = if prefix.is_empty() { "" } else { ":" };
        for text in [prefix, colon, namespace] {
            self.texts.push_str(text);
        }
        Binding {
            qualifier: Qualifier {
                at,
                len: prefix.len() + colon.len(),
                prefix: self.number(prefix),
            },
            end: self.texts.len(),
        }
    }

    fn number(&mut self, prefix: &str) -> Option<u16> {
        if prefix.is_empty() {
            return Some(0);
        }
        let known = self.prefixes.iter().position(|known| **known == *prefix);
        let index = known.or_else(|| {
            let is_room = self.prefixes.len() < PREFIXES;
            is_room.then(|| self.prefixes.push(prefix.into()))?;
            Some(self.prefixes.len() - 1)
        })?;
        u16::try_from(index + 1).ok()
    }

    /// Binds a prefix in the innermost scope.
    pub(super) fn push(&mut self, prefix: &str, namespace: &str) -> Qualifier {
        let binding = self.text(prefix, namespace);
        self.bound.push(binding);
        binding.qualifier
    }

    fn prefix(&self, binding: &Binding) -> &str {
        let qualified = self.qualifier(binding.qualifier);
        qualified.strip_suffix(':').unwrap_or(qualified)
    }

    fn namespace(&self, binding: &Binding) -> &str {
        let start = binding.qualifier.at + binding.qualifier.len;
        self.texts.get(start..binding.end).unwrap_or_default()
    }

    /// Whether a binding is one of this namespace.
    fn is_of(&self, binding: &Binding, namespace: &str) -> bool {
        let start = binding.qualifier.at + binding.qualifier.len;
        // A length is compared sooner than a text is found.
        start + namespace.len() == binding.end && self.namespace(binding) == namespace
    }

    /// The prefix with its colon.
    #[inline]
    pub(super) fn qualifier(&self, qualifier: Qualifier) -> &str {
        let end = qualifier.at + qualifier.len;
        self.texts.get(qualifier.at..end).unwrap_or_default()
    }

    /// Appends the declaration of a binding. Gives the first character that XML does not know.
    fn declare(&self, index: usize, out: &mut Buffer) -> Result<(), char> {
        let Some(binding) = self.bound.get(index) else {
            return Ok(());
        };
        let prefix = self.prefix(binding);
        out.push_str(if prefix.is_empty() {
            " xmlns"
        } else {
            " xmlns:"
        });
        out.push_str(prefix);
        out.push_str("=\"");
        let written = escape::attribute(out, self.namespace(binding));
        out.push_str("\"");
        written
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
        self.forget();
        let binding = self.kept.bindings.text(prefix, namespace);
        let mut pending = std::mem::take(&mut self.kept.bindings.pending);
        pending.retain(|other| self.kept.bindings.prefix(other) != prefix);
        pending.push(binding);
        self.kept.bindings.pending = pending;
    }

    /// Another binding may hide those that were learned.
    pub(super) fn forget(&mut self) {
        self.kept.learned.forget();
    }

    /// Brings what was declared for the next start tag into scope. An element in no namespace cannot
    /// declare a default one.
    pub(super) fn bind_pending(&mut self, is_qualified: bool) {
        let mut pending = std::mem::take(&mut self.kept.bindings.pending);
        if !is_qualified {
            pending.retain(|binding| binding.qualifier.len > 0);
        }
        self.kept.bindings.bound.append(&mut pending);
        self.kept.bindings.pending = pending;
        self.forget();
    }

    pub(super) fn write_declaration(&mut self, index: usize) {
        if let Err(character) = self.kept.bindings.declare(index, &mut self.out) {
            self.fail(WriteErrorKind::Character(character));
        }
    }

    /// What stands before the name of an element, bound if need be.
    pub(super) fn qualifier_for_element(&mut self, namespace: &str, preferred: &str) -> Qualifier {
        if namespace.is_empty() {
            let default = self.kept.bindings.of_prefix("");
            if default.is_some_and(|binding| !self.kept.bindings.namespace(binding).is_empty()) {
                self.forget();
                self.kept.bindings.push("", "");
            }
            return Qualifier::NONE;
        }
        let index = self
            .find(namespace, true)
            .unwrap_or_else(|| self.bind_free(namespace, preferred));
        self.qualifier_at(index)
    }

    /// Learns the prefixes that names in a namespace have, where it is bound.
    pub(super) fn learn_bound(&mut self, namespace: &'static str) {
        if let Some(index) = self.find(namespace, true) {
            let qualifier = self.qualifier_at(index);
            self.kept.learned.elements.learn(namespace, qualifier);
        }
        if let Some(index) = self.find(namespace, false) {
            let qualifier = self.qualifier_at(index);
            self.kept.learned.attributes.learn(namespace, qualifier);
        }
    }

    fn qualifier_at(&self, index: usize) -> Qualifier {
        let binding = self.kept.bindings.bound.get(index);
        binding.map_or(Qualifier::NONE, |binding| binding.qualifier)
    }

    /// Whether a prefix stands for a namespace where the writer is.
    pub(crate) fn has_binding(&self, prefix: &str, namespace: &str) -> bool {
        match self.kept.bindings.of_prefix(prefix) {
            Some(binding) => self.kept.bindings.namespace(binding) == namespace,
            None => prefix.is_empty() && namespace.is_empty(),
        }
    }

    /// The innermost binding of a namespace that no other hides.
    pub(super) fn find(&self, namespace: &str, element: bool) -> Option<usize> {
        let all = &self.kept.bindings;
        let found = all.bound.iter().enumerate().rev().find(|(index, binding)| {
            all.is_of(binding, namespace)
                && (element || binding.qualifier.len > 0)
                && all.bound[index + 1..]
                    .iter()
                    .all(|inner| all.prefix(inner) != all.prefix(binding))
        });
        found.map(|(index, _)| index)
    }

    /// Binds a namespace to a prefix that is not in use.
    fn bind_free(&mut self, namespace: &str, preferred: &str) -> usize {
        let wanted = match namespace {
            XSI => "xsi",
            _ if is_ncname(preferred) && !matches!(preferred, "xml" | "xmlns") => preferred,
            _ => "ns",
        };
        // What is not in use hides nothing, but elements may come to be in its namespace.
        if self.find(namespace, true).is_some() {
            self.forget();
        }
        if self.kept.bindings.of_prefix(wanted).is_none() {
            self.kept.bindings.push(wanted, namespace);
            return self.kept.bindings.len() - 1;
        }
        let mut prefix = format!("{wanted}2");
        let mut number = 3;
        while self.kept.bindings.of_prefix(&prefix).is_some() {
            prefix = format!("{wanted}{number}");
            number += 1;
        }
        self.kept.bindings.push(&prefix, namespace);
        self.kept.bindings.len() - 1
    }

    /// Sees to it that a namespace of a table has a prefix. A new one is declared at the root, so that
    /// what comes after need not declare it again. Gives what it has bound.
    pub(super) fn bind_at_root(
        &mut self,
        namespace: &'static str,
        element: bool,
    ) -> Option<Qualifier> {
        let is_in_root = match self.stack.len() {
            0 => false,
            1 => element || !self.tag_open,
            _ => true,
        };
        if !is_in_root || self.sealed || namespace.is_empty() {
            return None;
        }
        let again = self.bind_again(namespace, element);
        if again.is_some() || self.find(namespace, element).is_some() {
            return again;
        }
        // What makes others forgotten is not for another time.
        let is_first = self.kept.late.is_empty() && self.find(namespace, true).is_none();
        if is_first {
            let Kept {
                at_root, bindings, ..
            } = &mut *self.kept;
            at_root.namespace = "";
            at_root.before.texts.clone_from(&bindings.texts);
            at_root.before.bound.clone_from(&bindings.bound);
        }
        let outer = self.kept.bindings.len();
        let index = self.bind_free(namespace, "ns");
        if let Err(character) = self.kept.bindings.declare(index, &mut self.kept.late) {
            self.fail(WriteErrorKind::Character(character));
        } else if let Some(added) = self.kept.bindings.added(outer).filter(|_| is_first) {
            let Kept { at_root, late, .. } = &mut *self.kept;
            at_root.added = added;
            (at_root.namespace, at_root.element) = (namespace, element);
            at_root.declaration.clone_from(late);
        }
        self.move_to_root()
    }

    /// Binds what the last document has bound first, if this is the same.
    fn bind_again(&mut self, namespace: &'static str, element: bool) -> Option<Qualifier> {
        let again = std::ptr::eq(self.kept.at_root.namespace, namespace)
            && self.kept.at_root.element == element
            && self.kept.late.is_empty()
            && self.kept.bindings.is(&self.kept.at_root.before)
            && self.kept.bindings.add(&self.kept.at_root.added);
        if !again {
            return None;
        }
        self.kept.late.push_buffer(&self.kept.at_root.declaration);
        self.move_to_root()
    }

    /// Sets the innermost binding among those of the root, not of the elements inside.
    fn move_to_root(&mut self) -> Option<Qualifier> {
        let binding = self.kept.bindings.bound.pop()?;
        let place = self.root.bindings;
        self.kept.bindings.bound.insert(place, binding);
        self.root.bindings += 1;
        let inside = self.stack.iter_mut().skip(1);
        inside.for_each(|open| open.bindings += 1);
        Some(binding.qualifier)
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
                let qualifier = self.kept.bindings.qualifier(qualifier);
                qualifier.trim_end_matches(':').to_owned()
            }
            None => preferred.to_owned(),
        }
    }
}
