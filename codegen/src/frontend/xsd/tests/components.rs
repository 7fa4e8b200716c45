//! Types, attributes, elements, groups, and what is said beside them.

use super::*;

#[test]
fn content_models_keep_their_structure() {
    let contract = clean(
        "elementFormDefault='qualified'",
        "<xs:complexType name='T'><xs:sequence>\
         <xs:element name='a' type='xs:string' minOccurs='0' maxOccurs='5'/>\
         <xs:choice maxOccurs='unbounded'>\
         <xs:element ref='g'/><xs:group ref='G' minOccurs='0'/></xs:choice>\
         <xs:element name='u' type='xs:int' form='unqualified'/>\
         <xs:any namespace='##other' processContents='lax' minOccurs='0' maxOccurs='99999999999999999999999'/>\
         </xs:sequence></xs:complexType>\
         <xs:group name='G'><xs:all><xs:element name='x'/></xs:all></xs:group>\
         <xs:element name='g' type='T' nillable='true'/>",
    );
    assert_eq!(
        model(&contract, &complex(&contract, "T").content),
        "Sequence({urn:a}a[0..5] Choice({urn:a}g group {urn:a}G[0..1])[1..n] u \
         any Not(\"urn:a\")[0..18446744073709551615])"
    );
    let global = contract.find_element(&QName::new("urn:a", "g")).unwrap();
    let global = &contract.elements[global];
    assert!(global.nillable);
    assert_eq!(global.scope, Scope::Global);
    assert_eq!(global.type_definition, type_id(&contract, "T"));
    let (_, group) = contract.groups.iter().next().unwrap();
    assert_eq!(group.group.as_ref().unwrap().compositor, Compositor::All);
}

#[test]
fn empty_groups_are_empty_content() {
    let contract = clean(
        "",
        "<xs:complexType name='T' mixed='true'><xs:sequence/></xs:complexType>\
         <xs:complexType name='U'><xs:sequence maxOccurs='0'><xs:element name='a'/></xs:sequence>\
         </xs:complexType>",
    );
    assert!(matches!(complex(&contract, "T").content, Content::Empty));
    assert!(complex(&contract, "T").mixed);
    assert!(matches!(complex(&contract, "U").content, Content::Empty));
}

#[test]
fn derivations() {
    let contract = clean(
        "blockDefault='#all' finalDefault='extension'",
        "<xs:complexType name='B' abstract='true' final=''><xs:sequence><xs:element name='a'/>\
         </xs:sequence></xs:complexType>\
         <xs:complexType name='E'><xs:complexContent mixed='true'><xs:extension base='B'>\
         <xs:choice><xs:element name='b'/></xs:choice><xs:attribute name='k' use='required'/>\
         </xs:extension></xs:complexContent></xs:complexType>\
         <xs:complexType name='S'><xs:simpleContent><xs:extension base='xs:decimal'>\
         <xs:attribute name='unit' type='xs:string' default='kg'/></xs:extension></xs:simpleContent>\
         </xs:complexType>\
         <xs:complexType name='R'><xs:simpleContent><xs:restriction base='S'>\
         <xs:maxInclusive value='9'/></xs:restriction></xs:simpleContent></xs:complexType>\
         <xs:complexType name='X'><xs:simpleContent><xs:extension base='S'/></xs:simpleContent>\
         </xs:complexType>",
    );
    let base = complex(&contract, "B");
    assert!(base.abstract_ && base.block.extension && base.block.restriction);
    assert!(!base.final_.extension);
    let extension = complex(&contract, "E");
    let derivation = extension.derivation.as_ref().unwrap();
    assert_eq!(derivation.base, type_id(&contract, "B"));
    assert_eq!(derivation.method, DerivationMethod::Extension);
    assert!(extension.mixed && extension.final_.extension);
    assert_eq!(model(&contract, &extension.content), "Choice(b)");
    assert_eq!(
        extension.attributes[0].presence,
        AttributePresence::Required
    );
    let decimal = contract.builtin(Builtin::Decimal);
    let unit = complex(&contract, "S");
    assert!(matches!(unit.content, Content::Simple(id) if id == decimal));
    assert_eq!(
        unit.attributes[0].value_constraint,
        Some(ValueConstraint::Default("kg".to_owned()))
    );
    // An extension of an extension has the simple type behind both.
    assert!(matches!(complex(&contract, "X").content, Content::Simple(id) if id == decimal));
    let Content::Simple(restricted) = complex(&contract, "R").content else {
        panic!("not simple");
    };
    let restricted = simple(&contract, restricted);
    assert!(matches!(restricted.variety, Variety::Restriction(Some(id)) if id == decimal));
    assert_eq!(restricted.facets.max_inclusive.as_deref(), Some("9"));
}

