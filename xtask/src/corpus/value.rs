//! Values of simple types, compared in their value spaces. It shares no code with the runtime, which it
//! is to judge.

use castile_codegen::contract::WhiteSpace;
use roxmltree::Node;

/// How a value is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Atomic(Primitive),
    List(Box<Kind>),
    Union(Vec<Kind>),
}

/// The value spaces that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primitive {
    Text(WhiteSpace),
    Boolean,
    Decimal,
    Float,
    Double,
    Base64,
    Hex,
    QName,
    Duration,
    /// Dates, times and their parts.
    Moment,
}

/// A text and the element that it stands in, whose prefixes it may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    pub(crate) scope: Node<'a, 'a>,
}

/// Whether two texts mean the same value.
pub(crate) fn equal(kind: &Kind, a: Text<'_>, b: Text<'_>) -> bool {
    match kind {
        Kind::Atomic(primitive) => {
            let (mine, theirs) = (canonical(*primitive, a), canonical(*primitive, b));
            match (mine, theirs) {
                (Some(mine), Some(theirs)) => mine == theirs,
                // What the type does not allow must come back as it was.
                (None, None) => collapse(a.text) == collapse(b.text),
                _ => false,
            }
        }
        Kind::List(item) => {
            let mine: Vec<&str> = a.text.split_ascii_whitespace().collect();
            let theirs: Vec<&str> = b.text.split_ascii_whitespace().collect();
            mine.len() == theirs.len()
                && mine
                    .iter()
                    .zip(theirs)
                    .all(|(x, y)| equal(item, Text { text: x, ..a }, Text { text: y, ..b }))
        }
        Kind::Union(members) => {
            let first = members.iter().find(|member| is(member, a));
            match first {
                // The same text may be of another member elsewhere: a name without its namespace is none.
                Some(first) => equal(first, a, b),
                None => a.text == b.text,
            }
        }
    }
}

/// Whether a text is of a kind.
fn is(kind: &Kind, text: Text<'_>) -> bool {
    match kind {
        Kind::Atomic(primitive) => canonical(*primitive, text).is_some(),
        Kind::List(item) => text
            .text
            .split_ascii_whitespace()
            .all(|part| is(item, Text { text: part, ..text })),
        Kind::Union(members) => members.iter().any(|member| is(member, text)),
    }
}

/// Runs of white space as one blank, none at the ends.
pub(crate) fn collapse(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The one text for a value; `None` if it is no value of the type.
fn canonical(primitive: Primitive, Text { text, scope }: Text<'_>) -> Option<String> {
    let token = collapse(text);
    match primitive {
        Primitive::Text(WhiteSpace::Preserve) => Some(text.to_owned()),
        Primitive::Text(WhiteSpace::Replace) => Some(text.replace(['\t', '\n', '\r'], " ")),
        Primitive::Text(WhiteSpace::Collapse) => Some(token),
        Primitive::Boolean => match &*token {
            "true" | "1" => Some("true".to_owned()),
            "false" | "0" => Some("false".to_owned()),
            _ => None,
        },
        Primitive::Decimal => decimal(&token),
        Primitive::Float => float(&token, |text| Some(text.parse::<f32>().ok()?.to_string())),
        Primitive::Double => float(&token, |text| Some(text.parse::<f64>().ok()?.to_string())),
        Primitive::Base64 => {
            let is_digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
            let digits = token.replace(' ', "");
            digits.chars().all(is_digit).then_some(digits)
        }
        Primitive::Hex => {
            let are_digits = token.chars().all(|c| c.is_ascii_hexdigit());
            are_digits.then(|| token.to_ascii_uppercase())
        }
        Primitive::QName => {
            let (prefix, local) = token
                .split_once(':')
                .map_or((None, &*token), |(p, l)| (Some(p), l));
            let namespace = match prefix {
                Some("xml") => Some("http://www.w3.org/XML/1998/namespace"),
                prefix => scope.lookup_namespace_uri(prefix),
            };
            if prefix.is_some() && namespace.is_none() {
                return None;
            }
            Some(format!("{{{}}}{local}", namespace.unwrap_or_default()))
        }
        Primitive::Duration => duration(&token),
        Primitive::Moment => {
            let is_part = |c: char| c.is_ascii_digit() || "-:.+TZ".contains(c);
            let has_digits = token.contains(|c: char| c.is_ascii_digit());
            (has_digits && token.chars().all(is_part)).then(|| moment(&token))
        }
    }
}

fn decimal(text: &str) -> Option<String> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let (whole, fraction) = (
        whole.trim_start_matches('0'),
        fraction.trim_end_matches('0'),
    );
    let sign = if negative && !(whole.is_empty() && fraction.is_empty()) {
        "-"
    } else {
        ""
    };
    Some(format!("{sign}{whole}.{fraction}"))
}

fn float(text: &str, parse: impl Fn(&str) -> Option<String>) -> Option<String> {
    match text {
        "INF" | "+INF" => Some("INF".to_owned()),
        "-INF" | "NaN" => Some(text.to_owned()),
        _ if text
            .bytes()
            .any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E')) =>
        {
            None
        }
        // What is beyond the largest number rounds to infinity.
        _ => parse(text).map(|number| number.replace("inf", "INF")),
    }
}

