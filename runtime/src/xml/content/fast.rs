//! The elements that the table leads to expect, by comparing the document with their tags.

use memchr::{memchr, memchr2};

use super::{Seen, Table, Tag};
use crate::read_error::ReadError;
use crate::shape::{Field, Kind, Shape};
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::xml::XSI;
use crate::xml::chars::{is_same, is_space};
use crate::xml::reader::{Nil, Open, Reader, Taken};
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

/// How a start tag begins: the entry that takes it, and the length of its qualified name.
struct Found {
    index: usize,
    name: usize,
    /// The branch of the choice that the entry is.
    branch: Option<(&'static [Field], usize)>,
}

impl<'a> Reader<'a> {
    /// Takes elements as long as they are expected and all plain. The start tag of any other one, and
    /// the end of the content, are for the caller.
    pub(super) fn read_fast(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        next: &mut usize,
        seen: &mut Seen,
        group: bool,
    ) -> Result<Came, ReadError> {
        if self.slow_only || self.peeked || self.pending_end || table.mixed {
            return Ok(Came::Unknown);
        }
        let own = self.bindings.prefix(table.namespace);
        let bytes = self.input.as_bytes();
        let mut room = self.room();
        let is_alone = self.attachments.is_none();
        let mut taken = Taken::default();
        let mut pos = self.pos;
        let opened = loop {
            while bytes.get(pos).is_some_and(|byte| is_space(*byte)) {
                pos += 1;
            }
            let start = pos + 1;
            match bytes.get(pos..pos + 2) {
                Some([b'<', b'/']) => {
                    self.pos = pos;
                    self.count(taken);
                    return Ok(self.end_fast(group));
                }
                Some([b'<', _]) if taken.elements < room => {}
                _ => break None,
            }
            let Some(found) = self.find_entry(table.fields, own, *next, seen, &bytes[start..])
            else {
                break None;
            };
            let index = found.index;
            let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
                break None;
            };
            if !is_alone {
                break Some((found, field, start));
            }
            let end = start + found.name;
            if found.branch.is_none()
                && let Some(after) = self.leaf(field, &mut **slot, start, end)
            {
                pos = after;
                taken.elements += 1;
                taken.children += usize::from(!field.repeated);
            } else {
                self.pos = pos;
                self.count(std::mem::take(&mut taken));
                self.tag = Some(Tag {
                    start,
                    len: found.name,
                    prefix: memchr(b':', &bytes[start..end]).unwrap_or_default(),
                    at: end,
                    attributes: 0,
                    repeated: field.repeated,
                    index: 0,
                    is_polymorphic: false,
                    branch: found.branch,
                });
                self.namespace = table.namespace;
                let is_taken = slot.read_tag(field, self)?;
                self.tag = None;
                if !is_taken {
                    break Some((found, field, start));
                }
                pos = self.pos;
                room = self.room();
            }
            seen.insert(index);
            *next = if field.repeated { index } else { index + 1 };
        };
        self.pos = pos;
        self.count(taken);
        Ok(match opened {
            Some((found, field, start)) if self.open_found(field, &found, start) => {
                Came::Field(found.index)
            }
            _ => Came::Unknown,
        })
    }

    /// Takes the end tag at the current place.
    fn end_fast(&mut self, group: bool) -> Came {
        if group {
            return Came::End;
        }
        match self.end_tag_fast(self.pos) {
            Some(end) => {
                self.pos = end;
                Came::End
            }
            None => Came::Unknown,
        }
    }

    /// The entry from `next` on that a start tag belongs to; `None` also where only the tokenizer
    /// can tell.
    #[inline]
    fn find_entry(
        &mut self,
        fields: &[Field],
        own: Option<&'a str>,
        next: usize,
        seen: &Seen,
        tag: &[u8],
    ) -> Option<Found> {
        for (index, field) in fields.iter().enumerate().skip(next) {
            let mut branch = None;
            let name = match field.kind {
                Kind::Element => self.starts_tag(field, own, tag),
                Kind::Attached | Kind::Any | Kind::Text | Kind::Nil => continue,
                Kind::Choice(_) | Kind::Group(_) if seen.has(index) && !field.repeated => continue,
                Kind::Choice(branches) if !field.nil_others => {
                    let mut name = None;
                    for (index, field) in branches.iter().enumerate() {
                        if !matches!(field.kind, Kind::Element) {
                            return None;
                        }
                        name = self.starts_tag(field, own, tag);
                        if name.is_some() {
                            branch = Some((branches, index));
                            break;
                        }
                    }
                    name
                }
                // What a group takes, only the slow path knows; what it does not take, this one too.
                Kind::Group(shape) if !self.may_take(shape, tag) => None,
                Kind::Choice(_) | Kind::Group(_) => return None,
            };
            if let Some(name) = name {
                let free = field.repeated || !seen.has(index);
                return (free && name <= self.limits.name).then_some(Found {
                    index,
                    name,
                    branch,
                });
            }
        }
        None
    }

