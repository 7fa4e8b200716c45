//! For each rule a schema that breaks it and one, as like it as can be, that does not.

mod bounds;
mod complex_types;
mod declarations;
mod grammar;
mod particles;
mod simple_types;

use super::settle;
use crate::contract::Contract;
use crate::diagnostic::{Diagnostics, Severity};
use crate::frontend::xsd;
use crate::source::Sources;

/// Where the rules are described.
const RULES: &str = include_str!("../../../../docs/strict.md");

/// A rule, the content of a schema that breaks it, and of one that does not.
type Row = (&'static str, &'static str, &'static str);

/// A schema with this content, whose target namespace is the default namespace.
fn schema(content: &str) -> String {
    format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:a' xmlns:a='urn:a' \
         targetNamespace='urn:a'>{content}</xs:schema>"
    )
}

/// The rules that a document breaks, each once, in the order of the document.
fn broken(text: &str, strict: bool) -> (Vec<&'static str>, String) {
    let mut sources = Sources::default();
    let id = sources.add("a.xsd", text).unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    xsd::parse(&sources, id, &mut contract, &mut diagnostics);
    settle(&mut diagnostics, strict);
    diagnostics.sort();
    let mut rules: Vec<_> = { diagnostics.iter() }
        .filter(|diagnostic| !strict || diagnostic.severity == Severity::Error)
        .filter_map(|diagnostic| diagnostic.rule)
        .collect();
    rules.dedup();
    (rules, diagnostics.render(&sources))
}

fn hold(rows: &[Row]) {
    let mut wrong = String::new();
    for (rule, bad, good) in rows {
        assert!(
            RULES.contains(&format!("`{rule}`")),
            "{rule} is not in docs/strict.md"
        );
        let (rules, report) = broken(&schema(bad), true);
        if rules != [*rule] {
            wrong += &format!("{rule}: {rules:?} of\n{bad}\n{report}\n");
        }
        let (rules, report) = broken(&schema(good), true);
        if !rules.is_empty() {
            wrong +=
                &format!("{rule}: {rules:?}, and there should be nothing, of\n{good}\n{report}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_finding_names_rule_place_and_remedy() {
    let text = schema("\n  <xs:element name='e' type='Other'/>\n");
    assert_eq!(
        broken(&text, true).1,
        "error[invalid-schema]: no type `Other` is declared\n \
         --> a.xsd:2:30\n  |\n2 |   <xs:element name='e' type='Other'/>\n  \
         |                              ^^^^^\n  = rule: src-resolve\n  \
         = help: declare it, or correct the name\n\n"
    );
}

#[test]
fn warnings_of_one_rule_are_summed_up() {
    let row = "<xs:element name='e' type='xs:int' default='x'/>";
    let text = schema(
        &(0..9)
            .map(|i| row.replace("'e'", &format!("'e{i}'")))
            .collect::<String>(),
    );
    let (rules, report) = broken(&text, false);
    assert_eq!(rules, ["e-props-correct.2"]);
    assert_eq!(report.matches("warning[invalid-schema]").count(), 3);
    assert_eq!(report.matches("error").count(), 0);
    assert!(
        report.contains("there are 6 more findings of this rule"),
        "{report}"
    );
    assert_eq!(
        broken(&text, true)
            .1
            .matches("error[invalid-schema]")
            .count(),
        9
    );
}

#[test]
fn other_versions_are_only_refused_under_strictness() {
    let text = schema(
        "<xs:complexType name='T'><xs:sequence><xs:element name='a' type='xs:int'/></xs:sequence>\
         <xs:assert test='a > 1'/></xs:complexType>",
    );
    assert_eq!(broken(&text, true).0, ["s4s-elt-invalid-content.1"]);
    assert_eq!(broken(&text, false).0, [""; 0]);
}
