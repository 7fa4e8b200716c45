//! The writer: one buffer of text.

use std::fmt;

use super::tokens::is_number;
use crate::any_element::AnyElement;
use crate::check::CheckError;
use crate::complex::ComplexType;
use crate::error::RequestErrorKind;
use crate::shape::{Absent, DEPTH, Field, Kind, Location, Shape};
use crate::simple::JsonKind;
use crate::value::{ContentWriter, Items, Value};

/// A field that goes elsewhere than into the body.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// Where it goes.
    pub(crate) location: Location,
    /// Its name.
    pub(crate) name: &'static str,
    /// Its value, not encoded.
    pub(crate) value: String,
    /// Whether it is never shown.
    pub(crate) secret: bool,
}

impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.secret { ".." } else { &self.value };
        f.debug_struct("Parameter")
            .field("location", &self.location)
            .field("name", &self.name)
            .field("value", &value)
            .finish_non_exhaustive()
    }
}

/// A record as an HTTP request has it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The body: an object.
    pub(crate) body: String,
    /// The fields in path, query and headers, in the order of the table.
    pub(crate) parameters: Vec<Parameter>,
}

impl fmt::Debug for Written {
    /// Never the body: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Written")
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}

/// Writes one JSON document into a string.
#[derive(Clone, Default)]
pub struct Writer {
    out: String,
    parameters: Vec<Parameter>,
    /// The next value is an item: it has no name.
    item: bool,
    /// The next content is that of a group: it goes among the members around.
    group: bool,
    /// Where the next simple value goes.
    location: Option<Location>,
    /// The path of a form's request: the fields that it names go into it, all others into the form.
    form: Option<&'static str>,
    /// The first field that no form can hold.
    misfit: Option<&'static str>,
    /// Records, and elements of any name, inside each other.
    depth: usize,
    too_deep: bool,
}

impl fmt::Debug for Writer {
    /// Never the document: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a record as the document. Fails for records too deep inside each other.
    pub(crate) fn document(record: &impl ComplexType) -> Result<Written, CheckError> {
        let mut writer = Self::new();
        record.write_content(&mut writer);
        if writer.too_deep {
            return Err(CheckError::too_deep());
        }
        Ok(Written {
            body: writer.out,
            parameters: writer.parameters,
        })
    }

    /// The fields of a record whose names are in braces in `path` as parameters of the path, all others
    /// as those of a form, in the order of the table. Fails for records inside the record: a form has
    /// no place for them.
    pub(crate) fn form(
        record: &impl ComplexType,
        path: &'static str,
    ) -> Result<Vec<Parameter>, RequestErrorKind> {
        let mut writer = Self::new();
        writer.form = Some(path);
        record.write_content(&mut writer);
        match writer.misfit {
            Some(name) => Err(RequestErrorKind::Parameter {
                name: name.to_owned(),
                reason: "is no simple value, which is all that a form can hold",
            }),
            None if writer.too_deep => Err(RequestErrorKind::Check(vec![CheckError::too_deep()])),
            None => Ok(writer.parameters),
        }
    }

    /// Where a field goes.
    fn location_of(&self, field: &Field) -> Location {
        match self.form {
            Some(path) if path.contains(&format!("{{{}}}", field.name)) => Location::Path,
            Some(_) => Location::Query,
            None => field.location,
        }
    }

