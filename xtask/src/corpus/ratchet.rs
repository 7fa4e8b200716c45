//! Known failures, with reasons. A failure that is not known fails, and so does one that is known and
//! does not happen any more: the list only gets shorter on purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Case and stage.
pub(crate) type Key = (String, String);

const HEAD: &str = "# Known failures of `cargo xtask corpus`: case, stage, reason.\n";

/// Reads the list; without a file it is empty.
pub(crate) fn read(path: &Path) -> Result<BTreeMap<Key, String>, String> {
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let rows = text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.starts_with('#') && !line.is_empty());
    rows.map(
        |(line, number)| match line.split('\t').collect::<Vec<_>>()[..] {
            [case, stage, reason] if !reason.is_empty() => {
                Ok(((case.to_owned(), stage.to_owned()), reason.to_owned()))
            }
            _ => Err(format!(
                "{}, line {number}: not case, stage and reason",
                path.display()
            )),
        },
    )
    .collect()
}

/// Writes the list: what failed now, and what is known of cases that were not run. Reasons stay.
pub(crate) fn write(
    path: &Path,
    known: &BTreeMap<Key, String>,
    failures: &BTreeMap<Key, String>,
    run: &BTreeSet<&str>,
) -> Result<(), String> {
    let mut rows: BTreeMap<&Key, &String> = { known.iter() }
        .filter(|((case, _), _)| !run.contains(case.as_str()))
        .collect();
    for (key, reason) in failures {
        rows.insert(key, known.get(key).unwrap_or(reason));
    }
    let mut text = HEAD.to_owned();
    for ((case, stage), reason) in rows {
        text.push_str(&format!("{case}\t{stage}\t{reason}\n"));
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// What is new and what is over, of the cases that were run.
pub(crate) fn compare(
    known: &BTreeMap<Key, String>,
    failures: &BTreeMap<Key, String>,
    run: &BTreeSet<&str>,
) -> Vec<String> {
    let new = failures
        .iter()
        .filter(|(key, _)| !known.contains_key(*key))
        .map(|((case, stage), reason)| format!("new failure: {case}: {stage}: {reason}"));
    let over = known
        .keys()
        .filter(|key| run.contains(key.0.as_str()) && !failures.contains_key(*key))
        .map(|(case, stage)| format!("unexpected pass: {case}: {stage}"));
    new.chain(over).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: &[(&str, &str)]) -> BTreeMap<Key, String> {
        let row = |(case, stage): &(&str, &str)| {
            (((*case).to_owned(), (*stage).to_owned()), "r".to_owned())
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn tells_new_failures_and_unexpected_passes() {
        let known = list(&[("a", "generate"), ("b", "compile"), ("not-run", "compile")]);
        let failures = list(&[("b", "compile"), ("c", "sample x")]);
        let run = BTreeSet::from(["a", "b", "c"]);
        assert_eq!(
            compare(&known, &failures, &run),
            [
                "new failure: c: sample x: r",
                "unexpected pass: a: generate"
            ]
        );
        assert_eq!(compare(&known, &known, &run), Vec::<String>::new());
    }
}
