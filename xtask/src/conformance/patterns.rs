//! The section on data-binding patterns.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::published::BINDERS;
use crate::corpus::manifest::{Row, rows};

/// What became of the fixture of a pattern.
#[derive(Clone, Debug)]
struct Outcome {
    set: String,
    name: String,
    heading: String,
    definition: String,
    /// What went wrong first.
    failure: Option<String>,
    /// How many messages came back typed-equal, of how many.
    equal: usize,
    all: usize,
}

const HEAD: &str = "\
## Data-binding patterns

The W3C's *Basic* and *Advanced XML Schema Patterns for Databinding 1.0* (2009) name 280 things that
schemas do and that tools which bind XML to a language must take. `tests/patterns/` has a WSDL of our own
with messages for each, after its definition, and for the examples that the Working Group's catalogue
has beyond them; all were judged valid by libxml2 and xmlschema. A pattern passes when its client is
generated, compiles without a warning, and each message comes back typed-equal: read by the generated
code and written anew, it means the same, value by value.
";

const OTHERS: &str = "
Others were tried on the W3C's own messages, by echoing them. These hold errors of their own (14 of 293
WSDLs and 88 of 1,136 messages are invalid to Xerces), and ours are other files: the figures tell how hard
the patterns are, not who is better by how much.
";

const TRAPS: &str = "
JAXB 2 is reported to fail ComplexTypeAttributeExtension, AttributeReference, DateTimeElement,
DateTimeAttribute, NonNegativeIntegerSimpleTypePattern, AnyTypeElement, ShortSimpleTypePattern and
patterns of gYear: values that are rewritten, and what is lost under `xs:anyType`.
";

/// The section, from the manifest of the patterns and the report of a run.
pub(super) fn section(manifest: &Path, report: &Path) -> Result<(String, bool), String> {
    let mut reported: BTreeMap<String, Row> = BTreeMap::new();
    for row in rows(report)? {
        reported.insert(field(&row, "case")?, row);
    }
    let mut outcomes = Vec::new();
    for row in rows(manifest)? {
        let (set, name) = (field(&row, "set")?, field(&row, "case")?);
        let key = format!("{set}/{name}");
        let run = reported.get(&key).ok_or(format!("{key} was not run"))?;
        outcomes.push(outcome(&row, run)?);
    }
    let all_pass = outcomes.iter().all(Outcome::passes);
    Ok((text(&outcomes), all_pass))
}

fn field(row: &Row, name: &str) -> Result<String, String> {
    let value = row.get(name).cloned();
    value.ok_or_else(|| format!("a row has no column `{name}`"))
}

fn outcome(row: &Row, run: &Row) -> Result<Outcome, String> {
    let failed = |column: &str| -> Result<Option<String>, String> {
        let value = field(run, column)?;
        Ok((value != "ok").then(|| format!("{column}: {value}")))
    };
    let samples = field(run, "samples")?;
    let (equal, all) = { samples.split_once('/') }
        .and_then(|(equal, all)| Some((equal.parse().ok()?, all.parse().ok()?)))
        .ok_or_else(|| format!("`{samples}` is no count of samples"))?;
    Ok(Outcome {
        set: field(row, "set")?,
        name: field(row, "case")?,
        heading: field(row, "heading")?,
        definition: field(row, "definition")?,
        failure: match failed("generate")? {
            Some(failure) => Some(failure),
            None => failed("compile")?,
        },
        equal,
        all,
    })
}

impl Outcome {
    fn passes(&self) -> bool {
        self.failure.is_none() && self.equal == self.all && self.all > 0
    }
}

