//! Types in every notation that was seen.

use super::super::dictionary::{LISTS, LISTS_OF, NUMBERS, TYPES, find, fold};
use super::occurs::flag;
use super::size::{Size, size};

/// What the values are, or the items of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// A word of the descriptor for a built-in type.
    Builtin(&'static str),
    Object,
    /// A type that the page names.
    Named(String),
    /// The page does not say.
    Unknown,
}

/// A type as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Type {
    pub base: Base,
    /// 1 for a list, 2 for a list of lists.
    pub lists: usize,
    pub size: Option<Size>,
    /// Whether the values may be null.
    pub nillable: bool,
    /// The values, where the type lists them.
    pub values: Vec<String>,
    /// Why this is a guess, if it is one.
    pub guess: Option<String>,
}

impl Type {
    pub(crate) fn of(base: Base) -> Self {
        Self {
            base,
            lists: 0,
            size: None,
            nillable: false,
            values: Vec::new(),
            guess: None,
        }
    }

    /// Whether it was made of words that the dictionary has.
    pub(crate) fn is_known(&self) -> bool {
        !matches!(self.base, Base::Named(_)) || self.lists > 0
    }
}

/// Reads `string`, `T[]`, `[T]`, `List<T>`, `array of T`, `string (60)`, `String <=90`, `xs:int`,
/// `Max35Text`, `12 N`; `None` if it cannot be a type.
pub(crate) fn parse(text: &str) -> Option<Type> {
    if is_prose(text) {
        return None;
    }
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    if let Some(listed) = listed(&text) {
        return Some(listed);
    }
    let text = text.trim_matches(|c| c == ' ' || MARKS.contains(&c));
    let unbalanced = [('(', ')'), ('[', ']')]
        .iter()
        .any(|(open, close)| text.matches(*open).count() != text.matches(*close).count());
    if text.is_empty() || text.chars().count() > LONGEST || unbalanced {
        return None;
    }
    if let Some(builtin) = pattern(text) {
        return Some(Type::of(Base::Builtin(builtin)));
    }
    let folded = fold(text);
    for separator in [" or ", " lub ", " oder ", " ou ", " / ", "|"] {
        if folded.contains(separator) && !LISTS_OF.iter().any(|word| folded.starts_with(word)) {
            // Folding makes blanks of what is none: `One_or_Many` is a name.
            let parts = alternatives(text, separator);
            if parts.len() > 1 {
                return union(text, &parts);
            }
        }
    }
    if let Some(inner) = list_item(text, &folded) {
        let mut inner = match inner.trim() {
            "" => Type::of(Base::Unknown),
            // `array of objects`
            inner => match fold(inner).strip_suffix('s').and_then(word) {
                Some(many) => many,
                None => parse(inner)?,
            },
        };
        inner.lists += 1;
        return Some(inner);
    }
    if let Some(whole) = word(&folded) {
        return Some(whole);
    }
    if let Some(iso) = iso(text) {
        return Some(iso);
    }
    sized(text)
        .or_else(|| enumerated(text))
        .or_else(|| named(text))
}

/// The longest type that lists no values, in characters.
const LONGEST: usize = 80;

/// Around types, and not of them.
const MARKS: [char; 6] = ['`', '.', ',', ';', ':', '"'];

/// Whether a text is too long for a type, and lists no values: told by its ends and so many characters, for
/// lines are cut at every place for a type.
fn is_prose(text: &str) -> bool {
    let text = text.trim();
    let is_list = text.ends_with([')', ']', '}', '>']) || text.starts_with(['"', '\'', '`']);
    let bare = text.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    let mut letters = bare.chars().filter(|c| !c.is_whitespace());
    !is_list && letters.nth(LONGEST).is_some()
}

