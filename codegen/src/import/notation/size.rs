//! Lengths and precisions.

use super::super::dictionary::fold;

/// A size as a page writes it, and what can be read from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    pub min: Option<u64>,
    pub max: Option<u64>,
    /// Digits behind the point.
    pub fraction: Option<u64>,
    /// Which characters: `N`, `AN`, `ANS`, `A`.
    pub charset: Option<&'static str>,
}

const CHARSETS: &[(&str, &str)] = &[
    ("ans", "ANS"),
    ("an", "AN"),
    ("n", "N"),
    ("a", "A"),
    ("num", "N"),
];

/// What a unit may be called.
pub(crate) const UNITS: &[&str] = &[
    "characters",
    "character",
    "chars",
    "char",
    "digits",
    "digit",
    "znakow",
    "znaki",
    "znak",
    "cyfr",
    "zeichen",
    "stellen",
    "caracteres",
    "caracteres.",
    "caracter",
    "digitos",
    "caracteres",
    "caractere",
    "chiffres",
    "caratteri",
    "cifre",
    "tekens",
    "tecken",
    "siffror",
    "位",
    "字符",
    "个字符",
    "bytes",
    "letters",
];

/// What stands before the largest size.
const AT_MOST: &[&str] = &[
    "<=",
    "≤",
    "max. length",
    "max length",
    "maximum length",
    "maximum",
    "max.",
    "max:",
    "max",
    "up to",
    "at most",
    "size max",
    "maks.",
    "maks",
    "do",
    "hochstens",
    "bis zu",
    "maximal",
    "jusqu'a",
    "hasta",
    "ate",
    "fino a",
    "maximaal",
    "tot",
    "hogst",
    "upp till",
    "no more than",
    "not more than",
    "size",
    "length",
    "最大",
    "不超过",
    "longitud",
    "longitud maxima",
];

/// `50`, `6,2`, `[1-8]`, `<=90`, `8<11`, `12 N`, `mín. 4N - máx. 12`, `N..12`, `max 64 chars`. A dash,
/// `N/A` and nothing are no size, and not an error: `Some` of an empty one.
pub(crate) fn size(text: &str) -> Option<Size> {
    let folded = fold(text);
    let mut rest = folded.trim().trim_matches(['[', ']', '(', ')']).trim();
    if [
        "",
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "nd",
        "nie dotyczy",
        "none",
        "unlimited",
        "brak",
        "无",
        ".",
    ]
    .contains(&rest)
    {
        return Some(Size::default());
    }
    let mut size = Size::default();
    // The help pages of ASP.NET: `String length: inclusive between 1 and 30`.
    rest = rest.strip_prefix("string length:").map_or(rest, str::trim);
    if let Some((min, max)) = { rest.strip_prefix("inclusive between ") }
        .or_else(|| rest.strip_prefix("between "))
        .and_then(|rest| rest.split_once(" and "))
    {
        size.min = Some(counted(min, &mut size)?);
        size.max = Some(counted(max, &mut size)?);
        return (size.min <= size.max).then_some(size);
    }
    for unit in UNITS {
        if let Some(short) = rest.strip_suffix(unit) {
            rest = short.trim_end();
            break;
        }
    }
    // A smallest and a largest size, in words.
    if let Some(min) = ["min.", "min:", "min", "minimum", "od", "von", "from"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
    {
        let (min, max) = ["max", "maks", "do ", "bis ", "to ", " - ", ","]
            .iter()
            .find_map(|word| min.split_once(word))
            .unwrap_or((min, ""));
        size.min = Some(counted(min, &mut size)?);
        let max = max.trim_start_matches(['i', 'm', 'u', '.', ':', ' ', '-']);
        if !max.trim().is_empty() {
            size.max = Some(counted(max, &mut size)?);
        }
        return Some(size);
    }
    if let Some(exact) = rest
        .strip_prefix("exactly ")
        .or_else(|| rest.strip_prefix('='))
    {
        let exact = counted(exact, &mut size)?;
        size.min = Some(exact);
        size.max = Some(exact);
        return Some(size);
    }
    if let Some(most) = AT_MOST.iter().find_map(|word| rest.strip_prefix(word)) {
        size.max = Some(counted(
            most.trim_start_matches([':', ' ', '=']),
            &mut size,
        )?);
        return Some(size);
    }
    // `N..12`, `AN..35`.
    for (code, charset) in CHARSETS {
        if let Some(max) = rest
            .strip_prefix(code)
            .and_then(|rest| rest.strip_prefix(".."))
        {
            size.charset = Some(charset);
            size.max = Some(counted(max, &mut size)?);
            return Some(size);
        }
    }
    // `N5`, `an(35)`, `N(10,2)`.
    for (code, charset) in CHARSETS {
        let Some(after) = rest.strip_prefix(code) else {
            continue;
        };
        let after = after.trim_start_matches(['(', ' ']).trim_end_matches(')');
        if after.starts_with(|c: char| c.is_ascii_digit()) {
            let (whole, fraction) = match after.split_once([',', '.']) {
                Some((whole, fraction)) => (whole, Some(number(fraction)?)),
                None => (after, None),
            };
            size.max = Some(number(whole)?);
            size.fraction = fraction;
            size.charset = Some(charset);
            return (size.fraction <= size.max).then_some(size);
        }
    }
    for separator in ["..", "-", "–", "<", " to ", "~"] {
        if let Some((min, max)) = rest.split_once(separator) {
            size.min = Some(counted(min, &mut size)?);
            size.max = Some(counted(max.trim_start_matches('='), &mut size)?);
            return (size.min <= size.max).then_some(size);
        }
    }
    if let Some((whole, fraction)) = rest.split_once([',', '.', '/', 'v']) {
        size.max = Some(number(whole)?);
        size.fraction = Some(number(fraction)?);
        return (size.fraction <= size.max).then_some(size);
    }
    size.max = Some(counted(rest, &mut size)?);
    Some(size)
}

/// The size that a sentence states: a number with a unit behind it and words for at most around it, as in
/// `The name (max. 50 characters)` or `The name, 50 characters maximum`.
pub(crate) fn in_sentence(text: &str) -> Option<Size> {
    const AFTER: &[&str] = &[
        "max", "maximum", "maks", "maximal", "at most", "maximo", "massimo",
    ];
    let folded = fold(text);
    let bare = |word: &'_ str| {
        word.trim_matches(['(', ')', '[', ']', ',', ';', ':', '.'])
            .to_owned()
    };
    let words: Vec<String> = folded.split_whitespace().map(bare).collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let max = number(word)?;
        let unit = words.get(at + 1)?;
        if !UNITS.contains(&unit.as_str()) {
            return None;
        }
        let before = words[at.saturating_sub(4)..at].join(" ");
        let after = words.get(at + 2).map_or("", String::as_str);
        let most = AT_MOST.iter().any(|phrase| {
            let phrase = phrase.trim_end_matches([':', '.']);
            before
                .strip_suffix(phrase)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        });
        (most || AFTER.contains(&after)).then_some(Size {
            max: Some(max),
            ..Size::default()
        })
    })
}

