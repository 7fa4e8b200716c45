//! The reader: a cursor in a document, within limits.

use std::borrow::Cow;
use std::fmt;

use crate::choice::{branch_names, branch_of};
use crate::complex::ComplexType;
use crate::limits::Limits;
use crate::read_error::{Position, ReadError, ReadErrorKind};
use crate::shape::{Field, Kind, Location, Shape, WhiteSpace};
use crate::simple::JsonKind;
use crate::slot::{ContentReader, Slot};
use crate::types::ParseError;
use crate::xml::{collapse, replace};

#[derive(Clone, Debug)]
enum Segment {
    Name(&'static str),
    Index(usize),
}

/// A cursor in a JSON document, within [`Limits`](crate::Limits).
///
/// Numbers are taken digit by digit, never through a float. Unknown members are passed, known ones
/// may be there once.
#[derive(Clone)]
pub struct Reader<'a> {
    pub(super) input: &'a str,
    pub(super) pos: usize,
    limits: Limits,
    path: Vec<Segment>,
    pub(super) depth: usize,
    values: usize,
    /// No member of the current object has been read.
    pub(super) first: bool,
    /// The next content is that of a group: its members are among others.
    group: bool,
    /// A name that is read whose value is not.
    peeked: Option<Cow<'a, str>>,
    /// The name that led to the choice or group that is read.
    key: Option<Cow<'a, str>>,
    /// The tables around a group, with the depth of their object.
    enclosing: Vec<(usize, &'static Shape)>,
    value_start: usize,
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

/// Whether any entry of a table takes a member.
fn shape_takes(shape: &Shape, name: &str) -> bool {
    shape
        .attributes
        .iter()
        .chain(shape.fields)
        .any(|field| field.takes_member(name))
}

impl<'a> Reader<'a> {
    /// Starts before the value that is the document.
    #[must_use]
    pub fn new(input: &'a str, limits: &Limits) -> Self {
        Self {
            input: input.strip_prefix('\u{FEFF}').unwrap_or(input),
            pos: 0,
            limits: limits.clone(),
            path: Vec::new(),
            depth: 0,
            values: 0,
            first: true,
            group: false,
            peeked: None,
            key: None,
            enclosing: Vec::new(),
            value_start: 0,
        }
    }

    /// Reads a whole document into a record.
    ///
    /// # Errors
    /// When it is no JSON, not as the table says, or passes one of the [`Limits`](crate::Limits).
    pub fn document<T: ComplexType>(mut self) -> Result<T, ReadError> {
        let mut value = T::default();
        value.read_content(&mut self)?;
        self.finish()?;
        Ok(value)
    }

    /// Passes white space at the end.
    ///
    /// # Errors
    /// When anything else follows.
    pub fn finish(&mut self) -> Result<(), ReadError> {
        self.skip_space();
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.syntax("content after the value")),
        }
    }

    /// An error about the current place.
    #[must_use]
    pub fn error(&self, kind: ReadErrorKind) -> ReadError {
        self.error_at(kind, self.pos)
    }

    fn error_at(&self, kind: ReadErrorKind, offset: usize) -> ReadError {
        ReadError::new(kind, self.path(), Some(Position::new(self.input, offset)))
    }

