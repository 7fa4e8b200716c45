//! Catalogs: which file stands for a location or a namespace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{DocumentId, SourceError, Sources, normalize, percent_decoded};

/// Files that stand for locations and namespaces, so that imports by remote address, or by
/// namespace alone, can be followed without a network.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    by_location: BTreeMap<String, PathBuf>,
    by_namespace: BTreeMap<String, Vec<PathBuf>>,
    /// The first address that is given for a file: the locations in it are relative to that.
    addresses: BTreeMap<PathBuf, String>,
}

/// A line of a catalog that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogError {
    /// The line, from one.
    pub line: usize,
}

impl std::fmt::Display for CatalogError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "line {}: not `location`, `namespace` and `path`, separated by tabs, with a path and \
             one of the others",
            self.line
        )
    }
}

impl std::error::Error for CatalogError {}

impl Catalog {
    /// Reads lines of `location`, `namespace` and `path`, separated by tabs; the location or the
    /// namespace may be empty. Paths are relative to `directory`. Empty lines, and those that start
    /// with `#`, are skipped.
    ///
    /// # Errors
    ///
    /// At the first line that is not of this form.
    pub fn parse(text: &str, directory: &Path) -> Result<Self, CatalogError> {
        let mut catalog = Self::default();
        for (line, number) in text.lines().zip(1..) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
            match columns[..] {
                [location, namespace, path]
                    if !path.is_empty() && [location, namespace] != ["", ""] =>
                {
                    catalog.add(location, namespace, directory.join(path));
                }
                _ => return Err(CatalogError { line: number }),
            }
        }
        Ok(catalog)
    }

    /// Adds one file. An empty location makes it stand for the namespace wherever that is imported
    /// without a location that leads to a file.
    pub fn add(&mut self, location: &str, namespace: &str, path: impl Into<PathBuf>) {
        let path = normalize(&path.into());
        if location.contains("://") {
            self.addresses
                .entry(path.clone())
                .or_insert_with(|| location.to_owned());
        }
        if !location.is_empty() {
            self.by_location
                .entry(location.to_owned())
                .or_insert_with(|| path.clone());
        }
        if !namespace.is_empty() {
            let paths = self.by_namespace.entry(namespace.to_owned()).or_default();
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }

    /// The file for a location as it is written.
    #[must_use]
    pub fn location(&self, location: &str) -> Option<&Path> {
        self.by_location.get(location).map(PathBuf::as_path)
    }

    /// The file for a namespace; the first one if there are several.
    #[must_use]
    pub fn namespace(&self, namespace: &str) -> Option<&Path> {
        self.by_namespace
            .get(namespace)
            .and_then(|paths| paths.first())
            .map(PathBuf::as_path)
    }

    /// The address that the catalog gives a file.
    fn address_of(&self, path: &Path) -> Option<&str> {
        self.addresses.get(&normalize(path)).map(String::as_str)
    }

    /// The file for a location: as written, or relative to the address of the document at `base`.
    fn file_for(&self, base: &Path, location: &str) -> Option<&Path> {
        self.location(location).or_else(|| {
            let address = self.address_of(base)?;
            self.location(&joined(address, location)?)
        })
    }
}

impl Sources {
    /// Follows the imports of all documents by this catalog, and by no other, from now on. Its files
    /// must lie below the allowed directories, as all others.
    pub fn set_catalog(&mut self, catalog: Catalog) {
        self.catalogs = vec![(PathBuf::new(), catalog)];
    }

    /// Follows the imports of the documents below `directory` by this catalog, too.
    pub fn add_catalog(&mut self, directory: &Path, catalog: Catalog) {
        self.catalogs.push((normalize(directory), catalog));
    }

