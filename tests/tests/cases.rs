//! Bad inputs, one directory each: descriptors in `tests/cases/descriptors` (`input.md`), WSDLs and
//! schemas in `tests/cases/documents` (`input.wsdl`, `input.xsd`), settings in `tests/cases/settings`
//! (`castile.toml`), and schemas by the letter of XML Schema in `tests/cases/strict` (`input.xsd`). They
//! give exactly `expected.stderr`: the errors, or where code is generated all the same the warnings.
//! `cargo xtask case update` rewrites the expected files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::diagnostic::Code;
use castile_tests::schemas::root;

#[test]
fn every_bad_descriptor_is_explained() {
    explained("descriptors", 25);
}

#[test]
fn every_bad_document_is_explained() {
    explained("documents", 8);
}

#[test]
fn every_bad_setting_is_explained() {
    explained("settings", 10);
}

#[test]
fn every_bad_schema_is_explained() {
    explained("strict", 4);
}

fn explained(directory: &str, least: usize) {
    let mut wrong = Vec::new();
    let cases = cases(directory);
    assert!(
        cases.len() >= least,
        "only {} cases were found",
        cases.len()
    );
    for case in cases {
        let shown = report(&case);
        let expected_path = case.join("expected.stderr");
        if std::env::var_os("CASTILE_UPDATE_CASES").is_some() {
            fs::write(&expected_path, &shown).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if shown != expected {
            wrong.push(format!(
                "{}:\n--- expected\n{expected}--- shown\n{shown}",
                case.display()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n`cargo xtask case update` rewrites them",
        wrong.join("\n")
    );
}

#[test]
fn every_bad_descriptor_has_a_place_and_advice() {
    placed("descriptors");
}

#[test]
fn every_bad_setting_has_a_place_and_advice() {
    placed("settings");
}

#[test]
fn every_bad_schema_has_a_place_and_advice() {
    placed("strict");
}

fn placed(directory: &str) {
    for case in cases(directory) {
        let shown = report(&case);
        let has_place = FILES
            .iter()
            .any(|file| shown.contains(&format!("--> {file}:")));
        for (part, is_there) in [
            ("place", has_place),
            ("= help: ", shown.contains("= help: ")),
            ("error[", shown.contains("error[")),
        ] {
            assert!(is_there, "{}: no `{part}` in\n{shown}", case.display());
        }
    }
}

/// Each rule shows how it explains itself, but for those of `castile vendor`, which need a network.
#[test]
fn every_code_has_a_case() {
    let directories = ["descriptors", "documents", "settings", "strict"];
    let shown: String = { directories.into_iter() }
        .flat_map(cases)
        .map(|case| report(&case))
        .collect();
    let missing: Vec<&str> = { Code::ALL.iter() }
        .filter(|code| !shown.contains(&format!("[{}]", code.name())))
        .map(|code| code.name())
        .collect();
    assert_eq!(missing, ["refused-address"]);
}

fn cases(directory: &str) -> Vec<PathBuf> {
    let directory = root().join("tests/cases").join(directory);
    let mut cases: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.retain(|case| case.is_dir());
    cases.sort();
    cases
}

/// What the places of a case may be in; the first of them that is there is the input.
const FILES: [&str; 5] = [
    "castile.toml",
    "input.md",
    "input.wsdl",
    "input.xsd",
    "castile.lock",
];

/// What the generator says, with paths as seen from the case's directory.
fn report(case: &Path) -> String {
    let input = FILES
        .iter()
        .map(|file| case.join(file))
        .find(|input| input.is_file());
    let mut generator = Generator::new().input(input.unwrap());
    if case
        .parent()
        .is_some_and(|parent| parent.ends_with("strict"))
    {
        generator = generator.strict();
    }
    let report = match generator.generate() {
        Ok(output) => output.warnings,
        Err(failure) => failure.to_string(),
    };
    report.replace(&format!("{}/", case.display()), "")
}
