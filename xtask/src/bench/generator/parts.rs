//! The parts of the work that no generator of this kind does without: trees of the documents, and
//! formatted files.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use roxmltree::{Document, ParsingOptions};

/// The input and output of a case.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Schemas and WSDLs.
    documents: Vec<String>,
    files: Vec<String>,
}

impl Parts {
    /// Rust by its ending, XML by its beginning; what is neither (`castile.toml`, a catalog) is left
    /// out.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, String> {
        let mut parts = Self::default();
        for path in paths {
            let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            if path.extension().is_some_and(|extension| extension == "rs") {
                parts.files.push(text);
            } else if text
                .trim_start_matches('\u{feff}')
                .trim_start()
                .starts_with('<')
            {
                parts.documents.push(text);
            }
        }
        Ok(parts)
    }

    pub(super) fn bytes(&self) -> usize {
        self.documents.iter().map(String::len).sum()
    }

    pub(super) fn lines(&self) -> usize {
        self.files.iter().map(|text| text.lines().count()).sum()
    }

    /// Makes a tree of each document.
    pub(super) fn trees(&self) -> Result<(), String> {
        for text in &self.documents {
            let options = ParsingOptions {
                allow_dtd: true,
                ..ParsingOptions::default()
            };
            let tree = Document::parse_with_options(text, options);
            black_box(tree.map_err(|error| error.to_string())?);
        }
        Ok(())
    }

    /// Formats each file: reads it as Rust, prints it.
    pub(super) fn format(&self) -> Result<(), String> {
        for text in &self.files {
            let file = syn::parse_file(text).map_err(|error| error.to_string())?;
            black_box(prettyplease::unparse(&file));
        }
        Ok(())
    }
}

/// The shortest of several runs, at least three.
pub(super) fn shortest(
    rounds: u32,
    mut run: impl FnMut() -> Result<(), String>,
) -> Result<Duration, String> {
    let mut least = Duration::MAX;
    for _ in 0..rounds.max(3) {
        let start = Instant::now();
        run()?;
        least = least.min(start.elapsed());
    }
    Ok(least)
}
