//! Each pass on a small schema of its own: what comes out as `dump` shows it, and what is reported.

use std::fmt::Write as _;

use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::dump::dump;
use crate::frontend::{wsdl, xsd};
use crate::resolve::resolve;
use crate::source::Sources;

/// The dump, then the diagnostics, of one document; only the diagnostics if it is refused.
fn run(text: &str) -> String {
    let mut sources = Sources::default();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    let is_wsdl = text.contains("definitions");
    let name = if is_wsdl { "test.wsdl" } else { "test.xsd" };
    let document = sources.add(name, text).unwrap();
    if is_wsdl {
        wsdl::parse(&mut sources, document, &mut contract, &mut diagnostics);
    } else {
        xsd::parse(&mut sources, document, &mut contract, &mut diagnostics);
    }
    let mut out = resolve(contract, &mut diagnostics).map(|r| dump(&r)).unwrap_or_default();
    let _ = write!(out, "{}", diagnostics.render(&sources));
    out
}

fn schema(content: &str) -> String {
    run(&format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"urn:t\" \
         targetNamespace=\"urn:t\" elementFormDefault=\"qualified\">\n{content}\n</xs:schema>"
    ))
}

#[track_caller]
fn check(content: &str, expected: &str) {
    let found = schema(content);
    assert_eq!(found.trim_end(), expected.trim_start_matches('\n').trim_end(), "\n{found}");
}

#[test]
fn undeclared_names_are_reported_once_and_read_as_anything() {
    check(
        r#"<xs:complexType name="Invoice"><xs:sequence/></xs:complexType>
<xs:element name="a" type="Invoce"/>
<xs:element name="b" type="Invoce"/>
<xs:element name="c"><xs:complexType><xs:sequence><xs:element ref="d"/></xs:sequence></xs:complexType></xs:element>"#,
        r#"
element {urn:t}a
  Invoce
element {urn:t}b
  Invoce
element {urn:t}c
  d: anyType
type Invoice
type Invoce (declared nowhere)
warning[unresolved-type]: no type `Invoce` in `urn:t`; it is read as `xs:anyType`
 --> test.xsd:3:28
  |
3 | <xs:element name="a" type="Invoce"/>
  |                            ^^^^^^
  = help: did you mean `Invoice`?

warning[unresolved-element]: no element `d` in `urn:t`; it is read as `xs:anyType`
 --> test.xsd:5:68
  |
5 | <xs:element name="c"><xs:complexType><xs:sequence><xs:element ref="d"/></xs:sequence></xs:complexType></xs:element>
  |                                                                    ^
"#,
    );
}

#[test]
fn groups_stand_in_place_of_references() {
    check(
        r#"<xs:group name="G"><xs:choice><xs:element name="x" type="xs:int"/><xs:group ref="H"/></xs:choice></xs:group>
<xs:group name="H"><xs:sequence><xs:element name="y" type="xs:int"/></xs:sequence></xs:group>
<xs:attributeGroup name="A"><xs:attribute name="p" type="xs:int"/><xs:attributeGroup ref="B"/></xs:attributeGroup>
<xs:attributeGroup name="B"><xs:attribute name="q" type="xs:string" use="required"/><xs:attributeGroup ref="A"/></xs:attributeGroup>
<xs:complexType name="T"><xs:sequence><xs:group ref="G" maxOccurs="unbounded"/></xs:sequence><xs:attributeGroup ref="A"/></xs:complexType>"#,
        r#"
type T
  @p: int, optional
  @q: string
  choice 1..n
    x: int
    y: int
"#,
    );
}

#[test]
fn a_group_that_contains_itself_is_refused() {
    check(
        r#"<xs:group name="G"><xs:sequence><xs:element name="x" type="xs:int"/><xs:group ref="H"/></xs:sequence></xs:group>
<xs:group name="H"><xs:sequence><xs:group ref="G" minOccurs="0"/></xs:sequence></xs:group>
<xs:complexType name="T"><xs:group ref="G"/></xs:complexType>"#,
        r#"
error[cyclic-group]: group `G` contains itself
 --> test.xsd:2:17
  |
2 | <xs:group name="G"><xs:sequence><xs:element name="x" type="xs:int"/><xs:group ref="H"/></xs:sequence></xs:group>
  |                 ^
  = help: put the repetition into a type: an element of a type may hold that type again
"#,
    );
}

#[test]
fn particles_are_plain() {
    check(
        r#"<xs:complexType name="T"><xs:sequence>
<xs:sequence><xs:element name="a" type="xs:int"/><xs:sequence><xs:element name="b" type="xs:int" minOccurs="0"/></xs:sequence></xs:sequence>
<xs:sequence minOccurs="0"><xs:element name="c" type="xs:int" maxOccurs="unbounded"/></xs:sequence>
<xs:sequence maxOccurs="3"><xs:element name="d" type="xs:int"/></xs:sequence>
<xs:sequence minOccurs="0"><xs:element name="e" type="xs:int" minOccurs="2" maxOccurs="2"/></xs:sequence>
<xs:element name="gone" type="xs:int" minOccurs="0" maxOccurs="0"/>
<xs:choice><xs:element name="f" type="xs:int"/><xs:sequence/></xs:choice>
</xs:sequence></xs:complexType>"#,
        r#"
type T
  a: int
  b: int, 0..1
  c: int, 0..n
  d: int, 1..3
  sequence 0..1
    e: int, 2
  f: int, 0..1
"#,
    );
}

