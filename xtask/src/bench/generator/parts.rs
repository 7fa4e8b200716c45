//! The parts of the work that no generator of this kind does without: trees of the documents, and
//! formatted files.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use roxmltree::{Document, ParsingOptions};

/// The documents of a case: its schemas and WSDLs.
pub(super) struct Documents(Vec<String>);

impl Documents {
    /// Those of the files that are XML.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, String> {
        let mut texts = Vec::new();
        for path in paths {
            let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            if let Ok(text) = String::from_utf8(bytes)
                && tree(&text).is_ok()
            {
                texts.push(text);
            }
        }
        Ok(Self(texts))
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(String::len).sum()
    }

    /// Makes a tree of each.
    pub(super) fn parse(&self) -> Result<(), String> {
        for text in &self.0 {
            black_box(tree(text).map_err(|error| error.to_string())?);
        }
        Ok(())
    }
}

fn tree(text: &str) -> Result<Document<'_>, roxmltree::Error> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options)
}

/// Formats each file: reads it as Rust, prints it.
pub(super) fn format(files: &[String]) -> Result<(), String> {
    for text in files {
        let file = syn::parse_file(text).map_err(|error| error.to_string())?;
        black_box(prettyplease::unparse(&file));
    }
    Ok(())
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
