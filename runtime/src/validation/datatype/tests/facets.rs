//! What facets refuse, and which facets are refused.

use super::*;

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