    /// A comma, where a value stands before.
    fn separate(&mut self) {
        // A string ends in a quote, so that these are structure.
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(',');
        }
    }

    /// The name of a member, or nothing before an item.
    fn key(&mut self, field: &Field) {
        self.separate();
        if !std::mem::take(&mut self.item) {
            string(&mut self.out, field.name);
            self.out.push(':');
        }
    }

    pub(crate) fn begin_record(&mut self, field: &Field) {
        if field.is_group() {
            self.group = true;
        } else if self.form.is_some() {
            self.misfit.get_or_insert(field.name);
        } else {
            self.key(field);
        }
    }

    pub(crate) fn absent(&mut self, field: &Field, absent: Absent) {
        if self.location.is_some() || !field.is_named() {
            return;
        }
        match absent {
            _ if self.item => {
                self.key(field);
                self.out.push_str("null");
            }
            Absent::Auto | Absent::Omit => {}
            Absent::Nil => {
                self.key(field);
                self.out.push_str("null");
            }
            Absent::Empty => {
                self.key(field);
                self.out.push_str("\"\"");
            }
        }
    }

    pub(crate) fn scalar(&mut self, field: &Field, kind: JsonKind, text: &str) {
        if let Some(location) = self.location {
            let secret = field.secret;
            let value = text.to_owned();
            self.parameters.push(Parameter {
                location,
                name: field.name,
                value,
                secret,
            });
            return;
        }
        self.key(field);
        match kind {
            JsonKind::Boolean => self.out.push_str(text),
            JsonKind::Number if is_number(text) => self.out.push_str(text),
            JsonKind::Number | JsonKind::String => string(&mut self.out, text),
        }
    }

    pub(crate) fn array(&mut self, field: &Field, items: &dyn Items) {
        let item = field.item.map_or(*field, |name| field.item_field(name, ""));
        if self.location.is_some() {
            // A parameter that is there more than once, under the name of the field.
            let item = Field {
                name: field.name,
                head: field.head,
                ..item
            };
            { items.values() }.for_each(|value| value.write_json(&item, self));
            return;
        }
        self.key(field);
        self.out.push('[');
        for value in items.values() {
            self.item = true;
            value.write_json(&item, self);
        }
        self.item = false;
        self.out.push(']');
    }

    /// Writes an element of any name: as its text, or as an object of its children.
    pub(crate) fn any(&mut self, field: &Field, element: &AnyElement) {
        if self.form.is_some() {
            self.misfit.get_or_insert(field.name);
            return;
        }
        self.key(field);
        self.any_value(element);
    }

    fn any_value(&mut self, element: &AnyElement) {
        let children: Vec<&AnyElement> = element.children().collect();
        if children.is_empty() {
            if element.attribute(crate::xml::XSI, "nil") == Some("true") {
                self.out.push_str("null");
            } else {
                string(&mut self.out, &element.text());
            }
            return;
        }
        if self.depth >= DEPTH {
            self.too_deep = true;
            return;
        }
        self.depth += 1;
        self.out.push('{');
        let mut done: Vec<&str> = Vec::new();
        for child in &children {
            let name = child.name().local.as_str();
            if done.contains(&name) {
                continue;
            }
            done.push(name);
            self.separate();
            string(&mut self.out, name);
            self.out.push(':');
            let same: Vec<_> = children
                .iter()
                .filter(|other| other.name().local == name)
                .collect();
            if let [only] = same.as_slice() {
                self.any_value(only);
                continue;
            }
            self.out.push('[');
            for item in same {
                self.separate();
                self.any_value(item);
            }
            self.out.push(']');
        }
        self.out.push('}');
        self.depth -= 1;
    }
}

impl ContentWriter for Writer {
    fn content(&mut self, shape: &'static Shape, values: &[&dyn Value]) {
        let group = std::mem::take(&mut self.group);
        if self.depth >= DEPTH {
            self.too_deep = true;
            return;
        }
        self.depth += 1;
        if !group {
            self.out.push('{');
        }
        for (field, value) in shape.attributes.iter().chain(shape.fields).zip(values) {
            if matches!(field.kind, Kind::Any | Kind::Nil) {
                // A wildcard has no names that JSON could have; nil is `null` there.
                continue;
            }
            let location = self.location_of(field);
            if location != Location::Body {
                self.location = Some(location);
            }
            value.write_json(field, self);
            self.location = None;
        }
        if !group {
            self.out.push('}');
        }
        self.depth -= 1;
    }
}

/// Appends a string with quotes and escapes.
pub(super) fn string(out: &mut String, text: &str) {
    out.push('"');
    let mut done = 0;
    for (index, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..0x20 | 0x7F => {
                out.push_str(&text[done..index]);
                out.push_str(&format!("\\u{byte:04x}"));
                done = index + 1;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[done..index]);
        out.push_str(escaped);
        done = index + 1;
    }
    out.push_str(&text[done..]);
    out.push('"');
}
