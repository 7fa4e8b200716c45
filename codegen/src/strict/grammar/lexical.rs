//! The lexical forms of attributes of schema documents.

use crate::frontend::xml::is_ncname;

/// What an attribute of a schema document may say (the types of the schema for schemas).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexical {
    /// Anything.
    Any,
    /// `xs:NCName`.
    NcName,
    /// `xs:ID`, unique in the document.
    Id,
    /// `xs:QName`.
    QName,
    /// A list of `xs:QName`.
    QNames,
    /// `xs:boolean`.
    Boolean,
    /// `xs:nonNegativeInteger`.
    NonNegativeInteger,
    /// `xs:positiveInteger`.
    PositiveInteger,
    /// `xs:nonNegativeInteger` or `unbounded`.
    AllNni,
    /// `xs:anyURI`.
    AnyUri,
    /// `xs:anyURI` that is not empty.
    TargetNamespace,
    /// A namespace constraint.
    NamespaceList,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `#all`, or a list of these words.
    Set(&'static [&'static str]),
    /// `xs:language`.
    Language,
}

impl Lexical {
    /// What is expected; `None` if the value, blanks collapsed, is of the type.
    pub(super) fn wrong(self, value: &str) -> Option<String> {
        let right = match self {
            Self::Any => true,
            Self::NcName | Self::Id => is_ncname(value),
            Self::QName => is_qname(value),
            Self::QNames => words(value).all(is_qname),
            Self::Boolean => ["true", "false", "1", "0"].contains(&value),
            Self::NonNegativeInteger => is_non_negative(value),
            Self::PositiveInteger => {
                is_non_negative(value) && value.contains(|c: char| ('1'..='9').contains(&c))
            }
            Self::AllNni => value == "unbounded" || is_non_negative(value),
            Self::AnyUri => is_uri(value),
            Self::TargetNamespace => !value.is_empty() && is_uri(value),
            Self::NamespaceList => is_namespace_list(value),
            Self::OneOf(allowed) => allowed.contains(&value),
            Self::Set(allowed) => {
                value == "#all" || words(value).all(|word| allowed.contains(&word))
            }
            Self::Language => is_language(value),
        };
        (!right).then(|| self.expected())
    }

    fn expected(self) -> String {
        let text = match self {
            Self::Any => "anything",
            Self::NcName => "a name without a colon",
            Self::Id => "a name without a colon, once in a document",
            Self::QName => "`name` or `prefix:name`",
            Self::QNames => "a list of `name` or `prefix:name`",
            Self::Boolean => "`true` or `false`",
            Self::NonNegativeInteger => "a number from 0 on",
            Self::PositiveInteger => "a number from 1 on",
            Self::AllNni => "a number from 0 on, or `unbounded`",
            Self::AnyUri => "a URI",
            Self::TargetNamespace => "a URI that is not empty",
            Self::NamespaceList => {
                "`##any`, `##other`, or a list of URIs, `##targetNamespace` and `##local`"
            }
            Self::OneOf(allowed) => return format!("one of `{}`", allowed.join("`, `")),
            Self::Set(allowed) => {
                return format!("`#all`, or a list of `{}`", allowed.join("`, `"));
            }
            Self::Language => "a language tag",
        };
        text.to_owned()
    }
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    value
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty())
}

/// Whether a text is an `xs:QName`.
pub(in crate::strict) fn is_qname(value: &str) -> bool {
    match value.split_once(':') {
        Some((prefix, local)) => is_ncname(prefix) && is_ncname(local),
        None => is_ncname(value),
    }
}

fn is_non_negative(value: &str) -> bool {
    let zero = value.strip_prefix('-');
    let digits = zero.or(value.strip_prefix('+')).unwrap_or(value);
    let allowed = |c: char| c.is_ascii_digit() && (zero.is_none() || c == '0');
    !digits.is_empty() && digits.chars().all(allowed)
}

/// What RFC 2396 has no place for, once other characters are escaped: a `%` without two digits, two
/// fragments. All else is a URI somewhere.
fn is_uri(value: &str) -> bool {
    let escapes = value.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes();
        digits.len() >= 2 && digits[..2].iter().all(u8::is_ascii_hexdigit)
    });
    escapes && value.matches('#').count() <= 1
}

fn is_namespace_list(value: &str) -> bool {
    ["##any", "##other"].contains(&value)
        || words(value).all(|word| {
            ["##targetNamespace", "##local"].contains(&word)
                || !word.starts_with("##") && is_uri(word)
        })
}

fn is_language(value: &str) -> bool {
    value.split('-').enumerate().all(|(number, part)| {
        let letters = |c: char| c.is_ascii_alphabetic() || number > 0 && c.is_ascii_digit();
        (1..=8).contains(&part.len()) && part.chars().all(letters)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_each_form() {
        let cases: &[(Lexical, &[&str], &[&str])] = &[
            (Lexical::NcName, &["a.b", "_"], &["", "a:b", "1"]),
            (Lexical::QName, &["a", "a:b"], &[":a", "a:", "a:b:c", ""]),
            (Lexical::Boolean, &["1", "false"], &["", "TRUE", "yes"]),
            (
                Lexical::NonNegativeInteger,
                &["0", "+1", "-0", "007"],
                &["-1", "", "1.0", "+"],
            ),
            (Lexical::PositiveInteger, &["10"], &["0", "00", "-1"]),
            (Lexical::AllNni, &["unbounded", "3"], &["Unbounded", "-3"]),
            (Lexical::AnyUri, &["", "a b", "%20"], &["%2", "a#b#c"]),
            (Lexical::TargetNamespace, &["urn:a"], &[""]),
            (
                Lexical::NamespaceList,
                &["##any", "##local urn:a", ""],
                &["##any ##other", "##Any", "##all"],
            ),
            (
                Lexical::Set(&["list"]),
                &["#all", "", "list list"],
                &["#all list", "union"],
            ),
            (
                Lexical::Language,
                &["en-US", "x-1"],
                &["", "1e", "abcdefghi"],
            ),
        ];
        for (lexical, good, bad) in cases {
            for value in *good {
                assert_eq!(lexical.wrong(value), None, "{lexical:?} {value}");
            }
            for value in *bad {
                assert!(lexical.wrong(value).is_some(), "{lexical:?} {value}");
            }
        }
    }
}
