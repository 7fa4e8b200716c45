//! Elements that are simple values and no more: they go to their slots as texts.

use crate::shape::Field;
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::xml::chars::is_same;
use crate::xml::reader::Reader;
use crate::xml::scan::text_end;
use crate::xml::tokenizer::referred;

/// So many bytes the buffer for texts with references keeps.
const KEPT: usize = 32 << 10;

impl Reader<'_> {
    /// Reads an element that is `<name>text</name>`, `<name/>` or `<name xsi:nil="true"/>`, the first two
    /// maybe with an `xsi:type`: where it ends. `None` where it is another, or the slot takes no such
    /// thing. The name is at `tag..end`.
    #[inline(never)]
    pub(super) fn leaf(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
        tag: usize,
        end: usize,
    ) -> Option<usize> {
        let bytes = self.input.as_bytes();
        let mut start = end;
        if bytes.get(end) == Some(&b' ') {
            match self.any_type(end) {
                // Of a simple type, whatever it is said to be.
                Some(after) => start = after,
                None => {
                    self.bindings.xsi()?;
                    let after = bytes.len() - self.nil_end(bytes.get(end + 1..)?)?.len();
                    let leaf = Leaf {
                        text: None,
                        scope: self,
                    };
                    return slot.read_leaf(field, &leaf).then_some(after);
                }
            }
        }
        let (text, after) = match bytes.get(start)? {
            b'>' => {
                start += 1;
                if matches!(bytes.get(start..), Some([b'<', next, ..]) if *next != b'/') {
                    return None;
                }
                let name = bytes.get(tag..end)?;
                let stop = text_end(bytes, start)?;
                if bytes.get(stop) != Some(&b'<') {
                    return self.escaped_leaf(field, slot, name, start, stop);
                }
                let after = end_tag(bytes, stop, name)?;
                (&self.input[start..stop], after)
            }
            b'/' if bytes.get(start + 1) == Some(&b'>') => ("", start + 2),
            _ => return None,
        };
        let text = match field.default_value {
            Some(default) if text.is_empty() => default,
            _ => text,
        };
        let leaf = Leaf {
            text: Some(text),
            scope: self,
        };
        slot.read_leaf(field, &leaf).then_some(after)
    }

    /// [`Reader::leaf`] of a text with references or line ends in it.
    #[inline(never)]
    pub(super) fn escaped_leaf(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
        name: &[u8],
        start: usize,
        stop: usize,
    ) -> Option<usize> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let mut read = || {
            let stop = self.unescape(&mut buffer, start, stop)?;
            let after = end_tag(self.input.as_bytes(), stop, name)?;
            let text = match field.default_value {
                Some(default) if buffer.is_empty() => default,
                _ => &buffer,
            };
            let leaf = Leaf {
                text: Some(text),
                scope: self,
            };
            slot.read_leaf(field, &leaf).then_some(after)
        };
        let after = read();
        if buffer.capacity() <= KEPT {
            self.buffer = buffer;
        }
        after
    }

    /// Appends a text up to the next markup, and says where that is; `None` where it is not
    /// well-formed. Nothing special is before `stop`.
    fn unescape(&self, text: &mut String, start: usize, mut stop: usize) -> Option<usize> {
        let bytes = self.input.as_bytes();
        // What is before it is in the text already.
        let mut done = start;
        loop {
            match *bytes.get(stop)? {
                b'<' => break,
                b'&' => {
                    text.push_str(self.input.get(done..stop)?);
                    let (character, after) = self.reference_at(stop)?;
                    text.push(character);
                    stop = after;
                    done = after;
                }
                b'\r' => {
                    text.push_str(self.input.get(done..stop)?);
                    stop += 1;
                    done = stop;
                    if bytes.get(stop) != Some(&b'\n') {
                        text.push('\n');
                    }
                }
                b']' if !bytes.get(stop..)?.starts_with(b"]]>") => stop += 1,
                0xEF if is_character(bytes, stop) => stop += 3,
                _ => return None,
            }
            stop = text_end(bytes, stop)?;
        }
        text.push_str(self.input.get(done..stop)?);
        Some(stop)
    }

    /// The character that the reference at a place stands for, and where that ends.
    pub(in crate::xml) fn reference_at(&self, at: usize) -> Option<(char, usize)> {
        match self.input.as_bytes().get(at + 1..)? {
            [b'a', b'm', b'p', b';', ..] => return Some(('&', at + "&amp;".len())),
            [b'l', b't', b';', ..] => return Some(('<', at + "&lt;".len())),
            [b'g', b't', b';', ..] => return Some(('>', at + "&gt;".len())),
            _ => {}
        }
        let body = self.input.get(at + 1..)?;
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
        let length = body.bytes().position(|byte| !is_name(byte))?;
        let (name, rest) = body.split_at_checked(length)?;
        let character = referred(name).filter(|_| rest.starts_with(';'))?;
        Some((character, at + length + 2))
    }
}

/// The end of `</name>` at a place.
#[inline(always)]
pub(in crate::xml) fn end_tag(bytes: &[u8], at: usize, name: &[u8]) -> Option<usize> {
    let tag = bytes.get(at..at + name.len() + 3)?;
    let is_end = matches!(tag, [b'<', b'/', inner @ .., b'>'] if is_same(inner, name));
    is_end.then_some(at + tag.len())
}

/// Whether the character at a place, which begins with 0xEF, may be in a document: U+FFFE and U+FFFF
/// may not.
pub(in crate::xml) fn is_character(bytes: &[u8], at: usize) -> bool {
    !matches!(bytes.get(at + 1..), Some([0xBF, 0xBE | 0xBF, ..]) | None)
}
