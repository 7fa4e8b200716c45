//! Pieces of Rust as text, spaced as the printer spaces them on one line: paths, types, literals.

use std::fmt;

use proc_macro2::{Literal, TokenStream};
use quote::ToTokens;

/// A path or a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// `outer<self>`.
    pub(super) fn inside(&self, outer: &str) -> Self {
        Self([outer, "<", &self.0, ">"].concat())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Text {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(parsed(&self.0));
    }
}

/// Text that was put together here, as tokens.
pub(super) fn parsed(text: &str) -> TokenStream {
    text.parse().expect("emitted text is Rust")
}

/// A literal of a text.
pub(super) fn literal(text: &str) -> String {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if text.bytes().all(is_plain) {
        ["\"", text, "\""].concat()
    } else {
        Literal::string(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_those_of_tokens() {
        for text in ["", "a b~", "\"", "\\", "\n", "\u{7f}", "é", "\u{202e}", "'"] {
            assert_eq!(literal(text), Literal::string(text).to_string());
        }
    }
}
