//! The elements that the table leads to expect, by comparing the document with their tags.

use memchr::{memchr, memmem};

use super::leaves::{Next, Run};
use super::slow::is_complete;
use super::{Seen, Table, Tag};
use crate::read_error::ReadError;
use crate::shape::{Field, Kind, Shape, first};
use crate::slot::Slot;
use crate::xml::chars::{begins, ends_name, is_same};
use crate::xml::reader::{Reader, Taken};
use crate::xml::scan::space_end;

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
    /// Length of the prefix, 0 without one.
    prefix: usize,
    /// The branch of the choice that the entry is.
    branch: Option<(&'static [Field], usize)>,
    /// Whether the entry is a group: then the name is for its record to look at.
    is_group: bool,
}

impl<'a> Reader<'a> {
    /// Whether content can be read along the table.
    #[inline]
    pub(super) fn may_be_fast(&self, table: &Table<'_>) -> bool {
        !(self.slow_only || self.peeked || self.pending_end || table.mixed)
    }

    /// Takes elements as long as they are expected and all plain. The start tag of any other one, and
    /// the end of the content, are for the caller.
    pub(super) fn read_fast(
        &mut self,
        table: &Table<'_>,
        slots: &mut [&mut dyn Slot],
        next: &mut Next,
        seen: &mut Seen,
        group: bool,
    ) -> Result<Came, ReadError> {
        if !self.may_be_fast(table) {
            return Ok(Came::Unknown);
        }
        let learned = self.bindings.learned(table.namespace);
        let (own, lead) = (learned.prefix, learned.lead);
        let bytes = self.input.as_bytes();
        let mut room = self.room();
        let is_alone = self.attachments.is_none();
        let longest = self.limits.name;
        let mut taken = Taken::default();
        let mut pos = self.pos;
        let Next {
            entry: next,
            record,
            looked,
        } = next;
        let opened = loop {
            // Whether it is surely the element of the next entry.
            let mut named = *looked == Some((pos, true));
            let mut tried = named || *record == Some(*next);
            let is_new = !tried && is_alone && *looked != Some((pos, false));
            if let Some(lead) = lead.as_ref().filter(|_| is_new) {
                let mut run = Run {
                    pos,
                    taken,
                    next: *next,
                    room,
                };
                named = self.leaves(table, slots, lead, seen, &mut run);
                tried = named;
                (pos, taken, *next) = (run.pos, run.taken, run.next);
            }
            pos = space_end(bytes, pos);
            let start = pos + 1;
            let tag = match bytes.get(pos..) {
                Some([b'<', b'/', ..]) => {
                    self.pos = pos;
                    self.count(taken);
                    return Ok(self.end_fast(group));
                }
                Some([b'<', tag @ ..]) if taken.elements < room => tag,
                _ => break None,
            };
            // Most come in the order of the table.
            let expected = match (table.fields.get(*next), &lead) {
                (Some(field), Some(lead)) if named => Some(lead.name(field)),
                (Some(field), Some(lead)) if field.is_named() && is_own(field, table) => {
                    let is_free = field.repeated || !seen.has(*next);
                    lead.tag_name(tag, field).filter(|_| is_free)
                }
                _ => None,
            };
            let expected = expected.filter(|name| *name <= longest);
            let found = match expected {
                Some(name) => Found {
                    index: *next,
                    name,
                    prefix: own.map_or(0, str::len),
                    branch: None,
                    is_group: false,
                },
                None => match self.find_entry(table.fields, own, *next, seen, tag) {
                    Some(found) => found,
                    None if group && self.ends_group(table, own, seen, tag) => {
                        self.pos = pos;
                        self.count(taken);
                        return Ok(Came::End);
                    }
                    None => break None,
                },
            };
            let index = found.index;
            let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
                break None;
            };
            if !is_alone {
                break Some((found, field, start));
            }
            let end = start + found.name;
            if found.is_group {
                self.pos = pos;
                self.count(std::mem::take(&mut taken));
                if !self.read_group(table, field, &mut **slot)? {
                    break None;
                }
                pos = self.pos;
                room = self.room();
                if self.peeked || self.pending_end {
                    seen.insert(index);
                    *next = if field.repeated { index } else { index + 1 };
                    break None;
                }
            } else if found.branch.is_none()
                && !(tried && index == *next)
                && let Some(after) = self.leaf(field, &mut **slot, start, end)
            {
                pos = after;
                taken.elements += 1;
                taken.children += usize::from(!field.repeated);
            } else {
                self.pos = pos;
                self.count(std::mem::take(&mut taken));
                let tag = Tag::new(field, start, (found.name, found.prefix), found.branch);
                self.namespace = table.namespace;
                if field.repeated {
                    *record = Some(index);
                }
                if let Some(start) = self.read_tags(field, &mut **slot, tag)? {
                    if self.pos != pos {
                        // There was one before.
                        pos = self.pos;
                        seen.insert(index);
                        *next = index;
                    }
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

    /// Reads the items of a list in a wrapper that are records, as long as their tags can be read along the
    /// table. Whether the end of the list was among it, which is passed; otherwise the current place is
    /// where one may go on.
    pub(super) fn read_records(
        &mut self,
        table: &Table<'_>,
        field: &Field,
        items: &mut dyn Slot,
    ) -> Result<bool, ReadError> {
        let is_plain = !table.may_be_leaves && field.is_named() && is_own(field, table);
        if !is_plain || !self.may_be_fast(table) || self.attachments.is_some() {
            return Ok(false);
        }
        let bytes = self.input.as_bytes();
        let start = space_end(bytes, self.pos) + 1;
        let tag = bytes.get(start..).filter(|_| bytes[start - 1] == b'<');
        let lead = self.bindings.learned(table.namespace).lead;
        let name = tag.and_then(|tag| lead?.tag_name(tag, field));
        if let Some(name) = name.filter(|name| *name <= self.limits.name) {
            let prefix = lead.map_or(0, |lead| lead.prefix());
            let outer = std::mem::replace(&mut self.namespace, table.namespace);
            self.pos = start - 1;
            let left =
                self.read_tags(field, items, Tag::new(field, start, (name, prefix), None))?;
            self.namespace = outer;
            if left.is_some() {
                return Ok(false);
            }
        }
        let end = self.end_tag_fast(space_end(bytes, self.pos));
        if let Some(end) = end {
            self.pos = end;
            self.pop();
        }
        Ok(end.is_some())
    }

    /// Reads the element of a start tag that was found, and as long as the entry is repeated and the next
    /// start tag has the same name, that one too. Where the first name begins whose tag cannot be read along
    /// the table: then that is the current place, but for the `<`.
    #[inline(never)]
    fn read_tags(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
        mut tag: Tag,
    ) -> Result<Option<usize>, ReadError> {
        let namespace = self.namespace;
        loop {
            self.tag = Some(tag);
            let is_taken = slot.read_tag(field, self)?;
            self.tag = None;
            if !is_taken {
                return Ok(Some(tag.start));
            }
            let bytes = self.input.as_bytes();
            let next = space_end(bytes, self.pos) + 1;
            let name = bytes.get(tag.start..tag.start + tag.len);
            let is_again = field.repeated
                && tag.branch.is_none()
                && bytes.get(next - 1) == Some(&b'<')
                && matches!((name, bytes.get(next..next + tag.len)), (Some(name), Some(found)) if is_same(name, found))
                && bytes
                    .get(next + tag.len)
                    .is_some_and(|after| ends_name(*after));
            if !is_again {
                return Ok(None);
            }
            self.pos = next - 1;
            self.namespace = namespace;
            tag.start = next;
            tag.at = next + tag.len;
        }
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
    #[inline(never)]
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
                Kind::Group(shape) if self.starts_group(shape, tag) => {
                    return Some(Found {
                        index,
                        name: 0,
                        prefix: 0,
                        branch: None,
                        is_group: true,
                    });
                }
                // What else a group takes, only the slow path knows; what it does not take, this one
                // too.
                Kind::Group(shape) if !self.may_take(shape, tag) => None,
                Kind::Choice(_) | Kind::Group(_) => return None,
            };
            if let Some(name) = name {
                let free = field.repeated || !seen.has(index);
                return (free && name <= self.limits.name).then_some(Found {
                    index,
                    name,
                    prefix: prefix_length(tag.get(..name)?),
                    branch,
                    is_group: false,
                });
            }
        }
        None
    }

    /// Reads a group whose first element is at the current place. `false` where its slot leaves that
    /// to the slow path.
    fn read_group(
        &mut self,
        table: &Table<'_>,
        field: &Field,
        slot: &mut dyn Slot,
    ) -> Result<bool, ReadError> {
        let Some(shape) = table.shape.filter(|_| self.has_room()) else {
            return Ok(false);
        };
        if field.repeated {
            self.discount_next();
        }
        self.namespace = table.namespace;
        self.enclosing.push((self.stack.len(), shape));
        self.ordered = table.ordered || field.repeated;
        let is_taken = slot.read_tag(field, self)?;
        self.enclosing.pop();
        Ok(is_taken)
    }

    /// Whether a group surely begins with an element.
    fn starts_group(&mut self, shape: &'static Shape, tag: &[u8]) -> bool {
        let own = self.bindings.prefix(shape.namespace);
        for field in first(shape.fields) {
            if !field.is_named() {
                return false;
            }
            if let Some(name) = self.starts_tag(field, own, tag) {
                return declares_nothing(tag, name);
            }
        }
        false
    }

    /// Whether an element that no entry of a group can take any more is surely for the record around
    /// it: for the next group of the same kind, or by its name for another entry.
    fn ends_group(
        &mut self,
        table: &Table<'_>,
        own: Option<&'a str>,
        seen: &Seen,
        tag: &[u8],
    ) -> bool {
        let mut is_own = false;
        for (index, field) in table.fields.iter().enumerate() {
            if !field.is_named() {
                return false;
            }
            if let Some(name) = self.starts_tag(field, own, tag) {
                if field.repeated || !seen.has(index) || !declares_nothing(tag, name) {
                    return false;
                }
                is_own = true;
            }
        }
        if !is_complete(table.fields, seen) {
            return false;
        }
        let depth = self.stack.len();
        let around = self.enclosing.last().copied();
        is_own
            || around.is_some_and(|(at, shape)| {
                let outer = self.bindings.prefix(shape.namespace);
                let mut fields = shape.fields.iter().filter(|field| field.is_named());
                let name = fields.find_map(|field| self.starts_tag(field, outer, tag));
                at == depth && name.is_some_and(|name| declares_nothing(tag, name))
            })
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
    #[inline]
    fn starts_tag(&mut self, field: &Field, own: Option<&'a str>, tag: &[u8]) -> Option<usize> {
        let prefix = match field.namespace {
            None => own,
            Some(namespace) => self.bindings.prefix(namespace),
        };
        tag_name(tag, prefix?, field)
    }

    /// Passes the rest of a start tag whose name was found, and makes its element the current one.
    fn open_found(&mut self, field: &Field, found: &Found, start: usize) -> bool {
        let bindings = self.bindings.len();
        if !self.open_fast(start, found.name, found.prefix) {
            return false;
        }
        let own = &self.input[start..start + found.prefix];
        let mut declared = self.bindings.as_slice().iter().skip(bindings);
        if declared.any(|binding| is_same(binding.prefix.as_bytes(), own.as_bytes())) {
            // The name may be another one by what is declared here.
            self.peeked = true;
            return false;
        }
        if field.repeated {
            self.discount_child();
        }
        self.branch = found.branch;
        true
    }
}

/// Whether a start tag, from after its `<`, has this name: the length of its qualified name.
#[inline(always)]
fn tag_name(tag: &[u8], prefix: &str, field: &Field) -> Option<usize> {
    let local = if prefix.is_empty() {
        tag
    } else {
        let (start, rest) = tag.split_at_checked(prefix.len())?;
        match rest {
            [b':', local @ ..] if is_same(start, prefix.as_bytes()) => local,
            _ => return None,
        }
    };
    let rest = local.get(field.name.len()..)?;
    let ends = rest.first().is_some_and(|after| ends_name(*after));
    (ends && begins(local, field.name, field.head)).then(|| tag.len() - rest.len())
}

/// Whether a start tag surely declares no prefix, so that its name is what it seems to be.
fn declares_nothing(tag: &[u8], name: usize) -> bool {
    let rest = tag.get(name..).unwrap_or_default();
    if matches!(rest, [b'>', ..] | [b'/', ..]) {
        return true;
    }
    // No `<` is in the values of attributes.
    let end = memchr(b'<', rest).unwrap_or(rest.len());
    memmem::find(&rest[..end], b"xmlns").is_none()
}

/// The length of the prefix of a qualified name, 0 without one.
fn prefix_length(name: &[u8]) -> usize {
    name.iter()
        .position(|byte| *byte == b':')
        .unwrap_or_default()
}

/// Whether the name of an entry is in the namespace of its table, as far as a glance tells.
#[inline]
pub(super) fn is_own(field: &Field, table: &Table<'_>) -> bool {
    let is_table = |namespace: &'static str| std::ptr::eq(namespace, table.namespace);
    field.namespace.is_none_or(is_table)
}