    /// Reads the document that an import or include means: by the catalog's entry for the location,
    /// by the location itself, or by the catalog's entry for the namespace.
    ///
    /// # Errors
    ///
    /// The reason why the location leads nowhere, if the catalog knows nothing better; `Ok(None)`
    /// if there is no location and the catalog does not know the namespace.
    pub fn open_import(
        &self,
        base: DocumentId,
        namespace: Option<&str>,
        location: Option<&str>,
    ) -> Result<Option<DocumentId>, SourceError> {
        let mut failure = None;
        if let Some(location) = location {
            if let Some(path) = self.catalogued(base, location) {
                return self.load(path).map(Some);
            }
            match self.open_relative(base, location) {
                Ok(document) => return Ok(Some(document)),
                Err(error) => failure = Some(error),
            }
        }
        let path = namespace.and_then(|namespace| {
            self.catalogs_of(base)
                .find_map(|catalog| catalog.namespace(namespace))
                .map(Path::to_owned)
        });
        match (path, failure) {
            (Some(path), _) => self.load(path).map(Some),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(None),
        }
    }

    /// Reads the file beside the document at `base` that has the name at the end of a location, query
    /// included: the documents of a service are often saved together, and say the addresses that they
    /// had before.
    ///
    /// # Errors
    ///
    /// `failure`, which is why the location could not be followed, if it does not say that there is no
    /// file, or if there is none here either; else the reason why the file cannot be read.
    pub fn open_beside(
        &self,
        base: DocumentId,
        location: Option<&str>,
        failure: SourceError,
    ) -> Result<Option<DocumentId>, SourceError> {
        let file = match failure {
            SourceError::Remote(_) | SourceError::Io(..) => {
                location.and_then(|location| self.beside(base, location))
            }
            _ => None,
        };
        file.map_or(Err(failure), |file| self.load(file).map(Some))
    }

    fn beside(&self, base: DocumentId, location: &str) -> Option<PathBuf> {
        let location = location.split('#').next()?;
        let path = location.split('?').next()?;
        let start = path.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
        let name = percent_decoded(&location[start..]).filter(|name| {
            !["", ".", ".."].contains(&name.as_str()) && !name.contains(['/', '\\'])
        })?;
        let own = &self.document(base).path;
        let file = own.with_file_name(name);
        (file != *own && file.is_file()).then_some(file)
    }

    /// The file that a catalog gives for a location.
    fn catalogued(&self, base: DocumentId, location: &str) -> Option<PathBuf> {
        let path = &self.document(base).path;
        self.catalogs_of(base)
            .find_map(|catalog| catalog.file_for(path, location))
            .map(Path::to_owned)
    }

    fn catalogs_of(&self, base: DocumentId) -> impl Iterator<Item = &Catalog> {
        let path = normalize(&self.document(base).path);
        self.catalogs
            .iter()
            .filter(move |(directory, _)| path.starts_with(directory))
            .map(|(_, catalog)| catalog)
    }
}

/// The relative reference `location`, seen from the document at `address`, without the fragment; as
/// RFC 3986 §5.2 has it, but nothing is encoded or decoded. `None` if it is not relative.
pub(crate) fn joined(address: &str, location: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    let location = location.split('#').next().unwrap_or_default();
    if has_scheme(location) {
        return None;
    }
    if location.starts_with("//") {
        return Some(format!("{scheme}:{location}"));
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, resource) = rest.split_at(end);
    let (path, query) = resource.split_once('?').unwrap_or((resource, ""));
    let (path, query) = match location.split_once('?') {
        _ if location.is_empty() => (path.to_owned(), Some(query).filter(|_| rest.contains('?'))),
        Some(("", query)) => (path.to_owned(), Some(query)),
        Some((relative, query)) => (merged(path, relative), Some(query)),
        None => (merged(path, location), None),
    };
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{scheme}://{host}{path}{query}"))
}

