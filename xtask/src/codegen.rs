//! `cargo xtask codegen`: regenerates `generated/` from `schemas/`.

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::diff::{self, Report};
use castile_codegen::output::{MARKER, Tree};

use crate::schema_history;

const COMMAND: &str = "cargo xtask codegen";

pub(crate) fn run(root: &Path, check: bool, against: &str) -> Result<(), String> {
    let (tree, warnings) = generate(root)?;
    for (name, directory) in providers(root)? {
        if let Some(report) = changes(root, &name, &directory, against) {
            println!(
                "schemas/{name} against {against}: {}",
                diff::text(&report, false)
            );
        }
    }
    if !warnings.is_empty() {
        eprintln!("{}", warnings.trim_end());
    }
    let target = root.join("generated");
    if check {
        if !warnings.is_empty() {
            return Err(
                "a warning is an error here; mend the input, or accept it in `[warnings.allow]` of \
                 its `castile.toml`"
                    .to_owned(),
            );
        }
        let drifts = tree.drift(&target).map_err(|error| error.to_string())?;
        if drifts.is_empty() {
            println!("generated/ is up to date");
            return Ok(());
        }
        let mut report: Vec<String> = drifts.iter().map(ToString::to_string).collect();
        report.push(format!(
            "{} of the files in generated/ drifted from schemas/; `{COMMAND}` mends it",
            drifts.len()
        ));
        return Err(report.join("\n"));
    }
    let written = tree.write(&target).map_err(|error| error.to_string())?;
    for path in &written.changed {
        println!("wrote generated/{path}");
    }
    for path in &written.removed {
        println!("removed generated/{path}");
    }
    println!("{} files up to date", written.unchanged);
    Ok(())
}

/// What the contract of a provider says otherwise than before; `None` if its files are the same, or if
/// there is no before. `against` is a directory like `schemas/`, or a revision.
fn changes(root: &Path, name: &str, directory: &Path, against: &str) -> Option<Report> {
    let before = schema_history::before(root, name, against)?;
    // What cannot be read any more, or could not yet, has no contract to compare.
    let old = Generator::new().input(&before).side().ok()?;
    let new = Generator::new().input(directory).side().ok()?;
    let report = diff::judge(&old.shown_from(&before), &new.shown_from(root));
    (!report.changes.is_empty()).then_some(report)
}

/// The directories of `schemas/` that make a client, by name.
pub(crate) fn providers(root: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let schemas = root.join("schemas");
    let failed = |error| format!("{}: {error}", schemas.display());
    let mut providers = Vec::new();
    for entry in fs::read_dir(&schemas).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.join(castile_codegen::project::FILE).is_file() {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            providers.push((name, path));
        }
    }
    providers.sort();
    Ok(providers)
}

/// Everything in `generated/`, and the warnings on the way.
fn generate(root: &Path) -> Result<(Tree, String), String> {
    let mut tree = Tree::new();
    let mut warnings = String::new();
    let providers = providers(root)?;
    for (name, directory) in &providers {
        let output = Generator::new()
            .input(directory)
            .command(COMMAND)
            .origin(format!("schemas/{name}"))
            .generate()
            .map_err(|failure| failure.to_string())?;
        if let Some(tests) = output.example_tests(&format!("castile_clients::{name}")) {
            tree.insert(format!("tests/{name}.rs"), tests);
        }
        warnings.push_str(&output.warnings);
        tree.insert_tree(&format!("src/{name}"), output.modules);
    }
    let names: Vec<&str> = providers.iter().map(|(name, _)| name.as_str()).collect();
    tree.insert("src/lib.rs", library(&names));
    tree.insert("Cargo.toml", manifest(&names));
    Ok((tree, warnings))
}

fn library(providers: &[&str]) -> String {
    let mut text = format!(
        "{MARKER}`{COMMAND}` from schemas/. Do not edit.

//! Clients of the services in `schemas/`, one cargo feature a provider.

#![forbid(unsafe_code)]
"
    );
    for name in providers {
        text.push_str(&format!(
            "\n#[cfg(feature = \"{name}\")]\n#[rustfmt::skip]\npub mod {name};\n"
        ));
    }
    text
}

fn manifest(providers: &[&str]) -> String {
    let all = providers
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(", ");
    let features: String = providers
        .iter()
        .map(|name| format!("{name} = []\n"))
        .collect();
    let tests: String = providers
        .iter()
        .map(|name| format!("\n[[test]]\nname = \"{name}\"\nrequired-features = [\"{name}\"]\n"))
        .collect();
    format!(
        "# @generated by `{COMMAND}` from schemas/. Do not edit.

[package]
name = \"castile-clients\"
description = \"Clients of the services in schemas/, generated by Castile.\"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
authors.workspace = true

[features]
default = [{all}]
{features}
[dependencies]
castile.workspace = true
{tests}
[lints]
workspace = true
"
    )
}
