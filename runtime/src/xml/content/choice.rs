//! The branches of a choice.

use crate::choice::{branch_names, branch_of};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::Field;
use crate::xml::reader::Reader;
use crate::xml::tokenizer::Ahead;

impl Reader<'_> {
    /// The branch of a choice that takes the current element.
    pub(crate) fn branch(
        &mut self,
        branches: &'static [Field],
    ) -> Result<(usize, &'static Field), ReadError> {
        let name = self.name();
        let takes = |field: &Field| field.takes(self.namespace, name.namespace, name.local);
        match branch_of(branches, takes) {
            Some(found) => Ok(found),
            None => Err(self.error(ReadErrorKind::MissingChoice(branch_names(branches)))),
        }
    }

    /// Whether the next element is one more for a repeated branch; if so, it becomes the current
    /// one.
    pub(crate) fn next_is_again(
        &mut self,
        field: &Field,
        namespace: &'static str,
    ) -> Result<bool, ReadError> {
        if !self.peeked {
            if self.pending_end || self.ahead()? != Ahead::Start {
                return Ok(false);
            }
            self.start_tag()?;
            self.peeked = true;
        }
        let name = self.name();
        if !field.takes(namespace, name.namespace, name.local) {
            return Ok(false);
        }
        self.peeked = false;
        self.namespace = namespace;
        self.discount_child();
        Ok(true)
    }
}
