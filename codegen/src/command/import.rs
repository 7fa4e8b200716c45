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
    /// Where the first page was, if it does not say so itself.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// When it was saved.
    #[arg(long, value_name = "YYYY-MM-DD")]
    retrieved: Option<String>,
    /// Its language, such as `en`.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

impl Importing {
    pub(crate) fn run(self) -> Result<(), String> {
        let import = { self.pages.iter() }.fold(
            castile_codegen::import::Import::new(&self.out),
            castile_codegen::import::Import::page,
        );
        let source = castile_codegen::import::PageSource {
            url: self.url,
            retrieved: self.retrieved,
            language: self.language,
            ..castile_codegen::import::PageSource::default()
        };
        let report = import
            .told(source)
            .run()
            .map_err(|failure| failure.to_string())?;
        print!("{report}");
        Ok(())
    }
}
