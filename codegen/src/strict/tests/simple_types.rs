//! Simple types and their facets.

use super::hold;

#[test]
fn facets() {
    hold(&[
        (
            "src-pattern-value",
            "<xs:simpleType name='T'><xs:restriction base='xs:string'><xs:pattern value='[a'/></xs:restriction></xs:simpleType>",
            "<xs:simpleType name='T'><xs:restriction base='xs:string'><xs:pattern value='[a-z-[m]]'/></xs:restriction></xs:simpleType>",
        ),
        (
            "cos-applicable-facets",
            "<xs:simpleType name='T'><xs:restriction base='xs:int'><xs:length value='1'/></xs:restriction></xs:simpleType>",
            "<xs:simpleType name='T'><xs:restriction base='xs:int'><xs:totalDigits value='1'/></xs:restriction></xs:simpleType>",
        ),
        (
            "minLength-less-than-equal-to-maxLength",
            "<xs:simpleType name='T'><xs:restriction base='xs:string'><xs:minLength value='2'/><xs:maxLength value='1'/></xs:restriction></xs:simpleType>",
            "<xs:simpleType name='T'><xs:restriction base='xs:string'><xs:minLength value='2'/><xs:maxLength value='2'/></xs:restriction></xs:simpleType>",
        ),
        (
            "enumeration-valid-restriction",
            "<xs:simpleType name='T'><xs:restriction base='xs:date'><xs:enumeration value='today'/></xs:restriction></xs:simpleType>",
            "<xs:simpleType name='T'><xs:restriction base='xs:date'><xs:enumeration value='2020-02-29'/></xs:restriction></xs:simpleType>",
        ),
        (
            "enumeration-required-notation",
            "<xs:notation name='n' public='n'/><xs:simpleType name='T'><xs:restriction base='xs:NOTATION'><xs:enumeration value='m'/></xs:restriction></xs:simpleType>",
            "<xs:notation name='n' public='n'/><xs:simpleType name='T'><xs:restriction base='xs:NOTATION'><xs:enumeration value='n'/></xs:restriction></xs:simpleType>",
        ),
        (
            "enumeration-required-notation",
            "<xs:attribute name='a' type='xs:NOTATION'/>",
            "<xs:attribute name='a' type='xs:QName'/>",
        ),
    ]);
}

#[test]
fn derivation() {
    hold(&[
        (
            "cos-st-restricts.1.1",
            "<xs:simpleType name='T'><xs:restriction base='xs:anySimpleType'/></xs:simpleType>",
            "<xs:element name='T' type='xs:anySimpleType'/>",
        ),
        (
            "cos-st-restricts",
            "<xs:complexType name='C'/><xs:simpleType name='T'><xs:list itemType='C'/></xs:simpleType>",
            "<xs:simpleType name='C'><xs:restriction base='xs:int'/></xs:simpleType><xs:simpleType name='T'><xs:list itemType='C'/></xs:simpleType>",
        ),
        (
            "cos-list-of-atomic",
            "<xs:simpleType name='T'><xs:list itemType='xs:NMTOKENS'/></xs:simpleType>",
            "<xs:simpleType name='T'><xs:list itemType='xs:NMTOKEN'/></xs:simpleType>",
        ),
        (
            "st-props-correct.2",
            "<xs:simpleType name='T'><xs:restriction base='U'/></xs:simpleType><xs:simpleType name='U'><xs:restriction base='T'/></xs:simpleType>",
            "<xs:simpleType name='T'><xs:restriction base='U'/></xs:simpleType><xs:simpleType name='U'><xs:restriction base='xs:int'/></xs:simpleType>",
        ),
        (
            "st-props-correct.3",
            "<xs:simpleType name='U' final='restriction'><xs:restriction base='xs:int'/></xs:simpleType><xs:simpleType name='T'><xs:restriction base='U'/></xs:simpleType>",
            "<xs:simpleType name='U' final='list'><xs:restriction base='xs:int'/></xs:simpleType><xs:simpleType name='T'><xs:restriction base='U'/></xs:simpleType>",
        ),
        (
            "cos-st-restricts.2.3.1.1",
            "<xs:simpleType name='U' final='list'><xs:restriction base='xs:int'/></xs:simpleType><xs:simpleType name='T'><xs:list itemType='U'/></xs:simpleType>",
            "<xs:simpleType name='U' final='union'><xs:restriction base='xs:int'/></xs:simpleType><xs:simpleType name='T'><xs:list itemType='U'/></xs:simpleType>",
        ),
        (
            "cos-st-restricts.3.3.1.1",
            "<xs:simpleType name='U' final='union'><xs:restriction base='xs:int'/></xs:simpleType><xs:simpleType name='T'><xs:union memberTypes='U'/></xs:simpleType>",
            "<xs:simpleType name='U' final='list'><xs:restriction base='xs:int'/></xs:simpleType><xs:simpleType name='T'><xs:union memberTypes='U'/></xs:simpleType>",
        ),
    ]);
}
