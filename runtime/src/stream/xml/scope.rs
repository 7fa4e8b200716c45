//! The elements around the list: their names, and the namespaces that they declare.

use crate::xml::{XML, unescaped};

/// An element that is open around the list.
#[derive(Debug)]
struct Level {
    /// The qualified name.
    name: Vec<u8>,
    namespace: String,
    /// How long the start tags were before its own.
    tags: usize,
    /// Declarations in scope before it.
    bindings: usize,
}

/// The elements that are open around the list.
#[derive(Debug, Default)]
pub(super) struct Around {
    levels: Vec<Level>,
    /// Their start tags, one after the other.
    tags: Vec<u8>,
    bindings: Vec<(Vec<u8>, String)>,
}

/// A start tag, by its name.
pub(super) struct Tag<'t> {
    /// The qualified name.
    pub(super) name: &'t [u8],
    pub(super) namespace: String,
    pub(super) local: &'t str,
    pub(super) declared: Vec<(Vec<u8>, String)>,
}

impl Around {
    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.levels.len()
    }

    /// Their start tags.
    pub(super) fn tags(&self) -> &[u8] {
        &self.tags
    }

    /// The namespace of the innermost element.
    pub(super) fn namespace(&self) -> &str {
        self.levels.last().map_or("", |level| &level.namespace)
    }

    /// What ends all that is open.
    pub(super) fn end_tags(&self) -> Vec<u8> {
        let ends = self.levels.iter().rev();
        ends.flat_map(|level| [b"</", &level.name[..], b">"].concat())
            .collect()
    }

    /// Goes into an element.
    pub(super) fn enter(&mut self, tag: Tag<'_>, text: &[u8]) {
        self.levels.push(Level {
            name: tag.name.to_vec(),
            namespace: tag.namespace,
            tags: self.tags.len(),
            bindings: self.bindings.len(),
        });
        self.tags.extend_from_slice(text);
        self.bindings.extend(tag.declared);
    }

    /// Leaves the innermost element.
    pub(super) fn leave(&mut self) {
        if let Some(level) = self.levels.pop() {
            self.tags.truncate(level.tags);
            self.bindings.truncate(level.bindings);
        }
    }

    /// The name of a start tag. What is not well-formed gets a name that fits nothing; the reader says
    /// what is wrong.
    pub(super) fn tag<'t>(&self, text: &'t [u8]) -> Tag<'t> {
        let inside = text.get(1..).unwrap_or_default();
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        let end = inside.iter().position(ends).unwrap_or(inside.len());
        let (name, rest) = inside.split_at(end);
        let declared = match memchr::memmem::find(rest, b"xmlns") {
            None => Vec::new(),
            Some(_) => declarations(rest),
        };
        let (prefix, local) = match memchr::memchr(b':', name) {
            None => (&b""[..], name),
            Some(colon) => (&name[..colon], &name[colon + 1..]),
        };
        let all = || self.bindings.iter().chain(&declared).rev();
        let namespace = match all().find(|(known, _)| known == prefix) {
            Some((_, namespace)) => namespace.clone(),
            None if prefix == b"xml" => XML.to_owned(),
            None => String::new(),
        };
        Tag {
            name,
            namespace,
            local: std::str::from_utf8(local).unwrap_or_default(),
            declared,
        }
    }
}

/// The namespace declarations among attributes.
fn declarations(attributes: &[u8]) -> Vec<(Vec<u8>, String)> {
    let mut declared = Vec::new();
    let mut rest = attributes;
    while let Some(equals) = memchr::memchr(b'=', rest) {
        let name = rest[..equals].trim_ascii();
        let value = rest[equals + 1..].trim_ascii_start();
        let Some((quote, value)) = value.split_first() else {
            break;
        };
        let Some(end) = memchr::memchr(*quote, value) else {
            break;
        };
        let prefix = match name {
            b"xmlns" => Some(&b""[..]),
            _ => name.strip_prefix(b"xmlns:"),
        };
        if let (Some(prefix), Ok(namespace)) = (prefix, std::str::from_utf8(&value[..end])) {
            declared.push((prefix.to_vec(), unescaped(namespace).into_owned()));
        }
        rest = &value[end + 1..];
    }
    declared
}
