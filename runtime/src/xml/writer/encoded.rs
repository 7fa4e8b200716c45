//! SOAP-encoded content, written as the record hands out its values.
//!
//! Each value gets its `xsi:type`, each array its item type and size. What stands around a value of a
//! declared type is made once a document (a [`Run`]). What this way does not know is refused: who began
//! writes the message literally, then, and makes it encoded after (`soap/encoding/write.rs`).

mod runs;

use runs::Runs;

use super::{Open, Writer};
use crate::binding::{Name, Version};
use crate::shape::Field;
use crate::simple::Prefixes as _;
use crate::soap::encoding::{Content, Encoding, Member, XSD, is_any, is_encoding, style, xsd};
use crate::types::QName;
use crate::xml::XSI;
use crate::xml::escape::{self, OfElement, Short};

/// More prefixes than this are declared where they are used.
const NAMESPACES: usize = 8;

/// What is known of an encoded message while it is written.
#[derive(Clone, Debug)]
pub(in crate::xml) struct Encoded {
    encoding: &'static Encoding,
    version: Version,
    /// The element that is written.
    frame: Frame,
    /// The element whose start tag was written last, if it has members or items.
    next: Option<Frame>,
    /// How many items the list has that is written next.
    items: Option<usize>,
    /// The next element is nil.
    is_nil: bool,
    is_refused: bool,
    /// The declarations in scope at the wrapper.
    bindings: usize,
    runs: Runs,
}

/// An element with members or items.
#[derive(Clone, Copy, Debug)]
struct Frame {
    content: Content,
    /// Which members these are.
    among: usize,
    /// Parts that are elements keep their namespace; accessors have none (SOAP 1.1 §5.1).
    are_parts: bool,
    /// Where the member stands that was met last.
    last: usize,
    /// The items so far, and where their number has to be put.
    count: usize,
    count_at: Option<usize>,
}

impl Encoded {
    /// The member that an entry is, in the element that is written.
    #[inline]
    fn member(&mut self, namespace: &str, local: &str) -> Option<&'static Member> {
        let members = match self.frame.content {
            Content::Array(item) => return Some(item),
            Content::Struct(members) => members,
            Content::Simple | Content::Any => return None,
        };
        // One more of the last, or the one after it; but in any order, too.
        let last = self.frame.last;
        let mut order = (last..members.len()).chain(0..last);
        let found = order.find(|index| members.get(*index).is_some_and(|m| m.is(namespace, local)));
        self.frame.last = found?;
        members.get(self.frame.last)
    }
}

impl Writer {
    /// Writes the start tag of the wrapper of an encoded message with these parts. All that is written
    /// from here on is encoded.
    pub(crate) fn start_encoded(
        &mut self,
        name: Name,
        (encoding, parts): (&'static Encoding, &'static [Member]),
        version: Version,
    ) {
        let others = encoding.namespaces();
        let others = others.filter(|other| !other.is_empty() && *other != name.namespace);
        for (index, namespace) in others.take(NAMESPACES).enumerate() {
            match index {
                0 => self.declare("types", namespace),
                _ => self.declare(&format!("types{}", index + 1), namespace),
            }
        }
        self.start(name.namespace, name.local);
        self.attribute(version.namespace(), "encodingStyle", style(version));
        // Octets stay where they are.
        self.pack_from = None;
        self.forget();
        self.encoded = Some(Box::new(Encoded {
            encoding,
            version,
            frame: Frame {
                are_parts: true,
                // No struct's members, even where these are the same.
                among: 1,
                ..Frame::new(Content::Struct(parts))
            },
            next: None,
            items: None,
            is_nil: false,
            is_refused: false,
            bindings: self.kept.bindings.len(),
            runs: Runs::default(),
        }));
    }

    /// Ends what [`Writer::start_encoded`] began; `false` if the message could not be written so.
    pub(crate) fn end_encoded(&mut self) -> bool {
        self.end();
        let encoded = self.encoded.take();
        let is_written = encoded.is_some_and(|encoded| !encoded.is_refused);
        if !is_written {
            // What is thrown away may hold secrets.
            self.out.wipe();
        }
        is_written
    }

    #[inline]
    pub(super) fn is_encoded(&self) -> bool {
        self.encoded.is_some()
    }

