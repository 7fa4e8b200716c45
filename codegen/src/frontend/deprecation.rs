//! What a contract says should not be used any more: no schema language has a word for it, so people
//! write an attribute of their own, or say so in the documentation.

use super::xml::Element;
use crate::contract::Annotation;

/// The longest reason that is repeated, in characters: it stands in every warning of the compiler.
const REASON: usize = 300;

/// Notes that a declaration is deprecated, if its attributes or its documentation say so.
pub(super) fn annotate(element: Element<'_>, annotation: &mut Annotation) {
    if annotation.deprecated.is_some() {
        return;
    }
    let stated = by_attribute(element);
    annotation.deprecated = match stated {
        Some(reason) => Some(reason),
        None => annotation.documentation.as_deref().and_then(said),
    };
}

/// A foreign attribute `deprecated`, as FpML has it, with an attribute for the reason beside it.
fn by_attribute(element: Element<'_>) -> Option<String> {
    let (_, value) = { element.foreign_attributes() }.find(|(name, _)| *name == "deprecated")?;
    let value = value.trim();
    if value.is_empty() || ["false", "0", "no"].contains(&value) {
        return None;
    }
    if !["true", "1", "yes"].contains(&value) {
        return Some(shortened(value));
    }
    let reason = element.foreign_attributes().find(|(name, _)| {
        ["deprecatedReason", "deprecationReason", "deprecated-reason"].contains(name)
    });
    Some(reason.map_or(String::new(), |(_, reason)| shortened(reason)))
}

/// The reason, where a documentation says that what it documents is deprecated: a sentence begins with
/// the word, and is not about deprecated things of another kind; or the first one says `This … is
/// deprecated`.
pub(super) fn said(documentation: &str) -> Option<String> {
    for (index, paragraph) in documentation.split("\n\n").enumerate() {
        let mut start = 0;
        while let Some(sentence) = paragraph.get(start..) {
            if let Some(reason) = begins_with_marker(sentence) {
                return Some(shortened(reason));
            }
            if index == 0 && start == 0 && says_this_is(sentence) {
                return Some(shortened(sentence));
            }
            match next_sentence(sentence) {
                Some(length) => start += length,
                None => break,
            }
        }
    }
    None
}

/// How many bytes it is to the next sentence.
fn next_sentence(text: &str) -> Option<usize> {
    let mut ended = false;
    for (at, character) in text.char_indices() {
        match character {
            '.' | '!' | '?' | ';' | ')' | ']' => ended = true,
            _ if character.is_whitespace() => {
                if ended {
                    return Some(at + character.len_utf8());
                }
            }
            _ => ended = false,
        }
    }
    None
}

/// The reason behind `Deprecated`, `@deprecated`, `[DEPRECATED]` and the like.
fn begins_with_marker(sentence: &str) -> Option<&str> {
    const FOLLOWING: [&str; 13] = [
        "as", "and", "because", "by", "due", "for", "from", "in", "please", "replaced", "since",
        "use", "with",
    ];
    let rest =
        sentence.trim_start_matches(['[', '(', '@', '*', '<', '"', '\'', '-', '–', '!', ' ']);
    let word = rest.get(.."deprecated".len())?;
    // Lower case stands in the middle of sentences, but for the tag of documentation tools.
    let is_tag = sentence.trim_start().starts_with('@');
    if !word.eq_ignore_ascii_case("deprecated") || !is_tag && word.starts_with('d') {
        return None;
    }
    let reason = &rest[word.len()..];
    let next = reason.trim_start();
    let following = next.split(|c: char| !c.is_alphanumeric()).next();
    let is_whole = is_tag
        || next.is_empty()
        || !next.starts_with(char::is_alphanumeric)
        || following.is_some_and(|word| {
            FOLLOWING.contains(&&*word.to_lowercase()) && reason.starts_with(char::is_whitespace)
        });
    is_whole.then_some(reason)
}

/// `This element has been deprecated …`, `This is deprecated`.
fn says_this_is(sentence: &str) -> bool {
    let mut bare = { sentence.split_whitespace() }
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .take(8)
        .peekable();
    if bare
        .peek()
        .is_none_or(|word| !word.eq_ignore_ascii_case("this"))
    {
        return false;
    }
    let words: Vec<String> = bare.map(str::to_lowercase).collect();
    let verb = words
        .iter()
        .position(|word| ["is", "has", "was"].contains(&&**word));
    let Some(verb) = verb.filter(|verb| *verb <= 3) else {
        return false;
    };
    let clause = ["what", "which", "that", "when", "where", "whether", "if"];
    if words[..verb].iter().any(|word| clause.contains(&&**word)) {
        return false;
    }
    let mut after = words[verb + 1..].iter();
    after
        .find(|word| !["been", "now", "also"].contains(&&***word))
        .is_some_and(|word| word == "deprecated")
}

/// A reason on one line, cut where it is long.
fn shortened(reason: &str) -> String {
    let ends = |c: char| {
        c.is_whitespace()
            || [':', '.', ',', ';', '-', '–', '—', ')', ']', '*', '>', '"'].contains(&c)
    };
    let words: Vec<&str> = reason.trim_start_matches(ends).split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(REASON) {
        Some((at, _)) => format!("{} …", text[..at].trim_end()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn documentation_that_says_so() {
        for (documentation, reason) in [
            ("Deprecated", ""),
            ("@deprecated use B", "use B"),
            ("[DEPRECATED] See C.", "See C."),
            (
                "Spain. Now the Euro (EUR). Deprecated – use only for history.",
                "use only for history.",
            ),
            ("One.\n\nDeprecated since 2.0", "since 2.0"),
            (
                "This element has been DEPRECATED and will be removed.",
                "This element has been DEPRECATED and will be removed.",
            ),
        ] {
            assert_eq!(
                said(documentation).as_deref(),
                Some(reason),
                "{documentation}"
            );
        }
    }

    #[test]
    fn documentation_about_something_deprecated() {
        for documentation in [
            "",
            "The file (the fileName property has been deprecated). More.",
            "Deprecated values are ignored.",
            "Whether it is deprecated.",
            "This lists what is deprecated.",
            "Undeprecated",
        ] {
            assert_eq!(said(documentation), None, "{documentation}");
        }
    }
}
