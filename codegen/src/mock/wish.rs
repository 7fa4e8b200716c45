//! What a request wishes for: the header `Castile-Mock`.

use super::Request;
use crate::contract::{Direction, Example, Operation};

/// The name of the header, in lower case.
const HEADER: &str = "castile-mock";

/// A wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// An ordinary answer.
    Answer,
    /// The example of this number, from one, or of this title.
    Example(String),
    /// A failure, by code, name or status.
    Fault(String),
    /// An answer made from the types, although there are examples.
    Specimen,
}

/// The wish of a request; the error says what can be wished for.
pub(super) fn wish(request: &Request) -> Result<Wish, String> {
    let Some(value) = request.header(HEADER) else {
        return Ok(Wish::Answer);
    };
    match value.split_once('=') {
        Some(("fault", code)) if !code.trim().is_empty() => Ok(Wish::Fault(code.trim().to_owned())),
        Some(("example", which)) if !which.trim().is_empty() => {
            Ok(Wish::Example(which.trim().to_owned()))
        }
        None if value == "specimen" => Ok(Wish::Specimen),
        _ => Err(format!(
            "the header Castile-Mock is `{value}`: write `fault=CODE`, `example=NUMBER`, \
             `example=TITLE` or `specimen`"
        )),
    }
}

/// The example of a response that fits a wish. `Ok(None)` if none is wished for, or if there is none.
pub(super) fn example<'a>(
    operation: &'a Operation,
    wish: &Wish,
) -> Result<Option<&'a Example>, String> {
    let all: Vec<&Example> = { operation.examples.iter() }
        .filter(|example| example.direction == Direction::Response)
        .collect();
    match wish {
        Wish::Answer => Ok(all.first().copied()),
        Wish::Specimen | Wish::Fault(_) => Ok(None),
        Wish::Example(which) => {
            let number = which
                .parse::<usize>()
                .ok()
                .and_then(|number| number.checked_sub(1));
            let by_number = number.and_then(|number| all.get(number).copied());
            let by_title = || {
                all.iter()
                    .find(|example| example.title.as_deref() == Some(which))
            };
            match by_number.or_else(|| by_title().copied()) {
                Some(example) => Ok(Some(example)),
                None => Err(format!(
                    "`{}` has {} examples of responses, and none is `{which}`",
                    operation.name,
                    all.len()
                )),
            }
        }
    }
}