/// Months and seconds.
fn duration(text: &str) -> Option<String> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (date, time) = rest
        .strip_prefix('P')?
        .split_once('T')
        .unwrap_or((&rest[1..], ""));
    let (mut months, mut seconds, mut fraction) = (0_u128, 0_u128, String::new());
    for (part, is_time) in [(date, false), (time, true)] {
        let mut number = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() || c == '.' {
                number.push(c);
                continue;
            }
            let (whole, parts) = number.split_once('.').unwrap_or((&number, ""));
            let count: u128 = whole.parse().ok()?;
            let amount = |unit: u128| count.checked_mul(unit);
            match (c, is_time) {
                ('S', true) => {
                    seconds = seconds.checked_add(count)?;
                    fraction = parts.trim_end_matches('0').to_owned();
                }
                // Only seconds have fractions.
                _ if number.contains('.') => return None,
                ('Y', false) => months = months.checked_add(amount(12)?)?,
                ('M', false) => months = months.checked_add(count)?,
                ('D', false) => seconds = seconds.checked_add(amount(86_400)?)?,
                ('H', true) => seconds = seconds.checked_add(amount(3600)?)?,
                ('M', true) => seconds = seconds.checked_add(amount(60)?)?,
                _ => return None,
            }
            number.clear();
        }
        if !number.is_empty() {
            return None;
        }
    }
    let zero = months == 0 && seconds == 0 && fraction.is_empty();
    let sign = if negative && !zero { "-" } else { "" };
    Some(format!("{sign}{months}M{seconds}.{fraction}S"))
}

/// Without the zeros at the end of a second, and `Z` for no offset. Months are `--MM`, which the first
/// edition of XML Schema wrote `--MM--`.
fn moment(text: &str) -> String {
    let first_edition = |text: &str| {
        let bytes = text.as_bytes();
        let is_month = text.starts_with("--") && bytes.get(4..6) == Some(b"--");
        is_month.then(|| format!("{}{}", &text[..4], &text[6..]))
    };
    let month = first_edition(text);
    let text = month.as_deref().unwrap_or(text);
    let zone = ["+00:00", "-00:00"]
        .iter()
        .find_map(|zone| text.strip_suffix(zone));
    let (text, zone) = match zone.or_else(|| text.strip_suffix('Z')) {
        Some(rest) => (rest, "Z"),
        None => match text.rfind(['+', '-']) {
            Some(at) if text.len() - at == 6 && text[at..].contains(':') => text.split_at(at),
            _ => (text, ""),
        },
    };
    let seconds = match text.split_once('.') {
        Some((whole, fraction)) => match fraction.trim_end_matches('0') {
            "" => whole.to_owned(),
            fraction => format!("{whole}.{fraction}"),
        },
        None => text.to_owned(),
    };
    format!("{seconds}{zone}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(primitive: Primitive, a: &str, b: &str) -> bool {
        let document =
            roxmltree::Document::parse("<a xmlns:p='n' xmlns:q='n' xmlns:r='m'/>").unwrap();
        let scope = document.root_element();
        let kind = Kind::Atomic(primitive);
        equal(&kind, Text { text: a, scope }, Text { text: b, scope })
    }

    #[test]
    fn numbers_are_equal_by_value() {
        assert!(same(Primitive::Decimal, " +01.50 ", "1.5"));
        assert!(same(Primitive::Decimal, "-0", "0.0"));
        assert!(!same(Primitive::Decimal, "1.5", "1.51"));
        assert!(same(Primitive::Double, "1E2", "100"));
        assert!(!same(Primitive::Double, "-0", "0"));
        assert!(!same(Primitive::Double, "INF", "-INF"));
        assert!(same(Primitive::Float, "0.1", "1.00000001E-1"));
        assert!(!same(Primitive::Double, "0.1", "1.00000001E-1"));
        assert!(same(Primitive::Base64, "QU JD\n", "QUJD"));
        assert!(!same(Primitive::Base64, "QUJD", "QUJE"));
        assert!(same(Primitive::Hex, "0aFF", "0Aff"));
        assert!(!same(Primitive::Hex, "0a", "0b"));
        assert!(same(Primitive::Boolean, "1", "true"));
        assert!(!same(Primitive::Boolean, "1", "false"));
    }

    #[test]
    fn moments_keep_their_zone() {
        assert!(same(
            Primitive::Moment,
            "2001-01-01T00:00:00.500Z",
            "2001-01-01T00:00:00.5+00:00"
        ));
        assert!(!same(
            Primitive::Moment,
            "2001-01-01T00:00:00Z",
            "2001-01-01T00:00:00"
        ));
        assert!(!same(
            Primitive::Moment,
            "2001-01-01T01:00:00+01:00",
            "2001-01-01T00:00:00Z"
        ));
        assert!(same(Primitive::Moment, "--03--Z", "--03Z"));
        assert!(!same(Primitive::Moment, "--03-04", "--03"));
        assert!(same(Primitive::Duration, "P1Y", "P12M"));
        assert!(same(Primitive::Duration, "PT36H", "P1DT12H"));
        assert!(!same(Primitive::Duration, "P30D", "P1M"));
        assert!(!same(Primitive::Duration, "P1.5Y", "P1Y"));
        assert!(!same(Primitive::Duration, "PT1.5S", "PT1S"));
    }

    #[test]
    fn text_is_exact_and_names_are_expanded() {
        assert!(!same(Primitive::Text(WhiteSpace::Preserve), " a", "a"));
        assert!(same(Primitive::Text(WhiteSpace::Collapse), " a", "a"));
        assert!(same(Primitive::QName, "p:x", "q:x"));
        assert!(!same(Primitive::QName, "p:x", "unbound:x"));
        assert!(!same(Primitive::QName, "p:x", "r:x"));
    }
}
