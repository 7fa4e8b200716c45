//! The elements that are open, within the limits.

use super::Reader;
use crate::read_error::{ReadError, ReadErrorKind};

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(in crate::xml) struct Open {
    /// Where its qualified name stands in the document.
    pub(in crate::xml) start: usize,
    pub(in crate::xml) len: usize,
    /// Length of the prefix, 0 without one.
    pub(in crate::xml) prefix: usize,
    /// Declarations that were in scope before it.
    pub(in crate::xml) bindings: usize,
    /// Children that count against the limit, and one: an item of a list that is to come may be
    /// discounted before.
    pub(in crate::xml) children: usize,
    /// Its place in a list, from 1; 0 elsewhere.
    pub(in crate::xml) index: usize,
}

/// Elements that were read without becoming the current one.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::xml) struct Taken {
    pub(in crate::xml) elements: usize,
    /// Those among them that count as children: items of declared lists do not.
    pub(in crate::xml) children: usize,
}

impl Reader<'_> {
    /// The namespace of the element around the current one.
    pub(in crate::xml) fn parent_namespace(&self) -> Option<&str> {
        let [.., parent, current] = self.stack.as_slice() else {
            return None;
        };
        let prefix = &self.input[parent.start..parent.start + parent.prefix];
        self.bindings.namespace_before(current.bindings, prefix)
    }

    /// Whether an element within the current one passes no limit.
    #[inline]
    pub(in crate::xml) fn has_room(&self) -> bool {
        self.stack.len() < self.limits.depth
            && self.elements < self.limits.elements
            && self
                .stack
                .last()
                .is_none_or(|open| open.children <= self.limits.children)
    }

    /// Makes an element the current one.
    #[inline]
    pub(in crate::xml) fn push(&mut self, open: Open) -> Result<(), ReadError> {
        if !self.has_room() {
            return Err(self.no_room());
        }
        if let Some(parent) = self.stack.last_mut() {
            parent.children += 1;
        }
        self.elements += 1;
        self.branch = None;
        self.stack.push(open);
        Ok(())
    }

    /// How many elements may be within the current one before a limit has to be looked at again.
    pub(in crate::xml) fn room(&self) -> usize {
        let Some(open) = self.stack.last() else {
            return 0;
        };
        if self.stack.len() >= self.limits.depth {
            return 0;
        }
        let most = self.limits.children.saturating_add(1);
        let children = most.saturating_sub(open.children);
        let elements = self.limits.elements.saturating_sub(self.elements);
        children.min(elements)
    }

    /// Counts elements that were read without becoming the current one.
    pub(in crate::xml) fn count(&mut self, taken: Taken) {
        self.elements += taken.elements;
        if let Some(parent) = self.stack.last_mut() {
            parent.children += taken.children;
        }
    }

    #[cold]
    fn no_room(&self) -> ReadError {
        let (name, limit) = if self.stack.len() >= self.limits.depth {
            ("depth", self.limits.depth)
        } else if self.elements >= self.limits.elements {
            ("elements", self.limits.elements)
        } else {
            ("children", self.limits.children)
        };
        self.error(ReadErrorKind::Limit { name, limit })
    }

    /// Items of declared lists do not count as children.
    #[inline]
    pub(in crate::xml) fn discount_child(&mut self) {
        let parent = self
            .stack
            .len()
            .checked_sub(2)
            .and_then(|index| self.stack.get_mut(index));
        if let Some(parent) = parent {
            parent.children = parent.children.saturating_sub(1);
        }
    }

    /// Makes room for an item of a declared list that comes next within the current element: it does
    /// not count as a child.
    pub(in crate::xml) fn discount_next(&mut self) {
        if let Some(open) = self.stack.last_mut() {
            open.children = open.children.saturating_sub(1);
        }
    }

    /// Leaves the current element.
    #[inline]
    pub(in crate::xml) fn pop(&mut self) {
        if let Some(open) = self.stack.pop() {
            self.bindings.truncate(open.bindings);
        }
    }

    #[inline]
    pub(in crate::xml) fn take_pending_end(&mut self) -> bool {
        std::mem::take(&mut self.pending_end)
    }

    /// Notes the place of the current element in its list, from 1.
    #[inline]
    pub(crate) fn set_index(&mut self, index: usize) {
        if let Some(open) = self.stack.last_mut().filter(|_| !self.peeked) {
            open.index = index;
        }
    }
}
