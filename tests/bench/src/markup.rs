//! What codecs that are written by hand share: texts and attributes off `NsReader`, escaped text into a
//! `String`, elements into `quick_xml::Writer`.

use std::borrow::Cow;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};
use quick_xml::{NsReader, Writer, XmlVersion};

pub type Failure = Box<dyn std::error::Error>;

pub const INSTANCE: Namespace<'static> = Namespace("http://www.w3.org/2001/XMLSchema-instance");

/// The text up to the end tag.
pub fn text(reader: &mut NsReader<&[u8]>) -> Result<String, Failure> {
    let mut out = String::new();
    loop {
        match reader.read_event()? {
            Event::Text(text) => out.push_str(&text.xml10_content()),
            Event::CData(text) => out.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
                Some(character) => out.push(character),
                None => out.push_str(
                    quick_xml::escape::resolve_xml_entity(&reference).ok_or("an unknown entity")?,
                ),
            },
            Event::End(_) => return Ok(out),
            Event::Start(_) | Event::Empty(_) => return Err("an element in text".into()),
            Event::Eof => return Err("the document ends".into()),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
}

pub fn skip(reader: &mut NsReader<&[u8]>, name: QName<'_>) -> Result<(), Failure> {
    reader.read_to_end(name)?;
    Ok(())
}

/// `xsd:boolean`.
pub fn boolean(text: &str) -> Result<bool, Failure> {
    match text.trim() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("no boolean".into()),
    }
}

/// The attributes of no namespace; those of another are left out.
pub fn attributes<'a>(
    start: &'a BytesStart<'_>,
    mut each: impl FnMut(&str, Cow<'a, str>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for attribute in start.attributes() {
        let attribute: Attribute<'a> = attribute?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        each(attribute.key.as_ref(), value)?;
    }
    Ok(())
}

/// The local name in `xsi:type`.
pub fn xsi_type<'a>(
    reader: &NsReader<&[u8]>,
    start: &'a BytesStart<'_>,
) -> Result<Option<Cow<'a, str>>, Failure> {
    for attribute in start.attributes() {
        let attribute: Attribute<'a> = attribute?;
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        if namespace == ResolveResult::Bound(INSTANCE) && local.as_ref() == "type" {
            return Ok(Some(attribute.normalized_value(XmlVersion::Implicit1_0)?));
        }
    }
    Ok(None)
}

/// Text between tags.
pub fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'<', b'>', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&amp;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Text in an attribute.
pub fn escape_attribute_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'<', b'"', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'"' => "&quot;",
            _ => "&amp;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// `quick_xml::Writer` into memory, whose errors are those of memory: none.
pub struct Events(Writer<Vec<u8>>);

impl Events {
    pub fn new() -> Self {
        Self(Writer::new(Vec::new()))
    }

    fn event<'a>(&mut self, event: impl Into<Event<'a>>) {
        self.0.write_event(event).expect("memory takes all");
    }

    pub fn start(&mut self, start: BytesStart<'_>) {
        self.event(Event::Start(start));
    }

    pub fn open(&mut self, name: &str) {
        self.event(Event::Start(BytesStart::new(name)));
    }

    pub fn empty(&mut self, start: BytesStart<'_>) {
        self.event(Event::Empty(start));
    }

    pub fn end(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    pub fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(text)));
    }

    pub fn element(&mut self, name: &str, text: &str) {
        self.open(name);
        self.text(text);
        self.end(name);
    }

    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }
}
