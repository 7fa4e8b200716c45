//! Start tags that are read along the table: an element whose name was found by it, with the
//! attributes of its record.
//!
//! Nothing of the reader changes until the whole tag is known to be as the table has it. What
//! deviates is left to the tokenizer, which begins at the same `<`.

use std::borrow::Cow;

use crate::binding::Name;
use crate::read_error::ReadError;
use crate::shape::{Field, Kind};
use crate::simple::Leaf;
use crate::slot::{Items, Slot};
use crate::xml::chars::{begins, is_same, is_same_name, is_space};
use crate::xml::reader::{Nil, Open, Reader, Taken};
use crate::xml::scan::value_end;

/// A start tag that is passed up to the end of its name, or further.
#[derive(Clone, Copy, Debug)]
pub(in crate::xml) struct Tag {
    /// Where its qualified name stands.
    pub(super) start: usize,
    pub(super) len: usize,
    /// Length of the prefix, 0 without one.
    pub(super) prefix: usize,
    /// Up to where it is read.
    pub(super) at: usize,
    /// Attributes up to there.
    pub(super) attributes: usize,
    /// Whether its element is an item of a declared list.
    pub(super) repeated: bool,
    /// Its place in a list, from 1; 0 elsewhere.
    pub(super) index: usize,
    /// Whether `xsi:type` chooses what its element is read as.
    pub(super) is_polymorphic: bool,
    /// The branch of the choice that its element is.
    pub(super) branch: Option<(&'static [Field], usize)>,
}

impl Tag {
    /// Of an element for an entry, at the end of its name, which has this length and one of its prefix.
    #[inline(always)]
    pub(super) fn new(
        field: &Field,
        start: usize,
        (len, prefix): (usize, usize),
        branch: Option<(&'static [Field], usize)>,
    ) -> Self {
        Self {
            start,
            len,
            prefix,
            at: start + len,
            attributes: 0,
            repeated: field.repeated,
            index: 0,
            is_polymorphic: false,
            branch,
        }
    }
}

impl<'a> Reader<'a> {
    /// Whether a start tag waits to be read along a table.
    #[inline]
    pub(crate) fn has_tag(&self) -> bool {
        self.tag.is_some()
    }

    /// What a record does before the rest of its start tag is read.
    #[inline]
    pub(crate) fn begin_tag(&mut self, field: &Field) {
        self.default_text = field.default_value;
    }

    /// What a record does that has no element of its own, at its first element.
    pub(crate) fn begin_group(&mut self) {
        self.group = true;
    }

    /// Notes the place in its list of the element whose start tag is read, from 1.
    #[inline]
    pub(crate) fn set_tag_index(&mut self, index: usize) {
        if let Some(tag) = &mut self.tag {
            tag.index = index;
        }
    }

    /// The branch that the start tag is of, where the branch is one element.
    pub(crate) fn tag_branch(&self, branches: &'static [Field]) -> Option<(usize, &'static Field)> {
        let (of, index) = self.tag.as_ref()?.branch?;
        let branch = branches.get(index)?;
        (is_same_branch(of, branches, index) && !branch.repeated).then_some((index, branch))
    }

    /// Takes the element of a branch: a simple value, or a record.
    pub(crate) fn branch_tag(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
    ) -> Result<(), ReadError> {
        let Some(tag) = self.tag else {
            return Ok(());
        };
        if let Some(after) = self.leaf(field, slot, tag.start, tag.at) {
            self.tag = None;
            self.pos = after;
            self.count(Taken {
                elements: 1,
                children: usize::from(!tag.repeated),
            });
            return Ok(());
        }
        slot.read_tag(field, self).map(|_| ())
    }

    /// [`Reader::wrapped`] of an element whose start tag is read here.
    pub(crate) fn wrapped_tag(
        &mut self,
        field: &Field,
        item: &'static str,
        items: &mut Items<'_>,
    ) -> Result<bool, ReadError> {
        if !self.pass_tag(&[], &mut []) {
            return Ok(false);
        }
        self.read_items(field, item, items)?;
        Ok(true)
    }

