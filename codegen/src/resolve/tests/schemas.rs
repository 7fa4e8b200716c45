//! Names, groups, derivation, and types that contain themselves.

use super::*;

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
fn a_group_that_contains_itself_is_left_out_there() {
    check(
        r#"<xs:group name="G"><xs:sequence><xs:element name="x" type="xs:int"/><xs:group ref="H"/></xs:sequence></xs:group>
<xs:group name="H"><xs:sequence><xs:group ref="G" minOccurs="0"/></xs:sequence></xs:group>
<xs:complexType name="T"><xs:group ref="G"/></xs:complexType>"#,
        r#"
type T
  x: int
warning[cyclic-group]: group `G` contains itself; it is left out there
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
fn a_type_that_must_contain_itself_is_opened() {
    check(
        r#"<xs:complexType name="A"><xs:sequence><xs:element name="b" type="B"/></xs:sequence></xs:complexType>
<xs:complexType name="B"><xs:choice><xs:element name="a" type="A"/><xs:element name="c" type="B"/></xs:choice></xs:complexType>
<xs:complexType name="Leads"><xs:sequence><xs:element name="a" type="A"/></xs:sequence></xs:complexType>
<xs:complexType name="Fine"><xs:sequence><xs:element name="next" type="Fine" minOccurs="0"/></xs:sequence></xs:complexType>"#,
        r#"
type B
  choice 1
    a: A, 0..1
    c: B, 0..1
type A
  b: B
type Leads
  a: A
type Fine
  next: Fine, 0..1
warning[cyclic-type]: type `B` must contain itself, through `a/b`: no message ends; `a` is read as optional
 --> test.xsd:3:55
  |
3 | <xs:complexType name="B"><xs:choice><xs:element name="a" type="A"/><xs:element name="c" type="B"/></xs:choice></xs:complexType>
  |                                                       ^ required here
  = help: make one element of the circle optional (`0..1`), nillable or repeated from zero
"#,
    );
}

#[test]
fn simple_types_made_of_themselves_are_refused() {
    check(
        r#"<xs:simpleType name="L"><xs:list itemType="L"/></xs:simpleType>
<xs:simpleType name="U"><xs:union memberTypes="xs:int V"/></xs:simpleType>
<xs:simpleType name="V"><xs:restriction base="U"/></xs:simpleType>
<xs:simpleType name="Fine"><xs:union memberTypes="xs:int xs:int"/></xs:simpleType>"#,
        r#"
error[cyclic-derivation]: type `L` is made of itself
 --> test.xsd:2:22
  |
2 | <xs:simpleType name="L"><xs:list itemType="L"/></xs:simpleType>
  |                      ^
  = help: leave the type out of its own members, or give it another base

error[cyclic-derivation]: type `V` is made of itself
 --> test.xsd:4:22
  |
4 | <xs:simpleType name="V"><xs:restriction base="U"/></xs:simpleType>
  |                      ^
  = help: leave the type out of its own members, or give it another base
"#,
    );
}

#[test]
fn types_of_too_many_steps_are_refused() {
    let chain = |steps: usize| {
        let types: String = (1..=steps)
            .map(|i| {
                let base = if i == 1 {
                    "xs:string".to_owned()
                } else {
                    format!("S{}", i - 1)
                };
                format!(
                    "<xs:simpleType name=\"S{i}\"><xs:restriction base=\"{base}\"/></xs:simpleType>"
                )
            })
            .collect();
        schema(&types)
    };
    assert!(!chain(900).contains("error["));
    let found = chain(20_000);
    let expected = "error[cyclic-derivation]: type `S997` is made in more than 1000 steps\n";
    assert!(found.starts_with(expected), "{}", &found[..300]);
}

#[test]
fn a_schema_of_attributes_and_groups_gives_their_types() {
    check(
        r#"<xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="keep"/></xs:restriction></xs:simpleType></xs:attribute>
<xs:attribute name="version" type="xs:decimal"/>
<xs:group name="Address"><xs:sequence><xs:element name="street" type="xs:string"/></xs:sequence></xs:group>
<xs:attributeGroup name="common"><xs:attribute ref="space"/><xs:attribute ref="version" use="required"/></xs:attributeGroup>"#,
        r#"
type space = string: keep
type version = decimal
type Address
  street: string
type common
  @space: space, optional
  @version: decimal
"#,
    );
}

#[test]
fn a_schema_that_declares_nothing_is_refused() {
    check(
        "",
        r#"
error[nothing-to-generate]: there is no service, no element, no type, no group and no attribute in the inputs
 --> test.xsd:1:1
  |
1 | <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">
  | ^^^^^^^^^^
  = help: name the WSDL or schema that declares them; imports are followed from there
"#,
    );
}

#[test]
fn groups_that_double_are_refused() {
    let groups: String = (1..40)
        .map(|i| {
            let inner = format!("<xs:group ref=\"G{}\"/>", i - 1).repeat(2);
            format!("<xs:group name=\"G{i}\"><xs:sequence>{inner}</xs:sequence></xs:group>")
        })
        .collect();
    let found = schema(&format!(
        "<xs:group name=\"G0\"><xs:sequence><xs:element name=\"a\" type=\"xs:int\"/></xs:sequence>\
         </xs:group>{groups}<xs:complexType name=\"X\"><xs:group ref=\"G39\"/></xs:complexType>"
    ));
    let expected = "error[limit-exceeded]: the groups of all types together have more than 1000000 \
                    elements; `G";
    assert!(found.starts_with(expected), "{found}");
}
