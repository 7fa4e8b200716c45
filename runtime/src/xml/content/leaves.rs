//! Simple values in the order of the table, one after the other.

use super::fast::is_own;
use super::lead::Lead;
use super::{Seen, Table};
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::xml::chars::{begins, begins_alike, is_same};
use crate::xml::reader::{Reader, Taken};
use crate::xml::scan::{after_space, markup, plain_blocks, text_end, text_end_by};

/// What is expected next.
#[derive(Default)]
pub(super) struct Next {
    /// The entry.
    pub(super) entry: usize,
    /// An entry whose element was no simple value.
    pub(super) record: Option<usize>,
    /// Where no simple value was found in the order of the table, and whether it is surely the element of
    /// the entry that stands there.
    pub(super) looked: Option<(usize, bool)>,
}

/// What [`Reader::leaves_in_order`] stopped at.
pub(super) enum Stop {
    /// Something that has to be looked at.
    Unknown,
    /// The element of the next entry, which is surely no simple value.
    Record,
    /// The element of the next entry, with something in its text that has to be replaced, if that is well-formed.
    Escaped,
}

/// How far [`Reader::leaves_in_order`] came.
pub(super) struct Run {
    pub(super) pos: usize,
    pub(super) taken: Taken,
    pub(super) next: usize,
    /// How many may be read, those that are taken included.
    pub(super) room: usize,
}

