//! Lexical forms, values, their equality and order.

use super::*;

#[test]
fn lexical_forms_are_those_of_the_specification() {
    for (name, valid, invalid) in [
        ("boolean", "true false 1 0", "TRUE yes 01"),
        (
            "decimal",
            "0 +1. .5 -00.10 99999999999999999999999999.9",
            ". + 1e3 1,0 --1 INF",
        ),
        (
            "integer",
            "-0 +007 99999999999999999999999999",
            "1. 1.0 - 0x1",
        ),
        ("byte", "-128 127 +0", "128 -129 1.0"),
        (
            "unsignedLong",
            "18446744073709551615 -0",
            "18446744073709551616 -1",
        ),
        ("positiveInteger", "1", "0 -1"),
        ("negativeInteger", "-1", "0 1"),
        (
            "float",
            "1e3 -1.E-2 .5 INF -INF NaN 1e999",
            "+INF inf nan e1 1e 1e1.0 . 0x1",
        ),
        ("double", "1E+3 -0", "+INF infinity 1_0"),
        (
            "duration",
            "P1Y -P0D PT0.5S P1Y2M3DT4H5M6S PT1H1S",
            "P PT P1YT P1S P1H P1.5D PT.5S PT1.S +P1Y P-1Y P1M1Y 1Y",
        ),
        (
            "dateTime",
            "2004-02-29T24:00:00 -0001-01-01T00:00:00.000Z 12004-01-01T00:00:00+14:00",
            "0000-01-01T00:00:00 2003-02-29T00:00:00 2004-01-01 2004-01-01T24:00:01 2004-01-01T00:00:60 02004-01-01T00:00:00 2004-01-01T00:00:00+14:01 2004-01-01T00:00:00. 2004-01-01T00:00:00z",
        ),
        (
            "time",
            "24:00:00 23:59:59.9-05:00",
            "24:00:01 1:00:00 12:00 25:00:00",
        ),
        (
            "date",
            "2004-02-29Z 99999-12-31",
            "2004-02-30 2004-2-01 2004-13-01 0000-01-01",
        ),
        ("gYearMonth", "2004-12 -0044-03+02:00", "2004-00 2004 04-12"),
        ("gYear", "2004 -0044 12004Z", "0000 204 02004 +2004"),
        ("gMonthDay", "--02-29 --12-31Z", "--02-30 -02-01 --04-31"),
        ("gDay", "---31 ---01-01:00", "---32 ---00 --01 ---1"),
        ("gMonth", "--12 --01Z", "--13 --00 --1 --10--"),
        ("hexBinary", "0aFF", "0 0g"),
        (
            "base64Binary",
            "aGVsbG8= aGVsbG8h",
            "aGVsbG8 aGVsbG9= a aGVs*G8= ====",
        ),
        (
            "anyURI",
            "a http://[::1]/%20#x ../é urn:x:y a/b:c",
            "%2 %zz a#b#c :a 1a:b",
        ),
        (
            "language",
            "en x-klingon en-GB-1996",
            "e1 en_GB toolonglang -en en-",
        ),
        ("Name", "a:b :a _1", "1a -a"),
        ("NCName", "a _1 é.-", "a:b 1a"),
        ("NMTOKEN", "1a -a : .", "a,b"),
        ("ID", "a", "a:b 1"),
        ("QName", "a", "a: :a a:b:c 1a p:a"),
        ("NMTOKENS", "a", "a,b"),
    ] {
        let datatype = builtin(name);
        for text in valid.split(' ') {
            assert!(
                datatype.validate(text, &NoPrefixes).is_ok(),
                "{name} {text}"
            );
        }
        for text in invalid.split(' ') {
            assert!(
                datatype.validate(text, &NoPrefixes).is_err(),
                "{name} {text}"
            );
        }
        assert_eq!(
            datatype.validate("", &NoPrefixes).is_ok(),
            matches!(name, "hexBinary" | "base64Binary" | "anyURI"),
            "{name}"
        );
    }
    assert!(Datatype::builtin("anyType").is_none());
    assert!(builtin("anySimpleType").validate("<>", &NoPrefixes).is_ok());
}

#[test]
fn white_space_is_handled_first() {
    assert_eq!(value("string", " a ").length(), Some((3, "characters")));
    assert_ne!(value("string", "a\tb"), value("string", "a b"));
    assert_eq!(
        value("normalizedString", "a\tb"),
        value("normalizedString", "a b")
    );
    assert_eq!(value("token", " a \n b "), value("token", "a b"));
    assert_eq!(value("int", "\t7\n"), value("int", "7"));
    assert_eq!(
        value("base64Binary", " aGVs\n bG8= "),
        value("base64Binary", "aGVsbG8=")
    );
    // U+00A0 is not white space.
    assert!(builtin("int").validate("\u{a0}7", &NoPrefixes).is_err());
}

