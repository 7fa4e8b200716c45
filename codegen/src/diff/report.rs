//! What a comparison finds: changes, each with what it means on the wire and for Rust callers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use crate::source::{Sources, Span};

/// What a change means for clients that were generated from the old contract and talk to a service
/// of the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They go on working.
    Compatible,
    /// The contracts alone do not tell; the finding says why.
    Unknown,
    /// Messages that were good are refused or misread.
    Breaking,
}

impl Verdict {
    /// `compatible`, `unknown`, `breaking`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Unknown => "unknown",
            Self::Breaking => "breaking",
        }
    }
}

/// What a change means for the version of the generated crate (semantic versioning, as Cargo has it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// No name or type of the interface changes.
    Patch,
    /// Something is added; every caller still compiles.
    Minor,
    /// Some caller no longer compiles, or compiles and means another thing.
    Major,
}

impl Bump {
    /// `patch`, `minor`, `major`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Which messages a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// What the client writes.
    Request,
    /// What the client reads.
    Response,
}

impl Direction {
    /// `request`, `response`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// What a change means on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WireFinding {
    /// How it is judged.
    pub verdict: Verdict,
    /// Which messages; `None` where it is about the call as a whole.
    pub direction: Option<Direction>,
    /// The stable name of the rule that judged, in kebab case.
    pub rule: &'static str,
    /// What changed and why it is judged so.
    pub why: String,
    /// What to do; empty where there is nothing to do.
    pub advice: String,
}

/// What a change means for Rust callers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RustFinding {
    /// How it is judged.
    pub bump: Bump,
    /// The stable name of the rule that judged, in kebab case.
    pub rule: &'static str,
    /// The path of what changed, from the root of the generated modules: `billing::Invoice::total`.
    pub path: String,
    /// What changed and why it is judged so.
    pub why: String,
}

/// A place in an input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path as it was given.
    pub path: String,
    /// From one.
    pub line: usize,
    /// From one, in characters.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

impl Place {
    /// Where a span is; `None` for what no document declares. Below `base`, the path is shown from
    /// there.
    pub(super) fn of(span: Span, sources: &Sources, base: Option<&Path>) -> Option<Self> {
        let document = sources.of(span)?;
        let mut start = (span.start as usize).min(document.text.len());
        while !document.text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &document.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let path = base
            .and_then(|base| document.path.strip_prefix(base).ok())
            .unwrap_or(&document.path);
        Some(Self {
            path: path.display().to_string(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        })
    }
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A client of a service, by its name.
    Client(String),
    /// An operation: client and name.
    Operation(String, String),
    /// A component of the schema: `type {urn:x}Invoice`, `element {urn:x}Pay`, or an anonymous type
    /// by the elements that lead to it: `element {urn:x}Pay/Line`.
    Component(String),
    /// An element, or with `@` an attribute, of a component.
    Member(String, String),
    /// An item of the generated code that no single component stands for, by its path.
    Rust(String),
}

impl Subject {
    /// The component, if it is one or a part of one.
    #[must_use]
    pub fn component(&self) -> Option<&str> {
        match self {
            Self::Component(name) | Self::Member(name, _) => Some(name),
            _ => None,
        }
    }
}

/// Without namespaces, for people.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(name) => write!(f, "client `{name}`"),
            Self::Operation(_, name) => write!(f, "operation `{name}`"),
            Self::Component(name) => f.write_str(&shown(name)),
            Self::Member(owner, member) => match member.strip_prefix('@') {
                Some(member) => write!(f, "attribute `{member}` of {}", shown(owner)),
                None => write!(f, "element `{member}` of {}", shown(owner)),
            },
            Self::Rust(path) => write!(f, "`{path}`"),
        }
    }
}

/// A component without its namespace: ``type `Invoice` ``.
fn shown(component: &str) -> String {
    let (kind, name) = component.split_once(' ').unwrap_or(("type", component));
    let local = match name.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((_, local)) => local,
        None => name,
    };
    format!("{kind} `{local}`")
}

/// Whether something is new, gone or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Only the new contract has it.
    Added,
    /// Only the old contract has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

impl Kind {
    /// `added`, `removed`, `changed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// One change with all that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// New, gone, or another.
    pub kind: Kind,
    /// The operations that reach it, sorted; empty where it is not about messages.
    pub operations: Vec<String>,
    /// Where the old contract says it.
    pub old: Option<Place>,
    /// Where the new contract says it.
    pub new: Option<Place>,
    /// What it means on the wire, worst first.
    pub wire: Vec<WireFinding>,
    /// What it means for Rust callers, worst first.
    pub rust: Vec<RustFinding>,
    /// What it may have been called before, or be called now; a guess.
    pub renamed: Option<String>,
}

impl Change {
    /// The worst verdict on the wire; `Compatible` where the wire is not concerned.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.wire.iter().map(|finding| finding.verdict);
        verdicts.max().unwrap_or(Verdict::Compatible)
    }

    /// The largest bump; `Patch` where Rust callers are not concerned.
    #[must_use]
    pub fn bump(&self) -> Bump {
        let bumps = self.rust.iter().map(|finding| finding.bump);
        bumps.max().unwrap_or(Bump::Patch)
    }

    /// Whether nothing but documentation changed.
    #[must_use]
    pub fn is_documentation(&self) -> bool {
        let only = |rule: &str| rule == "documentation-changed";
        self.wire.is_empty() && !self.rust.is_empty() && self.rust.iter().all(|f| only(f.rule))
    }
}

