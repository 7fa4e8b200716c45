//! The case of names, as heck has it. Names are in ASCII, and each is asked for several times: what heck
//! finds out for any letter is known of these by a look.

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

/// The cases of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `InvoiceLine`
    Camel,
    /// `invoice_line`
    Snake,
    /// `INVOICE_LINE`
    Shouty,
}

impl Case {
    /// A text in this case.
    pub(super) fn of(self, text: &str) -> String {
        if !text.is_ascii() {
            return match self {
                Self::Camel => text.to_upper_camel_case(),
                Self::Snake => text.to_snake_case(),
                Self::Shouty => text.to_shouty_snake_case(),
            };
        }
        let mut out = String::with_capacity(text.len() + 4);
        for_each_word(text, |word| {
            if self != Self::Camel && !out.is_empty() {
                out.push('_');
            }
            let start = out.len();
            out.push_str(word);
            match self {
                Self::Shouty => out[start..].make_ascii_uppercase(),
                Self::Snake => out[start..].make_ascii_lowercase(),
                Self::Camel => {
                    out[start..].make_ascii_lowercase();
                    out[start..=start].make_ascii_uppercase();
                }
            }
        });
        out
    }
}

/// The words of a text in ASCII: they end at what is no letter or digit, before a capital behind a small
/// letter, and before the last of several capitals that a small letter follows.
fn for_each_word<'t>(text: &'t str, mut word: impl FnMut(&'t str)) {
    for run in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let letters = run.as_bytes();
        let mut start = 0;
        // Of the last letter of the word: whether it is a capital.
        let mut before = None;
        for (at, (this, next)) in letters.iter().zip(letters.iter().skip(1)).enumerate() {
            let is_capital = this.is_ascii_uppercase();
            let with_this = match is_capital || this.is_ascii_lowercase() {
                true => Some(is_capital),
                false => before,
            };
            if with_this == Some(false) && next.is_ascii_uppercase() {
                word(&run[start..=at]);
                start = at + 1;
                before = None;
            } else if before == Some(true) && is_capital && next.is_ascii_lowercase() {
                word(&run[start..at]);
                start = at;
                before = None;
            } else {
                before = with_this;
            }
        }
        if !run.is_empty() {
            word(&run[start..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of up to seven of these characters: small and capital letters, a digit, a blank.
    #[test]
    fn cases_are_those_of_heck() {
        let characters = ['a', 'B', '1', ' '];
        let mut texts = vec![String::new()];
        for length in 0..7 {
            let longer: Vec<String> = { texts.iter().filter(|text| text.len() == length) }
                .flat_map(|text| characters.map(|character| format!("{text}{character}")))
                .collect();
            texts.extend(longer);
        }
        assert_eq!(texts.len(), (4_usize.pow(8) - 1) / 3);
        for text in &texts {
            assert_eq!(Case::Camel.of(text), text.to_upper_camel_case(), "{text:?}");
            assert_eq!(Case::Snake.of(text), text.to_snake_case(), "{text:?}");
            assert_eq!(
                Case::Shouty.of(text),
                text.to_shouty_snake_case(),
                "{text:?}"
            );
        }
        assert_eq!(Case::Snake.of("ÉtéSud"), "été_sud");
    }
}
