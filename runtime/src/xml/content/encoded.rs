//! SOAP-encoded content, read by the tables as it stands.
//!
//! What an [`Encoding`] says of a type and what the table of the record says are laid side by side
//! once a document (a [`Plan`](plan::Plan)). Start tags are remembered as they were met: one that is
//! the same again means the same again, so that `xsi:type` costs a comparison.
//!
//! All that is out of the ordinary is an error here, and says nothing: who began asks the slow path
//! then, which makes the message literal first (`soap/encoding/read.rs`). This path accepts only what
//! that one accepts, with the same result.

mod attributes;
mod fast;
mod plan;
mod references;

pub(super) use self::plan::Key;
use self::plan::{Entry, Plan};
pub(crate) use self::references::Targets;
use self::references::{Followed, Return};
use std::borrow::Cow;

use super::Seen;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, Kind, Shape};
use crate::slot::Slot;
use crate::soap::encoding::{Content, Encoding, Member, RPC};
use crate::xml::reader::{Nil, Reader};
use crate::xml::tokenizer::Ahead;

/// What is known of an encoded message while it is read.
#[derive(Clone, Debug)]
pub(in crate::xml) struct Encoded<'a> {
    encoding: &'static Encoding,
    /// What the element holds that a slot is about to read, by its type.
    next: Option<Content>,
    /// It is the wrapper of the parts.
    is_wrapper: bool,
    plans: Vec<Plan>,
    /// Those of all plans.
    entries: Vec<Entry<'a>>,
    /// What references may lead to; `None` where there are none.
    targets: Option<Targets<'a>>,
    /// The references that have led to where the reader is.
    followed: Vec<(Cow<'a, str>, Followed)>,
    /// The bytes that were read after references.
    passed: usize,
}

/// Where the reading of an element has come to.
struct Walk {
    /// The place of the first entry of its plan.
    first: usize,
    is_array: bool,
    is_wrapper: bool,
    /// The accessor of the return value had a name of its own (SOAP 1.1 §7.1).
    is_renamed: bool,
    /// The children so far.
    count: usize,
    /// The entry that is likely the next one.
    next: usize,
    seen: Seen,
}

impl Walk {
    /// Notes that there was an element for an entry.
    #[inline]
    fn pass(&mut self, index: usize, field: &Field) {
        self.count += 1;
        self.seen.insert(index);
        self.next = if field.repeated { index } else { index + 1 };
    }
}

/// What came next.
enum Came<'a> {
    /// An element for the entry of this index, its start tag passed; and the way back, where a reference
    /// has led to it.
    Field(usize, Content, Option<Return<'a>>),
    /// An element for no entry, which is passed.
    Nothing,
    /// The end of the element; its end tag is passed.
    End,
}

/// The error of this path, which nobody sees.
#[cold]
fn unknown() -> ReadError {
    ReadError::new(ReadErrorKind::Other(String::new()), "", None)
}

impl<'a> Reader<'a> {
    /// Reads the record of an encoded message, whose wrapper with these parts is the current element.
    ///
    /// # Errors
    /// When the slow path has to look; the error says no more.
    pub(crate) fn encoded_wrapper(
        &mut self,
        encoding: &'static Encoding,
        parts: &'static [Member],
        field: &Field,
        record: &mut dyn Slot,
        targets: Option<Targets<'a>>,
    ) -> Result<(), ReadError> {
        let mut encoded = Encoded {
            encoding,
            next: None,
            is_wrapper: true,
            plans: Vec::new(),
            entries: Vec::new(),
            targets,
            followed: Vec::new(),
            passed: 0,
        };
        let content = Content::Struct(parts);
        let start = self.encoded_attributes(|_| content, None)?;
        if start.content.is_none() || start.reference.is_some() {
            return Err(unknown());
        }
        encoded.next = Some(content);
        self.encoded = Some(Box::new(encoded));
        let read = record.read_xml(field, self);
        self.encoded = None;
        read
    }

    /// Whether what is read is encoded: then nothing but records, lists and simple values is.
    #[inline]
    pub(in crate::xml) fn is_encoded(&self) -> bool {
        self.encoded.is_some()
    }

    /// What only the slow path can read, of an encoded message.
    pub(in crate::xml) fn refuse_encoded(&self) -> Result<(), ReadError> {
        match self.encoded {
            Some(_) => Err(unknown()),
            None => Ok(()),
        }
    }

