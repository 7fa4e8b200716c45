//! The built-in types (§3) as a table.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::definition::{Datatype, Definition, Kind, Size, WhiteSpace};
use super::facets::{Bound, Facets, Limit};
use super::lexical::{self, DecimalValue, Read};
use super::value::{ActualValue, IdKind, Value};

/// A primitive type (§3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of the specification")]
pub enum Primitive {
    String,
    Boolean,
    Decimal,
    Float,
    Double,
    Duration,
    DateTime,
    Time,
    Date,
    GYearMonth,
    GYear,
    GMonthDay,
    GDay,
    GMonth,
    HexBinary,
    Base64Binary,
    AnyUri,
    QName,
    Notation,
}

/// An atomic built-in type: how its lexical forms are read.
#[derive(Debug)]
pub(super) struct Builtin {
    pub(super) name: &'static str,
    pub(super) primitive: Primitive,
    pub(super) read: Read,
    pub(super) id: Option<IdKind>,
}

/// The 44 built-in types and `anySimpleType`, by name.
static TYPES: LazyLock<HashMap<&'static str, Datatype>> = LazyLock::new(|| {
    let mut table = Table {
        types: HashMap::new(),
    };
    table.add_primitives();
    table.add_strings();
    table.add_integers();
    table.types
});

pub(super) fn find(name: &str) -> Option<Datatype> {
    TYPES.get(name).cloned()
}

/// What all simple types are made of.
pub(super) static ANY_SIMPLE_TYPE: LazyLock<Datatype> = LazyLock::new(|| {
    Datatype(Arc::new(Definition {
        name: Some("anySimpleType"),
        base: None,
        kind: Kind::Any,
        white_space: WhiteSpace::Preserve,
        facets: Arc::new(Facets::default()),
        size: Size::default(),
    }))
});

struct Table {
    types: HashMap<&'static str, Datatype>,
}

impl Table {
    fn add(
        &mut self,
        builtin: Builtin,
        base: &Datatype,
        white_space: WhiteSpace,
        facets: Facets,
    ) -> Datatype {
        let name = builtin.name;
        let datatype = Datatype(Arc::new(Definition {
            name: Some(name),
            base: Some(base.clone()),
            kind: Kind::Atomic(Arc::new(builtin)),
            white_space,
            facets: Arc::new(facets),
            size: Size::default(),
        }));
        self.types.insert(name, datatype.clone());
        datatype
    }

