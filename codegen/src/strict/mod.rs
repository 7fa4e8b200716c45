//! What XML Schema 1.0 demands of schemas, beyond what it takes to generate code from them.
//!
//! The front ends read what can be read in one sensible way. This room judges: it reads the same
//! documents by the letter, and names the rule of the specification that each finding breaks. The
//! findings are warnings, unless the user asks for strictness ([`settle`]).
//!
//! Three layers, each with rooms of its own: the grammar of schema documents (`s4s-…`), the
//! representation of components in them (`src-…`), and the components themselves (all others).

mod components;
mod constraints;
mod documents;
mod grammar;
mod report;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

pub(crate) use self::report::settle;

use self::report::Report;
use crate::diagnostic::{Code, Diagnostics};
use crate::frontend::xml::Element;

/// An `xs:schema`, as one target namespace sees it.
#[derive(Clone)]
pub(crate) struct SchemaDocument<'a> {
    /// The element.
    pub(crate) element: Element<'a>,
    /// The target namespace, its own or that of who includes it; empty for none.
    pub(crate) target: Arc<str>,
    /// Whether the target namespace is that of who includes it.
    pub(crate) chameleon: bool,
}

/// Each `xs:schema` once, whatever namespaces it is read for.
fn elements<'a>(schemas: &[SchemaDocument<'a>]) -> impl Iterator<Item = Element<'a>> {
    let mut seen = HashSet::new();
    let elements = schemas.iter().map(|schema| schema.element);
    elements.filter(move |element| seen.insert((element.document(), element.id())))
}

/// Judges the schemas of one input.
pub(crate) fn check(schemas: &[SchemaDocument<'_>], diagnostics: &mut Diagnostics) {
    let missing: BTreeSet<_> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::UnresolvedImport)
        .map(|diagnostic| diagnostic.span)
        .collect();
    let mut report = Report::default();
    grammar::check(schemas, &mut report);
    documents::check(schemas, &mut report);
    let components = components::read(schemas, &missing, &mut report);
    constraints::check(&components, &mut report);
    report.finish(diagnostics);
}
