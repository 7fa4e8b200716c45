//! Pairs of contracts in `tests/cases/diff`: how each is judged, and what is said of it.
//! `cargo xtask case update` rewrites what is said, never how it is judged.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::diff::{self, Bump, Report, Side, Verdict};

/// The pairs, each with the judgement on the wire and for Rust callers: decided before the code was
/// asked. `-` is no change in Rust at all.
const JUDGED: &[(&str, &str, &str)] = &[
    ("action-changed", "breaking", "patch"),
    ("address-changed", "unknown", "patch"),
    ("answer-added", "breaking", "major"),
    ("arguments-exchanged", "breaking", "major"),
    ("attribute-became-required", "breaking", "major"),
    ("attribute-default-changed", "unknown", "patch"),
    ("body-element-renamed", "breaking", "major"),
    ("bounds-in-one-rust-type", "compatible", "patch"),
    ("choice-branch-added-to-request", "compatible", "major"),
    ("choice-branch-added-to-response", "breaking", "major"),
    ("content-became-mixed", "breaking", "major"),
    ("date-became-date-time", "breaking", "major"),
    ("derived-type-added", "compatible", "minor"),
    ("derived-type-extended", "compatible", "major"),
    ("derived-type-removed", "breaking", "major"),
    ("descriptor-digits-lowered", "breaking", "patch"),
    ("descriptor-fault-code-added", "compatible", "minor"),
    ("descriptor-limit-shortened", "breaking", "patch"),
    ("descriptor-presence-lowered", "breaking", "major"),
    ("descriptor-rule-added", "breaking", "major"),
    ("documentation-changed", "compatible", "patch"),
    ("element-moved-in-request", "breaking", "-"),
    ("element-moved-in-response", "compatible", "-"),
    ("element-removed-from-request", "breaking", "major"),
    ("element-renamed", "breaking", "major"),
    ("element-repeats-in-request", "compatible", "major"),
    ("element-repeats-in-response", "breaking", "major"),
    ("elements-became-unqualified", "breaking", "patch"),
    ("fault-added", "compatible", "minor"),
    ("field-deprecated", "compatible", "minor"),
    ("first-fault-added", "compatible", "major"),
    ("header-added", "compatible", "minor"),
    ("json-error-body-dropped", "compatible", "major"),
    ("json-method-changed", "breaking", "patch"),
    ("json-number-became-string", "breaking", "major"),
    ("json-path-changed", "breaking", "patch"),
    ("json-path-parameter-renamed", "compatible", "major"),
    ("json-query-parameter-added", "compatible", "major"),
    ("limit-lengthened", "compatible", "patch"),
    ("limit-shortened", "breaking", "patch"),
    ("namespace-changed", "breaking", "patch"),
    ("nil-where-optional", "compatible", "major"),
    ("nillable-in-request", "compatible", "major"),
    ("nillable-in-response", "breaking", "major"),
    ("no-longer-nillable-in-request", "breaking", "major"),
    ("operation-added", "compatible", "minor"),
    ("operation-removed", "breaking", "major"),
    ("optional-element-added-to-request", "compatible", "major"),
    (
        "optional-element-removed-from-response",
        "compatible",
        "major",
    ),
    ("pattern-added", "breaking", "-"),
    ("pattern-changed", "unknown", "-"),
    ("renamed-in-rust-only", "compatible", "major"),
    ("required-element-added-to-request", "breaking", "major"),
    ("required-element-added-to-response", "compatible", "major"),
    (
        "required-element-removed-from-response",
        "breaking",
        "major",
    ),
    ("required-header-added", "breaking", "minor"),
    ("sequence-became-choice", "breaking", "major"),
    ("shared-type-both-ways", "breaking", "major"),
    ("soap-version-changed", "breaking", "patch"),
    ("substitute-added", "breaking", "major"),
    ("type-became-abstract", "breaking", "major"),
    ("type-got-a-name", "compatible", "major"),
    ("type-narrowed-in-request", "breaking", "major"),
    ("type-widened-in-request", "compatible", "major"),
    ("type-widened-in-response", "breaking", "major"),
    ("value-added-to-request", "compatible", "minor"),
    ("value-added-to-response", "compatible", "minor"),
    ("value-removed-from-request", "breaking", "major"),
    ("value-removed-from-response", "compatible", "major"),
    ("wildcard-removed", "breaking", "major"),
    ("wsdl-against-descriptor", "compatible", "major"),
];

fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

fn side(input: &Path) -> Side {
    let side = Generator::new().input(input).side();
    side.unwrap_or_else(|failure| panic!("{}:\n{failure}", input.display()))
}

/// The input of one side of a pair: `old.wsdl`, or the directory `old`.
fn input(case: &Path, stem: &str) -> PathBuf {
    let mut found: Vec<PathBuf> = fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_stem().is_some_and(|name| name == stem))
        .collect();
    assert_eq!(
        found.len(),
        1,
        "{}: one input called `{stem}`",
        case.display()
    );
    found.remove(0)
}

fn report(case: &Path) -> Report {
    let [old, new] = ["old", "new"].map(|stem| side(&input(case, stem)).shown_from(case));
    diff::judge(&old, &new)
}

fn cases() -> PathBuf {
    root().join("tests/cases/diff")
}

#[test]
fn every_pair_is_judged_as_decided() {
    let mut wrong = Vec::new();
    let mut known = BTreeSet::new();
    for &(name, wire, rust) in JUDGED {
        known.insert(name.to_owned());
        let report = report(&cases().join(name));
        let is_in_rust = report.changes.iter().any(|change| !change.rust.is_empty());
        let bump = report.bump().filter(|_| is_in_rust);
        let judged = (report.verdict().name(), bump.map_or("-", Bump::name));
        if judged != (wire, rust) {
            wrong.push(format!(
                "{name}: {judged:?}, decided was {:?}",
                (wire, rust)
            ));
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
    let there: BTreeSet<String> = fs::read_dir(cases())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, known);
}

#[test]
fn every_pair_is_explained() {
    let mut wrong = Vec::new();
    for &(name, _, _) in JUDGED {
        let case = cases().join(name);
        let shown = diff::text(&report(&case), true);
        let expected_path = case.join("expected.txt");
        if std::env::var_os("CASTILE_UPDATE_CASES").is_some() {
            fs::write(&expected_path, &shown).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if shown != expected {
            wrong.push(format!(
                "{name}:\n--- expected\n{expected}--- shown\n{shown}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n`cargo xtask case update` rewrites them",
        wrong.join("\n")
    );
}

/// Whatever is found breaking or unknown says what to do, and no sentence is cut off.
#[test]
fn every_finding_is_a_sentence_with_advice() {
    for &(name, _, _) in JUDGED {
        for change in report(&cases().join(name)).changes {
            assert!(!change.wire.is_empty() || !change.rust.is_empty(), "{name}");
            assert!(
                change.old.is_some() || change.new.is_some() || change.wire.is_empty(),
                "{name}: {change:?}"
            );
            for finding in &change.wire {
                assert!(
                    !finding.why.is_empty() && !finding.why.ends_with('.'),
                    "{name}: {finding:?}"
                );
                let needs_advice = finding.verdict != Verdict::Compatible;
                assert_eq!(
                    needs_advice,
                    !finding.advice.is_empty(),
                    "{name}: {finding:?}"
                );
                assert_ne!(finding.rule, "not-judged", "{name}: {finding:?}");
            }
        }
    }
}

/// Every contract of the checkout: `schemas/`, the cases and the pairs.
fn contracts() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for provider in fs::read_dir(root().join("schemas")).unwrap() {
        let directory = provider.unwrap().path();
        if directory.join("castile.toml").is_file() {
            found.push(directory);
        }
    }
    let wsdls = root().join("schemas/collector/wsdl");
    found.push(wsdls.join("PaymentService.wsdl"));
    found.push(wsdls.join("InformationService.wsdl"));
    for case in fs::read_dir(root().join("tests/cases/generate")).unwrap() {
        let directory = case.unwrap().path();
        if directory.join("castile.toml").is_file() {
            found.push(directory);
            continue;
        }
        let inputs = ["input.wsdl", "input.xsd", "input.md"].map(|name| directory.join(name));
        found.extend(inputs.into_iter().filter(|path| path.is_file()));
    }
    for &(name, _, _) in JUDGED {
        found.push(input(&cases().join(name), "old"));
    }
    found.sort();
    found
}

#[test]
fn nothing_differs_from_itself() {
    let all = contracts();
    assert!(all.len() > 120, "{} contracts", all.len());
    for path in all {
        let report = diff::judge(&side(&path), &side(&path));
        assert_eq!(report.changes, [], "{}", path.display());
        assert_eq!((report.bump(), report.exit_code()), (None, 0));
    }
}
