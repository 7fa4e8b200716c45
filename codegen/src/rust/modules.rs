//! Namespaces to modules.

use std::collections::BTreeMap;

use super::model::{Module, ModuleId};
use super::names::{self, Scope};

/// The modules, by namespace, while they are collected.
#[derive(Clone, Debug, Default)]
pub(super) struct Modules {
    by_namespace: BTreeMap<String, ModuleId>,
}

impl Modules {
    /// The module of a namespace.
    pub(super) fn of(&mut self, namespace: &str) -> ModuleId {
        let next = ModuleId(self.by_namespace.len());
        *self
            .by_namespace
            .entry(namespace.to_owned())
            .or_insert(next)
    }

    /// Whether the namespace has a module.
    pub(super) fn has(&self, namespace: &str) -> bool {
        self.by_namespace.contains_key(namespace)
    }

    /// The namespaces that have a module.
    pub(super) fn namespaces(&self) -> impl Iterator<Item = &str> {
        self.by_namespace.keys().map(String::as_str)
    }

    /// The namespace of a module.
    pub(super) fn namespace(&self, id: ModuleId) -> String {
        let mut all = self.by_namespace.iter();
        let found = all.find(|(_, module)| **module == id);
        found.map_or_else(String::new, |(namespace, _)| namespace.clone())
    }

    /// Names the modules, in the order of their ids. `chosen` gives names by namespace, `services`
    /// the names of the services of each namespace. A single module is the root of the tree.
    pub(super) fn finish(
        self,
        chosen: &BTreeMap<String, String>,
        services: &BTreeMap<String, Vec<String>>,
    ) -> Vec<Module> {
        let single = self.by_namespace.len() == 1;
        let mut scope = Scope::of_modules();
        for name in chosen.values() {
            scope.claim(std::slice::from_ref(name));
        }
        let mut modules: Vec<(ModuleId, Module)> = Vec::new();
        for (namespace, id) in self.by_namespace {
            let name = match chosen.get(&namespace) {
                Some(name) => Some(names::ident(name)),
                None if single => None,
                None => {
                    let service = match services.get(&namespace).map(Vec::as_slice) {
                        Some([only]) => Some(only.as_str()),
                        _ => None,
                    };
                    Some(scope.claim(&candidates(&namespace, service)))
                }
            };
            let module = Module {
                name,
                docs: Vec::new(),
                namespace,
                items: Vec::new(),
                clients: Vec::new(),
                encoding: Vec::new(),
            };
            modules.push((id, module));
        }
        modules.sort_by_key(|(id, _)| *id);
        modules.into_iter().map(|(_, module)| module).collect()
    }
}

/// The word that tells a namespace from others first.
pub(super) fn telling_word(namespace: &str) -> &str {
    let mut segments = namespace.rsplit(['/', ':', '#', '?']);
    segments
        .find(|segment| !segment.is_empty() && !is_noise(segment))
        .unwrap_or("unqualified")
}

/// The service's name, then the last telling words of the namespace, one more at a time.
fn candidates(namespace: &str, service: Option<&str>) -> Vec<String> {
    let mut words: Vec<&str> = namespace
        .split(['/', ':', '#', '?'])
        .filter(|segment| !segment.is_empty() && !is_noise(segment))
        .collect();
    if words.is_empty() {
        words.push("unqualified");
    }
    let mut candidates: Vec<String> = service.map(names::snake).into_iter().collect();
    for start in (0..words.len()).rev() {
        candidates.push(names::snake(&words[start..].join(" ")));
    }
    if let Some(last) = candidates.last().cloned() {
        candidates.push(format!("{last}_namespace"));
    }
    candidates
}

/// Scheme, version or date: says nothing to a reader.
fn is_noise(segment: &str) -> bool {
    matches!(segment, "http" | "https" | "urn" | "www")
        || segment
            .trim_start_matches(['v', 'V'])
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_gives_its_last_telling_words() {
        let named = |namespace| candidates(namespace, None)[0].clone();
        assert_eq!(
            named("http://shop.test/v30/PaymentService"),
            "payment_service"
        );
        assert_eq!(
            named("http://schemas.test/2004/07/Shop.Service"),
            "shop_service"
        );
        assert_eq!(named("urn:example:billing:1.0"), "billing");
        assert_eq!(named("http://tempuri.org/"), "tempuri_org");
        assert_eq!(named(""), "unqualified");
        assert_eq!(candidates("urn:a", Some("Pay"))[0], "pay");
    }

    #[test]
    fn modules_of_one_name_take_more_words() {
        let mut modules = Modules::default();
        modules.of("urn:b:types");
        modules.of("urn:a:types");
        modules.of("urn:c:CON");
        let names: Vec<_> = modules
            .finish(&BTreeMap::new(), &BTreeMap::new())
            .into_iter()
            .map(|module| module.name.map(|name| name.to_string()))
            .collect();
        let expected = ["b_types", "a_types", "c_con"].map(|name| Some(name.to_owned()));
        assert_eq!(names, expected);
    }
}