    /// The type that the start tag names, by its place in the table; `None` where the tokenizer has
    /// to look.
    pub(crate) fn tag_type(&mut self, types: &[Name], is_abstract: bool) -> Option<usize> {
        let at = self.tag?.at;
        let mut index = 0;
        let mut passed = None;
        match self.type_attribute(at) {
            Some((value, after)) => {
                let colon = value.bytes().position(|byte| byte == b':');
                let (prefix, local) = match colon {
                    Some(colon) => (value.get(..colon)?, value.get(colon + 1..)?),
                    None => ("", value),
                };
                index = types.iter().position(|name| {
                    is_same_name(name.local, local)
                        && self.bindings.is_bound(prefix, name.namespace)
                })?;
                passed = Some(after);
            }
            // One that stands further on is found where the attributes are read.
            None if is_abstract || types.is_empty() => return None,
            None => {}
        }
        let tag = self.tag.as_mut()?;
        tag.is_polymorphic = true;
        if let Some(after) = passed {
            tag.at = after;
            tag.attributes = 1;
        }
        Some(index)
    }

    /// The value of `xsi:type="…"` after one blank, and where it ends. No value that has line breaks
    /// or references in it.
    #[inline]
    pub(super) fn type_attribute(&mut self, at: usize) -> Option<(&'a str, usize)> {
        let bytes = self.input.as_bytes();
        let rest = bytes.get(at..)?.strip_prefix(b" ")?;
        let xsi = self.bindings.xsi()?;
        let (prefix, rest) = rest.split_at_checked(xsi.len())?;
        let [b':', b't', b'y', b'p', b'e', b'=', rest @ ..] = rest else {
            return None;
        };
        let quote = *rest.first()?;
        if !matches!(quote, b'"' | b'\'') || !is_same(prefix, xsi.as_bytes()) {
            return None;
        }
        let start = bytes.len() - rest.len() + 1;
        let end = value_end(bytes, start, quote)?;
        let value = self.input.get(start..end)?;
        let within = xsi.len() + ":type".len() <= self.limits.name
            && self.limits.attributes > 0
            && value.len() <= self.limits.attribute_value;
        let is_plain = bytes.get(end) == Some(&quote);
        (within && is_plain).then_some((value, end + 1))
    }

    /// [`Reader::type_attribute`] of any type, whose name has no white space about it: where it ends.
    #[inline]
    pub(super) fn any_type(&mut self, at: usize) -> Option<usize> {
        let (name, after) = self.type_attribute(at)?;
        name.bytes().all(|byte| byte != b' ').then_some(after)
    }

    /// Passes the start tag, whose attributes go to their slots, and makes its element the current
    /// one. `false` where the tokenizer has to look.
    pub(super) fn pass_tag(&mut self, fields: &[Field], slots: &mut [&mut dyn Slot]) -> bool {
        let Some(mut tag) = self.tag else {
            return false;
        };
        let bindings = self.bindings.len();
        let passed = match self.input.as_bytes().get(tag.at..tag.at + 2) {
            Some([b'>', _]) if fields.is_empty() => Some((tag.at + 1, false)),
            Some(b"/>") if fields.is_empty() => Some((tag.at + 2, true)),
            _ if self.declare_at(&mut tag) => self.attributes_by_table(&tag, fields, slots),
            _ => None,
        };
        let Some((after, empty)) = passed else {
            self.bindings.truncate(bindings);
            return false;
        };
        let open = Open {
            start: tag.start,
            len: tag.len,
            prefix: tag.prefix,
            bindings,
            children: 1,
            index: tag.index,
        };
        if self.push(open).is_err() {
            self.bindings.truncate(bindings);
            return false;
        }
        if tag.repeated {
            self.discount_child();
        }
        self.tag = None;
        self.attributes.clear();
        self.nil = Nil::No;
        self.pos = after;
        self.pending_end = empty;
        true
    }

