//! What is wrong, for another version, or too deep.

use super::*;

#[test]
fn mistakes_are_located_and_several_at_once() {
    let (_, findings) = read(
        "",
        "<xs:complexType><xs:sequence/></xs:complexType>\n\
         <xs:element name='a' type='xx:T'/>\n\
         <xs:element name='b' nillable='perhaps'/>\n\
         <xs:element name='c'/><xs:element name='c' type='xs:int'/>\n",
    );
    assert_eq!(findings.matches("warning[").count(), 4, "{findings}");
    assert!(
        findings.contains("warning[missing-markup]: the type has no name; it is left out\n"),
        "{findings}"
    );
    assert!(
        findings.contains(
            "warning[unbound-prefix]: the prefix `xx` is not bound to a namespace; `T` is read as a \
             name without one\n --> a.xsd:2:28\n  \
             |\n2 | <xs:element name='a' type='xx:T'/>\n  |                            ^^^^\n  = \
             help: declare it: xmlns:xx=\"…\"\n"
        ),
        "{findings}"
    );
    assert!(
        findings.contains("warning[invalid-value]: `perhaps` is no boolean; it is left out"),
        "{findings}"
    );
    assert!(
        findings.contains(
            "warning[duplicate-declaration]: another element `c` is declared in this schema; the \
             first declaration is taken"
        ),
        "{findings}"
    );
}

#[test]
fn what_is_for_another_version_is_left_out() {
    let contract = clean(
        "xmlns:vc='http://www.w3.org/2007/XMLSchema-versioning'",
        "<xs:element vc:minVersion='1.1' name='a' type='xs:int'/>\
         <xs:element vc:maxVersion='1.1' name='a' type='xs:string'/>\
         <xs:element vc:minVersion='3' name='b'/>",
    );
    let names: Vec<&str> = contract.element_names().map(|name| &*name.local).collect();
    assert_eq!(names, ["a"]);
    let id = contract.find_element(&QName::new("urn:a", "a")).unwrap();
    let int = contract.builtin(Builtin::Int);
    assert_eq!(contract.elements[id].type_definition, int);
}

#[test]
fn misspelt_attributes_are_named() {
    let (_, findings) = read("", "\n<xs:element name='a' nilable='true' odd='x'/>");
    assert_eq!(
        findings,
        "warning[unexpected-markup]: XML Schema has no attribute `nilable`; it is left out\n \
         --> a.xsd:2:22\n  |\n2 | <xs:element name='a' nilable='true' odd='x'/></xs:schema>\n  |                      \
         ^^^^^^^\n  = help: did you mean `nillable`?\n\n"
    );
}

#[test]
fn common_mistakes_are_mended() {
    let (contract, findings) = read_files(&[(
        "a.xsd",
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a'>\
         <xs:element name='a' type='T'/><xs:element name='b' type='int'/>\
         <xs:element name='c' type='xs:base64binary'/><xs:element name='d' type='xsd:string'/>\
         <xs:element name='e' type='xs:T'/><xs:complexType name='T'/></xs:schema>",
    )]);
    let element = |name| {
        let id = contract.find_element(&QName::new("urn:a", name)).unwrap();
        contract.elements[id].type_definition
    };
    assert_eq!(element("a"), type_id(&contract, "T"));
    assert_eq!(element("b"), contract.builtin(Builtin::Int));
    assert_eq!(element("c"), contract.builtin(Builtin::Base64Binary));
    assert_eq!(element("d"), contract.builtin(Builtin::String));
    assert_eq!(element("e"), type_id(&contract, "T"));
    assert_eq!(findings.matches("warning[").count(), 5, "{findings}");
    for expected in [
        "warning[unresolved-type]: no type `T` in no namespace; the one in `urn:a` is taken",
        "no type `T` in `http://www.w3.org/2001/XMLSchema`; the one in `urn:a` is taken",
        "  = help: names tell capitals from small letters: write `base64Binary`",
    ] {
        assert!(findings.contains(expected), "{findings}");
    }
}

#[test]
fn deep_and_wide_schemas_end() {
    // 250 model groups inside each other, on the 2 MiB stack of a test.
    let deep = "<xs:sequence>".repeat(250) + &"</xs:sequence>".repeat(250);
    clean(
        "",
        &format!("<xs:complexType name='T'>{deep}</xs:complexType>"),
    );
    let types = "<xs:complexType><xs:sequence><xs:element name='a'>".repeat(84)
        + &"</xs:element></xs:sequence></xs:complexType>".repeat(84);
    clean("", &format!("<xs:element name='e'>{types}</xs:element>"));
    let many: String = (0..20_000)
        .map(|i| format!("<xs:element name='e{i}' type='xs:int'/>"))
        .collect();
    let contract = clean("", &many);
    assert_eq!(contract.elements.len(), 20_000);
}
