//! Generated files hold the items that the contract asks for, and nothing that its texts smuggled in.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

mod hostile;
mod list;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use castile_codegen::Generator;
use castile_codegen::contract::{Contract, Definition, QName, XML_SCHEMA};
use castile_codegen::output::Tree;
use castile_tests::golden;
use castile_tests::schemas::root;
use list::List;
use syn::visit::{self, Visit};

/// The providers in `schemas/` and the cases, by name.
fn inputs() -> Vec<(String, PathBuf)> {
    let mut inputs: Vec<(String, PathBuf)> = { golden::cases().unwrap() }
        .into_iter()
        .map(|case| (case.name, case.input))
        .collect();
    for entry in fs::read_dir(root().join("schemas")).unwrap() {
        let path = entry.unwrap().path();
        if path.join(castile_codegen::project::FILE).is_file() {
            inputs.push((path.display().to_string(), path));
        }
    }
    assert!(inputs.len() >= 25, "only {} inputs", inputs.len());
    inputs
}

fn parsed(tree: &Tree) -> Vec<(&str, syn::File)> {
    tree.iter()
        .map(|(path, text)| {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            (path, file)
        })
        .collect()
}

/// Notes whatever generated code must not contain.
struct Inspection<'f> {
    path: &'f str,
    findings: Vec<String>,
}

impl Inspection<'_> {
    fn find(&mut self, what: &str, tokens: impl quote::ToTokens) {
        let tokens = tokens.to_token_stream();
        self.findings
            .push(format!("{}: {what}: {tokens}", self.path));
    }
}

/// The macros of the runtime that make slots of types.
fn is_ours(path: &syn::Path) -> bool {
    let names = ["simple_type", "polymorphic", "validate"];
    names.iter().any(|name| path.is_ident(name)) || lists(path)
}

/// Whether a macro takes a [`List`].
fn lists(path: &syn::Path) -> bool {
    let names = ["complex_type", "enumeration", "fault_codes"];
    names.iter().any(|name| path.is_ident(name))
}

const DERIVES: &str = "Clone Copy Debug Default PartialEq Eq Hash";

impl<'ast> Visit<'ast> for Inspection<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Struct(_)
            | syn::Item::Enum(_)
            | syn::Item::Impl(_)
            | syn::Item::Const(_)
            | syn::Item::Static(_)
            | syn::Item::Mod(_)
            | syn::Item::Use(_)
            | syn::Item::Type(_) => {}
            syn::Item::Macro(item) if is_ours(&item.mac.path) => {}
            other => self.find("an item of another kind", other),
        }
        visit::visit_item(self, item);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        if !mac.path.is_ident("matches") && !is_ours(&mac.path) {
            self.find("a macro", mac);
        }
        if lists(&mac.path) {
            match mac.parse_body::<List>() {
                Ok(list) => {
                    let entries = list.lines.iter().map(|(_, _, entry)| entry);
                    for part in list.head.iter().chain(entries).chain(&list.settings) {
                        self.visit_expr(part);
                    }
                }
                Err(_) => self.find("a list of another kind", mac),
            }
        }
        visit::visit_macro(self, mac);
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.find("an unsafe block", block);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let path = attribute.path();
        let known = ["doc", "derive", "non_exhaustive", "must_use", "allow"];
        let is_known = known.iter().any(|known| path.is_ident(known));
        if !is_known && !path.is_ident("deprecated") && !path.is_ident("default") {
            self.find("an attribute", attribute);
        }
        if path.is_ident("derive") {
            let meta = attribute.meta.require_list().unwrap();
            for name in meta.tokens.to_string().split([',', ' ']) {
                if !DERIVES.contains(name) {
                    self.find("a derive", attribute);
                }
            }
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        let is_safe = matches!(signature.safety, syn::Safety::Default);
        if !is_safe || signature.abi.is_some() || signature.asyncness.is_some() {
            self.find("a function of another kind", signature);
        }
        visit::visit_signature(self, signature);
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        if block.unsafety.is_some() {
            self.find("an unsafe impl", block);
        }
        visit::visit_item_impl(self, block);
    }
}

