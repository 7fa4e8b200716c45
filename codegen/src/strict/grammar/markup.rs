//! The elements of schema documents: their attributes and content (XML Schema 1.0 Structures,
//! appendix A).

use super::lexical::Lexical::{
    self, AllNni, Any, AnyUri, Boolean, Id, Language, NamespaceList, NcName, NonNegativeInteger,
    OneOf, PositiveInteger, QNames, Set, TargetNamespace,
};

/// An element of a schema document, in one of the places where it may stand.
#[derive(Debug)]
pub(super) struct Markup {
    pub(super) name: &'static str,
    pub(super) attributes: &'static [Attribute],
    /// The content; where there are several, the first of them whose second slot has the first
    /// child that is no annotation, else the last.
    pub(super) content: &'static [&'static [Slot]],
    /// The content, as the specification writes it.
    pub(super) model: &'static str,
    /// Whether anything may stand in it.
    pub(super) open: bool,
}

/// An attribute in no namespace.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) lexical: Lexical,
    pub(super) required: bool,
}

/// A place in the content of an element, and what may stand there.
#[derive(Debug)]
pub(super) struct Slot(Times, pub(super) &'static [Kind]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Times {
    Optional,
    One,
    Any,
    Some,
}

impl Slot {
    /// Whether it must not stay empty.
    pub(super) fn is_required(&self) -> bool {
        [Times::One, Times::Some].contains(&self.0)
    }

    /// Whether it takes more than one child.
    pub(super) fn is_repeated(&self) -> bool {
        [Times::Any, Times::Some].contains(&self.0)
    }
}

macro_rules! kinds {
    ($($kind:ident = $markup:ident,)*) => {
        /// An element of a schema document, in one of the places where it may stand.
        #[derive(Clone, Copy, Debug)]
        pub(super) enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// Its name, attributes and content.
            pub(super) fn markup(self) -> &'static Markup {
                match self { $(Self::$kind => &$markup,)* }
            }
        }
    };
}

kinds! {
    Include = INCLUDE,
    Import = IMPORT,
    Redefine = REDEFINE,
    Notation = NOTATION,
    Annotation = ANNOTATION,
    Appinfo = APPINFO,
    Documentation = DOCUMENTATION,
    GlobalElement = GLOBAL_ELEMENT,
    LocalElement = LOCAL_ELEMENT,
    GlobalAttribute = GLOBAL_ATTRIBUTE,
    LocalAttribute = LOCAL_ATTRIBUTE,
    NamedComplexType = NAMED_COMPLEX_TYPE,
    ComplexType = COMPLEX_TYPE,
    SimpleContent = SIMPLE_CONTENT,
    ComplexContent = COMPLEX_CONTENT,
    SimpleContentRestriction = SIMPLE_CONTENT_RESTRICTION,
    SimpleExtension = SIMPLE_EXTENSION,
    ComplexRestriction = COMPLEX_RESTRICTION,
    ComplexExtension = COMPLEX_EXTENSION,
    NamedAttributeGroup = NAMED_ATTRIBUTE_GROUP,
    AttributeGroupReference = ATTRIBUTE_GROUP_REFERENCE,
    NamedGroup = NAMED_GROUP,
    GroupReference = GROUP_REFERENCE,
    All = ALL,
    AllElement = ALL_ELEMENT,
    Choice = CHOICE,
    Sequence = SEQUENCE,
    GroupAll = GROUP_ALL,
    GroupChoice = GROUP_CHOICE,
    GroupSequence = GROUP_SEQUENCE,
    Any = ANY,
    AnyAttribute = ANY_ATTRIBUTE,
    Unique = UNIQUE,
    Key = KEY,
    Keyref = KEYREF,
    Selector = SELECTOR,
    Field = FIELD,
    NamedSimpleType = NAMED_SIMPLE_TYPE,
    SimpleType = SIMPLE_TYPE,
    SimpleRestriction = SIMPLE_RESTRICTION,
    List = LIST,
    Union = UNION,
    MinExclusive = MIN_EXCLUSIVE,
    MinInclusive = MIN_INCLUSIVE,
    MaxExclusive = MAX_EXCLUSIVE,
    MaxInclusive = MAX_INCLUSIVE,
    TotalDigits = TOTAL_DIGITS,
    FractionDigits = FRACTION_DIGITS,
    Length = LENGTH,
    MinLength = MIN_LENGTH,
    MaxLength = MAX_LENGTH,
    Enumeration = ENUMERATION,
    WhiteSpace = WHITE_SPACE,
    Pattern = PATTERN,
}