    /// Says of the next element that it is nil, or that it is a list of so many items.
    #[inline]
    pub(super) fn encoded_next(&mut self, is_nil: bool, items: Option<usize>) {
        if let Some(encoded) = self.encoded.as_deref_mut() {
            (encoded.is_nil, encoded.items) = (is_nil, items);
        }
    }

    /// The element was written whose start tag was written last: it has neither members nor items.
    pub(super) fn encoded_passed(&mut self) {
        if let Some(encoded) = self.encoded.as_deref_mut() {
            encoded.next = None;
        }
    }

    /// Comes to the members or items of the element whose start tag was written last. What it returns is
    /// for [`Writer::leave_encoded`].
    #[inline]
    pub(super) fn enter_encoded(&mut self) -> Option<EncodedFrame> {
        let encoded = self.encoded.as_deref_mut()?;
        let frame = encoded.next.take()?;
        Some(EncodedFrame(std::mem::replace(&mut encoded.frame, frame)))
    }

    /// Goes back to the element around, its members or items written.
    #[inline]
    pub(super) fn leave_encoded(&mut self, outer: Option<EncodedFrame>) {
        if outer.is_some() {
            self.leave_frame(outer);
        }
    }

    #[inline(never)]
    fn leave_frame(&mut self, outer: Option<EncodedFrame>) {
        if let (Some(EncodedFrame(outer)), Some(encoded)) = (outer, self.encoded.as_deref_mut()) {
            let inner = std::mem::replace(&mut encoded.frame, outer);
            if let Some(at) = inner.count_at {
                let count = inner.count.to_string();
                self.out.replace(at..at + 1, count.as_bytes());
            }
        }
    }

    /// The start tag of an entry.
    #[inline(never)]
    pub(super) fn start_encoded_field(&mut self, field: &Field) {
        // Out of `self` as long as both are needed.
        if let Some(mut encoded) = self.encoded.take() {
            encoded.frame.count += 1;
            self.start_value(&mut encoded, field);
            self.encoded = Some(encoded);
        }
    }

    /// An entry that is an element of text alone.
    pub(super) fn encoded_element(&mut self, field: &Field, text: &str) {
        let is_short = !text.is_empty() && self.short_encoded_element(field, OfElement(text));
        if !is_short {
            self.encoded_element_of_any_text(field, text);
        }
    }

    /// Writes an element of a short text, where its run is at hand.
    #[inline]
    pub(super) fn short_encoded_element(&mut self, field: &Field, text: impl Short) -> bool {
        let namespace = field.namespace.unwrap_or(self.namespace);
        if let Some(encoded) = self.encoded.as_deref_mut()
            && self.type_name.is_none()
            && encoded.is_usual(&self.kept.bindings)
            && let Some(run) = encoded.run(field.name, namespace)
        {
            if self.tag_open {
                self.tag_open = false;
                self.out.push_byte(b'>');
            }
            let is_written = self.out.push_around(&run.start, text, &run.end);
            encoded.frame.count += usize::from(is_written);
            return is_written;
        }
        false
    }

    #[inline(never)]
    fn encoded_element_of_any_text(&mut self, field: &Field, text: &str) {
        let Some(mut encoded) = self.encoded.take() else {
            return;
        };
        encoded.frame.count += 1;
        if !text.is_empty()
            && let Some(run) = self.run_of(&mut encoded, field)
        {
            let (from, is_tag_open) = (self.out.len(), self.tag_open);
            self.close_tag();
            self.out.push_block(&run.start, 0);
            if escape::text(&mut self.out, text).is_ok() {
                self.out.push_block(&run.end, 0);
                self.encoded = Some(encoded);
                return;
            }
            // Once more, for the path of the error.
            self.out.truncate(from);
            self.tag_open = is_tag_open;
        }
        self.start_value(&mut encoded, field);
        encoded.next = None;
        self.encoded = Some(encoded);
        self.text(text);
        self.end();
    }

