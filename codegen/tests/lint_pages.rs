//! What `castile lint` says of saved pages. `CASTILE_UPDATE_CASES` rewrites what is expected.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::import::oddities;
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
