//! Findings for people and for machines.

mod machine;

use std::fmt::Write as _;

use super::{Finding, Findings, Level};
use crate::diagnostic::Places;
use crate::source::Sources;

pub use machine::{json, sarif};

/// The findings that nobody accepts, in the manner of rustc, and how many are accepted.
#[must_use]
pub fn text(findings: &Findings, sources: &Sources) -> String {
    let mut out = String::new();
    let mut places = Places::new(sources);
    for finding in findings.open() {
        one(finding, &mut places, &mut out);
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
    let noun = if open == 1 { "finding" } else { "findings" };
    let _ = writeln!(out, "{open} {noun}, {notes}{accepted} accepted");
    out
}

fn one(finding: &Finding, places: &mut Places<'_>, out: &mut String) {
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
    let place = places.place(finding.span);
    let width = { place.as_ref() }.map_or(1, |place| place.line.to_string().len());
    if let Some(place) = place {
        place.draw('^', None, width, out);
    }
    let _ = writeln!(out, "{:width$} = help: {}{standard}\n", "", finding.help);
}
