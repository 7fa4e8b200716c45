//! `xsi:type`, read and written.

use super::XSI;
use super::reader::Reader;
use super::writer::Writer;
use crate::binding::Name;
use crate::read_error::{ReadError, ReadErrorKind};

impl Reader<'_> {
    /// The place of the type of the current element in a table, or the table's length for a type
    /// that is not in it. Without `xsi:type` it is the first, unless that one is abstract. Only
    /// right after the start tag.
    pub(crate) fn type_index(&self, types: &[Name], is_abstract: bool) -> Result<usize, ReadError> {
        let Some(text) = self.attribute(XSI, "type") else {
            if !is_abstract {
                return Ok(0);
            }
            if self.is_nil()? && self.has_content_attributes() {
                // Of no type, yet with attributes: a tree holds it.
                return Ok(types.len());
            }
            let kind = if self.is_nil()? {
                ReadErrorKind::Nil
            } else {
                ReadErrorKind::MissingType
            };
            return Err(self.error(kind));
        };
        let text = text.trim_matches([' ', '\t', '\n', '\r']);
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        // A prefix that is not bound names no type that is known.
        let found = self.bindings.namespace(prefix).and_then(|namespace| {
            types
                .iter()
                .position(|name| name.local == local && name.namespace == namespace)
        });
        Ok(found.unwrap_or(types.len()))
    }
}

impl Writer {
    /// Says on the next start tag which type the element has.
    pub(crate) fn type_next(&mut self, name: Name) {
        if name.namespace.is_empty() && !self.has_binding("", "") {
            // A name without a prefix would be in the default namespace.
            self.declare("", "");
        }
        self.type_name = Some(name);
    }
}
