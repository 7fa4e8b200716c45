//! The section on the W3C's tests of XML Schema.

use std::fmt::Write as _;

use super::published::{BARS, BARS_SOURCE};

pub(super) const BEGIN: &str = "<!-- begin xsts -->\n";
pub(super) const END: &str = "<!-- end xsts -->\n";

const HEAD: &str = "\
## The W3C's tests of XML Schema 1.0

What `cargo xtask xsts` counts. Of a valid schema everything that it declares is generated and compiled
with warnings denied; each of its valid instances is read and written anew, and what comes out is
compared by code that shares nothing with the runtime. L0: it is read; L1: what is written is valid to
libxml2, where that takes the instance itself; L2: typed-equal; L3: equal but for prefixes and blanks.
NIST's tests have one element of a simple type each; all others are structural.
";

/// The section, from the sums of a run: a table in Markdown of measure, NIST and structural.
pub(super) fn section(sums: &str) -> String {
    let mut out =
        format!("{BEGIN}{HEAD}\n| measure | NIST | structural | others |\n|---|---|---|---|\n");
    for line in sums.lines().skip(2) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [measure, nist, structural] = cells[..] else {
            continue;
        };
        let bar = { BARS.iter() }
            .find(|(begins, _)| measure.starts_with(begins))
            .map_or("–", |(_, bar)| bar);
        let _ = writeln!(out, "| {measure} | {nist} | {structural} | {bar} |");
    }
    let _ = write!(out, "\n{BARS_SOURCE}\n{END}");
    out
}

/// The section as a page has it.
pub(super) fn of_page(page: &str) -> Option<&str> {
    let begin = page.find(BEGIN)?;
    let end = page[begin..].find(END)? + begin + END.len();
    Some(&page[begin..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_stand_beside_the_figures_of_others() {
        let sums = "| | nist | structural |\n|---|---|---|\n| (b) of the accepted | 1 of 1 | 2 of 3 |\n\
                    | groups without panic | 1 of 1 | 4 of 4 |\n";
        let section = section(sums);
        assert!(section.contains(
            "| (b) of the accepted | 1 of 1 | 2 of 3 | no other generator publishes it |\n\
             | groups without panic | 1 of 1 | 4 of 4 | – |\n"
        ));
        let page = format!("before\n{section}after\n");
        assert_eq!(of_page(&page), Some(&*section));
        assert_eq!(of_page("before"), None);
    }
}