/// What the code of a character set, alone in a column of types, stands for.
pub(crate) fn charset(text: &str) -> Option<Type> {
    let guess = match text.trim() {
        "N" | "NUM" | "n" => Some("`N` is digits; taken for text, since zeros may lead"),
        "C" | "A" | "X" | "AN" | "ANS" | "ANP" | "a" | "c" => None,
        "D" => {
            return Some(Type {
                guess: Some("`D` is a date".to_owned()),
                ..Type::of(Base::Builtin("date"))
            });
        }
        _ => return None,
    };
    Some(Type {
        guess: guess.map(str::to_owned),
        ..Type::of(Base::Builtin("string"))
    })
}

/// A type and one of OpenAPI's formats for it.
fn formatted(base: &str, format: &str) -> Option<Type> {
    let of = |builtin| Some(Type::of(Base::Builtin(builtin)));
    let format = fold(format.trim_start_matches('$'));
    match (base, format.as_str()) {
        ("integer" | "int" | "number", "int32") => of("int"),
        ("integer" | "int" | "number", "int64") => of("long"),
        ("number", "float") => of("float"),
        ("number", "double") => of("double"),
        ("string" | "text", "uuid" | "guid") => of("guid"),
        ("string" | "text", "date") => of("date"),
        ("string" | "text", "date-time" | "datetime") => of("datetime"),
        ("string" | "text", "time") => of("time"),
        ("string" | "text", "uri" | "url") => of("anyURI"),
        ("string" | "text", "byte" | "base64") => of("base64"),
        ("string" | "text", "email" | "password" | "hostname" | "ipv4" | "ipv6" | "phone") => {
            of("string")
        }
        _ => None,
    }
}

/// `enum`, `Gender (enum)`, `enum Gender`: text, of which only some is allowed.
pub(crate) fn enumerated(text: &str) -> Option<Type> {
    const WORDS: &[&str] = &[
        "enum",
        "enumeration",
        "enumerated",
        "enumerado",
        "wyliczenie",
    ];
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split([' ', '(', ')'])
        .filter(|word| !word.is_empty())
        .collect();
    let says = words.len() <= 2 && words.iter().any(|word| WORDS.contains(word));
    says.then(|| Type::of(Base::Builtin("string")))
}

/// A word of the dictionary.
fn word(folded: &str) -> Option<Type> {
    if let Some(builtin) = find(TYPES, folded) {
        return Some(Type::of(match builtin {
            "object" => Base::Object,
            builtin => Base::Builtin(builtin),
        }));
    }
    if NUMBERS.contains(&folded) {
        return Some(Type {
            guess: Some(format!(
                "`{folded}` does not say which numbers; decimal takes them all"
            )),
            ..Type::of(Base::Builtin("decimal"))
        });
    }
    if LISTS.contains(&folded) {
        return Some(Type {
            lists: 1,
            ..Type::of(Base::Unknown)
        });
    }
    None
}

/// Types with words in brackets, or that list their values: `string <date-time>`, `Number (Double)`,
/// `string (enum: a, b)`, `enum('A','B')`, `"asc" | "desc"`.
fn listed(text: &str) -> Option<Type> {
    let of = |base: Type, values: Vec<String>| {
        let short = values.iter().all(|value| {
            (1..=60).contains(&value.chars().count()) && value.split(' ').count() <= 3
        });
        (short && !values.is_empty()).then_some(Type { values, ..base })
    };
    let bare = |value: &str| {
        value
            .trim()
            .trim_matches(['"', '\'', '`', '“', '”'])
            .to_owned()
    };
    let quoted = |value: &str| {
        let value = value.trim();
        value.chars().count() > 2
            && ['"', '\'', '`']
                .iter()
                .any(|mark| value.starts_with(*mark) && value.ends_with(*mark))
    };
    let string = || Type::of(Base::Builtin("string"));
    let alternatives: Vec<&str> = text.split('|').collect();
    if alternatives.len() > 1 && alternatives.iter().all(|value| quoted(value)) {
        return of(string(), alternatives.into_iter().map(bare).collect());
    }
    let (before, inner) = text
        .strip_suffix([')', ']', '}', '>'])?
        .split_once(['(', '[', '{', '<'])?;
    let before = fold(before);
    if let (Some(builtin), Some(_)) = (pattern(inner), word(&before)) {
        return Some(Type::of(Base::Builtin(builtin)));
    }
    let (announced, values) = match inner.split_once(':') {
        Some((word, values)) => (fold(word), values),
        None => (String::new(), inner),
    };
    // `integer (int64)`, `string (format: email)`, `Number (Double)`.
    if announced.is_empty() || announced == "format" {
        let formatted = formatted(&before, values);
        if formatted.is_some() {
            return formatted;
        }
    }
    if announced == "format" {
        return word(&before);
    }
    if announced.is_empty() && word(&before).is_some_and(|before| before.lists == 0) {
        return word(&fold(inner)).filter(|inner| inner.guess.is_none() && inner.lists == 0);
    }
    let words = ["enum", "enumeration", "one of", "values", "allowed values"];
    let base = match before.strip_prefix("enum").map(str::trim) {
        Some("") if announced.is_empty() => string(),
        _ if words.contains(&announced.as_str()) => word(&before).filter(|read| read.lists == 0)?,
        _ => return None,
    };
    of(base, values.split([',', ';', '|']).map(bare).collect())
}

