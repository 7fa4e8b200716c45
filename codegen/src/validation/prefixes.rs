//! Short words for namespaces.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::quoted;
use crate::contract::{Contract, NamespaceConstraint, QName, Term, XML_SCHEMA};

/// A prefix for each namespace that the text mentions.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes {
    prefixes: BTreeMap<Arc<str>, String>,
}

impl Prefixes {
    /// For the namespaces of all components, each by the last word of its name.
    pub(super) fn new(contract: &Contract) -> Self {
        let mut namespaces = BTreeSet::new();
        let mut add = |name: &QName| {
            namespaces.insert(name.namespace.clone());
        };
        contract.type_names().for_each(&mut add);
        contract.elements.iter().for_each(|(_, e)| add(&e.name));
        contract.attributes.iter().for_each(|(_, a)| add(&a.name));
        contract.groups.iter().for_each(|(_, g)| add(&g.name));
        contract
            .attribute_groups
            .iter()
            .for_each(|(_, g)| add(&g.name));
        let constraints = contract.identity_constraints.values().flatten();
        constraints.for_each(|constraint| add(&constraint.name));
        namespaces.extend(of_wildcards(contract));
        namespaces.remove("");
        namespaces.remove(XML_SCHEMA);
        let mut prefixes = Self::default();
        prefixes.prefixes.insert(XML_SCHEMA.into(), "xs".to_owned());
        for namespace in namespaces {
            prefixes.add(&namespace);
        }
        prefixes
    }

    fn add(&mut self, namespace: &Arc<str>) {
        let word = last_word(namespace);
        let taken: BTreeSet<&String> = self.prefixes.values().collect();
        let numbered = (2..).map(|number| format!("{word}{number}"));
        let free = std::iter::once(word.clone())
            .chain(numbered)
            .find(|word| !taken.contains(word));
        self.prefixes
            .insert(namespace.clone(), free.unwrap_or(word));
    }

    /// The lines that declare them.
    pub(super) fn lines(&self) -> String {
        let declared = self.prefixes.iter().filter(|(_, prefix)| *prefix != "xs");
        let lines = declared
            .map(|(namespace, prefix)| format!("namespace {prefix} {}\n", quoted(namespace)));
        lines.collect()
    }

    /// `prefix:local`, or `local` in no namespace.
    pub(super) fn word(&mut self, name: &QName) -> String {
        if name.namespace.is_empty() {
            // A name that is not one, but was taken as it is.
            let colon = if name.local.contains(':') { ":" } else { "" };
            return format!("{colon}{}", name.local);
        }
        if !self.prefixes.contains_key(&name.namespace) {
            self.add(&name.namespace);
        }
        format!("{}:{}", self.prefix(&name.namespace), name.local)
    }

    /// The prefix of a namespace; `-` for none.
    pub(super) fn prefix(&self, namespace: &str) -> &str {
        self.prefixes.get(namespace).map_or("-", String::as_str)
    }
}

/// The namespaces that wildcards name.
fn of_wildcards(contract: &Contract) -> Vec<Arc<str>> {
    let mut found = Vec::new();
    let mut add = |constraint: &NamespaceConstraint| match constraint {
        NamespaceConstraint::Any => {}
        NamespaceConstraint::Not(namespace) => found.push(namespace.clone()),
        NamespaceConstraint::OneOf(list) => found.extend(list.iter().cloned()),
    };
    let mut terms: Vec<&Term> = Vec::new();
    for (_, definition) in contract.types.iter() {
        if let crate::contract::Definition::Complex(complex) = &definition.definition {
            if let crate::contract::Content::Elements(particle) = &complex.content {
                terms.push(&particle.term);
            }
            let open = complex.open_content.as_ref().map(|open| &open.wildcard);
            for wildcard in complex.any_attribute.iter().chain(open) {
                add(&wildcard.namespaces);
            }
        }
    }
    for (_, group) in contract.groups.iter() {
        let particles = group.group.iter().flat_map(|group| &group.particles);
        terms.extend(particles.map(|particle| &particle.term));
    }
    for (_, group) in contract.attribute_groups.iter() {
        if let Some(wildcard) = &group.any_attribute {
            add(&wildcard.namespaces);
        }
    }
    while let Some(term) = terms.pop() {
        match term {
            Term::Group(group) => terms.extend(group.particles.iter().map(|inner| &inner.term)),
            Term::Wildcard(wildcard) => add(&wildcard.namespaces),
            Term::Element(_) | Term::GroupReference(_) => {}
        }
    }
    found
}

/// The last word of a namespace name that begins with a letter, in lower case.
fn last_word(namespace: &str) -> String {
    let mut words = namespace.split(|c: char| !c.is_ascii_alphanumeric());
    let word = words
        .rfind(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .unwrap_or("ns");
    match word.to_ascii_lowercase().as_str() {
        "xs" | "any" | "not" | "in" => "ns".to_owned(),
        word => word.chars().take(24).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::last_word;

    #[test]
    fn prefixes_are_the_last_words() {
        assert_eq!(last_word("http://example.org/billing/2024/05"), "billing");
        assert_eq!(last_word("urn:x:Orders"), "orders");
        assert_eq!(last_word("urn:1"), "urn");
        assert_eq!(last_word("##"), "ns");
    }
}
