//! The reader: a cursor in a document, and the elements that are open there.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr2;

use super::chars::{collapse, replace};
use super::scope::{Attribute, Bindings};
use super::tokenizer::{Ahead, is_clean, is_plain};
use crate::any_element::AnyAttribute;
use crate::limits::Limits;
use crate::read_error::{Position, ReadError, ReadErrorKind};
use crate::shape::{Field, Shape, WhiteSpace};
use crate::simple::Scope;
use crate::slot::Slot;
use crate::types::ParseError;

/// The name of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'r> {
    /// The namespace, empty for none.
    pub namespace: &'r str,
    /// The name without prefix.
    pub local: &'r str,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Where its qualified name stands in the document.
    pub(super) start: usize,
    pub(super) len: usize,
    /// Length of the prefix, 0 without one.
    pub(super) prefix: usize,
    /// Declarations that were in scope before it.
    pub(super) bindings: usize,
    /// Children that count against the limit.
    pub(super) children: usize,
    /// Its place in a list, from 1; 0 elsewhere.
    pub(super) index: usize,
}

/// The `xsi:nil` of the current start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nil {
    No,
    Yes,
    Invalid(String),
}

impl Nil {
    pub(super) fn from_text(text: &str) -> Self {
        match text.trim_matches([' ', '\t', '\n', '\r']) {
            "true" | "1" => Self::Yes,
            "false" | "0" => Self::No,
            other => Self::Invalid(crate::types::bounded(other)),
        }
    }
}

/// What the simple value that is read is in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Element,
    Attribute,
    Text,
}

/// A cursor in an XML document, in namespaces, within [`Limits`].
///
/// At each moment there is a *current element*: the innermost one whose start tag is passed and
/// whose end tag is not. Methods that read content take the current element to its end, so that its
/// parent is current again.
///
/// ```
/// use castile::{Limits, xml::Reader};
///
/// let mut reader = Reader::new("<a xmlns='urn:x'><b>1</b></a>", &Limits::default());
/// assert!(reader.next_start()?); // the root
/// assert!(reader.next_start()?);
/// assert!(reader.is("urn:x", "b"));
/// assert_eq!(reader.text()?, "1");
/// assert!(!reader.next_start()?); // the end of <a>
/// reader.finish()?;
/// # Ok::<(), castile::ReadError>(())
/// ```
#[derive(Clone)]
pub struct Reader<'a> {
    pub(super) input: &'a str,
    pub(super) pos: usize,
    pub(super) limits: Limits,
    pub(super) stack: Vec<Open>,
    pub(super) bindings: Bindings<'a>,
    /// Attributes of the last start tag.
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) nil: Nil,
    /// The current element was an empty tag: its end is passed already.
    pub(super) pending_end: bool,
    /// The current element is a child that its parent has not taken yet.
    pub(super) peeked: bool,
    /// The next content is that of a group: it has no element of its own.
    pub(super) group: bool,
    /// A simple value that is not the text of an element.
    pub(super) given: Option<Cow<'a, str>>,
    pub(super) role: Role,
    /// Attributes that no entry takes, for the wildcard.
    pub(super) unclaimed: Vec<AnyAttribute>,
    /// Namespace of entries that name none.
    pub(super) namespace: &'static str,
    /// The tables around a group, with the depth of their element.
    pub(super) enclosing: Vec<(usize, &'static Shape)>,
    /// Whether there was a root element.
    started: bool,
    elements: usize,
    path_root: usize,
    /// Where the last simple value began.
    pub(super) text_start: usize,
    /// No text needs [`is_plain`].
    clean: bool,
    /// Never take the table-directed path.
    pub(super) slow_only: bool,
}

impl fmt::Debug for Reader<'_> {
    /// Shows where the reader is, never the document: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("path", &self.path())
            .field("offset", &self.pos)
            .finish_non_exhaustive()
    }
}

