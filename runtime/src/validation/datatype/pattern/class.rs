//! Character classes.

use std::fmt::Write;

use super::blocks;

/// `[...]`, or one of the escapes that stand for many characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) negated: bool,
    pub(super) items: Vec<Item>,
    pub(super) without: Option<Box<Class>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Range(char, char),
    Named { set: Set, negated: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    /// `\s`.
    Space,
    /// `\i`: the first characters of names.
    Initial,
    /// `\c`: the characters of names.
    Name,
    /// `\d`.
    Digit,
    /// `\w`: all but punctuation, separators and others.
    Word,
    /// `\p{Lu}`.
    Category(&'static str),
    /// `\p{IsBasicLatin}`.
    Block(&'static [(u32, u32)]),
}

impl Class {
    pub(super) fn of(item: Item) -> Self {
        Self {
            negated: false,
            items: vec![item],
            without: None,
        }
    }

    /// `.`: all but line ends.
    pub(super) fn any() -> Self {
        Self {
            negated: true,
            items: vec![Item::Range('\n', '\n'), Item::Range('\r', '\r')],
            without: None,
        }
    }

    /// About how many states an automaton needs for it.
    pub(super) fn states(&self) -> u64 {
        let item = |item: &Item| match item {
            Item::Range(..) => 3,
            Item::Named { set, .. } => match set {
                Set::Space | Set::Block(_) => 5,
                Set::Initial | Set::Name => 60,
                Set::Digit | Set::Word | Set::Category(_) => 300,
            },
        };
        let own: u64 = self.items.iter().map(item).sum();
        own + self.without.as_ref().map_or(0, |without| without.states())
    }

    /// Appends the class as the `regex` crate writes it.
    pub(super) fn translate(&self, out: &mut String) {
        if self.without.is_some() {
            out.push('[');
        }
        out.push_str(if self.negated { "[^" } else { "[" });
        for item in &self.items {
            match item {
                Item::Range(first, last) => {
                    range(u32::from(*first), u32::from(*last), out);
                }
                Item::Named { set, negated } => set.translate(*negated, out),
            }
        }
        out.push(']');
        if let Some(without) = &self.without {
            out.push_str("--");
            without.translate(out);
            out.push(']');
        }
    }
}

/// Writing to a string does not fail.
fn range(first: u32, last: u32, out: &mut String) {
    let _ = if first == last {
        write!(out, "\\x{{{first:X}}}")
    } else {
        write!(out, "\\x{{{first:X}}}-\\x{{{last:X}}}")
    };
}

impl Set {
    fn translate(self, negated: bool, out: &mut String) {
        let ranges = match self {
            Self::Digit => return out.push_str(if negated { r"\P{Nd}" } else { r"\p{Nd}" }),
            Self::Word => {
                return out.push_str(if negated {
                    r"\p{P}\p{Z}\p{C}"
                } else {
                    r"[^\p{P}\p{Z}\p{C}]"
                });
            }
            Self::Category(name) => {
                out.push_str(if negated { r"\P{" } else { r"\p{" });
                out.push_str(name);
                return out.push('}');
            }
            Self::Space => SPACE,
            Self::Initial => INITIAL,
            Self::Name => NAME,
            Self::Block(ranges) => ranges,
        };
        match (ranges, negated) {
            // Nothing, and everything.
            ([], false) => out.push_str(r"[^\x00-\x{10FFFF}]"),
            ([], true) => out.push_str(r"\x00-\x{10FFFF}"),
            _ => {
                out.push_str(if negated { "[^" } else { "[" });
                for (first, last) in ranges {
                    range(*first, *last, out);
                }
                out.push(']');
            }
        }
    }

    /// The set of `\p{...}`; `None` for a name that XML Schema 1.0 does not have.
    pub(super) fn property(name: &str) -> Option<Self> {
        if let Some(block) = name.strip_prefix("Is") {
            return blocks::find(block).map(Self::Block);
        }
        let known = CATEGORIES.iter().find(|category| **category == name)?;
        Some(Self::Category(known))
    }
}

/// `Cs` is not among them: surrogates are no characters of XML.
const CATEGORIES: [&str; 36] = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
    "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C",
    "Cc", "Cf", "Co", "Cn",
];

const SPACE: &[(u32, u32)] = &[(0x9, 0xA), (0xD, 0xD), (0x20, 0x20)];

const INITIAL: &[(u32, u32)] = &[
    (0x3A, 0x3A),
    (0x41, 0x5A),
    (0x5F, 0x5F),
    (0x61, 0x7A),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2FF),
    (0x370, 0x37D),
    (0x37F, 0x1FFF),
    (0x200C, 0x200D),
    (0x2070, 0x218F),
    (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD),
    (0x10000, 0xEFFFF),
];

const NAME: &[(u32, u32)] = &[
    (0x2D, 0x2E),
    (0x30, 0x3A),
    (0x41, 0x5A),
    (0x5F, 0x5F),
    (0x61, 0x7A),
    (0xB7, 0xB7),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x37D),
    (0x37F, 0x1FFF),
    (0x200C, 0x200D),
    (0x203F, 0x2040),
    (0x2070, 0x218F),
    (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD),
    (0x10000, 0xEFFFF),
];
