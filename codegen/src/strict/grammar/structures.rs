//! What Part 1, Structures, gives the elements of schema documents.

use super::datatypes::FACETS;
use super::lexical::Lexical::{
    self, Any, AnyUri, Boolean, NamespaceList, NcName, OneOf, Set, TargetNamespace,
};
use super::markup::{
    Attribute, BLOCKS, DERIVATIONS, FORMS, ID, Kind, MAXIMUM, MINIMUM, Markup, NAME, NOTE,
    NOTE_MODEL, ONLY_NOTE, REFERENCE, Slot, Times, markup, may, must,
};

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

pub(super) static INCLUDE: Markup = markup(
    "include",
    &[must("schemaLocation", AnyUri), ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

pub(super) static IMPORT: Markup = markup(
    "import",
    &[may("namespace", AnyUri), may("schemaLocation", AnyUri), ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

pub(super) static REDEFINE: Markup = markup(
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

pub(super) static NOTATION: Markup = markup(
    "notation",
    &[NAME, may("public", Any), may("system", AnyUri), ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

pub(super) static ANNOTATION: Markup = markup(
    "annotation",
    &[ID],
    &[&[Slot(Times::Any, &[Kind::Appinfo, Kind::Documentation])]],
    "(appinfo | documentation)*",
);

pub(super) static APPINFO: Markup = Markup {
    open: true,
    ..markup("appinfo", &[may("source", AnyUri)], &[], "({any})*")
};

pub(super) static DOCUMENTATION: Markup = Markup {
    open: true,
    ..markup("documentation", &[may("source", AnyUri)], &[], "({any})*")
};

pub(super) static ELEMENT_CONTENT: [&[Slot]; 1] = [&[
    NOTE,
    Slot(Times::Optional, &[Kind::SimpleType, Kind::ComplexType]),
    Slot(Times::Any, &[Kind::Unique, Kind::Key, Kind::Keyref]),
]];
pub(super) const ELEMENT_MODEL: &str =
    "(annotation?, ((simpleType | complexType)?, (unique | key | keyref)*))";

pub(super) static GLOBAL_ELEMENT: Markup = markup(
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

pub(super) const LOCAL_ELEMENT_ATTRIBUTES: &[Attribute] = &[
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

pub(super) static LOCAL_ELEMENT: Markup = markup(
    "element",
    LOCAL_ELEMENT_ATTRIBUTES,
    &ELEMENT_CONTENT,
    ELEMENT_MODEL,
);

pub(super) static ATTRIBUTE_CONTENT: [&[Slot]; 1] =
    [&[NOTE, Slot(Times::Optional, &[Kind::SimpleType])]];
pub(super) const ATTRIBUTE_MODEL: &str = "(annotation?, simpleType?)";

pub(super) static GLOBAL_ATTRIBUTE: Markup = markup(
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

pub(super) static LOCAL_ATTRIBUTE: Markup = markup(
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

pub(super) const ATTRIBUTES: Slot = Slot(
    Times::Any,
    &[Kind::LocalAttribute, Kind::AttributeGroupReference],
);
pub(super) const ANY_ATTRIBUTES: Slot = Slot(Times::Optional, &[Kind::AnyAttribute]);
pub(super) const PARTICLE: Slot = Slot(
    Times::Optional,
    &[
        Kind::GroupReference,
        Kind::All,
        Kind::Choice,
        Kind::Sequence,
    ],
);

pub(super) static COMPLEX_TYPE_CONTENT: [&[Slot]; 2] = [
    &[
        NOTE,
        Slot(Times::One, &[Kind::SimpleContent, Kind::ComplexContent]),
    ],
    &[NOTE, PARTICLE, ATTRIBUTES, ANY_ATTRIBUTES],
];
pub(super) const COMPLEX_TYPE_MODEL: &str = "(annotation?, (simpleContent | complexContent | ((group | all \
     | choice | sequence)?, ((attribute | attributeGroup)*, anyAttribute?))))";

pub(super) static NAMED_COMPLEX_TYPE: Markup = markup(
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

pub(super) static COMPLEX_TYPE: Markup = markup(
    "complexType",
    &[may("mixed", Boolean), ID],
    &COMPLEX_TYPE_CONTENT,
    COMPLEX_TYPE_MODEL,
);

pub(super) static SIMPLE_CONTENT: Markup = markup(
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

pub(super) static COMPLEX_CONTENT: Markup = markup(
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

pub(super) const BASE: &[Attribute] = &[must("base", Lexical::QName), ID];

pub(super) static SIMPLE_CONTENT_RESTRICTION: Markup = markup(
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

pub(super) static SIMPLE_EXTENSION: Markup = markup(
    "extension",
    BASE,
    &[&[NOTE, ATTRIBUTES, ANY_ATTRIBUTES]],
    "(annotation?, ((attribute | attributeGroup)*, anyAttribute?))",
);

pub(super) static DERIVED: [&[Slot]; 1] = [&[NOTE, PARTICLE, ATTRIBUTES, ANY_ATTRIBUTES]];
pub(super) const DERIVED_MODEL: &str = "(annotation?, ((group | all | choice | sequence)?, ((attribute | \
     attributeGroup)*, anyAttribute?)))";

pub(super) static COMPLEX_RESTRICTION: Markup =
    markup("restriction", BASE, &DERIVED, DERIVED_MODEL);

pub(super) static COMPLEX_EXTENSION: Markup = markup("extension", BASE, &DERIVED, DERIVED_MODEL);

pub(super) static NAMED_ATTRIBUTE_GROUP: Markup = markup(
    "attributeGroup",
    &[NAME, ID],
    &[&[NOTE, ATTRIBUTES, ANY_ATTRIBUTES]],
    "(annotation?, ((attribute | attributeGroup)*, anyAttribute?))",
);

pub(super) static ATTRIBUTE_GROUP_REFERENCE: Markup =
    markup("attributeGroup", &[REFERENCE, ID], &ONLY_NOTE, NOTE_MODEL);

pub(super) static NAMED_GROUP: Markup = markup(
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

pub(super) static GROUP_REFERENCE: Markup = markup(
    "group",
    &[REFERENCE, MINIMUM, MAXIMUM, ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

pub(super) static NESTED: [&[Slot]; 1] = [&[
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
pub(super) const NESTED_MODEL: &str = "(annotation?, (element | group | choice | sequence | any)*)";
pub(super) static ALL_CONTENT: [&[Slot]; 1] = [&[NOTE, Slot(Times::Any, &[Kind::AllElement])]];
pub(super) const ALL_MODEL: &str = "(annotation?, element*)";
pub(super) const OCCURS: &[Attribute] = &[MINIMUM, MAXIMUM, ID];

pub(super) static ALL: Markup = markup(
    "all",
    &[
        may("minOccurs", OneOf(&["0", "1"])),
        may("maxOccurs", OneOf(&["1"])),
        ID,
    ],
    &ALL_CONTENT,
    ALL_MODEL,
);

pub(super) static ALL_ELEMENT: Markup = markup(
    "element",
    LOCAL_ELEMENT_ATTRIBUTES,
    &ELEMENT_CONTENT,
    ELEMENT_MODEL,
);

pub(super) static CHOICE: Markup = markup("choice", OCCURS, &NESTED, NESTED_MODEL);

pub(super) static SEQUENCE: Markup = markup("sequence", OCCURS, &NESTED, NESTED_MODEL);

pub(super) static GROUP_ALL: Markup = markup("all", &[ID], &ALL_CONTENT, ALL_MODEL);

pub(super) static GROUP_CHOICE: Markup = markup("choice", &[ID], &NESTED, NESTED_MODEL);

pub(super) static GROUP_SEQUENCE: Markup = markup("sequence", &[ID], &NESTED, NESTED_MODEL);

pub(super) const PROCESS: Attribute = may("processContents", OneOf(&["lax", "skip", "strict"]));
pub(super) const NAMESPACES: Attribute = may("namespace", NamespaceList);

pub(super) static ANY: Markup = markup(
    "any",
    &[NAMESPACES, PROCESS, MINIMUM, MAXIMUM, ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

pub(super) static ANY_ATTRIBUTE: Markup = markup(
    "anyAttribute",
    &[NAMESPACES, PROCESS, ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

pub(super) const KEY_ATTRIBUTES: &[Attribute] = &[NAME, ID];
pub(super) static KEY_CONTENT: [&[Slot]; 1] = [&[
    NOTE,
    Slot(Times::One, &[Kind::Selector]),
    Slot(Times::Some, &[Kind::Field]),
]];
pub(super) const KEY_MODEL: &str = "(annotation?, (selector, field+))";

pub(super) static UNIQUE: Markup = markup("unique", KEY_ATTRIBUTES, &KEY_CONTENT, KEY_MODEL);

pub(super) static KEY: Markup = markup("key", KEY_ATTRIBUTES, &KEY_CONTENT, KEY_MODEL);

pub(super) static KEYREF: Markup = markup(
    "keyref",
    &[NAME, must("refer", Lexical::QName), ID],
    &KEY_CONTENT,
    KEY_MODEL,
);

pub(super) static SELECTOR: Markup = markup(
    "selector",
    &[must("xpath", Any), ID],
    &ONLY_NOTE,
    NOTE_MODEL,
);

pub(super) static FIELD: Markup =
    markup("field", &[must("xpath", Any), ID], &ONLY_NOTE, NOTE_MODEL);