    fn add_primitives(&mut self) {
        use Primitive as P;
        self.types.insert("anySimpleType", ANY_SIMPLE_TYPE.clone());
        let primitives: [(&'static str, Primitive, Read); 18] = [
            ("boolean", P::Boolean, lexical::boolean),
            ("decimal", P::Decimal, lexical::decimal),
            ("float", P::Float, lexical::float),
            ("double", P::Double, lexical::double),
            ("duration", P::Duration, lexical::duration),
            ("dateTime", P::DateTime, lexical::date_time),
            ("time", P::Time, lexical::time),
            ("date", P::Date, lexical::date),
            ("gYearMonth", P::GYearMonth, lexical::g_year_month),
            ("gYear", P::GYear, lexical::g_year),
            ("gMonthDay", P::GMonthDay, lexical::g_month_day),
            ("gDay", P::GDay, lexical::g_day),
            ("gMonth", P::GMonth, lexical::g_month),
            ("hexBinary", P::HexBinary, lexical::hex_binary),
            ("base64Binary", P::Base64Binary, lexical::base64_binary),
            ("anyURI", P::AnyUri, lexical::any_uri),
            ("QName", P::QName, lexical::qname),
            ("NOTATION", P::Notation, lexical::notation),
        ];
        for (name, primitive, read) in primitives {
            let builtin = Builtin {
                name,
                primitive,
                read,
                id: None,
            };
            let facets = Facets {
                white_space_fixed: true,
                ..Facets::default()
            };
            self.add(builtin, &ANY_SIMPLE_TYPE, WhiteSpace::Collapse, facets);
        }
    }

    fn add_strings(&mut self) {
        let mut string = |name, base: &Datatype, read: Read, id, white_space| {
            let builtin = Builtin {
                name,
                primitive: Primitive::String,
                read,
                id,
            };
            self.add(builtin, base, white_space, Facets::default())
        };
        let collapse = WhiteSpace::Collapse;
        let text = string(
            "string",
            &ANY_SIMPLE_TYPE,
            lexical::string,
            None,
            WhiteSpace::Preserve,
        );
        let normalized = string(
            "normalizedString",
            &text,
            lexical::string,
            None,
            WhiteSpace::Replace,
        );
        let token = string("token", &normalized, lexical::string, None, collapse);
        string("language", &token, lexical::language, None, collapse);
        let nmtoken = string("NMTOKEN", &token, lexical::nmtoken, None, collapse);
        let name = string("Name", &token, lexical::name, None, collapse);
        let ncname = string("NCName", &name, lexical::ncname, None, collapse);
        string("ID", &ncname, lexical::ncname, Some(IdKind::Id), collapse);
        let idref = string(
            "IDREF",
            &ncname,
            lexical::ncname,
            Some(IdKind::Idref),
            collapse,
        );
        let entity = string(
            "ENTITY",
            &ncname,
            lexical::ncname,
            Some(IdKind::Entity),
            collapse,
        );
        for (name, item) in [
            ("NMTOKENS", nmtoken),
            ("IDREFS", idref),
            ("ENTITIES", entity),
        ] {
            let facets = Facets {
                min_length: Some(Limit {
                    value: 1,
                    fixed: false,
                }),
                white_space_fixed: true,
                ..Facets::default()
            };
            let datatype = Datatype::new_list(Some(name), &item, facets);
            self.types.insert(name, datatype);
        }
    }

    fn add_integers(&mut self) {
        // Name, base, least and greatest value, each where the base has another.
        const INTEGERS: [(&str, &str, Option<i128>, Option<i128>); 13] = [
            ("integer", "decimal", None, None),
            ("nonPositiveInteger", "integer", None, Some(0)),
            ("negativeInteger", "nonPositiveInteger", None, Some(-1)),
            (
                "long",
                "integer",
                Some(i64::MIN as i128),
                Some(i64::MAX as i128),
            ),
            (
                "int",
                "long",
                Some(i32::MIN as i128),
                Some(i32::MAX as i128),
            ),
            (
                "short",
                "int",
                Some(i16::MIN as i128),
                Some(i16::MAX as i128),
            ),
            (
                "byte",
                "short",
                Some(i8::MIN as i128),
                Some(i8::MAX as i128),
            ),
            ("nonNegativeInteger", "integer", Some(0), None),
            (
                "unsignedLong",
                "nonNegativeInteger",
                None,
                Some(u64::MAX as i128),
            ),
            ("unsignedInt", "unsignedLong", None, Some(u32::MAX as i128)),
            ("unsignedShort", "unsignedInt", None, Some(u16::MAX as i128)),
            ("unsignedByte", "unsignedShort", None, Some(u8::MAX as i128)),
            ("positiveInteger", "nonNegativeInteger", Some(1), None),
        ];
        for (name, base, least, greatest) in INTEGERS {
            let Some(base) = self.types.get(base).cloned() else {
                continue;
            };
            let builtin = Builtin {
                name,
                primitive: Primitive::Decimal,
                read: lexical::integer,
                id: None,
            };
            let mut facets = Facets::clone(&base.0.facets);
            facets.fraction_digits = Some(Limit {
                value: 0,
                fixed: true,
            });
            let bound = |number: i128| Bound {
                value: ActualValue(Value::Decimal(DecimalValue::from(number))),
                text: number.to_string().into(),
                inclusive: true,
                fixed: false,
            };
            facets.min = least.map(bound).or(facets.min);
            facets.max = greatest.map(bound).or(facets.max);
            self.add(builtin, &base, WhiteSpace::Collapse, facets);
        }
    }
}
