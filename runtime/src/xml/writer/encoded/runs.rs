//! What stands around an encoded value of a declared type, made once a document.

use super::Encoded;
use crate::shape::Field;
use crate::simple::Prefixes as _;
use crate::soap::encoding::Content;
use crate::xml::{Writer, XSI};

/// A power of two.
pub(super) const PLACES: usize = 128;

/// Beyond this the runs are made anew.
const MOST: usize = 16 << 10;

/// A copy of this length is a few instructions, that of any other a call.
const BLOCK: usize = 64;

/// `<name xsi:type="…">` and `</name>`, as they stand in the texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// The entry: texts of programs are where they are for good, the same place is the same name.
    name: &'static str,
    namespace: &'static str,
    /// The members among which it is.
    among: usize,
    pub(super) local: &'static str,
    pub(super) content: Content,
    pub(super) at: usize,
    /// Where the attributes begin.
    pub(super) attributes: usize,
    pub(super) text: usize,
    pub(super) end: usize,
}

impl Encoded {
    /// The run of an entry, if it was made before.
    #[inline]
    fn run(&self, name: &'static str, namespace: &'static str) -> Option<&Run> {
        let among = self.frame.among;
        // Names that would be in one place are in those that follow.
        let (before, from) = self.places.split_at_checked(place(name, among))?;
        let mut runs = from.iter().chain(before).map_while(Option::as_ref);
        runs.find(|run| {
            std::ptr::eq(run.name, name)
                && run.among == among
                && std::ptr::eq(run.namespace, namespace)
        })
    }
}

#[inline]
fn place(name: &'static str, among: usize) -> usize {
    // Names lie close together.
    let key = (name.as_ptr().addr() << 6) ^ name.len() ^ among;
    (key.wrapping_mul(0x9E37_79B1) >> 16) % PLACES
}

/// Appends `len` bytes of `texts`.
#[inline(always)]
pub(super) fn copy(texts: &str, at: usize, len: usize, out: &mut String) {
    match texts.get(at..at + BLOCK) {
        Some(block) if len <= BLOCK => {
            let end = out.len() + len;
            out.push_str(block);
            out.truncate(end);
        }
        _ => out.push_str(texts.get(at..at + len).unwrap_or_default()),
    }
}

impl Writer {
    /// Whether an element begins here as its run has it.
    #[inline]
    fn is_usual(&self, encoded: &Encoded) -> bool {
        self.type_name.is_none()
            && !encoded.is_nil
            && !self.bindings.has_pending()
            && self.bindings.len() == encoded.bindings
    }

    /// The run of an entry, if there is one for it.
    #[inline]
    pub(super) fn run_of<'e>(
        &mut self,
        encoded: &'e mut Encoded,
        field: &Field,
    ) -> Option<&'e Run> {
        if !self.is_usual(encoded) {
            return None;
        }
        let namespace = field.namespace.unwrap_or(self.namespace);
        if encoded.run(field.name, namespace).is_none() {
            self.make_run(encoded, field.name, namespace)?;
        }
        encoded.run(field.name, namespace)
    }

    #[inline(never)]
    fn make_run(
        &mut self,
        encoded: &mut Encoded,
        name: &'static str,
        namespace: &'static str,
    ) -> Option<()> {
        let member = encoded.member(namespace, name)?;
        let content = encoded.encoding.content(member.type_name(), None);
        let is_bound = |namespace: &str| self.find(namespace, false).is_some();
        let of_type = member.type_name().namespace;
        let is_plain = encoded.namespace_of(member).is_empty()
            && matches!(content, Content::Simple | Content::Struct(_));
        if !is_plain || !is_bound(XSI) || !of_type.is_empty() && !is_bound(of_type) {
            return None;
        }
        let count = encoded.places.iter().flatten().count();
        if encoded.texts.len() > MOST || count >= PLACES / 2 {
            encoded.places.fill(None);
            encoded.texts.clear();
        }
        let texts = &mut encoded.texts;
        let at = texts.len().saturating_sub(BLOCK);
        texts.truncate(at);
        texts.push('<');
        texts.push_str(member.local());
        let attributes = texts.len() - at;
        if let Some(name) = self.type_text(member.type_name()) {
            let xsi = self.prefix_of(XSI, "xsi");
            texts.push_str(&format!(" {xsi}:type=\"{name}\""));
        }
        texts.push('>');
        let text = texts.len() - at;
        texts.push_str("</");
        texts.push_str(member.local());
        texts.push('>');
        let end = texts.len() - at - text;
        // So that a whole block can be read from each beginning.
        texts.extend(std::iter::repeat_n(' ', BLOCK));
        let among = encoded.frame.among;
        let places = &mut encoded.places;
        let (before, from) = places.split_at_mut_checked(place(name, among))?;
        let mut places = from.iter_mut().chain(before);
        *places.find(|place| place.is_none())? = Some(Run {
            name,
            namespace,
            among,
            local: member.local(),
            content,
            at,
            attributes,
            text,
            end,
        });
        Some(())
    }
}
