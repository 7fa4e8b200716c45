//! The reader: a cursor in a document, and the elements that are open there.

use std::borrow::Cow;
use std::fmt;

use super::chars::is_same_name;
use super::content::{Encoded, Row, Tag};
use super::scope::{Attribute, Bindings};
use super::tokenizer::Ahead;
use crate::any_element::AnyAttribute;
use crate::limits::Limits;
use crate::mime::{Attachment, Attachments};
use crate::read_error::ReadError;
use crate::shape::{Field, Shape};
use crate::simple::Scope;

mod fragment;
mod included;
mod nil;
mod open;
mod place;
mod simple_value;

pub(super) use nil::Nil;
pub(super) use open::{Open, Taken};
pub(super) use simple_value::Role;

/// So deep most messages are, envelope and body included.
const USUAL_DEPTH: usize = 8;

/// The name of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'r> {
    /// The namespace, empty for none.
    pub namespace: &'r str,
    /// The name without prefix.
    pub local: &'r str,
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
    /// The next group is one of several in a row: what comes out of order belongs to the next one.
    pub(super) ordered: bool,
    /// The text that the record which is read next has where its element is empty.
    pub(super) default_text: Option<&'static str>,
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
    /// The parts of the message beside the document.
    pub(super) attachments: Option<&'a Attachments>,
    /// Which of them were taken.
    claimed: Vec<bool>,
    /// The part that the next slot reads.
    attachment: Option<Attachment>,
    /// The branch of the choice that takes the current element, where that is known.
    pub(super) branch: Option<(&'static [Field], usize)>,
    /// What the message is encoded with, if it is read as it stands.
    pub(super) encoded: Option<Box<Encoded<'a>>>,
    /// For texts that are not what they stand for.
    pub(super) buffer: String,
    /// The start tag that is read along a table.
    pub(super) tag: Option<Tag>,
    /// How the records of the list that is read are.
    pub(super) row: Row<'a>,
    /// Never take the table-directed path.
    pub(super) slow_only: bool,
    /// The document is only the beginning of one: what is missing may follow.
    pub(crate) partial: bool,
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
    #[inline]
    pub fn new(input: &'a str, limits: &Limits) -> Self {
        Self {
            input,
            pos: 0,
            limits: limits.clone(),
            stack: Vec::with_capacity(USUAL_DEPTH),
            bindings: Bindings::default(),
            attributes: Vec::new(),
            nil: Nil::No,
            pending_end: false,
            peeked: false,
            group: false,
            ordered: false,
            default_text: None,
            given: None,
            role: Role::Element,
            unclaimed: Vec::new(),
            namespace: "",
            enclosing: Vec::new(),
            started: false,
            elements: 0,
            path_root: 0,
            text_start: 0,
            attachments: None,
            claimed: Vec::new(),
            attachment: None,
            branch: None,
            encoded: None,
            buffer: String::new(),
            tag: None,
            row: Row::default(),
            slow_only: false,
            partial: false,
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
    /// # Errors
    /// When the document up to there is not well-formed, passes one of the [`Limits`], or has text
    /// where only elements may be.
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

    /// Passes what may follow the root element.
    ///
    /// # Errors
    /// When anything but white space, comments and processing instructions follows.
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
        let name = self.name();
        is_same_name(name.local, local) && is_same_name(name.namespace, namespace)
    }

    /// The number of open elements.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    /// The value of an attribute of the current element, normalised. Only right after its start
    /// tag.
    #[must_use]
    pub fn attribute(&self, namespace: &str, local: &str) -> Option<Cow<'a, str>> {
        let mut attributes = self.attributes.iter();
        let found =
            attributes.find(|attribute| self.bindings.has_name(attribute, namespace, local));
        found.map(|attribute| self.value(attribute))
    }

    /// Passes the rest of the current element, whatever it holds.
    ///
    /// # Errors
    /// When the document is not well-formed or passes one of the [`Limits`].
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

    /// The text of the current element, comments left out. The element is passed.
    ///
    /// # Errors
    /// When there is an element inside, or the document is not well-formed.
    pub fn text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let text = self.raw_text()?;
        self.pop();
        Ok(text)
    }

    /// The attributes for the wildcard that is read.
    pub(crate) fn take_unclaimed(&mut self) -> Vec<AnyAttribute> {
        std::mem::take(&mut self.unclaimed)
    }

    pub(crate) fn default_namespace(&self) -> &'static str {
        self.namespace
    }
}

impl Scope for Reader<'_> {
    fn namespace_of(&self, prefix: &str) -> Option<&str> {
        self.bindings.namespace(prefix)
    }
}
