use super::parse;
use crate::contract::{
    AttributePresence, Builtin, ComplexType, Compositor, Content, Contract, Definition,
    DerivationMethod, EnumerationValue, Facets, Id, NamespaceConstraint, Occurs, Particle,
    ProcessContents, QName, RuleKind, Scope, SimpleType, Term, TypeDefinition, ValueConstraint,
    Variety, Wildcard,
};
use crate::diagnostic::{Diagnostics, Severity};
use crate::source::Sources;

const HEAD: &str = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:a' \
                    targetNamespace='urn:a'";

/// Reads one schema, of which `body` is what stands inside.
fn read(attributes: &str, body: &str) -> (Contract, String) {
    read_files(&[("a.xsd", &format!("{HEAD} {attributes}>{body}</xs:schema>"))])
}

/// Reads the first of several files, and what it refers to.
fn read_files(files: &[(&str, &str)]) -> (Contract, String) {
    let directory = tempfile(files);
    let mut sources = Sources::default();
    let document = sources.open(&directory.join(files[0].0)).unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    parse(&mut sources, document, &mut contract, &mut diagnostics);
    let rendered = diagnostics.render(&sources);
    let rendered = rendered.replace(&format!("{}/", directory.display()), "");
    std::fs::remove_dir_all(&directory).unwrap();
    (contract, rendered)
}

fn tempfile(files: &[(&str, &str)]) -> std::path::PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!(
        "castile-xsd-{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let directory = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&directory).unwrap();
    for (name, text) in files {
        std::fs::write(directory.join(name), text).unwrap();
    }
    directory
}

/// Reads one schema in which nothing is wrong.
fn clean(attributes: &str, body: &str) -> Contract {
    let (contract, findings) = read(attributes, body);
    assert_eq!(findings, "");
    contract
}

fn type_id(contract: &Contract, name: &str) -> Id<TypeDefinition> {
    contract.find_type(&QName::new("urn:a", name)).unwrap()
}

fn complex<'c>(contract: &'c Contract, name: &str) -> &'c ComplexType {
    match &contract.types[type_id(contract, name)].definition {
        Definition::Complex(complex) => complex,
        other => panic!("{name} is {other:?}"),
    }
}

fn simple(contract: &Contract, id: Id<TypeDefinition>) -> &SimpleType {
    match &contract.types[id].definition {
        Definition::Simple(simple) => simple,
        other => panic!("{other:?}"),
    }
}

/// A content model in the manner of a regular expression.
fn model(contract: &Contract, content: &Content) -> String {
    match content {
        Content::Empty => "empty".to_owned(),
        Content::Simple(id) => format!("simple {}", type_name(contract, *id)),
        Content::Elements(particle) => show(contract, particle),
    }
}

fn show(contract: &Contract, particle: &Particle) -> String {
    let term = match &particle.term {
        Term::Element(id) => contract.elements[*id].name.to_string(),
        Term::GroupReference(id) => format!("group {}", contract.groups[*id].name),
        Term::Wildcard(wildcard) => format!("any {:?}", wildcard.namespaces),
        Term::Group(group) => {
            let parts: Vec<String> = group
                .particles
                .iter()
                .map(|particle| show(contract, particle))
                .collect();
            format!("{:?}({})", group.compositor, parts.join(" "))
        }
    };
    match particle.occurs {
        Occurs::ONCE => term,
        occurs => format!("{term}[{occurs}]"),
    }
}

fn type_name(contract: &Contract, id: Id<TypeDefinition>) -> String {
    contract.types[id]
        .name
        .as_ref()
        .map_or("anonymous".to_owned(), ToString::to_string)
}

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

#[test]
fn chameleons_take_the_namespace_of_who_includes_them() {
    let (contract, findings) = read_files(&[
        (
            "a.xsd",
            &format!(
                "{HEAD}><xs:include schemaLocation='b.xsd'/><xs:element name='e' type='T'/></xs:schema>"
            ),
        ),
        (
            "b.xsd",
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include \
             schemaLocation='a.xsd'/><xs:complexType name='T'><xs:sequence><xs:element name='t' \
             type='T' form='qualified' minOccurs='0'/></xs:sequence></xs:complexType></xs:schema>",
        ),
    ]);
    assert_eq!(findings, "");
    let id = type_id(&contract, "T");
    assert_eq!(
        model(&contract, &complex(&contract, "T").content),
        "Sequence({urn:a}t[0..1])"
    );
    let (_, local) = contract
        .elements
        .iter()
        .find(|(_, e)| e.scope == Scope::Local)
        .unwrap();
    assert_eq!(local.type_definition, id);
    assert!(contract.find_type(&QName::unqualified("T")).is_none());
}

