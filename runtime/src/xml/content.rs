//! The content of an element, read by its table.
//!
//! The table says which start tag may come next. [`Reader::open_fast`] compares the document with
//! `<prefix:name>` of the entries that may come and takes the first that fits; whatever it does not
//! know at a glance (attributes, comments, other prefixes, white space inside tags, limits) goes
//! through the tokenizer at the same place. The fast path accepts only what the slow one accepts,
//! with the same result.

use std::borrow::Cow;

use super::reader::{Nil, Open, Reader, Role};
use super::scope::{Attribute, Space};
use super::tokenizer::{Ahead, append_cow};
use super::{XMLNS, XSI};
use crate::any_element::AnyAttribute;
use crate::choice::{branch_names, branch_of};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, Kind, Shape};
use crate::slot::{ContentReader, Slot};
use crate::types::QName;

/// The part of a table that content needs; also made up for the items of a wrapped list.
#[derive(Clone, Copy)]
struct Table<'t> {
    namespace: &'static str,
    fields: &'t [Field],
    mixed: bool,
    shape: Option<&'static Shape>,
}

/// Which entries have been there.
struct Seen {
    first: [u64; 4],
    more: Vec<u64>,
}

impl Seen {
    fn new(entries: usize) -> Self {
        let more = if entries > 256 {
            vec![0; (entries - 256).div_ceil(64)]
        } else {
            Vec::new()
        };
        Self {
            first: [0; 4],
            more,
        }
    }

    fn word(&self, index: usize) -> u64 {
        let word = index / 64;
        match self.first.get(word) {
            Some(bits) => *bits,
            None => self.more.get(word - 4).copied().unwrap_or_default(),
        }
    }

    #[inline]
    fn has(&self, index: usize) -> bool {
        self.word(index) >> (index % 64) & 1 == 1
    }

    #[inline]
    fn insert(&mut self, index: usize) {
        let word = index / 64;
        let bits = match self.first.get_mut(word) {
            Some(bits) => Some(bits),
            None => self.more.get_mut(word - 4),
        };
        if let Some(bits) = bits {
            *bits |= 1 << (index % 64);
        }
    }
}

/// What [`Reader::open_slow`] came to.
enum Opened {
    /// An element for the entry of this index, its start tag passed.
    Field(usize),
    /// Nothing for any entry; it is passed.
    Nothing,
    /// The end of the content; the end tag of an element is passed.
    End,
}

impl ContentReader for Reader<'_> {
    fn content(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError> {
        let group = std::mem::take(&mut self.group);
        let split = shape.attributes.len().min(slots.len());
        let (attributes, slots) = slots.split_at_mut(split);
        if !group {
            if self.given.take().is_some() {
                let message = "a record cannot be read from a simple value".to_owned();
                return Err(self.error(ReadErrorKind::Other(message)));
            }
            if !shape.attributes.is_empty() {
                self.read_attributes(shape.attributes, attributes)?;
            }
            if let (
                [
                    field @ Field {
                        kind: Kind::Text, ..
                    },
                ],
                [slot],
            ) = (shape.fields, &mut *slots)
            {
                return self.read_simple_content(field, &mut **slot);
            }
        }
        let table = Table {
            namespace: shape.namespace,
            fields: shape.fields,
            mixed: shape.mixed,
            shape: Some(shape),
        };
        self.read_fields(table, slots, group)
    }
}

impl<'a> Reader<'a> {
    /// What a record does before its content: a nil element is no record, and a group has no
    /// element of its own.
    pub(crate) fn begin_record(&mut self, field: &Field) -> Result<(), ReadError> {
        if field.is_group() {
            self.group = true;
            self.peeked = true;
            return Ok(());
        }
        if self.is_nil()? {
            return Err(self.error(ReadErrorKind::Nil));
        }
        Ok(())
    }

    /// Reads a list in a wrapper, which is the current element.
    pub(crate) fn wrapped(
        &mut self,
        field: &Field,
        item: &'static str,
        items: &mut dyn Slot,
    ) -> Result<(), ReadError> {
        if self.is_nil()? {
            // A nil wrapper around a list that knows no nil: the list is empty.
            return self.end_nil();
        }
        let namespace = field.namespace.unwrap_or(self.namespace);
        let fields = [field.item_field(item, namespace)];
        let table = Table {
            namespace,
            fields: &fields,
            mixed: false,
            shape: None,
        };
        self.read_fields(table, &mut [items], false)
    }

