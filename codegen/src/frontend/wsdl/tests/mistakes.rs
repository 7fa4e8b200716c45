//! What is wrong in many a WSDL, and read as it is meant.

use super::*;

#[test]
fn names_with_a_wrong_prefix_are_mended() {
    let (contract, findings) = read(
        "<w:types><xs:schema targetNamespace='urn:t'><xs:complexType name='L'><xs:complexContent>\
         <xs:restriction base='enc:Array'><xs:attribute ref='enc:arrayType' \
         w:arrayType='xs:int[]'/></xs:restriction></xs:complexContent></xs:complexType>\
         <xs:element name='Find'/></xs:schema></w:types>\
         <w:message name='In'><w:part name='p' element='t:Find'/>\
         <w:part name='q' type='int' xmlns='http://schemas.xmlsoap.org/wsdl/'/></w:message>\
         <w:portType name='P'><w:operation name='O'><w:input message='t:In'/></w:operation>\
         </w:portType><w:binding name='B' type='t:P'><s:binding/><w:operation name='O'><w:input>\
         <s:header message='t:In' part='t:q' use='literal'/><s:body parts='t:p'/></w:input>\
         </w:operation></w:binding>",
    );
    let list = contract.find_type(&name("L")).unwrap();
    let Definition::Complex(list) = &contract.types[list].definition else {
        panic!("{findings}")
    };
    let item = list.attributes[0].array_type.as_ref().unwrap().item;
    assert_eq!(item, contract.builtin(Builtin::Int));
    let (_, message) = contract.messages.iter().next().unwrap();
    let int = PartContent::Type(contract.builtin(Builtin::Int));
    assert_eq!(message.parts[1].content, int);
    let (_, binding) = contract.bindings.iter().next().unwrap();
    let input = &binding.operations[0].input;
    assert_eq!(input.body.parts.as_deref(), Some(&["p".to_owned()][..]));
    assert_eq!(input.headers[0].part, "q");
    assert_eq!(findings.matches("warning[").count(), 5, "{findings}");
    for expected in [
        "no type `int` in `http://schemas.xmlsoap.org/wsdl/`; the one in \
         `http://www.w3.org/2001/XMLSchema` is taken",
        "`enc` is not bound to a namespace; the one in \
         `http://schemas.xmlsoap.org/soap/encoding/` is taken",
        "warning[invalid-value]: `t:p` has a prefix, and parts have none; `p` is read",
    ] {
        assert!(findings.contains(expected), "{findings}");
    }
}

#[test]
fn schemas_beside_types_are_read() {
    let (contract, findings) = read(
        "<xs:schema targetNamespace='urn:t'><xs:element name='Find'/></xs:schema>\
         <w:types><o:schema xmlns:o='http://www.w3.org/2001/XMLSchema/'/></w:types>\
         <w:message name='In'><w:part name='p' element='t:Find'/></w:message>",
    );
    assert!(contract.find_element(&name("Find")).is_some());
    assert_eq!(findings.matches("warning[").count(), 2, "{findings}");
    for expected in [
        "warning[unexpected-markup]: a schema outside wsdl:types; it is read as if it stood there",
        "warning[unsupported]: schemas of `http://www.w3.org/2001/XMLSchema/` are not read; what \
         this one declares is missing",
        "  = help: XML Schema has the namespace http://www.w3.org/2001/XMLSchema\n",
    ] {
        assert!(findings.contains(expected), "{findings}");
    }
}
