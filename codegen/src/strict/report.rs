//! Findings, and how they become diagnostics.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{DocumentId, Span};

/// How many findings of one rule are shown where they are but warnings.
const SHOWN: usize = 3;

/// How many findings are kept: who has more than that mends these first.
const KEPT: usize = 10_000;

/// What was found in the schemas of one input.
#[derive(Default)]
pub(super) struct Report {
    list: Vec<Diagnostic>,
    /// One finding a place is enough: what one mistake breaks is often said by several rules.
    places: BTreeSet<Span>,
}

impl Report {
    /// Says that what stands at `span` breaks `rule` of XML Schema 1.0.
    pub(super) fn find(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.list.len() < KEPT && self.places.insert(span) {
            let diagnostic = Diagnostic::warning(Code::InvalidSchema, span, message)
                .rule(rule)
                .help(help);
            self.list.push(diagnostic);
        }
    }

    /// The same, with another place that belongs to it.
    pub(super) fn find_related(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
        (related, label): (Span, &str),
    ) {
        let before = self.list.len();
        self.find(rule, span, message, help);
        if self.list.len() > before
            && related != span
            && related.is_some()
            && let Some(last) = self.list.last_mut()
        {
            last.related.push((related, label.to_owned()));
        }
    }

    /// Says that what stands at `span` is not of XML Schema 1.0, though version 1.1 or a draft has
    /// it. Only who asks for strictness hears of it.
    pub(super) fn other_version(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
    ) {
        if self.list.len() < KEPT && self.places.insert(span) {
            let diagnostic = Diagnostic::warning(Code::OtherVersion, span, message)
                .rule(rule)
                .help("only version 1.0 of XML Schema counts where strictness is asked for");
            self.list.push(diagnostic);
        }
    }

    /// Hands all findings over.
    pub(super) fn finish(self, diagnostics: &mut Diagnostics) {
        for finding in self.list {
            diagnostics.find(finding);
        }
    }
}

/// Makes errors of all findings where strictness is asked for. Else they stay warnings: none where
/// the front end has said something of the same place, and but a few of each rule.
pub(crate) fn settle(diagnostics: &mut Diagnostics, strict: bool) {
    let mut findings = diagnostics.take_findings();
    findings.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    findings.dedup();
    if strict {
        for finding in &mut findings {
            finding.severity = Severity::Error;
        }
        diagnostics.enforce_rules();
        // What is an error now need not be a warning as well.
        let found: BTreeSet<_> = findings.iter().map(place).collect();
        diagnostics
            .retain(|other| other.severity == Severity::Error || !found.contains(&place(other)));
    } else {
        let said: BTreeSet<_> = diagnostics.iter().map(place).collect();
        // A document of another version is not held against this one.
        let other: BTreeSet<_> = { findings.iter() }
            .filter(|finding| finding.code == Code::OtherVersion)
            .map(|finding| finding.span.document)
            .collect();
        findings.retain(|finding| {
            !other.contains(&finding.span.document) && !said.contains(&place(finding))
        });
        sum_up(&mut findings);
    }
    for finding in findings {
        diagnostics.push(finding);
    }
}

/// Where a diagnostic begins.
fn place(diagnostic: &Diagnostic) -> (DocumentId, u32) {
    (diagnostic.span.document, diagnostic.span.start)
}

/// Leaves the first findings of each rule, and says how many more there are.
fn sum_up(findings: &mut Vec<Diagnostic>) {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for rule in findings.iter().filter_map(|finding| finding.rule) {
        *counts.entry(rule).or_default() += 1;
    }
    let mut shown: BTreeMap<&'static str, usize> = BTreeMap::new();
    findings.retain_mut(|finding| {
        let Some(rule) = finding.rule else {
            return true;
        };
        let number = shown.entry(rule).or_default();
        *number += 1;
        let all = counts.get(rule).copied().unwrap_or_default();
        if *number == SHOWN && all > SHOWN {
            let help = finding.help.take().unwrap_or_default();
            finding.help = Some(format!(
                "{help}; there are {} more findings of this rule: ask for strictness to see all",
                all - SHOWN
            ));
        }
        *number <= SHOWN
    });
}
