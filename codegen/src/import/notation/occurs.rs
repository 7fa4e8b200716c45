//! How often, and whether at all.

use super::super::dictionary::{CONDITIONAL, NO, YES, fold};
use crate::contract::Occurs;

/// What a cell says about presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flag {
    Yes,
    No,
    /// It depends on something that the cell does not say.
    Conditional,
}

/// `yes`, `T`, `Não`, `是`, `x*`, `[M]`; `None` if it is none of those.
pub(crate) fn flag(text: &str) -> Option<Flag> {
    let trimmed = text
        .trim()
        .trim_matches(['[', ']', '(', ')', '"', '\''])
        .trim();
    if trimmed.is_empty() {
        return None;
    }
    // Emphasis is no note.
    let trimmed = match trimmed
        .strip_prefix('*')
        .and_then(|text| text.strip_suffix('*'))
    {
        Some(inner) if !inner.is_empty() && !inner.contains('*') => inner,
        _ => trimmed,
    };
    let noted =
        trimmed.contains('*') && trimmed.trim_matches('*').chars().any(char::is_alphanumeric);
    if is_prose(trimmed) {
        return None;
    }
    let folded = fold(trimmed);
    let words: Vec<&str> = folded.split(' ').collect();
    if CONDITIONAL.contains(&folded.as_str()) {
        return Some(Flag::Conditional);
    }
    let one = |word: &str| {
        if YES.contains(&word) {
            Some(Flag::Yes)
        } else if NO.contains(&word) {
            Some(Flag::No)
        } else {
            None
        }
    };
    match one(&folded) {
        // A footnote says when.
        Some(_) if noted => Some(Flag::Conditional),
        Some(flag) => Some(flag),
        // `x* -**`: one for these, the other for those.
        None if words.len() > 1 && words.iter().all(|word| one(word).is_some()) => {
            Some(Flag::Conditional)
        }
        None if words.len() > 1 && CONDITIONAL.contains(&words[0].trim_end_matches([',', ':'])) => {
            Some(Flag::Conditional)
        }
        None => None,
    }
}

/// Whether a text is longer than any flag, and does not begin with the word of one.
fn is_prose(text: &str) -> bool {
    const LONG: usize = 100;
    /// No flag of more than a word has so many bytes.
    const PHRASE: usize = 40;
    let Some((end, _)) = text.char_indices().nth(LONG) else {
        return false;
    };
    let begins = fold(&text[..end]);
    let Some((first, _)) = begins.split_once(' ').filter(|_| begins.len() > PHRASE) else {
        return false;
    };
    let bare = first.trim_end_matches([',', ':']);
    !YES.contains(&first) && !NO.contains(&first) && !CONDITIONAL.contains(&bare)
}

/// `authService (R) creditService (O)`: what several services ask for.
pub(crate) fn services(text: &str) -> Option<Flag> {
    let marks: Vec<Flag> = text
        .split('(')
        .skip(1)
        .filter_map(|part| part.split(')').next())
        .filter_map(flag)
        .collect();
    match marks.as_slice() {
        [] => None,
        [Flag::Yes, rest @ ..] if rest.iter().all(|mark| *mark == Flag::Yes) => Some(Flag::Yes),
        [Flag::No, rest @ ..] if rest.iter().all(|mark| *mark == Flag::No) => Some(Flag::No),
        _ => Some(Flag::Conditional),
    }
}

/// `1`, `0-1`, `[0..*]`, `(1..n)`, `Optional, repeatable: [0..*]`, `at least 1`.
pub(crate) fn occurs(text: &str) -> Option<Occurs> {
    // `fold` takes asterisks off.
    let folded = fold(&text.replace('*', "∞"));
    let folded = match folded.rfind(['[', '(']) {
        // A number alone, behind words, is a number of something else.
        Some(at)
            if at > 0
                && folded.ends_with([']', ')'])
                && folded[at..].contains(['.', '-', '∞', 'n']) =>
        {
            folded[at..].to_owned()
        }
        _ => folded,
    };
    let inner = folded.trim_matches(['[', ']', '(', ')', ' ']);
    const AT_LEAST: &[&str] = &[
        "at least",
        "przynajmniej",
        "co najmniej",
        "mindestens",
        "au moins",
        "al menos",
        "pelo menos",
        "almeno",
        "minimum",
        "min.",
        "minst",
        "至少",
    ];
    if let Some(rest) = AT_LEAST.iter().find_map(|word| inner.strip_prefix(word)) {
        let min = rest.trim().parse().ok()?;
        return Some(Occurs { min, max: None });
    }
    let bound = |text: &str| match text.trim() {
        "n" | "*" | "m" | "∞" | "unbounded" | "many" | "inf" => Some(None),
        digits => digits.parse::<u64>().ok().map(Some),
    };
    for separator in ["...", "..", "…", "-", "–", ":", ",", "/"] {
        if let Some((min, max)) = inner.split_once(separator) {
            let (min, max) = (bound(min).flatten()?, bound(max)?);
            let fits = max.is_none_or(|max| max >= min && max > 0);
            return fits.then_some(Occurs { min, max });
        }
    }
    match bound(inner)? {
        Some(0) => Some(Occurs::OPTIONAL),
        Some(count) if count < 1000 => Some(Occurs {
            min: count,
            max: Some(count),
        }),
        Some(_) => None,
        None => (inner != "m").then_some(Occurs::ANY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_in_all_languages() {
        for yes in [
            "T",
            "Sim",
            "是",
            "oui",
            "Obligatoire",
            "x",
            "V",
            "[M]",
            "Obowiązkowe",
            "必选",
            "yes",
        ] {
            assert_eq!(flag(yes), Some(Flag::Yes), "{yes}");
        }
        for no in [
            "N",
            "Não",
            "否",
            "facultatif",
            "-",
            "[O]",
            "nieobowiązkowe",
            "Opcional",
        ] {
            assert_eq!(flag(no), Some(Flag::No), "{no}");
        }
        for depends in ["x* -**", "x*", "C", "特殊可选", "x* x***", "Conditional"] {
            assert_eq!(flag(depends), Some(Flag::Conditional), "{depends}");
        }
        for other in ["", "string", "50", "perhaps"] {
            assert_eq!(flag(other), None, "{other}");
        }
    }

    #[test]
    fn occurrences() {
        let read = |text| occurs(text).map(|occurs| occurs.to_string());
        assert_eq!(read("0-1").as_deref(), Some("0..1"));
        assert_eq!(read("(1..n)").as_deref(), Some("1..n"));
        assert_eq!(read("[0..*]").as_deref(), Some("0..n"));
        assert_eq!(
            read("Optional, repeatable: [0..*]").as_deref(),
            Some("0..n")
        );
        assert_eq!(read("przynajmniej 1").as_deref(), Some("1..n"));
        assert_eq!(read("1").as_deref(), Some("1"));
        assert_eq!(read("0").as_deref(), Some("0..1"));
        assert_eq!(read("n").as_deref(), Some("0..n"));
        assert_eq!(read("3-1"), None);
        assert_eq!(read("soon"), None);
        assert_eq!(read("Harbour dollar (036)"), None);
    }
}
