//! For machines: `docs/diff.md` describes the members.

use serde_json::{Value, json as object};

use super::super::report::{Bump, Change, Place, Report, Subject};

/// The version of the format: it grows when a member goes or means another thing.
const FORMAT: u32 = 1;

/// The report as JSON, always with every change.
#[must_use]
pub fn json(report: &Report) -> String {
    let value = object!({
        "format": FORMAT,
        "wire": report.verdict().name(),
        "rust": report.bump().map(Bump::name),
        "exit_code": report.exit_code(),
        "operations": report.operations,
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn change(change: &Change) -> Value {
    let wire = change.wire.iter().map(|finding| {
        object!({
            "verdict": finding.verdict.name(),
            "direction": finding.direction.map(|direction| direction.name()),
            "rule": finding.rule,
            "why": finding.why,
            "advice": finding.advice,
        })
    });
    let rust = change.rust.iter().map(|finding| {
        object!({
            "bump": finding.bump.name(),
            "rule": finding.rule,
            "path": finding.path,
            "why": finding.why,
        })
    });
    object!({
        "subject": subject(&change.subject),
        "change": change.kind.name(),
        "operations": change.operations,
        "old": change.old.as_ref().map(place),
        "new": change.new.as_ref().map(place),
        "renamed": change.renamed,
        "wire": wire.collect::<Vec<_>>(),
        "rust": rust.collect::<Vec<_>>(),
    })
}

fn subject(subject: &Subject) -> Value {
    let (kind, name, member) = match subject {
        Subject::Client(name) => ("client", name, None),
        Subject::Operation(client, name) => ("operation", client, Some(name.as_str())),
        Subject::Component(name) => ("component", name, None),
        Subject::Member(owner, member) => match member.strip_prefix('@') {
            Some(member) => ("attribute", owner, Some(member)),
            None => ("element", owner, Some(member.as_str())),
        },
        Subject::Rust(path) => ("rust", path, None),
    };
    object!({
        "kind": kind,
        "name": name,
        "member": member,
        "text": subject.to_string(),
    })
}

fn place(place: &Place) -> Value {
    object!({ "path": place.path, "line": place.line, "column": place.column })
}
