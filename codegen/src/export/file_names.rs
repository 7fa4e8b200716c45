//! Names of the files of an export: speaking, safe, and no two the same.

use std::collections::BTreeSet;

/// File names that were given.
#[derive(Debug, Default)]
pub(super) struct FileNames {
    /// In lower case, for file systems that do not tell cases apart.
    taken: BTreeSet<String>,
}

impl FileNames {
    /// A name with this ending that no other file has.
    pub(super) fn unique(&mut self, wanted: &str, ending: &str) -> String {
        let safe: String = { wanted.chars() }
            .map(|c| {
                if c.is_alphanumeric() || "-_".contains(c) {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        let safe = match safe.trim_matches('-') {
            "" => "schema",
            trimmed => trimmed,
        };
        let mut name = format!("{safe}.{ending}");
        let mut number = 2_usize;
        while !self.taken.insert(name.to_lowercase()) {
            name = format!("{safe}-{number}.{ending}");
            number += 1;
        }
        name
    }
}

/// What a namespace is about: its last segment that is more than a number.
pub(super) fn of_namespace(namespace: &str) -> &str {
    namespace
        .rsplit(['/', ':', '#', '.'])
        .find(|segment| segment.chars().any(|c| c.is_alphabetic()))
        .unwrap_or("schema")
}

#[cfg(test)]
mod tests {
    use super::{FileNames, of_namespace};

    #[test]
    fn names_are_safe_and_told_apart() {
        let mut names = FileNames::default();
        assert_eq!(
            names.unique(of_namespace("http://a.example/v3/Orders/"), "xsd"),
            "Orders.xsd"
        );
        assert_eq!(
            names.unique(of_namespace("urn:orders:2"), "xsd"),
            "orders-2.xsd"
        );
        assert_eq!(names.unique("../etc/passwd", "xsd"), "etc-passwd.xsd");
        assert_eq!(names.unique(of_namespace(""), "xsd"), "schema.xsd");
    }
}
