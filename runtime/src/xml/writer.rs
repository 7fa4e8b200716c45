//! The writer: one buffer of text, and the elements that are open in it.

use std::fmt;

use super::chars::is_ncname;
use super::escape;
use super::write_error::{WriteError, WriteErrorKind};
use crate::binding::Name;
use crate::mime::Outgoing;

mod attached;
mod attributes;
mod buffer;
mod cut;
mod encoded;
mod kept;
mod learned;
mod namespaces;
mod opening;
mod record;
mod runs;
mod trail;

pub(super) use buffer::Buffer;
use cut::Cut;
pub(crate) use cut::{Halves, LeftOut};
use encoded::Encoded;
use kept::Kept;
use namespaces::Qualifier;
pub(crate) use opening::Beginning;
use runs::{Run, Runs};

/// How deep a document can be that is written, records aside.
pub(crate) const DEEPEST: usize = 1_000;

#[derive(Clone, Copy, Debug)]
struct Open {
    /// Where the qualified name stands in the buffer.
    start: usize,
    len: usize,
    bindings: usize,
    /// Its tags, if they are kept.
    run: Option<Run>,
}

/// Where the declarations of the root are.
#[derive(Clone, Copy, Debug, Default)]
struct Root {
    /// Where in the document they end.
    tag: usize,
    /// How many bindings there are with them.
    bindings: usize,
}

/// What the next simple value becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Element,
    Attribute,
    Text,
}

/// Writes one XML document (or fragment) into a string.
///
/// Namespaces are declared where they are first used, those of records at the root, with the prefixes
/// `ns`, `ns2`, …, unless [`Writer::declare`] has named others. What cannot be written is kept as an error for
/// [`Writer::finish`].
///
/// ```
/// let mut writer = castile::xml::Writer::new();
/// writer.declare("x", "urn:x");
/// writer.start("urn:x", "a");
/// writer.start("urn:x", "b");
/// writer.text("1 < 2");
/// writer.end();
/// writer.end();
/// assert_eq!(writer.finish()?, r#"<x:a xmlns:x="urn:x"><x:b>1 &lt; 2</x:b></x:a>"#);
/// # Ok::<(), castile::xml::WriteError>(())
/// ```
#[derive(Clone)]
pub struct Writer {
    out: Buffer,
    stack: Vec<Open>,
    runs: Runs,
    /// Behind a pointer, since writers are handed on.
    kept: Box<Kept>,
    root: Root,
    /// How much of what follows the start tag of the root is a guess of what it declares late.
    guessed: usize,
    /// The last start tag has no `>` yet.
    tag_open: bool,
    role: Role,
    namespace: &'static str,
    scratch: String,
    /// The type that the next start tag says.
    pub(super) type_name: Option<Name>,
    /// What travels beside the document.
    attachments: Vec<Outgoing>,
    /// Octets from this length on travel beside the document (XOP).
    pack_from: Option<usize>,
    /// The element that is written is nil: its record has said so.
    nil: bool,
    /// What the message is encoded with.
    encoded: Option<Box<Encoded>>,
    /// Records inside each other.
    records: usize,
    error: Option<WriteError>,
    /// Content that is written later.
    cut: Option<Box<Cut>>,
    /// The start tag of the root is gone: nothing can be declared there.
    sealed: bool,
}

