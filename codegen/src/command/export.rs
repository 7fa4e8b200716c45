//! `castile export`: a contract as documents for others.

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::contract::Contract;
use castile_codegen::export::{self, Document, ExportError};
use clap::{ArgGroup, Args};

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("format").required(true)))]
pub(crate) struct Exporting {
    /// WSDLs, schemas, descriptors, or directories with a `castile.toml`.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// As WSDL 1.1, with the schemas in it.
    #[arg(long, group = "format")]
    wsdl: bool,
    /// As XML Schema, a document for each namespace.
    #[arg(long, group = "format")]
    xsd: bool,
    /// As OpenAPI 3.1, for services of JSON.
    #[arg(long, group = "format")]
    openapi: bool,
    /// The file (ending in .wsdl, .xsd, .xml or .json), or the directory for several.
    #[arg(long, value_name = "FILE|DIR")]
    out: PathBuf,
}

impl Exporting {
    pub(crate) fn run(self) -> Result<(), String> {
        let generator = { self.inputs.iter() }.fold(Generator::new(), Generator::input);
        let contract = generator
            .contract()
            .map_err(|failure| failure.to_string())?;
        let documents = self
            .documents(&contract)
            .map_err(|error| format!("error: {error}"))?;
        write(&documents, &self.out)
    }

    fn documents(&self, contract: &Contract) -> Result<Vec<Document>, ExportError> {
        if self.wsdl {
            export::wsdl(contract)
        } else if self.openapi {
            export::openapi(contract)
        } else {
            export::xsd(contract)
        }
    }
}

/// Writes one document to a file, or all into a directory.
fn write(documents: &[Document], out: &Path) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("error: {}: {error}", path.display());
    let ending = out.extension().and_then(|ending| ending.to_str());
    let is_file = ["wsdl", "xsd", "xml", "json"].contains(&ending.unwrap_or_default());
    if is_file && !out.is_dir() {
        let [document] = documents else {
            let names: Vec<&str> = documents.iter().map(|document| &*document.name).collect();
            return Err(format!(
                "error: the export is {} documents ({}): name a directory with --out",
                names.len(),
                names.join(", ")
            ));
        };
        fs::write(out, &document.text).map_err(|error| failed(out, error))?;
        println!("{} written", out.display());
        return Ok(());
    }
    fs::create_dir_all(out).map_err(|error| failed(out, error))?;
    for document in documents {
        let path = out.join(&document.name);
        fs::write(&path, &document.text).map_err(|error| failed(&path, error))?;
        println!("{} written", path.display());
    }
    Ok(())
}
