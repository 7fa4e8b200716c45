//! `cargo xtask interop DIR`: the generated clients against SOAP servers of other makers.

use std::path::Path;
use std::process::Command;

use crate::cargo;

/// Numbers of accounts that the servers are asked to list.
const ACCOUNTS: [&str; 2] = ["4", "10000"];

/// Installs and builds the servers if that was not done yet, then calls each of them.
///
/// The servers' own scripts do the work: `setup.sh` needs root on Debian and a few minutes,
/// `matrix.sh` starts one server after the other.
///
/// With `setup_only` nothing is called.
pub(crate) fn run(root: &Path, directory: &Path, setup_only: bool) -> Result<(), String> {
    if !directory.join("matrix.sh").is_file() {
        return Err(format!(
            "`{}` has no matrix.sh: the servers come with development machines and CI, not with a \
             clone",
            directory.display()
        ));
    }
    let cache = std::env::var_os("INTEROP_CACHE")
        .map_or_else(|| root.join("target").join("interop"), Into::into);
    let ready = cache.join("ready");
    let script = |name: &str| {
        let mut command = Command::new("bash");
        command
            .arg(directory.join(name))
            .env("INTEROP_CACHE", &cache);
        command
    };
    if !ready.is_file() {
        std::fs::create_dir_all(&cache).map_err(|error| error.to_string())?;
        cargo::run(&mut script("setup.sh")).map_err(|error| format!("setup.sh: {error}"))?;
        std::fs::write(&ready, "").map_err(|error| error.to_string())?;
    }
    if setup_only {
        return Ok(());
    }
    let client = cargo::built_example(root, "interop")?;
    for accounts in ACCOUNTS {
        println!("{accounts} accounts");
        let mut matrix = script("matrix.sh");
        matrix.env("CLIENT", &client).env("N", accounts);
        cargo::run(&mut matrix).map_err(|error| format!("matrix.sh: {error}"))?;
    }
    Ok(())
}
