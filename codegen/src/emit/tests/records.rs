use super::{
    check, check_shapes, check_types, items, lowered, parse_all, resolved, schema, schema_text,
    tree,
};

#[test]
fn presence_is_in_the_type() {
    let content = r#"<xs:complexType name="Invoice"><xs:sequence>
<xs:element name="Number" type="xs:string"/>
<xs:element name="IssuedOn" type="xs:date" nillable="true"/>
<xs:element name="Total" type="xs:decimal" minOccurs="0"/>
<xs:element name="DueOn" type="xs:date" nillable="true" minOccurs="0"/>
<xs:element name="Line" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>
<xs:element name="Note" type="xs:string" nillable="true" maxOccurs="3"/>
</xs:sequence><xs:attribute name="version" type="xs:int" use="required"/><xs:attribute name="lang" type="xs:language"/></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/presence_is_in_the_type.types.txt"),
    );
    check_shapes(
        content,
        r#"
complex_type! {
    Invoice, NAMESPACE;
    @version: one("version"),
    @lang: opt("lang").collapse(),
    number: one("Number"),
    issued_on: one("IssuedOn").nillable(),
    total: opt("Total"),
    due_on: opt("DueOn").nillable(),
    line: many("Line"),
    note: many("Note").nillable().min_occurs(1).max_occurs(3),
}
"#,
    );
}

#[test]
fn a_wrapper_of_one_repeated_element_is_folded() {
    let content = r#"<xs:complexType name="ArrayOfLine"><xs:sequence><xs:element name="Line" type="Line" minOccurs="0" maxOccurs="unbounded" nillable="true"/></xs:sequence></xs:complexType>
<xs:complexType name="Line"><xs:sequence><xs:element name="Text" type="xs:string"/></xs:sequence></xs:complexType>
<xs:element name="Invoice"><xs:complexType><xs:sequence>
<xs:element name="A" type="ArrayOfLine"/>
<xs:element name="B" type="ArrayOfLine" minOccurs="0"/>
<xs:element name="C" type="ArrayOfLine" nillable="true"/>
<xs:element name="D" type="ArrayOfLine" minOccurs="0" nillable="true"/>
<xs:element name="E"><xs:complexType><xs:sequence maxOccurs="9"><xs:element name="Code" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>"#;
    check_types(
        content,
        include_str!("expected/a_wrapper_of_one_repeated_element_is_folded.types.txt"),
    );
    check_shapes(
        content,
        r#"
complex_type! {
    Invoice, NAMESPACE;
    a: one("A").wrapped("Line").item_nillable(),
    b: opt("B").wrapped("Line").item_nillable(),
    c: one("C").nillable().wrapped("Line").item_nillable(),
    d: opt("D").nillable().wrapped("Line").item_nillable(),
    e: one("E").wrapped("Code").min_occurs(1).max_occurs(9),
}
complex_type! {
    Line, NAMESPACE;
    text: one("Text"),
}
"#,
    );
}

#[test]
fn choices_are_enums() {
    let content = r#"<xs:complexType name="Payment"><xs:sequence>
<xs:choice><xs:element name="Card" type="xs:string"/><xs:element name="Invoice" type="xs:string" nillable="true"/></xs:choice>
<xs:choice minOccurs="0" maxOccurs="unbounded">
<xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/><xs:element name="C" type="xs:int"/>
<xs:sequence><xs:element name="D" type="xs:int"/><xs:element name="E" type="xs:int" minOccurs="0"/></xs:sequence>
</xs:choice>
</xs:sequence></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/choices_are_enums.types.txt"),
    );
    check_shapes(
        content,
        include_str!("expected/choices_are_enums.shapes.txt"),
    );
}

#[test]
fn groups_that_repeat_or_may_be_absent_are_records() {
    let content = r#"<xs:complexType name="Report"><xs:sequence>
<xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element name="Day" type="xs:date"/><xs:element name="Sum" type="xs:decimal"/></xs:sequence>
<xs:sequence minOccurs="0"><xs:element name="From" type="xs:date"/><xs:element name="To" type="xs:date"/></xs:sequence>
<xs:sequence minOccurs="0"><xs:element name="Single" type="xs:date"/></xs:sequence>
</xs:sequence></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/groups_that_repeat_or_may_be_absent_are_records.types.txt"),
    );
    check_shapes(
        content,
        r#"
complex_type! {
    Report, NAMESPACE;
    day_and_sum: group(<ReportDayAndSum as ComplexType>::SHAPE).repeated().optional(),
    from_and_to: group(<ReportFromAndTo as ComplexType>::SHAPE).optional(),
    single: opt("Single"),
}
complex_type! {
    ReportDayAndSum, NAMESPACE;
    day: one("Day"),
    sum: one("Sum"),
}
complex_type! {
    ReportFromAndTo, NAMESPACE;
    from: one("From"),
    to: one("To"),
}
"#,
    );
}

