//! Regular expressions (appendix F), translated for the `regex` crate.

mod blocks;
mod class;
mod parse;
mod positions;
mod translate;

use std::fmt;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use self::parse::Expression;
use crate::types::bounded;

/// The patterns of one step of restriction: a text matches when it matches one of them, as a whole.
#[derive(Debug)]
pub(super) struct Pattern {
    sources: Box<[Box<str>]>,
    matcher: OnceLock<Matcher>,
}

/// Made on first use: many patterns of a contract are never needed.
#[derive(Debug)]
enum Matcher {
    Regex(Box<Regex>),
    /// What is too large for the former, as `a{1,100000}`, and slower.
    Positions(positions::Matcher),
}

/// The most states of one compiled pattern, counts unrolled. Each takes some 40 bytes.
const MOST_STATES: u64 = 50_000;

/// The most memory for one compiled pattern, in bytes, where the states were estimated too low.
const LARGEST: usize = 8 << 20;

/// Why a text is not a regular expression of XML Schema: where, counted in characters from 1, and
/// why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PatternError {
    position: usize,
    reason: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at character {}: {}", self.position, self.reason)
    }
}

impl Pattern {
    /// Checks one regular expression.
    pub(super) fn check(source: &str) -> Result<(), PatternError> {
        parse::parse(source).map(|_| ())
    }

    /// Sources that have been checked.
    pub(super) fn new(sources: Vec<&str>) -> Self {
        Self {
            sources: sources.into_iter().map(Box::from).collect(),
            matcher: OnceLock::new(),
        }
    }

    /// Whether the whole of `text` matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        match self.matcher.get_or_init(|| Matcher::new(&self.sources)) {
            Matcher::Regex(regex) => regex.is_match(text),
            Matcher::Positions(positions) => positions.matches(text),
        }
    }
}

/// Gives `` `a+` `` or `` `a+` or `b+` ``, cut short.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", bounded(&self.sources.join("` or `")))
    }
}

impl Matcher {
    fn new(sources: &[Box<str>]) -> Self {
        let alternatives = sources
            .iter()
            .filter_map(|source| parse::parse(source).ok());
        let expression = Expression::Alternatives(alternatives.collect());
        match compile(&expression) {
            Some(regex) => Self::Regex(Box::new(regex)),
            None => Self::Positions(positions::Matcher::new(&expression)),
        }
    }
}

fn compile(expression: &Expression) -> Option<Regex> {
    if expression.states() > MOST_STATES {
        return None;
    }
    let mut translated = String::from(r"\A(?:");
    translate::expression(expression, &mut translated);
    translated.push_str(r")\z");
    let built = RegexBuilder::new(&translated)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST)
        .nest_limit(4 * parse::DEEPEST)
        .build();
    built.ok()
}

#[cfg(test)]
mod tests;
