//! A provider's page to a descriptor and a report.
//!
//! The stages, a module each: blocks (`page`) → columns → fields (`fields`, `notation`, `fit`) → places
//! (`tree`) → operations, messages, types (`sections`) → what samples add (`sample`, `align`,
//! `assemble`) → descriptor (`write`). Whatever is mended, guessed, not known or odd is a [`Finding`]
//! with its place; a guess is marked in the descriptor, and what nobody knows is `?` there.
//!
//! [`Finding`]: finding::Finding

mod align;
mod assemble;
mod columns;
pub mod compare;
mod description;
mod descriptor;
mod dictionary;
mod fields;
pub mod finding;
mod fit;
mod merge;
mod model;
mod notation;
pub mod oddities;
mod page;
mod placeholders;
mod rules;
mod sample;
mod sections;
mod tree;
pub mod update;
mod vendored;
mod write;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::source::{DocumentId, SourceError, Sources, Span};
use finding::Findings;
pub use write::PageSource;

/// Why an import wrote nothing.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// A page cannot be read.
    Page(SourceError),
    /// No page has a table, list or sample that says anything about a message.
    Nothing(Vec<PathBuf>),
    /// The descriptor, or a copy of a page, cannot be written.
    Write(PathBuf, std::io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(error) => write!(f, "error: {error}"),
            Self::Nothing(pages) => {
                let names: Vec<String> = { pages.iter() }
                    .map(|page| format!("`{}`", page.display()))
                    .collect();
                write!(
                    f,
                    "error: {} {} no table or list of fields, no error codes and no sample of a message that could be read\n  \
                     help: save the page as HTML after everything on it has been opened, or give the page that holds the tables",
                    names.join(", "),
                    if names.len() == 1 { "has" } else { "have" },
                )
            }
            Self::Write(path, error) => {
                write!(f, "error: cannot write `{}`: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for Failure {}

/// Pages to be imported into one descriptor.
#[derive(Debug)]
pub struct Import {
    pages: Vec<PathBuf>,
    out: PathBuf,
    told: PageSource,
}

impl Import {
    /// No pages yet; the descriptor will be `out`.
    #[must_use]
    pub fn new(out: impl AsRef<Path>) -> Self {
        Self {
            pages: Vec::new(),
            out: out.as_ref().to_owned(),
            told: PageSource::default(),
        }
    }

    /// Adds a saved page.
    #[must_use]
    pub fn page(mut self, page: impl AsRef<Path>) -> Self {
        self.pages.push(page.as_ref().to_owned());
        self
    }

    /// Where the first page was, when it was saved, and its language, where the page does not say it itself.
    #[must_use]
    pub fn told(mut self, source: PageSource) -> Self {
        self.told = source;
        self
    }

    /// Writes the descriptor, or brings an existing one up to date, keeps a copy of the pages beside
    /// it, and says what was found.
    ///
    /// # Errors
    ///
    /// If a page cannot be read, no page says anything about a message, or a file cannot be written.
    pub fn run(mut self) -> Result<String, Failure> {
        let mut sources = Sources::default();
        let existing = fs::read_to_string(&self.out).ok();
        let before = existing
            .as_deref()
            .and_then(|text| vendored::before(&mut sources, &self.out, text));
        let mut documents = Vec::new();
        for page in &self.pages {
            documents.push(sources.open(page).map_err(Failure::Page)?);
        }
        let service = describe(&sources, &documents);
        if service.is_empty() {
            return Err(Failure::Nothing(self.pages));
        }
        let mut pages = Vec::new();
        for (page, document) in self.pages.iter().zip(documents) {
            let bytes = sources.bytes(page).map_err(Failure::Page)?;
            let mut source = vendored::keep(&self.out, page, &bytes)?;
            let page::Origin { url, language } = page::origin(&sources.document(document).text);
            let told = std::mem::take(&mut self.told);
            source.url = told.url.or(url);
            source.retrieved = told.retrieved;
            source.language = told.language.or(language);
            pages.push((document, source));
        }
        let imported = service.written(&pages);
        let mut report = imported.findings.render(&sources);
        let text = match existing {
            None => imported.descriptor,
            Some(current) => {
                let document = sources
                    .add(&self.out, current.clone())
                    .map_err(Failure::Page)?;
                let update =
                    update::update(document, &current, before.as_deref(), &imported.descriptor);
                report.push_str(&vendored::report(&update, before.is_some()));
                let origins: Vec<PageSource> =
                    pages.into_iter().map(|(_, source)| source).collect();
                vendored::with_sources(&update.text, &origins)
            }
        };
        save(&self.out, text.as_bytes())?;
        Ok(report)
    }
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| Failure::Write(path.to_owned(), error))
}

/// What an import gives.
#[derive(Debug)]
pub struct Imported {
    /// The descriptor, Markdown.
    pub descriptor: String,
    /// What was mended, guessed, not known or odd.
    pub findings: Findings,
}

/// Reads one page to a descriptor.
#[must_use]
pub fn import(sources: &Sources, document: DocumentId, source: PageSource) -> Imported {
    import_pages(sources, &[(document, source)])
}

/// The blocks of a page, and what they say.
fn understand(
    sources: &Sources,
    document: DocumentId,
    findings: &mut Findings,
) -> (Vec<model::Block>, description::Service) {
    let text = &sources.document(document).text;
    let start = Span::new(document, 0..0);
    let blocks = page::blocks(document, text, findings);
    let reading = sections::read(&blocks, start, findings);
    let service = assemble::page(reading, start, findings);
    (blocks, service)
}

/// Reads pages of one service, or several extractions or languages of one page, to one descriptor.
#[must_use]
pub fn import_pages(sources: &Sources, pages: &[(DocumentId, PageSource)]) -> Imported {
    let documents: Vec<DocumentId> = pages.iter().map(|(document, _)| *document).collect();
    describe(sources, &documents).written(pages)
}

/// What pages say together.
struct Described {
    service: Option<description::Service>,
    findings: Findings,
}

impl Described {
    /// Whether nothing is said about any message.
    fn is_empty(&self) -> bool {
        self.service.as_ref().is_none_or(|service| {
            service.types.is_empty()
                && service.enumerations.is_empty()
                && service.catalogue.is_empty()
                && service.operations.iter().all(|operation| {
                    operation.request.is_none()
                        && operation.response.is_none()
                        && operation.faults.is_empty()
                        && operation.path.is_none()
                })
        })
    }

    fn written(self, pages: &[(DocumentId, PageSource)]) -> Imported {
        let origins: Vec<PageSource> = pages.iter().map(|(_, source)| source.clone()).collect();
        Imported {
            descriptor: self
                .service
                .map_or_else(String::new, |service| write::descriptor(&service, &origins)),
            findings: self.findings,
        }
    }
}

fn describe(sources: &Sources, pages: &[DocumentId]) -> Described {
    let mut findings = Findings::default();
    let mut whole: Option<description::Service> = None;
    for document in pages {
        let (_, service) = understand(sources, *document, &mut findings);
        match &mut whole {
            None => whole = Some(service),
            Some(whole) => merge::merge(whole, service, &mut findings),
        }
    }
    if let Some(service) = &whole {
        assemble::unknowns(service, &mut findings);
    }
    findings.sort();
    Described {
        service: whole,
        findings,
    }
}