#[test]
fn an_extension_has_the_fields_of_its_base_first() {
    let content = r#"<xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType>
<xs:complexType name="Derived"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element name="Text" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Price"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="Holder"><xs:sequence><xs:element name="Any" type="Base"/><xs:element name="Price" type="Price"/></xs:sequence></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/an_extension_has_the_fields_of_its_base_first.types.txt"),
    );
    check_shapes(
        content,
        r#"
const TYPES: &'static [Name] = &[Name::new(NAMESPACE, "Derived")];
const ABSTRACT: bool = true;
complex_type! {
    Base, NAMESPACE;
    id: one("Id"),
}
complex_type! {
    Derived, NAMESPACE;
    id: one("Id"),
    text: one("Text"),
}
complex_type! {
    Holder, NAMESPACE;
    any: one("Any"),
    price: one("Price"),
}
complex_type! {
    Price, "";
    @currency: one("currency"),
    value: text(),
}
"#,
    );
}

#[test]
fn a_substitution_group_is_an_enum_of_its_members() {
    let content = r#"<xs:element name="shape" type="Shape" abstract="true"/>
<xs:element name="circle" type="Circle" substitutionGroup="shape"/>
<xs:element name="label" type="xs:string" substitutionGroup="text"/>
<xs:element name="text" type="xs:string"/>
<xs:complexType name="Shape"><xs:sequence/></xs:complexType>
<xs:complexType name="Circle"><xs:complexContent><xs:extension base="Shape"><xs:sequence><xs:element name="radius" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Drawing"><xs:sequence><xs:element ref="shape" maxOccurs="unbounded"/><xs:element ref="text" minOccurs="0"/></xs:sequence></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/a_substitution_group_is_an_enum_of_its_members.types.txt"),
    );
    check_shapes(
        content,
        include_str!("expected/a_substitution_group_is_an_enum_of_its_members.shapes.txt"),
    );
}

#[test]
fn simple_types_are_aliases_enumerations_and_limits() {
    let content = r#"<xs:simpleType name="Code"><xs:restriction base="xs:token"><xs:minLength value="2"/><xs:maxLength value="8"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Status"><xs:restriction base="xs:string"><xs:enumeration value="Active"/><xs:enumeration value="active"/><xs:enumeration value="Other"/><xs:enumeration value=""/><xs:enumeration value="-"/><xs:enumeration value="30 days"/><xs:enumeration value="Self"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Grade"><xs:restriction base="xs:int"><xs:enumeration value="1"/><xs:enumeration value="2"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Both"><xs:union memberTypes="Status Grade"/></xs:simpleType>
<xs:complexType name="R"><xs:sequence>
<xs:element name="code" type="Code"/><xs:element name="status" type="Status"/><xs:element name="both" type="Both"/>
<xs:element name="sum"><xs:simpleType><xs:restriction base="xs:decimal"><xs:totalDigits value="6"/><xs:fractionDigits value="2"/><xs:minInclusive value="0"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="kind"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="x"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="ids" type="xs:IDREFS"/><xs:element name="huge"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="99999999999"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="line" type="xs:normalizedString" default="x"/>
<xs:element name="pin" type="xs:string" c:secret="true"/>
</xs:sequence></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/simple_types_are_aliases_enumerations_and_limits.types.txt"),
    );
    check_shapes(
        content,
        include_str!("expected/simple_types_are_aliases_enumerations_and_limits.shapes.txt"),
    );
}