    fn read_attributes(
        &mut self,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError> {
        for (field, slot) in fields.iter().zip(slots) {
            if matches!(field.kind, Kind::Any) {
                self.unclaimed = self.unclaimed_attributes(fields);
                slot.read_xml(field, self)?;
                continue;
            }
            let given = self.attribute(field.namespace.unwrap_or_default(), field.name);
            let default = field.default_value.map(Cow::Borrowed);
            match given.or(default) {
                Some(text) => {
                    self.give(Role::Attribute, text);
                    let nil = std::mem::replace(&mut self.nil, Nil::No);
                    slot.read_xml(field, self)?;
                    self.nil = nil;
                    self.given = None;
                    self.role = Role::Element;
                }
                None if field.may_be_absent() => {}
                None => {
                    let child = format!("@{}", field.name);
                    return Err(self.child_error(ReadErrorKind::Missing, &child));
                }
            }
        }
        Ok(())
    }

    /// The attributes that no entry takes, those of `xsi` left out: they are not content.
    fn unclaimed_attributes(&self, fields: &[Field]) -> Vec<AnyAttribute> {
        let claimed = |attribute: &Attribute<'_>, namespace: &str| {
            fields.iter().any(|field| {
                field.is_named()
                    && field.name == attribute.local
                    && field.namespace.unwrap_or_default() == namespace
            })
        };
        let mut unclaimed = Vec::new();
        for attribute in &self.attributes {
            let namespace = self.bindings.attribute_namespace(attribute);
            if namespace != XSI && namespace != XMLNS && !claimed(attribute, namespace) {
                let name = QName::with_prefix(namespace, attribute.local, attribute.prefix);
                let value = self.attribute_text(attribute.raw).into_owned();
                unclaimed.push(AnyAttribute { name, value });
            }
        }
        unclaimed
    }

    /// Content that is text alone.
    fn read_simple_content(&mut self, field: &Field, slot: &mut dyn Slot) -> Result<(), ReadError> {
        let start = self.pos;
        let mut text = self.raw_text()?;
        if let Some(default) = field.default_value.filter(|_| text.is_empty()) {
            text = Cow::Borrowed(default);
        }
        self.read_text(field, slot, text, start)?;
        self.pop();
        Ok(())
    }

    fn read_text(
        &mut self,
        field: &Field,
        slot: &mut dyn Slot,
        text: Cow<'a, str>,
        start: usize,
    ) -> Result<(), ReadError> {
        self.give(Role::Text, text);
        self.text_start = start;
        slot.read_xml(field, self)?;
        self.given = None;
        self.role = Role::Element;
        Ok(())
    }

    /// Reads content to its end: the end tag of the current element, or the first element that is
    /// no part of the group.
    fn read_fields(
        &mut self,
        table: Table<'_>,
        slots: &mut [&mut dyn Slot],
        group: bool,
    ) -> Result<(), ReadError> {
        let mut seen = Seen::new(table.fields.len());
        let mut next = 0;
        let mut text = Cow::Borrowed("");
        let start = self.pos;
        let outer = self.namespace;
        loop {
            let index = match self.open_fast(&table, next, &seen) {
                Some(index) => index,
                None => match self.open_slow(&table, next, &seen, group, &mut text)? {
                    Opened::Field(index) => index,
                    Opened::Nothing => continue,
                    Opened::End => break,
                },
            };
            let (Some(field), Some(slot)) = (table.fields.get(index), slots.get_mut(index)) else {
                // A record that hands out fewer slots than its table has entries.
                self.skip()?;
                continue;
            };
            next = if field.repeated { index } else { index + 1 };
            seen.insert(index);
            self.namespace = table.namespace;
            match (field.kind, table.shape) {
                (Kind::Group(_) | Kind::Choice(_), Some(shape)) => {
                    let depth = self.stack.len() - 1;
                    self.enclosing.push((depth, shape));
                    slot.read_xml(field, self)?;
                    self.enclosing.pop();
                }
                _ => slot.read_xml(field, self)?,
            }
        }
        self.namespace = table.namespace;
        for (index, field) in table.fields.iter().enumerate() {
            match (field.kind, slots.get_mut(index)) {
                (Kind::Text, Some(slot)) if !group => {
                    let text = std::mem::take(&mut text);
                    self.read_text(field, &mut **slot, text, start)?;
                }
                _ if seen.has(index) || field.may_be_absent() => {}
                (Kind::Element, _) => {
                    return Err(self.child_error(ReadErrorKind::Missing, field.name));
                }
                _ => return Err(self.error(ReadErrorKind::MissingChoice(field.names()))),
            }
        }
        self.namespace = outer;
        if !group {
            self.pop();
        }
        Ok(())
    }

