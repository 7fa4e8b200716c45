//! What is large, deep or circular is judged in bounded time and space, or not at all.

use std::time::{Duration, Instant};

use super::{broken, schema};

fn soon(content: &str) -> Vec<&'static str> {
    let start = Instant::now();
    let rules = broken(&schema(content), true).0;
    let taken = start.elapsed();
    assert!(taken < Duration::from_secs(20), "{taken:?}");
    rules
}

#[test]
fn long_chains_of_types() {
    let count = 2_000;
    let simple: String = (1..count)
        .map(|i| {
            format!(
                "<xs:simpleType name='S{i}'><xs:restriction base='S{}'/></xs:simpleType>",
                i - 1
            )
        })
        .collect();
    let simple =
        simple + "<xs:simpleType name='S0'><xs:restriction base='xs:int'/></xs:simpleType>";
    assert_eq!(soon(&simple), [""; 0]);
    let complex: String = (1..count)
        .map(|i| {
            format!(
                "<xs:complexType name='C{i}'><xs:complexContent><xs:extension base='C{}'>\
                 <xs:attribute name='a{i}'/></xs:extension></xs:complexContent></xs:complexType>",
                i - 1
            )
        })
        .collect();
    assert_eq!(soon(&(complex + "<xs:complexType name='C0'/>")), [""; 0]);
}

#[test]
fn groups_that_double() {
    let groups: String = (1..200)
        .map(|i| {
            let inner = format!("<xs:group ref='g{}'/>", i - 1);
            format!("<xs:group name='g{i}'><xs:sequence>{inner}{inner}</xs:sequence></xs:group>")
        })
        .collect();
    let content = format!(
        "{groups}<xs:group name='g0'><xs:sequence><xs:element name='e'/></xs:sequence></xs:group>\
         <xs:complexType name='T'><xs:group ref='g199'/></xs:complexType>"
    );
    assert_eq!(soon(&content), [""; 0]);
}

#[test]
fn wide_contents_and_long_chains_of_groups() {
    let optional: String = (0..3_000)
        .map(|i| format!("<xs:element name='e{i}' minOccurs='0'/>"))
        .collect();
    let content = format!(
        "<xs:complexType name='T'><xs:sequence>{optional}<xs:element name='e0'/></xs:sequence></xs:complexType>"
    );
    assert_eq!(soon(&content), ["cos-nonambig"]);
    let groups: String = (1..8_000)
        .map(|i| {
            format!(
                "<xs:group name='g{i}'><xs:choice><xs:group ref='g{}'/></xs:choice></xs:group>",
                i - 1
            )
        })
        .collect();
    let content = format!(
        "{groups}<xs:group name='g0'><xs:choice/></xs:group><xs:complexType name='T'><xs:group ref='g7999'/></xs:complexType>"
    );
    assert_eq!(soon(&content), [""; 0]);
}

#[test]
fn circles_end() {
    let unions: String = (0..2_000)
        .map(|i| {
            format!(
                "<xs:simpleType name='U{i}'><xs:union memberTypes='U{} U{}'/></xs:simpleType>",
                (i + 1) % 2_000,
                (i + 7) % 2_000
            )
        })
        .collect();
    assert_eq!(
        soon(&(unions + "<xs:element name='e' type='U3' default='x'/>")),
        [""; 0]
    );
    let heads: String = (0..2_000)
        .map(|i| {
            format!(
                "<xs:element name='e{i}' substitutionGroup='e{}'/>",
                (i + 1) % 2_000
            )
        })
        .collect();
    let content = format!(
        "{heads}<xs:complexType name='T'><xs:sequence><xs:element ref='e5'/></xs:sequence></xs:complexType>"
    );
    assert_eq!(soon(&content), ["e-props-correct.6"]);
}

#[test]
fn the_same_large_groups_in_many_contents() {
    let wide: String = (0..4_000)
        .map(|i| format!("<xs:element name='e{i}'/>"))
        .collect();
    let heads: String = (0..2_000)
        .map(|i| format!("<xs:element name='s{i}' substitutionGroup='h'/>"))
        .collect();
    let references = "<xs:element ref='h' minOccurs='0'/>".repeat(2_000);
    let types: String = (0..4_000)
        .map(|i| format!("<xs:complexType name='T{i}'><xs:group ref='g'/></xs:complexType>"))
        .collect();
    let content = format!(
        "<xs:group name='g'><xs:sequence>{wide}</xs:sequence></xs:group>{types}\
         <xs:element name='h'/>{heads}\
         <xs:complexType name='H'><xs:choice>{references}</xs:choice></xs:complexType>"
    );
    assert!(soon(&content).len() <= 1);
}

#[test]
fn groups_as_deep_as_they_are_looked_at() {
    let groups = |name: &str| -> String {
        let chain = (1..190).map(|i| {
            format!(
                "<xs:group name='{name}{i}'><xs:sequence><xs:element name='a{i}'/>\
                 <xs:choice minOccurs='0'><xs:group ref='{name}{}'/></xs:choice></xs:sequence></xs:group>",
                i - 1
            )
        });
        let first = format!(
            "<xs:group name='{name}0'><xs:sequence><xs:element name='z'/></xs:sequence></xs:group>"
        );
        first + &chain.collect::<String>()
    };
    for last in [90, 130, 189] {
        let content = format!(
            "{}{}<xs:complexType name='B'><xs:group ref='b{last}'/></xs:complexType>\
             <xs:complexType name='T'><xs:complexContent><xs:restriction base='B'>\
             <xs:group ref='d{last}'/></xs:restriction></xs:complexContent></xs:complexType>",
            groups("b"),
            groups("d")
        );
        assert_eq!(soon(&content), [""; 0], "{last}");
    }
    let unions: String = (1..3_000)
        .map(|i| {
            format!(
                "<xs:simpleType name='U{i}'><xs:union memberTypes='U{}'/></xs:simpleType>",
                i - 1
            )
        })
        .collect();
    let content = format!(
        "{unions}<xs:simpleType name='U0'><xs:union memberTypes='xs:int'/></xs:simpleType>\
         <xs:element name='h' type='U2999'/><xs:element name='e' type='xs:short' substitutionGroup='h'/>"
    );
    assert_eq!(soon(&content), [""; 0]);
}
