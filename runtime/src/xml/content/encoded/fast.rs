//! The elements whose start tags are those of others before them.

use super::plan::Tag;
use super::{Came, Encoded, Walk};
use crate::shape::Field;
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::soap::encoding::Content;
use crate::xml::chars::{is_same, is_space};
use crate::xml::reader::{Nil, Open, Reader, Taken};
use crate::xml::scan::text_end;

impl<'a> Reader<'a> {
    /// Takes elements as long as their start tags are known. Those that are simple values are read on
    /// the way. `None` for what only the tokenizer knows.
    pub(super) fn encoded_fast(
        &mut self,
        walk: &mut Walk,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
    ) -> Option<Came<'a>> {
        if self.pending_end {
            return None;
        }
        // Out of `self` as long as both are needed.
        let encoded = self.encoded.take()?;
        let came = self.take_known(&encoded, walk, fields, slots);
        self.encoded = Some(encoded);
        came
    }

    fn take_known(
        &mut self,
        encoded: &Encoded<'a>,
        walk: &mut Walk,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
    ) -> Option<Came<'a>> {
        let entries = encoded.entries.get(walk.first..walk.first + fields.len())?;
        let bytes = self.input.as_bytes();
        let scope = self.bindings.scope();
        let room = self.room();
        let mut taken = Taken::default();
        let mut pos = self.pos;
        let opened = loop {
            while bytes.get(pos).is_some_and(|byte| is_space(*byte)) {
                pos += 1;
            }
            let rest = bytes.get(pos..)?;
            match rest {
                [b'<', b'/', ..] => match self.end_tag_fast(pos) {
                    Some(end) => {
                        pos = end;
                        break Some(Err(Came::End));
                    }
                    None => break None,
                },
                [b'<', ..] if taken.elements < room => {}
                _ => break None,
            }
            let is_here = |tag: &&Tag<'_>| {
                tag.scope == scope
                    && rest
                        .get(..tag.text.len())
                        .is_some_and(|rest| is_same(rest, tag.text.as_bytes()))
            };
            // Most often it is the next one, and holds something.
            let next = entries.get(walk.next).map(|entry| &entry.tags[0]);
            let found = match next.filter(is_here) {
                Some(tag) => Some((walk.next, tag)),
                None => {
                    let mut after = entries.iter().enumerate().skip(walk.next);
                    after.find_map(|(index, entry)| {
                        let tag = entry.tags.iter().find(is_here)?;
                        Some((index, tag))
                    })
                }
            };
            let Some((index, tag)) = found else {
                break None;
            };
            let (Some(field), Some(slot)) = (fields.get(index), slots.get_mut(index)) else {
                break None;
            };
            if walk.seen.has(index) && !field.repeated || walk.is_renamed && index == 0 {
                break None;
            }
            match self.encoded_leaf(field, &mut **slot, tag, pos) {
                Some(after) => {
                    pos = after;
                    taken.elements += 1;
                    taken.children += 1;
                    walk.pass(index, field);
                }
                None => break Some(Ok((index, tag))),
            }
        };
        self.pos = pos;
        self.count(taken);
        match opened? {
            Ok((index, tag)) => {
                self.open_known(tag)
                    .then_some(Came::Field(index, tag.content, None))
            }
            Err(came) => Some(came),
        }
    }

    /// Reads an element that is a text, or nil: where it ends. `None` where it is another, or the slot
    /// takes no such thing. Its start tag is at a place.
    #[inline(always)]
    fn encoded_leaf(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
        tag: &Tag<'a>,
        at: usize,
    ) -> Option<usize> {
        let start = at + tag.text.len();
        let (text, after) = match (tag.is_nil, tag.content) {
            (true, _) if tag.is_empty => (None, start),
            (false, Content::Simple) if tag.is_empty => (Some(""), start),
            (false, Content::Simple) => {
                let end = text_end(self.input.as_bytes(), start)?;
                let rest = self.input.as_bytes().get(end..)?;
                let (last, rest) = rest.strip_prefix(b"</")?.split_at_checked(tag.name)?;
                let name = tag.text.as_bytes().get(1..=tag.name)?;
                if rest.first() != Some(&b'>') || !is_same(last, name) {
                    return None;
                }
                (Some(self.input.get(start..end)?), end + tag.name + 3)
            }
            _ => return None,
        };
        let text = match field.default_value {
            Some(default) if text == Some("") => Some(default),
            _ => text,
        };
        let leaf = Leaf { text, scope: self };
        slot.read_leaf(field, &leaf).then_some(after)
    }

    /// Makes an element the current one whose start tag is at the current place.
    fn open_known(&mut self, tag: &Tag<'a>) -> bool {
        let open = Open {
            start: self.pos + 1,
            len: tag.name,
            prefix: tag.prefix,
            bindings: self.bindings.len(),
            children: 1,
            index: 0,
        };
        if self.push(open).is_err() {
            return false;
        }
        self.attributes.clear();
        self.attributes.extend(tag.kept.clone());
        self.nil = if tag.is_nil { Nil::Yes } else { Nil::No };
        self.pos += tag.text.len();
        self.pending_end = tag.is_empty;
        true
    }

    /// Remembers the start tag that was passed last, which began at a place.
    pub(super) fn remember(
        &self,
        encoded: &mut Encoded<'a>,
        index: usize,
        at: usize,
        content: Content,
    ) {
        let (Some(entry), Some(open)) = (encoded.entries.get_mut(index), self.stack.last()) else {
            return;
        };
        if self.bindings.len() != open.bindings {
            return;
        }
        let is_nil = self.nil == Nil::Yes;
        if let Some(tag) = entry.tags.get_mut(usize::from(is_nil)) {
            *tag = Tag {
                text: &self.input[at..self.pos],
                scope: self.bindings.scope(),
                name: open.len,
                prefix: open.prefix,
                is_empty: self.pending_end,
                is_nil,
                content,
                kept: self.attributes.first().cloned(),
            };
        }
    }
}
