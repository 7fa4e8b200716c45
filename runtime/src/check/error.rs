//! What is wrong with a value.

use std::fmt;

use crate::shape::{DEPTH, Field, Rule};
use crate::simple::Unit;

/// A value that a limit of its table forbids.
///
/// Displays as `CountryCode: 3 characters, at most 2 allowed`. Never shows the value of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckError {
    pub(super) path: String,
    pub(super) field: &'static str,
    pub(super) kind: CheckErrorKind,
}

/// What was wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckErrorKind {
    /// Too many or too few characters, octets or items of a list.
    Length {
        /// `max_length`, `min_length` or `length`.
        limit: &'static str,
        /// The limit.
        allowed: usize,
        /// The length that is there.
        actual: usize,
        /// What is counted.
        unit: Unit,
    },
    /// Too many digits.
    Digits {
        /// `total_digits` or `fraction_digits`.
        limit: &'static str,
        /// The limit.
        allowed: usize,
        /// How many digits are there.
        actual: usize,
    },
    /// Too large or too small.
    Range {
        /// `min_inclusive`, `max_inclusive`, `min_exclusive` or `max_exclusive`.
        limit: &'static str,
        /// The bound.
        bound: &'static str,
        /// The value, cut at 60 characters; `None` for a secret.
        actual: Option<String>,
    },
    /// Too many or too few items.
    Occurs {
        /// `max_occurs` or `min_occurs`.
        limit: &'static str,
        /// The limit.
        allowed: usize,
        /// How many items are there.
        actual: usize,
    },
    /// No value where one must be.
    Required,
    /// None of these, where one must be.
    RequiredChoice(Vec<&'static str>),
    /// Records too deep inside each other to be sent.
    Depth {
        /// How deep they may be.
        allowed: usize,
    },
    /// Values that cannot be there together, or not without each other.
    Rule {
        /// The rule.
        rule: Rule,
        /// Those of its names that are there.
        given: Vec<&'static str>,
    },
}

impl CheckError {
    /// The number of items of a list that was not there as a whole.
    pub(crate) fn occurs(
        field: &Field,
        limit: &'static str,
        allowed: usize,
        actual: usize,
    ) -> Self {
        Self {
            path: field.name.to_owned(),
            field: field.name,
            kind: CheckErrorKind::Occurs {
                limit,
                allowed,
                actual,
            },
        }
    }

    /// The length of binary data that was not there as a whole.
    pub(crate) fn octets(
        field: &Field,
        limit: &'static str,
        allowed: usize,
        actual: usize,
    ) -> Self {
        Self {
            path: field.name.to_owned(),
            field: field.name,
            kind: CheckErrorKind::Length {
                limit,
                allowed,
                actual,
                unit: Unit::Octets,
            },
        }
    }

    /// Records too deep inside each other.
    pub(crate) fn too_deep() -> Self {
        let kind = CheckErrorKind::Depth { allowed: DEPTH };
        Self {
            path: String::new(),
            field: "",
            kind,
        }
    }

    /// Where in the record, as `Articles/Article[2]/Name`. Empty for the record itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The wire name of the field; empty for a rule about the record itself.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> &CheckErrorKind {
        &self.kind
    }

    /// The name of the limit: `max_length`, `required`, `exactly_one`, …
    #[must_use]
    pub fn limit(&self) -> &'static str {
        match &self.kind {
            CheckErrorKind::Length { limit, .. }
            | CheckErrorKind::Digits { limit, .. }
            | CheckErrorKind::Range { limit, .. }
            | CheckErrorKind::Occurs { limit, .. } => limit,
            CheckErrorKind::Required | CheckErrorKind::RequiredChoice(_) => "required",
            CheckErrorKind::Depth { .. } => "depth",
            CheckErrorKind::Rule { rule, .. } => match rule {
                Rule::ExactlyOne(_) => "exactly_one",
                Rule::AtMostOne(_) => "at_most_one",
                Rule::AtLeastOne(_) => "at_least_one",
                Rule::Requires(_) => "requires",
                Rule::Excludes(_) => "excludes",
            },
        }
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for CheckError {}

fn bound_words(limit: &str) -> &'static str {
    match limit {
        "max_length" | "max_occurs" => "at most",
        "min_length" | "min_occurs" => "at least",
        _ => "exactly",
    }
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

impl fmt::Display for CheckErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length {
                limit,
                allowed,
                actual,
                unit,
            } => {
                let counted = match unit {
                    Unit::Characters => counted(*actual, "character", "characters"),
                    Unit::Octets => counted(*actual, "octet", "octets"),
                    Unit::Items => counted(*actual, "item", "items"),
                };
                write!(f, "{counted}, {} {allowed} allowed", bound_words(limit))
            }
            Self::Digits {
                limit: "fraction_digits",
                allowed,
                actual,
            } => {
                let counted = counted(*actual, "fraction digit", "fraction digits");
                write!(f, "{counted}, at most {allowed} allowed")
            }
            Self::Digits {
                allowed, actual, ..
            } => {
                write!(
                    f,
                    "{}, at most {allowed} allowed",
                    counted(*actual, "digit", "digits")
                )
            }
            Self::Range {
                limit,
                bound,
                actual,
            } => {
                let actual = actual.as_deref().unwrap_or("the value");
                let words = match *limit {
                    "min_inclusive" => "at least",
                    "max_inclusive" => "at most",
                    "min_exclusive" => "more than",
                    _ => "less than",
                };
                write!(f, "{actual} is not {words} {bound}")
            }
            Self::Occurs {
                limit,
                allowed,
                actual,
            } => {
                let counted = counted(*actual, "item", "items");
                write!(f, "{counted}, {} {allowed} allowed", bound_words(limit))
            }
            Self::Required => f.write_str("a value is required"),
            Self::RequiredChoice(names) => write!(f, "one of {} is required", names.join(", ")),
            Self::Depth { allowed } => {
                write!(f, "more than {allowed} records inside each other")
            }
            Self::Rule { rule, given } => {
                let none = given.is_empty();
                let given = if none {
                    "none".to_owned()
                } else {
                    given.join(", ")
                };
                match rule {
                    Rule::ExactlyOne(names) => {
                        write!(
                            f,
                            "exactly one of {} must be given, not {given}",
                            names.join(", ")
                        )
                    }
                    Rule::AtMostOne(names) => {
                        write!(
                            f,
                            "at most one of {} can be given, not {given}",
                            names.join(", ")
                        )
                    }
                    Rule::AtLeastOne(names) => {
                        write!(f, "at least one of {} must be given", names.join(", "))
                    }
                    Rule::Requires([first, others @ ..]) => {
                        write!(f, "{first} needs {} too; given: {given}", others.join(", "))
                    }
                    Rule::Excludes([first, others @ ..]) => {
                        let others = others.join(", ");
                        write!(f, "{first} cannot be given with {others}; given: {given}")
                    }
                    Rule::Requires([]) | Rule::Excludes([]) => f.write_str("a rule without names"),
                }
            }
        }
    }
}
