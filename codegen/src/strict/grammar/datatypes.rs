//! What Part 2, Datatypes, gives the elements of schema documents.

use super::lexical::Lexical::{
    self, Any, Boolean, NonNegativeInteger, OneOf, PositiveInteger, QNames, Set,
};
use super::markup::{
    Attribute, ID, Kind, Markup, NAME, NOTE, NOTE_MODEL, ONLY_NOTE, Slot, Times, markup, may, must,
};
use super::structures::{ATTRIBUTE_CONTENT, ATTRIBUTE_MODEL};

pub(super) static SIMPLE_TYPE_CONTENT: [&[Slot]; 1] = [&[
    NOTE,
    Slot(
        Times::One,
        &[Kind::SimpleRestriction, Kind::List, Kind::Union],
    ),
]];
pub(super) const SIMPLE_TYPE_MODEL: &str = "(annotation?, (restriction | list | union))";

pub(super) static NAMED_SIMPLE_TYPE: Markup = markup(
    "simpleType",
    &[
        NAME,
        may("final", Set(&["restriction", "list", "union"])),
        ID,
    ],
    &SIMPLE_TYPE_CONTENT,
    SIMPLE_TYPE_MODEL,
);

pub(super) static SIMPLE_TYPE: Markup =
    markup("simpleType", &[ID], &SIMPLE_TYPE_CONTENT, SIMPLE_TYPE_MODEL);

pub(super) static SIMPLE_RESTRICTION: Markup = markup(
    "restriction",
    &[may("base", Lexical::QName), ID],
    &[&[NOTE, Slot(Times::Optional, &[Kind::SimpleType]), FACETS]],
    "(annotation?, (simpleType?, facet*))",
);

pub(super) static LIST: Markup = markup(
    "list",
    &[may("itemType", Lexical::QName), ID],
    &ATTRIBUTE_CONTENT,
    ATTRIBUTE_MODEL,
);

pub(super) static UNION: Markup = markup(
    "union",
    &[may("memberTypes", QNames), ID],
    &[&[NOTE, Slot(Times::Any, &[Kind::SimpleType])]],
    "(annotation?, simpleType*)",
);

pub(super) const FIXED: Attribute = may("fixed", Boolean);
pub(super) const BOUND: &[Attribute] = &[must("value", Any), FIXED, ID];
pub(super) const COUNT: &[Attribute] = &[must("value", NonNegativeInteger), FIXED, ID];
pub(super) const ALTERNATIVE: &[Attribute] = &[must("value", Any), ID];

pub(super) const fn facet(name: &'static str, attributes: &'static [Attribute]) -> Markup {
    markup(name, attributes, &ONLY_NOTE, NOTE_MODEL)
}

pub(super) static MIN_EXCLUSIVE: Markup = facet("minExclusive", BOUND);

pub(super) static MIN_INCLUSIVE: Markup = facet("minInclusive", BOUND);

pub(super) static MAX_EXCLUSIVE: Markup = facet("maxExclusive", BOUND);

pub(super) static MAX_INCLUSIVE: Markup = facet("maxInclusive", BOUND);

pub(super) static TOTAL_DIGITS: Markup =
    facet("totalDigits", &[must("value", PositiveInteger), FIXED, ID]);

pub(super) static FRACTION_DIGITS: Markup = facet("fractionDigits", COUNT);

pub(super) static LENGTH: Markup = facet("length", COUNT);

pub(super) static MIN_LENGTH: Markup = facet("minLength", COUNT);

pub(super) static MAX_LENGTH: Markup = facet("maxLength", COUNT);

pub(super) static ENUMERATION: Markup = facet("enumeration", ALTERNATIVE);

pub(super) static WHITE_SPACE: Markup = facet(
    "whiteSpace",
    &[
        must("value", OneOf(&["preserve", "replace", "collapse"])),
        FIXED,
        ID,
    ],
);

pub(super) static PATTERN: Markup = facet("pattern", ALTERNATIVE);

pub(super) const FACETS: Slot = Slot(
    Times::Any,
    &[
        Kind::MinExclusive,
        Kind::MinInclusive,
        Kind::MaxExclusive,
        Kind::MaxInclusive,
        Kind::TotalDigits,
        Kind::FractionDigits,
        Kind::Length,
        Kind::MinLength,
        Kind::MaxLength,
        Kind::Enumeration,
        Kind::WhiteSpace,
        Kind::Pattern,
    ],
);
