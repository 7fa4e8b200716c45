//! Runs of markup that were written before, kept whole: what repeats is copied by a few instructions.

use super::buffer::{Block, Buffer};
use super::namespaces::{Bindings, Qualifier};
use crate::xml::is_ncname;

/// A power of two; at first, and at most.
const PLACES: usize = 256;
const MOST_PLACES: usize = 1024;

/// Beyond this length of all texts nothing more is kept: names that come and go must not fill memory.
const MOST: usize = 64 << 10;

/// What is written with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<p:name>`, and after it `</p:name>`.
    Element,
    /// ` p:name="`.
    Attribute,
    /// ` xsi:type="p:name"`.
    Type,
    /// `<p:name xsi:nil="true"/>`.
    Nil,
}

/// The runs by their kinds, prefixes and names. They hold in any document, whatever the prefixes
/// stand for there.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    places: Vec<Option<Place>>,
    all: Vec<Tags>,
    length: usize,
}

/// What is written with a name.
#[derive(Clone, Debug)]
pub(super) struct Tags {
    /// Of an element its start tag, of anything else all of it.
    pub(super) start: Block,
    /// The end tag of an element.
    pub(super) end: Block,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    name: &'static str,
    kind: Kind,
    /// The number of the prefix.
    prefix: u16,
    run: Run,
}

