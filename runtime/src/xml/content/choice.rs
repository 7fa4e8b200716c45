//! The branches of a choice.

use super::tag::is_same_branch;
use crate::choice::{branch_names, branch_of};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, Kind};
use crate::xml::reader::Reader;
use crate::xml::tokenizer::Ahead;

impl Reader<'_> {
    /// The branch of a choice that takes the current element.
    pub(crate) fn branch(
        &mut self,
        branches: &'static [Field],
    ) -> Result<(usize, &'static Field), ReadError> {
        if let Some((of, index)) = self.branch.take()
            && is_same_branch(of, branches, index)
            && let Some(branch) = branches.get(index)
        {
            return Ok((index, branch));
        }
        let name = self.name();
        let (space, local) = (name.namespace, name.local);
        let by: [&dyn Fn(&Field) -> bool; 4] = [
            &|field| field.starts(self.namespace, space, local),
            &|field| field.takes(self.namespace, space, local),
            &|field| field.takes_any(Some(space)),
            &|field| field.takes_any(None),
        ];
        let is_text = |field: &Field| matches!(field.kind, Kind::Text);
        let found = match self.given {
            Some(_) => branch_of(branches, &[&is_text]),
            None => branch_of(branches, &by),
        };
        match found {
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
        let takes = |default: &str, field: &Field| field.takes(default, name.namespace, name.local);
        let depth = self.stack.len() - 1;
        // A wildcard leaves what others have a name for.
        let named = || {
            let around = self.enclosing.iter().filter(|(around, _)| *around == depth);
            around
                .flat_map(|(_, shape)| shape.fields.iter().map(|field| (shape.namespace, field)))
                .any(|(namespace, field)| takes(namespace, field))
        };
        let again = takes(namespace, field) || field.takes_any(Some(name.namespace)) && !named();
        if !again {
            return Ok(false);
        }
        self.peeked = false;
        self.namespace = namespace;
        self.discount_child();
        Ok(true)
    }
}
