//! The copies of pages beside their descriptor, and what its front matter says of them.

use std::fs;
use std::path::{Path, PathBuf};

use super::update::{Outcome, Update};
use super::{Failure, PageSource, import_pages, write};
use crate::lock::sha256;
use crate::output::toml_string;
use crate::source::Sources;

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
    write(&copy, bytes)?;
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
    let folder = out.parent().unwrap_or(Path::new(""));
    let copies = named(descriptor);
    if copies.is_empty() {
        return None;
    }
    let mut pages = Vec::new();
    for (path, hash) in copies {
        // Only what lies beside the descriptor.
        let relative = Path::new(&path);
        let plain = relative
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        if !plain {
            return None;
        }
        let bytes = fs::read(folder.join(relative)).ok()?;
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
    let text = |table: &toml::Table, key: &str| match table.get(key) {
        Some(toml::Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    let one = |table: &toml::Table| Some((text(table, "vendored")?, text(table, "sha256")?));
    let pages = source.iter().filter_map(|(_, value)| match value {
        toml::Value::Table(page) => one(page),
        _ => None,
    });
    one(source).into_iter().chain(pages).collect()
}

/// The descriptor with the hashes and copies of the pages that it was brought up to date with. What
/// else its `[source]` says is kept.
pub(super) fn with_sources(descriptor: &str, sources: &[PageSource]) -> String {
    let end = super::descriptor::front_matter_end(descriptor);
    let front = &descriptor[..end];
    let mut lines: Vec<String> = front.lines().map(str::to_owned).collect();
    let is_key = |line: &str, key: &str| {
        line.trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    for key in ["sha256", "vendored"] {
        let value = |source: &PageSource| match key {
            "sha256" => Some(source.sha256.clone()),
            _ => source.vendored.clone(),
        };
        let places: Vec<usize> = (0..lines.len())
            .filter(|&at| is_key(&lines[at], key))
            .collect();
        if places.len() == sources.len() {
            for (&at, source) in places.iter().zip(sources) {
                if let Some(value) = value(source) {
                    lines[at] = format!("{key} = {}", toml_string(&value));
                }
            }
        } else if let ([], [source]) = (places.as_slice(), sources)
            && let Some(value) = value(source)
        {
            let line = format!("{key} = {}", toml_string(&value));
            match lines.iter().position(|line| line.trim() == "[source]") {
                Some(at) => lines.insert(at + 1, line),
                None if lines.len() > 1 => {
                    let last = lines.len() - 1;
                    lines.splice(last..last, ["[source]".to_owned(), line]);
                }
                None => {}
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
