//! Follows references from document to document until none is left.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use url::Url;

use super::address::{self, Refusal};
use super::fetch::{Fetch, FetchError, Fetched};
use super::names::Names;
use super::store::{CatalogLine, Stored, stored};
use super::{DOCUMENTS, TOTAL_BYTES};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::frontend::references::{self, Outline, Reference};
use crate::source::{DocumentId, Limits, SourceError, Sources, Span, joined, normalize};

/// What was found.
pub(super) struct Gathered {
    pub(super) documents: Vec<Stored>,
    pub(super) catalog: Vec<CatalogLine>,
    pub(super) sources: Sources,
    pub(super) diagnostics: Diagnostics,
}

/// Where a document is from.
#[derive(Clone)]
enum Origin {
    Address(Url),
    /// The path below the directory of the input, and that directory.
    Path(PathBuf, PathBuf),
}

/// A document that was had.
struct Found {
    origin: Origin,
    document: DocumentId,
    bytes: Vec<u8>,
    outline: Outline,
    entry: bool,
    /// Whether something means it by its namespace.
    imported: bool,
}

/// A reference to follow; the inputs are referred to by nobody.
struct Link {
    from: Option<(usize, Reference)>,
    to: Target,
}

enum Target {
    Address(Url),
    /// The path, and the directory of the input.
    Path(PathBuf, PathBuf),
}

/// The documents so far.
pub(super) struct Gathering {
    fetch: Fetch,
    keep_going: bool,
    sources: Sources,
    diagnostics: Diagnostics,
    found: Vec<Found>,
    /// Addresses that were asked for or that documents are at; `None` where there is none.
    addresses: BTreeMap<String, Option<usize>>,
    paths: BTreeMap<PathBuf, Option<usize>>,
    /// What a catalog must know beside the addresses of the documents.
    aliases: BTreeSet<(usize, String)>,
    /// Local documents come first, so that their paths are free.
    local: VecDeque<Link>,
    remote: VecDeque<Link>,
    bytes: u64,
}

impl Gathering {
    pub(super) fn new(fetch: Fetch, keep_going: bool) -> Self {
        let limits = Limits {
            document_bytes: fetch.limit,
            ..Limits::default()
        };
        Self {
            fetch,
            keep_going,
            sources: Sources::new(limits),
            diagnostics: Diagnostics::new(),
            found: Vec::new(),
            addresses: BTreeMap::new(),
            paths: BTreeMap::new(),
            aliases: BTreeSet::new(),
            local: VecDeque::new(),
            remote: VecDeque::new(),
            bytes: 0,
        }
    }

