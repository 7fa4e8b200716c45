//! Declarations of elements and attributes, attribute uses, identity constraints.

use super::hold;

#[test]
fn values_and_heads() {
    hold(&[
        (
            "e-props-correct.2",
            "<xs:element name='e' type='xs:int' default='one'/>",
            "<xs:element name='e' type='xs:int' default=' 1 '/>",
        ),
        (
            "cos-valid-default.2.1",
            "<xs:element name='e' default='x'><xs:complexType><xs:sequence><xs:element name='f' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>",
            "<xs:element name='e' default='x'><xs:complexType mixed='true'><xs:sequence><xs:element name='f' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>",
        ),
        (
            "e-props-correct.4",
            "<xs:element name='h' type='xs:int'/><xs:element name='e' type='xs:string' substitutionGroup='h'/>",
            "<xs:element name='h' type='xs:int'/><xs:element name='e' type='xs:short' substitutionGroup='h'/>",
        ),
        (
            "e-props-correct.4",
            "<xs:element name='h' type='xs:int' final='restriction'/><xs:element name='e' type='xs:short' substitutionGroup='h'/>",
            "<xs:element name='h' type='xs:int' final='restriction'/><xs:element name='e' substitutionGroup='h'/>",
        ),
        (
            "e-props-correct.5",
            "<xs:element name='e' type='xs:ID' fixed='x'/>",
            "<xs:element name='e' type='xs:IDREF' fixed='x'/>",
        ),
        (
            "e-props-correct.6",
            "<xs:element name='e' substitutionGroup='f'/><xs:element name='f' substitutionGroup='e'/>",
            "<xs:element name='e' substitutionGroup='f'/><xs:element name='f'/>",
        ),
        (
            "a-props-correct.2",
            "<xs:attribute name='a' type='xs:boolean' default='yes'/>",
            "<xs:attribute name='a' type='xs:boolean' default='1'/>",
        ),
        (
            "a-props-correct.3",
            "<xs:attribute name='a' type='xs:ID' default='yes'/>",
            "<xs:attribute name='a' type='xs:NCName' default='yes'/>",
        ),
        (
            "au-props-correct.2",
            "<xs:attribute name='a' type='xs:int' fixed='1'/><xs:complexType name='T'><xs:attribute ref='a' fixed='2'/></xs:complexType>",
            "<xs:attribute name='a' type='xs:int' fixed='1'/><xs:complexType name='T'><xs:attribute ref='a' fixed='01'/></xs:complexType>",
        ),
    ]);
}

#[test]
fn attribute_groups() {
    hold(&[
        (
            "ag-props-correct.2",
            "<xs:attributeGroup name='g'><xs:attribute name='a'/><xs:attribute name='a'/></xs:attributeGroup>",
            "<xs:attributeGroup name='g'><xs:attribute name='a'/><xs:attribute name='a' form='qualified'/></xs:attributeGroup>",
        ),
        (
            "ag-props-correct.3",
            "<xs:attributeGroup name='g'><xs:attribute name='a' type='xs:ID'/><xs:attribute name='b' type='xs:ID'/></xs:attributeGroup>",
            "<xs:attributeGroup name='g'><xs:attribute name='a' type='xs:ID'/><xs:attribute name='b' type='xs:IDREF'/></xs:attributeGroup>",
        ),
        (
            "src-attribute_group.3",
            "<xs:attributeGroup name='g'><xs:attributeGroup ref='h'/></xs:attributeGroup><xs:attributeGroup name='h'><xs:attributeGroup ref='g'/></xs:attributeGroup>",
            "<xs:attributeGroup name='g'><xs:attributeGroup ref='h'/></xs:attributeGroup><xs:attributeGroup name='h'/>",
        ),
    ]);
}

#[test]
fn identity_constraints() {
    hold(&[
        (
            "c-selector-xpath",
            "<xs:element name='e'><xs:unique name='u'><xs:selector xpath='/a'/><xs:field xpath='@b'/></xs:unique></xs:element>",
            "<xs:element name='e'><xs:unique name='u'><xs:selector xpath='.//a'/><xs:field xpath='@b'/></xs:unique></xs:element>",
        ),
        (
            "c-fields-xpaths",
            "<xs:element name='e'><xs:unique name='u'><xs:selector xpath='b'/><xs:field xpath='@b/c'/></xs:unique></xs:element>",
            "<xs:element name='e'><xs:unique name='u'><xs:selector xpath='b'/><xs:field xpath='c/@b'/></xs:unique></xs:element>",
        ),
        (
            "c-props-correct.2",
            "<xs:element name='e'><xs:key name='k'><xs:selector xpath='b'/><xs:field xpath='@b'/><xs:field xpath='@c'/></xs:key><xs:keyref name='r' refer='k'><xs:selector xpath='c'/><xs:field xpath='@b'/></xs:keyref></xs:element>",
            "<xs:element name='e'><xs:key name='k'><xs:selector xpath='b'/><xs:field xpath='@b'/></xs:key><xs:keyref name='r' refer='k'><xs:selector xpath='c'/><xs:field xpath='@b'/></xs:keyref></xs:element>",
        ),
        (
            "c-props-correct.1",
            "<xs:element name='e'><xs:key name='k'><xs:selector xpath='b'/><xs:field xpath='@b'/></xs:key><xs:keyref name='r' refer='k'><xs:selector xpath='c'/><xs:field xpath='@b'/></xs:keyref><xs:keyref name='s' refer='r'><xs:selector xpath='c'/><xs:field xpath='@b'/></xs:keyref></xs:element>",
            "<xs:element name='e'><xs:unique name='k'><xs:selector xpath='b'/><xs:field xpath='@b'/></xs:unique><xs:keyref name='r' refer='k'><xs:selector xpath='c'/><xs:field xpath='@b'/></xs:keyref></xs:element>",
        ),
        (
            "sch-props-correct.2",
            "<xs:element name='e'><xs:key name='k'><xs:selector xpath='b'/><xs:field xpath='@b'/></xs:key></xs:element><xs:element name='f'><xs:unique name='k'><xs:selector xpath='b'/><xs:field xpath='@b'/></xs:unique></xs:element>",
            "<xs:element name='e'><xs:key name='k'><xs:selector xpath='b'/><xs:field xpath='@b'/></xs:key></xs:element><xs:element name='f'><xs:unique name='l'><xs:selector xpath='b'/><xs:field xpath='@b'/></xs:unique></xs:element>",
        ),
    ]);
}
