//! Bad descriptors, settings and schemas, one directory each in `tests/cases/descriptors`
//! (`input.md`), `tests/cases/settings` (`castile.toml`) and `tests/cases/strict` (`input.xsd`, by the
//! letter of XML Schema): they give exactly `expected.stderr`. `cargo xtask case
//! update` rewrites the expected files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_tests::schemas::root;

#[test]
fn every_bad_descriptor_is_explained() {
    explained("descriptors", "input.md", 25);
}

#[test]
fn every_bad_setting_is_explained() {
    explained("settings", "castile.toml", 10);
}

#[test]
fn every_bad_schema_is_explained() {
    explained("strict", "input.xsd", 4);
}

fn explained(directory: &str, input: &str, least: usize) {
    let mut wrong = Vec::new();
    let cases = cases(directory);
    assert!(
        cases.len() >= least,
        "only {} cases were found",
        cases.len()
    );
    for case in cases {
        let shown = report(&case, input);
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
    placed("descriptors", "input.md");
}

#[test]
fn every_bad_setting_has_a_place_and_advice() {
    placed("settings", "castile.toml");
}

#[test]
fn every_bad_schema_has_a_place_and_advice() {
    placed("strict", "input.xsd");
}

fn placed(directory: &str, input: &str) {
    for case in cases(directory) {
        let shown = report(&case, input);
        for part in [&format!("--> {input}:"), "= help: ", "error["] {
            assert!(
                shown.contains(part),
                "{}: no `{part}` in\n{shown}",
                case.display()
            );
        }
    }
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

/// What the generator says, with paths as seen from the case's directory.
fn report(case: &Path, input: &str) -> String {
    let mut generator = Generator::new().input(case.join(input));
    if case.parent().is_some_and(|parent| parent.ends_with("strict")) {
        generator = generator.strict();
    }
    match generator.generate() {
        Ok(_) => String::new(),
        Err(failure) => failure
            .to_string()
            .replace(&format!("{}/", case.display()), ""),
    }
}
