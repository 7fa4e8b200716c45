//! A crate that is compiled alone, its dependencies being there already.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::corpus::batch::write;
use crate::process_cost::{self, Cost};

/// How often the compiler is looked at.
const INTERVAL: Duration = Duration::from_millis(5);

/// A library crate in a directory of its own.
#[derive(Debug)]
pub(super) struct Krate {
    pub(super) name: String,
    directory: PathBuf,
    /// Where all of them are built.
    target: PathBuf,
}

impl Krate {
    /// Writes the manifest, and a root with this text.
    pub(super) fn write(
        workspace: &Path,
        name: &str,
        dependency: &str,
        text: &str,
    ) -> Result<Self, String> {
        let directory = workspace.join(name);
        write(
            &directory.join("Cargo.toml"),
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
                 [dependencies]\n{dependency}\n\n\
                 [profile.dev]\ndebug = 0\nincremental = false\n\n[workspace]\n"
            ),
        )?;
        write(&directory.join("src/lib.rs"), text)?;
        Ok(Self {
            name: name.to_owned(),
            directory,
            target: workspace.join("target"),
        })
    }

    /// The versions that the project has, for what depends on the project.
    pub(super) fn lock_as(&self, root: &Path) -> Result<(), String> {
        let lock = self.directory.join("Cargo.lock");
        fs::copy(root.join("Cargo.lock"), &lock)
            .map_err(|error| format!("{}: {error}", lock.display()))?;
        Ok(())
    }

    /// Removes its files.
    pub(super) fn remove(self) -> Result<(), String> {
        fs::remove_dir_all(&self.directory)
            .map_err(|error| format!("{}: {error}", self.directory.display()))
    }

    fn cargo(&self, profile: &str) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        match profile {
            "check" => command.arg("check"),
            "release" => command.args(["build", "--release"]),
            _ => command.arg("build"),
        };
        command
            .args(["--quiet", "--offline", "--jobs=1", "--manifest-path"])
            .arg(self.directory.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&self.target)
            .env_remove("RUSTFLAGS");
        command
    }

    /// What compiling it takes.
    pub(super) fn measure(&self, profile: &str) -> Result<Cost, String> {
        // Once for the dependencies: without an item of its own the crate costs nothing.
        let library = self.directory.join("src/lib.rs");
        let text = fs::read_to_string(&library).map_err(|error| error.to_string())?;
        write(&library, "//! Nothing yet.\n")?;
        crate::cargo::run(&mut self.cargo(profile))?;
        write(&library, &text)?;
        let mut child = self
            .cargo(profile)
            .spawn()
            .map_err(|error| format!("cannot run cargo: {error}"))?;
        let mut cost = Cost::default();
        loop {
            if let Some(compiler) = compiler_below(child.id()) {
                cost = process_cost::so_far(compiler).unwrap_or(cost);
            }
            match child.try_wait().map_err(|error| error.to_string())? {
                Some(status) if status.success() && cost == Cost::default() => {
                    return Err("no `rustc` was seen in `/proc`".to_owned());
                }
                Some(status) if status.success() => return Ok(cost),
                Some(status) => return Err(format!("`{}` does not compile: {status}", self.name)),
                None => thread::sleep(INTERVAL),
            }
        }
    }

    /// The machine code in the library that was built for release, in bytes, as `size` counts it.
    pub(super) fn machine_code(&self) -> Result<u64, String> {
        let library = self.target.join(format!("release/lib{}.rlib", self.name));
        let output = Command::new("size")
            .args(["-A", "-d"])
            .arg(&library)
            .output();
        let output = output.map_err(|error| format!("cannot run `size`: {error}"))?;
        Ok(text_bytes(&String::from_utf8_lossy(&output.stdout)))
    }
}

fn text_bytes(sizes: &str) -> u64 {
    let text = { sizes.lines() }.filter(|line| line.starts_with(".text"));
    text.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok())
        .sum()
}

/// The `rustc` that a thread of Cargo runs.
fn compiler_below(parent: u32) -> Option<u32> {
    let threads = fs::read_dir(format!("/proc/{parent}/task")).ok()?;
    let children = threads.flatten().filter_map(|thread| {
        let children = fs::read_to_string(thread.path().join("children"));
        children.ok()
    });
    let children: Vec<u32> = children
        .flat_map(|ids| {
            ids.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect();
    children.into_iter().find(|id| {
        fs::read_to_string(format!("/proc/{id}/comm")).is_ok_and(|name| name.trim() == "rustc")
    })
}

#[cfg(test)]
mod tests {
    use super::text_bytes;

    #[test]
    fn all_sections_of_machine_code_count() {
        let sizes =
            "a.o (ex lib.rlib):\nsection size addr\n.text 10 0\n.text.f 200 0\n.rodata 7 0\n";
        assert_eq!(text_bytes(sizes), 210);
    }
}
