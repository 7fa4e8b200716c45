//! Identity constraints (Structures §3.11): what `key`, `unique` and `keyref` demand.

mod evaluation;
mod scopes;
mod xpath;

pub(super) use scopes::{AttributeValue, Finding, Place, Scopes, Value};

use super::component::Prefixes;
use super::names::{NameId, Names};
use xpath::Path;

/// A constraint, its XPaths read.
#[derive(Debug)]
pub(super) struct Constraint {
    pub(super) name: NameId,
    pub(super) kind: ConstraintKind,
    selector: Vec<Path>,
    fields: Vec<Vec<Path>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ConstraintKind {
    Key,
    Unique,
    /// With the name of what it refers to.
    KeyReference(NameId),
}

impl Constraint {
    /// One that constrains nothing, until its lines are read.
    pub(super) fn empty(name: NameId) -> Self {
        Self {
            name,
            kind: ConstraintKind::Unique,
            selector: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// XPaths outside of the subset (§3.11.6), which the generator warns of, constrain nothing.
    pub(super) fn new(
        name: NameId,
        kind: ConstraintKind,
        selector: &str,
        fields: &[String],
        prefixes: &Prefixes,
        names: &mut Names,
    ) -> Self {
        let read = |path: &str, of_field, names: &mut Names| {
            xpath::parse(path, of_field, prefixes, names).ok()
        };
        let paths = read(selector, false, names).and_then(|selector| {
            let fields: Option<Vec<Vec<Path>>> = { fields.iter() }
                .map(|field| read(field, true, names))
                .collect();
            Some((selector, fields?))
        });
        let (selector, fields) = paths.unwrap_or_default();
        Self {
            name,
            kind,
            selector,
            fields,
        }
    }
}
