//! The next element, by comparing the document with the start tags that may come.

use super::{Seen, Table};
use crate::shape::Kind;
use crate::xml::reader::{Nil, Open, Reader};
use crate::xml::scope::{Attribute, Space};
use crate::xml::{XSI, chars};

impl Reader<'_> {
    /// Takes `<prefix:name>`, `<prefix:name/>` or `<prefix:name xsi:nil="true"/>` of an entry that
    /// may come now.
    #[inline]
    pub(super) fn open_fast(
        &mut self,
        table: &Table<'_>,
        next: usize,
        seen: &Seen,
    ) -> Option<usize> {
        if self.slow_only || self.peeked || self.pending_end || table.mixed || !self.has_room() {
            return None;
        }
        let bytes = self.input.as_bytes();
        let mut start = self.pos;
        while bytes.get(start).is_some_and(|byte| chars::is_space(*byte)) {
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
                Kind::Attached | Kind::Any | Kind::Text | Kind::Nil => continue,
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
