//! Castile's codec and others on the same documents, in one run.
//!
//! `cargo xtask bench` runs this and writes `docs/benchmarks.md`; by itself it prints a table:
//!
//! ```text
//! cargo run --release --manifest-path tests/bench/Cargo.toml -- [--quick] [--out FILE] [FILTER…]
//! ```
//!
//! A filter is a part of `decode/DOCUMENT/COMPETITOR`; `encode` and `call` stand there as well.
//! `--documents DIR` writes the documents as files and measures nothing, for `other-languages.sh`.

mod accounts;
mod call;
mod contracts;
mod documents;
mod heap;
mod markup;
mod measure;
mod others;
mod schemaless;
mod xsd_parser;

use std::error::Error;
use std::fs;
use std::path::Path;

use measure::Bench;

fn main() -> Result<(), Box<dyn Error>> {
    let mut quick = false;
    let mut out = None;
    let mut filters = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => quick = true,
            "--documents" => {
                let directory = arguments.next().ok_or("`--documents` needs a directory")?;
                return Ok(write_documents(Path::new(&directory))?);
            }
            "--out" => out = Some(arguments.next().ok_or("`--out` needs a file")?),
            option if option.starts_with('-') => {
                return Err(format!("there is no option `{option}`").into());
            }
            filter => filters.push(filter.to_owned()),
        }
    }
    let mut bench = Bench::new(quick, filters);
    accounts::run(&mut bench);
    others::run(&mut bench);
    call::run(&mut bench);
    println!("{}", measure::table(&bench.rows));
    if let Some(path) = out {
        fs::write(path, measure::tab_separated(&bench.rows))?;
    }
    Ok(())
}

fn write_documents(directory: &Path) -> std::io::Result<()> {
    fs::create_dir_all(directory)?;
    let documents = { accounts::documents().into_iter() }.chain(others::documents());
    for (name, document) in documents {
        fs::write(directory.join(format!("{name}.xml")), document)?;
    }
    Ok(())
}
