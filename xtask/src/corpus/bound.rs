//! Whether clients have a method for every operation that a WSDL binds to SOAP, counted without the
//! generator's front end.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::rust::Crate;
use roxmltree::Node;

use super::manifest::Case;
use super::samples::{parse, read};

const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
const SOAP: [&str; 2] = [
    "http://schemas.xmlsoap.org/wsdl/soap/",
    "http://schemas.xmlsoap.org/wsdl/soap12/",
];

/// How many operations are bound to SOAP, and how many of them have a method.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    pub(crate) bound: usize,
    pub(crate) made: usize,
    /// The names of those without.
    pub(crate) missing: Vec<String>,
}

/// Compares what the documents of a case bind with what was made of them.
///
/// An operation of a port type counts once however many bindings have it; overloads count as often as
/// one binding has the name.
pub(crate) fn coverage(case: &Case, model: &Crate) -> Coverage {
    let mut methods: BTreeMap<&str, usize> = BTreeMap::new();
    for id in model.module_ids() {
        for client in &model.module(id).clients {
            for operation in &client.operations {
                *methods.entry(&operation.wire_name).or_default() += 1;
            }
        }
    }
    let mut bound: BTreeMap<String, usize> = BTreeMap::new();
    for ((_, operation), count) in bound_operations(case) {
        *bound.entry(operation).or_default() += count;
    }
    let mut coverage = Coverage::default();
    for (operation, count) in bound {
        let made = methods.get(&*operation).copied().unwrap_or(0).min(count);
        coverage.bound += count;
        coverage.made += made;
        if made < count {
            coverage.missing.push(operation);
        }
    }
    coverage
}

/// By port type and operation, how often one binding has it.
fn bound_operations(case: &Case) -> BTreeMap<(String, String), usize> {
    let catalog = catalog(&case.directory);
    let mut documents = vec![case.entry.clone()];
    let mut seen = BTreeSet::new();
    let mut bound = BTreeMap::new();
    while let Some(path) = documents.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let Ok(text) = read(&path) else {
            continue;
        };
        let Ok(document) = parse(&text) else {
            continue;
        };
        for import in children(document.root_element(), "import") {
            documents.extend(imported(import, &path, &catalog));
        }
        for binding in children(document.root_element(), "binding") {
            count(binding, &mut bound);
        }
    }
    bound
}

fn children<'a, 'b>(node: Node<'a, 'b>, name: &'static str) -> impl Iterator<Item = Node<'a, 'b>> {
    let children = node.children();
    children.filter(move |child| child.has_tag_name((WSDL, name)))
}

fn count(binding: Node<'_, '_>, bound: &mut BTreeMap<(String, String), usize>) {
    let is_soap = |child: Node<'_, '_>| {
        let name = child.tag_name();
        name.name() == "binding" && name.namespace().is_some_and(|ns| SOAP.contains(&ns))
    };
    if !binding.children().any(is_soap) {
        return;
    }
    let port_type = binding.attribute("type").unwrap_or_default();
    let port_type = port_type.rsplit(':').next().unwrap_or_default();
    let mut own: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in children(binding, "operation") {
        *own.entry(operation.attribute("name").unwrap_or_default())
            .or_default() += 1;
    }
    for (operation, times) in own {
        let most = bound
            .entry((port_type.to_owned(), operation.to_owned()))
            .or_default();
        *most = times.max(*most);
    }
}

/// Location, namespace and path of each line of a catalogue.
fn catalog(directory: &Path) -> Vec<[String; 3]> {
    let text = fs::read_to_string(directory.join("catalog.tsv")).unwrap_or_default();
    let lines = text.lines().skip(1);
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t').map(str::to_owned);
            let [uri, namespace] = [columns.next()?, columns.next()?];
            let path = directory.join(columns.next()?);
            Some([uri, namespace, path.display().to_string()])
        })
        .collect()
}

fn imported(import: Node<'_, '_>, from: &Path, catalog: &[[String; 3]]) -> Option<PathBuf> {
    let location = import.attribute("location")?;
    let beside = from.parent()?.join(location);
    if beside.is_file() {
        return Some(beside);
    }
    let namespace = import.attribute("namespace").unwrap_or_default();
    let listed = { catalog.iter() }.find(|[uri, known, _]| uri == location || known == namespace);
    listed.map(|[_, _, path]| PathBuf::from(path))
}