    /// Takes `<prefix:name>`, `<prefix:name/>` or `<prefix:name xsi:nil="true"/>` of an entry that
    /// may come now.
    #[inline]
    fn open_fast(&mut self, table: &Table<'_>, next: usize, seen: &Seen) -> Option<usize> {
        if self.slow_only || self.peeked || self.pending_end || table.mixed || !self.has_room() {
            return None;
        }
        let bytes = self.input.as_bytes();
        let mut start = self.pos;
        while bytes
            .get(start)
            .is_some_and(|byte| super::chars::is_space(*byte))
        {
            start += 1;
        }
        if bytes.get(start) != Some(&b'<') || bytes.get(start + 1) == Some(&b'/') {
            return None;
        }
        start += 1;
        let tag = &bytes[start..];
        let own = self.bindings.prefix(table.namespace);
        for (index, field) in table.fields.iter().enumerate().skip(next) {
            match field.kind {
                Kind::Element => {}
                Kind::Any | Kind::Text => continue,
                // What the branches and groups take, only the slow path knows.
                Kind::Choice(_) | Kind::Group(_) if seen.has(index) && !field.repeated => continue,
                Kind::Choice(_) | Kind::Group(_) => return None,
            }
            let prefix = match field.namespace {
                None => own,
                Some(namespace) => self.bindings.find_prefix(namespace),
            };
            let Some(prefix) = prefix else { continue };
            let Some(len) = match_name(tag, prefix.as_bytes(), field.name.as_bytes()) else {
                continue;
            };
            if seen.has(index) && !field.repeated || len > self.limits.name {
                return None;
            }
            let (length, empty, nil) = match tag.get(len) {
                Some(b'>') => (len + 1, false, None),
                Some(b'/') if tag.get(len + 1) == Some(&b'>') => (len + 2, true, None),
                Some(b' ') if self.limits.attributes > 0 && self.limits.attribute_value >= 4 => {
                    let xsi = self
                        .bindings
                        .find_prefix(XSI)
                        .filter(|xsi| !xsi.is_empty())?;
                    let rest = tag[len + 1..].strip_prefix(xsi.as_bytes())?;
                    if !rest.starts_with(br#":nil="true"/>"#) {
                        return None;
                    }
                    (
                        len + 1 + xsi.len() + br#":nil="true"/>"#.len(),
                        true,
                        Some(xsi),
                    )
                }
                _ => continue,
            };
            let open = Open {
                start,
                len,
                prefix: prefix.len(),
                bindings: self.bindings.len(),
                children: 0,
                index: 0,
            };
            self.push(open).ok()?;
            if field.repeated {
                self.discount_child();
            }
            self.pos = start + length;
            self.pending_end = empty;
            self.attributes.clear();
            self.nil = Nil::No;
            if let Some(prefix) = nil {
                self.nil = Nil::Yes;
                let mut attribute = Attribute {
                    prefix,
                    local: "nil",
                    raw: "true",
                    space: Space::None,
                };
                attribute.space = self.bindings.resolve(&attribute).unwrap_or(Space::Xsi);
                self.attributes.push(attribute);
            }
            return Some(index);
        }
        None
    }

