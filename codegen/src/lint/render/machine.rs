//! JSON, and SARIF 2.1.0 (OASIS), in which findings travel to services that show them beside code.

use serde_json::{Value, json as object};

use super::super::{Findings, Level, PAGE_RULES, RULES, Rule};
use crate::diagnostic::Places;
use crate::source::Sources;

/// The findings as JSON, accepted ones with their reasons.
#[must_use]
pub fn json(findings: &Findings, sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let shown = findings.findings.iter().map(|finding| {
        let place = places.place(finding.span);
        object!({
            "rule": finding.rule.id,
            "name": finding.rule.name,
            "level": finding.rule.level.word(),
            "message": finding.message,
            "help": finding.help,
            "accepted": finding.accepted,
            "place": place.map(|place| object!({
                "path": place.path,
                "line": place.line,
                "column": place.column,
            })),
        })
    });
    let value = object!({
        "format": 1,
        "open": findings.of(Level::Warning).count(),
        "notes": findings.of(Level::Note).count(),
        "findings": shown.collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

/// The findings as a SARIF log; accepted ones are suppressed, with their reasons.
#[must_use]
pub fn sarif(findings: &Findings, sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let results = findings.findings.iter().map(|finding| {
        let mut result = object!({
            "ruleId": finding.rule.id,
            "level": finding.rule.level.word(),
            "message": { "text": format!("{}. {}.", finding.message, finding.help) },
        });
        if let Some(place) = places.place(finding.span) {
            result["locations"] = object!([{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(&place.path) },
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "endColumn": place.column + place.marked,
                    },
                },
            }]);
        }
        if let Some(reason) = &finding.accepted {
            result["suppressions"] = object!([{
                "kind": "inSource",
                "justification": reason,
            }]);
        }
        result
    });
    let all = { RULES.iter().chain(PAGE_RULES) }.chain([&super::super::rules::ACCEPTED]);
    let value = object!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "castile",
                "rules": all.map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{value:#}\n")
}

fn rule(rule: &Rule) -> Value {
    let mut value = object!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": { "text": rule.title },
        "defaultConfiguration": { "level": rule.level.word() },
    });
    if !rule.standard.is_empty() {
        let text = format!("{} ({}, {})", rule.title, rule.standard, rule.id);
        value["fullDescription"] = object!({ "text": text });
    }
    value
}

/// A path as a relative reference: what is no letter of it is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
