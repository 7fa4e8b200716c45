//! Small notations of cells: occurrence, yes and no, absence, location.

use super::document::Located;
use crate::contract::{Absence, Occurs};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;

/// Where a field travels, with SOAP headers told from HTTP's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    SoapHeader,
    Path,
    Query,
    HttpHeader,
}

type Read<T> = Result<T, Box<Diagnostic>>;

const YES: &[&str] = &[
    "yes",
    "true",
    "y",
    "x",
    "t",
    "tak",
    "m",
    "required",
    "mandatory",
];
const NO: &[&str] = &["no", "false", "n", "-", "nie", "o", "optional"];

/// Reads `1`, `0..1`, `0-1`, `1..n`, `n`.
///
/// # Errors
///
/// If it is none of those.
pub(super) fn occurs(cell: &Located<String>) -> Read<Occurs> {
    let text = cell.value.trim();
    if text == "?" {
        return Err(unknown(cell, "how often this occurs", "`0..1`"));
    }
    let text = text
        .strip_prefix(['[', '('])
        .and_then(|text| text.strip_suffix([']', ')']))
        .unwrap_or(text);
    let bounds = ["..", "-", "…"]
        .iter()
        .find_map(|separator| text.split_once(separator));
    let occurs = match bounds {
        Some((min, max)) => bound(min.trim()).flatten().zip(bound(max.trim())),
        None => match bound(text) {
            // A minimum alone is what most pages give; the maximum is then one.
            Some(Some(0)) => Some((0, Some(1))),
            Some(Some(count)) => Some((count, Some(count))),
            Some(None) => Some((0, None)),
            None => None,
        },
    };
    let Some((min, max)) = occurs else {
        let written = match text {
            "" => "nothing says how often this occurs".to_owned(),
            _ => format!("`{text}` is no occurrence"),
        };
        return Err(Box::new(
            Diagnostic::error(Code::InvalidCell, cell.span, written)
                .help("write `1`, `0..1`, `0..n`, `1..n` or `2..5`"),
        ));
    };
    if max.is_some_and(|max| max < min || max == 0) {
        return Err(Box::new(
            Diagnostic::error(
                Code::ContradictoryOccurrence,
                cell.span,
                format!("`{text}` allows no number of occurrences"),
            )
            .help("the smaller number comes first: `0..1`"),
        ));
    }
    Ok(Occurs { min, max })
}

/// A number, or `Some(None)` for "unbounded".
fn bound(text: &str) -> Option<Option<u64>> {
    if ["n", "*", "∞", "unbounded"].contains(&text.to_lowercase().as_str()) {
        return Some(None);
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().map(Some)
}

/// Reads yes or no; `what` names it in the message.
///
/// # Errors
///
/// If it is neither.
pub(super) fn flag(cell: &Located<String>, what: &str) -> Read<bool> {
    let text = cell.value.trim().to_lowercase();
    if text == "?" {
        return Err(unknown(cell, what, "`no`"));
    }
    if YES.contains(&text.as_str()) {
        Ok(true)
    } else if NO.contains(&text.as_str()) {
        Ok(false)
    } else {
        let message = match text.as_str() {
            "" => format!("nothing says {what}"),
            _ => format!("`{}` is neither yes nor no", cell.value),
        };
        Err(Box::new(
            Diagnostic::error(Code::InvalidCell, cell.span, message).help("write `yes` or `no`"),
        ))
    }
}

/// Reads `nil`, `omit`, `empty` or nothing.
///
/// # Errors
///
/// If it is none of those.
pub(super) fn absence(cell: &Located<String>) -> Read<Absence> {
    match cell.value.trim().to_lowercase().as_str() {
        "" | "-" => Ok(Absence::Implied),
        "nil" | "null" => Ok(Absence::Nil),
        "omit" => Ok(Absence::Omit),
        "empty" => Ok(Absence::Empty),
        _ => Err(Box::new(
            Diagnostic::error(
                Code::InvalidCell,
                cell.span,
                format!("`{}` is nothing that can be sent for no value", cell.value),
            )
            .help("write `nil`, `omit`, `empty`, or nothing for what occurrence implies"),
        )),
    }
}

/// Reads `body`, `header`, `path`, `query`, `http-header` or nothing.
///
/// # Errors
///
/// If it is none of those.
pub(super) fn place(cell: &Located<String>) -> Read<Place> {
    const PLACES: &[(&str, Place)] = &[
        ("body", Place::Body),
        ("header", Place::SoapHeader),
        ("path", Place::Path),
        ("query", Place::Query),
        ("http-header", Place::HttpHeader),
    ];
    let text = cell.value.trim().to_lowercase();
    if text.is_empty() || text == "-" {
        return Ok(Place::Body);
    }
    if let Some((_, place)) = PLACES.iter().find(|(name, _)| *name == text) {
        return Ok(*place);
    }
    let diagnostic = Diagnostic::error(
        Code::InvalidCell,
        cell.span,
        format!("`{}` is no place in a message", cell.value),
    );
    Err(Box::new(
        match nearest(&text, PLACES.iter().map(|(name, _)| *name)) {
            Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
            None => diagnostic
                .help("the places are `body`, `header` (SOAP), `path`, `query` and `http-header`"),
        },
    ))
}

fn unknown(cell: &Located<String>, what: &str, safest: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(
            Code::UnknownFact,
            cell.span,
            format!("nobody knows {what}, and no code can be made without it"),
        )
        .help(format!(
            "find out, or decide: write {safest} and a footnote `[^id]: inferred: …`"
        )),
    )
}

