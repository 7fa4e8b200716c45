//! Commands that live in `castile-tests`: they need the generated clients, which this crate must not,
//! so that `cargo xtask codegen` works whatever state `generated/` is in.

use std::ffi::{OsStr, OsString};
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
    Ok(target(root).join("debug/examples").join(name))
}

/// Builds a binary and says where it is.
pub(crate) fn built_binary(root: &Path, package: &str, name: &str) -> Result<PathBuf, String> {
    let mut command = cargo(root, "build");
    run(command.args(["--package", package, "--bin", name]))?;
    Ok(target(root).join("debug").join(name))
}

/// Cargo's target directory.
pub(crate) fn target(root: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    target_from(root, std::env::var_os("CARGO_TARGET_DIR"), &here)
}

/// The target directory that the environment asks for: seen from where cargo is run, which is where the
/// user stands.
fn target_from(root: &Path, asked: Option<OsString>, here: &Path) -> PathBuf {
    asked.map_or_else(|| root.join("target"), |asked| here.join(asked))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_directory_is_seen_from_where_the_user_stands() {
        let target = |asked: Option<&str>| {
            target_from(
                Path::new("/checkout"),
                asked.map(OsString::from),
                Path::new("/checkout/docs"),
            )
        };
        assert_eq!(target(None), Path::new("/checkout/target"));
        assert_eq!(target(Some("built")), Path::new("/checkout/docs/built"));
        assert_eq!(target(Some("/built")), Path::new("/built"));
    }
}