    /// Comes to the next element of the content by the tokenizer and finds its entry.
    fn open_slow(
        &mut self,
        table: &Table<'_>,
        next: usize,
        seen: &Seen,
        group: bool,
        text: &mut Cow<'a, str>,
    ) -> Result<Opened, ReadError> {
        if !self.peeked {
            if self.take_pending_end() {
                // The end of a group is the end of its element, for the record around it to take.
                self.pending_end = group;
                return Ok(Opened::End);
            }
            if table.mixed && !group {
                let run = self.text_run()?;
                append_cow(text, run);
            } else {
                self.skip_space();
            }
            if !self.slow_only
                && !group
                && let Some(end) = self.end_tag_fast(self.pos)
            {
                self.pos = end;
                return Ok(Opened::End);
            }
            match self.ahead()? {
                Ahead::Start => self.start_tag()?,
                Ahead::End if group => return Ok(Opened::End),
                Ahead::End => {
                    self.end_tag()?;
                    return Ok(Opened::End);
                }
                Ahead::Text if group => return Ok(Opened::End),
                Ahead::Text if table.mixed => {
                    let piece = self.text_piece()?;
                    append_cow(text, piece);
                    return Ok(Opened::Nothing);
                }
                Ahead::Text => {
                    self.blank_piece()?;
                    return Ok(Opened::Nothing);
                }
            }
        }
        self.peeked = false;
        let name = self.name();
        let takes = |field: &Field| field.takes(table.namespace, name.namespace, name.local);
        let free = |&(index, field): &(usize, &Field)| {
            (field.repeated || field.nil_others || !seen.has(index)) && takes(field)
        };
        let fields = || table.fields.iter().enumerate();
        let found = fields()
            .skip(next)
            .find(free)
            .or_else(|| fields().take(next).find(free));
        let Some((index, field)) = found else {
            return self.open_other(table, group);
        };
        if field.nil_others {
            if self.is_nil()? {
                self.end_nil()?;
                return Ok(Opened::Nothing);
            }
            if seen.has(index) {
                return Err(self.error(ReadErrorKind::Duplicate));
            }
        }
        if field.repeated {
            self.discount_child();
        }
        Ok(Opened::Field(index))
    }

    /// What becomes of an element that no entry (any more) takes.
    fn open_other(&mut self, table: &Table<'_>, group: bool) -> Result<Opened, ReadError> {
        let name = self.name();
        let takes =
            |shape: &Shape, field: &Field| field.takes(shape.namespace, name.namespace, name.local);
        let depth = self.stack.len() - 1;
        let own = table
            .fields
            .iter()
            .any(|field| field.takes(table.namespace, name.namespace, name.local));
        if group {
            let outside = self
                .enclosing
                .iter()
                .filter(|(around, _)| *around == depth)
                .any(|(_, shape)| shape.fields.iter().any(|field| takes(shape, field)));
            if own || outside {
                self.peeked = true;
                return Ok(Opened::End);
            }
        }
        if own {
            return Err(self.error(ReadErrorKind::Duplicate));
        }
        if let Some(index) = table.fields.iter().position(Field::takes_any) {
            self.discount_child();
            return Ok(Opened::Field(index));
        }
        self.skip()?;
        Ok(Opened::Nothing)
    }

    /// The branch of a choice that takes the current element.
    pub(crate) fn branch(
        &mut self,
        branches: &'static [Field],
    ) -> Result<(usize, &'static Field), ReadError> {
        let name = self.name();
        let takes = |field: &Field| field.takes(self.namespace, name.namespace, name.local);
        match branch_of(branches, takes) {
            Some(found) => Ok(found),
            None => Err(self.error(ReadErrorKind::MissingChoice(branch_names(branches)))),
        }
    }

    /// Whether the next element is one more for a repeated branch; if so, it becomes the current
    /// one.
    pub(crate) fn next_is_again(
        &mut self,
        field: &Field,
        namespace: &'static str,
    ) -> Result<bool, ReadError> {
        if !self.peeked {
            if self.pending_end || self.ahead()? != Ahead::Start {
                return Ok(false);
            }
            self.start_tag()?;
            self.peeked = true;
        }
        let name = self.name();
        if !field.takes(namespace, name.namespace, name.local) {
            return Ok(false);
        }
        self.peeked = false;
        self.namespace = namespace;
        self.discount_child();
        Ok(true)
    }
}

/// The length of `prefix:name` at the start of `tag`.
#[inline]
fn match_name(tag: &[u8], prefix: &[u8], name: &[u8]) -> Option<usize> {
    if prefix.is_empty() {
        return tag.starts_with(name).then_some(name.len());
    }
    let local = tag.strip_prefix(prefix)?.strip_prefix(b":")?;
    local
        .starts_with(name)
        .then_some(prefix.len() + 1 + name.len())
}
