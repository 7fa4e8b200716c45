//! Inputs of every kind: finds the front end, reads the contract.

use std::path::{Path, PathBuf};

use crate::contract::Contract;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::frontend::{table, wsdl, xsd};
use crate::source::{DocumentId, SourceError, Sources, Span};

/// What the inputs of one run say, and what is wrong with them.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The documents that were read.
    pub(crate) sources: Sources,
    /// What they declare.
    pub(crate) contract: Contract,
    /// What is wrong with them.
    pub(crate) diagnostics: Diagnostics,
}

/// The kinds of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Wsdl,
    Xsd,
    Table,
}

/// Reads all inputs into one contract; `sources` and `diagnostics` hold what was found before.
#[must_use]
pub(crate) fn parse(sources: Sources, diagnostics: Diagnostics, inputs: &[PathBuf]) -> Parsed {
    let mut parsed = Parsed {
        sources,
        contract: Contract::new(),
        diagnostics,
    };
    for input in inputs {
        match parsed.sources.open(input) {
            Ok(document) => parse_document(&mut parsed, document),
            Err(error) => parsed.diagnostics.push(unreadable(input, &error)),
        }
    }
    parsed
}

fn parse_document(parsed: &mut Parsed, document: DocumentId) {
    let Parsed {
        sources,
        contract,
        diagnostics,
    } = parsed;
    match kind(sources, document) {
        Some(Kind::Table) => table::parse(sources, document, contract, diagnostics),
        Some(Kind::Wsdl) => wsdl::parse(sources, document, contract, diagnostics),
        Some(Kind::Xsd) => xsd::parse(sources, document, contract, diagnostics),
        None => diagnostics.push(
            Diagnostic::error(
                Code::UnknownInput,
                Span::new(document, 0..0),
                "this is no WSDL, no XML Schema and no field-table descriptor",
            )
            .help(
                "a WSDL begins with `definitions`, a schema with `schema`, a descriptor is \
                 Markdown with TOML front matter between `+++` lines",
            ),
        ),
    }
}

/// By the ending of the name for descriptors, by the root element for XML: WSDLs are saved under all
/// sorts of names.
fn kind(sources: &Sources, document: DocumentId) -> Option<Kind> {
    let document = sources.document(document);
    let extension = document
        .path
        .extension()
        .and_then(|extension| extension.to_str());
    if matches!(extension, Some("md" | "markdown")) || document.text.starts_with("+++") {
        return Some(Kind::Table);
    }
    match root_element(&document.text) {
        Some("definitions") => Some(Kind::Wsdl),
        Some("schema") => Some(Kind::Xsd),
        _ => match extension {
            Some("wsdl") => Some(Kind::Wsdl),
            Some("xsd") => Some(Kind::Xsd),
            _ => None,
        },
    }
}

/// The local name of the first start tag, without a parser: what is no XML is told so later.
fn root_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')? + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")?..];
        } else if !rest.starts_with(['?', '!']) {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
            let name = &rest[..end];
            return Some(name.rsplit(':').next().unwrap_or(name));
        }
    }
}

fn unreadable(input: &Path, error: &SourceError) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::UnreadableSource, Span::NONE, error.to_string());
    match error {
        SourceError::Remote(_) => diagnostic.help("save it with everything that it imports first"),
        SourceError::Io(..) => diagnostic.help(format!("is `{}` the right path?", input.display())),
        _ => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::root_element;

    #[test]
    fn finds_the_root_element_behind_a_prologue() {
        assert_eq!(
            root_element("<?xml version='1.0'?><!-- <a> --><w:definitions x='1'>"),
            Some("definitions")
        );
        assert_eq!(
            root_element("<!DOCTYPE xs:schema>\n<schema>"),
            Some("schema")
        );
        assert_eq!(root_element("no markup"), None);
    }
}
