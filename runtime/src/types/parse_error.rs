//! A text that is not a value of a type.

use std::fmt;

/// How many characters of a wrong value an error shows.
pub(crate) const SHOWN: usize = 60;

/// A text that is not a value of the type it was read as.
///
/// Displays as `` `x` is not a decimal ``; long values are cut. For a secret the value is left
/// out: `the value is not a decimal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    expected: &'static str,
    value: Option<String>,
    reason: Option<&'static str>,
}

impl ParseError {
    /// `value` is not a value of the type `expected`, a name as `decimal`.
    #[must_use]
    pub fn new(expected: &'static str, value: &str) -> Self {
        Self {
            expected,
            value: Some(bounded(value)),
            reason: None,
        }
    }

    /// The same with a reason, as `longer than 4096 characters`.
    #[must_use]
    pub fn because(expected: &'static str, value: &str, reason: &'static str) -> Self {
        Self {
            expected,
            value: Some(bounded(value)),
            reason: Some(reason),
        }
    }

    /// The name of the type that was expected.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// The same error without the value, for what must not be shown.
    #[must_use]
    pub fn redacted(self) -> Self {
        Self {
            value: None,
            ..self
        }
    }

    /// The same error with a name that says more, as that of a type built on the one that failed.
    #[must_use]
    pub fn named(self, expected: &'static str) -> Self {
        Self { expected, ..self }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "`{value}`")?,
            None => f.write_str("the value")?,
        }
        let vowels = ["a", "e", "i", "o", "un", "A", "E", "I", "O", "Un"];
        let vowel = vowels.iter().any(|vowel| self.expected.starts_with(vowel));
        write!(
            f,
            " is not {} {}",
            if vowel { "an" } else { "a" },
            self.expected
        )?;
        match self.reason {
            Some(reason) => write!(f, ": {reason}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ParseError {}

/// At most [`SHOWN`] characters of `text`, control characters escaped.
pub(crate) fn bounded(text: &str) -> String {
    let mut shown = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == SHOWN {
            shown.push('…');
            break;
        }
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_a_bounded_value() {
        let error = ParseError::new("date", &"x".repeat(61));
        assert_eq!(
            error.to_string(),
            format!("`{}…` is not a date", "x".repeat(60))
        );
        assert_eq!(
            ParseError::new("int", "a\nb").to_string(),
            "`a\\nb` is not an int"
        );
        let reason = ParseError::because("unsignedInt", "-1", "out of range");
        assert_eq!(
            reason.to_string(),
            "`-1` is not an unsignedInt: out of range"
        );
        assert_eq!(
            reason.redacted().to_string(),
            "the value is not an unsignedInt: out of range"
        );
    }
}
