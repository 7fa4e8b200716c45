//! `cargo xtask callers`: holds what `castile diff` says of Rust callers against the compiler.
//!
//! For each pair of contracts in `tests/cases/diff`, and for each the other way round, a caller is
//! written that uses all of the first one's client: it takes every record apart, matches every enum,
//! calls every method. It must compile against that client; against the other one it must not compile
//! where the difference is judged major, and must where it is not.

mod caller;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::diff::{self, Bump, Report, Side};
use castile_codegen::output::Tree;
use castile_codegen::{Generator, rust};

use crate::corpus::batch::{self, case_directory, module, write};

/// What to try.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many jobs cargo may run.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Only pairs whose name contains this.
    #[arg(long)]
    only: Option<String>,
}

/// A pair in one direction.
struct Pair {
    name: String,
    caller: String,
    new: Tree,
    old: Tree,
    report: Report,
}

/// Findings that no compiler sees: what compiles means another thing.
const SILENT: &[&str] = &["arguments-moved"];

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let pairs = pairs(root, options)?;
    let directory = root.join("target/callers");
    let names: Vec<String> = (0..pairs.len())
        .map(|number| format!("caller-{number:03}"))
        .collect();
    let mut crates: Vec<&str> = names.iter().map(String::as_str).collect();
    crates.extend(["old-clients", "new-clients", "known-callers"]);
    batch::write_workspace(root, &directory, &crates)?;
    clients(&directory, "old", &pairs, |pair| &pair.old)?;
    clients(&directory, "new", &pairs, |pair| &pair.new)?;
    let mut known = String::new();
    for (number, (pair, name)) in pairs.iter().zip(&names).enumerate() {
        let module = module(number);
        let of = |side: &str| format!("use {side}_clients::{module} as api;\n{}", pair.caller);
        write(
            &case_directory(&directory, number).join("new.rs"),
            &of("new"),
        )?;
        write(
            &case_directory(&directory, number).join("old.rs"),
            &of("old"),
        )?;
        let lib = format!("{HEAD}#[path = \"../../cases/{module}/new.rs\"]\npub mod caller;\n");
        write(&directory.join(name).join("src/lib.rs"), &lib)?;
        depend(&directory, name, "new-clients")?;
        let _ = writeln!(
            known,
            "#[path = \"../../cases/{module}/old.rs\"]\npub mod {module};"
        );
    }
    write(
        &directory.join("known-callers/src/lib.rs"),
        &format!("{HEAD}{known}"),
    )?;
    depend(&directory, "known-callers", "old-clients")?;
    let broken = batch::cargo(&directory, "check", options.jobs, &["known-callers"])?;
    if let Some((number, error)) = broken.first_key_value() {
        return Err(format!(
            "{}: the caller does not even compile against its own client: {error}",
            pairs[*number].name
        ));
    }
    let crates: Vec<&str> = names.iter().map(String::as_str).collect();
    let failed = batch::cargo(&directory, "check", options.jobs, &crates)?;
    judge(&pairs, &failed.into_keys().collect())
}

const HEAD: &str = "#![allow(deprecated, unused, clippy::all)]\n#![forbid(unsafe_code)]\n";

fn depend(directory: &Path, name: &str, on: &str) -> Result<(), String> {
    let path = directory.join(name).join("Cargo.toml");
    let failed = |error| format!("{}: {error}", path.display());
    let manifest = fs::read_to_string(&path).map_err(failed)?;
    write(
        &path,
        &format!("{manifest}{on} = {{ path = \"../{on}\" }}\n"),
    )
}

/// A crate with one side of every pair, a module each.
fn clients(
    directory: &Path,
    side: &str,
    pairs: &[Pair],
    tree: impl Fn(&Pair) -> &Tree,
) -> Result<(), String> {
    let mut modules = String::from(HEAD);
    for (number, pair) in pairs.iter().enumerate() {
        let module = module(number);
        let _ = writeln!(modules, "pub mod {module};");
        let target = directory.join(format!("{side}-clients/src")).join(&module);
        let written = tree(pair).write(&target);
        written.map_err(|error| error.to_string())?;
    }
    write(
        &directory.join(format!("{side}-clients/src/lib.rs")),
        &modules,
    )
}

/// What the compiler says against what was judged.
fn judge(pairs: &[Pair], failed: &BTreeSet<usize>) -> Result<(), String> {
    let mut wrong = Vec::new();
    let (mut major, mut silent) = (0, 0);
    for (number, pair) in pairs.iter().enumerate() {
        let breaks = failed.contains(&number);
        let mut findings = pair.report.changes.iter().flat_map(|change| &change.rust);
        let is_seen = findings.any(|f| f.bump == Bump::Major && !SILENT.contains(&f.rule));
        let is_major = pair.report.bump() == Some(Bump::Major);
        major += usize::from(is_major);
        silent += usize::from(is_major && !is_seen);
        if breaks != is_seen {
            let (judged, compiler) = match breaks {
                true => ("no major change", "does not compile"),
                false => ("a major change", "compiles"),
            };
            wrong.push(format!(
                "{}: judged {judged}, and the caller {compiler}",
                pair.name
            ));
        }
    }
    println!(
        "{} callers: {major} meet a major change, of which {silent} compile and mean another thing; \
         {} are judged otherwise than by the compiler",
        pairs.len(),
        wrong.len()
    );
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.join("\n"))
}

fn pairs(root: &Path, options: &Options) -> Result<Vec<Pair>, String> {
    let cases = root.join("tests/cases/diff");
    let failed = |error| format!("{}: {error}", cases.display());
    let mut directories = Vec::new();
    for entry in fs::read_dir(&cases).map_err(failed)? {
        directories.push(entry.map_err(failed)?.path());
    }
    directories.sort();
    let mut pairs = Vec::new();
    for directory in directories {
        let name = directory
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if options
            .only
            .as_ref()
            .is_some_and(|only| !name.contains(only))
        {
            continue;
        }
        let (one, other) = (input(&directory, "old")?, input(&directory, "new")?);
        let back = format!("{name}, the other way round");
        pairs.push(pair(name, &one, &other)?);
        pairs.push(pair(back, &other, &one)?);
    }
    Ok(pairs)
}

fn pair(name: String, old: &Path, new: &Path) -> Result<Pair, String> {
    let (old, new) = (generated(old)?, generated(new)?);
    Ok(Pair {
        caller: caller::of(&old.1),
        report: diff::judge(&old.0, &new.0),
        old: old.2,
        new: new.2,
        name,
    })
}

fn generated(input: &Path) -> Result<(Side, rust::Crate, Tree), String> {
    let generator = Generator::new().input(input);
    let side = generator.side().map_err(|failure| failure.to_string())?;
    let output = generator
        .generate()
        .map_err(|failure| failure.to_string())?;
    Ok((side, output.model().clone(), output.modules))
}

/// The input of one side: `old.wsdl`, or the directory `old`.
fn input(case: &Path, stem: &str) -> Result<PathBuf, String> {
    let failed = |error| format!("{}: {error}", case.display());
    for entry in fs::read_dir(case).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.file_stem().is_some_and(|name| name == stem) {
            return Ok(path);
        }
    }
    Err(format!("{}: no input is called `{stem}`", case.display()))
}