impl Reader<'_> {
    /// Takes simple values in the order of the table, texts with references in them too: whether the
    /// element of the next entry is there and surely none.
    pub(super) fn leaves(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        lead: &Lead,
        seen: &mut Seen,
        run: &mut Run,
    ) -> bool {
        loop {
            match self.leaves_in_order(table, slots, lead, seen, run, |_, _| {}) {
                Stop::Unknown => return false,
                Stop::Record => return true,
                Stop::Escaped => {
                    if !self.escaped_in_order(table, slots, lead, seen, run) {
                        return false;
                    }
                }
            }
        }
    }

    /// Takes the element of the next entry, whose start tag is there, and whose text is not what it stands
    /// for. Whether it can be.
    #[inline(never)]
    pub(super) fn escaped_in_order(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        lead: &Lead,
        seen: &mut Seen,
        run: &mut Run,
    ) -> bool {
        let index = run.next;
        let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
            return false;
        };
        let start = run.pos + 1;
        let end = start + lead.name(field);
        let bytes = self.input.as_bytes();
        let (Some(name), Some(stop)) = (bytes.get(start..end), text_end(bytes, end + 1)) else {
            return false;
        };
        let Some(after) = self.escaped_leaf(field, &mut **slot, name, end + 1, stop) else {
            return false;
        };
        run.pos = after;
        run.taken.elements += 1;
        run.taken.children += usize::from(!field.repeated);
        run.next = index + usize::from(!field.repeated);
        seen.insert(index);
        true
    }

    /// Takes elements that come in the order of the table, each `<name>text</name>` with nothing that
    /// has to be replaced in its text, or nil. What is next then may still be one of these, in another
    /// order. `passed` gets the entry of each and the place of its text, none for nil.
    #[inline(never)]
    pub(super) fn leaves_in_order(
        &self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        lead: &Lead,
        seen: &mut Seen,
        run: &mut Run,
        mut passed: impl FnMut(usize, Option<(usize, usize)>),
    ) -> Stop {
        let bytes = self.input.as_bytes();
        // How many may still come.
        let mut room = run.room.saturating_sub(run.taken.elements);
        let before = room;
        let mut leaf = Leaf {
            text: None,
            scope: self,
        };
        let mut ahead = after_space(bytes.get(run.pos..).unwrap_or_default());
        let mut repeated = 0;
        let mut next = run.next;
        let mut index = next;
        let stop = loop {
            let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
                break Stop::Unknown;
            };
            let [b'<', tag @ ..] = ahead else {
                break Stop::Unknown;
            };
            if !field.is_named() || !is_own(field, table) {
                break Stop::Unknown;
            }
            let is_next = lead.strip(tag).is_some_and(|local| {
                begins(local, field.name, field.head) && (field.repeated || !seen.has(index))
            });
            let name = lead.name(field);
            let plain = if is_next {
                plain_text(tag, name, &**slot)
            } else {
                None
            };
            let mut place = None;
            let behind = match plain {
                Some(length) => {
                    let start = bytes.len() - tag.len() + name + 1;
                    let Some(text) = self.input.get(start..start + length) else {
                        break Stop::Unknown;
                    };
                    if text.is_empty() && field.default_value.is_some() {
                        break Stop::Unknown;
                    }
                    leaf.text = Some(text);
                    place = Some((start, start + length));
                    tag.get(2 * name + length + 4..)
                }
                None => match tag.get(name..) {
                    Some([b' ', attributes @ ..]) if is_next => {
                        if !self.is_of_xsi(attributes) {
                            next = index;
                            break Stop::Record;
                        }
                        leaf.text = None;
                        self.nil_end(attributes)
                    }
                    Some([b'>', content @ ..]) if is_next => {
                        let is_record =
                            matches!(after_space(content), [b'<', next, ..] if *next != b'/');
                        if is_record {
                            next = index;
                            break Stop::Record;
                        }
                        if name > self.limits.name || room == 0 {
                            break Stop::Unknown;
                        }
                        next = index;
                        break Stop::Escaped;
                    }
                    Some([b'/' | b'\t' | b'\n' | b'\r', ..]) if is_next => break Stop::Unknown,
                    _ if matches!(tag, [b'/', ..]) => break Stop::Unknown,
                    // It is another name: most likely the next.
                    _ if index == next => {
                        index += 1;
                        continue;
                    }
                    _ => match later_entry(table, index + 1, lead, seen, tag) {
                        Some(later) => {
                            index = later;
                            continue;
                        }
                        None => break Stop::Unknown,
                    },
                },
            };
            let Some(behind) = behind else {
                break Stop::Unknown;
            };
            if name > self.limits.name || room == 0 {
                break Stop::Unknown;
            }
            if !slot.read_leaf(field, &leaf) {
                next = index;
                break Stop::Record;
            }
            passed(index, place);
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
        stop
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
        self.bindings.xsi();
        let Some(lead) = self.bindings.learned(table.namespace).lead else {
            return false;
        };
        let mut run = Run {
            pos: self.pos,
            taken: Taken::default(),
            next: next.entry,
            room: self.room(),
        };
        let in_list = self.stack.last().map_or(0, |open| open.index);
        let tried = match in_list {
            0 => self.leaves(table, slots, &lead, seen, &mut run),
            index => self.leaves_in_list(table, slots, &lead, seen, (index, &mut run)),
        };
        self.count(run.taken);
        self.pos = run.pos;
        next.entry = run.next;
        next.looked = Some((run.pos, tried));
        if tried {
            return false;
        }
        let end = self.end_tag_fast(self.pos);
        self.pos = end.unwrap_or(self.pos);
        end.is_some()
    }

    /// Whether attributes begin with one of XSI, as far as a glance tells. No other one is known to a
    /// simple value.
    fn is_of_xsi(&self, attributes: &[u8]) -> bool {
        let xsi = self.bindings.learned_xsi().unwrap_or_default().as_bytes();
        begins_alike(attributes, xsi, xsi.len())
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

/// The next entry from one on whose name a start tag, which is given from after its `<` on, seems to
/// have.
// By itself: most come in the order of the table.
#[inline(never)]
fn later_entry(
    table: &Table<'_>,
    from: usize,
    lead: &Lead,
    seen: &Seen,
    tag: &[u8],
) -> Option<usize> {
    let local = lead.strip(tag)?;
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
    let length = value_text_end(content, 0, slot)?;
    match content.get(length..)? {
        [b'<', b'/', end @ ..] if begins_alike(tag, end, name + 1) => Some(length),
        _ => None,
    }
}

/// Where the text from a place on ends, as [`text_end`] has it, as far as the slot does not see to that.
///
/// [`text_end`]: crate::xml::scan::text_end
#[inline(always)]
pub(super) fn value_text_end(bytes: &[u8], at: usize, slot: &dyn Slot) -> Option<usize> {
    text_end_by(bytes, at, |text, at| match slot.refuses_markup() {
        true => markup(text, at),
        false => plain_blocks(text, at),
    })
}
