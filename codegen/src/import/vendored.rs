//! The copies of pages beside their descriptor, and what its front matter says of them.

use std::fs;
use std::path::{Path, PathBuf};

use super::update::{Outcome, Update};
use super::write::numbered;
use super::{Failure, PageSource, import_pages, save};
use crate::lock::sha256;
use crate::output::toml_string;
use crate::source::{Sources, directory_of};

/// The directory of the copies: `shop.pages` beside `shop.md`.
fn directory(out: &Path) -> PathBuf {
    out.with_extension("pages")
}

/// Copies a page beside the descriptor; the copy of an earlier one of the same name is replaced.
pub(super) fn keep(out: &Path, page: &Path, bytes: &[u8]) -> Result<PageSource, Failure> {
    let directory = directory(out);
    let name = page.file_name().unwrap_or(page.as_os_str());
    let copy = directory.join(name);
    fs::create_dir_all(&directory).map_err(|error| Failure::Write(directory.clone(), error))?;
    save(&copy, bytes)?;
    let shown = directory
        .file_name()
        .map(|folder| Path::new(folder).join(name));
    Ok(PageSource {
        sha256: sha256(bytes),
        vendored: shown.map(|path| path.to_string_lossy().replace('\\', "/")),
        ..PageSource::default()
    })
}

/// What the copies that the front matter names give; `None` if one is not there or not as it was.
pub(super) fn before(sources: &mut Sources, out: &Path, descriptor: &str) -> Option<String> {
    let folder = directory_of(out);
    let copies = named(descriptor);
    if copies.is_empty() {
        return None;
    }
    let mut pages = Vec::new();
    sources.allow(folder).ok()?;
    for (path, hash) in copies {
        // Only what lies beside the descriptor.
        let relative = Path::new(&path);
        let plain = relative
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        if !plain {
            return None;
        }
        let bytes = sources.bytes(&folder.join(relative)).ok()?;
        if sha256(&bytes) != hash {
            return None;
        }
        let document = sources.add_bytes(relative, &bytes).ok()?;
        pages.push((document, PageSource::default()));
    }
    Some(import_pages(sources, &pages).descriptor)
}

/// The copies that a front matter names, with their hashes.
fn named(descriptor: &str) -> Vec<(String, String)> {
    let end = super::descriptor::front_matter_end(descriptor);
    let front = descriptor.get(..end).unwrap_or_default();
    let inner = front.trim_start_matches("+++").trim_end_matches("+++");
    let Ok(table) = inner.parse::<toml::Table>() else {
        return Vec::new();
    };
    let Some(toml::Value::Table(source)) = table.get("source") else {
        return Vec::new();
    };
    let text = |key: &str, at: usize| match source.get(&numbered(key, at)) {
        Some(toml::Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    (0..source.len())
        .map_while(|at| Some((text("vendored", at)?, text("sha256", at)?)))
        .collect()
}

/// The descriptor with the hashes and copies of the pages that it was brought up to date with. What
/// else its `[source]` says is kept.
pub(super) fn with_sources(descriptor: &str, sources: &[PageSource]) -> String {
    let end = super::descriptor::front_matter_end(descriptor);
    let front = &descriptor[..end];
    let mut lines: Vec<String> = front.lines().map(str::to_owned).collect();
    let is_key = |line: &str, key: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    for (at, source) in sources.iter().enumerate() {
        let values = [
            ("url", source.url.clone()),
            ("retrieved", source.retrieved.clone()),
            ("language", source.language.clone()),
            ("vendored", source.vendored.clone()),
            ("sha256", Some(source.sha256.clone())),
        ];
        for (key, value) in values {
            let Some(value) = value else { continue };
            let key = numbered(key, at);
            let text = format!("{key} = {}", toml_string(&value));
            let last = lines.len().saturating_sub(1);
            if let Some(line) = lines.iter_mut().find(|line| is_key(line, &key)) {
                *line = text;
            } else if let Some(table) = lines.iter().position(|line| line.trim() == "[source]") {
                lines.insert(table + 1, text);
            } else if last > 0 {
                lines.splice(last..last, ["[source]".to_owned(), text]);
            }
        }
    }
    format!("{}{}", lines.join("\n"), &descriptor[end..])
}

/// The differences in words.
pub(super) fn report(update: &Update, known: bool) -> String {
    let mut text = String::new();
    if !known {
        text.push_str("no copy of the page as it was imported last: differences are shown, and nothing is changed\n");
    }
    for change in &update.changes {
        text.push_str(&format!("{change}\n"));
    }
    if !update.offered.is_empty() {
        text.push_str("for you to put into the descriptor:\n\n");
        text.push_str(&update.offered);
        text.push('\n');
    }
    let count = |outcome| {
        update
            .changes
            .iter()
            .filter(|change| change.outcome == outcome)
            .count()
    };
    text.push_str(&format!(
        "{} taken over, {} kept, {} open, {} overrides due\n",
        count(Outcome::Taken),
        count(Outcome::Kept),
        count(Outcome::Open),
        count(Outcome::Due)
    ));
    text
}