/// Whether a location starts with a scheme, as absolute addresses do.
fn has_scheme(location: &str) -> bool {
    location.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// The path `relative`, seen from `path`, without dot segments.
fn merged(path: &str, relative: &str) -> String {
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    let mut segments: Vec<&str> = Vec::new();
    if !relative.starts_with('/') {
        segments.extend(directory.split('/').skip(1));
    }
    let relative = relative.strip_prefix('/').unwrap_or(relative);
    for segment in relative.split('/') {
        match segment {
            "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    if relative.ends_with("/.") || relative.ends_with("/..") || [".", ".."].contains(&relative) {
        segments.push("");
    }
    format!("/{}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines_and_refuses_others() {
        let text = "# why\nhttp://x.example/a.xsd\turn:a\ta.xsd\n\n\turn:b\tdeep/b.xsd\n";
        let catalog = Catalog::parse(text, Path::new("dir")).unwrap();
        assert_eq!(
            catalog.location("http://x.example/a.xsd"),
            Some(Path::new("dir/a.xsd"))
        );
        assert_eq!(catalog.namespace("urn:a"), Some(Path::new("dir/a.xsd")));
        assert_eq!(
            catalog.namespace("urn:b"),
            Some(Path::new("dir/deep/b.xsd"))
        );
        assert_eq!(catalog.location(""), None);
        for bad in ["a\tb", "\t\tpath", "x\ty\t", "a\tb\tc\td"] {
            assert_eq!(
                Catalog::parse(bad, Path::new("")).unwrap_err(),
                CatalogError { line: 1 },
                "{bad:?}"
            );
        }
    }

    #[test]
    fn the_first_address_of_a_file_is_its_own() {
        let text = "http://x.example/z/b.xsd\t\tb.xsd\nhttp://x.example/a/b.xsd\t\tb.xsd\n\
                    http://x.example/z/c.xsd\t\tc.xsd\n";
        let catalog = Catalog::parse(text, Path::new("./dir")).unwrap();
        assert_eq!(
            catalog.file_for(Path::new("dir/b.xsd"), "c.xsd"),
            Some(Path::new("dir/c.xsd"))
        );
        assert_eq!(catalog.file_for(Path::new("dir/c.xsd"), "d.xsd"), None);
    }

    #[test]
    fn a_catalog_serves_the_documents_of_its_directory() {
        let mut sources = Sources::default();
        let inside = sources.add("one/a.wsdl", "").unwrap();
        let outside = sources.add("two/a.wsdl", "").unwrap();
        let catalog = Catalog::parse("urn:x\t\tx.xsd", Path::new("one")).unwrap();
        sources.add_catalog(Path::new("./one"), catalog);
        assert_eq!(
            sources.catalogued(inside, "urn:x"),
            Some(PathBuf::from("one/x.xsd"))
        );
        assert_eq!(sources.catalogued(outside, "urn:x"), None);
    }

    #[test]
    fn joins_relative_locations_to_addresses() {
        let join = |location| joined("http://x.example/a/b/c.xsd?v=1", location);
        assert_eq!(join("d.xsd").as_deref(), Some("http://x.example/a/b/d.xsd"));
        assert_eq!(
            join("../d.xsd").as_deref(),
            Some("http://x.example/a/d.xsd")
        );
        assert_eq!(join("/d.xsd").as_deref(), Some("http://x.example/d.xsd"));
        assert_eq!(join("http://y.example/d.xsd"), None);
        assert_eq!(join("urn:d"), None);
        let more = [
            ("?xsd=1", "http://x.example/a/b/c.xsd?xsd=1"),
            ("d?xsd=../1#x", "http://x.example/a/b/d?xsd=../1"),
            ("//y.example/d.xsd", "http://y.example/d.xsd"),
            ("../../../d.xsd", "http://x.example/d.xsd"),
            ("./d//e/../f.xsd", "http://x.example/a/b/d//f.xsd"),
            ("", "http://x.example/a/b/c.xsd?v=1"),
            ("..", "http://x.example/a/"),
        ];
        for (location, expected) in more {
            assert_eq!(join(location).as_deref(), Some(expected), "{location}");
        }
        assert_eq!(
            joined("http://x.example", "d.xsd").as_deref(),
            Some("http://x.example/d.xsd")
        );
    }
}
