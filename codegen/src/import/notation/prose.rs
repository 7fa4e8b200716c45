//! Facts that stand within names and descriptions.

use super::super::dictionary::{LABELS, Role, find, fold};
use super::occurs::{Flag, flag, occurs};
use super::size::{Size, UNITS, size};
use super::types::{self, Type};
use crate::contract::Occurs;

/// What a text says besides what it is there for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Told {
    pub required: Option<Flag>,
    pub occurs: Option<Occurs>,
    pub type_: Option<Type>,
    pub size: Option<Size>,
    pub default: Option<String>,
    pub example: Option<String>,
    pub path: Option<String>,
    pub constraint: Option<String>,
    pub location: Option<String>,
    pub nillable: Option<Flag>,
    pub deprecated: bool,
}

impl Told {
    /// Takes what another text says and this one does not.
    pub(crate) fn add(&mut self, more: &Self) {
        let more = more.clone();
        self.required = self.required.or(more.required);
        self.occurs = self.occurs.or(more.occurs);
        self.type_ = self.type_.take().or(more.type_);
        self.size = self.size.take().or(more.size);
        self.default = self.default.take().or(more.default);
        self.example = self.example.take().or(more.example);
        self.path = self.path.take().or(more.path);
        self.constraint = self.constraint.take().or(more.constraint);
        self.location = self.location.take().or(more.location);
        self.nillable = self.nillable.or(more.nillable);
        self.deprecated |= more.deprecated;
    }
}

/// What a name cell holds: the name itself, how deep marks put it, and what stands beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Named {
    pub name: String,
    pub depth: usize,
    pub told: Told,
    /// Words that are none of it.
    pub rest: String,
}

