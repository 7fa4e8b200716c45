//! What the importer mended, guessed, missed or found odd.

use std::collections::HashSet;
use std::fmt;

use crate::source::{Sources, Span};

/// What kind of thing a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The page is damaged and was mended.
    Repair,
    /// The page does not say it in so many words; the descriptor marks it.
    Guess,
    /// Nobody knows; the descriptor has `?`.
    Unknown,
    /// The page contradicts itself, or what is known of such pages.
    Oddity,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Repair => "repair",
            Self::Guess => "guess",
            Self::Unknown => "unknown",
            Self::Oddity => "oddity",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// What kind it is.
    pub kind: Kind,
    /// The linter's rule that it is a case of, such as `L15`.
    pub rule: Option<&'static str>,
    /// What was seen and what was made of it.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// The findings of one import.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    /// The same, to be found.
    known: HashSet<Finding>,
}

impl Findings {
    pub(crate) fn push(
        &mut self,
        kind: Kind,
        rule: impl Into<Option<&'static str>>,
        span: Span,
        message: impl Into<String>,
    ) {
        let finding = Finding {
            kind,
            rule: rule.into(),
            message: message.into(),
            span,
        };
        if self.known.insert(finding.clone()) {
            self.list.push(finding);
        }
    }

    /// Takes back what was said by a rule of a place, since more is known by now.
    pub(crate) fn withdraw(&mut self, rule: &str, span: Span) {
        let stands = |finding: &Finding| finding.rule != Some(rule) || finding.span != span;
        self.list.retain(stands);
        self.known.retain(stands);
    }

    /// All, by document and place.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    pub(crate) fn sort(&mut self) {
        self.list.sort_by_key(|finding| {
            let span = finding.span;
            (!span.is_some(), span.document, span.start, finding.kind)
        });
    }

    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.list
            .iter()
            .filter(|finding| finding.kind == kind)
            .count()
    }

    /// One line a finding, `page.txt:12:1: repair[L15]: …`, and the sums.
    #[must_use]
    pub fn render(&self, sources: &Sources) -> String {
        let mut text = String::new();
        for finding in &self.list {
            text.push_str(&format!("{}\n", Line(finding, sources)));
        }
        text.push_str(&format!(
            "{} repairs, {} guesses, {} unknown, {} oddities\n",
            self.count(Kind::Repair),
            self.count(Kind::Guess),
            self.count(Kind::Unknown),
            self.count(Kind::Oddity)
        ));
        text
    }
}

struct Line<'a>(&'a Finding, &'a Sources);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(finding, sources) = self;
        if let Some(document) = sources.of(finding.span) {
            let (line, column) = position(&document.text, finding.span.start as usize);
            write!(f, "{}:{line}:{column}: ", document.path.display())?;
        }
        write!(f, "{}", finding.kind.name())?;
        if let Some(rule) = finding.rule {
            write!(f, "[{rule}]")?;
        }
        write!(f, ": {}", finding.message)
    }
}

/// Line and column of a byte, from one, in characters.
pub(crate) fn position(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |last| last.chars().count());
    (line, column + 1)
}
