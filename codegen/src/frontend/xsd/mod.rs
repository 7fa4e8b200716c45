//! XML Schema 1.0 documents, and those constructs of 1.1 that matter to data.
//!
//! All documents that a schema imports, includes, redefines or overrides are opened first; then
//! their components are added to the contract. References are not followed here, only made.

mod attribute;
mod complex_type;
mod declaration;
mod element;
mod fill;
mod identity;
mod load;
mod native;
mod particle;
mod redefine;
mod simple_type;
mod value;

#[cfg(test)]
mod tests;

pub(super) use fill::Fill;
pub(super) use load::{Load, is_schema_markup, wsdl_outlines, wsdl_schemas};
#[cfg(feature = "vendor")]
pub(super) use native::is_at_hand;
pub(super) use native::is_builtin_type;

use super::names::Names;
use super::xml::{Element, Trees};
use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::source::{DocumentId, Sources};
use crate::strict::{self, SchemaDocument};

/// Reads a schema document, and all that it refers to, into a contract.
///
/// What is wrong is reported to `diagnostics`; the contract then holds what could be understood.
/// Components that the contract has already from the same place are left as they are.
pub fn parse(
    sources: &Sources,
    document: DocumentId,
    contract: &mut Contract,
    diagnostics: &mut Diagnostics,
) {
    let mut load = Load::default();
    let mut trees = Trees::default();
    load.document(document, sources, &mut trees, diagnostics);
    load.follow(sources, &mut trees, diagnostics);
    contract
        .inputs
        .extend(trees.root(document).map(Element::span));
    let mut names = Names::default();
    load.names(&trees, &mut names);
    let judged = judged(&load, &trees);
    let mut fill = Fill::new(&names, contract, diagnostics);
    fill.schemas(&load, &trees);
    load.report(fill.finish(), &names, diagnostics);
    strict::check(&judged, diagnostics);
}

/// The schemas, for those who judge them by the letter.
pub(super) fn judged<'t>(load: &Load, trees: &'t Trees<'_>) -> Vec<SchemaDocument<'t>> {
    let judged = load.schemas().iter().filter_map(|schema| {
        Some(SchemaDocument {
            element: trees.element(schema.document, schema.node)?,
            target: schema.target.clone(),
            chameleon: schema.chameleon,
        })
    });
    judged.collect()
}
