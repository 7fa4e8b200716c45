//! Simple type against simple type: what was written before, and is it still good; what may come now,
//! and is it still read.

use std::collections::BTreeSet;

use super::value_space::{Kind, ValueSpace, is_derived, is_text, lexical_order, lies_within};
use super::{Format, Judged, breaking, compatible, unknown};
use crate::contract::{Builtin, EnumerationValue, ExplicitTimezone};

/// What of the values that a client of the old type writes a service of the new type takes.
pub(super) fn request(old: &ValueSpace, new: &ValueSpace, format: Format) -> Vec<Judged> {
    let mut found = Vec::new();
    match (&old.variety, &new.variety) {
        (_, Kind::Unknown) | (Kind::Unknown, _) => kinds(old, new, &mut found),
        (Kind::Atomic(one), Kind::Atomic(other)) => {
            atomic_request(*one, *other, old, new, format, &mut found);
        }
        (Kind::List(one), Kind::List(other)) => found.extend(request(one, other, format)),
        (Kind::Union(members), _) => {
            let left: Vec<&ValueSpace> = { members.iter() }
                .filter(|member| !is_taken(member, new, format))
                .collect();
            found.extend(left.iter().map(|member| {
                breaking(
                    "type-narrowed",
                    format!("values of {} are no longer taken", member.shown()),
                    "send values of the other types only",
                )
            }));
        }
        (_, Kind::Union(_)) if is_taken(old, new, format) => {}
        (_, Kind::Atomic(builtin)) if is_text(*builtin) => {}
        _ => kinds(old, new, &mut found),
    }
    if found.is_empty() {
        facets_request(old, new, &mut found);
    }
    if found.is_empty() {
        found.extend(widened(old, new));
    }
    found
}

/// Whether every value of `old` is one of `new`, as far as can be told.
fn is_taken(old: &ValueSpace, new: &ValueSpace, format: Format) -> bool {
    let taken = |new: &ValueSpace| {
        let found = request(old, new, format);
        found.iter().all(|judged| judged.is_compatible())
    };
    match &new.variety {
        Kind::Union(members) => members.iter().any(taken),
        _ => taken(new),
    }
}

fn kinds(old: &ValueSpace, new: &ValueSpace, found: &mut Vec<Judged>) {
    if !matches!(new.variety, Kind::Unknown) {
        found.push(breaking(
            "type-changed",
            format!("values were {}, and are {} now", old.shown(), new.shown()),
            "regenerate the client, and convert the values",
        ));
    }
}

fn atomic_request(
    one: Builtin,
    other: Builtin,
    old: &ValueSpace,
    new: &ValueSpace,
    format: Format,
    found: &mut Vec<Judged>,
) {
    if format == Format::Json && json_kind(one) != json_kind(other) {
        found.push(other_json(one, other));
        return;
    }
    let is_numeric = |builtin| is_derived(builtin, Builtin::Decimal);
    let is_float = |builtin| matches!(builtin, Builtin::Float | Builtin::Double);
    let is_good = match (old.integers(), new.integers()) {
        (Some(inner), Some(outer)) if one != other => {
            if lies_within(inner, outer) {
                return;
            }
            found.push(breaking(
                "type-narrowed",
                format!(
                    "values were {}, and are {} now: some are outside its range",
                    old.shown(),
                    new.shown()
                ),
                "send no value outside the new range",
            ));
            return;
        }
        _ => {
            is_derived(one, other)
                || is_text(other)
                || is_numeric(one) && is_float(other)
                || (one, other) == (Builtin::Float, Builtin::Double)
        }
    };
    if is_good {
        return;
    }
    if (one, other) == (Builtin::Double, Builtin::Float) {
        found.push(unknown(
            "precision-lost",
            "values were `double`, and are `float` now: digits may be lost".to_owned(),
            "ask the provider whether more than seven digits are kept",
        ));
    } else if is_derived(other, one) || is_text(one) {
        found.push(breaking(
            "type-narrowed",
            format!(
                "values were {}, and are {} now: not every old value is one",
                old.shown(),
                new.shown()
            ),
            "send only values that the new type allows",
        ));
    } else {
        kinds(old, new, found);
    }
}

