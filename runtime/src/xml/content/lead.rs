//! Prefixes, for comparison with the beginning of names.

use crate::shape::Field;
use crate::xml::chars::{begins, ends_name, head};

/// How the name of each element in a namespace begins.
#[derive(Clone, Copy, Debug)]
pub(in crate::xml) struct Lead {
    /// The prefix and its colon, zeros after them.
    word: u64,
    /// The bits of the word that count.
    mask: u64,
    pub(super) length: usize,
}

impl Lead {
    /// Of a prefix that is not too long.
    pub(in crate::xml) fn of(prefix: &str) -> Option<Self> {
        let length = prefix.len();
        let word = match length {
            0 => 0,
            1..=7 => head(prefix) | u64::from(b':') << (8 * length),
            _ => return None,
        };
        let length = length + usize::from(length > 0);
        let mask = match length {
            0 => 0,
            _ => u64::MAX >> (64 - 8 * length),
        };
        Some(Self { word, mask, length })
    }

    /// The length of the prefix.
    #[inline(always)]
    pub(super) fn prefix(&self) -> usize {
        self.length.saturating_sub(1)
    }

    /// The length of the qualified name of an entry.
    #[inline(always)]
    pub(super) fn name(&self, field: &Field) -> usize {
        self.length + field.name.len()
    }

    /// Whether a text begins so: what follows. Not in the last few bytes of a document.
    #[inline(always)]
    pub(super) fn strip<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        let word = u64::from_le_bytes(*text.first_chunk::<8>()?);
        let rest = text.get(self.length..);
        rest.filter(|_| (word ^ self.word) & self.mask == 0)
    }

    /// Whether a start tag, from after its `<`, has the name of an entry: the length of its qualified
    /// name.
    #[inline(always)]
    pub(super) fn tag_name(&self, tag: &[u8], field: &Field) -> Option<usize> {
        let local = self.strip(tag)?;
        let after = *local.get(field.name.len())?;
        (ends_name(after) && begins(local, field.name, field.head)).then(|| self.name(field))
    }
}