const fn may(name: &'static str, lexical: Lexical) -> Attribute {
    Attribute {
        name,
        lexical,
        required: false,
    }
}

const fn must(name: &'static str, lexical: Lexical) -> Attribute {
    Attribute {
        name,
        lexical,
        required: true,
    }
}

const fn markup(
    name: &'static str,
    attributes: &'static [Attribute],
    content: &'static [&'static [Slot]],
    model: &'static str,
) -> Markup {
    Markup {
        name,
        attributes,
        content,
        model,
        open: false,
    }
}

const ID: Attribute = may("id", Id);
const NAME: Attribute = must("name", NcName);
const REFERENCE: Attribute = must("ref", Lexical::QName);
const MINIMUM: Attribute = may("minOccurs", NonNegativeInteger);
const MAXIMUM: Attribute = may("maxOccurs", AllNni);
const NOTE: Slot = Slot(Times::Optional, &[Kind::Annotation]);
const DERIVATIONS: &[&str] = &["extension", "restriction"];
const BLOCKS: &[&str] = &["extension", "restriction", "substitution"];
const FORMS: &[&str] = &["qualified", "unqualified"];
static ONLY_NOTE: [&[Slot]; 1] = [&[NOTE]];
const NOTE_MODEL: &str = "(annotation?)";

pub(super) static SCHEMA: Markup = markup(
    "schema",
    &[
        may("targetNamespace", TargetNamespace),
        may("version", Any),
        may(
            "finalDefault",
            Set(&["extension", "restriction", "list", "union"]),
        ),
        may("blockDefault", Set(BLOCKS)),
        may("attributeFormDefault", OneOf(FORMS)),
        may("elementFormDefault", OneOf(FORMS)),
        ID,
    ],
    &[&[
        Slot(
            Times::Any,
            &[
                Kind::Include,
                Kind::Import,
                Kind::Redefine,
                Kind::Annotation,
            ],
        ),
        Slot(
            Times::Any,
            &[
                Kind::NamedSimpleType,
                Kind::NamedComplexType,
                Kind::NamedGroup,
                Kind::NamedAttributeGroup,
                Kind::GlobalElement,
                Kind::GlobalAttribute,
                Kind::Notation,
                Kind::Annotation,
            ],
        ),
    ]],
    "((include | import | redefine | annotation)*, (((simpleType | complexType | group | \
     attributeGroup) | element | attribute | notation), annotation*)*)",
);

