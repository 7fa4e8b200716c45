//! What was sent in secret and must not come back in an error.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::check::{CheckError, Checker};

/// What stands for a secret in a text that is kept.
pub(crate) const REDACTED: &str = "[redacted]";

/// A secret shorter than this is left: it would be found everywhere, and hide nothing.
pub(crate) const SHORTEST: usize = 4;

/// The secrets of a port, in every form in which an answer could repeat them.
///
/// Clones share them: each call has its own. `None` where there are none.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Arc<Known>>);

#[derive(Clone, Default)]
struct Known {
    /// As they were told.
    told: Vec<Zeroizing<String>>,
    /// All forms, the longest first.
    forms: Vec<Zeroizing<String>>,
}

impl Secrets {
    /// Adds a secret.
    pub(crate) fn add(&mut self, secret: &str) {
        let is_known = |known: &Arc<Known>| known.told.iter().any(|known| **known == *secret);
        if self.0.as_ref().is_some_and(is_known) || secret.chars().count() < SHORTEST {
            return;
        }
        let known = Arc::make_mut(self.0.get_or_insert_default());
        known.told.push(Zeroizing::new(secret.to_owned()));
        for form in [
            secret.to_owned(),
            escaped(secret, xml_text),
            escaped(secret, xml_attribute),
            escaped(secret, json_string),
            escaped(secret, json_string_of_ascii),
            escaped(secret, percent),
            STANDARD.encode(secret),
        ] {
            if !known.forms.iter().any(|known| **known == form) {
                known.forms.push(Zeroizing::new(form));
            }
        }
        // The longest first, so that a secret within another one does not leave the rest of that
        // one behind.
        known
            .forms
            .sort_by_key(|form| std::cmp::Reverse(form.len()));
    }

    /// Adds what a checker has met, and gives what it found wrong.
    pub(crate) fn extend(&mut self, checker: Checker) -> Vec<CheckError> {
        let (errors, secrets) = checker.into_findings();
        secrets.iter().for_each(|secret| self.add(secret.expose()));
        errors
    }

    /// `text` without the secrets.
    pub(crate) fn redact(&self, text: &str) -> Option<String> {
        let mut redacted: Option<String> = None;
        for secret in self.forms() {
            let text = redacted.as_deref().unwrap_or(text);
            if text.contains(secret.as_str()) {
                redacted = Some(text.replace(secret.as_str(), REDACTED));
            }
        }
        redacted
    }

    /// Takes the secrets out of `text`.
    pub(crate) fn remove_from(&self, text: &mut String) {
        if let Some(redacted) = self.redact(text) {
            *text = redacted;
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.forms().is_empty()
    }

    /// The length of the longest form, in bytes.
    pub(crate) fn longest(&self) -> usize {
        self.forms().first().map_or(0, |form| form.len())
    }

    fn forms(&self) -> &[Zeroizing<String>] {
        self.0.as_ref().map_or(&[], |known| &known.forms)
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(..)")
    }
}

fn escaped(secret: &str, escape: fn(char, &mut String)) -> String {
    let mut form = String::with_capacity(secret.len());
    for c in secret.chars() {
        escape(c, &mut form);
    }
    form
}

fn xml_text(c: char, out: &mut String) {
    match c {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        c => out.push(c),
    }
}

fn xml_attribute(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        c => xml_text(c, out),
    }
}

fn json_string(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        c => out.push(c),
    }
}

fn json_string_of_ascii(c: char, out: &mut String) {
    if c.is_ascii() {
        match c {
            '/' => out.push_str("\\/"),
            c => json_string(c, out),
        }
        return;
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.push_str(&format!("\\u{unit:04x}"));
    }
}

fn percent(c: char, out: &mut String) {
    crate::percent::encode(c.encode_utf8(&mut [0; 4]), out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_secret_is_taken_out() {
        let mut secrets = Secrets::default();
        secrets.add("p&ss/\"é");
        for text in [
            "p&ss/\"é",
            "p&amp;ss/\"é",
            "p&amp;ss/&quot;é",
            "p&ss/\\\"é",
            "p&ss\\/\\\"\\u00e9",
            "p%26ss%2F%22%C3%A9",
            "cCZzcy8iw6k=",
        ] {
            assert_eq!(
                secrets.redact(&format!("<{text}>")).unwrap(),
                "<[redacted]>"
            );
        }
        assert_eq!(secrets.redact("p&ss"), None);
    }

    #[test]
    fn the_longer_of_two_secrets_goes_first() {
        let mut secrets = Secrets::default();
        secrets.add("hunter");
        secrets.add("hunter2000");
        assert_eq!(
            secrets.redact("hunter2000 hunter").unwrap(),
            "[redacted] [redacted]"
        );
    }

    #[test]
    fn a_short_secret_is_left() {
        let mut secrets = Secrets::default();
        secrets.add("abc");
        assert_eq!(secrets.redact("abc"), None);
    }

    #[test]
    fn debug_shows_nothing() {
        let mut secrets = Secrets::default();
        secrets.add("hunter2000");
        assert_eq!(format!("{secrets:?}"), "Secrets(..)");
    }
}
