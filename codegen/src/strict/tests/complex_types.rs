//! Complex types: what they are derived from, and what they take over.

use super::hold;

#[test]
fn derivation() {
    hold(&[
        (
            "ct-props-correct.3",
            "<xs:complexType name='T'><xs:complexContent><xs:extension base='T'/></xs:complexContent></xs:complexType>",
            "<xs:complexType name='T'><xs:complexContent><xs:extension base='xs:anyType'/></xs:complexContent></xs:complexType>",
        ),
        (
            "src-ct.1",
            "<xs:complexType name='T'><xs:complexContent><xs:extension base='xs:int'/></xs:complexContent></xs:complexType>",
            "<xs:complexType name='T'><xs:simpleContent><xs:extension base='xs:int'/></xs:simpleContent></xs:complexType>",
        ),
        (
            "src-ct.2",
            "<xs:complexType name='T'><xs:simpleContent><xs:restriction base='xs:int'/></xs:simpleContent></xs:complexType>",
            "<xs:complexType name='T'><xs:simpleContent><xs:restriction base='U'/></xs:simpleContent></xs:complexType><xs:complexType name='U'><xs:simpleContent><xs:extension base='xs:int'/></xs:simpleContent></xs:complexType>",
        ),
        (
            "cos-ct-extends.1.1",
            "<xs:complexType name='B' final='extension'/><xs:complexType name='T'><xs:complexContent><xs:extension base='B'/></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B' final='restriction'/><xs:complexType name='T'><xs:complexContent><xs:extension base='B'/></xs:complexContent></xs:complexType>",
        ),
        (
            "cos-ct-extends.1.4",
            "<xs:complexType name='B'><xs:simpleContent><xs:extension base='xs:int'/></xs:simpleContent></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:sequence><xs:element name='e'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'/><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:sequence><xs:element name='e'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
        ),
        (
            "cos-ct-extends.1.4.2.2.2.2.1",
            "<xs:complexType name='B' mixed='true'><xs:sequence><xs:element name='d'/></xs:sequence></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:sequence><xs:element name='e'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B' mixed='true'><xs:sequence><xs:element name='d'/></xs:sequence></xs:complexType><xs:complexType name='T'><xs:complexContent mixed='true'><xs:extension base='B'><xs:sequence><xs:element name='e'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
        ),
        (
            "cos-ct-extends.1.1",
            "<xs:complexType name='B' final='#all'/><xs:complexType name='T'><xs:complexContent><xs:extension base='B'/></xs:complexContent></xs:complexType>",
            "<xs:simpleType name='B' final='#all'><xs:list itemType='xs:int'/></xs:simpleType><xs:complexType name='T'><xs:simpleContent><xs:extension base='B'/></xs:simpleContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.1",
            "<xs:complexType name='B' final='restriction'/><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'/></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B' final='extension'/><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'/></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.5.3.2",
            "<xs:complexType name='B'><xs:sequence><xs:element name='e'/></xs:sequence></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'/></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:sequence><xs:element name='e' minOccurs='0'/></xs:sequence></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'/></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.5.4.1.2",
            "<xs:complexType name='B'><xs:sequence><xs:element name='e'/></xs:sequence></xs:complexType><xs:complexType name='T'><xs:complexContent mixed='true'><xs:restriction base='B'><xs:sequence><xs:element name='e'/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B' mixed='true'><xs:sequence><xs:element name='e'/></xs:sequence></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:sequence><xs:element name='e'/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>",
        ),
    ]);
}

#[test]
fn attributes() {
    hold(&[
        (
            "ct-props-correct.4",
            "<xs:complexType name='B'><xs:attribute name='a'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:attribute name='a'/></xs:extension></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:attribute name='a'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:attribute name='b'/></xs:extension></xs:complexContent></xs:complexType>",
        ),
        (
            "ct-props-correct.5",
            "<xs:complexType name='B'><xs:attribute name='a' type='xs:ID'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:attribute name='b' type='xs:ID'/></xs:extension></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:attribute name='a' type='xs:ID'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:attribute name='b' type='xs:IDREF'/></xs:extension></xs:complexContent></xs:complexType>",
        ),
        (
            "src-ct.5",
            "<xs:complexType name='B'><xs:anyAttribute namespace='##other'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:anyAttribute namespace='##local'/></xs:extension></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:anyAttribute namespace='##other'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:anyAttribute namespace='##local ##targetNamespace'/></xs:extension></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.2.1.1",
            "<xs:complexType name='B'><xs:attribute name='a' use='required'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a'/></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:attribute name='a'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a' use='required'/></xs:restriction></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.2.1.2",
            "<xs:complexType name='B'><xs:attribute name='a' type='xs:int'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a' type='xs:long'/></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:attribute name='a' type='xs:long'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a' type='xs:int'/></xs:restriction></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.2.1.3",
            "<xs:complexType name='B'><xs:attribute name='a' fixed='x'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a' fixed='y'/></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:attribute name='a' fixed='x'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a' fixed='x'/></xs:restriction></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.2.2",
            "<xs:complexType name='B'/><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a'/></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:anyAttribute namespace='##local'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a'/></xs:restriction></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.3",
            "<xs:complexType name='B'><xs:attribute name='a' use='required'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a' use='prohibited'/></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:attribute name='a'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:attribute name='a' use='prohibited'/></xs:restriction></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.4.1",
            "<xs:complexType name='B'/><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:anyAttribute/></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:anyAttribute/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:anyAttribute/></xs:restriction></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.4.2",
            "<xs:complexType name='B'><xs:anyAttribute namespace='##other'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:anyAttribute/></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:anyAttribute namespace='##other'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:anyAttribute namespace='urn:b'/></xs:restriction></xs:complexContent></xs:complexType>",
        ),
        (
            "derivation-ok-restriction.4.3",
            "<xs:complexType name='B'><xs:anyAttribute/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:anyAttribute processContents='lax'/></xs:restriction></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:anyAttribute processContents='lax'/></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:restriction base='B'><xs:anyAttribute/></xs:restriction></xs:complexContent></xs:complexType>",
        ),
    ]);
}
