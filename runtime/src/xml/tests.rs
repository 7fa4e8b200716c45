//! The reader and the writer on whole documents.

mod content;
mod fast;
mod limits;
mod nil;
mod paths;
mod rows;
mod syntax;
mod wildcards;
mod writing;

use super::{Reader, XSI};
use crate::complex::ComplexType;
use crate::limits::Limits;
use crate::read_error::ReadError;
use crate::specimens::NAMESPACE;

/// Reads a document whose root is the record.
fn read_with<T: ComplexType>(mut reader: Reader<'_>) -> Result<T, ReadError> {
    let mut value = T::default();
    reader.next_start()?;
    value.read_content(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Reads a document both ways, which must agree.
fn read<T: ComplexType + PartialEq + std::fmt::Debug>(document: &str) -> Result<T, ReadError> {
    let limits = Limits::default();
    let fast = read_with(Reader::new(document, &limits));
    let slow = read_with(Reader::new(document, &limits).slow_only());
    assert_eq!(fast, slow, "{document}");
    fast
}

/// Reads `<Root>` with content, the namespaces as they are usual.
fn read_inside<T: ComplexType + PartialEq + std::fmt::Debug>(inside: &str) -> Result<T, ReadError> {
    read(&format!(
        "<Root xmlns=\"{NAMESPACE}\" xmlns:i=\"{XSI}\">{inside}</Root>"
    ))
}

/// The message of a document that cannot be read, without the position.
fn refusal<T: ComplexType + PartialEq + std::fmt::Debug>(inside: &str) -> String {
    let message = read_inside::<T>(inside)
        .expect_err("it cannot be read")
        .to_string();
    message
        .rsplit_once(" (line")
        .map_or(message.clone(), |(message, _)| message.to_owned())
}

/// Passes a whole document without a table.
fn skip(document: &str, limits: &Limits) -> Result<(), String> {
    let mut reader = Reader::new(document, limits);
    let mut pass = || {
        reader.next_start()?;
        reader.skip()?;
        reader.finish()
    };
    pass().map_err(|error| error.to_string())
}
