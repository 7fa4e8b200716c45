//! `castile import`: saved pages to a descriptor.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Importing {
    /// Saved pages of one service: HTML, Markdown, or extracted text.
    #[arg(required = true)]
    pages: Vec<PathBuf>,
    /// The descriptor.
    #[arg(long, value_name = "FILE.md")]
    out: PathBuf,
}

impl Importing {
    pub(crate) fn run(self) -> Result<(), String> {
        let import = { self.pages.iter() }.fold(
            castile_codegen::import::Import::new(&self.out),
            castile_codegen::import::Import::page,
        );
        let report = import.run().map_err(|failure| failure.to_string())?;
        print!("{report}");
        Ok(())
    }
}
