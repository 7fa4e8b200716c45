//! The attributes and namespace declarations of start tags.

use std::borrow::Cow;

use super::XSI;
use super::chars::{is_same_name, is_space};
use super::reader::{Nil, Reader};
use super::scope::{Attribute, Binding, Space, binding_error};
use super::tokenizer::referred;
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

    /// The attributes of a start tag, and its end, where it is all plain: names in ASCII, values that
    /// need no normalising, no declarations. The end, and whether the tag is an empty one; `None`
    /// where the tokenizer has to look.
    pub(super) fn attributes_fast(&mut self, mut at: usize) -> Option<(usize, bool)> {
        self.attributes.clear();
        self.nil = Nil::No;
        let bytes = self.input.as_bytes();
        loop {
            let start = at;
            while is_space(*bytes.get(at)?) {
                at += 1;
            }
            match bytes.get(at)? {
                b'>' => return Some((at + 1, false)),
                b'/' => return (bytes.get(at + 1) == Some(&b'>')).then_some((at + 2, true)),
                _ if at == start => return None,
                _ => {}
            }
            if self.attributes.len() >= FEW.min(self.limits.attributes) {
                return None;
            }
            let (name, prefix) = plain_name(&bytes[at..])?;
            if name > self.limits.name {
                return None;
            }
            let (prefix, local) = match prefix {
                0 => ("", &self.input[at..at + name]),
                length => (
                    &self.input[at..at + length],
                    &self.input[at + length + 1..at + name],
                ),
            };
            if prefix == "xmlns" || local == "xmlns" {
                return None;
            }
            at += name;
            let quote = match bytes.get(at..at + 2)? {
                [b'=', quote @ (b'"' | b'\'')] => *quote,
                _ => return None,
            };
            at += 2;
            let value = at;
            loop {
                at += bytes
                    .get(at..)?
                    .iter()
                    .position(|byte| class(*byte) & STOP != 0)?;
                match bytes[at] {
                    byte if byte == quote => break,
                    b'"' | b'\'' => at += 1,
                    _ => return None,
                }
            }
            if at - value > self.limits.attribute_value {
                return None;
            }
            let raw = &self.input[value..at];
            at += 1;
            let mut attribute = Attribute {
                prefix,
                local,
                raw,
                is_plain: true,
                space: Space::None,
            };
            attribute.space = self.bindings.resolve(&attribute)?;
            if self
                .attributes
                .iter()
                .any(|other| is_same_name(other.local, local))
            {
                return None;
            }
            if local == "nil" && self.bindings.attribute_namespace(&attribute) == XSI {
                self.nil = Nil::from_text(raw);
            }
            self.attributes.push(attribute);
        }
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
        self.bindings.push(Binding { prefix, namespace });
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