#[test]
fn built_in_types_stay_as_they_are() {
    let contract = clean("", "<xs:element name='a' type='xs:anySimpleType'/>");
    let id = contract.builtin(Builtin::AnySimpleType);
    let any_type = contract.builtin(Builtin::AnyType);
    let variety = &simple(&contract, id).variety;
    assert!(matches!(variety, Variety::Restriction(Some(base)) if *base == any_type));
}

#[test]
fn simple_types_and_facets() {
    let contract = clean(
        "xmlns:c='urn:castile:annotations:1'",
        "<xs:simpleType name='E'><xs:restriction base='xs:token' c:open='true'>\
         <xs:enumeration value=' A '><xs:annotation><xs:documentation>First.</xs:documentation>\
         </xs:annotation></xs:enumeration><xs:enumeration value='B'/></xs:restriction></xs:simpleType>\
         <xs:simpleType name='L'><xs:list itemType='E'/></xs:simpleType>\
         <xs:simpleType name='U'><xs:union memberTypes='E xs:int'><xs:simpleType>\
         <xs:restriction base='xs:string'><xs:maxLength value='3'/><xs:pattern value='a|b'/>\
         <xs:pattern value='c'/></xs:restriction></xs:simpleType></xs:union></xs:simpleType>\
         <xs:simpleType name='D'><xs:restriction base='xs:decimal'><xs:totalDigits value='6'/>\
         <xs:fractionDigits value='2'/></xs:restriction></xs:simpleType>",
    );
    let enumeration = simple(&contract, type_id(&contract, "E"));
    assert_eq!(
        enumeration.facets,
        Facets {
            open: true,
            prefixes: vec![("".into(), "urn:a".into())],
            enumeration: vec![
                EnumerationValue {
                    value: " A ".to_owned(),
                    documentation: Some("First.".to_owned()),
                    deprecated: None,
                },
                EnumerationValue {
                    value: "B".to_owned(),
                    documentation: None,
                    deprecated: None,
                },
            ],
            ..Facets::default()
        }
    );
    let list = simple(&contract, type_id(&contract, "L"));
    assert!(matches!(list.variety, Variety::List(id) if id == type_id(&contract, "E")));
    let Variety::Union(members) = &simple(&contract, type_id(&contract, "U")).variety else {
        panic!("no union");
    };
    assert_eq!(members[0], type_id(&contract, "E"));
    assert_eq!(members[1], contract.builtin(Builtin::Int));
    let third = &simple(&contract, members[2]).facets;
    assert_eq!(third.max_length, Some(3));
    assert_eq!(third.patterns, ["a|b", "c"]);
    let decimal = &simple(&contract, type_id(&contract, "D")).facets;
    assert_eq!(
        (decimal.total_digits, decimal.fraction_digits),
        (Some(6), Some(2))
    );
}

#[test]
fn attributes_groups_and_wildcards() {
    let contract = clean(
        "attributeFormDefault='qualified'",
        "<xs:attributeGroup name='G'><xs:attribute ref='xml:lang'/>\
         <xs:attributeGroup ref='H'/><xs:anyAttribute namespace='##local urn:z' \
         processContents='skip'/></xs:attributeGroup>\
         <xs:attributeGroup name='H'><xs:attribute name='h' type='xs:int' fixed='1'/>\
         <xs:attribute name='p' use='prohibited'/></xs:attributeGroup>\
         <xs:complexType name='T'><xs:attributeGroup ref='G'/>\
         <xs:attribute name='p' use='prohibited' form='unqualified'/></xs:complexType>",
    );
    let complex = complex(&contract, "T");
    let group = &contract.attribute_groups[complex.attribute_groups[0]];
    assert!(group.declared);
    let lang = &contract.attributes[group.attributes[0].declaration];
    assert_eq!(
        lang.name.to_string(),
        "{http://www.w3.org/XML/1998/namespace}lang"
    );
    assert_eq!(lang.scope, Scope::Global);
    assert_eq!(lang.type_definition, contract.builtin(Builtin::Language));
    assert_eq!(
        group.any_attribute,
        Some(Wildcard {
            namespaces: NamespaceConstraint::OneOf(vec!["".into(), "urn:z".into()]),
            process_contents: ProcessContents::Skip,
        })
    );
    let nested = &contract.attribute_groups[group.attribute_groups[0]];
    assert_eq!(nested.attributes.len(), 1, "a group prohibits nothing");
    let fixed = &nested.attributes[0];
    assert_eq!(
        fixed.value_constraint,
        Some(ValueConstraint::Fixed("1".to_owned()))
    );
    assert_eq!(
        contract.attributes[fixed.declaration].name.to_string(),
        "{urn:a}h"
    );
    let prohibited = &complex.attributes[0];
    assert_eq!(prohibited.presence, AttributePresence::Prohibited);
    assert_eq!(
        contract.attributes[prohibited.declaration].name.to_string(),
        "p"
    );
}

