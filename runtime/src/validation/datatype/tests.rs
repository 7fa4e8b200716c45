use std::cmp::Ordering;
use std::collections::HashSet;

use super::*;

fn builtin(name: &str) -> Datatype {
    Datatype::builtin(name).unwrap()
}

fn value(name: &str, text: &str) -> ActualValue {
    builtin(name).validate(text, &NoPrefixes).unwrap()
}

/// `rule: message` of a text that is not valid.
fn refused(datatype: &Datatype, text: &str) -> String {
    let error = datatype.validate(text, &NoPrefixes).unwrap_err();
    format!("{}: {}", error.rule, error.message)
}

fn facets<'a>(texts: &[(&str, &'a str)]) -> Vec<Facet<'a>> {
    let facet = |(name, value): &(&str, &'a str)| {
        let fixed = name.strip_suffix('!');
        Facet {
            kind: FacetKind::from_name(fixed.unwrap_or(name)).unwrap(),
            value,
            fixed: fixed.is_some(),
        }
    };
    texts.iter().map(facet).collect()
}

/// A restriction; `length!` is a facet that is fixed.
fn restricted(base: &Datatype, texts: &[(&str, &str)]) -> Datatype {
    Datatype::restriction(base, &facets(texts), &NoPrefixes).unwrap()
}

