//! `cargo xtask compile-cost`: what generated code costs the compiler, case by case, as a section of
//! `docs/benchmarks.md`.
//!
//! Each case becomes a crate of its own, compiled alone after its dependencies. Times are those of the
//! `rustc` process, both its user and its system time; memory is its peak. Linux only: both are read
//! from `/proc`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::benchmarks_page;
use crate::corpus::batch::write;
use crate::corpus::generation::{Extent, Outcome, Worker};
use crate::corpus::manifest::{self, Case};

/// The name of the section of `docs/benchmarks.md`.
const SECTION: &str = "compile-cost";

/// How often a process is looked at.
const INTERVAL: Duration = Duration::from_millis(20);

/// The unit of times in `/proc/PID/stat`, on every Linux.
const TICKS_A_SECOND: u32 = 100;

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The directory of the corpus.
    directory: PathBuf,
    /// The cases; without any, those with the longest output.
    #[arg(long, value_delimiter = ',', value_name = "CASE,…")]
    cases: Vec<String>,
    /// How many of the longest.
    #[arg(long, default_value_t = 5, conflicts_with = "cases")]
    largest: usize,
    /// Only `cargo check`, neither builds.
    #[arg(long)]
    check_only: bool,
}

/// What a compilation took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Cost {
    /// In hundredths of a second.
    ticks: u32,
    /// In KiB.
    peak: u64,
}

/// A case and its output.
struct Made {
    case: Case,
    lines: usize,
    directory: PathBuf,
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let all = manifest::read(&options.directory, None)?;
    let cases: Vec<Case> = all
        .into_iter()
        .filter(|case| {
            let is = |name: &String| *name == case.name || case.name.ends_with(&format!("/{name}"));
            options.cases.is_empty() || options.cases.iter().any(is)
        })
        .collect();
    let workspace = crate::corpus::target(root).join("compile-cost");
    let mut made = generate(&cases, &workspace)?;
    made.sort_by_key(|made| std::cmp::Reverse(made.lines));
    if options.cases.is_empty() {
        made.truncate(options.largest);
    }
    let profiles: &[&str] = if options.check_only {
        &["check"]
    } else {
        &["check", "dev", "release"]
    };
    let mut rows = String::new();
    for made in &made {
        let krate = write_crate(root, &workspace, made)?;
        let _ = write!(rows, "| `{}` | {} |", made.case.name, made.lines);
        for profile in profiles {
            let cost = measure(&workspace, &krate, profile)?;
            println!("{} {profile}: {}", made.case.name, shown(cost));
            let _ = write!(rows, " {} |", shown(cost));
        }
        rows.push('\n');
    }
    let mut head = "| case | lines |".to_owned();
    let mut rule = "|---|---:|".to_owned();
    for profile in profiles {
        let _ = write!(head, " {profile} |");
        rule.push_str("---:|");
    }
    let section = format!(
        "{} CPU seconds (user and system) and peak memory of the compiler.\n\n{head}\n{rule}\n{rows}",
        benchmarks_page::machine()?
    );
    benchmarks_page::replace(root, SECTION, &section)
}

fn generate(cases: &[Case], workspace: &Path) -> Result<Vec<Made>, String> {
    let mut worker = Worker::start()?;
    let mut made = Vec::new();
    for case in cases {
        let Outcome::Ok(output) = worker.generate(case, Extent::Default)?.outcome else {
            continue;
        };
        let directory = workspace.join(format!("c{:05}", case.number));
        let tree = directory.join("src/generated");
        let lines = output.modules.iter().map(|(_, text)| text.lines().count());
        let lines = lines.sum();
        output
            .modules
            .write(&tree)
            .map_err(|error| error.to_string())?;
        made.push(Made {
            case: case.clone(),
            lines,
            directory,
        });
    }
    if made.is_empty() {
        return Err("no such case gives code".to_owned());
    }
    Ok(made)
}

/// A crate around the tree; its name is the result.
fn write_crate(root: &Path, workspace: &Path, made: &Made) -> Result<String, String> {
    let name = format!("c{:05}", made.case.number);
    write(
        &made.directory.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\ncastile = {{ path = {:?}, default-features = false }}\n\n\
             [profile.dev]\ndebug = 0\nincremental = false\n\n[workspace]\n",
            root.join("runtime")
        ),
    )?;
    write(
        &made.directory.join("src/lib.rs"),
        "//! A case of a corpus.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n\npub mod generated;\n",
    )?;
    let lock = made.directory.join("Cargo.lock");
    fs::copy(root.join("Cargo.lock"), &lock)
        .map_err(|error| format!("{}: {error}", workspace.display()))?;
    Ok(name)
}

/// Compiles the crate alone, its dependencies being there already.
fn measure(workspace: &Path, krate: &str, profile: &str) -> Result<Cost, String> {
    let directory = workspace.join(krate);
    let cargo = || {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        match profile {
            "check" => command.arg("check"),
            "release" => command.args(["build", "--release"]),
            _ => command.arg("build"),
        };
        command
            .args(["--quiet", "--offline", "--jobs=1", "--manifest-path"])
            .arg(directory.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(workspace.join("target"))
            .env_remove("RUSTFLAGS");
        command
    };
    // Once for the dependencies: without an item of its own the crate costs nothing.
    let library = directory.join("src/lib.rs");
    let text = fs::read_to_string(&library).map_err(|error| error.to_string())?;
    write(&library, "//! Nothing yet.\n")?;
    crate::cargo::run(&mut cargo())?;
    write(&library, &text)?;
    let mut child = cargo()
        .spawn()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let mut cost = Cost::default();
    loop {
        if let Some(compiler) = compiler_below(child.id()) {
            cost = looked_at(compiler).unwrap_or(cost);
        }
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) if status.success() && cost == Cost::default() => {
                return Err("no `rustc` was seen in `/proc`".to_owned());
            }
            Some(status) if status.success() => return Ok(cost),
            Some(status) => return Err(format!("`{krate}` does not compile: {status}")),
            None => thread::sleep(INTERVAL),
        }
    }
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

/// What a process took so far.
fn looked_at(id: u32) -> Option<Cost> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    read_cost(&stat, &status)
}

fn read_cost(stat: &str, status: &str) -> Option<Cost> {
    // The name before may hold anything; utime and stime are the 14th and 15th field.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u32>().ok();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(Cost {
        ticks: ticks(11)? + ticks(12)?,
        peak: peak.trim().strip_suffix("kB")?.trim().parse().ok()?,
    })
}

/// `11.9 s, 998 MiB`.
fn shown(cost: Cost) -> String {
    let tenths = cost.ticks / (TICKS_A_SECOND / 10);
    format!("{}.{} s, {} MiB", tenths / 10, tenths % 10, cost.peak >> 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_says_time_and_memory() {
        let stat = "7 (a ) b) R 1 7 7 0 -1 4194304 1 0 0 0 1190 73 0 0 20 0 1 0 5 6";
        let cost = read_cost(stat, "Name:\trustc\nVmHWM:\t 1022976 kB\n");
        let expected = Cost {
            ticks: 1263,
            peak: 1_022_976,
        };
        assert_eq!(cost, Some(expected));
        assert_eq!(shown(expected), "12.6 s, 999 MiB");
        assert_eq!(read_cost("7 (rustc) R 1", "VmHWM: 1 kB"), None);
    }
}
