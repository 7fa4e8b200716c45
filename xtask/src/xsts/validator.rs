//! A validator of others, if one is installed: whether it takes what we write.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::suite::Group;

/// It gets no more time for a group.
const BUDGET: Duration = Duration::from_secs(5);

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
    let mut child = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(documents)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stderr = child.stderr.take()?;
    let (send, receive) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut text = Vec::new();
        let read = stderr.read_to_end(&mut text);
        // Nobody listens who has given up.
        let _ = send.send(read.map(|_| text));
    });
    let text = receive.recv_timeout(BUDGET);
    // Some content models cost it more than anybody has.
    if text.is_err() {
        child.kill().ok()?;
    }
    child.wait().ok()?;
    reader.join().ok()?;
    let text = text.ok()?.ok()?;
    let text = String::from_utf8_lossy(&text);
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
