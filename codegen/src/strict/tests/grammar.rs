//! The grammar of schema documents, and how components are written in them.

use super::{broken, hold};

#[test]
fn grammar() {
    hold(&[
        (
            "s4s-att-not-allowed",
            "<xs:element name='e' type='xs:int' minOccurs='0'/>",
            "<xs:element name='e' type='xs:int' id='i' xml:lang='de' a:minOccurs='0'/>",
        ),
        (
            "s4s-att-not-allowed",
            "<xs:element name='e' xs:type='xs:int'/>",
            "<xs:element name='e' type='xs:int'/>",
        ),
        (
            "s4s-att-invalid-value",
            "<xs:element name='e' nillable='yes'/>",
            "<xs:element name='e' nillable=' 1 '/>",
        ),
        (
            "s4s-att-invalid-value",
            "<xs:element name='e' id='i'/><xs:element name='f' id='i'/>",
            "<xs:element name='e' id='i'/><xs:element name='f' id='j'/>",
        ),
        (
            "s4s-att-invalid-value",
            "<xs:complexType name='T'><xs:all maxOccurs='2'/></xs:complexType>",
            "<xs:complexType name='T'><xs:all minOccurs='0'/></xs:complexType>",
        ),
        (
            "s4s-att-must-appear",
            "<xs:simpleType name='T'><xs:restriction base='xs:int'><xs:maxInclusive/></xs:restriction></xs:simpleType>",
            "<xs:simpleType name='T'><xs:restriction base='xs:int'><xs:maxInclusive value='1'/></xs:restriction></xs:simpleType>",
        ),
        (
            "s4s-elt-invalid-content.1",
            "<xs:complexType name='T'><xs:element name='e'/></xs:complexType>",
            "<xs:complexType name='T'><xs:choice><xs:element name='e'/></xs:choice></xs:complexType>",
        ),
        (
            "s4s-elt-invalid-content.1",
            "<xs:annotation><p>Text.</p></xs:annotation>",
            "<xs:annotation><xs:documentation><p>Text.</p></xs:documentation></xs:annotation>",
        ),
        (
            "s4s-elt-must-match.1",
            "<xs:element name='e'><xs:complexType/><xs:annotation/></xs:element>",
            "<xs:element name='e'><xs:annotation/><xs:complexType/></xs:element>",
        ),
        (
            "s4s-elt-must-match.1",
            "<xs:element name='e'/><xs:import namespace='urn:b'/>",
            "<xs:annotation/><xs:import namespace='urn:b'/><xs:element name='e'/>",
        ),
        (
            "s4s-elt-must-match.2",
            "<xs:element name='e'><xs:key name='k'><xs:selector xpath='a'/></xs:key></xs:element>",
            "<xs:element name='e'><xs:key name='k'><xs:selector xpath='a'/><xs:field xpath='.'/></xs:key></xs:element>",
        ),
        (
            "s4s-elt-must-match.2",
            "<xs:simpleType name='T'/>",
            "<xs:simpleType name='T'><xs:list itemType='xs:int'/></xs:simpleType>",
        ),
        (
            "s4s-elt-character",
            "<xs:complexType name='T'>text</xs:complexType>",
            "<xs:complexType name='T'><!-- text --> </xs:complexType>",
        ),
    ]);
}

#[test]
fn references() {
    hold(&[
        (
            "src-resolve",
            "<xs:element name='e' type='T'/>",
            "<xs:element name='e' type='T'/><xs:simpleType name='T'><xs:list itemType='xs:int'/></xs:simpleType>",
        ),
        (
            "src-resolve",
            "<xs:element name='e' type='xs:integ'/>",
            "<xs:element name='e' type='xs:integer'/>",
        ),
        (
            "src-resolve.4.2",
            "<xs:element name='e' xmlns:b='urn:b' type='b:T'/>",
            "<xs:import namespace='urn:b'/><xs:element name='e' xmlns:b='urn:b' type='b:T'/>",
        ),
        (
            "src-resolve.4.1",
            "<xs:element name='e' xmlns='' type='T'/>",
            "<xs:import/><xs:element name='e' xmlns='' type='T'/>",
        ),
        (
            "src-import.1.1",
            "<xs:import namespace='urn:a'/><xs:element name='e'/>",
            "<xs:import namespace='urn:b'/><xs:element name='e'/>",
        ),
        (
            "sch-props-correct.2",
            "<xs:element name='e'/><xs:element name='e' type='xs:int'/>",
            "<xs:element name='e'/><xs:attribute name='e' type='xs:int'/>",
        ),
        (
            "sch-props-correct.2",
            "<xs:complexType name='T'/><xs:simpleType name='T'><xs:list itemType='xs:int'/></xs:simpleType>",
            "<xs:complexType name='T'/><xs:group name='T'><xs:sequence/></xs:group>",
        ),
    ]);
    let importing =
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:import/></xs:schema>";
    assert_eq!(broken(importing, true).0, ["src-import.1.2"]);
}

