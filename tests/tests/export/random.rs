//! Random contracts: everything that a contract can say, in small portions.

mod schema;
mod services;

use castile_codegen::contract::{
    Absence, Annotation, Contract, Location, Presence, Provenance, Role, Witness,
};
use castile_codegen::source::Span;

/// A contract that is the same for the same seed.
pub(crate) fn contract(seed: u64) -> Contract {
    let mut random = Random(seed);
    let mut contract = Contract::new();
    schema::add(&mut contract, &mut random);
    if !seed.is_multiple_of(4) {
        services::add(&mut contract, &mut random);
    }
    contract
}

/// SplitMix64.
pub(crate) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    /// True once in `n`.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// `Some` half of the time.
    pub(crate) fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.one_in(2).then(|| value(self))
    }

    /// At most `most` of them.
    pub(crate) fn some<T>(&mut self, most: usize, mut value: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| value(self)).collect()
    }

    /// Text on one line, without blanks at the ends.
    pub(crate) fn line(&mut self) -> String {
        let words = [
            "Größe", "a<b", "&amp;", "\"x\"", "]]>", "it's", "zero", "{n}", "1,2",
        ];
        let count = 1 + self.below(4);
        (0..count)
            .map(|_| self.of(&words))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Documentation: paragraphs.
    pub(crate) fn documentation(&mut self) -> Option<String> {
        self.maybe(|random| {
            let mut text = random.line();
            if random.one_in(3) {
                text = format!("{text}\n\n{}", random.line());
            }
            text
        })
    }

    /// Any text, whose blanks count.
    pub(crate) fn verbatim(&mut self) -> String {
        let texts = [
            "",
            " a ",
            "x\ty",
            "<m>\n  <n>1</n>\n</m>\n",
            "\r\nb",
            "]]>",
            "{\"a\": 1}",
            "p:q",
        ];
        format!("{}{}", self.of(&texts), self.line())
    }

    pub(crate) fn provenance(&mut self) -> Vec<Provenance> {
        use Witness::{Client, Example, Inferred, Override, Page, SiblingPage, Wire};
        self.some(2, |random| Provenance {
            witness: random.of(&[Wire, Example, Page, SiblingPage, Client, Override, Inferred]),
            fact: random.maybe(|random| random.of(&["max", "wire"]).to_owned()),
            reason: random.maybe(Self::line),
            remove_when: random.maybe(Self::line),
            span: Span::NONE,
        })
    }

    /// What a WSDL can say beside its own.
    pub(crate) fn remarks(&mut self) -> Annotation {
        if self.one_in(2) {
            return Annotation::default();
        }
        Annotation {
            documentation: self.documentation(),
            deprecated: self.one_in(5).then(|| self.line()),
            provenance: self.provenance(),
            ..Annotation::default()
        }
    }

    /// What a schema can say besides.
    pub(crate) fn facts(&mut self) -> Annotation {
        use Location::{Attachment, Body, HttpHeader, Path, Query};
        if self.one_in(2) {
            return Annotation::default();
        }
        Annotation {
            secret: self.one_in(4),
            role: self
                .maybe(|random| random.of(&[Role::Username, Role::Password, Role::Credentials])),
            location: self.of(&[Body, Body, Body, Path, Query, HttpHeader, Attachment]),
            absence: self.of(&[
                Absence::Implied,
                Absence::Omit,
                Absence::Nil,
                Absence::Empty,
            ]),
            presence: self.of(&[Presence::Proven, Presence::Claimed]),
            documented_name: self.maybe(Self::line),
            documented_maximum: self.maybe(Self::line),
            media_types: self.some(2, |random| random.of(&["image/png", "*/*"]).to_owned()),
            ..self.remarks()
        }
    }
}