fn text(outcomes: &[Outcome]) -> String {
    let mut out = HEAD.to_owned();
    out.push_str("\n| | patterns | messages |\n|---|---|---|\n");
    let sets: [(&str, &[&str]); 4] = [
        ("basic", &["basic"]),
        ("advanced", &["advanced"]),
        ("the 280", &["basic", "advanced"]),
        ("more of the catalogue", &["catalogue"]),
    ];
    for (name, sets) in sets {
        let of_set = |outcome: &&Outcome| sets.contains(&&*outcome.set);
        let (mut passed, mut patterns, mut equal, mut messages) = (0, 0, 0, 0);
        for outcome in outcomes.iter().filter(of_set) {
            passed += usize::from(outcome.passes());
            patterns += 1;
            equal += outcome.equal;
            messages += outcome.all;
        }
        let _ = writeln!(
            out,
            "| {name} | {passed} of {patterns} | {equal} of {messages} |"
        );
    }
    out.push_str(OTHERS);
    out.push_str("\n| tool | passed | basic | advanced | source |\n|---|---|---|---|---|\n");
    for tool in BINDERS {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            tool.tool, tool.passed, tool.basic, tool.advanced, tool.source
        );
    }
    out.push_str(TRAPS);
    let mut heading = "";
    for outcome in outcomes {
        if outcome.heading != heading {
            heading = &outcome.heading;
            let _ = write!(
                out,
                "\n### {heading}\n\n| pattern | status | definition | messages | result |\n\
                 |---|---|---|---|---|\n"
            );
        }
        let result = match &outcome.failure {
            Some(failure) => failure.replace('|', "\\|"),
            None if outcome.passes() => "passes".to_owned(),
            None => "messages differ".to_owned(),
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} of {} | {result} |",
            outcome.name,
            outcome.set,
            outcome.definition.replace('|', "\\|"),
            outcome.equal,
            outcome.all
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(columns: &[(&str, &str)]) -> Row {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        columns.iter().map(pair).collect()
    }

    fn pattern(generate: &str, compile: &str, samples: &str) -> Outcome {
        let manifest = [
            ("set", "basic"),
            ("case", "Include"),
            ("heading", "Composition"),
            ("definition", "a|b"),
        ];
        let run = [
            ("generate", generate),
            ("compile", compile),
            ("samples", samples),
        ];
        outcome(&row(&manifest), &row(&run)).unwrap()
    }

    #[test]
    fn a_pattern_passes_only_whole() {
        assert!(pattern("ok", "ok", "2/2").passes());
        for (generate, compile, samples) in [
            ("refused x input.wsdl:1:1", "-", "0/2"),
            ("ok", "types.rs:1:1: error: unused", "2/2"),
            ("ok", "-", "0/2"),
            ("ok", "ok", "1/2"),
            ("ok", "ok", "0/0"),
        ] {
            assert!(!pattern(generate, compile, samples).passes(), "{samples}");
        }
    }

    #[test]
    fn the_page_has_every_pattern() {
        let root = crate::root();
        let page = std::fs::read_to_string(root.join("docs/conformance.md")).unwrap();
        let manifest = rows(&root.join("tests/patterns/MANIFEST.tsv")).unwrap();
        assert!(manifest.len() >= 280);
        for row in manifest {
            let (set, name) = (&row["set"], &row["case"]);
            let begin = format!("| {name} | {set} | ");
            let found: Vec<&str> = page.lines().filter(|it| it.starts_with(&begin)).collect();
            assert!(
                matches!(found[..], [row] if row.ends_with("| passes |")),
                "{name}: {found:?}; `cargo xtask conformance` writes the page"
            );
        }
    }

    #[test]
    fn the_table_says_what_failed() {
        let text = text(&[pattern("ok", "ok", "1/2"), pattern("panic", "-", "0/1")]);
        let rows = "| Include | basic | a\\|b | 1 of 2 | messages differ |\n\
                    | Include | basic | a\\|b | 0 of 1 | generate: panic |\n";
        assert!(text.ends_with(rows), "{text}");
        assert!(text.contains("| basic | 0 of 2 | 1 of 3 |\n| advanced | 0 of 0 | 0 of 0 |\n"));
    }
}
