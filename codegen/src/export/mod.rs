//! A contract as documents for others: WSDL 1.1, XML Schema, OpenAPI.
//!
//! What these have no words for goes along in attributes and elements of
//! [`ANNOTATIONS`](crate::contract::ANNOTATIONS), which the front ends read again: WSDL exported from
//! a contract gives the same contract.

mod annotation;
mod file_names;
mod markup;
mod openapi;
mod prefixes;
mod schema;
mod wsdl;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

pub(crate) use markup::escaped;

use crate::contract::Contract;

/// A document to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The name of its file; documents refer to each other by it.
    pub name: String,
    /// Whether no other document of the export leads to it: readers begin here.
    pub is_root: bool,
    /// The text.
    pub text: String,
}

/// Why a contract cannot be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportError {
    /// It has no service, port type, message or binding.
    NoServices,
    /// It declares nothing of a schema.
    NoComponents,
    /// No service speaks JSON.
    NoJson,
    /// Two operations have the same method and path, which OpenAPI cannot say.
    SamePath {
        /// The second one.
        operation: String,
        /// Method and path.
        path: String,
    },
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoServices => {
                f.write_str("the input describes no services, only data: export it with `--xsd`")
            }
            Self::NoComponents => f.write_str("the input declares no elements and no types"),
            Self::NoJson => {
                f.write_str("no service of the input speaks JSON: export it with `--wsdl`")
            }
            Self::SamePath { operation, path } => write!(
                f,
                "another operation than `{operation}` has `{path}`, too, and OpenAPI knows one only: \
                 leave one of them out",
            ),
        }
    }
}

impl std::error::Error for ExportError {}

/// The contract as WSDL 1.1: a document for each namespace that has services, messages or bindings,
/// with the schemas in it that it needs. A schema that several documents need has a document of its
/// own.
///
/// # Errors
///
/// If the contract has nothing that WSDL is for.
pub fn wsdl(contract: &Contract) -> Result<Vec<Document>, ExportError> {
    wsdl::export(contract)
}

/// The schemas of a contract: a document for each namespace.
///
/// # Errors
///
/// If the contract declares nothing.
pub fn xsd(contract: &Contract) -> Result<Vec<Document>, ExportError> {
    schema::export(contract)
}

/// The services of a contract that speak JSON, as OpenAPI 3.1: a document each.
///
/// # Errors
///
/// If there is none, or if OpenAPI cannot say what it does.
pub fn openapi(contract: &Contract) -> Result<Vec<Document>, ExportError> {
    openapi::export(contract)
}

/// Where readers begin: documents that no other refers to, and one of each circle that no other leads
/// to.
fn roots(references: &BTreeMap<Arc<str>, BTreeSet<Arc<str>>>) -> BTreeSet<Arc<str>> {
    let referred: BTreeSet<&Arc<str>> = { references.iter() }
        .flat_map(|(from, to)| to.iter().filter(move |to| *to != from))
        .collect();
    let (first, rest): (Vec<_>, Vec<_>) =
        references.keys().partition(|name| !referred.contains(name));
    let mut roots = BTreeSet::new();
    let mut reached: BTreeSet<&Arc<str>> = BTreeSet::new();
    for name in first.into_iter().chain(rest) {
        if reached.contains(name) {
            continue;
        }
        roots.insert(name.clone());
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            if reached.insert(name) {
                open.extend(references.get(name).into_iter().flatten());
            }
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Arc;

    #[test]
    fn circles_have_a_root_unless_something_leads_there() {
        let references = |pairs: &[(&str, &[&str])]| -> BTreeMap<Arc<str>, BTreeSet<Arc<str>>> {
            let set = |names: &[&str]| names.iter().map(|name| Arc::from(*name)).collect();
            pairs
                .iter()
                .map(|(from, to)| (Arc::from(*from), set(to)))
                .collect()
        };
        let roots = |pairs| -> Vec<String> {
            super::roots(&references(pairs))
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(
            roots(&[("a", &["b"]), ("b", &["a"]), ("c", &[])]),
            ["a", "c"]
        );
        assert_eq!(roots(&[("a", &["b"]), ("b", &["a"]), ("c", &["b"])]), ["c"]);
        assert_eq!(roots(&[("a", &["a", "elsewhere"])]), ["a"]);
    }
}