/// `index rule: message` of each facet that is wrong.
fn wrong(base: &Datatype, texts: &[(&str, &str)]) -> Vec<String> {
    let errors = Datatype::restriction(base, &facets(texts), &NoPrefixes).unwrap_err();
    let shown = errors
        .into_iter()
        .map(|error| format!("{} {}: {}", error.index, error.rule, error.message));
    shown.collect()
}

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
fn each_facet_refuses_by_its_rule() {
    let text = restricted(
        &builtin("string"),
        &[
            ("minLength", "2"),
            ("maxLength", "3"),
            ("pattern", r"\D+"),
            ("pattern", "1+"),
        ],
    );
    assert!(text.validate("äöü", &NoPrefixes).is_ok());
    assert!(text.validate("111", &NoPrefixes).is_ok());
    assert_eq!(
        refused(&text, "a"),
        "cvc-minLength-valid: `a` has 1 character, not at least 2"
    );
    assert_eq!(
        refused(&text, "abcd"),
        "cvc-maxLength-valid: `abcd` has 4 characters, not at most 3"
    );
    assert_eq!(
        refused(&text, "a1"),
        r"cvc-pattern-valid: `a1` does not match the pattern `\D+` or `1+`"
    );
    let both = restricted(&text, &[("pattern", "[^a]*")]);
    assert_eq!(
        refused(&both, "a1"),
        r"cvc-pattern-valid: `a1` does not match the pattern `\D+` or `1+`"
    );
    assert_eq!(
        refused(&both, "ab"),
        "cvc-pattern-valid: `ab` does not match the pattern `[^a]*`"
    );

    let octets = restricted(&builtin("hexBinary"), &[("length", "2")]);
    assert_eq!(
        refused(&octets, "ABCDEF"),
        "cvc-length-valid: `ABCDEF` has 3 octets, not exactly 2"
    );
    let number = restricted(
        &builtin("decimal"),
        &[("totalDigits", "3"), ("fractionDigits", "2")],
    );
    assert!(number.validate("0012.300", &NoPrefixes).is_ok());
    assert_eq!(
        refused(&number, "1234"),
        "cvc-totalDigits-valid: `1234` has 4 digits, more than 3"
    );
    assert_eq!(
        refused(&number, "0.123"),
        "cvc-fractionDigits-valid: `0.123` has 3 digits after the point, more than 2"
    );
    assert!(
        refused(
            &restricted(&builtin("decimal"), &[("totalDigits", "2")]),
            "0.001"
        )
        .starts_with("cvc-totalDigits-valid")
    );

    let open = restricted(
        &builtin("double"),
        &[("minExclusive", "0"), ("maxExclusive", "1")],
    );
    assert_eq!(
        refused(&open, "0"),
        "cvc-minExclusive-valid: `0` is not more than 0"
    );
    assert_eq!(
        refused(&open, "1"),
        "cvc-maxExclusive-valid: `1` is not less than 1"
    );
    assert_eq!(
        refused(&open, "NaN"),
        "cvc-minExclusive-valid: `NaN` stands in no order to 0"
    );
    let closed = restricted(
        &builtin("date"),
        &[
            ("minInclusive", "2004-01-01"),
            ("maxInclusive", "2004-12-31"),
        ],
    );
    assert!(closed.validate("2004-01-01", &NoPrefixes).is_ok());
    assert_eq!(
        refused(&closed, "2003-12-31"),
        "cvc-minInclusive-valid: `2003-12-31` is less than 2004-01-01"
    );
    assert_eq!(
        refused(&closed, "2005-01-01"),
        "cvc-maxInclusive-valid: `2005-01-01` is more than 2004-12-31"
    );
    assert_eq!(
        refused(&closed, "2004-01-01Z"),
        "cvc-minInclusive-valid: `2004-01-01Z` stands in no order to 2004-01-01"
    );

    let choice = restricted(
        &builtin("decimal"),
        &[("enumeration", "1.0"), ("enumeration", "2")],
    );
    assert!(choice.validate("1", &NoPrefixes).is_ok());
    assert_eq!(
        refused(&choice, "3"),
        "cvc-enumeration-valid: `3` is none of `1.0`, `2`"
    );

    let letters: Vec<(&str, &str)> = ["a", "b", "c", "d", "e", "f", "g"]
        .map(|letter| ("enumeration", letter))
        .into();
    assert_eq!(
        refused(&restricted(&builtin("string"), &letters), "h"),
        "cvc-enumeration-valid: `h` is none of `a`, `b`, `c`, `d`, `e`, 2 others"
    );
    assert_eq!(
        refused(&restricted(&builtin("string"), &letters[..1]), "h"),
        "cvc-enumeration-valid: `h` is not `a`"
    );
    assert_eq!(
        refused(&builtin("int"), "x"),
        "cvc-datatype-valid.1.2.1: `x` is not an int"
    );
    assert_eq!(
        refused(&builtin("byte"), "200"),
        "cvc-maxInclusive-valid: `200` is more than 127"
    );
    let error = builtin("date")
        .validate("2003-02-29", &NoPrefixes)
        .unwrap_err();
    assert_eq!(
        error.message,
        "`2003-02-29` is not a date: there is no such day"
    );
    assert_eq!(
        error.without_value(),
        "the value is not a date: there is no such day"
    );
    let long = builtin("int")
        .validate(&"x".repeat(61), &NoPrefixes)
        .unwrap_err();
    assert_eq!(long.message, format!("`{}…` is not an int", "x".repeat(60)));
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

#[test]
fn facets_must_suit_their_type() {
    assert_eq!(
        wrong(&builtin("decimal"), &[("length", "1")]),
        ["0 cos-applicable-facets: length cannot limit values of decimal"]
    );
    for (name, facet) in [
        ("boolean", "enumeration"),
        ("string", "minInclusive"),
        ("float", "totalDigits"),
        ("NMTOKENS", "maxExclusive"),
        ("anySimpleType", "pattern"),
        ("duration", "maxLength"),
    ] {
        assert!(
            wrong(&builtin(name), &[(facet, "1")])[0].starts_with("0 cos-applicable-facets"),
            "{name} {facet}"
        );
    }
    let union = Datatype::union(&[builtin("int")]);
    assert!(wrong(&union, &[("whiteSpace", "collapse")])[0].starts_with("0 cos-applicable-facets"));
    assert_eq!(
        wrong(
            &builtin("string"),
            &[("minLength", "-1"), ("maxLength", ""), ("pattern", "(")]
        ),
        [
            "0 cvc-attribute.3: minLength must be a whole number from 0 on, not `-1`",
            "1 cvc-attribute.3: maxLength must be a whole number from 0 on, not ``",
            "2 src-pattern-value: pattern `(` is no regular expression of XML Schema, at character 1: there is no `)` for this `(`",
        ]
    );
    assert_eq!(
        wrong(
            &builtin("decimal"),
            &[
                ("totalDigits", "0"),
                ("maxInclusive", "x"),
                ("enumeration", "y")
            ]
        ),
        [
            "0 cvc-attribute.3: totalDigits must be a whole number from 1 on, not `0`",
            "1 maxInclusive-valid-restriction: maxInclusive is no value of the base type: `x` is not a decimal",
            "2 enumeration-valid-restriction: enumeration is no value of the base type: `y` is not a decimal",
        ]
    );
    assert_eq!(
        wrong(&builtin("string"), &[("length", "1"), ("length", "1")]),
        ["1 src-single-facet-value: length is given twice"]
    );
}

#[test]
fn facets_must_suit_each_other_and_the_base() {
    let rules = |base: &Datatype, texts: &[(&str, &str)]| {
        let errors = Datatype::restriction(base, &facets(texts), &NoPrefixes);
        let errors = errors.err().unwrap_or_default();
        let rules: Vec<String> = errors
            .iter()
            .map(|error| format!("{} {}", error.index, error.rule))
            .collect();
        rules.join(", ")
    };
    let (string, decimal) = (builtin("string"), builtin("decimal"));
    for (facets, expected) in [
        (
            &[("minLength", "2"), ("maxLength", "1")],
            "1 minLength-less-than-equal-to-maxLength",
        ),
        (
            &[("length", "2"), ("minLength", "1")],
            "1 length-minLength-maxLength",
        ),
        (
            &[("maxLength", "3"), ("length", "2")],
            "0 length-minLength-maxLength",
        ),
        (&[("minLength", "2"), ("maxLength", "2")], ""),
    ] {
        assert_eq!(rules(&string, facets), expected, "{facets:?}");
    }
    let base = restricted(
        &string,
        &[
            ("minLength", "2"),
            ("maxLength", "4"),
            ("whiteSpace!", "replace"),
        ],
    );
    for (facets, expected) in [
        (
            &[("minLength", "1"), ("maxLength", "5")],
            "0 minLength-valid-restriction, 1 maxLength-valid-restriction",
        ),
        (
            &[("minLength", "5"), ("whiteSpace", "collapse")],
            "0 minLength-less-than-equal-to-maxLength, 1 st-restrict-facets",
        ),
        (&[("length", "3"), ("minLength", "2")], ""),
        (
            &[("length", "3"), ("minLength", "3")],
            "1 length-minLength-maxLength",
        ),
        (
            &[("length", "5"), ("whiteSpace", "preserve")],
            "0 length-minLength-maxLength, 1 whiteSpace-valid-restriction",
        ),
        (
            &[("enumeration", "abc"), ("enumeration", "a")],
            "1 enumeration-valid-restriction",
        ),
    ] {
        assert_eq!(rules(&base, facets), expected, "{facets:?}");
    }
    let exact = restricted(&base, &[("length", "3")]);
    assert_eq!(
        rules(&exact, &[("length", "4")]),
        "0 length-valid-restriction"
    );

    for (facets, expected) in [
        (
            &[("minInclusive", "2"), ("maxInclusive", "1")],
            "1 minInclusive-less-than-equal-to-maxInclusive",
        ),
        (
            &[("minExclusive", "2"), ("maxExclusive", "1")],
            "1 minExclusive-less-than-equal-to-maxExclusive",
        ),
        (
            &[("minExclusive", "1"), ("maxInclusive", "1")],
            "1 minExclusive-less-than-maxInclusive",
        ),
        (
            &[("minInclusive", "1"), ("maxExclusive", "1")],
            "1 minInclusive-less-than-maxExclusive",
        ),
        (&[("minExclusive", "1"), ("maxExclusive", "1")], ""),
        (
            &[("minInclusive", "1"), ("minExclusive", "1")],
            "1 minInclusive-minExclusive",
        ),
        (
            &[("maxInclusive", "1"), ("maxExclusive", "1")],
            "1 maxInclusive-maxExclusive",
        ),
        (
            &[("totalDigits", "2"), ("fractionDigits", "3")],
            "1 fractionDigits-totalDigits",
        ),
    ] {
        assert_eq!(rules(&decimal, facets), expected, "{facets:?}");
    }
    let base = restricted(
        &decimal,
        &[
            ("minExclusive", "0"),
            ("maxInclusive", "9"),
            ("totalDigits!", "3"),
            ("fractionDigits", "1"),
        ],
    );
    for (facets, expected) in [
        (
            &[("minInclusive", "0"), ("maxInclusive", "10")],
            "0 minInclusive-valid-restriction, 1 maxInclusive-valid-restriction",
        ),
        (&[("minExclusive", "0"), ("maxExclusive", "9")], ""),
        (
            &[("minExclusive", "9"), ("maxExclusive", "0")],
            "0 minExclusive-valid-restriction, 1 maxExclusive-valid-restriction",
        ),
        (
            &[("totalDigits", "2"), ("fractionDigits", "2")],
            "0 st-restrict-facets, 1 fractionDigits-valid-restriction",
        ),
        (&[("totalDigits", "3"), ("enumeration", "0.5")], ""),
        (
            &[("maxInclusive", "8.25"), ("enumeration", "10")],
            "0 maxInclusive-valid-restriction, 1 enumeration-valid-restriction",
        ),
    ] {
        assert_eq!(rules(&base, facets), expected, "{facets:?}");
    }
    let base = restricted(&decimal, &[("fractionDigits", "3")]);
    assert_eq!(
        rules(&base, &[("totalDigits", "2")]),
        "0 fractionDigits-totalDigits"
    );
    let fixed = restricted(&decimal, &[("maxInclusive!", "9")]);
    assert_eq!(
        rules(&fixed, &[("maxInclusive", "8")]),
        "0 st-restrict-facets"
    );
    assert_eq!(rules(&fixed, &[("maxInclusive", "9.0")]), "");
    assert_eq!(
        rules(&builtin("integer"), &[("fractionDigits", "1")]),
        "0 st-restrict-facets"
    );
    assert_eq!(
        rules(&builtin("byte"), &[("maxInclusive", "128")]),
        "0 maxInclusive-valid-restriction"
    );
}

#[test]
fn wrong_facets_can_be_left_out() {
    let given = facets(&[
        ("maxInclusive", "x"),
        ("minInclusive", "5"),
        ("enumeration", "y"),
        ("pattern", "["),
    ]);
    let (datatype, errors) = Datatype::restriction_leniently(&builtin("int"), &given, &NoPrefixes);
    assert_eq!(
        errors.iter().map(|error| error.index).collect::<Vec<_>>(),
        [0, 2, 3]
    );
    assert!(datatype.validate("7", &NoPrefixes).is_ok());
    assert!(refused(&datatype, "4").starts_with("cvc-minInclusive-valid"));
}

#[test]
fn what_is_deep_or_wide_stays_within_bounds() {
    let mut chain = builtin("string");
    for _ in 0..100_000 {
        chain = restricted(&chain, &[]);
    }
    assert!(chain.validate("a", &NoPrefixes).is_ok());
    drop(chain);

    let mut nested = Datatype::union(&[builtin("int")]);
    for _ in 0..1_000 {
        nested = restricted(
            &Datatype::union(&[builtin("int"), nested]),
            &[("pattern", ".*")],
        );
    }
    let error = nested.validate("x", &NoPrefixes).unwrap_err();
    assert_eq!(
        error.without_value(),
        "the value cannot be checked: the union is made of too many other types"
    );
    assert!(!builtin("date").is_derived_from(&nested));
    let mut doubled = Datatype::union(&[builtin("int")]);
    for _ in 0..40 {
        let half = |base: &Datatype| restricted(base, &[("pattern", ".*")]);
        doubled = Datatype::union(&[half(&doubled), half(&doubled)]);
    }
    assert!(doubled.validate("x", &NoPrefixes).is_err());
    assert!(
        value("decimal", &"9".repeat(1 << 20)).compare(&value("decimal", "1"))
            == Some(Ordering::Greater)
    );
    assert!(
        builtin("gYear")
            .validate(&"9".repeat(28), &NoPrefixes)
            .is_err()
    );
    assert_eq!(
        value("duration", &format!("P{}Y", "9".repeat(27))).compare(&value("duration", "P1D")),
        Some(Ordering::Greater)
    );
}
