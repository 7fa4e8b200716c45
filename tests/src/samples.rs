//! Sample documents: read into the record of their root element, re-written, compared.

use std::fmt::Debug;

use castile::Limits;
use castile::wire::{Slot, Source, Value, one};
use castile::xml::{Reader, Writer};

use crate::normalize::normalize;

/// Reads a document whose root element is `local` in `namespace`, writes it, and reads that again:
/// the records must be equal, by the fast path and without it, and the documents must be equal but
/// for prefixes and blanks between elements.
///
/// # Errors
///
/// If they are not, or the document cannot be read.
pub fn round_trip<T>(
    namespace: &'static str,
    local: &'static str,
    sample: &str,
) -> Result<(), String>
where
    T: Slot + Value + Default + PartialEq + Debug,
{
    let record: T = read(namespace, local, sample, false)?;
    let written = write(namespace, local, &record)?;
    for (text, slow) in [(sample, true), (&*written, false), (&*written, true)] {
        let again: T = read(namespace, local, text, slow)
            .map_err(|error| format!("{error}\nslow path: {slow}, in\n{text}"))?;
        if again != record {
            return Err(format!(
                "it reads differently (slow path: {slow}):\n{record:#?}\n{again:#?}\nin\n{text}"
            ));
        }
    }
    let (expected, found) = (normalize(sample)?, normalize(&written)?);
    if expected == found {
        return Ok(());
    }
    Err(format!(
        "it is written differently:\n--- sample\n{expected}--- written\n{found}"
    ))
}

fn read<T: Slot + Default>(
    namespace: &'static str,
    local: &'static str,
    text: &str,
    slow: bool,
) -> Result<T, String> {
    let mut reader = Reader::new(text, &Limits::default());
    if slow {
        reader = reader.slow_only();
    }
    let begins = reader.next_start().map_err(|error| error.to_string())?;
    if !begins || !reader.is(namespace, local) {
        return Err(format!("the document is no `{local}` of `{namespace}`"));
    }
    let mut value = T::default();
    value
        .read(
            &one(local).in_namespace(namespace),
            Source::Xml(&mut reader),
        )
        .map_err(|error| error.to_string())?;
    reader.finish().map_err(|error| error.to_string())?;
    Ok(value)
}

fn write(
    namespace: &'static str,
    local: &'static str,
    value: &impl Value,
) -> Result<String, String> {
    let mut writer = Writer::new();
    value.write_xml(&one(local).in_namespace(namespace), &mut writer);
    writer.finish().map_err(|error| error.to_string())
}
