//! Records in a row: what is between their texts is likely the same from one to the next.
//!
//! Of a record of simple values the places are kept where something other than text stands: the end tag
//! of one value, white space, the start tag of the next one. Where the next record of the list has the
//! same bytes there, under the same declarations, they say the same: one comparison takes the place of
//! two tags.

use super::leaves::{Lead, Run, value_text_end};
use super::{Seen, Table};
use crate::shape::{Field, Shape};
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::xml::reader::Reader;

/// What is between the text of one entry and that of another.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    /// Where it was in the document; empty for one that is not known.
    start: usize,
    end: usize,
    /// The entry whose text follows; none of this index where no text does.
    to: usize,
    /// The entries that are nil in between, a bit each.
    nils: u64,
}

impl Gap {
    /// Itself and where it ends, if it is at this place.
    #[inline(always)]
    fn end_at(&self, bytes: &[u8], at: usize) -> Option<(&Self, usize)> {
        let known = bytes.get(self.start..self.end)?;
        let rest = bytes.get(at..)?;
        (!known.is_empty() && rest.starts_with(known)).then(|| (self, at + known.len()))
    }
}

/// The gaps of the record that was read last.
#[derive(Clone, Debug, Default)]
pub(in crate::xml) struct Row {
    shape: Option<&'static Shape>,
    /// The declarations in scope there.
    scope: usize,
    /// The length of the prefix and its colon.
    lead: usize,
    /// The first is before all texts, the others after that of the entry before.
    gaps: Vec<Gap>,
    /// The gap that is passed, and where it began.
    open: Option<(usize, Gap)>,
}

impl Row {
    /// Whether it is that of such records.
    #[inline]
    pub(super) fn is_of(&self, shape: &'static Shape, scope: usize, lead: usize) -> bool {
        let is_same = self.shape.is_some_and(|known| std::ptr::eq(known, shape));
        is_same && self.scope == scope && self.lead == lead
    }

    /// Makes it that of such records, of which nothing is known. `false` where it cannot be: where they
    /// have more than simple values, one at a time.
    pub(super) fn begin(&mut self, shape: &'static Shape, scope: usize, lead: usize) -> bool {
        let is_apt = |field: &Field| field.is_named() && !field.repeated;
        if shape.fields.len() >= 64 || !shape.fields.iter().all(is_apt) {
            return false;
        }
        self.shape = Some(shape);
        self.scope = scope;
        self.lead = lead;
        self.gaps.clear();
        self.gaps.resize(shape.fields.len() + 1, Gap::default());
        true
    }

    /// Notes that a gap begins, after the text of the entry before this index.
    fn leave(&mut self, index: usize, start: usize) {
        let gap = Gap {
            start,
            ..Gap::default()
        };
        self.open = Some((index, gap));
    }

    /// Notes where the text of an entry stood, or that it was nil.
    pub(super) fn passed(&mut self, index: usize, text: Option<(usize, usize)>) {
        match text {
            None => {
                if let Some((_, gap)) = &mut self.open {
                    gap.nils |= 1 << index;
                }
            }
            Some((start, end)) => {
                self.close(start, index);
                self.leave(index + 1, end);
            }
        }
    }

    /// Notes where a gap ends.
    pub(super) fn close(&mut self, end: usize, to: usize) {
        if let Some((index, gap)) = self.open.take()
            && let Some(known) = self.gaps.get_mut(index)
        {
            *known = Gap { end, to, ..gap };
        }
    }
}

impl Reader<'_> {
    /// Takes simple values as long as what is between them is as it was in the record before.
    #[inline(never)]
    pub(super) fn leaves_in_row(
        &self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        lead: &Lead,
        seen: &mut Seen,
        (row, run): (&mut Row, &mut Run),
    ) {
        let bytes = self.input.as_bytes();
        let mut leaf = Leaf {
            text: None,
            scope: self,
        };
        row.leave(0, run.pos);
        let first = row.gaps.first();
        let Some((mut gap, mut at)) = first.and_then(|gap| gap.end_at(bytes, run.pos)) else {
            return;
        };
        if !take_nils(gap.nils, table, slots, &mut leaf) {
            return;
        }
        row.open = None;
        // Those that are read, a bit each.
        let mut taken = 0;
        (run.pos, run.next) = loop {
            taken |= gap.nils;
            let index = gap.to;
            let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
                let next = u64::BITS - taken.leading_zeros();
                break (at, usize::try_from(next).unwrap_or(index));
            };
            // Where the start tag is: until its end tag is known to be there, the element is to come.
            let start = at.saturating_sub(lead.name(field) + 2);
            let text = value_text_end(bytes, at, &**slot)
                .and_then(|end| Some((end, self.input.get(at..end)?)))
                .filter(|(_, text)| !text.is_empty() || field.default_value.is_none());
            let Some((end, text)) = text else {
                break (start, index);
            };
            let Some(after) = row.gaps.get(index + 1) else {
                break (start, index);
            };
            let Some(passed) = after.end_at(bytes, end) else {
                break (start, index);
            };
            leaf.text = Some(text);
            if !slot.read_leaf(field, &leaf) || !take_nils(passed.0.nils, table, slots, &mut leaf) {
                break (start, index);
            }
            taken |= 1 << index;
            (gap, at) = passed;
        };
        seen.insert_all(taken);
        let elements = usize::try_from(taken.count_ones()).unwrap_or(usize::MAX);
        run.taken.elements += elements;
        run.taken.children += elements;
    }
}

/// Makes entries nil, a bit each. Whether their slots take that.
#[inline(always)]
fn take_nils(
    mut nils: u64,
    table: &Table<'_>,
    slots: &mut [&mut dyn Slot],
    leaf: &mut Leaf<'_>,
) -> bool {
    while nils != 0 {
        leaf.text = None;
        let index = usize::try_from(nils.trailing_zeros()).unwrap_or(usize::MAX);
        let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
            return false;
        };
        if !slot.read_leaf(field, leaf) {
            return false;
        }
        nils &= nils - 1;
    }
    true
}
