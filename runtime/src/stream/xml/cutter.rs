//! The cutter: a window on the document, and what of it is cut out.

use memchr::{memchr, memmem};

use super::scope::Around;
use super::token::{Searched, Token, token};
use crate::binding::{Name, Protocol};
use crate::limits::Limits;
use crate::shape::Field;
use crate::soap::is_soap;
use crate::stream::StreamedResponse;
use crate::stream::place::{Pieces, Place};
use crate::stream::repeated::{is_misqualified, takes};
use crate::xml::is_same_name;

/// So many items are handed out at once, at most.
const MOST: usize = 256;

/// So many bytes of items are handed out at once, or one item.
const ENOUGH: usize = 64 << 10;

/// What an element around the list must be called.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// In the namespace of either version of SOAP.
    Soap(&'static str),
    Named(Name),
    /// A field of a record: see [`is_misqualified`].
    Field(Name),
    Any,
}

/// Where the cutter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Among the elements around the list, or those in it.
    Around,
    /// In an item, with so many elements open in it.
    Item(usize),
    /// In another element, likewise.
    Other(usize),
    /// Where there will be no items.
    Rest,
}

/// What [`Cutter::cut`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::stream) enum Cut {
    /// There are items in [`Cutter::items`].
    Items,
    /// More of the document is needed.
    Nothing,
    /// More is kept than the limit on bodies allows.
    TooLarge,
}

/// Cuts a document into items and the rest.
#[derive(Debug)]
pub(in crate::stream) struct Cutter {
    steps: Vec<Step>,
    item: Field,
    namespace: &'static str,
    /// The qualified name that the last item had, while the elements around it are open.
    item_name: Vec<u8>,
    most: usize,
    /// An item, or the rest, is longer than that.
    too_large: bool,
    /// What has come, from the last feeding on.
    window: Vec<u8>,
    /// Up to here the window is cut, and where that is in the document.
    taken: usize,
    place: Place,
    /// Up to here the window is known.
    known: usize,
    /// Up to here the end of what is at `known` was looked for.
    searched: Searched,
    mode: Mode,
    around: Around,
    /// An element around the list has ended: there is no other list.
    closed: bool,
    /// The start tags around the list, and items.
    pub(in crate::stream) items: Pieces,
    /// How many of them there are.
    pub(in crate::stream) count: usize,
    /// All that is no item.
    pub(in crate::stream) rest: Pieces,
    /// How much of the rest came before the first item, and what would end it.
    head: Option<(usize, Vec<u8>)>,
}

impl Cutter {
    /// Before the document of an answer to `O`. Without a list there is only the rest.
    pub(in crate::stream) fn new<O: StreamedResponse>(limits: &Limits, has_items: bool) -> Self {
        let response = O::BINDING.response;
        let mut steps: Vec<Step> = match O::BINDING.protocol {
            Protocol::Soap(..) => vec![Step::Soap("Envelope"), Step::Soap("Body")],
            _ if response.is_empty() => vec![Step::Any],
            _ => Vec::new(),
        };
        steps.extend(response.iter().copied().map(Step::Named));
        steps.extend(O::ITEMS.path().into_iter().map(Step::Field));
        let (item, namespace) = O::ITEMS.item();
        Self {
            steps,
            item,
            namespace,
            item_name: Vec::new(),
            most: limits.body,
            too_large: false,
            window: Vec::new(),
            taken: 0,
            place: Place::START,
            known: 0,
            searched: Searched::default(),
            mode: if has_items { Mode::Around } else { Mode::Rest },
            around: Around::default(),
            closed: false,
            items: Pieces::default(),
            count: 0,
            rest: Pieces::default(),
            head: None,
        }
    }

    /// How many elements are around the items.
    pub(in crate::stream) fn depth(&self) -> usize {
        self.steps.len()
    }

    /// Where the next of the document goes.
    pub(in crate::stream) fn window(&mut self) -> &mut Vec<u8> {
        // Here and not at each cut, so that bytes move once a feeding.
        self.window.drain(..self.taken);
        self.known -= self.taken;
        self.searched.to = self.searched.to.saturating_sub(self.taken);
        self.taken = 0;
        &mut self.window
    }

    /// Makes room for other items.
    pub(in crate::stream) fn clear_items(&mut self) {
        self.items.clear();
        self.count = 0;
    }

    /// Nothing more comes: what is left belongs to the rest, but for an item that breaks off, which is
    /// cut out once more.
    pub(in crate::stream) fn end(&mut self) {
        if matches!(self.mode, Mode::Item(_)) {
            self.take_item(self.window.len());
            self.mode = Mode::Rest;
        } else {
            self.set_aside(self.window.len());
            self.rest.end(self.place);
        }
    }

    /// The document as if it ended before the first item.
    pub(in crate::stream) fn head(&self) -> Vec<u8> {
        let (length, ends) = self.head.as_ref().map_or((0, &[][..]), |(l, e)| (*l, e));
        [self.rest.text.get(..length).unwrap_or_default(), ends].concat()
    }

    /// Cuts what has come.
    pub(in crate::stream) fn cut(&mut self) -> Cut {
        if self.mode == Mode::Rest {
            self.set_aside(self.window.len());
        }
        let has_room = |cutter: &Self| cutter.count < MOST && cutter.items.text.len() < ENOUGH;
        while !self.too_large && has_room(self) {
            if !self.step() {
                self.too_large |= self.window.len() - self.taken > self.most;
                break;
            }
        }
        match self.count {
            0 if self.too_large => Cut::TooLarge,
            0 => Cut::Nothing,
            _ => Cut::Items,
        }
    }