#[test]
fn generated_code_holds_only_what_the_emitters_know() {
    let mut findings = Vec::new();
    for (_, input) in inputs() {
        let output = Generator::new().input(input).generate().unwrap();
        inspect(&output.modules, &mut findings);
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// A name without what casing adds to or takes from it.
fn bare(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The names that a contract declares.
fn declared(contract: &Contract) -> BTreeSet<String> {
    let mut names: Vec<&str> = Vec::new();
    let own = |name: &QName| &*name.namespace != XML_SCHEMA;
    for (_, definition) in contract.types.iter() {
        if !definition.name.as_ref().is_none_or(own) {
            continue;
        }
        names.extend(definition.name.as_ref().map(|name| &*name.local));
        if let Definition::Complex(complex) = &definition.definition {
            names.extend(complex.rules.iter().filter_map(|rule| rule.name.as_deref()));
        }
    }
    names.extend(contract.elements.iter().map(|(_, e)| &*e.name.local));
    names.extend(contract.attributes.iter().map(|(_, a)| &*a.name.local));
    for (_, message) in contract.messages.iter() {
        names.extend(message.parts.iter().map(|part| part.name.as_str()));
    }
    names.extend(contract.groups.iter().map(|(_, g)| &*g.name.local));
    names.extend(contract.catalogues.iter().map(|(_, c)| c.name.as_str()));
    for service in &contract.services {
        names.push(&service.name.local);
        names.extend(service.ports.iter().map(|port| port.name.as_str()));
    }
    for (_, port_type) in contract.port_types.iter() {
        for operation in &port_type.operations {
            names.push(&operation.name);
            names.extend(operation.faults.iter().map(|fault| fault.name.as_str()));
        }
    }
    // A choice is named after the words that its branches end with.
    let endings = names.iter().filter_map(|name| {
        let (at, _) = { name.char_indices().rev() }.find(|(_, c)| c.is_uppercase())?;
        Some(&name[at..])
    });
    // What a wrapper holds is named after one of them.
    let single = names.iter().filter_map(|name| name.strip_suffix('s'));
    let parts: Vec<&str> = endings.chain(single).collect();
    names.extend(parts);
    let mut names: BTreeSet<String> = names.into_iter().map(bare).collect();
    names.remove("");
    names
}

/// Words that a name may have besides: what something is, and what it is made of.
const ADDED: &[&str] = &[
    "any", "mapping", "type", "element", "choice", "fault", "error", "client", "request",
    "response", "and", "or", "headers", "content", "group", "with", "item", "other",
];

/// Whether a name is put together of declared names and of [`ADDED`] words, one declared at least.
fn is_asked_for(name: &str, declared: &BTreeSet<String>) -> bool {
    let name = bare(name);
    // Up to each place: whether a name can end there, and whether it then has a declared part.
    let mut reached = vec![None; name.len() + 1];
    reached[0] = Some(false);
    for end in 1..=name.len() {
        for start in 0..end {
            let (Some(before), Some(part)) = (reached[start], name.get(start..end)) else {
                continue;
            };
            if declared.contains(part) {
                reached[end] = Some(true);
            } else if ADDED.contains(&part) {
                reached[end] = Some(before || reached[end] == Some(true));
            }
        }
    }
    reached[name.len()] == Some(true)
}

#[test]
fn names_are_put_together_of_what_is_declared() {
    let declared = ["Order", "ArrayOfLine", "line-no"].map(bare).into();
    for name in ["Order", "OrderType", "OrderLineNo", "OrderLineNoOrOrder"] {
        assert!(is_asked_for(name, &declared), "{name}");
    }
    for name in ["Type", "Injected", "OrderInjected", "Orders", "Line", ""] {
        assert!(!is_asked_for(name, &declared), "{name}");
    }
}

#[test]
fn every_public_type_is_named_after_what_the_contract_declares() {
    let mut strangers = Vec::new();
    let mut types = 0;
    for (origin, input) in inputs() {
        let file = castile_codegen::project::FILE;
        let settings = fs::read_to_string(input.join(file))
            .or_else(|_| fs::read_to_string(input.with_file_name(file)));
        let generator = Generator::new().input(input);
        let mut declared = declared(&generator.contract().unwrap());
        if let Ok(settings) = settings {
            let words = settings.split(|c: char| !c.is_alphanumeric());
            declared.extend(words.filter(|word| !word.is_empty()).map(bare));
        }
        let output = generator.generate().unwrap();
        for (path, file) in parsed(&output.modules) {
            for item in &file.items {
                let name = match item {
                    syn::Item::Struct(item) => &item.ident,
                    syn::Item::Enum(item) => &item.ident,
                    syn::Item::Type(item) => &item.ident,
                    _ => continue,
                };
                types += 1;
                // Named after the built-in type that a setting maps.
                if path == "mapping.rs" && name == "DecimalMapping" {
                    continue;
                }
                if !is_asked_for(&name.to_string(), &declared) {
                    strangers.push(format!("{origin}: {path}: {name}"));
                }
            }
        }
    }
    assert!(strangers.is_empty(), "{}", strangers.join("\n"));
    assert!(types > 150, "only {types} types");
}

fn inspect(tree: &Tree, wrong: &mut Vec<String>) {
    for (path, file) in parsed(tree) {
        let mut inspection = Inspection {
            path,
            findings: Vec::new(),
        };
        inspection.visit_file(&file);
        wrong.append(&mut inspection.findings);
    }
}
