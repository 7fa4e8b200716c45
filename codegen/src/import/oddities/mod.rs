//! What is odd about saved pages: what the importer found, and what pages say against themselves,
//! their examples and each other. `castile import` needs none of this; `castile lint` shows it.

mod across;
mod examples;
mod prose;
mod records;
mod service;
mod tables;

use super::description::{Field, Message, Operation, Service};
use super::finding::{Findings, Kind};
use super::model::Block;
use crate::source::{DocumentId, Sources, Span};

/// A page, and what was understood of it.
struct Page<'s> {
    document: DocumentId,
    text: &'s str,
    blocks: Vec<Block>,
    service: Service,
}

impl Page<'_> {
    /// The span of a part of the text.
    fn span(&self, start: usize, length: usize) -> Span {
        Span::new(self.document, start..start + length)
    }

    /// Lines with the byte where each begins.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .split_inclusive('\n')
            .scan(0, |next, line| {
                let at = *next;
                *next += line.len();
                Some((at, line))
            })
            .map(|(at, line)| (at, line.trim_end()))
    }

    fn messages(&self) -> impl Iterator<Item = (&Operation, &Message)> {
        { self.service.operations.iter() }.flat_map(|operation| {
            { [operation.request.as_ref(), operation.response.as_ref()].into_iter() }
                .flatten()
                .map(move |message| (operation, message))
        })
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        let types = { self.service.types.iter() }.flat_map(|table| &table.record.fields);
        { self.messages() }
            .flat_map(|(_, message)| &message.record.fields)
            .chain(types)
    }
}

/// Takes what is odd.
struct Odd<'f>(&'f mut Findings);

impl Odd<'_> {
    fn say(&mut self, rule: &'static str, span: Span, message: impl Into<String>) {
        self.0.push(Kind::Oddity, rule, span, message);
    }
}

/// Reads pages, each for itself, and says what is odd, by page and place.
#[must_use]
pub fn examine(sources: &Sources, documents: &[DocumentId]) -> Findings {
    let mut findings = Findings::default();
    let mut pages = Vec::new();
    for document in documents {
        let (blocks, service) = super::understand(sources, *document, &mut findings);
        super::assemble::unknowns(&service, &mut findings);
        pages.push(Page {
            document: *document,
            text: &sources.document(*document).text,
            blocks,
            service,
        });
    }
    let mut odd = Odd(&mut findings);
    for page in &pages {
        prose::check(page, &mut odd);
        tables::check(page, &mut odd);
        records::check(page, &mut odd);
        service::check(page, &mut odd);
        examples::check(page, &mut odd);
    }
    across::check(&pages, &mut odd);
    findings.sort();
    findings
}
