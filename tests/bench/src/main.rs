//! Castile's codec and others on the same documents, in one run.
//!
//! `cargo xtask bench` runs this and writes `docs/benchmarks.md`; by itself it prints a table:
//!
//! ```text
//! cargo run --release --manifest-path tests/bench/Cargo.toml -- [--quick] [--out FILE] [FILTER…]
//! ```
//!
//! A filter is a part of `decode/DOCUMENT/COMPETITOR`; `encode` and `call` stand there as well.

mod accounts;
mod call;
mod contracts;
mod documents;
mod heap;
mod measure;
mod others;
mod schemaless;

use std::error::Error;
use std::fs;

use measure::Bench;

fn main() -> Result<(), Box<dyn Error>> {
    let mut quick = false;
    let mut out = None;
    let mut filters = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => quick = true,
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
