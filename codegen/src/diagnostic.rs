//! What is wrong with an input, where, and what to do about it.

use crate::spelling::distance;
use std::fmt::Write as _;
use std::path::Path;

mod place;

pub(crate) use self::place::Places;
use crate::source::{DocumentId, Sources, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The message says what was done instead.
    Warning,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The stable name of the rule.
    pub code: Code,
    /// What is wrong, lower case, without a full stop.
    pub message: String,
    /// Where.
    pub span: Span,
    /// A few words under the marked text.
    pub label: Option<String>,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
    /// The rule of XML Schema 1.0 that is broken, by the name that the specification gives it.
    pub rule: Option<&'static str>,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// The rules; their names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Code {
            /// All rules, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name, in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

codes! {
    /// A document cannot be read.
    UnreadableSource = "unreadable-source",
    /// A document is not well-formed XML, or hostile.
    MalformedXml = "malformed-xml",
    /// An input is none of the kinds that are read.
    UnknownInput = "unknown-input",
    /// A document exceeds a limit.
    LimitExceeded = "limit-exceeded",

    // XML Schema and WSDL
    /// An element or attribute that does not belong there.
    UnexpectedMarkup = "unexpected-markup",
    /// An attribute or child that must be there is not.
    MissingMarkup = "missing-markup",
    /// A value that its type does not allow.
    InvalidValue = "invalid-value",
    /// A prefix without a namespace declaration.
    UnboundPrefix = "unbound-prefix",
    /// An import or include that leads nowhere.
    UnresolvedImport = "unresolved-import",
    /// Two declarations of one name.
    DuplicateDeclaration = "duplicate-declaration",
    /// A type that nobody declares.
    UnresolvedType = "unresolved-type",
    /// An element that nobody declares.
    UnresolvedElement = "unresolved-element",
    /// An attribute that nobody declares.
    UnresolvedAttribute = "unresolved-attribute",
    /// A model group that nobody declares.
    UnresolvedGroup = "unresolved-group",
    /// An attribute group that nobody declares.
    UnresolvedAttributeGroup = "unresolved-attribute-group",
    /// A message that nobody declares.
    UnresolvedMessage = "unresolved-message",
    /// A port type that nobody declares.
    UnresolvedPortType = "unresolved-port-type",
    /// A binding that nobody declares.
    UnresolvedBinding = "unresolved-binding",
    /// A message part that nobody declares.
    UnresolvedPart = "unresolved-part",
    /// An operation of a binding that its port type does not have.
    UnresolvedOperation = "unresolved-operation",
    /// A group that contains itself.
    CyclicGroup = "cyclic-group",
    /// A type that is derived from itself.
    CyclicDerivation = "cyclic-derivation",
    /// A type that must contain itself, so that no finite message exists.
    CyclicType = "cyclic-type",
    /// What XML Schema 1.0 does not allow; the rule of the specification is named.
    InvalidSchema = "invalid-schema",
    /// What version 1.1 of XML Schema, or a draft of it, allows and 1.0 does not.
    OtherVersion = "other-version",
    /// An extension that must be understood and is not.
    RequiredExtension = "required-extension",
    /// Something that is read but not acted on.
    Unsupported = "unsupported",
    /// Nothing to generate.
    NothingToGenerate = "nothing-to-generate",

    // Field tables
    /// The front matter is missing or no TOML.
    MalformedFrontMatter = "malformed-front-matter",
    /// A key of the front matter that is not known.
    UnknownKey = "unknown-key",
    /// A key of the front matter that must be there.
    MissingKey = "missing-key",
    /// A heading that is none of those that mean something.
    UnknownHeading = "unknown-heading",
    /// A table without a head that is known.
    MissingTableHead = "missing-table-head",
    /// A column that is not known.
    UnknownColumn = "unknown-column",
    /// A column that must be there.
    MissingColumn = "missing-column",
    /// Two columns of one meaning.
    DuplicateColumn = "duplicate-column",
    /// A row with too many or too few cells.
    RaggedRow = "ragged-row",
    /// A type that is neither built in nor declared.
    UnknownType = "unknown-type",
    /// A cell that its column does not allow.
    InvalidCell = "invalid-cell",
    /// Two fields of one name.
    DuplicateField = "duplicate-field",
    /// A list that does not say what its items are called.
    MissingItemName = "missing-item-name",
    /// Occurrence, nillability and absence that contradict each other.
    ContradictoryOccurrence = "contradictory-occurrence",
    /// A fact that nobody knows, where one is needed.
    UnknownFact = "unknown-fact",
    /// A field below something that is no container.
    MissingParent = "missing-parent",
    /// A rule that cannot be read, or names a field that is not there.
    InvalidRule = "invalid-rule",
    /// A limit that can be read in more than one way.
    AmbiguousMaximum = "ambiguous-maximum",
    /// A location that the protocol does not have.
    InvalidLocation = "invalid-location",
    /// An operation without a request or response.
    MissingMessage = "missing-message",
    /// Two operations, types or catalogues of one name.
    DuplicateName = "duplicate-name",
    /// An example that is no message of its operation.
    InvalidExample = "invalid-example",
    /// An error code that cannot be one, or is there twice.
    InvalidFaultCode = "invalid-fault-code",
    /// A reference to a note, type or catalogue that is not there.
    UnresolvedReference = "unresolved-reference",
    /// A path template that does not match its parameters.
    InvalidPath = "invalid-path",
    /// Two names that become one in Rust.
    NameClash = "name-clash",

    // castile.toml
    /// A setting that matches nothing.
    UnusedSetting = "unused-setting",
    /// A setting that cannot be right whatever the contract is.
    InvalidSetting = "invalid-setting",
    /// A setting that can mean more than one thing.
    AmbiguousSetting = "ambiguous-setting",
    /// Two settings that say different things of one.
    ContradictorySettings = "contradictory-settings",

    // castile vendor
    /// A catalog or a lock file that cannot be read.
    MalformedLock = "malformed-lock",
    /// A file that is not as it was when it was vendored.
    ChangedSource = "changed-source",
    /// An address that is not fetched from: for its scheme, its host or what it would give away.
    RefusedAddress = "refused-address",
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// A warning at `span`.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    fn new(severity: Severity, code: Code, span: Span, message: String) -> Self {
        Self {
            severity,
            code,
            message,
            span,
            label: None,
            related: Vec::new(),
            help: None,
            rule: None,
        }
    }

    /// Code and message, by which settings accept a warning.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}: {}", self.code.name(), self.message)
    }

    /// With a few words under the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// With the rule of XML Schema 1.0 that is broken.
    #[must_use]
    pub fn rule(mut self, rule: &'static str) -> Self {
        self.rule = Some(rule);
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The findings of a run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Rules of XML Schema that are broken, before it is settled how much that matters.
    findings: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Opens a file that need not be there; that it cannot be read is an error.
    pub(crate) fn open_if_present(
        &mut self,
        sources: &mut Sources,
        path: &Path,
    ) -> Option<DocumentId> {
        if !path.is_file() {
            return None;
        }
        sources
            .open(path)
            .map_err(|error| {
                let error =
                    Diagnostic::error(Code::UnreadableSource, Span::NONE, error.to_string());
                self.push(error);
            })
            .ok()
    }

    /// Keeps a rule of XML Schema that is broken until it is settled how much that matters.
    pub(crate) fn find(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Takes the broken rules out, in the order of finding.
    pub(crate) fn take_findings(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.findings)
    }

    /// Makes errors of those that break a rule of XML Schema.
    pub(crate) fn enforce_rules(&mut self) {
        for diagnostic in self.list.iter_mut().filter(|found| found.rule.is_some()) {
            diagnostic.severity = Severity::Error;
        }
    }

    /// Keeps those for which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Whether there is an error among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All, in the order of finding.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Sorts by document and place, and drops repetitions.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (a.span, a.severity, a.code, &a.message).cmp(&(b.span, b.severity, b.code, &b.message))
        });
        self.list.dedup();
    }

    /// All as text for a terminal, sorted, in the manner of rustc.
    #[must_use]
    pub fn render(&self, sources: &Sources) -> String {
        let mut sorted = self.clone();
        sorted.sort();
        let mut out = String::new();
        let mut places = Places::new(sources);
        for diagnostic in sorted.iter() {
            render(diagnostic, &mut places, &mut out);
            out.push('\n');
        }
        out
    }
}

fn render(diagnostic: &Diagnostic, index: &mut Places<'_>, out: &mut String) {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let _ = writeln!(
        out,
        "{severity}[{}]: {}",
        diagnostic.code.name(),
        diagnostic.message
    );
    let places = std::iter::once((diagnostic.span, diagnostic.label.as_deref(), '^')).chain(
        diagnostic
            .related
            .iter()
            .map(|(span, label)| (*span, Some(label.as_str()), '-')),
    );
    let places: Vec<_> = places
        .filter_map(|(span, label, mark)| Some((index.place(span)?, label, mark)))
        .collect();
    let width = places
        .iter()
        .map(|(place, ..)| place.line.to_string().len())
        .max()
        .unwrap_or(0);
    for (place, label, mark) in &places {
        place.draw(*mark, *label, width, out);
    }
    if let Some(rule) = diagnostic.rule {
        let _ = writeln!(out, "{:width$} = rule: {rule}", "");
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "{:width$} = help: {help}", "");
    }
}

/// The known name that is most like `name`, if one is like it enough to be what was meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = name.chars().count() / 3;
    // Letters of either case are alike.
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (distance(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}
