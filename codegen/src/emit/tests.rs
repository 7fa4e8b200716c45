//! What small contracts become: lowered and emitted, one feature a test.

mod clients;
mod hostile;
mod polymorphism;
mod records;

use crate::contract::{Action, Contract};
use crate::diagnostic::Diagnostics;
use crate::emit::{Options, emit};
use crate::frontend::{table, wsdl, xsd};
use crate::output::Tree;
use crate::resolve::{Resolved, resolve};
use crate::rust::{Lowered, lower};
use crate::settings::Settings;
use crate::source::Sources;

/// A document, resolved; the test fails with the report if it is refused.
#[track_caller]
fn resolved(name: &str, text: &str) -> Resolved {
    let mut sources = Sources::default();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    let document = sources.add(name, text).unwrap();
    if name.ends_with(".wsdl") {
        wsdl::parse(&sources, document, &mut contract, &mut diagnostics);
    } else if name.ends_with(".md") {
        table::parse(&mut sources, document, &mut contract, &mut diagnostics);
    } else {
        xsd::parse(&sources, document, &mut contract, &mut diagnostics);
    }
    match resolve(contract, &mut diagnostics) {
        Some(resolved) => resolved,
        None => panic!("{}", diagnostics.render(&sources)),
    }
}

fn lowered(resolved: &Resolved) -> Lowered {
    lower(resolved, &Settings::default())
}

fn tree(lowered: &Lowered) -> Tree {
    let options = Options {
        command: "castile generate".to_owned(),
        origin: "test".to_owned(),
        dependencies: Vec::new(),
    };
    emit(&lowered.krate, &options)
}

/// The tree of a schema whose target namespace is `urn:t`.
#[track_caller]
fn schema(content: &str) -> Tree {
    tree(&lowered(&resolved("test.xsd", &schema_text(content))))
}

fn schema_text(content: &str) -> String {
    format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"urn:t\" \
         xmlns:c=\"urn:castile:annotations:1\" targetNamespace=\"urn:t\" \
         elementFormDefault=\"qualified\">\n{content}\n</xs:schema>"
    )
}

/// A file without its head: from its first item on.
#[track_caller]
fn items<'t>(tree: &'t Tree, path: &str) -> &'t str {
    let text = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    let starts = ["\n/// ", "\n#[", "\npub ", "\nimpl ", "\nconst "];
    let start = starts.iter().filter_map(|start| text.find(start)).min();
    &text[start.expect("an item") + 1..]
}

#[track_caller]
fn check(found: &str, expected: &str) {
    let expected = expected.trim_start_matches('\n').trim_end();
    assert!(
        found.trim_end() == expected,
        "expected:\n{expected}\nfound:\n{found}"
    );
}

/// Compares `types.rs`.
#[track_caller]
fn check_types(content: &str, expected: &str) {
    let tree = schema(content);
    parse_all(&tree);
    check(items(&tree, "types.rs"), expected);
}

/// Compares the tables of `wire.rs`.
#[track_caller]
fn check_shapes(content: &str, expected: &str) {
    let tree = schema(content);
    parse_all(&tree);
    let mut found = String::new();
    // How the block ends that the line is in, if its lines are wanted.
    let mut end = None;
    for line in tree.get("wire.rs").unwrap_or_default().lines() {
        if line.starts_with("    const ") {
            end = Some(";");
        } else if line.ends_with("! {") {
            end = Some("}");
        }
        if let Some(last) = end {
            let line = if last == ";" {
                line.strip_prefix("    ").unwrap_or(line)
            } else {
                line
            };
            found.push_str(line);
            found.push('\n');
            end = end.filter(|end| !line.ends_with(end));
        }
    }
    check(&found, expected);
}

/// Every file is Rust.
#[track_caller]
fn parse_all(tree: &Tree) -> Vec<syn::File> {
    tree.iter()
        .map(|(path, text)| {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
        })
        .collect()
}
