//! A crate of its own around a module tree.

use quote::quote;

use super::{Options, example_tests, root_file};
use crate::output::{MARKER, Tree, toml_string};
use crate::rust::Crate;

/// Where a generated crate has the runtime from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// The registry, in the version of this generator.
    Published,
    /// A directory, relative to the crate.
    Path(String),
}

/// The files of a crate named `name`: `Cargo.toml`, `rustfmt.toml`, the tree below `src`, with its
/// root as `lib.rs`, and the tests of its sample messages.
#[must_use]
pub fn crate_tree(krate: &Crate, options: &Options, name: &str, runtime: &Runtime) -> Tree {
    let mut modules = Tree::new();
    let mut root = root_file(krate, options, &mut modules);
    root.attributes.push(quote! { #![forbid(unsafe_code)] });
    root.finish("lib.rs", options, &mut modules);
    let mut tree = Tree::new();
    tree.insert_tree("src", modules);
    if let Some(tests) = example_tests(krate, options, &name.replace('-', "_")) {
        tree.insert("tests/examples.rs", tests);
    }
    let head = super::file::head(options).replacen(MARKER, &MARKER.replacen("//", "#", 1), 1);
    let features = krate
        .schema
        .iter()
        .map(|_| "validation")
        .collect::<Vec<_>>();
    let runtime = dependency(runtime, &features);
    tree.insert("Cargo.toml", manifest(&head, name, &runtime, options));
    tree.insert(
        "rustfmt.toml",
        format!("{head}\ndisable_all_formatting = true\n"),
    );
    tree
}

/// What stands behind `castile =`.
fn dependency(runtime: &Runtime, features: &[&str]) -> String {
    let (key, value) = match runtime {
        Runtime::Published => ("version", toml_string(env!("CARGO_PKG_VERSION"))),
        Runtime::Path(path) => ("path", toml_string(path)),
    };
    match (runtime, features) {
        (Runtime::Published, []) => value,
        (_, []) => format!("{{ {key} = {value} }}"),
        (_, features) => {
            let features: Vec<String> = features.iter().map(|name| toml_string(name)).collect();
            format!(
                "{{ {key} = {value}, features = [{}] }}",
                features.join(", ")
            )
        }
    }
}

fn manifest(head: &str, name: &str, runtime: &str, options: &Options) -> String {
    // What is no package name would be refused by cargo; here it must only stay a name.
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let dependencies: String = { options.dependencies.iter() }
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect();
    format!(
        "{head}
[package]
name = \"{name}\"
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"1.88\"
publish = false

[dependencies]
castile = {runtime}
{dependencies}"
    )
}
