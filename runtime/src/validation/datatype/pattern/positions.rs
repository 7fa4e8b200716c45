//! A matcher for expressions whose counts are too large to be unrolled. It goes through the
//! expression once with all positions that a match can have reached, so that it needs memory for the
//! text alone.

use std::collections::BTreeSet;

use regex::Regex;

use super::class::Class;
use super::parse::Expression;

/// How many characters are looked at before the text counts as one that does not match.
const MOST: usize = 3_000_000;

#[derive(Debug)]
pub(super) struct Matcher(Node);

#[derive(Debug)]
enum Node {
    Character(char),
    Class(Box<Characters>),
    Sequence(Vec<Node>),
    Alternatives(Vec<Node>),
    Repeat {
        part: Box<Node>,
        min: u32,
        max: Option<u32>,
    },
}

impl Matcher {
    pub(super) fn new(expression: &Expression) -> Self {
        Self(Node::new(expression))
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let mut left = MOST;
        let ends = self.0.ends(text, &[0], &mut left);
        ends.is_some_and(|ends| ends.last() == Some(&text.len()))
    }
}

impl Node {
    fn new(expression: &Expression) -> Self {
        match expression {
            Expression::Character(character) => Self::Character(*character),
            Expression::Class(class) => Self::Class(Box::new(Characters::new(class))),
            Expression::Sequence(parts) => Self::Sequence(parts.iter().map(Self::new).collect()),
            Expression::Alternatives(parts) => {
                Self::Alternatives(parts.iter().map(Self::new).collect())
            }
            Expression::Repeat { part, min, max } => Self::Repeat {
                part: Box::new(Self::new(part)),
                min: *min,
                max: *max,
            },
        }
    }

    /// The byte positions at which a match that starts at one of `starts` can end; both sorted, each
    /// once. `None` when it took too long.
    fn ends(&self, text: &str, starts: &[usize], left: &mut usize) -> Option<Vec<usize>> {
        *left = left.checked_sub(starts.len() + 1)?;
        match self {
            Self::Character(_) | Self::Class(_) => {
                let end = |start: &usize| {
                    let rest = text.get(*start..)?;
                    let next = rest.chars().next()?;
                    let here = rest.get(..next.len_utf8())?;
                    let matches = match self {
                        Self::Class(characters) => characters.contain(next, here),
                        Self::Character(character) => *character == next,
                        _ => false,
                    };
                    matches.then_some(start + next.len_utf8())
                };
                Some(starts.iter().filter_map(end).collect())
            }
            _ if starts.is_empty() => Some(Vec::new()),
            Self::Sequence(parts) => {
                let mut reached = starts.to_vec();
                for part in parts {
                    reached = part.ends(text, &reached, left)?;
                }
                Some(reached)
            }
            Self::Alternatives(parts) => {
                let mut reached = Vec::new();
                for part in parts {
                    reached.extend(part.ends(text, starts, left)?);
                }
                reached.sort_unstable();
                reached.dedup();
                Some(reached)
            }
            Self::Repeat { part, min, max } => part.repeated(text, starts, *min, *max, left),
        }
    }

    fn repeated(
        &self,
        text: &str,
        starts: &[usize],
        min: u32,
        max: Option<u32>,
        left: &mut usize,
    ) -> Option<Vec<usize>> {
        let mut reached = starts.to_vec();
        for _ in 0..min {
            let next = self.ends(text, &reached, left)?;
            // From here on it is always the same.
            if next == reached {
                break;
            }
            reached = next;
        }
        let mut all: BTreeSet<usize> = reached.iter().copied().collect();
        // What matches more often than the text is long matches nothing that often.
        let bounded = max.filter(|max| usize::try_from(*max).is_ok_and(|max| max < text.len()));
        for _ in min..bounded.unwrap_or(u32::MAX) {
            if reached.is_empty() {
                break;
            }
            let mut next = self.ends(text, &reached, left)?;
            if bounded.is_none() {
                // Without a limit it does not matter how often a position was reached.
                next.retain(|end| !all.contains(end));
            } else if next == reached {
                break;
            }
            all.extend(&next);
            reached = next;
        }
        Some(all.into_iter().collect())
    }
}

/// The characters of a class.
#[derive(Debug)]
struct Characters {
    /// A bit for each of the first 128, which are most of those that are looked at.
    ascii: u128,
    /// For the others; `None` where it cannot be compiled, and matches none.
    regex: Option<Regex>,
}

impl Characters {
    fn new(class: &Class) -> Self {
        let mut translated = String::from(r"\A");
        class.translate(&mut translated);
        translated.push_str(r"\z");
        let regex = Regex::new(&translated).ok();
        let mut ascii = 0;
        for code in 0..128_u8 {
            let mut buffer = [0; 4];
            let here = char::from(code).encode_utf8(&mut buffer);
            if regex.as_ref().is_some_and(|regex| regex.is_match(here)) {
                ascii |= 1 << code;
            }
        }
        Self { ascii, regex }
    }

    /// Whether `character` is one; `text` is the same.
    fn contain(&self, character: char, text: &str) -> bool {
        if character.is_ascii() {
            return self.ascii & (1 << u32::from(character)) != 0;
        }
        self.regex
            .as_ref()
            .is_some_and(|regex| regex.is_match(text))
    }
}
