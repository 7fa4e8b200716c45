//! Prefixes for the namespaces of all documents of one export.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::markup::Markup;
use crate::contract::{ANNOTATIONS, Contract, Definition, QName, XML_SCHEMA};
use crate::namespace;

/// Prefixes that mean the same in every document.
const FIXED: [(&str, &str); 10] = [
    ("c", ANNOTATIONS),
    ("http", namespace::WSDL_HTTP),
    ("mime", namespace::WSDL_MIME),
    ("soap", namespace::WSDL_SOAP_11),
    ("soap12", namespace::WSDL_SOAP_12),
    ("wsam", namespace::ADDRESSING_METADATA),
    ("wsdl", namespace::WSDL),
    ("wsp", namespace::POLICY),
    ("xmime", namespace::XML_MIME),
    ("xs", XML_SCHEMA),
];

/// Words at the end of a namespace that say nothing of what it is about.
const MEANINGLESS: [&str; 14] = [
    "schema", "schemas", "types", "wsdl", "xsd", "service", "services", "com", "org", "net", "www",
    "http", "https", "ns",
];

/// Which prefix stands for which namespace.
#[derive(Debug)]
pub(super) struct Prefixes {
    prefixes: BTreeMap<Arc<str>, String>,
    /// Prefixes of XPaths and enumerated names that mean several things in the contract: they are
    /// declared where they are used.
    contested: BTreeSet<Arc<str>>,
    used: Used,
}

/// The namespaces that names in a part of a document are of.
pub(super) type Used = BTreeSet<Arc<str>>;

impl Prefixes {
    /// Chooses prefixes; namespaces that are met later get theirs then.
    pub(super) fn new(contract: &Contract) -> Self {
        let mut meanings: BTreeMap<Arc<str>, BTreeSet<Arc<str>>> = BTreeMap::new();
        for (prefix, namespace) in lexical(contract) {
            meanings.entry(prefix).or_default().insert(namespace);
        }
        for (prefix, namespace) in FIXED {
            if let Some(known) = meanings.get_mut(prefix) {
                known.insert(Arc::from(namespace));
            }
        }
        let mut prefixes: BTreeMap<Arc<str>, String> = FIXED
            .map(|(prefix, namespace)| (Arc::from(namespace), prefix.to_owned()))
            .into();
        let mut contested = BTreeSet::new();
        for (prefix, namespaces) in meanings {
            let mut only = namespaces.into_iter();
            match (only.next(), only.next()) {
                (Some(namespace), None) if !prefixes.contains_key(&namespace) => {
                    prefixes.insert(namespace, prefix.to_string());
                }
                (Some(namespace), None) if prefixes[&namespace] == *prefix => {}
                _ => {
                    contested.insert(prefix);
                }
            }
        }
        // A fixed prefix that the contract uses for something else is that of its namespace no more.
        let renamed: Vec<Arc<str>> = { prefixes.iter() }
            .filter(|(_, prefix)| contested.contains(prefix.as_str()))
            .map(|(namespace, _)| namespace.clone())
            .collect();
        let mut chosen = Self {
            prefixes,
            contested,
            used: Used::new(),
        };
        for namespace in renamed {
            let old = chosen.prefixes.remove(&namespace).unwrap_or_default();
            let free = chosen.free(&format!("{old}x"));
            chosen.prefixes.insert(namespace, free);
        }
        chosen
    }

    /// The prefix of a namespace, which is declared at the root of the document from now on.
    pub(super) fn of(&mut self, namespace: &Arc<str>) -> &str {
        self.used.insert(namespace.clone());
        if !self.prefixes.contains_key(namespace) {
            let prefix = self.free(&speaking(namespace));
            self.prefixes.insert(namespace.clone(), prefix);
        }
        &self.prefixes[namespace]
    }

    /// A name as it stands in an attribute; names without a namespace have no prefix.
    pub(super) fn name(&mut self, name: &QName) -> String {
        match &*name.namespace {
            "" => name.local.to_string(),
            namespace::XML => format!("xml:{}", name.local),
            _ => format!("{}:{}", self.of(&name.namespace), name.local),
        }
    }

