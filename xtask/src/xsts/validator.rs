//! A validator of others, if one is installed: whether it takes what we write.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::suite::Group;

/// Whether `xmllint` is there.
pub(crate) fn is_installed() -> bool {
    let output = Command::new("xmllint").arg("--version").output();
    output.is_ok_and(|output| output.status.success())
}

/// Which of the documents `xmllint` takes; `None` where it does not judge: schemas of several documents,
/// and those that it does not read.
pub(crate) fn accepted(group: &Group, documents: &[&Path]) -> Option<BTreeSet<PathBuf>> {
    let [schema] = group.schemas.as_slice() else {
        return None;
    };
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(documents)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    // It says a line for each document that it judged.
    let said = |document: &Path, verdict: &str| {
        let line = format!("{} {verdict}", document.display());
        text.lines().any(|said| said == line)
    };
    let all = documents.iter();
    let judged = all
        .clone()
        .all(|document| said(document, "validates") || said(document, "fails to validate"));
    judged.then(|| {
        all.filter(|document| said(document, "validates"))
            .map(|document| (*document).to_owned())
            .collect()
    })
}
