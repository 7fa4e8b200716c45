//! For a pull request.

use std::fmt::Write as _;

use super::super::report::{Change, Direction, Report};
use super::{counts, groups, judgement, left_out, summary};

/// The report as Markdown: a table a group of operations, the worst first, with the reasons folded
/// away below it. Changes of documentation alone are shown only if `all` is set.
#[must_use]
pub fn markdown(report: &Report, all: bool) -> String {
    let mut out = format!("### Contract changes: {}\n", summary(report));
    if report.changes.is_empty() {
        return out;
    }
    let _ = writeln!(out, "\n{}.", counts(report));
    for group in groups(report, all) {
        let _ = writeln!(out, "\n#### {}\n", escaped(&group.title));
        out.push_str("| Judged | Change | Where | Why |\n|---|---|---|---|\n");
        for change in group.changes {
            row(change, &mut out);
        }
    }
    if let Some(line) = left_out(report, all) {
        let _ = writeln!(out, "\n{line}.");
    }
    out
}

fn row(change: &Change, out: &mut String) {
    let mut reasons = Vec::new();
    for finding in &change.wire {
        let direction = match finding.direction {
            None => "wire",
            Some(Direction::Request) => "requests",
            Some(Direction::Response) => "responses",
        };
        let advice = match finding.advice.as_str() {
            "" => String::new(),
            advice => format!(" *{}*", escaped(advice)),
        };
        reasons.push(format!(
            "**{direction}** {}: {}.{advice}",
            finding.verdict.name(),
            escaped(&finding.why)
        ));
    }
    for finding in &change.rust {
        reasons.push(format!(
            "**Rust** {}: {}.",
            finding.bump.name(),
            escaped(&finding.why)
        ));
    }
    if let Some(other) = &change.renamed {
        reasons.push(format!(
            "Renamed? `{}` is near, and of the same shape.",
            escaped(other)
        ));
    }
    let places: Vec<String> = [&change.old, &change.new]
        .into_iter()
        .flatten()
        .map(|place| format!("`{}:{}`", escaped(&place.path), place.line))
        .collect();
    let _ = writeln!(
        out,
        "| {} | {} {} | {} | {} |",
        judgement(change),
        escaped(&change.subject.to_string()),
        change.kind.name(),
        places.join("<br>"),
        reasons.join("<br>")
    );
}

/// Text of a contract inside a cell: no line, cell, tag or link of its own.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' => escaped.push_str("\\|"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '[' | ']' | '*' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '@' => escaped.push_str("&#64;"),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
