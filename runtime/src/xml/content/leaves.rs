//! Simple values in the order of the table, one after the other.

use super::fast::is_own;
use super::{Seen, Table};
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::xml::chars::{begins, begins_alike, head, is_same};
use crate::xml::reader::{Reader, Taken};
use crate::xml::scan::{after_space, markup, plain_blocks, text_end_by};

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

/// What is expected next.
#[derive(Default)]
pub(super) struct Next {
    /// The entry.
    pub(super) entry: usize,
    /// An entry whose element was no simple value.
    pub(super) record: Option<usize>,
    /// Where no simple value was found in the order of the table.
    pub(super) looked: Option<usize>,
}

/// What an element is that is no simple value in the order of the table.
enum Other {
    /// The element of a later entry, as it seems.
    Later(usize),
    /// Surely no simple value.
    Record,
    Unknown,
}

/// How far [`Reader::leaves_in_order`] came.
pub(super) struct Run {
    pub(super) pos: usize,
    pub(super) taken: Taken,
    pub(super) next: usize,
}

impl Reader<'_> {
    /// Takes elements that come in the order of the table, each `<name>text</name>` with nothing that
    /// has to be replaced in its text, or nil. What is next then may still be one of these, in another
    /// order. Whether the element of the next entry is there and surely no such one.
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
        // How many may still come.
        let mut room = room.saturating_sub(run.taken.elements);
        let before = room;
        let mut leaf = Leaf {
            text: None,
            scope: self,
        };
        let mut ahead = after_space(bytes.get(run.pos..).unwrap_or_default());
        let mut repeated = 0;
        let mut next = run.next;
        let mut index = next;
        let tried = loop {
            let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
                break false;
            };
            let [b'<', tag @ ..] = ahead else {
                break false;
            };
            if !field.is_named() || !is_own(field, table) {
                break false;
            }
            let is_next = lead.strip(tag).is_some_and(|local| {
                begins(local, field.name, field.head) && (field.repeated || !seen.has(index))
            });
            let name = lead.length + field.name.len();
            let plain = if is_next {
                plain_text(tag, name, &**slot)
            } else {
                None
            };
            let behind = match plain {
                Some(length) => {
                    let start = bytes.len() - tag.len() + name + 1;
                    let Some(text) = self.input.get(start..start + length) else {
                        break false;
                    };
                    if text.is_empty() && field.default_value.is_some() {
                        break false;
                    }
                    leaf.text = Some(text);
                    tag.get(2 * name + length + 4..)
                }
                None if is_next && matches!(tag.get(name), Some(b' ')) => {
                    leaf.text = None;
                    self.nil_end(tag.get(name + 1..).unwrap_or_default())
                }
                None => match other_leaf(table, index, lead, seen, tag) {
                    Other::Later(later) => {
                        index = later;
                        continue;
                    }
                    Other::Record => {
                        next = index;
                        break true;
                    }
                    Other::Unknown => break false,
                },
            };
            let Some(behind) = behind else {
                break false;
            };
            if name > self.limits.name || room == 0 {
                break false;
            }
            if !slot.read_leaf(field, &leaf) {
                next = index;
                break true;
            }
            ahead = after_space(behind);
            room -= 1;
            seen.insert(index);
            if field.repeated {
                repeated += 1;
            } else {
                index += 1;
            }
            next = index;
        };
        let read = before - room;
        run.taken.elements += read;
        run.taken.children += read - repeated;
        run.next = next;
        run.pos = bytes.len() - ahead.len();
        tried
    }

    /// Reads content of simple values in the order of the table, to the end of the current element.
    /// `false` where something else is among them: what was read counts.
    pub(super) fn read_leaves(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        next: &mut Next,
        seen: &mut Seen,
    ) -> bool {
        if !self.may_be_fast(table) || self.attachments.is_some() {
            return false;
        }
        let own = self.bindings.prefix(table.namespace);
        self.bindings.xsi();
        let Some(lead) = own.and_then(Lead::of) else {
            return false;
        };
        let mut run = Run {
            pos: self.pos,
            taken: Taken::default(),
            next: next.entry,
        };
        let room = self.room();
        let tried = self.leaves_in_order(table, slots, &lead, seen, room, &mut run);
        self.count(run.taken);
        self.pos = run.pos;
        next.entry = run.next;
        next.record = tried.then_some(run.next);
        next.looked = Some(run.pos);
        let end = self.end_tag_fast(self.pos).filter(|_| !tried);
        self.pos = end.unwrap_or(self.pos);
        end.is_some()
    }

    /// What follows `xsi:nil="true"/>`, within the limits.
    #[inline]
    pub(super) fn nil_end<'t>(&self, attributes: &'t [u8]) -> Option<&'t [u8]> {
        let xsi = self.bindings.learned_xsi()?;
        let (prefix, rest) = attributes.split_at_checked(xsi.len())?;
        let (nil, rest) = rest.split_first_chunk::<13>()?;
        let within = xsi.len() + 4 <= self.limits.name
            && self.limits.attributes > 0
            && self.limits.attribute_value >= 4;
        let is_nil = is_same(prefix, xsi.as_bytes()) && is_same(nil, br#":nil="true"/>"#);
        (within && is_nil).then_some(rest)
    }
}

/// What an element is that is neither a plain text nor nil of this entry.
// By itself: most are plain texts in the order of the table.
#[inline(never)]
fn other_leaf(table: &Table<'_>, index: usize, lead: &Lead, seen: &Seen, tag: &[u8]) -> Other {
    let (Some(field), Some(local)) = (table.fields.get(index), lead.strip(tag)) else {
        return Other::Unknown;
    };
    let is_free = field.repeated || !seen.has(index);
    if is_free && begins(local, field.name, field.head) {
        match local.get(field.name.len()..) {
            Some([b'>', content @ ..]) => {
                return match after_space(content) {
                    [b'<', next, ..] if *next != b'/' => Other::Record,
                    _ => Other::Unknown,
                };
            }
            Some([b'/' | b' ' | b'\t' | b'\n' | b'\r', ..]) => return Other::Unknown,
            // It is another name.
            _ => {}
        }
    }
    match later_entry(table, index + 1, seen, tag, local) {
        Some(later) => Other::Later(later),
        None => Other::Unknown,
    }
}

/// The next entry from one on whose name a start tag, which is given from after its `<` and from its
/// local name on, seems to have.
fn later_entry(
    table: &Table<'_>,
    from: usize,
    seen: &Seen,
    tag: &[u8],
    local: &[u8],
) -> Option<usize> {
    if matches!(tag, [b'/', ..]) {
        return None;
    }
    for (index, field) in table.fields.iter().enumerate().skip(from) {
        if !field.is_named() || !is_own(field, table) {
            return None;
        }
        if begins(local, field.name, field.head) && (field.repeated || !seen.has(index)) {
            return Some(index);
        }
    }
    None
}

/// The length of the text of an element `name>text</name>`, from after its first `<`, whose name has so
/// many bytes and whose text is what it stands for, as far as the slot does not see to that.
// By itself, so that the processor's registers suffice.
#[inline(never)]
fn plain_text(tag: &[u8], name: usize, slot: &dyn Slot) -> Option<usize> {
    let [b'>', content @ ..] = tag.get(name..)? else {
        return None;
    };
    let length = text_end_by(content, 0, |text, at| match slot.refuses_markup() {
        true => markup(text, at),
        false => plain_blocks(text, at),
    })?;
    match content.get(length..)? {
        [b'<', b'/', end @ ..] if begins_alike(tag, end, name + 1) => Some(length),
        _ => None,
    }
}