    fn start_value(&mut self, encoded: &mut Encoded, field: &Field) {
        if let Some(run) = self.run_of(encoded, field) {
            self.close_tag();
            let start = self.out.len() + 1;
            self.out.push_block(&run.start, 1);
            self.stack.push(Open {
                start,
                len: run.local.len(),
                bindings: self.kept.bindings.len(),
                run: None,
            });
            self.tag_open = true;
            encoded.next = Frame::of(run.content);
            encoded.items = None;
            return;
        }
        let is_nil = std::mem::take(&mut encoded.is_nil);
        let items = encoded.items.take();
        encoded.next = None;
        let namespace = field.namespace.unwrap_or(self.namespace);
        let named = self.type_name.take();
        let Some(member) = encoded.member(namespace, field.name) else {
            encoded.is_refused = true;
            self.start(namespace, field.name);
            return;
        };
        let namespace = encoded.namespace_of(member);
        self.start(namespace, member.local());
        if is_nil {
            return;
        }
        let declared = member.type_name();
        let named = named.filter(|name| encoded.encoding.knows(*name));
        let content = match named {
            Some(name) => encoded.encoding.content(name, None),
            None => encoded.encoding.content(declared, None),
        };
        let mut next = Frame::of(content);
        match content {
            Content::Any => {}
            Content::Simple => self.write_type_name(declared),
            Content::Struct(_) => self.write_type_name(named.unwrap_or(declared)),
            Content::Array(item) => {
                let count_at = self.write_array(encoded, item, items);
                if let (Some(frame), None) = (&mut next, items) {
                    frame.count_at = Some(count_at);
                }
            }
        }
        encoded.next = next;
    }

    /// The name of a type as it stands in content; `None` for one that has none.
    fn type_text(&mut self, name: Name) -> Option<String> {
        if name.local.contains('/') {
            return None;
        }
        if name.namespace.is_empty() {
            return Some(name.local.to_owned());
        }
        let wish = match name.namespace {
            XSD => "xsd",
            namespace if is_encoding(namespace) => "enc",
            _ => "types",
        };
        let prefix = self.prefix_of(name.namespace, wish);
        Some(format!("{prefix}:{}", name.local))
    }

    fn write_type_name(&mut self, name: Name) {
        if let Some(text) = self.type_text(name) {
            self.attribute(XSI, "type", &text);
        }
    }

    /// The attributes of an array; where its size stands, which is 0 where it is not known.
    fn write_array(
        &mut self,
        encoded: &Encoded,
        item: &'static Member,
        items: Option<usize>,
    ) -> usize {
        let style = style(encoded.version);
        self.write_type_name(Name::new(style, "Array"));
        let mut type_name = item.type_name();
        let mut brackets = String::new();
        // The items are arrays without a name: `T[][n]`.
        while type_name.local.contains('/') {
            match encoded.encoding.content(type_name, None) {
                Content::Array(inner) => {
                    type_name = inner.type_name();
                    brackets.push_str("[]");
                }
                _ => type_name = xsd("anyType"),
            }
        }
        let items = items.unwrap_or_default();
        match encoded.version {
            Version::Soap11 => {
                let name = self.type_text(type_name).unwrap_or_default();
                self.attribute(style, "arrayType", &format!("{name}{brackets}[{items}]"));
                self.out.len().saturating_sub(3)
            }
            Version::Soap12 => {
                if !brackets.is_empty() {
                    type_name = Name::new(style, "Array");
                }
                let name = self.type_text(type_name).unwrap_or_default();
                self.attribute(style, "itemType", &name);
                self.attribute(style, "arraySize", &items.to_string());
                self.out.len().saturating_sub(2)
            }
        }
    }

    /// The name that an element of any name has in an encoded message, if it may be there.
    pub(in crate::xml) fn encoded_name(&mut self, name: &QName) -> Option<QName> {
        let encoded = self.encoded.as_deref_mut()?;
        encoded.frame.count += 1;
        let member = encoded.member(&name.namespace, &name.local)?;
        if is_any(member.type_name()) {
            let namespace = encoded.namespace_of(member);
            return Some(QName::new(namespace, member.local()));
        }
        encoded.is_refused = true;
        None
    }
}

/// An element around the one that is written.
pub(super) struct EncodedFrame(Frame);

impl Frame {
    fn new(content: Content) -> Self {
        let among = match content {
            Content::Struct(members) => members.as_ptr().addr(),
            Content::Array(item) => std::ptr::from_ref(item).addr(),
            Content::Simple | Content::Any => 0,
        };
        Self {
            content,
            among,
            are_parts: false,
            last: 0,
            count: 0,
            count_at: None,
        }
    }

    /// Of what has members or items.
    fn of(content: Content) -> Option<Self> {
        matches!(content, Content::Struct(_) | Content::Array(_)).then(|| Self::new(content))
    }
}

impl Encoded {
    fn namespace_of(&self, member: &'static Member) -> &'static str {
        if self.frame.are_parts {
            member.namespace()
        } else {
            ""
        }
    }
}
