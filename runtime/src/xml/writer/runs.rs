//! Runs of markup that were written before, kept whole: what repeats is copied by two instructions.

use super::namespaces::{Bindings, Qualifier};
use crate::xml::is_ncname;

/// A power of two; at first, and at most.
const PLACES: usize = 128;
const MOST_PLACES: usize = 1024;

/// Beyond this nothing more is kept: names that come and go must not fill memory.
const MOST: usize = 64 << 10;

/// A copy of this length is two instructions, that of any other a call.
const BLOCK: usize = 32;

/// What stands after the last run, so that a whole block can be read from its beginning.
const PADDING: &str = "                                ";

/// What is written with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<p:name>`, and after it `</p:name>`.
    Element,
    /// ` p:name="`.
    Attribute,
    /// `p:name"`, which ends an attribute.
    Value,
}

/// The runs by their kinds, prefixes and names. They hold in any document, whatever the prefixes
/// stand for there.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    places: Vec<Option<Place>>,
    count: usize,
    texts: String,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    name: &'static str,
    kind: Kind,
    /// The number of the prefix.
    prefix: u16,
    run: Run,
}

/// Where a run is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    at: usize,
    /// The length; of an element, that of the start tag.
    len: usize,
}

impl Runs {
    /// A run; `None` where none can be kept.
    #[inline(always)]
    pub(super) fn of(
        &mut self,
        kind: Kind,
        name: &'static str,
        qualifier: Qualifier,
        bindings: &Bindings,
    ) -> Option<Run> {
        let prefix = qualifier.prefix?;
        if let Some(Some(place)) = self.places.get(self.index(kind, name, prefix))
            && place.is(kind, name, prefix)
        {
            return Some(place.run);
        }
        self.find(kind, name, prefix)
            .or_else(|| self.make(kind, name, prefix, bindings.qualifier(qualifier)))
    }

    /// Whether further runs are not kept.
    pub(super) fn is_full(&self) -> bool {
        self.texts.len() > MOST || self.count >= MOST_PLACES / 2
    }

    /// Where a run is looked for first.
    #[inline(always)]
    fn index(&self, kind: Kind, name: &'static str, prefix: u16) -> usize {
        // Texts of programs are where they are for good. They lie close together.
        let key = name.as_ptr().addr() ^ (usize::from(prefix) << 2) ^ kind as usize;
        let hash = (key as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        usize::try_from(hash).unwrap_or_default() & self.places.len().wrapping_sub(1)
    }

    #[inline(never)]
    fn find(&self, kind: Kind, name: &'static str, prefix: u16) -> Option<Run> {
        let index = self.index(kind, name, prefix);
        let (before, from) = self.places.split_at_checked(index)?;
        let places = from.iter().chain(before).map_while(Option::as_ref);
        let mut places = places.filter(|place| place.is(kind, name, prefix));
        places.next().map(|place| place.run)
    }

    #[inline(never)]
    fn make(
        &mut self,
        kind: Kind,
        name: &'static str,
        prefix: u16,
        qualifier: &str,
    ) -> Option<Run> {
        // Tables state names as the schema has them; whoever makes one by hand is told elsewhere.
        let is_name = is_ncname(name) && name != "xmlns";
        if !is_name || self.is_full() {
            return None;
        }
        if self.count >= self.places.len() / 2 {
            self.grow();
        }
        let texts = &mut self.texts;
        let at = texts.len().saturating_sub(PADDING.len());
        texts.truncate(at);
        let mut write = |parts: [&str; 4]| {
            parts.iter().for_each(|part| texts.push_str(part));
            texts.len() - at
        };
        let len = match kind {
            Kind::Element => {
                let len = write(["<", qualifier, name, ">"]);
                write(["</", qualifier, name, ">"]);
                len
            }
            Kind::Attribute => write([" ", qualifier, name, "=\""]),
            Kind::Value => write([qualifier, name, "\"", ""]),
        };
        texts.push_str(PADDING);
        let run = Run { at, len };
        self.insert(Place {
            name,
            kind,
            prefix,
            run,
        });
        Some(run)
    }

    fn insert(&mut self, place: Place) {
        let index = self.index(place.kind, place.name, place.prefix);
        if let Some((before, from)) = self.places.split_at_mut_checked(index) {
            let mut places = from.iter_mut().chain(before);
            if let Some(free) = places.find(|place| place.is_none()) {
                *free = Some(place);
                self.count += 1;
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        let places = (2 * self.places.len()).max(PLACES);
        let old = std::mem::replace(&mut self.places, vec![None; places]);
        self.count = 0;
        old.into_iter()
            .flatten()
            .for_each(|place| self.insert(place));
    }

    /// Appends a run; of an element, its start tag.
    #[inline(always)]
    pub(super) fn write(&self, run: Run, out: &mut String) {
        self.copy(run.at, run.len, out);
    }

    /// Appends the start tag without its `>`.
    #[inline(always)]
    pub(super) fn write_open(&self, run: Run, out: &mut String) {
        self.copy(run.at, run.len - 1, out);
    }

    /// Appends the end tag.
    #[inline(always)]
    pub(super) fn write_end(&self, run: Run, out: &mut String) {
        self.copy(run.at + run.len, run.len + 1, out);
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

impl Place {
    #[inline(always)]
    fn is(&self, kind: Kind, name: &'static str, prefix: u16) -> bool {
        // The same place in memory is the same name.
        std::ptr::eq(self.name, name) && self.kind == kind && self.prefix == prefix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_runs_are_told_apart_and_their_number_is_bounded() {
        let names: Vec<&'static str> = (0..2_000)
            .map(|index| &*format!("Name{index}").leak())
            .collect();
        let mut bindings = Bindings::default();
        let kinds = [Kind::Element, Kind::Attribute, Kind::Value];
        let prefixes = ["", "p", "quite-a-long-prefix-for-names-of-this-kind"]
            .map(|prefix| bindings.push(prefix, "urn:x"));
        let mut runs = Runs::default();
        for _ in 0..2 {
            let mut kept = 0;
            for (index, name) in names.iter().enumerate() {
                let (kind, qualifier) = (kinds[index % 3], prefixes[index / 3 % 3]);
                let Some(run) = runs.of(kind, name, qualifier, &bindings) else {
                    continue;
                };
                kept += 1;
                let qualified = format!("{}{name}", bindings.qualifier(qualifier));
                let mut out = String::new();
                runs.write(run, &mut out);
                match kind {
                    Kind::Element => {
                        out.push('|');
                        runs.write_open(run, &mut out);
                        out.push('|');
                        runs.write_end(run, &mut out);
                        let expected = format!("<{qualified}>|<{qualified}|</{qualified}>");
                        assert_eq!(out, expected);
                    }
                    Kind::Attribute => assert_eq!(out, format!(" {qualified}=\"")),
                    Kind::Value => assert_eq!(out, format!("{qualified}\"")),
                }
            }
            assert_eq!(kept, MOST_PLACES / 2);
        }
        assert!(runs.texts.len() < MOST);
    }

    #[test]
    fn what_is_no_name_is_not_kept() {
        let mut bindings = Bindings::default();
        let qualifier = bindings.push("p", "urn:x");
        for name in ["a b", "", "xmlns"] {
            let run = Runs::default().of(Kind::Attribute, name, qualifier, &bindings);
            assert!(run.is_none(), "{name}");
        }
    }
}
