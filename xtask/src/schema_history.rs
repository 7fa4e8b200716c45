//! What `schemas/` said before: in a directory that is given, or in a revision of the repository.
//!
//! Git is asked for the files of the revision; nothing of the checkout changes. Without git, or without
//! the revision, there is no before.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The directory with the files of a provider as they were. `None` if there is none, or if they are the
/// same as now.
pub(crate) fn before(root: &Path, name: &str, against: &str) -> Option<PathBuf> {
    let given = Path::new(against).join(name);
    if given.is_dir() {
        return Some(given);
    }
    let folder = format!("schemas/{name}");
    let changed = git(
        root,
        &[
            "status",
            "--porcelain",
            "--untracked-files=all",
            "--",
            &folder,
        ],
    )?;
    let since = git(root, &["diff", "--name-only", against, "--", &folder])?;
    if changed.is_empty() && since.is_empty() {
        return None;
    }
    let listed = git(
        root,
        &["ls-tree", "-r", "--name-only", "-z", against, "--", &folder],
    )?;
    let target = root.join("target/schemas-before").join(name);
    if target.exists() {
        fs::remove_dir_all(&target).ok()?;
    }
    let listed = String::from_utf8(listed).ok()?;
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        let below = Path::new(path).strip_prefix(&folder).ok()?;
        let contents = git(root, &["show", &format!("{against}:{path}")])?;
        let file = target.join(below);
        fs::create_dir_all(file.parent()?).ok()?;
        fs::write(file, contents).ok()?;
    }
    target.is_dir().then_some(target)
}

/// What git prints; `None` if there is no git, or it says no.
fn git(root: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .ok()?;
    output.status.success().then_some(output.stdout)
}
