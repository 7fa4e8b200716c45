//! Documents that are read in parts: items of a list without those before and after them, and the
//! beginning alone.

use super::Reader;
use crate::read_error::ReadError;

impl Reader<'_> {
    /// Comes to the next item of the list in the current element, the `index`th. Limits count anew
    /// for each; `namespace` is that of entries that name none.
    pub(crate) fn next_item(
        &mut self,
        namespace: &'static str,
        index: usize,
    ) -> Result<bool, ReadError> {
        self.elements = self.stack.len();
        if let Some(list) = self.stack.last_mut() {
            list.children = 0;
        }
        self.namespace = namespace;
        let found = self.next_start()?;
        self.set_index(index);
        Ok(found)
    }

    /// Whether the whole text is passed.
    pub(crate) fn is_at_end(&self) -> bool {
        self.pos == self.input.len()
    }
}