#[test]
fn values_are_equal_in_their_value_space() {
    for (name, one, other) in [
        ("decimal", "1.50", "+01.5"),
        ("decimal", "-0.0", "0"),
        ("float", "0.1", "0.10000000149011612"),
        ("double", "NaN", "NaN"),
        ("double", "-0", "0"),
        ("duration", "P1Y", "P12M"),
        ("duration", "P1DT1H", "PT25H"),
        ("duration", "-PT0S", "P0Y"),
        ("duration", "PT1.50S", "PT1.5S"),
        (
            "dateTime",
            "2004-01-01T00:00:00Z",
            "2004-01-01T01:00:00+01:00",
        ),
        ("dateTime", "2003-12-31T24:00:00", "2004-01-01T00:00:00.0"),
        ("dateTime", "-0001-12-31T24:00:00", "0001-01-01T00:00:00"),
        ("time", "24:00:00", "00:00:00"),
        ("hexBinary", "ff", "FF"),
        ("NMTOKENS", " a  b ", "a b"),
        ("IDREF", "a", "a"),
    ] {
        let (one, other) = (value(name, one), value(name, other));
        assert_eq!(one, other);
        assert_eq!(HashSet::from([one, other]).len(), 1, "the hashes of {name}");
    }
    for (name, one, other) in [
        ("float", "0.1", "0.2"),
        ("duration", "P1M", "P30D"),
        ("dateTime", "2004-01-01T00:00:00Z", "2004-01-01T00:00:00"),
        ("NMTOKENS", "a b", "b a"),
        ("gDay", "---01", "---01Z"),
        ("anyURI", "http://a", "HTTP://a"),
    ] {
        assert_ne!(value(name, one), value(name, other), "{name}");
    }
    assert_eq!(
        value("decimal", "1.0"),
        value("byte", "1"),
        "one primitive type"
    );
    assert_eq!(value("string", "a"), value("ID", "a"), "one primitive type");
    assert_ne!(value("float", "1"), value("double", "1"));
    assert_ne!(value("string", "a"), value("anyURI", "a"));
    assert_ne!(value("string", "a"), value("anySimpleType", "a"));
    assert_ne!(value("date", "2004-01-01"), value("gYear", "2004"));
}

#[test]
fn order_is_that_of_the_value_space() {
    use Ordering::{Equal, Greater, Less};
    for (name, one, other, order) in [
        ("decimal", "9", "10", Some(Less)),
        ("decimal", "-9", "-10", Some(Greater)),
        ("decimal", "0.05", "0.5", Some(Less)),
        ("decimal", "-1", "0.1", Some(Less)),
        ("float", "INF", "1e38", Some(Greater)),
        ("double", "NaN", "1", None),
        ("double", "NaN", "NaN", Some(Equal)),
        ("duration", "P1M", "P27D", Some(Greater)),
        ("duration", "P1M", "P28D", None),
        ("duration", "P1M", "P31D", None),
        ("duration", "P1M", "P32D", Some(Less)),
        ("duration", "-P1M", "-P32D", Some(Greater)),
        ("duration", "P1Y", "P367D", Some(Less)),
        ("duration", "PT1.4S", "PT1.35S", Some(Greater)),
        ("duration", "-PT1.4S", "-PT1.35S", Some(Less)),
        ("duration", "-PT0.1S", "PT0S", Some(Less)),
        (
            "dateTime",
            "2000-01-15T12:00:00",
            "2000-01-16T12:00:00Z",
            Some(Less),
        ),
        (
            "dateTime",
            "2000-01-15T12:00:00",
            "2000-01-16T02:00:00Z",
            None,
        ),
        (
            "dateTime",
            "2000-01-15T12:00:00",
            "2000-01-16T02:00:00.1Z",
            Some(Less),
        ),
        (
            "dateTime",
            "2000-01-16T02:00:01Z",
            "2000-01-15T12:00:00",
            Some(Greater),
        ),
        (
            "dateTime",
            "2000-01-15T12:00:00",
            "2000-01-14T21:59:59Z",
            Some(Greater),
        ),
        (
            "dateTime",
            "2000-01-01T00:00:00.19",
            "2000-01-01T00:00:00.2",
            Some(Less),
        ),
        ("date", "-0044-03-15", "0044-03-15", Some(Less)),
        ("gYear", "12004", "9999", Some(Greater)),
        ("gMonthDay", "--02-29", "--03-01", Some(Less)),
        ("gDay", "---30", "---29", Some(Greater)),
        ("string", "a", "b", None),
        ("string", "a", "a", Some(Equal)),
        ("boolean", "true", "false", None),
    ] {
        let (one_value, other_value) = (value(name, one), value(name, other));
        assert_eq!(one_value.compare(&other_value), order, "{one} {other}");
        assert_eq!(
            other_value.compare(&one_value),
            order.map(Ordering::reverse)
        );
    }
    assert_eq!(value("float", "1").compare(&value("double", "1")), None);
}

