//! Findings for people and for machines.

mod machine;

use std::fmt::Write as _;

use super::{Finding, Findings, Level};
use crate::source::{Sources, Span};

pub use machine::{json, sarif};

/// Where a finding is, as people count.
struct Place<'s> {
    path: String,
    line: usize,
    column: usize,
    end_column: usize,
    text: &'s str,
}

fn place(span: Span, sources: &Sources) -> Option<Place<'_>> {
    let document = sources.of(span)?;
    let floor = |mut at: usize| {
        at = at.min(document.text.len());
        while !document.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (floor(span.start as usize), floor(span.end as usize));
    let before = &document.text[..start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = &document.text[line_start..];
    let text = rest.lines().next().unwrap_or_default();
    let column = before[line_start..].chars().count() + 1;
    let line_end = line_start + text.len();
    let marked = document.text[start..end.clamp(start, line_end.max(start))]
        .chars()
        .count();
    Some(Place {
        path: document.path.display().to_string(),
        line: before.matches('\n').count() + 1,
        column,
        end_column: column + marked.max(1),
        text,
    })
}

/// As much of a line as is shown: tables are wide.
const WINDOW: usize = 100;

/// The findings that nobody accepts, in the manner of rustc, and how many are accepted.
#[must_use]
pub fn text(findings: &Findings, sources: &Sources) -> String {
    let mut out = String::new();
    for finding in findings.open() {
        one(finding, sources, &mut out);
    }
    let (open, notes) = (
        findings.of(Level::Warning).count(),
        findings.of(Level::Note).count(),
    );
    let accepted = findings.findings.len() - open - notes;
    let notes = match notes {
        0 => String::new(),
        1 => "1 note, ".to_owned(),
        notes => format!("{notes} notes, "),
    };
    let _ = writeln!(out, "{open} findings, {notes}{accepted} accepted");
    out
}

fn one(finding: &Finding, sources: &Sources, out: &mut String) {
    let rule = finding.rule;
    let _ = writeln!(
        out,
        "{}[{} {}]: {}",
        rule.level.word(),
        rule.id,
        rule.name,
        finding.message
    );
    let standard = match rule.standard {
        "" => String::new(),
        standard => format!(" ({standard})"),
    };
    if let Some(place) = place(finding.span, sources) {
        let gutter = " ".repeat(place.line.to_string().len());
        // The part of a wide line that is marked.
        let skipped = match place.column {
            column if column > WINDOW / 2 => column - WINDOW / 2,
            _ => 0,
        };
        let shown: String = { place.text.chars().skip(skipped).take(WINDOW) }
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let marks = (place.end_column - place.column).min(WINDOW / 2);
        let indent = " ".repeat(place.column - 1 - skipped);
        let _ = writeln!(
            out,
            "{gutter}--> {}:{}:{}",
            place.path, place.line, place.column
        );
        let _ = writeln!(out, "{gutter} |");
        let _ = writeln!(out, "{} | {}", place.line, shown.trim_end());
        let _ = writeln!(out, "{gutter} | {indent}{}", "^".repeat(marks));
        let _ = writeln!(out, "{gutter} = help: {}{standard}\n", finding.help);
    } else {
        let _ = writeln!(out, "  = help: {}{standard}\n", finding.help);
    }
}
