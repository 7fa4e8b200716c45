//! Beginnings of documents that are alike: the start tag of the root with its declarations, kept from
//! one document of the thread to the next.

use super::learned::Learned;
use super::namespaces::Scope;
use super::{Open, Root, Writer};
use crate::binding::Name;
use crate::xml::XSI;

/// How a document begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beginning<'d> {
    pub(crate) root: Name,
    /// Prefixes and namespaces, in their order. An empty namespace is left out.
    pub(crate) declarations: &'d [(&'static str, &'static str)],
}

/// A beginning that was written, and what a writer knows after it.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    root: Name,
    declarations: Vec<(&'static str, &'static str)>,
    text: String,
    scope: Scope,
    learned: Learned,
    place: Root,
    open: Open,
}

impl Opening {
    fn is(&self, beginning: &Beginning<'_>) -> bool {
        self.root == beginning.root && self.declarations == beginning.declarations
    }
}

impl Writer {
    /// A writer that has written the start tag of the root.
    pub(crate) fn opened(beginning: &Beginning<'_>) -> Self {
        let mut writer = Self::new();
        match writer.kept.opening.take() {
            Some(opening) if opening.is(beginning) => writer.resume(opening),
            _ => writer.begin(beginning),
        }
        writer
    }

    fn resume(&mut self, opening: Box<Opening>) {
        self.out.push_str(&opening.text);
        self.kept.bindings.resume(&opening.scope);
        self.stack.push(opening.open);
        self.kept.learned = opening.learned;
        self.root = opening.place;
        self.tag_open = true;
        self.kept.opening = Some(opening);
    }

    #[cold]
    fn begin(&mut self, beginning: &Beginning<'_>) {
        for (prefix, namespace) in beginning.declarations {
            if !namespace.is_empty() {
                self.declare(prefix, namespace);
            }
        }
        let Name { namespace, local } = beginning.root;
        self.start(namespace, local);
        // What is asked for first is at hand first: of elements the namespace of the root, of attributes `xsi`.
        for (_, namespace) in beginning.declarations.iter().rev() {
            self.learn_bound(namespace);
        }
        let _ = self.kept.learned.attributes.find(XSI);
        let Some(open) = self.stack.last().filter(|_| self.error.is_none()) else {
            return;
        };
        self.kept.opening = Some(Box::new(Opening {
            root: beginning.root,
            declarations: beginning.declarations.to_vec(),
            text: self.out.part(0..self.out.len()).into(),
            scope: self.kept.bindings.scope(),
            learned: self.kept.learned,
            place: self.root,
            open: *open,
        }));
    }
}
