//! Commands that live in `castile-tests`: they need the generated clients, which this crate must not,
//! so that `cargo xtask codegen` works whatever state `generated/` is in.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs an example of `castile-tests`.
pub(crate) fn example(root: &Path, name: &str, arguments: &[&OsStr]) -> Result<(), String> {
    let mut command = cargo(root, "run");
    command.args(["--package", "castile-tests", "--example", name, "--"]);
    run(command.args(arguments))
}

/// Builds an example and says where it is.
pub(crate) fn built_example(root: &Path, package: &str, name: &str) -> Result<PathBuf, String> {
    let mut command = cargo(root, "build");
    run(command.args(["--package", package, "--example", name]))?;
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("debug/examples").join(name))
}

/// Builds a binary and says where it is.
pub(crate) fn built_binary(root: &Path, package: &str, name: &str) -> Result<PathBuf, String> {
    let mut command = cargo(root, "build");
    run(command.args(["--package", package, "--bin", name]))?;
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("debug").join(name))
}

/// Runs the tests of the cases, which rewrite what they expect if asked to.
pub(crate) fn update_cases(root: &Path) -> Result<(), String> {
    let mut command = cargo(root, "test");
    command.args(["--package", "castile-tests"]);
    command.args(["--test", "cases", "--test", "generate"]);
    run(command.env("CASTILE_UPDATE_CASES", "1"))?;
    let mut command = cargo(root, "test");
    command.args(["--package", "castile-codegen"]);
    command.args(["--test", "diff", "--test", "import", "--test", "lint"]);
    command.args(["--test", "lint_pages"]);
    run(command.env("CASTILE_UPDATE_CASES", "1"))
}

/// Cargo, run where the user stands, so that paths in arguments mean what they say.
fn cargo(root: &Path, subcommand: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .arg(subcommand)
        .arg("--quiet")
        .arg("--manifest-path")
        .arg(root.join("Cargo.toml"));
    command
}

/// Runs a command to its end; a failure is an error.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("it ended with {status}"))
    }
}
