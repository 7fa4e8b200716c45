//! A saved page to blocks: HTML, Markdown and extracted text.

mod described;
mod heads;
mod html;
mod labels;
mod lines;
mod samples;
mod text;

pub(crate) use html::origin::Origin;
pub(crate) use text::{status, status_type};

use super::finding::Findings;
use super::model::Block;
use crate::source::DocumentId;

/// The blocks of a page.
pub(crate) fn blocks(document: DocumentId, text: &str, findings: &mut Findings) -> Vec<Block> {
    let blocks = if is_html(text) {
        html::blocks(document, text, 0..text.len(), findings)
    } else {
        text::blocks(document, text, 0..text.len(), findings)
    };
    described::collect(blocks)
}

/// The blocks of a descriptor, which is Markdown whatever it looks like.
pub(crate) fn descriptor_blocks(
    document: DocumentId,
    text: &str,
    range: std::ops::Range<usize>,
) -> Vec<Block> {
    let mut unheard = Findings::default();
    text::blocks(document, text, range, &mut unheard)
}

/// What a saved page says of where it is from.
pub(crate) fn origin(text: &str) -> Origin {
    if is_html(text) {
        html::origin::origin(text)
    } else {
        Origin::default()
    }
}

/// Whether a page is HTML rather than text that mentions it.
fn is_html(text: &str) -> bool {
    // A browser's note may stand in front.
    let mut text = text.trim_start();
    while let Some(rest) = text.strip_prefix("<!--") {
        text = rest
            .split_once("-->")
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    let start: String = text.chars().take(300).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html")
        || [
            "<html", "<head", "<body", "<div", "<table", "<h1", "<h2", "<h3", "<p>", "<p ",
            "<section", "<main", "<article", "<ul", "<dl",
        ]
        .iter()
        .any(|tag| start.starts_with(tag))
}
