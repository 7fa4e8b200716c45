//! The cases of `tests/cases/import/`: a page each, the descriptor that it becomes, and the report.
//!
//! `cargo xtask case update` rewrites what is expected.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::import::{PageSource, import_pages};
use castile_codegen::source::Sources;

fn cases() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/import");
    let mut cases: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// The pages of a case, by name.
fn pages(case: &Path) -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_stem()
                .is_some_and(|stem| stem.to_string_lossy().starts_with("page"))
        })
        .collect();
    pages.sort();
    pages
}

#[test]
fn pages_become_the_expected_descriptors() {
    let update = std::env::var_os("CASTILE_UPDATE_CASES").is_some();
    let mut failures = Vec::new();
    for case in cases() {
        let mut sources = Sources::default();
        let pages: Vec<_> = pages(&case)
            .iter()
            .map(|page| {
                let name = page.file_name().unwrap();
                let text = fs::read_to_string(page).unwrap();
                (sources.add(name, text).unwrap(), PageSource::default())
            })
            .collect();
        let imported = import_pages(&sources, &pages);
        let outputs = [
            ("expected.md", imported.descriptor.clone()),
            ("expected.report", imported.findings.render(&sources)),
        ];
        for (file, found) in outputs {
            let path = case.join(file);
            if update {
                fs::write(path, found).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != found {
                failures.push(format!("{}:\n{found}", path.display()));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "`cargo xtask case update` rewrites what is expected\n{}",
        failures.join("\n")
    );
}
