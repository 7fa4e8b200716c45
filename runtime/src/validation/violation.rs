//! What is wrong with a document.

use std::fmt;

use crate::read_error::Position;

/// How many violations of one document are kept.
pub(super) const KEPT: usize = 100;

/// A rule that a document breaks, and where.
///
/// Displays as ``Order/Item[2]/@id: `x 1` is not an NCName (cvc-datatype-valid.1.2.1, line 4, column
/// 9)``. Never shows a value that the schema says is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(super) path: String,
    pub(super) rule: &'static str,
    pub(super) message: String,
    pub(super) position: Option<Position>,
}

impl Violation {
    /// Where in the document, as `Order/Item[2]/@id`: local names; an element that has siblings of
    /// its name before it has its place among them, from 2. Empty where the document as a whole is
    /// meant.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The rule, by its name in [Part 1](https://www.w3.org/TR/xmlschema-1/#outcomes) or
    /// [Part 2](https://www.w3.org/TR/xmlschema-2/) of XML Schema, as `cvc-complex-type.2.4`; `xml`
    /// for a document that is not well-formed or passes a limit.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// What is wrong, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where in the text: just behind what is wrong. `None` where the bytes are not text.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.position
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} ({}", self.message, self.rule)?;
        match self.position {
            Some(position) => write!(f, ", line {}, column {})", position.line, position.column),
            None => f.write_str(")"),
        }
    }
}

impl std::error::Error for Violation {}

/// All that is wrong with a document: the first 100 violations, in document order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations {
    pub(super) list: Vec<Violation>,
    pub(super) more: bool,
}

impl Violations {
    /// The violations, at least one.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// With other messages.
    pub(crate) fn with_messages(mut self, mut change: impl FnMut(&str) -> String) -> Self {
        for violation in &mut self.list {
            violation.message = change(&violation.message);
        }
        self
    }

    /// Whether there were more than are kept.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.more
    }
}

impl<'v> IntoIterator for &'v Violations {
    type Item = &'v Violation;
    type IntoIter = std::slice::Iter<'v, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    /// A line each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        if self.more {
            f.write_str("\nand more")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Violations while they are found: positions are worked out at the end, in one pass.
#[derive(Debug, Default)]
pub(super) struct Found {
    list: Vec<(usize, Violation)>,
    more: bool,
}

impl Found {
    /// Whether there is more than is kept.
    pub(super) fn has_more(&self) -> bool {
        self.more
    }

    pub(super) fn push(
        &mut self,
        offset: usize,
        path: String,
        rule: &'static str,
        message: String,
    ) {
        if self.list.len() >= KEPT {
            self.more = true;
            return;
        }
        let violation = Violation {
            path,
            rule,
            message,
            position: None,
        };
        self.list.push((offset, violation));
    }

    pub(super) fn finish(mut self, text: &str) -> Result<(), Violations> {
        if self.list.is_empty() {
            return Ok(());
        }
        self.list.sort_by_key(|(offset, _)| *offset);
        let (mut at, mut line, mut line_start) = (0, 1, 0);
        for (offset, violation) in &mut self.list {
            let mut end = (*offset).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            for (index, _) in text[at..end].match_indices('\n') {
                line += 1;
                line_start = at + index + 1;
            }
            at = end;
            violation.position = Some(Position {
                offset: end,
                line,
                column: text[line_start..end].chars().count() + 1,
            });
        }
        let list = self.list.into_iter().map(|(_, violation)| violation);
        Err(Violations {
            list: list.collect(),
            more: self.more,
        })
    }
}