    /// Takes the declarations that a start tag begins with; those after an attribute, which may be about
    /// it, are for the tokenizer. `false` where it has to look at these too.
    fn declare_at(&mut self, tag: &mut Tag) -> bool {
        let own = self.input.get(tag.start..tag.start + tag.prefix);
        let declared = own.and_then(|own| self.declarations(own, tag.at));
        match declared {
            // The type may be of a prefix that is declared here.
            Some((_, count)) if count > 0 && tag.attributes > 0 => false,
            Some((at, count)) => {
                tag.at = at;
                tag.attributes += count;
                true
            }
            None => false,
        }
    }

    /// Reads the attributes of a start tag to its end: where that is, and whether the tag is an empty
    /// one. `None` where one of them is in no entry, is wrong, or is missing.
    fn attributes_by_table(
        &mut self,
        tag: &Tag,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
    ) -> Option<(usize, bool)> {
        let bytes = self.input.as_bytes();
        if fields.is_empty() && bytes.get(tag.at) == Some(&b'>') {
            return Some((tag.at + 1, false));
        }
        let mut count = tag.attributes;
        let mut typed = tag.is_polymorphic;
        if fields.len() > 64 {
            return None;
        }
        let (mut at, mut seen) = self.attributes_in_order(tag.at, fields, slots);
        let mut next = usize::try_from(u64::BITS - seen.leading_zeros()).ok()?;
        let end = loop {
            match bytes.get(at)? {
                b' ' => at += 1,
                b'>' => break (at + 1, false),
                b'/' if bytes.get(at + 1) == Some(&b'>') => break (at + 2, true),
                byte if is_space(*byte) => at += 1,
                _ => return None,
            }
            let found = match fields.get(next) {
                // Most come in the order of the table.
                Some(field) => match self.names_attribute(field, &bytes[at..]) {
                    Some(name) => Some((next, name)),
                    None => self.find_attribute(fields, next, &bytes[at..]),
                },
                None => self.find_attribute(fields, next, &bytes[at..]),
            };
            let Some((index, name)) = found else {
                match bytes.get(at)? {
                    b'>' | b'/' => continue,
                    byte if is_space(*byte) => continue,
                    _ => {}
                }
                // What type a record is said to be of is read over, where nothing depends on it.
                let after = self.any_type(at - 1)?;
                if std::mem::replace(&mut typed, true) {
                    return None;
                }
                count += 1;
                at = after;
                continue;
            };
            if seen >> index & 1 == 1 {
                return None;
            }
            at += name + 2;
            let quote = *bytes.get(at - 1)?;
            let stop = value_end(bytes, at, quote)?;
            let (text, stop) = match bytes.get(stop)? {
                byte if *byte == quote => (Cow::Borrowed(self.input.get(at..stop)?), stop),
                _ => self.escaped_value(at, stop, quote)?,
            };
            if name > self.limits.name || stop - at > self.limits.attribute_value {
                return None;
            }
            let (field, slot) = (fields.get(index)?, slots.get_mut(index)?);
            let leaf = Leaf {
                text: Some(&text),
                scope: self,
            };
            if !slot.read_leaf(field, &leaf) {
                return None;
            }
            seen |= 1 << index;
            next = index + 1;
            at = stop + 1;
        };
        count += usize::try_from(seen.count_ones()).unwrap_or(usize::MAX);
        if count > self.limits.attributes {
            return None;
        }
        self.absent_attributes(fields, slots, seen)?;
        Some(end)
    }