    /// Takes one piece of text and the markup behind it; `false` where it has not come whole.
    fn step(&mut self) -> bool {
        if self.window.get(self.known) != Some(&b'<') {
            let from = self.known.max(self.searched.to);
            let Some(length) = memchr(b'<', self.window.get(from..).unwrap_or_default()) else {
                self.searched = Searched::up_to(self.window.len());
                if matches!(self.mode, Mode::Other(_)) {
                    self.set_aside(self.window.len());
                }
                return false;
            };
            let at = from + length;
            let is_blank = || self.window[self.known..at].trim_ascii().is_empty();
            if self.mode == Mode::Around && !is_blank() {
                self.set_aside(at);
            }
            self.known = at;
            self.searched = Searched::up_to(at);
        }
        let at = self.known;
        let Some((token, end)) = token(&self.window, at, &mut self.searched) else {
            return false;
        };
        self.known = end;
        self.searched = Searched::up_to(end);
        match (self.mode, token) {
            (_, Token::Wrong) => {
                self.mode = Mode::Rest;
                self.set_aside(self.window.len());
            }
            (Mode::Item(depth), Token::Start) => self.mode = Mode::Item(depth + 1),
            (Mode::Item(1), Token::End) => self.take_item(end),
            (Mode::Item(depth), Token::End) => self.mode = Mode::Item(depth - 1),
            (Mode::Other(depth), Token::Start) => self.mode = Mode::Other(depth + 1),
            (Mode::Other(1), Token::End) => {
                self.set_aside(end);
                self.mode = Mode::Around;
            }
            (Mode::Other(depth), Token::End) => self.mode = Mode::Other(depth - 1),
            (Mode::Item(_) | Mode::Other(_) | Mode::Rest, _) => {}
            // Between items it goes with the next one: the reader passes it.
            (Mode::Around, Token::Aside) if self.is_at_list() => {}
            (Mode::Around, Token::Aside | Token::Text) => self.set_aside(end),
            (Mode::Around, Token::End) => {
                self.set_aside(end);
                self.around.leave();
                self.closed = true;
            }
            (Mode::Around, Token::Start) => self.element(at, end, false),
            (Mode::Around, Token::Empty) => self.element(at, end, true),
        }
        true
    }

    fn is_at_list(&self) -> bool {
        !self.closed && self.around.depth() == self.steps.len()
    }

    /// An element among those around the list, or in it.
    fn element(&mut self, at: usize, end: usize, is_empty: bool) {
        if self.is_at_list() && self.is_item(at, end) {
            self.mode = Mode::Item(1);
            if self.head.is_none() {
                self.head = Some((self.rest.text.len(), self.around.end_tags()));
            }
            if is_empty {
                self.take_item(end);
            }
            return;
        }
        let step = self.steps.get(self.around.depth());
        if let Some(step) = step.filter(|_| !self.closed) {
            let tag = self.around.tag(&self.window[at..end]);
            let is_named = |name: &Name| is_same_name(name.local, tag.local);
            let fits = match step {
                Step::Soap(local) => tag.local == *local && is_soap(&tag.namespace),
                Step::Named(name) => is_named(name) && name.namespace == tag.namespace,
                Step::Field(name) => {
                    let parent = self.around.namespace();
                    is_named(name)
                        && (name.namespace == tag.namespace
                            || is_misqualified(name.namespace, parent, &tag.namespace))
                }
                Step::Any => true,
            };
            if fits && is_empty {
                self.closed = true;
            } else if fits {
                self.around.enter(tag, &self.window[at..end]);
                self.set_aside(end);
                return;
            }
        }
        self.set_aside(end);
        if !is_empty {
            self.mode = Mode::Other(1);
        }
    }

    /// Whether a start tag in the list is that of an item.
    fn is_item(&mut self, at: usize, end: usize) -> bool {
        let text = &self.window[at..end];
        if has_name(text, &self.item_name) {
            return true;
        }
        let tag = self.around.tag(text);
        let found = (tag.namespace.as_str(), tag.local);
        let is_item = takes(&self.item, self.namespace, self.around.namespace(), found);
        if is_item && tag.declared.is_empty() {
            self.item_name = tag.name.to_vec();
        }
        is_item
    }

    /// Cuts out an item, with what is before it.
    fn take_item(&mut self, end: usize) {
        if self.items.text.is_empty() {
            self.items.text.extend_from_slice(self.around.tags());
        }
        let piece = &self.window[self.taken..end];
        if piece.len() > self.most {
            self.too_large = true;
            return;
        }
        self.items.push(piece, self.place);
        self.place = self.place.after(piece);
        self.taken = end;
        self.count += 1;
        self.mode = Mode::Around;
    }

    /// Sets aside what is no item.
    fn set_aside(&mut self, end: usize) {
        let piece = &self.window[self.taken..end];
        self.rest.push(piece, self.place);
        self.place = self.place.after(piece);
        self.taken = end;
        self.known = self.known.max(end);
        self.too_large |= self.rest.text.len() > self.most;
    }
}

/// Whether a start tag has this qualified name and declares no namespaces.
fn has_name(text: &[u8], name: &[u8]) -> bool {
    let tag = text.strip_prefix(b"<").unwrap_or_default();
    tag.strip_prefix(name).is_some_and(|rest| {
        let ends = matches!(
            rest.first(),
            Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')
        );
        ends && memmem::find(rest, b"xmlns").is_none()
    })
}
