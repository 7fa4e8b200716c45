//! Catalogs: which file stands for a location or a namespace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{DocumentId, SourceError, Sources, normalize};

/// Files that stand for locations and namespaces, so that imports by remote address, or by
/// namespace alone, can be followed without a network.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    by_location: BTreeMap<String, PathBuf>,
    by_namespace: BTreeMap<String, Vec<PathBuf>>,
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
        let path = path.into();
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

    /// The address that the catalog gives a file, to which the locations in it are relative.
    fn address_of(&self, path: &Path) -> Option<&str> {
        self.by_location
            .iter()
            .find(|(location, file)| file.as_path() == path && location.contains("://"))
            .map(|(location, _)| location.as_str())
    }
}

impl Sources {
    /// Follows imports by this catalog from now on. Its files must lie below the allowed
    /// directories, as all others.
    pub fn set_catalog(&mut self, catalog: Catalog) {
        self.catalog = catalog;
    }

    /// Reads the document that an import or include means: by the catalog's entry for the location,
    /// by the location itself, or by the catalog's entry for the namespace.
    ///
    /// # Errors
    ///
    /// The reason why the location leads nowhere, if the catalog knows nothing better; `Ok(None)`
    /// if there is no location and the catalog does not know the namespace.
    pub fn open_import(
        &mut self,
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
        let path = namespace.and_then(|namespace| self.catalog.namespace(namespace));
        match (path.map(Path::to_owned), failure) {
            (Some(path), _) => self.load(path).map(Some),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(None),
        }
    }

    /// The catalog's file for a location: as written, or relative to the address of `base`.
    fn catalogued(&self, base: DocumentId, location: &str) -> Option<PathBuf> {
        let exact = self.catalog.location(location).or_else(|| {
            let address = self.catalog.address_of(&self.document(base).path)?;
            self.catalog.location(&joined(address, location)?)
        });
        exact.map(Path::to_owned)
    }
}

/// The relative reference `location`, seen from the document at `address`.
fn joined(address: &str, location: &str) -> Option<String> {
    if location.contains("://") {
        return None;
    }
    let (scheme, rest) = address.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let directory = Path::new(path).parent().unwrap_or(Path::new(""));
    let target = match location.strip_prefix('/') {
        Some(absolute) => normalize(Path::new(absolute)),
        None => normalize(&directory.join(location)),
    };
    let target = target.to_str()?.replace('\\', "/");
    Some(format!("{scheme}://{host}/{target}"))
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
    fn joins_relative_locations_to_addresses() {
        let join = |location| joined("http://x.example/a/b/c.xsd?v=1", location);
        assert_eq!(join("d.xsd").as_deref(), Some("http://x.example/a/b/d.xsd"));
        assert_eq!(
            join("../d.xsd").as_deref(),
            Some("http://x.example/a/d.xsd")
        );
        assert_eq!(join("/d.xsd").as_deref(), Some("http://x.example/d.xsd"));
        assert_eq!(join("http://y.example/d.xsd"), None);
    }
}
