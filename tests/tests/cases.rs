//! Bad descriptors, one directory each in `tests/cases/descriptors`: `input.md` gives exactly
//! `expected.stderr`. `cargo xtask case update` rewrites the expected files.
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
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 25, "only {} cases were found", cases.len());
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
    for case in cases() {
        let shown = report(&case);
        assert!(
            shown.contains("--> input.md:"),
            "{}: no place in\n{shown}",
            case.display()
        );
        assert!(
            shown.contains("= help: "),
            "{}: no advice in\n{shown}",
            case.display()
        );
        assert!(
            shown.contains("error["),
            "{}: no error in\n{shown}",
            case.display()
        );
    }
}

fn cases() -> Vec<PathBuf> {
    let directory = root().join("tests/cases/descriptors");
    let mut cases: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.retain(|case| case.is_dir());
    cases.sort();
    cases
}

/// What the generator says, with paths as seen from the case's directory.
fn report(case: &Path) -> String {
    match Generator::new().input(case.join("input.md")).generate() {
        Ok(_) => String::new(),
        Err(failure) => failure
            .to_string()
            .replace(&format!("{}/", case.display()), ""),
    }
}
