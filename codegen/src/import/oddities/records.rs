//! Fields against each other: containers, occurrence, sizes, codes of what is missing.

use super::{Odd, Page};
use crate::contract::{folded, is_about, missing_field, without_number};
use crate::import::description::{Field, Location, Protocol, Record};
use crate::import::dictionary::fold;
use crate::import::notation::types::Base;

pub(super) fn check(page: &Page<'_>, odd: &mut Odd<'_>) {
    for (operation, message) in page.messages() {
        let shown = { operation.samples.iter() }.any(|sample| !sample.text.is_empty());
        containers(&message.record, odd);
        if matches!(
            page.service.protocol.value,
            Some(Protocol::Soap11 | Protocol::Soap12)
        ) {
            items(&message.record, odd);
        }
        if !shown {
            alphabetical(&message.record, odd);
        }
    }
    for field in page.fields() {
        single(field, odd);
    }
    for operation in &page.service.operations {
        if let Some(request) = &operation.request {
            missing_codes(&request.record, &operation.faults, odd);
            presence(&request.record, odd);
        }
        if let (Some(request), Some(response)) = (&operation.request, &operation.response) {
            for field in &response.record.fields {
                let other =
                    { request.record.fields.iter() }.find(|other| other.path() == field.path());
                let nil = |field: &Field| field.nillable.as_ref().and_then(|nil| nil.value);
                if let Some(other) = other
                    && nil(other).is_some()
                    && nil(other) != nil(field)
                {
                    odd.say(
                        "L05",
                        other.span,
                        format!(
                            "`{}` may be nil in one of request and response, and not in the other",
                            field.shown()
                        ),
                    );
                }
            }
        }
    }
}

/// Lists of XML whose items have no name: the element of an item cannot be guessed.
fn items(record: &Record, odd: &mut Odd<'_>) {
    for field in &record.fields {
        let path = field.path();
        let has_fields = { record.fields.iter() }.any(|other| other.parents == path);
        let is_named = { field.item.as_ref() }.is_some_and(|item| item.value.is_some());
        if field.is_list() && !is_named && !has_fields {
            odd.say(
                "L12",
                field.span,
                format!(
                    "`{}` is a list, and nothing says what the element of an item is called",
                    field.shown()
                ),
            );
        }
    }
}

fn containers(record: &Record, odd: &mut Odd<'_>) {
    for field in &record.fields {
        let Some(inner) = field.parents.last() else {
            continue;
        };
        let Some(parent) = { record.fields.iter() }.find(|parent| parent.path() == field.parents)
        else {
            continue;
        };
        let least = |field: &Field| field.occurs.value.map(|occurs| occurs.min);
        if least(parent) == Some(0) && least(field).is_some_and(|least| least > 0) {
            odd.say(
                "L11",
                field.span,
                format!(
                    "`{}` is required, and `{inner}` around it is not: required if that is there",
                    field.shown()
                ),
            );
        }
        if field.shown() == inner {
            odd.say(
                "L21",
                field.span,
                format!("`{inner}` and the container that it is in have one name"),
            );
        }
    }
}

/// Fewer fields than these are sorted by chance.
const SORTED: usize = 4;

fn alphabetical(record: &Record, odd: &mut Odd<'_>) {
    let mut levels: Vec<&[String]> = Vec::new();
    for field in &record.fields {
        if !levels.contains(&&field.parents[..]) {
            levels.push(&field.parents);
        }
    }
    for level in levels {
        let fields = || { record.fields.iter() }.filter(|field| field.parents == level);
        let names: Vec<String> = fields().map(|field| folded(field.shown())).collect();
        if names.len() >= SORTED
            && names.is_sorted()
            && let Some(first) = fields().next()
        {
            odd.say(
                "L04",
                first.span,
                format!(
                    "the {} fields from here stand by the alphabet, and no example shows their order: the wire may have another",
                    names.len()
                ),
            );
        }
    }
}

fn single(field: &Field, odd: &mut Odd<'_>) {
    let max = field.max.as_ref().and_then(|max| max.value.as_deref());
    if let Some(max) = max.filter(|max| max.contains(',')) {
        odd.say(
            "L10",
            field.span,
            format!(
                "`{}` of `{}`: are digits before the point counted in the first number, or all digits?",
                max.trim_end_matches('?'),
                field.shown()
            ),
        );
    }
    if field.values.is_some() && field.prose.contains(" - ") && field.prose.contains(" – ") {
        odd.say(
            "L15",
            field.span,
            format!(
                "the values of `{}` are parted in more than one way",
                field.shown()
            ),
        );
    }
    let is_bare = field
        .kind
        .value
        .as_ref()
        .is_some_and(|kind| kind.list && matches!(kind.base, Base::Object | Base::Unknown));
    if let Some(item) = field.item.as_ref().and_then(|item| item.value.as_deref())
        && is_bare
    {
        odd.say(
            "L12",
            field.span,
            format!(
                "`{}` is a list, and its row does not say of what; `{item}` is taken from elsewhere",
                field.shown()
            ),
        );
    }
    let prose = fold(&field.prose);
    if [
        "only if",
        "only when",
        "must be used in combination",
        "depending on",
    ]
    .iter()
    .any(|words| prose.contains(words))
    {
        odd.say(
            "L11",
            field.span,
            format!("`{}` has a condition in its description", field.shown()),
        );
    }
}

/// Required and nillable: sent as nil, and not left out.
fn presence(record: &Record, odd: &mut Odd<'_>) {
    for field in &record.fields {
        let is_there = field.occurs.value.is_some_and(|occurs| occurs.min > 0);
        let may_be_nil = { field.nillable.as_ref() }.and_then(|nil| nil.value) == Some(true);
        if is_there && may_be_nil && field.location.value == Some(Location::Body) {
            odd.say(
                "L29",
                field.span,
                format!(
                    "`{}` has to be there and may be nil: without a value it is sent as nil, not left out",
                    field.shown()
                ),
            );
        }
    }
}

/// Required fields without the code that their siblings have.
fn missing_codes(
    record: &Record,
    codes: &[crate::import::description::ErrorCode],
    odd: &mut Odd<'_>,
) {
    let said: Vec<String> = { codes.iter() }
        .filter_map(|code| missing_field(&code.code))
        .collect();
    let has = |field: &Field, container: &Field| {
        let name = without_number(field.shown());
        let named = { record.fields.iter() }.filter(|other| without_number(other.shown()) == name);
        let is_alone = named.count() < 2;
        let around = [folded(container.shown()), folded(container.wire_name())];
        { said.iter() }.any(|missing| is_about(missing, field.shown(), &around, is_alone))
    };
    for container in &record.fields {
        let path = container.path();
        let required = || {
            { record.fields.iter() }.filter(|field| {
                field.parents == path && field.occurs.value.is_some_and(|occurs| occurs.min > 0)
            })
        };
        let (with, all) = (
            required().filter(|field| has(field, container)).count(),
            required().count(),
        );
        if with < 2 || with * 2 < all {
            continue;
        }
        for field in required().filter(|field| !has(field, container)) {
            odd.say(
                "L18",
                field.span,
                format!(
                    "`{}` is required, and no error says that it is missing, as {with} of {all} fields beside it have: perhaps it is optional",
                    field.shown()
                ),
            );
        }
    }
}
