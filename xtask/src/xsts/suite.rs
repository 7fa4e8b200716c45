//! What a test suite consists of: `TESTS.tsv`, whose rows are schemas and instances, by set and group.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::corpus::manifest::matches;

/// Which part of the suite a group belongs to: they are never summed up together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// One facet of one built-in type each, thousands of times.
    Nist,
    /// What schemas are made of otherwise.
    Structural,
}

impl Part {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Nist => "nist",
            Self::Structural => "structural",
        }
    }
}

/// A schema and the instances that are held against it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The row of its schema, from one.
    pub(crate) number: usize,
    pub(crate) part: Part,
    pub(crate) set: String,
    /// Set and name: `SET/NAME`.
    pub(crate) name: String,
    /// Whether the schema is one.
    pub(crate) is_valid: bool,
    /// The documents of the schema; each is an entry.
    pub(crate) schemas: Vec<PathBuf>,
    pub(crate) instances: Vec<Instance>,
}

/// A document that is, or is not, as a schema wants it.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    /// Its path below the directory of the suite.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) is_valid: bool,
}

/// The groups whose name, or set and name, match `only`, in the order of their schemas.
pub(crate) fn read(directory: &Path, only: Option<&str>) -> Result<Vec<Group>, String> {
    let path = directory.join("TESTS.tsv");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&text, directory, only).map_err(|(line, what)| {
        let path = path.display();
        format!("{path}, line {line}: {what}")
    })
}

fn parse(
    text: &str,
    directory: &Path,
    only: Option<&str>,
) -> Result<Vec<Group>, (usize, &'static str)> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut pending = Vec::new();
    for (line, row) in (1..).zip(text.lines()).skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [what, part, set, group, expected, files @ ..] = columns.as_slice() else {
            return Err((line, "not what, kind, set, group, expected and files"));
        };
        let name = format!("{set}/{group}");
        if only.is_some_and(|only| !matches(only, group) && !matches(only, &name)) {
            continue;
        }
        let is_valid = match *expected {
            "valid" => true,
            "invalid" => false,
            _ => return Err((line, "what is expected is neither `valid` nor `invalid`")),
        };
        if *what == "instance" {
            pending.push((line, name, is_valid, files.to_vec()));
            continue;
        }
        places.insert(name.clone(), groups.len());
        groups.push(Group {
            number: line - 1,
            part: match *part {
                "nist" => Part::Nist,
                _ => Part::Structural,
            },
            set: (*set).to_owned(),
            name,
            is_valid,
            schemas: files.iter().map(|file| directory.join(file)).collect(),
            instances: Vec::new(),
        });
    }
    for (line, name, is_valid, files) in pending {
        let Some(&place) = places.get(&name) else {
            return Err((line, "the group of the instance has no schema"));
        };
        let instances = files.into_iter().map(|file| Instance {
            name: file.to_owned(),
            path: directory.join(file),
            is_valid,
        });
        groups[place].instances.extend(instances);
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TESTS: &str = "what\tkind\tset\tgroup\texpected\tfiles...\n\
        schema\tnist\tn\tg\tvalid\tn/g.xsd\n\
        instance\tnist\tn\tg\tinvalid\tn/g.xml\n\
        schema\tstructural\ts\th\tinvalid\ts/h.xsd\ts/i.xsd\n";

    #[test]
    fn instances_join_the_group_of_their_schema() {
        let groups = parse(TESTS, Path::new("d"), None).unwrap();
        let [first, second] = groups.as_slice() else {
            panic!("two groups");
        };
        assert_eq!(
            (first.number, first.part, first.is_valid),
            (1, Part::Nist, true)
        );
        assert_eq!(first.instances[0].path, Path::new("d/n/g.xml"));
        assert!(!first.instances[0].is_valid);
        assert_eq!((second.number, second.part), (3, Part::Structural));
        assert_eq!(
            second.schemas,
            [Path::new("d/s/h.xsd"), Path::new("d/s/i.xsd")]
        );
        assert_eq!(parse(TESTS, Path::new("d"), Some("s/*")).unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_row_is_told_with_its_line() {
        let lost = "head\ninstance\tnist\tn\tg\tvalid\tx\n";
        assert_eq!(
            parse(lost, Path::new("d"), None).unwrap_err(),
            (2, "the group of the instance has no schema")
        );
        let strange = "head\nschema\tnist\tn\tg\tmaybe\tx\n";
        assert!(parse(strange, Path::new("d"), None).is_err());
    }
}
