//! The descriptors in `schemas/` as the tests see them.

use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::contract::{Contract, Direction, Example, Operation};

/// The top of the checkout.
#[must_use]
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// The material beside the checkout that comes with development machines and CI, not with a clone.
#[must_use]
pub fn shared() -> Option<PathBuf> {
    let shared = root().parent()?.join("shared");
    shared.is_dir().then_some(shared)
}

/// The contract of `schemas/PROVIDER`.
///
/// # Errors
///
/// If the descriptors cannot be read.
pub fn contract(provider: &str) -> Result<Contract, String> {
    let directory = root().join("schemas").join(provider);
    let contract = Generator::new().input(directory).contract();
    contract.map_err(|failure| failure.to_string())
}

/// The operation `name` in `schemas/PROVIDER`.
///
/// # Errors
///
/// If the descriptors cannot be read, or have no such operation.
pub fn operation(provider: &str, name: &str) -> Result<Operation, String> {
    let contract = contract(provider)?;
    let operations = contract
        .port_types
        .iter()
        .flat_map(|(_, port_type)| &port_type.operations);
    let found = { operations }.find(|operation| operation.name == name);
    found
        .cloned()
        .ok_or_else(|| format!("schemas/{provider} has no operation `{name}`"))
}

/// The examples of one direction.
pub fn examples(operation: &Operation, direction: Direction) -> impl Iterator<Item = &Example> {
    operation
        .examples
        .iter()
        .filter(move |example| example.direction == direction)
}
