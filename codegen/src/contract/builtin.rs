//! The built-in types (XML Schema 1.0 Datatypes §3).

pub use crate::namespace::{SOAP_ENCODING_11, SOAP_ENCODING_12, SOAP_ENCODINGS, XML_SCHEMA};

macro_rules! builtins {
    ($($variant:ident $name:literal $base:ident,)*) => {
        /// A type of the XML Schema namespace.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Builtin {
            $(#[doc = concat!("`xs:", $name, "`.")] $variant,)*
        }

        impl Builtin {
            /// All built-in types, bases before what derives from them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The local name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The type that it is derived from; `xs:anyType` names itself.
            #[must_use]
            pub fn base(self) -> Self {
                match self { $(Self::$variant => Self::$base,)* }
            }

            /// The built-in type with this local name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

builtins! {
    AnyType "anyType" AnyType,
    AnySimpleType "anySimpleType" AnyType,
    AnyAtomicType "anyAtomicType" AnySimpleType,
    String "string" AnyAtomicType,
    NormalizedString "normalizedString" String,
    Token "token" NormalizedString,
    Language "language" Token,
    NmToken "NMTOKEN" Token,
    NmTokens "NMTOKENS" AnySimpleType,
    Name "Name" Token,
    NcName "NCName" Name,
    Id "ID" NcName,
    IdRef "IDREF" NcName,
    IdRefs "IDREFS" AnySimpleType,
    Entity "ENTITY" NcName,
    Entities "ENTITIES" AnySimpleType,
    Boolean "boolean" AnyAtomicType,
    Base64Binary "base64Binary" AnyAtomicType,
    HexBinary "hexBinary" AnyAtomicType,
    Float "float" AnyAtomicType,
    Double "double" AnyAtomicType,
    AnyUri "anyURI" AnyAtomicType,
    QName "QName" AnyAtomicType,
    Notation "NOTATION" AnyAtomicType,
    Decimal "decimal" AnyAtomicType,
    Integer "integer" Decimal,
    NonPositiveInteger "nonPositiveInteger" Integer,
    NegativeInteger "negativeInteger" NonPositiveInteger,
    Long "long" Integer,
    Int "int" Long,
    Short "short" Int,
    Byte "byte" Short,
    NonNegativeInteger "nonNegativeInteger" Integer,
    UnsignedLong "unsignedLong" NonNegativeInteger,
    UnsignedInt "unsignedInt" UnsignedLong,
    UnsignedShort "unsignedShort" UnsignedInt,
    UnsignedByte "unsignedByte" UnsignedShort,
    PositiveInteger "positiveInteger" NonNegativeInteger,
    DateTime "dateTime" AnyAtomicType,
    DateTimeStamp "dateTimeStamp" DateTime,
    Date "date" AnyAtomicType,
    Time "time" AnyAtomicType,
    GYearMonth "gYearMonth" AnyAtomicType,
    GYear "gYear" AnyAtomicType,
    GMonthDay "gMonthDay" AnyAtomicType,
    GDay "gDay" AnyAtomicType,
    GMonth "gMonth" AnyAtomicType,
    Duration "duration" AnyAtomicType,
    YearMonthDuration "yearMonthDuration" Duration,
    DayTimeDuration "dayTimeDuration" Duration,
}

impl Builtin {
    /// The item type of the three built-in list types.
    #[must_use]
    pub fn list_item(self) -> Option<Self> {
        match self {
            Self::NmTokens => Some(Self::NmToken),
            Self::IdRefs => Some(Self::IdRef),
            Self::Entities => Some(Self::Entity),
            _ => None,
        }
    }
}