static INCLUDE: Markup = markup(
    "include",
    &[must("schemaLocation", AnyUri), ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

static IMPORT: Markup = markup(
    "import",
    &[may("namespace", AnyUri), may("schemaLocation", AnyUri), ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

static REDEFINE: Markup = markup(
    "redefine",
    &[must("schemaLocation", AnyUri), ID],
    &[&[Slot(
        Times::Any,
        &[
            Kind::Annotation,
            Kind::NamedSimpleType,
            Kind::NamedComplexType,
            Kind::NamedGroup,
            Kind::NamedAttributeGroup,
        ],
    )]],
    "(annotation | (simpleType | complexType | group | attributeGroup))*",
);

static NOTATION: Markup = markup(
    "notation",
    &[NAME, may("public", Any), may("system", AnyUri), ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

static ANNOTATION: Markup = markup(
    "annotation",
    &[ID],
    &[&[Slot(Times::Any, &[Kind::Appinfo, Kind::Documentation])]],
    "(appinfo | documentation)*",
);

static APPINFO: Markup = Markup {
    open: true,
    ..markup("appinfo", &[may("source", AnyUri)], &[], "({any})*")
};

static DOCUMENTATION: Markup = Markup {
    open: true,
    ..markup("documentation", &[may("source", AnyUri)], &[], "({any})*")
};

static ELEMENT_CONTENT: [&[Slot]; 1] = [&[
    NOTE,
    Slot(Times::Optional, &[Kind::SimpleType, Kind::ComplexType]),
    Slot(Times::Any, &[Kind::Unique, Kind::Key, Kind::Keyref]),
]];
const ELEMENT_MODEL: &str =
    "(annotation?, ((simpleType | complexType)?, (unique | key | keyref)*))";

static GLOBAL_ELEMENT: Markup = markup(
    "element",
    &[
        NAME,
        may("type", Lexical::QName),
        may("substitutionGroup", Lexical::QName),
        may("default", Any),
        may("fixed", Any),
        may("nillable", Boolean),
        may("abstract", Boolean),
        may("final", Set(DERIVATIONS)),
        may("block", Set(BLOCKS)),
        ID,
    ],
    &ELEMENT_CONTENT,
    ELEMENT_MODEL,
);

const LOCAL_ELEMENT_ATTRIBUTES: &[Attribute] = &[
    may("name", NcName),
    may("ref", Lexical::QName),
    may("type", Lexical::QName),
    may("default", Any),
    may("fixed", Any),
    may("nillable", Boolean),
    may("block", Set(BLOCKS)),
    may("form", OneOf(FORMS)),
    MINIMUM,
    MAXIMUM,
    ID,
];

static LOCAL_ELEMENT: Markup = markup(
    "element",
    LOCAL_ELEMENT_ATTRIBUTES,
    &ELEMENT_CONTENT,
    ELEMENT_MODEL,
);

static ATTRIBUTE_CONTENT: [&[Slot]; 1] = [&[NOTE, Slot(Times::Optional, &[Kind::SimpleType])]];
const ATTRIBUTE_MODEL: &str = "(annotation?, simpleType?)";

static GLOBAL_ATTRIBUTE: Markup = markup(
    "attribute",
    &[
        NAME,
        may("type", Lexical::QName),
        may("default", Any),
        may("fixed", Any),
        ID,
    ],
    &ATTRIBUTE_CONTENT,
    ATTRIBUTE_MODEL,
);

static LOCAL_ATTRIBUTE: Markup = markup(
    "attribute",
    &[
        may("name", NcName),
        may("ref", Lexical::QName),
        may("type", Lexical::QName),
        may("default", Any),
        may("fixed", Any),
        may("form", OneOf(FORMS)),
        may("use", OneOf(&["optional", "prohibited", "required"])),
        ID,
    ],
    &ATTRIBUTE_CONTENT,
    ATTRIBUTE_MODEL,
);

const ATTRIBUTES: Slot = Slot(
    Times::Any,
    &[Kind::LocalAttribute, Kind::AttributeGroupReference],
);
const ANY_ATTRIBUTES: Slot = Slot(Times::Optional, &[Kind::AnyAttribute]);
const PARTICLE: Slot = Slot(
    Times::Optional,
    &[
        Kind::GroupReference,
        Kind::All,
        Kind::Choice,
        Kind::Sequence,
    ],
);

static COMPLEX_TYPE_CONTENT: [&[Slot]; 2] = [
    &[
        NOTE,
        Slot(Times::One, &[Kind::SimpleContent, Kind::ComplexContent]),
    ],
    &[NOTE, PARTICLE, ATTRIBUTES, ANY_ATTRIBUTES],
];
const COMPLEX_TYPE_MODEL: &str = "(annotation?, (simpleContent | complexContent | ((group | all \
     | choice | sequence)?, ((attribute | attributeGroup)*, anyAttribute?))))";

static NAMED_COMPLEX_TYPE: Markup = markup(
    "complexType",
    &[
        NAME,
        may("mixed", Boolean),
        may("abstract", Boolean),
        may("final", Set(DERIVATIONS)),
        may("block", Set(DERIVATIONS)),
        ID,
    ],
    &COMPLEX_TYPE_CONTENT,
    COMPLEX_TYPE_MODEL,
);

static COMPLEX_TYPE: Markup = markup(
    "complexType",
    &[may("mixed", Boolean), ID],
    &COMPLEX_TYPE_CONTENT,
    COMPLEX_TYPE_MODEL,
);

static SIMPLE_CONTENT: Markup = markup(
    "simpleContent",
    &[ID],
    &[&[
        NOTE,
        Slot(
            Times::One,
            &[Kind::SimpleContentRestriction, Kind::SimpleExtension],
        ),
    ]],
    "(annotation?, (restriction | extension))",
);

static COMPLEX_CONTENT: Markup = markup(
    "complexContent",
    &[may("mixed", Boolean), ID],
    &[&[
        NOTE,
        Slot(
            Times::One,
            &[Kind::ComplexRestriction, Kind::ComplexExtension],
        ),
    ]],
    "(annotation?, (restriction | extension))",
);

const BASE: &[Attribute] = &[must("base", Lexical::QName), ID];

static SIMPLE_CONTENT_RESTRICTION: Markup = markup(
    "restriction",
    BASE,
    &[&[
        NOTE,
        Slot(Times::Optional, &[Kind::SimpleType]),
        FACETS,
        ATTRIBUTES,
        ANY_ATTRIBUTES,
    ]],
    "(annotation?, (simpleType?, facet*)?, ((attribute | attributeGroup)*, anyAttribute?))",
);

static SIMPLE_EXTENSION: Markup = markup(
    "extension",
    BASE,
    &[&[NOTE, ATTRIBUTES, ANY_ATTRIBUTES]],
    "(annotation?, ((attribute | attributeGroup)*, anyAttribute?))",
);

static DERIVED: [&[Slot]; 1] = [&[NOTE, PARTICLE, ATTRIBUTES, ANY_ATTRIBUTES]];
const DERIVED_MODEL: &str = "(annotation?, ((group | all | choice | sequence)?, ((attribute | \
     attributeGroup)*, anyAttribute?)))";

static COMPLEX_RESTRICTION: Markup = markup("restriction", BASE, &DERIVED, DERIVED_MODEL);

static COMPLEX_EXTENSION: Markup = markup("extension", BASE, &DERIVED, DERIVED_MODEL);

static NAMED_ATTRIBUTE_GROUP: Markup = markup(
    "attributeGroup",
    &[NAME, ID],
    &[&[NOTE, ATTRIBUTES, ANY_ATTRIBUTES]],
    "(annotation?, ((attribute | attributeGroup)*, anyAttribute?))",
);

static ATTRIBUTE_GROUP_REFERENCE: Markup =
    markup("attributeGroup", &[REFERENCE, ID], &ONLY_NOTE, NOTE_MODEL);

static NAMED_GROUP: Markup = markup(
    "group",
    &[NAME, ID],
    &[&[
        NOTE,
        Slot(
            Times::One,
            &[Kind::GroupAll, Kind::GroupChoice, Kind::GroupSequence],
        ),
    ]],
    "(annotation?, (all | choice | sequence))",
);

static GROUP_REFERENCE: Markup = markup(
    "group",
    &[REFERENCE, MINIMUM, MAXIMUM, ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

static NESTED: [&[Slot]; 1] = [&[
    NOTE,
    Slot(
        Times::Any,
        &[
            Kind::LocalElement,
            Kind::GroupReference,
            Kind::Choice,
            Kind::Sequence,
            Kind::Any,
        ],
    ),
]];
const NESTED_MODEL: &str = "(annotation?, (element | group | choice | sequence | any)*)";
static ALL_CONTENT: [&[Slot]; 1] = [&[NOTE, Slot(Times::Any, &[Kind::AllElement])]];
const ALL_MODEL: &str = "(annotation?, element*)";
const OCCURS: &[Attribute] = &[MINIMUM, MAXIMUM, ID];

static ALL: Markup = markup(
    "all",
    &[
        may("minOccurs", OneOf(&["0", "1"])),
        may("maxOccurs", OneOf(&["1"])),
        ID,
    ],
    &ALL_CONTENT,
    ALL_MODEL,
);

static ALL_ELEMENT: Markup = markup(
    "element",
    LOCAL_ELEMENT_ATTRIBUTES,
    &ELEMENT_CONTENT,
    ELEMENT_MODEL,
);

static CHOICE: Markup = markup("choice", OCCURS, &NESTED, NESTED_MODEL);

static SEQUENCE: Markup = markup("sequence", OCCURS, &NESTED, NESTED_MODEL);

static GROUP_ALL: Markup = markup("all", &[ID], &ALL_CONTENT, ALL_MODEL);

static GROUP_CHOICE: Markup = markup("choice", &[ID], &NESTED, NESTED_MODEL);

static GROUP_SEQUENCE: Markup = markup("sequence", &[ID], &NESTED, NESTED_MODEL);

const PROCESS: Attribute = may("processContents", OneOf(&["lax", "skip", "strict"]));
const NAMESPACES: Attribute = may("namespace", NamespaceList);

static ANY: Markup = markup(
    "any",
    &[NAMESPACES, PROCESS, MINIMUM, MAXIMUM, ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

static ANY_ATTRIBUTE: Markup = markup(
    "anyAttribute",
    &[NAMESPACES, PROCESS, ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

const KEY_ATTRIBUTES: &[Attribute] = &[NAME, ID];
static KEY_CONTENT: [&[Slot]; 1] = [&[
    NOTE,
    Slot(Times::One, &[Kind::Selector]),
    Slot(Times::Some, &[Kind::Field]),
]];
const KEY_MODEL: &str = "(annotation?, (selector, field+))";

static UNIQUE: Markup = markup("unique", KEY_ATTRIBUTES, &KEY_CONTENT, KEY_MODEL);

static KEY: Markup = markup("key", KEY_ATTRIBUTES, &KEY_CONTENT, KEY_MODEL);

static KEYREF: Markup = markup(
    "keyref",
    &[NAME, must("refer", Lexical::QName), ID],
    &KEY_CONTENT,
    KEY_MODEL,
);

static SELECTOR: Markup = markup(
    "selector",
    &[must("xpath", Any), ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

static FIELD: Markup = markup("field", &[must("xpath", Any), ID], &ONLY_NOTE, NOTE_MODEL);

static SIMPLE_TYPE_CONTENT: [&[Slot]; 1] = [&[
    NOTE,
    Slot(
        Times::One,
        &[Kind::SimpleRestriction, Kind::List, Kind::Union],
    ),
]];
const SIMPLE_TYPE_MODEL: &str = "(annotation?, (restriction | list | union))";

static NAMED_SIMPLE_TYPE: Markup = markup(
    "simpleType",
    &[
        NAME,
        may("final", Set(&["restriction", "list", "union"])),
        ID,
    ],
    &SIMPLE_TYPE_CONTENT,
    SIMPLE_TYPE_MODEL,
);

static SIMPLE_TYPE: Markup = markup("simpleType", &[ID], &SIMPLE_TYPE_CONTENT, SIMPLE_TYPE_MODEL);

static SIMPLE_RESTRICTION: Markup = markup(
    "restriction",
    &[may("base", Lexical::QName), ID],
    &[&[NOTE, Slot(Times::Optional, &[Kind::SimpleType]), FACETS]],
    "(annotation?, (simpleType?, facet*))",
);

static LIST: Markup = markup(
    "list",
    &[may("itemType", Lexical::QName), ID],
    &ATTRIBUTE_CONTENT,
    ATTRIBUTE_MODEL,
);

static UNION: Markup = markup(
    "union",
    &[may("memberTypes", QNames), ID],
    &[&[NOTE, Slot(Times::Any, &[Kind::SimpleType])]],
    "(annotation?, simpleType*)",
);

const FIXED: Attribute = may("fixed", Boolean);
const BOUND: &[Attribute] = &[must("value", Any), FIXED, ID];
const COUNT: &[Attribute] = &[must("value", NonNegativeInteger), FIXED, ID];
const ALTERNATIVE: &[Attribute] = &[must("value", Any), ID];

const fn facet(name: &'static str, attributes: &'static [Attribute]) -> Markup {
    markup(name, attributes, &ONLY_NOTE, NOTE_MODEL)
}

static MIN_EXCLUSIVE: Markup = facet("minExclusive", BOUND);

static MIN_INCLUSIVE: Markup = facet("minInclusive", BOUND);

static MAX_EXCLUSIVE: Markup = facet("maxExclusive", BOUND);

static MAX_INCLUSIVE: Markup = facet("maxInclusive", BOUND);

static TOTAL_DIGITS: Markup = facet("totalDigits", &[must("value", PositiveInteger), FIXED, ID]);

static FRACTION_DIGITS: Markup = facet("fractionDigits", COUNT);

static LENGTH: Markup = facet("length", COUNT);

static MIN_LENGTH: Markup = facet("minLength", COUNT);

static MAX_LENGTH: Markup = facet("maxLength", COUNT);

static ENUMERATION: Markup = facet("enumeration", ALTERNATIVE);

static WHITE_SPACE: Markup = facet(
    "whiteSpace",
    &[
        must("value", OneOf(&["preserve", "replace", "collapse"])),
        FIXED,
        ID,
    ],
);

static PATTERN: Markup = facet("pattern", ALTERNATIVE);

const FACETS: Slot = Slot(
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

/// The language of text; the only attribute of another namespace with a type here.
pub(super) const LANGUAGE: Lexical = Language;
