//! `castile.toml`: which inputs make one client, and what it is called.

mod inputs;
mod keys;

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lock;
use crate::settings::Settings;
use crate::source::{Catalog, Sources, Span, directory_of};

/// The name of the file in a directory of schemas.
pub const FILE: &str = "castile.toml";

/// The name of the catalog that is followed if it lies in the same directory.
pub const CATALOG: &str = "catalog.tsv";

/// A set of inputs that belong together.
#[derive(Clone, Debug)]
pub struct Project {
    /// The name: module, and cargo feature in a crate of several projects.
    pub name: String,
    /// The inputs, as paths from where the program runs.
    pub inputs: Vec<PathBuf>,
    /// Everything else.
    pub settings: Settings,
}

/// Reads `castile.toml` of `directory`, follows the catalog there, and compares the files with the
/// lock file there. `None` if `castile.toml` is wrong, with the reason in `diagnostics`.
pub fn read(
    directory: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Project> {
    let document = match sources.open(&directory.join(FILE)) {
        Ok(document) => document,
        Err(error) => {
            diagnostics.push(
                Diagnostic::error(Code::UnreadableSource, Span::NONE, error.to_string()).help(
                    format!("a directory as input needs a `{FILE}` that lists its inputs"),
                ),
            );
            return None;
        }
    };
    let catalog = directory.join(CATALOG);
    if catalog.is_file()
        && let Some(catalog) = open_catalog(&catalog, sources, diagnostics)
    {
        sources.add_catalog(directory, catalog);
    }
    lock::verify(directory, sources, diagnostics);
    let file = keys::parse(document, &sources.document(document).text, diagnostics)?;
    let name = file.name.or_else(|| {
        let directory = directory.canonicalize().ok()?;
        Some(directory.file_name()?.to_string_lossy().into_owned())
    });
    Some(Project {
        name: name.unwrap_or_default(),
        inputs: inputs::find(directory, &file.inputs, diagnostics),
        settings: file.settings,
    })
}

/// Reads a catalog, whose paths are relative to its directory, and allows that. `None` if it is wrong,
/// with the reason in `diagnostics`.
pub(crate) fn open_catalog(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Catalog> {
    let document = diagnostics.open(sources, path)?;
    let text = &sources.document(document).text;
    match Catalog::parse(text, directory_of(path)) {
        Ok(catalog) => Some(catalog),
        Err(error) => {
            let before = text.split_inclusive('\n').take(error.line - 1);
            let start = before.map(str::len).sum::<usize>();
            let length = text[start..].lines().next().map_or(0, str::len);
            diagnostics.push(
                Diagnostic::error(
                    Code::MalformedLock,
                    Span::new(document, start..start + length),
                    "not `location`, `namespace` and `path`, separated by tabs",
                )
                .help("the path must be there, and one of the others"),
            );
            None
        }
    }
}
