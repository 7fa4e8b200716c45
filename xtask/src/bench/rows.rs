//! What `tests/bench` measured.

use std::collections::HashSet;

/// The name of the row that all others are held against.
pub(super) const OURS: &str = "castile";

/// No competitors: what memory itself takes, and how far hand and head can go.
const BOUNDS: [&str; 4] = [
    "memchr scan for `<`",
    "UTF-8 check",
    "memcpy",
    "push_str by hand",
];

/// What takes a document apart and gives no values: whoever wants these has all their work yet to do.
const WITHOUT_VALUES: [&str; 3] = [
    "quick-xml tokens",
    "quick-xml tokens, namespaces",
    "roxmltree",
];

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// `decode`, `encode` or `call`.
    pub(super) work: String,
    pub(super) document: String,
    pub(super) competitor: String,
    pub(super) bytes: f64,
    /// Nanoseconds of the shortest pass.
    pub(super) best: f64,
    pub(super) allocations: u64,
    /// The most bytes of heap at once.
    pub(super) peak: u64,
    /// Those of the result.
    pub(super) kept: u64,
}

impl Row {
    /// MB/s.
    pub(super) fn rate(&self) -> f64 {
        self.bytes * 1e3 / self.best
    }

    /// Whether it is somebody else's codec: it gives values, or is made of them.
    pub(super) fn is_peer(&self) -> bool {
        let name = self.competitor.as_str();
        !name.starts_with(OURS) && !BOUNDS.contains(&name) && !self.is_without_values()
    }

    /// Whether it gives no values.
    pub(super) fn is_without_values(&self) -> bool {
        WITHOUT_VALUES.contains(&self.competitor.as_str())
    }

    fn read(line: &str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [
            work,
            document,
            competitor,
            bytes,
            best,
            _median,
            allocations,
            peak,
            kept,
        ] = cells[..]
        else {
            return None;
        };
        Some(Self {
            work: work.to_owned(),
            document: document.to_owned(),
            competitor: competitor.to_owned(),
            bytes: bytes.parse().ok()?,
            best: best.parse().ok()?,
            allocations: allocations.parse().ok()?,
            peak: peak.parse().ok()?,
            kept: kept.parse().ok()?,
        })
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows(pub(super) Vec<Row>);

impl Rows {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let rows = text.lines().skip(1).map(|line| {
            Row::read(line).ok_or_else(|| format!("`{line}` is no row of the benchmark"))
        });
        rows.collect::<Result<_, _>>().map(Self)
    }

    /// Takes the better time of each row.
    pub(super) fn merge(&mut self, others: Self) {
        for other in others.0 {
            let same = self.0.iter_mut().find(|row| {
                (&row.work, &row.document, &row.competitor)
                    == (&other.work, &other.document, &other.competitor)
            });
            match same {
                Some(row) => row.best = row.best.min(other.best),
                None => self.0.push(other),
            }
        }
    }

    pub(super) fn get(&self, work: &str, document: &str, competitor: &str) -> Option<&Row> {
        self.0.iter().find(|row| {
            row.work == work && row.document == document && row.competitor == competitor
        })
    }

    /// The fastest of those that are `wanted`.
    pub(super) fn fastest(
        &self,
        work: &str,
        document: &str,
        wanted: fn(&Row) -> bool,
    ) -> Option<&Row> {
        let rows = self.0.iter().filter(|row| row.work == work);
        rows.filter(|row| row.document == document && wanted(row))
            .min_by(|a, b| a.best.total_cmp(&b.best))
    }

    /// In the order of the run.
    pub(super) fn documents(&self, work: &str) -> Vec<&str> {
        let mut seen = HashSet::new();
        let rows = self.0.iter().filter(|row| row.work == work);
        rows.map(|row| row.document.as_str())
            .filter(|name| seen.insert(*name))
            .collect()
    }

    /// In the order of the run.
    pub(super) fn competitors(&self, work: &str) -> Vec<&str> {
        let mut seen = HashSet::new();
        let rows = self.0.iter().filter(|row| row.work == work);
        rows.map(|row| row.competitor.as_str())
            .filter(|name| seen.insert(*name))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_time_counts_and_bounds_are_no_peers() {
        let head =
            "work\tdocument\tcompetitor\tbytes\tbest_ns\tmedian_ns\tallocations\tpeak\tkept\n";
        let first = format!(
            "{head}decode\td\tmemcpy\t1000\t1.0\t1.0\t1\t1\t0\n\
             decode\td\tslow\t1000\t900.0\t901.0\t1\t1\t0\n\
             decode\td\tquick\t1000\t500.0\t501.0\t1\t1\t0\n"
        );
        let second = format!("{head}decode\td\tslow\t1000\t250.0\t260.0\t1\t1\t0\n");
        let mut rows = Rows::read(&first).unwrap();
        assert_eq!(
            rows.fastest("decode", "d", Row::is_peer)
                .unwrap()
                .competitor,
            "quick"
        );
        rows.merge(Rows::read(&second).unwrap());
        let fastest = rows.fastest("decode", "d", Row::is_peer).unwrap();
        assert_eq!(
            (fastest.competitor.as_str(), fastest.rate()),
            ("slow", 4000.0)
        );
        assert_eq!(rows.competitors("decode"), ["memcpy", "slow", "quick"]);
        let tokens = format!("{head}decode\td\troxmltree\t1000\t1.0\t1.0\t1\t1\t0\n");
        rows.merge(Rows::read(&tokens).unwrap());
        let fastest = rows.fastest("decode", "d", Row::is_peer).unwrap();
        assert_eq!(fastest.competitor, "slow");
        let fastest = rows.fastest("decode", "d", Row::is_without_values).unwrap();
        assert_eq!(fastest.competitor, "roxmltree");
        assert!(Rows::read("head\na\tb\n").is_err_and(|it| it.contains("no row")));
    }
}
