//! Text that is not shown.

use std::fmt;

use zeroize::Zeroizing;

use super::ParseError;
use crate::simple::SimpleType;

/// Text that must not be seen: a password, a token. `Debug` gives `Secret(..)`, errors leave it
/// out, and its memory is overwritten when it is dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Hides a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl SimpleType for Secret {
    const NAME: &'static str = "secret";
    const SECRET: bool = true;
    const AS_TEXT: Option<fn(&Self) -> &str> = Some(Self::expose);

    fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(Self::new(text))
    }
}

crate::__simple_type!(Secret);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_not_shown() {
        let secret = Secret::from("hunter2");
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(secret.expose(), "hunter2");
    }
}
