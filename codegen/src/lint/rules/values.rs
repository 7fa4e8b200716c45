//! Values of examples against the fields that they are of.

use super::{Report, Subject};
use crate::contract::{Builtin, Facets};
use crate::lint::{fields, message};
use crate::source::Span;

/// A value of an example with its field.
struct Shown {
    name: String,
    builtin: Builtin,
    facets: Facets,
    text: String,
    span: Span,
}

fn each(subject: &Subject<'_>, visit: &mut dyn FnMut(&Shown)) {
    let contract = subject.contract;
    message::each(contract, subject.sources, &mut |aligned| {
        for child in &aligned.node.children {
            let Some(field) = aligned.field(&child.name) else {
                continue;
            };
            let simple = fields::simple(contract, field.element.type_definition);
            let (Some((builtin, facets)), false) = (simple, child.is_nil) else {
                continue;
            };
            visit(&Shown {
                name: child.name.clone(),
                builtin,
                facets,
                text: child.text.clone(),
                span: child.span,
            });
        }
    });
}

fn is_integer(builtin: Builtin) -> bool {
    use Builtin as B;
    matches!(
        builtin,
        B::Integer
            | B::Long
            | B::Int
            | B::Short
            | B::Byte
            | B::UnsignedLong
            | B::UnsignedInt
            | B::UnsignedShort
            | B::UnsignedByte
            | B::NonNegativeInteger
            | B::PositiveInteger
            | B::NonPositiveInteger
            | B::NegativeInteger
    )
}

fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

/// `2024-05-06`.
fn is_date(text: &str) -> bool {
    let shape: String = { text.chars() }
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    shape == "0000-00-00"
}

/// L07.
pub(super) fn invalid(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |shown| {
        let Shown {
            name,
            builtin,
            facets,
            text,
            span,
            ..
        } = shown;
        let (text, plain) = (text.as_str(), text.trim());
        let help = "find out which is wrong, the example or the table, and mend it";
        let mut odd = |what: String| report(*span, what, help.to_owned());
        if *builtin == Builtin::String {
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            if let Some(most) = facets.length.or(facets.max_length)
                && length > most
            {
                odd(format!(
                    "`{name}` is {length} characters long in the example, and may have {most}"
                ));
            }
            if text != plain && !plain.is_empty() {
                odd(format!(
                    "`{name}` has blanks around its value in the example"
                ));
            }
            return;
        }
        let is_good = match builtin {
            Builtin::Boolean => matches!(plain, "true" | "false" | "0" | "1"),
            Builtin::Date => plain.get(..10).is_some_and(is_date),
            Builtin::DateTime => plain.get(..10).is_some_and(is_date) && plain.contains('T'),
            // Digits behind the point are of another rule.
            Builtin::Decimal => is_number(plain),
            builtin if is_integer(*builtin) => is_number(plain),
            _ => true,
        };
        if !is_good && !plain.is_empty() {
            let type_ = builtin.name();
            odd(format!(
                "`{name}` is of type `{type_}`, and the example has `{}`",
                short(plain)
            ));
        }
    });
}

/// L08.
pub(super) fn looks_typed(subject: &Subject<'_>, report: &mut Report<'_>) {
    let shown = message::shown(subject.contract, subject.sources);
    for record in fields::records(subject.contract) {
        for field in &record.fields {
            let element = field.element;
            let simple = fields::simple(subject.contract, element.type_definition);
            let Some((Builtin::String, facets)) = simple else {
                continue;
            };
            let Some(values) = shown.get(&element.span) else {
                continue;
            };
            if !facets.enumeration.is_empty() || values.is_empty() {
                continue;
            }
            let all =
                |test: &dyn Fn(&str) -> bool| values.iter().all(|(text, _)| test(text.trim()));
            // Digits alone are numbers of things as often as numbers.
            let is_decimal = |text: &str| text.contains('.') && is_number(text);
            let what = if all(&|text| matches!(text, "true" | "false")) {
                "`boolean`"
            } else if all(&is_decimal) {
                "`decimal`"
            } else if all(&is_date) {
                "`date`"
            } else {
                continue;
            };
            let text = values
                .first()
                .map(|(text, _)| short(text))
                .unwrap_or_default();
            report(
                element.span,
                format!(
                    "`{}` is a text, and `{text}` of the example looks like {what}",
                    element.name.local
                ),
                "keep it a text unless the service is known to take nothing else".to_owned(),
            );
        }
    }
}

/// L10.
pub(super) fn precision(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |shown| {
        let Some((_, fraction)) = shown.text.trim().split_once('.') else {
            return;
        };
        let most = match shown.builtin {
            Builtin::Decimal => shown.facets.fraction_digits,
            builtin if is_integer(builtin) => Some(0),
            _ => None,
        };
        let there = u64::try_from(fraction.len()).unwrap_or(u64::MAX);
        if let Some(most) = most
            && is_number(shown.text.trim())
            && there > most
        {
            report(
                shown.span,
                format!(
                    "`{}` has {there} digits behind the point in the example, and may have {most}",
                    shown.name
                ),
                "find out how many the service takes, and how many it sends".to_owned(),
            );
        }
    });
}

/// L22.
pub(super) fn zones(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |shown| {
        let Some((_, time)) = shown.text.trim().split_once('T') else {
            return;
        };
        let is_told = shown.facets.explicit_timezone.is_some();
        let has_zone = time.contains(['Z', '+', '-']);
        if shown.builtin == Builtin::DateTime && !is_told && !has_zone {
            report(
                shown.span,
                format!(
                    "`{}` has no time zone in the example: whose clock is meant?",
                    shown.name
                ),
                "ask the provider, and say it in the description of the field".to_owned(),
            );
        }
    });
}

/// L23.
pub(super) fn not_listed(subject: &Subject<'_>, report: &mut Report<'_>) {
    each(subject, &mut |shown| {
        let values = &shown.facets.enumeration;
        let text = shown.text.trim();
        let is_listed = values.iter().any(|value| value.value == text);
        if !values.is_empty() && !is_listed {
            report(
                shown.span,
                format!(
                    "`{}` of the example is none of the listed values of `{}`",
                    short(text),
                    shown.name
                ),
                "add the value; what else is missing from the list?".to_owned(),
            );
        }
    });
}

/// As much of a value as a message shows.
fn short(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        format!("{shown}…")
    } else {
        shown
    }
}
