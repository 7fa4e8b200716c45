//! `cargo xtask patterns`: the fixtures of the W3C's data-binding patterns, as a corpus in
//! `tests/patterns/`, written from `tests/patterns/source/`.

mod fixture;
mod source;
#[cfg(test)]
mod validity;
mod xpath;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the corpus, or only says whether it would change.
pub(crate) fn run(root: &Path, check: bool) -> Result<(), String> {
    let files = files(root)?;
    let directory = root.join("tests/patterns");
    let mut stale = Vec::new();
    for path in present(&directory)? {
        if !files.contains_key(&path) {
            stale.push(path);
        }
    }
    let mut other = Vec::new();
    for (path, text) in &files {
        if fs::read_to_string(directory.join(path)).ok().as_ref() != Some(text) {
            other.push(path.clone());
        }
    }
    if check {
        let found = stale.iter().chain(&other).map(|path| path.display());
        let found: Vec<String> = found.map(|path| path.to_string()).collect();
        return match found.first() {
            None => Ok(()),
            Some(first) => Err(format!(
                "{} files of tests/patterns are not as their source says, {first} among them; run `cargo \
                 xtask patterns`",
                found.len()
            )),
        };
    }
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    for path in &stale {
        let path = directory.join(path);
        fs::remove_file(&path).map_err(|error| failed(&path, error))?;
        // The directory of a case goes with its last file.
        if let Some(parent) = path.parent() {
            drop(fs::remove_dir(parent));
        }
    }
    for path in &other {
        let text = &files[path];
        let path = directory.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        }
        fs::write(&path, text).map_err(|error| failed(&path, error))?;
    }
    println!(
        "tests/patterns: {} files, {} written, {} removed",
        files.len(),
        other.len(),
        stale.len()
    );
    Ok(())
}

/// All files of the corpus, by their paths below `tests/patterns/`.
fn files(root: &Path) -> Result<BTreeMap<PathBuf, String>, String> {
    let mut files = BTreeMap::new();
    let mut manifest = "set\tcase\tentry\theading\tdefinition\tshows\n".to_owned();
    let mut samples = "set\tcase\tsample\tkind\tsoap\tlibxml2\n".to_owned();
    let mut wrong = String::new();
    for pattern in source::read(root)? {
        let (set, name) = (pattern.set.name(), &pattern.name);
        let wsdl = fixture::wsdl(&pattern);
        let messages = fixture::messages(&pattern);
        if let Err(error) = fixture::check(&pattern, &wsdl, &messages) {
            wrong.push_str(&format!("{name}: {error}\n"));
        }
        manifest.push_str(&format!(
            "{set}\t{name}\tinput.wsdl\t{}\t{}\t{}\n",
            pattern.heading, pattern.definition, pattern.shows
        ));
        let case = PathBuf::from(set).join(name);
        for message in messages {
            let kind = if message.is_request {
                "request"
            } else {
                "response"
            };
            samples.push_str(&format!(
                "{set}\t{name}\t{set}/{name}/{}\t{kind}\t{}\tvalid\n",
                message.name, message.soap
            ));
            files.insert(case.join(message.name), message.text);
        }
        for (path, text) in &pattern.files {
            files.insert(case.join(path), text.clone());
        }
        files.insert(case.join("input.wsdl"), wsdl);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    files.insert("MANIFEST.tsv".into(), manifest);
    files.insert("SAMPLES.tsv".into(), samples);
    Ok(files)
}

/// What there is of the corpus, without its source.
fn present(directory: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut pending = ["basic", "advanced", "catalogue"]
        .map(|set| directory.join(set))
        .to_vec();
    while let Some(next) = pending.pop() {
        if !next.exists() {
            continue;
        }
        let failed = |error: std::io::Error| format!("{}: {error}", next.display());
        for entry in fs::read_dir(&next).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                pending.push(path);
            } else if let Ok(below) = path.strip_prefix(directory) {
                files.push(below.to_owned());
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_corpus_is_what_its_source_says() {
        super::run(&crate::root(), true).unwrap();
    }
}
