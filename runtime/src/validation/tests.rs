//! The validator over schemas of its own text.

use std::fmt::Write;

use super::{Schema, Violations};

/// A schema of one element `root` in no namespace, of the type whose lines are given.
fn root(type_lines: &str, others: &str) -> Schema {
    let text = format!(
        "castile schema 1\nnamespace b \"urn:b\"\nelement root @root\n{type_lines}{others}"
    );
    Schema::parse(&text).expect("the text of a test")
}

fn rules(outcome: Result<(), Violations>) -> Vec<&'static str> {
    outcome.map_or_else(
        |found| found.iter().map(|violation| violation.rule()).collect(),
        |()| Vec::new(),
    )
}

/// Holds `<root>content</root>` against a schema: the rules that it breaks.
fn check(schema: &Schema, content: &str) -> Vec<&'static str> {
    let xsi = crate::xml::XSI;
    let document = format!(
        "<root xmlns:xsi='{xsi}' xmlns:b='urn:b' xmlns:xs='http://www.w3.org/2001/XMLSchema'>{content}</root>"
    );
    rules(schema.validate(document.as_bytes()))
}

const VALID: [&str; 0] = [];

#[test]
fn sequences_and_choices_in_counted_groups() {
    let schema = root(
        "complex @root\n  sequence occurs=2..3\n    element a xs:int occurs=0..2\n    \
         choice\n      element b xs:int\n      element c xs:int occurs=2\n",
        "",
    );
    let (a, b, c) = ("<a>1</a>", "<b>1</b>", "<c>1</c>");
    for good in [
        format!("{b}{b}"),
        format!("{a}{a}{b}{c}{c}"),
        format!("{a}{b}{a}{a}{c}{c}{b}"),
    ] {
        assert_eq!(check(&schema, &good), VALID, "{good}");
    }
    for bad in [
        String::new(),
        b.to_owned(),
        format!("{b}{b}{b}{b}"),
        format!("{a}{a}{a}{b}{b}"),
        format!("{b}{c}"),
        format!("{c}{b}"),
        format!("{b}{b}{a}"),
    ] {
        assert_eq!(check(&schema, &bad), ["cvc-complex-type.2.4"], "{bad}");
    }
}

#[test]
fn all_in_any_order_and_each_as_often_as_it_may() {
    let schema = root(
        "complex @root\n  all\n    element a xs:int\n    element b xs:int occurs=0..1\n    \
         element c xs:int\n",
        "",
    );
    let content = |names: &str| {
        let elements = names.chars().map(|name| format!("<{name}>1</{name}>"));
        elements.collect::<String>()
    };
    for good in ["ac", "ca", "abc", "cba", "bca"] {
        assert_eq!(check(&schema, &content(good)), VALID, "{good}");
    }
    for bad in ["", "a", "ab", "aca", "abcb"] {
        assert_eq!(
            check(&schema, &content(bad)),
            ["cvc-complex-type.2.4"],
            "{bad}"
        );
    }
}

/// Every content of up to six children, held against a search over all ways to read it.
#[test]
fn ambiguous_models_take_what_any_reading_takes() {
    // ((a{1,2}, b?){2,3} | (a, a, c?)+), a?
    let schema = root(
        "complex @root\n  sequence\n    choice\n      sequence occurs=2..3\n        \
         element a xs:int occurs=1..2\n        element b xs:int occurs=0..1\n      \
         sequence occurs=1..*\n        element a xs:int\n        element a xs:int\n        \
         element c xs:int occurs=0..1\n    element a xs:int occurs=0..1\n",
        "",
    );
    let first = regex::Regex::new("^(?:(?:a{1,2}b?){2,3}|(?:aac?)+)a?$").expect("is one");
    let mut words = vec![String::new()];
    for _ in 0..6 {
        let longer = words
            .iter()
            .flat_map(|word| ["a", "b", "c"].map(|letter| format!("{word}{letter}")));
        let longer: Vec<String> = longer.collect();
        words.extend(longer);
        words.sort();
        words.dedup();
    }
    for word in words {
        let content: String = { word.chars() }
            .map(|name| format!("<{name}>1</{name}>"))
            .collect();
        let valid = check(&schema, &content).is_empty();
        assert_eq!(valid, first.is_match(&word), "{word}");
    }
}

#[test]
fn large_occurrences_cost_no_more_than_small_ones() {
    let schema = root(
        "complex @root\n  choice occurs=2..4000000000\n    sequence occurs=1..3000000000\n      \
         element a xs:int occurs=1..*\n      element b xs:int occurs=0..1000000\n    \
         element c xs:int\n",
        "",
    );
    let content = "<a>1</a>".repeat(20_000);
    let before = std::time::Instant::now();
    assert_eq!(check(&schema, &format!("{content}<c>1</c>")), VALID);
    assert_eq!(check(&schema, "<c>1</c>"), ["cvc-complex-type.2.4"]);
    assert!(before.elapsed().as_secs() < 20, "{:?}", before.elapsed());
}

