//! The directory that documents are copied to: what changed in it, and nothing that is not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::lock::{self, LockedFile, sha256};
use crate::output::toml_string;
use crate::project;

/// A document to be stored.
pub(super) struct Stored {
    pub(super) locked: LockedFile,
    pub(super) bytes: Vec<u8>,
}

/// One line of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CatalogLine {
    pub(super) uri: String,
    pub(super) namespace: String,
    pub(super) path: String,
}

/// What became of the files, by path, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files whose bytes differ from those of the last time.
    pub changed: Vec<String>,
    /// Files that are no longer imported.
    pub removed: Vec<String>,
    /// The number of files that are the same.
    pub unchanged: usize,
    /// What could not be had but is not needed, rendered; empty if there is nothing.
    pub warnings: String,
}

/// The files of the lock in `directory`; `None` without one.
pub(super) fn locked(directory: &Path) -> Result<Option<Vec<LockedFile>>, String> {
    let path = directory.join(lock::FILE);
    match fs::read_to_string(&path) {
        Ok(text) => lock::parse(&text).map(Some).map_err(|error| {
            format!(
                "`{}` cannot be read: {error}; remove it to start again",
                path.display()
            )
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("cannot read `{}`: {error}", path.display())),
    }
}

/// Writes the documents, the catalog, the lock file, and a `castile.toml` if there is none.
pub(super) fn store(
    directory: &Path,
    documents: &[Stored],
    catalog: &[CatalogLine],
    before: Option<&[LockedFile]>,
) -> Result<Report, String> {
    let old: BTreeMap<&str, &LockedFile> = before
        .unwrap_or_default()
        .iter()
        .map(|file| (file.path.as_str(), file))
        .collect();
    let mut report = Report::default();
    let mut writes: Vec<(PathBuf, &[u8])> = Vec::new();
    for document in documents {
        let name = &document.locked.path;
        let path = directory.join(name);
        let there = read(&path)?;
        let same = there.as_deref() == Some(&document.bytes[..]);
        match old.get(name.as_str()) {
            Some(locked) if same && locked.sha256 == document.locked.sha256 => {
                report.unchanged += 1;
            }
            Some(_) => report.changed.push(name.clone()),
            None if there.is_some() && !same => return Err(foreign(&path)),
            None => report.added.push(name.clone()),
        }
        if !same {
            writes.push((path, &document.bytes));
        }
    }
    if before.is_none() && directory.join(project::CATALOG).exists() {
        return Err(foreign(&directory.join(project::CATALOG)));
    }
    let names: BTreeSet<&str> = documents
        .iter()
        .map(|document| document.locked.path.as_str())
        .collect();
    report.removed = old
        .keys()
        .filter(|path| !names.contains(*path))
        .map(|path| (*path).to_owned())
        .collect();

    let files: Vec<LockedFile> = documents.iter().map(|d| d.locked.clone()).collect();
    let texts = [
        (project::CATALOG, catalog_text(catalog)),
        (lock::FILE, lock::render(&files)),
        (project::FILE, project_text(&files)),
    ];
    for (name, text) in &texts {
        let path = directory.join(name);
        let there = read(&path)?;
        let kept = *name == project::FILE && there.is_some();
        if !kept && there.as_deref() != Some(text.as_bytes()) {
            writes.push((path, text.as_bytes()));
        }
    }
    for (path, bytes) in writes {
        write(&path, bytes)
            .map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    }
    for name in &report.removed {
        remove(directory, name).map_err(|error| {
            format!(
                "cannot remove `{name}` from `{}`: {error}",
                directory.display()
            )
        })?;
    }
    report.added.sort();
    report.changed.sort();
    Ok(report)
}

fn foreign(path: &Path) -> String {
    format!(
        "`{}` is there already, and no lock file says that it was vendored; remove it, or choose \
         another directory",
        path.display()
    )
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, String> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error)
            if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) =>
        {
            Ok(None)
        }
        Err(error) => Err(format!("cannot read `{}`: {error}", path.display())),
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    fs::write(path, bytes)
}

/// Removes a file, and the directories that are empty then.
fn remove(directory: &Path, name: &str) -> io::Result<()> {
    let path = directory.join(name);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut parent = path.parent();
    while let Some(empty) = parent.filter(|parent| *parent != directory) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        parent = empty.parent();
    }
    Ok(())
}

fn catalog_text(lines: &[CatalogLine]) -> String {
    let mut text = String::from(
        "# @generated by `castile vendor`. Do not edit: location, namespace and path, separated by \
         tabs.\n",
    );
    for line in lines {
        let _ = writeln!(text, "{}\t{}\t{}", line.uri, line.namespace, line.path);
    }
    text
}

fn project_text(files: &[LockedFile]) -> String {
    let mut inputs: Vec<String> = files
        .iter()
        .filter(|file| file.entry)
        .map(|file| toml_string(&file.path))
        .collect();
    inputs.sort();
    format!("inputs = [{}]\n", inputs.join(", "))
}

/// The hash of a document's bytes and its place, for the lock file.
pub(super) fn stored(path: String, uri: Option<String>, bytes: Vec<u8>, entry: bool) -> Stored {
    Stored {
        locked: LockedFile {
            path,
            uri,
            sha256: sha256(&bytes),
            bytes: bytes.len() as u64,
            entry,
        },
        bytes,
    }
}
