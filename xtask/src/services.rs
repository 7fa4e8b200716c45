//! `cargo xtask services DIR`: real requests and answers through the clients of three big contracts.
//!
//! A contract of a corpus becomes a crate in `target/services`, and a file of `tests/services` its
//! test. What belongs to a vendor stays in the corpus; the messages are our own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use castile_codegen::Generator;
use castile_codegen::emit::Runtime;

use crate::cargo;
use crate::corpus::manifest::{self, Case};

/// A test file, and the cases that make its crate together.
const SERVICES: [(&str, &[&str]); 3] = [
    ("exchange", &["wsdl-real/ms-exchange-ews-o365"]),
    ("netsuite", &["wsdl-real/netsuite-suitetalk"]),
    (
        "onvif",
        &[
            "wsdl-real/onvif-ver10-device-devicemgmt",
            "wsdl-real/onvif-ver10-media-media",
            "wsdl-real/onvif-ver20-ptz-ptz",
        ],
    ),
];

/// Generates, compiles and tests; `only` one of the services if it is named.
pub(crate) fn run(root: &Path, corpus: &Path, only: Option<&str>) -> Result<(), String> {
    if !corpus.join("MANIFEST.tsv").is_file() {
        return Err(format!(
            "`{}` has no MANIFEST.tsv: the corpus comes with development machines and CI, not with a \
             clone",
            corpus.display()
        ));
    }
    let directory = root.join("target").join("services");
    let chosen: Vec<_> = SERVICES
        .iter()
        .filter(|(name, _)| only.is_none_or(|only| only == *name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<_> = SERVICES.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no such service: {}", names.join(", ")));
    }
    for (name, cases) in &chosen {
        let contract = directory.join("contracts").join(name);
        let inputs = gather(corpus, cases, &contract)?;
        write_crate(root, &directory.join(name), name, &contract, inputs)?;
    }
    write_workspace(root, &directory, chosen.iter().map(|(name, _)| *name))?;
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["test", "--quiet", "--manifest-path"])
        .arg(directory.join("Cargo.toml"))
        .arg("--workspace")
        .env("CARGO_TARGET_DIR", directory.join("target"));
    cargo::run(&mut command)
}

/// The files of several cases laid over each other, with all that their catalogs say. The result is the
/// entries.
fn gather(corpus: &Path, names: &[&str], contract: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", contract.display());
    match fs::remove_dir_all(contract) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    fs::create_dir_all(contract).map_err(failed)?;
    let mut catalog = String::new();
    let mut entries = Vec::new();
    for name in names {
        let cases = manifest::read(corpus, Some(name))?;
        let Some(Case {
            directory, entry, ..
        }) = cases.first()
        else {
            return Err(format!("the corpus has no case `{name}`"));
        };
        copy(directory, contract).map_err(failed)?;
        if let Ok(text) = fs::read_to_string(directory.join("catalog.tsv")) {
            catalog.push_str(&text);
            catalog.push('\n');
        }
        let below = entry.strip_prefix(directory).unwrap_or(entry);
        entries.push(contract.join(below));
    }
    fs::write(contract.join("catalog.tsv"), catalog).map_err(failed)?;
    Ok(entries)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn write_crate(
    root: &Path,
    directory: &Path,
    name: &str,
    contract: &Path,
    inputs: Vec<PathBuf>,
) -> Result<(), String> {
    let generator = inputs
        .into_iter()
        .fold(Generator::new(), Generator::input)
        .catalog(contract.join("catalog.tsv"))
        .allow(contract)
        .command("cargo xtask services");
    let output = generator
        .generate()
        .map_err(|failure| failure.to_string())?;
    let runtime_path = root.join("runtime").display().to_string();
    let runtime = Runtime::Path(runtime_path.clone());
    let mut tree = output.into_crate(name, &runtime);
    let line = format!("castile = {{ path = {:?}", runtime_path.as_str());
    let lean = format!("{line}, default-features = false, features = [\"wsse\"]");
    let manifest = tree
        .get("Cargo.toml")
        .unwrap_or_default()
        .replace(&line, &lean);
    tree.insert("Cargo.toml", manifest);
    let test = root.join("tests/services").join(format!("{name}.rs"));
    let text = fs::read_to_string(&test).map_err(|error| format!("{}: {error}", test.display()))?;
    tree.insert(format!("tests/{name}.rs"), text);
    let written = tree
        .write(directory)
        .map_err(|error| format!("{}: {error}", directory.display()))?;
    println!(
        "{name}: {} files, {} of them new or changed",
        written.changed.len() + written.unchanged,
        written.changed.len()
    );
    Ok(())
}

fn write_workspace<'a>(
    root: &Path,
    directory: &Path,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", directory.display());
    let members: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = 0\n",
        members.join(", ")
    );
    fs::write(directory.join("Cargo.toml"), manifest).map_err(failed)?;
    // The versions that the checkout is tested with.
    fs::copy(root.join("Cargo.lock"), directory.join("Cargo.lock")).map_err(failed)?;
    Ok(())
}
