//! A document held against a schema while it passes by (Structures §3.3.4, §3.4.4).
//!
//! One frame for each open element, no recursion: the depth of documents costs no stack.

mod attributes;
mod end;
mod start;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::component::{Components, ElementId, OpenContent, TypeId, ValueConstraint};
use super::content::{Configuration, Model};
use super::datatype::{ActualValue, IdKind};
use super::identity::{Finding, Place, Scopes};
use super::violation::{Found, Violations};
use crate::limits::Limits;
use crate::xml::{Event, Reader};

/// What the root element is held against.
#[derive(Clone, Copy, Debug)]
pub(super) enum Root {
    /// The global element of its name, or the type that it says.
    Global,
    Element(ElementId),
    Type(TypeId),
    /// What the body of a SOAP envelope holds.
    Body,
}

pub(super) struct Validator<'s, 'a> {
    schema: &'s Components,
    text: &'a str,
    reader: Reader<'a>,
    frames: Vec<Frame<'s, 'a>>,
    found: Found,
    /// The values of ID types.
    ids: HashSet<String>,
    /// Those that refer to them, and where first.
    references: HashMap<String, Place>,
    scopes: Scopes,
}

/// An open element.
struct Frame<'s, 'a> {
    local: &'a str,
    /// Its place among the siblings of its name, from 1.
    index: usize,
    /// How many children of each name there were.
    children: HashMap<&'a str, usize>,
    checking: Checking<'s>,
    element: Option<ElementId>,
    /// The `default` or `fixed` of the declaration.
    value: Option<&'s ValueConstraint>,
    secret: bool,
    nil: bool,
    text: Cow<'a, str>,
    has_text: bool,
    has_child: bool,
    /// Text or a child that has no place was reported.
    reported: bool,
}

/// How the content of an element is checked.
enum Checking<'s> {
    /// Not at all.
    Skip,
    /// A SOAP envelope: what its body holds is checked.
    Envelope,
    /// The body of an envelope: whatever is declared is checked, but faults.
    Body,
    /// Whatever is declared is checked: `xs:anyType`.
    Anything,
    /// There must be none: nil. Whether the type is simple, or has simple content.
    Nil {
        simple: bool,
    },
    /// There must be none.
    Empty,
    /// A value of a simple type.
    Simple(TypeId),
    Elements(Elements<'s>),
}

struct Elements<'s> {
    model: &'s Model,
    places: Vec<Configuration>,
    mixed: bool,
    open: Option<&'s OpenContent>,
}

impl<'s, 'a> Validator<'s, 'a> {
    pub(super) fn new(schema: &'s Components, text: &'a str, limits: &Limits) -> Self {
        Self {
            schema,
            text,
            reader: Reader::new(text, limits),
            frames: Vec::new(),
            found: Found::default(),
            ids: HashSet::new(),
            references: HashMap::new(),
            scopes: Scopes::default(),
        }
    }

    pub(super) fn run(mut self, root: Root) -> Result<(), Violations> {
        loop {
            match self.reader.event() {
                Ok(Some(Event::Start)) => self.start(root),
                Ok(Some(Event::Text(text))) => self.text(text),
                Ok(Some(Event::End)) => {
                    self.end();
                    self.reader.leave();
                }
                Ok(None) => break,
                Err(error) => {
                    self.report("xml", error.kind().to_string());
                    return self.found.finish(self.text);
                }
            }
            if self.found.has_more() {
                // What follows would not be kept.
                return self.found.finish(self.text);
            }
        }
        let mut missing: Vec<(String, Place)> = { self.references.drain() }
            .filter(|(name, _)| !self.ids.contains(name))
            .collect();
        missing.sort_by_key(|(_, place)| place.offset);
        for (name, place) in missing {
            let name = crate::types::bounded(&name);
            let message = format!("no element of the document has the ID `{name}`");
            self.found
                .push(place.offset, place.path, "cvc-id.1", message);
        }
        self.found.finish(self.text)
    }

    /// Notes a violation at the current element.
    fn report(&mut self, rule: &'static str, message: impl Into<String>) {
        let path = self.path();
        self.found
            .push(self.reader.offset(), path, rule, message.into());
    }

    /// Notes a violation at an attribute of the current element.
    fn report_attribute(&mut self, local: &str, rule: &'static str, message: impl Into<String>) {
        let path = format!("{}/@{local}", self.path());
        self.found
            .push(self.reader.offset(), path, rule, message.into());
    }

    fn report_findings(&mut self, findings: Vec<Finding>) {
        for finding in findings {
            match finding.place {
                None => self.report(finding.rule, finding.message),
                Some(place) => {
                    self.found
                        .push(place.offset, place.path, finding.rule, finding.message);
                }
            }
        }
    }

    fn path(&self) -> String {
        path(&self.frames)
    }

    /// Text inside the current element.
    fn text(&mut self, text: Cow<'a, str>) {
        if text.is_empty() {
            return;
        }
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.has_text = true;
        let is_blank = || text.bytes().all(|byte| b" \t\r\n".contains(&byte));
        let (rule, message) = match &frame.checking {
            Checking::Skip | Checking::Envelope | Checking::Body | Checking::Anything => return,
            Checking::Simple(_) => {
                append(&mut frame.text, text);
                return;
            }
            Checking::Elements(elements) if elements.mixed => {
                if frame.value.is_some() {
                    append(&mut frame.text, text);
                }
                return;
            }
            Checking::Elements(_) if is_blank() => return,
            Checking::Elements(_) => ("cvc-complex-type.2.3", "text where only elements may be"),
            Checking::Nil { .. } => ("cvc-elt.3.2.1", "is nil and has content"),
            Checking::Empty => (
                "cvc-complex-type.2.1",
                "text, maybe blanks, where nothing may be",
            ),
        };
        if !std::mem::replace(&mut frame.reported, true) {
            self.report(rule, message);
        }
    }

    /// Notes the identifiers in a value.
    fn note_identifiers(&mut self, value: &ActualValue, attribute: Option<&str>) {
        for (kind, name) in value.identifiers() {
            match kind {
                IdKind::Id if self.ids.insert(name.to_owned()) => {}
                IdKind::Id => {
                    let shown = crate::types::bounded(name);
                    let message = format!("the ID `{shown}` is that of an element before");
                    match attribute {
                        Some(local) => self.report_attribute(local, "cvc-id.2", message),
                        None => self.report("cvc-id.2", message),
                    }
                }
                IdKind::Idref => {
                    let mut path = self.path();
                    if let Some(local) = attribute {
                        path.push_str("/@");
                        path.push_str(local);
                    }
                    let offset = self.reader.offset();
                    self.references
                        .entry(name.to_owned())
                        .or_insert(Place { offset, path });
                }
                IdKind::Entity => {}
            }
        }
    }
}

/// `Order/Item[2]`.
fn path(frames: &[Frame<'_, '_>]) -> String {
    let mut path = String::new();
    for frame in frames {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(frame.local);
        if frame.index > 1 {
            path.push_str(&format!("[{}]", frame.index));
        }
    }
    path
}

fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else {
        text.to_mut().push_str(&more);
    }
}
