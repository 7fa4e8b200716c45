//! A matcher for expressions whose counts are too large to be unrolled. It goes through the
//! expression once with all positions that a match can have reached, so that it needs memory for the
//! text alone.

use regex::Regex;

use super::class::Class;
use super::parse::Expression;

/// How many characters are looked at before the text counts as one that does not match.
const MOST: usize = 20_000_000;

#[derive(Debug)]
pub(super) struct Matcher(Node);

#[derive(Debug)]
enum Node {
    Character(char),
    /// A regular expression for one character; `None` where it cannot be compiled, and matches none.
    Class(Option<Box<Regex>>),
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
            Expression::Class(class) => Self::Class(compile(class)),
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
                        Self::Class(regex) => regex.as_ref()?.is_match(here),
                        Self::Character(character) => *character == next,
                        _ => false,
                    };
                    matches.then_some(start + next.len_utf8())
                };
                Some(starts.iter().filter_map(end).collect())
            }
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
            Self::Repeat { part, min, max } => {
                let mut reached = starts.to_vec();
                let mut all = Vec::new();
                for count in 0.. {
                    if count >= *min {
                        all.extend_from_slice(&reached);
                    }
                    if Some(count) == *max || reached.is_empty() {
                        break;
                    }
                    let next = part.ends(text, &reached, left)?;
                    // From here on it is always the same.
                    if next == reached {
                        all.extend_from_slice(&reached);
                        break;
                    }
                    *left = left.checked_sub(next.len())?;
                    reached = next;
                }
                all.sort_unstable();
                all.dedup();
                Some(all)
            }
        }
    }
}

fn compile(class: &Class) -> Option<Box<Regex>> {
    let mut translated = String::from(r"\A");
    class.translate(&mut translated);
    translated.push_str(r"\z");
    Regex::new(&translated).ok().map(Box::new)
}
