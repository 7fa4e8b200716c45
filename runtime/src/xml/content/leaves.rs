//! Simple values in the order of the table, one after the other.

use super::fast::is_own;
use super::{Seen, Table};
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::xml::chars::{begins, begins_alike, head};
use crate::xml::reader::{Reader, Taken};
use crate::xml::scan::{after_space, text_end};

/// How the name of each element in the namespace of a table begins.
pub(super) struct Lead {
    /// The prefix and its colon, zeros after them.
    word: u64,
    length: usize,
}

impl Lead {
    /// Of a prefix that is not too long.
    #[inline]
    pub(super) fn of(prefix: &str) -> Option<Self> {
        let length = prefix.len();
        let word = match length {
            0 => 0,
            1..=7 => head(prefix) | u64::from(b':') << (8 * length),
            _ => return None,
        };
        let length = length + usize::from(length > 0);
        Some(Self { word, length })
    }

    /// Whether a text begins so: what follows.
    #[inline(always)]
    fn strip<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        if self.length == 0 {
            return Some(text);
        }
        let word = u64::from_le_bytes(*text.first_chunk::<8>()?);
        let unlike = (word ^ self.word) << (64 - 8 * self.length.min(8));
        text.get(self.length..).filter(|_| unlike == 0)
    }
}

/// How far [`Reader::leaves_in_order`] came.
pub(super) struct Run {
    pub(super) pos: usize,
    pub(super) taken: Taken,
    pub(super) next: usize,
}

impl Reader<'_> {
    /// Takes elements that come in the order of the table, each `<name>text</name>` with nothing that
    /// has to be replaced in its text. What is next then may still be one of these, in another order.
    /// Whether the element of the next entry is there and surely no such one.
    #[inline(never)]
    pub(super) fn leaves_in_order(
        &self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        lead: &Lead,
        seen: &mut Seen,
        room: usize,
        run: &mut Run,
    ) -> bool {
        let bytes = self.input.as_bytes();
        let longest = self.limits.name;
        let room = room.saturating_sub(run.taken.elements);
        let mut leaf = Leaf {
            text: None,
            scope: self,
        };
        let mut rest = bytes.get(run.pos..).unwrap_or_default();
        let mut ahead = after_space(rest);
        let mut next = run.next;
        // What was read, and the entry after it.
        let mut read = 0;
        let mut repeated = 0;
        let mut behind_last = next;
        let tried = loop {
            let Some(field) = table.fields.get(next) else {
                break false;
            };
            let [b'<', tag @ ..] = ahead else {
                break false;
            };
            let Some(local) = lead.strip(tag) else {
                break false;
            };
            if !field.is_named() || !is_own(field, table) {
                break false;
            }
            let after = match local.get(field.name.len()..) {
                Some(after) if begins(local, field.name, field.head) => after,
                _ if matches!(tag, [b'/', ..]) => break false,
                _ => {
                    next += 1;
                    continue;
                }
            };
            let [b'>', content @ ..] = after else {
                // There is more in the tag; or it is another name.
                if matches!(after, [b' ' | b'/' | b'\t' | b'\n' | b'\r', ..]) {
                    break false;
                }
                next += 1;
                continue;
            };
            if !field.repeated && seen.has(next) {
                next += 1;
                continue;
            }
            let Some(length) = text_end(content, 0) else {
                break false;
            };
            let end = match content.get(length..) {
                Some([b'<', b'/', end @ ..]) => end,
                Some([b'<', ..]) => {
                    behind_last = next;
                    break true;
                }
                _ => break false,
            };
            // With its `>`.
            let name = tag.len() - content.len();
            let start = bytes.len() - content.len();
            let text = self.input.get(start..start + length);
            let (Some(text), Some(behind)) = (text, end.get(name..)) else {
                break false;
            };
            if !begins_alike(tag, end, name)
                || name > longest
                || read >= room
                || text.is_empty() && field.default_value.is_some()
            {
                break false;
            }
            leaf.text = Some(text);
            let Some(slot) = slots.get_mut(next) else {
                break false;
            };
            if !slot.read_leaf(field, &leaf) {
                behind_last = next;
                break true;
            }
            rest = behind;
            ahead = after_space(rest);
            seen.insert(next);
            read += 1;
            if field.repeated {
                repeated += 1;
            } else {
                next += 1;
            }
            behind_last = next;
        };
        run.taken.elements += read;
        run.taken.children += read - repeated;
        run.next = behind_last;
        run.pos = bytes.len() - rest.len();
        tried
    }
}
