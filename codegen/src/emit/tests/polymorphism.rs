use super::{
    check_shapes, check_types, items, lowered, parse_all, resolved, schema, schema_text, tree,
};
use crate::rust::Type;

/// Three levels; the middle one is abstract.
const VEHICLES: &str = r#"<xs:complexType name="Vehicle"><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType>
<xs:complexType name="Motor" abstract="true"><xs:complexContent><xs:extension base="Vehicle"><xs:sequence><xs:element name="Fuel" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Car"><xs:complexContent><xs:extension base="Motor"><xs:sequence><xs:element name="Tows" type="Vehicle" minOccurs="0"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Other"><xs:complexContent><xs:restriction base="Vehicle"><xs:sequence><xs:element name="Id" type="xs:int" fixed="0"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>
<xs:complexType name="Fleet"><xs:sequence>
<xs:element name="Lead" type="Vehicle"/>
<xs:element name="Vehicle" type="Vehicle" minOccurs="0" maxOccurs="unbounded"/>
<xs:element name="Engine" type="Motor" nillable="true"/>
<xs:choice><xs:element name="Spare" type="Motor"/><xs:element name="Note" type="xs:string"/></xs:choice>
</xs:sequence></xs:complexType>"#;

#[test]
fn a_base_is_an_enum_of_the_types_derived_from_it() {
    check_types(
        VEHICLES,
        include_str!("expected/a_base_is_an_enum_of_the_types_derived_from_it.types.txt"),
    );
    check_shapes(
        VEHICLES,
        include_str!("expected/a_base_is_an_enum_of_the_types_derived_from_it.shapes.txt"),
    );
}

#[test]
fn the_enum_is_read_and_written_by_the_place_of_the_type() {
    let tree = schema(VEHICLES);
    let wire = tree.get("wire.rs").unwrap();
    let start = wire.find("impl Polymorphic for AnyMotor").unwrap();
    let end = start + wire[start..].find("(Car));").unwrap() + "(Car));".len();
    super::check(
        &wire[start..end],
        r#"
impl Polymorphic for AnyMotor {
    const TYPES: &'static [Name] = &[Name::new(NAMESPACE, "Car")];
    const ABSTRACT: bool = true;
    fn read(index: usize, value: TypedValue<'_, '_>) -> Result<Self, ReadError> {
        match index {
            0 => value.read().map(Self::Car),
            _ => value.read().map(Self::Other),
        }
    }
    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Car(value) => (0, value),
            Self::Other(value) => (1, value),
        }
    }
}

polymorphic!(AnyMotor, Other, Car(Car));
"#,
    );
}

#[test]
fn what_cannot_be_told_apart_or_is_open_has_no_enum() {
    // An anonymous type has no name for `xsi:type`; only a tree holds text and wildcards.
    let content = r#"<xs:complexType name="Base"><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType>
<xs:complexType name="Mixed" mixed="true"><xs:sequence><xs:any/></xs:sequence></xs:complexType>
<xs:complexType name="MoreMixed" mixed="true"><xs:complexContent><xs:extension base="Mixed"/></xs:complexContent></xs:complexType>
<xs:complexType name="Nobody" abstract="true"/>
<xs:complexType name="Holder"><xs:sequence>
<xs:element name="A" type="Base"/><xs:element name="B" type="Mixed"/><xs:element name="C" type="Nobody"/>
<xs:element name="D"><xs:complexType><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:element>
</xs:sequence></xs:complexType>"#;
    let tree = schema(content);
    parse_all(&tree);
    let types = items(&tree, "types.rs");
    assert!(!types.contains("enum Any"), "{types}");
    for field in [
        "a: Base,",
        "b: AnyElement,",
        "c: AnyElement,",
        "d: HolderD,",
    ] {
        assert!(
            types.contains(&format!("    pub {field}\n")),
            "{field}\n{types}"
        );
    }
}

#[test]
fn mixed_members_are_types_like_others() {
    let content = r#"<xs:complexType name="Base"><xs:sequence/></xs:complexType>
<xs:complexType name="Rich" mixed="true"><xs:complexContent mixed="true"><xs:extension base="Base"><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Holder"><xs:sequence><xs:element name="A" type="Base"/><xs:element name="B" type="xs:int"/></xs:sequence></xs:complexType>"#;
    let tree = schema(content);
    let wire = tree.get("wire.rs").unwrap();
    let types = "const TYPES: &'static [Name] = &[\n        Name::new(NAMESPACE, \"Base\"),\n        Name::new(NAMESPACE, \"Rich\"),\n    ];";
    assert!(wire.contains(types), "{wire}");
}

