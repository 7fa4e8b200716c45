//! Where the reader is, for errors.

use super::{Open, Reader, Role};
use crate::read_error::{Position, ReadError, ReadErrorKind};
use crate::shape::Field;
use crate::types::ParseError;

impl<'a> Reader<'a> {
    /// Makes the current element the first one of the paths in errors.
    pub(crate) fn path_from_here(&mut self) {
        self.path_root = self.stack.len().saturating_sub(1);
    }

    /// An error about the current place.
    #[must_use]
    pub fn error(&self, kind: ReadErrorKind) -> ReadError {
        self.error_at(kind, "", self.pos)
    }

    pub(super) fn error_at(&self, kind: ReadErrorKind, suffix: &str, offset: usize) -> ReadError {
        let path = self.path() + suffix;
        ReadError::new(kind, path, Some(Position::new(self.input, offset)))
    }

    /// An error about a child of the current element that is not there.
    pub(in crate::xml) fn child_error(&self, kind: ReadErrorKind, child: &str) -> ReadError {
        self.error_at(kind, &format!("/{child}"), self.pos)
    }

    /// The open elements, as `/Invoice/Line[2]`.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        let depth = self.stack.len() - usize::from(self.peeked && !self.stack.is_empty());
        for open in self.stack.iter().take(depth).skip(self.path_root) {
            path.push('/');
            path.push_str(self.local_name(*open));
            if open.index > 0 {
                path.push_str(&format!("[{}]", open.index));
            }
        }
        path
    }

    pub(in crate::xml) fn raw_name(&self, open: Open) -> &'a str {
        &self.input[open.start..open.start + open.len]
    }

    pub(in crate::xml) fn local_name(&self, open: Open) -> &'a str {
        let name = self.raw_name(open);
        if open.prefix == 0 {
            name
        } else {
            &name[open.prefix + 1..]
        }
    }

    /// The error of a text that is no value.
    #[cold]
    pub(crate) fn value_error(&self, field: &Field, error: ParseError) -> ReadError {
        let error = if field.secret {
            error.redacted()
        } else {
            error
        };
        let suffix = match self.role {
            Role::Attribute => format!("/@{}", field.name),
            Role::Element | Role::Text => String::new(),
        };
        self.error_at(ReadErrorKind::Value(error), &suffix, self.text_start)
    }
}