#[test]
fn redefinitions_merge_with_their_originals() {
    let (contract, findings) = read_files(&[
        (
            "a.xsd",
            &format!(
                "{HEAD}><xs:redefine schemaLocation='b.xsd'><xs:complexType name='T'>\
                 <xs:complexContent><xs:extension base='T'><xs:sequence><xs:element name='new'/>\
                 </xs:sequence></xs:extension></xs:complexContent></xs:complexType>\
                 <xs:group name='G'><xs:sequence><xs:group ref='G'/><xs:element name='more'/>\
                 </xs:sequence></xs:group><xs:simpleType name='S'><xs:restriction base='S'>\
                 <xs:maxLength value='2'/></xs:restriction></xs:simpleType>\
                 <xs:attributeGroup name='A'><xs:attributeGroup ref='A'/>\
                 <xs:attribute name='y'/></xs:attributeGroup></xs:redefine></xs:schema>"
            ),
        ),
        (
            "b.xsd",
            &format!(
                "{HEAD}><xs:complexType name='T'><xs:sequence><xs:element name='old'/></xs:sequence>\
                 </xs:complexType><xs:complexType name='D'><xs:complexContent><xs:extension base='T'/>\
                 </xs:complexContent></xs:complexType><xs:group name='G'><xs:choice>\
                 <xs:element name='one'/></xs:choice></xs:group><xs:simpleType name='S'>\
                 <xs:restriction base='xs:string'><xs:maxLength value='5'/></xs:restriction>\
                 </xs:simpleType><xs:attributeGroup name='A'><xs:attribute name='x'/>\
                 </xs:attributeGroup></xs:schema>"
            ),
        ),
    ]);
    assert_eq!(findings, "");
    let merged = complex(&contract, "T");
    assert!(merged.derivation.is_none());
    assert_eq!(
        model(&contract, &merged.content),
        "Sequence(Sequence(old) Sequence(new))"
    );
    let derived = complex(&contract, "D").derivation.as_ref().unwrap();
    assert_eq!(derived.base, type_id(&contract, "T"));
    let (_, group) = contract.groups.iter().next().unwrap();
    let group = Content::Elements(Particle {
        occurs: Occurs::ONCE,
        term: Term::Group(group.group.clone().unwrap()),
        span: group.span,
    });
    assert_eq!(model(&contract, &group), "Sequence(Choice(one) more)");
    let narrow = simple(&contract, type_id(&contract, "S"));
    let Variety::Restriction(Some(base)) = narrow.variety else {
        panic!("no restriction");
    };
    assert_eq!(narrow.facets.max_length, Some(2));
    assert_eq!(simple(&contract, base).facets.max_length, Some(5));
    let (_, group) = contract.attribute_groups.iter().next().unwrap();
    let names: Vec<String> = group
        .attributes
        .iter()
        .map(|used| contract.attributes[used.declaration].name.to_string())
        .collect();
    assert_eq!(names, ["x", "y"]);
}

#[test]
fn chains_of_redefinitions_do_not_double() {
    let file = |number: usize| {
        let inside = if number == 40 {
            "<xs:group name='G'><xs:sequence/></xs:group>".to_owned()
        } else {
            format!(
                "<xs:redefine schemaLocation='{}.xsd'><xs:group name='G'><xs:sequence>\
                 <xs:group ref='G'/><xs:group ref='G'/></xs:sequence></xs:group></xs:redefine>",
                number + 1
            )
        };
        (
            format!("{number}.xsd"),
            format!("{HEAD}>{inside}</xs:schema>"),
        )
    };
    let files: Vec<(String, String)> = (0..=40).map(file).collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let (contract, findings) = read_files(&files);
    assert_eq!(findings, "");
    assert_eq!(contract.groups.len(), 1);
}

