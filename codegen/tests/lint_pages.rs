//! What `castile lint` says of saved pages. `CASTILE_UPDATE_CASES` rewrites what is expected.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::import::oddities;
use castile_codegen::lint;
use castile_codegen::source::Sources;

fn cases() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.join("../tests/cases/lint-pages")
}

/// What is said of pages, a line each, without the directory.
fn said(pages: &[&str]) -> String {
    let mut sources = Sources::default();
    let documents: Vec<_> = { pages.iter() }
        .map(|page| {
            let text = fs::read_to_string(cases().join(page)).unwrap();
            sources.add(Path::new(page), text).unwrap()
        })
        .collect();
    oddities::examine(&sources, &documents).render(&sources)
}

#[test]
fn pages_are_held_against_themselves() {
    for page in ["odd", "sound"] {
        let text = said(&[&format!("{page}.txt")]);
        let expected_path = cases().join(format!("{page}.expected"));
        if std::env::var_os("CASTILE_UPDATE_CASES").is_some() {
            fs::write(&expected_path, &text).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        assert_eq!(text, expected, "{page}");
    }
}

/// The rules that look at pages: those with findings of the importer of their own, and the kinds.
fn rules() -> BTreeSet<String> {
    let of_pages = fs::read_dir(cases()).unwrap();
    { of_pages.map(|entry| entry.unwrap()) }
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

#[test]
fn every_rule_fires_and_is_silent() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let text = said(&[&format!("{rule}/fires.txt")]);
        let mark = format!("[{rule}]");
        assert!(text.contains(&mark), "{rule} in\n{text}");
        let expected_path = cases().join(&rule).join("expected.txt");
        if std::env::var_os("CASTILE_UPDATE_CASES").is_some() {
            fs::write(&expected_path, &text).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if text != expected {
            wrong.push(format!("{rule}:\n--- expected\n{expected}--- said\n{text}"));
        }
        let text = said(&[&format!("{rule}/silent.txt")]);
        assert!(!text.contains(&mark), "{rule} in\n{text}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule of contracts has its cases in `tests/cases/lint`; one of pages alone has them here.
#[test]
fn every_rule_has_cases() {
    let (of_pages, contracts) = (rules(), cases().join("../lint"));
    for number in 1..=30 {
        let rule = format!("L{number:02}");
        assert!(lint::rule(&rule).is_some(), "{rule}");
        assert!(
            of_pages.contains(&rule) || contracts.join(&rule).join("expected.txt").is_file(),
            "{rule} has no case"
        );
    }
    // Of these the importer has findings of its own.
    for rule in [
        "L12", "L13", "L14", "L15", "L18", "L19", "L20", "L25", "L27", "L29", "L30",
    ] {
        assert!(of_pages.contains(rule), "{rule} has no page");
    }
}

#[test]
fn each_kind_of_damage_has_its_rule_and_a_sound_page_none() {
    let (odd, sound) = (said(&["odd.txt"]), said(&["sound.txt"]));
    for rule in [
        "L04", "L11", "L12", "L14", "L15", "L16", "L17", "L18", "L19", "L21", "L24", "L26",
    ] {
        let mark = format!("[{rule}]");
        assert!(odd.contains(&mark), "{rule} in\n{odd}");
        // Without an example nobody knows what carries the messages.
        assert!(
            rule == "L24" || !sound.contains(&mark),
            "{rule} in\n{sound}"
        );
    }
}
