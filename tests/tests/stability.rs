//! The same input gives the same bytes; a small change of input gives a small diff; a wrong input
//! leaves what is there alone.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::output::Tree;
use castile_tests::schemas::root;

fn copy_of_collector(name: &str) -> PathBuf {
    let copy = std::env::temp_dir().join(format!("castile-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir_all(&copy).unwrap();
    for entry in fs::read_dir(root().join("schemas/collector")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
        }
    }
    copy
}

fn generate(directory: &Path) -> Tree {
    let generator = Generator::new().input(directory).origin("here");
    generator
        .generate()
        .unwrap_or_else(|failure| panic!("{failure}"))
        .modules
}

#[test]
fn two_runs_in_two_directories_give_identical_bytes() {
    let (one, two) = (copy_of_collector("one"), copy_of_collector("two"));
    let (first, second) = (generate(&one), generate(&two));
    assert_eq!(first, generate(&one));
    assert_eq!(first, second);
    fs::remove_dir_all(one).unwrap();
    fs::remove_dir_all(two).unwrap();
}

#[test]
fn a_new_field_changes_only_the_lines_of_its_type() {
    let directory = copy_of_collector("field");
    let before = generate(&directory);
    let descriptor = directory.join("information-service.md");
    let text = fs::read_to_string(&descriptor).unwrap();
    let row = text
        .lines()
        .find(|line| line.starts_with("| NotificationStopped"))
        .unwrap();
    let new_row = row.replace("NotificationStopped", "NotificationReason ");
    let changed = text.replacen(row, &format!("{new_row}\n{row}"), 1);
    assert_ne!(text, changed);
    fs::write(&descriptor, changed).unwrap();
    let after = generate(&directory);

    let paths = |tree: &Tree| {
        tree.iter()
            .map(|(path, _)| path.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(&before), paths(&after));
    let mut touched = 0;
    for ((path, old), (_, new)) in before.iter().zip(after.iter()) {
        let old_lines: BTreeSet<&str> = old.lines().collect();
        let new_lines: BTreeSet<&str> = new.lines().collect();
        let gone: Vec<_> = old_lines.difference(&new_lines).collect();
        let come: Vec<_> = new_lines.difference(&old_lines).collect();
        assert!(
            come.iter()
                .all(|line| line.contains("otification") || line.contains("NOTIFICATION")),
            "{path}: {come:#?}"
        );
        assert!(
            gone.len() <= 2 && come.len() <= 8,
            "{path}: gone {gone:#?}, come {come:#?}"
        );
        touched += usize::from(old != new);
    }
    assert!(
        (1..=2).contains(&touched),
        "{touched} files changed, not types.rs and wire.rs"
    );
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn a_wrong_input_leaves_the_output_alone() {
    let directory = copy_of_collector("wrong");
    let out = directory.join("out");
    generate(&directory).write(&out).unwrap();
    let snapshot = |out: &Path| {
        let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
        let mut pending = vec![out.to_owned()];
        while let Some(place) = pending.pop() {
            for entry in fs::read_dir(place).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    pending.push(path);
                } else {
                    files.push((path.clone(), fs::read(&path).unwrap()));
                }
            }
        }
        files.sort();
        files
    };
    let before = snapshot(&out);
    let descriptor = directory.join("payment-service.md");
    let text = fs::read_to_string(&descriptor).unwrap();
    fs::write(&descriptor, text.replace("| datetime", "| daytime ")).unwrap();
    let failure = Generator::new()
        .input(&directory)
        .generate()
        .unwrap_err()
        .to_string();
    assert!(failure.contains("daytime"), "{failure}");
    assert_eq!(snapshot(&out), before);
    fs::remove_dir_all(directory).unwrap();
}

/// A WSDL that imports a WSDL, schemas beside it and below it, and one by a catalog.
fn scattered_service(name: &str) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("castile-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(directory.join("types")).unwrap();
    let schema = |namespace: &str, content: &str| {
        format!(
            "<schema xmlns='http://www.w3.org/2001/XMLSchema' xmlns:b='urn:b' xmlns:c='urn:c' \
             targetNamespace='{namespace}' elementFormDefault='qualified'>{content}</schema>"
        )
    };
    let files = [
        (
            "service.wsdl",
            format!(
                "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' xmlns:a='urn:a' \
                 xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' targetNamespace='urn:a'>\
                 <import namespace='urn:a' location='messages.wsdl'/><types>{}</types>\
                 <binding name='B' type='a:P'><s:binding transport='http://schemas.xmlsoap.org/soap/http'/>\
                 <operation name='O'><input><s:body use='literal'/></input>\
                 <output><s:body use='literal'/></output></operation></binding>\
                 <service name='S'><port name='P' binding='a:B'><s:address location='http://a.example/'/>\
                 </port></service></definitions>",
                schema(
                    "urn:a",
                    "<import namespace='urn:b' schemaLocation='types/b.xsd'/>\
                     <element name='Ask' type='b:Question'/><element name='Answer' type='b:Answer'/>",
                )
            ),
        ),
        (
            "messages.wsdl",
            "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' xmlns:a='urn:a' targetNamespace='urn:a'>\
             <message name='I'><part name='p' element='a:Ask'/></message>\
             <message name='O'><part name='p' element='a:Answer'/></message>\
             <portType name='P'><operation name='O'><input message='a:I'/><output message='a:O'/>\
             </operation></portType></definitions>"
                .to_owned(),
        ),
        (
            "types/b.xsd",
            schema(
                "urn:b",
                "<include schemaLocation='../more.xsd'/>\
                 <import namespace='urn:c' schemaLocation='http://c.example/c.xsd'/>\
                 <complexType name='Question'><sequence><element name='text' type='c:Text'/>\
                 </sequence></complexType>",
            ),
        ),
        (
            "more.xsd",
            schema(
                "urn:b",
                "<import namespace='urn:c'/>\
                 <complexType name='Answer'><sequence><element name='texts' type='c:Text' \
                 maxOccurs='unbounded'/></sequence></complexType>",
            ),
        ),
        (
            "types/c.xsd",
            schema(
                "urn:c",
                "<simpleType name='Text'><restriction base='string'><enumeration value='yes'/>\
                 <enumeration value='no'/></restriction></simpleType>",
            ),
        ),
        (
            "catalog.tsv",
            "http://c.example/c.xsd\turn:c\ttypes/c.xsd\n".to_owned(),
        ),
    ];
    for (path, text) in files {
        fs::write(directory.join(path), text).unwrap();
    }
    directory
}

fn generate_service(directory: &Path) -> Tree {
    let output = Generator::new()
        .input(directory.join("service.wsdl"))
        .catalog(directory.join("catalog.tsv"))
        .generate()
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(output.warnings, "");
    output.modules
}

/// The same directory, seen from where the test runs.
fn relative(directory: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap();
    let up: PathBuf = here.components().skip(1).map(|_| "..").collect();
    up.join(directory.strip_prefix("/").unwrap())
}

#[test]
fn the_way_to_an_input_leaves_no_trace() {
    let (one, two) = (scattered_service("way"), scattered_service("another-way"));
    let expected = generate_service(&one);
    assert!(expected.iter().count() > 0);
    let detour = one.join("types").join("..");
    for directory in [two.clone(), relative(&one), detour] {
        assert_eq!(
            generate_service(&directory),
            expected,
            "{}",
            directory.display()
        );
    }
    for (path, text) in expected.iter() {
        let name = one.file_name().unwrap().to_string_lossy();
        assert!(!text.contains(&*name), "{path}: {text}");
    }
    fs::remove_dir_all(one).unwrap();
    fs::remove_dir_all(two).unwrap();
}

#[test]
fn files_that_nothing_refers_to_change_nothing() {
    let directory = scattered_service("unrelated");
    let expected = generate_service(&directory);
    for (path, text) in [
        ("another.wsdl", "<definitions"),
        (
            "types/a.xsd",
            "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:b'>\
             <complexType name='Question'/></schema>",
        ),
        ("castile.toml", "nonsense"),
        ("notes.md", "+++\n"),
    ] {
        fs::write(directory.join(path), text).unwrap();
        assert_eq!(generate_service(&directory), expected, "{path}");
    }
    let catalog = fs::read_to_string(directory.join("catalog.tsv")).unwrap();
    let catalog = format!("http://d.example/\turn:d\ttypes/a.xsd\n{catalog}");
    fs::write(directory.join("catalog.tsv"), catalog).unwrap();
    assert_eq!(generate_service(&directory), expected);
    fs::remove_dir_all(directory).unwrap();
}