    /// Whether a group may take an element, as far as a glance tells.
    fn may_take(&mut self, shape: &'static Shape, tag: &[u8]) -> bool {
        let own = self.bindings.prefix(shape.namespace);
        let mut fields = shape.fields.iter();
        fields.any(|field| {
            !matches!(field.kind, Kind::Element) || self.starts_tag(field, own, tag).is_some()
        })
    }

    /// Whether a start tag has the name of an entry: the length of its qualified name.
    #[inline(always)]
    fn starts_tag(&mut self, field: &Field, own: Option<&'a str>, tag: &[u8]) -> Option<usize> {
        let prefix = match field.namespace {
            None => own,
            Some(namespace) => self.bindings.prefix(namespace),
        }?
        .as_bytes();
        let local = if prefix.is_empty() {
            tag
        } else {
            let (start, rest) = tag.split_at_checked(prefix.len())?;
            match rest {
                [b':', local @ ..] if is_same(start, prefix) => local,
                _ => return None,
            }
        };
        let name = field.name.as_bytes();
        let (start, rest) = local.split_at_checked(name.len())?;
        let ends = matches!(rest, [b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r', ..]);
        (ends && is_same(start, name)).then(|| tag.len() - rest.len())
    }

    /// Reads an element that is `<name>text</name>`, `<name/>` or `<name xsi:nil="true"/>`, the first two
    /// maybe with an `xsi:type`: where it ends. `None` where it is another, or the slot takes no such
    /// thing. The name is at `tag..end`.
    #[inline(always)]
    pub(super) fn leaf(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
        tag: usize,
        end: usize,
    ) -> Option<usize> {
        let bytes = self.input.as_bytes();
        let mut start = end;
        if bytes.get(end) == Some(&b' ')
            && let Some((_, after)) = self.type_attribute(end)
        {
            // Of a simple type, whatever it is said to be.
            start = after;
        }
        let (text, after) = match bytes.get(start)? {
            b'>' => {
                start += 1;
                let rest = &bytes[start..];
                if matches!(rest, [b'<', next, ..] if *next != b'/') {
                    return None;
                }
                let length = memchr2(b'<', b'&', rest)?;
                let (text, rest) = rest.split_at_checked(length)?;
                let rest = rest.strip_prefix(b"</")?;
                let (last, rest) = rest.split_at_checked(end - tag)?;
                let ends = rest.first() == Some(&b'>') && is_same(last, &bytes[tag..end]);
                if !ends || !self.clean && !is_plain(text) {
                    return None;
                }
                let text = &self.input[start..start + length];
                (Some(text), bytes.len() - rest.len() + 1)
            }
            b'/' if bytes.get(start + 1) == Some(&b'>') => (Some(""), start + 2),
            b' ' if start == end => (None, self.nil_fast(end + 1)?),
            _ => return None,
        };
        let text = match field.default_value {
            Some(default) if text == Some("") => Some(default),
            _ => text,
        };
        let leaf = Leaf { text, scope: self };
        slot.read_leaf(field, &leaf).then_some(after)
    }

    /// The end of `xsi:nil="true"/>`.
    fn nil_fast(&mut self, at: usize) -> Option<usize> {
        let xsi = self.bindings.prefix(XSI).filter(|xsi| !xsi.is_empty())?;
        let rest = self.input.as_bytes()[at..].strip_prefix(xsi.as_bytes())?;
        let nil = br#":nil="true"/>"#;
        let within = xsi.len() + 4 <= self.limits.name
            && self.limits.attributes > 0
            && self.limits.attribute_value >= 4;
        (within && rest.starts_with(nil)).then_some(at + xsi.len() + nil.len())
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
            prefix: memchr(b':', &bytes[start..end]).unwrap_or_default(),
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
        self.branch = found.branch;
        true
    }
}
