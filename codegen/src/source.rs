//! Documents by location: the only code of the generator that touches the file system for input.
//!
//! Every document is read once, within [`Limits`], from under one of the given roots, decoded to
//! text, and kept for as long as diagnostics may point into it. There is no network.

use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

mod catalog;
mod documents;
mod encoding;

#[cfg(feature = "vendor")]
pub(crate) use catalog::joined;
pub use catalog::{Catalog, CatalogError};
use documents::Documents;

/// The place of a document in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(u32);

/// A range of bytes in the text of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The document.
    pub document: DocumentId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Of what no document declares: built-in types, command-line arguments.
    pub const NONE: Self = Self {
        document: DocumentId(u32::MAX),
        start: 0,
        end: 0,
    };

    /// The range `start..end` of `document`; documents are limited to 4 GiB by [`Limits`].
    #[must_use]
    pub fn new(document: DocumentId, range: std::ops::Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            document,
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    /// Whether it points into a document.
    #[must_use]
    pub fn is_some(self) -> bool {
        self.document != Self::NONE.document
    }
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The path as given or found, for people; never made absolute.
    pub path: PathBuf,
    /// The text, decoded to UTF-8, without a byte order mark.
    pub text: String,
    /// White space stood before the XML declaration; in `text` it stands after it.
    pub declaration_was_late: bool,
}

/// What is refused.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The size of one document, in bytes.
    pub document_bytes: u64,
    /// The number of documents.
    pub documents: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 64 << 20,
            documents: 10_000,
        }
    }
}

/// Why a document could not be had.
#[derive(Debug)]
#[non_exhaustive]
pub enum SourceError {
    /// The location names another scheme than a file: there is no network here.
    Remote(String),
    /// The location leads out of the given roots.
    OutsideRoots(PathBuf),
    /// The file system says no.
    Io(PathBuf, io::Error),
    /// Larger than the limit, in bytes.
    TooLarge(PathBuf, u64),
    /// One document more than the limit.
    TooMany(usize),
    /// Not UTF-8, UTF-16 or the encoding that it declares.
    Encoding(PathBuf, String),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remote(location) => {
                write!(
                    f,
                    "`{location}` is not a file, and the generator does not use the network"
                )
            }
            Self::OutsideRoots(path) => {
                write!(
                    f,
                    "`{}` lies outside the directories of the inputs",
                    path.display()
                )
            }
            Self::Io(path, error) => write!(f, "cannot read `{}`: {error}", path.display()),
            Self::TooLarge(path, limit) => {
                write!(
                    f,
                    "`{}` is larger than the limit of {limit} bytes",
                    path.display()
                )
            }
            Self::TooMany(limit) => write!(f, "more than {limit} documents"),
            Self::Encoding(path, what) => write!(f, "cannot decode `{}`: {what}", path.display()),
        }
    }
}

impl std::error::Error for SourceError {}

/// All documents of one run.
#[derive(Debug, Default)]
pub struct Sources {
    documents: Documents,
    roots: Vec<PathBuf>,
    /// Each for the documents below a directory.
    catalogs: Vec<(PathBuf, Catalog)>,
    limits: Limits,
}

impl Sources {
    /// No documents yet, and these limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// Allows documents below `directory`.
    ///
    /// # Errors
    ///
    /// If it is not a directory that can be read.
    pub fn allow(&mut self, directory: &Path) -> Result<(), SourceError> {
        let root = fs::canonicalize(directory)
            .map_err(|error| SourceError::Io(directory.to_owned(), error))?;
        if !self.roots.contains(&root) {
            self.roots.push(root);
        }
        Ok(())
    }

    /// Reads the document that the user names, and allows its directory.
    ///
    /// # Errors
    ///
    /// If it cannot be read, see [`SourceError`].
    pub fn open(&mut self, path: &Path) -> Result<DocumentId, SourceError> {
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        self.allow(directory)?;
        self.load(path.to_owned())
    }

    /// Reads the document that `location` names, seen from `base`: an import or include.
    ///
    /// # Errors
    ///
    /// If it names no file, leads out of the roots, or cannot be read.
    pub fn open_relative(
        &self,
        base: DocumentId,
        location: &str,
    ) -> Result<DocumentId, SourceError> {
        let path = self.path_of(base, location)?;
        self.load(path)
    }