/// Whether `name` can be the local name of an element (Namespaces in XML 1.0, NCName).
pub(super) fn is_ncname(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| {
            character.is_alphanumeric() || "_-.·".contains(character) || is_combining(character)
        })
}

/// The combining characters that XML names may hold.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// Why `name` cannot be an element's or key's name.
pub(super) fn name_fault(name: &str, span: Span, soap: bool) -> Option<Diagnostic> {
    let fault = |message: String, help: &str| {
        Some(Diagnostic::error(Code::InvalidCell, span, message).help(help))
    };
    if name.is_empty() {
        return fault(
            "this row has no name".to_owned(),
            "an empty first cell is often a link that was lost: look at the page",
        );
    }
    if name == "?" {
        return Some(
            Diagnostic::error(
                Code::UnknownFact,
                span,
                "nobody knows the name of this field, and none can be sent without it",
            )
            .help("find out, or leave the row out"),
        );
    }
    if name.contains(char::is_whitespace) {
        return fault(
            format!("the name `{name}` has a blank in it"),
            "names on the wire have none: mend it, or write the wire's name in a column `Wire`",
        );
    }
    if soap && !is_ncname(name) {
        return fault(
            format!("`{name}` cannot be the name of an XML element"),
            "a name has letters, digits, `_`, `-` and `.`, and begins with a letter or `_`",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Located<String> {
        Located::new(text.to_owned(), Span::NONE)
    }

    #[test]
    fn occurrences_in_the_notations_of_pages() {
        let read = |text| {
            occurs(&cell(text))
                .map(|occurs| occurs.to_string())
                .map_err(|diagnostic| diagnostic.code)
        };
        assert_eq!(read("1"), Ok("1".to_owned()));
        assert_eq!(read("0"), Ok("0..1".to_owned()));
        assert_eq!(read("0-1"), Ok("0..1".to_owned()));
        assert_eq!(read("[0..*]"), Ok("0..n".to_owned()));
        assert_eq!(read("(1..n)"), Ok("1..n".to_owned()));
        assert_eq!(read("n"), Ok("0..n".to_owned()));
        assert_eq!(read("2..5"), Ok("2..5".to_owned()));
        assert_eq!(read("2..1"), Err(Code::ContradictoryOccurrence));
        assert_eq!(read("0..0"), Err(Code::ContradictoryOccurrence));
        assert_eq!(read("n..1"), Err(Code::InvalidCell));
        assert_eq!(read("?"), Err(Code::UnknownFact));
        assert_eq!(read(""), Err(Code::InvalidCell));
        assert_eq!(read("one"), Err(Code::InvalidCell));
    }

    #[test]
    fn yes_and_no_in_the_languages_of_pages() {
        let read = |text| flag(&cell(text), "whether").map_err(|diagnostic| diagnostic.code);
        for yes in ["yes", "TRUE", "T", "x", "M", "Required", "tak"] {
            assert_eq!(read(yes), Ok(true), "{yes}");
        }
        for no in ["no", "False", "N", "-", "O", "optional", "nie"] {
            assert_eq!(read(no), Ok(false), "{no}");
        }
        assert_eq!(read("?"), Err(Code::UnknownFact));
        assert_eq!(read("maybe"), Err(Code::InvalidCell));
    }

    #[test]
    fn names_of_elements() {
        assert!(is_ncname("InvoiceNo"));
        assert!(is_ncname("_x-1.y"));
        assert!(is_ncname("Größe"));
        assert!(!is_ncname("1st"));
        assert!(!is_ncname("a:b"));
        assert!(!is_ncname(""));
    }
}