/// A remark where more values are good than before.
fn widened(old: &ValueSpace, new: &ValueSpace) -> Option<Judged> {
    let (one, other) = (old.shown(), new.shown());
    if one != other {
        let why = format!("values were {one}, and may be {other} now: every old value is one");
        return Some(compatible("type-widened", why));
    }
    let is_same = old.facets == new.facets && old.patterns == new.patterns;
    (!is_same).then(|| {
        compatible(
            "limits-widened",
            "every value that was good still is".to_owned(),
        )
    })
}

fn facets_request(old: &ValueSpace, new: &ValueSpace, found: &mut Vec<Judged>) {
    values_request(old, new, found);
    let ((old_least, old_most), (new_least, new_most)) = (old.lengths(), new.lengths());
    // Listed values have the length that they have.
    let listed = old.values().is_some();
    if new_most.is_some_and(|most| old_most.is_none_or(|old| old > most)) && !listed {
        found.push(breaking(
            "limit-shortened",
            format!(
                "values may be {} long at most now, they could be {}",
                new_most.unwrap_or_default(),
                old_most.map_or("of any length".to_owned(), |most| most.to_string())
            ),
            "old clients send longer values unhindered: shorten them before the call",
        ));
    }
    if new_least > old_least && !listed {
        found.push(breaking(
            "minimum-length-raised",
            format!("values must be {new_least} long at least, it was {old_least}"),
            "send no shorter value",
        ));
    }
    let digits = [
        ("digits", old.facets.total_digits, new.facets.total_digits),
        (
            "digits behind the point",
            old.facets.fraction_digits,
            new.facets.fraction_digits,
        ),
    ];
    for (what, old, new) in digits {
        if let Some(new) = new
            && old.is_none_or(|old| old > new)
        {
            let old = old.map_or("any number".to_owned(), |old| old.to_string());
            found.push(breaking(
                "limit-shortened",
                format!("values may have {new} {what}, they could have {old}"),
                "round or refuse such values before the call",
            ));
        }
    }
    bounds_request(old, new, found);
    for patterns in &new.patterns {
        if old.patterns.contains(patterns) {
            continue;
        }
        let shown = patterns.join("`, `");
        found.push(if old.patterns.is_empty() {
            breaking(
                "pattern-added",
                format!("values must match `{shown}` now"),
                "send only values that match",
            )
        } else {
            unknown(
                "pattern-changed",
                format!(
                    "values must match `{shown}` now; patterns are not compared with each other"
                ),
                "read both patterns: does every old value match the new one?",
            )
        });
    }
    let (zone, other) = (old.zone(), new.zone());
    if zone != other && other != ExplicitTimezone::Optional {
        found.push(breaking(
            "time-zone-changed",
            format!("a time zone is {other:?} now, it was {zone:?}").to_lowercase(),
            "give or leave out the zone as the new contract says",
        ));
    }
    if old.facets.white_space != new.facets.white_space && found.is_empty() {
        found.push(compatible(
            "white-space-changed",
            "white space in values is normalised in another way".to_owned(),
        ));
    }
}

fn values_request(old: &ValueSpace, new: &ValueSpace, found: &mut Vec<Judged>) {
    let Some(taken) = new.values() else { return };
    match old.values() {
        Some(values) => {
            let gone = minus(values, taken);
            if !gone.is_empty() {
                let gone = gone.join("`, `");
                found.push(if new.facets.open {
                    unknown(
                        "value-removed",
                        format!("`{gone}` is no longer listed; the list is said to be open"),
                        "ask the provider whether the value is still taken",
                    )
                } else {
                    breaking(
                        "value-removed",
                        format!("`{gone}` is no longer a value"),
                        "send another value",
                    )
                });
            }
        }
        None if new.facets.open => {}
        None => found.push(breaking(
            "values-listed",
            "only listed values are taken now, any value was".to_owned(),
            "send only listed values",
        )),
    }
}

