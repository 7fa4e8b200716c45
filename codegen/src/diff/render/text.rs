//! For people at a terminal.

use std::fmt::Write as _;

use super::super::report::{Change, Report};
use super::{counts, groups, judgement, left_out, summary};

/// The report as text, grouped by operation, worst first. Changes of documentation alone are shown only
/// if `all` is set.
#[must_use]
pub fn text(report: &Report, all: bool) -> String {
    let mut out = format!("{}\n", summary(report));
    if report.changes.is_empty() {
        return out;
    }
    let _ = writeln!(out, "{}", counts(report));
    for group in groups(report, all) {
        let _ = writeln!(out, "\n{}", group.title);
        for one in group.changes {
            change(one, &mut out);
        }
    }
    if let Some(line) = left_out(report, all) {
        let _ = writeln!(out, "\n{line}");
    }
    out
}

fn change(change: &Change, out: &mut String) {
    let _ = writeln!(
        out,
        "\n  {}: {} {}",
        judgement(change),
        change.subject,
        change.kind.name()
    );
    for (side, place) in [("old", &change.old), ("new", &change.new)] {
        if let Some(place) = place {
            let _ = writeln!(out, "    --> {side} {place}");
        }
    }
    for finding in &change.wire {
        let direction = finding.direction.map_or("", |direction| match direction {
            super::super::report::Direction::Request => ", requests",
            super::super::report::Direction::Response => ", responses",
        });
        let _ = writeln!(
            out,
            "    wire{direction}: {}[{}]: {}",
            finding.verdict.name(),
            finding.rule,
            finding.why
        );
        if !finding.advice.is_empty() {
            let _ = writeln!(out, "      help: {}", finding.advice);
        }
    }
    for finding in &change.rust {
        let _ = writeln!(
            out,
            "    Rust: {}[{}]: {}",
            finding.bump.name(),
            finding.rule,
            finding.why
        );
    }
    if let Some(other) = &change.renamed {
        let _ = writeln!(out, "    renamed? `{other}` is near, and of the same shape");
    }
}
