//! What a corpus consists of: `MANIFEST.tsv`, `SAMPLES.tsv`, and a directory per case.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// An input with the documents that belong to it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The row in the manifest, from one: stable as long as rows are only added at its end.
    pub(crate) number: usize,
    /// The group of cases.
    pub(crate) set: String,
    /// Set and name: `SET/NAME`.
    pub(crate) name: String,
    /// Where its files are.
    pub(crate) directory: PathBuf,
    /// The document to begin with.
    pub(crate) entry: PathBuf,
    /// Its sample documents.
    pub(crate) samples: Vec<Sample>,
}

/// What the manifest says of a sample document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Validity {
    /// A validator took it.
    Valid,
    /// Nobody judged it, or the validator did not take the schema.
    Unjudged,
    /// A validator found it wrong: it is read, and what comes of it is counted apart.
    Invalid,
}

impl Validity {
    /// From the columns `kind` and `libxml2`.
    ///
    /// A kind ends in `-invalid?` where the name of the file speaks of something invalid, which a
    /// document about an invalid request does as well: only a verdict counts.
    fn of(verdict: &str) -> Self {
        match verdict {
            "valid" => Self::Valid,
            _ if verdict.starts_with("invalid") => Self::Invalid,
            _ => Self::Unjudged,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Unjudged => "unjudged",
            Self::Invalid => "invalid",
        }
    }
}

/// A message or document that fits a case.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its path below the case's directory.
    pub(crate) name: String,
    /// Whether it fits, as far as the manifest knows.
    pub(crate) validity: Validity,
    /// Whether it says that it is a request.
    pub(crate) is_request: bool,
}

/// The cases of a corpus whose name, or set and name, match `only`.
pub(crate) fn read(directory: &Path, only: Option<&str>) -> Result<Vec<Case>, String> {
    let mut samples = samples(directory)?;
    let mut cases = Vec::new();
    for (row, number) in rows(&directory.join("MANIFEST.tsv"))?.into_iter().zip(1..) {
        let [set, name, entry] = fields(&row, ["set", "case", "entry"])?;
        let whole = format!("{set}/{name}");
        if only.is_some_and(|only| !matches(only, &name) && !matches(only, &whole)) {
            continue;
        }
        let place = directory.join(&set).join(&name);
        cases.push(Case {
            number,
            entry: place.join(entry),
            directory: place,
            samples: samples.remove(&whole).unwrap_or_default(),
            name: whole,
            set,
        });
    }
    Ok(cases)
}

/// A tenth of each set.
pub(crate) fn stratified<T>(all: Vec<T>, set: impl Fn(&T) -> &str) -> Vec<T> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let tenth = |one: &T| {
        let place = seen.entry(set(one).to_owned()).or_default();
        *place += 1;
        *place % 10 == 1
    };
    all.into_iter().filter(tenth).collect()
}

fn samples(directory: &Path) -> Result<BTreeMap<String, Vec<Sample>>, String> {
    let path = directory.join("SAMPLES.tsv");
    let mut samples: BTreeMap<String, Vec<Sample>> = BTreeMap::new();
    if !path.exists() {
        return Ok(samples);
    }
    for row in rows(&path)? {
        let columns = ["set", "case", "sample", "kind", "libxml2"];
        let [set, case, sample, kind, verdict] = fields(&row, columns)?;
        if kind.contains("json") {
            continue;
        }
        let name = format!("{set}/{case}");
        samples.entry(name.clone()).or_default().push(Sample {
            path: directory.join(&sample),
            name: sample
                .strip_prefix(&format!("{name}/"))
                .unwrap_or(&sample)
                .to_owned(),
            validity: Validity::of(&verdict),
            is_request: kind.starts_with("req"),
        });
    }
    Ok(samples)
}

/// A row by the names of its columns.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a file whose first line names the columns.
pub(crate) fn rows(path: &Path) -> Result<Vec<Row>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    Ok(lines
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let columns = line.split('\t').map(str::to_owned);
            head.iter()
                .map(|name| (*name).to_owned())
                .zip(columns)
                .collect()
        })
        .collect())
}

fn fields<const N: usize>(row: &Row, names: [&str; N]) -> Result<[String; N], String> {
    let missing = names
        .iter()
        .find(|name| !row.contains_key(**name) && **name != "libxml2");
    match missing {
        Some(name) => Err(format!("a row has no column `{name}`")),
        None => Ok(names.map(|name| row.get(name).cloned().unwrap_or_default())),
    }
}

/// Whether a name matches a pattern with `*` for any text.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| matches(after, &rest[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Validity, matches};

    #[test]
    fn only_a_verdict_makes_a_sample_invalid() {
        assert_eq!(Validity::of("valid"), Validity::Valid);
        assert_eq!(Validity::of("invalid: no `x`"), Validity::Invalid);
        assert_eq!(
            Validity::of("schema-rejected-by-libxml2"),
            Validity::Unjudged
        );
        assert_eq!(Validity::of("error"), Validity::Unjudged);
        assert_eq!(Validity::of(""), Validity::Unjudged);
    }

    #[test]
    fn patterns_match_whole_names() {
        assert!(matches("*", ""));
        assert!(matches("wsdl-*/a*c", "wsdl-real/abc"));
        assert!(!matches("wsdl", "wsdl-real"));
        assert!(!matches("*b", "abc"));
    }
}
