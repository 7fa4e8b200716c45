//! The text that is written: octets, and room after them that is there already, so that what is
//! appended takes one look at the room instead of one for each of its parts.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroize;

use crate::xml::escape::{self, Short};

/// Markup of this length is copied by a few instructions, longer one by a call.
const BLOCK: usize = 64;

/// Room for a block of markup, a short text, and a block of markup.
pub(super) const ROOM: usize = BLOCK + escape::ESCAPED + BLOCK;

/// So much room is made at once in a long text: what was just cleared is still close at hand when it is
/// written over.
const STEP: usize = 16 << 10;

/// So much is cleared at first: from 2 KiB on processors are given an instruction for it that is slow to
/// begin.
const FIRST: usize = 2_000;

/// Markup that is kept to be copied.
#[derive(Clone, Debug)]
pub(super) struct Block {
    octets: [u8; BLOCK],
    len: u8,
    /// The whole of what is longer than a block.
    long: Option<Box<str>>,
}

impl Block {
    /// The end of an attribute.
    pub(super) const QUOTE: &'static Self = &Self {
        octets: [b'"'; BLOCK],
        len: 1,
        long: None,
    };

    pub(super) fn new(text: &str) -> Self {
        let mut octets = [b' '; BLOCK];
        let (len, long) = match octets.get_mut(..text.len()) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                (u8::try_from(text.len()).unwrap_or_default(), None)
            }
            None => (0, Some(text.into())),
        };
        Self { octets, len, long }
    }

    /// The length of the whole text.
    pub(super) fn len(&self) -> usize {
        match &self.long {
            Some(text) => text.len(),
            None => self.len.into(),
        }
    }
}

/// The text of a document, or of a part of one.
#[derive(Clone, Default)]
pub(in crate::xml) struct Buffer {
    /// The text and the room after it. Only whole texts are appended.
    octets: Vec<u8>,
    len: usize,
}

impl fmt::Debug for Buffer {
    /// Never the text: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

impl Buffer {
    /// Room for a text of about this length, of which only the first part is cleared now.
    pub(super) fn with_room(room: usize) -> Self {
        let mut octets = Vec::with_capacity(room);
        octets.resize(room.min(FIRST), 0);
        Self { octets, len: 0 }
    }

    #[inline(always)]
    pub(in crate::xml) fn len(&self) -> usize {
        self.len
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, needed: usize) {
        let least = self.len + needed;
        if self.octets.capacity() < least {
            // As much again, of which only a part is cleared now.
            let more = least - self.octets.len();
            self.octets.reserve(more);
        }
        let room = self.octets.capacity().min(least + STEP);
        self.octets.resize(room, 0);
    }

    /// The octets that are written next.
    #[inline(always)]
    fn room(&mut self, needed: usize) -> Option<&mut [u8]> {
        if self.octets.len() - self.len < needed {
            self.grow(needed);
        }
        self.octets.get_mut(self.len..)?.get_mut(..needed)
    }

    #[inline]
    pub(in crate::xml) fn push_str(&mut self, text: &str) {
        self.push_octets(text.as_bytes());
    }

    /// Appends a character of ASCII.
    #[inline(always)]
    pub(super) fn push_byte(&mut self, byte: u8) {
        match self.octets.get_mut(self.len) {
            Some(place) => {
                *place = byte;
                self.len += 1;
            }
            None => self.push_octets(&[byte]),
        }
    }

    /// Appends the octets of a text.
    #[inline(always)]
    pub(in crate::xml) fn push_octets(&mut self, text: &[u8]) {
        if let Some(room) = self.room(text.len()) {
            room.copy_from_slice(text);
            self.len += text.len();
        }
    }

    /// Appends a block without its last octets.
    #[inline(always)]
    pub(super) fn push_block(&mut self, block: &Block, without: usize) {
        if let Some(text) = &block.long {
            self.push_str(text);
        } else if let Some(room) = self.room(BLOCK) {
            room.copy_from_slice(&block.octets);
            self.len += usize::from(block.len);
        }
        self.len -= without;
    }

    /// Appends markup, a short text and markup. `false` where the text is none that can be put so: nothing is
    /// appended, then.
    #[inline(always)]
    pub(super) fn push_around(&mut self, before: &Block, text: impl Short, after: &Block) -> bool {
        let room = match places(&mut self.octets, self.len) {
            Some(room) => room,
            None => {
                self.grow(ROOM);
                let Some(room) = places(&mut self.octets, self.len) else {
                    return false;
                };
                room
            }
        };
        if before.long.is_some() || after.long.is_some() {
            return false;
        }
        // Places after each other, each as large as it can be.
        let at = usize::from(before.len).min(BLOCK);
        if let Some(place) = room.first_chunk_mut() {
            *place = before.octets;
        }
        let place = room.get_mut(at..at + escape::ESCAPED);
        let Some(place) = place.and_then(<[u8]>::first_chunk_mut) else {
            return false;
        };
        let Some(len) = text.put(place) else {
            return false;
        };
        let at = at + len;
        let place = room.get_mut(at..).and_then(<[u8]>::first_chunk_mut);
        let Some(place) = place.filter(|_| len <= escape::ESCAPED) else {
            return false;
        };
        *place = after.octets;
        self.len += at + usize::from(after.len);
        true
    }

