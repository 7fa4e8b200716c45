//! Namespaces to modules.

use std::collections::{BTreeMap, BTreeSet};

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
        let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for namespace in self.by_namespace.keys() {
            let service = match services.get(namespace).map(Vec::as_slice) {
                Some([only]) => Some(only.as_str()),
                _ => None,
            };
            let candidates = match chosen.get(namespace) {
                Some(_) => Vec::new(),
                None => candidates(namespace, service),
            };
            wanted.insert(namespace, candidates);
        }
        apart(&mut wanted, services);
        let mut modules: Vec<(ModuleId, Module)> = Vec::new();
        for (namespace, &id) in &self.by_namespace {
            let name = match (chosen.get(namespace), wanted.get(namespace.as_str())) {
                (Some(name), _) => Some(names::ident(name)),
                (None, Some(candidates)) if !single => Some(scope.claim(candidates)),
                _ => None,
            };
            let module = Module {
                name,
                docs: Vec::new(),
                namespace: namespace.clone(),
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

/// Drops the names that several namespaces want first, from all of them: none is the main one.
/// A service keeps its name.
fn apart(wanted: &mut BTreeMap<&str, Vec<String>>, services: &BTreeMap<String, Vec<String>>) {
    loop {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for candidates in wanted.values() {
            if let Some(name) = candidates.first() {
                *first.entry(name).or_default() += 1;
            }
        }
        let shared: BTreeSet<String> = first
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(name, _)| name.to_owned())
            .collect();
        let mut changed = false;
        for (namespace, candidates) in &mut *wanted {
            let is_service = services.get(*namespace).is_some_and(|names| {
                candidates
                    .first()
                    .is_some_and(|first| names.iter().any(|name| names::snake(name) == *first))
            });
            if candidates.len() > 1 && !is_service && shared.contains(&candidates[0]) {
                candidates.remove(0);
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// The word that tells a namespace from others first.
pub(super) fn telling_word(namespace: &str) -> String {
    let words = words(namespace);
    let telling = words.iter().find(|word| !word.is_generic);
    let word = telling.or(words.first());
    word.map_or_else(|| UNQUALIFIED.to_owned(), |word| word.text.clone())
}

const UNQUALIFIED: &str = "unqualified";

/// The service's name; then the words that tell most, one more at a time; then all that there is.
fn candidates(namespace: &str, service: Option<&str>) -> Vec<String> {
    let words = words(namespace);
    let mut candidates: Vec<String> = service.map(names::snake).into_iter().collect();
    let mut add = |mut chosen: Vec<&Word>| {
        chosen.sort_by_key(|word| word.place);
        let texts: Vec<&str> = chosen.iter().map(|word| word.text.as_str()).collect();
        let name = names::snake(&texts.join(" "));
        if !chosen.is_empty() && !candidates.contains(&name) {
            candidates.push(name);
        }
    };
    // `types` says what of; what is between says nothing.
    let first = words.first();
    let telling = words.iter().position(|word| !word.is_generic);
    if let (Some(first), Some(telling)) = (first, telling) {
        let mut chosen = vec![first];
        chosen.extend(words.get(telling).filter(|_| telling > 0));
        add(chosen);
    }
    for end in telling.map_or(1, |telling| telling + 1)..=words.len() {
        add(words.iter().take(end).collect());
    }
    let all = namespace
        .split_once("://")
        .map_or(namespace, |(_, rest)| rest);
    let all = names::snake(&all.replace(|c: char| !c.is_alphanumeric(), " "));
    candidates.push(if namespace.is_empty() {
        UNQUALIFIED.to_owned()
    } else {
        all
    });
    candidates
}

/// A word of a namespace.
struct Word {
    text: String,
    /// Where it stands: names keep the order of the namespace.
    place: usize,
    /// Whether every other namespace has it, too.
    is_generic: bool,
}

/// The words of a namespace, the most telling first: of a path the last, of a host the first.
fn words(namespace: &str) -> Vec<Word> {
    let mut places: Vec<(usize, &str)> = Vec::new();
    let segments: Vec<&str> = namespace
        .split(['/', ':', '#', '?'])
        .filter(|segment| !segment.is_empty() && !is_noise(segment))
        .collect();
    let has_host = namespace.contains("://");
    for (index, segment) in segments.iter().enumerate().rev() {
        let place = index * namespace.len();
        let labels: Vec<&str> = segment.split('.').collect();
        let is_host = index == 0 && has_host && labels.len() > 1
            || labels.len() > 2 && labels.last().is_some_and(|last| is_top_level(last));
        if is_host {
            let labels = labels.split_last().map_or(&[][..], |(_, labels)| labels);
            let labels = labels.iter().enumerate();
            let labels = labels.map(|(at, label)| (place + at, *label));
            places.extend(labels.filter(|(_, label)| !is_noise(label)));
        } else {
            places.push((place, segment));
        }
    }
    let words = places.into_iter().map(|(place, word)| Word {
        text: unversioned(word).to_owned(),
        place,
        is_generic: is_generic(word),
    });
    words.filter(|word| !word.text.is_empty()).collect()
}

/// Scheme, version or date: says nothing to a reader.
fn is_noise(segment: &str) -> bool {
    let lower = segment.to_ascii_lowercase();
    let version = lower.strip_prefix("version").or(lower.strip_prefix("ver"));
    let version = version.or(lower.strip_prefix('v')).unwrap_or(&lower);
    matches!(&*lower, "http" | "https" | "urn" | "www" | "uri")
        || version
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

/// What most namespaces are about.
fn is_generic(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "types"
            | "type"
            | "xsd"
            | "schema"
            | "schemas"
            | "messages"
            | "message"
            | "service"
            | "services"
            | "soap"
            | "ws"
            | "wsdl"
            | "webservice"
            | "webservices"
            | "api"
            | "common"
            | "data"
            | "datatypes"
            | "elements"
            | "base"
            | "core"
            | "namespace"
            | "ns"
    )
}

/// Top levels of the names of hosts: those of countries, and the old ones.
fn is_top_level(label: &str) -> bool {
    matches!(
        label,
        "com" | "org" | "net" | "edu" | "gov" | "int" | "mil" | "info"
    ) || (label.len() == 2 && label.bytes().all(|b| b.is_ascii_lowercase()))
}

/// Without a version at its end: `Components-2`, `accounting_2023_2`. `pacs.008` is a name.
fn unversioned(word: &str) -> &str {
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_'));
    let version = &word[stem.len()..];
    if version.starts_with(['-', '_']) && stem.contains(|c: char| c.is_ascii_alphabetic()) {
        stem
    } else {
        word
    }
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
        assert_eq!(named("http://tempuri.org/"), "tempuri");
        assert_eq!(
            named("http://www.example.org/ver10/schema"),
            "example_schema"
        );
        assert_eq!(
            named("http://api.shop.test/services/2006/types"),
            "shop_types"
        );
        assert_eq!(
            named("urn:types.sales_2023_2.lists.shop.com"),
            "types_sales"
        );
        assert_eq!(named("urn:sales_2023_2.lists.shop.com"), "sales");
        assert_eq!(named("urn:test:xsd:CommonParts-2"), "common_parts");
        assert_eq!(named("urn:test:xsd:pay.008.001.13"), "pay_008_001_13");
        assert_eq!(named("urn:types"), "types");
        assert_eq!(named("1.0"), "n1_0");
        assert_eq!(named(""), "unqualified");
        assert_eq!(candidates("urn:a", Some("Pay"))[0], "pay");
    }

    #[test]
    fn modules_of_one_name_take_more_words() {
        let named = |namespaces: &[&str]| -> Vec<String> {
            let mut modules = Modules::default();
            for namespace in namespaces {
                modules.of(namespace);
            }
            let modules = modules.finish(&BTreeMap::new(), &BTreeMap::new());
            let names = modules.into_iter().map(|module| module.name);
            names
                .map(|name| name.map_or_else(String::new, |name| name.to_string()))
                .collect()
        };
        // None of them has the name alone, so that another of them changes none.
        assert_eq!(named(&["urn:b:pay", "urn:a:pay"]), ["b_pay", "a_pay"]);
        let three = named(&["urn:b:pay", "urn:a:pay", "urn:0:pay", "urn:c:CON"]);
        assert_eq!(three, ["b_pay", "a_pay", "urn_0_pay", "c_con"]);
        let versions = ["http://x.test/v1.3.2#", "http://x.test/v1.4.1#"];
        assert_eq!(named(&versions), ["x_test_v1_3_2", "x_test_v1_4_1"]);
        assert_eq!(
            named(&["urn:b:types", "urn:a:types"]),
            ["b_types", "a_types"]
        );
        // Reserved ones are not given.
        assert_eq!(named(&["urn:a", "urn:types"]), ["a", "urn_types"]);
    }
}