#[test]
fn simple_content_keeps_its_derived_types() {
    let content = r#"<xs:complexType name="Amount"><xs:simpleContent><xs:extension base="xs:decimal"/></xs:simpleContent></xs:complexType>
<xs:complexType name="Price"><xs:simpleContent><xs:extension base="Amount"><xs:attribute name="currency" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="Holder"><xs:sequence><xs:element name="Sum" type="Amount"/><xs:element name="Tax" type="Price"/></xs:sequence></xs:complexType>"#;
    let tree = schema(content);
    parse_all(&tree);
    let types = items(&tree, "types.rs");
    assert!(types.contains("    pub sum: AnyAmount,\n"), "{types}");
    assert!(types.contains("    pub tax: Price,\n"), "{types}");
}

#[test]
fn the_root_of_a_document_may_say_its_type() {
    let content = r#"<xs:element name="Lead" type="Vehicle"/>
<xs:complexType name="Vehicle"><xs:sequence/></xs:complexType>
<xs:complexType name="Car"><xs:complexContent><xs:extension base="Vehicle"/></xs:complexContent></xs:complexType>"#;
    let lowered = lowered(&resolved("test.xsd", &schema_text(content)));
    assert!(lowered.diagnostics.is_empty(), "{:?}", lowered.diagnostics);
    let [(_, Type::Item(root))] = lowered.krate.roots.as_slice() else {
        panic!("{:?}", lowered.krate.roots)
    };
    assert_eq!(lowered.krate.item(*root).name.as_str(), "AnyVehicle");
}

#[test]
fn an_element_of_the_body_may_say_its_type() {
    let text = r#"<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
<wsdl:types><xs:schema targetNamespace="urn:t" elementFormDefault="qualified">
<xs:element name="Register" type="t:Vehicle"/>
<xs:complexType name="Vehicle"><xs:sequence><xs:element name="Id" type="xs:int"/><xs:element name="Tows" type="t:Vehicle" minOccurs="0"/></xs:sequence></xs:complexType>
<xs:complexType name="Car"><xs:complexContent><xs:extension base="t:Vehicle"/></xs:complexContent></xs:complexType>
</xs:schema></wsdl:types>
<wsdl:message name="in"><wsdl:part name="p" element="t:Register"/></wsdl:message>
<wsdl:portType name="Fleet"><wsdl:operation name="Register"><wsdl:input message="t:in"/></wsdl:operation></wsdl:portType>
<wsdl:binding name="Fleet" type="t:Fleet"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
<wsdl:operation name="Register"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation></wsdl:binding>
</wsdl:definitions>"#;
    let lowered = lowered(&resolved("test.wsdl", text));
    assert!(lowered.diagnostics.is_empty(), "{:?}", lowered.diagnostics);
    let tree = tree(&lowered);
    parse_all(&tree);
    let types = items(&tree, "types.rs");
    assert!(
        types.contains("pub struct RegisterRequest {\n    pub register: AnyVehicle,\n}"),
        "{types}"
    );
    // Derived types are reached, and callers can make them.
    assert!(
        types.contains("    pub tows: Option<AnyVehicle>,\n"),
        "{types}"
    );
    assert!(types.contains("impl Car {"), "{types}");
}

#[test]
fn one_enum_serves_all_namespaces_and_names_its_members_apart() {
    let mut sources = crate::source::Sources::default();
    let other = sources
        .add(
            "other.xsd",
            r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:fleet:marine" elementFormDefault="qualified">
<xs:import namespace="urn:t"/>
<xs:complexType name="Car"><xs:complexContent><xs:extension base="t:Vehicle"/></xs:complexContent></xs:complexType></xs:schema>"#,
        )
        .unwrap();
    let base = sources.add("base.xsd", schema_text(VEHICLES)).unwrap();
    let mut contract = crate::contract::Contract::new();
    let mut diagnostics = crate::diagnostic::Diagnostics::new();
    for document in [base, other] {
        crate::frontend::xsd::parse(&sources, document, &mut contract, &mut diagnostics);
    }
    let resolved = crate::resolve::resolve(contract, &mut diagnostics).unwrap();
    let tree = tree(&lowered(&resolved));
    parse_all(&tree);
    let all: String = tree.iter().map(|(_, text)| text).collect();
    assert_eq!(all.matches("pub enum AnyVehicle ").count(), 1, "{all}");
    assert!(
        all.contains("Name::new(\"urn:fleet:marine\", \"Car\")"),
        "{all}"
    );
    let start = all.find("pub enum AnyVehicle ").unwrap();
    let variants: Vec<&str> = all[start..]
        .lines()
        .skip(1)
        .take_while(|line| *line != "}")
        .filter(|line| !line.contains("///"))
        .map(str::trim)
        .collect();
    let expected = [
        "Vehicle(Box<Vehicle>),",
        "Car(Box<Car>),",
        "Other(Box<Other>),",
        "MarineCar(Box<super::super::marine::Car>),",
        "OtherType(Box<AnyElement>),",
    ];
    assert_eq!(variants, expected);
}