/// What a pattern of a date or time, alone in place of a type, stands for: `yyyy-MM-dd`.
pub(crate) fn pattern(text: &str) -> Option<&'static str> {
    let mut day = 0;
    let mut time = 0;
    let mut run: Option<(char, usize)> = None;
    let mut count = |run: Option<(char, usize)>| -> bool {
        match run {
            None => true,
            Some(('y' | 'j' | 'a' | 'å' | 'r' | 'd' | 't' | 'g', 2..=4)) => {
                day += 1;
                true
            }
            Some(('m', 2..=3)) => {
                day += 1;
                time += 1;
                true
            }
            Some(('h' | 's' | 'i' | 'n', 2) | ('f', 1..=7)) => {
                time += 1;
                true
            }
            Some(('t' | 'z', 1)) => true,
            Some(_) => false,
        }
    };
    let text = text.trim();
    let apart = text.contains(['-', '/', '.', ':']) || text.len() == 8 && text.is_ascii();
    if !apart {
        return None;
    }
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_alphabetic() {
            match &mut run {
                Some((last, length)) if *last == character => *length += 1,
                _ => {
                    if !count(run.take()) {
                        return None;
                    }
                    run = Some((character, 1));
                }
            }
        } else if "-/.: +'".contains(character) {
            if !count(run.take()) {
                return None;
            }
        } else {
            return None;
        }
    }
    if !count(run) {
        return None;
    }
    match (day, time) {
        (3, 0..=1) => Some("date"),
        (3.., 3..) => Some("datetime"),
        (0..=1, 2..=3) => Some("time"),
        _ => None,
    }
}

/// What stands inside the notation of a list.
fn list_item<'a>(text: &'a str, folded: &str) -> Option<&'a str> {
    if let Some(item) = text.strip_suffix("[]").or_else(|| text.strip_suffix("[ ]")) {
        return Some(item);
    }
    if let Some(item) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        && item.trim().chars().next().is_some_and(char::is_alphabetic)
    {
        return Some(item);
    }
    if let Some((outer, rest)) = text.split_once(['<', '['])
        && let Some(item) = rest.trim_end().strip_suffix(['>', ']'])
    {
        let outer = fold(outer);
        let lists = ["ienumerable", "icollection", "ilist", "hashset", "iterable"];
        if LISTS.contains(&outer.as_str()) || lists.contains(&outer.as_str()) {
            return Some(item);
        }
    }
    let prefix = LISTS_OF.iter().find(|prefix| {
        folded
            .strip_prefix(**prefix)
            .is_some_and(|rest| rest.starts_with(' '))
    })?;
    // As many words of the text as the prefix has.
    let mut rest = text;
    for _ in 0..prefix.split(' ').count() {
        rest = rest.trim_start();
        rest = rest.split_once(char::is_whitespace)?.1;
    }
    Some(rest)
}

