//! Generation from files: catalogs, roots, what is reached.

use std::fs;

use super::*;

/// A schema that includes one beside its directory, and imports one by an address.
fn scattered(name: &str) -> PathBuf {
    let directory =
        std::env::temp_dir().join(format!("castile-generator-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(directory.join("main")).unwrap();
    let schema = |namespace: &str, rest: &str| {
        format!(
            "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='{namespace}'>{rest}</schema>"
        )
    };
    let files = [
        (
            "main/a.xsd",
            schema(
                "urn:a",
                "<import namespace='urn:b' schemaLocation='http://example.org/b.xsd'/>\
                 <include schemaLocation='../c.xsd'/>\
                 <element name='A' xmlns:b='urn:b' type='b:B'/>",
            ),
        ),
        (
            "b.xsd",
            schema(
                "urn:b",
                "<simpleType name='B'><restriction base='int'/></simpleType>",
            ),
        ),
        ("c.xsd", schema("urn:a", "<element name='C' type='int'/>")),
        (
            "catalog.tsv",
            "http://example.org/b.xsd\turn:b\tb.xsd\n".to_owned(),
        ),
    ];
    for (path, text) in files {
        fs::write(directory.join(path), text).unwrap();
    }
    directory
}

#[test]
fn imports_follow_the_catalog_and_stay_below_the_roots() {
    let directory = scattered("roots");
    let generator = Generator::new().input(directory.join("main/a.xsd"));
    let report = generator.generate().unwrap_err().to_string();
    assert!(
        report.contains("lies outside the directories of the inputs"),
        "{report}"
    );
    let generator = generator.allow(&directory);
    let warnings = generator.generate().unwrap().warnings;
    assert!(
        warnings.contains("`http://example.org/b.xsd` is not a file"),
        "{warnings}"
    );
    let output = generator
        .catalog(directory.join("catalog.tsv"))
        .generate()
        .unwrap();
    assert_eq!(output.warnings, "");
    let read = ["catalog.tsv", "main/a.xsd", "b.xsd", "c.xsd"].map(|path| directory.join(path));
    let read = read.map(|path| path.canonicalize().unwrap());
    let documents = output.documents.iter();
    let documents: Vec<PathBuf> = documents.map(|it| it.canonicalize().unwrap()).collect();
    assert_eq!(documents, read);
    fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn what_no_operation_reaches_is_generated_on_demand() {
    let directory = scattered("declared");
    let text = "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' \
         xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' xmlns:t='urn:a' targetNamespace='urn:a'>\
         <types><schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a'>\
         <element name='A'><complexType><sequence/></complexType></element>\
         <element name='Other'><complexType><sequence/></complexType></element>\
         </schema></types>\
         <message name='M'><part name='p' element='t:A'/></message>\
         <portType name='P'><operation name='O'><input message='t:M'/></operation></portType>\
         <binding name='B' type='t:P'><s:binding transport='http://schemas.xmlsoap.org/soap/http'/>\
         <operation name='O'><input><s:body use='literal'/></input></operation></binding>\
         <service name='S'><port name='P' binding='t:B'><s:address location='http://a.example/'/>\
         </port></service></definitions>";
    fs::write(directory.join("s.wsdl"), text).unwrap();
    let generator = Generator::new().input(directory.join("s.wsdl"));
    let names = |output: &Output| {
        let mut names: Vec<_> = { output.model().items.iter() }
            .map(|item| item.name.as_str().to_owned())
            .collect();
        names.sort();
        names
    };
    let reached = generator.generate().unwrap();
    assert_eq!(names(&reached), ["A"]);
    assert_eq!(reached.model().roots.len(), 0);
    let declared = generator.all_declarations().generate().unwrap();
    assert_eq!(names(&declared), ["A", "Other"]);
    let roots: Vec<_> = { declared.model().roots.iter() }
        .map(|(name, _)| name.local.as_str())
        .collect();
    assert_eq!(roots, ["A", "Other"]);
    fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn only_who_wants_all_declarations_gets_nothing_of_an_empty_schema() {
    let directory = scattered("empty");
    let path = directory.join("empty.xsd");
    fs::write(&path, "<schema xmlns='http://www.w3.org/2001/XMLSchema'/>").unwrap();
    let generator = Generator::new().input(&path);
    let report = generator.clone().generate().unwrap_err().to_string();
    assert!(
        report.starts_with("error[nothing-to-generate]: "),
        "{report}"
    );
    let output = generator.all_declarations().generate().unwrap();
    assert!(output.model().roots.is_empty());
    let warnings = output.warnings;
    assert!(
        warnings.starts_with("warning[nothing-to-generate]: "),
        "{warnings}"
    );
    fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn a_catalog_that_cannot_be_read_is_an_error() {
    let directory = scattered("catalog");
    fs::write(directory.join("catalog.tsv"), "# none\nx\n").unwrap();
    let generator = Generator::new().input(directory.join("b.xsd"));
    let bad = generator.clone().catalog(directory.join("catalog.tsv"));
    let report = bad.generate().unwrap_err().to_string();
    assert!(
        report.starts_with(
            "error[malformed-lock]: not `location`, `namespace` and `path`, separated by tabs\n"
        ) && report.contains("catalog.tsv:2:1\n"),
        "{report}"
    );
    let missing = generator.catalog(directory.join("none.tsv"));
    let report = missing.generate().unwrap_err().to_string();
    assert!(
        report.starts_with("error[unreadable-source]: cannot read `"),
        "{report}"
    );
    fs::remove_dir_all(&directory).unwrap();
}