    /// Gets the inputs, and what they refer to.
    pub(super) fn run(mut self, addresses: &[Url], files: &[PathBuf]) -> Gathered {
        for file in files {
            let directory = match file.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => parent,
                _ => Path::new("."),
            };
            match self.sources.allow(directory) {
                Ok(()) => self.local.push_back(Link {
                    from: None,
                    to: Target::Path(normalize(file), normalize(directory)),
                }),
                Err(error) => self.diagnostics.push(unreadable(Span::NONE, &error)),
            }
        }
        for address in addresses {
            self.remote.push_back(Link {
                from: None,
                to: Target::Address(address.clone()),
            });
        }
        while let Some(link) = self.local.pop_front().or_else(|| self.remote.pop_front()) {
            if self.found.len() >= DOCUMENTS || self.bytes > TOTAL_BYTES {
                self.diagnostics.push(Diagnostic::error(
                    Code::LimitExceeded,
                    Span::NONE,
                    format!("more than {DOCUMENTS} documents, or {TOTAL_BYTES} bytes in all"),
                ));
                break;
            }
            self.follow(&link);
        }
        let base = self.found.iter().find_map(|found| match &found.origin {
            Origin::Address(address) if found.entry => Some(address.clone()),
            _ => None,
        });
        let paths = self.paths_of_files(base.as_ref());
        let catalog = self.catalog(&paths);
        let documents = self
            .found
            .into_iter()
            .zip(paths)
            .map(|(found, path)| {
                let uri = match found.origin {
                    Origin::Address(address) => Some(address.into()),
                    Origin::Path(..) => None,
                };
                stored(path, uri, found.bytes, found.entry)
            })
            .collect();
        Gathered {
            documents,
            catalog,
            sources: self.sources,
            diagnostics: self.diagnostics,
        }
    }

    fn follow(&mut self, link: &Link) {
        let found = match &link.to {
            Target::Address(address) => self.follow_address(link, address),
            Target::Path(path, directory) => self.follow_path(link, path, directory),
        };
        let Some(index) = found else { return };
        let found = &mut self.found[index];
        match &link.from {
            None => found.entry = true,
            Some((from, reference)) => {
                found.imported |= reference.import;
                if let Some(alias) = self.alias(*from, &reference.location) {
                    self.aliases.insert((index, alias));
                }
            }
        }
    }

    fn follow_address(&mut self, link: &Link, address: &Url) -> Option<usize> {
        if let Some(known) = self.addresses.get(address.as_str()) {
            return *known;
        }
        let addresses = &self.addresses;
        let fetched = self.fetch.get(address, |address| {
            addresses.get(address.as_str()).is_some_and(Option::is_some)
        });
        let index = match fetched {
            Ok(Fetched::Known(known)) => self.addresses.get(known.as_str()).copied().flatten(),
            Ok(Fetched::New(at, bytes)) => {
                let index = self.add(link, at.as_str(), Origin::Address(at.clone()), bytes);
                self.addresses.insert(at.into(), index);
                index
            }
            Err(error) => {
                self.missed(link, address.as_str(), &error);
                None
            }
        };
        self.addresses.insert(address.as_str().to_owned(), index);
        index
    }

    fn follow_path(&mut self, link: &Link, path: &Path, directory: &Path) -> Option<usize> {
        if let Some(known) = self.paths.get(path) {
            return *known;
        }
        let index = match self.below(path, directory) {
            Ok((below, bytes)) => {
                let origin = Origin::Path(below, directory.to_owned());
                self.add(link, path, origin, bytes)
            }
            Err(error) => {
                let place = link.place();
                let mut diagnostic = unreadable(place, &error);
                if link.from.is_some() {
                    diagnostic.code = Code::UnresolvedImport;
                    self.soften(link, &mut diagnostic);
                }
                self.diagnostics.push(diagnostic);
                None
            }
        };
        self.paths.insert(path.to_owned(), index);
        index
    }

    /// The bytes of a local file, and where it is below the directory of the input.
    fn below(&self, path: &Path, directory: &Path) -> Result<(PathBuf, Vec<u8>), SourceError> {
        let outside = || SourceError::OutsideRoots(path.to_owned());
        let bytes = self.sources.bytes(path)?;
        let below = if directory == Path::new("") && path.is_relative() {
            path
        } else {
            path.strip_prefix(directory).map_err(|_| outside())?
        };
        let plain = below.components().all(|part| {
            matches!(part, std::path::Component::Normal(name)
                if name.to_str().is_some_and(|name| !name.contains(char::is_control)))
        });
        if plain {
            Ok((below.to_owned(), bytes))
        } else {
            Err(outside())
        }
    }

    /// Reads what a document refers to.
    fn add(
        &mut self,
        link: &Link,
        shown: impl Into<PathBuf>,
        origin: Origin,
        bytes: Vec<u8>,
    ) -> Option<usize> {
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        let document = match self.sources.add_bytes(shown, &bytes) {
            Ok(document) => document,
            Err(error) => {
                let mut diagnostic = unreadable(link.place(), &error);
                self.soften(link, &mut diagnostic);
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        let mut findings = Diagnostics::new();
        let outline = references::outline(&self.sources, document, &mut findings);
        for finding in findings.iter() {
            let mut finding = finding.clone();
            if let Some((_, reference)) = &link.from {
                finding = finding.related(reference.span, "imported here");
            }
            self.soften(link, &mut finding);
            self.diagnostics.push(finding);
        }
        let outline = outline?;
        let index = self.found.len();
        for reference in &outline.references {
            self.queue(index, &origin, document, reference);
        }
        self.found.push(Found {
            origin,
            document,
            bytes,
            outline,
            entry: false,
            imported: false,
        });
        Some(index)
    }

    fn queue(&mut self, from: usize, base: &Origin, document: DocumentId, reference: &Reference) {
        let location = &reference.location;
        let target = match base {
            Origin::Address(base) => address::join(base, location).map(Target::Address),
            Origin::Path(..) if address::is_remote(location) => {
                address::parse(location).map(Target::Address)
            }
            Origin::Path(_, directory) => self
                .sources
                .path_of(document, location)
                .map(|path| Target::Path(path, directory.clone()))
                .map_err(|_| {
                    let scheme = location.split(':').next().unwrap_or_default();
                    Refusal::Scheme(scheme.escape_debug().to_string())
                }),
        };
        let mut link = Link {
            from: Some((from, reference.clone())),
            to: Target::Path(PathBuf::new(), PathBuf::new()),
        };
        match target {
            Ok(target @ Target::Address(_)) => {
                link.to = target;
                self.remote.push_back(link);
            }
            Ok(target) => {
                link.to = target;
                self.local.push_back(link);
            }
            Err(refusal) => self.refuse(&link, &refusal),
        }
    }

    /// Reports what is not even asked for.
    fn refuse(&mut self, link: &Link, refusal: &Refusal) {
        let mut diagnostic = Diagnostic::error(
            Code::RefusedAddress,
            link.place(),
            format!("the import is not followed: {refusal}"),
        )
        .help(refusal.help());
        if let Refusal::Userinfo(_) = refusal {
            // The line would be shown, with the password in it.
            if let Some(document) = self.sources.of(diagnostic.span) {
                let before = &document.text[..diagnostic.span.start as usize];
                diagnostic.message = format!(
                    "{}:{}: {}",
                    document.path.display(),
                    before.matches('\n').count() + 1,
                    diagnostic.message
                );
            }
            diagnostic.span = Span::NONE;
        }
        self.soften(link, &mut diagnostic);
        self.diagnostics.push(diagnostic);
    }

    fn missed(&mut self, link: &Link, address: &str, error: &FetchError) {
        if let FetchError::Refused(refusal @ Refusal::Host(_)) = error
            && link.from.is_some()
        {
            return self.refuse(link, refusal);
        }
        let what = match error {
            FetchError::Refused(refusal) => format!("`{address}`: {refusal}"),
            error => error.to_string(),
        };
        let (code, message) = match (&link.from, error) {
            (_, FetchError::TooLarge(..)) => (Code::LimitExceeded, what),
            (_, FetchError::Refused(_)) => (Code::RefusedAddress, what),
            (None, _) => (
                Code::UnreadableSource,
                format!("cannot fetch the document: {what}"),
            ),
            (Some(_), _) => (
                Code::UnresolvedImport,
                format!("cannot fetch the imported document: {what}"),
            ),
        };
        let mut diagnostic = Diagnostic::error(code, link.place(), message);
        diagnostic.help = error.help();
        self.soften(link, &mut diagnostic);
        self.diagnostics.push(diagnostic);
    }

    /// What nothing depends on, or what was said not to matter, is a warning.
    fn soften(&self, link: &Link, diagnostic: &mut Diagnostic) {
        let Some((_, reference)) = &link.from else {
            return;
        };
        if reference.at_hand || self.keep_going {
            diagnostic.severity = Severity::Warning;
        } else if diagnostic.help.is_none() {
            diagnostic.help = Some("`--keep-going` writes what can be had without it".to_owned());
        }
    }

    /// What the catalog must say of a location, where the address of the document does not.
    fn alias(&self, from: usize, location: &str) -> Option<String> {
        match &self.found[from].origin {
            Origin::Address(base) => {
                Some(joined(base.as_str(), location).unwrap_or_else(|| location.to_owned()))
            }
            Origin::Path(..) => location.contains(':').then(|| location.to_owned()),
        }
    }

    fn paths_of_files(&mut self, base: Option<&Url>) -> Vec<String> {
        let mut names = Names::new(base);
        let mut paths = Vec::new();
        for found in &self.found {
            paths.push(match &found.origin {
                Origin::Address(address) => names.name(address, found.outline.kind),
                Origin::Path(below, _) => {
                    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                    let path = parts.join("/");
                    if !names.take(&path) {
                        self.diagnostics.push(
                            Diagnostic::error(
                                Code::NameClash,
                                Span::new(found.document, 0..0),
                                format!("two documents would be stored as `{path}`"),
                            )
                            .help("vendor one of them to another directory"),
                        );
                    }
                    path
                }
            });
        }
        paths
    }

    /// By path; of each document its address, then whatever else it is called.
    fn catalog(&self, paths: &[String]) -> Vec<CatalogLine> {
        let mut order: Vec<usize> = (0..paths.len()).collect();
        order.sort_by(|a, b| paths[*a].cmp(&paths[*b]));
        let mut lines = Vec::new();
        for index in order {
            let (found, path) = (&self.found[index], &paths[index]);
            let wanted = found.imported && !found.outline.target.contains(char::is_control);
            let namespace = if wanted {
                found.outline.target.as_str()
            } else {
                ""
            };
            let own = match &found.origin {
                Origin::Address(address) => address.as_str(),
                Origin::Path(..) => "",
            };
            let line = |uri: &str, namespace: &str| CatalogLine {
                uri: uri.to_owned(),
                namespace: namespace.to_owned(),
                path: path.clone(),
            };
            if !own.is_empty() || !namespace.is_empty() {
                lines.push(line(own, namespace));
            }
            let aliases = self
                .aliases
                .range((index, String::new())..(index + 1, String::new()));
            let redirected = self
                .addresses
                .iter()
                .filter(|(_, at)| **at == Some(index))
                .map(|(address, _)| address);
            let others: BTreeSet<&String> =
                aliases.map(|(_, alias)| alias).chain(redirected).collect();
            for alias in others {
                if alias != own {
                    lines.push(line(alias, ""));
                }
            }
        }
        lines
    }
}

impl Link {
    /// The place of the reference.
    fn place(&self) -> Span {
        self.from
            .as_ref()
            .map_or(Span::NONE, |(_, reference)| reference.span)
    }
}

fn unreadable(span: Span, error: &SourceError) -> Diagnostic {
    let (code, help) = match error {
        SourceError::TooLarge(..) => (
            Code::LimitExceeded,
            Some("`--max-bytes N` raises the limit"),
        ),
        SourceError::OutsideRoots(_) => (
            Code::UnresolvedImport,
            Some("keep the documents of one service below one directory"),
        ),
        _ => (Code::UnreadableSource, None),
    };
    let mut diagnostic = Diagnostic::error(code, span, error.to_string());
    diagnostic.help = help.map(str::to_owned);
    diagnostic
}
