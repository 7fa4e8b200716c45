//! `cargo xtask foreign-clients`: clients of other makers load what `castile mock` says of itself, and
//! call it; a public validator reads what `castile export --openapi` writes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::cargo;

/// What is served, and how many addresses that gives.
const SERVED: [&str; 2] = ["schemas/collector", "schemas/apaczka"];
const ADDRESSES: usize = 3;

/// Installs the clients if that was not done yet, then lets each of them call. With `setup_only` nothing
/// is called.
///
/// zeep and the validator come from PyPI, node-soap from npm, PHP with its SOAP extension from Debian.
pub(crate) fn run(root: &Path, setup_only: bool) -> Result<(), String> {
    let cache = std::env::var_os("FOREIGN_CLIENTS_CACHE").map_or_else(
        || root.join("target").join("foreign-clients"),
        PathBuf::from,
    );
    let ready = cache.join("ready");
    if !ready.is_file() {
        fs::create_dir_all(&cache).map_err(|error| format!("{}: {error}", cache.display()))?;
        set_up(&cache)?;
        fs::write(&ready, "").map_err(|error| format!("{}: {error}", ready.display()))?;
    }
    if setup_only {
        return Ok(());
    }
    let castile = cargo::built_binary(root, "castile-codegen", "castile")?;
    call(root, &cache, &castile)?;
    validate(root, &cache, &castile)
}

fn set_up(cache: &Path) -> Result<(), String> {
    let venv = cache.join("venv");
    step(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    let pip = ["install", "--quiet", "zeep", "openapi-spec-validator"];
    step(Command::new(venv.join("bin/pip")).args(pip))?;
    let npm = ["install", "--silent", "--no-fund", "--no-audit", "--prefix"];
    step(Command::new("npm").args(npm).arg(cache).arg("soap@1"))?;
    let has_soap = |output: std::process::Output| {
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .any(|line| line == "soap")
    };
    if !Command::new("php").arg("-m").output().is_ok_and(has_soap) {
        step(Command::new("apt-get").args(["update", "-qq"]))?;
        step(
            Command::new("apt-get")
                .args(["install", "-y", "-qq", "php-cli", "php-soap", "php-xml"]),
        )?;
    }
    Ok(())
}

fn call(root: &Path, cache: &Path, castile: &Path) -> Result<(), String> {
    let mut command = Command::new(castile);
    command.arg("mock").args(SERVED.map(|path| root.join(path)));
    command
        .args(["--listen", "127.0.0.1:0", "--quiet"])
        .stdout(Stdio::piped());
    let mut mock = Stopped(
        command
            .spawn()
            .map_err(|error| format!("castile mock: {error}"))?,
    );
    let base = base(&mut mock.0)?;
    let scripts = root.join("tests/foreign-clients");
    let mut python = Command::new(cache.join("venv/bin/python"));
    python.arg(scripts.join("client.py"));
    let mut php = Command::new("php");
    php.arg(scripts.join("client.php"));
    let mut node = Command::new("node");
    node.arg(scripts.join("client.js"))
        .env("NODE_PATH", cache.join("node_modules"));
    for (name, mut client) in [
        ("zeep", python),
        ("PHP SoapClient", php),
        ("node-soap", node),
    ] {
        client.arg(&base).env("NO_PROXY", "*").env("no_proxy", "*");
        step(&mut client).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

/// A server that ends with its owner.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        // Both fail only for a server that is gone already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The address that the mock says of itself, when it has said all.
fn base(mock: &mut Child) -> Result<String, String> {
    let stdout = mock.stdout.take().ok_or("the mock has no output")?;
    let mut lines = BufReader::new(stdout).lines();
    let mut base = None;
    for _ in 0..ADDRESSES {
        let line = lines
            .next()
            .ok_or("the mock ended")?
            .map_err(|error| error.to_string())?;
        let end = line
            .match_indices('/')
            .nth(2)
            .map_or(line.len(), |(at, _)| at);
        base = line.get(..end).map(str::to_owned);
    }
    base.ok_or_else(|| "the mock says no address".to_owned())
}

fn validate(root: &Path, cache: &Path, castile: &Path) -> Result<(), String> {
    for (input, name) in [
        ("schemas/worldline", "worldline.json"),
        ("tests/tests/export/golden/shop.md", "shop.json"),
    ] {
        let out = cache.join(name);
        let mut export = Command::new(castile);
        export
            .args(["export", "--openapi"])
            .arg(root.join(input))
            .arg("--out")
            .arg(&out);
        step(&mut export)?;
        let mut validator = Command::new(cache.join("venv/bin/python"));
        step(validator.args(["-m", "openapi_spec_validator"]).arg(&out))?;
    }
    Ok(())
}

fn step(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .map_err(|error| format!("{program}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{program} ended with {status}"))
    }
}