    /// [`ContentReader::content`](crate::slot::ContentReader::content) of encoded content.
    pub(super) fn encoded_content(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError> {
        self.default_text = None;
        let is_plain = !shape.mixed && shape.attributes.is_empty();
        if std::mem::take(&mut self.group) || self.given.is_some() || !is_plain {
            return Err(unknown());
        }
        self.encoded_fields(Key::Shape(shape), shape.namespace, shape.fields, slots)
    }

    /// Reads the members of a struct, or the items of an array, to the end tag of the current element.
    pub(super) fn encoded_fields(
        &mut self,
        key: Key,
        namespace: &'static str,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError> {
        let mut walk = self
            .begin_walk(key, namespace, fields)
            .ok_or_else(unknown)?;
        let outer = self.namespace;
        loop {
            let came = match self.encoded_fast(&mut walk, fields, slots) {
                Some(came) => came,
                None => self.encoded_slow(&mut walk, fields)?,
            };
            let (index, content, back) = match came {
                Came::Field(index, content, back) => (index, content, back),
                Came::Nothing => continue,
                Came::End => break,
            };
            let (Some(field), Some(slot)) = (fields.get(index), slots.get_mut(index)) else {
                return Err(unknown());
            };
            walk.pass(index, field);
            self.namespace = namespace;
            let is_nil = self.nil == Nil::Yes;
            if let (false, Content::Struct(_) | Content::Array(_)) = (is_nil, content) {
                self.expect(Some(content));
            }
            slot.read_xml(field, self)?;
            // A slot that is no record has not asked for members.
            if self.expect(None).is_some() {
                return Err(unknown());
            }
            if let Some(back) = back {
                self.come_back(back)?;
            }
        }
        let mut entries = fields.iter().enumerate();
        if entries.any(|(index, field)| !walk.seen.has(index) && !field.may_be_absent()) {
            return Err(unknown());
        }
        self.namespace = outer;
        self.pop();
        Ok(())
    }

    /// Says what the element holds that is read next; what was said before.
    fn expect(&mut self, content: Option<Content>) -> Option<Content> {
        let encoded = self.encoded.as_deref_mut()?;
        std::mem::replace(&mut encoded.next, content)
    }

    fn begin_walk(&mut self, key: Key, namespace: &'static str, fields: &[Field]) -> Option<Walk> {
        let encoded = self.encoded.as_deref_mut()?;
        let content = encoded.next.take()?;
        let is_wrapper = std::mem::take(&mut encoded.is_wrapper);
        Some(Walk {
            first: encoded.plan(key, content, namespace, fields)?,
            is_array: matches!(content, Content::Array(_)),
            is_wrapper,
            is_renamed: false,
            count: 0,
            next: 0,
            seen: Seen::new(fields.len()),
        })
    }

    /// Comes to the next element by the tokenizer, and remembers its start tag.
    fn encoded_slow(&mut self, walk: &mut Walk, fields: &[Field]) -> Result<Came<'a>, ReadError> {
        if self.take_pending_end() {
            return Ok(Came::End);
        }
        match self.ahead()? {
            Ahead::Start => {}
            Ahead::End => {
                self.end_tag()?;
                return Ok(Came::End);
            }
            Ahead::Text => return Err(unknown()),
        }
        let at = self.pos;
        self.start_tag()?;
        let Some(index) = self.encoded_entry(walk, fields)? else {
            self.skip_unreferring()?;
            walk.count += 1;
            return Ok(Came::Nothing);
        };
        let is_free = |field: &Field| field.repeated || !walk.seen.has(index);
        if !fields.get(index).is_some_and(is_free) {
            return Err(unknown());
        }
        // Out of `self` as long as both are needed.
        let Some(mut encoded) = self.encoded.take() else {
            return Err(unknown());
        };
        let came = self.encoded_start(&mut encoded, walk, index, at);
        self.encoded = Some(encoded);
        came
    }

    /// The entry for the current element: by its local name, for accessors have no namespace, but some
    /// servers give them one.
    fn encoded_entry(&self, walk: &mut Walk, fields: &[Field]) -> Result<Option<usize>, ReadError> {
        if walk.is_array {
            return Ok(Some(0));
        }
        let name = self.name();
        let mut order = (walk.next..fields.len()).chain(0..walk.next);
        let found = order.find(|index| fields.get(*index).is_some_and(|f| f.name == name.local));
        match found {
            // It was thought to have another name.
            Some(0) if walk.is_renamed => Err(unknown()),
            Some(index) => Ok(Some(index)),
            None if !walk.is_wrapper || fields.is_empty() || walk.seen.has(0) => Ok(None),
            None if name.namespace == RPC && name.local == "result" => Ok(None),
            None => {
                walk.is_renamed = true;
                Ok(Some(0))
            }
        }
    }

    /// What the current element holds, whose start tag began at a place, or where it leads.
    fn encoded_start(
        &mut self,
        encoded: &mut Encoded<'a>,
        walk: &Walk,
        index: usize,
        at: usize,
    ) -> Result<Came<'a>, ReadError> {
        let Some(declared) = encoded.declared(walk.first + index) else {
            return Err(unknown());
        };
        let position = walk.is_array.then_some(walk.count);
        let named = |named: Option<(&str, &str)>| encoded.content(declared, named);
        let start = self.encoded_attributes(named, position)?;
        match (start.reference, start.content) {
            (Some(id), _) => self.follow(encoded, walk, index, id),
            (None, Some(content)) => {
                if start.is_constant && !(walk.is_renamed && index == 0) {
                    self.remember(encoded, walk.first + index, at, content);
                }
                Ok(Came::Field(index, content, None))
            }
            (None, None) => Err(unknown()),
        }
    }

    /// Passes the rest of the current element, which nobody wants. What references in it lead to might
    /// have to be refused.
    fn skip_unreferring(&mut self) -> Result<(), ReadError> {
        let depth = self.stack.len();
        loop {
            if self.refers() {
                return Err(unknown());
            }
            while !self.next_child()? {
                if self.stack.len() < depth {
                    return Ok(());
                }
            }
        }
    }

    /// Comes to the next start tag inside the current element; `false` where an element is left
    /// instead.
    fn next_child(&mut self) -> Result<bool, ReadError> {
        if self.take_pending_end() {
            self.pop();
            return Ok(false);
        }
        loop {
            match self.ahead()? {
                Ahead::Start => {
                    self.start_tag()?;
                    return Ok(true);
                }
                Ahead::End => {
                    self.end_tag()?;
                    self.pop();
                    return Ok(false);
                }
                Ahead::Text => drop(self.text_piece()?),
            }
        }
    }
}

/// Whether an entry is one that can be laid beside a member.
fn is_element(field: &Field) -> bool {
    matches!(field.kind, Kind::Element)
}
