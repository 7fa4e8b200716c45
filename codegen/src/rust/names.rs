//! Rust identifiers: the only place that changes the case of a name.

use std::collections::BTreeSet;
use std::fmt;

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

/// A valid Rust identifier, in ASCII; a keyword has `r#` before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The text, `r#` included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without `r#`.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl Ident {
    /// The name of a module, from any text.
    #[must_use]
    pub fn module(spelled: &str) -> Self {
        Scope::of_modules().claim(&[snake(spelled), format!("{}_module", snake(spelled))])
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Keywords that may be written with `r#`, of all editions, sorted.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that may not even be written with `r#`.
const PATH_KEYWORDS: &[&str] = &["Self", "_", "crate", "self", "super"];

/// Names that every Rust file sees without a `use` and that generated files rely on, sorted.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// File names that one system or another reserves, and those of the generated tree, sorted.
const RESERVED_MODULES: &[&str] = &[
    "alloc",
    "aux",
    "castile",
    "client",
    "con",
    "core",
    "fault_code",
    "lib",
    "main",
    "mapping",
    "mod",
    "nul",
    "operations",
    "prn",
    "schema_text",
    "std",
    "tests",
    "types",
    "wire",
];

/// `InvoiceLine`, for types and variants.
pub(super) fn camel(spelled: &str) -> String {
    let name = camel_words(&ascii(spelled));
    match name.chars().next() {
        None => symbols(spelled).to_upper_camel_case(),
        Some(first) if first.is_ascii_digit() => {
            let is_negative = spelled.trim_start().starts_with(['-', '\u{2212}']);
            format!("{}{name}", if is_negative { "Minus" } else { "N" })
        }
        Some(_) => name,
    }
}

/// Acronyms whose small letters belong to them, spelt as words: the plural (`SIDs`) and the version
/// (`IPv4`, `SNMPv3`). By capitals alone they would be `SI Ds` and `I Pv4`.
fn acronyms(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_uppercase()) {
        let (before, run) = rest.split_at(start);
        out.push_str(before);
        let end = run.find(|c: char| !c.is_ascii_uppercase());
        let (run, after) = run.split_at(end.unwrap_or(run.len()));
        let mut next = after.chars();
        let belongs = match (next.next(), next.next()) {
            (Some('s'), follower) => !follower.is_some_and(|c| c.is_ascii_lowercase()),
            (Some('v'), follower) => follower.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        if belongs && run.len() > 1 {
            let (first, others) = run.split_at(1);
            out.push_str(first);
            out.push_str(&others.to_ascii_lowercase());
        } else {
            out.push_str(run);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Numbers stay apart: `1.5` is not `15`.
fn camel_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in acronyms(text).split_whitespace() {
        let word = word.to_upper_camel_case();
        let is_digit = |c: char| c.is_ascii_digit();
        if out.ends_with(is_digit) && word.starts_with(is_digit) {
            out.push('_');
        }
        out.push_str(&word);
    }
    out
}

/// `invoice_line`, for fields, methods and modules.
pub(super) fn snake(spelled: &str) -> String {
    let name = acronyms(&ascii(spelled)).to_snake_case();
    match name.chars().next() {
        None => symbols(spelled).to_snake_case(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name,
    }
}

/// The words that all names end with, in Rust's case: `View` of `CalendarView` and `ContactsView`.
/// `None` where there are none, or only a letter.
pub(super) fn shared_ending(names: &[&str]) -> Option<String> {
    let words: Vec<String> = names.iter().map(|name| snake(name)).collect();
    let (first, others) = words.split_first()?;
    let first: Vec<&str> = first.split('_').rev().collect();
    let mut shared = first.len();
    for other in others {
        let pairs = other.split('_').rev().zip(&first);
        shared = shared.min(pairs.take_while(|(a, b)| a == *b).count());
    }
    let ending: Vec<&str> = first.get(..shared)?.iter().rev().copied().collect();
    let ending = ending.join("_");
    (ending.len() > 1 && ending.starts_with(|c: char| c.is_ascii_alphabetic()))
        .then(|| camel(&ending))
}

/// What one of several things is called, by the name of what holds them: `Line` for `ArrayOfLinesType`.
pub(super) fn item_of(wrapper: &str) -> String {
    let name = camel(wrapper);
    let bare = name.strip_suffix("Type").unwrap_or(&name);
    let after = ["ArrayOf", "ListOf", "CollectionOf"]
        .into_iter()
        .find_map(|word| bare.rsplit_once(word).map(|(_, held)| held));
    let before = ["Array", "List", "Collection"]
        .into_iter()
        .find_map(|word| bare.strip_suffix(word));
    let held = after.or(before).filter(|held| !held.is_empty());
    match (singular(held.unwrap_or(bare)), held) {
        (Some(item), _) => item,
        (None, Some(held)) => held.to_owned(),
        (None, None) => format!("{bare}Item"),
    }
}

/// One of what an English plural names. `None` if it seems to be none.
fn singular(name: &str) -> Option<String> {
    let stem = name.strip_suffix('s')?;
    // `Address`, `Status`, `Basis`.
    if stem.len() < 2 || stem.ends_with(['s', 'u', 'i']) {
        return None;
    }
    if let Some(stem) = stem.strip_suffix("ie") {
        return Some(format!("{stem}y"));
    }
    let has_vowel = ["sse", "she", "che", "xe"];
    let stem = match has_vowel.iter().any(|end| stem.ends_with(end)) {
        true => stem.strip_suffix('e')?,
        false => stem,
    };
    Some(stem.to_owned())
}

/// `INVOICE_LINE`, for constants.
pub(super) fn shouty(spelled: &str) -> String {
    let name = acronyms(&ascii(spelled)).to_shouty_snake_case();
    match name.chars().next() {
        None => symbols(spelled).to_shouty_snake_case(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) => name,
    }
}

/// A cased name inside another: what the one ends with and the other begins with is said once, as in
/// `Merchant` and `MerchantId`.
pub(super) fn joined(outer: &str, inner: &str) -> String {
    let starts = inner.char_indices().filter(|(_, c)| c.is_ascii_uppercase());
    let prefixes = starts.map(|(at, _)| &inner[..at]);
    let mut overlaps = prefixes.filter(|start| !start.is_empty() && outer.ends_with(start));
    let overlap = overlaps.next_back().unwrap_or_default();
    format!("{outer}{}", &inner[overlap.len()..])
}

/// Whether a name in Rust's case has all the letters and digits of this one, which then need not be
/// repeated in its documentation.
pub(super) fn tells(spelled: &str) -> bool {
    let says_something = spelled.contains(|c: char| c.is_ascii_alphanumeric());
    says_something
        && spelled
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Makes an identifier of a cased name: keywords are escaped.
pub(super) fn ident(name: &str) -> Ident {
    if PATH_KEYWORDS.contains(&name) {
        Ident(format!("{name}_"))
    } else if KEYWORDS.binary_search(&name).is_ok() {
        Ident(format!("r#{name}"))
    } else {
        Ident(name.to_owned())
    }
}

/// Whether a type of this name would hide one that every file relies on.
pub(super) fn is_prelude(name: &str) -> bool {
    name == "Self" || PRELUDE.binary_search(&name).is_ok()
}

/// The names of a scope that are taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which these are taken.
    pub(super) fn with(taken: &[&str]) -> Self {
        Self {
            taken: taken.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    /// A scope for the modules of a tree.
    pub(super) fn of_modules() -> Self {
        Self::with(RESERVED_MODULES)
    }

    /// Takes the first of the names that is free, and when none is, the last with the lowest number
    /// that is free.
    pub(super) fn claim(&mut self, names: &[String]) -> Ident {
        for name in names {
            if self.take(name) {
                return ident(name);
            }
        }
        let last = names.last().map_or("Unnamed", String::as_str);
        // A name that ends in a digit would read as another number.
        let separator = if last.ends_with(|c: char| c.is_ascii_digit()) || is_snake(last) {
            "_"
        } else {
            ""
        };
        let mut number = 2_u64;
        loop {
            let name = format!("{last}{separator}{number}");
            if self.take(&name) {
                return ident(&name);
            }
            number = number.saturating_add(1);
        }
    }

    /// Whether nobody has the name.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }

    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }
}

fn is_snake(name: &str) -> bool {
    !name.contains(|c: char| c.is_ascii_uppercase())
}

/// The name in ASCII: accents dropped, other letters escaped as `U` and their code point, all that
/// is neither letter nor digit a blank.
fn ascii(spelled: &str) -> String {
    let mut out = String::with_capacity(spelled.len());
    for c in spelled.chars() {
        match c {
            _ if c.is_ascii_alphanumeric() => out.push(c),
            '\u{300}'..='\u{36f}' => {}
            '\'' | '\u{2019}' => {}
            _ => match transliterated(c) {
                Some(text) => out.push_str(text),
                None if c.is_alphanumeric() => {
                    out.push_str(&format!(" U{:x} ", u32::from(c)));
                }
                None => out.push(' '),
            },
        }
    }
    out
}

/// The letters of Latin-1 and Latin Extended-A, by their base letter.
fn transliterated(c: char) -> Option<&'static str> {
    Some(match c {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'Æ' => "Ae",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'Ð' | 'Ď' | 'Đ' => "D",
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => "E",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'Ĥ' | 'Ħ' => "H",
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => "I",
        'Ĵ' => "J",
        'Ķ' => "K",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ŀ' | 'Ł' => "L",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' | 'Ŋ' => "N",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ŏ' | 'Ő' => "O",
        'Œ' => "Oe",
        'Ŕ' | 'Ŗ' | 'Ř' => "R",
        'Ś' | 'Ŝ' | 'Ş' | 'Š' => "S",
        'Ţ' | 'Ť' | 'Ŧ' => "T",
        'Þ' => "Th",
        'Ù'..='Ü' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => "U",
        'Ŵ' => "W",
        'Ý' | 'Ŷ' | 'Ÿ' => "Y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ª' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' | 'ĸ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'º' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ſ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// A name for text without a single letter or digit, from what its characters are called.
fn symbols(spelled: &str) -> String {
    const SHOWN: usize = 4;
    let mut words = Vec::new();
    for c in spelled.chars().take(SHOWN) {
        let word = match c {
            ' ' => "Blank",
            '!' => "Exclamation",
            '"' => "Quote",
            '#' => "Hash",
            '$' => "Dollar",
            '%' => "Percent",
            '&' => "And",
            '\'' => "Apostrophe",
            '(' | '[' | '{' => "Open",
            ')' | ']' | '}' => "Close",
            '*' => "Star",
            '+' => "Plus",
            ',' => "Comma",
            '-' => "Minus",
            '.' => "Dot",
            '/' => "Slash",
            ':' => "Colon",
            ';' => "Semicolon",
            '<' => "Less",
            '=' => "Equal",
            '>' => "Greater",
            '?' => "Question",
            '@' => "At",
            '\\' => "Backslash",
            '^' => "Caret",
            '_' => "Underscore",
            '`' => "Backtick",
            '|' => "Bar",
            '~' => "Tilde",
            _ => {
                words.push(format!("U{:x}", u32::from(c)));
                continue;
            }
        };
        words.push(word.to_owned());
    }
    if words.is_empty() {
        return "Empty".to_owned();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests;
