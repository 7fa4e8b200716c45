//! Simple values in the order of the table, one after the other.

use super::fast::is_own;
use super::rows::Row;
use super::{Seen, Table};
use crate::shape::Field;
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

    /// The length of the qualified name of an entry.
    #[inline(always)]
    pub(super) fn name(&self, field: &Field) -> usize {
        self.length + field.name.len()
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

/// How far [`Reader::leaves_in_order`] came.
pub(super) struct Run {
    pub(super) pos: usize,
    pub(super) taken: Taken,
    pub(super) next: usize,
    /// How many may be read, those that are taken included.
    pub(super) room: usize,
}

impl Reader<'_> {
    /// Takes elements that come in the order of the table, each `<name>text</name>` with nothing that
    /// has to be replaced in its text, or nil. What is next then may still be one of these, in another
    /// order. Whether the element of the next entry is there and surely no such one. `passed` gets the entry
    /// of each and the place of its text, none for nil.
    #[inline(never)]
    pub(super) fn leaves_in_order(
        &self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        lead: &Lead,
        seen: &mut Seen,
        run: &mut Run,
        mut passed: impl FnMut(usize, Option<(usize, usize)>),
    ) -> bool {
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
                        break false;
                    };
                    if text.is_empty() && field.default_value.is_some() {
                        break false;
                    }
                    leaf.text = Some(text);
                    place = Some((start, start + length));
                    tag.get(2 * name + length + 4..)
                }
                None => match tag.get(name..) {
                    Some([b' ', attributes @ ..]) if is_next => {
                        leaf.text = None;
                        let behind = self.nil_end(attributes);
                        if behind.is_none() && !self.is_of_xsi(attributes) {
                            next = index;
                            break true;
                        }
                        behind
                    }
                    Some([b'>', content @ ..]) if is_next => {
                        if matches!(after_space(content), [b'<', next, ..] if *next != b'/') {
                            next = index;
                            break true;
                        }
                        break false;
                    }
                    Some([b'/' | b'\t' | b'\n' | b'\r', ..]) if is_next => break false,
                    // It is another name.
                    _ => match later_entry(table, index + 1, lead, seen, tag) {
                        Some(later) => {
                            index = later;
                            continue;
                        }
                        None => break false,
                    },
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
            room: self.room(),
        };
        let tried = match self.row_of(table, &lead, run.room) {
            None => self.leaves_in_order(table, slots, &lead, seen, &mut run, |_, _| {}),
            Some(mut row) => {
                self.leaves_in_row(table, slots, &lead, seen, (&mut row, &mut run));
                let is_end = matches!(self.input.as_bytes().get(run.pos..), Some([b'<', b'/', ..]));
                let passed = |index, text| row.passed(index, text);
                let tried =
                    !is_end && self.leaves_in_order(table, slots, &lead, seen, &mut run, passed);
                row.close(run.pos, usize::MAX);
                self.row = Some(row);
                tried
            }
        };
        self.count(run.taken);
        self.pos = run.pos;
        next.entry = run.next;
        next.record = tried.then_some(run.next);
        next.looked = Some(run.pos);
        let end = self.end_tag_fast(self.pos).filter(|_| !tried);
        self.pos = end.unwrap_or(self.pos);
        end.is_some()
    }

    /// What is known of the records before the one that is read, in the same list; to be given back.
    fn row_of(&mut self, table: &Table<'_>, lead: &Lead, room: usize) -> Option<Box<Row>> {
        let shape = table.shape?;
        let open = self.stack.last().filter(|open| open.index > 0)?;
        if room < shape.fields.len() {
            return None;
        }
        let scope = self.bindings.scope();
        let known = self.row.as_ref();
        if known.is_some_and(|row| row.is_of(shape, scope, lead.length)) {
            return self.row.take();
        }
        // One that comes later is among others.
        if open.index > 1 {
            return None;
        }
        let mut row = self.row.take().unwrap_or_default();
        let is_apt = row.begin(shape, scope, lead.length);
        if is_apt {
            return Some(row);
        }
        self.row = Some(row);
        None
    }

    /// Whether attributes begin with one of XSI, as far as a glance tells. No other one is known to a
    /// simple value.
    fn is_of_xsi(&self, attributes: &[u8]) -> bool {
        let xsi = self.bindings.learned_xsi().unwrap_or_default().as_bytes();
        attributes.starts_with(xsi)
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
    if matches!(tag, [b'/', ..]) {
        return None;
    }
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
