//! Tags that were written before, kept whole: what repeats is copied by two instructions.

use super::namespaces::{Bindings, Qualifier};

/// Documents shorter than this repeat too little.
pub(super) const FROM: usize = 4 << 10;

/// A power of two.
const PLACES: usize = 64;

/// Beyond this the texts are made anew: prefixes that come and go must not fill memory.
const MOST: usize = 16 << 10;

/// A copy of this length is two instructions, that of any other a call.
const BLOCK: usize = 32;

/// What stands after the last tag, so that a whole block can be read from its beginning.
const PADDING: &str = "                                ";

/// The start tag and the end tag of elements without attributes, by their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    places: Vec<Place>,
    texts: String,
}

/// Where the tags of one name are.
#[derive(Clone, Copy, Debug)]
struct Place {
    name: &'static str,
    /// The number of the prefix's binding.
    binding: usize,
    tag: Tag,
}

/// Where a start tag is; the end tag follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    at: usize,
    /// The length of the start tag.
    len: usize,
}

impl Tags {
    /// The tags of a name.
    #[inline]
    pub(super) fn of(
        &mut self,
        name: &'static str,
        qualifier: Qualifier,
        bindings: &Bindings,
    ) -> Tag {
        let index = index_of(name);
        match self.places.get(index) {
            // Texts of programs are where they are for good: the same place is the same name.
            Some(place) if std::ptr::eq(place.name, name) && place.binding == qualifier.number => {
                place.tag
            }
            _ => self.make(index, name, qualifier, bindings),
        }
    }

    #[inline(never)]
    fn make(
        &mut self,
        index: usize,
        name: &'static str,
        qualifier: Qualifier,
        bindings: &Bindings,
    ) -> Tag {
        if self.texts.len() > MOST {
            self.places.clear();
            self.texts.clear();
        }
        if self.places.is_empty() {
            let none = Place {
                name: "",
                binding: usize::MAX,
                tag: Tag { at: 0, len: 0 },
            };
            self.places.resize(PLACES, none);
            self.texts.push_str(PADDING);
        }
        let texts = &mut self.texts;
        let at = texts.len() - PADDING.len();
        texts.truncate(at);
        bindings.write_start(qualifier, texts);
        texts.push_str(name);
        texts.push('>');
        let len = texts.len() - at;
        bindings.write_end(qualifier, texts);
        texts.push_str(name);
        texts.push('>');
        texts.push_str(PADDING);
        let tag = Tag { at, len };
        if let Some(place) = self.places.get_mut(index) {
            *place = Place {
                name,
                binding: qualifier.number,
                tag,
            };
        }
        tag
    }

    #[inline(always)]
    pub(super) fn write_start(&self, tag: Tag, out: &mut String) {
        self.copy(tag.at, tag.len, out);
    }

    #[inline(always)]
    pub(super) fn write_end(&self, tag: Tag, out: &mut String) {
        self.copy(tag.at + tag.len, tag.len + 1, out);
    }

    #[inline(always)]
    fn copy(&self, at: usize, len: usize, out: &mut String) {
        match self.texts.get(at..at + BLOCK) {
            Some(block) if len <= BLOCK => {
                let end = out.len() + len;
                out.push_str(block);
                out.truncate(end);
            }
            _ => out.push_str(self.texts.get(at..at + len).unwrap_or_default()),
        }
    }
}

fn index_of(name: &'static str) -> usize {
    // Names lie close together.
    let key = (name.as_ptr().addr() << 6) | (name.len() & 63);
    (key.wrapping_mul(0x9E37_79B1) >> 16) % PLACES
}
