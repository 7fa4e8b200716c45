//! The providers' own pages, where these are at hand: against the clients, and through the importer
//! against `schemas/`.

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::import::compare::{Comparison, Verdict, compare};
use castile_codegen::import::{PageSource, import};
use castile_codegen::source::{DocumentId, Sources};

use crate::cargo;

/// How many in a hundred facts of a page the importer has to find.
const AIM: usize = 95;

pub(crate) fn run(root: &Path, directory: &Path, imported: bool) -> Result<(), String> {
    if !directory.is_dir() {
        return Err(format!(
            "`{}` is no directory: the providers' pages come with development machines and CI, not \
             with a clone",
            directory.display()
        ));
    }
    if imported {
        return facts(root, directory);
    }
    cargo::example(root, "pages", &[directory.as_os_str()])
}

/// Imports every page, and prints what agrees with `schemas/` and what does not, fact by fact.
fn facts(root: &Path, directory: &Path) -> Result<(), String> {
    let mut sources = Sources::default();
    let mut written = Vec::new();
    for path in files(&root.join("schemas"), "md", 2)? {
        if path.file_name().is_some_and(|name| name != "README.md") {
            written.push(sources.open(&path).map_err(|error| error.to_string())?);
        }
    }
    let mut short = Vec::new();
    let (mut right, mut all, mut wrong) = (0, 0, 0);
    for page in files(directory, "", 1)? {
        let document = sources.open(&page).map_err(|error| error.to_string())?;
        let comparison = compared(&mut sources, document, &written)?;
        println!("{}", page.file_name().unwrap_or_default().to_string_lossy());
        for fact in &comparison.facts {
            println!("  {fact}");
        }
        let (found, of) = comparison.score();
        let silently = comparison.count(Verdict::Wrong);
        println!(
            "  {found} of {of} facts of the page ({}.{} %), {} unknown, {} missing, {} guessed wrongly, {silently} silently wrong; \
             {} from elsewhere, {} only imported",
            found * 100 / of.max(1),
            found * 1000 / of.max(1) % 10,
            comparison.count(Verdict::Unknown),
            comparison.count(Verdict::Missing),
            comparison.count(Verdict::WrongGuess),
            comparison.count(Verdict::Elsewhere),
            comparison.count(Verdict::Added),
        );
        if found * 100 < of * AIM || silently > 0 || of == 0 {
            short.push(page.display().to_string());
        }
        right += found;
        all += of;
        wrong += silently;
    }
    println!("all pages: {right} of {all} facts, {wrong} silently wrong");
    if short.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "below {AIM} % or silently wrong: {}",
            short.join(", ")
        ))
    }
}

/// The comparison with the descriptor that has the most of the page's facts.
fn compared(
    sources: &mut Sources,
    page: DocumentId,
    written: &[DocumentId],
) -> Result<Comparison, String> {
    let imported = import(sources, page, PageSource::default());
    let document = sources
        .add("imported.md", imported.descriptor)
        .map_err(|error| error.to_string())?;
    let best = written
        .iter()
        .map(|&descriptor| compare((sources, document), (sources, descriptor)))
        .max_by_key(|comparison| comparison.score().1);
    Ok(best.unwrap_or_default())
}

/// The files below a directory, sorted, with this extension if one is given.
pub(crate) fn files(
    directory: &Path,
    extension: &str,
    depth: usize,
) -> Result<Vec<PathBuf>, String> {
    let failed = |error| format!("{}: {error}", directory.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            if depth > 1 {
                found.extend(files(&path, extension, depth - 1)?);
            }
        } else if extension.is_empty() || path.extension().is_some_and(|end| end == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