/// Reads `++RmtInf`, `| - id`, `name*`, `PwsMsg[]`, `fax [O]`, `order (string, 0-1, size max 64)`, `id required`.
pub(crate) fn in_name(text: &str) -> Named {
    let mut named = Named::default();
    let mut text = text.trim();
    loop {
        let before = text;
        for mark in [
            "| -", "|-", "+", "- ", "-> ", "→", "└", "├", "─", "»", "> ", ">", "• ", "* ", "| ",
            "↳",
        ] {
            if let Some(rest) = text.strip_prefix(mark) {
                named.depth += usize::from(!matches!(mark, "─" | "• " | "* "));
                text = rest.trim_start();
                break;
            }
        }
        if before == text {
            break;
        }
    }
    let end = text
        .find(|c: char| c.is_whitespace() || c == '(')
        .unwrap_or(text.len());
    // A blank after a slash belongs to the path.
    let mut end = end;
    while text[..end].ends_with('/')
        || text[end..].trim_start().starts_with('/') && end < text.len()
    {
        let rest = &text[end..];
        let skip = rest.len() - rest.trim_start().len();
        let word = rest[skip..].find(|c: char| c.is_whitespace() || c == '(');
        let next = end + skip + word.unwrap_or(rest.len() - skip);
        if next == end {
            break;
        }
        end = next;
    }
    let (name, mut rest) = (text[..end].trim(), text[end..].trim());
    named.name = name.to_owned();
    for mark in ["[M]", "[O]", "[C]", "(M)", "(O)"] {
        if let Some(bare) = named.name.strip_suffix(mark) {
            named.told.required = flag(mark);
            named.name = bare.to_owned();
        }
    }
    if let Some(bare) = named
        .name
        .strip_suffix('*')
        .filter(|bare| !bare.is_empty() && !bare.ends_with('*'))
    {
        named.told.required = Some(Flag::Yes);
        named.name = bare.to_owned();
    }
    named.name = named.name.trim_end_matches(['.', ':', ',']).to_owned();
    while !rest.is_empty() {
        let (group, after) = match rest.strip_prefix(['(', '[']) {
            Some(inner) => inner.split_once([')', ']']).unwrap_or((inner, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        if !marks(group, &mut named.told) {
            named.rest = rest.to_owned();
            break;
        }
        rest = after.trim_start();
    }
    named
}

/// Reads `string, 0-1, size max 64`, `required`, `deprecated`; `false` if a part is none of those.
fn marks(group: &str, told: &mut Told) -> bool {
    let mut told_here = told.clone();
    let parts = group.split([',', ';', '|']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        if [
            "deprecated",
            "przestarzale",
            "veraltet",
            "obsolete",
            "obsoleto",
            "已废弃",
        ]
        .contains(&fold(part).as_str())
        {
            told_here.deprecated = true;
        } else if ["nullable", "nillable", "can be null", "may be null"]
            .contains(&fold(part).as_str())
        {
            told_here.nillable = Some(Flag::Yes);
        } else if let Some(flag) = flag(part) {
            told_here.required = Some(flag);
        } else if ["0", "1"].contains(&part) && told_here.type_.is_some() {
            told_here.occurs = occurs(part);
        } else if let Some(read) =
            types::parse(part).filter(|read| read.is_known() && told_here.type_.is_none())
        {
            told_here.type_ = Some(read);
        } else if let Some(read) =
            occurs(part).filter(|_| !fold(part).chars().all(|c| c.is_ascii_digit()))
        {
            told_here.occurs = Some(read);
        } else if let Some(read) = size(part) {
            told_here.size = Some(read);
        } else {
            return false;
        }
    }
    *told = told_here;
    true
}

/// What a description says before and besides its sentences, and the sentences.
pub(crate) fn in_description(text: &str) -> (Told, String) {
    let mut told = Told::default();
    let mut text = text.trim();
    // A type may come first, if it is written as one: `xs:string (Required) …`.
    if let Some((first, rest)) = text.split_once(char::is_whitespace)
        && first.contains(':')
        && !first.ends_with(':')
        && !first.contains("//")
        && let Some(read) = types::parse(first)
    {
        told.type_ = Some(read);
        text = rest.trim_start();
    }
    loop {
        if let Some(inner) = text.strip_prefix(['(', '['])
            && let Some((group, rest)) = inner.split_once([')', ']'])
            && marks(group, &mut told)
        {
            text = rest.trim_start_matches([' ', '.', ':', ',', '-']);
            continue;
        }
        let word_end = text.find(['.', ':', ',', ';', '\n']).unwrap_or(0);
        let word = &text[..word_end];
        if word_end > 2
            && told.required.is_none()
            && !word.contains(' ')
            && let Some(read) = flag(word)
        {
            told.required = Some(read);
            text = text[word_end + 1..].trim_start();
            continue;
        }
        break;
    }
    let mut kept: Vec<String> = Vec::new();
    for segment in segments(text) {
        let bare = segment.trim();
        if !labelled(bare, &mut told) && !bare.is_empty() {
            kept.push(bare.to_owned());
        }
    }
    if told.size.is_none() {
        told.size = limit(text);
    }
    (told, kept.join("; "))
}

/// `max 35 characters` in a sentence.
fn limit(text: &str) -> Option<Size> {
    const BEGIN: &[&str] = &[
        "max",
        "up to",
        "at most",
        "no more than",
        "hochstens",
        "bis zu",
        "jusqu'a",
        "hasta",
        "maks",
    ];
    text.split([',', ';', '(', ')', '\n'])
        .flat_map(|part| part.split(". "))
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| {
            let folded = fold(part);
            (2..=6).contains(&folded.split(' ').count())
                && BEGIN.iter().any(|begin| folded.starts_with(begin))
                && UNITS.iter().any(|unit| folded.ends_with(unit))
        })
        .find_map(|part| size(part).filter(|read| read.max.is_some()))
}

/// The parts of a text between line breaks, semicolons and dashes or dots that stand alone, as far as
/// there are labels among them.
fn segments(text: &str) -> Vec<String> {
    let mut segments: Vec<String> = vec![text.to_owned()];
    for separator in ["\n", "•", "; ", " · ", " — ", " | ", ". "] {
        segments = segments
            .into_iter()
            .flat_map(|part| {
                let parts: Vec<&str> = part.split(separator).collect();
                if parts.len() < 2 || !parts.iter().any(|part| label_of(part).is_some()) {
                    return vec![part];
                }
                // What has no label goes on with what stands before it.
                let mut joined: Vec<String> = Vec::new();
                for part in parts {
                    match joined.last_mut() {
                        Some(last)
                            if label_of(part).is_none()
                                && separator != "\n"
                                && separator != "•" =>
                        {
                            last.push_str(separator);
                            last.push_str(part);
                        }
                        _ => joined.push(part.to_owned()),
                    }
                }
                joined
            })
            .collect();
    }
    segments
}

fn label_of(segment: &str) -> Option<(Role, &str)> {
    let (label, value) = segment.split_once([':', '：'])?;
    if label.chars().count() > 30 {
        return None;
    }
    let role = find(LABELS, &fold(label))?;
    Some((role, value.trim()))
}

/// Reads `Length: 60`; `false` if it is no fact.
pub(crate) fn labelled(segment: &str, told: &mut Told) -> bool {
    let Some((role, value)) = label_of(segment) else {
        return false;
    };
    let bare = value.trim_end_matches(['.', ';', ',']);
    if bare.is_empty() {
        return false;
    }
    match role {
        Role::Type => match types::parse(bare) {
            Some(read) => told.type_ = Some(read),
            None => return false,
        },
        Role::Size => match size(bare) {
            Some(read) => told.size = Some(read),
            None => return false,
        },
        Role::Required => match flag(bare).or_else(|| flag(bare.split([' ', '(']).next()?)) {
            Some(read) => told.required = Some(read),
            None => match occurs(bare) {
                Some(read) => told.occurs = Some(read),
                None => return false,
            },
        },
        Role::Occurs => match occurs(bare) {
            Some(read) => told.occurs = Some(read),
            None => return false,
        },
        Role::Nillable => told.nillable = flag(bare),
        Role::Default => told.default = Some(bare.trim_matches(['"', '`', '\'']).to_owned()),
        Role::Example => told.example = Some(bare.to_owned()),
        Role::Path => {
            if bare.contains(' ') {
                return false;
            }
            // The first path is kept; a second is the same in another language.
            told.path.get_or_insert_with(|| bare.to_owned());
        }
        Role::Constraint => match types::parse(bare).filter(Type::is_known) {
            Some(read) if told.type_.is_none() && types::pattern(bare).is_none() => {
                told.type_ = Some(read);
            }
            _ => told.constraint = Some(bare.to_owned()),
        },
        Role::Location => told.location = Some(bare.to_owned()),
        Role::Other => {}
        _ => return false,
    }
    true
}

/// Words that a description begins with for no reason.
const ARTICLES: &[&str] = &[
    "The ",
    "A ",
    "An ",
    "This is the ",
    "This is ",
    "Contains the ",
    "Specifies the ",
    "Der ",
    "Die ",
    "Das ",
    "Le ",
    "La ",
    "L'",
    "El ",
    "O ",
];

/// A provider's description, reduced to the first of what it says: at most `LONGEST` words, without the
/// sentences after the first.
pub(crate) fn reduced(text: &str) -> String {
    const LONGEST: usize = 14;
    let text = text.replace(['\n', '\u{a0}'], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = text
        .match_indices(". ")
        .find(|(at, _)| {
            // Not after an abbreviation, nor between brackets.
            let before = &text[..*at];
            before.matches('(').count() <= before.matches(')').count()
                && before
                    .split(' ')
                    .next_back()
                    .is_some_and(|word| word.chars().count() > 3)
        })
        .map_or(text.len(), |(at, _)| at);
    let first = text[..end].trim_end_matches(['.', ';', ':', ',']);
    let mut first = ARTICLES
        .iter()
        .find_map(|article| first.strip_prefix(article))
        .unwrap_or(first)
        .to_owned();
    let words: Vec<&str> = first.split(' ').collect();
    if words.len() > LONGEST {
        first = format!(
            "{} …",
            words[..LONGEST]
                .join(" ")
                .trim_end_matches([',', ';', ':', '('])
        );
    } else if !first.is_empty() {
        first.push('.');
    }
    capitalised(&first)
}

/// A text with its first character in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |initial| {
        initial.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_what_stands_beside_them() {
        let read = in_name("orderReference (string, 0-1, size max 64)");
        assert_eq!(read.name, "orderReference");
        assert_eq!(read.told.occurs, Some(Occurs::OPTIONAL));
        assert_eq!(read.told.size.unwrap().max, Some(64));
        assert_eq!(in_name("++RmtInf").depth, 2);
        assert_eq!(in_name("| - id").name, "id");
        assert_eq!(in_name("| - id").depth, 1);
        assert_eq!(in_name("fax [O]").told.required, Some(Flag::No));
        assert_eq!(in_name("zip*").told.required, Some(Flag::Yes));
        assert_eq!(in_name("invoiceID required").told.required, Some(Flag::Yes));
        assert!(in_name("AMT (deprecated)").told.deprecated);
        let told = in_name("label (string, nullable)").told;
        assert_eq!(told.nillable, Some(Flag::Yes));
        assert_eq!(in_name("Order/ main/line1").name, "Order/ main/line1");
        assert_eq!(in_name("Card.Number.").name, "Card.Number");
        assert_eq!(in_name("houseNumber and flat").rest, "and flat");
    }

    #[test]
    fn descriptions_with_facts() {
        let (told, rest) = in_description("(Required) Total cost");
        assert_eq!(
            (told.required, rest.as_str()),
            (Some(Flag::Yes), "Total cost")
        );
        let (told, rest) = in_description("xs:string (Required) RFC 3066 language");
        assert_eq!(told.type_.unwrap().base, types::Base::Builtin("string"));
        assert_eq!(
            (told.required, rest.as_str()),
            (Some(Flag::Yes), "RFC 3066 language")
        );
        let (told, rest) = in_description("Optional. A caption");
        assert_eq!(
            (told.required, rest.as_str()),
            (Some(Flag::No), "A caption")
        );
        let (told, rest) =
            in_description("Your number; Field Type: Alphanumeric; Length: 60; Sample Data: 5014");
        assert_eq!(told.size.unwrap().max, Some(60));
        assert_eq!(told.example.as_deref(), Some("5014"));
        assert_eq!(rest, "Your number");
    }

    #[test]
    fn sentences_are_reduced() {
        assert_eq!(
            reduced("The name of the shop. It is shown nowhere."),
            "Name of the shop."
        );
        assert_eq!(
            reduced(
                "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen."
            ),
            "One two three four five six seven eight nine ten eleven twelve thirteen fourteen …"
        );
        assert_eq!(reduced("Civic reg. no. of them"), "Civic reg. no. of them.");
        assert_eq!(
            reduced("Nazwa (maks. 50 znaków). Nigdzie."),
            "Nazwa (maks. 50 znaków)."
        );
    }
}
