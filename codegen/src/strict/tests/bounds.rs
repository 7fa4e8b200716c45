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