/// The values of one list that another has not.
fn minus<'v>(values: &'v [EnumerationValue], others: &[EnumerationValue]) -> Vec<&'v str> {
    let others: BTreeSet<&str> = others.iter().map(|other| other.value.as_str()).collect();
    let values = values.iter().map(|value| value.value.as_str());
    values.filter(|value| !others.contains(value)).collect()
}

fn bounds_request(old: &ValueSpace, new: &ValueSpace, found: &mut Vec<Judged>) {
    use std::cmp::Ordering::{Greater, Less};
    let (one, other) = (&old.facets, &new.facets);
    let lower = |f: &crate::contract::Facets| bound(&f.min_inclusive, &f.min_exclusive);
    let upper = |f: &crate::contract::Facets| bound(&f.max_inclusive, &f.max_exclusive);
    let sides = [
        ("least", lower(one), lower(other), Less),
        ("greatest", upper(one), upper(other), Greater),
    ];
    for (what, old, new, outside) in sides {
        let Some((new, exclusive)) = new else {
            continue;
        };
        let judged = match &old {
            None => Some(true),
            Some((old, was_exclusive)) => lexical_order(old, &new)
                .map(|order| order == outside || order.is_eq() && exclusive && !was_exclusive),
        };
        let than = if exclusive { " (exclusive)" } else { "" };
        let was = old.map_or("not limited".to_owned(), |(old, _)| old.clone());
        match judged {
            Some(false) => {}
            Some(true) => found.push(breaking(
                "bound-narrowed",
                format!("the {what} value is {new}{than} now, it was {was}"),
                "send no value outside the new bounds",
            )),
            None => found.push(unknown(
                "bound-changed",
                format!(
                    "the {what} value is {new}{than} now, it was {was}; their order is not known"
                ),
                "compare the bounds by hand",
            )),
        }
    }
}

fn bound(inclusive: &Option<String>, exclusive: &Option<String>) -> Option<(String, bool)> {
    let inclusive = inclusive.clone().map(|bound| (bound, false));
    inclusive.or_else(|| exclusive.clone().map(|bound| (bound, true)))
}

/// What of the values that a service of the new type sends a client of the old type reads. Clients do
/// not hold answers against limits, and their enumerations are open.
pub(super) fn response(old: &ValueSpace, new: &ValueSpace, format: Format) -> Vec<Judged> {
    let mut found = Vec::new();
    if !is_read(old, new, format, &mut found) {
        return found;
    }
    if let (Some(known), Some(values)) = (old.values(), new.values()) {
        let come = minus(values, known);
        if !come.is_empty() {
            let why = format!(
                "`{}` may come now: old clients read it as `Other`",
                come.join("`, `")
            );
            found.push(compatible("value-added", why));
        }
        let gone = minus(known, values);
        if !gone.is_empty() {
            let why = format!("`{}` comes no more", gone.join("`, `"));
            found.push(compatible("value-removed", why));
        }
    } else if old.values().is_some() {
        found.push(compatible(
            "values-not-listed",
            "any value may come now: old clients read those that were not listed as `Other`"
                .to_owned(),
        ));
    }
    if found.is_empty() {
        let is_same =
            old.shown() == new.shown() && old.facets == new.facets && old.patterns == new.patterns;
        if !is_same {
            found.push(compatible(
                "still-read",
                "answers are not held against limits: every new value is read".to_owned(),
            ));
        }
    }
    found
}

