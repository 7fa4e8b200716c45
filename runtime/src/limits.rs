//! How much of a message the readers take before they refuse it. `docs/limits.md` is the table of
//! all limits; a test here compares its figures.

/// Bounds on a message that is read. Responses come from strangers: each bound turns an attack on
/// memory, time or stack into an error that names the bound.
///
/// Change single fields of [`Limits::default`], or start from [`Limits::strict`] or
/// [`Limits::trusted`]. The error is [`Error::Limit`](crate::Error::Limit), which names the field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Elements (or JSON objects and arrays) inside each other, the root being 1.
    pub depth: usize,
    /// Attributes and namespace declarations of one element.
    pub attributes: usize,
    /// Bytes of one attribute value.
    pub attribute_value: usize,
    /// Namespace declarations in scope at one time.
    pub bindings: usize,
    /// Bytes of one element or attribute name, prefix included.
    pub name: usize,
    /// Children of one element, items of declared lists not counted.
    pub children: usize,
    /// Elements (or JSON values) of the whole document.
    pub elements: usize,
    /// Bytes of the decoded body of a response.
    pub body: usize,
    /// How many times larger than its compressed form a body may be, once beyond 8 MiB.
    pub inflate_ratio: usize,
    /// Parts of an answer with attachments, the envelope included.
    pub parts: usize,
    /// Bytes of the header fields of one part.
    pub part_header: usize,
}

impl Limits {
    /// For servers that are not trusted at all: depth 32, 64 KiB of body.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            depth: 32,
            attributes: 32,
            attribute_value: 8 * 1024,
            bindings: 32,
            name: 256,
            children: 1_000,
            elements: 10_000,
            body: 64 * 1024,
            inflate_ratio: 20,
            parts: 16,
            part_header: 4 * 1024,
        }
    }

    /// For servers that are trusted to send large answers: a gibibyte, any number of elements.
    /// Depth stays at 100, because the stack stays as it is.
    #[must_use]
    pub fn trusted() -> Self {
        Self {
            depth: 100,
            attributes: 10_000,
            attribute_value: 16 * 1024 * 1024,
            bindings: 1_024,
            name: 10_000,
            children: usize::MAX,
            elements: usize::MAX,
            body: 1024 * 1024 * 1024,
            inflate_ratio: 1_100,
            parts: 10_000,
            part_header: 64 * 1024,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 100,
            attributes: 256,
            attribute_value: 64 * 1024,
            bindings: 128,
            name: 1_000,
            children: 100_000,
            elements: 2_000_000,
            body: 32 * 1024 * 1024,
            inflate_ratio: 100,
            parts: 1_000,
            part_header: 16 * 1024,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Limits;
    use crate::transport::{BodyLimit, Deadline};

    const KIB: usize = 1 << 10;

    fn bytes(number: usize) -> String {
        match number {
            n if n % KIB.pow(3) == 0 => format!("{} GiB", n / KIB.pow(3)),
            n if n % KIB.pow(2) == 0 => format!("{} MiB", n / KIB.pow(2)),
            n if n % KIB == 0 => format!("{} KiB", n / KIB),
            n => count(n),
        }
    }

    fn count(number: usize) -> String {
        if number == usize::MAX {
            return "none".to_owned();
        }
        let digits = number.to_string();
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    }

    /// The cells of each row of a section of the page, by the first one.
    fn rows(heading: &str) -> BTreeMap<String, Vec<String>> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/limits.md");
        let page = std::fs::read_to_string(path).unwrap();
        let (_, section) = page.split_once(&format!("\n## {heading}\n")).unwrap();
        let section = section.split("\n## ").next().unwrap();
        let table = section.lines().filter(|line| line.starts_with("| "));
        let cells = |line: &str| {
            let cells = line.trim_matches('|').split('|');
            let mut cells = cells.map(|cell| cell.trim().replace('`', ""));
            let name = cells.next().unwrap_or_default();
            (name, cells.collect())
        };
        table.skip(1).map(cells).collect()
    }

    #[test]
    fn the_page_gives_the_limits_on_answers() {
        // All fields, so that a new one is missed here.
        let each = |limits: Limits| {
            let Limits {
                depth,
                attributes,
                attribute_value,
                bindings,
                name,
                children,
                elements,
                body,
                inflate_ratio,
                parts,
                part_header,
            } = limits;
            BTreeMap::from([
                ("depth", count(depth)),
                ("attributes", count(attributes)),
                ("attribute_value", bytes(attribute_value)),
                ("bindings", count(bindings)),
                ("name", count(name)),
                ("children", count(children)),
                ("elements", count(elements)),
                ("body", bytes(body)),
                ("inflate_ratio", count(inflate_ratio)),
                ("parts", count(parts)),
                ("part_header", bytes(part_header)),
            ])
        };
        let presets = [Limits::default(), Limits::strict(), Limits::trusted()].map(each);
        let rows = rows("Answers");
        let named: Vec<&str> = rows.keys().map(String::as_str).collect();
        assert_eq!(named, presets[0].keys().copied().collect::<Vec<_>>());
        for (name, cells) in &rows {
            for (preset, cell) in presets.iter().zip(cells) {
                assert_eq!(*cell, preset[name.as_str()], "{name}");
            }
            assert_eq!(cells.len(), 5, "{name}");
        }
        assert_eq!(BodyLimit::DEFAULT.0, Limits::default().body);
    }

    #[test]
    fn the_page_gives_the_other_limits_of_a_call() {
        let seconds = |duration: std::time::Duration| format!("{} s", duration.as_secs());
        let expected = [
            ("Calls", "connect", seconds(Deadline::DEFAULT.connect)),
            ("Calls", "whole call", seconds(Deadline::DEFAULT.total)),
            (
                "Calls",
                "records inside each other",
                count(crate::shape::DEPTH),
            ),
            (
                "Calls",
                "elements inside each other",
                count(crate::xml::DEEPEST),
            ),
            (
                "Values",
                "characters of a number",
                count(crate::types::LONGEST),
            ),
            (
                "Values",
                "characters of a value shown",
                count(crate::types::SHOWN),
            ),
            ("Calls", "binary data in place", bytes(crate::mime::PACKED)),
            ("Errors", "body kept", bytes(crate::body::KEPT)),
            ("Errors", "body in Debug", count(crate::body::SHOWN)),
            ("Errors", "body in the message", count(crate::body::QUOTED)),
            (
                "Errors",
                "secret looked for",
                count(crate::redaction::SHORTEST),
            ),
            #[cfg(feature = "gzip")]
            (
                "Calls",
                "inflated freely",
                bytes(crate::content_coding::FREE),
            ),
        ];
        for (heading, name, figure) in expected {
            let rows = rows(heading);
            assert_eq!(rows[name][0], figure, "{heading}: {name}");
        }
    }
}