/// `12`, `12 N`, `4N`.
fn counted(text: &str, size: &mut Size) -> Option<u64> {
    let text = text.trim().trim_matches([',', '.', '-', ' ']).trim();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let after = text[digits.len()..].trim();
    if !after.is_empty() && !UNITS.contains(&after) {
        let (_, charset) = CHARSETS.iter().find(|(code, _)| *code == after)?;
        size.charset = Some(charset);
    }
    number(digits)
}

fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Parts = (Option<u64>, Option<u64>, Option<u64>, Option<&'static str>);

    fn read(text: &str) -> Option<Parts> {
        size(text).map(|size| (size.min, size.max, size.fraction, size.charset))
    }

    #[test]
    fn sizes_in_the_notations_of_pages() {
        assert_eq!(read("50"), Some((None, Some(50), None, None)));
        assert_eq!(read("-"), Some((None, None, None, None)));
        assert_eq!(read("N/A"), Some((None, None, None, None)));
        assert_eq!(read("6,2"), Some((None, Some(6), Some(2), None)));
        assert_eq!(read("[1-8]"), Some((Some(1), Some(8), None, None)));
        assert_eq!(read("<=90"), Some((None, Some(90), None, None)));
        assert_eq!(read("<= 40 znaków"), Some((None, Some(40), None, None)));
        assert_eq!(read("8<11"), Some((Some(8), Some(11), None, None)));
        assert_eq!(read("12 N"), Some((None, Some(12), None, Some("N"))));
        assert_eq!(read("250 ANS"), Some((None, Some(250), None, Some("ANS"))));
        assert_eq!(
            read("mín. 4N - máx. 12"),
            Some((Some(4), Some(12), None, Some("N")))
        );
        assert_eq!(read("N..12"), Some((None, Some(12), None, Some("N"))));
        assert_eq!(read("size max 64"), Some((None, Some(64), None, None)));
        assert_eq!(
            read("up to 35 characters"),
            Some((None, Some(35), None, None))
        );
        assert_eq!(read("1-3"), Some((Some(1), Some(3), None, None)));
        assert_eq!(
            read("String length: inclusive between 1 and 30"),
            Some((Some(1), Some(30), None, None))
        );
        assert_eq!(read("Range: inclusive between 1 and 8"), None);
        assert_eq!(read("soon"), None);
        let told = |text| in_sentence(text).and_then(|size| size.max);
        assert_eq!(told("The name (max. 50 characters)"), Some(50));
        assert_eq!(told("Nazwa (maks. 40 znaków)."), Some(40));
        assert_eq!(told("The name; maximum length is 30 characters"), None);
        assert_eq!(told("The name, 20 characters maximum."), Some(20));
        assert_eq!(told("Up to 8 digits"), Some(8));
        assert_eq!(told("A code of 8 digits"), None);
        assert_eq!(told("At most 8 parcels"), None);
        assert_eq!(read("9-3"), None);
        assert_eq!(read("2,6"), None);
    }
}
