//! What was sent in secret and must not come back in an error.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::check::{CheckError, Checker};
use crate::xml::referred;

/// What stands for a secret in a text that is kept.
pub(crate) const REDACTED: &str = "[redacted]";

/// A secret shorter than this is left: it would be found everywhere, and hide nothing.
pub(crate) const SHORTEST: usize = 4;

/// The longest escape of a character: two `\\u` with four digits each, four `%` with two, or a reference as
/// `&#x00026;`.
const ESCAPED: usize = 12;

/// The secrets of a port, which are found in every form in which an answer could repeat them.
///
/// Clones share them: each call has its own. `None` where there are none.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Arc<Vec<Zeroizing<String>>>>);

impl Secrets {
    /// Adds a secret, and its Base64.
    pub(crate) fn add(&mut self, secret: &str) {
        let is_known = self.all().iter().any(|known| **known == *secret);
        if is_known || secret.chars().count() < SHORTEST {
            return;
        }
        let known = Arc::make_mut(self.0.get_or_insert_default());
        known.push(Zeroizing::new(secret.to_owned()));
        known.push(Zeroizing::new(STANDARD.encode(secret)));
        // The longest first, so that a secret within another one does not leave the rest of that
        // one behind.
        known.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    }

    /// Adds what a checker has met, and gives what it found wrong.
    pub(crate) fn extend(&mut self, checker: Checker) -> Vec<CheckError> {
        let (errors, secrets) = checker.into_findings();
        secrets.iter().for_each(|secret| self.add(secret.expose()));
        errors
    }

    /// `text` without the secrets; `None` where it has none.
    pub(crate) fn redact(&self, text: &str) -> Option<String> {
        let mut redacted: Option<String> = None;
        for secret in self.all() {
            let text = redacted.as_deref().unwrap_or(text);
            if let Some(without) = without(text, secret) {
                redacted = Some(without);
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
        self.0.is_none()
    }

    fn all(&self) -> &[Zeroizing<String>] {
        self.0.as_ref().map_or(&[], |known| known)
    }

    /// How many bytes a secret may take, each of its characters escaped.
    pub(crate) fn longest(&self) -> usize {
        let lengths = self.all().iter().map(|secret| secret.chars().count());
        lengths.max().unwrap_or_default().saturating_mul(ESCAPED)
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(..)")
    }
}

/// `text` with one secret taken out; `None` where it does not have it.
fn without(text: &str, secret: &str) -> Option<String> {
    let first = secret.bytes().next()?;
    let begins = |byte: u8| byte == first || matches!(byte, b'&' | b'\\' | b'%' | b'+');
    let mut clean = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(passed) = text.as_bytes().get(at..)?.iter().position(|b| begins(*b)) {
        let start = at + passed;
        match text.get(start..).and_then(|rest| length(rest, secret)) {
            Some(length) => {
                clean.push_str(&text[kept..start]);
                clean.push_str(REDACTED);
                at = start + length;
                kept = at;
            }
            None => at = start + 1,
        }
    }
    if clean.is_empty() {
        return None;
    }
    clean.push_str(&text[kept..]);
    Some(clean)
}

/// How many bytes the secret takes at the beginning of a text, each character as it is or escaped.
fn length(text: &str, secret: &str) -> Option<usize> {
    if text.starts_with(secret) {
        return Some(secret.len());
    }
    let rest = secret.chars().try_fold(text, after)?;
    Some(text.len() - rest.len())
}

/// What comes after a character with which a text begins, in whatever way it is written.
fn after(text: &str, character: char) -> Option<&str> {
    let escape = match text.as_bytes().first()? {
        b'&' => after_reference(text, character),
        b'\\' => after_backslash(text, character),
        b'%' => after_percent(text, character),
        // As forms have it.
        b'+' if character == ' ' => text.get(1..),
        _ => None,
    };
    escape.or_else(|| text.strip_prefix(character))
}

/// After `&lt;`, `&#60;` or `&#x3C;`: XML and HTML.
fn after_reference(text: &str, character: char) -> Option<&str> {
    let end = { text.bytes().take(ESCAPED) }.position(|byte| byte == b';')?;
    let is_it = referred(text.get(1..end)?) == Some(character);
    is_it.then(|| text.get(end + 1..)).flatten()
}

/// After `\"` or `\u003c`: JSON, and what is written like it.
fn after_backslash(text: &str, character: char) -> Option<&str> {
    let short = match character {
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        '"' | '\'' | '/' | '\\' => Some(character),
        _ => None,
    };
    if let Some(rest) = text.get(1..)?.strip_prefix(|found| short == Some(found)) {
        return Some(rest);
    }
    let mut units = [0; 2];
    let mut units = character.encode_utf16(&mut units).iter();
    units.try_fold(text, |rest, unit| {
        after_digits(rest, &format!("\\u{unit:04x}"))
    })
}

/// After `%3C`: addresses and forms.
fn after_percent(text: &str, character: char) -> Option<&str> {
    let mut bytes = [0; 4];
    let mut bytes = character.encode_utf8(&mut bytes).bytes();
    bytes.try_fold(text, |rest, byte| {
        after_digits(rest, &format!("%{byte:02x}"))
    })
}

/// After an escape, whose digits may be in either case.
fn after_digits<'t>(text: &'t str, escape: &str) -> Option<&'t str> {
    let (found, rest) = text.split_at_checked(escape.len())?;
    found.eq_ignore_ascii_case(escape).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_secret_is_taken_out() {
        let mut secrets = Secrets::default();
        secrets.add("p&s <'/\"é𝄞");
        for text in [
            "p&s <'/\"é𝄞",
            "p&amp;s &lt;'/\"é𝄞",
            "p&amp;s &lt;&apos;/&quot;é𝄞",
            "p&#38;s &#060;&#x27;/&#34;&#233;&#x1D11E;",
            "p&s <'/\\\"é𝄞",
            "p\\u0026s \\u003C\\u0027\\/\\\"\\u00E9\\ud834\\uDD1E",
            "p%26s%20%3C%27%2F%22%C3%A9%F0%9D%84%9E",
            "p%26s+%3c'%2f%22%c3%a9%f0%9d%84%9e",
            "cCZzIDwnLyLDqfCdhJ4=",
            "cCZzIDwnLyLDqfCdhJ4%3D",
            "\\u0070&#x26;\\u0073 <'/\"é𝄞",
        ] {
            assert_eq!(
                secrets.redact(&format!("<{text}>")).as_deref(),
                Some("<[redacted]>"),
                "{text}"
            );
        }
        for text in ["p&s", "p&ampx;s <", "p%26", "p\\u00", "&p%+\\", ""] {
            assert_eq!(secrets.redact(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_a_secret_as_it_stands_is_one() {
        let mut secrets = Secrets::default();
        secrets.add("&lt;%41\\n");
        assert_eq!(
            secrets.redact("&lt;%41\\n &amp;lt;%2541\\\\n é").as_deref(),
            Some("[redacted] [redacted] é")
        );
    }

    #[test]
    fn a_secret_is_found_again_and_again() {
        let mut secrets = Secrets::default();
        secrets.add("abab");
        assert_eq!(
            secrets.redact("ababababaab&#97;b").as_deref(),
            Some("[redacted][redacted]a[redacted]")
        );
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
