//! Documents that include, redefine and override others.

use super::*;

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
fn reading_a_document_twice_changes_nothing() {
    let text = format!(
        "{HEAD}><xs:element name='a' type='T'/><xs:complexType name='T'/><xs:group name='G'>\
         <xs:sequence/></xs:group></xs:schema>"
    );
    let mut sources = Sources::default();
    let document = sources.add("a.xsd", text).unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    parse(&sources, document, &mut contract, &mut diagnostics);
    let (types, elements) = (contract.types.len(), contract.elements.len());
    parse(&sources, document, &mut contract, &mut diagnostics);
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

#[test]
fn documents_that_were_saved_together_find_each_other() {
    let schema = |own: &str, rest: &str| {
        format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:{own}'>\
             {rest}</xs:schema>"
        )
    };
    let import = |of: &str, location: &str| {
        format!("<xs:import namespace='urn:{of}' schemaLocation='{location}'/>")
    };
    let main = [
        import("b", "https://t.example/deep/b.xsd#x"),
        import("c", "http://t.example/S.svc?xsd=c"),
        import("d", "../schemas/d%20d.xsd"),
        // A document is not what it imports, whatever its name.
        import("e", "http://t.example/a.xsd"),
        import("f", "http://t.example/b.xsd?f"),
    ];
    let (contract, findings) = read_files(&[
        ("a.xsd", &schema("a", &main.concat())),
        ("b.xsd", &schema("b", "<xs:element name='b'/>")),
        ("S.svc?xsd=c", &schema("c", "<xs:element name='c'/>")),
        ("d d.xsd", &schema("d", "<xs:element name='d'/>")),
    ]);
    for name in ["b", "c", "d"] {
        let name = QName::new(format!("urn:{name}"), name);
        assert!(contract.find_element(&name).is_some(), "{name:?}");
    }
    assert_eq!(findings.matches("warning[").count(), 2, "{findings}");
    for address in ["http://t.example/a.xsd", "http://t.example/b.xsd?f"] {
        let missing = format!("is not at hand: `{address}` is not a file");
        assert!(findings.contains(&missing), "{findings}");
    }
}
