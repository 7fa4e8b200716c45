//! `castile lint` of saved pages.

use std::path::{Path, PathBuf};

use castile_codegen::import::finding::Kind;
use castile_codegen::import::oddities;
use castile_codegen::lint::{self, Finding, Findings};
use castile_codegen::source::Sources;

/// Whether a file is a page and no input of the generator: HTML, text, or Markdown without the front
/// matter of a descriptor.
pub(crate) fn is_page(path: &Path) -> bool {
    let extension = path.extension().and_then(|end| end.to_str());
    match extension.map(str::to_lowercase).as_deref() {
        Some("html" | "htm" | "txt") => true,
        Some("md") => {
            let mut sources = Sources::default();
            let document = sources.open(path).map(|id| sources.document(id));
            document.is_ok_and(|document| {
                let text = document.text.trim_start();
                !text.is_empty() && !text.starts_with("+++")
            })
        }
        _ => false,
    }
}

/// What is odd about pages, each at its place in the page.
pub(crate) fn lint(pages: &[PathBuf]) -> Result<(Findings, Sources), String> {
    let mut sources = Sources::default();
    let mut documents = Vec::new();
    for page in pages {
        let document = sources.open(page);
        documents.push(document.map_err(|error| format!("error: {error}"))?);
    }
    let found = oddities::examine(&sources, &documents);
    let findings = { found.iter() }.filter_map(|finding| {
        let (general, help) = match finding.kind {
            Kind::Repair => ("P03", "hold what was mended against the page"),
            Kind::Guess => (
                "P01",
                "confirm it by the page or a call; the descriptor marks it",
            ),
            Kind::Unknown => ("P02", "ask the provider; the descriptor has `?` until then"),
            Kind::Oddity => (
                "P04",
                "ask the provider, or note in the descriptor what the wire shows",
            ),
        };
        Some(Finding {
            rule: finding
                .rule
                .and_then(lint::rule)
                .or_else(|| lint::rule(general))?,
            message: finding.message.clone(),
            help: help.to_owned(),
            span: finding.span,
            accepted: None,
        })
    });
    let findings = findings.collect();
    Ok((Findings { findings }, sources))
}
