//! The prefixes of namespaces: which are bound, and new ones.

use super::Writer;
use crate::simple::Prefixes;
use crate::xml::chars::is_ncname;
use crate::xml::write_error::WriteErrorKind;
use crate::xml::{XML, XMLNS, XSI, escape};

/// A prefix and what it stands for.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) prefix: String,
    pub(super) namespace: String,
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
        self.pending.retain(|binding| binding.prefix != prefix);
        self.pending.push(Binding {
            prefix: prefix.to_owned(),
            namespace: namespace.to_owned(),
        });
    }

    pub(super) fn write_declaration(&mut self, index: usize) {
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
    pub(super) fn binding_for_element(
        &mut self,
        namespace: &str,
        preferred: &str,
    ) -> Option<usize> {
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
    pub(crate) fn has_binding(&self, prefix: &str, namespace: &str) -> bool {
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
    pub(super) fn prefix_for(&mut self, namespace: &str, preferred: &str) -> String {
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
}

impl Prefixes for Writer {
    fn prefix_of(&mut self, namespace: &str, preferred: &str) -> String {
        self.prefix_for(namespace, preferred)
    }
}