#[test]
fn lists_and_unions_are_made_of_others() {
    let sizes = Datatype::union(&[
        builtin("int"),
        restricted(&builtin("token"), &[("enumeration", "small")]),
    ]);
    assert_eq!(sizes.validate(" 07 ", &NoPrefixes), Ok(value("int", "7")));
    assert_eq!(
        sizes.validate(" small ", &NoPrefixes),
        Ok(value("string", "small"))
    );
    assert_eq!(
        refused(&sizes, "large"),
        "cvc-datatype-valid.1.2.3: `large` is of none of the 2 types of the union; not of the first, for it is not an int"
    );
    let list = Datatype::list(&sizes).unwrap();
    let few = restricted(&list, &[("maxLength", "2"), ("pattern", r"\S+( \S+)*")]);
    assert_eq!(
        few.validate("\n1  small\t", &NoPrefixes)
            .unwrap()
            .items()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        refused(&few, "1 2 3"),
        "cvc-maxLength-valid: `1 2 3` has 3 items, not at most 2"
    );
    assert!(refused(&few, "1 large").starts_with("cvc-datatype-valid.1.2.3: `large` is of none"));
    assert_eq!(
        list.validate("", &NoPrefixes).unwrap().items(),
        Some(&[][..])
    );
    assert_eq!(
        refused(&builtin("NMTOKENS"), " "),
        "cvc-minLength-valid: `` has 0 items, not at least 1"
    );
    assert_eq!(
        Datatype::list(&list).unwrap_err().rule,
        "cos-list-of-atomic"
    );
    let with_list = Datatype::union(&[builtin("int"), list.clone()]);
    assert_eq!(
        Datatype::list(&with_list).unwrap_err().rule,
        "cos-list-of-atomic"
    );

    // The values are compared, and the pattern sees what the member made of white space.
    let one = restricted(
        &sizes,
        &[
            ("enumeration", "1"),
            ("enumeration", "small"),
            ("pattern", "[^ ]*"),
        ],
    );
    assert!(one.validate(" +1 ", &NoPrefixes).is_ok());
    assert!(refused(&one, "2").starts_with("cvc-enumeration-valid"));

    // A union without facets is its members, in their order.
    let wide = Datatype::union(&[sizes.clone(), builtin("boolean"), sizes.clone(), one]);
    assert_eq!(wide.members().len(), 4);
    assert!(builtin("byte").is_derived_from(&sizes));
    assert!(!builtin("long").is_derived_from(&sizes));
    assert!(few.is_derived_from(&list) && !list.is_derived_from(&few));
    assert!(few.is_derived_from(&builtin("anySimpleType")));
    assert!(!few.is_derived_from(&restricted(&list, &[])));
}

#[test]
fn identifiers_and_names_are_kept() {
    let ids = Datatype::union(&[builtin("int"), builtin("ID")]);
    assert_eq!(
        ids.validate("a", &NoPrefixes).unwrap().identifiers(),
        [(IdKind::Id, "a")]
    );
    assert_eq!(ids.validate("1", &NoPrefixes).unwrap().identifiers(), []);
    assert_eq!(
        value("IDREFS", "a b").identifiers(),
        [(IdKind::Idref, "a"), (IdKind::Idref, "b")]
    );
    assert_eq!(value("ENTITY", "a").identifiers(), [(IdKind::Entity, "a")]);
    assert!(restricted(&builtin("ID"), &[("length", "1")]).is_derived_from_builtin("ID"));
    assert!(!builtin("NCName").is_derived_from_builtin("ID"));

    struct Prefixed;
    impl Scope for Prefixed {
        fn namespace_of(&self, prefix: &str) -> Option<&str> {
            match prefix {
                "" => Some("urn:default"),
                "p" | "q" => Some("urn:p"),
                _ => None,
            }
        }
    }
    let names = Datatype::restriction(
        &builtin("QName"),
        &facets(&[
            ("enumeration", "p:a"),
            ("enumeration", "a"),
            ("length", "99"),
        ]),
        &Prefixed,
    )
    .unwrap();
    assert!(names.validate("q:a", &Prefixed).is_ok());
    assert_eq!(
        names.validate("a", &Prefixed).unwrap().expanded_name(),
        Some(("urn:default", "a"))
    );
    assert!(
        names.validate("a", &NoPrefixes).is_err(),
        "a name in no namespace"
    );
    assert_eq!(
        refused(&names, "p:a"),
        "cvc-datatype-valid.1.2.1: `p:a` is not a QName: its prefix is not bound"
    );
}
