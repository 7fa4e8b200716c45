//! WSDL 1.1 documents, with the SOAP 1.1, SOAP 1.2, HTTP and MIME bindings.
//!
//! All documents that a description imports are opened first, the schemas go to the XML Schema front
//! end, then messages, port types, bindings and services are added to the contract.

mod annotations;
mod binding;
mod extension;
mod fill;
mod http;
mod load;
mod message_binding;
mod policy;
mod port_type;
mod service;

#[cfg(test)]
mod tests;

use self::fill::Fill;
use self::load::Load;
use super::names::Names;
use super::xml::{Element, Trees};
use super::xsd;
use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::source::{DocumentId, Sources};
use crate::strict;

/// Reads a WSDL document, and all that it refers to, into a contract. A schema document is read as
/// by [`xsd::parse`].
///
/// What is wrong is reported to `diagnostics`; the contract then holds what could be understood.
/// Components that the contract has already from the same place are left as they are.
pub fn parse(
    sources: &mut Sources,
    document: DocumentId,
    contract: &mut Contract,
    diagnostics: &mut Diagnostics,
) {
    let mut schemas = xsd::Load::default();
    let mut load = Load::default();
    load.document(document, sources, &mut schemas, diagnostics);
    load.follow(sources, &mut schemas, diagnostics);
    schemas.follow(sources, diagnostics);
    let trees = Trees::new(sources, load.documents().chain(schemas.documents()));
    contract.describes_services = true;
    contract
        .inputs
        .extend(trees.root(document).map(Element::span));
    let mut names = Names::default();
    schemas.names(&trees, &mut names);
    load.names(&trees, &mut names);
    let judged = xsd::judged(&schemas, &trees);
    let mut fill = xsd::Fill::new(&names, contract, diagnostics);
    fill.schemas(&schemas, &trees);
    let mut fill = Fill::new(fill, &names);
    fill.definitions(&load, &trees);
    let used = fill.finish();
    schemas.report(used, &names, diagnostics);
    strict::check(&judged, diagnostics);
}
