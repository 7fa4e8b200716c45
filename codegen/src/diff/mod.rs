//! Contract against contract.

mod facts;

use std::collections::BTreeMap;
use std::fmt;

use crate::contract::Contract;
use facts::facts;

/// One fact on which two contracts disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `type {urn:x}Account/InvoiceBalance/nillable`.
    pub path: String,
    /// What the first contract says; `None` if it says nothing of it.
    pub left: Option<String>,
    /// What the second contract says.
    pub right: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |side: &Option<String>| match side {
            Some(value) => format!("`{value}`"),
            None => "nothing".to_owned(),
        };
        write!(
            f,
            "{}: {} against {}",
            self.path,
            show(&self.left),
            show(&self.right)
        )
    }
}

/// Where two contracts differ in what they promise: documentation counts, provenance, examples and
/// the place of a declaration do not. Sorted by path.
#[must_use]
pub fn compare(left: &Contract, right: &Contract) -> Vec<Difference> {
    let (left, right) = (facts(left), facts(right));
    let mut paths: BTreeMap<&String, ()> = BTreeMap::new();
    paths.extend(left.keys().chain(right.keys()).map(|path| (path, ())));
    paths
        .into_keys()
        .filter(|path| left.get(*path) != right.get(*path))
        .map(|path| Difference {
            path: path.clone(),
            left: left.get(path).cloned(),
            right: right.get(path).cloned(),
        })
        .collect()
}
