//! Fields that travel beside the envelope.

use super::Seen;
use crate::read_error::ReadError;
use crate::shape::{Field, Kind};
use crate::slot::Slot;
use crate::xml::reader::Reader;

impl Reader<'_> {
    /// Fills the attached fields that no element of the content has filled, from the parts that no
    /// element refers to: each from the part that bears its name, or else from the next one that
    /// bears the name of none of them.
    pub(super) fn read_attached(
        &mut self,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
        seen: &mut Seen,
    ) -> Result<(), ReadError> {
        let is_attached = |field: &Field| matches!(field.kind, Kind::Attached);
        let names = fields.iter().filter(|field| is_attached(field));
        let names: Vec<&str> = names.map(|field| field.name).collect();
        if names.is_empty() {
            return Ok(());
        }
        for (index, (field, slot)) in fields.iter().zip(slots).enumerate() {
            if !is_attached(field) || seen.has(index) && !field.repeated {
                continue;
            }
            while self.claim_attachment(field.name, &names) {
                slot.read_xml(field, self)?;
                seen.insert(index);
                if !field.repeated {
                    break;
                }
            }
            // The place of an item is not that of the element around it.
            self.set_index(0);
        }
        Ok(())
    }
}
