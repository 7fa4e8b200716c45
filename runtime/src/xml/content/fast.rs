//! The elements that the table leads to expect, by comparing the document with their tags.

use memchr::memchr2;

use super::{Seen, Table};
use crate::shape::{Field, Kind};
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::xml::XSI;
use crate::xml::chars::is_space;
use crate::xml::reader::{Nil, Open, Reader};
use crate::xml::tokenizer::is_plain;

/// What [`Reader::read_fast`] came to.
pub(super) enum Came {
    /// An element for the entry of this index, its start tag passed.
    Field(usize),
    /// The end of the content; the end tag of an element is passed.
    End,
    /// Something that only the tokenizer knows.
    Unknown,
}

/// How a start tag begins: the entry that takes it, and its name.
struct Found {
    index: usize,
    name: usize,
    prefix: usize,
    /// The branch of the choice that the entry is.
    branch: Option<usize>,
}

impl<'a> Reader<'a> {
    /// Takes elements as long as they are expected. Those that are simple values are read on the
    /// way; the start tag of any other one, and the end of the content, are for the caller.
    pub(super) fn read_fast(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        next: &mut usize,
        seen: &mut Seen,
        group: bool,
    ) -> Came {
        if self.slow_only || self.peeked || self.pending_end || table.mixed {
            return Came::Unknown;
        }
        let own = self.bindings.prefix(table.namespace);
        let bytes = self.input.as_bytes();
        loop {
            let mut start = self.pos;
            while bytes.get(start).is_some_and(|byte| is_space(*byte)) {
                start += 1;
            }
            match bytes.get(start..start + 2) {
                Some(b"</") if group => {
                    self.pos = start;
                    return Came::End;
                }
                Some(b"</") => {
                    return match self.end_tag_fast(start) {
                        Some(end) => {
                            self.pos = end;
                            Came::End
                        }
                        None => Came::Unknown,
                    };
                }
                Some([b'<', _]) => {}
                _ => return Came::Unknown,
            }
            let tag = start + 1;
            let Some(found) = self.find_entry(table, own, *next, seen, &bytes[tag..]) else {
                return Came::Unknown;
            };
            let index = found.index;
            let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
                return Came::Unknown;
            };
            if !self.has_room() {
                return Came::Unknown;
            }
            let after = if self.attachments.is_none() && matches!(field.kind, Kind::Element) {
                self.leaf(field, &mut **slot, tag, found.name)
            } else {
                None
            };
            let Some(after) = after else {
                return match self.open_found(field, &found, tag) {
                    true => Came::Field(index),
                    false => Came::Unknown,
                };
            };
            self.pos = after;
            self.count_leaf(field.repeated);
            *next = if field.repeated { index } else { index + 1 };
            seen.insert(index);
        }
    }

    /// The entry from `next` on that a start tag belongs to; `None` also where only the tokenizer
    /// can tell.
    #[inline]
    fn find_entry(
        &mut self,
        table: &Table<'_>,
        own: Option<&'a str>,
        next: usize,
        seen: &Seen,
        tag: &[u8],
    ) -> Option<Found> {
        for (index, field) in table.fields.iter().enumerate().skip(next) {
            let (found, branch) = match field.kind {
                Kind::Element => (self.starts_tag(field, own, tag), None),
                Kind::Attached | Kind::Any | Kind::Text | Kind::Nil => continue,
                Kind::Choice(_) | Kind::Group(_) if seen.has(index) && !field.repeated => continue,
                Kind::Choice(_) if field.nil_others => return None,
                Kind::Choice(branches) => {
                    let mut found = None;
                    for (branch, field) in branches.iter().enumerate() {
                        if !matches!(field.kind, Kind::Element) {
                            return None;
                        }
                        if let Some(name) = self.starts_tag(field, own, tag) {
                            found = Some((name, branch));
                            break;
                        }
                    }
                    match found {
                        Some((name, branch)) => (Some(name), Some(branch)),
                        None => continue,
                    }
                }
                // What groups take, only the slow path knows.
                Kind::Group(_) => return None,
            };
            let Some((name, prefix)) = found else {
                continue;
            };
            if seen.has(index) && !field.repeated || name > self.limits.name {
                return None;
            }
            return Some(Found {
                index,
                name,
                prefix,
                branch,
            });
        }
        None
    }

    /// Whether a start tag has the name of an entry: the lengths of its qualified name and prefix.
    #[inline]
    fn starts_tag(
        &mut self,
        field: &Field,
        own: Option<&'a str>,
        tag: &[u8],
    ) -> Option<(usize, usize)> {
        let prefix = match field.namespace {
            None => own,
            Some(namespace) => self.bindings.prefix(namespace),
        }?;
        let (prefix, name) = (prefix.as_bytes(), field.name.as_bytes());
        let start = if prefix.is_empty() {
            0
        } else {
            prefix.len() + 1
        };
        let end = start + name.len();
        let ends = matches!(tag.get(end)?, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r');
        let fits = ends
            && is_same(&tag[start..end], name)
            && (prefix.is_empty()
                || tag[prefix.len()] == b':' && is_same(&tag[..prefix.len()], prefix));
        fits.then_some((end, prefix.len()))
    }

    /// Reads an element that is `<name>text</name>`, `<name/>` or `<name xsi:nil="true"/>`: where it
    /// ends. `None` where it is another, or the slot takes no such thing.
    #[inline]
    fn leaf(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
        tag: usize,
        name: usize,
    ) -> Option<usize> {
        let bytes = self.input.as_bytes();
        let end = tag + name;
        let (text, after) = match bytes.get(end)? {
            b'>' => {
                let start = end + 1;
                let rest = &bytes[start..];
                if matches!(rest, [b'<', next, ..] if *next != b'/') {
                    return None;
                }
                let length = memchr2(b'<', b'&', rest)?;
                let after = start + length;
                if !self.clean && !is_plain(&rest[..length]) {
                    return None;
                }
                let last = after + 2 + name;
                let ends = bytes.get(last) == Some(&b'>')
                    && bytes[after] == b'<'
                    && bytes[after + 1] == b'/'
                    && is_same(&bytes[after + 2..last], &bytes[tag..end]);
                if !ends {
                    return None;
                }
                (Some(&self.input[start..after]), last + 1)
            }
            b'/' if bytes.get(end + 1) == Some(&b'>') => (Some(""), end + 2),
            b' ' => {
                let xsi = self.bindings.prefix(XSI).filter(|xsi| !xsi.is_empty())?;
                let rest = bytes[end + 1..].strip_prefix(xsi.as_bytes())?;
                let nil = br#":nil="true"/>"#;
                let within = xsi.len() + 4 <= self.limits.name
                    && self.limits.attributes > 0
                    && self.limits.attribute_value >= 4;
                if !within || !rest.starts_with(nil) {
                    return None;
                }
                (None, end + 1 + xsi.len() + nil.len())
            }
            _ => return None,
        };
        let text = match (text, field.default_value) {
            (Some(""), Some(default)) => Some(default),
            (text, _) => text,
        };
        let leaf = Leaf { text, scope: self };
        slot.read_leaf(field, &leaf).then_some(after)
    }

    /// Passes the rest of a start tag whose name was found, and makes its element the current one.
    fn open_found(&mut self, field: &Field, found: &Found, start: usize) -> bool {
        let bytes = self.input.as_bytes();
        let end = start + found.name;
        let (after, empty) = match bytes.get(end..end + 2) {
            Some([b'>', _]) => {
                self.attributes.clear();
                self.nil = Nil::No;
                (end + 1, false)
            }
            Some(b"/>") => {
                self.attributes.clear();
                self.nil = Nil::No;
                (end + 2, true)
            }
            _ => match self.attributes_fast(end) {
                Some(passed) => passed,
                None => return false,
            },
        };
        let open = Open {
            start,
            len: found.name,
            prefix: found.prefix,
            bindings: self.bindings.len(),
            children: 0,
            index: 0,
        };
        if self.push(open).is_err() {
            return false;
        }
        if field.repeated {
            self.discount_child();
        }
        self.pos = after;
        self.pending_end = empty;
        if let (Kind::Choice(branches), Some(branch)) = (field.kind, found.branch) {
            self.branch = Some((branches, branch));
        }
        true
    }
}

/// Whether names of the same length are the same. They are short: a call costs more than it does.
#[inline]
fn is_same(left: &[u8], right: &[u8]) -> bool {
    let (left_words, left_rest) = left.as_chunks::<8>();
    let (right_words, right_rest) = right.as_chunks::<8>();
    left_words == right_words
        && left_rest.len() == right_rest.len()
        && left_rest.iter().zip(right_rest).all(|(l, r)| l == r)
}
