//! The notation of types in cells.

use std::collections::BTreeMap;

use super::document::Located;
use crate::contract::Builtin;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;

/// What a page and the pages that it includes declare.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub records: BTreeMap<String, Span>,
    pub enumerations: BTreeMap<String, (Builtin, Span)>,
}

/// A type as a cell says it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Notation {
    pub kind: Kind,
    /// Whether it is a list of that kind: `T[]`.
    pub list: bool,
}

/// A type without its brackets.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Builtin(Builtin),
    /// The rows below say what is in it.
    Object,
    Record(String),
    Enumeration(String),
}

/// Words for built-in types, in lower case.
const BUILTINS: &[(&str, Builtin)] = &[
    ("string", Builtin::String),
    ("int", Builtin::Int),
    ("integer", Builtin::Integer),
    ("short", Builtin::Short),
    ("long", Builtin::Long),
    ("byte", Builtin::Byte),
    ("decimal", Builtin::Decimal),
    ("double", Builtin::Double),
    ("float", Builtin::Float),
    ("boolean", Builtin::Boolean),
    ("bool", Builtin::Boolean),
    ("date", Builtin::Date),
    ("datetime", Builtin::DateTime),
    ("time", Builtin::Time),
    ("duration", Builtin::Duration),
    ("base64", Builtin::Base64Binary),
    ("base64binary", Builtin::Base64Binary),
    ("anyuri", Builtin::AnyUri),
    ("uri", Builtin::AnyUri),
    ("guid", Builtin::String),
    ("uuid", Builtin::String),
];

/// Words for records whose fields are the rows below, in lower case.
const OBJECTS: &[&str] = &["object", "container", "kontener"];

impl Names {
    /// Reads a type.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn notation(&self, cell: &Located<String>) -> Result<Notation, Box<Diagnostic>> {
        let text = cell.value.trim();
        if text == "?" {
            return Err(Box::new(
                Diagnostic::error(
                    Code::UnknownFact,
                    cell.span,
                    "nobody knows this type, and no code can be made without it",
                )
                .help("find out, or decide: write `string` and a footnote `[^id]: inferred: …`"),
            ));
        }
        let (name, list) = match text.strip_suffix("[]") {
            Some(name) => (name.trim_end(), true),
            None => (text, false),
        };
        match self.kind(name) {
            Some(kind) => Ok(Notation { kind, list }),
            None => Err(Box::new(self.unknown(text, name, cell.span))),
        }
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        if self.records.contains_key(name) {
            return Some(Kind::Record(name.to_owned()));
        }
        if self.enumerations.contains_key(name) {
            return Some(Kind::Enumeration(name.to_owned()));
        }
        if let Some(local) = name.strip_prefix("xs:") {
            return Builtin::from_name(local).map(Kind::Builtin);
        }
        let lower = name.to_lowercase();
        if OBJECTS.contains(&lower.as_str()) {
            return Some(Kind::Object);
        }
        builtin(&lower).map(Kind::Builtin)
    }

    /// Declared types and words for built-in ones.
    fn known(&self) -> impl Iterator<Item = &str> {
        let declared = self.records.keys().chain(self.enumerations.keys());
        declared
            .map(String::as_str)
            .chain(BUILTINS.iter().map(|(name, _)| *name))
            .chain(OBJECTS.iter().copied())
    }

    fn unknown(&self, text: &str, name: &str, span: Span) -> Diagnostic {
        if text.is_empty() {
            return Diagnostic::error(Code::UnknownType, span, "this field has no type")
                .help("write one: `string`, `int`, `decimal`, `object`, a declared type …");
        }
        let message = format!("no type is called `{name}`");
        let diagnostic = Diagnostic::error(Code::UnknownType, span, message);
        if let Some(item) = foreign_list(text) {
            return diagnostic.help(format!("a list of `{item}` is written `{item}[]`"));
        }
        if let Some((name, size)) = sized(text) {
            return diagnostic.help(format!("write `{name}`, and `{size}` in the column `Max`"));
        }
        if text.contains(" or ") {
            return diagnostic.help(
                "alternatives are fields of their own, with a rule: \"exactly one of `A`, `B`\"",
            );
        }
        match nearest(name, self.known()) {
            Some(known) => diagnostic.help(format!("did you mean `{known}`?")),
            None => diagnostic.help(format!(
                "declare it under a heading ``## Type `{name}` ``, or use a built-in type"
            )),
        }
    }
}

/// The built-in type for a word in lower case.
pub(super) fn builtin(lower: &str) -> Option<Builtin> {
    BUILTINS
        .iter()
        .find(|(name, _)| *name == lower)
        .map(|(_, builtin)| *builtin)
}

