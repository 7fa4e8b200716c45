//! References, followed by reading at the place that they lead to (SOAP 1.1 §5.4.1, SOAP 1.2 Part 2
//! §3.1.5).

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Came, Encoded, Walk, unknown};
use crate::read_error::ReadError;
use crate::soap::encoding::ENCODING_12;
use crate::xml::reader::Reader;
use crate::xml::scope::Binding;

/// The elements that references may lead to, by their ids.
#[derive(Clone, Debug)]
pub(crate) struct Targets<'a> {
    /// `None` where an id is there twice.
    by_id: HashMap<Cow<'a, str>, Option<Target>>,
    /// The declarations in scope in the body.
    bindings: usize,
}

/// An element with an id.
#[derive(Clone, Copy, Debug)]
struct Target {
    /// Where its start tag is.
    at: usize,
    /// Where the innermost element around it begins that declares prefixes; `None` for those that are in
    /// scope in the body.
    scope: Option<usize>,
}

/// A reference that is followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Followed {
    /// The elements that were open before.
    depth: usize,
    /// The declarations that stay in scope.
    bindings: usize,
}

/// The way back from where a reference has led.
pub(super) struct Return<'a> {
    /// The place after the reference.
    pos: usize,
    /// Where the reference has led.
    from: usize,
    /// The declarations that are in scope again.
    bindings: Vec<Binding<'a>>,
    /// The references that had been followed before.
    followed: usize,
}

impl<'a> Reader<'a> {
    /// Passes the current element, the body: the elements in it that references may lead to. `None` for
    /// what the slow path has to look at.
    pub(crate) fn encoded_targets(mut self) -> Option<Targets<'a>> {
        let depth = self.stack.len();
        let mut targets = Targets {
            by_id: HashMap::new(),
            bindings: self.bindings.len(),
        };
        if self.id().is_some() {
            return None;
        }
        loop {
            while !self.next_child().ok()? {
                if self.stack.len() < depth {
                    return Some(targets);
                }
            }
            let Some(id) = self.id() else { continue };
            let target = Target {
                at: self.stack.last()?.start - 1,
                scope: self.declared_around(targets.bindings),
            };
            match targets.by_id.entry(id) {
                Entry::Vacant(entry) => drop(entry.insert(Some(target))),
                Entry::Occupied(mut entry) => drop(entry.insert(None)),
            }
        }
    }

    /// Whether the document may hold references, at a glance.
    pub(crate) fn may_refer(&self) -> bool {
        let bytes = self.input.as_bytes();
        let has = |needle: &str| memchr::memmem::find(bytes, needle.as_bytes()).is_some();
        has("href") || has(ENCODING_12) && has("ref")
    }

    /// The id of the current element. Only right after its start tag.
    fn id(&self) -> Option<Cow<'a, str>> {
        let id = self.attribute("", "id");
        let id = id.or_else(|| self.attribute(ENCODING_12, "id"));
        id.map(trimmed)
    }

    /// Where the innermost element around the current one begins that declares prefixes, beyond the
    /// first so many.
    fn declared_around(&self, bindings: usize) -> Option<usize> {
        let current = self.stack.last()?.bindings;
        let mut around = self.stack.iter().rev().skip(1);
        let found = around.find(|open| open.bindings < current);
        found.filter(|_| current > bindings).map(|open| open.start)
    }

    /// The declarations in scope in an element that begins at a place and is open here; `None` where it
    /// is not, or where they have been put aside.
    fn bindings_inside(&self, encoded: &Encoded<'a>, start: usize) -> Option<usize> {
        let depth = self.stack.iter().rposition(|open| open.start == start)?;
        let inner = self.stack.get(depth + 1);
        let bindings = inner.map_or(self.bindings.len(), |open| open.bindings);
        let mut followed = encoded.followed.iter();
        followed
            .all(|(_, followed)| followed.depth <= depth || bindings <= followed.bindings)
            .then_some(bindings)
    }

    /// Follows the reference that the current element is, and further ones if they lead to such. The
    /// element that they lead to becomes the current one.
    pub(super) fn follow(
        &mut self,
        encoded: &mut Encoded<'a>,
        walk: &Walk,
        index: usize,
        mut id: Cow<'a, str>,
    ) -> Result<Came<'a>, ReadError> {
        let Some(declared) = encoded.declared(walk.first + index) else {
            return Err(unknown());
        };
        let followed = encoded.followed.len();
        // It holds nothing of its own.
        self.end_nil()?;
        let mut back = Return {
            pos: self.pos,
            from: 0,
            bindings: Vec::new(),
            followed,
        };
        loop {
            if encoded.followed.iter().any(|(other, _)| *other == id) {
                return Err(unknown());
            }
            let targets = encoded.targets.as_ref().ok_or_else(unknown)?;
            let target = targets.by_id.get(&id).copied().flatten();
            let target = target.ok_or_else(unknown)?;
            let bindings = match target.scope {
                None => Some(targets.bindings),
                Some(start) => self.bindings_inside(encoded, start),
            };
            let bindings = bindings.ok_or_else(unknown)?;
            // What further out has been put aside stands before.
            let mut aside = self.bindings.set_aside(bindings);
            aside.append(&mut back.bindings);
            back.bindings = aside;
            let depth = self.stack.len();
            encoded.followed.push((id, Followed { depth, bindings }));
            back.from = target.at;
            self.pos = target.at;
            self.start_tag()?;
            self.discount_child();
            let start = self.encoded_attributes(|named| encoded.content(declared, named), None)?;
            match (start.reference, start.content) {
                (Some(next), _) => {
                    self.end_nil()?;
                    id = next;
                }
                (None, Some(content)) => return Ok(Came::Field(index, content, Some(back))),
                (None, None) => return Err(unknown()),
            }
        }
    }

    /// Goes back to the place after a reference that was followed.
    pub(super) fn come_back(&mut self, back: Return<'a>) -> Result<(), ReadError> {
        let passed = self.pos.saturating_sub(back.from);
        self.pos = back.pos;
        self.bindings.bring_back(back.bindings);
        let body = self.limits.body;
        let Some(encoded) = self.encoded.as_deref_mut() else {
            return Err(unknown());
        };
        encoded.followed.truncate(back.followed);
        // A few references to references make a large message of a small one.
        encoded.passed += passed;
        if encoded.passed > body {
            return Err(unknown());
        }
        Ok(())
    }
}

/// A text without the white space around it.
pub(super) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The id in a reference to an element of the same document.
pub(super) fn id_of<'a>(href: Cow<'a, str>) -> Option<Cow<'a, str>> {
    let id = match href {
        Cow::Borrowed(href) => Cow::Borrowed(href.trim().strip_prefix('#')?),
        Cow::Owned(href) => Cow::Owned(href.trim().strip_prefix('#')?.to_owned()),
    };
    (!id.is_empty()).then_some(id)
}
