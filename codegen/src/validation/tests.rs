use castile::validation::Schema;

use super::schema_text;
use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::frontend::xsd;
use crate::source::Sources;

/// The text of one schema in `urn:example:fleet`, of which `body` is what stands inside.
fn text(body: &str) -> String {
    let schema = format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:example:fleet' \
         xmlns:f='urn:example:fleet' targetNamespace='urn:example:fleet' \
         elementFormDefault='qualified'>{body}</xs:schema>"
    );
    let mut sources = Sources::default();
    let document = sources.add("fleet.xsd", schema).unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    xsd::parse(&sources, document, &mut contract, &mut diagnostics);
    schema_text(&contract)
}

#[test]
fn every_kind_of_component_is_a_line() {
    let written = text(
        r###"
<xs:element name="Fleet" nillable="true" block="extension">
  <xs:complexType mixed="true"><xs:sequence maxOccurs="unbounded">
    <xs:group ref="Units" minOccurs="0"/>
    <xs:element ref="Extra" minOccurs="2" maxOccurs="2"/>
    <xs:any namespace="##local urn:b" processContents="skip"/>
    <xs:any namespace="##other"/>
  </xs:sequence><xs:attributeGroup ref="Marks"/></xs:complexType>
  <xs:unique name="one"><xs:selector xpath=".//f:Unit"/><xs:field xpath="@id"/></xs:unique>
</xs:element>
<xs:element name="Extra" type="xs:string" abstract="true" default=' "x"&#10;'/>
<xs:element name="Spare" substitutionGroup="Extra" type="xs:token"/>
<xs:attribute name="mark" type="xs:int"/>
<xs:group name="Units"><xs:choice>
  <xs:element name="Unit" type="Unit"/><xs:element name="Unit" form="unqualified">
  <xs:simpleType><xs:list><xs:simpleType><xs:restriction base="xs:QName">
    <xs:enumeration value="f:a"/></xs:restriction></xs:simpleType></xs:list></xs:simpleType></xs:element>
</xs:choice></xs:group>
<xs:attributeGroup name="Marks"><xs:attribute ref="mark" use="required"/>
  <xs:anyAttribute namespace="##targetNamespace" processContents="lax"/></xs:attributeGroup>
<xs:complexType name="Unit" abstract="true"><xs:simpleContent><xs:restriction base="Base">
  <xs:maxLength value="9"/><xs:attribute name="id" use="prohibited"/>
</xs:restriction></xs:simpleContent></xs:complexType>
<xs:complexType name="Base"><xs:simpleContent><xs:extension base="xs:string">
  <xs:attribute name="id" type="xs:ID" fixed="u"/>
</xs:extension></xs:simpleContent></xs:complexType>
<xs:simpleType name="Either"><xs:union memberTypes="xs:int"><xs:simpleType>
  <xs:restriction base="xs:string"><xs:pattern value="a\d"/><xs:pattern value='"&#x202e;'/></xs:restriction>
</xs:simpleType></xs:union></xs:simpleType>
"###,
    );
    assert_eq!(
        written,
        r#"castile schema 1
namespace b "urn:b"
namespace fleet "urn:example:fleet"
element fleet:Extra xs:string abstract default=" \"x\"\n"
element fleet:Fleet @fleet:Fleet nillable block=extension
  unique fleet:one
    selector ".//f:Unit"
    field "@id"
    prefix "f" "urn:example:fleet"
complex @fleet:Fleet mixed
  sequence occurs=1..*
    group fleet:Units occurs=0..1
    ref fleet:Extra occurs=2
    any in:-,b skip
    any not:fleet strict
  attributes fleet:Marks
element fleet:Spare xs:token head=fleet:Extra
attribute fleet:mark xs:int
complex fleet:Base extension=xs:string
  text xs:string
  attribute id xs:ID fixed="u"
simple fleet:Either union xs:int @fleet:Either.member
simple @fleet:Either.member restriction xs:string
  pattern "a\\d"
  pattern "\"\u{202e}"
complex fleet:Unit restriction=fleet:Base abstract
  text @fleet:Unit.text
  attribute id xs:anySimpleType prohibited
simple @fleet:Unit.text restriction xs:string
  maxLength "9"
group fleet:Units
  choice
    element fleet:Unit fleet:Unit
    element Unit @fleet:Units.Unit
simple @fleet:Units.Unit list @fleet:Units.Unit.item
simple @fleet:Units.Unit.item restriction xs:QName
  enumeration "f:a"
  prefix "f" "urn:example:fleet"
attributes fleet:Marks
  use fleet:mark required
  anyAttribute in:fleet lax
"#
    );
    let schema = Schema::parse(&written).unwrap();
    let document = |name: &str| {
        format!(
            "<Fleet xmlns='urn:example:fleet' xmlns:g='{name}' g:mark='1' xmlns:f='urn:example:fleet'>\
             text<Unit xmlns=''>f:a f:a</Unit><Spare/><Spare/><b xmlns='urn:b'/>\
             <Unknown xmlns='urn:c'/></Fleet>"
        )
    };
    let found = schema.validate(document("urn:example:fleet").as_bytes());
    assert_eq!(
        found.unwrap_err().to_string(),
        "Fleet/Unknown: the wildcard is strict, and no global element is `{urn:c}Unknown` \
         (cvc-assess-elt.1, line 1, column 192)"
    );
    let found = schema.validate(document("urn:other").as_bytes());
    let found = found.unwrap_err();
    let rules: Vec<&str> = { found.iter() }.map(|violation| violation.rule()).collect();
    assert_eq!(
        rules,
        [
            "cvc-complex-type.3.2.2",
            "cvc-complex-type.4",
            "cvc-assess-elt.1"
        ]
    );
}

#[test]
fn what_nobody_declares_may_be_anything() {
    let written = text(
        "<xs:complexType name='A'><xs:sequence><xs:element name='X' type='Missing'/></xs:sequence>\
         </xs:complexType><xs:element name='R' type='A'/>",
    );
    let schema = Schema::parse(&written).unwrap();
    let document = "<R xmlns='urn:example:fleet'><X a='1'><Y/></X></R>";
    assert_eq!(schema.validate(document.as_bytes()), Ok(()));
}
