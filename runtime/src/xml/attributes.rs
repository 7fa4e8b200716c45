//! The attributes and namespace declarations of start tags.

use std::borrow::Cow;

use super::chars::is_same_name;
use super::content::is_character;
use super::reader::{Nil, Open, Reader};
use super::scan::{space_end, value_end};
use super::scope::{Attribute, Space, binding_error};
use super::tokenizer::referred;
use super::{XML, XMLNS, XSI};
use crate::read_error::ReadError;

/// So many attributes are looked at without the tokenizer. Each is compared with those before it.
const FEW: usize = 16;

impl<'a> Reader<'a> {
    /// One attribute or namespace declaration.
    pub(super) fn attribute_tag(&mut self) -> Result<(), ReadError> {
        let start = self.pos;
        let (end, prefix_length) = self.qualified_name(start)?;
        let name = &self.input[start..end];
        let (prefix, local) = match prefix_length {
            0 => ("", name),
            length => (&name[..length], &name[length + 1..]),
        };
        self.pos = end;
        self.skip_space();
        if self.byte() != Some(b'=') {
            return Err(self.syntax(format!("`=` is missing after the attribute `{name}`")));
        }
        self.pos += 1;
        self.skip_space();
        let raw = self.attribute_value()?;
        if prefix == "xmlns" || (prefix.is_empty() && local == "xmlns") {
            let declared = if prefix.is_empty() { "" } else { local };
            return self.declare(declared, raw);
        }
        self.attributes.push(Attribute {
            prefix,
            local,
            raw,
            is_plain: false,
            space: Space::None,
        });
        Ok(())
    }

