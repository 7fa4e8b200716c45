//! The elements of schema documents: their attributes and content (XML Schema 1.0 Structures,
//! appendix A).

use super::datatypes::{
    ENUMERATION, FRACTION_DIGITS, LENGTH, LIST, MAX_EXCLUSIVE, MAX_INCLUSIVE, MAX_LENGTH,
    MIN_EXCLUSIVE, MIN_INCLUSIVE, MIN_LENGTH, NAMED_SIMPLE_TYPE, PATTERN, SIMPLE_RESTRICTION,
    SIMPLE_TYPE, TOTAL_DIGITS, UNION, WHITE_SPACE,
};
use super::lexical::Lexical::{self, AllNni, Id, Language, NcName, NonNegativeInteger};
use super::structures::{
    ALL, ALL_ELEMENT, ANNOTATION, ANY, ANY_ATTRIBUTE, APPINFO, ATTRIBUTE_GROUP_REFERENCE, CHOICE,
    COMPLEX_CONTENT, COMPLEX_EXTENSION, COMPLEX_RESTRICTION, COMPLEX_TYPE, DOCUMENTATION, FIELD,
    GLOBAL_ATTRIBUTE, GLOBAL_ELEMENT, GROUP_ALL, GROUP_CHOICE, GROUP_REFERENCE, GROUP_SEQUENCE,
    IMPORT, INCLUDE, KEY, KEYREF, LOCAL_ATTRIBUTE, LOCAL_ELEMENT, NAMED_ATTRIBUTE_GROUP,
    NAMED_COMPLEX_TYPE, NAMED_GROUP, NOTATION, REDEFINE, SELECTOR, SEQUENCE, SIMPLE_CONTENT,
    SIMPLE_CONTENT_RESTRICTION, SIMPLE_EXTENSION, UNIQUE,
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
pub(super) struct Slot(pub(super) Times, pub(super) &'static [Kind]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
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

pub(super) const fn may(name: &'static str, lexical: Lexical) -> Attribute {
    Attribute {
        name,
        lexical,
        required: false,
    }
}

pub(super) const fn must(name: &'static str, lexical: Lexical) -> Attribute {
    Attribute {
        name,
        lexical,
        required: true,
    }
}

pub(super) const fn markup(
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

pub(super) const ID: Attribute = may("id", Id);
pub(super) const NAME: Attribute = must("name", NcName);
pub(super) const REFERENCE: Attribute = must("ref", Lexical::QName);
pub(super) const MINIMUM: Attribute = may("minOccurs", NonNegativeInteger);
pub(super) const MAXIMUM: Attribute = may("maxOccurs", AllNni);
pub(super) const NOTE: Slot = Slot(Times::Optional, &[Kind::Annotation]);
pub(super) const DERIVATIONS: &[&str] = &["extension", "restriction"];
pub(super) const BLOCKS: &[&str] = &["extension", "restriction", "substitution"];
pub(super) const FORMS: &[&str] = &["qualified", "unqualified"];
pub(super) static ONLY_NOTE: [&[Slot]; 1] = [&[NOTE]];
pub(super) const NOTE_MODEL: &str = "(annotation?)";

/// The language of text; the only attribute of another namespace with a type here.
pub(super) const LANGUAGE: Lexical = Language;
