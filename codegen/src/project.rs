//! `castile.toml`: which inputs make one client, and what it is called.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Sources, Span};

/// The name of the file in a directory of schemas.
pub const FILE: &str = "castile.toml";

/// A set of inputs that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The name: module, and cargo feature in a crate of several projects.
    pub name: String,
    /// The inputs, as paths from where the program runs.
    pub inputs: Vec<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Option<String>,
    inputs: Vec<String>,
}

/// Reads `castile.toml` of `directory`. `None` if it is wrong, with the reason in `diagnostics`.
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
    let text = &sources.document(document).text;
    match toml::from_str::<File>(text) {
        Ok(file) => {
            let name = file.name.or_else(|| {
                Some(
                    directory
                        .canonicalize()
                        .ok()?
                        .file_name()?
                        .to_string_lossy()
                        .into_owned(),
                )
            });
            Some(Project {
                name: name.unwrap_or_default(),
                inputs: file
                    .inputs
                    .iter()
                    .map(|input| directory.join(input))
                    .collect(),
            })
        }
        Err(error) => {
            let range: Range<usize> = error.span().unwrap_or(0..0);
            diagnostics.push(
                Diagnostic::error(
                    Code::MalformedFrontMatter,
                    Span::new(document, range),
                    error.message().to_owned(),
                )
                .help("the keys are `name` and `inputs`, a list of paths"),
            );
            None
        }
    }
}