    /// Declares on an element what prefixes of a text in it stand for.
    pub(super) fn declare(&mut self, prefixes: &[(Arc<str>, Arc<str>)], markup: &mut Markup) {
        for (prefix, namespace) in prefixes {
            if &**prefix == "xml" {
                continue;
            }
            let is_at_root = self
                .prefixes
                .get(namespace)
                .is_some_and(|known| **known == **prefix);
            if is_at_root {
                self.used.insert(namespace.clone());
            } else if prefix.is_empty() {
                markup.set("xmlns", &**namespace);
            } else {
                markup.set(format!("xmlns:{prefix}"), &**namespace);
            }
        }
    }

    /// What was used since this was asked last.
    pub(super) fn take_used(&mut self) -> Used {
        std::mem::take(&mut self.used)
    }

    /// Declares at the root of a document what is used in it: by names of elements and attributes, and
    /// by names in attributes, which are `used`.
    pub(super) fn declare_used(&self, used: &Used, root: &mut Markup) {
        let mut written = BTreeSet::new();
        root.prefixes(&mut written);
        let declared: BTreeMap<&str, &Arc<str>> = { self.prefixes.iter() }
            .filter(|(namespace, prefix)| {
                used.contains(*namespace) || written.contains(prefix.as_str())
            })
            .map(|(namespace, prefix)| (prefix.as_str(), namespace))
            .collect();
        for (prefix, namespace) in declared {
            root.set(format!("xmlns:{prefix}"), &**namespace);
        }
    }

    fn free(&self, wanted: &str) -> String {
        let is_taken = |prefix: &str| {
            self.contested.contains(prefix) || self.prefixes.values().any(|known| known == prefix)
        };
        let mut prefix = wanted.to_owned();
        let mut number = 2_usize;
        while is_taken(&prefix) {
            prefix = format!("{wanted}{number}");
            number += 1;
        }
        prefix
    }
}

/// All prefixes that texts of the contract use, with what they stand for.
fn lexical(contract: &Contract) -> impl Iterator<Item = (Arc<str>, Arc<str>)> {
    let constraints = contract.identity_constraints.values().flatten();
    let paths = constraints.flat_map(|constraint| &constraint.prefixes);
    let values = contract.types.iter().flat_map(|(id, definition)| {
        let facets = match &definition.definition {
            Definition::Simple(simple) if super::schema::holds_names(contract, id) => {
                Some(&simple.facets)
            }
            _ => None,
        };
        facets.into_iter().flat_map(|facets| &facets.prefixes)
    });
    paths
        .chain(values)
        .filter(|(prefix, _)| !["", "xml"].contains(&&**prefix))
        .cloned()
}

/// A short prefix from the last word of a namespace that says something.
fn speaking(namespace: &str) -> String {
    let words = namespace
        .rsplit(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter(|word| !MEANINGLESS.contains(&&*word.to_ascii_lowercase()))
        .filter(|word| !is_version(word));
    let word = words.into_iter().next().unwrap_or("ns");
    let lower = word.to_ascii_lowercase();
    if lower.starts_with("xml") {
        return "ns".to_owned();
    }
    if lower.len() <= 10 {
        return lower;
    }
    // The first word of several that are written together.
    let end = word
        .char_indices()
        .skip(1)
        .find(|(at, c)| c.is_ascii_uppercase() && *at > 1)
        .map_or(8, |(at, _)| at.min(10));
    lower[..end].to_owned()
}

/// `v2`, `v30`.
fn is_version(word: &str) -> bool {
    let digits = word.trim_start_matches(['v', 'V']);
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::speaking;

    #[test]
    fn prefixes_say_what_a_namespace_is_about() {
        for (namespace, prefix) in [
            ("http://schemas.example.org/v30/PaymentService", "payment"),
            ("urn:example:parcel-desk:2", "desk"),
            ("http://example.org/common/types", "common"),
            ("urn:1:2", "urn"),
            ("urn:example:XmlThings", "ns"),
            ("###", "ns"),
        ] {
            assert_eq!(speaking(namespace), prefix, "{namespace}");
        }
    }
}
