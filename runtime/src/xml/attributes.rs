//! The attributes and namespace declarations of start tags.

use std::borrow::Cow;

use super::XSI;
use super::reader::{Nil, Reader};
use super::scope::{Attribute, Binding, Space, binding_error};
use super::tokenizer::referred;
use crate::read_error::ReadError;

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
        loop {
            match self.byte() {
                None => return Err(self.unexpected_end()),
                Some(byte) if byte == quote => break,
                Some(b'<') => return Err(self.syntax("`<` in an attribute value")),
                Some(b'&') => {
                    self.reference()?;
                }
                Some(byte) if byte < 0x20 || byte == 0xEF => self.checked_character()?,
                Some(_) => self.pos += 1,
            }
            if self.pos - start > self.limits.attribute_value {
                return Err(self.limit("attribute_value", self.limits.attribute_value));
            }
        }
        // Every stop above is at an ASCII byte or after a whole character.
        let raw = &self.input[start..self.pos];
        self.pos += 1;
        Ok(raw)
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
            let same = |other: &Attribute<'a>| {
                other.local == attribute.local
                    && self.bindings.attribute_namespace(other) == namespace
            };
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

    /// The value of a checked raw attribute: references replaced, white space normalised.
    pub(super) fn attribute_text(&self, raw: &'a str) -> Cow<'a, str> {
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
                    value.extend(referred(&rest[1..length.max(2) - 1]));
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
}
