//! Footnotes: who says so, why, and until when.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::document::{Inlines, Located};
use crate::contract::{Provenance, Witness};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::Span;

/// A definition.
#[derive(Debug)]
struct Note {
    witnesses: Vec<Witness>,
    reason: Option<String>,
    remove_when: Option<String>,
    span: Span,
    used: Cell<bool>,
}

/// The footnotes of one document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: BTreeMap<String, Note>,
}

impl Notes {
    /// Reads `[^label]: witness, witness: reason. Remove when …`.
    pub(super) fn define(
        &mut self,
        label: &Located<String>,
        text: &Located<String>,
        diagnostics: &mut Diagnostics,
    ) {
        let (names, reason) = match text.value.split_once(':') {
            Some((names, reason)) => (names, reason.trim()),
            None => (text.value.as_str(), ""),
        };
        let witnesses = match witnesses(names) {
            Ok(witnesses) => witnesses,
            Err(name) => {
                diagnostics.push(unknown_witness(name, text.span).help(
                    "a footnote is `[^id]: witness: reason`, and the witnesses are `wire`, \
                     `example`, `page`, `sibling`, `client`, `override`, `inferred`",
                ));
                Vec::new()
            }
        };
        let (reason, remove_when) = match reason.split_once("Remove when ") {
            Some((reason, when)) => (reason.trim(), Some(when.trim_end_matches('.').to_owned())),
            None => (reason, None),
        };
        if witnesses.contains(&Witness::Override) && reason.is_empty() {
            diagnostics.push(
                Diagnostic::error(Code::InvalidCell, text.span, "an override without a reason")
                    .help("say why, and when it can go: `override: reason. Remove when …`"),
            );
        }
        let note = Note {
            witnesses,
            reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
            remove_when,
            span: label.span,
            used: Cell::new(false),
        };
        if let Some(first) = self.notes.insert(label.value.clone(), note) {
            diagnostics.push(
                Diagnostic::error(
                    Code::DuplicateName,
                    label.span,
                    format!("a second footnote `[^{}]`", label.value),
                )
                .related(first.span, "the first")
                .help("give one of them another name"),
            );
        }
    }

    /// What the footnotes of `inlines` say about `fact`.
    pub(super) fn about(
        &self,
        inlines: &Inlines,
        fact: Option<&str>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Provenance> {
        let mut provenance = Vec::new();
        for reference in &inlines.notes {
            let Some(note) = self.notes.get(&reference.value) else {
                let known = self.notes.keys().map(String::as_str);
                let help = match nearest(&reference.value, known) {
                    Some(name) => format!("did you mean `[^{name}]`?"),
                    None => format!(
                        "define it: `[^{}]: page: where this is said`",
                        reference.value
                    ),
                };
                diagnostics.push(
                    Diagnostic::error(
                        Code::UnresolvedReference,
                        reference.span,
                        format!("no footnote `[^{}]`", reference.value),
                    )
                    .help(help),
                );
                continue;
            };
            note.used.set(true);
            provenance.extend(note.witnesses.iter().map(|&witness| Provenance {
                witness,
                fact: fact.map(str::to_owned),
                reason: note.reason.clone(),
                remove_when: note.remove_when.clone(),
                span: note.span,
            }));
        }
        provenance
    }

    /// Reports the definitions that nothing refers to.
    pub(super) fn report_unused(&self, diagnostics: &mut Diagnostics) {
        for (label, note) in &self.notes {
            if !note.used.get() {
                diagnostics.push(
                    Diagnostic::error(
                        Code::UnresolvedReference,
                        note.span,
                        format!("nothing refers to the footnote `[^{label}]`"),
                    )
                    .help(format!(
                        "put `[^{label}]` into the cell that it speaks of, or delete it"
                    )),
                );
            }
        }
    }
}

/// Reads `wire, example`.
///
/// # Errors
///
/// The first word that is no witness.
pub(super) fn witnesses(text: &str) -> Result<Vec<Witness>, &str> {
    text.split(',')
        .map(str::trim)
        .map(|name| {
            Witness::words()
                .iter()
                .find(|(known, _)| name.eq_ignore_ascii_case(known))
                .map(|(_, witness)| *witness)
                .ok_or(name)
        })
        .collect()
}

pub(super) fn unknown_witness(name: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::InvalidCell, span, format!("`{name}` is no witness"));
    match nearest(name, Witness::words().iter().map(|(name, _)| *name)) {
        Some(known) => diagnostic.help(format!("did you mean `{known}`?")),
        None => diagnostic.help(
            "the witnesses are `wire`, `example`, `page`, `sibling`, `client`, `override`, \
             `inferred`",
        ),
    }
}
