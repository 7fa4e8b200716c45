//! One line: its depth, its words, and quoted texts in them.

use std::borrow::Cow;

use super::Problem;

/// A line in its parts.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// How far in it stands.
    pub(super) depth: usize,
    /// The first word.
    pub(super) key: &'t str,
    /// The other words.
    pub(super) words: Vec<&'t str>,
}

impl<'t> Line<'t> {
    pub(super) fn read(line: &'t str) -> Result<Self, Problem> {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        if !indent.is_multiple_of(2) {
            return Err("an odd number of blanks at the start".to_owned());
        }
        let mut words = words(text)?;
        if words.is_empty() {
            return Err("no word".to_owned());
        }
        let key = words.remove(0);
        Ok(Self {
            depth: indent / 2,
            key,
            words,
        })
    }

    /// The word at a place, which must be there.
    pub(super) fn word(&self, index: usize) -> Result<&'t str, Problem> {
        let found = self.words.get(index).copied();
        found.ok_or_else(|| format!("`{}` needs more words", self.key))
    }

    /// The quoted text at a place, which must be there.
    pub(super) fn text(&self, index: usize) -> Result<Cow<'t, str>, Problem> {
        unquoted(self.word(index)?)
    }

    /// Whether a property is there.
    pub(super) fn has(&self, word: &str) -> bool {
        self.properties().contains(&word)
    }

    /// What stands behind `name=`.
    pub(super) fn value(&self, name: &str) -> Option<&'t str> {
        self.properties()
            .iter()
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }

    /// The words behind names and types, which may be called like a property.
    fn properties(&self) -> &[&'t str] {
        let names = match self.key {
            "sequence" | "choice" | "all" => 0,
            "element" | "attribute" | "open" => 2,
            _ => 1,
        };
        self.words.get(names..).unwrap_or_default()
    }
}

/// The words of a line: between blanks, which quoted texts may hold.
fn words(text: &str) -> Result<Vec<&str>, Problem> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b' ' if !quoted => {
                words.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    if quoted {
        return Err("a quoted text without an end".to_owned());
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    Ok(words)
}

/// `"a\nb"` without quotes and escapes.
pub(super) fn unquoted(word: &str) -> Result<Cow<'_, str>, Problem> {
    let inner = word
        .strip_prefix('"')
        .and_then(|word| word.strip_suffix('"'))
        .ok_or_else(|| format!("{word} is not quoted"))?;
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some(other @ ('"' | '\\')) => text.push(other),
            Some('u') => {
                let code: String = { characters.by_ref() }
                    .skip_while(|c| *c == '{')
                    .take_while(|c| *c != '}')
                    .collect();
                let character = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                text.push(character.ok_or_else(|| format!("{word} has an unknown escape"))?);
            }
            _ => return Err(format!("{word} has an unknown escape")),
        }
    }
    Ok(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_properties() {
        let line = Line::read("attribute required secret required").unwrap();
        assert!(line.has("required") && !line.has("secret"));
        let line = Line::read("sequence occurs=2").unwrap();
        assert_eq!(line.value("occurs"), Some("2"));
    }

    #[test]
    fn words_and_texts() {
        let line = Line::read(r#"  attribute a xs:int fixed="a \"b\"\\" required"#).unwrap();
        assert_eq!((line.depth, line.key), (1, "attribute"));
        assert_eq!(
            line.words,
            ["a", "xs:int", r#"fixed="a \"b\"\\""#, "required"]
        );
        assert_eq!(unquoted(line.value("fixed").unwrap()).unwrap(), r#"a "b"\"#);
        assert_eq!(unquoted(r#""\t\u{202e}x""#).unwrap(), "\t\u{202e}x");
        assert!(unquoted(r#""\x""#).is_err() && Line::read("a \"b").is_err());
    }
}