#[test]
fn extension_adds_to_the_base_and_restriction_replaces_it() {
    check(
        r#"<xs:complexType name="Base"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence><xs:attribute name="p" type="xs:int"/><xs:attribute name="q" type="xs:int"/></xs:complexType>
<xs:complexType name="More"><xs:complexContent><xs:extension base="Base"><xs:choice><xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:int"/></xs:choice><xs:attribute name="r" type="xs:int"/></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Most"><xs:complexContent><xs:extension base="More"><xs:sequence><xs:element name="d" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Less"><xs:complexContent><xs:restriction base="Base"><xs:sequence><xs:element name="a" type="xs:short"/></xs:sequence><xs:attribute name="p" type="xs:int" use="required"/><xs:attribute name="q" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>
<xs:complexType name="Price"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="Taxed"><xs:simpleContent><xs:extension base="Price"><xs:attribute name="rate" type="xs:decimal"/></xs:extension></xs:simpleContent></xs:complexType>"#,
        r#"
type Base
  @p: int, optional
  @q: int, optional
  a: int
type More extends Base
  @p: int, optional
  @q: int, optional
  @r: int, optional
  a: int
  choice 1
    b: int
    c: int
type Most extends More
  @p: int, optional
  @q: int, optional
  @r: int, optional
  a: int
  choice 1
    b: int
    c: int
  d: int
type Less restricts Base
  @p: int
  a: short
type Price extends decimal
  @currency: string
  text: decimal
type Taxed extends Price
  @currency: string
  @rate: decimal, optional
  text: decimal
"#,
    );
}

#[test]
fn a_type_derived_from_itself_is_refused() {
    check(
        r#"<xs:complexType name="A"><xs:complexContent><xs:extension base="B"/></xs:complexContent></xs:complexType>
<xs:complexType name="B"><xs:complexContent><xs:extension base="A"/></xs:complexContent></xs:complexType>
<xs:simpleType name="S"><xs:restriction base="S"/></xs:simpleType>"#,
        r#"
error[cyclic-derivation]: type `B` is derived from itself
 --> test.xsd:3:23
  |
3 | <xs:complexType name="B"><xs:complexContent><xs:extension base="A"/></xs:complexContent></xs:complexType>
  |                       ^
  = help: give one type of the circle another base

error[cyclic-derivation]: type `S` is derived from itself
 --> test.xsd:4:22
  |
4 | <xs:simpleType name="S"><xs:restriction base="S"/></xs:simpleType>
  |                      ^
  = help: give one type of the circle another base
"#,
    );
}

#[test]
fn an_element_in_its_own_substitution_group_is_refused() {
    check(
        r#"<xs:element name="a" type="xs:int" substitutionGroup="b"/>
<xs:element name="b" type="xs:int" substitutionGroup="a"/>"#,
        r#"
error[cyclic-derivation]: element `a` is in its own substitution group
 --> test.xsd:2:19
  |
2 | <xs:element name="a" type="xs:int" substitutionGroup="b"/>
  |                   ^
  = help: remove one `substitutionGroup` of the circle

error[cyclic-derivation]: element `b` is in its own substitution group
 --> test.xsd:3:19
  |
3 | <xs:element name="b" type="xs:int" substitutionGroup="a"/>
  |                   ^
  = help: remove one `substitutionGroup` of the circle
"#,
    );
}

#[test]
fn a_type_that_must_contain_itself_is_refused() {
    check(
        r#"<xs:complexType name="A"><xs:sequence><xs:element name="b" type="B"/></xs:sequence></xs:complexType>
<xs:complexType name="B"><xs:choice><xs:element name="a" type="A"/><xs:element name="c" type="B"/></xs:choice></xs:complexType>
<xs:complexType name="Leads"><xs:sequence><xs:element name="a" type="A"/></xs:sequence></xs:complexType>
<xs:complexType name="Fine"><xs:sequence><xs:element name="next" type="Fine" minOccurs="0"/></xs:sequence></xs:complexType>"#,
        r#"
error[cyclic-type]: type `B` must contain itself, through `a/b`: no message ends
 --> test.xsd:3:55
  |
3 | <xs:complexType name="B"><xs:choice><xs:element name="a" type="A"/><xs:element name="c" type="B"/></xs:choice></xs:complexType>
  |                                                       ^ required here
  = help: make one element of the circle optional (`0..1`), nillable or repeated from zero
"#,
    );
}