    /// The path that `location` means, seen from `base`.
    ///
    /// # Errors
    ///
    /// If it names no file.
    pub fn path_of(&self, base: DocumentId, location: &str) -> Result<PathBuf, SourceError> {
        let path = location_path(location)?;
        let directory = self.document(base).path.parent().unwrap_or(Path::new(""));
        Ok(normalize(&directory.join(path)))
    }

    /// The bytes of a file below the allowed directories, as they are.
    ///
    /// # Errors
    ///
    /// If it leads out of the roots, or cannot be read.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>, SourceError> {
        self.read(path).map(|(_, bytes)| bytes)
    }

    /// Adds a document that is not read from a file: for tests, and for text that has no place.
    ///
    /// # Errors
    ///
    /// If there are too many documents.
    pub fn add(
        &mut self,
        path: impl Into<PathBuf>,
        text: impl Into<String>,
    ) -> Result<DocumentId, SourceError> {
        self.push(path.into(), text.into(), None)
    }

    /// Adds a document that is not read from a file by its bytes, in any encoding that is read.
    ///
    /// # Errors
    ///
    /// If it cannot be decoded, or there are too many documents.
    pub fn add_bytes(
        &mut self,
        path: impl Into<PathBuf>,
        bytes: &[u8],
    ) -> Result<DocumentId, SourceError> {
        self.push_bytes(path.into(), bytes, None)
    }

    /// The document at `id`.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> &Document {
        let document = self.documents.get(id);
        document.expect("an id is made for a document")
    }

    /// The document that `span` points into.
    #[must_use]
    pub fn of(&self, span: Span) -> Option<&Document> {
        self.documents.get(span.document)
    }

    /// All documents, in the order of reading.
    pub fn iter(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        self.documents.iter()
    }

    fn load(&self, path: PathBuf) -> Result<DocumentId, SourceError> {
        if let Ok(canonical) = fs::canonicalize(&path)
            && let Some(id) = self.documents.of_file(&canonical)
        {
            return Ok(id);
        }
        let (canonical, bytes) = self.read(&path)?;
        self.push_bytes(path, &bytes, Some(canonical))
    }

    fn push_bytes(
        &self,
        path: PathBuf,
        bytes: &[u8],
        file: Option<PathBuf>,
    ) -> Result<DocumentId, SourceError> {
        match encoding::decode(bytes) {
            Ok(text) => self.push(path, text, file),
            Err(what) => Err(SourceError::Encoding(path, what)),
        }
    }

    fn push(
        &self,
        path: PathBuf,
        text: String,
        file: Option<PathBuf>,
    ) -> Result<DocumentId, SourceError> {
        if self.documents.count() >= self.limits.documents {
            return Err(SourceError::TooMany(self.limits.documents));
        }
        let in_order = encoding::declaration_first(&text);
        let document = Document {
            path,
            declaration_was_late: in_order.is_some(),
            text: in_order.unwrap_or(text),
        };
        Ok(self.documents.push(document, file))
    }

    /// Where the file is, and what is in it.
    fn read(&self, path: &Path) -> Result<(PathBuf, Vec<u8>), SourceError> {
        let failed = |error| SourceError::Io(path.to_owned(), error);
        let canonical = fs::canonicalize(path).map_err(failed)?;
        if !self.roots.iter().any(|root| canonical.starts_with(root)) {
            return Err(SourceError::OutsideRoots(path.to_owned()));
        }
        let limit = self.limits.document_bytes;
        let mut bytes = Vec::new();
        fs::File::open(&canonical)
            .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
            .map_err(failed)?;
        if bytes.len() as u64 > limit {
            return Err(SourceError::TooLarge(path.to_owned(), limit));
        }
        Ok((canonical, bytes))
    }
}

/// The path that a location names.
fn location_path(location: &str) -> Result<PathBuf, SourceError> {
    let remote = || SourceError::Remote(location.to_owned());
    let path = location.strip_prefix("file://").unwrap_or(location);
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| {
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    }) || path.starts_with("//")
        || path.starts_with("\\\\")
        || path.contains('\0')
    {
        return Err(remote());
    }
    Ok(PathBuf::from(percent_decoded(path).ok_or_else(remote)?))
}

/// `path` with `%xx` replaced; `None` if that is not text.
pub(crate) fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| {
            char::from(byte)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push(hex(*high)? * 16 + hex(*low)?);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|path| !path.contains('\0'))
}

/// `path` without `.` and inner `..`, so that messages name files the short way.
pub(crate) fn normalize(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.iter().collect()
}
