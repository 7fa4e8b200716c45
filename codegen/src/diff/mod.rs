//! Contract against contract: what two of them have not in common ([`compare`]), and what that means
//! for those who use the client of the first ([`judge`]).

mod components;
mod facts;
mod renames;
mod render;
mod report;
mod semver;
mod wire;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

pub use render::{json, markdown, text};
pub use report::{
    Bump, Change, Direction, Kind, Place, Report, RustFinding, Subject, Verdict, WireFinding,
};

use crate::contract::Contract;
use crate::resolve::Resolved;
use crate::rust::Lowered;
use crate::source::{Sources, Span};
use components::Components;
use facts::facts;
use report::{Findings, Spans};

/// One fact on which two contracts disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `type {urn:x}Account/InvoiceBalance/nillable`.
    pub path: String,
    /// What the first contract says; `None` if it says nothing of it.
    pub left: Option<String>,
    /// What the second contract says.
    pub right: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |side: &Option<String>| match side {
            Some(value) => format!("`{value}`"),
            None => "nothing".to_owned(),
        };
        write!(
            f,
            "{}: {} against {}",
            self.path,
            show(&self.left),
            show(&self.right)
        )
    }
}

/// Where two contracts differ in what they promise: documentation counts, provenance, examples and
/// the place of a declaration do not. Sorted by path.
#[must_use]
pub fn compare(left: &Contract, right: &Contract) -> Vec<Difference> {
    let (left, right) = (facts(left), facts(right));
    let mut paths: BTreeMap<&String, ()> = BTreeMap::new();
    paths.extend(left.keys().chain(right.keys()).map(|path| (path, ())));
    paths
        .into_keys()
        .filter(|path| left.get(*path) != right.get(*path))
        .map(|path| Difference {
            path: path.clone(),
            left: left.get(path).cloned(),
            right: right.get(path).cloned(),
        })
        .collect()
}

/// One side of a comparison: a contract, its documents and the Rust that is generated from it. From
/// [`Generator::side`](crate::Generator::side).
#[derive(Debug)]
pub struct Side {
    resolved: Resolved,
    lowered: Lowered,
    sources: Sources,
    base: Option<PathBuf>,
}

impl Side {
    /// A side of a resolved contract and what it was lowered to.
    #[must_use]
    pub fn new(resolved: Resolved, lowered: Lowered, sources: Sources) -> Self {
        Self {
            resolved,
            lowered,
            sources,
            base: None,
        }
    }

    /// Shows the paths of documents below `directory` from there.
    #[must_use]
    pub fn shown_from(mut self, directory: impl Into<PathBuf>) -> Self {
        self.base = Some(directory.into());
        self
    }

    /// The Rust that is generated.
    #[must_use]
    pub fn model(&self) -> &crate::rust::Crate {
        &self.lowered.krate
    }

    fn place(&self, span: Span) -> Option<Place> {
        Place::of(span, &self.sources, self.base.as_deref().map(Path::new))
    }
}

/// What changes from `old` to `new`, each change judged for clients that were generated from `old` and
/// talk to a service of `new`, and for callers of the generated code.
#[must_use]
pub fn judge(old: &Side, new: &Side) -> Report {
    let components = (Components::of(&old.resolved), Components::of(&new.resolved));
    let mut findings = Findings::default();
    wire::judge(&old.resolved, &new.resolved, &components.0, &mut findings);
    fn of<'a>(side: &'a Side, components: &'a Components) -> semver::Generated<'a> {
        semver::Generated {
            resolved: &side.resolved,
            lowered: &side.lowered,
            components,
        }
    }
    semver::judge(
        of(old, &components.0),
        of(new, &components.1),
        &mut findings,
    );
    unjudged(old, new, &components, &mut findings);
    let operations = |resolved: &Resolved| -> Vec<String> {
        let calls = resolved.clients.iter().flat_map(|client| &client.calls);
        calls.map(components::call_label).collect()
    };
    let mut all = operations(&old.resolved);
    all.extend(operations(&new.resolved));
    all.sort();
    all.dedup();
    let reached = |label: &str| {
        let mut operations = components.0.operations(label);
        operations.extend(components.1.operations(label));
        operations
    };
    let place = |is_old: bool, span: Span| match is_old {
        true => old.place(span),
        false => new.place(span),
    };
    Report {
        changes: findings.finish(&place, &reached),
        operations: all,
    }
}

/// Facts that differ, of components that messages are made of, and that no rule has judged: they are
/// shown as they are, not passed over.
fn unjudged(
    old: &Side,
    new: &Side,
    components: &(Components, Components),
    findings: &mut Findings,
) {
    const PROSE: &[&str] = &[
        "documentation",
        "documented-name",
        "documented-maximum",
        "deprecated",
    ];
    let judged: Vec<String> = findings
        .components()
        .into_iter()
        .map(str::to_owned)
        .collect();
    for difference in compare(&old.resolved.contract, &new.resolved.contract) {
        let last = difference.path.rsplit('/').next().unwrap_or_default();
        if PROSE.contains(&last) {
            continue;
        }
        let Some(label) = component_of(&difference.path) else {
            continue;
        };
        // What only one side has came or went as a whole, and what uses it is judged.
        let is_reached = components.0.has(label) && components.1.has(label);
        let is_part = |judged: &String| {
            judged == label || judged.starts_with(label) && judged[label.len()..].starts_with('/')
        };
        if !is_reached || judged.iter().any(is_part) {
            continue;
        }
        // The content models were compared as a whole.
        let is_structure =
            matches!(last, "compositor" | "occurs" | "group") || last.starts_with("child ");
        let finding = match is_structure {
            true => WireFinding {
                verdict: Verdict::Compatible,
                direction: None,
                rule: "said-otherwise",
                why: "the content is described in another way; the same messages are good"
                    .to_owned(),
                advice: String::new(),
            },
            false => WireFinding {
                verdict: Verdict::Unknown,
                direction: None,
                rule: "not-judged",
                why: difference.to_string(),
                advice: "no rule judges this: compare the contracts by hand".to_owned(),
            },
        };
        let at = Subject::Component(label.to_owned());
        findings.wire(&at, Kind::Changed, Spans::NONE, finding);
    }
}

/// `type {urn:x}Account` of `type {urn:x}Account/InvoiceBalance/nillable`.
fn component_of(path: &str) -> Option<&str> {
    let kind = ["type ", "element "]
        .into_iter()
        .find(|kind| path.starts_with(kind))?;
    let name = &path[kind.len()..];
    let local = match name.starts_with('{') {
        true => kind.len() + name.find('}')? + 1,
        false => kind.len(),
    };
    let end = path[local..].find('/').map_or(path.len(), |at| local + at);
    Some(&path[..end])
}
