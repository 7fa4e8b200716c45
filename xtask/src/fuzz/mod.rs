//! Mutated documents, read along the table and without it: both must agree.
//!
//! The schema-directed path of the reader may accept nothing that the tokenizer refuses, refuse
//! nothing that it accepts, and give the same values and the same errors. What it is held against
//! here is every kind of content, in documents that chance has changed, under limits that chance has
//! narrowed.

mod documents;
mod encoded;
mod mutation;
mod records;

use std::fmt::Debug;
use std::time::{Duration, Instant};

use castile::wire::ComplexType;
use castile::xml::Reader;
use castile::{Limits, ReadError};

use documents::DOCUMENTS;
use mutation::{Chance, mutated};
use records::{Account, Accounts, Choices, Everything, Find, Groups, Marked, Mixed, Points, Rows};

/// What `cargo xtask fuzz` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// For how long.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Where chance begins; the same seed tries the same documents in the same order.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What was tried.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tried {
    documents: u64,
    /// Those that can be read; the others are refused both ways.
    read: u64,
    /// Encoded ones that were read as they stand.
    as_they_stand: u64,
}

pub(crate) fn run(options: &Options) -> Result<(), String> {
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let mut chance = Chance::new(options.seed);
    let mut tried = Tried::default();
    while Instant::now() < end {
        for _ in 0..1_000 {
            case(&mut chance, &mut tried)?;
        }
    }
    println!(
        "{} documents from seed {}, {} of them readable, {} of these encoded and read as they stand: \
         both paths agree",
        tried.documents, options.seed, tried.read, tried.as_they_stand
    );
    Ok(())
}

/// Tries one document as one record.
fn case(chance: &mut Chance, tried: &mut Tried) -> Result<(), String> {
    if chance.one_in(4) {
        return encoded::case(chance, tried);
    }
    let (document, record) = *chance.one_of(DOCUMENTS);
    let document = mutated(chance, document);
    let limits = limits(chance);
    // Now and then as a record that it was not made for.
    let record = if chance.one_in(16) {
        chance.below(10)
    } else {
        record
    };
    let read = match record {
        0 => agree::<Accounts>(&document, &limits),
        1 => agree::<Account>(&document, &limits),
        2 => agree::<Choices>(&document, &limits),
        3 => agree::<Groups>(&document, &limits),
        4 => agree::<Mixed>(&document, &limits),
        5 => agree::<Points>(&document, &limits),
        6 => agree::<Marked>(&document, &limits),
        7 => agree::<Find>(&document, &limits),
        9 => agree::<Rows>(&document, &limits),
        _ => agree::<Everything>(&document, &limits),
    }?;
    tried.documents += 1;
    tried.read += u64::from(read);
    Ok(())
}

/// Limits as they are, or some of them low enough to be met.
fn limits(chance: &mut Chance) -> Limits {
    let mut limits = Limits::default();
    if chance.one_in(4) {
        match chance.below(7) {
            0 => limits.depth = chance.below(6),
            1 => limits.children = chance.below(12),
            2 => limits.elements = chance.below(40),
            3 => limits.attributes = chance.below(6),
            4 => limits.attribute_value = chance.below(48),
            5 => limits.bindings = chance.below(6),
            _ => limits.name = chance.below(14),
        }
    }
    limits
}

/// Whether the document can be read; an error where the paths differ about it.
fn agree<T: ComplexType>(document: &str, limits: &Limits) -> Result<bool, String> {
    let fast = read::<T>(Reader::new(document, limits));
    let slow = read::<T>(Reader::new(document, limits).slow_only());
    // Not compared as values: NaN is unequal to itself.
    let (shown_fast, shown_slow) = (show(&fast), show(&slow));
    if shown_fast == shown_slow {
        return Ok(fast.is_ok());
    }
    Err(format!(
        "the paths differ about\n{document}\nwith {limits:?}\nalong the table: {shown_fast}\nby the \
         tokenizer: {shown_slow}"
    ))
}

fn show(outcome: &Result<impl Debug, ReadError>) -> String {
    match outcome {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("{error} {error:?}"),
    }
}

fn read<T: ComplexType>(mut reader: Reader<'_>) -> Result<T, ReadError> {
    let mut value = T::default();
    reader.next_start()?;
    value.read_content(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_can_be_read_as_its_record() {
        let limits = Limits::default();
        for (document, record) in DOCUMENTS {
            let read = match record {
                0 => agree::<Accounts>(document, &limits),
                1 => agree::<Account>(document, &limits),
                2 => agree::<Choices>(document, &limits),
                3 => agree::<Groups>(document, &limits),
                4 => agree::<Mixed>(document, &limits),
                5 => agree::<Points>(document, &limits),
                6 => agree::<Marked>(document, &limits),
                7 => agree::<Find>(document, &limits),
                9 => agree::<Rows>(document, &limits),
                _ => agree::<Everything>(document, &limits),
            };
            assert_eq!(read, Ok(true), "{document}");
        }
    }

    #[test]
    fn the_paths_agree_about_mutated_documents() {
        let mut chance = Chance::new(5);
        let mut tried = Tried::default();
        for _ in 0..20_000 {
            case(&mut chance, &mut tried).unwrap();
        }
        assert_eq!(tried.documents, 20_000);
        // Mutations that leave nothing readable, or break nothing, find nothing.
        assert!((1_000..19_000).contains(&tried.read), "{tried:?}");
    }

    #[test]
    fn chance_is_the_same_for_the_same_seed() {
        let documents = |seed| {
            let mut chance = Chance::new(seed);
            let document = |_| mutated(&mut chance, DOCUMENTS[0].0);
            (0..50).map(document).collect::<Vec<_>>()
        };
        assert_eq!(documents(3), documents(3));
        assert_ne!(documents(3), documents(4));
    }
}