/// The item type of a list in another notation: `List<T>`, `[T]`, `array of T`.
fn foreign_list(text: &str) -> Option<&str> {
    let bracketed = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let generic = ["List<", "Array<", "list<", "array<"]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix)?.strip_suffix('>'));
    let phrase = text.split_once(" of ").and_then(|(list, item)| {
        ["array", "list", "collection"]
            .contains(&list.to_lowercase().as_str())
            .then_some(item)
    });
    bracketed.or(generic).or(phrase).map(str::trim)
}

/// `string(50)` and `String (50)`, apart.
fn sized(text: &str) -> Option<(String, &str)> {
    let (name, size) = text.strip_suffix(')')?.split_once('(')?;
    let name = name.trim().to_lowercase();
    builtin(&name)?;
    Some((name, size.trim()))
}

/// Whether values of this type are text, so that a plain `Max` counts characters.
pub(super) fn is_text(builtin: Builtin) -> bool {
    let mut at = builtin;
    loop {
        match at {
            Builtin::String | Builtin::AnyUri => return true,
            _ if at.base() == at => return false,
            _ => at = at.base(),
        }
    }
}

/// Whether values of this type are decimal numbers with a fraction.
pub(super) fn is_decimal(builtin: Builtin) -> bool {
    builtin == Builtin::Decimal
}

/// Whether `value` is a lexical form of the type, as far as defaults and enumerations need it.
pub(super) fn is_value(builtin: Builtin, value: &str) -> bool {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut at = builtin;
    loop {
        match at {
            Builtin::Boolean => return ["true", "false", "0", "1"].contains(&value),
            Builtin::Integer => return !digits.is_empty() && is_digits(digits),
            Builtin::Decimal => {
                let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
                return !(whole.is_empty() && fraction.is_empty())
                    && is_digits(whole)
                    && is_digits(fraction);
            }
            Builtin::Double | Builtin::Float => {
                return ["INF", "-INF", "NaN"].contains(&value) || value.parse::<f64>().is_ok();
            }
            _ if at.base() == at => return true,
            _ => at = at.base(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Notation, (String, String)> {
        let mut names = Names::default();
        names.records.insert("Account".to_owned(), Span::NONE);
        names
            .enumerations
            .insert("Status".to_owned(), (Builtin::String, Span::NONE));
        names
            .notation(&Located::new(text.to_owned(), Span::NONE))
            .map_err(|diagnostic| (diagnostic.message, diagnostic.help.unwrap_or_default()))
    }

    #[test]
    fn types_are_declared_or_built_in_or_lists_of_those() {
        let of = |kind, list| Ok(Notation { kind, list });
        assert_eq!(read("Account[]"), of(Kind::Record("Account".into()), true));
        assert_eq!(
            read("Status"),
            of(Kind::Enumeration("Status".into()), false)
        );
        assert_eq!(
            read("DateTime"),
            of(Kind::Builtin(Builtin::DateTime), false)
        );
        assert_eq!(read("xs:gYear"), of(Kind::Builtin(Builtin::GYear), false));
        assert_eq!(read("Kontener"), of(Kind::Object, false));
        assert_eq!(read("object[]"), of(Kind::Object, true));
        assert_eq!(read("guid"), of(Kind::Builtin(Builtin::String), false));
    }

    #[test]
    fn foreign_notations_are_translated_in_the_help() {
        let help = |text| read(text).map_err(|(_, help)| help);
        assert_eq!(
            help("List<Account>"),
            Err("a list of `Account` is written `Account[]`".to_owned())
        );
        assert_eq!(
            help("[Account]"),
            Err("a list of `Account` is written `Account[]`".to_owned())
        );
        assert_eq!(
            help("array of object"),
            Err("a list of `object` is written `object[]`".to_owned())
        );
        assert_eq!(
            help("String (50)"),
            Err("write `string`, and `50` in the column `Max`".to_owned())
        );
        assert_eq!(help("strng"), Err("did you mean `string`?".to_owned()));
    }

    #[test]
    fn lexical_forms_are_told_from_others() {
        assert!(is_value(Builtin::Int, "-12"));
        assert!(!is_value(Builtin::Int, "1.5"));
        assert!(!is_value(Builtin::Short, ""));
        assert!(is_value(Builtin::Decimal, "1.50"));
        assert!(!is_value(Builtin::Decimal, "."));
        assert!(is_value(Builtin::Boolean, "true"));
        assert!(!is_value(Builtin::Boolean, "yes"));
        assert!(is_value(Builtin::String, "anything"));
    }
}
