//! The rules of `castile lint`: each has a case in `tests/cases/lint` in which it fires, and one in which
//! it is silent. `cargo xtask case update` rewrites what is expected.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::lint::{self, Findings, PAGE_RULES, RULES};
use castile_codegen::source::Sources;

fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

fn linted(input: &Path) -> (Findings, Sources) {
    let linted = Generator::new().input(input).lint();
    linted.unwrap_or_else(|failure| panic!("{}:\n{failure}", input.display()))
}

fn case(rule: &str, stem: &str) -> PathBuf {
    let directory = root().join("tests/cases/lint").join(rule);
    let found =
        ["md", "xsd", "wsdl"].map(|extension| directory.join(format!("{stem}.{extension}")));
    let found = found.into_iter().find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("{rule} has no case `{stem}`"))
}

fn shown(findings: &Findings, sources: &Sources) -> String {
    let cases = root().join("tests/cases/lint");
    lint::text(findings, sources).replace(&format!("{}/", cases.display()), "")
}

#[test]
fn every_rule_fires_and_is_silent() {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).chain(["L00"]).collect();
    let mut wrong = Vec::new();
    for rule in &rules {
        let (findings, sources) = linted(&case(rule, "fires"));
        let fired: BTreeSet<&str> = findings.open().map(|finding| finding.rule.id).collect();
        assert_eq!(fired, BTreeSet::from([*rule]), "{rule}");
        let text = shown(&findings, &sources);
        let expected_path = root()
            .join("tests/cases/lint")
            .join(rule)
            .join("expected.txt");
        if std::env::var_os("CASTILE_UPDATE_CASES").is_some() {
            fs::write(&expected_path, &text).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if text != expected {
            wrong.push(format!(
                "{rule}:\n--- expected\n{expected}--- shown\n{text}"
            ));
        }
        let (findings, sources) = linted(&case(rule, "silent"));
        assert_eq!(
            findings.open().count(),
            0,
            "{rule}\n{}",
            shown(&findings, &sources)
        );
    }
    assert!(
        wrong.is_empty(),
        "{}\n`cargo xtask case update` rewrites them",
        wrong.join("\n")
    );
    let there: BTreeSet<String> = fs::read_dir(root().join("tests/cases/lint"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, rules.iter().map(|rule| (*rule).to_owned()).collect());
}

#[test]
fn what_is_odd_in_our_schemas_is_accepted_with_a_reason() {
    for provider in ["apaczka", "collector", "worldline"] {
        let (findings, sources) = linted(&root().join("schemas").join(provider));
        let open = shown(&findings, &sources);
        assert_eq!(findings.open().count(), 0, "{provider}\n{open}");
        assert!(!findings.findings.is_empty(), "{provider}");
    }
}

#[test]
fn rules_are_sorted_and_named_once() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn machines_get_json_and_sarif() {
    let (findings, sources) = linted(&case("L00", "silent"));
    let short = |text: String| {
        let cases = root().join("tests/cases/lint");
        let plain = text.replace(&format!("{}/", cases.display()), "");
        serde_json::from_str::<serde_json::Value>(&plain).unwrap()
    };
    let json = short(lint::json(&findings, &sources));
    let message =
        "`Country` may have 4 characters, and is described by `alpha-2`, whose values have 2";
    let help = "look which the service takes: the standard's values, or longer ones";
    let reason = "the provider takes names of four letters, too";
    let expected = serde_json::json!({
        "format": 1,
        "open": 0,
        "notes": 0,
        "findings": [{
            "rule": "L06",
            "name": "standard-contradicted",
            "level": "warning",
            "message": message,
            "help": help,
            "accepted": reason,
            "place": { "path": "L00/silent.md", "line": 20, "column": 3 },
        }],
    });
    assert_eq!(json, expected);
    let sarif = short(lint::sarif(&findings, &sources));
    assert_eq!(sarif["version"], "2.1.0");
    let expected = serde_json::json!([{
        "ruleId": "L06",
        "level": "warning",
        "message": { "text": format!("{message}. {help}.") },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": "L00/silent.md" },
                "region": { "startLine": 20, "startColumn": 3, "endColumn": 10 },
            },
        }],
        "suppressions": [{ "kind": "inSource", "justification": reason }],
    }]);
    assert_eq!(sarif["runs"][0]["results"], expected);
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(rules, RULES.len() + PAGE_RULES.len() + 1);
}