impl<'a> Reader<'a> {
    /// Starts before the root element.
    #[must_use]
    pub fn new(input: &'a str, limits: &Limits) -> Self {
        Self {
            input,
            pos: 0,
            limits: limits.clone(),
            stack: Vec::new(),
            bindings: Bindings::default(),
            attributes: Vec::new(),
            nil: Nil::No,
            pending_end: false,
            peeked: false,
            group: false,
            given: None,
            role: Role::Element,
            unclaimed: Vec::new(),
            namespace: "",
            enclosing: Vec::new(),
            started: false,
            elements: 0,
            path_root: 0,
            text_start: 0,
            clean: is_clean(input.as_bytes()),
            slow_only: false,
        }
    }

    /// Reads everything by the full tokenizer, never along the table. Same result, for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn slow_only(mut self) -> Self {
        self.slow_only = true;
        self
    }

    /// Comes to the next child of the current element (at first: the root element), which becomes
    /// the current one; `false` at the end of the current element, which is passed.
    ///
    /// Text other than white space on the way is an error.
    pub fn next_start(&mut self) -> Result<bool, ReadError> {
        if self.peeked {
            self.peeked = false;
            return Ok(true);
        }
        if self.stack.is_empty() {
            if self.started {
                return Ok(false);
            }
            self.started = true;
            self.prolog()?;
            self.start_tag()?;
            return Ok(true);
        }
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
                Ahead::Text => self.blank_piece()?,
            }
        }
    }

    /// Passes what may follow the root element; anything else is an error.
    pub fn finish(&mut self) -> Result<(), ReadError> {
        self.epilog()
    }

    /// The name of the current element; empty before the root and after its end.
    #[must_use]
    pub fn name(&self) -> Name<'_> {
        match self.stack.last() {
            None => Name {
                namespace: "",
                local: "",
            },
            Some(open) => {
                let prefix = &self.input[open.start..open.start + open.prefix];
                Name {
                    namespace: self.bindings.namespace(prefix).unwrap_or_default(),
                    local: self.local_name(*open),
                }
            }
        }
    }

    /// Whether the current element has this name.
    #[must_use]
    pub fn is(&self, namespace: &str, local: &str) -> bool {
        self.name() == Name { namespace, local }
    }

    /// The number of open elements.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    /// The value of an attribute of the current element, normalised. Only right after its start tag.
    #[must_use]
    pub fn attribute(&self, namespace: &str, local: &str) -> Option<Cow<'a, str>> {
        let found = self.attributes.iter().find(|attribute| {
            attribute.local == local && self.bindings.attribute_namespace(attribute) == namespace
        });
        found.map(|attribute| self.attribute_text(attribute.raw))
    }

    /// Whether the current element is nil. Only right after its start tag.
    pub fn is_nil(&self) -> Result<bool, ReadError> {
        match &self.nil {
            Nil::No => Ok(false),
            Nil::Yes => Ok(true),
            Nil::Invalid(value) => Err(self.error(ReadErrorKind::NilValue(value.clone()))),
        }
    }

    /// Passes the rest of the current element, whatever it holds.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let depth = self.stack.len();
        loop {
            if self.take_pending_end() {
                self.pop();
            } else {
                match self.ahead()? {
                    Ahead::Start => self.start_tag()?,
                    Ahead::End => {
                        self.end_tag()?;
                        self.pop();
                    }
                    Ahead::Text => {
                        self.text_piece()?;
                    }
                }
            }
            if self.stack.len() < depth {
                return Ok(());
            }
        }
    }

    /// The text of the current element, comments left out; an element inside is an error.
    pub fn text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let text = self.raw_text()?;
        self.pop();
        Ok(text)
    }

    /// Reads the current element into a slot, as an entry would say.
    pub fn read(&mut self, field: &Field, slot: &mut dyn Slot) -> Result<(), ReadError> {
        slot.read_xml(field, self)
    }

    /// Makes the current element the first one of the paths in errors.
    pub fn path_from_here(&mut self) {
        self.path_root = self.stack.len().saturating_sub(1);
    }

    /// An error about the current place.
    #[must_use]
    pub fn error(&self, kind: ReadErrorKind) -> ReadError {
        self.error_at(kind, "", self.pos)
    }

    fn error_at(&self, kind: ReadErrorKind, suffix: &str, offset: usize) -> ReadError {
        let path = self.path() + suffix;
        ReadError::new(kind, path, Some(Position::new(self.input, offset)))
    }

    /// An error about a child of the current element that is not there.
    pub(super) fn child_error(&self, kind: ReadErrorKind, child: &str) -> ReadError {
        self.error_at(kind, &format!("/{child}"), self.pos)
    }

    /// The open elements, as `/Invoice/Line[2]`.
    fn path(&self) -> String {
        let mut path = String::new();
        let depth = self.stack.len() - usize::from(self.peeked && !self.stack.is_empty());
        for open in self.stack.iter().take(depth).skip(self.path_root) {
            path.push('/');
            path.push_str(self.local_name(*open));
            if open.index > 0 {
                path.push_str(&format!("[{}]", open.index));
            }
        }
        path
    }

    pub(super) fn raw_name(&self, open: Open) -> &'a str {
        &self.input[open.start..open.start + open.len]
    }

    fn local_name(&self, open: Open) -> &'a str {
        let name = self.raw_name(open);
        if open.prefix == 0 {
            name
        } else {
            &name[open.prefix + 1..]
        }
    }

    /// Whether an element within the current one passes no limit.
    #[inline]
    pub(super) fn has_room(&self) -> bool {
        self.stack.len() < self.limits.depth
            && self.elements < self.limits.elements
            && self
                .stack
                .last()
                .is_none_or(|open| open.children < self.limits.children)
    }

    /// Makes an element the current one.
    #[inline]
    pub(super) fn push(&mut self, open: Open) -> Result<(), ReadError> {
        if !self.has_room() {
            return Err(self.no_room());
        }
        if let Some(parent) = self.stack.last_mut() {
            parent.children += 1;
        }
        self.elements += 1;
        self.stack.push(open);
        Ok(())
    }

    #[cold]
    fn no_room(&self) -> ReadError {
        let (name, limit) = if self.stack.len() >= self.limits.depth {
            ("depth", self.limits.depth)
        } else if self.elements >= self.limits.elements {
            ("elements", self.limits.elements)
        } else {
            ("children", self.limits.children)
        };
        self.error(ReadErrorKind::Limit { name, limit })
    }

    /// Items of declared lists do not count as children.
    #[inline]
    pub(super) fn discount_child(&mut self) {
        let parent = self
            .stack
            .len()
            .checked_sub(2)
            .and_then(|index| self.stack.get_mut(index));
        if let Some(parent) = parent {
            parent.children = parent.children.saturating_sub(1);
        }
    }

    /// Leaves the current element.
    #[inline]
    pub(super) fn pop(&mut self) {
        if let Some(open) = self.stack.pop() {
            self.bindings.truncate(open.bindings);
        }
    }

    #[inline]
    pub(super) fn take_pending_end(&mut self) -> bool {
        std::mem::take(&mut self.pending_end)
    }

    /// Notes the place of the current element in its list, from 1.
    #[inline]
    pub(crate) fn set_index(&mut self, index: usize) {
        if let Some(open) = self.stack.last_mut().filter(|_| !self.peeked) {
            open.index = index;
        }
    }

    /// The attributes for the wildcard that is read.
    pub(crate) fn take_unclaimed(&mut self) -> Vec<AnyAttribute> {
        std::mem::take(&mut self.unclaimed)
    }

    pub(crate) fn default_namespace(&self) -> &'static str {
        self.namespace
    }

    /// Passes the rest of a nil element, which must be empty.
    pub(crate) fn end_nil(&mut self) -> Result<(), ReadError> {
        self.nil = Nil::No;
        if self.take_pending_end() {
            self.pop();
            return Ok(());
        }
        let start = self.pos;
        loop {
            match self.ahead()? {
                Ahead::End => {
                    self.end_tag()?;
                    self.pop();
                    return Ok(());
                }
                Ahead::Text if self.blank_piece().is_ok() => {}
                Ahead::Text | Ahead::Start => {
                    return Err(self.error_at(ReadErrorKind::NilWithContent, "", start));
                }
            }
        }
    }

    /// The text of the current element, its end tag passed, the element not yet left.
    pub(super) fn raw_text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        self.text_start = self.pos;
        if self.take_pending_end() {
            return Ok(Cow::Borrowed(""));
        }
        if let Some(text) = self.text_fast() {
            return Ok(Cow::Borrowed(text));
        }
        self.whole_text()
    }

    /// `text</name>`, where the text is what it stands for.
    #[inline]
    fn text_fast(&mut self) -> Option<&'a str> {
        if self.slow_only {
            return None;
        }
        let bytes = self.input.as_bytes();
        let rest = &bytes[self.pos..];
        let length = memchr2(b'<', b'&', rest)?;
        if !self.clean && !is_plain(&rest[..length]) {
            return None;
        }
        let end = self.end_tag_fast(self.pos + length)?;
        let text = &self.input[self.pos..self.pos + length];
        self.pos = end;
        Some(text)
    }

    /// The end of `</name>` at a place, where the name is that of the current element.
    #[inline]
    pub(super) fn end_tag_fast(&self, at: usize) -> Option<usize> {
        let open = self.stack.last()?;
        let bytes = self.input.as_bytes();
        let name = &bytes[open.start..open.start + open.len];
        let tag = &bytes[at..];
        let end = open.len + 2;
        (tag.len() > end
            && tag[0] == b'<'
            && tag[1] == b'/'
            && &tag[2..end] == name
            && tag[end] == b'>')
            .then_some(at + end + 1)
    }

    /// Makes a text the value that the next slot reads; see [`Reader::simple`].
    pub(super) fn give(&mut self, role: Role, text: Cow<'a, str>) {
        self.role = role;
        self.text_start = self.pos;
        self.given = Some(text);
    }

    /// The text of a simple value: of the current element, or of an attribute or the simple content
    /// that is at hand. [`Reader::end_simple`] must follow.
    pub(crate) fn simple(
        &mut self,
        field: &Field,
        white_space: WhiteSpace,
    ) -> Result<Cow<'a, str>, ReadError> {
        let text = match self.given.take() {
            Some(text) => text,
            None => {
                if self.is_nil()? {
                    return Err(self.error(ReadErrorKind::Nil));
                }
                match (self.raw_text()?, field.default_value) {
                    (text, Some(default)) if text.is_empty() => Cow::Borrowed(default),
                    (text, _) => text,
                }
            }
        };
        Ok(match white_space.max(field.white_space) {
            WhiteSpace::Preserve => text,
            WhiteSpace::Replace => replace(text),
            WhiteSpace::Collapse => collapse(text),
        })
    }

    /// Leaves the element of [`Reader::simple`].
    #[inline]
    pub(crate) fn end_simple(&mut self) {
        if self.role == Role::Element {
            self.pop();
        }
    }

    /// The error of a text that is no value.
    #[cold]
    pub(crate) fn value_error(&self, field: &Field, error: ParseError) -> ReadError {
        let error = if field.secret {
            error.redacted()
        } else {
            error
        };
        let suffix = match self.role {
            Role::Attribute => format!("/@{}", field.name),
            Role::Element | Role::Text => String::new(),
        };
        self.error_at(ReadErrorKind::Value(error), &suffix, self.text_start)
    }
}

impl Scope for Reader<'_> {
    fn namespace_of(&self, prefix: &str) -> Option<&str> {
        self.bindings.namespace(prefix)
    }
}