#[test]
fn wildcards_by_namespace_and_by_what_they_ask() {
    let schema = root(
        "complex @root\n  sequence\n    any not:- strict occurs=0..1\n    any in:- skip occurs=0..1\n    \
         any any lax occurs=0..1\n",
        "element b:known xs:int\n",
    );
    assert_eq!(check(&schema, "<b:known>1</b:known><x><y/></x>"), VALID);
    assert_eq!(
        check(&schema, "<b:known>x</b:known>"),
        ["cvc-datatype-valid.1.2.1"]
    );
    assert_eq!(check(&schema, "<b:unknown/>"), ["cvc-assess-elt.1"]);
    assert_eq!(
        check(&schema, "<x/><b:known>x</b:known>"),
        ["cvc-datatype-valid.1.2.1"]
    );
    assert_eq!(
        check(&schema, "<x/><b:unknown><b:known>x</b:known></b:unknown>"),
        ["cvc-datatype-valid.1.2.1"]
    );
    assert_eq!(check(&schema, "<x/><x/><x/>"), ["cvc-complex-type.2.4"]);
}

#[test]
fn types_nil_and_abstraction() {
    let schema = root(
        "complex @root\n  sequence\n    element v Vehicle nillable occurs=0..*\n    \
         element car Car block=extension occurs=0..1\n",
        "complex Vehicle abstract\n  sequence\n    element wheels xs:int\n\
         complex Car extension=Vehicle\n  attribute seats xs:int required\n\
         complex Van extension=Car\n\
         complex Other\n",
    );
    let car = "<wheels>4</wheels>";
    let good = format!(
        "<v xsi:type='Car' seats='5'>{car}</v><v xsi:nil='true' xsi:type='Van' seats='1'/>"
    );
    assert_eq!(check(&schema, &good), VALID);
    let bad = [
        (format!("<v>{car}</v>"), "cvc-type.2"),
        (format!("<v xsi:type='Plane'>{car}</v>"), "cvc-elt.4.2"),
        (
            "<v xsi:nil='true' xsi:type='Van'/>".to_owned(),
            "cvc-complex-type.4",
        ),
        (
            format!("<v xsi:nil='true' xsi:type='Car' seats='1'>{car}</v>"),
            "cvc-elt.3.2.1",
        ),
        (
            format!("<car xsi:type='Van' seats='5'>{car}</car>"),
            "cvc-elt.4.3",
        ),
        (
            format!("<car xsi:nil='false' seats='5'>{car}</car>"),
            "cvc-elt.3.1",
        ),
        (
            format!("<car seats='5' doors='3'>{car}</car>"),
            "cvc-complex-type.3.2.1",
        ),
        (
            "<car seats='5'>x<wheels>4</wheels></car>".to_owned(),
            "cvc-complex-type.2.3",
        ),
        (
            "<car seats='5'><wheels>4<b/></wheels></car>".to_owned(),
            "cvc-type.3.1.2",
        ),
    ];
    for (content, rule) in bad {
        assert_eq!(check(&schema, &content), [rule], "{content}");
    }
    // A type that is not derived: the declared one is asked for.
    let other = check(&schema, "<v xsi:type='Other'/>");
    assert_eq!(other, ["cvc-elt.4.3", "cvc-complex-type.2.4"]);
}

#[test]
fn substitution_groups() {
    let schema = root(
        "complex @root\n  sequence\n    ref event occurs=0..*\n    ref sealed occurs=0..1\n",
        "element event xs:string abstract\nelement start xs:token head=event\n\
         element restart xs:token head=start\nelement sealed xs:string block=substitution\n\
         element opened xs:string head=sealed\n",
    );
    assert_eq!(
        check(&schema, "<start>x</start><restart>x</restart><sealed/>"),
        VALID
    );
    assert_eq!(check(&schema, "<event>x</event>"), ["cvc-elt.2"]);
    assert_eq!(check(&schema, "<opened/>"), ["cvc-complex-type.2.4"]);
}

#[test]
fn fixed_and_default_values_are_compared_as_values() {
    let schema = root(
        "complex @root\n  sequence\n    element n xs:decimal fixed=\"1.0\" occurs=0..*\n    \
         element d xs:int default=\"7\" occurs=0..1\n  attributes Common\n",
        "attributes Common\n  attribute version xs:decimal fixed=\"2\"\n",
    );
    assert_eq!(check(&schema, "<n> 1 </n><n/><d/>"), VALID);
    assert_eq!(check(&schema, "<n>1.1</n>"), ["cvc-elt.5.2.2.2.2"]);
    let document = |version| format!("<root version='{version}'/>");
    assert_eq!(rules(schema.validate(document("2.00").as_bytes())), VALID);
    assert_eq!(rules(schema.validate(document("3").as_bytes())), ["cvc-au"]);
}