/// Where a run is among all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run(usize);

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
        self.kept(kind, name, prefix).or_else(|| {
            let qualifiers = [qualifier, Qualifier::NONE];
            let qualifiers = qualifiers.map(|one| bindings.qualifier(one));
            self.make(kind, name, prefix, qualifiers)
        })
    }

    /// [`Runs::of`] of a kind that has an attribute of `xsi`, too.
    #[inline(always)]
    pub(super) fn of_instance(
        &mut self,
        kind: Kind,
        name: &'static str,
        qualifier: Qualifier,
        xsi: Qualifier,
        bindings: &Bindings,
    ) -> Option<Run> {
        // The numbers of prefixes are small.
        let prefix = qualifier.prefix? | xsi.prefix? << 8;
        self.kept(kind, name, prefix).or_else(|| {
            let qualifiers = [qualifier, xsi].map(|one| bindings.qualifier(one));
            self.make(kind, name, prefix, qualifiers)
        })
    }

    /// The tags of an element, if they were written before and are where they are looked for first.
    #[inline(always)]
    pub(super) fn element(&self, name: &'static str, prefix: u16) -> Option<Run> {
        self.first(Kind::Element, name, prefix)
    }

    /// The beginning of an attribute, likewise.
    #[inline(always)]
    pub(super) fn attribute(&self, name: &'static str, prefix: u16) -> Option<&Tags> {
        self.tags(self.first(Kind::Attribute, name, prefix)?)
    }

    #[inline(always)]
    fn first(&self, kind: Kind, name: &'static str, prefix: u16) -> Option<Run> {
        let index = self.index(kind, name, prefix);
        let is_it = |place: &&Place| place.is(kind, name, prefix);
        let at = |index: usize| self.places.get(index)?.as_ref().filter(is_it);
        // What finds its place taken is beside it, or behind.
        at(index).or_else(|| at(index ^ 1)).map(|place| place.run)
    }

    #[inline(always)]
    fn kept(&self, kind: Kind, name: &'static str, prefix: u16) -> Option<Run> {
        let first = self.first(kind, name, prefix);
        first.or_else(|| self.find(kind, name, prefix))
    }

    /// Whether further runs are not kept.
    pub(super) fn is_full(&self) -> bool {
        self.length > MOST || self.all.len() >= MOST_PLACES / 2
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
        [qualifier, xsi]: [&str; 2],
    ) -> Option<Run> {
        // Tables state names as the schema has them; whoever makes one by hand is told elsewhere.
        let is_name = is_ncname(name) && name != "xmlns";
        if !is_name || self.is_full() {
            return None;
        }
        if self.all.len() >= self.places.len() / 2 {
            self.grow();
        }
        let (start, end) = match kind {
            Kind::Element => (
                format!("<{qualifier}{name}>"),
                format!("</{qualifier}{name}>"),
            ),
            Kind::Attribute => (format!(" {qualifier}{name}=\""), String::new()),
            Kind::Type => (format!(" {xsi}type=\"{qualifier}{name}\""), String::new()),
            Kind::Nil => (
                format!("<{qualifier}{name} {xsi}nil=\"true\"/>"),
                String::new(),
            ),
        };
        self.length += start.len() + end.len();
        let run = Run(self.all.len());
        let [start, end] = [start, end].map(|text| Block::new(&text));
        self.all.push(Tags { start, end });
        self.insert(Place {
            name,
            kind,
            prefix,
            run,
        });
        Some(run)
    }

    /// The texts of a run.
    #[inline(always)]
    pub(super) fn tags(&self, run: Run) -> Option<&Tags> {
        self.all.get(run.0)
    }

    fn insert(&mut self, place: Place) {
        let index = self.index(place.kind, place.name, place.prefix);
        let is_taken = self.places.get(index).is_some_and(Option::is_some);
        if let Some(second @ None) = self.places.get_mut(index ^ 1)
            && is_taken
        {
            *second = Some(place);
        } else if let Some((before, from)) = self.places.split_at_mut_checked(index) {
            let mut places = from.iter_mut().chain(before);
            if let Some(free) = places.find(|place| place.is_none()) {
                *free = Some(place);
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        let places = (2 * self.places.len()).max(PLACES);
        let old = std::mem::replace(&mut self.places, vec![None; places]);
        old.into_iter()
            .flatten()
            .for_each(|place| self.insert(place));
    }

    /// Appends a run; of an element, its start tag.
    #[inline(always)]
    pub(super) fn write(&self, run: Run, out: &mut Buffer) {
        if let Some(tags) = self.tags(run) {
            out.push_block(&tags.start, 0);
        }
    }

    /// Appends the start tag without its `>`.
    #[inline(always)]
    pub(super) fn write_open(&self, run: Run, out: &mut Buffer) {
        if let Some(tags) = self.tags(run) {
            out.push_block(&tags.start, 1);
        }
    }

    /// Appends the end tag.
    #[inline(always)]
    pub(super) fn write_end(&self, run: Run, out: &mut Buffer) {
        if let Some(tags) = self.tags(run) {
            out.push_block(&tags.end, 0);
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
        let kinds = [Kind::Element, Kind::Attribute, Kind::Type, Kind::Nil];
        let prefixes = ["", "p", "quite-a-long-prefix-for-names-of-this-kind"]
            .map(|prefix| bindings.push(prefix, "urn:x"));
        let instances = ["xsi", "i"].map(|prefix| bindings.push(prefix, "urn:xsi"));
        let mut runs = Runs::default();
        for _ in 0..2 {
            let mut kept = 0;
            for (index, name) in names.iter().enumerate() {
                let (kind, qualifier) = (kinds[index % 4], prefixes[index / 4 % 3]);
                let xsi = instances[index / 12 % 2];
                let run = match kind {
                    Kind::Element | Kind::Attribute => runs.of(kind, name, qualifier, &bindings),
                    _ => runs.of_instance(kind, name, qualifier, xsi, &bindings),
                };
                let Some(run) = run else { continue };
                let xsi = bindings.qualifier(xsi);
                kept += 1;
                let qualified = format!("{}{name}", bindings.qualifier(qualifier));
                let mut out = Buffer::default();
                runs.write(run, &mut out);
                match kind {
                    Kind::Element => {
                        out.push_str("|");
                        runs.write_open(run, &mut out);
                        out.push_str("|");
                        runs.write_end(run, &mut out);
                        let expected = format!("<{qualified}>|<{qualified}|</{qualified}>");
                        assert_eq!(out.into_text(), expected);
                    }
                    Kind::Attribute => assert_eq!(out.into_text(), format!(" {qualified}=\"")),
                    Kind::Type => {
                        assert_eq!(out.into_text(), format!(" {xsi}type=\"{qualified}\""))
                    }
                    Kind::Nil => {
                        assert_eq!(out.into_text(), format!("<{qualified} {xsi}nil=\"true\"/>"))
                    }
                }
            }
            assert_eq!(kept, MOST_PLACES / 2);
        }
        assert!(runs.length < MOST);
    }

    #[test]
    fn a_run_is_of_both_its_prefixes() {
        let mut bindings = Bindings::default();
        let mut runs = Runs::default();
        let prefixes = ["p", "q"].map(|prefix| bindings.push(prefix, "urn:x"));
        for _ in 0..2 {
            for (of_name, name) in [("p:", prefixes[0]), ("q:", prefixes[1])] {
                for (of_xsi, xsi) in [("p:", prefixes[0]), ("q:", prefixes[1])] {
                    let run = runs
                        .of_instance(Kind::Nil, "a", name, xsi, &bindings)
                        .unwrap();
                    let mut out = Buffer::default();
                    runs.write(run, &mut out);
                    assert_eq!(
                        out.into_text(),
                        format!("<{of_name}a {of_xsi}nil=\"true\"/>")
                    );
                }
            }
        }
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
