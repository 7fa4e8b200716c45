//! Field-table descriptors: a Markdown page that a person can read as the API's documentation, read
//! as a schema. `docs/field-tables.md` is the reference of the format.
//!
//! `parse` reads the page and those that it includes to sections (`document`, `sections`,
//! `front_matter`), their tables to rows (`rows`, `tree`), and fills the contract with what a
//! WSDL of the same service would have filled it with (`contract`). Each step reports what is wrong
//! and goes on with the rest, so that one run names all mistakes.

mod cells;
mod columns;
mod contract;
mod contradictions;
mod definitions;
mod document;
mod examples;
mod faults;
mod front_matter;
mod maximum;
mod notes;
mod operations;
mod outline;
mod rows;
mod rules;
mod sections;
mod tree;
mod types;

#[cfg(test)]
mod tests;

use crate::contract::Contract;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{DocumentId, SourceError, Sources};
use document::Located;
use front_matter::FrontMatter;
use outline::Outline;

/// Reads the descriptor `document`, and the pages that it includes, into `contract`.
///
/// A page without a service and without operations is there to be included: alone it is checked, and
/// declares nothing. What is wrong is reported to `diagnostics`, at its cell; if there are errors,
/// what was declared is incomplete.
pub fn parse(
    sources: &mut Sources,
    document: DocumentId,
    contract: &mut Contract,
    diagnostics: &mut Diagnostics,
) {
    let page = Page::read(sources, document, diagnostics);
    let declares = !page.outline.types.is_empty()
        || !page.outline.enumerations.is_empty()
        || !page.outline.catalogues.is_empty();
    let fragment = page.front.service.is_none() && page.outline.operations.is_empty() && declares;
    if !page.front.present && !fragment {
        diagnostics.push(
            Diagnostic::error(
                Code::MalformedFrontMatter,
                page.front.span,
                "this page has no front matter",
            )
            .help(
                "begin it with TOML between two lines `+++`: `service`, `protocol`, `namespace`, \
                 `endpoint`, `action`",
            ),
        );
        return;
    }
    let mut pages = vec![page];
    include(sources, &mut pages, diagnostics);
    let definitions = definitions::read(&pages, fragment, diagnostics);
    if !fragment {
        contract.describes_services = true;
        contract::fill(&pages, &definitions, contract, diagnostics);
    }
    for page in &pages {
        page.outline.notes.report_unused(diagnostics);
    }
}

/// One document.
#[derive(Debug)]
struct Page {
    document: DocumentId,
    front: FrontMatter,
    outline: Outline,
}

impl Page {
    fn read(sources: &Sources, document: DocumentId, diagnostics: &mut Diagnostics) -> Self {
        let text = &sources.document(document).text;
        let (front, start) = front_matter::read(document, text, diagnostics);
        let blocks = document::blocks(document, text, start);
        let outline = sections::outline(blocks, diagnostics);
        Self {
            document,
            front,
            outline,
        }
    }
}

/// Why a page that is named at `location` cannot be had, in the words of the page that names it.
fn unreadable(location: &Located<String>, error: &SourceError) -> Diagnostic {
    let name = &location.value;
    let message = match error {
        SourceError::Io(_, error) => format!("cannot read `{name}`: {error}"),
        SourceError::OutsideRoots(_) => {
            format!("`{name}` lies outside the directories of the inputs")
        }
        other => other.to_string(),
    };
    Diagnostic::error(Code::UnreadableSource, location.span, message)
}

/// Adds the pages that `pages` include, directly or not, each once.
fn include(sources: &mut Sources, pages: &mut Vec<Page>, diagnostics: &mut Diagnostics) {
    let mut at = 0;
    while let Some(page) = pages.get(at) {
        let base = page.document;
        let locations: Vec<Located<String>> = page.front.include.clone();
        for location in locations {
            let document = match sources.open_relative(base, &location.value) {
                Ok(document) => document,
                Err(error) => {
                    diagnostics.push(
                        unreadable(&location, &error)
                            .help("`include` names files relative to this one"),
                    );
                    continue;
                }
            };
            if pages.iter().any(|page| page.document == document) {
                continue;
            }
            let included = Page::read(sources, document, diagnostics);
            if let Some(service) = &included.front.service {
                diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidValue,
                        location.span,
                        "an included page has no service of its own",
                    )
                    .related(service.span, "its service")
                    .help("move what is shared into a page of its own, and include that"),
                );
            } else if let Some(operation) = included.outline.operations.first() {
                diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidValue,
                        operation.name.span,
                        "an included page has no operations",
                    )
                    .related(location.span, "included here")
                    .help("it has types, enumerations and faults; move the operation"),
                );
            }
            pages.push(included);
        }
        at += 1;
    }
}
