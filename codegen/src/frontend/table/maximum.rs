//! `Max`: as it stands and as it is understood.

use super::document::Located;
use super::types::{Kind, Notation, is_decimal, is_text};
use crate::contract::Facets;
use crate::diagnostic::{Code, Diagnostic};

/// A reading of a `Max` cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Maximum {
    /// None is stated, or none is known.
    #[default]
    Unstated,
    /// Characters.
    Length(u64),
    /// Digits in all, and behind the point.
    Digits(u64, u64),
    /// As documented, not understood, enforced nowhere.
    Verbatim(String),
}

impl Maximum {
    /// Reads `50`, `6,2`, `4?`, `-`, `?` or nothing, for a field of type `notation`.
    ///
    /// # Errors
    ///
    /// If it is none of those, or can be read in more than one way.
    pub(super) fn read(
        cell: &Located<String>,
        notation: &Notation,
    ) -> Result<Self, Box<Diagnostic>> {
        let text = cell.value.trim();
        if ["", "-", "–", "?", "N/A", "n/a"].contains(&text) {
            return Ok(Self::Unstated);
        }
        if let Some(kept) = text.strip_suffix('?') {
            return Ok(Self::Verbatim(kept.trim_end().to_owned()));
        }
        let builtin = match notation.kind {
            Kind::Builtin(builtin) if !notation.list => Some(builtin),
            _ => None,
        };
        let ambiguous = |why: &str| {
            Err(Box::new(
                Diagnostic::error(Code::AmbiguousMaximum, cell.span, format!("`{text}` {why}"))
                    .help(format!(
                        "write `{text}?` to keep it as documented and enforce nothing"
                    )),
            ))
        };
        match text.split_once(',') {
            None => match (number(text), builtin) {
                (Some(length), Some(builtin)) if is_text(builtin) => Ok(Self::Length(length)),
                (Some(_), _) if notation.list => {
                    ambiguous("can be the number of items or the length of each")
                }
                (Some(_), Some(_)) => {
                    ambiguous("can be digits, bytes or the largest value of what is not text")
                }
                (Some(_), None) => ambiguous("means nothing on a type that is not text"),
                (None, _) => invalid(cell),
            },
            Some((total, fraction)) => {
                match (number(total.trim()), number(fraction.trim()), builtin) {
                    (Some(total), Some(fraction), Some(builtin)) if is_decimal(builtin) => {
                        if fraction > total || total == 0 {
                            return invalid(cell);
                        }
                        Ok(Self::Digits(total, fraction))
                    }
                    (Some(_), Some(_), _) => {
                        ambiguous("counts digits, which only `decimal` can limit")
                    }
                    _ => invalid(cell),
                }
            }
        }
    }

    /// The facets that it is understood as.
    pub(super) fn facets(&self) -> Facets {
        match *self {
            Self::Length(length) => Facets {
                max_length: Some(length),
                ..Facets::default()
            },
            Self::Digits(total, fraction) => Facets {
                total_digits: Some(total),
                fraction_digits: Some(fraction),
                ..Facets::default()
            },
            Self::Unstated | Self::Verbatim(_) => Facets::default(),
        }
    }

    /// What no facet says.
    pub(super) fn verbatim(&self) -> Option<&str> {
        match self {
            Self::Verbatim(text) => Some(text),
            _ => None,
        }
    }
}

fn number(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

fn invalid(cell: &Located<String>) -> Result<Maximum, Box<Diagnostic>> {
    Err(Box::new(
        Diagnostic::error(
            Code::InvalidCell,
            cell.span,
            format!("`{}` is no largest size", cell.value),
        )
        .help(format!(
            "write `50` (characters), `6,2` (digits in all, digits behind the point), `-` (none), \
             or `{}?` to keep it as documented",
            cell.value
        )),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Builtin;
    use crate::source::Span;

    fn read(text: &str, builtin: Builtin) -> Result<Maximum, Code> {
        let notation = Notation {
            kind: Kind::Builtin(builtin),
            list: false,
        };
        Maximum::read(&Located::new(text.to_owned(), Span::NONE), &notation)
            .map_err(|diagnostic| diagnostic.code)
    }

    #[test]
    fn sizes_are_read_by_the_type() {
        assert_eq!(read("50", Builtin::String), Ok(Maximum::Length(50)));
        assert_eq!(read("6,2", Builtin::Decimal), Ok(Maximum::Digits(6, 2)));
        assert_eq!(read("-", Builtin::Int), Ok(Maximum::Unstated));
        assert_eq!(read("?", Builtin::Int), Ok(Maximum::Unstated));
        assert_eq!(read("4?", Builtin::Int), Ok(Maximum::Verbatim("4".into())));
        assert_eq!(read("50", Builtin::Token), Ok(Maximum::Length(50)));
    }

    #[test]
    fn what_can_be_read_twice_is_not_read() {
        assert_eq!(read("4", Builtin::Int), Err(Code::AmbiguousMaximum));
        assert_eq!(read("12", Builtin::DateTime), Err(Code::AmbiguousMaximum));
        assert_eq!(read("6,2", Builtin::String), Err(Code::AmbiguousMaximum));
        assert_eq!(read("2,6", Builtin::Decimal), Err(Code::InvalidCell));
        assert_eq!(read("fifty", Builtin::String), Err(Code::InvalidCell));
        assert_eq!(
            read("99999999999999999999999", Builtin::String),
            Err(Code::InvalidCell)
        );
    }
}