/// Whether the reader of `old` can hold what `new` allows.
fn is_read(old: &ValueSpace, new: &ValueSpace, format: Format, found: &mut Vec<Judged>) -> bool {
    let changed = |rule| {
        breaking(
            rule,
            format!(
                "values were {}, and may be {} now: the old client cannot read all of them",
                old.shown(),
                new.shown()
            ),
            "regenerate the client before the service changes",
        )
    };
    let (one, other) = match (&old.variety, &new.variety) {
        (Kind::Atomic(one), Kind::Atomic(other)) => (*one, *other),
        // A list of one item is that item.
        (Kind::List(one), Kind::List(other)) => return is_read(one, other, format, found),
        (Kind::List(one), Kind::Atomic(_)) => return is_read(one, new, format, found),
        // Unions and what nobody knows are kept as text.
        (Kind::Union(_) | Kind::Unknown, _) => return true,
        (Kind::Atomic(one), _) if is_kept_as_text(*one, old) => return true,
        _ => {
            found.push(changed("type-changed"));
            return false;
        }
    };
    if format == Format::Json && json_kind(one) != json_kind(other) {
        found.push(other_json(one, other));
        return false;
    }
    if is_kept_as_text(one, old) || one == other {
        return true;
    }
    if let Some(held) = held(one) {
        let fits = new.integers().is_some_and(|range| lies_within(range, held));
        if !fits {
            let widened = new.integers().is_some();
            found.push(changed(if widened {
                "type-widened"
            } else {
                "type-changed"
            }));
        }
        return fits;
    }
    let is_integer = |builtin| is_derived(builtin, Builtin::Integer);
    let fits = match one {
        Builtin::Decimal => is_derived(other, Builtin::Decimal),
        one if is_integer(one) => is_integer(other),
        Builtin::Float | Builtin::Double => {
            is_derived(other, Builtin::Decimal) || matches!(other, Builtin::Float | Builtin::Double)
        }
        one => primitive(one) == primitive(other),
    };
    if !fits {
        found.push(changed("type-changed"));
        return false;
    }
    let loses = matches!(one, Builtin::Float | Builtin::Double)
        && !(one == Builtin::Double && other == Builtin::Float);
    if loses {
        found.push(unknown(
            "precision-lost",
            format!(
                "values were {}, and may be {} now: the old client reads them, and may lose digits",
                old.shown(),
                new.shown()
            ),
            "regenerate the client if more digits are needed",
        ));
    }
    true
}

/// Whether the Rust type is text, or an open enumeration of texts.
fn is_kept_as_text(builtin: Builtin, space: &ValueSpace) -> bool {
    let is_text = is_derived(builtin, Builtin::String)
        || matches!(
            builtin,
            Builtin::AnySimpleType | Builtin::AnyAtomicType | Builtin::AnyUri
        );
    let is_name = matches!(builtin, Builtin::QName | Builtin::Notation);
    is_text || space.values().is_some() && !is_name
}

/// The range of the Rust integer that holds a type.
fn held(builtin: Builtin) -> Option<(Option<i128>, Option<i128>)> {
    use Builtin as B;
    let is_machine = matches!(
        builtin,
        B::Byte
            | B::Short
            | B::Int
            | B::Long
            | B::UnsignedByte
            | B::UnsignedShort
            | B::UnsignedInt
            | B::UnsignedLong
    );
    let space = ValueSpace {
        variety: Kind::Atomic(builtin),
        ..ValueSpace::default()
    };
    space.integers().filter(|_| is_machine)
}

/// The primitive type that a built-in one is derived from.
fn primitive(builtin: Builtin) -> Builtin {
    let mut next = builtin;
    while !matches!(next.base(), Builtin::AnyAtomicType | Builtin::AnySimpleType)
        && next.base() != next
    {
        next = next.base();
    }
    next
}

#[derive(PartialEq)]
enum JsonKind {
    String,
    Number,
    Boolean,
}

fn json_kind(builtin: Builtin) -> JsonKind {
    match primitive(builtin) {
        Builtin::Boolean => JsonKind::Boolean,
        Builtin::Decimal | Builtin::Float | Builtin::Double => JsonKind::Number,
        _ => JsonKind::String,
    }
}

fn other_json(one: Builtin, other: Builtin) -> Judged {
    let shown = |builtin| match json_kind(builtin) {
        JsonKind::String => "a string",
        JsonKind::Number => "a number",
        JsonKind::Boolean => "`true` or `false`",
    };
    breaking(
        "json-kind-changed",
        format!(
            "the JSON value was {}, and is {} now",
            shown(one),
            shown(other)
        ),
        "regenerate the client",
    )
}