/// What stands between the separators.
fn alternatives<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    if matches!(separator.trim(), "/" | "|") {
        return text.split(['/', '|']).collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    let lower = text.to_ascii_lowercase();
    while let Some(at) = lower[start..].find(separator) {
        parts.push(&text[start..start + at]);
        start += at + separator.len();
    }
    parts.push(&text[start..]);
    parts
}

/// `A or B`: the importer cannot say which.
fn union(text: &str, parts: &[&str]) -> Option<Type> {
    let is_null = |part: &&&str| ["null", "nil"].contains(&fold(part).as_str());
    let nillable = parts.iter().any(|part| is_null(&part));
    let types: Vec<Type> = { parts.iter() }
        .filter(|part| !is_null(part))
        .map(|part| parse(part))
        .collect::<Option<_>>()?;
    let first = Type {
        nillable,
        ..types.first()?.clone()
    };
    let types: Vec<Type> = { types.into_iter() }
        .map(|read| Type { nillable, ..read })
        .collect();
    if types.iter().all(|other| *other == first) {
        return Some(first);
    }
    Some(Type {
        guess: Some(format!("one of several types: {}", text.trim())),
        ..Type::of(Base::Unknown)
    })
}

/// The data types of ISO 20022.
fn iso(text: &str) -> Option<Type> {
    let builtin = match text {
        "ISODate" => "date",
        "ISODateTime" => "datetime",
        "ISOTime" => "time",
        "DecimalNumber" | "PercentageRate" | "BaseOneRate" => "decimal",
        "YesNoIndicator" | "TrueFalseIndicator" => "boolean",
        _ => {
            let rest = text
                .strip_prefix("Max")
                .or_else(|| text.strip_prefix("Exact"))?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            if !["Text", "NumericText", "AlphaNumericText"].contains(&&rest[digits.len()..]) {
                return None;
            }
            let count = digits.parse().ok()?;
            return Some(Type {
                size: Some(Size {
                    min: text.starts_with("Exact").then_some(count),
                    max: Some(count),
                    ..Size::default()
                }),
                ..Type::of(Base::Builtin("string"))
            });
        }
    };
    Some(Type::of(Base::Builtin(builtin)))
}

/// A type and a size in one: `string(60)`, `String <=90`, `varchar(20)`, `12 N`.
fn sized(text: &str) -> Option<Type> {
    let charset = |read: &Size| {
        read.charset.map(|charset| {
            if charset == "N" && read.fraction.is_some() {
                return Type {
                    size: Some(read.clone()),
                    ..Type::of(Base::Builtin("decimal"))
                };
            }
            let guess = (charset == "N")
                .then(|| "digits, with leading zeros for all that is known".to_owned());
            Type {
                size: Some(read.clone()),
                guess,
                ..Type::of(Base::Builtin("string"))
            }
        })
    };
    if let Some(read) = size(text)
        && read.max.is_some()
    {
        return charset(&read);
    }
    // The first place where a type word ends and a size begins.
    let places = text
        .char_indices()
        .filter(|&(at, c)| at > 0 && ("([<≤ ,:".contains(c) || c.is_ascii_digit()))
        .map(|(at, _)| at);
    for at in places {
        let Some(kind) = word(&fold(&text[..at])) else {
            continue;
        };
        let rest = text[at..].trim_start_matches([' ', ',', ':']);
        let rest = match rest.strip_prefix('(') {
            Some(inner) => inner.strip_suffix(')')?,
            None => rest,
        };
        if let Some(read) = size(rest) {
            let read = Some(read).filter(|read| *read != Size::default());
            return Some(Type { size: read, ..kind });
        }
    }
    None
}

