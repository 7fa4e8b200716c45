//! A report for people, for a pull request, for machines.

mod json;
mod markdown;
mod text;

pub use json::json;
pub use markdown::markdown;
pub use text::text;

use super::report::{Bump, Change, Report, Verdict};

/// Changes that concern the same operations.
struct Group<'r> {
    title: String,
    changes: Vec<&'r Change>,
}

/// More operations than this are counted instead of listed in full.
const LISTED: usize = 4;

/// The changes by the operations that they concern, the group with the worst change first.
/// Documentation alone is left out unless `all` is set.
fn groups(report: &Report, all: bool) -> Vec<Group<'_>> {
    let mut groups: Vec<(&[String], Group<'_>)> = Vec::new();
    // The changes are sorted, worst first: so are groups in the order of their first change.
    for change in report
        .changes
        .iter()
        .filter(|change| all || !change.is_documentation())
    {
        let operations = change.operations.as_slice();
        match groups.iter_mut().find(|(known, _)| *known == operations) {
            Some((_, group)) => group.changes.push(change),
            None => groups.push((
                operations,
                Group {
                    title: title(operations, report),
                    changes: vec![change],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn title(operations: &[String], report: &Report) -> String {
    match operations {
        [] if report.operations.is_empty() => "Schema".to_owned(),
        [] => "Service".to_owned(),
        [only] => format!("Operation {only}"),
        all if all.len() == report.operations.len() => "All operations".to_owned(),
        some if some.len() <= LISTED => format!("Operations {}", some.join(", ")),
        some => format!(
            "{} operations: {}, …",
            some.len(),
            some[..LISTED].join(", ")
        ),
    }
}

/// What a report says in one line.
fn summary(report: &Report) -> String {
    let Some(bump) = report.bump() else {
        return "no changes".to_owned();
    };
    format!("wire: {}; Rust: {}", report.verdict().name(), bump.name())
}

/// How a change is judged, in a word or two.
fn judgement(change: &Change) -> String {
    let mut words = Vec::new();
    if !change.wire.is_empty() {
        words.push(change.verdict().name());
    }
    if !change.rust.is_empty() {
        words.push(change.bump().name());
    }
    words.join(", ")
}

/// How many changes are of which kind, in words.
fn counts(report: &Report) -> String {
    let count = |test: &dyn Fn(&Change) -> bool| report.changes.iter().filter(|c| test(c)).count();
    let breaks = |change: &Change| change.verdict() == Verdict::Breaking;
    let wire = count(&breaks);
    let rust = count(&|c| c.bump() == Bump::Major);
    let unknown = count(&|c| c.verdict() == Verdict::Unknown);
    let harmless = count(&|c| c.verdict() == Verdict::Compatible && c.bump() != Bump::Major);
    format!(
        "{} changes: {wire} break the wire, {rust} break Rust callers, {unknown} cannot be told, \
         {harmless} do no harm",
        report.changes.len()
    )
}

/// What is left out of a report that is not asked for all.
fn left_out(report: &Report, all: bool) -> Option<String> {
    let documentation = report
        .changes
        .iter()
        .filter(|change| change.is_documentation());
    match documentation.count() {
        0 => None,
        _ if all => None,
        1 => Some("1 change of documentation alone is not shown; `--all` shows it".to_owned()),
        n => Some(format!(
            "{n} changes of documentation alone are not shown; `--all` shows them"
        )),
    }
}
