//! What stands around an encoded value of a declared type, made once a document.

use super::Encoded;
use crate::shape::Field;
use crate::simple::Prefixes as _;
use crate::soap::encoding::Content;
use crate::xml::writer::buffer::Block;
use crate::xml::writer::namespaces::Bindings;
use crate::xml::{Writer, XSI};

/// A power of two.
const PLACES: usize = 128;

/// Beyond this length of all texts the runs are made anew.
const MOST: usize = 16 << 10;

/// `<name xsi:type="…">` and `</name>`.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// The entry: texts of programs are where they are for good, the same place is the same name.
    name: &'static str,
    namespace: &'static str,
    /// The members among which it is.
    among: usize,
    pub(super) local: &'static str,
    pub(super) content: Content,
    pub(super) start: Block,
    pub(super) end: Block,
}

/// The runs of a message.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    /// Where a run is among all, counted from one; zero for none.
    places: Vec<u8>,
    all: Vec<Run>,
    length: usize,
}

impl Runs {
    /// The run of an entry among these members, if it was made before.
    #[inline]
    fn of(&self, name: &'static str, namespace: &'static str, among: usize) -> Option<&Run> {
        let first = place(name, among);
        let run = self.all.get(self.index(first)?)?;
        match run.is(name, namespace, among) {
            true => Some(run),
            false => self.after(first, name, namespace, among),
        }
    }

    #[inline]
    fn index(&self, place: usize) -> Option<usize> {
        usize::from(*self.places.get(place)?).checked_sub(1)
    }

    /// Names that would be in one place are in those that follow.
    #[cold]
    fn after(
        &self,
        first: usize,
        name: &'static str,
        namespace: &'static str,
        among: usize,
    ) -> Option<&Run> {
        let places = (first..PLACES).chain(0..first);
        let mut runs = places.map_while(|place| self.all.get(self.index(place)?));
        runs.find(|run| run.is(name, namespace, among))
    }

    fn keep(&mut self, run: Run) {
        if self.length > MOST || self.all.len() >= PLACES / 2 || self.places.is_empty() {
            self.all.clear();
            self.length = 0;
            self.places = vec![0; PLACES];
        }
        self.length += run.start.len() + run.end.len();
        let first = place(run.name, run.among);
        self.all.push(run);
        let number = u8::try_from(self.all.len()).unwrap_or_default();
        if let Some((before, from)) = self.places.split_at_mut_checked(first) {
            let mut places = from.iter_mut().chain(before);
            if let Some(free) = places.find(|place| **place == 0) {
                *free = number;
            }
        }
    }
}

impl Run {
    #[inline]
    fn is(&self, name: &'static str, namespace: &'static str, among: usize) -> bool {
        std::ptr::eq(self.name, name)
            && self.among == among
            && std::ptr::eq(self.namespace, namespace)
    }
}

#[inline]
fn place(name: &'static str, among: usize) -> usize {
    // Names lie close together.
    let key = (name.as_ptr().addr() << 6) ^ name.len() ^ among;
    (key.wrapping_mul(0x9E37_79B1) >> 16) % PLACES
}

impl Encoded {
    /// Whether an element that says no type of its own begins here as its run has it.
    #[inline]
    pub(super) fn is_usual(&self, bindings: &Bindings) -> bool {
        !self.is_nil && !bindings.has_pending() && bindings.len() == self.bindings
    }

    /// The run of an entry, if it was made before.
    #[inline]
    pub(super) fn run(&self, name: &'static str, namespace: &'static str) -> Option<&Run> {
        self.runs.of(name, namespace, self.frame.among)
    }
}

impl Writer {
    /// The run of an entry, if there is one for it.
    pub(super) fn run_of<'e>(
        &mut self,
        encoded: &'e mut Encoded,
        field: &Field,
    ) -> Option<&'e Run> {
        if self.type_name.is_some() || !encoded.is_usual(&self.kept.bindings) {
            return None;
        }
        let namespace = field.namespace.unwrap_or(self.namespace);
        if encoded.run(field.name, namespace).is_none() {
            let run = self.make_run(encoded, field.name, namespace)?;
            encoded.runs.keep(run);
        }
        encoded.run(field.name, namespace)
    }

    #[inline(never)]
    fn make_run(
        &mut self,
        encoded: &mut Encoded,
        name: &'static str,
        namespace: &'static str,
    ) -> Option<Run> {
        let member = encoded.member(namespace, name)?;
        let content = encoded.encoding.content(member.type_name(), None);
        let is_bound = |namespace: &str| self.find(namespace, false).is_some();
        let of_type = member.type_name().namespace;
        let is_plain = encoded.namespace_of(member).is_empty()
            && matches!(content, Content::Simple | Content::Struct(_));
        if !is_plain || !is_bound(XSI) || !of_type.is_empty() && !is_bound(of_type) {
            return None;
        }
        let local = member.local();
        let start = match self.type_text(member.type_name()) {
            Some(name) => {
                let xsi = self.prefix_of(XSI, "xsi");
                format!("<{local} {xsi}:type=\"{name}\">")
            }
            None => format!("<{local}>"),
        };
        Some(Run {
            name,
            namespace,
            among: encoded.frame.among,
            local,
            content,
            start: Block::new(&start),
            end: Block::new(&format!("</{local}>")),
        })
    }
}