#[test]
fn representation() {
    hold(&[
        (
            "src-element.1",
            "<xs:element name='e' type='xs:int' default='1' fixed='1'/>",
            "<xs:element name='e' type='xs:int' fixed='1'/>",
        ),
        (
            "src-element.2.1",
            "<xs:group name='g'><xs:sequence><xs:element name='e' ref='f'/></xs:sequence></xs:group><xs:element name='f'/>",
            "<xs:group name='g'><xs:sequence><xs:element ref='f'/></xs:sequence></xs:group><xs:element name='f'/>",
        ),
        (
            "src-element.2.2",
            "<xs:group name='g'><xs:sequence><xs:element ref='f' nillable='true'/></xs:sequence></xs:group><xs:element name='f'/>",
            "<xs:group name='g'><xs:sequence><xs:element ref='f' minOccurs='0'/></xs:sequence></xs:group><xs:element name='f'/>",
        ),
        (
            "src-element.3",
            "<xs:element name='e' type='xs:int'><xs:complexType/></xs:element>",
            "<xs:element name='e'><xs:complexType/></xs:element>",
        ),
        (
            "p-props-correct.2.1",
            "<xs:group name='g'><xs:choice><xs:element name='e' minOccurs='2'/></xs:choice></xs:group>",
            "<xs:group name='g'><xs:choice><xs:element name='e' minOccurs='2' maxOccurs='2'/></xs:choice></xs:group>",
        ),
        (
            "src-attribute.1",
            "<xs:attribute name='a' default='1' fixed='1'/>",
            "<xs:attribute name='a' default='1'/>",
        ),
        (
            "src-attribute.2",
            "<xs:complexType name='T'><xs:attribute name='a' use='required' default='1'/></xs:complexType>",
            "<xs:complexType name='T'><xs:attribute name='a' use='required' fixed='1'/></xs:complexType>",
        ),
        (
            "src-attribute.3.1",
            "<xs:complexType name='T'><xs:attribute use='required'/></xs:complexType>",
            "<xs:complexType name='T'><xs:attribute name='a' use='required'/></xs:complexType>",
        ),
        (
            "src-attribute.3.2",
            "<xs:attribute name='a'/><xs:complexType name='T'><xs:attribute ref='a' type='xs:int'/></xs:complexType>",
            "<xs:attribute name='a'/><xs:complexType name='T'><xs:attribute ref='a' use='required'/></xs:complexType>",
        ),
        (
            "src-attribute.4",
            "<xs:attribute name='a' type='xs:int'><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType></xs:attribute>",
            "<xs:attribute name='a'><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType></xs:attribute>",
        ),
        (
            "no-xmlns",
            "<xs:attribute name='xmlns'/>",
            "<xs:attribute name='xmlnsx'/>",
        ),
        (
            "src-simple-type.2",
            "<xs:simpleType name='T'><xs:restriction/></xs:simpleType>",
            "<xs:simpleType name='T'><xs:restriction base='xs:int'/></xs:simpleType>",
        ),
        (
            "src-simple-type.3",
            "<xs:simpleType name='T'><xs:list itemType='xs:int'><xs:simpleType><xs:restriction base='xs:int'/></xs:simpleType></xs:list></xs:simpleType>",
            "<xs:simpleType name='T'><xs:list><xs:simpleType><xs:restriction base='xs:int'/></xs:simpleType></xs:list></xs:simpleType>",
        ),
        (
            "src-union-memberTypes-or-simpleTypes",
            "<xs:simpleType name='T'><xs:union/></xs:simpleType>",
            "<xs:simpleType name='T'><xs:union memberTypes='xs:int xs:date'/></xs:simpleType>",
        ),
        (
            "src-notation",
            "<xs:notation name='n'/>",
            "<xs:notation name='n' public='n'/>",
        ),
    ]);
}