#[test]
fn overrides_replace() {
    let (contract, findings) = read_files(&[
        (
            "a.xsd",
            &format!(
                "{HEAD}><xs:override schemaLocation='b.xsd'><xs:simpleType name='S'>\
                 <xs:restriction base='xs:int'/></xs:simpleType></xs:override></xs:schema>"
            ),
        ),
        (
            "b.xsd",
            &format!(
                "{HEAD}><xs:simpleType name='S'><xs:restriction base='xs:string'/></xs:simpleType>\
                 </xs:schema>"
            ),
        ),
    ]);
    assert_eq!(findings, "");
    let int = contract.builtin(Builtin::Int);
    let replaced = simple(&contract, type_id(&contract, "S"));
    assert!(matches!(replaced.variety, Variety::Restriction(Some(id)) if id == int));
}

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
fn a_page_in_place_of_an_imported_schema_is_left_out() {
    let import = |file: &str| format!("<xs:import namespace='urn:b' schemaLocation='{file}'/>");
    let main = format!("{HEAD}>{}</xs:schema>", import("b.xsd"));
    let (_, findings) = read_files(&[("a.xsd", &main), ("b.xsd", "<html><meta></html>")]);
    assert!(
        findings.starts_with(
            "warning[malformed-xml]: not well-formed XML: expected 'meta' tag, not 'html'; it is no \
             schema, and left out\n --> b.xsd:1:13\n"
        ),
        "{findings}"
    );
    let (_, findings) = read_files(&[("a.xsd", &main), ("b.xsd", "<html><meta/></html>")]);
    assert!(
        findings.starts_with(
            "warning[unknown-input]: `html` is not the root of a schema; it is left out\n --> \
             b.xsd:1:1\n"
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
         <xs:complexType name='T'/></xs:schema>",
    )]);
    let element = |name| {
        let id = contract.find_element(&QName::new("urn:a", name)).unwrap();
        contract.elements[id].type_definition
    };
    assert_eq!(element("a"), type_id(&contract, "T"));
    assert_eq!(element("b"), contract.builtin(Builtin::Int));
    assert_eq!(element("c"), contract.builtin(Builtin::Base64Binary));
    assert_eq!(element("d"), contract.builtin(Builtin::String));
    assert_eq!(findings.matches("warning[").count(), 4, "{findings}");
    assert!(
        findings.contains(
            "warning[unresolved-type]: no type `T` in no namespace; the one in `urn:a` is taken"
        ),
        "{findings}"
    );
}

#[test]
fn missing_imports_are_reported_once_they_matter() {
    let (_, findings) = read("", "<xs:import namespace='urn:b'/>");
    assert_eq!(findings, "");
    let (_, findings) = read(
        "xmlns:b='urn:b'",
        "<xs:import namespace='urn:b'/><xs:element name='a' type='b:T'/>",
    );
    assert!(
        findings.contains(
            "warning[unresolved-import]: the schema of `urn:b` is not at hand: the import gives no \
             location"
        ),
        "{findings}"
    );
    let (_, findings) = read("", "<xs:include schemaLocation='../../outside.xsd'/>");
    assert!(findings.contains("unresolved-import"), "{findings}");
    let (_, findings) = read(
        "",
        "<xs:import namespace='urn:b' schemaLocation='http://b.example/b.xsd'/>",
    );
    assert!(
        findings.contains("`http://b.example/b.xsd` is not a file, and the generator does not use"),
        "{findings}"
    );
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

#[test]
fn reading_a_document_twice_changes_nothing() {
    let text = format!(
        "{HEAD}><xs:element name='a' type='T'/><xs:complexType name='T'/><xs:group name='G'>\
         <xs:sequence/></xs:group></xs:schema>"
    );
    let mut sources = Sources::default();
    let document = sources.add("a.xsd", text).unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    parse(&mut sources, document, &mut contract, &mut diagnostics);
    let (types, elements) = (contract.types.len(), contract.elements.len());
    parse(&mut sources, document, &mut contract, &mut diagnostics);
    assert!(
        diagnostics
            .iter()
            .all(|found| found.severity == Severity::Warning)
    );
    assert_eq!(diagnostics.render(&sources), "");
    assert_eq!(
        (contract.types.len(), contract.elements.len()),
        (types, elements)
    );
}
