//! The cases in `tests/cases/generate` give what is expected of them, byte for byte. The crate in
//! `tests/cases` compiles it, and reads and re-writes the sample documents.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::fs;

use castile_tests::golden::{self, COMMAND};

#[test]
fn every_case_gives_what_is_expected() {
    let tree = golden::tree().unwrap_or_else(|message| panic!("{message}"));
    let directory = golden::directory();
    let mut drifts = if std::env::var_os("CASTILE_UPDATE_CASES").is_some() {
        tree.write(&directory).unwrap();
        Vec::new()
    } else {
        let drifts = tree.drift(&directory).unwrap();
        drifts.iter().map(ToString::to_string).collect()
    };
    // Warnings carry no marker, so that the tree does not know those of before.
    for case in golden::cases().unwrap() {
        let path = format!("generate/{}/expected.stderr", case.name);
        if tree.get(&path).is_none() && directory.join(&path).exists() {
            drifts.push(format!("stale: {path}: the case warns of nothing"));
        }
    }
    assert!(
        drifts.is_empty(),
        "{}\n`{COMMAND}` mends it, but for stale warnings",
        drifts.join("\n")
    );
}

#[test]
fn every_case_is_short_and_shows_documents() {
    let cases = golden::cases().unwrap();
    assert!(cases.len() >= 22, "only {} cases", cases.len());
    for case in cases {
        let has_samples = !case.samples().unwrap().is_empty();
        assert!(has_samples, "{}: no document shows it", case.name);
        let lines = fs::read_to_string(&case.input).unwrap().lines().count();
        let longest = match case.input.extension().and_then(|e| e.to_str()) {
            Some("xsd") => 40,
            _ => 100,
        };
        assert!(lines <= longest, "{}: {lines} lines", case.name);
    }
}