impl fmt::Debug for Writer {
    /// Never the document: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("path", &self.path())
            .finish_non_exhaustive()
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        let mut kept = Kept::take();
        Self {
            out: Buffer::with_room(kept.room()),
            stack: std::mem::take(&mut kept.stack),
            runs: std::mem::take(&mut kept.runs),
            kept,
            root: Root::default(),
            guessed: 0,
            tag_open: false,
            role: Role::Element,
            namespace: "",
            scratch: String::new(),
            type_name: None,
            attachments: Vec::new(),
            pack_from: None,
            nil: false,
            encoded: None,
            records: 0,
            error: None,
            cut: None,
            sealed: false,
        }
    }

    /// Writes a start tag.
    pub fn start(&mut self, namespace: &str, local: &str) {
        self.start_preferring(namespace, local, "ns");
    }

    /// Writes a start tag; where the namespace has no prefix yet, `preferred` is tried.
    pub(crate) fn start_preferring(&mut self, namespace: &str, local: &str, preferred: &str) {
        let step = match self.follow(namespace, local, preferred) {
            Ok(()) => return,
            Err(step) => step,
        };
        self.close_tag();
        if self.stack.len() >= DEEPEST {
            self.fail(WriteErrorKind::Depth { allowed: DEEPEST });
        }
        if !is_ncname(local) {
            self.fail(WriteErrorKind::Name(crate::types::bounded(local)));
        }
        let outer = self.kept.bindings.len();
        if self.kept.bindings.has_pending() {
            self.bind_pending(!namespace.is_empty());
        }
        let qualifier = self.qualifier_for_element(namespace, preferred);
        self.write_start(qualifier, local, outer);
        if let Some(step) = step.filter(|_| self.error.is_none()) {
            self.keep_step(step, (namespace, local, preferred));
        }
    }

    fn write_start(&mut self, qualifier: Qualifier, local: &str, outer: usize) {
        let start = self.out.len() + 1;
        self.out.push_str("<");
        self.out.push_str(self.kept.bindings.qualifier(qualifier));
        self.out.push_str(local);
        self.stack.push(Open {
            start,
            len: self.out.len() - start,
            bindings: outer,
            run: None,
        });
        for index in outer..self.kept.bindings.len() {
            self.write_declaration(index);
        }
        if self.stack.len() == 1 {
            self.root = Root {
                tag: self.out.len(),
                bindings: self.kept.bindings.len(),
            };
        }
        self.tag_open = true;
        if let Some(name) = self.type_name.take() {
            self.write_type(name);
        }
    }

    /// Writes text.
    #[inline]
    pub fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.close_tag();
        if let Err(character) = escape::text(&mut self.out, text) {
            self.fail(WriteErrorKind::Character(character));
        }
    }

    /// Writes markup as it is. It must be well-formed content that declares its own prefixes.
    pub fn raw(&mut self, markup: &str) {
        if !markup.is_empty() {
            self.close_tag();
            self.out.push_str(markup);
        }
    }

    /// Writes the end tag of the innermost open element.
    #[inline]
    pub fn end(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        if self.tag_open {
            self.tag_open = false;
            self.out.push_str("/>");
        } else if let Some(run) = open.run {
            self.runs.write_end(run, &mut self.out);
        } else {
            self.out.push_str("</");
            self.out.repeat(open.start..open.start + open.len);
            self.out.push_str(">");
        }
        if self.kept.bindings.len() > open.bindings {
            self.forget();
            self.kept.bindings.truncate(open.bindings);
        }
        if self.stack.is_empty() && self.kept.late.len() + self.guessed > 0 {
            self.declare_late();
        }
    }

    /// The document, or the first error. Elements still open are ended.
    ///
    /// # Errors
    /// When a name, prefix or character cannot stand in XML, or elements are too deep inside each
    /// other.
    pub fn finish(self) -> Result<String, WriteError> {
        self.finish_buffer()
            .map(|(document, _)| document.into_text())
    }

    /// [`Writer::finish`] as octets in UTF-8, as messages are sent: they are not checked once more for being a
    /// text, which takes time.
    ///
    /// # Errors
    /// As of [`Writer::finish`].
    pub fn finish_octets(self) -> Result<Vec<u8>, WriteError> {
        self.finish_all().map(|(document, _)| document)
    }

    /// The document and what travels beside it, or the first error.
    pub(crate) fn finish_all(self) -> Result<(Vec<u8>, Vec<Outgoing>), WriteError> {
        let (document, attachments) = self.finish_buffer()?;
        Ok((document.into_octets(), attachments))
    }

    fn finish_buffer(mut self) -> Result<(Buffer, Vec<Outgoing>), WriteError> {
        while !self.stack.is_empty() {
            self.end();
        }
        self.kept.stack = self.stack;
        self.kept.runs = self.runs;
        self.kept.leave(self.out.len());
        match self.error {
            Some(error) => Err(error),
            None => Ok((self.out, self.attachments)),
        }
    }

    /// The bytes that are written so far.
    pub(crate) fn written(&self) -> usize {
        self.out.len()
    }

    #[inline]
    fn close_tag(&mut self) {
        if self.tag_open {
            self.tag_open = false;
            self.out.push_byte(b'>');
        }
    }

    #[cold]
    pub(super) fn fail(&mut self, kind: WriteErrorKind) {
        if self.error.is_none() {
            self.error = Some(WriteError {
                path: self.path(),
                kind,
            });
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for open in self.stack.iter().filter(|open| open.len > 0) {
            let name = self.out.part(open.start..open.start + open.len);
            path.push('/');
            path.push_str(name.rsplit(':').next().unwrap_or_default());
        }
        path
    }
}
