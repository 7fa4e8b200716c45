//! `cargo xtask export DIR`: every contract of a corpus, exported and read again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::contract::Contract;
use castile_codegen::export::{self, Document};
use castile_codegen::{Generator, diff};
use clap::Args;

use crate::corpus::manifest::{self, Case};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The directory of the corpus.
    directory: PathBuf,
    /// Only cases whose name, or set and name, match; `*` stands for any text.
    #[arg(long)]
    only: Option<String>,
    /// Fails if fewer cases are the same than `tests/export.ratchet` says.
    #[arg(long)]
    check: bool,
    /// How many differences of a case are shown.
    #[arg(long, default_value_t = 3)]
    show: usize,
}

/// What came of one case.
enum Outcome {
    Same,
    /// The inputs are refused, or have nothing to export.
    Nothing,
    Different(Vec<String>),
    /// The export is refused where its input was not.
    Refused(String),
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let cases = manifest::read(&options.directory, options.only.as_deref())?;
    let out = root.join("target").join("export");
    let mut counts: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for case in &cases {
        let outcome = outcome(case, &out.join(&case.name))?;
        let count = counts.entry(case.set.clone()).or_default();
        match outcome {
            Outcome::Same => count[0] += 1,
            Outcome::Different(differences) => {
                count[1] += 1;
                println!("{}: {} differences", case.name, differences.len());
                for difference in differences.iter().take(options.show) {
                    println!("    {difference}");
                }
            }
            Outcome::Refused(report) => {
                count[2] += 1;
                println!("{}: refused", case.name);
                for line in report.lines().take(options.show * 2) {
                    println!("    {line}");
                }
            }
            Outcome::Nothing => count[3] += 1,
        }
    }
    for (set, [same, different, refused, nothing]) in &counts {
        println!(
            "{set}: {same} the same, {different} different, {refused} refused, {nothing} without a \
             contract to export"
        );
    }
    let wrong: usize = counts.values().map(|count| count[1] + count[2]).sum();
    if options.check {
        return check(root, wrong);
    }
    if wrong == 0 {
        Ok(())
    } else {
        Err(format!(
            "{wrong} contracts do not come back from their export"
        ))
    }
}

/// Holds the number of contracts that do not come back against the one that is known.
fn check(root: &Path, wrong: usize) -> Result<(), String> {
    let path = root.join("tests").join("export.ratchet");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let known = text
        .lines()
        .find(|line| !line.starts_with('#'))
        .unwrap_or_default()
        .trim();
    match known.parse::<usize>() {
        Ok(known) if known == wrong => Ok(()),
        _ => Err(format!(
            "{wrong} contracts do not come back from their export, {} says {known}: mend it, or the number",
            path.display()
        )),
    }
}

fn outcome(case: &Case, out: &Path) -> Result<Outcome, String> {
    let mut generator = Generator::new().input(&case.entry).allow(&case.directory);
    let catalog = case.directory.join("catalog.tsv");
    if catalog.is_file() {
        generator = generator.catalog(catalog);
    }
    let Ok(contract) = generator.contract() else {
        return Ok(Outcome::Nothing);
    };
    let export: fn(&Contract) -> _ = match export::wsdl(&contract) {
        Ok(_) => export::wsdl,
        Err(_) => export::xsd,
    };
    let Ok(documents) = export(&contract) else {
        return Ok(Outcome::Nothing);
    };
    let again = match read_again(&documents, out) {
        Ok(again) => again,
        Err(report) => return Ok(Outcome::Refused(report)),
    };
    let compared = diff::compare(&contract, &again);
    let mut differences: Vec<String> = compared.iter().map(ToString::to_string).collect();
    let texts = export(&again).unwrap_or_default();
    if differences.is_empty() && texts != documents {
        differences.push(first_difference(&documents, &texts));
    }
    Ok(if differences.is_empty() {
        Outcome::Same
    } else {
        Outcome::Different(differences)
    })
}

fn read_again(documents: &[Document], out: &Path) -> Result<Contract, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", out.display());
    drop(fs::remove_dir_all(out));
    fs::create_dir_all(out).map_err(failed)?;
    let mut generator = Generator::new().allow(out);
    for document in documents {
        let path = out.join(&document.name);
        fs::write(&path, &document.text).map_err(failed)?;
        if document.is_root {
            generator = generator.input(path);
        }
    }
    generator.contract().map_err(|failure| failure.to_string())
}

/// Where the texts of two exports part.
fn first_difference(left: &[Document], right: &[Document]) -> String {
    for (one, other) in left.iter().zip(right) {
        for (number, (a, b)) in (1..).zip(one.text.lines().zip(other.text.lines())) {
            if a != b {
                return format!("{}:{number}: `{}` then `{}`", one.name, a.trim(), b.trim());
            }
        }
    }
    let names = |documents: &[Document]| -> Vec<String> {
        { documents.iter() }
            .map(|document| document.name.clone())
            .collect()
    };
    format!("{} then {}", names(left).join(" "), names(right).join(" "))
}