/// A type that the page has a table for, or should have.
fn named(text: &str) -> Option<Type> {
    // Marks of presence and of nothing are capitalized, too.
    if flag(text).is_some() || ["none", "n/a", "null", "void"].contains(&fold(text).as_str()) {
        return None;
    }
    let name = text.rsplit(':').next().unwrap_or(text).trim();
    let mut characters = name.chars();
    let first = characters.next()?;
    let fits = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    let plausible = (first.is_uppercase() || text.contains(':')) && !name.ends_with(['.', '-']);
    (plausible && first.is_alphabetic() && characters.all(fits))
        .then(|| Type::of(Base::Named(name.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let Some(read) = parse(text) else {
            return "none".to_owned();
        };
        let base = match read.base {
            Base::Builtin(name) => name.to_owned(),
            Base::Object => "object".to_owned(),
            Base::Named(name) => format!("named {name}"),
            Base::Unknown => "?".to_owned(),
        };
        let size = read
            .size
            .and_then(|size| size.max)
            .map_or(String::new(), |max| format!(" {max}"));
        let guess = if read.guess.is_some() { " guess" } else { "" };
        format!("{base}{}{size}{guess}", "[]".repeat(read.lists))
    }

    #[test]
    fn values_and_null_in_types() {
        let values = |text| parse(text).map_or_else(Vec::new, |read| read.values);
        assert_eq!(values("string (enum: `draft`, `sent`)"), ["draft", "sent"]);
        assert_eq!(values("enum('EUR','USD')"), ["EUR", "USD"]);
        assert_eq!(values("\"asc\" | \"desc\""), ["asc", "desc"]);
        assert_eq!(values("string (50)"), [""; 0]);
        assert!(parse("string | null").is_some_and(|read| read.nillable));
        assert!(parse("string").is_some_and(|read| !read.nillable));
    }

    #[test]
    fn types_in_the_notations_of_pages() {
        for (text, expected) in [
            ("string", "string"),
            ("Texto", "string"),
            ("Kontener", "object"),
            ("List", "?[]"),
            ("List< Message >", "named Message[]"),
            ("List<long>", "long[]"),
            ("Accounts[]", "named Accounts[]"),
            ("[PaymentInfo]", "named PaymentInfo[]"),
            ("array of object", "object[]"),
            ("Array of Array of Button", "named Button[][]"),
            ("Collection of Line", "named Line[]"),
            ("string (19)", "string 19"),
            ("string(60)", "string 60"),
            ("String (50)", "string 50"),
            ("String <=90", "string 90"),
            ("String 8<11", "string 11"),
            ("varchar(20)", "string 20"),
            ("12 N", "string 12 guess"),
            ("250 ANS", "string 250"),
            ("Max35Text", "string 35"),
            ("ISODate", "date"),
            ("xs:string", "string"),
            ("common:DetailLevelCode", "named DetailLevelCode"),
            ("Integer or String", "? guess"),
            ("Integer or\nString", "? guess"),
            ("name, oder\nFirma", "none"),
            ("One_or_Many", "named One_or_Many"),
            ("Number", "decimal guess"),
            ("globally unique identifier", "guid"),
            ("字符串", "string"),
            ("integer (int64)", "long"),
            ("string <date-time>", "datetime"),
            ("string($uuid)", "guid"),
            ("string (format: date-time)", "datetime"),
            ("Enum", "string"),
            ("Gender (enum)", "string"),
            ("List<Gender>", "named Gender[]"),
            ("string | null", "string"),
            ("string (enum: `draft`, `sent`)", "string"),
            ("enum('EUR','USD')", "string"),
            ("\"asc\" | \"desc\"", "string"),
            ("array[object]", "object[]"),
            ("Array[LineForm]", "named LineForm[]"),
            ("yyyy-MM-dd", "date"),
            ("dd/MM/aaaa", "date"),
            ("jjjj-mm-ddThh:nn:ss", "datetime"),
            ("HH:mm:ss", "time"),
            ("n8", "string 8 guess"),
            ("N(10,2)", "decimal 10"),
            ("ans..50", "string 50"),
            ("Number (Double)", "double"),
            ("Date (YYYY-MM-DDTHH:MM:SS)", "datetime"),
            ("string (format: email)", "string"),
            ("data", "date"),
            ("int", "int"),
            ("yyyyMMdd", "date"),
            ("None", "none"),
            ("array of objects", "object[]"),
            ("The username used", "none"),
            ("the", "none"),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }
}