    /// Reads attributes as long as they come in the order of the table, each as ` name="value"` with
    /// nothing that has to be replaced in its value. Where they end, and which entries have been there.
    #[inline(never)]
    fn attributes_in_order(
        &self,
        at: usize,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
    ) -> (usize, u64) {
        let bytes = self.input.as_bytes();
        let (longest_name, longest) = (self.limits.name, self.limits.attribute_value);
        let mut leaf = Leaf {
            text: None,
            scope: self,
        };
        let mut rest = bytes.get(at..).unwrap_or_default();
        let mut seen = 0;
        for (index, field) in fields.iter().enumerate() {
            let [b' ', text @ ..] = rest else {
                break;
            };
            let after = match text.get(field.name.len()..) {
                Some([b'=', b'"', after @ ..]) if begins(text, field.name, field.head) => after,
                _ => continue,
            };
            let Some(length) = value_end(after, 0, b'"') else {
                break;
            };
            let start = bytes.len() - after.len();
            let value = self.input.get(start..start + length);
            let (Some(value), Some([b'"', behind @ ..])) = (value, after.get(length..)) else {
                break;
            };
            leaf.text = Some(value);
            let is_read = field.is_named()
                && field.namespace.is_none_or(str::is_empty)
                && field.name.len() <= longest_name
                && length <= longest
                && slots
                    .get_mut(index)
                    .is_some_and(|slot| slot.read_leaf(field, &leaf));
            if !is_read {
                break;
            }
            seen |= 1 << index;
            rest = behind;
        }
        (bytes.len() - rest.len(), seen)
    }

    /// What becomes of the entries that are not there; `None` where one must be.
    #[inline]
    fn absent_attributes(
        &mut self,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
        seen: u64,
    ) -> Option<()> {
        let all = match fields.len() {
            0 => 0,
            entries => u64::MAX >> 64_usize.checked_sub(entries)?,
        };
        let mut missing = all & !seen;
        while missing != 0 {
            let index = usize::try_from(missing.trailing_zeros()).ok()?;
            missing &= missing - 1;
            let (field, slot) = (fields.get(index)?, slots.get_mut(index)?);
            match (field.kind, field.default_value) {
                (Kind::Any, _) => {
                    self.unclaimed.clear();
                    slot.read_xml(field, self).ok()?;
                }
                (Kind::Nil, _) => {}
                (_, Some(default)) => {
                    let leaf = Leaf {
                        text: Some(default),
                        scope: self,
                    };
                    slot.read_leaf(field, &leaf).then_some(())?;
                }
                _ if field.may_be_absent() => {}
                _ => return None,
            }
        }
        Some(())
    }

    /// The entry of the attribute that a text begins with, from the one after `next` on and around,
    /// and the length of its qualified name, which `=` and a quote follow.
    fn find_attribute(
        &mut self,
        fields: &[Field],
        next: usize,
        text: &[u8],
    ) -> Option<(usize, usize)> {
        let indices = (next + 1..fields.len()).chain(0..next.min(fields.len()));
        for index in indices {
            if let Some(name) = self.names_attribute(fields.get(index)?, text) {
                return Some((index, name));
            }
        }
        None
    }

    /// Whether an attribute has the name of an entry: the length of its qualified name.
    #[inline(always)]
    fn names_attribute(&mut self, field: &Field, text: &[u8]) -> Option<usize> {
        if !field.is_named() {
            return None;
        }
        let local = match field.namespace {
            None | Some("") => text,
            Some(namespace) => {
                let prefix = self.bindings.prefix(namespace)?.as_bytes();
                let (start, rest) = text.split_at_checked(prefix.len())?;
                match rest {
                    [b':', local @ ..] if !prefix.is_empty() && is_same(start, prefix) => local,
                    _ => return None,
                }
            }
        };
        let rest = local.get(field.name.len()..)?;
        let ends = matches!(rest, [b'=', b'"' | b'\'', ..]);
        (ends && begins(local, field.name, field.head)).then(|| text.len() - rest.len())
    }
}

/// Whether the branch of a table is that of another one: a table of one choice that two crates mention
/// need not be at one place.
pub(super) fn is_same_branch(of: &[Field], branches: &[Field], index: usize) -> bool {
    let is_same = |(left, right): (&Field, &Field)| {
        is_same_name(left.name, right.name) && left.namespace == right.namespace
    };
    std::ptr::eq(of, branches)
        || of.len() == branches.len() && of.get(index).zip(branches.get(index)).is_some_and(is_same)
}
