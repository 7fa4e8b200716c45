//! Records in a row: what is between their texts is likely the same from one to the next.
//!
//! Of a record of simple values the places are kept where something other than text stands: the end tag
//! of one value, white space, the start tag of the next one. Where the next record of the list has the
//! same bytes there, under the same declarations, they say the same: one comparison takes the place of
//! two tags.

use super::lead::Lead;
use super::leaves::{Run, Stop, value_text_end};
use super::{Seen, Table};
use crate::shape::{Field, Shape};
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::xml::chars::is_same_run;
use crate::xml::reader::Reader;

/// What is between the text of one entry and that of another.
#[derive(Clone, Copy, Debug, Default)]
struct Gap<'a> {
    /// As it was in the document; empty for one that is not known.
    known: &'a [u8],
    /// The entry whose text follows; none of this index where no text does.
    to: usize,
    /// The entries that are nil in between, a bit each.
    nils: u64,
}

impl Gap<'_> {
    /// Where it ends, if it is at this place.
    #[inline(always)]
    fn end_at(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let end = at + self.known.len();
        (!self.known.is_empty() && is_same_run(self.known, bytes.get(at..end)?)).then_some(end)
    }
}

/// How the record that was read last is.
#[derive(Clone, Debug, Default)]
pub(in crate::xml) struct Row<'a> {
    shape: Option<&'static Shape>,
    /// The declarations in scope there.
    scope: usize,
    /// The length of the prefix and its colon.
    lead: usize,
    /// The first is before all texts, the others after that of the entry before.
    gaps: Vec<Gap<'a>>,
    /// How many records since the last one that began as the one before it.
    misses: usize,
}

/// After so many records in a row that did not begin as the one before them ...
const TRIES: usize = 4;
/// ... so many are not looked at.
const PAUSE: usize = 64;

impl Row<'_> {
    /// Whether the record that comes is likely not as the one before; counts it then.
    fn is_paused(&mut self) -> bool {
        let is_paused = self.misses >= TRIES;
        if is_paused {
            self.misses += 1;
        }
        if self.misses > TRIES + PAUSE {
            self.misses = TRIES - 1;
        }
        is_paused
    }

    /// Makes it that of such records, of which nothing is known. `false` where it cannot be: where they
    /// have more than simple values, one at a time.
    #[inline(never)]
    fn begin(&mut self, shape: &'static Shape, scope: usize, lead: usize) -> bool {
        let is_apt = |field: &Field| field.is_named() && !field.repeated;
        if shape.fields.len() >= 64 || !shape.fields.iter().all(is_apt) {
            return false;
        }
        self.shape = Some(shape);
        self.scope = scope;
        self.lead = lead;
        self.misses = 0;
        self.gaps.clear();
        self.gaps.resize(shape.fields.len() + 1, Gap::default());
        true
    }
}

/// The gaps of a record that is read, as they come.
struct Learning<'g, 'a> {
    document: &'a [u8],
    gaps: &'g mut [Gap<'a>],
    open: Option<Passing>,
}

/// The gap that is passed.
struct Passing {
    index: usize,
    start: usize,
    nils: u64,
}

impl Learning<'_, '_> {
    /// Notes where the text of an entry stood, or that it was nil.
    #[inline]
    fn pass(&mut self, index: usize, text: Option<(usize, usize)>) {
        match text {
            None => {
                if let Some(open) = &mut self.open {
                    open.nils |= 1 << index;
                }
            }
            Some((start, end)) => {
                self.close(start, index);
                self.open = Some(Passing {
                    index: index + 1,
                    start: end,
                    nils: 0,
                });
            }
        }
    }

    /// Notes where a gap ends.
    #[inline]
    fn close(&mut self, end: usize, to: usize) {
        if let Some(Passing { index, start, nils }) = self.open.take()
            && let Some(gap) = self.gaps.get_mut(index)
        {
            let known = self.document.get(start..end).unwrap_or_default();
            *gap = Gap { known, to, nils };
        }
    }
}

/// How far a record is as the one before.
struct Alike {
    at: usize,
    /// The entry that is next.
    next: usize,
    /// Those that were read, a bit each.
    taken: u64,
}

