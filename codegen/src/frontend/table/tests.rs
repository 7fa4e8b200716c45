//! The mistakes of `tests/cases/descriptors`, and what correct pages declare.

mod contracts;

use std::path::{Path, PathBuf};

use super::parse;
use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::resolve::resolve;
use crate::source::{Limits, Sources};

/// What is reported on the page at `path`, the directories in it left out.
fn reported(path: &Path) -> String {
    let mut sources = Sources::new(Limits::default());
    let document = sources.open(path).expect("the case can be read");
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    parse(&mut sources, document, &mut contract, &mut diagnostics);
    if !diagnostics.has_errors() && !contract.services.is_empty() {
        let _ = resolve(contract, &mut diagnostics);
    }
    let directory = path.parent().expect("a case has a directory").display();
    diagnostics
        .render(&sources)
        .replace(&format!("{directory}/"), "")
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/descriptors");
    let root = root.canonicalize().expect("the cases are there");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&root)
        .expect("the cases are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("input.md").is_file())
        .collect();
    cases.sort();
    cases
}

/// `CASTILE_UPDATE=1` rewrites what is expected.
#[test]
fn every_mistake_is_reported_as_expected() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    for case in cases {
        let name = case
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let found = reported(&case.join("input.md"));
        let file = case.join("expected.stderr");
        if std::env::var_os("CASTILE_UPDATE").is_some() {
            std::fs::write(&file, &found).expect("the case can be written");
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if found != expected || found.is_empty() {
            wrong.push(format!(
                "==== {name}\n---- expected\n{expected}---- found\n{found}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The descriptors that clients are generated from are without mistakes.
#[test]
fn our_own_pages_are_correct() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut read = 0;
    for provider in std::fs::read_dir(&root).expect("the schemas are there") {
        let provider = provider.expect("an entry").path();
        if !provider.is_dir() {
            continue;
        }
        for page in std::fs::read_dir(&provider).expect("a directory") {
            let page = page.expect("an entry").path();
            if page.extension().is_some_and(|extension| extension == "md") {
                assert_eq!(reported(&page), "", "{}", page.display());
                read += 1;
            }
        }
    }
    assert!(read >= 5, "only {read} pages");
}

/// Any prefix of a page, and a page with any line doubled, is read without a panic.
#[test]
fn damaged_pages_are_reported_not_panicked_at() {
    for case in cases() {
        let text = std::fs::read_to_string(case.join("input.md")).expect("the case can be read");
        let mut damaged: Vec<String> = text
            .char_indices()
            .step_by(11)
            .map(|(at, _)| text[..at].to_owned())
            .collect();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for (at, line) in lines.iter().enumerate().step_by(3) {
            let mut doubled = lines.clone();
            doubled.insert(at, line);
            damaged.push(doubled.concat());
            damaged.push(text.replacen(line.trim(), "|x|`[^", 1));
        }
        for text in damaged {
            let mut sources = Sources::new(Limits::default());
            let document = sources.add("page.md", text).expect("one document");
            let mut contract = Contract::new();
            let mut diagnostics = Diagnostics::new();
            parse(&mut sources, document, &mut contract, &mut diagnostics);
            assert!(!diagnostics.render(&sources).contains("\0"));
        }
    }
}

/// The pages that the reference of the format shows are correct.
#[test]
fn the_documentation_shows_correct_pages() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/field-tables.md");
    let text = std::fs::read_to_string(path).expect("the reference is there");
    let fence = "`````markdown\n";
    let pages: Vec<&str> = text
        .split(fence)
        .skip(1)
        .filter_map(|rest| rest.split("`````").next())
        .collect();
    assert_eq!(pages.len(), 2);
    for page in pages {
        let mut sources = Sources::new(Limits::default());
        let document = sources.add("page.md", page).expect("one document");
        let mut contract = Contract::new();
        let mut diagnostics = Diagnostics::new();
        parse(&mut sources, document, &mut contract, &mut diagnostics);
        let resolved = resolve(contract, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{}", diagnostics.render(&sources));
        assert_eq!(resolved.map(|resolved| resolved.clients.len()), Some(1));
    }
}