    /// Appends what `write` puts at the front of a place of this size; `false` where it gives nothing.
    #[inline]
    pub(in crate::xml) fn push_written(
        &mut self,
        room: usize,
        write: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> bool {
        let written = self.room(room).and_then(write);
        let written = written.filter(|len| *len <= room);
        self.len += written.unwrap_or_default();
        written.is_some()
    }

    pub(super) fn push_buffer(&mut self, other: &Self) {
        self.push_octets(other.as_bytes());
    }

    /// Appends a part of the text once more.
    pub(super) fn repeat(&mut self, range: Range<usize>) {
        let len = range.len();
        if range.end <= self.len && self.room(len).is_some() {
            self.octets.copy_within(range, self.len);
            self.len += len;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    pub(in crate::xml) fn as_bytes(&self) -> &[u8] {
        self.octets.get(..self.len).unwrap_or_default()
    }

    /// A part of the text; nothing where it is none.
    pub(super) fn part(&self, range: Range<usize>) -> &str {
        let octets = self.as_bytes().get(range).unwrap_or_default();
        std::str::from_utf8(octets).unwrap_or_default()
    }

    pub(super) fn replace(&mut self, range: Range<usize>, text: &[u8]) {
        if range.end <= self.len {
            self.len = self.len - range.len() + text.len();
            self.octets.splice(range, text.iter().copied());
        }
    }

    /// The octets of the text.
    pub(super) fn into_octets(mut self) -> Vec<u8> {
        self.octets.truncate(self.len);
        if self.octets.capacity() / 2 > self.len.max(STEP) {
            // The document before was a longer one.
            self.octets.shrink_to_fit();
        }
        self.octets
    }

    /// The text.
    pub(super) fn into_text(self) -> String {
        // Nothing is lost: only texts were appended.
        String::from_utf8(self.into_octets())
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// The text; nothing is left.
    pub(in crate::xml) fn take(&mut self) -> String {
        std::mem::take(self).into_text()
    }

    /// Leaves nothing of the text in memory.
    pub(super) fn wipe(&mut self) {
        self.octets.zeroize();
        self.len = 0;
    }
}

/// Room for what [`Buffer::push_around`] appends.
#[inline(always)]
fn places(octets: &mut [u8], at: usize) -> Option<&mut [u8; ROOM]> {
    octets.get_mut(at..)?.first_chunk_mut()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::one;
    use crate::types::Base64Binary;
    use crate::value::Value;
    use crate::xml::Writer;

    fn escaped(text: &str) -> String {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        text.replace('>', "&gt;")
    }

    #[test]
    fn texts_of_any_length_are_whole() {
        let (name, long) = ("v", &*"v".repeat(100).leak());
        for name in [name, long] {
            let entry = one(name).in_namespace("urn:v");
            let mut texts = vec!["\u{e9}\t\n".to_owned(), "\u{feff}".repeat(20)];
            for length in 1..=140 {
                texts.push("x".repeat(length));
                for markup in ["&", "<", ">"] {
                    for at in [0, length / 2, length] {
                        let (before, after) = ("x".repeat(at), "y".repeat(length - at));
                        texts.push(format!("{before}{markup}{after}"));
                    }
                }
            }
            let mut writer = Writer::new();
            writer.start("urn:v", "a");
            let mut expected = String::from("<ns:a xmlns:ns=\"urn:v\">");
            for text in &texts {
                text.write_xml(&entry, &mut writer);
                expected += &format!("<ns:{name}>{}</ns:{name}>", escaped(text));
                // So that nothing of what stood there before is left.
                String::from("z").write_xml(&entry, &mut writer);
                expected += &format!("<ns:{name}>z</ns:{name}>");
            }
            assert_eq!(writer.finish().unwrap(), expected + "</ns:a>");
        }
    }

    #[test]
    fn octets_of_any_length_are_whole() {
        let entry = one("v").in_namespace("urn:v");
        let mut writer = Writer::new();
        writer.start("urn:v", "a");
        let mut expected = String::from("<ns:a xmlns:ns=\"urn:v\">");
        for length in 0..200 {
            let octets = Base64Binary(vec![b'a'; length]);
            octets.write_xml(&entry, &mut writer);
            expected += &match length {
                0 => "<ns:v/>".to_owned(),
                _ => format!("<ns:v>{octets}</ns:v>"),
            };
        }
        assert_eq!(writer.finish().unwrap(), expected + "</ns:a>");
    }

    #[test]
    fn a_short_text_does_not_keep_the_room_of_a_long_one() {
        for (length, room) in [(10, 3 * STEP), (2 * STEP, 3 * STEP), (2 * STEP, 5 * STEP)] {
            let mut buffer = Buffer::with_room(room);
            let text = "x".repeat(length);
            buffer.push_str(&text);
            let octets = buffer.into_octets();
            assert_eq!(octets, text.as_bytes());
            assert!(octets.capacity() <= 2 * length.max(STEP), "{length}");
        }
    }

    #[test]
    fn room_grows_and_parts_are_replaced() {
        let mut buffer = Buffer::with_room(3);
        let mut expected = String::new();
        for index in 0..5_000 {
            let text = format!("é{index}");
            buffer.push_str(&text);
            expected += &text;
        }
        buffer.replace(0..2, b"abcdef");
        expected.replace_range(0..2, "abcdef");
        buffer.replace(1..3, b"");
        expected.replace_range(1..3, "");
        buffer.repeat(0..4);
        expected.extend_from_within(..4);
        assert_eq!(buffer.part(0..4), &expected[..4]);
        assert_eq!(
            format!("{buffer:?}"),
            format!("Buffer {{ len: {}, .. }}", expected.len())
        );
        assert_eq!(buffer.take(), expected);
        assert_eq!(buffer.take(), "");
    }
}