#[test]
fn identifiers_and_keys() {
    let schema = root(
        "complex @root\n  sequence\n    ref group occurs=0..*\n  attribute to xs:IDREFS\n",
        "element group @group\n  key items\n    selector \"b:item | .//nested/b:item\"\n    \
         field \"@no\"\n    prefix \"b\" \"urn:b\"\n  keyref next items\n    selector \"b:item\"\n    \
         field \"next\"\n    prefix \"b\" \"urn:b\"\n\
         complex @group\n  sequence\n    ref b:item occurs=0..*\n    element nested @nested occurs=0..1\n\
         complex @nested\n  sequence\n    ref b:item\n\
         element b:item @item\n\
         complex @item\n  sequence\n    element next xs:int occurs=0..1\n  \
         attribute no xs:int\n  attribute id xs:ID\n",
    );
    let group = |items: &str| format!("<group>{items}</group>");
    let good =
        group("<b:item no='1' id='a'><next>02</next></b:item><nested><b:item no='2'/></nested>");
    // Keys of one group are not those of another.
    assert_eq!(
        check(&schema, &format!("{good}{}", group("<b:item no='1'/>"))),
        VALID
    );
    let bad = [
        (
            "<b:item no='1'/><b:item no='01'/>",
            "cvc-identity-constraint.4.2.2",
        ),
        ("<b:item/>", "cvc-identity-constraint.4.2.1"),
        (
            "<b:item no='1'><next>2</next></b:item>",
            "cvc-identity-constraint.4.3",
        ),
        ("<b:item no='1' id='a'/><b:item no='2' id='a'/>", "cvc-id.2"),
    ];
    for (items, rule) in bad {
        assert_eq!(check(&schema, &group(items)), [rule], "{items}");
    }
    let referring = format!("<root to='a b' xmlns:b='urn:b'>{good}</root>");
    let found = schema
        .validate(referring.as_bytes())
        .expect_err("there is no b");
    assert_eq!(
        found.to_string(),
        "root/@to: no element of the document has the ID `b` (cvc-id.1, line 1, column 32)"
    );
}

#[test]
fn violations_say_where_and_keep_secrets() {
    let schema = root(
        "complex @root\n  sequence\n    element pin xs:int secret occurs=0..*\n  \
         attribute token xs:int secret\n",
        "",
    );
    let text = "<root token='hunter2'>\n  <pin>1</pin>\n  <pin>swordfish</pin>\n</root>";
    let found = schema
        .validate(text.as_bytes())
        .expect_err("is wrong twice");
    assert_eq!(
        found.to_string(),
        "root/@token: the value is not an int (cvc-datatype-valid.1.2.1, line 1, column 23)\n\
         root/pin[2]: the value is not an int (cvc-datatype-valid.1.2.1, line 3, column 23)"
    );
    let cut = schema.validate(b"<root>\n<pin>").expect_err("does not end");
    assert_eq!(
        cut.to_string(),
        "root/pin: the document ends inside the element `pin` (xml, line 2, column 6)"
    );
    let unknown = schema.validate(b"<other/>").expect_err("is not declared");
    assert_eq!(
        unknown.to_string(),
        "other: the schema declares no global element `other` (cvc-elt.1, line 1, column 9)"
    );
}

#[test]
fn a_hundred_violations_are_enough() {
    let schema = root(
        "complex @root\n  sequence\n    element n xs:int occurs=0..*\n",
        "",
    );
    let content = "<n>x</n>".repeat(1_000);
    let found = schema
        .validate(format!("<root>{content}</root>").as_bytes())
        .expect_err("is wrong");
    assert_eq!((found.iter().count(), found.has_more()), (100, true));
}

#[test]
fn schemas_that_make_no_sense_end() {
    let mut text = "castile schema 1\nelement root A\n".to_owned();
    // Types derived from each other, groups in themselves, heads in a circle, unions of unions.
    text.push_str("complex A extension=B\n  group g\ncomplex B extension=A\n  group g\n");
    text.push_str("group g\n  sequence\n    ref x\n    group g occurs=0..*\n");
    text.push_str("element x U head=y\nelement y U head=x\n");
    text.push_str("simple U union V xs:int\nsimple V union U xs:date\n");
    let schema = Schema::parse(&text).expect("each line is right");
    let _ = schema.validate(b"<root><x>1</x><y>z</y></root>");

    let mut deep = "castile schema 1\nelement root @root\n".to_owned();
    deep.push_str("complex @root extension=t0\n");
    for index in 0..50_000 {
        let _ = writeln!(
            deep,
            "complex t{index} extension=t{}\n  attribute a{index} xs:int",
            index + 1
        );
        if index == 2_000 {
            break;
        }
    }
    for index in 0..100_000 {
        let _ = writeln!(deep, "simple s{index} restriction s{}", index + 1);
    }
    deep.push_str("element s s0\n");
    let schema = Schema::parse(&deep).expect("each line is right");
    assert_eq!(rules(schema.validate(b"<root a7='1'/>")), VALID);
    assert_eq!(rules(schema.validate(b"<s>1</s>")), VALID);

    let error = Schema::parse("castile schema 1\nelement a nowhere:b\n").expect_err("unbound");
    assert_eq!(
        error.to_string(),
        "line 2 of the schema: the prefix `nowhere` is not declared"
    );
}
