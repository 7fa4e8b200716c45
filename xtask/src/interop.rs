//! `cargo xtask interop DIR`: the generated clients against SOAP servers of other makers.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

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
    let client = cargo::built_example(root, "castile-tests", "interop")?;
    for accounts in ACCOUNTS {
        println!("{accounts} accounts");
        let mut matrix = script("matrix.sh");
        matrix.env("CLIENT", &client).env("N", accounts);
        cargo::run(&mut matrix).map_err(|error| format!("matrix.sh: {error}"))?;
    }
    encoded(root)
}

/// The servers of `tests/interop` for rpc/encoded: command, and port.
const ENCODED: [(&[&str], u16); 2] = [
    (&["php", "-S", "127.0.0.1:8817", "encoded.php"], 8817),
    (&["perl", "encoded.pl", "8818"], 8818),
];

/// Calls them through the client of the case `rpc-encoded`.
fn encoded(root: &Path) -> Result<(), String> {
    let client = cargo::built_example(root, "castile-cases", "interop_encoded")?;
    let wsdl = root.join("tests/cases/generate/rpc-encoded/input.wsdl");
    for (command, port) in ENCODED {
        let Some((program, arguments)) = command.split_first() else {
            continue;
        };
        println!("=== rpc/encoded: {program}");
        let mut server = Command::new(program)
            .args(arguments)
            .current_dir(root.join("tests/interop"))
            .env("WSDL", &wsdl)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let outcome = listening(port).and_then(|()| {
            let mut client = Command::new(&client);
            client.arg(format!("http://127.0.0.1:{port}/"));
            client.env("NO_PROXY", "*").env("no_proxy", "*");
            cargo::run(&mut client)
        });
        // Both fail only for a server that is gone already.
        drop(server.kill());
        drop(server.wait());
        outcome.map_err(|error| format!("rpc/encoded with {program}: {error}"))?;
    }
    Ok(())
}

/// Waits for a server to take connections.
fn listening(port: u16) -> Result<(), String> {
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("no server on port {port} after ten seconds"))
}
