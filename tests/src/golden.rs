//! The cases in `tests/cases/generate`: one input each, what it gives, and sample documents.
//!
//! All that is expected is one tree below `tests/cases`: the modules of every case in its `expected/`,
//! its warnings in `expected.stderr`, and the crate `castile-cases`, which compiles these modules and
//! reads and re-writes the sample documents beside them.

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::output::{MARKER, Tree};
use castile_codegen::project;
use castile_codegen::rust::{Crate, Type};
use castile_codegen::{Generator, Output};

use crate::schemas::root;

/// What rewrites the expected files.
pub const COMMAND: &str = "cargo xtask case update";

/// A directory with an input.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name of the directory: the feature that it shows.
    pub name: String,
    /// Where it is.
    pub directory: PathBuf,
    /// The input: `castile.toml`, or `input.wsdl`, `input.xsd` or `input.md`.
    pub input: PathBuf,
}

/// The directory that all is relative to: `tests/cases`.
#[must_use]
pub fn directory() -> PathBuf {
    root().join("tests/cases")
}

/// All cases, by name.
///
/// # Errors
///
/// If the file system says no, or a case has not exactly one input.
pub fn cases() -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for directory in entries(&directory().join("generate"))? {
        if !directory.is_dir() {
            continue;
        }
        let mut inputs = entries(&directory)?;
        // Settings name the inputs, too.
        let is_project = |path: &PathBuf| path.ends_with(project::FILE);
        if inputs.iter().any(is_project) {
            inputs.retain(is_project);
        }
        inputs.retain(|path| {
            is_project(path) || path.file_stem().is_some_and(|stem| stem == "input")
        });
        let [input] = inputs.as_slice() else {
            return Err(format!(
                "{}: {} files are called `input`, not one",
                directory.display(),
                inputs.len()
            ));
        };
        let input = input.clone();
        cases.push(Case {
            name: file_name(&directory),
            directory,
            input,
        });
    }
    Ok(cases)
}

/// The files and directories in a directory, sorted.
fn entries(directory: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error| format!("{}: {error}", directory.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

impl Case {
    /// What the input gives now.
    ///
    /// # Errors
    ///
    /// If the input is refused.
    pub fn generate(&self) -> Result<Output, String> {
        Generator::new()
            .input(&self.input)
            .command(COMMAND)
            .origin(&self.name)
            .generate()
            .map_err(|failure| failure.to_string())
    }

    /// The module of the case in `castile-cases`.
    #[must_use]
    pub fn module(&self) -> String {
        self.name.replace('-', "_")
    }

    /// The sample documents.
    ///
    /// # Errors
    ///
    /// If the file system says no.
    pub fn samples(&self) -> Result<Vec<PathBuf>, String> {
        let mut paths = entries(&self.directory)?;
        paths.retain(|path| path.extension().is_some_and(|e| e == "xml" || e == "json"));
        Ok(paths)
    }
}

/// Everything that the cases give, relative to [`directory`].
///
/// # Errors
///
/// If an input is refused, or a sample document belongs to nothing that was generated.
pub fn tree() -> Result<Tree, String> {
    let mut tree = Tree::new();
    let mut modules = String::new();
    let mut tests = String::new();
    for case in cases()? {
        let failed = |message| format!("{}: {message}", case.name);
        let output = case.generate().map_err(failed)?;
        let (name, module) = (&case.name, case.module());
        for path in case.samples()? {
            tests.push_str(&sample_test(&case, output.model(), &path).map_err(failed)?);
        }
        if let Some(examples) = output.example_tests(&format!("castile_cases::{module}")) {
            tree.insert(format!("tests/{module}.rs"), examples);
        }
        if !output.warnings.is_empty() {
            let shown = format!("{}/", case.directory.display());
            let warnings = output.warnings.replace(&shown, "");
            tree.insert(format!("generate/{name}/expected.stderr"), warnings);
        }
        tree.insert_tree(&format!("generate/{name}/expected"), output.modules);
        modules.push_str(&format!(
            "\n#[path = \"../generate/{name}/expected/mod.rs\"]\n#[rustfmt::skip]\npub mod {module};\n"
        ));
    }
    let library = format!(
        "{MARKER}`{COMMAND}` from tests/cases/generate. Do not edit.

//! What the cases in `generate/` give, a module each, and their sample documents.

#![forbid(unsafe_code)]

pub mod money;
{modules}
#[cfg(test)]
#[rustfmt::skip]
mod samples {{{tests}}}
"
    );
    tree.insert("src/lib.rs", library);
    Ok(tree)
}

/// The test of a sample document. Without a service it begins with a global element; with one its name
/// says which message it is: `OPERATION.request`, `OPERATION.response` or `OPERATION.error`, the latter
/// with the HTTP status behind it if that is not 500.
fn sample_test(case: &Case, model: &Crate, path: &Path) -> Result<String, String> {
    let file = file_name(path);
    let stem = file.split('.').next().unwrap_or_default();
    let text = fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
    let module = case.module();
    let include = format!(
        "include_str!({:?})",
        format!("../generate/{}/{file}", case.name)
    );
    let parts: Vec<&str> = file.split('.').collect();
    let body = if let [operation, message, _] = parts.as_slice() {
        let marker = marker(model, operation)
            .ok_or_else(|| format!("{file}: there is no operation `{operation}`"))?;
        let marker = format!("crate::{module}::{marker}");
        let (kind, status) = message.split_once('-').unwrap_or((message, "500"));
        match kind {
            "request" | "response" => {
                format!("castile::wire::round_trip_{kind}::<{marker}>({include})")
            }
            "error" => format!("castile::wire::round_trip_error::<{marker}>({status}, {include})"),
            _ => return Err(format!("{file}: `{message}` is no kind of message")),
        }
    } else {
        let document =
            roxmltree::Document::parse(&text).map_err(|error| format!("{file}: {error}"))?;
        let name = document.root_element().tag_name();
        let (namespace, local) = (name.namespace().unwrap_or_default(), name.name());
        let root = model
            .roots
            .iter()
            .find(|(root, _)| root.namespace == namespace && root.local == local);
        let type_ = match root {
            Some((_, Type::Item(item))) => {
                format!("crate::{module}::{}", model.item_path(*item))
            }
            Some((_, Type::Runtime(name))) => format!("castile::{name}"),
            Some((_, Type::Std(name))) => (*name).to_owned(),
            _ => return Err(format!("{file}: `{local}` of `{namespace}` is no root")),
        };
        format!(
            "castile_tests::samples::round_trip::<{type_}>({namespace:?}, {local:?}, {include})"
        )
    };
    let kind = parts.get(1).filter(|_| parts.len() == 3).unwrap_or(&"");
    let test = format!("{module}_{stem}_{kind}")
        .replace('-', "_")
        .to_lowercase();
    let test = test.trim_end_matches('_');
    let (outcome, end) = match parts.len() {
        3 => ("", ";"),
        _ => (" -> Result<(), String>", ""),
    };
    Ok(format!(
        "\n    #[test]\n    fn {test}(){outcome} {{\n        {body}{end}\n    }}\n"
    ))
}

/// The path of the marker of an operation in its tree.
fn marker(model: &Crate, operation: &str) -> Option<String> {
    model.module_ids().find_map(|id| {
        let clients = &model.module(id).clients;
        let found = { clients }
            .iter()
            .flat_map(|client| &client.operations)
            .find(|known| known.wire_name == operation || known.marker.plain() == operation)?;
        Some(model.path_in(id, &format!("operations::{}", found.marker.as_str())))
    })
}