#[test]
fn what_is_open_is_kept_as_a_tree() {
    let content = r#"<xs:complexType name="Open"><xs:sequence>
<xs:element name="Thing" type="xs:anyType"/><xs:element name="Value" type="xs:anySimpleType"/><xs:element name="Mixed" type="Mixed"/><xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
</xs:sequence><xs:anyAttribute/></xs:complexType>
<xs:complexType name="Mixed" mixed="true"><xs:sequence><xs:element name="b" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/what_is_open_is_kept_as_a_tree.types.txt"),
    );
    check_shapes(
        content,
        r#"
complex_type! {
    Mixed, NAMESPACE;
    content as choice: choice(<MixedContent as Choice>::BRANCHES).repeated().optional(),
    => .mixed()
}
const BRANCHES: &'static [Field] = &[text(), one("b")];
complex_type! {
    Open, NAMESPACE;
    @any_attributes: any(),
    thing: one("Thing"),
    value: one("Value"),
    mixed: one("Mixed"),
    any: any(),
}
"#,
    );
}

#[test]
fn only_what_closes_a_cycle_is_boxed() {
    let content = r#"<xs:complexType name="Tree"><xs:sequence><xs:element name="Left" type="Tree" minOccurs="0"/><xs:element name="Leaf" type="Leaf"/><xs:element name="Children" type="Tree" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
<xs:complexType name="Leaf"><xs:sequence><xs:element name="Owner" type="Owner" minOccurs="0"/></xs:sequence></xs:complexType>
<xs:complexType name="Owner"><xs:sequence><xs:element name="Tree" type="Tree" nillable="true"/></xs:sequence></xs:complexType>
<xs:complexType name="Expression"><xs:choice><xs:element name="Not" type="Expression"/><xs:element name="Value" type="xs:int"/></xs:choice></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/only_what_closes_a_cycle_is_boxed.types.txt"),
    );
}

#[test]
fn anonymous_types_are_named_after_what_they_are_in() {
    let content = r#"<xs:element name="invoice"><xs:complexType><xs:sequence><xs:element name="line"><xs:complexType><xs:sequence><xs:element name="type" type="xs:string"/><xs:element name="Type" type="xs:string"/><xs:element name="self" type="xs:string"/></xs:sequence><xs:attribute name="self" type="xs:string"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
<xs:complexType name="Invoice"><xs:sequence/></xs:complexType>
<xs:complexType name="Option"><xs:sequence><xs:element name="date" type="xs:date" minOccurs="0"/><xs:element name="Date" type="Date"/></xs:sequence></xs:complexType>
<xs:complexType name="Date"><xs:sequence><xs:element name="f" type="Field"/></xs:sequence></xs:complexType>
<xs:complexType name="Field"><xs:sequence><xs:element name="größe" type="xs:int"/></xs:sequence></xs:complexType>
<xs:complexType name="ComplexType"><xs:sequence/></xs:complexType>"#;
    check_types(
        content,
        include_str!("expected/anonymous_types_are_named_after_what_they_are_in.types.txt"),
    );
    let tree = schema(content);
    let wire = tree.get("wire.rs").unwrap();
    let head = &wire[..wire.find("\ncomplex_type!").unwrap()];
    check(
        head,
        r#"
// @generated by `castile generate` from test. Do not edit.

//! How the types are read, written, shown and compared.

use castile::wire::{complex_type, one, opt};
use super::NAMESPACE;
use super::types::{
    ComplexType, Date, Field, Invoice, InvoiceElement, InvoiceElementLine, OptionType,
};
"#,
    );
    assert!(wire.contains("complex_type! {\n    ComplexType, \"\";\n}"));
}

#[test]
fn namespaces_are_modules_and_unrelated_declarations_change_no_name() {
    let one = "<xs:complexType name=\"Row\"><xs:sequence><xs:element name=\"cell\"><xs:complexType>\
               <xs:sequence><xs:element name=\"v\" type=\"xs:int\"/></xs:sequence></xs:complexType>\
               </xs:element></xs:sequence></xs:complexType>";
    let two = format!("<xs:complexType name=\"Other\"><xs:sequence/></xs:complexType>{one}");
    let alone = schema(one);
    let both = schema(&two);
    let expected = items(&alone, "types.rs");
    assert!(items(&both, "types.rs").ends_with(expected));
    // The order of declarations does not matter.
    let turned = format!("{one}<xs:complexType name=\"Other\"><xs:sequence/></xs:complexType>");
    assert_eq!(schema(&turned), both);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let text = schema_text(
        r#"<xs:element name="a"><xs:complexType><xs:choice><xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:date"/></xs:choice></xs:complexType></xs:element>"#,
    );
    let once = lowered(&resolved("test.xsd", &text));
    let again = lowered(&resolved("test.xsd", &text));
    assert_eq!(tree(&once), tree(&again));
    parse_all(&tree(&once));
    assert!(once.diagnostics.is_empty());
}