    pub(super) fn syntax(&self, message: impl Into<String>) -> ReadError {
        self.error(ReadErrorKind::Syntax(message.into()))
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for segment in &self.path {
            match segment {
                Segment::Name(name) => {
                    path.push('/');
                    path.push_str(name);
                }
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.input.as_bytes().get(self.pos).copied()
    }

    pub(super) fn skip_space(&mut self) {
        let bytes = self.input.as_bytes();
        while bytes
            .get(self.pos)
            .is_some_and(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
        {
            self.pos += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), ReadError> {
        self.skip_space();
        if self.byte() == Some(byte) {
            self.pos += 1;
            return Ok(());
        }
        Err(match self.byte() {
            Some(_) => self.syntax(format!("`{}` is expected", char::from(byte))),
            None => self.syntax("the document ends inside a value"),
        })
    }

    /// What kind of value comes next, for messages.
    fn found(&self) -> &'static str {
        match self.byte() {
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    pub(super) fn count_value(&mut self) -> Result<(), ReadError> {
        self.values += 1;
        if self.values > self.limits.elements {
            let limit = self.limits.elements;
            return Err(self.error(ReadErrorKind::Limit {
                name: "elements",
                limit,
            }));
        }
        Ok(())
    }

    /// Passes `{` or `[`.
    pub(super) fn open(&mut self, bracket: u8, expected: &'static str) -> Result<(), ReadError> {
        self.skip_space();
        if self.byte() != Some(bracket) {
            return Err(match self.byte() {
                None => self.syntax("the document ends before a value"),
                Some(b'n') if self.take_null() => self.error(ReadErrorKind::Nil),
                Some(_) => self.error(ReadErrorKind::UnexpectedJson {
                    expected,
                    found: self.found(),
                }),
            });
        }
        if self.depth >= self.limits.depth {
            let limit = self.limits.depth;
            return Err(self.error(ReadErrorKind::Limit {
                name: "depth",
                limit,
            }));
        }
        self.count_value()?;
        self.depth += 1;
        self.pos += 1;
        self.first = true;
        Ok(())
    }

    pub(super) fn close(&mut self) {
        self.pos += 1;
        self.depth -= 1;
        self.first = false;
    }

    /// The name of the next member, or `None` before the `}`.
    pub(super) fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, ReadError> {
        if let Some(key) = self.peeked.take() {
            return Ok(Some(key));
        }
        self.skip_space();
        if self.byte() == Some(b'}') {
            return Ok(None);
        }
        if !std::mem::take(&mut self.first) {
            self.expect(b',')?;
            self.skip_space();
        }
        if self.byte() != Some(b'"') {
            return Err(self.syntax("a member name is expected"));
        }
        let key = self.string()?;
        self.expect(b':')?;
        self.skip_space();
        Ok(Some(key))
    }

    /// Passes `null`, if that is the value.
    pub(crate) fn take_null(&mut self) -> bool {
        self.skip_space();
        let rest = &self.input.as_bytes()[self.pos..];
        let null = rest.starts_with(b"null")
            && !rest.get(4).is_some_and(|byte| byte.is_ascii_alphanumeric());
        if null {
            self.pos += 4;
        }
        null
    }

    /// The text of a string, number or boolean.
    pub(crate) fn scalar(
        &mut self,
        field: &Field,
        white_space: WhiteSpace,
        kind: JsonKind,
    ) -> Result<Cow<'a, str>, ReadError> {
        self.skip_space();
        self.value_start = self.pos;
        self.count_value()?;
        let text = match self.byte() {
            Some(b'"') => self.string()?,
            Some(b'{' | b'[') => {
                let expected = match kind {
                    JsonKind::String => "a string",
                    JsonKind::Number => "a number",
                    JsonKind::Boolean => "a boolean",
                };
                let found = self.found();
                return Err(self.error(ReadErrorKind::UnexpectedJson { expected, found }));
            }
            _ if self.take_null() => {
                return Err(self.error_at(ReadErrorKind::Nil, self.value_start));
            }
            _ => Cow::Borrowed(self.literal()?),
        };
        Ok(match white_space.max(field.white_space) {
            WhiteSpace::Preserve => text,
            WhiteSpace::Replace => replace(text),
            WhiteSpace::Collapse => collapse(text),
        })
    }

    /// The error of a text that is no value.
    #[cold]
    pub(crate) fn value_error(&self, field: &Field, error: ParseError) -> ReadError {
        let error = if field.secret {
            error.redacted()
        } else {
            error
        };
        self.error_at(ReadErrorKind::Value(error), self.value_start)
    }

    /// Comes to the next item of an array; `false` before the `]`.
    pub(super) fn next_item(&mut self) -> Result<bool, ReadError> {
        self.skip_space();
        if self.byte() == Some(b']') {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.expect(b',')?;
            self.skip_space();
            if self.byte() == Some(b']') {
                return Err(self.syntax("a value is expected"));
            }
        }
        Ok(true)
    }

    /// Reads an array into a slot, item by item; `null` is an empty one.
    pub(crate) fn array(&mut self, field: &Field, items: &mut dyn Slot) -> Result<(), ReadError> {
        if self.take_null() {
            return Ok(());
        }
        self.open(b'[', "an array")?;
        let item = field.item.map_or(*field, |name| field.item_field(name, ""));
        let mut index = 0;
        while self.next_item()? {
            index += 1;
            self.path.push(Segment::Index(index));
            items.read_json(&item, self)?;
            self.path.pop();
            self.first = false;
        }
        self.close();
        Ok(())
    }

    /// What a record does before its content.
    pub(crate) fn begin_record(&mut self, field: &Field) {
        if field.is_group() {
            self.group = true;
            self.peeked = self.key.take();
        }
    }

    /// Reads the value of an entry into its slot.
    pub(crate) fn member(&mut self, field: &Field, slot: &mut dyn Slot) -> Result<(), ReadError> {
        if !field.is_named() {
            return slot.read_json(field, self);
        }
        self.path.push(Segment::Name(field.name));
        slot.read_json(field, self)?;
        self.path.pop();
        self.first = false;
        Ok(())
    }

    /// The branch of a choice that takes the current member.
    pub(crate) fn branch(
        &mut self,
        branches: &'static [Field],
    ) -> Result<(usize, &'static Field), ReadError> {
        let takes = |field: &Field| {
            self.key
                .as_deref()
                .is_some_and(|key| field.takes_member(key))
        };
        let found = branch_of(branches, &[&takes, &|field| field.takes_any(None)]);
        found.ok_or_else(|| self.error(ReadErrorKind::MissingChoice(branch_names(branches))))
    }

    fn missing(&self, field: &Field) -> ReadError {
        match field.kind {
            Kind::Choice(_) | Kind::Group(_) => {
                self.error(ReadErrorKind::MissingChoice(field.names()))
            }
            Kind::Element | Kind::Attached | Kind::Any | Kind::Text | Kind::Nil => {
                let path = format!("{}/{}", self.path(), field.name);
                let position = Position::new(self.input, self.pos);
                ReadError::new(ReadErrorKind::Missing, path, Some(position))
            }
        }
    }

    fn duplicate(&self, key: &str) -> ReadError {
        let path = format!("{}/{key}", self.path());
        let position = Position::new(self.input, self.pos);
        ReadError::new(ReadErrorKind::Duplicate, path, Some(position))
    }
}

impl ContentReader for Reader<'_> {
    fn content(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError> {
        let group = std::mem::take(&mut self.group);
        if !group {
            self.open(b'{', "an object")?;
        }
        let entries = shape.attributes.len() + shape.fields.len();
        let entry = |index: usize| {
            let attributes = shape.attributes.len();
            if index < attributes {
                shape.attributes.get(index)
            } else {
                shape.fields.get(index - attributes)
            }
        };
        let mut seen = vec![false; entries];
        let mut next = 0;
        while let Some(key) = self.next_key()? {
            let takes = |index: &usize| entry(*index).is_some_and(|field| field.takes_member(&key));
            // Members mostly come in the order of the table.
            let Some(index) = (next..entries)
                .find(takes)
                .or_else(|| (0..next).find(takes))
            else {
                let depth = self.depth;
                let outside = self
                    .enclosing
                    .iter()
                    .any(|(around, shape)| *around == depth && shape_takes(shape, &key));
                if group && outside {
                    self.peeked = Some(key);
                    return self.end_group(shape, &seen);
                }
                self.skip()?;
                self.first = false;
                continue;
            };
            let (Some(field), Some(slot)) = (entry(index), slots.get_mut(index)) else {
                self.skip()?;
                self.first = false;
                continue;
            };
            next = index + 1;
            if field.nil_others && self.take_null() {
                continue;
            }
            let list = field.repeated && !field.is_named();
            if std::mem::replace(&mut seen[index], true) && !list {
                if group {
                    self.peeked = Some(key);
                    return self.end_group(shape, &seen);
                }
                return Err(self.duplicate(&key));
            }
            match field.kind {
                Kind::Choice(_) | Kind::Group(_) => {
                    self.key = Some(key);
                    self.enclosing.push((self.depth, shape));
                    slot.read_json(field, self)?;
                    self.enclosing.pop();
                }
                Kind::Element | Kind::Attached | Kind::Any | Kind::Text | Kind::Nil => {
                    self.member(field, &mut **slot)?;
                }
            }
            self.first = false;
        }
        if !group {
            self.missing_of(shape, &seen)?;
            self.close();
            return Ok(());
        }
        self.end_group(shape, &seen)
    }
}

impl Reader<'_> {
    fn end_group(&self, shape: &Shape, seen: &[bool]) -> Result<(), ReadError> {
        self.missing_of(shape, seen)
    }

    fn missing_of(&self, shape: &Shape, seen: &[bool]) -> Result<(), ReadError> {
        let entries = shape.attributes.iter().chain(shape.fields);
        for (field, seen) in entries.zip(seen) {
            if !seen && !field.may_be_absent() && field.location == Location::Body {
                return Err(self.missing(field));
            }
        }
        Ok(())
    }
}