impl Reader<'_> {
    /// [`Reader::leaves`] of a record that is an item of a list, the `index`th.
    #[inline(never)]
    pub(super) fn leaves_in_list(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        lead: &Lead,
        seen: &mut Seen,
        (index, run): (usize, &mut Run),
    ) -> bool {
        if !self.has_row(table, lead, index, run.room) {
            return self.leaves(table, slots, lead, seen, run);
        }
        let mut gaps = std::mem::take(&mut self.row.gaps);
        let alike = self.leaves_in_row(table.fields, slots, &gaps, (run.pos, lead.length));
        let mut open = None;
        if let Some(Alike { at, next, taken }) = alike {
            self.row.misses = 0;
            (run.pos, run.next) = (at, next);
            seen.insert_all(taken);
            let elements = usize::try_from(taken.count_ones()).unwrap_or(usize::MAX);
            run.taken.elements += elements;
            run.taken.children += elements;
            if let Some([b'<', b'/', ..]) = self.input.as_bytes().get(at..) {
                self.row.gaps = gaps;
                return false;
            }
        } else {
            self.row.misses += 1;
            open = Some(Passing {
                index: 0,
                start: run.pos,
                nils: 0,
            });
        }
        let mut learning = Learning {
            document: self.input.as_bytes(),
            gaps: &mut gaps,
            open,
        };
        let pass = |index, text| learning.pass(index, text);
        let stop = self.leaves_in_order(table, slots, lead, seen, run, pass);
        learning.close(run.pos, usize::MAX);
        self.row.gaps = gaps;
        match stop {
            Stop::Unknown => false,
            Stop::Record => true,
            Stop::Escaped => {
                self.escaped_in_order(table, slots, lead, seen, run)
                    && self.leaves(table, slots, lead, seen, run)
            }
        }
    }

    /// Whether something is known of the records before the one that is read, in the same list, or will
    /// be of those after it.
    fn has_row(&mut self, table: &Table<'_>, lead: &Lead, index: usize, room: usize) -> bool {
        let Some(shape) = table.shape.filter(|shape| room >= shape.fields.len()) else {
            return false;
        };
        let scope = self.bindings.scope();
        let row = &mut self.row;
        let is_same = row.shape.is_some_and(|known| std::ptr::eq(known, shape));
        if is_same && row.scope == scope && row.lead == lead.length {
            return !row.is_paused();
        }
        // One that comes later is among others.
        index <= 1 && row.begin(shape, scope, lead.length)
    }

    /// Takes simple values as long as what is between them is as it was in the record before. `None` where
    /// already the beginning is not.
    // By itself, so that the processor's registers suffice.
    #[inline(never)]
    fn leaves_in_row(
        &self,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
        gaps: &[Gap<'_>],
        (at, lead): (usize, usize),
    ) -> Option<Alike> {
        let bytes = self.input.as_bytes();
        let mut leaf = Leaf {
            text: None,
            scope: self,
        };
        let mut gap = gaps.first()?;
        let mut at = gap.end_at(bytes, at)?;
        if !take_nils(gap.nils, fields, slots, &mut leaf) {
            return None;
        }
        let mut taken = 0;
        let (at, next) = loop {
            taken |= gap.nils;
            let index = gap.to;
            let (Some(field), Some(slot)) = (fields.get(index), slots.get_mut(index)) else {
                let next = u64::BITS - taken.leading_zeros();
                break (at, usize::try_from(next).unwrap_or(index));
            };
            // Where the start tag is: until its end tag is known to be there, the element is to come.
            let start = at.saturating_sub(lead + field.name.len() + 2);
            let text = value_text_end(bytes, at, &**slot)
                .and_then(|end| Some((end, self.input.get(at..end)?)))
                .filter(|(_, text)| !text.is_empty() || field.default_value.is_none());
            let Some((end, text)) = text else {
                break (start, index);
            };
            let Some((after, passed)) = gaps
                .get(index + 1)
                .and_then(|after| Some((after, after.end_at(bytes, end)?)))
            else {
                break (start, index);
            };
            leaf.text = Some(text);
            if !slot.read_leaf(field, &leaf) || !take_nils(after.nils, fields, slots, &mut leaf) {
                break (start, index);
            }
            taken |= 1 << index;
            (gap, at) = (after, passed);
        };
        Some(Alike { at, next, taken })
    }
}

/// Makes entries nil, a bit each. Whether their slots take that.
#[inline(always)]
fn take_nils(
    mut nils: u64,
    fields: &[Field],
    slots: &mut [&mut dyn Slot],
    leaf: &mut Leaf<'_>,
) -> bool {
    while nils != 0 {
        leaf.text = None;
        let index = usize::try_from(nils.trailing_zeros()).unwrap_or(usize::MAX);
        let (Some(field), Some(slot)) = (fields.get(index), slots.get_mut(index)) else {
            return false;
        };
        if !slot.read_leaf(field, leaf) {
            return false;
        }
        nils &= nils - 1;
    }
    true
}
