//! Logs of SARIF 2.1.0 by what the standard requires (OASIS, §3): of each object that we write, the
//! properties that must be there, those that may, and the form of their values.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::lint;
use serde_json::Value;

/// An object of SARIF: where it stands, what it must have, what it may have besides. `*` is every item.
const OBJECTS: &[(&str, &[&str], &[&str])] = &[
    ("", &["version", "runs"], &["$schema"]),
    ("runs/*", &["tool", "results"], &["columnKind"]),
    ("runs/*/tool", &["driver"], &[]),
    ("runs/*/tool/driver", &["name"], &["rules"]),
    (
        "runs/*/tool/driver/rules/*",
        &["id"],
        &[
            "name",
            "shortDescription",
            "fullDescription",
            "defaultConfiguration",
        ],
    ),
    (
        "runs/*/tool/driver/rules/*/shortDescription",
        &["text"],
        &[],
    ),
    ("runs/*/tool/driver/rules/*/fullDescription", &["text"], &[]),
    (
        "runs/*/tool/driver/rules/*/defaultConfiguration",
        &[],
        &["level"],
    ),
    (
        "runs/*/results/*",
        &["message"],
        &["ruleId", "level", "locations", "suppressions"],
    ),
    ("runs/*/results/*/message", &["text"], &[]),
    ("runs/*/results/*/locations/*", &["physicalLocation"], &[]),
    (
        "runs/*/results/*/locations/*/physicalLocation",
        &["artifactLocation"],
        &["region"],
    ),
    (
        "runs/*/results/*/locations/*/physicalLocation/artifactLocation",
        &["uri"],
        &[],
    ),
    (
        "runs/*/results/*/locations/*/physicalLocation/region",
        &["startLine"],
        &["startColumn", "endColumn"],
    ),
    (
        "runs/*/results/*/suppressions/*",
        &["kind"],
        &["justification"],
    ),
];

/// The values at a path.
fn at<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut here = vec![value];
    for step in path.split('/').filter(|step| !step.is_empty()) {
        here = { here.into_iter() }
            .flat_map(|value| match step {
                "*" => value
                    .as_array()
                    .unwrap_or_else(|| panic!("{path}: {value}"))
                    .iter()
                    .collect(),
                step => value.get(step).into_iter().collect::<Vec<_>>(),
            })
            .collect();
    }
    here
}

/// What is wrong with a log.
fn faults(log: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, required, optional) in OBJECTS {
        for object in at(log, path) {
            let Some(object) = object.as_object() else {
                faults.push(format!("`{path}` is no object"));
                continue;
            };
            let is_known = |name: &&String| {
                required.contains(&name.as_str()) || optional.contains(&name.as_str())
            };
            let unknown = object.keys().filter(|name| !is_known(name));
            faults.extend(unknown.map(|name| format!("`{path}` has `{name}`")));
            let missing = required.iter().filter(|name| !object.contains_key(**name));
            faults.extend(missing.map(|name| format!("`{path}` has no `{name}`")));
        }
    }
    let mut demand = |path: &str, what: &str, is_good: &dyn Fn(&Value) -> bool| {
        let bad = at(log, path).into_iter().filter(|value| !is_good(value));
        faults.extend(bad.map(|value| format!("`{path}` is {value}, and no {what}")));
    };
    let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    let is_count = |value: &Value| value.as_u64().is_some_and(|count| count > 0);
    let is_level =
        |value: &Value| matches!(value.as_str(), Some("none" | "note" | "warning" | "error"));
    let is_reference = |value: &Value| {
        value.as_str().is_some_and(|uri| {
            let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~%:".contains(&byte);
            !uri.is_empty() && uri.bytes().all(is_legal)
        })
    };
    demand("version", "version", &|value| value == "2.1.0");
    demand("runs/*/columnKind", "kind", &|value| {
        value == "unicodeCodePoints"
    });
    demand("runs/*/tool/driver/rules/*/id", "text", &is_text);
    demand(
        "runs/*/tool/driver/rules/*/shortDescription/text",
        "text",
        &is_text,
    );
    demand(
        "runs/*/tool/driver/rules/*/defaultConfiguration/level",
        "level",
        &is_level,
    );
    demand("runs/*/results/*/message/text", "text", &is_text);
    demand("runs/*/results/*/level", "level", &is_level);
    let place = "runs/*/results/*/locations/*/physicalLocation";
    demand(
        &format!("{place}/artifactLocation/uri"),
        "reference",
        &is_reference,
    );
    demand(&format!("{place}/region/startLine"), "count", &is_count);
    demand(&format!("{place}/region"), "part of a line", &|region| {
        let column = |name: &str| region.get(name).and_then(Value::as_u64);
        column("startColumn") > Some(0) && column("startColumn") < column("endColumn")
    });
    demand("runs/*/results/*/suppressions/*/kind", "kind", &|kind| {
        matches!(kind.as_str(), Some("inSource" | "external"))
    });
    let rules: BTreeSet<&str> = { at(log, "runs/*/tool/driver/rules/*/id").into_iter() }
        .filter_map(Value::as_str)
        .collect();
    let all = at(log, "runs/*/tool/driver/rules/*").len();
    if rules.len() != all {
        faults.push(format!("{all} rules have {} numbers", rules.len()));
    }
    let of_no_rule = { at(log, "runs/*/results/*/ruleId").into_iter() }
        .filter(|rule| !rule.as_str().is_some_and(|rule| rules.contains(rule)));
    faults.extend(of_no_rule.map(|rule| format!("{rule} is no rule")));
    faults
}

fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

fn log(input: &Path) -> Value {
    let linted = Generator::new().input(input).lint();
    let (findings, sources) = linted.unwrap_or_else(|e| panic!("{}:\n{e}", input.display()));
    serde_json::from_str(&lint::sarif(&findings, &sources)).unwrap()
}

#[test]
fn logs_are_what_the_standard_requires() {
    let mut results = 0;
    for rule in fs::read_dir(root().join("tests/cases/lint")).unwrap() {
        for input in fs::read_dir(rule.unwrap().path()).unwrap() {
            let input = input.unwrap().path();
            if input.file_stem().is_some_and(|stem| stem == "fires") {
                let log = log(&input);
                assert_eq!(faults(&log), Vec::<String>::new(), "{}", input.display());
                results += at(&log, "runs/*/results/*").len();
            }
        }
    }
    assert!(results >= 50, "{results}");
    // Those are accepted, with reasons.
    let log = log(&root().join("schemas/collector"));
    assert_eq!(faults(&log), Vec::<String>::new());
    let accepted = at(&log, "runs/*/results/*/suppressions/*/justification");
    assert_eq!(accepted.len(), at(&log, "runs/*/results/*").len());
}

#[test]
fn a_log_that_is_wrong_is_seen() {
    let log = log(&root().join("tests/cases/lint/L27/fires.md"));
    let wrong = |pointer: &str, value: Option<Value>| {
        let mut log = log.clone();
        let (object, name) = pointer.rsplit_once('/').unwrap();
        let object = log.pointer_mut(object).unwrap().as_object_mut().unwrap();
        match value {
            Some(value) => drop(object.insert(name.to_owned(), value)),
            None => drop(object.remove(name)),
        }
        faults(&log)
    };
    let region = "/runs/0/results/0/locations/0/physicalLocation/region";
    assert_eq!(
        wrong("/runs/0/results/0/message", None),
        ["`runs/*/results/*` has no `message`"]
    );
    assert_eq!(
        wrong("/runs/0/results/0/rule", Some("L27".into())),
        ["`runs/*/results/*` has `rule`"]
    );
    assert_eq!(
        wrong("/runs/0/results/0/ruleId", Some("L99".into())),
        ["\"L99\" is no rule"]
    );
    assert_eq!(
        wrong("/runs/0/results/0/level", Some("bad".into())),
        ["`runs/*/results/*/level` is \"bad\", and no level"]
    );
    assert_eq!(
        wrong(&format!("{region}/startLine"), Some(0.into())),
        ["`runs/*/results/*/locations/*/physicalLocation/region/startLine` is 0, and no count"]
    );
}