#[test]
fn substitution_members_take_the_type_of_their_head() {
    let contract = clean(
        "",
        "<xs:element name='c' substitutionGroup='b'/>\
         <xs:element name='b' substitutionGroup='a'/>\
         <xs:element name='a' type='xs:date' abstract='true'/>",
    );
    let element =
        |name| &contract.elements[contract.find_element(&QName::new("urn:a", name)).unwrap()];
    let date = contract.builtin(Builtin::Date);
    assert_eq!(element("b").type_definition, date);
    assert_eq!(element("c").type_definition, date);
    let head = contract.find_element(&QName::new("urn:a", "b"));
    assert_eq!(element("c").substitution_group, head);
}

#[test]
fn arrays_of_soap_1_2_say_the_type_of_their_items() {
    let contract = clean(
        "xmlns:e='http://www.w3.org/2003/05/soap-encoding' \
         xmlns:w='http://schemas.xmlsoap.org/wsdl/'",
        "<xs:import namespace='http://www.w3.org/2003/05/soap-encoding'/>\
         <xs:complexType name='A'><xs:complexContent><xs:restriction base='e:Array'>\
         <xs:attribute ref='e:itemType' w:itemType='xs:int'/>\
         <xs:attribute ref='e:arraySize' w:arraySize='*'/></xs:restriction>\
         </xs:complexContent></xs:complexType>",
    );
    let array = complex(&contract, "A");
    let written = array.attributes[0].array_type.as_ref().unwrap();
    assert_eq!(written.item, contract.builtin(Builtin::Int));
    assert_eq!(written.dimensions, "[]");
}

#[test]
fn encoded_arrays() {
    let contract = clean(
        "xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' \
         xmlns:w='http://schemas.xmlsoap.org/wsdl/'",
        "<xs:import namespace='http://schemas.xmlsoap.org/soap/encoding/'/>\
         <xs:complexType name='A'><xs:complexContent><xs:restriction base='e:Array'>\
         <xs:attribute ref='e:arrayType' w:arrayType='xs:int[,][]'/></xs:restriction>\
         </xs:complexContent></xs:complexType><xs:element name='s' type='e:string'/>",
    );
    let array = complex(&contract, "A");
    let written = array.attributes[0].array_type.as_ref().unwrap();
    assert_eq!(written.item, contract.builtin(Builtin::Int));
    assert_eq!(written.dimensions, "[,][]");
    let base = array.derivation.as_ref().unwrap().base;
    assert_eq!(
        type_name(&contract, base),
        "{http://schemas.xmlsoap.org/soap/encoding/}Array"
    );
    assert!(matches!(
        contract.types[base].definition,
        Definition::Complex(_)
    ));
    let element = contract.find_element(&QName::new("urn:a", "s")).unwrap();
    let text = simple(&contract, contract.elements[element].type_definition);
    let string = contract.builtin(Builtin::String);
    assert!(matches!(text.variety, Variety::Restriction(Some(id)) if id == string));
}

#[test]
fn documentation_prefers_english() {
    let contract = clean(
        "",
        "<xs:element name='a' type='xs:int'><xs:annotation>\
         <xs:documentation xml:lang='sv'>Belopp.</xs:documentation>\
         <xs:documentation xml:lang='en-GB'>An <b>amount</b>,\n   in cents.\n\n  Never\tnegative.\
         </xs:documentation></xs:annotation></xs:element>",
    );
    let element = contract.find_element(&QName::new("urn:a", "a")).unwrap();
    assert_eq!(
        contract.elements[element]
            .annotation
            .documentation
            .as_deref(),
        Some("An amount, in cents.\n\nNever negative.")
    );
}

#[test]
fn rules_and_secrets() {
    let contract = clean(
        "xmlns:c='urn:castile:annotations:1'",
        "<xs:complexType name='T'><xs:annotation><xs:appinfo>\
         <c:rule kind='exactly-one' name='Key'><c:member>a</c:member><c:member>b</c:member></c:rule>\
         </xs:appinfo></xs:annotation><xs:all><xs:element name='a' c:secret='true' \
         c:documented-maximum='4?' c:absence='nil'/><xs:element name='b'/></xs:all></xs:complexType>",
    );
    let rule = &complex(&contract, "T").rules[0];
    assert_eq!(rule.kind, RuleKind::ExactlyOne);
    assert_eq!(rule.members, ["a", "b"]);
    assert_eq!(rule.name.as_deref(), Some("Key"));
    let (_, element) = contract.elements.iter().next().unwrap();
    assert!(element.annotation.secret);
    assert_eq!(element.annotation.documented_maximum.as_deref(), Some("4?"));
}