    /// A quoted value, checked, as it stands.
    fn attribute_value(&mut self) -> Result<&'a str, ReadError> {
        let Some(quote @ (b'"' | b'\'')) = self.byte() else {
            return Err(self.syntax("an attribute value must be quoted"));
        };
        self.pos += 1;
        let start = self.pos;
        let limit = self.limits.attribute_value;
        loop {
            let rest = &self.input.as_bytes()[self.pos..];
            let stop = rest.iter().position(|byte| class(*byte) & STOP != 0);
            let room = limit.saturating_add(1) - (self.pos - start);
            let run = stop.unwrap_or(rest.len()).min(room);
            self.pos += run;
            match self.byte() {
                _ if run == room => {}
                None => return Err(self.unexpected_end()),
                Some(byte) if byte == quote => break,
                Some(b'<') => return Err(self.syntax("`<` in an attribute value")),
                Some(b'&') => {
                    self.reference()?;
                }
                Some(byte) if byte < 0x20 || byte == 0xEF => self.checked_character()?,
                Some(_) => self.pos += 1,
            }
            if self.pos - start > limit {
                return Err(self.limit("attribute_value", limit));
            }
        }
        // Every stop above is at an ASCII byte or after a whole character.
        let raw = &self.input[start..self.pos];
        self.pos += 1;
        Ok(raw)
    }

    /// The attributes and declarations of a start tag, and its end, where it is all plain: names in
    /// ASCII, values that need no normalising. The end, and whether the tag is an empty one; `None`
    /// where the tokenizer has to look: what was declared stays for the caller to take back then.
    pub(super) fn attributes_fast(&mut self, mut at: usize) -> Option<(usize, bool)> {
        self.attributes.clear();
        self.nil = Nil::No;
        let bytes = self.input.as_bytes();
        let outer = self.bindings.len();
        let mut count = 0;
        let end = loop {
            let start = at;
            at = space_end(bytes, at);
            match bytes.get(at)? {
                b'>' => break (at + 1, false),
                b'/' if bytes.get(at + 1) == Some(&b'>') => break (at + 2, true),
                _ if at == start => return None,
                _ => {}
            }
            count += 1;
            if count > FEW.min(self.limits.attributes) {
                return None;
            }
            let text = bytes.get(at..)?;
            let (name, prefix, is_declaration) = match text {
                [b'x', b'm', b'l', b'n', b's', b'=', ..] => (5, 0, true),
                [b'x', b'm', b'l', b'n', b's', b':', declared @ ..] => {
                    let (length, next) = plain_part(declared)?;
                    if next == b':' {
                        return None;
                    }
                    (6 + length, 5, true)
                }
                _ => {
                    let (name, prefix) = plain_name(text)?;
                    (name, prefix, false)
                }
            };
            if name > self.limits.name {
                return None;
            }
            let (prefix, local) = match prefix {
                0 => ("", self.input.get(at..at + name)?),
                length => (
                    self.input.get(at..at + length)?,
                    self.input.get(at + length + 1..at + name)?,
                ),
            };
            at += name;
            let quote = match bytes.get(at..at + 2)? {
                [b'=', quote @ (b'"' | b'\'')] => *quote,
                _ => return None,
            };
            at += 2;
            let value = at;
            at = value_end(bytes, at, quote)?;
            if bytes.get(at) != Some(&quote) || at - value > self.limits.attribute_value {
                return None;
            }
            let raw = self.input.get(value..at)?;
            at += 1;
            if is_declaration {
                let declared = if prefix.is_empty() { "" } else { local };
                self.declare_fast(outer, declared, raw)?;
            } else {
                self.attributes.push(Attribute {
                    prefix,
                    local,
                    raw,
                    is_plain: true,
                    space: Space::None,
                });
            }
        };
        self.resolve_fast()?;
        Some(end)
    }

    /// Takes the declarations that stand at the beginning of what follows a name in a start tag, each as
    /// ` xmlns:prefix="uri"` or ` xmlns="uri"`: where they end, and how many they are. `None` where one of
    /// them may be wrong, or is of the prefix of the name; then none is left.
    pub(super) fn declarations(&mut self, own: &str, mut at: usize) -> Option<(usize, usize)> {
        let outer = self.bindings.len();
        let mut count = 0;
        while let Some(b" xmlns") = self.input.as_bytes().get(at..at + 6) {
            let after = self.declaration(outer, own, at);
            count += 1;
            match after.filter(|_| count <= self.limits.attributes) {
                Some(after) => at = after,
                None => {
                    self.bindings.truncate(outer);
                    return None;
                }
            }
        }
        Some((at, count))
    }

    /// One of [`Reader::declarations`]: where it ends.
    fn declaration(&mut self, outer: usize, own: &str, at: usize) -> Option<usize> {
        let bytes = self.input.as_bytes();
        let start = at + " xmlns".len();
        let (length, end) = match bytes.get(start..)? {
            [b'=', ..] => (0, start),
            [b':', declared @ ..] => match plain_part(declared)? {
                (length, b'=') => (length, start + 1 + length),
                _ => return None,
            },
            _ => return None,
        };
        let quote = *bytes.get(end + 1)?;
        let value = end + 2;
        let stop = value_end(bytes, value, quote)?;
        let is_plain = bytes.get(stop) == Some(&quote)
            && stop - value <= self.limits.attribute_value
            && end - at - 1 <= self.limits.name;
        let prefix = self.input.get(end - length..end)?;
        if !is_plain || is_same_name(prefix, own) {
            return None;
        }
        self.declare_fast(outer, prefix, self.input.get(value..stop)?)?;
        Some(stop + 1)
    }

    /// [`Reader::declare`] of what is surely right.
    fn declare_fast(&mut self, outer: usize, prefix: &'a str, raw: &'a str) -> Option<()> {
        let own = self.bindings.as_slice().get(outer..)?;
        let is_twice = own
            .iter()
            .any(|binding| is_same_name(binding.prefix, prefix));
        let is_special = matches!(prefix.as_bytes(), [b'x', b'm', b'l', ..])
            || raw.len() == XML.len() && raw == XML
            || raw.len() == XMLNS.len() && raw == XMLNS
            || raw.is_empty() && !prefix.is_empty();
        if is_twice || is_special || self.bindings.len() >= self.limits.bindings {
            return None;
        }
        self.bindings.push(prefix, Cow::Borrowed(raw));
        Some(())
    }

    /// [`Reader::resolve`] of attributes alone, where no two of them have one local name.
    fn resolve_fast(&mut self) -> Option<()> {
        for index in 0..self.attributes.len() {
            let attribute = self.attributes.get(index)?;
            let space = self.bindings.resolve(attribute)?;
            let before = self.attributes.get(..index)?;
            let is_same = |other: &Attribute<'_>| is_same_name(other.local, attribute.local);
            if before.iter().any(is_same) {
                return None;
            }
            let attribute = self.attributes.get_mut(index)?;
            attribute.space = space;
            let attribute = self.attributes.get(index)?;
            if is_same_name(attribute.local, "nil")
                && self.bindings.attribute_namespace(attribute) == XSI
            {
                self.nil = Nil::from_text(attribute.raw);
            }
        }
        Some(())
    }

    /// The start tag at the current place, where it is all plain; its element becomes the current one.
    /// `false` where the tokenizer has to look: nothing is passed then.
    pub(super) fn start_tag_fast(&mut self) -> bool {
        let start = self.pos + 1;
        let name = self.input.as_bytes().get(start..).and_then(plain_name);
        let Some((len, prefix)) = name.filter(|(len, _)| *len <= self.limits.name) else {
            return false;
        };
        self.open_fast(start, len, prefix)
    }

    /// [`Reader::start_tag_fast`] of a tag whose name is known.
    pub(super) fn open_fast(&mut self, start: usize, len: usize, prefix: usize) -> bool {
        let bindings = self.bindings.len();
        let open = Open {
            start,
            len,
            prefix,
            bindings,
            children: 1,
            index: 0,
        };
        let after = start + len;
        let passed = match self.input.as_bytes().get(after) {
            Some(b'>') => {
                self.attributes.clear();
                self.nil = Nil::No;
                Some((after + 1, false))
            }
            _ => self.attributes_fast(after),
        };
        let is_bound = prefix == 0
            || self.input.get(start..start + prefix).is_some_and(|prefix| {
                !is_same_name(prefix, "xmlns") && self.bindings.namespace(prefix).is_some()
            });
        match passed {
            Some((after, empty)) if is_bound && self.push(open).is_ok() => {
                self.pos = after;
                self.pending_end = empty;
                true
            }
            _ => {
                self.bindings.truncate(bindings);
                false
            }
        }
    }

    /// The value of an attribute that holds more than plain characters, and where its quote ends it;
    /// `None` where it is not well-formed. Nothing special is before `stop`.
    #[cold]
    pub(super) fn escaped_value(
        &self,
        start: usize,
        mut stop: usize,
        quote: u8,
    ) -> Option<(Cow<'a, str>, usize)> {
        let bytes = self.input.as_bytes();
        loop {
            match *bytes.get(stop)? {
                byte if byte == quote => break,
                b'&' => (_, stop) = self.reference_at(stop)?,
                b'\t' | b'\n' | b'\r' => stop += 1,
                0xEF if is_character(bytes, stop) => stop += 3,
                _ => return None,
            }
            stop = value_end(bytes, stop, quote)?;
        }
        Some((self.attribute_text(self.input.get(start..stop)?), stop))
    }

    fn declare(&mut self, prefix: &'a str, raw: &'a str) -> Result<(), ReadError> {
        let namespace = self.attribute_text(raw);
        if let Some(message) = binding_error(prefix, &namespace) {
            return Err(self.syntax(message));
        }
        if self.bindings.len() >= self.limits.bindings {
            return Err(self.limit("bindings", self.limits.bindings));
        }
        let own = self.stack.last().map_or(0, |open| open.bindings);
        if self.bindings.as_slice()[own..]
            .iter()
            .any(|binding| binding.prefix == prefix)
        {
            return Err(self.syntax(format!("the prefix `{prefix}` is declared twice")));
        }
        self.bindings.push(prefix, namespace);
        Ok(())
    }

    /// Finds the namespaces of the element and its attributes.
    pub(super) fn resolve(&mut self) -> Result<(), ReadError> {
        if let Some(open) = self.stack.last().copied().filter(|open| open.prefix > 0) {
            let prefix = &self.input[open.start..open.start + open.prefix];
            if prefix == "xmlns" || self.bindings.namespace(prefix).is_none() {
                return Err(self.syntax(format!("the prefix `{prefix}` is not bound")));
            }
        }
        for index in 0..self.attributes.len() {
            let attribute = &self.attributes[index];
            let Some(space) = self.bindings.resolve(attribute) else {
                let prefix = attribute.prefix;
                return Err(self.syntax(format!("the prefix `{prefix}` is not bound")));
            };
            self.attributes[index].space = space;
        }
        for index in 0..self.attributes.len() {
            let attribute = &self.attributes[index];
            let namespace = self.bindings.attribute_namespace(attribute);
            let same =
                |other: &Attribute<'a>| self.bindings.has_name(other, namespace, attribute.local);
            if self.attributes[..index].iter().any(same) {
                let name = attribute.local;
                return Err(self.syntax(format!("the attribute `{name}` is there twice")));
            }
            if attribute.local == "nil" && namespace == XSI {
                self.nil = Nil::from_text(&self.attribute_text(attribute.raw));
            }
        }
        Ok(())
    }

    /// The value of an attribute.
    #[inline]
    pub(super) fn value(&self, attribute: &Attribute<'a>) -> Cow<'a, str> {
        if attribute.is_plain {
            return Cow::Borrowed(attribute.raw);
        }
        self.attribute_text(attribute.raw)
    }

    /// See [`unescaped`].
    pub(super) fn attribute_text(&self, raw: &'a str) -> Cow<'a, str> {
        unescaped(raw)
    }
}

/// The value of a raw attribute: references replaced, white space normalised. What is no reference in
/// one that was not checked is left out.
pub(crate) fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw
        .bytes()
        .any(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r'))
    {
        return Cow::Borrowed(raw);
    }
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(index) = rest.find(['&', '\t', '\n', '\r']) {
        value.push_str(&rest[..index]);
        rest = &rest[index..];
        let length = match rest.as_bytes() {
            [b'&', ..] => {
                let length = rest.find(';').map_or(rest.len(), |end| end + 1);
                let name = rest.get(1..length.max(2) - 1);
                value.extend(name.and_then(referred));
                length
            }
            [b'\r', b'\n', ..] => {
                value.push(' ');
                2
            }
            _ => {
                value.push(' ');
                1
            }
        };
        rest = &rest[length..];
    }
    value.push_str(rest);
    Cow::Owned(value)
}

/// May begin a name, as far as ASCII goes.
const START: u8 = 1;
/// May stand in a name, as far as ASCII goes.
const NAME: u8 = 2;
/// Ends an attribute value or is not what it stands for in one; and the first byte of U+FFFE.
const STOP: u8 = 4;
/// No character of ASCII.
const WIDE: u8 = 8;

/// What each byte may be.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte: u8 = 0;
    loop {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => START | NAME,
            b'-' | b'.' | b'0'..=b'9' => NAME,
            b'<' | b'&' | b'"' | b'\'' | 0..0x20 => STOP,
            0xEF => STOP | WIDE,
            0x80.. => WIDE,
            _ => 0,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

#[inline]
fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// A qualified name in ASCII and its end: its length, and that of its prefix (0 without one). `None`
/// where it is no such name.
#[inline]
pub(super) fn plain_name(tag: &[u8]) -> Option<(usize, usize)> {
    let (length, next) = plain_part(tag)?;
    if next != b':' {
        return Some((length, 0));
    }
    let (local, next) = plain_part(&tag[length + 1..])?;
    (next != b':').then_some((length + 1 + local, length))
}

/// A name without a colon, and the byte after it.
#[inline]
fn plain_part(tag: &[u8]) -> Option<(usize, u8)> {
    let length = tag.iter().position(|byte| class(*byte) & NAME == 0)?;
    let is_name = class(*tag.first()?) & START != 0 && class(tag[length]) & WIDE == 0;
    is_name.then(|| (length, tag[length]))
}