/// What two contracts have not in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The changes, worst first.
    pub changes: Vec<Change>,
    /// All operations of both contracts, sorted.
    pub operations: Vec<String>,
}

impl Report {
    /// The worst verdict on the wire.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.changes.iter().map(Change::verdict);
        verdicts.max().unwrap_or(Verdict::Compatible)
    }

    /// The bump that all changes together ask for; `None` if nothing changed.
    #[must_use]
    pub fn bump(&self) -> Option<Bump> {
        self.changes.iter().map(Change::bump).max()
    }

    /// What `castile diff` exits with: 0 if clients and callers go on working, 3 if the wire breaks, 4
    /// if only Rust callers break, 5 if neither is seen to break and something cannot be told.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match (self.verdict(), self.bump()) {
            (Verdict::Breaking, _) => 3,
            (_, Some(Bump::Major)) => 4,
            (Verdict::Unknown, _) => 5,
            (Verdict::Compatible, _) => 0,
        }
    }
}

/// A change that is being found.
#[derive(Debug)]
struct Draft {
    kind: Kind,
    old: Span,
    new: Span,
    wire: BTreeSet<WireFinding>,
    rust: BTreeSet<RustFinding>,
    operations: BTreeSet<String>,
    renamed: Option<String>,
}

/// The changes that are being found, by what they are about.
#[derive(Debug, Default)]
pub(super) struct Findings {
    drafts: BTreeMap<Subject, Draft>,
}

/// Where both sides say it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spans {
    pub(super) old: Span,
    pub(super) new: Span,
}

impl Spans {
    pub(super) const NONE: Self = Self {
        old: Span::NONE,
        new: Span::NONE,
    };

    pub(super) fn both(old: Span, new: Span) -> Self {
        Self { old, new }
    }
}

impl Findings {
    fn draft(&mut self, subject: &Subject, kind: Kind, spans: Spans) -> &mut Draft {
        let draft = self.drafts.entry(subject.clone()).or_insert_with(|| Draft {
            kind,
            old: Span::NONE,
            new: Span::NONE,
            wire: BTreeSet::new(),
            rust: BTreeSet::new(),
            operations: BTreeSet::new(),
            renamed: None,
        });
        if draft.kind != kind {
            draft.kind = Kind::Changed;
        }
        if !draft.old.is_some() {
            draft.old = spans.old;
        }
        if !draft.new.is_some() {
            draft.new = spans.new;
        }
        draft
    }

    /// A finding about the wire.
    pub(super) fn wire(
        &mut self,
        subject: &Subject,
        kind: Kind,
        spans: Spans,
        finding: WireFinding,
    ) {
        self.draft(subject, kind, spans).wire.insert(finding);
    }

    /// A finding about Rust callers.
    pub(super) fn rust(
        &mut self,
        subject: &Subject,
        kind: Kind,
        spans: Spans,
        finding: RustFinding,
    ) {
        // What the wire says of it is nearer to the truth than how its Rust came and went.
        let known = self.drafts.get(subject);
        let known = known
            .filter(|draft| !draft.wire.is_empty())
            .map(|draft| draft.kind);
        let draft = self.draft(subject, known.unwrap_or(kind), spans);
        draft.rust.insert(finding);
    }

    /// The operations that a subject without a component belongs to.
    pub(super) fn operations(&mut self, subject: &Subject, operations: &BTreeSet<String>) {
        if let Some(draft) = self.drafts.get_mut(subject) {
            draft.operations.extend(operations.iter().cloned());
        }
    }

    /// A guess at what it was called, or is called now.
    pub(super) fn renamed(&mut self, subject: &Subject, other: &str) {
        if let Some(draft) = self.drafts.get_mut(subject) {
            draft.renamed.get_or_insert_with(|| other.to_owned());
        }
    }

    /// The components that a change is about, or about a part of.
    pub(super) fn components(&self) -> BTreeSet<&str> {
        self.drafts.keys().filter_map(Subject::component).collect()
    }

    /// All changes, worst first. `place` tells where a span of the old, of the new side is; `reached`
    /// the operations of a component.
    pub(super) fn finish(
        self,
        place: &dyn Fn(bool, Span) -> Option<Place>,
        reached: &dyn Fn(&str) -> BTreeSet<String>,
    ) -> Vec<Change> {
        let mut changes: Vec<Change> = { self.drafts.into_iter() }
            .map(|(subject, draft)| {
                let mut operations = draft.operations;
                match &subject {
                    Subject::Operation(_, name) => {
                        operations.insert(name.clone());
                    }
                    subject => {
                        operations.extend({ subject.component() }.map(reached).unwrap_or_default())
                    }
                }
                Change {
                    kind: draft.kind,
                    operations: operations.into_iter().collect(),
                    old: place(true, draft.old),
                    new: place(false, draft.new),
                    wire: draft.wire.into_iter().rev().collect(),
                    rust: draft.rust.into_iter().rev().collect(),
                    renamed: draft.renamed,
                    subject,
                }
            })
            .collect();
        changes.sort_by_key(|change| std::cmp::Reverse((change.verdict(), change.bump())));
        changes
    }
}
